"""Facts of one country that the ledger holds: each with its year, its edition and what it is measured in.

A later subject adds its own facts with a function of the same kind: from the ledger, a country and a day to
:class:`CountryFact`; :data:`foedus.analysis.country.FACTS` lists the functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.errors import FoedusError
from foedus.evidence.aggregates import SPENDING
from foedus.evidence.ledger import Ledger
from foedus.evidence.records import record_rows
from foedus.tables import Kind, write_cell

__all__ = ["CountryFact", "ledger_facts", "member_since"]


@dataclass(frozen=True)
class CountryFact:
    """One fact of a country.

    Attributes
    ----------
    name, label : str
        The catalogue's name of the quantity, and what it is called in print.
    value : float or str or None
        The figure in the catalogue's unit, or a text; None where none is held.
    kind : str
        How it is written, a kind of :mod:`foedus.tables`.
    unit, beside : str
        What stands before or after the figure: "USD" or "bn USD", and "2021 prices" or "aim 20 %".
    year : int or None
        The year it is of.
    edition : str
        The edition or record that holds it; empty for what is computed.
    """

    name: str
    label: str
    value: float | str | None
    kind: Kind
    unit: str = ""
    beside: str = ""
    year: int | None = None
    edition: str = ""

    @property
    def written(self) -> str:
        """The figure as it is printed, with its unit."""
        text = write_cell(self.value, self.kind)
        return f"{self.unit} {text}" if self.unit == "USD" else f"{text} {self.unit}".strip()

    @property
    def heading(self) -> str:
        """What stands above the figure: its label, and its year."""
        return self.label if self.year is None else f"{self.label}, {self.year}"


SHOWN: tuple[tuple[tuple[str, ...], str, Kind, str], ...] = (
    (SPENDING, "Spending", "billions", "bn USD"),
    (
        tuple(f"defence_expenditure_per_capita_constant_usd_{base}" for base in (2021, 2015)),
        "A head",
        "count",
        "USD",
    ),
    (("equipment_share",), "Equipment", "per_cent_1", ""),
    (("military_personnel",), "Personnel", "count", ""),
    (("defence_expenditure_real_change",), "Growth in real terms", "per_cent_1", ""),
)
"""What is shown of a country: indicators, the one that is preferred first, label, kind and unit."""


def ledger_facts(ledger: Ledger, country: str, day: date) -> Iterator[CountryFact]:
    """Yield the newest figure of each indicator that is shown of a country.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    country : str
        Alpha-3 code.
    day : datetime.date
        Only what had been published by this day.

    Yields
    ------
    CountryFact
        In the order of :data:`SHOWN`; an indicator that no edition holds of the country is left out.
    """
    known = ledger.as_of(day)
    for names, label, kind, unit in SHOWN:
        for name in names:
            fact = _newest(known, country, name, label, kind, unit)
            if fact is not None:
                yield fact
                break


def _newest(ledger: Ledger, country: str, name: str, label: str, kind: Kind, unit: str) -> CountryFact | None:
    """Return the newest figure of an indicator, or None where no edition holds one."""
    try:
        figures = ledger.figures(name, country=[country])
    except FoedusError:
        return None
    row = figures.frame.sort("year").to_dicts()[-1]
    price = name[-4:] if name[-4:].isdecimal() else ""
    beside = ", ".join(
        part for part in (f"{price} prices" if price else "", _status_word(row["status"])) if part
    )
    if name == "equipment_share":
        beside = ", ".join(part for part in ("aim 20 %", beside) if part)
    return CountryFact(name, label, row["value"], kind, unit, beside, row["year"], figures.edition)


def _status_word(status: str) -> str:
    """Return what a figure is where it is not settled."""
    return {"estimate": "estimate", "projection": "projection"}.get(status, "")


def member_since(country: str) -> date | None:
    """Return the day on which a country became a party to the treaty; None for one that is none.

    Parameters
    ----------
    country : str
        Alpha-3 code.

    Returns
    -------
    datetime.date or None
        Its entry, as recorded.
    """
    rows = record_rows("institutions", "members")
    entered = [row["entry_date"] for row in rows if row["country"] == country]
    return date.fromisoformat(str(entered[0])) if entered else None
