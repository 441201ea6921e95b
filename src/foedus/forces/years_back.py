"""How many years until an ally holds again what it once held: arithmetic with stated rates, and no forecast.

What is missing is what the ally held in a first year less what it held in a last one. A study says in how
many years it is back at the present speed of procurement; the net rate that this implies is what is missing
over those years. It is worked back from the years, so that putting it in gives the years again and proves
nothing. Beside it stand the years at the rate of orders on record that have years of delivery, as if such
orders went on and nothing were retired.

The table stands in ``evidence/records/stock_studies`` under the card ``stock-studies-2026-11``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.errors import NoDataError
from foedus.evidence.records import record_rows
from foedus.forces.classes import equipment_class
from foedus.forces.prices import orders
from foedus.forces.words import in_sentence
from foedus.results import Answer, Result
from foedus.rounding import written
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.forces.prices import Order

__all__ = ["CARD_ID", "CIRCULAR", "StockFall", "YearsBack", "YearsBackRow", "years_at", "years_back"]

CARD_ID = "stock-studies-2026-11"
"""The source card of the table."""

CIRCULAR = (
    "The study's net rates are worked back from its own years, so that they give these years again; that "
    "proves nothing about any model."
)
"""What stands beside every rate that was worked back."""

SHORT = "Arithmetic with a study's rates, which were worked back from these years: it proves nothing."
"""The same where room is short."""


@dataclass(frozen=True)
class StockFall:
    """What an ally held in two years, and when a study thinks it is back.

    Attributes
    ----------
    study, country, equipment, item : str
        Which study, alpha-3 code, class of forces, and what was counted.
    day : datetime.date
        The day the study was public.
    first_year, last_year : int
        The two years.
    first_count, last_count : float
        What was held in them.
    years_back : float
        The study's years until the first count is reached again.
    known, source, url : str
        How it is known, and where from.
    """

    study: str
    day: date
    country: str
    equipment: str
    item: str
    first_year: int
    first_count: float
    last_year: int
    last_count: float
    years_back: float
    known: str
    source: str
    url: str

    @property
    def missing(self) -> float:
        """The first count less the last."""
        return self.first_count - self.last_count


@dataclass(frozen=True)
class YearsBackRow:
    """One class of the arithmetic.

    Attributes
    ----------
    equipment, label, item : str
        The class, its heading, and what the study counted.
    first_count, last_count, missing : float
        What was held in the first year and in the last, and the difference.
    years_said : float
        The study's years.
    implied_rate : float
        The net rate a year that these years imply: what is missing over them.
    ordered_rate : float or None
        Items a year of orders with years of delivery; None where no such order is on record.
    years_ordered : float or None
        What is missing over that rate.
    ordered : str
        Those orders in words.
    """

    equipment: str
    label: str
    item: str
    first_count: float
    last_count: float
    missing: float
    years_said: float
    implied_rate: float
    ordered_rate: float | None
    years_ordered: float | None
    ordered: str


@dataclass(frozen=True)
class YearsBack(Result):
    """How long until an ally holds again what it held, by stated rates.

    Attributes
    ----------
    country, study, source, known : str
        Whose stocks, by which study, where it was read, and how it is known.
    first_year, last_year : int
        The years of the two counts.
    rows : tuple of YearsBackRow
        By class.
    """

    country: str
    study: str
    source: str
    known: str
    first_year: int
    last_year: int
    rows: tuple[YearsBackRow, ...]

    def headline(self) -> str:
        """Return the years by class, and that they are arithmetic."""
        return f"{self.answer().sentence()} {CIRCULAR}"

    def lines(self) -> tuple[str, ...]:
        """Return the study's years, that they are arithmetic, and the years at ordered rates, in short."""
        ordered = [line for row in self.rows if (line := _ordered(row))]
        return (
            f"{self.answer().number} years: {_listed([row.item for row in self.rows])}. {SHORT}",
            *ordered,
        )

    def answer(self) -> Answer:
        """Return the study's years by class."""
        return Answer(
            number=f"About {_listed([written(row.years_said) for row in self.rows])}",
            unit="years",
            claim=f"until {in_sentence(country_name(self.country))} holds again the "
            f"{_listed([row.item for row in self.rows])} of {self.first_year} ({self.source}): arithmetic "
            f"with net rates of {_listed([written(row.implied_rate, 1) for row in self.rows])} a year.",
            beside=(CIRCULAR,),
            title=f"Years back to the stocks of {self.first_year}",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the arithmetic by class."""
        columns = (
            Column("label", "Class"),
            Column("first_count", f"Held in {self.first_year}", "count"),
            Column("last_count", f"Held in {self.last_year}", "count"),
            Column("years_said", "Years, by the study", "count"),
            Column("implied_rate", "Net rate that they imply, a year", "number_1"),
            Column("ordered_rate", "Rate of orders on record, a year", "number_1"),
            Column("years_ordered", "Years at that rate", "count"),
            Column("ordered", "Orders with years of delivery"),
        )
        rows = tuple(vars(row) | {"source": f"{self.source} ({self.known})"} for row in self.rows)
        return (Table("years_back", f"{self.answer().title}: arithmetic, no forecast", columns, rows),)

    def payload(self) -> dict[str, object]:
        """Return the answer for programs."""
        return super().payload() | {"headline": self.headline(), "cards": [CARD_ID]}


@cache
def _all() -> tuple[StockFall, ...]:
    """Read the whole table."""
    return tuple(
        StockFall(
            row["study"],
            date.fromisoformat(row["day"]),
            row["country"],
            row["class"],
            row["item"],
            int(row["first_year"]),
            float(row["first_count"]),
            int(row["last_year"]),
            float(row["last_count"]),
            float(row["years_back"]),
            *(row[name] for name in ("known", "source", "url")),
        )
        for row in record_rows("stock_studies", "stock_studies")
    )


def years_at(missing: float, rate: float) -> float:
    """Return the years until so many are delivered at a rate a year; infinity where nothing is delivered."""
    if missing <= 0.0:
        return 0.0
    return missing / rate if rate > 0.0 else float("inf")


def years_back(as_of: date | None = None) -> YearsBack:
    """Work out how long it takes to be back at earlier stocks, at the rates that a study and orders imply.

    Parameters
    ----------
    as_of : datetime.date, optional
        Use only what had been published by this day.

    Returns
    -------
    YearsBack
        The newest study on record by that day.

    Raises
    ------
    NoDataError
        When none had been published.
    """
    known = [fall for fall in _all() if as_of is None or fall.day <= as_of]
    if not known:
        raise NoDataError(
            f"no study of earlier stocks was public by {as_of}",
            do=f"ask as of {min(fall.day for fall in _all())} or later",
        )
    newest = max(known, key=lambda fall: fall.day)
    falls = [fall for fall in known if fall.study == newest.study and fall.country == newest.country]
    return YearsBack(
        newest.country,
        newest.study,
        newest.source,
        newest.known,
        newest.first_year,
        newest.last_year,
        tuple(_row(fall, as_of) for fall in falls),
    )


def _row(fall: StockFall, as_of: date | None) -> YearsBackRow:
    """Return the arithmetic of one class."""
    spread = [
        (order, order.delivery_from, order.delivery_to)
        for order in orders(fall.equipment, as_of)
        if order.buyer == fall.country
    ]
    rates = [(order, _per_year(order, first, last)) for order, first, last in spread if first and last]
    rate = sum(each for _, each in rates) if rates else None
    return YearsBackRow(
        fall.equipment,
        equipment_class(fall.equipment).label,
        fall.item,
        fall.first_count,
        fall.last_count,
        fall.missing,
        fall.years_back,
        fall.missing / fall.years_back,
        rate,
        None if rate is None else years_at(fall.missing, rate),
        "; ".join(f"{o.quantity:,} {o.item}, {o.delivery_from}–{o.delivery_to}" for o, _ in rates),
    )


def _ordered(row: YearsBackRow) -> str:
    """Return the years at the rate of orders on record in a sentence; empty where there is none."""
    if not row.ordered_rate or row.years_ordered is None:
        return ""
    rate, years = written(row.ordered_rate, 1), written(row.years_ordered)
    return f"{row.label} at the rate of {row.ordered} ({rate} a year): {years}."


def _listed(words: Sequence[str]) -> str:
    """Join words with commas and an "and"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _per_year(order: Order, first: int, last: int) -> float:
    """Return an order's items a year, spread evenly over its years of delivery."""
    return order.quantity / (last - first + 1)
