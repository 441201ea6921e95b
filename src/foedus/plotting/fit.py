"""Charts without title and source, made to fill a box: the stage writes its own words around them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from foedus.plotting.chart import Chart
from foedus.plotting.theme import CONFIG

__all__ = ["Box", "fitted", "shape_and_data", "staged"]


@dataclass(frozen=True)
class Box:
    """The place that a chart is drawn for.

    Attributes
    ----------
    width, height : int
        In pixels.
    """

    width: int
    height: int

    @property
    def narrow(self) -> bool:
        """Whether it is a phone's."""
        return self.width < 560


def staged(
    body: Mapping[str, Any],
    *,
    box: Box,
    padding: tuple[int, int, int, int],
    title: str,
    description: str,
    source: str,
    summary: Iterable[str] = (),
) -> Chart:
    """Return a chart whose plot has a known place in its box.

    Parameters
    ----------
    body : mapping
        One plot or layers of it, without a size.
    box : Box
        The whole.
    padding : (int, int, int, int)
        What axes and labels take: left, top, right, bottom, in pixels.
    title, description, source : str
        As :func:`~foedus.plotting.theme.finish` takes them; they are not drawn.
    summary : iterable of str
        The main figures in words.

    Returns
    -------
    Chart
        Its plot is the box less the padding, whatever its labels are.
    """
    left, top, right, bottom = padding
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": description,
        "background": "transparent",
        "config": CONFIG,
        "autosize": {"type": "none"},
        "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        "width": max(40, box.width - left - right),
        "height": max(40, box.height - top - bottom),
        **body,
    }
    return Chart(spec, title, description, tuple(summary), source)


def fitted(chart: Chart, box: Box) -> Chart:
    """Return a chart without its title and source, its plots stretched or shrunk towards a box.

    Parameters
    ----------
    chart : Chart
        A chart of :func:`~foedus.plotting.theme.finish`.
    box : Box
        The place.

    Returns
    -------
    Chart
        Plots side by side share the width and plots below one another the height; what axes and legends
        take is estimated, so that the picture may have another proportion than the box.
    """
    spec = chart.copy()
    inner = dict(spec["concat"][0]) if "concat" in spec else spec
    inner.pop("title", None)
    width, height = _extent(inner)
    plots = _resized(
        inner, (box.width - width[1]) / max(1, width[0]), (box.height - height[1]) / max(1, height[0])
    )
    shell = {
        k: v for k, v in spec.items() if k in {"$schema", "description", "config", "datasets", "resolve"}
    }
    return replace(chart, spec=shell | {"background": "transparent", "padding": 4} | {"concat": [plots]})


def _extent(part: Mapping[str, Any]) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return what the plots take, and what stands around them: across, and down."""
    for name, across in (("hconcat", True), ("vconcat", False)):
        if name in part:
            inner = [_extent(each) for each in part[name]]
            gap = part.get("spacing", 20) * (len(inner) - 1)
            widths, heights = ([pair[i] for pair in inner] for i in (0, 1))
            if across:
                wide = (sum(w[0] for w in widths), sum(w[1] for w in widths) + gap)
                return wide, max(heights, key=sum)
            return max(widths, key=sum), (sum(h[0] for h in heights), sum(h[1] for h in heights) + gap)
    title = part.get("title")
    above = 0 if not title else 38 if isinstance(title, dict) and title.get("subtitle") else 22
    width, height = part.get("width", 300), part.get("height", 200)
    return (float(width), _beside(part)), (float(height), above + 44)


def _beside(part: Mapping[str, Any]) -> float:
    """Estimate what the labels at the left and the words at the right of a plot take."""
    layers = part.get("layer", [part])
    y: Mapping[str, Any] = next(
        (each["encoding"]["y"] for each in layers if "y" in each.get("encoding", {})), {}
    )
    axis = y.get("axis") or {}
    named = y.get("type") in {"nominal", "ordinal"} and axis.get("labels", True)
    return 134.0 if named else 58.0


def _resized(part: dict[str, Any], across: float, down: float) -> dict[str, Any]:
    """Scale the plots of a specification."""
    for name in ("hconcat", "vconcat"):
        if name in part:
            return part | {name: [_resized(each, across, down) for each in part[name]]}
    if "projection" in part:
        return _map(part, min(across, down))
    sizes = {
        name: max(30, int(part[name] * factor))
        for name, factor in (("width", across), ("height", down))
        if isinstance(part.get(name), (int, float))
    }
    return part | sizes


def _map(part: dict[str, Any], factor: float) -> dict[str, Any]:
    """Scale a map with its projection."""
    width, height = int(part["width"] * factor), int(part["height"] * factor)
    shape = part["projection"]
    scaled = {
        "scale": shape["scale"] * factor,
        "translate": [factor * v for v in shape["translate"]],
        "clipExtent": [[0, 0], [width, height]],
    }
    return part | {"width": width, "height": height, "projection": shape | scaled}


def shape_and_data(spec: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[Any]], str]:
    """Take the rows out of a specification, so that a page that holds it needs the rows alone.

    Parameters
    ----------
    spec : mapping
        A specification with rows at its plots.

    Returns
    -------
    (dict, dict, str)
        The specification, whose data have names; the rows by name; and a mark of the specification's shape.
    """
    rows: dict[str, list[Any]] = {name: list(values) for name, values in spec.get("datasets", {}).items()}
    shape = _lifted({k: v for k, v in spec.items() if k not in {"datasets", "description"}}, rows)
    mark = sha256(json.dumps(shape, sort_keys=True, default=str).encode()).hexdigest()[:12]
    return shape, rows, mark


def _lifted(part: Any, rows: dict[str, list[Any]]) -> Any:
    """Move inline rows to a name of their own."""
    if isinstance(part, list):
        return [_lifted(each, rows) for each in part]
    if not isinstance(part, dict):
        return part
    return {key: _data(value, rows) if key == "data" else _lifted(value, rows) for key, value in part.items()}


def _data(data: Any, rows: dict[str, list[Any]]) -> Any:
    """Move inline rows among the named ones and return the reference to them."""
    if not isinstance(data, dict) or not isinstance(data.get("values"), list):
        return data
    # Layers over the same rows share them.
    values = data["values"]
    same = (name for name, others in rows.items() if others is values or others == values)
    name = next(same, f"rows{len(rows)}")
    rows[name] = values
    return {key: value for key, value in data.items() if key != "values"} | {"name": name}
