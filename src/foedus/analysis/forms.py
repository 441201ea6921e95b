"""One number with each form of the components that have more than one: side by side, never averaged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.analysis.driver_words import within
from foedus.analysis.explain_parts import number_draws
from foedus.results import Answer
from foedus.scenario.structures import Structure, forms_of, other_structures, structures
from foedus.tables import Column, Table
from foedus.units import format_value

if TYPE_CHECKING:
    from foedus.analysis.targets import Target
    from foedus.scenario import Resolved

__all__ = ["FormOfNumber", "NumberByForm", "number_by_form"]


@dataclass(frozen=True)
class FormOfNumber:
    """A number where the scenario runs one form of a component.

    Attributes
    ----------
    component, label, changes : str
        The component, what the form is called, and what it does; of the scenario as it is, of every form in
        use.
    as_run : bool
        Whether it is the scenario as it is.
    skill : str
        What past forecasts of the form came to.
    low, median, high : float
        Quantiles over the draws.
    """

    component: str
    label: str
    changes: str
    as_run: bool
    skill: str
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class NumberByForm:
    """A number of a scenario with each form.

    Attributes
    ----------
    resolved : Resolved
        The scenario as it is.
    target : Target
        The number.
    year, draws : int
        Of the number, and of each run.
    forms : tuple of FormOfNumber
        The scenario as it is, then each other form by itself.
    """

    resolved: Resolved
    target: Target
    year: int
    draws: int
    forms: tuple[FormOfNumber, ...]

    @property
    def about(self) -> str:
        """What the number is, within a sentence."""
        return f"{within(self.target.label)} in {self.year}"

    def written(self, form: FormOfNumber) -> str:
        """Write a number with its interval."""
        low, median, high = (self.value(v) for v in (form.low, form.median, form.high))
        return f"{median} ({low} to {high})"

    def value(self, value: float) -> str:
        """Write a value in the number's unit."""
        return format_value(value, self.target.unit)

    def answer(self) -> Answer:
        """Return the range of the medians over the forms; of a scenario with one form alone, that one."""
        ordered = sorted(self.forms, key=lambda form: form.median)
        least, greatest = ordered[0], ordered[-1]
        own = self.forms[0]
        if len(self.forms) == 1:
            claim = f"{self.about}: no component in use has another form."
            return Answer(self.value(own.median), "", claim, title=f"One form: {self.about}")
        spoken = [f"{form.label} {self.written(form)}" for form in self.forms]
        number = " to ".join(dict.fromkeys(self.value(form.median) for form in (least, greatest)))
        return Answer(
            number=number,
            unit="over the forms of the model:",
            claim=f"{self.about}, by how the model is built.",
            beside=(
                f"{'; '.join(spoken)}.",
                "Forms have no probability and are never averaged; each range holds the middle 80 % of "
                f"{self.draws:,} draws.",
            ),
            title=f"{number} over the forms of the model: {self.about}",
        )

    def table(self) -> Table:
        """Return one row for each form."""
        rows = tuple(
            {
                "label": form.label + (", as run" if form.as_run else ""),
                "number": self.written(form),
                "changes": form.changes,
                "skill": form.skill,
            }
            for form in self.forms
        )
        columns = (
            Column("label", "form", "name"),
            Column("number", f"{self.target.label} in {self.year}", "text", align="right"),
            Column("changes", "what it does", "text"),
            Column("skill", "past forecasts", "text"),
        )
        return Table("forms", "The number with each form, never averaged", columns, rows)


def number_by_form(
    resolved: Resolved,
    target: Target,
    year: int,
    *,
    resolving: Callable[[Structure], Resolved],
    draws: int = 1000,
    seed: int = 1,
) -> NumberByForm:
    """Run a scenario as it is, and with every other form of its components.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    target : Target
        The number.
    year : int
        A year of the scenario.
    resolving : callable
        Resolves the scenario anew with a form.
    draws, seed : int
        Of each run; the draws are the same.

    Returns
    -------
    NumberByForm
        The scenario as it is, then each other form.
    """
    others = other_structures(resolved)
    in_use = {"budgets", *(other.component for other in others)}
    run = forms_of(resolved)
    own = [s for s in structures() if s.component in in_use and run.get(s.component) == s.form]
    joined = Structure(
        " and ".join(s.component for s in own),
        "",
        " and ".join(s.label for s in own),
        shipped=True,
        changes=" ".join(s.changes for s in own),
        source="",
        grade="estimated",
        skill=" ".join(s.skill for s in own),
        looked_at="",
    )
    pairs = [(joined, resolved), *((other, resolving(other)) for other in others)]
    forms = tuple(
        FormOfNumber(
            form.component,
            form.label,
            form.changes,
            form is joined,
            form.skill,
            *number_draws(scenario, target, year, draws, seed).span,
        )
        for form, scenario in pairs
    )
    return NumberByForm(resolved, target, year, draws, forms)
