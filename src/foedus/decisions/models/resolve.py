"""How a holdout is won over: one latent resolve per member, shared by all that a broker tries on it.

**Claim.** Each member has one resolve in a draw. An instrument wins it over where the resolve lies below the
instrument's probability, which falls with what is at stake for the member, with the influence of all that
lose by the draft, and with the member's record of holding out. So several instruments do not count as
independent tries: of the failures that the best of them leaves, the others save no more than a stated share.

**Sources.** Probabilities at the reference holdout are counted on documented episodes; the slope of influence
is read off decisions of the European Union by unanimity, where none stayed at the reversion when those that
lost held less than a quarter of influence, and four of six did when they held half. The slopes of stake and
record, and the share of further instruments, are judged: ``parameters/decisions.yaml``.

**Leaves out.** What a concession costs, and that a member which is paid may ask again.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models.question import SilenceParameters, Stances, instrument_probability
from foedus.engine.arrays import Array
from foedus.engine.elementary import exp, log

__all__ = ["Offer", "camp_share", "log_odds", "offer", "persuaded", "reluctance", "win_probability"]

NO_OFFER = -np.inf
"""The log odds of winning a holdout over with nothing."""


@dataclass(frozen=True)
class Offer:
    """What a set of instruments can do for one holdout at the reference.

    Attributes
    ----------
    log_odds : float
        Of the best instrument; minus infinity for none.
    further : float
        The share of the failures of the best that the others save.
    """

    log_odds: float
    further: float


def log_odds(probability: float) -> float:
    """Return the logarithm of the odds of a probability; infinite at zero and at one."""
    if not 0.0 < probability < 1.0:
        return -np.inf if probability <= 0.0 else np.inf
    return float(log(np.asarray(probability)) - log(np.asarray(1.0 - probability)))


@cache
def offer(probabilities: tuple[float, ...], share: float) -> Offer:
    """Return what several instruments do together.

    Parameters
    ----------
    probabilities : tuple of float
        Of each instrument by itself, at the reference.
    share : float
        The most that further instruments save of the failures of the best.

    Returns
    -------
    Offer
        The best, and ``share * (1 - prod(1 - p))`` over the others.
    """
    if not probabilities:
        return Offer(NO_OFFER, 0.0)
    *others, best = sorted(probabilities)
    return Offer(log_odds(best), share * (1.0 - float(np.prod([1.0 - p for p in others]))))


def camp_share(stances: Stances, worse: Array) -> Array:
    """Return the share of influence of the members that lose by a draft.

    Parameters
    ----------
    stances : Stances
        Where members stand.
    worse : ndarray, (draw, member)
        How far the draft leaves what each accepts.

    Returns
    -------
    ndarray, (draw, 1)
        A fraction.

    Notes
    -----
    It counts for every one of them: who holds out in company has cover. More salience of one that cares
    already does not move it, and one more member that loses raises it.
    """
    weight = np.where(stances.salience > 0, stances.influence, 0.0)
    total = stances.influence.sum(-1, keepdims=True)
    camp = np.where(worse > 1e-9, weight, 0.0).sum(-1, keepdims=True)
    shape = np.broadcast(camp, total).shape
    return np.asarray(np.divide(camp, total, out=np.zeros(shape), where=total > 0))


def reluctance(stances: Stances, draft: float, reversion: float, terms: SilenceParameters) -> Array:
    """Return by how much each member's log odds of being won over lie below the reference.

    Parameters
    ----------
    stances : Stances
        Where members stand.
    draft, reversion : float
        What is tabled, and what holds without a decision.
    terms : SilenceParameters
        The slopes, and the holdout at which probabilities are counted.

    Returns
    -------
    ndarray, (draw, member)
        Rises with salience × loss, with the influence of those that lose, and with the record.
    """
    worse = stances.worse(draft, reversion)
    stake = stances.salience * np.maximum(worse, 0.0) / 100.0
    below = terms.holdout_stake_slope * (stake - terms.holdout_stake_reference)
    camp = camp_share(stances, worse) - terms.holdout_influence_reference
    below = below + terms.holdout_influence_slope * camp
    if stances.holding_out is not None:
        below = below + terms.holdout_record_slope * (stances.holding_out - 0.5)
    return np.asarray(below)


def win_probability(odds: Array | float, further: Array | float, below: Array) -> Array:
    """Return the probability that a holdout is won over.

    Parameters
    ----------
    odds, further : float or ndarray
        What is offered: log odds and share, as :class:`Offer` has it.
    below : ndarray
        By how much the member's log odds lie below the reference.

    Returns
    -------
    ndarray
        ``1 - (1 - p) (1 - further)`` with p the best instrument's probability for this member.
    """
    best = 1.0 / (1.0 + exp(-np.clip(np.asarray(odds) - below, -700.0, 700.0)))
    best = np.where(np.isneginf(odds), 0.0, best)
    return np.asarray(1.0 - (1.0 - best) * (1.0 - np.asarray(further)))


def persuaded(
    against: NDArray[np.bool_],
    instruments: tuple[str, ...],
    venue_without: NDArray[np.bool_],
    resolve: Array,
    below: Array,
    terms: SilenceParameters,
) -> NDArray[np.bool_]:
    """Return who is won over among those that object.

    Parameters
    ----------
    against : ndarray of bool, (draw, member)
        Who objects.
    instruments : tuple of str
        What is offered.
    venue_without : ndarray of bool, (member,)
        Whom another venue goes round.
    resolve : ndarray, (draw, member)
        Uniform: the share of holdouts that are won over more easily.
    below : ndarray, (draw, member) or (1, member)
        From :func:`reluctance`.
    terms : SilenceParameters
        Probabilities of the instruments, and how many holdouts each can serve.

    Returns
    -------
    ndarray of bool, (draw, member)
        Fewer objectors never leave one that is won over otherwise: some instruments serve only a few.
    """
    rows, members = np.nonzero(against)
    if not len(rows) or not instruments:
        return np.zeros_like(against)
    objectors = against.sum(-1)[rows]
    odds, further = np.full(len(rows), NO_OFFER), np.zeros(len(rows))
    most = {name: getattr(terms, f"{name}_most_count", np.inf) for name in instruments}
    limits = sorted({*most.values(), np.inf})
    for fewest, limit in zip((0.0, *limits), limits, strict=False):
        for without in (False, True):
            names = tuple(n for n in instruments if most[n] >= limit and (without or n != "change_of_venue"))
            what = offer(
                tuple(instrument_probability(terms, n) for n in names), terms.further_instrument_share
            )
            chosen = (objectors > fewest) & (objectors <= limit) & (venue_without[members] == without)
            odds[chosen], further[chosen] = what.log_odds, what.further
    chance = win_probability(odds, further, np.broadcast_to(below, against.shape)[rows, members])
    result = np.zeros_like(against)
    result[rows, members] = resolve[rows, members] < chance
    return result
