"""What spending hands to the chain: the last year before the first step, and the inputs of each year."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.engine.arrays import ByCountry, ByDraw, ByDrawCountry
from foedus.spending.yearly import YearOfBudgets

__all__ = ["Inputs", "InputsAlone", "Start"]


@dataclass(frozen=True)
class Inputs(YearOfBudgets):
    """What spending hands to the chain in one year.

    Attributes
    ----------
    pledge_target_share_of_gdp : ndarray, (country,)
        The share each country has pledged, a fraction.
    """

    pledge_target_share_of_gdp: ByCountry


@dataclass(frozen=True)
class InputsAlone(YearOfBudgets):
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
