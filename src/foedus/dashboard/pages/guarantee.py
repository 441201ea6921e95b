"""The guarantee's thresholds, and the game of a conditional guarantee, as the API answers them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.state import check_shipped
from foedus.dashboard.views import Question, Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.guarantee.question import DeterQuestion

__all__ = ["DETER_ROUTE", "GAME_ROUTE", "DeterApiQuestion", "GameApiQuestion"]

Names = list[Annotated[str, Field(max_length=80)]]


class DeterApiQuestion(Question):
    """Where belief in the guarantee matters for allies on the flank, and what stands in for it."""

    scenario: Annotated[str, Field(max_length=100, description="A scenario that comes with foedus.")] = (
        "baseline"
    )
    country: Annotated[
        Names | None, Field(max_length=12, description="Allies on the flank; all without it.")
    ] = None
    range: Annotated[
        Names | None,
        Field(max_length=12, description="Ranges in place of those stated, as decisiveness=1..2."),
    ] = None
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None

    def put(self) -> DeterQuestion:
        """Return the question as the room takes it."""
        from foedus.guarantee.question import deter_question

        check_shipped(self.scenario)
        several = {"country": tuple(self.country or ()), "range": tuple(self.range or ())}
        return deter_question(**self.model_dump() | several)


class GameApiQuestion(DeterApiQuestion):
    """Who would pay if the guarantee covered only those who pay."""

    paying_adds: Annotated[
        float, Field(ge=0.0, le=1.0, description="What paying adds to the belief that an ally is covered.")
    ] = 0.25


def _deter(state: AppState, question: DeterApiQuestion) -> Mapping[str, Any]:
    """Return the thresholds."""
    from foedus.analysis.deter import deter

    return deter(question.put(), ledger=state.ledger).payload()


def _game(state: AppState, question: GameApiQuestion) -> Mapping[str, Any]:
    """Return the game."""
    from foedus.analysis.deter import deter_game

    return deter_game(question.put(), ledger=state.ledger).payload()


DETER_ROUTE = Route(
    "deter", "Where belief in the guarantee matters, and what stands in for it.", DeterApiQuestion, _deter
)
"""The address of the thresholds."""

GAME_ROUTE = Route(
    "deter-game", "Who would pay if the guarantee covered only those who pay.", GameApiQuestion, _game
)
"""The address of the game."""
