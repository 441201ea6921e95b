"""Indices of voting power, Banzhaf and Shapley–Shubik, by counting coalitions of each weight.

Under unanimity both are the same for every member, whatever it wants: what tells members apart is how the
chance of a decision changes when one member's objection is taken away (the blocking value of `foedus
decide`).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from foedus.errors import InputError

__all__ = ["banzhaf", "shapley_shubik"]


def _check(weights: Sequence[int], quota: int) -> None:
    """Check a voting game against what can be counted."""
    if not weights or any(w < 0 for w in weights) or not 0 < quota <= sum(weights):
        raise InputError(
            f"a quota of {quota} with the weights {list(weights)} is no voting game",
            do="give whole weights that are not negative and a quota from 1 to their sum",
        )


def _by_size(weights: Sequence[int]) -> list[list[int]]:
    """Count the coalitions of each size and weight: entry [size][weight]."""
    counts = [[0] * (sum(weights) + 1) for _ in range(len(weights) + 1)]
    counts[0][0] = 1
    for done, weight in enumerate(weights):
        for size in range(done, -1, -1):
            for total, count in enumerate(counts[size]):
                if count:
                    counts[size + 1][total + weight] += count
    return counts


def _swings(weights: Sequence[int], quota: int, member: int) -> list[int]:
    """Count, by size, the coalitions of others that lose without a member and win with it."""
    others = [w for i, w in enumerate(weights) if i != member]
    first, last = max(quota - weights[member], 0), min(quota, sum(others) + 1)
    return [sum(row[first:last]) for row in _by_size(others)]


def banzhaf(weights: Sequence[int], quota: int) -> list[float]:
    """Return the normalised Banzhaf index.

    Parameters
    ----------
    weights : sequence of int
        Votes of each member.
    quota : int
        Votes needed.

    Returns
    -------
    list of float
        Each member's share of all swings.

    Raises
    ------
    InputError
        When the weights and the quota make no game.
    """
    _check(weights, quota)
    swings = [sum(_swings(weights, quota, i)) for i in range(len(weights))]
    return [s / sum(swings) for s in swings]


def shapley_shubik(weights: Sequence[int], quota: int) -> list[float]:
    """Return the Shapley–Shubik index.

    Parameters
    ----------
    weights : sequence of int
        Votes of each member.
    quota : int
        Votes needed.

    Returns
    -------
    list of float
        Each member's chance to be the one whose vote, in a random order, makes the decision.

    Raises
    ------
    InputError
        When the weights and the quota make no game.
    """
    _check(weights, quota)
    n = len(weights)
    chances = []
    for i in range(n):
        by_size = _swings(weights, quota, i)
        chances.append(sum(count / (n * comb(n - 1, size)) for size, count in enumerate(by_size)))
    return chances
