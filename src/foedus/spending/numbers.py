"""The numbers of budgets in each of its forms."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.parameters import Parameter
from foedus.spending.lever import BudgetForm
from foedus.spending.parameters import FOLDER

__all__ = ["number_of", "numbers_of", "other_numbers"]


def number_of(numbers: Mapping[str, Parameter], name: str) -> float:
    """Return a number that is the same for all countries."""
    value = numbers[name].value
    assert isinstance(value, float)
    return value


def numbers_of(form: BudgetForm) -> Mapping[str, Parameter]:
    """Return the numbers of budgets that a form reads.

    Parameters
    ----------
    form : {"pull", "convergence"}
        The form of budgets.

    Returns
    -------
    mapping of str to Parameter
        By name without the component.
    """
    return {**FOLDER.component("budgets"), **other_numbers(form)}


def other_numbers(form: BudgetForm) -> Mapping[str, Parameter]:
    """Return the numbers that were fitted together with a form, in the places of those of the shipped one.

    Parameters
    ----------
    form : {"pull", "convergence"}
        The form of budgets.

    Returns
    -------
    mapping of str to Parameter
        By name without the component; empty for the form that is shipped.
    """
    return {} if form == "pull" else FOLDER.function("convergence")
