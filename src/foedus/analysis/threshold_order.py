"""The order of the flank by the belief that its protection asks for, in two scenarios with common draws.

Levels of q* say little, so none is given: only which ally asks for more belief than which, and whether it
asks for more in the second scenario than in the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.axes import country_name
from foedus.guarantee.section import THRESHOLD
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.runs.outcome import Outcome

__all__ = ["ORDER_ONLY", "AllyPlace", "ThresholdOrder", "threshold_order"]

ORDER_ONLY = "An order and no level; no probability of war, and none that the guarantee holds."
"""What stands below it."""

SAME = 1e-6
"""Parts of belief by which two that are equal may differ: they are kept in single precision."""


@dataclass(frozen=True)
class AllyPlace:
    """One ally on the flank in both scenarios.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and name.
    first, second : int
        Its place in each, 1 for the ally whose protection asks for most belief; equals share a place.
    move : {"more", "less", "same", "it depends"}
        Whether it asks for more in the second than in the first.
    how : {"in all", "in most", ""}
        In how many draws.
    """

    country: str
    name: str
    first: int
    second: int
    move: str
    how: str

    @property
    def words(self) -> str:
        """Whether it asks for more belief in the second scenario, in words."""
        if self.move in {"same", "it depends"}:
            return {"same": "the same", "it depends": "it depends on the draw"}[self.move]
        return f"{self.move}, {self.how} draws"


@dataclass(frozen=True)
class ThresholdOrder:
    """The flank in two scenarios.

    Attributes
    ----------
    year : int
        The last year that both have.
    rows : tuple of AllyPlace
        By ally, in the order of the first scenario.
    """

    year: int
    rows: tuple[AllyPlace, ...]

    def table(self) -> Table:
        """Return one row for each ally: its place in each scenario, and how the second moves it."""
        columns = (
            Column("name", "Ally"),
            Column("first", "Place, first", align="right"),
            Column("second", "Place, second", align="right"),
            Column("words", "Belief that the second asks for", align="right"),
        )
        rows = tuple({**vars(row), "words": row.words} for row in self.rows)
        title = f"Flank in {self.year} by the belief that its protection asks for, most first"
        return Table("threshold_order", title, columns, rows, more=("country", "move", "how"))


def threshold_order(one: Outcome, two: Outcome, years: tuple[int, ...]) -> ThresholdOrder | None:
    """Return the order of the flank in two scenarios; None where they cannot be held against each other.

    Parameters
    ----------
    one, two : Outcome
        What the scenarios come to, with the same random terms.
    years : tuple of int
        The years that both have.

    Returns
    -------
    ThresholdOrder or None
        None where either does not name the guarantee, or both do not name the same requirement.
    """
    promise, other = one.resolved.guarantee, two.resolved.guarantee
    forces = one.resolved.forces
    if not (promise.worked_out and other.worked_out) or forces.requirement != two.resolved.forces.requirement:
        return None
    flank = [code for code in promise.flank if code in other.flank]
    at = [one.resolved.countries.index(code) for code in flank]
    first, second = (_needed(outcome, len(years) - 1, at) for outcome in (one, two))
    places = zip(_places(first), _places(second), strict=True)
    moves = (_move(second[:, i] - first[:, i]) for i in range(len(flank)))
    rows = [
        AllyPlace(code, country_name(code), *place, *move)
        for code, place, move in zip(flank, places, moves, strict=True)
    ]
    return ThresholdOrder(years[-1], tuple(sorted(rows, key=lambda r: (r.first, r.country))))


def _needed(outcome: Outcome, index: int, at: list[int]) -> Array:
    """Return the belief that is needed, (draw, flank); one where none suffices."""
    columns = outcome.columns(THRESHOLD, index)
    values = np.concatenate([columns(slice(i, i + 1)) for i in at], axis=1).astype(np.float64)
    return np.where(np.isnan(values), 1.0, values)


def _places(needed: Array) -> list[int]:
    """Return the place of each ally by its median, the most first; equals share one."""
    middle = np.median(needed, axis=0)
    return [1 + int((middle > value + SAME).sum()) for value in middle]


def _move(apart: Array) -> tuple[str, str]:
    """Return whether more belief is needed, and in how many draws."""
    signs = {"more": apart > SAME, "less": apart < -SAME, "same": np.abs(apart) <= SAME}
    for move, where in signs.items():
        if where.all():
            return move, "" if move == "same" else "in all"
        if where.mean() > 0.5:
            return move, "" if move == "same" else "in most"
    return "it depends", ""
