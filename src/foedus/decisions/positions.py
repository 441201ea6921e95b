"""Positions: where allies stand on the question that is put to them this year.

**Claim.** On a new spending goal an ally wants what it spends by itself and a little more: on a scale from
the goal in force (0) to the new one (100) it stands where its own share of GDP plus its reach falls. On an
invitation or a support package it stands where the scenario says.

**Sources.** Judged: ``parameters/positions.yaml``. That allies which spend little resist higher goals is what
accounts of the summits of 2014 and 2025 tell; no measured positions exist for goals not yet put.

**Leaves out.** Threat, domestic politics, what others do, and any memory of earlier questions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByCountry, ByDrawCountry
from foedus.engine.workspace import repeated

__all__ = ["SPENDING_GOAL", "Before", "Now", "Parameters", "Result", "Shocks", "goal_position", "step"]

SPENDING_GOAL = 1.0
"""The kind of question on which positions follow from spending."""


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    question_kind: float
    question_goal_share_of_gdp: float
    question_position: ByCountry | float
    question_salience: ByCountry | float
    pledge_target_share_of_gdp: ByCountry
    gdp_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    agreed_target_share_of_gdp: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """No random terms."""


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/positions.yaml``."""

    goal_reach_share_of_gdp: float
    goal_salience: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    position_on_question: ByDrawCountry
    salience_on_question: ByDrawCountry


def goal_position(share: Array, in_force: Array, goal: float, reach: float) -> Array:
    """Return where allies stand on a new spending goal.

    Parameters
    ----------
    share : ndarray, (draw, country)
        Last year's share of GDP, a fraction; NaN for a country that has none.
    in_force : ndarray
        The goal in force, a fraction, broadcasting against the shares.
    goal : float
        The new goal, a fraction.
    reach : float
        How far above its own share an ally would go, a fraction of GDP.

    Returns
    -------
    ndarray, (draw, country)
        0 (the goal in force) to 100 (the new goal); 100 for a country without a share or a lower goal.
    """
    way = goal - np.asarray(in_force, float)
    wanted = share + reach - in_force
    part = np.divide(wanted, way, out=np.ones(np.broadcast(wanted, way).shape), where=way > 0)
    return np.asarray(100.0 * np.clip(np.where(np.isnan(part), 1.0, part), 0.0, 1.0))


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:  # noqa: ARG001
    """Place every ally on the year's question.

    Parameters
    ----------
    now : Now
        The question and, unless it is a spending goal, the scenario's positions; GDP only gives the shape.
    before : Before
        Last year's shares of GDP, and the goal in force.
    shocks : Shocks
        None.
    parameters : Parameters
        Reach and salience of spending goals.

    Returns
    -------
    Result
        Positions and salience; without a question, those of the scenario as they are.
    """
    shape = now.gdp_constant_usd.shape
    if now.question_kind != SPENDING_GOAL:
        none = np.zeros(shape[-1])
        return Result(
            position_on_question=repeated(now.question_position + none, shape[0]),
            salience_on_question=repeated(now.question_salience + none, shape[0]),
        )
    in_force = np.maximum(now.pledge_target_share_of_gdp, before.agreed_target_share_of_gdp)
    share = before.defence_expenditure_share_of_gdp
    position = goal_position(
        share, in_force, now.question_goal_share_of_gdp, parameters.goal_reach_share_of_gdp
    )
    salience = np.where(np.isnan(share), 0.0, parameters.goal_salience)
    return Result(np.broadcast_to(position, shape), np.broadcast_to(salience, shape))
