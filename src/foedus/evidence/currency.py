"""Money in national currency, in euros or in US dollars, of one edition.

National currency is what the edition prints. Euros are what it prints for a country of the euro area; of
the others, its dollars at its own rate: what it prints in euros over what it prints in dollars, for the
largest country of the euro area in the year. In constant prices the rate is that of the base year, so that
euros of 2021 are the prices and exchange rates of 2021. No rate comes from anywhere else: an edition that
prints no such pair has no figures in euros.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.catalogue import Quantity, catalogue, quantity
from foedus.errors import InputError, NoDataError
from foedus.evidence.answering import COMPUTED
from foedus.evidence.groups import group_on
from foedus.evidence.records import record_rows
from foedus.evidence.rows import FigureRows
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.evidence.question import Currency

__all__ = ["EuroRate", "currency_of", "euro_rate", "in_euros", "money_entry"]

CARD_ID = "currencies-2026-11"
"""The source card of the national currencies."""

PAIRS = (
    ("defence_expenditure_current_lcu", "defence_expenditure_current_usd"),
    ("gdp_current_lcu", "gdp_current_usd"),
)
"""The amounts in national currency and in dollars, at the year's own rate, that imply a rate."""

Table = Callable[[str], FigureRows]
"""From an edition to all its figures."""


@cache
def _currencies() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return each country's currencies with the day from which, the oldest first."""
    rows: dict[str, list[tuple[str, str]]] = {}
    for row in record_rows("currencies", "currencies"):
        rows.setdefault(row["country"], []).append((row["since"], row["currency"]))
    return {country: tuple(sorted(each)) for country, each in rows.items()}


def currency_of(country: str, published: date) -> str:
    """Return the currency in which an edition prints a country's national figures; empty where not recorded.

    Parameters
    ----------
    country : str
        Alpha-3 code.
    published : datetime.date
        The day on which the edition came out.

    Returns
    -------
    str
        ISO 4217 code.
    """
    names = [name for since, name in _currencies().get(country, ()) if since <= published.isoformat()]
    return names[-1] if names else ""


def money_entry(entry: Quantity, currency: Currency) -> Quantity:
    """Return the indicator of the same money in a currency; for euros that in dollars, its unit euros.

    Parameters
    ----------
    entry : Quantity
        An indicator.
    currency : {"lcu", "eur", "usd"}
        The currency.

    Returns
    -------
    Quantity
        Its name is that of the indicator that tables hold.

    Raises
    ------
    InputError
        When the indicator is no amount of money, or there is none of its prices in the currency.
    """
    if entry.unit not in {"usd", "lcu"}:
        raise InputError(
            f"{entry.name} is not an amount of money in a currency",
            where="--currency",
            do="leave it out, or ask for an amount such as defence_expenditure_current_usd",
        )
    target = "lcu" if currency == "lcu" else "usd"
    name = entry.name.replace(f"_{entry.unit}", f"_{target}", 1)
    if name not in catalogue():
        words = {"lcu": "national currency", "usd": "dollars", "eur": "euros"}[currency]
        others = [other for other in catalogue() if other.endswith(f"current_{target}")]
        raise InputError(
            f"no publisher prints {entry.name} in {words}, in the same prices",
            where="--currency",
            do=f"ask for one of {', '.join(others)}",
        )
    printed = quantity(name)
    return printed.model_copy(update={"unit": "eur"}) if currency == "eur" else printed


@dataclass(frozen=True)
class EuroRate:
    """How many euros a dollar is in a year, as an edition implies it.

    Attributes
    ----------
    edition : str
        The edition.
    year : int
        The year.
    rate : float
        Euros for one US dollar.
    country : str
        The country of the euro area whose two figures imply it.
    indicator : str
        The figure in euros of the two.
    """

    edition: str
    year: int
    rate: float
    country: str
    indicator: str


def euro_rate(table: FigureRows, year: int) -> EuroRate | None:
    """Return the rate between euro and dollar that an edition implies for a year.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    year : int
        The year.

    Returns
    -------
    EuroRate or None
        By the largest country of the euro area that has both figures; None where none has.
    """
    try:
        members = group_on("euro-area", date(year, 1, 1)).countries
    except NoDataError:
        return None
    for in_lcu, in_usd in PAIRS:
        euros = _values(table, in_lcu, members, year)
        dollars = _values(table, in_usd, members, year)
        both = [code for code in euros if dollars.get(code)]
        if both:
            largest = max(both, key=lambda code: euros[code])
            edition = table.where(indicator=in_lcu)["edition"][0]
            return EuroRate(edition, year, euros[largest] / dollars[largest], largest, in_lcu)
    return None


def _values(table: FigureRows, indicator: str, countries: Iterable[str], year: int) -> dict[str, float]:
    """Return an edition's figures of some countries in a year, by country."""
    rows = table.where(indicator=indicator, country=tuple(countries), year=year)
    return dict(rows.select("country", "value"))


def in_euros(
    frame: FigureRows, entry: Quantity, table: Table, published: Mapping[str, date]
) -> tuple[FigureRows, tuple[str, ...]]:
    """Return figures in dollars as figures in euros.

    Parameters
    ----------
    frame : FigureRows
        Figures in US dollars.
    entry : Quantity
        Their indicator, as :func:`money_entry` gives it.
    table : callable
        From an edition to all its figures.
    published : mapping of str to datetime.date
        The day of each edition.

    Returns
    -------
    (FigureRows, tuple of str)
        Without the rows of years that have no rate; and what a reader must know of the rates.

    Raises
    ------
    NoDataError
        When the editions imply no rate for any of the years.
    """
    base = entry.price_basis.rpartition(" ")[2]
    fixed = int(base) if base.isdecimal() else None
    rates = {
        (edition, year): euro_rate(table(edition), fixed or year)
        for edition, year in dict.fromkeys(frame.select("edition", "year"))
    }
    printed = _PrintedEuros(entry.name.replace("_usd", "_lcu", 1), fixed, table, published)
    rows = []
    for row in frame.to_dicts():
        rate = rates[row["edition"], row["year"]]
        if rate is not None:
            rows.append(printed.row(row) or _converted(row, rate))
    used = [rate for rate in dict.fromkeys(rates.values()) if rate is not None]
    if not used:
        years = ", ".join(dict.fromkeys(str(fixed or year) for _, year in rates))
        raise NoDataError(
            f"{', '.join(dict.fromkeys(frame['edition']))} prints no amount in euros and in dollars of "
            f"{years}, so it implies no rate",
            where="--currency",
            do="ask for --currency lcu, or another edition",
        )
    return FigureRows(frame.columns, ()).plus(rows), tuple(_rate_notes(used))


@dataclass(frozen=True)
class _PrintedEuros:
    """What editions print in euros themselves."""

    indicator: str
    fixed: int | None
    table: Table
    published: Mapping[str, date]

    def row(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return a figure as printed in euros, where its country had the euro in the year of the prices."""
        year, country, edition = self.fixed or row["year"], row["country"], row["edition"]
        if country not in group_on("euro-area", date(year, 1, 1)).countries:
            return None
        if currency_of(country, self.published[edition]) != "EUR":
            return None
        rows = self.table(edition).where(indicator=self.indicator, country=country, year=row["year"])
        return {**row, **rows.to_dicts()[0], "indicator": row["indicator"]} if len(rows) else None


def _converted(row: Mapping[str, Any], rate: EuroRate) -> dict[str, Any]:
    """Return a figure in dollars at the edition's rate."""
    how = f"dollars at {written(rate.rate, 4)} euros"
    note = "; ".join(filter(None, (row["note"], how)))
    about = {"note": note, "rests_on": COMPUTED, "printed_to": None}
    return {**row, "value": row["value"] * rate.rate, **about}


def _rate_notes(rates: list[EuroRate]) -> list[str]:
    """Write which rates were used, and what implies them."""
    lines = []
    for edition in dict.fromkeys(rate.edition for rate in rates):
        here = sorted((rate for rate in rates if rate.edition == edition), key=lambda rate: rate.year)
        first, last = here[0], here[-1]
        span = f"{written(first.rate, 4)} for {first.year}" + (
            f" to {written(last.rate, 4)} for {last.year}" if last is not first else ""
        )
        who = ", ".join(map(country_name, dict.fromkeys(rate.country for rate in here)))
        lines.append(
            f"Euros for a dollar: {span}, as {edition} implies by its two amounts of {who} "
            f"({first.indicator} over that in dollars); countries of the euro area as printed in euros."
        )
    return lines
