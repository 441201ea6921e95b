"""Scenarios as the API answers them: one run, and two side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.analysis.question import TwoQuestion
from foedus.dashboard.served import served
from foedus.dashboard.state import DRAWS, check_shipped
from foedus.dashboard.views import Route
from foedus.questions import Day
from foedus.runs.question import RunQuestion

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = [
    "COMPARE_ROUTE",
    "RUN_ROUTE",
    "SETS",
    "AsOf",
    "Changes",
    "Draws",
    "Scenario",
    "Seed",
]

Scenario = Annotated[str, Field(max_length=100, description="A scenario that comes with foedus.")]
Draws = Annotated[int, Field(ge=1, le=DRAWS, description="How many draws.")]
Seed = Annotated[int, Field(ge=0, le=2**63 - 1, description="Seed of the random draws.")]
AsOf = Annotated[Day, Field(description="Only what had been published by this day.")]
Changes = list[Annotated[str, Field(max_length=200)]]


SETS = (("changes", "set"),)
"""What the keys with other values are called in an address."""

RUN = served(RunQuestion, most_draws=DRAWS, draws=1000, names=SETS)
TWO = served(TwoQuestion, most_draws=DRAWS, draws=1000, names=SETS)


def _payload(state: AppState, question: RunQuestion) -> Mapping[str, Any]:
    """Return the headline for programs."""
    run = state.run(
        question.scenario,
        changes=question.changed_keys(),
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
    )
    return run.payload()


def _comparison(state: AppState, question: TwoQuestion) -> Mapping[str, Any]:
    """Return both headlines and the difference for programs."""
    from foedus.analysis.comparisons import comparison_of

    for name in (question.first, question.second):
        if name is not None:
            check_shipped(name, question.changed_keys())
    return comparison_of(question, state.ledger).payload()


COMPARE_ROUTE = Route("compare", "Two scenarios side by side, with the same random terms.", TWO, _comparison)

RUN_ROUTE = Route("run", "Run a scenario and give its headline.", RUN, _payload)
