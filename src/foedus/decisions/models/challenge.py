"""Bueno de Mesquita's challenge model, as Scholz, Calbert and Smith published it: a peer, not our forecast.

In each round every member weighs challenging every other with an exponent for its own readiness to take
risks, receives the others' offers, takes one, and all move at once. Positions run along one dimension.

**Sources.** Bueno de Mesquita (1994, 1997); Scholz, Calbert and Smith, *Unravelling Bueno de Mesquita's group
decision model* (2011), whose table of rounds for the emission standards of 1994 this reproduces.

**Leaves out.** What the published accounts leave open or state otherwise is an option of :class:`Variant`;
the page on decisions in the documentation names the differences. The forecasts jump from round to round and
no rule says when to stop, which is why they stand beside ours as a peer only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["Rounds", "Variant", "challenge_rounds"]


@dataclass(frozen=True)
class Variant:
    """What the published accounts of the model leave open.

    Attributes
    ----------
    votes : {"all_pairs", "pair"}
        Whether the chance that one position beats another is its support over the support in every pair
        together, as in the replication of 2011, or over the support in that pair alone, as the text of 1994
        has it.
    compromise : {"weighted_lowest", "least_move"}
        Which of several compromises a member takes: the one whose weighted middle is lowest, as in that
        replication, or the one that moves it least, as the text has it.
    capitulates : bool
        Whether a member gives in fully when the other gains less than it stands to lose; the replication
        never comes to it.
    """

    votes: Literal["all_pairs", "pair"] = "all_pairs"
    compromise: Literal["weighted_lowest", "least_move"] = "weighted_lowest"
    capitulates: bool = False


@dataclass(frozen=True)
class Rounds:
    """The rounds of the model, the start first.

    Attributes
    ----------
    positions : ndarray, (round, member)
        Where every member stands.
    median : ndarray, (round,)
        The position that beats all others in pairwise votes.
    mean : ndarray, (round,)
        The mean position by capability × salience.
    """

    positions: Array
    median: Array
    mean: Array


def challenge_rounds(
    capability: ArrayLike,
    position: ArrayLike,
    salience: ArrayLike,
    rounds: int,
    variant: Variant | None = None,
) -> Rounds:
    """Play the challenge model.

    Parameters
    ----------
    capability, position, salience : array_like, (member,)
        Capability in any unit, positions on any scale, salience 0 to 1.
    rounds : int
        How many rounds.
    variant : Variant, optional
        Which reading of the published model; without it, the one of 2011.

    Returns
    -------
    Rounds
        Positions, median and mean after each round.

    Raises
    ------
    InputError
        When there are fewer than two different positions, or no capability × salience.
    """
    c, x, s = (np.asarray(v, float) for v in (capability, position, salience))
    width = float(np.ptp(x)) if x.size else 0.0
    if width <= 0.0 or not (c * s).sum() > 0.0:
        raise InputError(
            "the challenge model needs two different positions and some capability × salience",
            do="leave it out where all agree",
        )
    choice = variant or Variant()
    held = [x]
    for _ in range(rounds):
        x = _round(x, c * s, s, width, choice)
        held.append(x)
    positions = np.stack(held)
    return Rounds(
        positions,
        np.array([_condorcet_winner(row, c * s) for row in positions]),
        positions @ (c * s) / (c * s).sum(),
    )


def _condorcet_winner(x: Array, weight: Array) -> float:
    """Return the position that wins most weighted pairwise votes; the first of those that tie."""
    options = np.unique(x)
    distance = np.abs(x[:, None] - options[None, :])
    votes = np.einsum("k,kij->ij", weight, distance[:, None, :] - distance[:, :, None])
    wins = (votes > 1e-12).sum(1) - (votes < -1e-12).sum(1)
    return float(options[int(wins.argmax())])


def _distance(x: Array, width: float) -> Array:
    """Return the distance of every two members over the width of the start, at most one."""
    return np.minimum(np.abs(x[:, None] - x[None, :]) / width, 1.0)


def _chances(x: Array, weight: Array, exponent: Array, width: float, votes: str) -> Array:
    """Return the chance that the position of i beats that of j, entry [i, j]."""
    distance = (np.abs(x[:, None] - x[None, :]) / width) ** exponent[:, None]
    preference = weight[:, None, None] * (distance[:, None, :] - distance[:, :, None])
    support = np.maximum(preference, 0.0).sum(0)
    if votes == "all_pairs":
        total = float(np.abs(preference).sum())
        return support / total if total > 0 else np.zeros_like(support)
    both = support + support.T
    return np.asarray(np.divide(support, both, out=np.zeros_like(support), where=both > 0))


def _expected(distance: Array, chance: Array, resist: Array, exponent: Array) -> Array:
    """Return the expected utility of a challenge over leaving things as they are.

    ``s (P u_success + (1 - P) u_failure) + (1 - s) u_success - u_status_quo`` with
    ``u = 2 - 4 (1/2 -+ d/2)**r`` and s the salience of the challenged member.
    """
    success = 2.0 - 4.0 * (0.5 - 0.5 * distance) ** exponent
    failure = 2.0 - 4.0 * (0.5 + 0.5 * distance) ** exponent
    stay = 2.0 - 4.0 * 0.5**exponent
    won = resist * (chance * success + (1.0 - chance) * failure) + (1.0 - resist) * success
    return np.asarray(won - stay)


def _round(x: Array, weight: Array, salience: Array, width: float, variant: Variant) -> Array:
    """Return every member's position after a round."""
    exponent = _exponents(x, weight, salience, width, variant.votes)
    distance = _distance(x, width)
    chance = _chances(x, weight, exponent, width, variant.votes)
    # Both as member i sees them, with its own exponent: challenging j, and being challenged by j.
    own = _expected(distance, chance, salience[None, :], exponent[:, None])
    other = _expected(distance, chance.T, salience[:, None], exponent[:, None])
    differ = x[:, None] != x[None, :]
    confronts = differ & (other > own) & (own > 0)
    bargains = differ & (other > 0) & (own < 0)
    compromises = bargains & (other > -own)
    yields = bargains & (other < -own) if variant.capitulates else np.zeros_like(bargains)
    pull = x[None, :] - x[:, None]
    concession = pull * np.abs(np.divide(own, other, out=np.zeros_like(own), where=other != 0))
    key = np.abs(concession)
    if variant.compromise == "weighted_lowest":
        a, b = np.abs(own), np.abs(other)
        key = np.divide(a * x[:, None] + b * x[None, :], a + b, out=np.zeros_like(a), where=a + b > 0)
    new = x.copy()
    for offered, move, rank in (
        (yields, pull, np.abs(pull)),
        (compromises, concession, key),
        (confronts, pull, np.abs(pull)),
    ):  # the last that applies stands: confrontation goes before compromise, and that before giving in
        new = _take(new, x, offered, move, rank)
    return new


def _take(new: Array, x: Array, offered: NDArray[np.bool_], move: Array, rank: Array) -> Array:
    """Let every member with an offer of one kind take the lowest ranked."""
    best = np.where(offered, rank, np.inf).argmin(1)
    return np.where(offered.any(1), x + move[np.arange(len(x)), best], new)


def _exponents(x: Array, weight: Array, salience: Array, width: float, votes: str) -> Array:
    """Return every member's exponent of risk, 1/2 to 2, from how much others would gain by challenging it."""
    one = np.ones_like(x)
    chance = _chances(x, weight, one, width, votes)
    distance = _distance(x, width)
    against = _expected(distance, chance, salience[None, :], one[:, None])
    np.fill_diagonal(against, 0.0)
    danger = against.sum(0)
    low, high = danger.min(), danger.max()
    if high <= low:
        return one
    risk = (2.0 * danger - high - low) / (high - low)
    return np.asarray((1.0 - risk / 3.0) / (1.0 + risk / 3.0))
