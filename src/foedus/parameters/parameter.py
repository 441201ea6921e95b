"""One number of the model: its value, range, unit, grade and source."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, model_validator

from foedus.units import Unit

__all__ = ["DEFAULT", "GRADES", "Grade", "Parameter", "weakest"]

Grade = Literal["measured", "estimated", "judged", "assumed"]
"""How a number is known: read off, fitted to figures, an expert's judgement, or a convenience."""

GRADES: tuple[Grade, ...] = get_args(Grade)
"""How a number may be known, the best first."""


def weakest(grades: Iterable[Grade]) -> Grade:
    """Return the weakest of some grades.

    Parameters
    ----------
    grades : iterable of Grade
        How numbers are known.

    Returns
    -------
    {"measured", "estimated", "judged", "assumed"}
        Assumed where there are none: nobody has said how they are known.
    """
    return max(grades, key=GRADES.index, default="assumed")


DEFAULT = "default"
"""The key, in a parameter given by country, of the value for a country that has none of its own."""


class Parameter(BaseModel):
    """One number of the model, or one for each country.

    Attributes
    ----------
    value : float, mapping of str to float, or mapping of str to list of float
        In `unit`. A mapping is by ISO 3166 alpha-3 code and holds the key ``default``; with lists it is a
        table, of one row for each country.
    range : (float, float)
        The least and the greatest value that make sense, both included.
    unit : str
        One of :data:`foedus.units.UNITS`.
    grade : {"measured", "estimated", "judged", "assumed"}
        How the value is known.
    source : str
        The edition and the formula, or the reason.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float | dict[str, float] | dict[str, list[float]]
    range: tuple[float, float]
    unit: Unit
    grade: Grade
    source: str

    @model_validator(mode="after")
    def _inside_range(self) -> Parameter:
        """Check every value against the stated range, and a mapping for its default."""
        if isinstance(self.value, dict) and DEFAULT not in self.value:
            raise ValueError(f"a value by country needs the key {DEFAULT!r}")
        if self.is_table and len({len(row) for row in self._rows()}) != 1:
            raise ValueError("the rows of a table are of equal length")
        values = [v for row in self._rows() for v in row]
        if not all(self.admits(v) for v in values):
            raise ValueError(f"the value leaves its own range {list(self.range)}")
        return self

    @property
    def is_table(self) -> bool:
        """Whether each country has a row of values."""
        return isinstance(self.value, dict) and isinstance(next(iter(self.value.values())), list)

    def _rows(self) -> list[list[float]]:
        """Return every value, in rows."""
        entries: list[float | list[float]]
        entries = [*self.value.values()] if isinstance(self.value, dict) else [self.value]
        return [entry if isinstance(entry, list) else [entry] for entry in entries]

    def admits(self, value: float) -> bool:
        """Whether a value lies in the range."""
        return self.range[0] <= value <= self.range[1]

    def by_country(self, countries: tuple[str, ...]) -> list[float] | list[tuple[float, ...]]:
        """Return the value for each country.

        Parameters
        ----------
        countries : tuple of str
            ISO 3166 alpha-3 codes.

        Returns
        -------
        list of float, or of tuple of float
            One value or row for each, in the same order.
        """
        if not isinstance(self.value, dict):
            return [self.value] * len(countries)
        entries = [self.value.get(c, self.value[DEFAULT]) for c in countries]
        if self.is_table:
            return [tuple(row) for row in entries if isinstance(row, list)]
        return [entry for entry in entries if not isinstance(entry, list)]
