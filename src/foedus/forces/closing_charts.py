"""Charts of a requirement on its way: what counts by class and year, and what holds each class up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.forces.classes import equipment_class
from foedus.forces.closing import LIMITS
from foedus.forces.time_result import counted_words, counts_words, limit_words
from foedus.forces.time_to_close import ClassClosing, closes_words
from foedus.forces.words import NOBODY_ASKED
from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import CONFIG, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.forces.time_result import TimeToClose
    from foedus.plotting.fit import Box

__all__ = ["limits_chart", "limits_stage", "stocks_chart", "stocks_stage"]

LEFT, RIGHT, HEAD, FOOT, GAP = 40, 12, 40, 24, 14
"""What axes and headings take of a panel, and what stands between panels, in pixels."""

TOP = 1.25
"""The upper end of a panel, in parts of what is asked for: paths are cut there."""

COLOURS = {"money": "us", "industry": "mine", "people": "plum", "closed": "us-4"}
"""What holds a class up, by colour; each part of a bar says it in words too."""


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
        height = (box.height - (rows - 1) * GAP) // rows - head - FOOT
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
        source=_source(result),
        description=f"{count} line charts with intervals. {result.answer().sentence()}",
        summary=[_in_words(result, row) for row in result.rows],
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
        As :func:`stocks_chart`.
    """
    whole = stocks_chart(result)
    rows = [row for row in result.rows if row.equipment in only] or list(result.rows)
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


def _panels(
    result: TimeToClose, rows: Sequence[ClassClosing], size: _Grid, *, narrow: bool
) -> dict[str, Any]:
    """Return a panel for each class."""
    panels = [_panel(result, row, size, narrow=narrow) for row in rows]
    return {"concat": panels, "columns": size.columns, "spacing": GAP}


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
    small = narrow or size.width < 130
    title = {
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
    return {
        "data": {"values": data},
        "layer": layers,
        "width": size.width,
        "height": size.height,
        "title": title,
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


def limits_chart(result: TimeToClose) -> Chart:
    """Draw what holds every class up: a bar of draws, and beside it when it closes.

    Parameters
    ----------
    result : TimeToClose
        A requirement on its way.

    Returns
    -------
    Chart
        A bar for each class, its parts named in words.
    """
    body = _bars(result, labels=190, narrow=False)
    body |= {"width": WIDTH - 330, "height": 34 * len(result.rows)}
    return finish(
        body,
        title=f"What holds “{result.requirement.headed}” up",
        subtitle=f"Part of {result.draws:,} draws by what each class waited for most. At the right: when it "
        f"closes, middle 80 % of draws. {NOBODY_ASKED}",
        source=_source(result),
        description=f"Bar chart of {len(result.rows)} classes. "
        + " ".join(_in_words(result, row) for row in result.rows[:2]),
        summary=[_in_words(result, row) for row in result.rows],
    )


def limits_stage(result: TimeToClose, box: Box) -> Chart:
    """Draw the same bars without words around them, to fill a box.

    Parameters
    ----------
    result : TimeToClose
        A requirement on its way.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`limits_chart`.
    """
    whole = limits_chart(result)
    left, right = (8, 104) if box.narrow else (208, 150)
    return staged(
        _bars(result, labels=left, narrow=box.narrow),
        box=box,
        padding=(left, 6, right, 26),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _bars(result: TimeToClose, *, labels: int, narrow: bool) -> dict[str, Any]:
    """Return the bars of what holds classes up."""
    segments, ends = [], []
    for row in result.rows:
        label, start = equipment_class(row.equipment).label, 0.0
        shares = {str(name): row.limits.get(name, 0.0) for name in LIMITS}
        shares["closed"] = max(0.0, 1.0 - sum(shares.values()))
        for name, share in shares.items():
            if share < 0.0005:
                continue
            words = "never missing" if name == "closed" else name
            shown = f"{words} {per_cent(share, 0)}" if share > (0.3 if narrow else 0.16) else ""
            segments.append(
                {
                    "name": label,
                    "from": start,
                    "to": start + share,
                    "middle": start + share / 2,
                    "limit": name,
                    "text": shown,
                    "dark": name != "closed",
                    "said": f"{label}: {words}, {per_cent(share, 0)} of draws",
                }
            )
            start += share
        ends.append(
            {"name": label, "one": 1.0, "zero": 0.0, "closes": closes_words(row.closes, result.horizon)}
        )
    axis: dict[str, Any] = {
        "labelLimit": labels,
        "labelFontSize": 13,
        "labelColor": token("ink"),
        "grid": False,
    }
    y = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "title": None,
        "axis": axis | {"labels": not narrow},
    }
    x = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"format": ".0%", "tickCount": 5, "grid": False},
    }
    scale = {"domain": list(COLOURS), "range": [token(name) for name in COLOURS.values()]}
    colour = {"field": "limit", "type": "nominal", "scale": scale, "legend": None}
    drop = 8 if narrow else 0
    bar = {"type": "bar", "height": {"band": 0.42 if narrow else 0.6}, "yOffset": drop}
    ink = {"condition": {"test": "datum.dark", "value": token("paper")}, "value": token("ink")}
    text = {"type": "text", "baseline": "middle", "fontSize": 12, "yOffset": drop}
    late = {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fontSize": 12, "yOffset": drop}
    bars = {"data": {"values": segments}}
    tip = {"field": "said", "type": "nominal"}
    layers: list[dict[str, Any]] = [
        bars
        | {
            "mark": bar,
            "encoding": {
                "x": x | {"field": "from"},
                "x2": {"field": "to"},
                "y": y,
                "color": colour,
                "tooltip": [tip],
                "description": tip,
            },
        },
        bars
        | {
            "mark": text,
            "encoding": {"x": x | {"field": "middle"}, "y": y, "text": {"field": "text"}, "color": ink},
        },
        {
            "data": {"values": ends},
            "mark": late,
            "encoding": {"x": x | {"field": "one"}, "y": y, "text": {"field": "closes"}},
        },
    ]
    if narrow:
        above = {"type": "text", "align": "left", "baseline": "bottom", "dx": 1, "dy": -6, "fontSize": 12}
        layers.append(
            {
                "data": {"values": ends},
                "mark": above,
                "encoding": {"x": x | {"field": "zero"}, "y": y, "text": {"field": "name"}},
            }
        )
    return {"layer": layers}


def _in_words(result: TimeToClose, row: ClassClosing) -> str:
    """Return one class as a sentence."""
    label, closes = equipment_class(row.equipment).label, closes_words(row.closes, result.horizon)
    held = limit_words(row)
    up = f"; held up by {held}" if held else ""
    return (
        f"{label}: {counted_words(row)} count in {result.horizon}; closes {closes}, "
        f"{per_cent(row.never, 0)} of draws not by {result.horizon}{up}."
    ).replace("closes not by", "does not close by")


def _source(result: TimeToClose) -> str:
    """Return where the figures come from."""
    known = result.requirement.known
    return (
        f"Source: {result.requirement.headed} ({known if known != 'retrieved' else 'read at its source'}); "
        f"foedus, scenario {result.scenario}, {result.draws:,} draws, as of {result.as_of}, from "
        f"{', '.join(result.editions)}."
    )
