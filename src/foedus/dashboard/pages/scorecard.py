"""The Secretary General's scorecard: five priorities on the first day in office and on a later one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from foedus.analysis.scorecard_question import ScorecardQuestion
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Aside, Control, Key, Page, PageChart, Route, SureSection, View

if TYPE_CHECKING:
    from foedus.analysis.scorecard import Scorecard
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card

__all__ = ["SCORECARD_PAGE", "SCORECARD_ROUTE"]

LATEST = 3
"""So many steps stand in the aside: the last."""


def _ask(state: AppState, question: ScorecardQuestion) -> Scorecard:
    """Put the question."""
    from foedus.analysis.scorecard import scorecard_of

    key = ("scorecard", question.model_dump_json())
    return state.drawn(key, lambda: scorecard_of(question, state.ledger))


def _view(state: AppState, question: ScorecardQuestion) -> View:
    """Show the answer."""
    result = _ask(state, question)
    return View(
        headline=result.headline(),
        answer=result.answer(),
        charts=(_chart(result),),
        tables=result.tables(),
        sure=_sure(result),
        aside=_aside(result),
        notes=result.notes,
        cards=_cards(state, result),
    )


def _cards(state: AppState, result: Scorecard) -> tuple[Card, ...]:
    """Return the sources, an imported release of the tracker among them."""
    from foedus.aid.own import own_card

    known = state.ledger.editions
    cards = (known.get(name) or own_card(name) for name in result.editions)
    return tuple(card for card in cards if card is not None)


def _chart(result: Scorecard) -> PageChart:
    """Return the chart, with who is who."""
    from foedus.analysis.charts.scorecard import CHART_NOTE, scorecard_in_box

    keys = [Key("us", result.holder.name)]
    if result.predecessor is not None:
        keys.append(Key("open", result.predecessor.name))
    if any(cell.looks_back for cell in result.rows):
        keys.append(Key("hollow", "looking back"))
    return PageChart(
        "measures",
        next(iter(charts_of(result))).make,
        draw=partial(scorecard_in_box, result),
        title="Measures",
        note=CHART_NOTE,
        keys=tuple(keys),
    )


def _sure(result: Scorecard) -> tuple[SureSection, ...]:
    """Return what has no measure and why, what a later edition says, and the notes."""
    missing = dict.fromkeys(
        f"{cell.day}: {_label(cell.measure)}: {cell.why}." for cell in result.rows if cell.value is None
    )
    later = dict.fromkeys(
        f"{_label(cell.measure)} on {cell.day}: {cell.words} by {cell.edition}; later {cell.later}."
        for cell in result.rows
        if cell.later
    )
    sections = (
        SureSection("What to know", result.notes),
        SureSection("What was revised", tuple(later)),
        SureSection("What has no measure", tuple(missing)),
    )
    return tuple(section for section in sections if section.lines)


def _label(measure: str) -> str:
    """Return the heading of a measure."""
    from foedus.analysis.scorecard_rows import MEASURES

    return MEASURES[measure].label


def _aside(result: Scorecard) -> Aside | None:
    """Return the last steps of applicants and partners in the holder's time; None where there were none."""
    steps = result.steps[result.holder.name][-LATEST:]
    lines = tuple(f"{step.day}: {step.name}: {step.step}" for step in steps)
    return Aside("The last steps of applicants and partners", lines=lines) if lines else None


def _holders(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the Secretaries General to choose from, the newest first."""
    from foedus.analysis.scorecard_tenure import tenures

    every = reversed(tenures(date.today()))
    names = {t.name: f"{t.name}{' (acting)' if t.acting else ''}, {t.start.year}" for t in every}
    return [("", "the holder on the day"), *names.items()]


SCORECARD_PAGE = Page(
    slug="scorecard",
    title="Scorecard",
    group="stand",
    question_title="What has changed in a Secretary General's time?",
    lead="A Secretary General's five priorities, measured on the first day in office and now; no grade.",
    question=served(ScorecardQuestion),
    controls=(Control("of", "Secretary General", "select", options=_holders),),
    answer=_view,
    command=lambda q: command_of("scorecard", q),
    python=lambda q: python_of("foedus.scorecard", q, first="of"),
    parts={"source": "scorecard/source.html"},
)

SCORECARD_ROUTE = Route(
    "scorecard",
    "A Secretary General's five priorities, measured on the first day in office and on a later one.",
    served(ScorecardQuestion),
    lambda state, question: _ask(state, question).payload(),
)
