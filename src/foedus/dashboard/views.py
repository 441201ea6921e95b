"""What a page is made of: a question with its controls, and a view with charts, tables, notes and sources.

A capability is one :class:`Page`. Its question is a model whose fields are the address, the API's parameters
and the controls at once; its answer is a :class:`View`, which the frame shows and offers as files without
knowing what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from foedus.results import Answer
from foedus.tables import Table

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.evidence.cards import Card

__all__ = ["Control", "Page", "PageChart", "Question", "Route", "View"]


class Question(BaseModel):
    """What can be asked: one field for each parameter; an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def given(self) -> dict[str, Any]:
        """Return the fields that differ from their defaults, as the address carries them."""
        return self.model_dump(mode="json", exclude_defaults=True)


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
        "range", "stops" (a slider over given values), "select", "number", "date", "text", "textarea",
        "checkbox" or "file".
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


@dataclass(frozen=True)
class PageChart:
    """A standard chart, drawn when it is needed.

    Attributes
    ----------
    name : str
        The name in addresses and files.
    make : callable
        Gives the chart.
    """

    name: str
    make: Callable[[], Any]


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


@dataclass(frozen=True)
class Page:
    """One capability as a page.

    Attributes
    ----------
    slug, title, lead : str
        The address, the name, and one sentence that says what it answers.
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
        The template of the result.
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
    template: str = "page.html"

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
