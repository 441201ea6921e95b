"""Charts of a conditional guarantee: the ladder of thresholds, and where a condition raises and uncovers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.guarantee.cells import areas
from foedus.plotting.rows import across, ally_axis, layers
from foedus.plotting.theme import BLUE, INK, ORANGE, SKY, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.guarantee.game_result import GuaranteeGame
    from foedus.plotting.chart import Chart

__all__ = ["condition_chart", "ladder_chart"]

LABELS = {
    "raises alone": "raises spending",
    "raises and uncovers": "raises spending, uncovers an ally",
    "raises and falls short": "raises spending, too little even for those who pay",
    "uncovers alone": "uncovers an ally, raises none",
    "neither": "does neither",
}
"""What a condition does, in words."""

COLOURS = [BLUE, ORANGE, SKY, token("rose"), token("line")]
"""Their colours."""

ROW = 16
"""The height of a row, in pixels."""


def ladder_chart(result: GuaranteeGame) -> Chart:
    """Draw what paying must add to belief so that each ally pays, in order.

    Parameters
    ----------
    result : GuaranteeGame
        What :func:`foedus.analysis.deter.deter_game` gives.

    Returns
    -------
    Chart
        A dot with every range at its middle, a line from the lowest to the highest, cut at a hundred points.
    """
    rows = [
        {
            "name": row.name,
            "middle": 100.0 * min(row.middle, 1.0),
            "low": 100.0 * max(min(row.low, 1.0), -0.05),
            "high": 100.0 * min(row.high, 1.0),
            "pays": "pays" if row.pays != "never" else "does not",
        }
        for row in result.played.rows
    ]
    added = 100.0 * result.played.added
    body = {
        "data": {"values": rows},
        "layer": _ladder_layers(added),
        "width": WIDTH - 150,
        "height": ROW * len(rows),
    }
    return finish(
        body,
        title="Who would begin to pay, in order",
        subtitle=f"{result.standing()} Dot: middle of all ranges; line: lowest to highest.",
        source=f"Source: foedus, ranges assumed; {', '.join((*result.scenario.editions, *result.cards))}.",
        description=f"Ladder of thresholds by ally. {result.answer().sentence()}",
        summary=[
            f"{row.name}: {written(row.middle, 0, scale=2)} points; spends {per_cent(row.share)} of GDP."
            for row in result.played.rows
        ],
    )


def _ladder_layers(added: float) -> list[dict[str, Any]]:
    """Return spans, dots, and the line at what paying adds, in points."""
    x = across("middle", "Points that paying must add to belief", values=[0, 25, 50, 75, 100])
    x["scale"] = {"domain": [-5, 100], "nice": False}
    y = ally_axis()
    colour = {
        "field": "pays",
        "type": "nominal",
        "scale": {"domain": ["pays", "does not"], "range": [BLUE, ORANGE]},
        "legend": {"title": f"If it adds {written(added)}", "orient": "top"},
    }
    span = {"type": "rule", "color": SKY, "strokeWidth": 6}
    rule = {"type": "rule", "color": INK, "strokeDash": [4, 3]}
    return [
        layers(span, x=x | {"field": "low"}, x2={"field": "high"}, y=y),
        layers({"type": "point", "filled": True, "size": 60, "opacity": 1}, x=x, y=y, color=colour),
        {"data": {"values": [{"at": added}]}, **layers(rule, x=x | {"field": "at"})},
    ]


def condition_chart(result: GuaranteeGame) -> Chart:
    """Draw where a condition raises spending, and where it leaves an ally below its threshold.

    Parameters
    ----------
    result : GuaranteeGame
        What :func:`foedus.analysis.deter.deter_game` gives.

    Returns
    -------
    Chart
        Four areas over what paying adds and belief without it.
    """
    masks = result.map.masks()
    points = [100.0 * at for at in result.map.axis]
    cells = [
        {"x": area.left, "x2": area.right, "y": area.low, "y2": area.high, "does": LABELS[area.name]}
        for area in areas(masks, points)
    ]
    seen = [name for name, mask in masks.items() if mask.any()]
    scale = {
        "domain": [LABELS[name] for name in seen],
        "range": [colour for name, colour in zip(LABELS, COLOURS, strict=True) if name in seen],
    }
    legend = {"title": None, "orient": "top", "columns": 2, "labelLimit": 330}
    body = {
        "data": {"values": cells},
        **layers(
            {"type": "rect"},
            x=_points_axis("x", "What paying adds to belief, points"),
            x2={"field": "x2"},
            y=_points_axis("y", "Belief for those who do not pay, 0 to 100"),
            y2={"field": "y2"},
            color={"field": "does", "type": "nominal", "scale": scale, "legend": legend},
        ),
        "width": WIDTH - 90,
        "height": 300,
    }
    return finish(
        body,
        title="A condition can raise spending and uncover an ally at once",
        subtitle="An ally is uncovered where it does not pay and falls below the belief that it needs, "
        "which it would have if the guarantee covered all. Middle of all ranges; all assumed.",
        source=f"Source: foedus, ranges assumed; {', '.join((*result.scenario.editions, *result.cards))}.",
        description=f"Map of what a condition does. {result.answer().sentence()}",
        summary=[f"Somewhere on the map a condition {LABELS[name]}." for name in seen],
    )


def _points_axis(field: str, title: str) -> dict[str, Any]:
    """Return an axis of points of belief."""
    scale = {"domain": [0, 100], "nice": False}
    return {"field": field, "type": "quantitative", "title": title, "axis": {"tickCount": 5}, "scale": scale}
