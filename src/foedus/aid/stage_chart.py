"""The months of aid on the stage: bars stacked, one flat band for the months ahead, and their sums beside.

Months ahead are alike, so that the band neither opens nor bends. A dotted box is the middle 80 % of the last
12 months drawn again, and the margin at the right holds the sums of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.aid.answer import KIND_WORDS
from foedus.aid.donors import REGIONS
from foedus.aid.forecast_words import months_words, written_span
from foedus.aid.record import KINDS, Month
from foedus.aid.stage_margin import MARGIN, margin, pixel_word, pixel_words
from foedus.aid.tables import year_label
from foedus.errors import NoDataError
from foedus.plotting.fit import staged
from foedus.plotting.tokens import token
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast
    from foedus.aid.result import Aid, MonthAid
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["PART_COLOURS", "month_parts", "months_stage"]

PART_COLOURS: Mapping[str, str] = {
    "european_states": "us",
    "eu_institutions": "us-2",
    "asia_pacific": "us-3",
    "other_donors": "us-4",
    "united_states": "mine-fill",
    "military": "us",
    "financial": "us-3",
    "humanitarian": "us-4",
}
"""The colour of each part, by meaning; the order is that of the stack."""

GAP = 0.8
"""Places between the last month on record and the band."""


@dataclass(frozen=True)
class Plot:
    """Where the chart is drawn.

    Attributes
    ----------
    width, height, left : int
        Of the plot, in pixels, and what stands at its left.
    narrow : bool
        Whether it is a phone's.
    months, ahead : int
        How many months are on record, and how many places the band takes; none without a forecast.
    """

    width: int
    height: int
    left: int
    narrow: bool
    months: int
    ahead: int

    @property
    def band(self) -> tuple[float, float]:
        """Where the band begins and ends."""
        return self.months - 0.5 + GAP, self.months - 0.5 + GAP + self.ahead

    @property
    def end(self) -> float:
        """The right end of the axis."""
        return self.band[1] + 0.2 if self.ahead else self.months - 0.3


def month_parts(result: Aid) -> dict[str, str]:
    """Return the parts that months are stacked of, with their labels: regions where held, else kinds.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.

    Returns
    -------
    dict of str to str
        Only parts of which anything was allocated, in the order of the stack.
    """
    by_region = _is_by_region(result)
    labels = REGIONS if by_region else {name: name.capitalize() for name in KINDS[result.kind]}
    order = [name for name in PART_COLOURS if name in labels]
    return {name: labels[name] for name in order if any(_part(row, name, by_region) for row in result.months)}


def months_stage(result: Aid, forecast: AidForecast | None, box: Box) -> Chart:
    """Draw the months and the band of those ahead to fill a box.

    Parameters
    ----------
    result : Aid
        What :func:`foedus.aid.aid.aid` gives.
    forecast : AidForecast or None
        Of the same donor and kind; without it no band and no sums.
    box : Box
        Its place.

    Returns
    -------
    Chart
        A wide one has the sums of the months ahead in the margin.

    Raises
    ------
    NoDataError
        When donors were named and no files were imported.
    """
    if not result.months:
        raise NoDataError("months of single donors do not come with foedus")
    sums = forecast is not None and not box.narrow
    padding = (30 if box.narrow else 40, 24, MARGIN if sums else 12, 24)
    ahead = 0 if forecast is None else max(forecast.longest.ahead, 6 if box.narrow else 4)
    width, height = box.width - padding[0] - padding[2], box.height - padding[1] - padding[3]
    plot = Plot(max(40, width), max(40, height), padding[0], box.narrow, len(result.months), ahead)
    words = f"{KIND_WORDS[result.kind]} to Ukraine in {len(result.months)} months"
    parts = ", ".join(month_parts(result).values())
    ahead_words = f" {forecast.answer().sentence()}" if forecast else ""
    return staged(
        {"layer": _layers(result, forecast, plot), "view": {"stroke": None}},
        box=box,
        padding=padding,
        title=result.answer().title,
        description=f"Bars of {words}, stacked: {parts}.{ahead_words}",
        source=_source(result, forecast),
        summary=_summary(result, forecast),
    )


def _source(result: Aid, forecast: AidForecast | None) -> str:
    """Return where the figures come from."""
    by_foedus = "; forecast: foedus" if forecast else ""
    return f"{result.release.cited}, {result.release.published:%-d %B %Y}{by_foedus}."


def _is_by_region(result: Aid) -> bool:
    """Whether months are held by region; of one donor they are told by kind."""
    return not result.question.donor and any(row.by_region for row in result.months)


def _part(row: MonthAid, name: str, by_region: bool) -> float:
    """Return one part of a month, euros."""
    return row.by_region[name] if by_region else float(getattr(row, name))


def _stacks(result: Aid) -> list[dict[str, Any]]:
    """Return a bar for each part of each month, one on top of the other, in billions."""
    labels, by_region = month_parts(result), _is_by_region(result)
    rows = []
    for i, row in enumerate(result.months):
        base = 0.0
        for name, label in labels.items():
            value = _part(row, name, by_region)
            top = base + value / 1e9
            said = (
                f"{date(*row.month, 1):%B %Y}, {label}: {billions(value, 2)} of {billions(row.allocated, 2)}"
            )
            if value > 0:
                rows.append(
                    {"x": i - 0.43, "x2": i + 0.43, "y": base, "y2": top, "part": label, "said": said}
                )
            base = top
    return rows


def _layers(result: Aid, forecast: AidForecast | None, plot: Plot) -> list[dict[str, Any]]:
    """Return all layers, those behind first."""
    labels = month_parts(result)
    scale = {"domain": list(labels.values()), "range": [token(PART_COLOURS[name]) for name in labels]}
    y: dict[str, Any] = {"field": "y", "type": "quantitative", "title": None, "scale": {"zero": True}}
    y["axis"] = {"tickCount": 4 if plot.narrow else 6, "gridColor": token("hair"), "domain": False}
    bars = {
        "data": {"values": _stacks(result)},
        "mark": {"type": "rect", "stroke": token("paper"), "strokeWidth": 0.4},
        "encoding": {
            "x": _months_axis(result, plot),
            "x2": {"field": "x2"},
            "y": y,
            "y2": {"field": "y2"},
            "fill": {"field": "part", "type": "nominal", "scale": scale, "legend": None},
            "tooltip": [{"field": "said", "type": "nominal", "title": "EUR bn allocated"}],
        },
    }
    behind = [_ground(plot)] if forecast else []
    ahead = _band(forecast, plot) if forecast else []
    words = [_largest(result, plot), *_corner_words(forecast, plot)]
    beside = margin(forecast, plot.width + 20) if forecast and not plot.narrow else []
    return [*behind, bars, *ahead, _year_ticks(result, plot), *words, *beside]


def _months_axis(result: Aid, plot: Plot) -> dict[str, Any]:
    """Return the axis of months, each year's label in its middle."""
    first = result.months[0].month
    last = first.plus(len(result.months) - 1 + plot.ahead)
    middles = {}
    for year in range(first.year, last.year + 1):
        begin = max(0, Month(year, 1).since(first))
        end = min(plot.end, Month(year, 12).since(first))
        if end - begin > 2:
            middles[(begin + end) / 2] = f"’{year % 100}" if plot.narrow else str(year)
    words = " : ".join(f"datum.value == {at} ? '{text}'" for at, text in middles.items())
    axis = {"values": list(middles), "labelExpr": f"{words} : ''", "grid": False, "ticks": False}
    scale = {"domain": [-0.7, plot.end], "nice": False}
    return {"field": "x", "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _year_ticks(result: Aid, plot: Plot) -> dict[str, Any]:
    """Return small ticks between years."""
    first = result.months[0].month
    years = range(first.year + 1, result.release.last.year + 1)
    rows = [{"x": Month(year, 1).since(first) - 0.5} for year in years]
    return {
        "data": {"values": rows},
        "mark": {"type": "rule", "color": token("axis")},
        "encoding": {"x": _at("x"), "y": {"value": plot.height}, "y2": {"value": plot.height + 5}},
    }


def _at(field: str) -> dict[str, Any]:
    """Return a place on an axis that the bars describe."""
    return {"field": field, "type": "quantitative"}


def _ground(plot: Plot) -> dict[str, Any]:
    """Return the ground behind the months ahead."""
    row = {"x": plot.band[0] - 0.3, "x2": plot.end}
    return {
        "data": {"values": [row]},
        "mark": {"type": "rect", "color": token("ground")},
        "encoding": {
            "x": _at("x"),
            "x2": {"field": "x2"},
            "y": {"value": 0},
            "y2": {"value": plot.height},
        },
    }


def _band(forecast: AidForecast, plot: Plot) -> list[dict[str, Any]]:
    """Return one month ahead as a flat band, its median, and the box of the last 12 months drawn again."""
    stands, repeats = forecast.month_standing, forecast.month_stands == "repeated"
    outer, inner, line = ("hair", "grey-band", "nochange") if repeats else ("us-4", "us-3", "us")
    left, right = plot.band
    dotted = {"type": "rect", "fillOpacity": 0, "stroke": token("nochange"), "strokeDash": [2, 2]}
    rows: tuple[tuple[dict[str, float], dict[str, Any]], ...] = (
        (_corners(stands.p10, stands.p90, left, right), {"type": "rect", "color": token(outer)}),
        (_corners(stands.p25, stands.p75, left, right), {"type": "rect", "color": token(inner)}),
        (
            _corners(stands.p50, stands.p50, left, right),
            {"type": "rect", "color": token(line), "stroke": token(line), "strokeWidth": 2.5},
        ),
        (
            _corners(forecast.month_repeated.p10, forecast.month_repeated.p90, left + 0.3, right - 0.3),
            dotted | {"strokeWidth": 1.6},
        ),
    )
    return [
        {
            "data": {"values": [row]},
            "mark": mark,
            "encoding": {
                "x": _at("x"),
                "x2": {"field": "x2"},
                "y": _at("y"),
                "y2": {"field": "y2"},
            },
        }
        for row, mark in rows
    ]


def _corners(low: float, high: float, left: float, right: float) -> dict[str, float]:
    """Return the corners of a box, in billions."""
    return {"x": left, "x2": right, "y": low / 1e9, "y2": high / 1e9}


def _largest(result: Aid, plot: Plot) -> dict[str, Any]:
    """Return the words at the largest month."""
    values = [row.allocated for row in result.months]
    at = max(range(len(values)), key=lambda i: values[i])
    when = "" if plot.narrow else f"{date(*result.months[at].month, 1):%b %Y}: "
    row = {"x": at, "y": values[at] / 1e9, "word": f"{when}{billions(values[at], 1)}"}
    return {
        "data": {"values": [row]},
        "mark": {"type": "text", "dy": -8, "fontSize": 12, "fontWeight": 600, "color": token("ink")},
        "encoding": {"x": _at("x"), "y": _at("y"), "text": {"field": "word"}},
    }


def _corner_words(forecast: AidForecast | None, plot: Plot) -> list[dict[str, Any]]:
    """Return the unit above the axis, and what the ground at the right is."""
    rows = [pixel_word(-plot.left + 2, -12, "EUR bn a month", "soft")]
    if forecast:
        begin = plot.width * (plot.band[0] - 0.3 + 0.7) / (plot.end + 0.7)
        rows.append(pixel_word(round(begin) + 3, -12, "forecast", "soft"))
    return pixel_words(rows)


def _summary(result: Aid, forecast: AidForecast | None) -> Iterator[str]:
    """Yield the years in words, and the sums ahead."""
    years: dict[int, float] = {}
    for row in result.months:
        years[row.month.year] = years.get(row.month.year, 0.0) + row.allocated
    yield from (f"{year_label(y, result.release.last)}: EUR {billions(v, 1)} bn." for y, v in years.items())
    for ahead in forecast.rows if forecast else ():
        low, middle, high = written_span(ahead.standing)
        months = months_words(ahead.first, ahead.last)
        yield f"{months}: EUR {middle} bn ({low} to {high}); as many before {billions(ahead.before, 1)} bn."
