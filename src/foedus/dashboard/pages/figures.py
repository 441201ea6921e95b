"""Figures: any indicator, by country, year and edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Control, Page, PageChart, Question, Route, View
from foedus.evidence.asking import figures_of
from foedus.evidence.query import FigureAnswer
from foedus.evidence.question import Currency, FigureQuestion
from foedus.questions import Day, Names, Year, Years, ask

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["FIGURES_PAGE", "FIGURE_ROUTE"]

SHARE = "defence_expenditure_share_of_gdp"
"""The indicator of an address that names none."""


class AddressedFigures(FigureQuestion):
    """Figures of one indicator, and what is to be made of them."""

    indicator: str = Field(default=SHARE, description="A name in the catalogue.")


class FiguresPageQuestion(Question):
    """The page's question: `country` highlights on every page, so that `of` says which are shown."""

    indicator: str = SHARE
    of: Names = Field(default=(), description="Countries by name or code, aggregates or groups.")
    group: Names = Field(default=(), description="Groups, each its countries one by one.")
    year: Years = Field(default=(), description="A year, or a range such as 2014-2024.")
    as_of: Day = None
    edition: str | None = None
    all_editions: bool = False
    currency: Currency | None = None
    share_of: str | None = None
    change_from: Year | None = None
    at_least: float | None = None
    at_most: float | None = None
    rank: bool = False
    sort: Literal["name", "value"] | None = None
    sum: bool = False
    by: Literal["year", "country"] | None = None
    beside: Names = ()
    codes: Names = ()

    def asked(self) -> FigureQuestion:
        """Return the question as the command and the API have it."""
        return ask(AddressedFigures, **self.model_dump(exclude={"of"}), country=self.of)


def _ask(state: AppState, question: FigureQuestion) -> FigureAnswer:
    """Put the question to the ledger."""
    return figures_of(question, state.ledger)


def _view(state: AppState, question: FiguresPageQuestion) -> View:
    """Show the answer."""
    answer = _ask(state, question.asked())
    return View(
        headline=answer.headline(),
        answer=answer.answer(),
        sentences=(f"{answer.quantity.definition} Unit: {answer.unit}.",),
        charts=_charts(answer),
        tables=answer.tables(),
        notes=(*answer.gaps(), *answer.notes),
        cards=answer.cards,
        allies=_said(answer),
    )


def _said(answer: FigureAnswer) -> dict[str, str]:
    """Write the newest figure of each country."""
    from foedus.evidence.verbs import row_name
    from foedus.units import format_value

    published = {card.id: card.published for card in answer.cards}
    rows = sorted(answer.frame.to_dicts(), key=lambda row: (row["year"], published[row["edition"]]))
    newest = {row["country"]: row for row in rows if row["country"]}
    return {
        code: f"{row_name(row)}: {format_value(row['value'], answer.quantity.unit)} in {row['year']} "
        f"({row['status']}; {row['edition']})."
        for code, row in newest.items()
    }


def _charts(answer: FigureAnswer) -> tuple[PageChart, ...]:
    """Return the figures over the years, or of one year."""
    from foedus.evidence.charts import unit_of_axis
    from foedus.evidence.stage_charts import figures_chart

    if not len(answer.measured.frame):
        return ()
    make = next(iter(charts_of(answer))).make
    note = f"{unit_of_axis(answer)}."
    return (
        PageChart("figures", make, draw=lambda box: figures_chart(answer, box), title="Figures", note=note),
    )


def _command(question: FiguresPageQuestion) -> str:
    """Write the question as a command."""
    asked = question.asked()
    rest = command_of("figure", asked, indicator=asked.indicator)
    return rest.replace("foedus figure", f"foedus figure {asked.indicator}", 1)


def _python(question: FiguresPageQuestion) -> str:
    """Write the question as a call."""
    return python_of("foedus.figure", question.asked(), indicator="")


def _indicators(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the indicators that some edition holds."""
    from foedus.catalogue import catalogue

    return [
        (e.name, f"{e.label}")
        for e in catalogue().values()
        if e.kind == "indicator" and state.ledger.carriers(e.name)
    ]


def _editions(state: AppState) -> Sequence[tuple[str, str]]:
    """Return the editions that hold figures."""
    names = [name for name in state.ledger.editions if state.ledger.has_figures(name)]
    return [("", "the newest that holds the whole table"), *((name, name) for name in reversed(names))]


def _currencies(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the currencies that amounts can be asked for in."""
    return [("", "as printed"), ("usd", "US dollars"), ("eur", "euros"), ("lcu", "national currency")]


def _orders(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the orders of the rows."""
    return [("", "by name"), ("value", "by value")]


FIGURES_PAGE = Page(
    slug="figures",
    title="Figures",
    group="true",
    question_title="What does each edition say?",
    lead="Any indicator by country, year and edition, with what is known about each figure.",
    question=FiguresPageQuestion,
    controls=(
        Control("indicator", "Indicator", "select", options=_indicators),
        Control(
            "of",
            "Countries",
            "text",
            help="A name or an ISO code, for example Poland, or an aggregate such as NATO Europe.",
        ),
        Control("year", "Year", "text", help="A year, or a range such as 2014-2024."),
        Control("edition", "Edition", "select", options=_editions),
        Control("all_editions", "Every edition side by side", "checkbox"),
        Control(
            "group",
            "Group",
            "text",
            help="Its countries one by one: NATO, EU, G7, eastern flank.",
            group="What is made of them",
        ),
        Control("currency", "Money", "select", options=_currencies, group="What is made of them"),
        Control(
            "share_of",
            "As a part of",
            "text",
            help="NATO, NATO Europe, EU or a country.",
            group="What is made of them",
        ),
        Control(
            "change_from",
            "Change from",
            "text",
            help="A year: the change since, in the same edition.",
            group="What is made of them",
        ),
        Control("rank", "Rank", "checkbox", group="What is made of them"),
        Control("sort", "Order", "select", options=_orders, group="What is made of them"),
    ),
    answer=_view,
    command=_command,
    python=_python,
)

FIGURE_ROUTE = Route(
    "figures",
    "Figures of an indicator, with edition, status and source.",
    served(AddressedFigures),
    lambda state, question: _ask(state, question).payload(),
)
