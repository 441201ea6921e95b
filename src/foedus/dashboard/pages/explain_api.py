"""What one number rests on, as the API answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.pages.scenarios_api import AsOf, Changes, Scenario, Seed
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Question, Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["EXPLAIN_ROUTE", "ExplainQuestion"]

MOST = 2000
"""The most draws of each run: an answer takes some twenty runs."""


class ExplainQuestion(Question):
    """One number of a scenario, of the alliance or of one ally, in a year."""

    measure: Annotated[
        str, Field(max_length=100, description="A measure of the headline, or of an ally's with country.")
    ] = "allies_at_pledge_count"
    scenario: Scenario = "baseline"
    country: Annotated[str | None, Field(max_length=60, description="An ally by name or code.")] = None
    year: Annotated[
        int | None, Field(ge=1949, le=2100, description="A year of the scenario; without it, the last.")
    ] = None
    draws: Annotated[
        int, Field(ge=0, le=MOST, description="Draws of each run; with 0 all is listed and nothing drawn.")
    ] = 200
    seed: Seed = 1
    as_of: AsOf = None
    set: Annotated[
        Changes | None,
        Field(max_length=20, description="Keys with other values, as levers.pledge.target=0.04."),
    ] = None


def _payload(state: AppState, question: ExplainQuestion) -> Mapping[str, Any]:
    """Return the explanation for programs."""
    from foedus.analysis.explain import explain
    from foedus.scenario.changes import read_changes

    changes = read_changes(question.set or ())
    check_shipped(question.scenario, changes)
    return explain(**question.model_dump(exclude={"set"}), changes=changes, ledger=state.ledger).payload()


EXPLAIN_ROUTE = Route("explain", "What one number rests on.", ExplainQuestion, _payload)
