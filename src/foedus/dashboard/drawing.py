"""The standard charts on a page: drawn by the packaged renderer, narrower for a phone.

The page receives finished SVG, so that it needs no charting script and runs under a policy that allows none.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.dashboard.parts import Chart

if TYPE_CHECKING:
    from foedus.dashboard.workbench import Workbench
    from foedus.report.picture import Picture

__all__ = ["NARROW", "WIDE", "Drawing", "draw", "picture"]

WIDE, NARROW = 640, 330
"""The widths charts are drawn for, in pixels."""


@dataclass(frozen=True)
class Drawing:
    """A drawn chart and its words.

    Attributes
    ----------
    name, svg : str
        Its name on the page, and the picture.
    title, description, source : str
        What it shows, the text alternative, and where its figures come from.
    summary : tuple of str
        The main figures in words.
    """

    name: str
    svg: str
    title: str
    description: str
    summary: tuple[str, ...]
    source: str


def draw(bench: Workbench, key: Any, chart: Chart, width: int) -> Drawing:
    """Draw a chart for a page.

    Parameters
    ----------
    bench : Workbench
        Keeps what was drawn.
    key : hashable
        What was asked.
    chart : Chart
        The chart.
    width : int
        The width it has on the page.

    Returns
    -------
    Drawing
        The picture and its words.
    """
    return bench.drawn((key, chart.name, width), lambda: _drawn(chart, width))


def picture(chart: Chart, kind: str) -> bytes:
    """Draw a chart as a file.

    Parameters
    ----------
    chart : Chart
        The chart.
    kind : {"png", "svg"}
        The format.

    Returns
    -------
    bytes
        The file.
    """
    made: Picture = chart.make()
    return made.png() if kind == "png" else made.svg().encode()


def _drawn(chart: Chart, width: int) -> Drawing:
    """Draw a chart and collect its words."""
    made: Picture = chart.make()
    if width < WIDE:
        spec = made.to_dict()
        _narrow(spec, width / WIDE)
        made = replace(made, spec=spec)
    return Drawing(chart.name, made.svg(), made.title, made.description, made.summary, made.source)


def _narrow(part: Any, scale: float) -> None:
    """Make a specification narrower: widths shrink, titles wrap sooner."""
    if isinstance(part, list):
        for item in part:
            _narrow(item, scale)
        return
    if not isinstance(part, dict):
        return
    for name, value in part.items():
        if name in {"values", "datasets"}:
            continue
        if name == "width" and isinstance(value, (int, float)):
            part[name] = max(int(value * scale) - 4, 40)
        elif name in {"text", "subtitle"} and isinstance(value, list):
            words = " ".join(str(line) for line in value)
            longest = max(len(str(line)) for line in value)
            part[name] = textwrap.wrap(words, max(int(min(longest, 100) * scale) - 2, 24))
        else:
            _narrow(value, scale)
