"""What spending hands to the chain: the last year before the first step, and the inputs of each year."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.engine.arrays import ByCountry, ByDraw, ByDrawCountry

__all__ = ["Inputs", "InputsAlone", "Start"]


@dataclass(frozen=True)
class _Growth:
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


@dataclass(frozen=True)
class Inputs(_Growth):
    """What spending hands to the chain in one year.

    Attributes
    ----------
    pledge_target_share_of_gdp : ndarray, (country,)
        The share each country has pledged, a fraction.
    """

    pledge_target_share_of_gdp: ByCountry


@dataclass(frozen=True)
class InputsAlone(_Growth):
    """What spending hands to a chain of its own components alone, in which nobody decides on a higher goal.

    Attributes
    ----------
    agreed_target_share_of_gdp : ndarray, (country,)
        The goal in force: the share each country has pledged, a fraction.
    guarantee_condition_is_met : ndarray, (country,)
        1.0: nobody makes the guarantee depend on spending.
    """

    agreed_target_share_of_gdp: ByCountry
    guarantee_condition_is_met: ByDrawCountry


@dataclass(frozen=True)
class Start:
    """The last year before the first step.

    Attributes
    ----------
    gdp_constant_usd : ndarray, (country,)
        GDP in constant US dollars.
    defence_expenditure_share_of_gdp : ndarray, (country,)
        Share of GDP, a fraction; NaN for a country that has none.
    defence_expenditure_constant_usd : ndarray, (country,)
        Defence expenditure in constant US dollars; NaN for a country that has none.
    defence_share_tide : ndarray, (1,)
        The drift of log shares that all allies share, as the changes up to the start's year show it.
    equipment_share, infrastructure_share, other_share : ndarray, (country,)
        Three of the four parts of defence expenditure, fractions of it; NaN where they are not known.
    """

    gdp_constant_usd: ByCountry
    defence_expenditure_share_of_gdp: ByCountry
    defence_expenditure_constant_usd: ByCountry
    defence_share_tide: ByDraw
    equipment_share: ByCountry
    infrastructure_share: ByCountry
    other_share: ByCountry
