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
- what an ally adds or takes away in a year in which the guarantee does not cover it, which is assumed;
- the part of a surprise in GDP that the budget does not follow, and an error of its own.

Who is at 2 % of GDP and would fall below stays there, unless its own error is among the worst. Both errors
have the tails of Student's t. Where a government has announced a share, the way there, times a realisation
ratio, takes the place of level, pull, border and return. What budgets are spent on is in
:mod:`foedus.spending.parts`, what is missing to the goal in :mod:`foedus.spending.shortfall`.

**Sources.** Partial adjustment; the tide is an exponentially smoothed level with damping, in the error form
of Hyndman, Koehler, Ord and Snyder (Forecasting with Exponential Smoothing, 2008); border after Christie
(Defence and Peace Economics, 2019). The numbers stand in ``parameters/budgets.yaml`` with their ranges and
grades. How well the form forecasts is measured by :mod:`foedus.spending.hindcast`.

**Leaves out.** Elections, public debt, prices, debate over what counts as defence, the 1.5 % for wider
security, and any answer of one ally to another's spending. How budgets answer a guarantee that depends on
them is not known from the past: ``guarantee_response`` is 0 unless a scenario sets it. The pull cannot be
told from plain convergence to 2 % in the figures it was fitted on; a scenario can run that form instead,
:mod:`foedus.spending.convergence`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
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
    tail_coefficients,
)
from foedus.engine.elementary import exp, log
from foedus.engine.workspace import Workspace, same_row
from foedus.spending.convergence import mean_log_share
from foedus.spending.equations import (
    FULL_ROOM,
    HELD,
    LOG_FULL_ROOM,
    SMALLEST_SHARE,
    YEAR,
    Cell,
    Drift,
    Numbers,
    Traits,
    held,
    room_left,
)

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

UNREVISED: Array = np.ones((1, 1))
"""In all years but the first, last year's shares stand as they are."""


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
    guarantee_condition_is_met: ByDrawCountry
    share_convergence_weight: ByCountry
    shock_scale: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    defence_share_tide: ByDraw


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
    convergence: float
    convergence_spread: float
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
    guarantee_response: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    defence_expenditure_share_of_gdp: ByDrawCountry
    defence_expenditure_constant_usd: ByDrawCountry
    defence_share_tide: ByDraw
    defence_share_revision_factor: ByDrawCountry


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
    return room_left(np.maximum(log_share - LOG_FULL_ROOM, 0.0), _room_slope(ceiling))


def _room_slope(ceiling: Array | float) -> Array:
    """Return how room falls with the logarithm of the share."""
    if np.ndim(ceiling) == 0:
        return np.asarray(-1.0 / (_log_of_one(float(ceiling)) - LOG_FULL_ROOM))
    slope: Array = -1.0 / (log(np.asarray(ceiling)) - LOG_FULL_ROOM)
    return slope


@lru_cache(maxsize=1024)
def _log_of_one(value: float) -> float:
    """Return the logarithm of one number, which takes as long as that of a row and is the same every year."""
    return float(log(np.asarray(value)))


def held_share(
    last: Array, share: Array, own: Array, failure_probability: float, scale: float = 1.0
) -> Array:
    """Return shares in which who was at :data:`HELD` or above and would fall below stays there.

    Parameters
    ----------
    last, share : ndarray, (draw, country)
        Last year's share of GDP and this year's, fractions.
    own : ndarray, (draw, country)
        Each country's own standard normal term, multiplied by `scale`.
    failure_probability : float
        The part of such terms, from the lowest, at which a country does fall below.
    scale : float, default 1.0
        The shock scale.

    Returns
    -------
    ndarray, (draw, country)
        No entry is above both its old value and last year's.
    """
    return held(last, share, own, _lowest_held(failure_probability, scale))


def _lowest_held(failure_probability: float, scale: float) -> float:
    """Return the own term, multiplied by the shock scale, above which a country holds."""
    if failure_probability >= 1.0:
        return math.inf
    lowest = round(NormalDist().inv_cdf(failure_probability), 12) if failure_probability > 0.0 else -math.inf
    return lowest * scale if scale > 0.0 else lowest


def _log_target(now: Now, last: Array, work: Workspace) -> Array:
    """Return the log of what shares move to: the target, of which one of zero asks for nothing and its
    stand-in lies below any share; or the allies' mean, where shares converge."""
    if now.share_convergence_weight.any():
        return np.broadcast_to(mean_log_share(last, now.share_convergence_weight), last.shape)
    target = same_row(now.agreed_target_share_of_gdp) if now.pledge_is_active > 0.0 else np.zeros((1, 1))
    if len(target) > 1:
        return log(np.maximum(target, SMALLEST_SHARE))
    # One row for all draws: nobody has decided on it, so that it follows from the year's inputs.
    return work.once("log target", lambda: log(np.maximum(target, SMALLEST_SHARE)), of=target)


def _drift(now: Now, level: Array, common: Array, shocks: Shocks, p: Parameters) -> Drift:
    """Return what moves the shares of all in a draw."""
    spread = p.exposed_border_effect_spread * shocks.exposed_border_effect_error
    rate, unsure = p.compliance, p.compliance_spread
    if now.share_convergence_weight.any():
        rate, unsure = p.convergence, p.convergence_spread
    return Drift(
        rise=np.maximum(level, 0.0),
        fall=np.minimum(level, 0.0) + common,
        common=common,
        border=now.threat_is_raised * (p.exposed_border_effect + spread),
        compliance=np.maximum(rate + unsure * shocks.compliance_error, 0.0),
        realisation=p.plan_realisation + p.plan_realisation_spread * shocks.plan_realisation_error,
    )


def _traits(now: Now, p: Parameters, work: Workspace) -> Traits:
    """Return what of the change differs by country."""
    # One ceiling for all where nobody has announced more: a scalar is faster than a row.
    goals, ceiling = now.announced_goal_share_of_gdp, p.ceiling_share_of_gdp
    announced = now.announced_share_of_gdp
    highest = np.fmax(goals, ceiling) if (goals > ceiling).any() else ceiling
    return Traits(
        exposed=p.exposed_border,
        own_scale=p.own_error * p.own_error_factor,
        log_announced=work.once("announced", lambda: log(announced), of=announced),
        announced_left=np.maximum(now.announced_year - now.year + 1.0, 1.0),
        room_slope=_room_slope(highest),
        printed=now.printed_share_of_gdp,
    )


def _numbers(now: Now, p: Parameters) -> Numbers:
    """Return what of the change is the same for all."""
    floor, converges = now.pledge_floor_share_of_gdp, bool(now.share_convergence_weight.any())
    left = 1.0 if converges else max(now.pledge_deadline - now.year + 1.0, 1.0)
    return Numbers(
        reversion=p.reversion,
        log_floor=_log_of_one(floor) if floor > 0.0 else -math.inf,
        deadline_left=1.0 / left,
        surprise_effect=p.growth_surprise_effect,
        tail=tail_coefficients(p.error_degrees_of_freedom),
        # Terms that arrive multiplied by zero are zero, stretched or not.
        scale=now.shock_scale or 1.0,
        is_planned=not np.isnan(now.announced_share_of_gdp).all(),
        lowest_held=_lowest_held(p.hold_failure_probability, now.shock_scale),
        is_printed=not np.isnan(now.printed_share_of_gdp).all(),
        guarantee_response=p.guarantee_response,
        converges=converges,
    )


def _tailed(term: Array, scale: float, p: Parameters) -> Array:
    """Return terms with heavy tails, multiplied by the shock scale that the terms arrive with."""
    if scale in (0.0, 1.0):
        return heavy_tailed(term, p.error_degrees_of_freedom)
    return scale * heavy_tailed(term / scale, p.error_degrees_of_freedom)


def _revised(last: Array, now: Now, shocks: Shocks, p: Parameters) -> Array:
    """Return the starting shares as later editions will print them, where the start was an estimate."""
    miss = p.edition_error_bias + p.edition_error_size * _tailed(shocks.edition_error, now.shock_scale, p)
    revised: Array = last * exp(miss * now.start_is_estimate)
    return held_share(
        last, revised, shocks.edition_error, p.edition_hold_failure_probability, now.shock_scale
    )


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Move every share of GDP by one year.

    Parameters
    ----------
    now : Now
        Year; GDP in constant US dollars and by how much it missed its path; the pledge's target, 1.0
        where it is active, and its deadline; a floor whose own deadline is past (zero: none); the next
        announced share (NaN: none), its year, and the highest announced; 1.0 while the threat is raised;
        the share printed for the year (NaN: none); 1.0 where the start was an estimate, in the first year
        only; 1.0 where the guarantee's condition is met; weights of the mean that shares converge to (zeros:
        the pledge pulls); what multiplies random terms.
    before : Before
        Last year's share of GDP and the tide.
    shocks : Shocks
        Standard normal terms, multiplied by the shock scale.
    parameters : Parameters
        Numbers of ``parameters/budgets.yaml``.
    workspace : Workspace, optional
        Where the results are written; without it, into new arrays.

    Returns
    -------
    Result
        Share of GDP and spending; the tide; and by what the starting share was revised.

    Notes
    -----
    A country without a share (NaN: it has no forces) keeps none, in every result. The start's
    error stands for what later editions will say of a year that was printed as an estimate.
    """
    p, work, shape = parameters, workspace or Workspace(), now.gdp_constant_usd.shape
    last = before.defence_expenditure_share_of_gdp
    last = last if last.shape == shape else np.broadcast_to(last, shape)
    revision = work.once("unrevised", lambda: np.broadcast_to(UNREVISED, shape), of=np.array(shape))
    if now.start_is_estimate.any():
        revised = _revised(last, now, shocks, p)
        last, revision = revised, revised / last
    level = p.tide_mean + p.tide_persistence * (before.defence_share_tide - p.tide_mean)
    surprise = p.tide_error * _tailed(shocks.defence_share_error_common, now.shock_scale, p)
    cells = Cell(
        last=last,
        own=shocks.defence_share_error_own,
        surprise=now.gdp_growth_surprise,
        gdp=now.gdp_constant_usd,
        log_target=_log_target(now, last, work),
        is_covered=same_row(now.guarantee_condition_is_met)[: None if p.guarantee_response else 1],
    )
    drift = _drift(now, level, surprise, shocks, p)
    traits, numbers = work.once("budgets", lambda: (_traits(now, p, work), _numbers(now, p)))
    spent = work.array("spent", (2, *shape))
    work.run(YEAR, spent, (cells, drift, traits, numbers))
    return Result(
        defence_expenditure_share_of_gdp=spent[0],
        defence_expenditure_constant_usd=spent[1],
        defence_share_tide=level + p.tide_carry * surprise,
        defence_share_revision_factor=revision,
    )
