"""Shares of a whole within bounds, and their rounding: pure functions without a solver."""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["capped_shares", "largest_remainder"]

ROOM = 1e-9


def capped_shares(shares: Array, cap: float) -> Array:
    """Return shares of one of which none is above a cap; what is cut off goes to the others in proportion.

    Parameters
    ----------
    shares : ndarray, (country,)
        Adding up to one.
    cap : float
        The greatest share; as many times as there are countries with a share it makes at least one.

    Returns
    -------
    ndarray, (country,)
        Adding up to one.
    """
    result: Array = shares.copy()
    held = np.zeros(len(shares), dtype=bool)
    # Each round holds at least one more at the cap, so there are at most as many as countries.
    while (result > cap + ROOM * cap).any():
        held |= result > cap
        free = shares[~held].sum()
        scale = (1.0 - cap * held.sum()) / free if free > 0.0 else 0.0
        result = np.where(held, cap, shares * scale)
    return result


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
