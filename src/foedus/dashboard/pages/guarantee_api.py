"""The guarantee's history and the arms race as the API answers them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.dashboard.views import Question, Route
from foedus.guarantee.question import SpiralQuestion

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["RELIABILITY_ROUTE", "SPIRAL_ROUTE", "ReliabilityAsked"]


class ReliabilityAsked(Question):
    """How often alliances kept their word in war; the server reads no file of cases."""


def _reliability(_state: AppState, _asked: ReliabilityAsked) -> dict[str, Any]:
    """Return the counts and codings."""
    from foedus.guarantee.reliability import reliability

    return reliability().payload()


def _spiral(state: AppState, asked: SpiralQuestion) -> dict[str, Any]:
    """Return both readings and the errors."""
    from foedus.guarantee.spiral import spiral

    return spiral(**asked.model_dump(), ledger=state.ledger).payload()


RELIABILITY_ROUTE = Route(
    "reliability",
    "How often alliances kept their word in war, by several codings; none is a base rate for NATO.",
    ReliabilityAsked,
    _reliability,
)

SPIRAL_ROUTE = Route(
    "spiral",
    "Two readings of an arms race with assumed numbers, beside the errors of such equations.",
    SpiralQuestion,
    _spiral,
)
