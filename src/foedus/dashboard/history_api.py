"""Figures of an indicator at one address, with every version of each: what SDMX 3 calls the history."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model

from foedus.dashboard.pages.figures import FIGURE_ROUTE
from foedus.dashboard.views import Route
from foedus.questions import Question
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["HISTORY_ROUTE", "with_validity"]


def _asked() -> type[Question]:
    """Return the question of figures with one more field."""
    history = Field(
        default=False,
        description="Every version of each figure with the days between which it was the newest one.",
    )
    return create_model(
        "FigureHistoryQuestion",
        __base__=FIGURE_ROUTE.question,
        __doc__="Figures of one indicator, as known on a day or with their history.",
        include_history=(bool, history),
    )


def with_validity(figures: list[dict[str, Any]], published: Mapping[str, date]) -> list[dict[str, Any]]:
    """Return figures with the days between which each was the newest that had been published.

    Parameters
    ----------
    figures : list of dict
        Figures with edition, country and year.
    published : mapping of str to datetime.date
        When each edition came out.

    Returns
    -------
    list of dict
        The same, by country and year and then by day, with ``valid_from``, the day its edition came out, and
        ``valid_to``, the day the next version did; None for the newest.
    """
    ordered = sorted(figures, key=lambda f: (f["country"], f["year"], published[f["edition"]]))
    versions = []
    for figure, after in zip(ordered, [*ordered[1:], None], strict=True):
        same = after is not None and (after["country"], after["year"]) == (figure["country"], figure["year"])
        end = published[after["edition"]] if same and after is not None else None
        versions.append({**figure, "valid_from": published[figure["edition"]], "valid_to": end})
    return versions


def _payload(state: AppState, asked: Any) -> Mapping[str, Any]:
    """Return the figures for programs."""
    own = asked.model_dump(exclude={"include_history"})
    if not asked.include_history:
        return FIGURE_ROUTE.payload(state, FIGURE_ROUTE.question(**own))
    content = FIGURE_ROUTE.payload(state, FIGURE_ROUTE.question(**{**own, "all_editions": True}))
    published = {name: state.ledger.editions[name].published for name in content["editions"]}
    return {**content, "figures": with_validity(to_jsonable(content["figures"]), published)}


HISTORY_ROUTE = Route(
    "figure",
    "Figures of an indicator as known on a day, or every version of each.",
    _asked(),
    _payload,
)
