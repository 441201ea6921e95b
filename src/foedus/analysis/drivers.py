"""What an analysis of chances says: how much of a number's spread each shock carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.analysis.sobol import Index
from foedus.frames import CellKind, Schema, schema_of_rows
from foedus.results import Answer, Result
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.scenario import Resolved

__all__ = ["DriverIndex", "ShockIndices", "TargetDrivers"]


@dataclass(frozen=True)
class DriverIndex:
    """How much of the spread of a number one shock carries, or all shocks of one component.

    Attributes
    ----------
    name, label : str
        The shock's catalogue name and its label; of a component both are its name.
    component : str
        The component that reads it first in a year.
    grade : str
        How the number that sizes it is known; of a component, the weakest of its shocks.
    index : Index
        First and total index with their intervals.
    """

    name: str
    label: str
    component: str
    grade: str
    index: Index


@dataclass(frozen=True)
class TargetDrivers:
    """What carries the spread of one number.

    Attributes
    ----------
    measure, country : str
        The number: a catalogue name, and an alpha-3 code where it is an ally's.
    label, unit : str
        As the catalogue has them.
    low, median, high : float
        Its quantiles over the draws of the first run.
    shocks : tuple of DriverIndex
        Every shock that could move it, the greatest total index first; empty for a constant.
    components : tuple of DriverIndex
        All shocks of a component together, the greatest first; empty for a constant.
    is_constant : bool
        Whether it is the same in every draw, so that there is no spread to take apart.
    """

    measure: str
    country: str
    label: str
    unit: str
    low: float
    median: float
    high: float
    shocks: tuple[DriverIndex, ...]
    components: tuple[DriverIndex, ...]
    is_constant: bool

    @property
    def first_sum(self) -> float:
        """The first indices together: what is missing to one is carried by shocks acting together."""
        return sum(shock.index.first for shock in self.shocks)

    def totals(self) -> dict[str, float]:
        """Return the total index of every shock by name, the greatest first."""
        return {shock.name: shock.index.total for shock in self.shocks}


@dataclass(frozen=True)
class ShockIndices(Result):
    """Which chance drives the numbers of a scenario in a year.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    year : int
        The year.
    draws : int
        Draws of each run.
    seeds : (int, int)
        The seeds of the two runs whose streams were exchanged.
    runs : int
        How many runs that took.
    targets : tuple of TargetDrivers
        The numbers, in the order asked for.
    still : tuple of str
        Shocks that cannot reach any of the numbers, by the declarations of the components or because the
        scenario does not use their component: their index is nought.
    """

    resolved: Resolved
    year: int
    draws: int
    seeds: tuple[int, int]
    runs: int
    targets: tuple[TargetDrivers, ...]
    still: tuple[str, ...]

    def of(self, measure: str, country: str = "") -> TargetDrivers:
        """Return the drivers of one number."""
        return next(t for t in self.targets if (t.measure, t.country) == (measure, country))

    def headline(self) -> str:
        """Return what carries most of the first number, in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how much of the spread of the first number its first driver carries."""
        from foedus.analysis.driver_words import drivers_answer

        return drivers_answer(self)

    def notes(self) -> tuple[str, ...]:
        """Return what the reader must know."""
        from foedus.analysis.driver_words import drivers_notes

        return drivers_notes(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the shocks of each number, then its components where there are several."""
        return tuple(table for target in self.targets for table in _tables(target, self.year))

    def payload(self) -> dict[str, Any]:
        """Return the indices for programs."""
        return {
            "scenario": self.resolved.name,
            "title": self.resolved.title,
            "as_of": self.resolved.as_of,
            **{name: value for name, value in vars(self).items() if name != "resolved"},
            "answer": self.answer().payload(),
            "notes": self.notes(),
        }

    def to_columns(self) -> dict[str, Any]:
        """Return the indices as columns, one row for each number and shock."""
        rows = [
            {"measure": target.measure, "country": target.country, "year": self.year}
            | {"shock": shock.name, "component": shock.component, "grade": shock.grade}
            | vars(shock.index)
            for target in self.targets
            for shock in target.shocks
        ]
        return {name: [row[name] for row in rows] for name in self.schema()}

    def schema(self) -> Schema:
        """Return what the cells of each column are."""
        return {
            "measure": CellKind("text"),
            "country": CellKind("text", empty=True),
            "year": CellKind("whole"),
            **dict.fromkeys(("shock", "component"), CellKind("text")),
            "grade": CellKind("text", empty=True),
            **schema_of_rows(Index),
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import drivers as charts

        return {"drivers": charts.drivers_chart}


COLUMNS = (
    Column("label", "chance", "name"),
    Column("grade", "size is", "name"),
    Column("total", "in all", "per_cent_0", span=("total_low", "total_high"), to=" to "),
    Column("first", "alone", "per_cent_0", span=("first_low", "first_high"), to=" to "),
)
"""How a driver is printed."""


def _tables(target: TargetDrivers, year: int) -> list[Table]:
    """Return the drivers of one number as tables."""
    name = "-".join(part for part in (target.measure, target.country) if part)
    title = f"{target.label} in {year}: what carries its spread"
    if target.is_constant:
        title = f"{target.label} in {year}: the same in every draw, so that no chance drives it"
    tables = [Table(name, title, COLUMNS, _rows(target.shocks))]
    if len(target.components) > 1:
        columns = (Column("label", "all chances of", "name"), *COLUMNS[2:])
        tables.append(
            Table(f"{name}-components", "By component", columns, _rows(target.components), folded=True)
        )
    return tables


def _rows(drivers: tuple[DriverIndex, ...]) -> tuple[Mapping[str, Any], ...]:
    """Return drivers as rows of a table; those that move nothing in any draw are left out."""
    return tuple(
        {**{name: value for name, value in vars(driver).items() if name != "index"}, **vars(driver.index)}
        for driver in drivers
        if driver.index.total > 0.0
    )
