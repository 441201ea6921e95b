"""Where a decision falls, as a distribution: fitted to recorded decisions, not derived from a theory.

**Claim.** With some chance the outcome is one member's position, drawn by influence × salience; with some
chance nothing about it is known; else it lies around the influence × salience mean, the more widely the
more the positions differ, and never outside the scale; the log odds of that mixture are then stretched until
its intervals hold what they say. The numbers differ between decisions by unanimity or consensus and decisions
by majority.

**Sources.** Form and numbers are fitted to the development part of DEU III (Arregui and Perarnaud 2022), by
the continuous ranked probability score and the shares that 50, 80 and 90 % intervals hold;
``parameters/outcomes.yaml`` says how. The score and its out-of-fold comparison are printed by
``benchmarks/decisions.py``.

**Leaves out.** The reversion, the proposer and bargains across questions: none of them improved the score
out of fold.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from foedus.decisions.models.voting import weighted_mean, weighted_spread
from foedus.engine.arrays import Array, normal_cdf

__all__ = ["GRID", "OutcomeParameters", "Outcomes", "cdf", "crps", "outcomes_for", "quantiles", "sharpened"]

GRID = np.linspace(0.0, 100.0, 401)
"""Where distributions are held: every quarter of a point of the scale."""

NARROWEST = 0.01
"""The least width of the part around the mean, so that a question on which all agree stays a number."""


@dataclass(frozen=True)
class OutcomeParameters:
    """Numbers of ``parameters/outcomes.yaml``."""

    position_share_consensus: float
    position_share_majority: float
    unknown_share_consensus: float
    unknown_share_majority: float
    width_consensus: float
    width_majority: float
    sharpness_consensus: float
    sharpness_majority: float


@dataclass(frozen=True)
class Outcomes:
    """The shares and the width for one kind of rule.

    Attributes
    ----------
    position_share : float
        Chance that the outcome is one member's position.
    unknown_share : float
        Chance that it is anywhere on the scale.
    width : float
        Standard deviation around the mean over the weighted standard deviation of the positions.
    sharpness : float, default 1
        Factor on the log odds of the distribution function: above one, intervals are narrower.
    """

    position_share: float
    unknown_share: float
    width: float
    sharpness: float = 1.0


def outcomes_for(rule: str, parameters: OutcomeParameters) -> Outcomes:
    """Return the numbers for a rule: consensus and unanimity together, and all majorities together.

    Parameters
    ----------
    rule : str
        The rule's name.
    parameters : OutcomeParameters
        All numbers.

    Returns
    -------
    Outcomes
        Those of the rule.
    """
    kind = "consensus" if rule in {"consensus", "unanimity"} else "majority"
    return Outcomes(
        getattr(parameters, f"position_share_{kind}"),
        getattr(parameters, f"unknown_share_{kind}"),
        getattr(parameters, f"width_{kind}"),
        getattr(parameters, f"sharpness_{kind}"),
    )


def cdf(position: ArrayLike, weight: ArrayLike, numbers: Outcomes) -> Array:
    """Return the distribution function of the outcome at every point of :data:`GRID`.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        Positions, 0 to 100, and influence × salience.
    numbers : Outcomes
        Shares and width.

    Returns
    -------
    ndarray, (draw, point)
        Chances that the outcome lies at or below each point; one at 100.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    share = w / w.sum(-1, keepdims=True)
    at = np.minimum(np.searchsorted(GRID, x - 1e-9), len(GRID) - 1)
    steps = np.zeros((len(x), len(GRID)))
    np.add.at(steps, (np.arange(len(x))[:, None], at), share)
    mean, sd = weighted_mean(x, w), numbers.width * weighted_spread(x, w) + NARROWEST
    around = normal_cdf((GRID - mean[:, None]) / sd[:, None])
    around[:, -1] = 1.0
    rest = 1.0 - numbers.position_share - numbers.unknown_share
    mixture = numbers.position_share * np.cumsum(steps, -1) + numbers.unknown_share * GRID / 100.0
    return sharpened(mixture + rest * around, numbers.sharpness)


def sharpened(distribution: Array, sharpness: float) -> Array:
    """Return a distribution function with its log odds multiplied, by which intervals are recalibrated.

    Parameters
    ----------
    distribution : ndarray
        Values of the function, 0 to 1.
    sharpness : float
        The factor; above one, intervals are narrower.

    Returns
    -------
    ndarray
        ``F**s / (F**s + (1 - F)**s)``.
    """
    whole = np.clip(distribution, 0.0, 1.0)
    if sharpness == 1.0:
        return whole
    below, above = whole**sharpness, (1.0 - whole) ** sharpness
    return np.asarray(below / (below + above))


def crps(distribution: Array, outcome: ArrayLike) -> Array:
    """Return the continuous ranked probability score of distributions on :data:`GRID`.

    Parameters
    ----------
    distribution : ndarray, (draw, point)
        Distribution functions.
    outcome : array_like, (draw,)
        What happened.

    Returns
    -------
    ndarray, (draw,)
        ``integral of (F(x) - [x >= outcome])**2 dx``, in points of the scale.
    """
    happened = np.asarray(outcome, float)[:, None] - 1e-9 <= GRID
    step = GRID[1] - GRID[0]
    # F stays at its value from one point of the grid to the next, so the last point has no width.
    return np.asarray((((distribution - happened) ** 2)[:, :-1]).sum(-1) * step)


def quantiles(distribution: Array, levels: ArrayLike) -> Array:
    """Return quantiles of the mixture of several distributions on :data:`GRID`, each with the same chance.

    Parameters
    ----------
    distribution : ndarray, (draw, point)
        Distribution functions.
    levels : array_like, (level,)
        Chances between 0 and 1.

    Returns
    -------
    ndarray, (level,)
        The first point of the grid at which the chance is reached.
    """
    mixed = distribution.mean(0)
    at = np.minimum(np.searchsorted(mixed, np.asarray(levels, float) - 1e-9), len(GRID) - 1)
    return np.asarray(GRID[at])
