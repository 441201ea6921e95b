"""What is missing of a requirement, or what a scenario buys of it: one question, either answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from foedus.errors import InputError
from foedus.forces.asked import missing_of, named_requirement
from foedus.forces.question import GapQuestion

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.gap_result import Gap
    from foedus.forces.time_result import TimeToClose

__all__ = ["gap_of"]

DRAWS = 10_000
"""Draws of a scenario where no number is given."""


def gap_of(question: GapQuestion, ledger: Ledger | None = None) -> Gap | TimeToClose:
    """Answer what is missing of a requirement; with a scenario, when that closes.

    Parameters
    ----------
    question : GapQuestion
        The requirement, and how it is shared or which scenario buys it.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Gap or TimeToClose
        What is missing and its cost; with a scenario, what its money buys by when.

    Raises
    ------
    InputError
        When something is asked that says nothing of this question.
    """
    if question.scenario is None:
        refuse({"--set": question.changes, "--draws": question.draws is not None}, "add --scenario NAME")
        return missing_of(question, ledger, seed=question.seed)
    from foedus.analysis.buys import time_to_close
    from foedus.files.changes import values_of

    shared = {
        "--rule": question.rule != "gdp",
        "--who": question.who,
        "--cap": question.cap != GapQuestion.model_fields["cap"].default,
        "--exclude": question.exclude,
    }
    refuse(shared, "leave it out: with a scenario the cost is shared by GDP")
    return time_to_close(
        named_requirement(question),
        question.scenario,
        changes=values_of(question.changes),
        draws=DRAWS if question.draws is None else question.draws,
        seed=question.seed,
        as_of=question.as_of,
        ledger=ledger,
    )


def refuse(given: Mapping[str, object], do: str) -> None:
    """Raise an error for what says nothing of this question."""
    for name, value in given.items():
        if value:
            raise InputError(f"{name} says nothing here", where="foedus gap", do=do)
