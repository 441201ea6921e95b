"""Belief needed against European strength: ranges at their middle, each alone, and every corner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.exchange import MORE, gains_at, needed
from foedus.guarantee.ranges import StatedRange, middle, with_ranges
from foedus.guarantee.threshold import Gains

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence

__all__ = ["STRONGEST", "WEAKEST", "BeliefMap", "Border", "belief_map", "ranges_shown"]

WEAKEST, STRONGEST = 0.2, 4.0
"""Between which ends European strength is looked at, over the attacker's."""

POINTS = 97
"""Points of a line, even on a scale of ratios."""

ALONG = ("attacker_over_local", "days_in_time")
"""The range that strength itself is, and the one that only a day's worth rests on."""


@dataclass(frozen=True)
class Border:
    """From which European strength on a region begins, over the attacker's.

    Attributes
    ----------
    low, middle, high : float
        Over every corner of the ranges, and with each at its middle; cut at the ends of the map.
    """

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class BeliefMap:
    """Belief needed by European strength.

    Attributes
    ----------
    strengths : ndarray, (point,)
        Over the attacker's.
    centre : ndarray, (point,)
        Belief needed with every range at its middle: one where none suffices, zero where none is needed.
    low, high : ndarray, (point,)
        Least and most with each range alone at its ends.
    corners : ndarray, (corner, point)
        With all of them at an end.
    corner_borders : ndarray, (border, corner)
        From which strength on belief suffices in each, and from which none is needed.
    suffices, unneeded : Border
        Where belief begins to suffice, and where none is needed any more.
    at, start, after : float
        The strength asked about, and belief needed there and with a tenth more.
    """

    strengths: Array
    centre: Array
    low: Array
    high: Array
    corners: Array
    corner_borders: Array
    suffices: Border
    unneeded: Border
    at: float
    start: float
    after: float


def ranges_shown(result: Deterrence) -> tuple[StatedRange, ...]:
    """Return the ranges of a result, of its first ally where forces say its own."""
    row, stated = result.rows[0], {span.name: span for span in result.ranges}
    own = {"attacker_over_local": row.attacker, "arrivals_over_local": row.arrivals}
    spans = (
        StatedRange(name, stated[name].label, *own[name], stated[name].grade, stated[name].source)
        for name in row.of_forces
        if name in own
    )
    return with_ranges(result.ranges, spans)


def belief_map(ranges: tuple[StatedRange, ...]) -> BeliefMap:
    """Return belief needed by European strength.

    Parameters
    ----------
    ranges : tuple of StatedRange
        The ranges of one ally.

    Returns
    -------
    BeliefMap
        Help keeps its size over the attacker's along it, so that more strength in Europe brings no more help.
    """
    strengths = np.geomspace(WEAKEST, STRONGEST, POINTS)
    centre = middle(ranges)
    base = {name: float(value[0]) for name, value in centre.items()}
    turned = [span for span in ranges if span.is_open and span.name not in ALONG]
    alone = [{**base, span.name: end} for span in turned for end in (span.low, span.high)]
    names = [span.name for span in turned]
    ends = product(*((span.low, span.high) for span in turned))
    corners = [{**base, **dict(zip(names, corner, strict=True))} for corner in ends]
    middle_gains, alone_gains, corner_gains = (
        _gains(_columns(cases), strengths) for cases in ([base], [base, *alone], corners)
    )
    singles = needed(alone_gains)
    start, after = (float(needed(gains_at(centre, local=local))[0]) for local in (1.0, 1.0 + MORE))
    at_centre, at_corners = (_borders(gains, strengths) for gains in (middle_gains, corner_gains))
    suffices, unneeded = (
        Border(float(ends.min()), float(own[0]), float(ends.max()))
        for own, ends in zip(at_centre, at_corners, strict=True)
    )
    return BeliefMap(
        strengths,
        needed(middle_gains)[0],
        singles.min(axis=0),
        singles.max(axis=0),
        needed(corner_gains),
        at_corners,
        suffices,
        unneeded,
        1.0 / float(centre["attacker_over_local"][0]),
        start,
        after,
    )


def _columns(cases: list[dict[str, float]]) -> dict[str, Array]:
    """Return combinations as one column of values for each range."""
    return {name: np.array([[case[name]] for case in cases]) for name in cases[0]}


def _gains(values: Mapping[str, Array], strengths: Array) -> Gains:
    """Return an attack's gains by combination and strength."""
    per_attacker = values["arrivals_over_local"] / values["attacker_over_local"]
    by_strength = {"attacker_over_local": 1.0 / strengths, "arrivals_over_local": per_attacker / strengths}
    whole = {**values, **by_strength}
    shape = np.broadcast_shapes(*(part.shape for part in whole.values()))
    return gains_at({name: np.broadcast_to(part, shape) for name, part in whole.items()})


def _borders(gains: Gains, strengths: Array) -> Array:
    """Return where a gain with help, and one without, falls to nothing: both fall as strength grows."""
    logs = np.log2(strengths)
    whole = np.broadcast_shapes(gains.with_help.shape, gains.without.shape)
    at = [[np.interp(0.0, -row, logs) for row in np.broadcast_to(gain, whole)] for gain in reversed(gains)]
    return 2.0 ** np.array(at)
