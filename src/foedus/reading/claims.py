"""What a claim is, what a verdict is, and when a stated number agrees with a figure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal

from foedus.parameters import Parameter
from foedus.reading.text import Span
from foedus.reading.values import Amount

__all__ = (
    "CONTRADICTED NOT_CHECKABLE REASONS SUPPORTED Agreement Claim Evidence Finding StatedClaim Verdict "
    "agreement not_checkable parameter parameters"
).split()

Verdict = Literal["supported", "contradicted", "not_checkable"]
SUPPORTED: Verdict = "supported"
CONTRADICTED: Verdict = "contradicted"
NOT_CHECKABLE: Verdict = "not_checkable"

REASONS: dict[str, str] = {
    "match": "every part of the claim agrees with the evidence",
    "differs": "the evidence is unique for that day and differs beyond half a unit of what is stated",
    "no_table": "the ledger has no table for this kind of claim",
    "no_row": "the ledger has no row for this",
    "no_document": "the text does not say which document, or the ledger does not have its signatories",
    "date_unclear": "the text does not say which year or day is meant",
    "date_unresolved": "the verdict depends on the day of the text, which is not known closely enough",
    "editions_differ": "editions published by that day disagree",
    "superseded": "an earlier edition says so, and a later one published by that day says otherwise",
    "quoted_only": "the ledger has quoted figures for this and not the whole table",
    "rounded_down": "the number is the figure cut off, and not rounded",
    "cause": "what brought something about is not checked; what is said to have happened is",
    "unnamed": "the text does not say who made the statement",
    "definition": "the answer depends on a definition that the text does not state",
    "rounding": "the difference is within what rounding the stated number could explain",
    "scope": "the ledger has figures for another group than the one named",
    "vague": "the text gives no measure or number that could be compared",
    "courtesy": "a title is often kept after the office ends",
    "not_confirmed": "the ledger does not know the office's holder as late as that day",
    "mentioned": "the text only names an event, and what it says of it is not checked",
    "outcome": "the ledger has the days of elections and not their outcomes",
    "prediction": "a prediction is not checked",
    "opinion": "an opinion is not checked",
    "wish": "a wish or a demand is not checked",
    "hypothetical": "a condition or a question is not checked",
    "negated": "a denial of this kind is not checked",
    "denied": "the text denies this claim",
    "asked": "a question is not checked",
    "not_finite": "the text names this without stating it",
    "reported": "the text reports this as a doubtful claim of others",
    "one_witness": "the words do not say clearly enough what the figure belongs to",
    "publisher": "the figure is another publisher's or follows another definition",
    "national": "the figure is one that the country itself announced",
    "no_release": "no release held for that day",
    "announced_only": "the record has the announcement and no day of delivery at that time",
    "edition_not_held": "the figure may come from an edition that the ledger does not hold",
}
"""The reason codes of verdicts, in words."""


def parameters() -> Mapping[str, Parameter]:
    """Return the numbers of the reading, each with its range, unit, grade and source."""
    from foedus.reading.parameters import FOLDER

    return FOLDER.function("reading")


@cache
def parameter(name: str) -> float:
    """Return one number of the reading."""
    value = parameters()[name].value
    if isinstance(value, dict):
        raise TypeError(f"the parameter {name} is not one number")
    return value


@dataclass(frozen=True)
class Evidence:
    """One row of the ledger that bears on a claim.

    Attributes
    ----------
    text : str
        What it says.
    value : float or str or None
        The figure or the date, in the catalogue's unit.
    edition : str
        The edition or the table.
    card : str
        The source card's id.
    published : datetime.date or None
        When the edition came out, or None for a table whose rows carry their own dates.
    known : str
        "retrieved", "press" or "unverified".
    later : bool
        Whether it was published only after the day of the text: shown, and never decisive.
    """

    text: str
    value: float | str | None
    edition: str
    card: str
    published: date | None = None
    known: str = ""
    later: bool = False


@dataclass(frozen=True)
class Finding:
    """The outcome of one check.

    Attributes
    ----------
    verdict : str
        "supported", "contradicted" or "not_checkable".
    reason : str
        A key of :data:`REASONS`.
    evidence : tuple of Evidence
        What the verdict rests on, and what later editions say.
    note : str
        What the reader should know beside.
    """

    verdict: Verdict
    reason: str
    evidence: tuple[Evidence, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class StatedClaim:
    """A claim as a text states it, before it is checked.

    Attributes
    ----------
    kind : str
        The frame, for example "membership_count".
    span : Span
        In the plain text of the document.
    slots : dict
        The frame's parts.
    modality : str
        "actual", "expected", "wish", "negated", "hypothetical", "opinion" or "prediction", or another of
        :class:`~foedus.reading.trees.types.Truth`.
    firm : bool
        Whether tree and word order agree on what is claimed; otherwise it is never contradicted.
    source : str
        Whose figure it is: see :class:`~foedus.reading.trees.types.Source`.
    consumed : tuple of Span
        What of the plain text the claim accounts for, beside its span.
    """

    kind: str
    span: Span
    slots: dict[str, Any]
    modality: str = "actual"
    firm: bool = True
    source: str = ""
    consumed: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Claim:
    """A claim and its verdict.

    Attributes
    ----------
    kind : str
        The frame.
    span : Span
        In the raw text.
    text : str
        The raw text there.
    slots : dict
        The frame's parts.
    modality : str
        See :class:`StatedClaim`.
    voice : str
        "narrator", "quotation 3" or "statement 2", counted from 1.
    speaker : str
        Who makes the claim, when it is not the narrator.
    verdict : str
        "supported", "contradicted" or "not_checkable".
    reason : str
        A key of :data:`REASONS`.
    why : str
        The reason in words.
    as_of : tuple of datetime.date
        First and last day for which the verdict holds.
    evidence : tuple of Evidence
        The rows it rests on.
    note : str
        What the reader should know beside.
    """

    kind: str
    span: Span
    text: str
    slots: dict[str, Any]
    modality: str
    voice: str
    speaker: str
    verdict: Verdict
    reason: str
    why: str
    as_of: tuple[date, date]
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    meta: dict[str, Any] = field(default_factory=dict)


Finder = Callable[..., Iterator[StatedClaim]]
Checker = Callable[..., Finding]


def not_checkable(reason: str, *evidence: Evidence, note: str = "") -> Finding:
    """Return the finding that a claim cannot be checked.

    Parameters
    ----------
    reason : str
        A key of :data:`REASONS`.
    *evidence : Evidence
        The rows that were looked at.
    note : str, default ""
        What the reader should know beside.

    Returns
    -------
    Finding
        Not checkable.
    """
    return Finding(NOT_CHECKABLE, reason, evidence, note)


Agreement = Literal["agrees", "rounding", "differs"]


def agreement(stated: Amount, true: float, *, exact: bool = False) -> Agreement:
    """Whether a stated number agrees with a figure.

    Parameters
    ----------
    stated : Amount
        The number with its precision and comparator.
    true : float
        The figure, in the same unit.
    exact : bool, default False
        Whether the figure is a count: then only the very number agrees.

    Returns
    -------
    str
        "agrees" when the figure rounds to the stated number (or satisfies "more than" and the like);
        "rounding"
        when a coarser reading of the stated number would agree; otherwise "differs".
    """
    gap = true - stated.value
    half = stated.unit / 2 * (1 + 1e-9)
    if stated.comparator in ("gt", "ge", "lt", "le"):
        return _bounded(stated, gap, half, exact)
    if stated.comparator == "approx":
        if exact and gap == 0:
            return "agrees"
        wide = max(half, parameter("approximate_tolerance") * abs(stated.value)) if not exact else 0.0
        if abs(gap) <= wide:
            return "agrees"
        return "rounding" if abs(gap) <= max(stated.loose, 2 * wide, 0.1 * abs(stated.value)) else "differs"
    if exact:
        return "agrees" if abs(gap) < 1e-9 else "differs"
    if abs(gap) <= half:
        return "agrees"
    return "rounding" if abs(gap) <= stated.loose / 2 * (1 + 1e-9) else "differs"


def _bounded(stated: Amount, gap: float, half: float, exact: bool) -> Agreement:
    """Whether a figure lies beyond a stated bound; just at the bound, rounding may explain it."""
    above = stated.comparator in ("gt", "ge")
    beyond = gap if above else -gap
    closed = stated.comparator in ("ge", "le")
    if beyond > 1e-12 or (closed and abs(gap) <= 1e-12):
        return "agrees"
    if not exact and abs(gap) <= half:
        return "rounding"
    return "differs"
