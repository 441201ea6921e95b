"""Which chance drives a number, as the API answers it; what moves the numbers of the model takes minutes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.analysis.question import ChanceQuestion
from foedus.dashboard.pages.scenarios_api import SETS
from foedus.dashboard.served import served
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["SENSITIVITY_ROUTE"]

MOST = 2000
"""The most draws of each run: an answer takes some twenty runs."""

QUESTION = served(ChanceQuestion, most_draws=MOST, draws=500, most_names=20, names=SETS)


def _payload(state: AppState, question: ChanceQuestion) -> Mapping[str, Any]:
    """Return the indices for programs."""
    from foedus.analysis.driving import chances_of

    check_shipped(question.scenario, question.changed_keys())
    return chances_of(question, state.ledger).payload()


SENSITIVITY_ROUTE = Route("sensitivity", "Which chance drives a number of a scenario.", QUESTION, _payload)
