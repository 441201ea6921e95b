"""The silence procedure as a staged game: a draft is adopted when a deadline passes and nobody objects.

**Claim.** A member that a draft would leave worse off than no decision objects with a chance that rises with
salience × loss and falls, once others have had time to lean on it, with its isolation: the share of
influence of the others that would gain. Whoever objects is won over, carved out, waited out or gone round
with the instruments the question allows, each with its probability; the broker tries first what keeps most
of the proposal.

**Sources.** The objection's base and slope of isolation are estimated on decisions by unanimity in DEU III,
the probabilities of instruments counted on documented episodes of the Alliance;
``parameters/decisions.yaml`` says which are judged. The form, objections that are chances instead of strict
vetoes, is set by what was observed: states that stood alone at the reversion never kept it.

**Leaves out.** Strategy (members do not hide positions or trade across questions, but for the links a file
names), learning, the order in which members speak, and the domestic politics behind a ratification.
Probabilities of instruments do not differ between members.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models.question import (
    BY_MEMBER,
    SilenceParameters,
    Stances,
    TabledQuestion,
    instrument_probability,
    keeps,
)
from foedus.decisions.models.unanimity import loss
from foedus.engine.arrays import Array

__all__ = [
    "BLOCKED",
    "Game",
    "RandomTerms",
    "Stage",
    "ladder",
    "objection_index",
    "objection_limit",
    "play",
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
    instrument : dict of str to ndarray
        Uniform: (draw, member) for the instruments in :data:`BY_MEMBER`, (draw,) for the others.
    """

    own: Array
    bloc: Array
    instrument: dict[str, Array]


@dataclass(frozen=True)
class Stage:
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
    stages : tuple of Stage
        The attempts in order.
    adopted_at : ndarray of int, (draw,)
        The stage that adopts, or :data:`BLOCKED`.
    outcome : ndarray, (draw,)
        Where the decision stands; the reversion where it is blocked.
    objects : ndarray of bool, (draw, member)
        Who breaks silence when the draft is first tabled.
    holds : ndarray of bool, (draw, member)
        Who still objects at the last attempt, where the question is blocked.
    """

    stages: tuple[Stage, ...]
    adopted_at: NDArray[np.int64]
    outcome: Array
    objects: Mask
    holds: Mask

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


def stages(question: TabledQuestion, terms: SilenceParameters) -> Iterator[Stage]:
    """Return the broker's attempts in order.

    Parameters
    ----------
    question : TabledQuestion
        What is asked, and which instruments are allowed.
    terms : SilenceParameters
        How many steps a dilution has, and how much instruments keep.

    Yields
    ------
    Stage
        For each draft of the ladder: as it is, after consultations, and with what costs others nothing;
        then for each draft again with what is harder, one more instrument at a time.
    """
    drafts = ladder(question, terms)
    late = terms.silence_isolation_share
    gentle = tuple(i for i in ("side_payment", "opt_out") if i in question.instruments)
    for n, draft in enumerate(drafts):
        name = "redraft" if n == 0 else "dilute"
        if n == 0:
            yield Stage(draft, 0.0, (), draft, "tabled")
        yield Stage(draft, late, (), draft, name)
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
) -> Stage:
    """Return one attempt; what it reaches falls by what its last instrument gives up."""
    share = keeps(terms, instruments[-1])
    reached = question.reversion + (draft - question.reversion) * share
    return Stage(draft, isolation, instruments, reached, instruments[-1])


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
    worse = loss(stances.position, draft, reversion)
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
    objects = np.zeros(limit.shape, dtype=bool)
    holds = objects.copy()
    open_rows = np.arange(draws)
    plan = tuple(stages(question, terms))
    indices: dict[tuple[float, float], Array] = {}
    for number, stage in enumerate(plan):
        key = (stage.draft, stage.isolation)
        if key not in indices:
            indices[key] = objection_index(stances, stage.draft, question.reversion, stage.isolation, terms)
        index = indices[key]
        against = (index if len(index) == 1 else index[open_rows]) > limit[open_rows]
        if number == 0:
            objects = against.copy()
        against = _persuade(against, open_rows, stage.instruments, question, chance, terms)
        blocked = against.any(-1) if question.veto else against @ question.weight >= question.blocking_weight
        passed = open_rows[~blocked]
        adopted_at[passed], outcome[passed] = number, stage.reached
        open_rows, holding = open_rows[blocked], against[blocked]
        if not len(open_rows):
            return Game(plan, adopted_at, outcome, objects, holds)
    holds[open_rows] = holding
    return Game(plan, adopted_at, outcome, objects, holds)


def _persuade(
    against: Mask,
    rows: NDArray[np.int64],
    instruments: tuple[str, ...],
    question: TabledQuestion,
    chance: RandomTerms,
    terms: SilenceParameters,
) -> Mask:
    """Take away the objections that the instruments resolve.

    Every step turns objections off by random terms that do not depend on them, and where an instrument has a
    greatest number of holdouts more of them only makes it fail: so more objections never help a question.
    """
    for name in instruments:
        works = chance.instrument[name][rows] < instrument_probability(terms, name)
        if name == "change_of_venue":
            against = against & ~(works[:, None] & question.venue_without.astype(bool))
            continue
        if name not in BY_MEMBER:
            works = works[:, None]
        most = getattr(terms, f"{name}_most_count", np.inf)
        few = against.sum(-1, keepdims=True) <= most
        against = against & ~(works & few)
    return against
