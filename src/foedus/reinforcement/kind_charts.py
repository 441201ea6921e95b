"""What binds, kind by kind from the port to the host: as a strip below the curve, and as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.reinforcement.by_day_result import KIND_WORDS, about
from foedus.reinforcement.result import ASSUMED
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.plotting.fit import Box
    from foedus.reinforcement.by_day_result import ByDay, KindOfLink

__all__ = ["STRIP", "kinds_chart", "kinds_stage", "strip_layers"]

STRIP = 112
"""The height of the strip with its heading, in pixels."""

GAP = 9
"""Between two cells of the strip, in pixels."""


def strip_layers(
    result: ByDay, plot: tuple[float, float, float, float], beside: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the strip of kinds in the coordinates of the plot above it.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.
    plot : (float, float, float, float)
        Its width and height in pixels, and the upper ends of its axes, down to up and across.
    beside : (float, float)
        What stands at its left and right, which the strip fills too, in pixels.

    Returns
    -------
    list of dict
        Cells, bars and words.
    """
    width, height, top, last = plot
    left, right = beside
    first, whole = -left + 14, width + left + right - 14 - 6
    cell = (whole - GAP * (len(result.kinds) - 1)) / len(result.kinds)

    def across(pixels: float) -> float:
        return pixels * last / width

    def down(pixels: float) -> float:
        return -pixels * top / height

    small = cell < 118
    cells = []
    for place, kind in enumerate(result.kinds):
        x = first + place * (cell + GAP)
        binds = kind is result.binding
        cells.append(
            {
                "kind": kind.label,
                "x0": across(x),
                "x1": across(x + cell),
                "b0": across(x + 9),
                "b1": across(x + cell - 9),
                "bx": across(x + 9 + (cell - 18) * min(1.0, kind.used)),
                "y0": down(50),
                "y1": down(STRIP + 20),
                "by": down(73),
                "ty": down(60),
                "uy": down(87),
                "gy": down(103),
                "edge": token("mine-fill" if binds else "line"),
                "fill": token("mine-fill" if binds else "us-2"),
                "ink": token("mine" if binds else "ink"),
                "use": f"{per_cent(kind.used, 0)} in use",
                "more": _more(kind, result.day, small=small),
                "said": _in_words(result, kind),
            }
        )
    quantity = {"type": "quantitative"}
    data = {"values": cells}

    def at(x: str, y: str, **more: Any) -> dict[str, Any]:
        return {"x": quantity | {"field": x}, "y": quantity | {"field": y}, **more}

    raw = {"type": "nominal", "scale": None}
    box = {"type": "rect", "fillOpacity": 0, "strokeWidth": 1.3, "cornerRadius": 6}
    bar = {"type": "rule", "strokeWidth": 5, "strokeCap": "round"}
    words = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 12}
    said = {
        "description": {"field": "said", "type": "nominal"},
        "tooltip": {"field": "said", "type": "nominal"},
    }
    ink = {"color": raw | {"field": "ink"}}
    more = f"More {result.what} by day {result.day} if each link of a kind held a quarter more, solved again:"
    heading = {"x0": across(first), "y0": down(38), "text": f"What binds. {more}"}
    track = at("b0", "by", x2={"field": "b1"})
    filled = at("b0", "by", x2={"field": "bx"}, color=raw | {"field": "fill"})
    edge = at("x0", "y0", x2={"field": "x1"}, y2={"field": "y1"}, stroke=raw | {"field": "edge"}, **said)
    lines: tuple[tuple[str, str, dict[str, int]], ...] = (
        ("kind", "ty", {"fontWeight": 600}),
        ("use", "uy", {}),
        ("more", "gy", {}),
    )
    return [
        {
            "data": {"values": [heading]},
            "mark": words | {"fontSize": 13, "color": token("ink")},
            "encoding": at("x0", "y0", text={"field": "text", "type": "nominal"}),
        },
        {"data": data, "mark": box, "encoding": edge},
        {"data": data, "mark": bar | {"color": token("sunk")}, "encoding": track},
        {"data": data, "mark": bar, "encoding": filled},
        *(
            {
                "data": data,
                "mark": words | look,
                "encoding": at("b0", line, text={"field": name, "type": "nominal"}, **ink),
            }
            for name, line, look in lines
        ),
    ]


def _more(kind: KindOfLink, day: int, *, small: bool) -> str:
    """Return what a quarter more brings."""
    gain = about(kind.gain)
    if gain == "none":
        return "nothing more"
    return f"+{gain}" if small else f"+{gain} by day {day}"


def _in_words(result: ByDay, kind: KindOfLink) -> str:
    """Return one kind as a sentence."""
    gain = about(kind.gain)
    brings = "brings nothing more" if gain == "none" else f"brings {gain} more"
    return (
        f"{kind.label}: {per_cent(kind.used, 0)} of the used links is in use; a quarter more room "
        f"{KIND_WORDS[kind.kind]} {brings} by day {result.day}."
    )


def kinds_chart(result: ByDay) -> Chart:
    """Draw how far each kind of link is used, and what a quarter more of it brings.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.

    Returns
    -------
    Chart
        A bar for each kind from the port to the host; the one that binds is orange.
    """
    body = _bars(result) | {"width": WIDTH - 60, "height": 46 * len(result.kinds)}
    return finish(
        body,
        title=result.bound(),
        subtitle="Bar: which part of what the used links could take is in use. Words: what a quarter more on "
        f"each link of the kind brings by day {result.day}, solved again at middle throughputs. {ASSUMED}",
        source=f"Source: foedus, earliest flow; {', '.join((*result.editions, *result.cards))}.",
        description=f"Bar chart of {len(result.kinds)} kinds of links. {result.bound()}",
        summary=[_in_words(result, kind) for kind in result.kinds],
    )


def kinds_stage(result: ByDay, box: Box) -> Chart:
    """Draw the same bars without words around them, to fill a box.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`kinds_chart`.
    """
    whole = kinds_chart(result)
    return staged(
        _bars(result),
        box=box,
        padding=(14, 4, 24, 26),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _bars(result: ByDay) -> dict[str, Any]:
    """Return a bar for each kind, its words above it."""
    rows = [
        {
            "name": kind.label,
            "zero": 0.0,
            "whole": 1.0,
            "used": min(1.0, kind.used),
            "fill": token("mine-fill" if kind is result.binding else "us-2"),
            "text": f"{kind.label}: {per_cent(kind.used, 0)} in use, {_more(kind, result.day, small=False)}",
            "said": _in_words(result, kind),
        }
        for kind in result.kinds
    ]
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": None}
    x = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, 1], "nice": False},
        "axis": {"format": ".0%", "tickCount": 5, "grid": False},
    }
    bar = {"type": "bar", "height": 10, "yOffset": 9, "cornerRadius": 3}
    words = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "dy": -7}
    said = {"field": "said", "type": "nominal"}
    fill = {"field": "fill", "type": "nominal", "scale": None}
    zero = {"x": x | {"field": "zero"}, "y": y}
    filled = zero | {"x2": {"field": "used"}, "color": fill, "tooltip": said, "description": said}
    text = zero | {"text": {"field": "text", "type": "nominal"}}
    return {
        "data": {"values": rows},
        "layer": [
            {"mark": bar | {"color": token("sunk")}, "encoding": zero | {"x2": {"field": "whole"}}},
            {"mark": bar, "encoding": filled},
            {"mark": words | {"color": token("ink")}, "encoding": text},
        ],
    }
