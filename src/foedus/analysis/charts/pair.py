"""Two scenarios in one panel: the first solid and blue, the second dashed and orange, no change dotted.

All that moves with a control stands in the rows and not in the specification, so that a page that holds the
chart needs the rows alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.analysis.charts.pair_side import PairSide, axis_top, figures_of, pair_title
from foedus.plotting.fit import Box, staged
from foedus.plotting.panels import axis_of, scaled
from foedus.plotting.theme import finish
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.runs.charts.paths import run_source
from foedus.runs.skill import shown

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart

__all__ = ["pair_chart", "pair_in_box"]

LABELS = 176
"""Room for the words at the end of the lines, in pixels."""

PHONE_LABELS = 96
"""The same on a phone, where they are short."""

LABELLED = {"labelFontSize": 12}
"""How the axes are labelled."""

GAP = 34.0
"""The least distance between two such words, in pixels."""


@dataclass(frozen=True)
class _End:
    """What a line ends in: its value, its figure with the range, and its name."""

    value: float
    figure: str
    words: str
    look: str


def pair_in_box(measure: str, label: str, first: PairSide, second: PairSide | None, box: Box) -> Chart:
    """Draw a measure of two scenarios, to a box.

    Parameters
    ----------
    measure, label : str
        The measure's catalogue name, and what it is called.
    first, second : PairSide
        The scenarios; None where there is one alone.
    box : Box
        The place.

    Returns
    -------
    Chart
        Without title and source.
    """
    right = PHONE_LABELS if box.narrow else LABELS
    padding = (46, 14, right, 26)
    body = _body(measure, first, second, box.height - padding[1] - padding[3], box.narrow)
    return staged(
        body,
        box=box,
        padding=padding,
        title=pair_title(label, measure, first, second),
        description=f"Lines with intervals by year. {pair_title(label, measure, first, second)}.",
        source="",
        summary=_words(measure, label, first, second),
    )


def pair_chart(measure: str, label: str, first: PairSide, second: PairSide | None = None) -> Chart:
    """Draw a measure of two scenarios with title and source.

    Parameters
    ----------
    measure, label : str
        The measure's catalogue name, and what it is called.
    first, second : PairSide, optional
        The scenarios.

    Returns
    -------
    Chart
        One panel.
    """
    head = first.headline
    names = f"Blue, solid: {first.name}." + (f" Orange, dashed: {second.name}." if second else "")
    body = _body(measure, first, second, 330.0, False) | {"width": 470, "height": 330}
    return finish(
        body,
        title=pair_title(label, measure, first, second),
        subtitle=f"{axis_of(head.measures[measure].unit, head.price_year).capitalize()}. {names} Lines are "
        f"medians, bands the middle 80 % of {head.draws:,} draws with the same random terms; dotted: if "
        "nothing changes.",
        source=run_source(head),
        description=f"Lines with intervals by year. {pair_title(label, measure, first, second)}.",
        summary=_words(measure, label, first, second),
    )


def _words(measure: str, label: str, first: PairSide, second: PairSide | None) -> list[str]:
    """Return the main figures in words."""
    year = first.headline.years[-1]
    lines = []
    for side in (first, second):
        if side is None:
            continue
        middle, low, high = figures_of(side, measure)
        span = f" ({low} to {high})" if low else ""
        lines.append(f"{label} in {year}, {side.name}: {middle}{span}.")
    still = scaled(first.measure(measure).unit, [first.measure(measure).naive[-1]])[0]
    return [*lines, f"{label} in {year} if nothing changes: {written(still, grouped=True)}."]


def _body(
    measure: str, first: PairSide, second: PairSide | None, height: float, narrow: bool
) -> dict[str, Any]:
    """Return the layers of the panel."""
    sides = [first, *([second] if second else [])]
    unit = first.measure(measure).unit
    lines = [[scaled(unit, part) for part in shown(side.measure(measure))] for side in sides]
    still = scaled(unit, first.measure(measure).naive)
    drawn = [v for line in lines for part in line for v in part if v is not None]
    top = axis_top([*drawn, *still])
    years = first.headline.years
    x, y = _axes(years, top)
    place = {"x": x, "y": y | {"field": "value"}}
    rows = [_rows(side, line) for side, line in zip(sides, lines, strict=True)] + [[]] * (2 - len(sides))
    looks = (("us-3", "us", [1, 0]), ("mine-2", "mine-fill", [7, 4]))
    layers = [
        _layer(part, {"type": "area", "color": token(fill), "opacity": 0.5}, _between(x, y))
        for part, (fill, _, _) in zip(rows, looks, strict=True)
    ]
    layers += _deadlines(sides, x, years, narrow)
    dotted = {"type": "line", "color": token("nochange"), "strokeWidth": 2, "strokeDash": [2, 4]}
    path = [{"year": year, "value": value} for year, value in zip(years, still, strict=True)]
    layers.append(_layer(path, dotted, place))
    for part, (_, colour, dash) in zip(rows, looks, strict=True):
        mark = {"type": "line", "color": token(colour), "strokeWidth": 3, "strokeDash": dash}
        layers.append(_layer(part, mark, place | {"tooltip": {"field": "tip"}}))
    ends = _ends(sides, lines, still[-1], narrow)
    return {"layer": [*layers, *_labels(ends, years[-1], top, height, x, y)]}


def _axes(years: Sequence[int], top: float) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the axes of years and of values, from nought."""
    step = max(1, round((years[-1] - years[0]) / 5))
    between = [year for year in range(years[0] + step, years[-1], step) if years[-1] - year >= step]
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [years[0], years[-1]], "nice": False},
        "axis": {
            "format": "d",
            "values": [years[0], *between, years[-1]],
            "grid": False,
            "labelFontSize": 12,
        },
    }
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, top], "nice": False},
        "axis": {"tickCount": 5, "tickMinStep": 1, "format": ",~f"} | LABELLED,
    }
    return x, y


def _rows(side: PairSide, line: list[list[Any]]) -> list[dict[str, Any]]:
    """Return a scenario's rows, each with what is said of it."""
    rows = []
    for year, low, middle, high in zip(side.headline.years, *line, strict=True):
        span = f" ({written(low, grouped=True)} to {written(high, grouped=True)})" if low is not None else ""
        tip = f"{side.name}, {year}: {written(middle, grouped=True)}{span}"
        rows.append({"year": year, "value": middle, "low": low, "high": high, "tip": tip})
    return rows


def _layer(rows: list[dict[str, Any]], mark: dict[str, Any], encoding: dict[str, Any]) -> dict[str, Any]:
    """Return one layer over its own rows."""
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}


def _between(x: dict[str, Any], y: dict[str, Any]) -> dict[str, Any]:
    """Return the channels of an interval."""
    return {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}


def _deadlines(
    sides: Sequence[PairSide], x: dict[str, Any], years: Sequence[int], narrow: bool
) -> list[dict[str, Any]]:
    """Mark the year by which each pledge is due, where it lies inside the panel."""
    due = [side.headline.terms.pledge.deadline for side in sides]
    rows: list[list[dict[str, Any]]] = [[], []]
    for i, year in enumerate(due):
        if years[0] < year < years[-1] and (i == 0 or year != due[0]):
            rows[i] = [{"year": year, "text": f"due {year}"}]
    layers = []
    for part, colour in zip(rows, ("us", "mine"), strict=True):
        mark = {"type": "rule", "color": token(colour), "strokeDash": [2, 4], "strokeWidth": 1.5}
        words = {
            "type": "text",
            "align": "right",
            "baseline": "top",
            "dx": -5,
            "color": token(colour),
            "fontSize": 12 if narrow else 13,
        }
        layers.append(_layer(part, mark, {"x": x}))
        layers.append(_layer(part, words, {"x": x, "y": {"value": 0}, "text": {"field": "text"}}))
    return layers


def _ends(sides: Sequence[PairSide], lines: list[list[list[Any]]], still: float, narrow: bool) -> list[_End]:
    """Return what the lines end in."""
    ends = []
    for side, (low, middle, high), look in zip(sides, lines, ("us", "mine"), strict=False):
        figure = written(middle[-1], grouped=True)
        if low[-1] is not None and not narrow:
            figure += f" ({written(low[-1], grouped=True)} to {written(high[-1], grouped=True)})"
        ends.append(_End(middle[-1], figure, _short(side.name, 13 if narrow else 25), look))
    return [*ends, _End(still, written(still, grouped=True), "no change", "nochange")]


def _short(text: str, most: int) -> str:
    """Cut a name at a word."""
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rsplit(' ', 1)[0]}…"


def _labels(
    ends: Sequence[_End], year: int, top: float, height: float, x: dict[str, Any], y: dict[str, Any]
) -> list[dict[str, Any]]:
    """Write figure and name at the end of each line, so far apart that none covers another."""
    apart = GAP * top / max(1.0, height)
    places: list[tuple[float, _End]] = []
    below = -apart
    for end in sorted(ends, key=lambda e: e.value):
        below = max(end.value, below + apart)
        places.append((below, end))
    over = places[-1][0] - (top - 0.35 * apart)
    if over > 0:  # what was pushed above the panel pushes back what lies below it
        above = top - 0.35 * apart + apart
        for i in range(len(places) - 1, -1, -1):
            above = min(places[i][0], above - apart)
            places[i] = (above, places[i][1])
    layers = []
    for look in ("us", "mine", "nochange"):
        rows = [
            {"year": year, "value": at, "at": end.value, "figure": end.figure, "words": end.words}
            for at, end in places
            if end.look == look
        ]
        colour = token("us" if look == "us" else look)
        dot = {"type": "point", "filled": True, "size": 70, "opacity": 1}
        dot |= {"color": token({"us": "us", "mine": "mine-fill"}.get(look, "nochange"))}
        layers.append(_layer(rows, dot, {"x": x, "y": y | {"field": "at"}}))
        text = {"type": "text", "align": "left", "dx": 10, "color": colour}
        place = {"x": x, "y": y | {"field": "value"}}
        bold = text | {"fontWeight": "bold", "fontSize": 14, "dy": -3, "baseline": "middle"}
        plain = text | {"fontSize": 12.5, "dy": 12, "baseline": "middle"}
        layers.append(_layer(rows, bold, place | {"text": {"field": "figure"}}))
        layers.append(_layer(rows, plain, place | {"text": {"field": "words"}}))
    return layers
