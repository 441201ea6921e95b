"""Budgets: shares of GDP follow a tide that all allies share, are pulled to the pledge, and tire where they
are high.

**Claim.** The logarithm of an ally's share of GDP moves each year by the sum of

- the level of a tide, which fades to its long-run value from what it was last year, and the year's own
  surprise, of which the tide keeps a part;
- the pull of the pledge: the fraction ``compliance`` of the step that a straight path in logarithms asks for,
  or of the way back to a floor whose own deadline is past, whichever is more;
- where the ally borders Russia or Belarus, a drift of its own while the threat is raised;
- above the adopted goal of 3.5 % a return towards it; a rising level and the border's drift have less room
  the closer a share is to a ceiling, and none at it;
- the part of a surprise in GDP that the budget does not follow, and an error of its own.

Who is at 2 % of GDP and would fall below stays there, unless its own error is among the worst. Both errors
have the tails of Student's t. Where a government has announced a share, the way there, times a realisation
ratio, takes the place of level, pull, border and return. Spending is split into equipment, personnel,
infrastructure and other: each part's share returns to its long-run value and moves with the growth of
spending.

**Sources.** Partial adjustment; the tide is an exponentially smoothed level with damping, in the error form
of Hyndman, Koehler, Ord and Snyder (Forecasting with Exponential Smoothing, 2008); border after Christie
(Defence and Peace Economics, 2019). The numbers stand in ``parameters/budgets.yaml`` with their ranges and
grades. How well the form forecasts is measured by :mod:`foedus.spending.hindcast`.

**Leaves out.** Elections, public debt, prices, debate over what counts as defence, the 1.5 % for wider
security, any answer of one ally to another's spending, and a random error in the four parts. The pull cannot
be told from plain convergence to 2 % in the figures it was fitted on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

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
)
from foedus.engine.elementary import exp, log
from foedus.spending.parts import moved_parts

__all__ = [
    "FULL_ROOM",
    "HELD",
    "Before",
    "Now",
    "Parameters",
    "Result",
    "Shocks",
    "held_share",
    "room",
    "spending_gap",
    "step",
]

FULL_ROOM = 0.035
"""The adopted goal, a share of GDP: up to it a rise has its whole room, above it shares return towards it."""

LOG_FULL_ROOM = float(log(np.asarray(FULL_ROOM)))

HELD = 0.02
"""The floor, a share of GDP, at which who has reached it holds."""

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
    pledge_floor_share_of_gdp: float
    announced_share_of_gdp: ByCountry
    announced_year: ByCountry
    announced_goal_share_of_gdp: ByCountry
    threat_is_raised: float
    printed_share_of_gdp: ByCountry
    start_is_estimate: ByCountry
    shock_scale: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    defence_expenditure_constant_usd: ByDrawCountry
    defence_share_tide: ByDraw
    equipment_share: ByDrawCountry
    infrastructure_share: ByDrawCountry
    other_share: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    compliance_error: OncePerDraw
    exposed_border_effect_error: OncePerDraw
    plan_realisation_error: OncePerDraw
    edition_error: OncePerDrawCountry
    defence_share_error_common: YearlyPerDraw
    defence_share_error_own: YearlyPerDrawCountry


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/budgets.yaml``."""

    compliance: float
    compliance_spread: float
    tide_mean: float
    tide_persistence: float
    tide_carry: float
    tide_error: float
    exposed_border: ByCountry
    exposed_border_effect: float
    exposed_border_effect_spread: float
    ceiling_share_of_gdp: float
    reversion: float
    hold_failure_probability: float
    growth_surprise_effect: float
    own_error: ByCountry
    own_error_factor: float
    error_degrees_of_freedom: float
    edition_error_bias: float
    edition_error_size: float
    edition_hold_failure_probability: float
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
    defence_share_tide: ByDraw
    equipment_share: ByDrawCountry
    personnel_share: ByDrawCountry
    infrastructure_share: ByDrawCountry
    other_share: ByDrawCountry
    pledge_required_constant_usd: ByDrawCountry
    pledge_gap_constant_usd: ByDrawCountry


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


def room(log_share: Array, ceiling: Array | float) -> Array:
    """Return how much of a rise has room at a share of GDP: all of it up to :data:`FULL_ROOM`, none at the
    ceiling.

    Parameters
    ----------
    log_share : ndarray, (draw, country)
        Natural logarithm of the share of GDP.
    ceiling : float or ndarray, (country,)
        The share at which nothing is left, a fraction above :data:`FULL_ROOM`.

    Returns
    -------
    ndarray, (draw, country)
        Fractions: ``log(ceiling / share) / log(ceiling / FULL_ROOM)``, not below zero and not above one.
    """
    return _room_above(np.maximum(log_share - LOG_FULL_ROOM, 0.0), ceiling)


def _room_above(above: Array, ceiling: Array | float) -> Array:
    """Return the room of :func:`room` where a share's logarithm is `above` that of :data:`FULL_ROOM`, or
    zero."""
    left: Array = above * (-1.0 / (log(np.asarray(ceiling)) - LOG_FULL_ROOM))
    left += 1.0
    np.maximum(left, 0.0, out=left)
    return left


def held_share(
    last: Array, share: Array, own: Array, failure_probability: float, scale: float = 1.0
) -> Array:
    """Return shares in which who was at :data:`HELD` or above and would fall below stays there.

    Parameters
    ----------
    last, share : ndarray, (draw, country)
        Last year's share of GDP and this year's, fractions; `share` is changed in place.
    own : ndarray, (draw, country)
        Each country's own standard normal term, multiplied by `scale`.
    failure_probability : float
        The part of such terms, from the lowest, at which a country does fall below.
    scale : float, default 1.0
        The shock scale.

    Returns
    -------
    ndarray, (draw, country)
        `share`; no entry is above both its old value and last year's.
    """
    if failure_probability < 1.0:
        lowest = (
            round(NormalDist().inv_cdf(failure_probability), 12) if failure_probability > 0.0 else -math.inf
        )
        held = share < HELD
        held &= last >= HELD
        if held.any():
            held &= own > (lowest * scale if scale > 0.0 else lowest)
            np.putmask(share, held, HELD)
    return share


def _pull(now: Now, log_share: Array, scratch: Array, shocks: Shocks, p: Parameters) -> Array:
    """Return the pull of the pledge, or of a floor whose deadline is past, on log shares; `scratch` is
    lost."""
    target = now.agreed_target_share_of_gdp if now.pledge_is_active > 0.0 else np.zeros(1)
    # A target of zero asks for nothing: its stand-in lies below any share.
    pull: Array = log(np.maximum(target, SMALLEST_SHARE)) - log_share
    left = max(now.pledge_deadline - now.year + 1.0, 1.0)
    if left > 1.0:
        pull *= 1.0 / left
    if now.pledge_floor_share_of_gdp > 0.0:
        np.subtract(log(np.asarray(now.pledge_floor_share_of_gdp)), log_share, out=scratch)
        np.maximum(pull, scratch, out=pull)
    np.maximum(pull, 0.0, out=pull)
    pull *= np.maximum(p.compliance + p.compliance_spread * shocks.compliance_error, 0.0)
    return pull


def _systematic(
    now: Now, log_share: Array, level: Array, common: Array, shocks: Shocks, p: Parameters
) -> Array:
    """Return what moves the logarithm of the share but GDP and each ally's own error, (draw, country)."""
    # One ceiling for all where nobody has announced more: a scalar is faster than a row.
    goals, ceiling = now.announced_goal_share_of_gdp, p.ceiling_share_of_gdp
    highest = np.fmax(goals, ceiling) if (goals > ceiling).any() else ceiling
    above = log_share - LOG_FULL_ROOM
    np.maximum(above, 0.0, out=above)
    moved = _room_above(above, highest)
    rise: Array = np.maximum(level, 0.0)
    if now.threat_is_raised > 0.0:
        spread = p.exposed_border_effect_spread * shocks.exposed_border_effect_error
        rise = (now.threat_is_raised * (p.exposed_border_effect + spread)) * p.exposed_border + rise
    moved *= rise
    above *= p.reversion
    moved -= above
    moved += np.minimum(level, 0.0) + common
    if now.pledge_is_active > 0.0 or now.pledge_floor_share_of_gdp > 0.0:
        moved += _pull(now, log_share, above, shocks, p)
    planned = ~np.isnan(now.announced_share_of_gdp)
    if planned.any():
        ratio = p.plan_realisation + p.plan_realisation_spread * shocks.plan_realisation_error
        way = log(now.announced_share_of_gdp[planned]) - log_share[:, planned]
        way *= ratio / np.maximum(now.announced_year[planned] - now.year + 1.0, 1.0)
        moved[:, planned] = way + common
    return moved


def _tailed(term: Array, scale: float, p: Parameters) -> Array:
    """Return terms with heavy tails, multiplied by the shock scale that the terms arrive with."""
    if scale in (0.0, 1.0):
        return heavy_tailed(term, p.error_degrees_of_freedom)
    return scale * heavy_tailed(term / scale, p.error_degrees_of_freedom)


def _put_printed(share: Array, printed: Array) -> None:
    """Write the shares that are printed for the year into all draws: a printed year is no forecast."""
    is_printed = ~np.isnan(printed)
    if is_printed.any():
        share[:, is_printed] = printed[is_printed]


def _revised(last: Array, now: Now, shocks: Shocks, p: Parameters) -> Array:
    """Return the starting shares as later editions will print them, where the start was an estimate."""
    miss = p.edition_error_bias + p.edition_error_size * _tailed(shocks.edition_error, now.shock_scale, p)
    revised: Array = last * exp(miss * now.start_is_estimate)
    return held_share(
        last, revised, shocks.edition_error, p.edition_hold_failure_probability, now.shock_scale
    )


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Move every share of GDP by one year.

    Parameters
    ----------
    now : Now
        Year; GDP in constant US dollars and by how much it missed its path; the pledge's target, 1.0
        where it is active, and its deadline; a floor whose own deadline is past (zero: none); the next
        announced share (NaN: none), its year, and the highest announced; 1.0 while the threat is raised;
        the share printed for the year (NaN: none); 1.0 where the start was an estimate, in the first year
        only; what multiplies random terms.
    before : Before
        Last year's share of GDP, spending, tide and parts.
    shocks : Shocks
        Standard normal terms, multiplied by the shock scale.
    parameters : Parameters
        Numbers of ``parameters/budgets.yaml``.

    Returns
    -------
    Result
        Share of GDP and spending; the tide; the four parts' shares of spending; and the spending that the
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
        revised = _revised(last, now, shocks, p)
        last, paid = revised, paid * (revised / last)
    log_share = np.maximum(last, SMALLEST_SHARE)
    log(log_share, out=log_share)
    level = p.tide_mean + p.tide_persistence * (before.defence_share_tide - p.tide_mean)
    surprise = p.tide_error * _tailed(shocks.defence_share_error_common, now.shock_scale, p)
    moved = _systematic(now, log_share, level, surprise, shocks, p)
    moved += np.multiply(now.gdp_growth_surprise, p.growth_surprise_effect, out=log_share)
    own = _tailed(shocks.defence_share_error_own, now.shock_scale, p)
    own *= p.own_error * p.own_error_factor
    moved += own
    share = exp(moved, out=moved)
    share *= last
    own_terms = shocks.defence_share_error_own
    share = held_share(last, share, own_terms, p.hold_failure_probability, now.shock_scale)
    _put_printed(share, now.printed_share_of_gdp)
    # Two arrays of the size of the draws are done with, and serve again.
    spending = np.multiply(share, now.gdp_constant_usd, out=own)
    growth = np.maximum(paid, 1.0, out=log_share)
    np.divide(spending, growth, out=growth)
    parts = moved_parts(growth, before, p)
    required = target * now.gdp_constant_usd
    # The same as spending_gap, from what is at hand.
    gap = required - spending
    np.maximum(gap, 0.0, out=gap)
    return Result(
        defence_expenditure_share_of_gdp=share,
        defence_expenditure_constant_usd=spending,
        defence_share_tide=level + p.tide_carry * surprise,
        pledge_required_constant_usd=required,
        pledge_gap_constant_usd=gap,
        **parts,
    )
