"""What a design can see: known effects laid on residuals of the same countries.

Members are drawn again from the changes of their own group, less its mean, so that nothing but the known
effect tells the groups apart. B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993, chapter 16.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.attribution.student import LEVEL, quantile, two_sided_p, welch_arrays
from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = ["POWER", "Power", "least_effect_of_errors", "simulated"]

POWER = 0.80
"""Least effects are those seen in eight of ten."""

DRAWS = 10_000
NORMAL = 1.6448536269514722
GRID = np.arange(0.0, 40.0, 0.1)


@dataclass(frozen=True)
class Power:
    """What was seen of known effects.

    Attributes
    ----------
    error : ndarray, (draw,)
        Estimates where there is no effect.
    reach, normal_reach : ndarray, (draw,)
        Half the width of the interval of 90 %, by Welch and by the normal distribution.
    """

    error: Array
    reach: Array
    normal_reach: Array

    @property
    def bias(self) -> float:
        """The mean estimate less the effect, whichever the effect."""
        return float(self.error.mean())

    @property
    def coverage(self) -> float:
        """How many intervals by Welch hold the effect."""
        return float((np.abs(self.error) <= self.reach).mean())

    @property
    def normal_coverage(self) -> float:
        """How many intervals by the normal distribution hold the effect."""
        return float((np.abs(self.error) <= self.normal_reach).mean())

    def power(self, effect: float) -> float:
        """Return how many tests at 10 % see an effect."""
        return float((np.abs(self.error + effect) > self.reach).mean())

    @property
    def least_effect(self) -> float:
        """The least effect, to a tenth of a point, seen in eight of ten."""
        seen = self.power
        low, high = 0, len(GRID) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if seen(GRID[middle]) >= POWER else (middle + 1, high)
        return float(GRID[low])


def simulated(treated: Array, controls: Array, *, draws: int = DRAWS, seed: int = 1) -> Power:
    """Return what a comparison of two groups sees of known effects.

    Parameters
    ----------
    treated, controls : ndarray, (member,)
        The changes of growth of the two groups.
    draws, seed : int
        How many simulated data sets, and from where.

    Returns
    -------
    Power
        By Welch, and by the normal distribution for comparison.
    """
    random = generator(seed)
    sides = [
        (values - values.mean())[random.integers(0, len(values), (draws, len(values)))]
        for values in (treated, controls)
    ]
    estimate, error, df = welch_arrays(sides[0], sides[1])
    reach = quantile(0.5 + LEVEL / 2.0, df) * error
    return Power(estimate, reach, NORMAL * error)


def least_effect_of_errors(se: float, df: float) -> float:
    """Return the least effect seen in eight of ten by a standard error and its degrees of freedom."""
    each = np.array([df])
    return float(se * (quantile(0.5 + LEVEL / 2.0, each)[0] + quantile(POWER, each)[0]))


def power_of_errors(se: float, df: float, effects: Sequence[float]) -> tuple[float, ...]:
    """Return how often effects are seen by a standard error, by a shifted Student's t.

    Parameters
    ----------
    se, df : float
        The standard error and its degrees of freedom.
    effects : sequence of float
        In its unit.

    Returns
    -------
    tuple of float
        Fractions, one for each effect.
    """
    reach = float(quantile(0.5 + LEVEL / 2.0, np.array([df]))[0])
    out = []
    for effect in effects:
        shift = effect / se
        upper = 0.5 * two_sided_p(reach - shift, df)
        upper = 1.0 - upper if shift > reach else upper
        out.append(upper + 0.5 * two_sided_p(reach + shift, df))
    return tuple(out)
