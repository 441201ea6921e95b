"""A chart for a phone: the same marks and words, in one column."""

from __future__ import annotations

import textwrap
from dataclasses import replace
from typing import Any

from foedus.plotting.chart import Chart

__all__ = ["NARROW", "narrow"]

NARROW = 340
"""The width that a narrow chart is drawn for, in pixels."""

_PANEL, _LABELS = 290, 300
"""The widest panel that stays as it is, and by how much a wider plot beside its labels shrinks."""


def narrow(picture: Chart) -> Chart:
    """Return a chart the width of a phone.

    Parameters
    ----------
    picture : Chart
        A chart.

    Returns
    -------
    Chart
        Panels that stood side by side stand below one another, wide plots are narrower, titles wrap sooner.
    """
    spec = (picture.slim() if picture.slim is not None else picture).copy()
    return replace(picture, slim=None, spec=_part(spec) | {"padding": 6})


def _part(part: dict[str, Any]) -> dict[str, Any]:
    """Make one view and what it holds narrower."""
    if "hconcat" in part:
        part["vconcat"] = part.pop("hconcat")
    if "facet" in part:
        part["columns"] = 1
    for name in ("concat", "vconcat", "layer"):
        if name in part:
            part[name] = [_part(inner) for inner in part[name]]
    if isinstance(part.get("spec"), dict):
        part["spec"] = _part(part["spec"])
    if isinstance(part.get("title"), dict):
        part["title"] = _title(part["title"])
    if isinstance(part.get("width"), (int, float)):
        _plot(part)
    for name, channel in part.get("encoding", {}).items():
        if name == "x" and isinstance(channel, dict) and isinstance(channel.get("title"), str):
            channel["title"] = textwrap.wrap(channel["title"], 40)
        if name == "y" and isinstance(channel, dict) and isinstance(channel.get("axis"), dict):
            channel["axis"] = channel["axis"] | {"labelLimit": 152, "labels": True}
        if isinstance(channel, dict) and isinstance(channel.get("legend"), dict):
            channel["legend"] = channel["legend"] | {"columns": 1}
    return part


def _title(title: dict[str, Any]) -> dict[str, Any]:
    """Wrap a title for the narrow width; the source stands in smaller type."""
    long = 60 if title.get("orient") == "bottom" else 36
    wrapped = {}
    for name, most in (("text", long), ("subtitle", 54)):
        value = title.get(name)
        if isinstance(value, (list, str)):
            wrapped[name] = textwrap.wrap(value if isinstance(value, str) else " ".join(value), most)
    return title | wrapped


def _plot(part: dict[str, Any]) -> None:
    """Make one plot narrower, and its height with it where it is a map."""
    width = part["width"]
    if "projection" in part:
        factor = (NARROW - 16) / width
        shape = part["projection"]
        moved = [factor * v for v in shape["translate"]]
        tall = factor * part["height"]
        part["width"], part["height"] = int(factor * width), int(min(tall, 0.95 * factor * width))
        moved[1] -= (tall - part["height"]) / 2
        clip = [[0, 0], [part["width"], part["height"]]]
        part["projection"] = shape | {
            "scale": factor * shape["scale"],
            "translate": moved,
            "clipExtent": clip,
        }
    elif width > _PANEL:
        part["width"] = max(150, width - _LABELS)
