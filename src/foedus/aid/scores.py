"""Scores of forecasts of allocations: CRPS, coverage and the block bootstrap of a skill.

The score is computed with NumPy alone, so that a forecast can be judged without any extra.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = ["BLOCK_MONTHS", "LEVEL", "SkillSpan", "block_skill", "ensemble_crps", "judge"]

REPEATS = 2000
"""How often the origins are drawn anew."""

BLOCK_MONTHS = 3
"""The least number of origins in a row that are drawn together: scores of months in a row are alike."""

LEVEL = 0.8
"""The level of the intervals: of a skill, and of the forecasts that are judged."""

SkillSpan = tuple[float, float, float]
"""A skill, and the low and high end of its interval."""


def ensemble_crps(draws: Array, outcome: float) -> float:
    """Return the continuous ranked probability score of an ensemble.

    Parameters
    ----------
    draws : ndarray, (draw,)
        The forecast; a single draw has its absolute error for a score.
    outcome : float
        What came.

    Returns
    -------
    float
        In the unit of the outcome; less is better.

    Notes
    -----
    The mean distance to the outcome less half the mean distance of two draws (Gneiting and Raftery 2007,
    *JASA* 102, equation 20), the latter by the order of the draws.
    """
    return judge(draws, outcome)[0]


def judge(draws: Array, outcome: float) -> tuple[float, bool]:
    """Return the score of an ensemble, and whether its middle :data:`LEVEL` held what came.

    Parameters
    ----------
    draws : ndarray, (draw,)
        The forecast.
    outcome : float
        What came.

    Returns
    -------
    float, bool
        As :func:`ensemble_crps`, and whether.
    """
    ordered = np.sort(draws)
    n = ordered.size
    rank = 2.0 * np.arange(n) - (n - 1.0)
    crps = float(np.abs(ordered - outcome).mean() - (rank @ ordered) / (n * n))
    ends = np.array([0.5 - LEVEL / 2, 0.5 + LEVEL / 2]) * (n - 1)
    low, high = np.interp(ends, np.arange(n), ordered)
    return crps, bool(low <= outcome <= high)


def block_skill(own: Array, base: Array, ahead: int, *, seed: int = 1) -> SkillSpan:
    """Return a skill and its interval, drawing blocks of origins in a row anew.

    Parameters
    ----------
    own, base : ndarray, (origin,)
        Scores of the forecast and of the one that it is held against, in the order of the origins; of
        several donors their sum at each origin, so that an origin's donors stay together.
    ahead : int
        How many months were forecast: sums over as many months overlap, and so long is a block at least.
    seed : int, default 1
        Seed of the drawing.

    Returns
    -------
    float, float, float
        One less the ratio of the means, and the middle 80 % of it; not-a-number where the base is perfect.
    """
    n = own.size
    if not n or not base.sum() > 0.0:
        return (float("nan"),) * 3
    block = min(max(BLOCK_MONTHS, ahead), n)
    begin = generator([seed, ahead, n]).integers(0, n, (REPEATS, -(-n // block), 1))
    picked = ((begin + np.arange(block)) % n).reshape(REPEATS, -1)[:, :n]
    below = base[picked].sum(axis=1)
    ratios = 1.0 - own[picked].sum(axis=1)[below > 0.0] / below[below > 0.0]
    low, high = np.quantile(ratios, [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    return 1.0 - float(own.sum() / base.sum()), float(low), float(high)
