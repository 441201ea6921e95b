"""Plots of one row for each ally, as plain Vega-Lite specifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from foedus.plotting.theme import BLUE, INK, PAPER

__all__ = ["across", "ally_axis", "layers", "plot", "text"]

ROW = 17
"""The height of a row, in pixels."""


def ally_axis(labels: bool = True) -> dict[str, Any]:
    """Return the axis of rows, in the order of the data.

    Parameters
    ----------
    labels : bool, default True
        Write the names; the second of two plots side by side needs none.

    Returns
    -------
    dict
        The channel ``y``.
    """
    axis = {"labelColor": INK, "labelLimit": 150, "grid": True, "labels": labels}
    return {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}


def across(field: str, title: str, **axis: Any) -> dict[str, Any]:
    """Return the axis across the rows.

    Parameters
    ----------
    field : str
        What is drawn.
    title : str
        Its name and unit.
    **axis
        More of the axis.

    Returns
    -------
    dict
        The channel ``x``.
    """
    return {"field": field, "type": "quantitative", "title": title, "axis": {"tickCount": 5} | axis}


def text(field: str, x: Mapping[str, Any], y: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Write a value at the end of each row, readable over what it crosses.

    Parameters
    ----------
    field : str
        The text.
    x, y : mapping
        Its place.

    Returns
    -------
    list of dict
        Two layers: a white rim, and the words.
    """
    mark = {"type": "text", "align": "left", "dx": 4, "fontSize": 10.5}
    encoding = {"x": x, "y": y, "text": {"field": field}}
    rim = {"stroke": PAPER, "strokeWidth": 3}
    return [{"mark": mark | rim, "encoding": encoding}, {"mark": mark | {"color": INK}, "encoding": encoding}]


def layers(mark: Mapping[str, Any], **encoding: Any) -> dict[str, Any]:
    """Return one layer.

    Parameters
    ----------
    mark : mapping
        The mark.
    **encoding
        Its channels.

    Returns
    -------
    dict
        The layer.
    """
    filled = {"fill", "stroke"} <= {*mark, *encoding}
    return {"mark": ({} if filled else {"color": BLUE}) | dict(mark), "encoding": encoding}


def plot(rows: Sequence[Mapping[str, Any]], parts: Sequence[Mapping[str, Any]], width: int) -> dict[str, Any]:
    """Put layers over the same rows.

    Parameters
    ----------
    rows : sequence of mapping
        The data, one for each ally, in the order of print.
    parts : sequence of mapping
        The layers.
    width : int
        In pixels.

    Returns
    -------
    dict
        The plot.
    """
    height = max(3, len(rows)) * ROW
    return {"data": {"values": list(rows)}, "layer": list(parts), "width": width, "height": height}
