"""Budgets: shares of GDP drift, are pulled towards a pledge, and jump when a build-up begins.

**Claim.** The logarithm of an ally's share of GDP moves each year by the sum of

- a drift that all allies share, which is slightly negative in calm years and strongly positive in the years
  of a build-up; which of the two regimes holds is a two-state Markov chain;
- the pull of the pledge: while one is active, an ally below its target takes the fraction ``compliance`` of
  the step that a straight path in logarithms asks for, so the pull grows as the deadline nears;
- where the ally borders Russia or Belarus, a drift of its own while the threat is raised;
- its fiscal room, and the part of a surprise in GDP that the budget does not follow;
- an error that all share and one of its own, both with the tails of Student's t.

Where a government has announced a share, the way there, times a realisation ratio, takes the place of drift
and pull. Spending is split into equipment, personnel, infrastructure and other: each part's share returns to
its long-run value and moves with the growth of spending.

**Sources.** Partial adjustment; regime switching after Hamilton (Econometrica 57, 1989); border and fiscal
room after Christie (Defence and Peace Economics, 2019). The numbers, fitted on SIPRI's shares of allies from
1950 to 2024, stand in ``parameters/budgets.yaml`` with their ranges and grades. How well the form forecasts
is measured by :mod:`foedus.spending.hindcast`.

**Leaves out.** Elections, public debt, prices, debate over what counts as defence, the 1.5 % for wider
security, any answer of one ally to another's spending, a random error in the four parts, and any second
build-up of a different kind: the strong regime rests on the Korean War's years and is weakly identified.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import (
    Array,
    ByCountry,
    ByDraw,
    ByDrawCountry,
    OncePerDraw,
    OncePerDrawCountry,
    YearlyPerDraw,
    YearlyPerDrawCountry,
    heavy_tailed,
    normal_cdf,
)

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "pledged_step", "spending_gap", "step"]

SMALLEST_SHARE = 1e-5
"""A share of GDP below this is treated as this when its distance to a target is measured."""


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    year: float
    gdp_constant_usd: ByDrawCountry
    gdp_growth_surprise: ByDrawCountry
    agreed_target_share_of_gdp: ByDrawCountry
    pledge_is_active: float
    pledge_deadline: float
    announced_share_of_gdp: ByCountry
    announced_year: ByCountry
    threat_is_raised: float
    start_is_estimate: ByCountry
    shock_scale: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    defence_expenditure_constant_usd: ByDrawCountry
    build_up_is_on: ByDraw
    equipment_share: ByDrawCountry
    infrastructure_share: ByDrawCountry
    other_share: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    compliance_error: OncePerDraw
    calm_drift_error: OncePerDraw
    build_up_drift_error: OncePerDraw
    exposed_border_effect_error: OncePerDraw
    plan_realisation_error: OncePerDraw
    edition_error: OncePerDrawCountry
    build_up_pick: YearlyPerDraw
    defence_share_error_common: YearlyPerDraw
    defence_share_error_own: YearlyPerDrawCountry


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/budgets.yaml``."""

    compliance: ByCountry
    compliance_spread: float
    calm_drift: float
    calm_drift_spread: float
    build_up_drift: float
    build_up_drift_spread: float
    build_up_start_probability: float
    build_up_enter_probability: float
    build_up_stay_probability: float
    exposed_border: ByCountry
    exposed_border_effect: float
    exposed_border_effect_spread: float
    fiscal_room: ByCountry
    fiscal_room_effect: float
    growth_surprise_effect: float
    calm_common_error: float
    build_up_common_error: float
    own_error: ByCountry
    error_degrees_of_freedom: float
    edition_error_size: float
    plan_realisation: float
    plan_realisation_spread: float
    equipment_long_run: float
    equipment_return: float
    equipment_growth_effect: float
    infrastructure_long_run: float
    infrastructure_return: float
    infrastructure_growth_effect: float
    other_long_run: float
    other_return: float
    other_growth_effect: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    defence_expenditure_constant_usd: ByDrawCountry
    build_up_is_on: ByDraw
    equipment_share: ByDrawCountry
    personnel_share: ByDrawCountry
    infrastructure_share: ByDrawCountry
    other_share: ByDrawCountry
    pledge_required_constant_usd: ByDrawCountry
    pledge_gap_constant_usd: ByDrawCountry


def pledged_step(share: Array, target: Array, years_left: Array | float) -> Array:
    """Return the change of the share's logarithm that a straight path in logarithms asks for this year.

    Parameters
    ----------
    share : ndarray, (draw, country)
        Last year's share of GDP, a fraction.
    target : ndarray, (country,)
        The share pledged.
    years_left : float or ndarray, (country,)
        Years to the deadline, this one included; less than one counts as one.

    Returns
    -------
    ndarray, (draw, country)
        ``max(0, log(target / share)) / years_left``: zero for a country at or above the target.

    Notes
    -----
    A target of zero asks for nothing; a share below :data:`SMALLEST_SHARE` is taken as that.
    """
    step_: Array = np.maximum(share, SMALLEST_SHARE)
    np.divide(target, step_, out=step_)
    np.maximum(step_, 1.0, out=step_)
    np.log(step_, out=step_)
    if np.any(np.asarray(years_left) > 1.0):
        step_ /= np.maximum(years_left, 1.0)
    return step_


def spending_gap(share: Array, target: Array, gdp: Array) -> Array:
    """Return what is missing to the target, in the currency of `gdp`.

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


def build_up(was_on: Array, pick: Array, scale: float, parameters: Parameters) -> Array:
    """Return in which draws a build-up holds this year.

    Parameters
    ----------
    was_on : ndarray, (draw, 1) or scalar
        1.0 where one held last year, 0.0 where not; NaN at the start, where only its probability is known.
    pick : ndarray, (draw, 1)
        Standard normal terms, multiplied by `scale`.
    scale : float
        The shock scale; at zero the likelier regime holds.
    parameters : Parameters
        The chances at the start, of entering and of staying.

    Returns
    -------
    ndarray, (draw, 1)
        1.0 where a build-up holds, else 0.0.
    """
    enter, stay = parameters.build_up_enter_probability, parameters.build_up_stay_probability
    held = np.where(np.isnan(was_on), parameters.build_up_start_probability, was_on)
    chance = enter + (stay - enter) * held
    on: Array = (normal_cdf(pick / scale if scale > 0.0 else pick) < chance).astype(np.float64)
    return on


def _systematic(now: Now, last: Array, on: Array, shocks: Shocks, p: Parameters) -> Array:
    """Return what moves the logarithm of the share but GDP and each ally's own error, (draw, country)."""
    drift = np.where(
        on > 0.0,
        p.build_up_drift + p.build_up_drift_spread * shocks.build_up_drift_error,
        p.calm_drift + p.calm_drift_spread * shocks.calm_drift_error,
    )
    common = np.where(on > 0.0, p.build_up_common_error, p.calm_common_error)
    common = drift + common * _tailed(shocks.defence_share_error_common, now.shock_scale, p)
    moved: Array = common + p.fiscal_room_effect * p.fiscal_room
    if now.pledge_is_active > 0.0:
        # The years left divide the small factors, so that the large array is gone over once less.
        left = max(now.pledge_deadline - now.year + 1.0, 1.0)
        pull = p.compliance / left + p.compliance_spread / left * shocks.compliance_error
        np.maximum(pull, 0.0, out=pull)
        pull *= pledged_step(last, now.agreed_target_share_of_gdp, 1.0)
        moved += pull
    if now.threat_is_raised > 0.0:
        effect = p.exposed_border_effect + p.exposed_border_effect_spread * shocks.exposed_border_effect_error
        moved += effect * p.exposed_border
    planned = ~np.isnan(now.announced_share_of_gdp)
    if planned.any():
        ratio = p.plan_realisation + p.plan_realisation_spread * shocks.plan_realisation_error
        way = np.log(now.announced_share_of_gdp[planned] / np.maximum(last[:, planned], SMALLEST_SHARE))
        way *= ratio / np.maximum(now.announced_year[planned] - now.year + 1.0, 1.0)
        moved[:, planned] = way + (common - drift)
    return moved


def _tailed(term: Array, scale: float, p: Parameters) -> Array:
    """Return terms with heavy tails, multiplied by the shock scale that the terms arrive with."""
    if scale in (0.0, 1.0):
        return heavy_tailed(term, p.error_degrees_of_freedom)
    return scale * heavy_tailed(term / scale, p.error_degrees_of_freedom)


def _part(last: Array, ratio: Array, long_run: float, back: float, effect: float) -> Array:
    """Move one part's share of spending: back to its long-run value, and with the growth of spending."""
    base = last * (1.0 - back)
    base += back * long_run - effect
    part: Array = ratio * effect
    part += base
    np.maximum(part, 0.0, out=part)
    return part


def _parts(growth: Array, before: Before, p: Parameters) -> dict[str, Array]:
    """Split spending, given over last year's, into four parts that add up to one; personnel is the rest."""
    equipment = _part(
        before.equipment_share, growth, p.equipment_long_run, p.equipment_return, p.equipment_growth_effect
    )
    infrastructure = _part(
        before.infrastructure_share,
        growth,
        p.infrastructure_long_run,
        p.infrastructure_return,
        p.infrastructure_growth_effect,
    )
    other = _part(before.other_share, growth, p.other_long_run, p.other_return, p.other_growth_effect)
    personnel = 1.0 - equipment
    personnel -= infrastructure
    personnel -= other
    if (personnel < 0.0).any():
        total = np.maximum(equipment + infrastructure + other, 1.0)
        equipment, infrastructure, other = equipment / total, infrastructure / total, other / total
        personnel = np.maximum(personnel, 0.0)
    return {
        "equipment_share": equipment,
        "personnel_share": personnel,
        "infrastructure_share": infrastructure,
        "other_share": other,
    }


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Move every share of GDP by one year.

    Parameters
    ----------
    now : Now
        Year; GDP in constant US dollars and by how much it missed its path; the pledge's target, 1.0 where it
        is active, and its deadline; the next announced share (NaN: none) and its year; 1.0 while the threat
        is raised; 1.0 where the start was an estimate, in the first year only; what multiplies random terms.
    before : Before
        Last year's share of GDP, spending, regime and parts.
    shocks : Shocks
        Standard normal terms, multiplied by the shock scale.
    parameters : Parameters
        Numbers of ``parameters/budgets.yaml``.

    Returns
    -------
    Result
        Share of GDP and spending; the regime; the four parts' shares of spending; and the spending that the
        target asks for and the gap to it in constant US dollars.

    Notes
    -----
    A country without a share (NaN: it has no forces) keeps none, in every result. The start's
    error stands for what later editions will say of a year that was printed as an estimate.
    """
    p, target = parameters, now.agreed_target_share_of_gdp
    last = np.broadcast_to(before.defence_expenditure_share_of_gdp, now.gdp_constant_usd.shape)
    paid = before.defence_expenditure_constant_usd
    if now.start_is_estimate.any():
        miss = p.edition_error_size * _tailed(shocks.edition_error, now.shock_scale, p)
        revision = np.exp(miss * now.start_is_estimate)
        last, paid = last * revision, paid * revision
    on = build_up(before.build_up_is_on, shocks.build_up_pick, now.shock_scale, p)
    moved = _systematic(now, last, on, shocks, p)
    moved += p.growth_surprise_effect * now.gdp_growth_surprise
    own = _tailed(shocks.defence_share_error_own, now.shock_scale, p)
    own *= p.own_error
    moved += own
    share = np.exp(moved, out=moved)
    share *= last
    spending = share * now.gdp_constant_usd
    parts = _parts(spending / np.maximum(paid, 1.0), before, p)
    required = target * now.gdp_constant_usd
    # The same as spending_gap, from what is at hand.
    gap = required - spending
    np.maximum(gap, 0.0, out=gap)
    return Result(
        defence_expenditure_share_of_gdp=share,
        defence_expenditure_constant_usd=spending,
        build_up_is_on=on,
        pledge_required_constant_usd=required,
        pledge_gap_constant_usd=gap,
        **parts,
    )
