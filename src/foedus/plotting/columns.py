"""Plots of one column of space for each ally, which fit a box of any width: names below, values upwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.plotting.fit import Box
from foedus.plotting.tokens import token

__all__ = [
    "SHORT_NAMES",
    "column_layer",
    "label_layers",
    "names_axis",
    "padding_of",
    "step_of",
    "values_axis",
]

Rows = Sequence[Mapping[str, Any]]

SHORT_NAMES = {"USA": "US", "GBR": "UK", "MKD": "N. Macedonia", "BIH": "Bosnia and H."}
"""Names that stand below a column."""

WIDE = (40, 16, 10, 74)
SLIM = (30, 12, 6, 36)
"""What axes and labels take: left, top, right, bottom."""


def padding_of(box: Box) -> tuple[int, int, int, int]:
    """Return what axes and names take of a box: left, top, right, bottom."""
    return SLIM if box.narrow else WIDE


def step_of(box: Box, count: int) -> float:
    """Return how wide one ally's place is, in pixels."""
    left, _, right, _ = padding_of(box)
    return (box.width - left - right) / max(1, count)


def names_axis(step: float, *, narrow: bool) -> dict[str, Any]:
    """Return the axis of allies, in the order of the data.

    Parameters
    ----------
    step : float
        How wide one ally's place is.
    narrow : bool
        Write codes, upright, instead of names.

    Returns
    -------
    dict
        The channel ``x``; the rows have ``name``.
    """
    axis: dict[str, Any] = {"domain": True, "ticks": False, "grid": False, "labelColor": token("soft")}
    if narrow:
        axis |= {"labelAngle": -90, "labelFontSize": min(10.5, 1.15 * step), "labelAlign": "right"}
    else:
        axis |= {"labelAngle": -45, "labelFontSize": 13 if step > 24 else 12, "labelLimit": 96}
    axis |= {"labelBaseline": "middle", "labelOverlap": False, "labelPadding": 3 if narrow else 4}
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}


def values_axis(low: float, high: float, *, narrow: bool = False, **axis: Any) -> dict[str, Any]:
    """Return the axis of values, with the given ends.

    Parameters
    ----------
    low, high : float
        Its ends.
    narrow : bool
        Fewer ticks.
    **axis
        More of the axis.

    Returns
    -------
    dict
        The channel ``y`` without a field.
    """
    look: dict[str, Any] = {"labelFontSize": 12 if narrow else 13, "labelPadding": 5, "format": ",~f"}
    look |= {"tickCount": 4 if narrow else 6}
    return {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [low, high], "nice": False},
        "axis": look | axis,
        "stack": None,
    }


def column_layer(
    rows: Sequence[Mapping[str, Any]],
    x: Mapping[str, Any],
    y: Mapping[str, Any],
    field: str,
    mark: Mapping[str, Any],
) -> dict[str, Any]:
    """Return one layer over the allies' rows, each mark read out as its row's ``said``.

    Parameters
    ----------
    rows : sequence of mapping
        The data.
    x, y : mapping
        The axes.
    field : str
        What is drawn upwards.
    mark : mapping
        The mark.

    Returns
    -------
    dict
        The layer.
    """
    place = {"x": dict(x), "y": {**y, "field": field}}
    said = {"description": {"field": "said", "type": "nominal"}}
    return {"data": {"values": list(rows)}, "mark": dict(mark), "encoding": place | said}


def label_layers(
    rows: Rows, x: Mapping[str, Any], y: Mapping[str, Any], field: str, step: float
) -> list[dict[str, Any]]:
    """Write each row's ``text`` above a value, readable over what it crosses; nothing where it finds no room.

    Parameters
    ----------
    rows : sequence of mapping
        The data.
    x, y : mapping
        The axes.
    field : str
        Above what it stands.
    step : float
        How wide one ally's place is.

    Returns
    -------
    list of dict
        A rim, and the words.
    """
    longest = max((len(str(row["text"])) for row in rows), default=0)
    if longest * 6.1 > step:
        return []
    words = {"type": "text", "dy": -5, "baseline": "bottom", "fontSize": 12 if step < 27 else 13}
    rim = {"stroke": token("paper"), "strokeWidth": 4, "strokeJoin": "round"}
    text = {"text": {"field": "text", "type": "nominal"}}
    layers = [column_layer(rows, x, y, field, words | look) for look in (rim, {"color": token("ink")})]
    return [layer | {"encoding": layer["encoding"] | text} for layer in layers]
