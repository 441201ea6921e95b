"""Where we stand: who meets the guideline, by the figures known on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.views import Control, Page, Question, Route, View

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.spending.status import Status

__all__ = ["STATUS_PAGE", "STATUS_ROUTE", "StatusQuestion"]


class StatusQuestion(Question):
    """Who meets the guideline."""

    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None
    year: Annotated[int | None, Field(ge=1949, le=2100, description="The year.")] = None
    guideline: Annotated[float, Field(gt=0, lt=1, description="The level, a fraction of GDP.")] = 0.02
    basis: Annotated[
        Literal["published", "computed", "computed-current"], Field(description="How shares come about.")
    ] = "published"
    edition: Annotated[str | None, Field(max_length=60, description="The edition that shall answer.")] = None
    country: Annotated[
        list[Annotated[str, Field(max_length=80)]] | None,
        Field(max_length=60, description="Only these allies and aggregates, by name or code."),
    ] = None


def _ask(state: AppState, question: StatusQuestion) -> Status:
    """Put the question to the measure."""
    from foedus.spending.status import status

    return status(state.ledger, **question.model_dump(exclude={"country"}), countries=question.country)


def _view(state: AppState, question: StatusQuestion) -> View:
    """Show the answer."""
    result = _ask(state, question)
    day = f" and known on {result.as_of}" if result.as_of else ""
    used = {count.edition for count in result.counts} | {result.card.id}
    return View(
        headline=result.headline(),
        answer=result.answer(),
        sentences=tuple(
            filter(
                None,
                [
                    f"By {result.card.title}, published {result.card.published}{day}.",
                    *result.answer().beside,
                ],
            )
        ),
        charts=charts_of(result),
        tables=result.tables(),
        notes=(*result.notes, *result.card.caveats),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in used),
    )


def stops(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the days on which what is known changed."""
    from foedus.spending.counts import SHARE

    cards = sorted({card.published: card for card in state.ledger.carriers(SHARE)}.items())
    return [*((str(day), f"{day.day} {day:%B %Y} · {card.id}") for day, card in cards), ("", "today")]


def years_held(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the years that any edition holds."""
    from foedus.spending.counts import SHARE

    spans = [card.complete[SHARE] for card in state.ledger.carriers(SHARE) if SHARE in card.complete]
    first, last = min(s[0] for s in spans), max(s[1] for s in spans)
    return [("", "the last one held whole"), *((str(y), str(y)) for y in range(last, first - 1, -1))]


STATUS_PAGE = Page(
    slug="status",
    title="Spending",
    group="stand",
    question_title="Who meets the guideline?",
    lead="Who meets the spending guideline, by the figures that were known on a day.",
    question=StatusQuestion,
    controls=(
        Control(
            "as_of",
            "As of",
            "stops",
            options=stops,
            help="Move through the editions: the same year reads differently in each.",
        ),
        Control("year", "Year", "select", options=years_held),
        Control(
            "country",
            "Allies",
            "text",
            help="Names or codes; NATO, NATO Europe and Canada, and NATO Europe are countries too.",
        ),
        Control("guideline", "Guideline", low=0.01, high=0.05, step=0.001, shown="per_cent"),
        Control(
            "basis",
            "Basis",
            "select",
            options=lambda _: [
                ("published", "as printed"),
                ("computed", "spending over GDP, constant prices"),
                ("computed-current", "spending over GDP, current prices"),
            ],
        ),
    ),
    answer=_view,
    command=lambda q: command_of("status", q),
    python=lambda q: python_of("foedus.status", q, country="countries"),
)

STATUS_ROUTE = Route(
    "status",
    "Who meets the spending guideline, by which edition of the figures.",
    StatusQuestion,
    lambda state, question: _ask(state, question).payload(),
)
