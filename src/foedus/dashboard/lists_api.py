"""What can be named in a question, as the API lists it: scenarios, decisions, indicators, editions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pydantic import Field

from foedus.dashboard.views import Route
from foedus.evidence.question import EditionListQuestion, IndicatorListQuestion
from foedus.questions import Day, Question
from foedus.report.cite_question import CiteQuestion

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState

__all__ = ["LIST_ROUTES", "CountryEntry", "ScenarioEntry", "VersionQuestion"]

ALLY, AGGREGATE = "ally", "aggregate"


class ScenariosQuestion(Question):
    """The scenarios that come with foedus."""


class DecisionsQuestion(Question):
    """The decision files that come with foedus."""


class VersionQuestion(Question):
    """Which version answers."""


class CountriesQuestion(Question):
    """The allies of a day."""

    as_of: Day = Field(default=None, description="The allies of this day; without it, of today.")


@dataclass(frozen=True)
class ScenarioEntry:
    """One scenario.

    Attributes
    ----------
    name : str
        What it is called in a question.
    title, question : str
        Its title, and what it asks.
    """

    name: str
    title: str
    question: str


@dataclass(frozen=True)
class CountryEntry:
    """One country or aggregate that can be asked about.

    Attributes
    ----------
    country : str
        ISO alpha-3 code, or the aggregate's key.
    name : str
        As it is printed.
    kind : {"ally", "aggregate"}
        What it is.
    member_since : datetime.date or None
        The day on which an ally became a party to the treaty.
    """

    country: str
    name: str
    kind: str
    member_since: date | None = None


def _scenarios(_state: AppState, _asked: ScenariosQuestion) -> Mapping[str, Any]:
    """Return the scenarios that ship."""
    from foedus.scenario.find import find, shipped

    files = {name: find(name).content for name in shipped()}
    return {"scenarios": [ScenarioEntry(name, f.title or "", f.question or "") for name, f in files.items()]}


def _decisions(_state: AppState, _asked: DecisionsQuestion) -> Mapping[str, Any]:
    """Return the decision files that ship."""
    from foedus.decisions.shipped import list_decisions

    return list_decisions().payload()


def _indicators(state: AppState, asked: IndicatorListQuestion) -> Mapping[str, Any]:
    """Return the catalogue."""
    from foedus.evidence.lists import indicator_list

    return indicator_list(state.ledger, asked.origin).payload()


def _editions(state: AppState, asked: EditionListQuestion) -> Mapping[str, Any]:
    """Return the editions."""
    from foedus.evidence.lists import edition_list

    return edition_list(state.ledger, asked.as_of).payload()


def _countries(_state: AppState, asked: CountriesQuestion) -> Mapping[str, Any]:
    """Return the allies of a day, and the aggregates."""
    from foedus.axes import AGGREGATES, country_name
    from foedus.evidence.institutions import institution_table, members_on

    day = asked.as_of or date.today()
    since = {
        row["country"]: date.fromisoformat(row["entry_date"]) for row in institution_table("members").rows
    }
    allies = [CountryEntry(code, country_name(code), ALLY, since.get(code)) for code in members_on(day)]
    aggregates = [CountryEntry(code, label, AGGREGATE) for code, label in AGGREGATES.items()]
    return {"countries": [*sorted(allies, key=lambda entry: entry.name), *aggregates]}


def _version(_state: AppState, _asked: VersionQuestion) -> Mapping[str, Any]:
    """Return the version of foedus and of the API."""
    return {"version": version("foedus"), "api": "v1"}


def _cite(state: AppState, asked: CiteQuestion) -> Mapping[str, Any]:
    """Return how something is cited; runs of this machine are nobody else's to name."""
    from foedus.report.citing import cited

    return cited(asked, state.ledger, runs=False).payload()


LIST_ROUTES: tuple[Route, ...] = (
    Route("scenarios", "The scenarios that can be run.", ScenariosQuestion, _scenarios),
    Route("decisions", "The decision files that come with foedus.", DecisionsQuestion, _decisions),
    Route(
        "indicators",
        "The quantities, with unit, definition and the editions that hold each.",
        IndicatorListQuestion,
        _indicators,
    ),
    Route(
        "editions",
        "The editions by day of publication, with what each holds.",
        EditionListQuestion,
        _editions,
    ),
    Route(
        "countries",
        "The allies of a day and the aggregates, with their codes.",
        CountriesQuestion,
        _countries,
    ),
    Route("cite", "How to cite foedus, an edition or a figure.", CiteQuestion, _cite),
    Route("version", "Which version of foedus answers.", VersionQuestion, _version),
)
"""The addresses that list what can be named."""
