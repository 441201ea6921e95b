"""Allies highlighted in a chart of whatever kind: their names, their marks, their lines."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from foedus.axes import country_name
from foedus.plotting.chart import Chart
from foedus.plotting.tokens import token

__all__ = ["highlighted"]

_OUTLINED = {"bar", "circle", "point", "rect", "square", "geoshape", "arc"}


def highlighted(chart: Chart, codes: Sequence[str]) -> Chart:
    """Return a chart in which some allies stand out.

    Parameters
    ----------
    chart : Chart
        A chart whose rows name allies on an axis, as the colour of a line, or as a shape of a map.
    codes : sequence of str
        Their ISO codes.

    Returns
    -------
    Chart
        Their names on the axis are bold, their marks outlined, their lines thick.
    """
    names = [*codes, *(country_name(code) for code in codes)]
    return replace(chart, spec=_part(chart.copy(), json.dumps(names), {}))


def _part(part: dict[str, Any], names: str, above: dict[str, Any]) -> dict[str, Any]:
    """Highlight in one view and what it holds."""
    encoding = above | part.get("encoding", {})
    for name in ("concat", "hconcat", "vconcat", "layer"):
        if name in part:
            part[name] = [_part(inner, names, encoding) for inner in part[name]]
    if isinstance(part.get("spec"), dict):
        part["spec"] = _part(part["spec"], names, encoding)
    own = part.get("encoding", {})
    for channel in ("x", "y"):
        axis = own.get(channel)
        if isinstance(axis, dict) and axis.get("type") in {"nominal", "ordinal"}:
            _name(axis, names)
    if "mark" in part:
        _mark(part, encoding, names)
    return part


def _name(channel: dict[str, Any], names: str) -> None:
    """Make the labels of an axis bold where they name one of the allies."""
    if channel.get("axis", {}) is None:
        return
    test = f"indexof({names}, datum.label) >= 0"
    axis = dict(channel.get("axis") or {})
    plain = axis.get("labelColor", token("soft"))
    axis["labelColor"] = {"condition": {"test": test, "value": token("mine")}, "value": plain}
    axis["labelFontWeight"] = {"condition": {"test": test, "value": "bold"}, "value": "normal"}
    channel["axis"] = axis


def _mark(part: dict[str, Any], encoding: dict[str, Any], names: str) -> None:
    """Outline the marks of one of the allies, or thicken their line."""
    mark = part["mark"]
    kind = mark if isinstance(mark, str) else mark.get("type")
    channels = [encoding.get(name) for name in ("x", "y", "color")]
    detail = encoding.get("detail")
    channels += detail if isinstance(detail, list) else [detail]
    fields = [
        channel["field"]
        for channel in channels
        if isinstance(channel, dict)
        and channel.get("type", "nominal") in {"nominal", "ordinal"}
        and isinstance(channel.get("field"), str)
    ]
    if kind == "geoshape":
        fields = ["properties.ally"]
    tests = " || ".join(f"indexof({names}, datum{_path(field)}) >= 0" for field in fields)
    if not tests or (kind not in _OUTLINED and kind != "line"):
        return
    plain = mark.get("strokeWidth", 0 if kind == "bar" else 1.5) if isinstance(mark, dict) else 1.5
    own = part.setdefault("encoding", {})
    width = {"test": tests, "value": 4 if kind == "line" else 3}
    own["size" if kind == "line" else "strokeWidth"] = {"condition": width, "value": plain}
    if kind == "line":
        # Among lines that are drawn alike the colour tells as well.
        colour = own.get("color", encoding.get("color"))
        if isinstance(colour, dict) and "value" in colour:
            own["color"] = {"condition": {"test": tests, "value": token("mine")}} | colour
            own["opacity"] = {"condition": {"test": tests, "value": 1}, "value": mark.get("opacity", 1)}
    if kind != "line" and "stroke" not in own:
        stroke = mark.get("stroke", None) if isinstance(mark, dict) else None
        own["stroke"] = {"condition": {"test": tests, "value": token("mine")}} | {"value": stroke}


def _path(field: str) -> str:
    """Write a field as an expression has it."""
    return "".join(f"[{json.dumps(name)}]" for name in field.split("."))
