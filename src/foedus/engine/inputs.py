"""What the chain is given from outside: the scenario's figures for each year, and the state it starts from.

The field names are catalogue names, like those of the components, and their type hints are the declaration
that :mod:`foedus.engine.wiring` checks.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import ByCountry, ByDraw

__all__ = ["Inputs", "Start"]


@dataclass(frozen=True)
class Inputs:
    """One year's figures from the scenario.

    Attributes
    ----------
    year : float
        The calendar year.
    gdp_real_growth_path : ndarray, (country,)
        Projected real growth, a fraction per year.
    gdp_real_growth_shift : float
        What the scenario adds to every country's growth, a fraction per year.
    gdp_real_growth_is_projected : float
        1.0 when the year's growth is a projection, 0.0 when the edition reports it as past.
    gdp_real_growth_years_ahead : float
        How many years the projection looks ahead: 1.0 in the first projected year, 0.0 before it.
    pledge_target_share_of_gdp : ndarray, (country,)
        The share each country has pledged, a fraction.
    pledge_is_active : float
        1.0 from the pledge's first year on, 0.0 before.
    pledge_deadline : float
        The calendar year by which the target is to be met.
    announced_share_of_gdp : ndarray, (country,)
        The next share that a government has announced, a fraction; NaN where it has announced none.
    announced_year : ndarray, (country,)
        The year for which it has announced it; NaN where there is none.
    threat_is_raised : float
        1.0 while the threat to those who border Russia or Belarus is raised, 0.0 when it is not.
    start_is_estimate : ndarray, (country,)
        In the first year 1.0 where the starting share was printed as an estimate; in later years 0.0.
    shock_scale : float
        What every random term has been multiplied by.
    question_kind : float
        What is put to allies in the year: 0 nothing, 1 a new spending goal, 2 an invitation, 3 a support
        package.
    question_goal_share_of_gdp : float
        The new goal, a fraction.
    question_position : ndarray, (country,)
        Where allies stand on an invitation or a package, 0 to 100.
    question_salience : ndarray, (country,)
        How much they care, a fraction; also on a goal, unless it is left to the component.
    question_release_few_share, question_release_many_share : float
        Chance that the instruments allowed resolve an objection, where few object and where many do.
    accession_signed_year : ndarray, (country,)
        When the protocol of an accession is signed, in years and their fractions; NaN for who does not
        accede.
    accession_days_5, accession_days_25, accession_days_50, accession_days_75, accession_days_95 : ndarray,
    (country,)
        Days from there to entry, at five probabilities in per cent; NaN for who does not accede.
    """

    year: float
    gdp_real_growth_path: ByCountry
    gdp_real_growth_shift: float
    gdp_real_growth_is_projected: float
    gdp_real_growth_years_ahead: float
    pledge_target_share_of_gdp: ByCountry
    pledge_is_active: float
    pledge_deadline: float
    announced_share_of_gdp: ByCountry
    announced_year: ByCountry
    threat_is_raised: float
    start_is_estimate: ByCountry
    shock_scale: float
    question_kind: float = 0.0
    question_goal_share_of_gdp: float = 0.0
    question_position: ByCountry | float = 0.0
    question_salience: ByCountry | float = 0.0
    question_release_few_share: float = 0.0
    question_release_many_share: float = 0.0
    accession_signed_year: ByCountry | float = math.nan
    accession_days_5: ByCountry | float = math.nan
    accession_days_25: ByCountry | float = math.nan
    accession_days_50: ByCountry | float = math.nan
    accession_days_75: ByCountry | float = math.nan
    accession_days_95: ByCountry | float = math.nan


@dataclass(frozen=True)
class Start:
    """The state of the last year before the first step.

    Attributes
    ----------
    gdp_constant_usd : ndarray, (country,)
        GDP in constant US dollars.
    defence_expenditure_share_of_gdp : ndarray, (country,)
        Share of GDP, a fraction; NaN for a country that has none.
    defence_expenditure_constant_usd : ndarray, (country,)
        Defence expenditure in constant US dollars; NaN for a country that has none.
    build_up_is_on : ndarray, (1,)
        1.0 where a build-up holds; NaN where only its probability is known.
    equipment_share, infrastructure_share, other_share : ndarray, (country,)
        Three of the four parts of defence expenditure, fractions of it; NaN where they are not known.
    agreed_target_share_of_gdp : float
        What allies agreed beyond the scenario's pledge before the first year.
    invitations_agreed_count, support_packages_agreed_count : float
        Decisions before the first year, none unless said otherwise.
    membership : ndarray, (country,)
        1.0 for allies, 0.0 for who may accede.
    """

    gdp_constant_usd: ByCountry
    defence_expenditure_share_of_gdp: ByCountry
    defence_expenditure_constant_usd: ByCountry
    build_up_is_on: ByDraw
    equipment_share: ByCountry
    infrastructure_share: ByCountry
    other_share: ByCountry
    agreed_target_share_of_gdp: float = 0.0
    invitations_agreed_count: float = 0.0
    support_packages_agreed_count: float = 0.0
    membership: ByCountry | float = 1.0

    def __post_init__(self) -> None:
        """Give membership the shape of the countries, also where it is one number for all."""
        everyone = np.broadcast_to(np.asarray(self.membership, dtype=np.float64), self.gdp_constant_usd.shape)
        object.__setattr__(self, "membership", everyone)
