"""Figures: any indicator, by country, year and edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.views import Control, Page, PageChart, Question, Route, View
from foedus.evidence.query import FigureAnswer, ask_figures

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["FIGURES_PAGE", "FIGURE_ROUTE", "FigureQuestion"]

Name = Annotated[str, Field(max_length=80)]


class FigureQuestion(Question):
    """Figures of one indicator."""

    indicator: Annotated[str, Field(max_length=100, description="A name in the catalogue.")] = (
        "defence_expenditure_share_of_gdp"
    )
    country: Annotated[
        list[Name] | None, Field(max_length=60, description="Countries by name or ISO alpha-3 code.")
    ] = None
    year: Annotated[str | None, Field(max_length=9, description="A year, or a range such as 2014-2024.")] = (
        None
    )
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None
    edition: Annotated[str | None, Field(max_length=60, description="The edition that shall answer.")] = None
    all_editions: Annotated[bool, Field(description="Every edition side by side.")] = False


class FiguresPageQuestion(Question):
    """The page's question: `country` highlights on every page, so that `of` says which are shown."""

    indicator: Annotated[str, Field(max_length=100)] = "defence_expenditure_share_of_gdp"
    of: Annotated[list[Name] | None, Field(max_length=60, description="Countries by name or code.")] = None
    year: Annotated[str | None, Field(max_length=9)] = None
    as_of: date | None = None
    edition: Annotated[str | None, Field(max_length=60)] = None
    all_editions: bool = False

    def asked(self) -> FigureQuestion:
        """Return the question as the command and the API have it."""
        return FigureQuestion(**self.model_dump(exclude={"of"}), country=self.of)


def _ask(state: AppState, question: FigureQuestion) -> FigureAnswer:
    """Put the question to the ledger."""
    return ask_figures(**question.model_dump(), ledger=state.ledger)


def _view(state: AppState, question: FiguresPageQuestion) -> View:
    """Show the answer."""
    answer = _ask(state, question.asked())
    return View(
        headline=answer.headline(),
        answer=answer.answer(),
        sentences=(f"{answer.quantity.definition} Unit: {answer.unit}.",),
        charts=_charts(answer),
        tables=answer.tables(),
        notes=answer.notes,
        cards=answer.cards,
        allies=_said(answer),
    )


def _said(answer: FigureAnswer) -> dict[str, str]:
    """Write the newest figure of each country."""
    from foedus.axes import country_name
    from foedus.units import format_value

    published = {card.id: card.published for card in answer.cards}
    rows = sorted(answer.frame.to_dicts(), key=lambda row: (row["year"], published[row["edition"]]))
    newest = {row["country"]: row for row in rows}
    return {
        code: f"{country_name(code)}: {format_value(row['value'], answer.quantity.unit)} in {row['year']} "
        f"({row['status']}; {row['edition']})."
        for code, row in newest.items()
    }


def _charts(answer: FigureAnswer) -> tuple[PageChart, ...]:
    """Return the figures over the years, or of one year."""
    from foedus.evidence.charts import unit_of_axis
    from foedus.evidence.stage_charts import figures_chart

    make = next(iter(charts_of(answer))).make
    note = f"{unit_of_axis(answer)}."
    return (
        PageChart("figures", make, draw=lambda box: figures_chart(answer, box), title="Figures", note=note),
    )


def _command(question: FiguresPageQuestion) -> str:
    """Write the question as a command."""
    asked = question.asked()
    rest = command_of("figure", asked.model_copy(update={"indicator": ""}), indicator="")
    return rest.replace("foedus figure", f"foedus figure {asked.indicator}", 1)


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
    ),
    answer=_view,
    command=_command,
    python=lambda q: python_of("foedus.evidence.query.ask_figures", q.asked(), indicator=""),
)

FIGURE_ROUTE = Route(
    "figures",
    "Figures of an indicator, with edition, status and source.",
    FigureQuestion,
    lambda state, question: _ask(state, question).payload(),
)
