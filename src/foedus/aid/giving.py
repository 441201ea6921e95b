"""Aid: what donors allocate to Ukraine in a year, and what of it comes out of defence spending.

**Claim.** Every donor gives in each year what it gave in the last whole year of the release, times the factor
that the scenario sets for it; a common fund comes on top. One level, which all donors share, wanders away
from the last year: its logarithm moves each year by an error of the size that the naive forecast has had. Its
median stays where it is. Where a scenario says so, military aid is taken out of the donor's defence spending.
Military aid takes equipment from stocks as it has done to date, at the last year's part that came from them.

**Sources.** Allocations as the Ukraine Support Tracker of the Kiel Institute has them, in euros. The size of
the error stands in ``parameters/aid.yaml``. A model of months ahead is in :mod:`foedus.aid`; no skill has
been measured for years ahead, so that the naive forecast stands here.

**Leaves out.** What each donor does by itself, any answer of one donor to another, ends of the war,
deliveries, and prices: amounts are euros as they are booked, with no growth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import (
    Array,
    ByClass,
    ByCountry,
    ByDraw,
    ByDrawClassCountry,
    ByDrawCountry,
    YearlyPerDraw,
)
from foedus.engine.elementary import exp
from foedus.engine.workspace import repeated

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    aid_military_path_eur: ByCountry
    aid_other_path_eur: ByCountry
    aid_path_of_european_donors_outside_eur: float
    aid_path_of_asia_pacific_eur: float
    aid_path_of_other_donors_outside_eur: float
    aid_military_path_outside_eur: float
    aid_common_fund_eur: float
    aid_is_inside_budget: float
    constant_usd_per_eur: ByCountry
    aid_equipment_per_eur: ByClass
    defence_expenditure_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    aid_level: ByDraw


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    aid_error: YearlyPerDraw


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/aid.yaml``."""

    year_error: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    aid_level: ByDraw
    aid_military_eur: ByDrawCountry
    aid_other_eur: ByDrawCountry
    aid_of_european_donors_outside_eur: ByDraw
    aid_of_asia_pacific_eur: ByDraw
    aid_of_other_donors_outside_eur: ByDraw
    aid_military_outside_eur: ByDraw
    aid_from_defence_spending_constant_usd: ByDrawCountry
    donated_equipment: ByDrawClassCountry


def out_of_defence_spending(military: Array, usd_per_eur: Array, spending: Array) -> Array:
    """Return what military aid takes out of defence spending: never more than there is.

    Parameters
    ----------
    military : ndarray, (draw, country) or (country,)
        Military aid, euros.
    usd_per_eur : ndarray, (country,)
        Constant US dollars in a euro.
    spending : ndarray, (draw, country) or (country,)
        Defence expenditure in constant US dollars; NaN for a country that has none.

    Returns
    -------
    ndarray
        Constant US dollars; zero for a country without spending.
    """
    taken: Array = np.minimum(np.nan_to_num(military * usd_per_eur), np.nan_to_num(spending))
    return taken


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Return the aid of a year by donor.

    Parameters
    ----------
    now : Now
        Each donor's path with the scenario's factors, euros, by country and for donors that are no country of
        the scenario; the year's part of a common fund; 1.0 where aid comes out of defence spending;
        constant US dollars in a euro; pieces of each class in a euro; spending.
    before : Before
        Last year's level: 1.0 where aid is that of the last whole year.
    shocks : Shocks
        One standard normal term per draw.
    parameters : Parameters
        Size of the error in logarithms.

    Returns
    -------
    Result
        Euros, never negative, (draw, country) or (draw, 1), and pieces, (equipment_class, draw, country).
    """
    level: Array = before.aid_level * exp(parameters.year_error * shocks.aid_error)
    military = level * now.aid_military_path_eur
    fund = now.aid_common_fund_eur
    spending = now.defence_expenditure_constant_usd
    taken = repeated(np.zeros(spending.shape[1]), len(spending))
    if now.aid_is_inside_budget > 0.0:
        taken = out_of_defence_spending(military, now.constant_usd_per_eur, spending)
    # Where no equipment goes with aid, one row of zeros stands for all draws.
    donors = military if now.aid_equipment_per_eur.any() else np.zeros((1, spending.shape[1]))
    return Result(
        aid_level=level,
        aid_military_eur=military,
        aid_other_eur=level * now.aid_other_path_eur,
        aid_of_european_donors_outside_eur=level * now.aid_path_of_european_donors_outside_eur + fund,
        aid_of_asia_pacific_eur=level * now.aid_path_of_asia_pacific_eur,
        aid_of_other_donors_outside_eur=level * now.aid_path_of_other_donors_outside_eur,
        aid_military_outside_eur=level * now.aid_military_path_outside_eur + fund,
        aid_from_defence_spending_constant_usd=taken,
        donated_equipment=now.aid_equipment_per_eur * donors,
    )
