"""Conditions: whom the guarantee covers this year, by what each ally spent last year.

**Claim.** A guarantee that depends on spending looks at what is known when a year begins: last year's share
of GDP. An ally is covered where that share is what is asked or more; where nothing is asked all are, and once
the guarantee is withdrawn none is. Against the guarantor itself, a country that is no ally and one without a
share nothing is held.

**Sources.** Statements that tie protection to the guideline on spending. They say neither on which figures
nor on which day an ally is judged: last year's share is the reading taken here.

**Leaves out.** Whether the guarantor does as it says, for better or worse; exceptions for single allies; and
any other condition than the share of GDP.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByCountry, ByDrawCountry
from foedus.engine.workspace import same_row

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "is_covered", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    guarantee_share_asked_of_gdp: ByCountry
    guarantee_is_withdrawn: float
    guarantee_may_cover: ByCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    membership: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """No random terms."""


@dataclass(frozen=True)
class Parameters:
    """It has none: what is asked comes with the scenario."""


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    guarantee_condition_is_met: ByDrawCountry


def is_covered(share: Array, asked: Array, is_withdrawn: float, applies: Array) -> Array:
    """Return for whom the guarantee's condition is met.

    Parameters
    ----------
    share : ndarray, (draw, country) or (1, country)
        Last year's share of GDP, a fraction; NaN for a country that has none.
    asked : ndarray, (country,)
        The least share at which the condition is met, a fraction.
    is_withdrawn : float
        1.0 where the guarantee covers nobody.
    applies : ndarray, (draw, country) or (1, country)
        1.0 for allies that the guarantee may cover; the condition of others is met.

    Returns
    -------
    ndarray, (draw, country) or (1, country)
        1.0 or 0.0. It never falls where a share rises, and never rises where more is asked.
    """
    missed = (share < asked) if is_withdrawn <= 0.0 else np.ones_like(share)
    met: Array = 1.0 - missed * applies
    return met


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Return whom the guarantee covers in a year.

    Parameters
    ----------
    now : Now
        The least share of GDP at which the condition is met, zero where nothing is asked; 1.0 where the
        guarantee is withdrawn; 1.0 for countries that it may cover once they are allies.
    before : Before
        Last year's share of GDP, NaN for a country that has none, and 1.0 for countries that were allies.
    shocks, parameters : Shocks, Parameters
        None.

    Returns
    -------
    Result
        1.0 where the condition is met, else 0.0, (draw, country); one row where that is the same in every
        draw.
    """
    del shocks, parameters
    if now.guarantee_is_withdrawn <= 0.0 and not now.guarantee_share_asked_of_gdp.any():
        return Result(np.ones((1, now.guarantee_may_cover.size)))
    share, allies = same_row(before.defence_expenditure_share_of_gdp), same_row(before.membership)
    applies = allies * now.guarantee_may_cover
    return Result(is_covered(share, now.guarantee_share_asked_of_gdp, now.guarantee_is_withdrawn, applies))
