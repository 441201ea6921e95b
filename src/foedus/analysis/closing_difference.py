"""How two scenarios differ in a requirement that both name: when classes close, draw by draw.

Both run with the same random terms, so that a difference in a draw comes from what they set differently. A
draw in which a class closes in one scenario and not in the other has no difference of years: it is counted
as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.section import QUANTILES
from foedus.forces.classes import equipment_class
from foedus.forces.time_to_close import Closes, closes_of, closes_words
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.runs.outcome import Outcome

__all__ = ["ClassDifference", "ClosingDifference", "closing_difference"]

YEAR = "gap_closing_year"
"""The quantity that says in which year a class closes."""


@dataclass(frozen=True)
class ClassDifference:
    """One class in both scenarios.

    Attributes
    ----------
    equipment : str
        The class.
    first, second : (int or None, int or None, int or None)
        The years by which a tenth, half and nine tenths of the draws have closed in each.
    first_never, second_never : float
        The share of draws that do not close in each by the last year that both have.
    sooner, same, later : float
        The share of draws that close in both, the second sooner than the first, in the same year, or later.
    only_first, only_second, neither : float
        The share of draws that close in one alone, or in none.
    low, median, high : float or None
        Years of the second less the first over the draws that close in both; None where none does.
    """

    equipment: str
    first: Closes
    second: Closes
    first_never: float
    second_never: float
    sooner: float
    same: float
    later: float
    only_first: float
    only_second: float
    neither: float
    low: float | None
    median: float | None
    high: float | None

    def words(self) -> str:
        """Return the difference of years in words."""
        if self.low is None or self.high is None:
            return "closes in no draw of both"
        ends = int(self.low), int(self.high)
        if ends == (0, 0):
            return "same year"
        return f"{ends[0]:+d} to {ends[1]:+d} years" if ends[0] != ends[1] else f"{ends[0]:+d} years"


@dataclass(frozen=True)
class ClosingDifference:
    """Two scenarios that name the same requirement.

    Attributes
    ----------
    requirement, title : str
        Its name, and its title.
    horizon : int
        The last year that both have.
    rows : tuple of ClassDifference
        By class.
    """

    requirement: str
    title: str
    horizon: int
    rows: tuple[ClassDifference, ...]

    def table(self) -> Table:
        """Return one row per class: when it closes in each, and how the draws differ."""
        columns = (
            Column("label", "Class"),
            Column("first_words", "First closes", align="right"),
            Column("second_words", "Second closes", align="right"),
            Column("words", "Second less first, where both close", align="right"),
            Column("sooner", "Sooner, of draws", "per_cent_0"),
            Column("same", "Same year", "per_cent_0"),
            Column("later", "Later", "per_cent_0"),
            Column("only_first", "Closes in the first alone", "per_cent_0"),
            Column("only_second", "in the second alone", "per_cent_0"),
            Column("neither", "in neither", "per_cent_0"),
        )
        rows = tuple(
            {
                **vars(row),
                "label": equipment_class(row.equipment).label,
                "first_words": closes_words(row.first, self.horizon),
                "second_words": closes_words(row.second, self.horizon),
                "words": row.words(),
            }
            for row in self.rows
        )
        more = ("first_never", "second_never", "low", "median", "high")
        return Table("closing", f"{self.title}: when it closes, draw by draw", columns, rows, more=more)


def closing_difference(one: Outcome, two: Outcome, years: tuple[int, ...]) -> ClosingDifference | None:
    """Return how the closing of a requirement differs; None where the scenarios name no common one.

    Parameters
    ----------
    one, two : Outcome
        What the scenarios come to, with the same random terms.
    years : tuple of int
        The years that both have.

    Returns
    -------
    ClosingDifference or None
        For each class of which it is known in both what is missing.
    """
    forces, other = one.resolved.forces, two.resolved.forces
    if not forces.is_named or forces.requirement != other.requirement:
        return None
    states = zip(forces.classes, forces.counted_by, other.counted_by, strict=True)
    known = [name for name, *held in states if not set(held) & {"", "unknown"}]
    rows = []
    for name in known:
        k = forces.classes.index(name)
        first = _years(one.last_of_class(YEAR, k), years[-1])
        second = _years(two.last_of_class(YEAR, k), years[-1])
        rows.append(_row(name, first, second, years))
    return ClosingDifference(forces.requirement, forces.requirement_title, years[-1], tuple(rows))


def _years(closing: Array, last: int) -> Array:
    """Return the years of closing, not a number for one after the last year that both scenarios have."""
    return np.where(closing <= last, closing, np.nan)


def _row(name: str, first: Array, second: Array, years: tuple[int, ...]) -> ClassDifference:
    """Return how one class differs."""
    is_closed = ~np.isnan(first), ~np.isnan(second)
    both = is_closed[0] & is_closed[1]
    apart = (second - first)[both]
    spread = np.quantile(apart, QUANTILES, method="inverted_cdf").tolist() if both.any() else (None,) * 3
    closes = [closes_of(years[1:], [float((c <= y).mean()) for y in years[1:]]) for c in (first, second)]
    draws = len(first)
    return ClassDifference(
        name,
        closes[0][0],
        closes[1][0],
        closes[0][1],
        closes[1][1],
        sooner=float((apart < 0).sum()) / draws,
        same=float((apart == 0).sum()) / draws,
        later=float((apart > 0).sum()) / draws,
        only_first=float((is_closed[0] & ~is_closed[1]).mean()),
        only_second=float((~is_closed[0] & is_closed[1]).mean()),
        neither=float((~is_closed[0] & ~is_closed[1]).mean()),
        low=spread[0],
        median=spread[1],
        high=spread[2],
    )
