"""The chart of a scorecard: each measure in a panel of its own, on its own scale, by day.

A panel has the holder's two days and the predecessor's, from nought to the highest of them. Panels share the
axis of time and nothing else, so that no height is held against another's. What has no measure is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.analysis.scorecard_rows import MEASURES, Cell, Measure
from foedus.plotting.fit import Box, staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.tables import write_cell

if TYPE_CHECKING:
    from foedus.analysis.scorecard import Scorecard
    from foedus.plotting.chart import Chart

__all__ = ["CHART_NOTE", "scorecard_chart", "scorecard_in_box"]

CHART_NOTE = "Each measure on its own scale from nought, by day; hollow: told by a later edition"
"""The line below the chart's title."""

HEIGHT = 520
COLUMNS = 3
GAP = 22
HEAD = 34
FOOT = 16
"""Of the grid: panels abreast, and pixels between panels, above a plot and below it."""

UNITS = {"eur": "EUR bn", "fraction": "% of GDP"}
"""What stands behind a panel's title."""


@dataclass(frozen=True)
class Panel:
    """Where a measure is drawn, in pixels from the upper left corner of the whole.

    Attributes
    ----------
    measure : Measure
        What is drawn.
    left, top, width, height : float
        The plot below its title.
    first, last : datetime.date
        The ends of the axis of time.
    highest : float
        The upper end of the scale.
    """

    measure: Measure
    left: float
    top: float
    width: float
    height: float
    first: date
    last: date
    highest: float

    def x(self, day: date) -> float:
        """Return where a day stands."""
        span = max(1, (self.last - self.first).days)
        return self.left + 8 + (self.width - 16) * (day - self.first).days / span

    def y(self, value: float) -> float:
        """Return where a value stands; the upper fifth is for its number."""
        return self.top + self.height * (1.0 - 0.76 * value / self.highest)


def scorecard_chart(result: Scorecard) -> Chart:
    """Draw the measures of a scorecard.

    Parameters
    ----------
    result : Scorecard
        What :func:`foedus.analysis.scorecard.scorecard_of` gives.

    Returns
    -------
    Chart
        One panel a measure.
    """
    before = f"; grey: {result.predecessor.name}" if result.predecessor else ""
    body = {"layer": _layers(result, WIDTH, HEIGHT), "width": WIDTH, "height": HEIGHT}
    return finish(
        body,
        title=result.answer().title,
        subtitle=f"{CHART_NOTE}. Blue: {result.holder.name}{before}.",
        source=_source(result),
        description=_description(result),
        summary=_summary(result),
    )


def scorecard_in_box(result: Scorecard, box: Box) -> Chart:
    """Draw the same to a box, without title and source.

    Parameters
    ----------
    result : Scorecard
        The scorecard.
    box : Box
        The place.

    Returns
    -------
    Chart
        One panel a measure.
    """
    side = 2 if box.narrow else 8
    return staged(
        {"layer": _layers(result, box.width - 2 * side, box.height - 8, narrow=box.narrow)},
        box=box,
        padding=(side, 4, side, 4),
        title=result.answer().title,
        description=_description(result),
        source=_source(result),
        summary=_summary(result),
    )


def _description(result: Scorecard) -> str:
    """Return the text alternative."""
    return f"{len(MEASURES)} small panels of dots by day, each on its own scale. {result.headline()}"


def _source(result: Scorecard) -> str:
    """Return where the figures come from."""
    return f"Sources: {', '.join(result.editions)}; foedus, as of {result.as_of:%-d %B %Y}."


def _summary(result: Scorecard) -> list[str]:
    """Write every measure of each holder in a sentence."""
    lines = []
    for tenure in result.tenures:
        for name, measure in MEASURES.items():
            first, last = result.cells(tenure, name)
            told = "; ".join(
                f"{c.day}: {c.words}{f' ({c.source})' if c.source else ''}" for c in (first, last)
            )
            lines.append(f"{tenure.name}, {measure.label}: {told}")
    return lines


def _panels(result: Scorecard, width: float, height: float, gap: float) -> list[Panel]:
    """Return the panels of the grid, row by row."""
    rows = -(-len(MEASURES) // COLUMNS)
    wide = (width - (COLUMNS - 1) * gap) / COLUMNS
    high = height / rows - HEAD - FOOT
    days = [day for tenure in result.tenures for day in tenure.days]
    panels = []
    for at, measure in enumerate(MEASURES.values()):
        down, across = divmod(at, COLUMNS)
        values = [c.value for c in result.rows if c.measure == measure.name and c.value is not None]
        panels.append(
            Panel(
                measure,
                across * (wide + gap),
                down * (HEAD + high + FOOT) + HEAD,
                wide,
                high,
                min(days),
                max(days),
                max([*values, 0.0]) or 1.0,
            )
        )
    return panels


def _layers(result: Scorecard, width: float, height: float, *, narrow: bool = False) -> list[dict[str, Any]]:
    """Return the layers of every panel: base line, lines, dots, and words."""
    lines: list[dict[str, Any]] = []
    dots: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    for panel in _panels(result, width, height, 8 if narrow else GAP):
        base = panel.top + panel.height
        lines.append(_line(panel.left, base, panel.left + panel.width, base, "axis", 1))
        words += _title(panel, narrow)
        words += [_year(panel, day) for day in (panel.first, panel.last)]
        for tenure in reversed(result.tenures):
            colour = "us" if tenure is result.holder else "nochange"
            cells = [c for c in result.cells(tenure, panel.measure.name) if c.value is not None]
            dots += [_dot(panel, cell, colour) for cell in cells]
            lines += _between(panel, cells, colour)
        words += _numbers(panel, result)
    return [_rules(lines), *_points(dots), *_texts(words)]


def _line(x: float, y: float, x2: float, y2: float, colour: str, thick: float) -> dict[str, Any]:
    """Return a line as a row."""
    return {"x": x, "y": y, "x2": x2, "y2": y2, "colour": token(colour), "thick": thick}


def _between(panel: Panel, cells: list[Cell], colour: str) -> list[dict[str, Any]]:
    """Return the line between two days, where they rest on one definition."""
    if len(cells) < 2 or cells[0].basis != cells[1].basis:
        return []
    (a, b) = ((panel.x(c.day), panel.y(c.value or 0.0)) for c in cells)
    return [_line(*a, *b, colour, 2)]


def _dot(panel: Panel, cell: Cell, colour: str) -> dict[str, Any]:
    """Return a day's dot; hollow where a later edition tells it."""
    place = {"x": panel.x(cell.day), "y": panel.y(cell.value or 0.0), "colour": token(colour)}
    said = f"{cell.holder}, {cell.day}: {panel.measure.label}, {cell.words}, {cell.of} ({cell.source})"
    return place | {"fill": token("paper") if cell.looks_back else token(colour), "said": said}


def _title(panel: Panel, narrow: bool) -> Iterator[dict[str, Any]]:
    """Return a panel's title and, on a line of its own where room is short, its unit."""
    unit = UNITS.get(panel.measure.unit, "")
    size = 11 if narrow else 13
    beside = f", {unit}" if unit and not narrow else ""
    yield _word(
        panel.left, panel.top - HEAD + 10, panel.measure.short + beside, "ink", size, "left", bold=True
    )
    if unit and narrow:
        yield _word(panel.left, panel.top - HEAD + 23, unit, "soft", 10.5, "left")


def _year(panel: Panel, day: date) -> dict[str, Any]:
    """Return the year at an end of the axis of time."""
    at_left = day == panel.first
    x = panel.left if at_left else panel.left + panel.width
    return _word(x, panel.top + panel.height + 9, str(day.year), "soft", 11, "left" if at_left else "right")


def _numbers(panel: Panel, result: Scorecard) -> Iterator[dict[str, Any]]:
    """Return the numbers above the dots, those of one day and value once; or that there is no measure."""
    own = [c for c in result.rows if c.measure == panel.measure.name]
    seen: set[tuple[date, float]] = set()
    for cell in own:
        if cell.value is None or (cell.day, cell.value) in seen:
            continue
        seen.add((cell.day, cell.value))
        colour = "us" if cell.holder == result.holder.name else "soft"
        align = _align(panel, cell.day)
        text = write_cell(cell.value, panel.measure.kind).removesuffix(" %")
        yield _word(panel.x(cell.day), panel.y(cell.value) - 12, text, colour, 12, align, bold=colour == "us")
    absent = {c.day for c in own if c.value is None}
    for day in sorted(absent):
        if any(c.day == day and c.value is not None for c in own):
            continue
        yield _word(
            panel.x(day), panel.top + panel.height - 8, "no measure", "faint", 10.5, _align(panel, day)
        )


def _align(panel: Panel, day: date) -> str:
    """Return how a word at a day is set, so that it stays in its panel."""
    share = (panel.x(day) - panel.left) / panel.width
    return "left" if share < 0.25 else "right" if share > 0.75 else "center"


def _word(
    x: float, y: float, text: str, colour: str, size: float, align: str, *, bold: bool = False
) -> dict[str, Any]:
    """Return a word as a row."""
    return {
        "x": x,
        "y": y,
        "text": text,
        "colour": token(colour),
        "size": size,
        "align": align,
        "weight": 600 if bold else 400,
    }


def _pixel(field: str) -> dict[str, Any]:
    """Return a place in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _rules(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the layer of lines."""
    place = {"x": _pixel("x"), "y": _pixel("y"), "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    look = {
        "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        "strokeWidth": {"field": "thick", "type": "quantitative", "scale": None, "legend": None},
    }
    return {"data": {"values": rows}, "mark": {"type": "rule"}, "encoding": place | look}


def _points(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the layer of dots, those of the holder over the others."""
    if not rows:
        return []
    encoding = {
        "x": _pixel("x"),
        "y": _pixel("y"),
        "fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
        "stroke": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        "tooltip": [{"field": "said", "type": "nominal", "title": "Measure"}],
        "description": {"field": "said", "type": "nominal"},
    }
    mark = {"type": "point", "size": 62, "strokeWidth": 2, "opacity": 1}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]


def _texts(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the layers of words: those of one look are one layer."""
    looks = dict.fromkeys((r["colour"], r["size"], r["align"], r["weight"]) for r in rows)
    layers = []
    for look in looks:
        own = [r for r in rows if (r["colour"], r["size"], r["align"], r["weight"]) == look]
        colour, size, align, weight = look
        mark = {"type": "text", "color": colour, "fontSize": size, "align": align, "fontWeight": weight}
        encoding = {"x": _pixel("x"), "y": _pixel("y"), "text": {"field": "text"}}
        layers.append({"data": {"values": own}, "mark": mark, "encoding": encoding})
    return layers
