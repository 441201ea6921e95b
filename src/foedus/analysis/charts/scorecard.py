"""The chart of a scorecard: each measure in a panel of its own, on its own scale, by day.

A panel has a bar for each of the holder's two days and the predecessor's, from nought to the highest of them.
No two panels share a scale, so that no height is held against another's. What has no measure is written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.analysis.scorecard_rows import MEASURES, Measure, MeasureOnDay
from foedus.plotting.fit import Box, staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.tables import write_cell

if TYPE_CHECKING:
    from foedus.analysis.scorecard import Scorecard
    from foedus.analysis.scorecard_tenure import Tenure
    from foedus.plotting.chart import Chart

__all__ = ["CHART_NOTE", "scorecard_chart", "scorecard_in_box"]

CHART_NOTE = "Each measure on its own scale from nought. Hollow: told by a later edition, looking back"
"""The line below the chart's title."""

WIDE, SLIM = Box(WIDTH, 520), Box(290, 400)
"""The places of the chart in files, wide and for a phone."""

COLUMNS, FEW_COLUMNS = 3, 2
"""Panels abreast, and in the narrowest place."""

LEAST = 340
"""So wide is a place at least in which three panels stand abreast."""

GAP, SLIM_GAP = 28, 10
HEAD, SLIM_HEAD = 30, 15
FOOT, SLIM_FOOT = 28, 17
"""Of the grid: pixels between panels, above a plot and below it; on a phone less."""

NARROW = {
    "aid_europe": "Europe, EUR bn",
    "aid_united_states": "US, EUR bn",
    "share_europe_canada": "Europe, % of GDP",
    "us_forces": "US forces, 1,000",
}
"""Titles of panels on a phone, with the unit that the numbers have there."""

NUMBER = 16
"""Room for the number above the highest bar."""

UNITS = {"eur": "EUR bn", "fraction": "% of GDP"}
"""What stands behind a panel's title."""


@dataclass(frozen=True)
class DayStop:
    """A day of a holder: a place on every panel.

    Attributes
    ----------
    tenure : Tenure
        Whose day.
    at : int
        0 for the first day and 1 for the last.
    """

    tenure: Tenure
    at: int

    @property
    def day(self) -> date:
        """The day."""
        return self.tenure.days[self.at]

    def cell(self, result: Scorecard, measure: str) -> MeasureOnDay:
        """Return what is held of a measure on the day."""
        return result.cells(self.tenure, measure)[self.at]


@dataclass(frozen=True)
class MeasurePanel:
    """Where a measure is drawn, in pixels from the upper left corner of the whole.

    Attributes
    ----------
    measure : Measure
        What is drawn.
    left, top, width, height : float
        The plot below its title.
    stops : int
        How many places for bars it has.
    highest : float
        The upper end of the scale.
    """

    measure: Measure
    left: float
    top: float
    width: float
    height: float
    stops: int
    highest: float

    @property
    def base(self) -> float:
        """Where nought stands."""
        return self.top + self.height

    def x(self, at: int) -> float:
        """Return the middle of a place."""
        return self.left + self.width * (at + 0.5) / self.stops

    def y(self, value: float) -> float:
        """Return where a value stands; above the highest is room for its number."""
        return self.base - max(0.0, self.height - NUMBER) * value / self.highest


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
    return replace(_titled(result, WIDE), slim=partial(_titled, result, SLIM))


def _titled(result: Scorecard, box: Box) -> Chart:
    """Draw the panels in a box, with title and source."""
    before = f"; grey: {result.predecessor.name}" if result.predecessor else ""
    layers = _layers(result, box.width, box.height, narrow=box.narrow)
    return finish(
        {"layer": layers, "width": box.width, "height": box.height},
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
    return f"{len(MEASURES)} small panels of bars by day, each on its own scale. {result.headline()}"


def _source(result: Scorecard) -> str:
    """Return where the figures come from."""
    return f"Source: {', '.join(result.editions)}; foedus, as of {result.as_of:%-d %B %Y}."


def _summary(result: Scorecard) -> list[str]:
    """Write every measure of each holder in a sentence."""
    lines = []
    for tenure in result.tenures:
        for name, measure in MEASURES.items():
            first, last = result.cells(tenure, name)
            told = "; ".join(
                f"{c.day}: {c.words}{f' ({c.source})' if c.source else ''}" for c in (first, last)
            )
            lines.append(f"{tenure.name}, {measure.label}: {told}.")
    return lines


def _told(cell: MeasureOnDay) -> str:
    """Write a cell with its day and its edition."""
    return f"{cell.day}: {cell.words}{f' ({cell.source})' if cell.source else ''}"


def _stops(result: Scorecard) -> list[DayStop]:
    """Return the days in order: that of a handover once, where both holders' values are the same."""
    stops = [
        DayStop(tenure, at)
        for tenure in reversed(result.tenures)
        for at in ((0,) if tenure.start == tenure.last else (0, 1))
    ]
    if result.predecessor is None:
        return stops
    left, came = stops[1:3]
    same = left.day == came.day and all(
        left.cell(result, name).value == came.cell(result, name).value for name in MEASURES
    )
    return [stops[0], *stops[2:]] if same else stops


def _panels(result: Scorecard, width: float, height: float, narrow: bool) -> list[MeasurePanel]:
    """Return the panels of the grid, row by row."""
    gap, head, foot = (SLIM_GAP, SLIM_HEAD, SLIM_FOOT) if narrow else (GAP, HEAD, FOOT)
    columns = COLUMNS if width >= LEAST else FEW_COLUMNS
    down = -(-len(MEASURES) // columns)
    wide, high = (width - (columns - 1) * gap) / columns, height / down
    stops = len(_stops(result))
    panels = []
    for at, measure in enumerate(MEASURES.values()):
        row, column = divmod(at, columns)
        values = [c.value for c in result.rows if c.measure == measure.name and c.value is not None]
        panels.append(
            MeasurePanel(
                measure,
                column * (wide + gap),
                row * high + head,
                wide,
                high - head - foot,
                stops,
                max([*values, 0.0]) or 1.0,
            )
        )
    return panels


def _layers(result: Scorecard, width: float, height: float, *, narrow: bool = False) -> list[dict[str, Any]]:
    """Return the layers of every panel: bars, base lines, and words."""
    stops = _stops(result)
    bars: list[dict[str, Any]] = []
    words: list[dict[str, Any]] = []
    bases = []
    for panel in _panels(result, width, height, narrow):
        bases.append({"x": panel.left, "x2": panel.left + panel.width, "y": panel.base})
        words.append(_title(panel, narrow))
        for at, stop in enumerate(stops):
            cell = stop.cell(result, panel.measure.name)
            colour = "us" if stop.tenure is result.holder else "axis"
            day = str(stop.day.year) if narrow else f"{stop.day:%b %Y}"
            y = panel.base + (8 if narrow else 10)
            words.append(_word((panel.x(at), y), day, "soft", 10.5 if narrow else 11))
            words.append(_number(panel, at, cell, colour, narrow))
            if cell.value is not None:
                bars.append(_bar(panel, at, cell, colour))
    return [_bars(bars), _bases(bases), *_texts(words)]


def _bar(panel: MeasurePanel, at: int, cell: MeasureOnDay, colour: str) -> dict[str, Any]:
    """Return a day's bar; hollow where a later edition tells it."""
    half = min(26.0, 0.3 * panel.width / panel.stops)
    of = f", {cell.of}" if cell.of else ""
    said = f"{cell.holder}, {cell.day}: {panel.measure.label}, {cell.words}{of} ({cell.source})"
    return {
        "x": panel.x(at) - half,
        "x2": panel.x(at) + half,
        "y": panel.y(cell.value or 0.0),
        "y2": panel.base,
        "fill": token("paper") if cell.looks_back else token(colour),
        "colour": token(colour),
        "said": said,
    }


def _number(panel: MeasurePanel, at: int, cell: MeasureOnDay, colour: str, narrow: bool) -> dict[str, Any]:
    """Return the number above a bar; a dash where there is no measure."""
    if cell.value is None:
        text = "–" if narrow or panel.width / panel.stops < 70 else "no measure"
        return _word((panel.x(at), panel.base - 9), text, "faint", 11)
    text = write_cell(cell.value, panel.measure.kind).removesuffix(" %")
    if narrow and panel.measure.unit == "person":
        text = written(cell.value, 1, scale=-3)
    tone, y = "us" if colour == "us" else "soft", panel.y(cell.value) - (7 if narrow else 9)
    return _word((panel.x(at), y), text, tone, 11 if narrow else 13, bold=colour == "us")


def _title(panel: MeasurePanel, narrow: bool) -> dict[str, Any]:
    """Return a panel's title with its unit."""
    unit = UNITS.get(panel.measure.unit, "")
    if not narrow:
        text = f"{panel.measure.short}, {unit}" if unit else panel.measure.short
        return _heading((panel.left, panel.top - HEAD + 10), text, 13)
    text = NARROW.get(panel.measure.name, panel.measure.short)
    return _heading((panel.left, panel.top - SLIM_HEAD + 7), text, 11)


def _heading(at: tuple[float, float], text: str, size: float) -> dict[str, Any]:
    """Return a panel's title as a row, which begins at a place."""
    return _word(at, text, "ink", size, bold=True) | {"align": "left"}


def _word(
    at: tuple[float, float], text: str, colour: str, size: float, *, bold: bool = False
) -> dict[str, Any]:
    """Return a word as a row, its middle at a place."""
    return {
        "x": at[0],
        "y": at[1],
        "text": text,
        "colour": token(colour),
        "size": size,
        "align": "center",
        "weight": 600 if bold else 400,
    }


def _pixel(field: str) -> dict[str, Any]:
    """Return a place in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _bars(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the layer of bars."""
    encoding = {
        "x": _pixel("x"),
        "x2": {"field": "x2"},
        "y": _pixel("y"),
        "y2": {"field": "y2"},
        "fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None},
        "stroke": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        "tooltip": [{"field": "said", "type": "nominal", "title": "Measure"}],
        "description": {"field": "said", "type": "nominal"},
    }
    return {"data": {"values": rows}, "mark": {"type": "rect", "strokeWidth": 1.5}, "encoding": encoding}


def _bases(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the layer of base lines."""
    encoding = {"x": _pixel("x"), "x2": {"field": "x2"}, "y": _pixel("y")}
    return {"data": {"values": rows}, "mark": {"type": "rule", "color": token("axis")}, "encoding": encoding}


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
