"""What a page is made of: a question with its controls, and a view with charts, tables, notes and sources.

A capability is one :class:`Page`. Its question is a model whose fields are the address, the API's parameters
and the controls at once; its answer is a :class:`View`, which the frame shows and offers as files without
knowing what it is about.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from foedus.units import billions, per_cent, points

if TYPE_CHECKING:
    from foedus.dashboard.state import Workbench
    from foedus.evidence.cards import Card

__all__ = ["Chart", "Column", "Control", "Page", "Question", "Route", "Table", "View", "write_cell"]


class Question(BaseModel):
    """What can be asked: one field for each parameter; an unknown one is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    def given(self) -> dict[str, Any]:
        """Give the fields that differ from their defaults, as the address carries them."""
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
    options: Callable[[Workbench], Sequence[tuple[str, str]]] | None = None
    help: str = ""
    reloads: bool = False
    group: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key, label : str
        The key in each row, and the heading.
    kind : str
        "text", "name" (kept on one line), "per_cent", "per_cent_1", "per_cent_0", "points", "billions",
        "signed_billions", "count", "year", "number" or "yes_no".
    span : (str, str), optional
        The keys of the interval's ends, printed in brackets after the value.
    shown : str
        The key that says which forecast is shown; what is not the model's gets a star.
    """

    key: str
    label: str
    kind: str = "text"
    span: tuple[str, str] | None = None
    shown: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the column is set flush right."""
        return self.kind not in {"text", "name", "yes_no"}

    def write(self, row: Mapping[str, Any]) -> str:
        """Write the cell of a row."""
        text = write_cell(row.get(self.key), self.kind)
        if self.shown and row.get(self.shown) == "no change":
            return f"{text} *"
        if self.span is None:
            return text
        low, high = (write_cell(row.get(key), self.kind).removesuffix(" %") for key in self.span)
        return text if low == high else f"{text} ({low}–{high})"


@dataclass(frozen=True)
class Table:
    """A table of raw values; how they are printed is the columns' affair.

    Attributes
    ----------
    name, title : str
        The name in addresses and files, and the caption.
    columns : tuple of Column
        Which keys are shown.
    rows : tuple of mapping
        Raw values; the key ``source``, where present, says where the row comes from.
    folded : bool
        Whether it is shown only when opened.
    more : tuple of str
        Keys that stand in the files only.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    folded: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chart:
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
    """

    headline: str
    sentences: tuple[str, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    parts: Mapping[str, Any] = field(default_factory=dict)


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
    answer: Callable[[Workbench, Any], View]
    command: Callable[[Any], str]
    python: Callable[[Any], str]
    values: Callable[[Any], Mapping[str, Any]] | None = None
    template: str = "page.html"

    def shown(self, question: Question) -> Mapping[str, Any]:
        """Give the value that each control shows."""
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
    payload: Callable[[Workbench, Any], Mapping[str, Any]]


def write_cell(value: Any, kind: str) -> str:
    """Write a raw value as a table prints it.

    Parameters
    ----------
    value : object
        The value; None and NaN give a dash.
    kind : str
        A column's kind.

    Returns
    -------
    str
        The text.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if kind == "yes_no":
        return "yes" if value else "no"
    writer = _WRITERS.get(kind)
    if writer is not None:
        return writer(float(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value)
    return value.isoformat() if isinstance(value, date) else str(value)


_WRITERS: dict[str, Callable[[float], str]] = {
    "per_cent": lambda v: per_cent(v),
    "per_cent_1": lambda v: per_cent(v, 1),
    "per_cent_0": lambda v: per_cent(v, 0),
    "points": lambda v: points(v),
    "billions": lambda v: billions(v, 1),
    "signed_billions": lambda v: billions(v, 1, signed=True),
    "count": lambda v: f"{v:,.0f}",
    "year": lambda v: f"{v:.0f}",
    "number": lambda v: f"{v:,.2f}",
}
