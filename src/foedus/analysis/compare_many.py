"""Compare many scenarios from the same draws: each against the first, and the regret of each choice.

Every difference is taken draw by draw against the first scenario. What differs is told apart by kind, levers
from beliefs; regret (:mod:`foedus.analysis.regret`) is taken among choices that share all beliefs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.analysis.align import NOTED, check_alike, common_measures, resolve_all_alike
from foedus.analysis.comparison_rows import MeasureDifference, measure_difference
from foedus.analysis.differences import Change, changes_between
from foedus.analysis.regret import Regrets, check_measure, regrets, worst_rows
from foedus.analysis.structures import write_figure, write_interval
from foedus.axes import country_name
from foedus.errors import InputError
from foedus.results import Result
from foedus.runs.headline import MeasureSummary
from foedus.runs.outcome import Outcome, outcome_in_years
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart
    from foedus.scenario import Resolved

__all__ = ["MOST", "ComparedScenario", "ManyComparison", "compare_many", "compare_many_resolved"]

MOST = 20
"""The most scenarios that are compared at once."""


@dataclass(frozen=True)
class ComparedScenario:
    """One scenario beside the first.

    Attributes
    ----------
    name, title : str
        Its name and title.
    measures : mapping of str to MeasureSummary
        What it reports, by measure.
    changes : tuple of Change
        What it sets differently from the first.
    differences : mapping of str to MeasureDifference
        It less the first, draw by draw; empty for the first.
    """

    name: str
    title: str
    measures: Mapping[str, MeasureSummary]
    changes: tuple[Change, ...]
    differences: Mapping[str, MeasureDifference]


@dataclass(frozen=True)
class ManyComparison(Result):
    """Many scenarios side by side.

    Attributes
    ----------
    scenarios : tuple of ComparedScenario
        The first, then the others in the order in which they were named.
    years : tuple of int
        The years that all have.
    draws, seed : int
        Draws of each, and the seed.
    as_of : datetime.date
        The day whose knowledge is used.
    price_year : int
        The year of the prices.
    regret : Regrets or None
        Where a measure was named, by what each choice would be regretted.
    skill : str
        What the skill of the measures is.
    notes : tuple of str
        What the reader must know.
    """

    scenarios: tuple[ComparedScenario, ...]
    years: tuple[int, ...]
    draws: int
    seed: int
    as_of: date
    price_year: int
    regret: Regrets | None
    skill: str
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return what is compared; with a regret, whose is the least."""
        first = self.scenarios[0]
        count = len(self.scenarios) - 1
        said = f"{count} scenarios against “{first.title}” in {self.years[-1]}, draw by draw"
        if self.regret is None:
            return f"{said}."
        least = self.regret.rows[0]
        figure = write_figure(self.regret.unit, least.high)
        under = f" if {least.beliefs}" if least.beliefs else ""
        sense = "more" if self.regret.best == "most" else "less"
        return (
            f"{said}; with {sense} of {self.regret.label} the better, {least.scenario} is regretted "
            f"least{under}: by no more than {figure} in nine draws of ten."
        )

    def tables(self) -> tuple[Table, ...]:
        """Return differences, what differs, and regrets."""
        tables = (self._differences(), self._changes())
        if self.regret is None:
            return tables
        worst = worst_rows(self.regret) if len({row.beliefs for row in self.regret.rows}) > 1 else ()
        decided = Column("choice", "Decided", blank="as in the first")
        columns = (decided, Column("words", "Worst", align="right"))
        rows = tuple({**row, "words": write_figure(self.regret.unit, row["worst"])} for row in worst)
        title = "The worst high end of regret over the beliefs; no belief has a probability"
        more = (Table("worst_regret", title, columns, rows, more=("worst",)),) if rows else ()
        return (*tables, self.regret.table(), *more)

    def _differences(self) -> Table:
        """Return one row per measure, and one column for each scenario less the first."""
        others = self.scenarios[1:]
        columns = [Column("label", f"in {self.years[-1]}")]
        columns += [Column("first", self.scenarios[0].name, align="right")]
        columns += [Column(f"other_{i}", f"{s.name} less it", align="right") for i, s in enumerate(others)]
        last = len(self.years) - 1
        rows = []
        for name, entry in others[0].differences.items():
            about = self.scenarios[0].measures[name]
            row: dict[str, Any] = {"measure": name, "label": entry.label}
            row["first"] = write_interval(about, last, signed=False)
            row |= {f"other_{i}": write_interval(s.differences[name]) for i, s in enumerate(others)}
            rows.append(row)
        return Table("differences", "Each less the first, draw by draw", tuple(columns), tuple(rows))

    def _changes(self) -> Table:
        """Return what every scenario sets differently, levers first."""
        order = {"lever": 0, "uncertainty": 1, "parameter": 2, "structure": 3, "figures": 4}
        rows = [
            {"scenario": s.name, **vars(change)}
            for s in self.scenarios[1:]
            for change in sorted(s.changes, key=lambda c: order[c.kind])
        ]
        columns = (
            Column("scenario", "Scenario"),
            Column("kind", "Kind"),
            Column("name", "What differs"),
            Column("first", "In the first"),
            Column("second", "In it"),
        )
        return Table("changes", "What differs: levers are decided, beliefs are not", columns, tuple(rows))

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import many as charts

        return {"differences": charts.differences_chart, "regret": charts.regret_chart}


def compare_many(
    names: Sequence[str],
    *,
    regret: str | None = None,
    best: str | None = None,
    draws: int = 10_000,
    seed: int = 1,
    as_of: date | None = None,
    ledger: Ledger | None = None,
) -> ManyComparison:
    """Compare scenarios with the same random terms, each against the first.

    Parameters
    ----------
    names : sequence of str
        Names of shipped scenarios or paths of scenario files, two or more.
    regret : str, optional
        The measure of which regret is taken.
    best : {"most", "least"}, optional
        Which of its values are better.
    draws : int, default 10,000
        How many draws of each, 1 to 1,000,000.
    seed : int, default 1
        Seed of the random streams.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    ledger : Ledger, optional
        The figures.

    Returns
    -------
    ManyComparison
        Differences, what differs, and regrets.

    Raises
    ------
    InputError
        When there are too few or too many scenarios, one is named twice or not known, draws or seed are out
        of range, or the direction of a regret is not said.
    """
    if not 2 <= len(names) <= MOST:
        raise InputError(f"{len(names)} scenarios cannot be compared", do=f"name two to {MOST}")
    twice = [name for i, name in enumerate(names) if name in names[:i]]
    if twice:
        raise InputError(f"{twice[0]} is named twice", do="name it once")
    resolved = resolve_all_alike(names, as_of=as_of, ledger=ledger)
    return compare_many_resolved(resolved, regret=regret, best=best, draws=draws, seed=seed)


def compare_many_resolved(
    scenarios: Sequence[Resolved],
    *,
    regret: str | None = None,
    best: str | None = None,
    draws: int = 10_000,
    seed: int = 1,
) -> ManyComparison:
    """Compare scenarios that have their figures already; see :func:`compare_many`.

    Parameters
    ----------
    scenarios : sequence of Resolved
        The scenarios, for the same countries and the same start year.
    regret, best : str, optional
        The measure of which regret is taken, and which of its values are better.
    draws, seed : int
        How many draws of each, and the seed.

    Returns
    -------
    ManyComparison
        Differences, what differs, and regrets.

    Raises
    ------
    InputError
        As :func:`compare_many` does.
    """
    first = scenarios[0]
    for other in scenarios[1:]:
        check_alike(first, other)
    common = [common_measures(first, other) for other in scenarios]
    measures = [name for name in common[0] if all(name in part for part in common)]
    sense = None if regret is None else check_measure(regret, best, measures)
    years = min((s.years for s in scenarios), key=len)
    last = len(years) - 1
    changes = [tuple(changes_between(first, other)) for other in scenarios]
    outcomes = [
        outcome_in_years(s, draws=draws, seed=seed, shown_in={last, len(s.years) - 1}) for s in scenarios
    ]
    table = None
    if regret is not None and sense is not None:
        values = [o.measure(regret, last) for o in outcomes]
        table = regrets(regret, sense, [s.name for s in scenarios], changes, values, years[-1])
    return ManyComparison(
        scenarios=tuple(
            _compared(two, part, outcomes[0], measures, len(years))
            for part, two in zip(changes, outcomes, strict=True)
        ),
        years=years,
        draws=draws,
        seed=seed,
        as_of=first.as_of,
        price_year=first.price_year,
        regret=table,
        skill=first.skill_note(),
        notes=tuple(_notes(scenarios, changes, regret, table)),
    )


def _compared(
    outcome: Outcome, changes: tuple[Change, ...], first: Outcome, measures: Sequence[str], years: int
) -> ComparedScenario:
    """Return one scenario beside the first."""
    apart = {} if outcome is first else {n: measure_difference(n, first, outcome, years) for n in measures}
    own = {name: outcome.summary.measures[name] for name in measures}
    return ComparedScenario(outcome.resolved.name, outcome.resolved.title, own, changes, apart)


def _notes(
    scenarios: Sequence[Resolved],
    changes: Sequence[Sequence[Change]],
    regret: str | None,
    table: Regrets | None,
) -> list[str]:
    """Write what the reader must know."""
    notes = ["All scenarios use the same random terms; each difference is taken draw by draw."]
    notes += dict.fromkeys(n.text for s in scenarios for n in s.notes if n.step in NOTED)
    for scenario, part in zip(scenarios, changes, strict=True):
        kinds = {change.kind for change in part}
        if "lever" in kinds and kinds - {"lever", "figures"}:
            mixed = "differs from the first in decisions and in beliefs: not in either alone."
            notes.append(f"{scenario.name} {mixed}")
    if regret is not None and table is None:
        notes.append(
            "No two of these scenarios share all beliefs and differ in a decision: nobody has a choice "
            "between them, and there is no regret."
        )
    if table is not None and len({row.beliefs for row in table.rows}) > 1:
        notes.append("Regret is taken under each set of beliefs by itself, and never averaged over them.")
    carried = sorted({country_name(code) for s in scenarios for code in s.accession.carried})
    if carried:
        notes.append(
            f"Carried without entering where it signs nothing, so that the random terms are common: "
            f"{', '.join(carried)}."
        )
    return notes
