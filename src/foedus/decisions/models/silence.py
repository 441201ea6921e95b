"""The silence procedure as a staged game: a draft is adopted when a deadline passes and nobody objects.

**Claim.** A member that a draft would leave with less than it accepts objects with a chance that rises with
salience × loss and falls, once others have had time to lean on it, with its isolation: the share of
influence of the others that would gain. The broker weakens the text first; whoever still objects is won
over, carved out, waited out or gone round with the instruments open to the question, as far as its one
resolve allows (:mod:`foedus.decisions.models.resolve`). A question also fails with nobody objecting, with a
chance in proportion to how far apart members stand.

**Sources.** The objection's numbers and the share that fails without an objector are estimated, with
shrinkage, on decisions in DEU III; the probabilities of instruments are counted on documented episodes of
the Alliance; ``parameters/decisions.yaml`` says which are judged. Out of fold the objection does not beat the
base rate, which is why answers print that in its place.

**Leaves out.** Strategy (members do not hide positions or trade across questions, but for the links a file
names), learning, the order in which members speak, and the domestic politics behind a ratification.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models.duration import days_taken
from foedus.decisions.models.question import SilenceParameters, Stances, TabledQuestion, keeps
from foedus.decisions.models.resolve import persuaded, reluctance
from foedus.engine.arrays import Array

__all__ = [
    "BLOCKED",
    "Attempt",
    "Game",
    "RandomTerms",
    "ladder",
    "objection_index",
    "objection_limit",
    "play",
    "position_range",
    "stages",
]

BLOCKED = -1
"""The stage of a draw in which the question is never adopted."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class RandomTerms:
    """Random terms, drawn outside the model.

    Attributes
    ----------
    own : ndarray, (draw, member)
        Standard normal: each member's own readiness to object; it is the same at every stage.
    bloc : ndarray, (draw, member)
        Standard normal: the part that a member shares with its bloc, its own where it has none.
    resolve : ndarray, (draw, member)
        Uniform: each member's one resolve, against all instruments and at every stage.
    failure : ndarray, (draw,)
        Uniform: whether the question fails without an objector.
    settled, pace : ndarray, (draw,)
        Uniform and standard normal: how long it takes.
    """

    own: Array
    bloc: Array
    resolve: Array
    failure: Array
    settled: Array
    pace: Array


@dataclass(frozen=True)
class Attempt:
    """One attempt of the broker.

    Attributes
    ----------
    draft : float
        What is tabled.
    isolation : float
        How much of the estimated effect of isolation works by now, 0 to 1.
    instruments : tuple of str
        What is used besides the draft.
    reached : float
        Where the decision stands on the scale if this stage adopts it.
    name : str
        The instrument that is new at this stage, "tabled" or "redraft".
    """

    draft: float
    isolation: float
    instruments: tuple[str, ...]
    reached: float
    name: str


@dataclass(frozen=True)
class Game:
    """What came of it.

    Attributes
    ----------
    stages : tuple of Attempt
        The attempts in order.
    adopted_at : ndarray of int, (draw,)
        The stage that adopts, or :data:`BLOCKED`.
    outcome : ndarray, (draw,)
        Where the decision stands; the reversion where it is blocked.
    objects : ndarray of bool, (draw, member)
        Who breaks silence when the draft is first tabled.
    holds : ndarray of bool, (draw, member)
        Who still objects at the last attempt, where the question is blocked.
    fails : ndarray of bool, (draw,)
        Where the question fails without an objector.
    days : ndarray, (draw,)
        How long the question takes.
    """

    stages: tuple[Attempt, ...]
    adopted_at: NDArray[np.int64]
    outcome: Array
    objects: Mask
    holds: Mask
    fails: Mask
    days: Array

    @property
    def probability_adopted(self) -> float:
        """The share of draws in which some attempt succeeds."""
        return float((self.adopted_at != BLOCKED).mean())


def ladder(question: TabledQuestion, terms: SilenceParameters) -> tuple[float, ...]:
    """Return the drafts that may be tabled, from the proposal to the least that answers the question."""
    if "dilute" not in question.instruments or question.adopted_from == question.proposal:
        return (question.proposal,)
    steps = int(terms.dilution_step_count) + 1
    return tuple(float(d) for d in np.linspace(question.proposal, question.adopted_from, steps))


def stages(question: TabledQuestion, terms: SilenceParameters) -> Iterator[Attempt]:
    """Return the broker's attempts in order.

    Parameters
    ----------
    question : TabledQuestion
        What is asked, and which instruments are allowed.
    terms : SilenceParameters
        How many steps a dilution has, and how much instruments keep.

    Yields
    ------
    Attempt
        The proposal as it is and after consultations, then every weaker draft; only when the weakest has
        failed is consent bought, from full strength down, with what costs others nothing and then with what
        is harder, one more instrument at a time.
    """
    drafts = ladder(question, terms)
    late = terms.silence_isolation_share
    yield Attempt(question.proposal, 0.0, (), question.proposal, "tabled")
    yield Attempt(question.proposal, late, (), question.proposal, "redraft")
    for draft in drafts[1:]:
        yield Attempt(draft, late, (), draft, "dilute")
    gentle = tuple(i for i in ("side_payment", "opt_out") if i in question.instruments)
    for draft in drafts:
        for k in range(1, len(gentle) + 1):
            yield _stage(question, terms, draft, late, gentle[:k])
    hard = [i for i in ("sequence", "change_of_venue", "prerogative", "defer") if i in question.instruments]
    for k in range(1, len(hard) + 1):
        for draft in drafts:
            yield _stage(question, terms, draft, late, (*gentle, *hard[:k]))


def _stage(
    question: TabledQuestion,
    terms: SilenceParameters,
    draft: float,
    isolation: float,
    instruments: tuple[str, ...],
) -> Attempt:
    """Return one attempt; what it reaches falls by what its last instrument gives up."""
    share = keeps(terms, instruments[-1])
    reached = question.reversion + (draft - question.reversion) * share
    return Attempt(draft, isolation, instruments, reached, instruments[-1])


def objection_index(
    stances: Stances, draft: float, reversion: float, isolation: float, terms: SilenceParameters
) -> Array:
    """Return the log odds that each member breaks silence.

    ``base + slope * salience * loss - slope * isolation * (isolation of the member) - slope * pressure +
    slope * linkage``, and minus infinity for a member that does not lose by the draft and ties its consent
    to nothing.

    Parameters
    ----------
    stances : Stances
        Where members stand.
    draft, reversion : float
        What is tabled, and what holds without a decision.
    isolation : float
        How much of the effect of isolation works, 0 to 1.
    terms : SilenceParameters
        The coefficients.

    Returns
    -------
    ndarray, (draw, member)
        Log odds; losses count over the length of the scale, 100.
    """
    worse = stances.worse(draft, reversion)
    gaining = stances.influence * (worse < 0)
    total = stances.influence.sum(-1, keepdims=True) - stances.influence
    others = gaining.sum(-1, keepdims=True) - gaining
    alone = np.divide(others, total, out=np.zeros_like(others), where=total > 0)
    index: Array = (
        terms.objection_base
        + terms.objection_loss_slope * stances.salience * np.maximum(worse, 0.0) / 100.0
        - terms.objection_isolation_slope * isolation * alone
        - terms.objection_pressure_slope * stances.pressure
        + terms.objection_linkage_slope * stances.linkage
    )
    can = ((worse > 1e-9) | (stances.linkage > 0)) & (stances.salience > 0) & (stances.influence > 0)
    return np.where(can, index, -np.inf)


def objection_limit(chance: RandomTerms, correlation: float) -> Array:
    """Return the log odds from which each member objects in each draw.

    Parameters
    ----------
    chance : RandomTerms
        Standard normal terms.
    correlation : float
        Correlation of readiness to object within a bloc, 0 to 1.

    Returns
    -------
    ndarray, (draw, member)
        The logit of the normal distribution function, by the cubic ``1.5976 z + 0.07056 z**3``, which is
        good to 2e-4 in probability.
    """
    z = np.sqrt(correlation) * chance.bloc + np.sqrt(1.0 - correlation) * chance.own
    return np.asarray(z * (1.5976 + 0.07056 * z * z))


def play(
    question: TabledQuestion,
    stances: Stances,
    chance: RandomTerms,
    terms: SilenceParameters,
    *,
    silent: NDArray[np.bool_] | None = None,
) -> Game:
    """Play the game in every draw.

    Parameters
    ----------
    question : TabledQuestion
        What is asked.
    stances : Stances
        Where members stand, (draw, member) or (1, member).
    chance : RandomTerms
        Random terms.
    terms : SilenceParameters
        The numbers.
    silent : ndarray of bool, (member,), optional
        Members that never object, to see what their objections are worth.

    Returns
    -------
    Game
        Which attempt succeeds in each draw, and who objects.
    """
    limit = objection_limit(chance, terms.bloc_correlation)
    if silent is not None:
        stances = replace(stances, salience=np.where(silent, 0.0, stances.salience))
    draws = len(limit)
    adopted_at = np.full(draws, BLOCKED)
    outcome = np.full(draws, question.reversion)
    objects = objection_index(stances, question.proposal, question.reversion, 0.0, terms) > limit
    holds = np.zeros_like(objects)
    fails = chance.failure < terms.failure_share * position_range(stances)
    days = days_taken(chance.settled, chance.pace, question.deadline_days, terms)
    open_rows = np.flatnonzero(~fails & (days <= question.days))
    plan = tuple(stages(question, terms))
    before: dict[tuple[float, float], tuple[Array, Array]] = {}
    holding = objects[open_rows]
    for number, stage in enumerate(plan):
        key = (stage.draft, stage.isolation)
        if key not in before:
            index = objection_index(stances, stage.draft, question.reversion, stage.isolation, terms)
            before[key] = index, reluctance(stances, stage.draft, question.reversion, terms)
        index, below = (a if len(a) == 1 else a[open_rows] for a in before[key])
        against = index > limit[open_rows]
        if stage.instruments:
            absent = question.venue_without.astype(bool)
            resolve = chance.resolve[open_rows]
            against &= ~persuaded(against, stage.instruments, absent, resolve, below, terms)
        blocked = against.any(-1) if question.veto else against @ question.weight >= question.blocking_weight
        passed = open_rows[~blocked]
        adopted_at[passed], outcome[passed] = number, stage.reached
        open_rows, holding = open_rows[blocked], against[blocked]
        if not len(open_rows):
            break
    holds[open_rows] = holding
    return Game(plan, adopted_at, outcome, objects, holds, fails, days)


def position_range(stances: Stances) -> Array:
    """Return how far apart members with influence stand.

    Parameters
    ----------
    stances : Stances
        Where members stand.

    Returns
    -------
    ndarray, (draw,)
        A fraction of the scale.
    """
    position, influence = np.broadcast_arrays(stances.position, stances.influence)
    high = np.where(influence > 0, position, -np.inf).max(-1)
    low = np.where(influence > 0, position, np.inf).min(-1)
    return np.asarray((high - low) / 100.0)
