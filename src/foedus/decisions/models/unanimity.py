"""The geometry of unanimity: which drafts every member prefers to no decision, and what each holdout asks.

A member accepts a draft x when its loss against the reversion r stays within the cost of disagreement k:
``|x - p| <= |r - p| + k``. With k = 0 this is the strict veto of the textbooks (Tsebelis 2002), which does
badly on recorded decisions: standing alone against all others costs something.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from foedus.engine.arrays import Array

__all__ = ["acceptable_set", "binding", "concession", "core", "loss", "project"]


def loss(position: ArrayLike, draft: ArrayLike, reversion: ArrayLike) -> Array:
    """Return how much worse than the reversion a draft is for each member.

    Parameters
    ----------
    position : array_like, (draw, member)
        Positions.
    draft, reversion : array_like
        Broadcasting against the positions.

    Returns
    -------
    ndarray
        ``|x - p| - |r - p|`` in points of the scale; negative for members that gain.
    """
    p = np.asarray(position, float)
    return np.asarray(np.abs(np.asarray(draft, float) - p) - np.abs(np.asarray(reversion, float) - p))


def acceptable_set(
    position: ArrayLike,
    weight: ArrayLike,
    reversion: float,
    cost: ArrayLike = 0.0,
    accepts: ArrayLike | None = None,
) -> tuple[Array, Array]:
    """Return the interval of drafts that every member accepts.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions; the weight only says who is present.
    reversion : float
        What holds without a decision.
    cost : array_like, default 0
        Cost of disagreement in points of the scale, one for all or one for each member.
    accepts : array_like, (member, 2), optional
        The drafts that members accept, NaN where that follows from the position.

    Returns
    -------
    tuple of ndarray, each (draw,)
        The lowest and the highest acceptable draft. The reversion is between them unless a member accepts
        only better; the lowest lies above the highest where there is none.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    reach, more = np.abs(reversion - x), np.asarray(cost, float)
    below, above = x - reach, x + reach
    if accepts is not None:
        given = np.asarray(accepts, float)
        below = np.where(np.isnan(given[:, 0]), below, given[:, 0])
        above = np.where(np.isnan(given[:, 1]), above, given[:, 1])
    low = np.where(w > 0, below - more, -np.inf).max(-1)
    high = np.where(w > 0, above + more, np.inf).min(-1)
    return low, high


def binding(
    position: ArrayLike, weight: ArrayLike, draft: ArrayLike, reversion: float, cost: ArrayLike = 0.0
) -> Array:
    """Return who refuses a draft.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions; the weight only says who is present.
    draft : array_like
        Broadcasting against the positions.
    reversion : float
        What holds without a decision.
    cost : array_like, default 0
        Cost of disagreement in points of the scale.

    Returns
    -------
    ndarray of bool, (draw, member)
        True for a member present whose loss is greater than the cost.
    """
    refuses = loss(position, draft, reversion) > np.asarray(cost, float) + 1e-9
    return np.asarray(refuses & (np.asarray(weight, float) > 0))


def concession(position: ArrayLike, draft: float, reversion: float, cost: ArrayLike = 0.0) -> Array:
    """Return the smallest move of a draft that each member would accept.

    Parameters
    ----------
    position : array_like, (draw, member)
        Positions.
    draft, reversion : float
        What is on the table, and what holds without a decision.
    cost : array_like, default 0
        Cost of disagreement in points of the scale.

    Returns
    -------
    ndarray, (draw, member)
        Points of the scale, zero for members that accept already; never more than the way to the reversion.
    """
    p = np.asarray(position, float)
    reach = np.abs(reversion - p) + np.asarray(cost, float)
    move = np.maximum(np.abs(draft - p) - reach, 0.0)
    return np.asarray(np.minimum(move, abs(draft - reversion)))


def core(position: ArrayLike, weight: ArrayLike) -> tuple[Array, Array]:
    """Return the drafts from which no move makes every member better off: lowest to highest position.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions; the weight only says who is present.

    Returns
    -------
    tuple of ndarray, each (draw,)
        Lowest and highest position.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    return np.where(w > 0, x, np.inf).min(-1), np.where(w > 0, x, -np.inf).max(-1)


def project(target: ArrayLike, interval: tuple[Array, Array]) -> Array:
    """Return the draft of an interval that lies nearest to a target.

    Parameters
    ----------
    target : array_like
        Where a draft is wanted, on the issue's scale; any shape.
    interval : tuple of ndarray
        Lower and upper end of the interval, on the same scale; shapes that broadcast with `target`.

    Returns
    -------
    ndarray
        The target, or the end that is nearer to it.
    """
    return np.asarray(np.clip(np.asarray(target, float), interval[0], interval[1]))
