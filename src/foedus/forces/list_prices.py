"""Published prices of classes in constant US dollars, as the chain reads them.

A sum in the currency of an order is turned into the prices and exchange rates of one year by the GDP of the
currency's country, in that currency of the order's year and in constant dollars; for the euro, Germany.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.forces.classes import axis_classes
from foedus.forces.prices import orders

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.prices import Order

__all__ = ["ConstantPrice", "constant_prices", "price_spread"]

COUNTRY = {"EUR": "DEU", "USD": "USA"}
"""Whose GDP turns an order's currency into constant dollars."""


@dataclass(frozen=True)
class ConstantPrice:
    """What one item of a class costs by the orders on record, constant US dollars.

    Attributes
    ----------
    middle : float
        All sums over all numbers; NaN where no order was public.
    each : tuple of float
        The price of one in each order, in the order of the record.
    """

    middle: float
    each: tuple[float, ...]


def constant_prices(ledger: Ledger, price_year: int) -> Mapping[str, ConstantPrice]:
    """Return the prices of every class on the axis from orders that were public by the ledger's day.

    Parameters
    ----------
    ledger : Ledger
        For GDP, and the day.
    price_year : int
        The year of the prices and exchange rates.

    Returns
    -------
    mapping of str to ConstantPrice
        By class.

    Raises
    ------
    NoDataError
        When no edition has the GDP that the conversion needs.
    """
    return ledger.keep(("constant prices", price_year), lambda: _prices(ledger, price_year))


def _prices(ledger: Ledger, price_year: int) -> dict[str, ConstantPrice]:
    """Work the prices out; see :func:`constant_prices`."""
    factors: dict[tuple[str, int], float] = {}

    def constant(order: Order) -> float:
        key = (COUNTRY[order.currency], order.ordered.year)
        if key not in factors:
            factors[key] = _factor(ledger, *key, price_year)
        return order.total * factors[key]

    prices = {}
    for name in axis_classes():
        known = orders(name, ledger.day)
        sums = [constant(order) for order in known]
        numbers = [order.quantity for order in known]
        middle = sum(sums) / sum(numbers) if known else math.nan
        prices[name] = ConstantPrice(middle, tuple(s / n for s, n in zip(sums, numbers, strict=True)))
    return prices


def _factor(ledger: Ledger, country: str, year: int, price_year: int) -> float:
    """Return how many constant dollars a unit of a country's currency of a year is."""
    years = (min(year, price_year), max(year, price_year))
    current = ledger.figures("gdp_current_lcu", country=[country], year=years)
    real = ledger.figures("gdp_constant_lcu", country=[country], year=years, edition=current.edition)
    dollars = ledger.figures("gdp_current_usd", country=[country], year=price_year, edition=current.edition)
    values = (
        dollars.value(country, price_year),
        real.value(country, year),
        real.value(country, price_year),
        current.value(country, year),
    )
    if not all(values):
        raise NoDataError(
            f"no edition has the GDP of {country} of {year} and {price_year} in current and constant prices",
            do="run as of a day on which one had been published",
        )
    then, now, base, nominal = (float(value or math.nan) for value in values)
    return then * now / (base * nominal)


def price_spread(prices: Mapping[str, ConstantPrice]) -> float:
    """Return the standard deviation of the logarithm of orders' prices about the mean of their class.

    Parameters
    ----------
    prices : mapping of str to ConstantPrice
        By class.

    Returns
    -------
    float
        Pooled over all classes with two orders or more, each of which has given up one degree of freedom.
    """
    squares, freedom = 0.0, 0
    for price in prices.values():
        logs = [math.log(value) for value in price.each]
        if len(logs) > 1:
            squares += sum((value - fmean(logs)) ** 2 for value in logs)
            freedom += len(logs) - 1
    return math.sqrt(squares / freedom) if freedom else math.nan
