"""Charts of forecasts of allocations: the months so far, and one flat band for those ahead.

Months ahead are alike, so that the band neither opens nor bends; a dotted box is the middle 80 % of the last
12 months drawn again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.aid.forecast_words import KIND_WORDS, STAND_WORDS, months_words, skill_words, written_span
from foedus.aid.record import Month
from foedus.plotting.chart import Chart
from foedus.plotting.theme import INK, LIGHT, MUTED, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast, SumSpread

__all__ = ["PART_COLOURS", "months_chart"]

PART_COLOURS: Mapping[str, str] = {
    "European states": "us",
    "EU institutions": "us-2",
    "Asia-Pacific": "us-3",
    "Other donors": "us-4",
    "United States": "mine-fill",
    "Military": "us",
    "Financial": "us-3",
    "Humanitarian": "us-4",
}
"""The colour of each part, by meaning."""

HEIGHT = 300
GAP = 1.5
"""Places between the last month on record and the band."""


def months_chart(result: AidForecast) -> Chart:
    """Draw the months on record, stacked, and the band of the months ahead.

    Parameters
    ----------
    result : AidForecast
        What :func:`foedus.aid.forecast.aid_forecast` gives.

    Returns
    -------
    Chart
        The band holds the middle 50 and 80 % of one month by the forecast that stands, a line its median.
    """
    words = STAND_WORDS[result.month_stands]
    body = {"layer": _layers(result), "width": WIDTH - 60, "height": HEIGHT}
    return finish(
        body,
        title=result.answer().title,
        subtitle=f"EUR bn a month, nominal. Band: middle 50 and 80 % of a month ahead by {words}; dotted: "
        "middle 80 % of the last 12 months drawn again.",
        source=_source(result),
        description=_description(result),
        summary=_summary(result),
    )


def _stacks(result: AidForecast) -> list[dict[str, Any]]:
    """Return a bar for each part of each month, one on top of the other, in billions."""
    parts = result.parts or {result.name: result.series.values}
    rows = []
    for i, total in enumerate(result.series.values):
        month, base = result.series.first.plus(i), 0.0
        for label, values in parts.items():
            top = base + values[i] / 1e9
            if top > base:
                said = f"{date(*month, 1):%B %Y}: {label} {billions(values[i], 2)} of {billions(total, 2)} bn"
                rows.append(
                    {"x": i - 0.42, "x2": i + 0.42, "y": base, "y2": top, "part": label, "said": said}
                )
            base = top
    return rows


def _box(spread: SumSpread, ends: tuple[float, float], outer: bool) -> dict[str, float]:
    """Return the corners of a band in billions: of the middle 80 %, or of the middle 50 %."""
    low, high = (spread.p10, spread.p90) if outer else (spread.p25, spread.p75)
    return {"x": ends[0], "x2": ends[1], "y": low / 1e9, "y2": high / 1e9}


def _band(result: AidForecast) -> list[dict[str, Any]]:
    """Return the layers of the months ahead."""
    count = len(result.series.values)
    ends = (count - 0.5 + GAP, count - 0.5 + GAP + max(result.longest.ahead, 3))
    stands = result.month_standing
    colours = (
        ("us-4", "us-3", "us") if result.month_stands != "repeated" else ("hair", "grey-band", "nochange")
    )
    middle = {"x": ends[0], "x2": ends[1], "y": stands.p50 / 1e9}
    dotted = {"type": "rect", "fillOpacity": 0, "stroke": token("nochange"), "strokeDash": [2, 2]}
    return [
        _drawn([_box(stands, ends, True)], {"type": "rect", "color": token(colours[0])}),
        _drawn([_box(stands, ends, False)], {"type": "rect", "color": token(colours[1])}),
        _drawn([middle], {"type": "rule", "color": token(colours[2]), "strokeWidth": 3}, high=False),
        _drawn(
            [_box(result.month_repeated, (ends[0] + 0.3, ends[1] - 0.3), True)], dotted | {"strokeWidth": 1.4}
        ),
        {
            "data": {"values": [{"x": ends[0], "word": "ahead"}]},
            "mark": {"type": "text", "align": "left", "baseline": "bottom", "color": MUTED, "dy": -3},
            "encoding": {"x": _x("x", result), "y": {"value": 0}, "text": {"field": "word"}},
        },
    ]


def _drawn(
    rows: Sequence[Mapping[str, Any]], mark: Mapping[str, Any], *, high: bool = True
) -> dict[str, Any]:
    """Return a layer of boxes, or of lines."""
    encoding: dict[str, Any] = {"x": {"field": "x", "type": "quantitative"}, "x2": {"field": "x2"}}
    encoding["y"] = {"field": "y", "type": "quantitative"}
    if high:
        encoding["y2"] = {"field": "y2"}
    return {"data": {"values": list(rows)}, "mark": dict(mark), "encoding": encoding}


def _x(field: str, result: AidForecast) -> dict[str, Any]:
    """Return the axis of months, labelled by year."""
    count = len(result.series.values) + GAP + max(result.longest.ahead, 3)
    first = result.series.first
    years = range(first.year + (first.month > 1), result.longest.last.year + 1)
    starts = {Month(year, 1).since(first): year for year in years}
    words = " : ".join(f"datum.value == {at} ? '{year}'" for at, year in starts.items())
    axis = {"values": list(starts), "labelExpr": f"{words} : ''", "grid": False, "labelAlign": "left"}
    scale = {"domain": [-0.7, count], "nice": False}
    return {"field": field, "type": "quantitative", "title": None, "scale": scale, "axis": axis}


def _layers(result: AidForecast) -> list[dict[str, Any]]:
    """Return the layers: months, band, the largest month by name."""
    labels = list(result.parts or {result.name: ()})
    scale = {"domain": labels, "range": [token(PART_COLOURS.get(label, "us")) for label in labels]}
    legend = (
        None
        if len(labels) < 2
        else {"orient": "top", "title": None, "labelColor": INK, "symbolType": "square"}
    )
    y: dict[str, Any] = {"field": "y", "type": "quantitative", "title": "EUR bn a month"}
    y |= {"axis": {"tickCount": 5, "gridColor": LIGHT}, "scale": {"zero": True}}
    bars = {
        "data": {"values": _stacks(result)},
        "mark": {"type": "rect"},
        "encoding": {
            "x": _x("x", result),
            "x2": {"field": "x2"},
            "y": y,
            "y2": {"field": "y2"},
            "fill": {"field": "part", "type": "nominal", "scale": scale, "legend": legend},
            "tooltip": [{"field": "said", "type": "nominal", "title": "allocated"}],
        },
    }
    return [bars, *_band(result), _largest(result)]


def _largest(result: AidForecast) -> dict[str, Any]:
    """Return the words at the largest month."""
    values = result.series.values
    at = max(range(len(values)), key=lambda i: values[i])
    word = f"{date(*result.series.first.plus(at), 1):%b %Y}: {billions(values[at], 1)}"
    return {
        "data": {"values": [{"x": at, "y": values[at] / 1e9, "word": word}]},
        "mark": {"type": "text", "dy": -7, "color": INK, "fontSize": 11},
        "encoding": {
            "x": _x("x", result),
            "y": {"field": "y", "type": "quantitative"},
            "text": {"field": "word"},
        },
    }


def _source(result: AidForecast) -> str:
    """Return where the figures come from."""
    return f"Source: {result.source}, {result.published}; forecast: foedus. {skill_words(result.longest)}"


def _description(result: AidForecast) -> str:
    """Return the text alternative."""
    last = date(*result.series.last, 1)
    return (
        f"Bars of {len(result.series.values)} months to {last:%B %Y}, {KIND_WORDS[result.kind]}, and a flat "
        f"band of what a month ahead may bring. {result.answer().sentence()}"
    )


def _summary(result: AidForecast) -> list[str]:
    """Return the sums ahead in words."""
    words = []
    for row in result.rows:
        low, middle, high = written_span(row.standing)
        months = months_words(row.first, row.last)
        words.append(
            f"{months}: EUR {middle} bn ({low} to {high}); as many before {billions(row.before, 1)} bn."
        )
    return words
