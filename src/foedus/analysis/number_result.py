"""What an analysis of numbers says: what each does to an answer, and how much groups of them carry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.analysis.designs import ScreeningEffect
from foedus.analysis.sobol import Index
from foedus.frames import CellKind, Schema, schema_of_rows
from foedus.results import Answer, Result
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.analysis.question import By
    from foedus.plotting.chart import Chart
    from foedus.scenario import Resolved

__all__ = ["GroupIndex", "NumberEffect", "NumberIndices", "TargetNumbers"]


@dataclass(frozen=True)
class NumberEffect:
    """What one number does when it alone moves over its range.

    Attributes
    ----------
    name, unit, grade, source : str
        As its file has them; a value that the scenario sets is assumed.
    value : float or None
        Its value in the scenario; None for a number by country or a table.
    low, high : float
        The range it moves in; of a number by country or a table, that of the factor it is multiplied by.
    on_mean, on_spread : ScreeningEffect
        On the mean of the answer over the draws, and on their standard deviation.
    """

    name: str
    unit: str
    grade: str
    source: str
    value: float | None
    low: float
    high: float
    on_mean: ScreeningEffect
    on_spread: ScreeningEffect


@dataclass(frozen=True)
class GroupIndex:
    """How much of the variance of an answer over the ranges a group of numbers carries.

    Attributes
    ----------
    name : str
        A grade, or a component.
    numbers : int
        How many numbers it holds.
    on_mean, on_spread : Index or None
        Of the mean over draws, and of their standard deviation; None where that does not move.
    """

    name: str
    numbers: int
    on_mean: Index | None
    on_spread: Index | None


@dataclass(frozen=True)
class TargetNumbers:
    """What numbers do to one answer.

    Attributes
    ----------
    measure, country : str
        The answer: a catalogue name, and an alpha-3 code where it is an ally's.
    label, unit : str
        As the catalogue has them.
    value, spread : float
        Mean and standard deviation over the draws with every number as the scenario has it.
    low, median, high : float
        Quantiles of the mean over all the ranges.
    numbers : tuple of NumberEffect
        The greatest effect on the mean first.
    groups : tuple of GroupIndex
        The greatest total index first.
    """

    measure: str
    country: str
    label: str
    unit: str
    value: float
    spread: float
    low: float
    median: float
    high: float
    numbers: tuple[NumberEffect, ...]
    groups: tuple[GroupIndex, ...]


@dataclass(frozen=True)
class NumberIndices(Result):
    """Which numbers drive the answers of a scenario in a year.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    year, draws, seed : int
        The year; draws at every point; and the seed of the random terms and designs.
    paths, points, runs : int
        Paths of the screening, points of each set behind the groups, and the runs of both.
    by : str
        What numbers are grouped by.
    targets : tuple of TargetNumbers
        The answers, in the order asked for.
    fixed : mapping of str to str
        Why a number did not move, by its name.
    """

    resolved: Resolved
    year: int
    draws: int
    seed: int
    paths: int
    points: int
    runs: int
    by: By
    targets: tuple[TargetNumbers, ...]
    fixed: Mapping[str, str]

    def of(self, measure: str, country: str = "") -> TargetNumbers:
        """Return what numbers do to one answer."""
        return next(t for t in self.targets if (t.measure, t.country) == (measure, country))

    def headline(self) -> str:
        """Return which number does most to the first answer, in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return which number does most to the first answer, and how well it is known."""
        from foedus.analysis.number_words import numbers_answer

        return numbers_answer(self)

    def notes(self) -> tuple[str, ...]:
        """Return what the reader must know."""
        from foedus.analysis.number_words import numbers_notes

        return numbers_notes(self)

    def tables(self) -> tuple[Table, ...]:
        """Return the groups and the numbers of each answer."""
        return tuple(table for target in self.targets for table in _tables(target, self))

    def payload(self) -> dict[str, Any]:
        """Return the effects and indices for programs."""
        return {
            "scenario": self.resolved.name,
            "title": self.resolved.title,
            "as_of": self.resolved.as_of,
            **{name: value for name, value in vars(self).items() if name != "resolved"},
            "answer": self.answer().payload(),
            "notes": self.notes(),
        }

    def to_columns(self) -> dict[str, Any]:
        """Return the effects as columns, one row for each answer and number."""
        rows = [
            {"measure": target.measure, "country": target.country, "year": self.year, "number": number.name}
            | {name: getattr(number, name) for name in ("grade", "value", "low", "high")}
            | {f"on_mean_{name}": value for name, value in vars(number.on_mean).items()}
            | {f"on_spread_{name}": value for name, value in vars(number.on_spread).items()}
            for target in self.targets
            for number in target.numbers
        ]
        return {name: [row[name] for row in rows] for name in self.schema()}

    def schema(self) -> Schema:
        """Return what the cells of each column are."""
        return {
            "measure": CellKind("text"),
            "country": CellKind("text", empty=True),
            "year": CellKind("whole"),
            **dict.fromkeys(("number", "grade"), CellKind("text", empty=True)),
            **dict.fromkeys(("value", "low", "high"), CellKind("number", empty=True)),
            **{f"on_mean_{name}": cell for name, cell in schema_of_rows(ScreeningEffect).items()},
            **{f"on_spread_{name}": cell for name, cell in schema_of_rows(ScreeningEffect).items()},
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import drivers as charts

        return {"numbers": charts.numbers_chart, "groups": charts.groups_chart}


def _tables(target: TargetNumbers, result: NumberIndices) -> tuple[Table, Table]:
    """Return the groups and the numbers of one answer."""
    from foedus.analysis.number_words import effect_words, range_words, scale_of

    name = "-".join(part for part in (target.measure, target.country) if part)
    _, unit = scale_of(target.unit)
    groups = Table(
        f"{name}-groups",
        f"{target.label} in {result.year}: what carries its variance over the ranges",
        (
            Column("name", f"numbers by {result.by}", "name"),
            Column("numbers", "how many", "count"),
            Column("total", "in all", "per_cent_0", span=("total_low", "total_high"), to=" to "),
            Column("first", "alone", "per_cent_0", span=("first_low", "first_high"), to=" to "),
        ),
        tuple(
            {
                "name": group.name,
                "numbers": group.numbers,
                **(vars(group.on_mean) if group.on_mean else NO_INDEX),
            }
            for group in target.groups
        ),
    )
    numbers = Table(
        f"{name}-numbers",
        f"What each number does alone, over its whole range, {unit}",
        (
            Column("name", "number", "name"),
            Column("grade", "grade", "name"),
            Column("range", "range", "text", align="right"),
            Column("on_mean", "on the mean", "text", align="right"),
            Column("on_spread", "on the spread", "text", align="right"),
        ),
        tuple(
            {
                "name": number.name,
                "grade": number.grade,
                "range": range_words(number),
                "on_mean": effect_words(number.on_mean, target.unit),
                "on_spread": effect_words(number.on_spread, target.unit),
            }
            for number in target.numbers
        ),
    )
    return groups, numbers


NO_INDEX: Mapping[str, Any] = dict.fromkeys(
    ("first", "first_low", "first_high", "total", "total_low", "total_high")
)
"""The row of an answer that no number moves."""
