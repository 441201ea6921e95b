"""Figures of one indicator from one edition: the ledger's answer to a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.catalogue import Quantity
from foedus.evidence.cards import Card
from foedus.evidence.rows import FigureRows
from foedus.frames import Schema
from foedus.results import Result
from foedus.tables import Column, Table
from foedus.units import format_value

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import NDArray

__all__ = ["Figures"]


@dataclass(frozen=True)
class Figures(Result):
    """Figures of one indicator from one edition.

    Attributes
    ----------
    quantity : Quantity
        The catalogue entry of the indicator.
    card : Card
        The source card of the edition that answers.
    frame : FigureRows
        Columns edition, indicator, country, year, value, status, known, note; sorted by country and year.
    notes : tuple of str
        What the reader must know: why this edition, what other editions hold, which rows are not verified.
    """

    quantity: Quantity
    card: Card
    frame: FigureRows
    notes: tuple[str, ...]

    @property
    def edition(self) -> str:
        """The id of the edition that answers."""
        return self.card.id

    def headline(self) -> str:
        """Return how many figures there are, of what and from where."""
        return f"{self.quantity.label}: {len(self.frame)} figures of the edition {self.card.id}."

    def tables(self) -> tuple[Table, ...]:
        """Return the figures, one row each; ``shown`` is the value as its unit is usually printed."""
        rows = tuple(
            {**row, "name": country_name(row["country"]), "shown": format_value(row["value"], unit)}
            for unit in (self.quantity.unit,)
            for row in self.frame.to_dicts()
        )
        columns = (
            Column("name", "Country"),
            Column("year", "Year", "year"),
            Column("shown", "Value", align="right"),
            Column("status", "Status"),
            Column("known", "Known"),
            Column("note", "Note"),
        )
        return (Table("figures", f"{self.quantity.label} ({self.card.id})", columns, rows),)

    def schema(self) -> Schema:
        """Return what the cells of each column are."""
        return self.frame.schema

    def to_columns(self) -> dict[str, Any]:
        """Return the figures as columns, one row each."""
        return self.frame.to_columns()

    def to_xarray(self) -> xr.Dataset:
        """Return the figures as labelled arrays by country and year; see :func:`figure_arrays`."""
        from foedus.evidence.arrays import figure_arrays

        return figure_arrays(self.quantity, self.frame, (self.card,), ("country", "year"))

    def matrix(self, countries: Iterable[str], years: Iterable[int]) -> NDArray[np.float64]:
        """Return the values as an array.

        Parameters
        ----------
        countries : iterable of str
            Alpha-3 codes, the rows.
        years : iterable of int
            The columns.

        Returns
        -------
        numpy.ndarray
            Shape (country, year), in the indicator's unit; nan where the edition has no figure.
        """
        import numpy as np

        row = {code: i for i, code in enumerate(countries)}
        column = {year: j for j, year in enumerate(years)}
        out = np.full((len(row), len(column)), np.nan)
        for code, year, value in self.frame.select("country", "year", "value"):
            if code in row and year in column:
                out[row[code], column[year]] = value
        return out

    def value(self, country: str, year: int) -> float | None:
        """Return one value, or None where the edition has no figure."""

        values = self.frame.where(country=country, year=year)["value"]
        return float(values[0]) if values else None
