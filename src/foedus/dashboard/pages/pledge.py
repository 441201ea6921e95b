"""The pledge: what it asks of each ally, what it costs, and the odds that it arrives."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.status import stops
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.state import DRAWS
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.analysis.pledge import PledgeReading
    from foedus.dashboard.state import AppState

__all__ = ["PLEDGE_PAGE", "PLEDGE_ROUTE", "PledgeQuestion"]


class PledgeQuestion(Question):
    """What a pledge asks of each ally."""

    target: Annotated[
        float | None, Field(gt=0, le=0.2, description="The share of GDP; without it that of The Hague.")
    ] = None
    by: Annotated[int | None, Field(ge=2025, le=2060, description="The year to reach it by.")] = None
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None
    draws: Annotated[int, Field(ge=1, le=DRAWS, description="How many draws the odds rest on.")] = 2000


def _ask(state: AppState, question: PledgeQuestion) -> PledgeReading:
    """Put the question to the measure."""
    from foedus.analysis.pledge import pledge

    key = ("pledge", question.model_dump_json())
    return state.drawn(key, lambda: pledge(**question.model_dump(), ledger=state.ledger))


def _view(state: AppState, question: PledgeQuestion) -> View:
    """Show the answer."""
    from foedus.units import billions, per_cent

    found = _ask(state, question)
    naive = found.skill.shown != "model"
    below = [row for row in found.rows if row.share < row.target]
    cost = billions(found.cost_by_year[-1], 0)
    odds = "odds_no_change" if naive else "odds"
    rows = tuple(
        {**asdict(row), "shown": "no change" if naive else "model", "odds_shown": getattr(row, odds)}
        for row in found.rows
    )
    columns = (
        Column("name", "Ally"),
        Column("share", str(found.start_year), "per_cent"),
        Column("target", "Target", "per_cent_1"),
        Column("faster_than_gdp", "Above GDP, a year", "per_cent_1"),
        Column("required_growth", "Real growth, a year", "per_cent_1"),
        Column("cost_at_deadline", f"Cost in {found.deadline}, bn", "billions"),
        Column("cost_cumulative", "Cost in all, bn", "billions"),
        Column("odds_shown", "Odds", "per_cent_0", shown="shown"),
        Column("odds_no_change", "No change", "per_cent_0"),
        Column("equipment_share", "Equipment", "per_cent_1"),
    )
    years = tuple({"year": y, "cost": c} for y, c in zip(found.years, found.cost_by_year, strict=True))
    by_year = (Column("year", "Year", "year"), Column("cost", "All allies listed, bn USD", "billions"))
    rules = tuple(asdict(rule) for rule in found.rules)
    return View(
        headline=f"{per_cent(found.target, 1)} of GDP by {found.deadline} costs {cost} bn dollars more in "
        "that year than today's shares.",
        sentences=(
            f"{len(below)} of {len(found.rows)} allies are below their target in {found.start_year}. "
            f"{found.identity}",
            f"Dollars at {found.price_year} prices; odds are the part of {found.draws:,} draws at the "
            f"target. {found.skill.sentence}",
        ),
        charts=charts_of(found),
        tables=(
            Table("allies", "By ally, the greatest cost first", columns, rows),
            Table("years", "Cost by year", by_year, years, folded=True),
            Table("rules", "Pledges and positions in force", _columns(rules), rules, folded=True),
        ),
        notes=tuple(note.text for note in found.notes),
    )


def _columns(rows: tuple[dict[str, object], ...]) -> tuple[Column, ...]:
    """Give one column for each key."""
    return tuple(Column(key, key.replace("_", " ").capitalize()) for key in (rows[0] if rows else ()))


PLEDGE_PAGE = Page(
    slug="pledge",
    title="The pledge",
    lead="What a pledge asks of each ally: how fast spending must grow, what it costs, and the odds.",
    question=PledgeQuestion,
    controls=(
        Control("target", "Share of GDP", low=0.02, high=0.05, step=0.001, shown="per_cent"),
        Control("by", "To be met by", low=2027, high=2045, step=1),
        Control("as_of", "As of", "stops", options=stops),
    ),
    answer=_view,
    command=lambda q: command_of("pledge", q),
    python=lambda q: python_of("foedus.analysis.pledge.pledge", q),
    values=lambda q: (
        {"target": 0.035, "by": 2035} | q.model_dump(mode="json", exclude_none=True) | {"as_of": q.as_of}
    ),
)

PLEDGE_ROUTE = Route(
    "pledge",
    "What a pledge asks of each ally: growth, cost and odds.",
    PledgeQuestion,
    lambda state, question: asdict(_ask(state, question)),
)
