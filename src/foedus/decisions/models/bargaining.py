"""Bargaining points on one question: Nash, Kalai–Smorodinsky and egalitarian, with losses by distance.

Each member's gain from a draft x over the reversion r is ``|r - p| - |x - p|``. Where members stand on both
sides of the reversion no draft makes all of them better off, and every point is the reversion itself. Else
all of them wish to move the same way and, with d the distance of a member's position from the reversion, a
draft at distance t gains ``t`` for members with ``d >= t`` and ``2 d - t`` for the others.

**Leaves out.** Side payments, further questions and doubt about what others want; with losses in proportion
to distance the points depend on positions and weights alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from foedus.engine.arrays import Array

__all__ = ["egalitarian", "kalai_smorodinsky", "nash", "nash_far", "pool_points"]

STEPS = 50
"""Halvings of the interval in which a point is sought: 100 points of a scale shrink below 1e-12."""


def _distances(position: ArrayLike, weight: ArrayLike, reversion: ArrayLike) -> tuple[Array, Array, Array]:
    """Return weights, distances from the reversion, and the way all wish to go: +1, -1, or 0 for none."""
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    offset = x - np.broadcast_to(np.asarray(reversion, float), x.shape[:-1])[..., None]
    present = w > 0
    up = np.where(present, offset > 0, True).all(-1)
    down = np.where(present, offset < 0, True).all(-1)
    way = up.astype(float) - down.astype(float)
    return w, np.abs(offset), way


def _nearest(distance: Array, weight: Array) -> Array:
    """Return the smallest distance among the members present."""
    nearest: Array = np.where(weight > 0, distance, np.inf).min(-1)
    return nearest


def egalitarian(position: ArrayLike, weight: ArrayLike, reversion: ArrayLike) -> Array:
    """Return the draft that makes the smallest gain as large as it can be.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions; the weight only says who is present.
    reversion : array_like, (draw,) or float
        What holds without a decision.

    Returns
    -------
    ndarray, (draw,)
        The position nearest to the reversion, or the reversion where members stand on both sides of it.
    """
    w, distance, way = _distances(position, weight, reversion)
    return np.asarray(np.asarray(reversion, float) + way * np.where(way == 0, 0.0, _nearest(distance, w)))


def kalai_smorodinsky(position: ArrayLike, weight: ArrayLike, reversion: ArrayLike) -> Array:
    """Return the draft at which all gain the same share of the most they could gain.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions; the weight only says who is present.
    reversion : array_like, (draw,) or float
        What holds without a decision.

    Returns
    -------
    ndarray, (draw,)
        At distance ``2 a b / (a + b)`` from the reversion, where a is the smallest and b the greatest
        distance of a position from it: the harmonic mean of the two.
    """
    w, distance, way = _distances(position, weight, reversion)
    near, far = _nearest(distance, w), np.where(w > 0, distance, 0.0).max(-1)
    near = np.where(way == 0, 0.0, near)
    step = np.divide(2.0 * near * far, near + far, out=np.zeros_like(far), where=near + far > 0)
    return np.asarray(np.asarray(reversion, float) + way * step)


def nash(position: ArrayLike, weight: ArrayLike, reversion: ArrayLike) -> Array:
    """Return the draft with the greatest weighted product of gains over the reversion.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions, and bargaining weights.
    reversion : array_like, (draw,) or float
        What holds without a decision.

    Returns
    -------
    ndarray, (draw,)
        The root of the falling function ``sum_{d >= t} w / t - sum_{d < t} w / (2 d - t)``, found by halving.
    """
    w, distance, way = _distances(position, weight, reversion)
    high = np.where(way == 0, 0.0, 2.0 * _nearest(distance, w))
    low = np.zeros_like(high)
    for _ in range(STEPS):
        t = ((low + high) / 2.0)[..., None]
        beyond = distance >= t
        divisor = np.where(beyond, t, 2.0 * distance - t)
        slope = np.where(beyond, w, -w) / np.where(divisor > 0, divisor, np.inf)
        rising = slope.sum(-1) > 0
        low, high = np.where(rising, t[..., 0], low), np.where(rising, high, t[..., 0])
    return np.asarray(np.asarray(reversion, float) + way * (low + high) / 2.0)


def nash_far(position: ArrayLike, weight: ArrayLike, distance: float) -> Array:
    """Return the weighted Nash point when failing to agree is worse than any draft, as bad as one far away.

    Losses here are squared distances: with a disagreement point far enough the result is the weighted mean,
    which is why the compromise model does so well (Achen 2006).

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions, and bargaining weights.
    distance : float
        How far from every member disagreement is as bad as; more than the length of the scale.

    Returns
    -------
    ndarray, (draw,)
        Where ``sum_i w_i (p_i - x) / (distance**2 - (x - p_i)**2)`` is zero, found by halving.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    low = np.where(w > 0, x, np.inf).min(-1)
    high = np.where(w > 0, x, -np.inf).max(-1)
    for _ in range(STEPS):
        middle = (low + high) / 2.0
        gap = x - middle[..., None]
        rising = (w * gap / (distance**2 - gap**2)).sum(-1) > 0
        low, high = np.where(rising, middle, low), np.where(rising, high, middle)
    return np.asarray((low + high) / 2.0)


def pool_points(
    utility: ArrayLike, disagreement: ArrayLike, weight: ArrayLike | None = None
) -> dict[str, int]:
    """Return the bargaining points in a pool of options, whatever members' utilities are.

    Parameters
    ----------
    utility : array_like, (option, member)
        What each option is worth to each member.
    disagreement : array_like, (member,)
        What no agreement is worth.
    weight : array_like, (member,), optional
        Bargaining weights of the Nash product; without them all weigh the same.

    Returns
    -------
    dict of str to int
        The option of ``nash``, ``kalai_smorodinsky`` and ``egalitarian``, the first of those that tie; -1
        where no option leaves every member at least as well off.
    """
    gain = np.asarray(utility, float) - np.asarray(disagreement, float)
    w = np.ones(gain.shape[1]) if weight is None else np.asarray(weight, float)
    fair = (gain >= 0).all(1)
    if not fair.any():
        return {"nash": -1, "kalai_smorodinsky": -1, "egalitarian": -1}
    most = gain[fair].max(0)
    with np.errstate(divide="ignore"):
        product = np.log(np.maximum(gain, 0.0)) @ w
    share = np.divide(gain, most, out=np.ones_like(gain), where=most > 0).min(1)
    scores = {"nash": product, "kalai_smorodinsky": share, "egalitarian": gain.min(1)}
    return {name: int(np.where(fair, score, -np.inf).argmax()) for name, score in scores.items()}
