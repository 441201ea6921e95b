"""The charts of a scenario discovery: the limits of the boxes, and the way to the first of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.analysis.discovery_inputs import CHANCE
from foedus.plotting.chart import Chart
from foedus.plotting.rows import ally_axis, layers, plot, text
from foedus.plotting.theme import BLUE, ORANGE, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.analysis.discovery_result import BoxLimit, DiscoveredBox, Discovery

__all__ = ["boxes_chart", "path_chart"]

PLOT = 190
"""The width of the rows, in pixels: names stand left of them, and the limits in words right."""


def boxes_chart(result: Discovery) -> Chart:
    """Draw the limits of every box over the whole range of each input.

    Parameters
    ----------
    result : Discovery
        What was found.

    Returns
    -------
    Chart
        One panel a box; a single empty one where no box holds.
    """
    panels = [_box(box, i) for i, box in enumerate(result.boxes, 1)]
    words = [
        f"Box {i}: {'; '.join(f'{limit.label} {limit.words}' for limit in box.limits)}; {_shares(box)}."
        for i, box in enumerate(result.boxes, 1)
    ]
    return finish(
        {"vconcat": panels or [plot([], [layers({"type": "point"})], PLOT)], "spacing": 18},
        title=f"Where {result.threshold} in {result.year}: {per_cent(result.share, 0)} of the draws in all",
        subtitle="Orange: the box. Grey: the whole range of the input; sd, standard deviations. Counted "
        "on the draws that the box was not found on.",
        source=_source(result),
        description=f"Bars: the limits of {len(result.boxes)} boxes in which {result.threshold}.",
        summary=words or ["No box holds on other draws."],
    )


def _box(box: DiscoveredBox, number: int) -> dict[str, Any]:
    """Draw a box: one row for each limited input, from its least to its greatest value."""
    rows = [_row(limit) for limit in box.limits]
    y = ally_axis()
    y["axis"] = y["axis"] | {"labelLimit": 175}
    axis = {"labels": False, "ticks": False, "grid": False}
    x = {"field": "from", "type": "quantitative", "title": f"Box {number}: {_shares(box)}", "axis": axis}
    x["scale"] = {"domain": [0, 1]}
    grey = {"type": "bar", "height": 5, "color": token("grey-band")}
    parts = [
        layers(grey, x={**x, "field": "start"}, x2={"field": "end"}, y=y),
        layers({"type": "bar", "height": 11, "color": ORANGE}, x=x, x2={"field": "to"}, y=y),
        *text("word", {**x, "field": "end"}, y),
    ]
    return plot(rows, parts, PLOT)


def _row(limit: BoxLimit) -> dict[str, Any]:
    """Return the row of a limit, as fractions of the input's range."""
    span = max(limit.greatest - limit.least, 1e-300)
    low = 0.0 if limit.low is None else (limit.low - limit.least) / span
    high = 1.0 if limit.high is None else (limit.high - limit.least) / span
    ends = {"from": max(0.0, min(low, 1.0)), "to": max(0.0, min(high, 1.0)), "start": 0.0, "end": 1.0}
    return {"name": limit.label, "word": _short(limit), **ends}


def _short(limit: BoxLimit) -> str:
    """Write a limit in little room; the words of the chart have it whole."""
    if limit.words.startswith("is "):
        return limit.words
    drawn = limit.kind == CHANCE
    ends = [
        written(v, 2, signed=True) if drawn else f"{v:g}" for v in (limit.low, limit.high) if v is not None
    ]
    unit = " sd" if drawn else ""
    if len(ends) == 2:
        return f"{ends[0]} to {ends[1]}{unit}"
    return f"{'≤' if limit.low is None else '≥'} {ends[0]}{unit}"


def _shares(box: DiscoveredBox) -> str:
    """Write what a box holds."""
    return (
        f"coverage {per_cent(box.coverage, 0)}, density {per_cent(box.density, 0)}, "
        f"{per_cent(box.mass, 0)} of the draws"
    )


def _source(result: Discovery) -> str:
    """Return the line that says what it was computed on."""
    return f"Source: foedus, {', '.join(result.scenarios)}, {result.draws:,} draws each, seed {result.seed}."


def path_chart(result: Discovery) -> Chart:
    """Draw the way to the first box: coverage against density.

    Parameters
    ----------
    result : Discovery
        What was found.

    Returns
    -------
    Chart
        One point a box, the chosen one large.
    """
    rows = [
        {
            "coverage": 100 * point.coverage,
            "density": 100 * point.density,
            "chosen": "chosen" if point.chosen else "on the way",
            "size": 160 if point.chosen else 30,
        }
        for point in result.path
    ]
    scale = {"domain": [0, 100]}
    x = {"field": "coverage", "type": "quantitative", "title": "coverage, %", "scale": scale}
    y = {"field": "density", "type": "quantitative", "title": "density, %", "scale": scale}
    colours = {"domain": ["chosen", "on the way"], "range": [ORANGE, BLUE]}
    colour = {"field": "chosen", "type": "nominal", "scale": colours, "title": None}
    size = {"field": "size", "type": "quantitative", "scale": None, "legend": None}
    points = layers({"type": "point", "filled": True}, x=x, y=y, color=colour, size=size)
    chosen = next((p for p in result.path if p.chosen), None)
    words = [f"{len(result.path)} boxes lie on the way."]
    if chosen is not None:
        words.append(
            f"Chosen: coverage {per_cent(chosen.coverage, 0)}, density {per_cent(chosen.density, 0)}, "
            f"{chosen.limits} inputs limited."
        )
    return finish(
        {"data": {"values": rows}, "layer": [points], "width": WIDTH - 160, "height": 300},
        title=f"The way to a box in which {result.threshold} in {result.year}",
        subtitle="Each point is a box on the draws it was found on: the part of all that meet the threshold "
        "which lies inside, against the part of the inside that meets it.",
        source=_source(result),
        description=f"Points: coverage against density of {len(result.path)} boxes.",
        summary=words,
    )
