"""What forces and reinforcement say of strengths on the flank, in place of the stated ranges.

The strengths are those of :mod:`foedus.guarantee.deterrence`: on the spot an ally's own forces and those of
others that have arrived without the guarantor, as help what the guarantor has in time. The attacker is as
many times what stands there at the start as the stated range says, and does not grow with it.

**Leaves out.** Air and naval forces, quality, who holds back for fear of an attack elsewhere, and forces that
rotate through a host, which no count holds.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.ranges import StatedRange

__all__ = ["ENDS", "FlankStrength", "narrowed"]

ENDS = (0.1, 0.9)
"""Between which quantiles of the draws a range lies."""


class FlankStrength(NamedTuple):
    """Ratios of strength of one ally in one year.

    Attributes
    ----------
    local_growth : ndarray, (draw,)
        Strength on the spot over that of the start; above zero.
    arrivals : ndarray, (draw,)
        Help that is there in time over strength on the spot.
    """

    local_growth: Array
    arrivals: Array


def narrowed(
    ranges: tuple[StatedRange, ...], strength: FlankStrength, source: str
) -> tuple[StatedRange, ...]:
    """Return ranges with those in place that forces and reinforcement say.

    Parameters
    ----------
    ranges : tuple of StatedRange
        As they are stated.
    strength : FlankStrength
        What the scenario comes to, in draws.
    source : str
        Which scenario and year.

    Returns
    -------
    tuple of StatedRange
        Arrivals over local strength between two quantiles of the draws; the attacker over local strength as
        stated, over what local strength has grown by. Both graded assumed, as most throughputs are.
    """
    low, high = (float(end) for end in np.quantile(strength.arrivals, ENDS))
    least, most = (float(end) for end in np.quantile(strength.local_growth, ENDS))
    attacker = next(span for span in ranges if span.name == "attacker_over_local")
    ends = {
        "arrivals_over_local": (low, high),
        "attacker_over_local": (attacker.low / most, attacker.high / least),
    }
    return tuple(
        StatedRange(span.name, span.label, *ends[span.name], "assumed", source) if span.name in ends else span
        for span in ranges
    )
