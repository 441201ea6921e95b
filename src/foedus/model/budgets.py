"""Budgets: an ally below its pledge closes, each year, part of the step that a straight path would ask.

**Claim.** While a pledge is active, an ally below its target moves its share of GDP by
``compliance * (target - share) / (years left, this one included)``; an ally at or above its target does not
move of itself. Every share also moves by an error. After the deadline the whole remaining gap counts as this
year's step.

**Sources.** Partial adjustment towards a target is the textbook form; what is estimated is how far allies
followed the straight path to the pledge of Wales, 2014 to 2024 (``parameters/budgets.yaml``).

**Leaves out.** This is the simplest honest version and no skill has been measured for it yet; a later version
replaces it. One compliance stands for all allies and for two regimes that differ: shares rose by 0.05 points
a year to 2022 and by 0.22 in 2023 and 2024, so the estimate is too high for calm years and may be too low for
tense ones. The errors are normal although recorded ones have fat tails. Threat, public debt, elections,
announced national plans, the 1.5 % for wider security, and what the money buys are not in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.model.arrays import (
    Array,
    ByCountry,
    ByDrawCountry,
    OncePerDraw,
    YearlyPerDraw,
    YearlyPerDrawCountry,
    correlated_error,
)

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "pledged_step", "spending_gap", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    year: float
    gdp_constant_usd: ByDrawCountry
    pledge_target_share_of_gdp: ByCountry
    pledge_is_active: float
    pledge_deadline: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_share_of_gdp: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    compliance_error: OncePerDraw
    defence_share_error_common: YearlyPerDraw
    defence_share_error_own: YearlyPerDrawCountry


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/budgets.yaml``."""

    compliance: float
    compliance_spread: float
    defence_share_error_sd: float
    defence_share_error_correlation: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    defence_expenditure_constant_usd: ByDrawCountry
    pledge_required_constant_usd: ByDrawCountry
    pledge_gap_constant_usd: ByDrawCountry
    defence_share_floor_binds: ByDrawCountry


def pledged_step(share: Array, target: Array, years_left: float) -> Array:
    """Give the change of share that a straight path to the target asks for this year.

    Parameters
    ----------
    share : ndarray, (draw, country)
        Last year's share of GDP, a fraction.
    target : ndarray, (country,)
        The share pledged.
    years_left : float
        Years to the deadline, this one included; less than one counts as one.

    Returns
    -------
    ndarray, (draw, country)
        The step, a fraction of GDP; zero for who is at or above the target.
    """
    step_: Array = np.maximum(target - share, 0.0)
    step_ /= max(years_left, 1.0)
    return step_


def spending_gap(share: Array, target: Array, gdp: Array) -> Array:
    """Give what is missing to the target, in the currency of `gdp`.

    Parameters
    ----------
    share, target : ndarray
        Shares of GDP, fractions.
    gdp : ndarray, (draw, country)
        Gross domestic product.

    Returns
    -------
    ndarray, (draw, country)
        ``max(0, target - share) * gdp``.
    """
    gap: Array = np.maximum(target - share, 0.0)
    gap *= gdp
    return gap


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Move every share of GDP by one year.

    Parameters
    ----------
    now : Now
        Year, GDP in constant US dollars, the pledge's target, 1.0 where it is active, and its deadline.
    before : Before
        Last year's share of GDP.
    shocks : Shocks
        Standard normal terms.
    parameters : Parameters
        Compliance and its spread, standard deviation and correlation of the errors.

    Returns
    -------
    Result
        Share of GDP; spending, the spending that the target asks for, and the gap between them in constant US
        dollars; and 1.0 where the share would have fallen below zero and was held there.

    Notes
    -----
    A country without a share (NaN: it has no forces) keeps none, in every result.
    """
    last = before.defence_expenditure_share_of_gdp
    target = now.pledge_target_share_of_gdp
    compliance = parameters.compliance + parameters.compliance_spread * shocks.compliance_error
    compliance = np.clip(compliance, 0.0, 1.0) * now.pledge_is_active
    share = correlated_error(
        shocks.defence_share_error_common,
        shocks.defence_share_error_own,
        parameters.defence_share_error_sd,
        parameters.defence_share_error_correlation,
    )
    share += compliance * pledged_step(last, target, now.pledge_deadline - now.year + 1.0)
    share += last
    binds = (share < 0.0).astype(np.float64)
    np.maximum(share, 0.0, out=share)
    return Result(
        defence_expenditure_share_of_gdp=share,
        defence_expenditure_constant_usd=share * now.gdp_constant_usd,
        pledge_required_constant_usd=target * now.gdp_constant_usd,
        pledge_gap_constant_usd=spending_gap(share, target, now.gdp_constant_usd),
        defence_share_floor_binds=binds,
    )
