"""The null models: where a decision would fall if nobody could object.

The influence × salience weighted mean is the compromise model (Van den Bos 1991; Achen 2006), which no open
model beats on points for decisions of the European Union. The probabilistic Condorcet election follows the
idea of Lalman and of the KTAB papers (Wise, Lester and Efird 2015): each pair of positions is put to a vote.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

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

PAIRS_AT_ONCE = 50_000
"""Pairs of members that are held at a time, over draws; so many stay in the cache."""


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
    size = max(1, PAIRS_AT_ONCE // x.shape[-1] ** 2)
    parts = [_condorcet(x[i : i + size], w[i : i + size]) for i in range(0, len(x), size)]
    return np.concatenate(parts)


def _support(x: Array, w: Array) -> Array:
    """Return how much members in the order of their positions support each position against each other one.

    With W(m) and M(m) the cumulated weight and weight × position up to the middle m of two positions,
    ``s_ij = 2 m W(m) - 2 M(m) + 2 (M_i - x_i W_i) + max(0, x_i - x_j) W`` where M_i and W_i are cumulated up
    to i: so that a pair takes a search for its middle and no sum over members.
    """
    weight = np.concatenate([np.zeros((len(x), 1)), np.cumsum(w, -1)], -1)
    moment = np.concatenate([np.zeros((len(x), 1)), np.cumsum(w * x, -1)], -1)
    # In place where it can be: at 200 members new arrays would take longer than the sums.
    support = np.empty((*x.shape, x.shape[-1]))
    for pairs, row, below, pull in zip(support, x, weight, moment, strict=True):
        both = row[:, None] + row
        up_to = np.searchsorted(row, both / 2.0, "right")
        np.take(below, up_to, out=pairs, mode="clip")
        pairs *= both
        np.take(pull, up_to, out=both, mode="clip")
        both *= 2.0
        pairs -= both
    support += 2.0 * (moment[:, :-1] - x * weight[:, :-1])[:, :, None]
    apart = x[:, :, None] - x[:, None, :]
    alike = apart == 0.0
    np.maximum(apart, 0.0, out=apart)
    apart *= weight[:, -1:, None]
    support += apart
    np.maximum(support, 0.0, out=support)
    support[alike] = 0.0  # between two members of one position nothing is left but rounding
    return support


def _condorcet(x: Array, w: Array) -> Array:
    """Return the probabilities for a few draws."""
    order = np.argsort(x, axis=-1, kind="stable")
    sorted_x, sorted_w = np.take_along_axis(x, order, -1), np.take_along_axis(w, order, -1)
    present = sorted_w > 0
    support = _support(sorted_x, sorted_w)
    both = support + support.swapaxes(-1, -2)
    beats = np.divide(support, both, out=np.ones_like(support), where=both > 0)
    once = _shares_of_a_position(sorted_x, present)
    with np.errstate(divide="ignore"):
        np.log(beats, out=beats)
    np.maximum(beats, -1e3, out=beats)
    logs = beats @ once[:, :, None]
    chance = np.where(present, logs[:, :, 0], -np.inf)
    chance = np.exp(chance - chance.max(-1, keepdims=True)) * once
    result: Array = np.empty(chance.shape)
    np.put_along_axis(result, order, chance / chance.sum(-1, keepdims=True), -1)
    return result


def _shares_of_a_position(x: Array, present: NDArray[np.bool_]) -> Array:
    """Return one over the number of members present at each one's position; zero for the absent."""
    new = np.ones(x.shape, dtype=np.intp)
    new[:, 1:] = x[:, 1:] != x[:, :-1]
    group = np.cumsum(new.ravel()) - 1
    alike = np.bincount(group, present.ravel())[group].reshape(x.shape)
    return np.asarray(np.divide(1.0, alike, out=np.zeros(x.shape), where=present & (alike > 0)), float)


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
