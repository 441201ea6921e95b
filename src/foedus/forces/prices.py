"""What weapons cost: orders on record, and an assumed range for a class of which none is.

The table stands in ``evidence/records/unit_prices`` under the card ``unit-prices-2026-11``. Sums are turned
into US dollars at the rate that the World Economic Outlook implies for the year of the order, and are not
raised to later prices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.evidence.records import record_rows
from foedus.forces.classes import axis_classes, equipment_class
from foedus.forces.parameters import FOLDER

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.parameters import Grade

__all__ = ["CARD_ID", "ClassPrice", "Order", "class_price", "class_prices", "euro_in_usd", "orders"]

CARD_ID = "unit-prices-2026-11"
"""The source card of the table."""


@dataclass(frozen=True)
class Order:
    """One order.

    Attributes
    ----------
    equipment, item, buyer : str
        The class of forces, what was bought, and by whom.
    quantity : int
        How many.
    total : float
        The sum, in single units of `currency` at the prices of the order.
    currency : {"EUR", "USD"}
        In what.
    ordered, public : datetime.date
        The day of the order, and the day it was public.
    includes, known, source : str
        What the sum includes beside the item, how it is known, and where from.
    delivery_from, delivery_to : int or None
        The first and the last year of delivery, where they were said.
    """

    equipment: str
    item: str
    buyer: str
    quantity: int
    total: float
    currency: str
    ordered: date
    public: date
    includes: str
    known: str
    source: str
    delivery_from: int | None = None
    delivery_to: int | None = None

    @property
    def unit_price(self) -> float:
        """The sum over the number, in `currency`."""
        return self.total / self.quantity


@dataclass(frozen=True)
class ClassPrice:
    """The price of one item of a class, in US dollars.

    Attributes
    ----------
    equipment : str
        The class.
    low, middle, high : float
        The lowest and the highest price of an order, and all sums over all numbers; or the assumed range.
    grade : {"measured", "assumed"}
        Read off orders, or assumed for want of one.
    orders : tuple of Order
        The orders; none where the range is assumed.
    source : str
        Where it comes from, in words.
    """

    equipment: str
    low: float
    middle: float
    high: float
    grade: Grade
    orders: tuple[Order, ...]
    source: str


@cache
def _all() -> tuple[Order, ...]:
    """Read the whole table."""
    return tuple(
        Order(
            row["class"],
            row["item"],
            row["buyer"],
            int(row["quantity"]),
            float(row["total"]),
            row["currency"],
            date.fromisoformat(row["ordered"]),
            date.fromisoformat(row["public"]),
            row["includes"],
            row["known"],
            row["source"],
            *(int(row[name]) if row[name] else None for name in ("delivery_from", "delivery_to")),
        )
        for row in record_rows("unit_prices", "unit_prices")
    )


def orders(equipment: str | None = None, as_of: date | None = None) -> tuple[Order, ...]:
    """Return the orders that were public by a day, of one class or of all."""
    return tuple(
        order
        for order in _all()
        if (equipment is None or order.equipment == equipment) and (as_of is None or order.public <= as_of)
    )


def euro_in_usd(ledger: Ledger, year: int) -> float:
    """Return how many US dollars a euro was in a year: Germany's GDP in dollars over that in euros.

    Parameters
    ----------
    ledger : Ledger
        The figures; one edition of the World Economic Outlook answers both.
    year : int
        The year.

    Returns
    -------
    float
        US dollars to the euro.

    Raises
    ------
    NoDataError
        When no edition that may answer has both.
    """
    dollars = ledger.figures("gdp_current_usd", country=["DEU"], year=year)
    euros = ledger.figures("gdp_current_lcu", country=["DEU"], year=year, edition=dollars.edition)
    numerator, denominator = dollars.value("DEU", year), euros.value("DEU", year)
    if not numerator or not denominator:
        raise NoDataError(
            f"no edition has Germany's GDP of {year} in dollars and in euros",
            do="ask as of a day on which one had been published",
        )
    return numerator / denominator


def class_prices(ledger: Ledger) -> dict[str, ClassPrice]:
    """Return the price of every class on the axis of equipment, as of the ledger's day."""
    return {name: class_price(ledger, name) for name in axis_classes()}


def class_price(ledger: Ledger, equipment: str) -> ClassPrice:
    """Return the price of a class from orders that were public by the ledger's day.

    Parameters
    ----------
    ledger : Ledger
        For the rate of exchange, and the day.
    equipment : str
        A class on the axis of equipment.

    Returns
    -------
    ClassPrice
        In US dollars; an assumed range where no order is on record.

    Raises
    ------
    NoDataError
        When no order was public by that day and no range is assumed.
    """
    known = orders(equipment, ledger.day)
    assumed = FOLDER.component("prices").get(equipment)
    if known:
        usd = [order.total * _rate(ledger, order) for order in known]
        each = [total / order.quantity for total, order in zip(usd, known, strict=True)]
        middle = sum(usd) / sum(order.quantity for order in known)
        said = "; ".join(f"{o.quantity:,} {o.item} for {o.buyer}, {o.ordered:%B %Y}" for o in known)
        return ClassPrice(equipment, min(each), middle, max(each), "measured", known, said)
    if assumed is None or isinstance(assumed.value, dict):
        raise NoDataError(
            f"no order of {equipment_class(equipment).label.lower()} was public by {ledger.day}",
            do="ask as of a later day",
        )
    return ClassPrice(
        equipment, assumed.range[0], assumed.value, assumed.range[1], "assumed", (), assumed.source
    )


def _rate(ledger: Ledger, order: Order) -> float:
    """Return what one unit of an order's currency was in US dollars in the year of the order."""
    return euro_in_usd(ledger, order.ordered.year) if order.currency == "EUR" else 1.0
