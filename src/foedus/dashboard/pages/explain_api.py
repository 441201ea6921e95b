"""What one number rests on, as the API answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.analysis.question import ExplainQuestion
from foedus.dashboard.pages.scenarios_api import SETS
from foedus.dashboard.served import served
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["EXPLAIN_ROUTE"]

MOST = 2000
"""The most draws of each run: an answer takes some twenty runs."""


QUESTION = served(ExplainQuestion, most_draws=MOST, draws=200, most_names=20, names=SETS)


def _payload(state: AppState, question: ExplainQuestion) -> Mapping[str, Any]:
    """Return the explanation for programs."""
    from foedus.analysis.explain import explain_of

    check_shipped(question.scenario, question.changed_keys())
    return explain_of(question, state.ledger).payload()


EXPLAIN_ROUTE = Route("explain", "What one number rests on.", QUESTION, _payload)
