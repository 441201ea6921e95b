"""The catalogue of structures: the components that have another form, and what is known of each form.

A form is a choice of the model and no number: nobody decides it, and no probability is put on it. A scenario
names one (``structures: {budgets: convergence}``), the same scenario is run with each where the range over
them is asked for, and forms are never averaged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from foedus.files.yaml_text import plain_yaml
from foedus.parameters import Grade
from foedus.spending.lever import BELIEVED, CONVERGED
from foedus.spending.numbers import other_numbers

if TYPE_CHECKING:
    from foedus.scenario.resolved import Resolved

__all__ = ["Structure", "forms_of", "numbers_of_forms", "other_structures", "structures"]


@dataclass(frozen=True)
class Structure:
    """One form of a component.

    Attributes
    ----------
    component, form : str
        The key under ``structures`` in a scenario file, and its value.
    label : str
        What it is called in print.
    shipped : bool
        Whether a scenario that names none runs it.
    changes : str
        What it does, in a sentence.
    source : str
        Where the form comes from.
    grade : {"measured", "estimated", "judged", "assumed"}
        How its numbers are known.
    skill : str
        What its past forecasts came to.
    looked_at : str
        On what it was chosen, and how many variants were tried.
    """

    component: str
    form: str
    label: str
    shipped: bool
    changes: str
    source: str
    grade: Grade
    skill: str
    looked_at: str

    @property
    def key(self) -> str:
        """The key that sets it, as ``--set`` takes it."""
        return f"structures.{self.component}"


@cache
def structures() -> tuple[Structure, ...]:
    """Return every form of every component that has more than one, the shipped one of each first."""
    text = resources.files("foedus.scenario").joinpath("structures.yaml").read_text(encoding="utf-8")
    return tuple(Structure(**entry) for entry in plain_yaml(text))


def forms_of(resolved: Resolved) -> dict[str, str]:
    """Return which form a scenario runs, by component."""
    return {"budgets": resolved.spending.budget_form, "accession": resolved.accession.ratification_form}


def other_structures(*scenarios: Resolved) -> tuple[Structure, ...]:
    """Return the forms that none of some scenarios runs and that could move their results.

    Parameters
    ----------
    *scenarios : Resolved
        The scenarios.

    Returns
    -------
    tuple of Structure
        Those of ratification only where some scenario signs a protocol.
    """
    in_use = {"budgets"} | {"accession" for s in scenarios if any(s.accession.accession_signed)}
    run = {(component, form) for s in scenarios for component, form in forms_of(s).items()}
    return tuple(s for s in structures() if s.component in in_use and (s.component, s.form) not in run)


@cache
def numbers_of_forms() -> frozenset[str]:
    """Return the parameters, by ``component.name``, whose values belong to a form of budgets."""
    return frozenset({*BELIEVED, *CONVERGED, *(f"budgets.{name}" for name in other_numbers("convergence"))})
