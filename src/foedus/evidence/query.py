"""Figures of an indicator, from one edition or from all side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.errors import InputError
from foedus.results import Result
from foedus.tables import Column, Kind, Table
from foedus.units import format_value

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from foedus.catalogue import Quantity
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card
    from foedus.plotting.chart import Chart

__all__ = ["FigureAnswer", "ask_figures"]


KINDS: Mapping[str, Kind] = {
    "fraction": "per_cent",
    "usd": "billions",
    "count": "count",
    "person": "count",
    "year": "year",
}
"""How a table writes a value of a unit; of another unit, as a number."""


@dataclass(frozen=True)
class FigureAnswer(Result):
    """Figures with what a reader needs to cite them.

    Attributes
    ----------
    quantity : Quantity
        The catalogue entry of the indicator.
    as_of : datetime.date or None
        The day as of which the question was asked.
    frame : polars.DataFrame
        Columns edition, indicator, country, year, value, status, known, note.
    notes : tuple of str
        What the reader must know.
    cards : tuple of Card
        The source card of each edition in the frame.
    """

    quantity: Quantity
    as_of: date | None
    frame: pl.DataFrame
    notes: tuple[str, ...]
    cards: tuple[Card, ...]

    def to_polars(self) -> pl.DataFrame:
        """Return the figures as a table, one row each."""
        return self.frame

    @property
    def unit(self) -> str:
        """The unit, and the prices of money."""
        prices = self.quantity.price_basis
        return f"{self.quantity.unit}{f', {prices} prices' if prices != 'none' else ''}"

    def headline(self) -> str:
        """Return how many figures of what come from which editions."""
        many = "figure" if self.frame.height == 1 else "figures"
        editions = ", ".join(card.id for card in self.cards)
        return f"{self.quantity.label}: {self.frame.height:,} {many} from {editions}."

    def tables(self) -> tuple[Table, ...]:
        """Return the figures, one row each; ``shown`` is the value as its unit is usually printed."""
        unit = self.quantity.unit
        rows = tuple(
            {
                **row,
                "name": country_name(row["country"]),
                "shown": format_value(row["value"], unit),
                "unit": unit,
                "source": f"{row['edition']}; {row['status']}, {row['known']}",
            }
            for row in self.frame.iter_rows(named=True)
        )
        columns = (
            Column("name", "Country"),
            Column("year", "Year", "year"),
            Column("value", f"Value ({unit})", KINDS.get(unit, "number")),
            Column("status", "Status"),
            Column("known", "Known"),
            Column("edition", "Edition", "name"),
            Column("note", "Note"),
        )
        return (Table("figures", self.quantity.label, columns, rows),)

    def payload(self) -> dict[str, Any]:
        """Return the indicator, its figures with their editions and unit, notes and source cards."""
        return {
            "indicator": self.quantity,
            "as_of": self.as_of,
            "editions": [card.id for card in self.cards],
            "figures": [{**row, "unit": self.quantity.unit} for row in self.frame.to_dicts()],
            "notes": self.notes,
            "sources": self.cards,
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.evidence import charts

        return {"figure": charts.figure_chart}


def ask_figures(
    indicator: str,
    *,
    country: Sequence[str] | None = None,
    year: str | None = None,
    as_of: date | None = None,
    edition: str | None = None,
    all_editions: bool = False,
    ledger: Ledger | None = None,
) -> FigureAnswer:
    """Put a question to the ledger: one edition, or all side by side.

    Parameters
    ----------
    indicator : str
        A name in the catalogue.
    country : sequence of str, optional
        Only these countries, by name or code.
    year : str, optional
        A year or a range such as "2014-2024".
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side, never joined into one series.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    FigureAnswer
        Figures, notes and source cards.

    Raises
    ------
    InputError
        When one edition and all editions are asked for together, or the years are not years.
    UnknownNameError
        When the indicator, a country or the edition is not known.
    NoDataError
        When no edition that may answer holds a figure that was asked for.
    """
    from foedus.axes import year_range
    from foedus.catalogue import quantity
    from foedus.evidence import Ledger

    entry = quantity(indicator)
    span = year_range(year, where="--year") if year is not None else None
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(as_of) if as_of else ledger
    if all_editions and edition:
        raise InputError("--edition and --all-editions exclude each other", do="give one of them")
    if all_editions:
        frame = ledger.every_edition(indicator, country=country, year=span)
        cards = tuple(ledger.editions[name] for name in dict.fromkeys(frame["edition"]))
        notes: tuple[str, ...] = ("Editions stand side by side; they are never joined into one series.",)
        return FigureAnswer(entry, as_of, frame, notes, cards)
    figures = ledger.figures(indicator, country=country, year=span, edition=edition)
    return FigureAnswer(entry, as_of, figures.frame, tuple(figures.notes), (figures.card,))
