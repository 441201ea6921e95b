"""What binds, kind by kind from the ship to the host, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.reinforcement.by_day_result import KIND_WORDS, about
from foedus.reinforcement.result import ASSUMED
from foedus.reinforcement.strip import kind_gain
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.plotting.fit import Box
    from foedus.reinforcement.by_day_result import ByDay, KindOfLink

__all__ = ["kinds_chart", "kinds_stage"]


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
            "text": f"{kind.label}: {per_cent(kind.used, 0)} in use, {kind_gain(kind, result.day)}",
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


def _in_words(result: ByDay, kind: KindOfLink) -> str:
    """Return one kind as a sentence."""
    gain = about(kind.gain)
    brings = "brings nothing more" if gain == "none" else f"brings {gain} more"
    return (
        f"{kind.label}: {per_cent(kind.used, 0)} of the used links is in use; a quarter more room "
        f"{KIND_WORDS[kind.kind]} {brings} by day {result.day}."
    )
