"""Scenarios as the API answers them: one run, and two side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.state import DRAWS, check_shipped
from foedus.dashboard.views import Question, Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = [
    "COMPARE_ROUTE",
    "RUN_ROUTE",
    "AsOf",
    "Changes",
    "CompareQuestion",
    "Draws",
    "RunQuestion",
    "Scenario",
    "Seed",
]

Scenario = Annotated[str, Field(max_length=100, description="A scenario that comes with foedus.")]
Draws = Annotated[int, Field(ge=1, le=DRAWS, description="How many draws.")]
Seed = Annotated[int, Field(ge=0, le=2**63 - 1, description="Seed of the random draws.")]
AsOf = Annotated[date | None, Field(description="Only what had been published by this day.")]
Changes = list[Annotated[str, Field(max_length=200)]]


class RunQuestion(Question):
    """A scenario, with single keys changed."""

    scenario: Scenario = "baseline"
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None
    set: Annotated[
        Changes | None,
        Field(max_length=20, description="Keys with other values, as levers.pledge.target=0.04."),
    ] = None


class CompareQuestion(Question):
    """Two scenarios, or one and the same with single keys changed."""

    first: Scenario = "baseline"
    second: Annotated[str | None, Field(max_length=100, description="The other scenario.")] = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None
    set: Annotated[
        Changes | None, Field(max_length=20, description="Keys of the second one with other values.")
    ] = None
    structures: Annotated[
        bool | None, Field(description="Run every other form too; without it, where the pledge differs.")
    ] = None


def _payload(state: AppState, question: RunQuestion) -> Mapping[str, Any]:
    """Return the headline for programs."""
    from foedus.scenario.changes import read_changes

    run = state.run(
        question.scenario,
        changes=read_changes(question.set or ()),
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
    )
    return run.payload()


def _comparison(state: AppState, question: CompareQuestion) -> Mapping[str, Any]:
    """Return both headlines and the difference for programs."""
    from foedus.analysis.compare import compare
    from foedus.scenario.changes import read_changes

    changes = read_changes(question.set or ())
    for name in (question.first, question.second):
        if name is not None:
            check_shipped(name, changes)
    given = question.model_dump(exclude={"set"})
    return compare(**given, changes=changes, ledger=state.ledger).payload()


COMPARE_ROUTE = Route(
    "compare", "Two scenarios side by side, with the same random terms.", CompareQuestion, _comparison
)

RUN_ROUTE = Route("run", "Run a scenario and give its headline.", RunQuestion, _payload)
