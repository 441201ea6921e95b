"""Charts of the guarantee's thresholds: a map of regions, and isoquants of belief and European strength."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.belief_map import STRONGEST, WEAKEST
from foedus.guarantee.cells import areas
from foedus.guarantee.exchange import gains_at, needed
from foedus.guarantee.ranges import StatedRange, middle
from foedus.guarantee.threshold import REGIONS, Region, region, threshold
from foedus.plotting.rows import layers
from foedus.plotting.theme import BLUE, INK, ORANGE, SKY, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence
    from foedus.plotting.chart import Chart

__all__ = ["isoquants_chart", "regions_chart"]

HEIGHT = 300
"""The height of a plot, in pixels."""

ACROSS, DOWN = 120, 61
"""Cells of the map of regions."""

POINTS = 81
"""Points of a line."""


def regions_chart(result: Deterrence) -> Chart:
    """Draw in which region the guarantee is, by European strength and what help costs the attacker.

    Parameters
    ----------
    result : Deterrence
        What :func:`foedus.analysis.deter.deter` gives.

    Returns
    -------
    Chart
        Three areas with the other ranges at their middle, and the rectangle that the two ranges span.
    """
    ranges = {span.name: span for span in result.ranges}
    attacker, extra = ranges["attacker_over_local"], ranges["extra_cost_over_value"]
    strengths, costs = _strengths(ACROSS), np.linspace(0.0, 1.1 * max(extra.high, 0.1), DOWN)
    x, y = np.meshgrid(strengths, costs)
    values = _by_strength(middle(result.ranges), x.ravel())
    kinds = region(gains_at(_spread({**values, "extra_cost_over_value": y.ravel()}))).reshape(x.shape)
    masks = {REGIONS[kind]: kinds == kind for kind in Region}
    cells = [
        {"low": area.left, "high": area.right, "from": area.low, "to": area.high, "region": area.name}
        for area in areas(masks, strengths.tolist(), costs.tolist())
    ]
    body = {
        "layer": [_areas(cells, float(costs[-1])), *_stated(attacker, extra)],
        "width": WIDTH - 70,
        "height": HEIGHT,
    }
    return finish(
        body,
        title="Where belief in the guarantee can matter at all",
        subtitle="One attacker at one moment; help, cost and how far strength decides at the middle of their "
        "ranges. Dashed: what the stated ranges of the two axes span. All assumed.",
        source=_source(result),
        description=f"Map of three regions. {result.answer().sentence()}",
        summary=[
            f"The guarantee {_verb(REGIONS[kind])} {_somewhere(bool((kinds == kind).any()))}."
            for kind in Region
        ],
    )


def isoquants_chart(result: Deterrence) -> Chart:
    """Draw how much belief is needed by European strength, with one or two ranges at an end.

    Parameters
    ----------
    result : Deterrence
        What :func:`foedus.analysis.deter.deter` gives.

    Returns
    -------
    Chart
        The line with every range at its middle, thin lines with the ranges at their ends, and a step that
        shows what ten per cent more is worth.
    """
    strengths = _strengths(POINTS)
    lines = [_line(strengths, ends, name) for name, ends in _ends(result.ranges)]
    centre = _line(strengths, middle(result.ranges), "middle")
    drawn = [point for line in lines for point in line]
    x = _strength_axis()
    y: dict[str, Any] = {
        "field": "belief",
        "type": "quantitative",
        "title": "Belief needed, q*, 0 to 100",
        "axis": {"tickCount": 5},
        "scale": {"domain": [0, 100], "nice": False},
    }
    thin = layers({"type": "line", "color": SKY, "strokeWidth": 0.8}, x=x, y=y, detail={"field": "line"})
    body = {
        "layer": [
            {"data": {"values": drawn}, **thin},
            {
                "data": {"values": centre},
                **layers({"type": "line", "color": BLUE, "strokeWidth": 2.5}, x=x, y=y),
            },
            *_step(result, x, y),
        ],
        "width": WIDTH - 70,
        "height": HEIGHT,
    }
    return finish(
        body,
        title="The weaker Europe is on the spot, the more belief the guarantee needs",
        subtitle="Thick: every range at its middle. Thin: one or two at an end. Above a line belief holds "
        "the attacker back. All assumed: order and exchange rate say something, the level little.",
        source=_source(result),
        description=f"Lines of belief needed by European strength. {result.answer().sentence()}",
        summary=[
            f"At {written(point['strength'], 1)} to 1: {written(point['belief'], 0)} of 100."
            for point in centre[:: POINTS // 5]
        ],
    )


def _somewhere(is_seen: bool) -> str:
    """Return where on the map a region is."""
    return "in a part of the map" if is_seen else "nowhere on the map"


def _verb(name: str) -> str:
    """Return a region as it follows "the guarantee"."""
    return f"is {name}" if name.startswith("not") else name


def _source(result: Deterrence) -> str:
    """Return the line of sources."""
    return f"Source: foedus, ranges assumed; {', '.join(result.cards)}."


def _strengths(count: int) -> Array:
    """Return European strength over the attacker's, even on a scale of ratios."""
    return np.geomspace(WEAKEST, STRONGEST, count)


def _spread(values: Mapping[str, Array]) -> dict[str, Array]:
    """Return values of one length."""
    return dict(zip(values, np.broadcast_arrays(*values.values()), strict=True))


def _by_strength(values: Mapping[str, Array], strengths: Array) -> dict[str, Array]:
    """Return ranges with European strength at some points, over the attacker's.

    Help keeps its size over the attacker's, so that more European strength does not bring more help.
    """
    per_attacker = values["arrivals_over_local"] / values["attacker_over_local"]
    return {
        **values,
        "attacker_over_local": 1.0 / strengths,
        "arrivals_over_local": per_attacker / strengths,
    }


def _strength_axis(field: str = "strength") -> dict[str, Any]:
    """Return the axis of European strength."""
    return {
        "field": field,
        "type": "quantitative",
        "title": "European strength on the spot over the attacker's",
        "scale": {"type": "log", "domain": [WEAKEST, STRONGEST], "nice": False},
        "axis": {"values": [0.25, 0.5, 1, 2, 4], "format": "~g", "grid": False},
    }


def _areas(cells: Sequence[Mapping[str, Any]], top: float) -> dict[str, Any]:
    """Return the three areas."""
    colours = [token("mine-2"), token("us-4"), token("us-3")]
    scale = {"domain": [REGIONS[kind] for kind in reversed(Region)], "range": colours}
    colour = {
        "field": "region",
        "type": "nominal",
        "scale": scale,
        "legend": {"title": "The guarantee", "orient": "top"},
    }
    y = {
        "field": "from",
        "type": "quantitative",
        "title": "Extra cost if help comes, over what is gained",
        "axis": {"tickCount": 5, "grid": False},
        "scale": {"domain": [0, top], "nice": False},
    }
    cell = layers(
        {"type": "rect"},
        x=_strength_axis("low"),
        x2={"field": "high"},
        y=y,
        y2={"field": "to"},
        color=colour,
    )
    return {"data": {"values": list(cells)}, **cell}


def _stated(attacker: StatedRange, extra: StatedRange) -> list[dict[str, Any]]:
    """Return the outline of what the two ranges span, as far as it is drawn."""
    left, right = (min(max(1.0 / end, WEAKEST), STRONGEST) for end in (attacker.high, attacker.low))
    row = {"left": left, "right": right, "low": extra.low, "high": extra.high}
    outline = layers(
        {"type": "rect", "fillOpacity": 0, "stroke": INK, "strokeDash": [5, 4], "strokeWidth": 1.5},
        x={"field": "left", "type": "quantitative"},
        x2={"field": "right"},
        y={"field": "low", "type": "quantitative"},
        y2={"field": "high"},
    )
    return [{"data": {"values": [row]}, **outline}]


def _ends(ranges: tuple[StatedRange, ...]) -> list[tuple[str, dict[str, Array]]]:
    """Return the ranges at their middle but for one or two at an end."""
    centre = middle(ranges)
    turned = [s for s in ranges if s.is_open and s.name not in {"attacker_over_local", "days_in_time"}]
    single = [(s.name, s.name, v, v) for s in turned for v in (s.low, s.high)]
    pairs = [
        (a.name, b.name, v, w)
        for i, a in enumerate(turned)
        for b in turned[i + 1 :]
        for v in (a.low, a.high)
        for w in (b.low, b.high)
    ]
    return [
        (f"{one} {v:g} {other} {w:g}", {**centre, one: np.array([v]), other: np.array([w])})
        for one, other, v, w in (*single, *pairs)
    ]


def _line(strengths: Array, values: Mapping[str, Array], name: str) -> list[dict[str, Any]]:
    """Return a line of belief needed by strength, where some belief is enough."""
    at = _by_strength(values, strengths)
    needs = threshold(gains_at(_spread(at)))
    return [
        {"strength": strength, "belief": 100.0 * need, "line": name}
        for strength, need in zip(strengths.tolist(), needs.tolist(), strict=True)
        if not np.isnan(need)
    ]


def _step(result: Deterrence, x: Mapping[str, Any], y: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the step of ten per cent more European strength at the middle of its range."""
    centre = middle(result.ranges)
    start, after = (float(needed(gains_at(centre, local=local))[0]) for local in (1.0, 1.1))
    if start in {0.0, 1.0}:
        return []
    at = 1.0 / float(centre["attacker_over_local"][0])
    rows = [
        {"strength": at, "belief": 100.0 * start},
        {"strength": 1.1 * at, "belief": 100.0 * start},
        {"strength": 1.1 * at, "belief": 100.0 * after},
    ]
    words = [
        {
            "strength": 1.1 * at,
            "belief": 100.0 * start,
            "text": f"+10 % here: −{written(start - after, 1, scale=2)} points",
        }
    ]
    text = {"type": "text", "align": "left", "dx": 6, "dy": -8, "fontSize": 12, "color": INK}
    return [
        {"data": {"values": rows}, **layers({"type": "line", "color": ORANGE, "strokeWidth": 2}, x=x, y=y)},
        {
            "data": {"values": rows[:1]},
            **layers({"type": "point", "filled": True, "size": 70, "color": ORANGE}, x=x, y=y),
        },
        {"data": {"values": words}, **layers(text, x=x, y=y, text={"field": "text"})},
    ]
