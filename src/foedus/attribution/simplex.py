"""Weights of donors that are nowhere negative and add up to one, fitted by least squares: many at once.

A. Abadie, A. Diamond and J. Hainmueller, "Synthetic control methods for comparative case studies", Journal of
the American Statistical Association 105, 2010. With more donors than years many weights fit without error; a
small penalty on their squares picks the most even of them, so that the answer does not hang on the solver.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import NoSolutionError

__all__ = ["PENALTY", "simplex_weights"]

PENALTY = 1e-3
"""Weight of the sum of squared weights beside the sum of squared errors in log points over a hundred."""

STEPS, TOLERANCE = 200, 1e-9


def simplex_weights(target: Array, donors: Array, *, penalty: float | Array = PENALTY) -> Array:
    """Return the weights by which donors follow a target, for many targets at once.

    The dual has as many unknowns as there are years and one: with residuals ``r`` and a level ``m``, the
    weights are ``max(0, X'r + m) / penalty``. It is convex and piecewise quadratic, and is solved by Newton's
    method with halved steps.

    Parameters
    ----------
    target : ndarray, (problem, year)
        What is followed.
    donors : ndarray, (problem, year, donor)
        What follows.
    penalty : float or ndarray, (problem, donor)
        See :data:`PENALTY`; one for each donor picks other weights among those that fit as well.

    Returns
    -------
    ndarray, (problem, donor)
        Weights from nought, adding up to one.

    Raises
    ------
    NoSolutionError
        When Newton's method does not settle.
    """
    problems, years, count = donors.shape
    # Subtracting the donors' mean from both changes no weight, since they add up to one.
    centre = donors.mean(axis=2)
    columns = np.concatenate([donors - centre[:, :, None], np.ones((problems, 1, count))], axis=1)
    wanted = np.concatenate([target - centre, np.ones((problems, 1))], axis=1)
    unknown = np.zeros((problems, years + 1))
    each = np.broadcast_to(np.asarray(penalty, dtype=float), (problems, count))
    unknown[:, -1] = 1.0 / (1.0 / each).sum(axis=1)
    identity = np.zeros((years + 1, years + 1))
    identity[:years, :years] = np.eye(years)
    value, slope, weights = _dual(unknown, columns, wanted, each)
    for _ in range(STEPS):
        if np.abs(slope).max() < TOLERANCE:
            whole: Array = weights / weights.sum(axis=1, keepdims=True)
            return whole
        active = columns * ((weights > 0.0) / each)[:, None, :]
        curve = identity + active @ columns.transpose(0, 2, 1)
        curve += 1e-12 * np.trace(curve, axis1=1, axis2=2)[:, None, None] * np.eye(years + 1)
        step = -np.linalg.solve(curve, slope[:, :, None])[:, :, 0]
        unknown, value, slope, weights = _halved(unknown, step, (value, slope), (columns, wanted, each))
    raise NoSolutionError("the weights of donors did not settle", where="attribution", do="report it")


Dual = tuple[Array, Array, Array]


def _dual(unknown: Array, columns: Array, wanted: Array, penalty: Array) -> Dual:
    """Return the dual's value, its slope, and the weights, by problem."""
    weights = np.maximum(np.einsum("pyd,py->pd", columns, unknown), 0.0) / penalty
    residual = unknown.copy()
    residual[:, -1] = 0.0
    value = 0.5 * (residual**2).sum(axis=1) - (unknown * wanted).sum(axis=1)
    value += 0.5 * (penalty * weights**2).sum(axis=1)
    slope = residual - wanted + np.einsum("pyd,pd->py", columns, weights)
    return value, slope, weights


def _halved(
    unknown: Array, step: Array, present: tuple[Array, Array], problem: tuple[Array, Array, Array]
) -> tuple[Array, Array, Array, Array]:
    """Take each problem's step, halved until the dual falls."""
    value, slope = present
    descent = (step * slope).sum(axis=1)
    size = np.ones(len(unknown))
    for _ in range(40):
        moved = unknown + size[:, None] * step
        after, new_slope, weights = _dual(moved, *problem)
        short = after > value + 1e-4 * size * descent + 1e-14 * (1.0 + np.abs(value))
        if not short.any():
            break
        size = np.where(short, 0.5 * size, size)
    return moved, after, new_slope, weights
