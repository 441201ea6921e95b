"""Shares of a whole within bounds, and their rounding: pure functions without a solver."""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["bounded_parts", "largest_remainder"]


def bounded_parts(shares: Array, total: float, low: Array, high: Array) -> Array:
    """Share a total in proportion, with every part between its bounds.

    What a bound takes from one goes to the others in proportion to their shares: a part is
    ``min(max(s share, low), high)`` with one scale ``s`` for all.

    Parameters
    ----------
    shares : ndarray, (country,)
        Not negative.
    total : float
        Between the sums of `low` and of `high`.
    low, high : ndarray, (country,)
        Bounds of the parts.

    Returns
    -------
    ndarray, (country,)
        Adding up to `total`.
    """
    if total <= 0.0:
        return np.zeros(len(shares))
    some = shares > 0.0
    turns = np.concatenate([low[some] / shares[some], high[some] / shares[some]])
    scales = np.unique(np.concatenate([[0.0], turns[np.isfinite(turns)]]))
    sums = np.clip(scales[:, None] * shares, low, high).sum(axis=1)
    # The sum rises from turn to turn and is straight between them.
    last = min(max(int(np.searchsorted(sums, total, side="right")) - 1, 0), len(scales) - 2)
    rise = sums[last + 1] - sums[last]
    way = min(max((total - sums[last]) / rise, 0.0), 1.0) if rise > 0.0 else 1.0
    parts: Array = np.clip((scales[last] + way * (scales[last + 1] - scales[last])) * shares, low, high)
    return parts


def largest_remainder(parts: Array, high: Array | None = None) -> Array:
    """Round parts that add up to a whole number so that they still do (Hamilton's method).

    Parameters
    ----------
    parts : ndarray, (country,)
        Not negative.
    high : ndarray, (country,), optional
        Upper bounds; nobody is rounded above one.

    Returns
    -------
    ndarray, (country,)
        Whole numbers. The largest remainders go up; of equal ones that of the larger part, then the first.
    """
    clean = np.where(np.abs(parts - np.round(parts)) < 1e-6, np.round(parts), parts)
    floor = np.floor(clean)
    over = round(float(parts.sum())) - int(floor.sum())
    remainder = clean - floor
    room = np.full(len(parts), np.inf) if high is None else np.floor(high + 1e-6) - floor
    order = sorted(range(len(parts)), key=lambda i: (-remainder[i], -clean[i], i))
    result: Array = floor.copy()
    while over > 0:
        able = [i for i in order if result[i] - floor[i] < room[i]]
        if not able:
            break
        for i in able[:over]:
            result[i] += 1.0
        over -= len(able[:over])
    return result
