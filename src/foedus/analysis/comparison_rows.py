"""The rows of a comparison: one ally, and one measure, in two scenarios."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.catalogue import catalogue
from foedus.engine.precision import held
from foedus.runs.headline import spread_by_year

if TYPE_CHECKING:
    from foedus.runs.outcome import Outcome

__all__ = ["AllyDifference", "MeasureDifference", "measure_difference"]


@dataclass(frozen=True)
class AllyDifference:
    """One ally at the last year of both scenarios.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    first, second : float
        Median share of GDP in each scenario, fractions.
    low, median, high : float
        Quantiles of the second share less the first, draw by draw, fractions.
    first_at_mark, second_at_mark : float
        Part of the draws in which it is at what the pledge of each scenario asks of it.
    error : float
        The largest standard error over seeds of medians and quantiles, a fraction.
    """

    country: str
    name: str
    first: float
    second: float
    low: float
    median: float
    high: float
    first_at_mark: float
    second_at_mark: float
    error: float = 0.0

    def printed(self) -> tuple[float, ...]:
        """Return both medians and the three quantiles of the difference without the digits that are noise."""
        values = (self.first, self.second, self.low, self.median, self.high)
        return held(values, (self.error,))


@dataclass(frozen=True)
class MeasureDifference:
    """How a measure of the second scenario differs from the first one's, draw by draw.

    Attributes
    ----------
    label, unit : str
        As the catalogue has them.
    low, median, high : tuple of float
        Quantiles by year of the second less the first.
    low_error, median_error, high_error : tuple of float
        Their standard errors over seeds.
    """

    label: str
    unit: str
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    low_error: tuple[float, ...] = ()
    median_error: tuple[float, ...] = ()
    high_error: tuple[float, ...] = ()

    def interval(self, index: int = -1) -> tuple[float, float, float]:
        """Return low end, median and high end of a year, by its index, without the digits that are noise."""
        values = self.low[index], self.median[index], self.high[index]
        errors = [part[index] for part in (self.low_error, self.median_error, self.high_error) if part]
        low, median, high = values if self.unit == "count" else held(values, errors)
        return low, median, high


def measure_difference(name: str, one: Outcome, two: Outcome, years: int) -> MeasureDifference:
    """Return how a measure differs in the first years of two outcomes, draw by draw.

    Parameters
    ----------
    name : str
        The measure.
    one, two : Outcome
        The outcomes, from the same draws.
    years : int
        How many years both have.

    Returns
    -------
    MeasureDifference
        The second less the first.
    """
    about = catalogue()[name]
    paired = [
        spread_by_year(name, (two.measure(name, i) - one.measure(name, i))[np.newaxis]) for i in range(years)
    ]
    return MeasureDifference(
        about.label, about.unit, *(tuple(ends[0] for ends in part) for part in zip(*paired, strict=True))
    )
