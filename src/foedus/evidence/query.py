"""Figures of an indicator, from one edition or from all side by side, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from foedus.evidence.derived import KINDS, unit_words
from foedus.evidence.missing import missing_lines
from foedus.evidence.rows import CELLS, FigureRows
from foedus.evidence.verbs import RowMeasure, row_name
from foedus.frames import Schema
from foedus.frames.schema import CellKind
from foedus.results import Answer, Result
from foedus.tables import Column, Table
from foedus.units import format_value

if TYPE_CHECKING:
    from datetime import date

    import xarray as xr

    from foedus.catalogue import Quantity
    from foedus.evidence.aggregates import Growth
    from foedus.evidence.cards import Card
    from foedus.evidence.missing import Missing
    from foedus.evidence.question import FigureQuestion
    from foedus.plotting.chart import Chart

__all__ = ["FigureAnswer"]

VALUE = RowMeasure("value", "", "value")
"""What rows are about where nothing is made of the figures."""


@dataclass(frozen=True)
class FigureAnswer(Result):
    """Figures with what a reader needs to cite them.

    Attributes
    ----------
    quantity : Quantity
        The catalogue entry of the indicator, in the money that was asked for.
    as_of : datetime.date or None
        The day as of which the question was asked.
    frame : FigureRows
        Columns edition, indicator, country, year, value, status, known, note, rests_on, printed_to; and what
        was made of the figures: share, change, rank and others.
    notes : tuple of str
        What the reader must know.
    cards : tuple of Card
        The source card of each edition in the frame.
    growths : mapping of (str, str, int) to Growth
        By edition, country and year: the growth of an aggregate among the same members, where the indicator
        is a growth.
    missing : tuple of Missing
        The countries and years that were asked for and have no figure.
    question : FigureQuestion or None
        What was asked.
    measure : RowMeasure
        What level, rank and order are about.
    considered : int
        How many rows had a value before a level left some out.
    columns : tuple of Column
        The columns of what was made of the figures.
    """

    quantity: Quantity
    as_of: date | None
    frame: FigureRows
    notes: tuple[str, ...]
    cards: tuple[Card, ...]
    growths: Mapping[tuple[str, str, int], Growth] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()
    question: FigureQuestion | None = None
    measure: RowMeasure = VALUE
    considered: int = 0
    columns: tuple[Column, ...] = ()

    def growth_of(self, row: Mapping[str, Any]) -> Growth | None:
        """Return the growth among the same members that stands beside a row."""
        return self.growths.get((row["edition"], row["country"], row["year"]))

    def schema(self) -> Schema:
        """Return what the cells of each column are."""
        beside = (column.key for column in self.columns if column.key not in CELLS)
        numbers = dict.fromkeys(set(beside) - {"currency"}, CellKind("number", empty=True))
        return {**self.frame.schema, **numbers}

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
        return unit_words(self.quantity)

    @property
    def measured(self) -> FigureAnswer:
        """The same rows with what they are about in the place of the value, as a chart draws them."""
        if self.measure.key == "value":
            return self
        about = f"{self.quantity.label}: {self.measure.label}"
        entry = {"unit": self.measure.unit, "price_basis": "none", "label": about}
        rows = [{**row, "value": row[self.measure.key]} for row in self.frame.to_dicts()]
        frame = FigureRows(self.frame.columns, ()).plus(row for row in rows if row["value"] is not None)
        return replace(self, quantity=self.quantity.model_copy(update=entry), frame=frame, growths={})

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return the newest figure of one country, how many figures there are, or what was made of them."""
        from foedus.evidence.answer import figures_answer

        return figures_answer(self)

    def gaps(self) -> list[str]:
        """Return a sentence for what was asked for and has no figure."""
        return missing_lines(self.missing)

    def tables(self) -> tuple[Table, ...]:
        """Return the figures, one row each; ``shown`` is the value as its unit is usually printed."""
        unit = self.quantity.unit
        rows: Iterable[dict[str, Any]] = (
            {
                **row,
                "name": row_name(row),
                "shown": format_value(row["value"], unit),
                "unit": unit,
                "source": f"{row['edition']}; {row['status']}, {row['known']}",
            }
            for row in self.frame.to_dicts()
        )
        beside = (Column("same_members", "Same members", "per_cent"),) if self.growths else ()
        if self.growths:
            rows = ({**row, "same_members": self._same_members(row)} for row in rows)
        years = (Column("first_year", "From", "year"),) if "first_year" in self.frame.columns else ()
        columns = (
            Column("name", "Country"),
            *years,
            Column("year", "Year" if not years else "To", "year"),
            Column("value", f"Value ({unit_words(self.quantity, billions=True)})", KINDS.get(unit, "number")),
            *self.columns,
            *beside,
            Column("status", "Status"),
            Column("known", "Known"),
            Column("edition", "Edition", "name"),
            Column("note", "Note"),
        )
        return (Table("figures", f"{self.quantity.label} ({self.unit})", columns, tuple(rows)),)

    def payload(self) -> dict[str, Any]:
        """Return the indicator, its figures with editions and unit, what is missing, notes and cards."""
        return {
            "indicator": self.quantity,
            "as_of": self.as_of,
            "editions": [card.id for card in self.cards],
            "figures": [self._figure(row) for row in self.frame.to_dicts()],
            "measure": self.measure.key,
            "missing": self.missing,
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
        same = {"same_members": growth} if growth else {}
        return {**row, "unit": self.quantity.unit, **same}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.evidence import charts

        return {"figure": charts.figure_chart}
