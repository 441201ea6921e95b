"""What the ratifiers of one round share: the pace of the ordinary ones, and the hold of the holders.

Both are unknown before the round, and are integrated over: the pace on a grid with the weights of a Student
distribution, the hold on points of equal weight. Ratifiers of a round are independent only given the two.
"""

from __future__ import annotations

from functools import cache
from statistics import NormalDist

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["GOLDEN_SECTION", "HOLD", "HOLDS", "PACE", "hold_points", "pace_weights"]

PACE: Array = np.linspace(-4.8, 8.0, 33)
"""Points of the pace that all ordinary ratifiers of a round share, on the log hazard."""

HOLDS = 16
"""How many points stand for what a round's holders share."""

GOLDEN_SECTION = 0.6180339887498949
"""Steps of this share of a whole fill it evenly, however many there are."""

_TAIL = 4.0
"""Degrees of freedom of the pace: rounds may be far out of line with those before them."""


def hold_points(count: int = HOLDS, shift: float = 0.5) -> Array:
    """Return points, of equal weight, of what a round's holders share.

    Parameters
    ----------
    count : int
        How many points.
    shift : float, default 0.5
        Where in its slice of probability each exponential term lies, 0 to 1.

    Returns
    -------
    ndarray, (2, count)
        An exponential term, which scales the rate at which holders let go, and a standard normal term,
        which makes a round more or less contentious. The two are paired by a lattice, as independent terms.
    """
    points: Array = np.stack([-np.log1p(-(np.arange(count) + shift) / count), _contention(count)])
    return points


@cache
def _contention(count: int) -> Array:
    """Return standard normal quantiles in lattice order."""
    level = (np.arange(count) * GOLDEN_SECTION + 0.5) % 1.0
    order = np.argsort(np.argsort(level))
    normal = NormalDist()
    return np.array([normal.inv_cdf((int(k) + 0.5) / count) for k in order], dtype=np.float64)


HOLD: Array = hold_points()
"""The points used to estimate."""


def pace_weights(spread: float) -> Array:
    """Return the weights of :data:`PACE`: a Student distribution of four degrees of freedom.

    Parameters
    ----------
    spread : float
        Its scale.

    Returns
    -------
    ndarray, (pace,)
        Weights that sum to one.
    """
    weights: Array = (1.0 + (PACE / spread) ** 2 / _TAIL) ** (-(_TAIL + 1.0) / 2.0)
    weights /= weights.sum()
    return weights
