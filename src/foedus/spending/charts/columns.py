"""Each ally's share of GDP as a column against a bar that can be dragged: the chart of the stage."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.columns import SHORT_NAMES, names_axis
from foedus.plotting.fit import Box, staged
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.spending.status import Status, StatusRow
    from foedus.spending.thresholds import PrintedShare

__all__ = ["Columns", "columns_chart", "said_of"]

WIDE = (32, 16, 60, 74)
SLIM = (24, 18, 46, 34)
"""What axes and labels take: left, top, right, bottom."""

LABEL = 17
"""The height of a label above its column, in pixels."""

NO_FIGURE = 0.55
"""How high the outline of an ally without a figure is, in per cent of GDP."""


@dataclass(frozen=True)
class Columns:
    """What the columns are drawn from.

    Attributes
    ----------
    result : Status
        Who meets the guideline.
    shares, before : mapping of str to PrintedShare
        The shares of the year and of the year before, by country.
    """

    result: Status
    shares: Mapping[str, PrintedShare]
    before: Mapping[str, PrintedShare]


def columns_chart(columns: Columns, box: Box) -> Chart:
    """Draw each ally's share as a column, the highest first, with the bar and the year before.

    Parameters
    ----------
    columns : Columns
        What is drawn.
    box : Box
        Its place.

    Returns
    -------
    Chart
        Blue at or above the bar, orange below it, hatched where quoted, an outline where there is no figure.
    """
    from foedus.spending.charts.status import source_line

    result = columns.result
    padding = SLIM if box.narrow else WIDE
    top = _top(columns)
    plot = (max(40, box.width - padding[0] - padding[2]), max(40, box.height - padding[1] - padding[3]))
    rows = _rows(columns, top, plot[1], narrow=box.narrow)
    bar = [{"level": 100 * result.guideline, "word": per_cent(result.guideline, 1)}]
    step = plot[0] / max(1, len(rows))
    return staged(
        {"layer": _layers(rows, bar, top, plot, step, narrow=box.narrow)},
        box=box,
        padding=padding,
        title=result.answer().title or result.headline(),
        description=f"Columns of defence expenditure over GDP by ally in {result.year}, the highest first, "
        f"with a line at {per_cent(result.guideline, 1)}.",
        source=source_line(result),
        summary=[row["said"] for row in rows],
    )


def _top(columns: Columns) -> float:
    """Return the upper end of the axis, in per cent."""
    shares = [row.share for row in columns.result.rows if row.share is not None]
    shares += [share.value for share in columns.before.values()]
    return max(5.0, math.ceil(100 * max([*shares, columns.result.guideline]) + 0.2))


def _rows(columns: Columns, top: float, height: int, *, narrow: bool) -> list[dict[str, Any]]:
    """Return one row for each ally, its label where nothing crosses it."""
    room = LABEL * top / height
    level = 100 * columns.result.guideline
    rows = []
    for i, row in enumerate(columns.result.rows):
        share = None if row.share is None else 100 * row.share
        before = columns.before.get(row.country)
        earlier = None if before is None else 100 * before.value
        rows.append(
            {
                "name": row.country if narrow else SHORT_NAMES.get(row.country, row.name),
                "country": row.country,
                "share": share,
                "kind": _kind(row),
                "quoted": share if row.known == "press" else None,
                "missing": NO_FIGURE if share is None else None,
                "before": earlier,
                "text": _text(row, columns) if not narrow or i == 0 else "",
                "at": None if share is None else _label_at(share, earlier, level, room),
                "said": said_of(row, columns),
            }
        )
    return rows


def _kind(row: StatusRow) -> str:
    """Return which side of the bar a share stands on."""
    return "open" if row.meets is None else "at" if row.meets else "below"


def _label_at(share: float, earlier: float | None, level: float, room: float) -> float:
    """Return the height of a label: above its column, and above the marks that would cross it."""
    place = share
    for mark in sorted(mark for mark in (earlier, level) if mark is not None):
        if place - 0.1 * room < mark < place + room:
            place = max(place, mark)
    return place


def _digits(row: StatusRow, columns: Columns) -> int:
    """Return how many digits of a share are known."""
    share = columns.shares.get(row.country)
    return 2 if share is None else min(2, max(0, -round(math.log10(share.printed_to)) - 2))


def _text(row: StatusRow, columns: Columns) -> str:
    """Write the label of a column."""
    return "" if row.share is None else written(row.share, _digits(row, columns), scale=2)


def said_of(row: StatusRow, columns: Columns) -> str:
    """Write a column in words."""
    year = columns.result.year
    if row.share is None:
        forces = row.country in columns.result.levels[0].without_forces
        return f"{row.name}: {'no armed forces' if forces else f'no figure of {year}'}"
    before = columns.before.get(row.country)
    then = f", {per_cent(before.value)} a year before" if before is not None else ""
    how = " (quoted by the press)" if row.known == "press" else ""
    estimate = ", an estimate" if row.status == "estimate" else ""
    return f"{row.name}: {per_cent(row.share, _digits(row, columns))} in {year}{estimate}{how}{then}"


def _layers(
    rows: list[dict[str, Any]],
    bar: list[dict[str, Any]],
    top: float,
    plot: tuple[int, int],
    step: float,
    *,
    narrow: bool,
) -> list[dict[str, Any]]:
    """Return the layers, from the columns up to the words."""
    x = names_axis(step, narrow=narrow)
    y = _shares_axis(top)
    columns = {"values": rows}
    colour = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": ["at", "below", "open"], "range": [token("us"), token("short"), token("axis")]},
    }
    said = {"field": "said", "type": "nominal"}
    bars = {"type": "bar", "width": {"band": 0.76}}

    def layer(mark: dict[str, Any], field: str, **channels: Any) -> dict[str, Any]:
        place = {"x": x, "y": y | {"field": field}}
        return {"data": columns, "mark": mark, "encoding": place | channels}

    hollow = {"fill": "url(#hatch-none)", "stroke": token("axis"), "strokeDash": [3, 2], "strokeWidth": 1}
    words = {"type": "text", "dy": -5, "baseline": "bottom", "fontSize": 12 if step < 27 else 13}
    rim = {"stroke": token("paper"), "strokeWidth": 4, "strokeJoin": "round"}
    text = {"field": "text", "type": "nominal"}
    dash = {"type": "tick", "opacity": 1, "size": max(4, 0.9 * step)}
    return [
        layer(bars | {"cornerRadiusEnd": 2}, "share", color=colour, description=said),
        layer(bars | {"fill": "url(#hatch)"}, "quoted", description=said),
        layer(bars | hollow, "missing", description=said),
        layer(dash | {"thickness": 5, "color": token("paper")}, "before"),
        layer(dash | {"thickness": 3, "color": token("ink")}, "before"),
        *_line(bar, y, plot[0]),
        layer(words | rim, "at", text=text),
        layer(words | {"color": token("ink")}, "at", text=text),
        *_pill(bar, y, plot[0], narrow=narrow),
    ]


def _shares_axis(top: float) -> dict[str, Any]:
    """Return the axis of shares, which begins at nought."""
    unit = f"datum.value == {top:g} ? datum.label + ' %' : datum.label"
    axis = {"values": list(range(int(top) + 1)), "labelExpr": unit, "labelFontSize": 13, "labelPadding": 6}
    return {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, top], "nice": False},
        "axis": axis,
        "stack": None,
    }


def _line(bar: list[dict[str, Any]], y: dict[str, Any], width: int) -> list[dict[str, Any]]:
    """Draw the bar across the columns, on a rim."""
    place = {"y": y | {"field": "level"}, "x": {"value": 0}, "x2": {"value": width + 8}}
    look = {"data": {"values": bar}, "encoding": place}
    rim = {"type": "rule", "color": token("paper"), "strokeWidth": 5, "opacity": 0.85}
    return [
        look | {"mark": rim},
        look | {"mark": {"type": "rule", "color": token("mine"), "strokeWidth": 2.2}},
    ]


def _pill(bar: list[dict[str, Any]], y: dict[str, Any], width: int, *, narrow: bool) -> list[dict[str, Any]]:
    """Write the level at the end of the bar."""
    left, right, tall, size = (12, 34, 20, 12) if narrow else (18, 46, 25, 13)
    place = {"y": y | {"field": "level"}, "x": {"value": width + left}}
    rule = {"type": "rule", "color": token("mine"), "strokeWidth": tall, "strokeCap": "round"}
    text = {
        "type": "text",
        "color": token("paper"),
        "fontSize": size,
        "fontWeight": "bold",
        "baseline": "middle",
    }
    middle = {"value": width + (left + right) / 2}
    words = {"text": {"field": "word", "type": "nominal"}}
    return [
        {"data": {"values": bar}, "mark": rule, "encoding": place | {"x2": {"value": width + right}}},
        {"data": {"values": bar}, "mark": text, "encoding": place | {"x": middle} | words},
    ]
