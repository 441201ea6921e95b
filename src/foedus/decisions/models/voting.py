"""The null models: where a decision would fall if nobody could object.

The influence × salience weighted mean is the compromise model (Van den Bos 1991; Achen 2006), which no open
model beats on points for decisions of the European Union. The probabilistic Condorcet election follows the
idea of Lalman and of the KTAB papers (Wise, Lester and Efird 2015): each pair of positions is put to a vote.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from foedus.engine.arrays import Array

__all__ = [
    "condorcet_probabilities",
    "probabilistic_condorcet",
    "weighted_mean",
    "weighted_median",
    "weighted_spread",
]

TIE = 1e-12
"""Relative distance from one half at which a cumulated weight counts as exactly half."""

CHUNK = 250
"""Draws for which all pairs of members are held at a time."""


def weighted_mean(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the weighted mean position, the compromise model when the weight is influence × salience.

    Parameters
    ----------
    position : array_like, (draw, member)
        Positions on the scale.
    weight : array_like, (draw, member)
        Weights, not negative; zero for an absent member.

    Returns
    -------
    ndarray, (draw,)
        ``sum(w * x) / sum(w)``; NaN where all weights are zero.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    total = w.sum(-1)
    with np.errstate(invalid="ignore"):
        mean: Array = (w * np.where(w > 0, x, 0.0)).sum(-1) / total
    return mean


def weighted_spread(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the weighted standard deviation of the positions.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        As for :func:`weighted_mean`.

    Returns
    -------
    ndarray, (draw,)
        Points of the scale.
    """
    x = np.asarray(position, float)
    mean = weighted_mean(x, weight)
    square = weighted_mean((x - mean[..., None]) ** 2, weight)
    spread: Array = np.sqrt(square)
    return spread


def weighted_median(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the weighted median position, halfway between two where the weights divide exactly in half.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        As for :func:`weighted_mean`.

    Returns
    -------
    ndarray, (draw,)
        The median.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    key = np.where(w > 0, x, np.inf)
    order = np.argsort(key, axis=-1, kind="stable")
    sorted_x = np.take_along_axis(key, order, -1)
    cumulated = np.cumsum(np.take_along_axis(w, order, -1), -1)
    half = cumulated[..., -1:] / 2.0
    last = (w > 0).sum(-1) - 1
    low = np.minimum((cumulated < half * (1.0 - TIE)).sum(-1), last)
    high = np.minimum((cumulated <= half * (1.0 + TIE)).sum(-1), last)
    pick = np.stack([low, high], -1)
    median: Array = np.take_along_axis(sorted_x, pick, -1).mean(-1)
    return median


def condorcet_probabilities(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return each member's share of the chance that its position wins a probabilistic Condorcet election.

    Every member k votes between the positions i and j with its weight times how much nearer its own lies to
    i, so that ``p(i beats j) = s_ij / (s_ij + s_ji)`` with ``s_ij = sum_k w_k max(0, |x_k - x_j| - |x_k -
    x_i|)``. A position wins with a chance in proportion to the product of its chances against every other
    position, and members of one position share it.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        As for :func:`weighted_mean`.

    Returns
    -------
    ndarray, (draw, member)
        Probabilities that add up to one.
    """
    x, w = np.broadcast_arrays(np.asarray(position, float), np.asarray(weight, float))
    parts = [_condorcet(x[i : i + CHUNK], w[i : i + CHUNK]) for i in range(0, len(x), CHUNK)]
    return np.concatenate(parts)


def _condorcet(x: Array, w: Array) -> Array:
    """Return the probabilities for a few draws."""
    present = w > 0
    support = np.zeros((*x.shape, x.shape[-1]))
    for k in np.flatnonzero(present.any(0)):
        distance = np.abs(x - x[:, k : k + 1])
        support += w[:, k, None, None] * np.maximum(distance[:, None, :] - distance[:, :, None], 0.0)
    both = support + support.swapaxes(-1, -2)
    beats = np.divide(support, both, out=np.ones_like(support), where=both > 0)
    alike = ((x[:, :, None] == x[:, None, :]) & present[:, None, :]).sum(-1)
    once = np.divide(1.0, alike, out=np.zeros(x.shape), where=present & (alike > 0))
    with np.errstate(divide="ignore"):
        logs = np.maximum(np.log(beats), -1e3) @ once[:, :, None]
    chance = np.where(present, logs[:, :, 0], -np.inf)
    chance = np.exp(chance - chance.max(-1, keepdims=True)) * once
    result: Array = chance / chance.sum(-1, keepdims=True)
    return result


def probabilistic_condorcet(position: ArrayLike, weight: ArrayLike) -> Array:
    """Return the expected outcome of a probabilistic Condorcet election.

    Parameters
    ----------
    position, weight : array_like, (draw, member)
        As for :func:`weighted_mean`.

    Returns
    -------
    ndarray, (draw,)
        The mean of the positions, each with its probability of winning.
    """
    x = np.asarray(position, float)
    return np.asarray((condorcet_probabilities(x, weight) * x).sum(-1))
