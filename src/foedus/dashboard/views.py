"""What a page is made of: a question with its controls, and a view with charts, tables, notes and sources.

A capability is one :class:`Page`. Its question is a model whose fields are the address, the API's parameters
and the controls at once; its answer is a :class:`View`, which the stage shows and offers as files without
knowing what it is about: one answer, one chart, its controls, a rail, and six tabs of the same answer. What
every address may carry besides (the ally that is highlighted, the tab, the day) is :class:`Shared`; the stage
deals with it, and a page never sees it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from foedus.dashboard.origins import RunNumber
from foedus.dashboard.rails import Aside, Rail, Stop, Strip, SureSection
from foedus.questions import Question
from foedus.results import Answer
from foedus.tables import Table

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card

__all__ = [
    "TABS",
    "Aside",
    "Control",
    "Key",
    "Page",
    "PageChart",
    "Question",
    "Rail",
    "Route",
    "Shared",
    "Stop",
    "Strip",
    "SureSection",
    "Tab",
    "View",
]

Tab = Literal["chart", "map", "table", "sure", "sources", "code"]
"""The views of one answer, in the order of the tabs."""

TABS: Mapping[Tab, str] = {
    "chart": "Chart",
    "map": "Map",
    "table": "Table",
    "sure": "How sure",
    "sources": "Sources & cite",
    "code": "Code",
}
"""The words on the tabs."""


class Shared(Question):
    """What the address of every page may carry besides the page's own question.

    A field that the page's question has as well goes to the question; `country`, `view`, `chart`,
    `editions`, `v` do not.
    """

    country: Annotated[
        list[Annotated[str, Field(max_length=80)]] | None,
        Field(max_length=12, description="Allies that are highlighted, by name or code."),
    ] = None
    view: Annotated[Tab, Field(description="Which view of the answer is open.")] = "chart"
    editions: Annotated[
        list[Annotated[str, Field(max_length=60)]] | None,
        Field(max_length=12, description="The editions that answer; none that came later does."),
    ] = None
    v: Annotated[str | None, Field(max_length=40, description="The version that wrote the address.")] = None
    as_of: Annotated[date | None, Field(description="Only what had been published by this day.")] = None
    seed: Annotated[int | None, Field(ge=0, le=2**63 - 1, description="Seed of the random draws.")] = None
    draws: Annotated[int | None, Field(ge=1, le=1_000_000, description="How many draws.")] = None
    chart: Annotated[str | None, Field(max_length=60, description="Which of the charts is shown.")] = None


@dataclass(frozen=True)
class Control:
    """One control of a page.

    Attributes
    ----------
    name : str
        The question's field.
    label : str
        What stands above it.
    kind : str
        "range", "stops" (a slider over given values), "chips" (one of a few values, each a button), "select",
        "number", "date", "text", "textarea", "checkbox", "checks" (boxes of a list, which the page's own
        template draws), "file" or "hidden".
    low, high, step : float
        Of a range.
    shown : str
        How its value is written: "per_cent", "points" or "plain".
    options : callable, optional
        Gives (value, label) pairs for a select or for stops.
    help : str
        One sentence below it.
    reloads : bool
        Whether another value changes what the other controls show, so that the page is loaded anew.
    group : str
        The heading below which it is folded away with its neighbours.
    presets : tuple of (str, str)
        Values and words of the buttons below a slider.
    """

    name: str
    label: str
    kind: str = "range"
    low: float = 0.0
    high: float = 1.0
    step: float = 0.01
    shown: str = "plain"
    options: Callable[[AppState], Sequence[tuple[str, str]]] | None = None
    help: str = ""
    reloads: bool = False
    group: str = ""
    presets: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Key:
    """One entry of the legend beside the chart's title.

    Attributes
    ----------
    mark : str
        A class of the style sheet: "us", "short", "quoted", "before", "mine", "nochange", "band", "nofigure".
    label : str
        Its words.
    """

    mark: str
    label: str


@dataclass(frozen=True)
class PageChart:
    """A standard chart, drawn when it is needed.

    Attributes
    ----------
    name : str
        The name in addresses and files.
    make : callable
        Gives the chart with its title and source, as files have it.
    draw : callable, optional
        Gives the chart alone, drawn to a :class:`~foedus.plotting.fit.Box`; the stage writes title, legend
        and source around it. Without it, :func:`~foedus.plotting.fit.fitted` makes the other one fit.
    title : str
        Its name among the page's other charts: "By edition".
    note : str
        The line below the chart's title: what is drawn, in which unit.
    keys : tuple of Key
        The legend beside the chart's title, where the chart draws none itself.
    bar : str
        The control that is also a line on the chart, to be dragged; its y axis begins at nought.
    """

    name: str
    make: Callable[[], Any]
    draw: Callable[[Any], Any] | None = None
    title: str = ""
    note: str = ""
    keys: tuple[Key, ...] = ()
    bar: str = ""


@dataclass(frozen=True)
class View:
    """An answer as a page shows it.

    Attributes
    ----------
    headline : str
        The answer in one sentence.
    sentences : tuple of str
        What else must be said at once.
    charts, tables : tuple
        What is shown and can be downloaded.
    notes : tuple of str
        What the reader must know.
    cards : tuple of Card
        The sources.
    parts : mapping
        What a page's own template shows.
    answer : Answer, optional
        The number and the sentences of the stage; without it, the headline.
    map : PageChart, optional
        The same answer as a map.
    rail : tuple of Rail, or Strip, optional
        What stands between chart and tabs; of several rails the first one with a current stop is open.
    sure : sequence of SureSection
        The tab "How sure"; without it the notes stand there.
    aside : Aside, optional
        The foot of the left column.
    allies : mapping of str to str
        What the answer says of an ally, one sentence by its ISO code; without it, its row of the first table.
    number : RunNumber, optional
        The run's number beside which "What drives this?" stands; without it, the sources alone are offered.
    """

    headline: str
    sentences: tuple[str, ...] = ()
    charts: tuple[PageChart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)
    answer: Answer | None = None
    map: PageChart | None = None
    rail: tuple[Rail, ...] | Strip | None = None
    sure: Sequence[SureSection] = ()
    aside: Aside | None = None
    allies: Mapping[str, str] = field(default_factory=dict)
    number: RunNumber | None = None


@dataclass(frozen=True)
class Page:
    """One capability as a page.

    Attributes
    ----------
    slug, title, lead : str
        The address, the name in the menu, and one sentence that says what it answers.
    question : type of Question
        What can be asked.
    controls : tuple of Control
        How it is asked.
    answer : callable
        Gives the view.
    command, python : callable
        Give the same question as words of the command line and as Python.
    values : callable, optional
        Gives the value that each control shows; without it, what was asked.
    template : str
        The template of the page.
    group : str
        The key of its group in :data:`foedus.dashboard.navigation.GROUPS`; empty for a page of the footer.
    question_title : str
        What it asks, the heading of the page: "Who meets the guideline?".
    primary : tuple of str
        The controls that are always in view; the others are folded below "More". Without it all but those of
        a :attr:`Control.group`.
    parts : mapping of str to str
        Templates of its own in the place of the stage's, by part; see ``templates/stage.html``.
    scripts : tuple of str
        Modules of its own below ``static``, loaded after the stage's.
    tabs : mapping of str to str
        Other words on its tabs; an empty one leaves the tab out.
    in_path : str
        The field that stands in the path of its address, as in ``/country/ITA``; empty for none.
    """

    slug: str
    title: str
    lead: str
    question: type[Question]
    controls: tuple[Control, ...]
    answer: Callable[[AppState, Any], View]
    command: Callable[[Any], str]
    python: Callable[[Any], str]
    values: Callable[[Any], Mapping[str, Any]] | None = None
    template: str = "stage.html"
    group: str = ""
    question_title: str = ""
    primary: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    scripts: tuple[str, ...] = ()
    tabs: Mapping[str, str] = field(default_factory=dict)
    in_path: str = ""

    @property
    def file_slug(self) -> str:
        """What its files and its frame on other sites are called: the front page has no slug of its own."""
        return self.slug or "front"

    @property
    def heading(self) -> str:
        """What the page asks, or its name."""
        return self.question_title or self.title

    def shown(self, question: Question) -> Mapping[str, Any]:
        """Return the value that each control shows."""
        return question.model_dump(mode="json") if self.values is None else self.values(question)


@dataclass(frozen=True)
class Route:
    """One address of the API.

    Attributes
    ----------
    name, summary : str
        The address below ``/api/v1`` and one line of description.
    question : type of Question
        The parameters.
    payload : callable
        Gives the answer for programs, as ``--json`` prints it.
    """

    name: str
    summary: str
    question: type[Question]
    payload: Callable[[AppState, Any], Mapping[str, Any]]
