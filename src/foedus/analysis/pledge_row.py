"""What a pledge asks of one ally: the growth it needs and what it costs on a straight path."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.rounding import rounded
from foedus.scenario import Resolved
from foedus.spending.measures import at_level
from foedus.spending.thresholds import PRINTED_DIGITS
from foedus.units import billions, per_cent, points

__all__ = ["PledgeRow", "faster_than_gdp", "pledge_row", "required_growth"]


@dataclass(frozen=True)
class PledgeRow:
    """What the pledge asks of one ally.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    share, target : float
        Share of GDP at the start, as it is printed, and the share pledged, fractions.
    spending, spending_at_deadline : float
        Spending at the start, and at the target's share in the deadline's year; US dollars of the run's price
        year. An ally that is above the target spends its present share.
    gdp_growth : float
        Mean projected real growth of GDP to the deadline, a fraction per year.
    faster_than_gdp, required_growth : float
        By how much spending must grow faster than GDP, and how much in real terms, fractions per year; zero
        and the growth of GDP for an ally at the target.
    cost_at_deadline, cost_cumulative : float
        Spending on the straight path less spending at the present share: in the deadline's year, and summed
        over the years to it; US dollars of the run's price year.
    odds, odds_no_change : float
        Part of the draws in which the ally is at the target in the deadline's year, and what no change says.
    cost_by_year : tuple of float
        The cost in each year after the start.
    equipment_share : float
        Equipment over spending at the start, a fraction; NaN where not known.
    """

    country: str
    name: str
    share: float
    target: float
    spending: float
    spending_at_deadline: float
    gdp_growth: float
    faster_than_gdp: float
    required_growth: float
    cost_at_deadline: float
    cost_cumulative: float
    odds: float
    odds_no_change: float
    cost_by_year: tuple[float, ...]
    equipment_share: float

    def sentence(self, start: int, deadline: int, price_year: int) -> str:
        """Return what the pledge asks of the ally in one sentence.

        Parameters
        ----------
        start, deadline, price_year : int
            The year of the starting figures, the deadline, and the year of the prices.

        Returns
        -------
        str
            Spending then and now, its growth, and what it costs.
        """
        path = (
            f"{self.name}: {billions(self.spending)} bn dollars ({price_year} prices) in {start}, "
            f"{billions(self.spending_at_deadline)} in {deadline}, {points(self.required_growth, 1)} % a year"
        )
        if self.cost_cumulative <= 0.0:
            return f"{path}: it is at {per_cent(self.target, 1)} already, and the target costs nothing."
        years = f"{start + 1}–{deadline % 100:02d}" if deadline > start + 1 else f"{deadline}"
        cost = f"{billions(self.cost_cumulative)} bn above {per_cent(self.share)} of GDP over {years}"
        return f"{path}; {cost} on a straight line."


def faster_than_gdp(share: float, target: float, years: int) -> float:
    """Return by how much spending must outgrow GDP for a share to reach a target.

    Parameters
    ----------
    share, target : float
        Shares of GDP, fractions above zero.
    years : int
        Years to get there, one or more.

    Returns
    -------
    float
        ``(target / share) ** (1 / years) - 1``, a fraction per year; zero for an ally at the target.

    Raises
    ------
    InputError
        When a share is not above zero or no year is left.

    Examples
    --------
    >>> round(faster_than_gdp(0.02, 0.035, 10), 3)
    0.058
    """
    if share <= 0.0 or target <= 0.0:
        raise InputError("a share that is not above zero has no rate of growth", do="give shares above zero")
    if years < 1:
        raise InputError("no year is left to the deadline", where="--by", do="give a year after the start")
    return float(max((target / share) ** (1.0 / years) - 1.0, 0.0))


def required_growth(share: float, target: float, years: int, gdp_growth: float) -> float:
    """Return the real growth of spending that takes a share to a target.

    Parameters
    ----------
    share, target : float
        Shares of GDP, fractions above zero.
    years : int
        Years to get there, one or more.
    gdp_growth : float
        Real growth of GDP, a fraction per year.

    Returns
    -------
    float
        A fraction per year: :func:`faster_than_gdp` compounded with the growth of GDP.
    """
    return (1.0 + faster_than_gdp(share, target, years)) * (1.0 + gdp_growth) - 1.0


def pledge_row(resolved: Resolved, i: int, gdp: Array, growth: Array, reached: float) -> PledgeRow:
    """Return what the pledge asks of one ally.

    Parameters
    ----------
    resolved : Resolved
        The scenario, which ends at the deadline.
    i : int
        The ally's place among the countries.
    gdp, growth : ndarray, (year,)
        GDP in constant US dollars and its growth, for each year after the start.
    reached : float
        The part of the draws in which the ally is at the target in the last year.

    Returns
    -------
    PledgeRow
        One row. The growth that is required is that of spending itself; the cost is counted from the share as
        it is printed.
    """
    section = resolved.spending
    share, target = section.defence_expenditure_share_of_gdp[i], section.pledge_targets[i]
    spending = share * section.gdp_constant_usd[i]
    years = len(gdp)
    printed = float(rounded(share, PRINTED_DIGITS))
    path = printed + max(target - printed, 0.0) * np.arange(1, years + 1) / years
    cost = (path - printed) * gdp
    mean_growth = math.exp(float(np.log1p(growth).mean())) - 1.0
    return PledgeRow(
        country=resolved.countries[i],
        name=country_name(resolved.countries[i]),
        share=printed,
        target=target,
        spending=spending,
        spending_at_deadline=max(target, share) * float(gdp[-1]),
        gdp_growth=mean_growth,
        faster_than_gdp=faster_than_gdp(share, target, years),
        required_growth=required_growth(share, target, years, mean_growth),
        cost_at_deadline=float(cost[-1]),
        cost_cumulative=float(cost.sum()),
        odds=reached,
        odds_no_change=float(at_level(np.array(share), target)),
        cost_by_year=tuple(float(c) for c in cost),
        equipment_share=section.equipment_share[i],
    )
