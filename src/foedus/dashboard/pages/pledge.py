"""The pledge: what it asks of each ally, what it costs, and the odds that it arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.question import PledgeQuestion
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.origins import RunNumber
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.state import DRAWS
from foedus.dashboard.views import Control, Key, Page, PageChart, Route, View

if TYPE_CHECKING:
    from foedus.analysis.pledge import PledgeReading
    from foedus.dashboard.state import AppState

__all__ = ["PLEDGE_PAGE", "PLEDGE_ROUTE"]

QUESTION = served(PledgeQuestion, most_draws=DRAWS)


def _ask(state: AppState, question: PledgeQuestion) -> PledgeReading:
    """Put the question to the measure."""
    from foedus.analysis.pledge import pledge_of

    key = ("pledge", question.model_dump_json())
    return state.drawn(key, lambda: pledge_of(question, state.ledger))


def _view(state: AppState, question: PledgeQuestion) -> View:
    """Show the answer."""
    reading = _ask(state, question)
    below = [row for row in reading.rows if row.share < row.target]
    return View(
        headline=reading.headline(),
        answer=reading.answer(),
        sentences=(
            f"{len(below)} of {len(reading.rows)} allies are below their target in {reading.start_year}. "
            f"{reading.identity}",
            f"Dollars at {reading.price_year} prices; odds are the part of {reading.draws:,} draws at the "
            f"target. {reading.skill.sentence}",
        ),
        charts=_charts(reading),
        tables=reading.tables(),
        notes=tuple(note.text for note in reading.notes),
        allies={
            row.country: row.sentence(reading.start_year, reading.deadline, reading.price_year)
            for row in reading.rows
        },
        cards=tuple(state.ledger.editions[name] for name in reading.editions),
        number=_number(question),
    )


def _number(question: PledgeQuestion) -> RunNumber:
    """Return how many allies are at the pledge in its year: what it costs is a sum of figures."""
    changes = [] if question.target is None else [f"levers.pledge.target={question.target:g}"]
    changes += [] if question.by is None else [f"levers.pledge.deadline={question.by}"]
    return RunNumber(
        "allies_at_pledge_count",
        as_of=question.as_of,
        changes=changes,
        asks="What drives reaching it?",
        is_headline=False,
    )


def _charts(reading: PledgeReading) -> tuple[PageChart, ...]:
    """Return the cost by year, the cost by ally, and the odds."""
    from foedus.analysis.charts.pledge_stage import ally_costs_chart, ally_odds_chart, yearly_cost_chart

    make = next(iter(charts_of(reading))).make
    prices = f"bn US dollars at {reading.price_year} prices"
    keys = (Key("us", "the model"), Key("nochange", "no change"))
    years = f"Cost of all allies by year, {prices}."
    allies = f"Cost by ally in {reading.deadline}, {prices}."
    odds = f"Odds of being at the target in {reading.deadline}, % of {reading.draws:,} draws."
    return (
        PageChart(
            "cost", make, draw=lambda box: yearly_cost_chart(reading, box), title="By year", note=years
        ),
        PageChart(
            "allies", make, draw=lambda box: ally_costs_chart(reading, box), title="By ally", note=allies
        ),
        PageChart(
            "odds", make, draw=lambda box: ally_odds_chart(reading, box), title="Odds", note=odds, keys=keys
        ),
    )


PLEDGE_PAGE = Page(
    slug="pledge",
    title="The pledge",
    group="next",
    question_title="What does the pledge ask of each ally?",
    lead="What a pledge asks of each ally: how fast spending must grow, what it costs, and the odds.",
    question=QUESTION,
    controls=(
        Control("target", "Share of GDP", low=0.02, high=0.05, step=0.001, shown="per_cent"),
        Control("by", "To be met by", low=2027, high=2045, step=1),
    ),
    answer=_view,
    command=lambda q: command_of("pledge", q),
    python=lambda q: python_of("foedus.pledge", q),
    values=lambda q: (
        {"target": 0.035, "by": 2035} | q.model_dump(mode="json", exclude_none=True) | {"as_of": q.as_of}
    ),
)

PLEDGE_ROUTE = Route(
    "pledge",
    "What a pledge asks of each ally: growth, cost and odds.",
    QUESTION,
    lambda state, question: _ask(state, question).payload(),
)
