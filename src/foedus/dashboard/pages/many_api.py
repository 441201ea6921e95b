"""Many scenarios side by side, and where a threshold is met, as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.pages.scenarios_api import AsOf, Draws, Scenario, Seed
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Question, Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["DISCOVER_ROUTE", "MANY_ROUTE", "DiscoverQuestion", "ManyQuestion"]

MOST = 8
"""The most scenarios that one address compares."""

Scenarios = list[Scenario]


class ManyQuestion(Question):
    """Scenarios from the same draws, each against the first."""

    scenario: Annotated[
        Scenarios, Field(max_length=MOST, description="Scenarios; each is compared with the first.")
    ] = ["baseline", "hague-five-years-late", "a-higher-goal"]  # noqa: RUF012  # pydantic copies it
    regret: Annotated[
        str | None,
        Field(max_length=100, description="A measure of which the regret of each choice is taken."),
    ] = None
    best: Annotated[
        Literal["most", "least"] | None, Field(description="Which values of that measure are better.")
    ] = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None


class DiscoverQuestion(Question):
    """The region of the draws in which a measure passes a threshold."""

    scenario: Annotated[
        Scenarios, Field(max_length=MOST, description="Scenarios whose draws are looked at together.")
    ] = ["baseline"]  # noqa: RUF012  # pydantic copies it
    threshold: Annotated[str, Field(max_length=100, description="A measure, a sign and a number.")] = (
        "allies_at_pledge_count < 8"
    )
    year: Annotated[int | None, Field(description="The year; without it, the last.")] = None
    draws: Draws = 1000
    seed: Seed = 1
    as_of: AsOf = None


def _many(state: AppState, question: ManyQuestion) -> Mapping[str, Any]:
    """Return differences and regrets for programs."""
    from foedus.analysis.compare_many import compare_many

    for name in question.scenario:
        check_shipped(name)
    return compare_many(
        question.scenario,
        regret=question.regret,
        best=question.best,
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
        ledger=state.ledger,
    ).payload()


def _discovery(state: AppState, question: DiscoverQuestion) -> Mapping[str, Any]:
    """Return boxes and the way to the first for programs."""
    from foedus.analysis.discovery import discover

    for name in question.scenario:
        check_shipped(name)
    return discover(
        question.scenario,
        question.threshold,
        year=question.year,
        draws=question.draws,
        seed=question.seed,
        as_of=question.as_of,
        ledger=state.ledger,
    ).payload()


MANY_ROUTE = Route("compare-many", "Many scenarios, each against the first.", ManyQuestion, _many)

DISCOVER_ROUTE = Route(
    "discover", "In which region of the draws a threshold is met.", DiscoverQuestion, _discovery
)
