"""How far a quantile over draws is known, and its value without the digits that are noise.

A run of other seeds gives other draws and so other quantiles. How far they lie apart follows from how close
the draws stand about the quantile: its rank is known to ``sqrt(n q (1 - q))`` of n draws, and its error is
how far away the values lie that stand so many ranks below and above it. What is printed is rounded to a step
of four such errors at least.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["held", "quantile_errors", "unit_of"]

WIDTH = 2.0
"""Standard errors of rank between the quantile and the values that its error is read off: more than one, so
that the error itself is no matter of a few draws."""

STEPS = 4.0
"""Standard errors in a step of what is printed: 19 seeds of 20 lie within one step of one another."""


def quantile_errors(values: Array, q: Sequence[float]) -> Array:
    """Return the standard errors of quantiles over draws.

    Parameters
    ----------
    values : ndarray, (draw, ...)
        A quantity in every draw.
    q : sequence of float
        Fractions between 0 and 1.

    Returns
    -------
    ndarray, (q, ...)
        In the quantity's unit; zero where all draws agree, and for a single draw, which says nothing of it.
    """
    draws = len(values)
    ranks = np.array(q)
    width = WIDTH * np.sqrt(ranks * (1.0 - ranks) / draws)
    ends = np.clip([ranks - width, ranks + width], 0.0, 1.0)
    # The nearest draws: no value in between is needed.
    below, above = np.quantile(values, ends, axis=0, method="nearest")
    errors: Array = (above - below) / (2.0 * WIDTH)
    return errors


def unit_of(error: float) -> float:
    """Return the step to which a figure is rounded: 1, 2 or 5 times a power of ten, four errors at least.

    Parameters
    ----------
    error : float
        Its standard error, in its unit.

    Returns
    -------
    float
        Zero where there is no error, and for one that is no number.

    Examples
    --------
    >>> unit_of(4.5), unit_of(1.2), unit_of(0.0)
    (20.0, 5.0, 0.0)
    """
    least = STEPS * error
    if not 0.0 < least < math.inf:
        return 0.0
    power = math.floor(math.log10(least))
    factors = (factor for factor in (1.0, 2.0, 5.0, 10.0, 20.0) if _times_ten(factor, power) >= least)
    return _times_ten(next(factors), power)


def held(values: Sequence[float], errors: Sequence[float]) -> tuple[float, ...]:
    """Return figures that stand together, rounded to one step that the largest of their errors allows.

    Parameters
    ----------
    values, errors : sequence of float
        Figures and their standard errors, in one unit.

    Returns
    -------
    tuple of float
        Each keeps its first digit; figures without an error are as they were.
    """
    unit = unit_of(max(errors, default=0.0))
    return tuple(_rounded(value, unit) for value in values)


def _rounded(value: float, unit: float) -> float:
    """Round to a step, half away from zero, but keep the first digit."""
    if not unit or not value or not math.isfinite(value):
        return value
    unit = min(unit, _times_ten(1.0, math.floor(math.log10(abs(value)))))
    return math.copysign(float(f"{math.floor(abs(value) / unit + 0.5) * unit:.15g}"), value)


def _times_ten(factor: float, power: int) -> float:
    """Return a factor times a power of ten, as it is written and so the same everywhere."""
    return float(f"{factor:g}e{power}")
