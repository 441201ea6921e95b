"""Scores of forecasts: absolute error, CRPS, coverage, Brier score, and how sure a difference is."""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = ["block_bootstrap", "covers", "crps", "resampled_skill", "skill"]


def crps(draws: Array, outcome: Array) -> Array:
    """Return the continuous ranked probability score of an ensemble.

    Parameters
    ----------
    draws : ndarray, (draw, case)
        The forecast.
    outcome : ndarray, (case,)
        What came.

    Returns
    -------
    ndarray, (case,)
        In the unit of the outcome; less is better, and for a single draw it is the absolute error.

    Notes
    -----
    The integral over the outcomes of the squared distance between the step at what came and the steps of the
    ensemble, by its decomposition into quantile losses: the draw of rank :math:`i` of :math:`m` is a quantile
    of level :math:`(i - 1/2) / m` (Jordan, Krüger and Lerch 2019, *Journal of Statistical Software* 90).
    """
    ranked = np.sort(np.ascontiguousarray(draws.T), axis=-1)
    count = ranked.shape[-1]
    at_or_below = np.arange(1, count + 1) - 0.5
    short = outcome[:, None] - ranked
    loss = np.where(short >= 0.0, at_or_below * short, (at_or_below - count) * short)
    values: Array = 2.0 * (loss.sum(axis=-1) / count**2)
    return values


def covers(draws: Array, outcome: Array, level: float) -> tuple[Array, Array]:
    """Whether the middle interval of an ensemble covers the outcome, and how wide it is.

    Parameters
    ----------
    draws : ndarray, (draw, case)
        The forecast.
    outcome : ndarray, (case,)
        What came.
    level : float
        The interval's nominal coverage, a fraction.

    Returns
    -------
    ndarray, ndarray, (case,)
        1.0 where covered, else 0.0; and the width in the unit of the outcome.
    """
    low, high = np.quantile(draws, [0.5 - level / 2, 0.5 + level / 2], axis=0)
    inside: Array = ((low <= outcome) & (outcome <= high)).astype(np.float64)
    return inside, high - low


def skill(score: float, naive: float) -> float:
    """Return one less the ratio of a score to the naive forecast's: above zero is better, one is perfect."""
    return 1.0 - score / naive if naive > 0.0 else float("nan")


def block_bootstrap(
    difference: Array, origin: Array, block: int, *, repeats: int = 4000, level: float = 0.9, seed: int = 1
) -> tuple[float, float]:
    """Return an interval for a mean paired difference, resampling blocks of consecutive origins.

    Parameters
    ----------
    difference : ndarray, (case,)
        The model's score less the naive one's, case by case.
    origin : ndarray, (case,)
        The year each case was forecast from. Cases of one origin stay together, since they share its shocks.
    block : int
        How many consecutive origins make a block: forecasts as many years ahead overlap.
    repeats : int, default 4000
        How many times.
    level : float, default 0.9
        The interval's level.
    seed : int, default 1
        Seed of the resampling.

    Returns
    -------
    float, float
        Low and high end, in the unit of the score.
    """
    years, at = np.unique(origin, return_inverse=True)
    total, count = np.bincount(at, difference), np.bincount(at).astype(np.float64)
    n, random = len(years), generator(seed)
    blocks = -(-n // block)
    begin = random.integers(0, n, size=(repeats, blocks, 1))
    picked = ((begin + np.arange(block)) % n).reshape(repeats, -1)[:, :n]
    means = total[picked].sum(axis=1) / count[picked].sum(axis=1)
    low, high = np.quantile(means, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)


def resampled_skill(
    score: Array, naive: Array, *, repeats: int = 4000, level: float = 0.9, seed: int = 1
) -> tuple[float, float]:
    """Return an interval for the skill over paired cases of one origin, resampling the cases.

    Parameters
    ----------
    score, naive : ndarray, (case,)
        The model's scores and the naive forecast's, case by case.
    repeats : int, default 4000
        How many times.
    level : float, default 0.9
        The interval's level.
    seed : int, default 1
        Seed of the resampling.

    Returns
    -------
    float, float
        Low and high end of one less the ratio of the means. What a year did to all cases at once is not in
        it.
    """
    picked = generator(seed).integers(0, len(score), size=(repeats, len(score)))
    gains = 1.0 - score[picked].mean(axis=1) / naive[picked].mean(axis=1)
    low, high = np.quantile(gains, [0.5 - level / 2, 0.5 + level / 2])
    return float(low), float(high)
