"""The chart of one ally: its share of GDP by year among the others', and where the baseline leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import Box, staged
from foedus.plotting.theme import BLUE, LIGHT, MUTED, ORANGE, PAPER, SKY, WIDTH, finish
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.analysis.country import CountryFacts

__all__ = ["chart_note", "country_chart", "country_in_box"]

WHOLE = "NATO"
"""The aggregate among the allies' paths."""

HEIGHT = 330
ROOM = 110
"""Room at the right for what the lines end in, in pixels."""


def country_chart(result: CountryFacts) -> Chart:
    """Draw an ally's share of GDP among the others', with the pledge, the forecast and no change.

    Parameters
    ----------
    result : CountryFacts
        What :func:`foedus.analysis.country.country` gives.

    Returns
    -------
    Chart
        Lines by year; the forecast with its interval.
    """
    body = {"layer": _layers(result), "width": WIDTH - ROOM, "height": HEIGHT}
    return finish(
        body,
        title=result.answer().title,
        subtitle=chart_note(result),
        source=f"Source: NATO, edition {result.edition}; foedus, as of {result.as_of:%-d %B %Y}.",
        description=f"Line chart of defence expenditure over GDP of {result.name}. {result.headline()}",
        summary=[card.sentence for card in result.cards],
    )


def country_in_box(result: CountryFacts, box: Box) -> Chart:
    """Draw the same to a box, without title and source.

    Parameters
    ----------
    result : CountryFacts
        The answer about an ally.
    box : Box
        The place.

    Returns
    -------
    Chart
        Lines by year; the forecast with its interval.
    """
    return staged(
        {"layer": _layers(result, narrow=box.narrow)},
        box=box,
        padding=(40, 14, 92 if box.narrow else 160, 26),
        title=result.answer().title,
        description=f"Line chart of defence expenditure over GDP of {result.name}. {result.headline()}",
        source="",
        summary=[card.sentence for card in result.cards],
    )


def chart_note(result: CountryFacts) -> str:
    """Return what is drawn, in which unit.

    Parameters
    ----------
    result : CountryFacts
        The answer about an ally.

    Returns
    -------
    str
        Sentences.
    """
    own = result.path.get(result.country, {})
    first, last = (min(own), max(own)) if own else (result.year, result.year)
    return (
        f"Share of GDP, %. Thick: {result.name}; grey: the other allies, dashed: NATO as a whole, "
        f"{first} to {last}."
        f"{_forecast_words(result)}"
    )


def _layers(result: CountryFacts, *, narrow: bool = False) -> list[dict[str, Any]]:
    """Return the layers: others, levels, forecast, and the ally over all."""
    own = result.path.get(result.country, {})
    return [*_others(result), *_whole(result), *_levels(result), *_forecast(result, narrow), *_own(own)]


def _whole(result: CountryFacts) -> list[dict[str, Any]]:
    """Draw NATO as a whole, dashed, with its name at the first year."""
    rows = _rows(result.path.get(WHOLE, {}))
    if not rows:
        return []
    axes = _frame(result)
    dashed = {"type": "line", "color": MUTED, "strokeDash": [6, 3], "strokeWidth": 1.6}
    words = {"type": "text", "align": "left", "dx": 4, "dy": -8, "color": MUTED, "fontSize": 11}
    first = [rows[0] | {"text": "NATO"}]
    return [
        {"data": {"values": rows}, "mark": dashed, "encoding": axes},
        {"data": {"values": first}, "mark": words, "encoding": axes | {"text": {"field": "text"}}},
    ]


def _forecast_words(result: CountryFacts) -> str:
    """Write what the band and the dots are."""
    forecast = result.forecast
    if forecast is None:
        return ""
    if not forecast.shows_model:
        return " Dotted: if nothing changes."
    return f" Band: middle 80 % of {forecast.draws:,} draws, {forecast.title}. Dotted: if nothing changes."


def _axes(years: tuple[int, int], top: float) -> dict[str, Any]:
    """Return both axes."""
    return {
        "x": {
            "field": "year",
            "type": "quantitative",
            "title": None,
            "scale": {"domain": list(years), "nice": False},
            "axis": {"format": "d", "values": _ticks(*years), "grid": False},
        },
        "y": {
            "field": "share",
            "type": "quantitative",
            "title": None,
            "scale": {"domain": [0, top], "nice": False},
            "axis": {"tickCount": 5, "labelExpr": "datum.label + (datum.index == 1 ? ' %' : '')"},
        },
    }


def _ticks(first: int, last: int) -> list[int]:
    """Return the years that are written: the first and the last, and so many between that none collide."""
    step = max(1, round((last - first) / 7))
    between = [year for year in range(first + step, last, step) if last - year >= step]
    return [first, *between, last]


def _frame(result: CountryFacts) -> dict[str, Any]:
    """Return the axes that hold all that is drawn."""
    years = [year for shares in result.path.values() for year in shares]
    values = [100 * share for shares in result.path.values() for share in shares.values()]
    if result.forecast is not None:
        years += result.forecast.years
        values += [100 * v for v in result.forecast.high]
    if not years:
        years, values = [result.year - 1, result.year], [2.0]
    return _axes((min(years), max(max(years), min(years) + 1)), 1.05 * max(values))


def _rows(shares: dict[int, float] | Any, **more: Any) -> list[dict[str, Any]]:
    """Return one row a year, in per cent."""
    return [{"year": year, "share": 100 * share, **more} for year, share in shares.items()]


def _others(result: CountryFacts) -> list[dict[str, Any]]:
    """Draw the other allies in grey."""
    rows = [
        row
        for code, shares in result.path.items()
        if code not in (result.country, WHOLE)
        for row in _rows(shares, ally=code)
    ]
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "color": LIGHT, "strokeWidth": 1},
            "encoding": _frame(result) | {"detail": {"field": "ally"}},
        }
    ]


def _levels(result: CountryFacts) -> list[dict[str, Any]]:
    """Draw the levels that allies adopted, each with its name above the line."""
    axes = _frame(result)
    low, high = axes["x"]["scale"]["domain"]
    rows = [
        {"year": low, "end": high, "share": 100 * level, "text": per_cent(level, 1)}
        for level in result.levels or (0.02, 0.035)
        if 100 * level < axes["y"]["scale"]["domain"][1]
    ]
    place = {"x": axes["x"], "y": axes["y"]}
    words = {"type": "text", "align": "left", "baseline": "bottom", "dx": 3, "dy": -2, "fontSize": 11}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "rule", "color": ORANGE, "strokeDash": [5, 3]},
            "encoding": place | {"x2": {"field": "end"}},
        },
        {
            "data": {"values": rows},
            "mark": words | {"stroke": PAPER, "strokeWidth": 3},
            "encoding": place | {"text": {"field": "text"}},
        },
        {
            "data": {"values": rows},
            "mark": words | {"color": ORANGE},
            "encoding": place | {"text": {"field": "text"}},
        },
    ]


def _forecast(result: CountryFacts, narrow: bool) -> list[dict[str, Any]]:
    """Draw the interval, the median and no change; without skill, no change alone."""
    forecast = result.forecast
    if forecast is None:
        return []
    axes = _frame(result)
    spans = zip(forecast.years, forecast.low, forecast.median, forecast.high, strict=True)
    rows = [
        {"year": year, "low": 100 * low, "share": 100 * middle, "high": 100 * high}
        for year, low, middle, high in spans
    ]
    values = {"values": [row | {"still": 100 * forecast.unchanged} for row in rows]}
    band = axes | {"y": axes["y"] | {"field": "low"}, "y2": {"field": "high"}}
    layers: list[dict[str, Any]] = []
    if forecast.shows_model:
        area = {"type": "area", "color": SKY, "opacity": 0.55}
        line = {"type": "line", "color": BLUE, "strokeWidth": 2.5}
        layers += [
            {"data": values, "mark": area, "encoding": band},
            {"data": values, "mark": line, "encoding": axes},
        ]
    still = axes | {"y": axes["y"] | {"field": "still"}}
    dotted = {"type": "line", "color": MUTED, "strokeDash": [2, 3], "strokeWidth": 1.5}
    layers.append({"data": values, "mark": dotted, "encoding": still})
    return [*layers, *_ends(result, axes, narrow)]


def _ends(result: CountryFacts, axes: dict[str, Any], narrow: bool) -> list[dict[str, Any]]:
    """Write at the right what each line ends in, kept apart from the other."""
    forecast = result.forecast
    assert forecast is not None
    last, top = forecast.years[-1], axes["y"]["scale"]["domain"][1]
    still = 100 * forecast.unchanged
    ends = [(still, f"{written(still, 1)} %", "no change", MUTED)]
    if forecast.shows_model:
        low, middle, high = (100 * each[-1] for each in (forecast.low, forecast.median, forecast.high))
        apart = 0.09 * top
        if abs(middle - still) < apart:
            still = middle - apart if middle >= still else middle + apart
        ends = [
            (
                middle,
                f"{written(middle, 1)} %" + ("" if narrow else f" ({written(low, 1)} to {written(high, 1)})"),
                "median" if narrow else "pledge kept as before",
                BLUE,
            ),
            (still, ends[0][1], "no change", MUTED),
        ]
    layers = []
    for value, figure, words, colour in ends:
        mark = {"type": "text", "align": "left", "dx": 7, "color": colour, "fontSize": 11}
        row = [{"year": last, "share": value}]
        for text, dy, weight in ((figure, -3, "bold"), (words, 10, "normal")):
            layers.append(
                {
                    "data": {"values": row},
                    "mark": mark | {"dy": dy, "fontWeight": weight},
                    "encoding": {"x": axes["x"], "y": axes["y"], "text": {"value": text}},
                }
            )
    return layers


def _own(own: Any) -> list[dict[str, Any]]:
    """Draw the ally itself over all others."""
    rows = _rows(own)
    if not rows:
        return []
    place = {
        "x": {"field": "year", "type": "quantitative"},
        "y": {"field": "share", "type": "quantitative"},
    }
    line = {"type": "line", "color": BLUE, "strokeWidth": 3}
    point = {"type": "point", "color": BLUE, "filled": True, "size": 36, "opacity": 1}
    return [{"data": {"values": rows}, "mark": mark, "encoding": place} for mark in (line, point)]
