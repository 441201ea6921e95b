"""The guarantee's thresholds, and the game of a conditional guarantee, as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from foedus.dashboard.served import served
from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Route
from foedus.guarantee.question import DeterGameQuestion, DeterQuestion

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["DETER_ROUTE", "GAME_ROUTE"]


def _deter(state: AppState, question: DeterQuestion) -> Mapping[str, Any]:
    """Return the thresholds."""
    from foedus.analysis.deter import deter

    check_shipped(question.scenario)
    return deter(question, ledger=state.ledger).payload()


def _game(state: AppState, question: DeterGameQuestion) -> Mapping[str, Any]:
    """Return the game."""
    from foedus.analysis.deter import deter_game

    check_shipped(question.scenario)
    return deter_game(question, ledger=state.ledger).payload()


MOST_ALLIES = 12
"""So many allies or ranges at most can be asked for over the web."""

DETER_ROUTE = Route(
    "deter",
    "Where belief in the guarantee matters, and what stands in for it.",
    served(DeterQuestion, most_names=MOST_ALLIES),
    _deter,
)
"""The address of the thresholds."""

GAME_ROUTE = Route(
    "deter-game",
    "Who would pay if the guarantee covered only those who pay.",
    served(DeterGameQuestion, most_names=MOST_ALLIES),
    _game,
)
"""The address of the game."""
