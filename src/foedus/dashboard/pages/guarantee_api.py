"""The guarantee's history and the arms race as the API answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from foedus.dashboard.views import Question, Route

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["RELIABILITY_ROUTE", "SPIRAL_ROUTE", "ReliabilityAsked", "SpiralAsked"]


class ReliabilityAsked(Question):
    """How often alliances kept their word in war."""


class SpiralAsked(Question):
    """Two readings of an arms race."""

    years: Annotated[int, Field(ge=1, le=30, description="How many years the scenario runs.")] = 10
    less: Annotated[
        float,
        Field(ge=0.0, le=0.5, description="How much less one side spends in the question of restraint."),
    ] = 0.1


def _reliability(_state: AppState, _asked: ReliabilityAsked) -> dict[str, Any]:
    """Return the counts and codings."""
    from foedus.guarantee.reliability import reliability

    return reliability().payload()


def _spiral(state: AppState, asked: SpiralAsked) -> dict[str, Any]:
    """Return both readings and the errors."""
    from foedus.guarantee.spiral import spiral

    return spiral(years=asked.years, less=asked.less, ledger=state.ledger).payload()


RELIABILITY_ROUTE = Route(
    "reliability",
    "How often alliances kept their word in war, by several codings; none is a base rate for NATO.",
    ReliabilityAsked,
    _reliability,
)

SPIRAL_ROUTE = Route(
    "spiral",
    "Two readings of an arms race with assumed numbers, beside the errors of such equations.",
    SpiralAsked,
    _spiral,
)
