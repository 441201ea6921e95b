"""Many scenarios side by side, and where a threshold is met, as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.analysis.question import DiscoverQuestion, ManyQuestion
from foedus.dashboard.pages.scenarios_api import SETS
from foedus.dashboard.served import served
from foedus.dashboard.state import DRAWS, check_shipped
from foedus.dashboard.views import Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["DISCOVER_ROUTE", "MANY_ROUTE"]

MOST = 8
"""The most scenarios that one address compares."""

MANY = served(ManyQuestion, most_draws=DRAWS, draws=1000, most_names=MOST)
DISCOVER = served(DiscoverQuestion, most_draws=DRAWS, draws=1000, most_names=MOST, names=SETS)


def _many(state: AppState, question: ManyQuestion) -> Mapping[str, Any]:
    """Return differences and regrets for programs."""
    from foedus.analysis.comparisons import many_of

    for name in question.scenario:
        check_shipped(name)
    return many_of(question, state.ledger).payload()


def _discovery(state: AppState, question: DiscoverQuestion) -> Mapping[str, Any]:
    """Return boxes and the way to the first for programs."""
    from foedus.analysis.comparisons import discovery_of

    for name in question.scenario:
        check_shipped(name, question.changed_keys())
    return discovery_of(question, state.ledger).payload()


MANY_ROUTE = Route("compare-many", "Many scenarios, each against the first.", MANY, _many)

DISCOVER_ROUTE = Route("discover", "In which region of the draws a threshold is met.", DISCOVER, _discovery)
