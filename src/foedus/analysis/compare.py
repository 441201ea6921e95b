"""Compare two scenarios draw by draw, with the same random terms in both.

Chance plays the same part in both scenarios, so what is left between them in each draw comes from what the
two scenarios set differently. The interval of a difference is therefore that of the paired differences, and
not what two separate intervals would suggest. It rests on the model: where the model has no skill, neither
has the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.analysis.align import NOTED, check_alike, common_measures, resolve_alike
from foedus.analysis.closing_difference import ClosingDifference, closing_difference
from foedus.analysis.comparison_rows import AllyDifference, MeasureDifference, measure_difference
from foedus.analysis.differences import Change, changes_between
from foedus.analysis.pull import PLEDGED, PullSwap, pull_swap
from foedus.analysis.structures import StructureRange, structure_range
from foedus.analysis.threshold_order import ThresholdOrder, threshold_order
from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.engine.precision import quantile_errors
from foedus.engine.section import QUANTILES
from foedus.engine.slabs import Columns, over_slabs, slab_quantiles
from foedus.errors import InputError
from foedus.frames import CellKind, Schema
from foedus.results import Answer, Result
from foedus.runs.headline import Headline
from foedus.runs.outcome import Outcome, outcome_in_years
from foedus.scenario import Resolved
from foedus.scenario.chain import all_parameters
from foedus.scenario.pairs import pair_of
from foedus.scenario.structures import Structure
from foedus.spending.measures import at_level

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart

__all__ = ["AllyDifference", "Comparison", "MeasureDifference", "compare", "compare_resolved"]


@dataclass(frozen=True)
class Comparison(Result):
    """Two scenarios side by side.

    Attributes
    ----------
    first, second : Headline
        The headline of each scenario.
    years : tuple of int
        The years both have.
    differences : mapping of str to MeasureDifference
        For each measure that both scenarios report.
    allies : tuple of AllyDifference
        Each ally in the last of the years, the greatest difference first.
    changes : tuple of Change
        What the second scenario sets differently.
    draws, seed : int
        Draws and seed.
    as_of : datetime.date
        The day whose knowledge is used.
    price_year : int
        The year of the prices.
    closing : ClosingDifference or None
        Where both name the same requirement, how the years of its closing differ.
    pull : PullSwap or None
        Where the scenarios differ in the pledge, what of the difference rests on its pull.
    order : ThresholdOrder or None
        Where both name the guarantee, the flank by the belief that its protection asks for.
    notes : tuple of str
        What the reader must know.
    structures : StructureRange or None
        The same with every other form of the components, where it was asked for.
    """

    first: Headline
    second: Headline
    years: tuple[int, ...]
    differences: Mapping[str, MeasureDifference]
    allies: tuple[AllyDifference, ...]
    changes: tuple[Change, ...]
    draws: int
    seed: int
    as_of: date
    price_year: int
    closing: ClosingDifference | None
    pull: PullSwap | None
    order: ThresholdOrder | None
    notes: tuple[str, ...]
    structures: StructureRange | None = None

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return how many allies are at the pledge in the second scenario, against the first."""
        from foedus.analysis.answers import comparison_answer

        return comparison_answer(self)

    def payload(self) -> dict[str, Any]:
        """Return both headlines and the differences for programs."""
        heads = {"first": self.first.to_json(), "second": self.second.to_json()}
        return {**super().payload(), **heads, "answer": self.answer().payload()}

    def to_columns(self) -> dict[str, Any]:
        """Return the differences as columns, one row for each measure and year.

        Returns
        -------
        dict of str to list
            Measure, year, unit; low, median and high of the second less the first.
        """
        rows = [
            {"measure": name, "year": year, "unit": entry.unit}
            | {key: getattr(entry, key)[i] for key in ("low", "median", "high")}
            for name, entry in self.differences.items()
            for i, year in enumerate(self.years)
        ]
        return {name: [row[name] for row in rows] for name in self.schema()}

    def schema(self) -> Schema:
        """Return what the cells of each column are."""
        labels = {"measure": CellKind("text"), "year": CellKind("whole"), "unit": CellKind("text")}
        return {**labels, **dict.fromkeys(("low", "median", "high"), CellKind("number", empty=True))}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.analysis.charts import compare as charts

        return {"paths": charts.compare_chart}


def compare(
    first: str = "baseline",
    second: str | None = None,
    *,
    changes: Mapping[str, Any] | None = None,
    draws: int = 10_000,
    seed: int = 1,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    structures: bool | None = None,
) -> Comparison:
    """Compare two scenarios with the same random terms.

    Parameters
    ----------
    first : str, default "baseline"
        The name of a shipped scenario or the path of a scenario file, or alone that of a pair.
    second : str, optional
        The other scenario; without it, the first one with the changes.
    changes : mapping of str to object, optional
        Keys of the second scenario with other values, such as ``{"levers.pledge.deadline": 2040}``.
    draws : int, default 10,000
        How many draws, 1 to 1,000,000.
    seed : int, default 1
        Seed of the random streams.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    ledger : Ledger, optional
        The figures.
    structures : bool, optional
        Also run both with every other form of their components, which takes two runs a form. Without it,
        where the pledge differs: that difference is wholly due to the form of budgets.

    Returns
    -------
    Comparison
        Both headlines, and the differences draw by draw.

    Raises
    ------
    InputError
        When draws or seed are out of range, a scenario is not known or not sound, or there is only one.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    ways = pair_of(first) if second is None else None
    if ways is not None:
        # What is changed is changed in both ways of a pair.
        both = resolve_alike(*ways, changes or {}, first_changes=changes or {}, as_of=as_of, ledger=ledger)
        return compare_resolved(*both, draws=draws, seed=seed)
    if second is None and not changes:
        raise InputError(
            "there is only one scenario",
            where="foedus compare",
            do="name another one, or change a key with --set",
        )
    other, alike = second or first, partial(resolve_alike, as_of=as_of, ledger=ledger)
    pair = alike(first, other, changes or {})
    result = compare_resolved(*pair, draws=draws, seed=seed)
    if not (result.pull is not None if structures is None else structures):
        return result

    def with_form(structure: Structure) -> tuple[Resolved, Resolved]:
        form = {structure.key: structure.form}
        return alike(first, other, {**(changes or {}), **form}, first_changes=form)

    spread = structure_range(pair, result.differences, with_form, draws=draws, seed=seed)
    return replace(result, structures=spread)


def compare_resolved(
    first: Resolved,
    second: Resolved,
    *,
    draws: int = 10_000,
    seed: int = 1,
    outcomes: tuple[Outcome, Outcome] | None = None,
    swap: bool = True,
) -> Comparison:
    """Compare two scenarios that have their figures already; see :func:`compare`.

    Parameters
    ----------
    first, second : Resolved
        The scenarios, for the same countries and the same start year.
    draws, seed : int
        How many draws, and the seed.
    outcomes : (Outcome, Outcome), optional
        What they come to with these draws and this seed, where it is known already.
    swap : bool, default True
        Also work out what of the difference rests on the pull of a pledge, which takes two runs more.

    Returns
    -------
    Comparison
        Both headlines, and the differences draw by draw.

    Raises
    ------
    InputError
        When draws or seed are out of range, or the scenarios have no countries, start and prices in common.
    """
    check_alike(first, second)
    years = min(first.years, second.years, key=len)
    one, two = outcomes or tuple(
        outcome_in_years(scenario, draws=draws, seed=seed, shown_in={len(years) - 1, len(scenario.years) - 1})
        for scenario in (first, second)
    )
    differences = {
        name: measure_difference(name, one, two, len(years)) for name in common_measures(first, second)
    }
    changes = tuple(changes_between(first, second))
    pull = None
    if swap and any(change.name in PLEDGED for change in changes):
        pull = pull_swap(one, two, year=years[-1], draws=draws, seed=seed)
    return Comparison(
        first=one.summary,
        second=two.summary,
        years=years,
        differences=differences,
        allies=_allies(first, one, two, len(years) - 1),
        changes=changes,
        draws=draws,
        seed=seed,
        as_of=first.as_of,
        price_year=first.price_year,
        closing=closing_difference(one, two, years),
        pull=pull,
        order=threshold_order(one, two, years),
        notes=tuple(_notes(first, second, changes, years, pull)),
    )


def _allies(resolved: Resolved, one: Outcome, two: Outcome, last: int) -> tuple[AllyDifference, ...]:
    """Compare each ally's share in the last year of both."""
    (shown,) = resolved.spending.shown()
    before, after = (o.columns(shown, last) for o in (one, two))
    shape = (one.draws, len(resolved.countries))

    def between(span: slice) -> Array:
        return after(span) - before(span)

    spans = slab_quantiles(between, *shape, QUANTILES).T.tolist()
    first, second = (
        over_slabs(columns, *shape, lambda values: np.median(values, axis=0)).tolist()
        for columns in (before, after)
    )
    errors = np.max([_errors(columns, *shape) for columns in (between, before, after)], axis=0).tolist()
    marks = (_at_pledge(columns, o).tolist() for columns, o in ((before, one), (after, two)))
    figures = zip(resolved.countries, first, second, spans, zip(*marks, errors, strict=True), strict=True)
    rows = [
        AllyDifference(code, country_name(code), one_median, two_median, low, median, high, *at_marks)
        for (code, one_median, two_median, (low, median, high), at_marks), takes in zip(
            figures, resolved.spending.participates, strict=True
        )
        if takes
    ]
    return tuple(sorted(rows, key=lambda r: (-abs(r.median), r.country)))


def _errors(columns: Columns, draws: int, countries: int) -> Array:
    """Return for every country the largest error of its quantiles over seeds."""
    return over_slabs(
        columns, draws, countries, lambda values: quantile_errors(values, QUANTILES).max(axis=0)
    )


def _at_pledge(columns: Columns, outcome: Outcome) -> Array:
    """Return for every country the share of draws in which it is at its pledge."""
    targets = np.array(outcome.resolved.spending.pledge_targets)
    return over_slabs(
        lambda span: at_level(columns(span), targets[span]).astype(np.float64),
        outcome.draws,
        len(targets),
        lambda values: values.mean(axis=0),
    )


def _notes(
    first: Resolved,
    second: Resolved,
    changes: tuple[Change, ...],
    years: tuple[int, ...],
    pull: PullSwap | None,
) -> list[str]:
    """Write what the reader must know."""
    notes = ["Both scenarios use the same random terms; each difference is taken draw by draw."]
    if pull is not None:
        notes.append(pull.sentence)
    notes += dict.fromkeys(n.text for r in (first, second) for n in r.notes if n.step in NOTED)
    notes += _guarantee_notes(first, second)
    kinds = {c.kind for c in changes}
    if not changes:
        notes.append("The two scenarios set nothing differently.")
    if "lever" in kinds and kinds & {"uncertainty", "parameter"}:
        notes.append(
            "Both decisions and beliefs differ: the difference cannot be put down to either alone; "
            "compare scenarios that change one at a time."
        )
    if "structure" in kinds:
        notes.append(
            "The scenarios run different forms of a component: what differs is the model, which nobody "
            "decides and no probability is put on."
        )
    carried = [
        f"{country_name(code)} in the {word}"
        for word, scenario in (("first", first), ("second", second))
        for code in scenario.accession.carried
    ]
    if carried:
        notes.append(
            f"Carried without entering, so that the random terms are common: {', '.join(carried)}. "
            "Its figures differ a little from those of a run of its own, as with another seed."
        )
    if first.horizon != second.horizon:
        notes.append(f"The scenarios end in {first.horizon} and {second.horizon}; compared to {years[-1]}.")
    return notes


def _guarantee_notes(first: Resolved, second: Resolved) -> list[str]:
    """Write why a guarantee that differs moves spending or does not."""
    if first.guarantee.guarantee == second.guarantee.guarantee:
        return []
    name = "budgets.guarantee_response"
    values = [float(scenario.parameters[name].value) for scenario in (first, second)]  # type: ignore[arg-type]
    low, high = all_parameters()[name].range
    if any(values):
        return [f"How budgets answer the guarantee is assumed: {name} is {values[0]:g} and {values[1]:g}."]
    return [
        f"The guarantee itself moves no spending: {name} is 0, as the past does not tell how budgets answer "
        f"one that is conditional or withdrawn; set it from {low:g} to {high:g} with "
        f"--set parameters.{name}=…"
    ]
