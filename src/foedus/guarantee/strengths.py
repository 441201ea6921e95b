"""What forces and reinforcement say of strengths on the flank, in place of the stated ranges.

**Claim.** On the spot stand an ally's own forces, which grow as the chain has it, and the land forces of
other allies of the plan that have arrived by day 30: they come without the guarantor's decision. What depends
on it are the forces of the United States in Europe and its part of what arrives. All of either goes to the
ally that is attacked. The attacker is as many times what stands there at the start as the stated range says,
and does not grow with it.

**Leaves out.** Air and naval forces, quality, who holds back for fear of an attack elsewhere, and forces that
rotate through a host, which no count holds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.ranges import StatedRange

__all__ = ["ENDS", "LocalStrength", "narrowed"]

ENDS = (0.1, 0.9)
"""Between which quantiles of the draws a range lies."""


class LocalStrength(NamedTuple):
    """Persons that count for one ally in one year.

    Attributes
    ----------
    own, allies : ndarray, (draw,)
        Its own, and those of other allies that have arrived.
    guarantor : ndarray, (draw,)
        Those of the United States that are there in time.
    at_start : float
        Its own, and those of other allies, at the start; above zero.
    """

    own: Array
    allies: Array
    guarantor: Array
    at_start: float


def narrowed(
    ranges: tuple[StatedRange, ...], strength: LocalStrength, source: str
) -> tuple[StatedRange, ...]:
    """Return ranges with those in place that forces and reinforcement say.

    Parameters
    ----------
    ranges : tuple of StatedRange
        As they are stated.
    strength : LocalStrength
        What the scenario comes to, in draws.
    source : str
        Which scenario and year.

    Returns
    -------
    tuple of StatedRange
        Arrivals over local strength between two quantiles of the draws; the attacker over local strength as
        stated, over what local strength has grown by. Both graded assumed, as most throughputs are.
    """
    local = strength.own + strength.allies
    low, high = (float(end) for end in np.quantile(strength.guarantor / local, ENDS))
    least, most = (float(end) for end in np.quantile(local / strength.at_start, ENDS))
    attacker = next(span for span in ranges if span.name == "attacker_over_local")
    ends = {
        "arrivals_over_local": (low, high),
        "attacker_over_local": (attacker.low / most, attacker.high / least),
    }
    return tuple(
        StatedRange(span.name, span.label, *ends[span.name], "assumed", source) if span.name in ends else span
        for span in ranges
    )
