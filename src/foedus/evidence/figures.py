"""Figures of one indicator from one edition: the ledger's answer to a question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.catalogue import Quantity
from foedus.evidence.cards import Card
from foedus.evidence.rows import FigureRows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Figures"]


@dataclass(frozen=True)
class Figures:
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
