"""The parts nearest to fair: a convex quadratic problem, solved by Newton's method on its dual.

With ``y_ik`` ally i's part of class k, ``m_k`` the class's part of the money, ``w_i`` fair shares and
``r_ik`` the fair shares among those that can hold the class, it minimises

    sum_i w_i g_i^2 + e sum_ik m_k r_ik (y_ik / r_ik - 1)^2,    g_i = sum_k m_k y_ik / w_i - 1,

with ``sum_i y_ik = 1`` and bounds. For prices ``v_k`` of the classes the parts are
``r (1 + (v_k - g_i) / e)`` cut off at the bounds, and ``g_i`` is the one value at which ally i's money agrees
with them. What is left is to find the prices at which every class adds up: where the gradient of a concave
function is nought that has a piece for each set of bounds that hold. Newton's method ends after a few steps;
where its step brings the classes no nearer, one class's price is set by itself, which always raises the
function.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import NoSolutionError

__all__ = ["CLASS_WEIGHT", "Fair", "nearest_parts"]

CLASS_WEIGHT = 1e-3
"""``e``: how much a deviation class by class counts against one in money."""

CLOSE = 1e-12
"""How near to one every class's parts add up."""

ENOUGH = 1e-9
"""How near is enough where no step brings them nearer."""

STEPS = 500
LENGTHS = (1.0, 0.5, 0.25, 0.125)
HALVINGS = 80


@dataclass(frozen=True)
class Fair:
    """What parts are held against.

    Attributes
    ----------
    shares : ndarray, (country,)
        Fair shares, above nought and adding up to one.
    weights : ndarray, (class,)
        The part of each class in the money, adding up to one.
    reference : ndarray, (country, class)
        Fair shares of each class among those that can hold it.
    low, high : ndarray, (country, class)
        Bounds of the parts, as shares of the class.
    """

    shares: Array
    weights: Array
    reference: Array
    low: Array
    high: Array


def nearest_parts(fair: Fair) -> Array:
    """Return the parts nearest to fair within the bounds.

    Parameters
    ----------
    fair : Fair
        Fair shares, weights, references and bounds; the bounds leave room for every class to add up.

    Returns
    -------
    ndarray, (country, class)
        Shares of each class, adding up to one for each.

    Raises
    ------
    NoSolutionError
        When no prices are found at which every class adds up, which the bounds then do not allow.
    """
    prices: Array = np.zeros(len(fair.weights))
    value, parts = _value(fair, prices)
    for _ in range(STEPS):
        excess = parts.sum(axis=0) - 1.0
        worst = float(np.abs(excess).max())
        if worst < CLOSE:
            return parts
        step = _newton_step(fair, parts, excess)
        for length in LENGTHS:
            trial, trial_parts = _value(fair, prices + length * step)
            left = float(np.abs(trial_parts.sum(axis=0) - 1.0).max())
            if left < 0.5 * worst or (left < worst and trial > value):
                break
        else:
            length, step = 1.0, _one_class(fair, prices, int(np.abs(excess).argmax()))
            trial, trial_parts = _value(fair, prices + step)
        prices, value, parts = prices + length * step, trial, trial_parts
    if np.abs(parts.sum(axis=0) - 1.0).max() < ENOUGH:
        return parts
    raise NoSolutionError(
        "no way of sharing was found",
        where="the bounds",
        do="raise the cap, or leave out bounds or whole classes",
    )


def _parts(fair: Fair, prices: Array, over: Array) -> Array:
    """Return the parts at prices of the classes and relative excesses of money, (country, class)."""
    relative = 1.0 + (prices - over[:, None]) / CLASS_WEIGHT
    parts: Array = np.clip(fair.reference * relative, fair.low, fair.high)
    return parts


def _over(fair: Fair, prices: Array) -> Array:
    """Return the relative excess of money at which each ally's parts agree with it, (country,).

    What is left of money, ``sum_k m_k y_ik - w_i (1 + g)``, falls with ``g`` and is straight between the
    points at which a part leaves or meets a bound.
    """
    able = fair.reference > 0.0
    unit = np.where(able, fair.reference, 1.0)
    turns = [
        prices - CLASS_WEIGHT * (np.where(able, side / unit, 1.0) - 1.0) for side in (fair.low, fair.high)
    ]
    highest = fair.high @ fair.weights / fair.shares - 1.0
    points = np.column_stack([np.full(len(highest), -1.0), *turns, highest])
    points = np.sort(np.clip(points, -1.0, np.maximum(highest, -1.0)[:, None]), axis=1)
    relative = 1.0 + (prices - points[:, :, None]) / CLASS_WEIGHT
    parts = np.clip(fair.reference[:, None, :] * relative, fair.low[:, None, :], fair.high[:, None, :])
    left = parts @ fair.weights - fair.shares[:, None] * (1.0 + points)
    last = np.clip((left >= 0.0).sum(axis=1) - 1, 0, points.shape[1] - 2)
    rows = np.arange(len(points))
    near, far, above, below = (
        points[rows, last],
        points[rows, last + 1],
        left[rows, last],
        left[rows, last + 1],
    )
    fall = above - below
    way = np.divide(above, fall, out=np.zeros_like(fall), where=fall > 0.0)
    over: Array = near + np.clip(way, 0.0, 1.0) * (far - near)
    return over


def _value(fair: Fair, prices: Array) -> tuple[float, Array]:
    """Return the dual function at prices, and the parts that go with them."""
    over = _over(fair, prices)
    parts = _parts(fair, prices, over)
    able = fair.reference > 0.0
    relative = np.divide(parts, fair.reference, out=np.ones_like(parts), where=able) - 1.0
    cost = float(fair.shares @ over**2) + CLASS_WEIGHT * float(
        (fair.weights * fair.reference * relative**2).sum()
    )
    return cost - 2.0 * float(prices @ (fair.weights * (parts.sum(axis=0) - 1.0))), parts


def _newton_step(fair: Fair, parts: Array, excess: Array) -> Array:
    """Return the step to the prices at which the classes add up while the same bounds hold."""
    free = (parts > fair.low) & (parts < fair.high)
    slope = np.where(free, fair.weights * fair.reference / CLASS_WEIGHT, 0.0)
    hessian = np.diag(slope.sum(axis=0)) - slope.T @ (slope / (fair.shares + slope.sum(axis=1))[:, None])
    # A class of which every part is at a bound has no slope; its price moves by another way.
    hessian += np.diag(np.where(slope.sum(axis=0) > 0.0, 0.0, 1.0)) * max(float(slope.max(initial=0.0)), 1e-6)
    hessian += 1e-14 * np.trace(hessian) * np.eye(len(hessian))
    step: Array = np.linalg.solve(hessian, -fair.weights * excess)
    return step


def _one_class(fair: Fair, prices: Array, k: int) -> Array:
    """Return the step of one class's price to where its parts add up, the others as they are."""
    unit: Array = np.zeros(len(prices))
    unit[k] = 1.0

    def excess(move: float) -> float:
        return float(_value(fair, prices + move * unit)[1][:, k].sum()) - 1.0

    sign = 1.0 if excess(0.0) < 0.0 else -1.0
    reach = CLASS_WEIGHT
    while sign * excess(sign * reach) < 0.0 and reach < 1e9:
        reach *= 4.0
    near, far = 0.0, sign * reach
    for _ in range(HALVINGS):
        middle = 0.5 * (near + far)
        near, far = (middle, far) if sign * excess(middle) < 0.0 else (near, middle)
    return far * unit
