"""Decisions: whether allies adopt the question put to them this year, drawn and not assumed.

**Claim.** A question passes when no ally's objection is left after one round of consultations and the
instruments that the scenario allows, and it does not fail by itself. The chance is the closed form of the
silence procedure (:mod:`foedus.decisions.models.closed_form`), with GDP for influence, and each draw decides
by it. An adopted spending goal binds every ally from the same year on; adopted invitations and support
packages are counted.

**Sources.** Those of :mod:`foedus.decisions.models.silence`; the numbers stand in
``parameters/decisions.yaml``.

**Leaves out.** Dilution, other venues, blocs, accepted drafts, members' records of holding out, time, and the
Secretary General's prerogative, which ``foedus decide`` has; a question that fails is not put again unless
the scenario puts it. What an invitation or a package changes is left to later components.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.decisions.models.closed_form import adoption_probability
from foedus.decisions.models.question import SilenceParameters, Stances
from foedus.decisions.models.resolve import log_odds, reluctance, win_probability
from foedus.decisions.models.silence import objection_index, position_range
from foedus.engine.arrays import ByCountry, ByDraw, ByDrawCountry, YearlyPerDraw, normal_cdf
from foedus.engine.workspace import repeated, same_row

__all__ = [
    "INVITATION",
    "SPENDING_GOAL",
    "SUPPORT_PACKAGE",
    "Before",
    "Now",
    "Result",
    "Shocks",
    "SilenceParameters",
    "step",
]

SPENDING_GOAL, INVITATION, SUPPORT_PACKAGE = 1.0, 2.0, 3.0
"""The kinds of questions."""


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    question_kind: float
    question_goal_share_of_gdp: float
    question_release_few_share: float
    question_release_many_share: float
    question_further_few_share: float
    question_further_many_share: float
    pledge_target_share_of_gdp: ByCountry
    position_on_question: ByDrawCountry
    salience_on_question: ByDrawCountry
    gdp_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    agreed_target_share_of_gdp: ByDrawCountry
    invitations_agreed_count: ByDraw
    support_packages_agreed_count: ByDraw


@dataclass(frozen=True)
class Shocks:
    """A standard normal term."""

    question_luck: YearlyPerDraw


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    question_adoption_probability: ByDraw
    question_is_adopted: ByDraw
    agreed_target_share_of_gdp: ByDrawCountry
    invitations_agreed_count: ByDraw
    support_packages_agreed_count: ByDraw


def step(now: Now, before: Before, shocks: Shocks, parameters: SilenceParameters) -> Result:
    """Decide the year's question in every draw.

    Parameters
    ----------
    now : Now
        The question, where allies stand on it, how much they care, and their GDP.
    before : Before
        What was agreed until last year.
    shocks : Shocks
        A standard normal term: the question passes where its distribution function lies below the chance.
    parameters : SilenceParameters
        Numbers of the silence procedure.

    Returns
    -------
    Result
        The chance, whether it passed (1.0), the goal in force, and the numbers of invitations and packages.
    """
    luck = shocks.question_luck
    # A goal that is the same in every draw stays one row, repeated without being copied.
    in_force = np.maximum(now.pledge_target_share_of_gdp, same_row(before.agreed_target_share_of_gdp))
    in_force = repeated(in_force, len(luck))
    none = np.zeros_like(luck)
    invited = before.invitations_agreed_count + none
    supported = before.support_packages_agreed_count + none
    if not now.question_kind:
        return Result(none, none, in_force, invited, supported)
    chance = np.broadcast_to(_chance(now, parameters), luck.shape)
    adopted = (normal_cdf(luck) < chance).astype(np.float64)
    goal = now.question_goal_share_of_gdp * adopted * (now.question_kind == SPENDING_GOAL)
    return Result(
        question_adoption_probability=chance,
        question_is_adopted=adopted,
        agreed_target_share_of_gdp=np.maximum(in_force, goal),
        invitations_agreed_count=invited + adopted * (now.question_kind == INVITATION),
        support_packages_agreed_count=supported + adopted * (now.question_kind == SUPPORT_PACKAGE),
    )


def _chance(now: Now, parameters: SilenceParameters) -> ByDraw:
    """Return the chance that no objection is left, of shape (draw, 1)."""
    none = np.zeros(now.position_on_question.shape[-1])
    stances = Stances(
        position=now.position_on_question,
        salience=now.salience_on_question,
        influence=now.gdp_constant_usd,
        pressure=none,
        linkage=none,
    )
    index = objection_index(stances, 100.0, 0.0, parameters.silence_isolation_share, parameters)
    below = reluctance(stances, 100.0, 0.0, parameters)
    few, many = (
        win_probability(log_odds(best), further, below)
        for best, further in (
            (now.question_release_few_share, now.question_further_few_share),
            (now.question_release_many_share, now.question_further_many_share),
        )
    )
    most = int(min(parameters.side_payment_most_count, parameters.opt_out_most_count))
    passes = adoption_probability(index, few, many, most)
    survives = 1.0 - parameters.failure_share * position_range(stances)
    return np.asarray((survives * passes)[:, np.newaxis])
