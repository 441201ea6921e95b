"""Which chance drives a number, as the API answers it; what moves the numbers of the model takes minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.pages.scenarios_api import AsOf, Changes, Scenario
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Question, Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["SENSITIVITY_ROUTE", "SensitivityQuestion"]

MOST = 2000
"""The most draws of each run: an answer takes some twenty runs."""

Names = list[Annotated[str, Field(max_length=100)]]


class SensitivityQuestion(Question):
    """Numbers of a scenario, of the alliance or of allies, in a year."""

    scenario: Scenario = "baseline"
    measure: Annotated[
        Names | None, Field(max_length=20, description="Measures; without them, all of the headline.")
    ] = None
    country: Annotated[Names | None, Field(max_length=10, description="Allies by name or code.")] = None
    year: Annotated[
        int | None, Field(ge=1949, le=2100, description="A year of the scenario; without it, the last.")
    ] = None
    draws: Annotated[int, Field(ge=2, le=MOST, description="Draws of each run.")] = 500
    seed: Annotated[int, Field(ge=0, le=2**63 - 2, description="Seed of the first run.")] = 1
    as_of: AsOf = None
    set: Annotated[
        Changes | None,
        Field(max_length=20, description="Keys with other values, as levers.pledge.target=0.04."),
    ] = None


def _payload(state: AppState, question: SensitivityQuestion) -> Mapping[str, Any]:
    """Return the indices for programs."""
    from foedus.analysis.sensitivity import sensitivity
    from foedus.scenario.changes import read_changes

    changes = read_changes(question.set or ())
    check_shipped(question.scenario, changes)
    return sensitivity(
        **question.model_dump(exclude={"set", "measure", "country"}),
        measures=question.measure or (),
        countries=question.country or (),
        changes=changes,
        ledger=state.ledger,
    ).payload()


SENSITIVITY_ROUTE = Route(
    "sensitivity", "Which chance drives a number of a scenario.", SensitivityQuestion, _payload
)
