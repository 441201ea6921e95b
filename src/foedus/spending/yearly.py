"""What economy and budgets are given of a year, whoever decides on the goal."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.engine.arrays import ByCountry

__all__ = ["YearOfBudgets"]


@dataclass(frozen=True)
class YearOfBudgets:
    """What economy and budgets read of a year, whoever decides on the goal.

    Attributes
    ----------
    gdp_real_growth_path : ndarray, (country,)
        Projected real growth, a fraction per year.
    gdp_real_growth_shift : ndarray, (country,)
        What the scenario adds to growth, a fraction per year.
    gdp_real_growth_is_projected : float
        1.0 when the year's growth is a projection, 0.0 when the edition reports it as past.
    gdp_real_growth_years_ahead : float
        How many years the projection looks ahead: 1.0 in the first projected year, 0.0 before it.
    gdp_outlook_is_of_october : float
        1.0 where the projection is that of an Outlook of October, which has seen most of its first year.
    pledge_is_active : float
        1.0 from the pledge's first year on, 0.0 before.
    pledge_deadline : float
        The calendar year by which the target is to be met.
    pledge_floor_share_of_gdp : float
        The share that an earlier pledge, whose deadline is past, asks to keep; zero where there is none.
    announced_share_of_gdp : ndarray, (country,)
        The next share that a government has announced, a fraction; NaN where it has announced none.
    announced_year : ndarray, (country,)
        The year for which it has announced it; NaN where there is none.
    announced_goal_share_of_gdp : ndarray, (country,)
        The highest share that it has announced for a year to come; NaN where there is none.
    threat_is_raised : float
        1.0 while the threat to those who border Russia or Belarus is raised, 0.0 when it is not.
    printed_share_of_gdp : ndarray, (country,)
        The share that an edition prints for the year, a fraction; NaN where none does.
    start_is_estimate : ndarray, (country,)
        In the first year 1.0 where the starting share was printed as an estimate; in later years 0.0.
    share_convergence_weight : ndarray, (country,)
        The weight of each share in the mean that all converge to; zeros where the pledge pulls instead.
    """

    gdp_real_growth_path: ByCountry
    gdp_real_growth_shift: ByCountry
    gdp_real_growth_is_projected: float
    gdp_real_growth_years_ahead: float
    gdp_outlook_is_of_october: float
    pledge_is_active: float
    pledge_deadline: float
    pledge_floor_share_of_gdp: float
    announced_share_of_gdp: ByCountry
    announced_year: ByCountry
    announced_goal_share_of_gdp: ByCountry
    threat_is_raised: float
    printed_share_of_gdp: ByCountry
    start_is_estimate: ByCountry
    share_convergence_weight: ByCountry
