"""Sources and assumptions: every source card, and every number of the model with its grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.dashboard.linked_data import data_sets
from foedus.dashboard.query import command_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Page, Route, View
from foedus.evidence.lists import edition_list
from foedus.evidence.question import SourceCardsQuestion
from foedus.evidence.sources import sources
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["SOURCES_PAGE", "SOURCES_ROUTE"]


def _view(state: AppState, question: SourceCardsQuestion) -> View:
    """Show the cards and the parameters."""
    listing = sources(state.ledger, question.edition)
    numbers = _numbers()
    weak = sum(row["grade"] in {"judged", "assumed"} for row in numbers.rows)
    return View(
        headline=f"{len(listing.cards)} sources and {len(numbers.rows)} numbers, "
        f"{weak} of them judged or assumed.",
        sentences=(
            "Every figure keeps its edition; every number of the model has range, unit, grade and reason.",
        ),
        tables=(*listing.tables(), numbers),
        cards=listing.cards,
        parts={"linked_data": data_sets(listing.cards, edition_list(state.ledger).editions)},
    )


def _numbers() -> Table:
    """Return one row per number of the model that is no table, with its grade and what it rests on."""
    from foedus.scenario.chain import all_parameters

    rows = tuple(
        {
            "name": name,
            "value": "by country" if isinstance(p.value, dict) else p.value,
            "range": " to ".join(f"{bound:g}" for bound in p.range),
            "unit": p.unit,
            "grade": p.grade,
            "rests_on": p.source,
        }
        for name, p in sorted(all_parameters().items())
        if not p.is_table
    )
    columns = (
        Column("name", "Name"),
        Column("value", "Value"),
        Column("range", "Range"),
        Column("unit", "Unit"),
        Column("grade", "Grade"),
        Column("rests_on", "Rests on"),
    )
    return Table("parameters", "The model's numbers", columns, rows)


SOURCES_PAGE = Page(
    slug="sources",
    title="Sources and record",
    group="true",
    question_title="What does foedus rest on?",
    lead="Where every figure comes from, since when it is known, and what the model rests on.",
    question=served(SourceCardsQuestion),
    controls=(),
    tabs={"chart": "", "sources": "", "sure": ""},
    answer=_view,
    command=lambda q: command_of("sources", q, first="edition"),
    python=lambda _: "from foedus import Ledger\n\nLedger.load().editions\n",
)

SOURCES_ROUTE = Route(
    "sources",
    "The source cards in full.",
    served(SourceCardsQuestion),
    lambda state, question: sources(state.ledger, question.edition).payload(),
)
