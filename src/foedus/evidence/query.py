"""Figures of an indicator, from one edition or from all side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.errors import InputError
from foedus.evidence.rows import FigureRows
from foedus.frames import Schema
from foedus.results import Answer, Result
from foedus.tables import Column, Kind, Table
from foedus.units import format_value

if TYPE_CHECKING:
    from datetime import date

    import xarray as xr

    from foedus.catalogue import Quantity
    from foedus.evidence import Ledger
    from foedus.evidence.aggregates import Growth
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
    frame : FigureRows
        Columns edition, indicator, country, year, value, status, known, note.
    notes : tuple of str
        What the reader must know.
    cards : tuple of Card
        The source card of each edition in the frame.
    growths : mapping of (str, str, int) to Growth
        By edition, country and year: the growth of an aggregate among the same members, where the indicator
        is a growth.
    """

    quantity: Quantity
    as_of: date | None
    frame: FigureRows
    notes: tuple[str, ...]
    cards: tuple[Card, ...]
    growths: Mapping[tuple[str, str, int], Growth] = field(default_factory=dict)

    def growth_of(self, row: Mapping[str, Any]) -> Growth | None:
        """Return the growth among the same members that stands beside a row."""
        return self.growths.get((row["edition"], row["country"], row["year"]))

    def schema(self) -> Schema:
        """Return what the cells of each column are."""
        return self.frame.schema

    def to_columns(self) -> dict[str, Any]:
        """Return the figures as columns, one row each."""
        return self.frame.to_columns()

    def to_xarray(self) -> xr.Dataset:
        """Return the figures as labelled arrays by edition, country and year; see :func:`figure_arrays`."""
        from foedus.evidence.arrays import figure_arrays

        return figure_arrays(self.quantity, self.frame, self.cards)

    @property
    def unit(self) -> str:
        """The unit, and the prices of money."""
        prices = self.quantity.price_basis
        return f"{self.quantity.unit}{f', {prices} prices' if prices != 'none' else ''}"

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return the newest figure of one country, or how many figures there are."""
        from foedus.evidence.answer import figures_answer

        return figures_answer(self)

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
            for row in self.frame.to_dicts()
        )
        beside = (Column("same_members", "Same members", "per_cent"),) if self.growths else ()
        if self.growths:
            rows = tuple({**row, "same_members": self._same_members(row)} for row in rows)
        columns = (
            Column("name", "Country"),
            Column("year", "Year", "year"),
            Column("value", f"Value ({unit})", KINDS.get(unit, "number")),
            *beside,
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
            "figures": [self._figure(row) for row in self.frame.to_dicts()],
            "notes": self.notes,
            "sources": self.cards,
            "answer": self.answer().payload(),
        }

    def _same_members(self, row: Mapping[str, Any]) -> float | None:
        """Return the growth among the same members beside a row, or None."""
        growth = self.growth_of(row)
        return growth.same_members if growth else None

    def _figure(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return one figure for programs, a growth of an aggregate with that of the same members."""
        growth = self.growth_of(row)
        beside = {"same_members": growth} if growth else {}
        return {**row, "unit": self.quantity.unit, **beside}

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
    from foedus.axes import country_codes, year_range
    from foedus.catalogue import quantity
    from foedus.evidence import Ledger
    from foedus.evidence.caveats import caveats_of
    from foedus.evidence.computed import FigureSearch, look_up, with_growth

    entry = quantity(indicator)
    codes = country_codes(country) if country is not None else None
    span = year_range(year, where="--year") if year is not None else None
    ledger = Ledger.load() if ledger is None else ledger
    ledger = ledger.as_of(as_of) if as_of else ledger
    if all_editions and edition:
        raise InputError("--edition and --all-editions exclude each other", do="give one of them")
    question = FigureSearch(entry, None if codes is None else tuple(codes), span, edition, all_editions)
    frame, notes = look_up(ledger, question)
    if all_editions:
        side_by_side = "Editions stand side by side; they are never joined into one series."
        notes = (side_by_side, *caveats_of(frame))
    frame, growths, beside = with_growth(ledger, frame)
    if any("totals count the members of the year" in line for line in notes):
        beside = ()
    cards = tuple(ledger.editions[name] for name in dict.fromkeys(frame["edition"]))
    return FigureAnswer(entry, as_of, frame, (*notes, *beside), cards, growths)
