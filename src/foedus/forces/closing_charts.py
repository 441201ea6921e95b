"""The chart of a requirement on its way: what counts by class and year, against what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.forces.classes import equipment_class
from foedus.forces.time_result import counted_words
from foedus.forces.time_to_close import ClassClosing, closes_words, counts_words, limit_words
from foedus.forces.words import NOBODY_ASKED
from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import CONFIG, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.forces.time_result import TimeToClose
    from foedus.plotting.fit import Box

__all__ = ["in_words", "source_of", "stocks_chart", "stocks_stage"]

LEFT, RIGHT, HEAD, FOOT, GAP, BELOW = 27, 6, 31, 20, 14, 22
"""What axes and headings take of a panel, what stands between panels and what below them, in pixels."""

TOP = 1.25
"""The upper end of a panel, in parts of what is asked for: paths are cut there."""


@dataclass(frozen=True)
class _Grid:
    """How panels are laid out: columns, and the plot's size in pixels."""

    columns: int
    width: int
    height: int

    @classmethod
    def fill(cls, count: int, box: Box) -> _Grid:
        """Return the layout that fills a box."""
        wide = 2 if box.narrow else 3 if count <= 6 else 4 if count <= 8 else 5
        columns = min(count, wide)
        rows = -(-count // columns)
        left, head = (26, 30) if box.narrow else (LEFT, HEAD)
        width = (box.width - (columns - 1) * GAP) // columns - left - RIGHT
        height = (box.height - BELOW - (rows - 1) * GAP) // rows - head - FOOT
        return cls(columns, max(50, width), max(30, height))


def stocks_chart(result: TimeToClose) -> Chart:
    """Draw what counts of every class by year, against what is asked for.

    Parameters
    ----------
    result : TimeToClose
        A requirement on its way.

    Returns
    -------
    Chart
        A panel for each class: the median with the middle 80 % of draws, no change dotted, and what is asked
        for as a line across.
    """
    count = len(result.rows)
    columns = min(count, 3)
    size = _Grid(columns, (WIDTH - columns * 50) // columns, 92)
    return finish(
        _panels(result, result.rows, size, narrow=False),
        title=result.answer().title,
        subtitle=f"Part of what is asked for, %. Blue: median and middle 80 % of {result.draws:,} draws of "
        f"“{result.title}”. Dotted: if nothing changes. Line: all that is asked for. "
        f"{counts_words(result.summary)} {NOBODY_ASKED}",
        source=source_of(result),
        description=f"{count} line charts with intervals. {result.answer().sentence()}",
        summary=[in_words(result, row) for row in result.rows],
    )


def stocks_stage(result: TimeToClose, box: Box, only: Sequence[str] = ()) -> Chart:
    """Draw the same panels without words around them, to fill a box.

    Parameters
    ----------
    result : TimeToClose
        A requirement on its way.
    box : Box
        Its place.
    only : sequence of str
        The classes that are drawn; without them, all.

    Returns
    -------
    Chart
        As :func:`stocks_chart`; on a phone of several classes the horizon alone, a bar for each.
    """
    whole = stocks_chart(result)
    rows = [row for row in result.rows if row.equipment in only] or list(result.rows)
    if box.narrow and len(rows) > 1:
        return _ends_stage(result, box, whole)
    size = _Grid.fill(len(rows), box)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": whole.description,
        "background": "transparent",
        "config": CONFIG,
        "padding": 0,
        **_panels(result, rows, size, narrow=box.narrow),
    }
    return replace(whole, spec=spec)


def _ends_stage(result: TimeToClose, box: Box, whole: Chart) -> Chart:
    """Draw what counts at the horizon, a bar for each class with its interval, to fill a phone's box."""
    rows = [_end(result, row) for row in result.rows]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": None}
    x = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, TOP], "nice": False},
        "axis": {"values": [0, 0.5, 1], "format": ".0%", "grid": False, "labelFontSize": 11},
    }
    bar = {"type": "bar", "height": {"band": 0.3}, "yOffset": 7, "color": token("us")}
    span = {"type": "rule", "color": token("us-3"), "strokeWidth": 3, "yOffset": 7}
    line = {"type": "rule", "color": token("mine-fill"), "strokeWidth": 1.8}
    words = {"type": "text", "align": "left", "baseline": "bottom", "dx": 1, "dy": 1, "fontSize": 11.5}
    data = {"data": {"values": rows}}
    zero = x | {"field": "zero"}
    layers = [
        data | {"mark": bar, "encoding": {"x": zero, "x2": {"field": "median"}, "y": y}},
        data | {"mark": span, "encoding": {"x": x | {"field": "low"}, "x2": {"field": "high"}, "y": y}},
        {"data": {"values": [{}]}, "mark": line, "encoding": {"x": {"datum": 1.0, "type": "quantitative"}}},
        data | {"mark": words, "encoding": {"x": zero, "y": y, "text": {"field": "text"}}},
    ]
    return staged(
        {"layer": layers},
        box=box,
        padding=(8, 2, 12, 30),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _end(result: TimeToClose, row: ClassClosing) -> dict[str, Any]:
    """Return one class at the horizon: parts of what is asked for, and its words."""
    label = equipment_class(row.equipment).label
    names = ("low", "median", "high")
    parts = {
        name: min(TOP, value / row.required) for name, value in zip(names, row.counts.interval(), strict=True)
    }
    return parts | {
        "zero": 0.0,
        "name": label,
        "text": f"{label}: {closes_words(row.closes, result.horizon)}",
    }


def _panels(
    result: TimeToClose, rows: Sequence[ClassClosing], size: _Grid, *, narrow: bool
) -> dict[str, Any]:
    """Return a panel for each class."""
    panels = [_panel(result, row, size, narrow=narrow) for row in rows]
    starts = range(0, len(panels), size.columns)
    lines = [{"hconcat": panels[i : i + size.columns], "spacing": GAP} for i in starts]
    return {"vconcat": lines, "spacing": GAP}


def _panel(result: TimeToClose, row: ClassClosing, size: _Grid, *, narrow: bool) -> dict[str, Any]:
    """Draw one class."""
    years, asked = result.summary.years, row.required
    data = [
        {"year": year, "said": f"{equipment_class(row.equipment).label}, {year}"}
        | {
            name: min(TOP, value / asked)
            for name, value in zip(("low", "median", "high"), values, strict=True)
        }
        for year, *values in zip(years, row.counts.low, row.counts.median, row.counts.high, strict=True)
    ]
    x = _years(years, narrow=narrow)
    y = _parts(narrow=narrow)
    still = {"datum": min(TOP, row.still / asked), "type": "quantitative"}
    level = {"datum": 1.0, "type": "quantitative"}
    band = {"type": "area", "color": token("us-3"), "opacity": 0.5, "clip": True}
    line = {"type": "line", "color": token("us"), "strokeWidth": 2.4, "clip": True}
    dots = {
        "type": "rule",
        "color": token("nochange"),
        "strokeWidth": 2,
        "strokeDash": [1, 4],
        "strokeCap": "round",
    }
    whole = {"type": "rule", "color": token("mine-fill"), "strokeWidth": 1.8}
    tips = [{"field": "year"}, *({"field": n, "format": ".0%"} for n in ("median", "low", "high"))]
    layers = [
        {"mark": band, "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}},
        {"data": {"values": [{}]}, "mark": whole, "encoding": {"y": level}},
        {"data": {"values": [{}]}, "mark": dots, "encoding": {"y": still}},
        {"mark": line, "encoding": {"x": x, "y": y | {"field": "median"}, "tooltip": tips}},
    ]
    return {
        "data": {"values": data},
        "layer": layers,
        "width": size.width,
        "height": size.height,
        "title": _heading(result, row, size, narrow=narrow),
    }


def _heading(result: TimeToClose, row: ClassClosing, size: _Grid, *, narrow: bool) -> dict[str, Any]:
    """Return a panel's heading: the class, and when it closes."""
    small = narrow or size.width < 130
    return {
        "text": equipment_class(row.equipment).label,
        "subtitle": _under(result, row, narrow=narrow),
        "fontSize": 11.5 if small else 13,
        "subtitleFontSize": 10.5 if small else 12,
        "subtitlePadding": 2,
        "offset": 5,
        "limit": size.width + 40,
        "lineHeight": 14,
        "subtitleLineHeight": 13,
    }


def _under(result: TimeToClose, row: ClassClosing, *, narrow: bool) -> str:
    """Return what stands below a panel's heading: when it closes, and how many draws do not."""
    words = closes_words(row.closes, result.horizon)
    if narrow or row.closes[0] is None or row.never == 0.0:
        return words
    return f"{words}; {per_cent(row.never, 0)} not"


def _years(years: Sequence[int], *, narrow: bool) -> dict[str, Any]:
    """Return the axis of years: the first, the middle and the last."""
    ticks = [years[0], years[-1]] if narrow else [years[0], years[len(years) // 2], years[-1]]
    axis = {"format": "d", "values": ticks, "grid": False, "labelFlush": True, "labelFontSize": 11}
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [years[0], years[-1]], "nice": False},
        "axis": axis,
    }


def _parts(*, narrow: bool) -> dict[str, Any]:
    """Return the axis of parts of what is asked for."""
    axis = {
        "values": [0, 1] if narrow else [0, 0.5, 1],
        "format": ".0%",
        "labelFontSize": 11,
        "minExtent": 24,
    }
    return {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, TOP], "nice": False},
        "axis": axis,
    }


def in_words(result: TimeToClose, row: ClassClosing) -> str:
    """Return one class as a sentence."""
    label, closes = equipment_class(row.equipment).label, closes_words(row.closes, result.horizon)
    held = limit_words(row)
    up = f"; held up by {held}" if held else ""
    return (
        f"{label}: {counted_words(row)} count in {result.horizon}; closes {closes}, "
        f"{per_cent(row.never, 0)} of draws not by {result.horizon}{up}."
    ).replace("closes not by", "does not close by")


def source_of(result: TimeToClose) -> str:
    """Return where the figures come from."""
    known = result.requirement.known
    return (
        f"Source: {result.requirement.headed} ({known if known != 'retrieved' else 'read at its source'}); "
        f"foedus, scenario {result.scenario}, {result.draws:,} draws, as of {result.as_of}, from "
        f"{', '.join(result.editions)}."
    )
