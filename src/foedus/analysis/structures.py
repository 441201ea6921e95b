"""What of a comparison rests on the form of a component: the same two scenarios run with each form.

The forms are those of the catalogue of structures. Each gives a difference of its own, from the same draws;
the range runs from the least of their medians to the greatest. No form has a probability, and nothing is
averaged over them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.analysis.comparison_rows import MeasureDifference, measure_difference
from foedus.rounding import written
from foedus.runs.headline import MeasureSummary
from foedus.runs.outcome import Outcome, outcome_in_years
from foedus.scenario.structures import Structure, forms_of, other_structures, structures
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.scenario import Resolved

__all__ = ["FormDifference", "StructureRange", "structure_range", "write_figure", "write_interval"]

Pair = tuple["Resolved", "Resolved"]


@dataclass(frozen=True)
class FormDifference:
    """How the second of two scenarios differs from the first where both run a form of a component.

    Attributes
    ----------
    component, form, label : str
        The component, its form, and what that is called.
    as_run : bool
        Whether it is the form that the comparison itself was run with.
    differences : mapping of str to MeasureDifference
        By measure.
    """

    component: str
    form: str
    label: str
    as_run: bool
    differences: Mapping[str, MeasureDifference]


@dataclass(frozen=True)
class StructureRange:
    """A comparison with every form of the components that have more than one.

    Attributes
    ----------
    year : int
        The last year that both scenarios have.
    forms : tuple of FormDifference
        As run, then each other form by itself.
    """

    year: int
    forms: tuple[FormDifference, ...]

    def medians(self, measure: str) -> tuple[float, float]:
        """Return the least and the greatest median of a measure's difference in the last year."""
        medians = [form.differences[measure].interval()[1] for form in self.forms]
        return min(medians), max(medians)

    def table(self) -> Table:
        """Return one row per measure: its difference with each form, and the range of the medians."""
        columns = [Column("label", f"second less first in {self.year}")]
        for i, form in enumerate(self.forms):
            columns.append(
                Column(f"form_{i}", form.label + (", as run" if form.as_run else ""), align="right")
            )
        columns.append(Column("range", "range of medians", align="right"))
        rows = tuple(self._row(name) for name in self.forms[0].differences)
        more = ("measure", "least", "greatest")
        return Table("structures", "Range over structures, never averaged", tuple(columns), rows, more=more)

    def _row(self, measure: str) -> dict[str, Any]:
        """Return the row of a measure."""
        entries = [form.differences[measure] for form in self.forms]
        least, greatest = self.medians(measure)
        ends = [write_figure(entries[0].unit, value, signed=True) for value in (least, greatest)]
        cells = {f"form_{i}": write_interval(entry) for i, entry in enumerate(entries)}
        spread = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
        row: dict[str, Any] = {"measure": measure, "label": entries[0].label, **cells, "range": spread}
        return row | {"least": least, "greatest": greatest}


def structure_range(
    pair: Pair,
    differences: Mapping[str, MeasureDifference],
    resolving: Callable[[Structure], Pair],
    *,
    draws: int,
    seed: int,
    running: Callable[[Resolved], Outcome] | None = None,
) -> StructureRange | None:
    """Run two scenarios with every other form of their components.

    Parameters
    ----------
    pair : (Resolved, Resolved)
        The scenarios as they were compared.
    differences : mapping of str to MeasureDifference
        What came of that, by measure.
    resolving : callable
        Resolves both anew with a form, with the same countries.
    draws, seed : int
        Draws and seed of the comparison.
    running : callable, optional
        Runs a scenario with these draws; a server keeps what it gave.

    Returns
    -------
    StructureRange or None
        None where no component in use has another form, or the two scenarios run different ones already.
    """
    others = other_structures(*pair)
    if not others or forms_of(pair[0]) != forms_of(pair[1]):
        return None
    run = running or partial(outcome_in_years, draws=draws, seed=seed, shown_in=())
    years = min((scenario.years for scenario in pair), key=len)
    labels = [s.label for s in structures() if forms_of(pair[0])[s.component] == s.form]
    as_run = labels[: len({other.component for other in others})]
    forms = [FormDifference("", "", " and ".join(as_run), True, differences)]
    for other in others:
        one, two = (run(scenario) for scenario in resolving(other))
        apart = {name: measure_difference(name, one, two, len(years)) for name in differences}
        forms.append(FormDifference(other.component, other.form, other.label, False, apart))
    return StructureRange(years[-1], tuple(forms))


def write_interval(entry: MeasureDifference | MeasureSummary, index: int = -1, *, signed: bool = True) -> str:
    """Write a measure or its difference in a year: its median, and in brackets its interval.

    Parameters
    ----------
    entry : MeasureDifference or MeasureSummary
        The measure.
    index : int
        The year's place.
    signed : bool, default True
        Write a plus before what is not negative.

    Returns
    -------
    str
        Counts as they are, money in billions.
    """
    low, middle, high = (write_figure(entry.unit, value, signed=signed) for value in entry.interval(index))
    return middle if low == high else f"{middle} ({low} to {high})"


def write_figure(unit: str, value: float, *, signed: bool = False) -> str:
    """Write a figure of a measure.

    Parameters
    ----------
    unit : str
        The measure's unit.
    value : float
        The figure.
    signed : bool, default False
        Write a plus before what is not negative.

    Returns
    -------
    str
        Counts as they are, money in billions.
    """
    scale, digits = (-9 if unit in {"usd", "eur"} else 0), int(unit == "eur")
    return written(value, digits, scale=scale, signed=signed, grouped=True)
