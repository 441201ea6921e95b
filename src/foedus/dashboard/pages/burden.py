"""Burden: who bears how much, by several measures and no single index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.pages.status import years_held
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Key, Page, PageChart, Rail, Route, Stop, View
from foedus.spending.question import BurdenQuestion

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.spending.burden import Burden

__all__ = ["BURDEN_PAGE", "BURDEN_ROUTE"]


def _ask(state: AppState, question: BurdenQuestion) -> Burden:
    """Put the question to the measure."""
    from foedus.spending.burden import burden_of

    key = ("burden", question.model_dump_json())
    return state.drawn(key, lambda: burden_of(question, state.ledger))


def _view(state: AppState, question: BurdenQuestion) -> View:
    """Show the answer."""
    from foedus.units import points

    burdens = _ask(state, question)
    weighted = ", ".join(metric.replace("_", " ") for metric in burdens.metrics)
    most = max(burdens.rows, key=lambda row: row.spending_less_gdp)
    return View(
        headline=burdens.headline(),
        answer=burdens.answer(),
        sentences=(
            f"{most.name} bears the largest part beyond its part of the allies' GDP: "
            f"{points(most.spending_less_gdp, 1)} points.",
            f"Ranks are the best and the worst over every weighting of {weighted}. There is no single index.",
        ),
        charts=_charts(burdens),
        rail=_rail(state, burdens),
        tables=burdens.tables(),
        notes=(
            "One-sided p by permutation: the chance of a value as high when size does not matter. A negative "
            "value is not evidence of free riding.",
            *burdens.notes,
        ),
        allies=_said(burdens),
        cards=tuple(card for name, card in state.ledger.editions.items() if name in burdens.edition),
    )


def _said(burdens: Burden) -> dict[str, str]:
    """Write what each ally bears."""
    from foedus.units import per_cent, points

    return {
        row.country: f"{row.name}: {per_cent(row.share_of_gdp, 2)} of GDP in {burdens.year}; "
        f"rank {row.likely_best_rank} to {row.likely_worst_rank} in nine weightings of ten; "
        f"part of all spending less part of all GDP: {_minus(points(row.spending_less_gdp, 1))} points."
        for row in burdens.rows
    }


def _minus(text: str) -> str:
    """Write a minus as print has it."""
    return text.replace("-", "−")


def _charts(burdens: Burden) -> tuple[PageChart, ...]:
    """Return the ranks first, then the shares."""
    from foedus.spending.charts.ranks import ranks_chart, shares_chart

    ranks = next(iter(charts_of(burdens))).make
    keys = (
        Key("us", "by share of GDP"),
        Key("above", "nine weightings in ten"),
        Key("before", "best to worst"),
    )
    note = "Rank among allies, 1 bears most, over every weighting of the measures."
    return (
        PageChart(
            "ranks", ranks, draw=lambda box: ranks_chart(burdens, box), title="Ranks", note=note, keys=keys
        ),
        PageChart(
            "shares",
            ranks,
            draw=lambda box: shares_chart(burdens, box),
            title="Share of GDP",
            note="Per cent",
        ),
    )


def _rail(state: AppState, burdens: Burden) -> tuple[Rail, ...]:
    """Return the years that can be asked about."""
    years = [int(value) for value, _ in reversed(years_held(state)) if value]
    stops = (Stop(str(y), str(y), "", str(y), share=0.0, current=y == burdens.year) for y in years)
    return (Rail("Years", "year", tuple(stops), look="dots"),)


BURDEN_PAGE = Page(
    slug="burden",
    title="Burden",
    group="stand",
    question_title="Who bears how much?",
    lead="Who bears how much, by several measures and no single index.",
    question=served(BurdenQuestion),
    controls=(),
    answer=_view,
    command=lambda q: command_of("burden", q),
    python=lambda q: python_of("foedus.burden", q),
)

BURDEN_ROUTE = Route(
    "burden",
    "Who bears how much, by several measures.",
    served(BurdenQuestion),
    lambda state, question: _ask(state, question).payload(),
)
