"""Charts of reinforcement: what has arrived by day, beside what is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.rows import layers
from foedus.plotting.theme import BLUE, INK, MUTED, SKY, WIDTH, finish
from foedus.reinforcement.result import ASSUMED, day_words
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.reinforcement.result import Reinforcement

__all__ = ["arrivals_chart"]

HEIGHT = 300
"""The height of the plot, in pixels."""


def arrivals_chart(result: Reinforcement) -> Chart:
    """Draw which part of all pieces has arrived by day, beside the steps in which they are ready.

    Parameters
    ----------
    result : Reinforcement
        What :func:`foedus.reinforcement.reinforce.reinforce` gives.

    Returns
    -------
    Chart
        The best flow as a line, the middle 80 % over draws as a band, readiness as dark steps.
    """
    body = {
        "data": {"values": _rows(result)},
        "layer": _layers(result),
        "width": WIDTH - 70,
        "height": HEIGHT,
    }
    return finish(
        body,
        title=result.answer().title,
        subtitle=f"Of {written(result.pieces, grouped=True)} pieces. Line: best flow at middle throughputs. "
        f"Band: the middle 80 % over what is assumed. Steps: ready. {ASSUMED}",
        source=f"Source: {', '.join((*result.editions, *result.cards))}.",
        description=f"Curve of arrivals by day. {result.answer().sentence()}",
        summary=[
            f"Day {day_words(row.day)}: {per_cent(row.share, 0)} arrived."
            for row in result.rows
            if row.day % 10 < 1.0
        ],
    )


def _rows(result: Reinforcement) -> list[dict[str, float]]:
    """Return the curve by day, as parts of all pieces."""
    return [
        {
            "day": row.day,
            "ready": row.ready / result.pieces,
            "share": row.share,
            "low": row.low,
            "high": row.high,
        }
        for row in result.rows
    ]


def _layers(result: Reinforcement) -> list[dict[str, Any]]:
    """Return band, steps and line, the days of each share, and the words at them."""
    x: dict[str, Any] = {
        "field": "day",
        "type": "quantitative",
        "title": "Days after the alert",
        "axis": {"tickCount": 8, "grid": False},
        "scale": {"nice": False},
    }
    y: dict[str, Any] = {
        "field": "share",
        "type": "quantitative",
        "title": "Part of all pieces",
        "axis": {"format": "%", "tickCount": 5},
        "scale": {"domain": [0, 1.05], "nice": False},
    }
    words = {"type": "text", "align": "left", "dx": 5, "dy": -6, "fontSize": 11}
    marks = [
        {
            "x": span.day,
            "y": result.arrived_by(span.day) / result.pieces,
            "text": f"day {day_words(span.day)}",
        }
        for span in result.spans
        if span.day is not None
    ]
    band = {"type": "area", "color": SKY, "opacity": 0.45}
    steps = {"type": "line", "interpolate": "step-after", "color": INK, "strokeWidth": 1.5}
    last = result.rows[-1]
    return [
        layers(band, x=x, y=y | {"field": "low"}, y2={"field": "high"}),
        layers(steps, x=x, y=y | {"field": "ready"}),
        layers({"type": "line", "color": BLUE, "strokeWidth": 2.5}, x=x, y=y),
        _at(marks, {"type": "point", "filled": True, "size": 45, "color": BLUE}, x, y),
        _at(marks, words | {"color": INK, "align": "right", "dx": -7}, x, y, text={"field": "text"}),
        _at(
            [{"x": 0.62 * last.day, "y": last.ready / result.pieces, "text": "ready"}],
            words | {"color": MUTED, "dy": -8},
            x,
            y,
            text={"field": "text"},
        ),
    ]


def _at(
    values: list[dict[str, Any]], mark: dict[str, Any], x: dict[str, Any], y: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Return a layer of a few marks with values of their own."""
    layer = layers(mark, x=x | {"field": "x"}, y=y | {"field": "y"}, **more)
    return {"data": {"values": values}, **layer}
