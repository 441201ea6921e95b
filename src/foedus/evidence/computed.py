"""Answers that no table holds as they stand: aggregates that an edition does not print, parts of a total, and
the growth of an aggregate among the same members. Each is computed from one edition and says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name, is_aggregate
from foedus.catalogue import Quantity, quantity
from foedus.errors import NoDataError
from foedus.evidence.aggregates import (
    LEFT_OUT,
    REAL_CHANGE,
    Growth,
    aggregate_rows,
    growth,
    joiners,
    members_of,
)
from foedus.evidence.answering import COMPUTED, remarks_on
from foedus.evidence.rows import FigureRows

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = [
    "FigureSearch",
    "look_up",
    "membership_note",
    "with_growth",
]

Frame = tuple["FigureRows", tuple[str, ...]]
"""Rows, and what a reader must know of them."""


@dataclass(frozen=True)
class FigureSearch:
    """A question to the ledger.

    Attributes
    ----------
    entry : Quantity
        The indicator.
    codes : tuple of str or None
        The countries and aggregates wanted; None for all that editions print.
    span : (int, int) or None
        First and last year.
    edition : str or None
        The edition that shall answer.
    all_editions : bool
        Whether every edition shall answer.
    """

    entry: Quantity
    codes: tuple[str, ...] | None
    span: tuple[int, int] | None
    edition: str | None
    all_editions: bool


def look_up(ledger: Ledger, question: FigureSearch) -> Frame:
    """Return the rows that answer a question, those computed among them.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    question : FigureSearch
        What is asked.

    Returns
    -------
    (FigureRows, tuple of str)
        Rows, and notes.

    Raises
    ------
    NoDataError
        When no edition that may answer holds a figure that was asked for.
    """
    if question.entry.computed_from:
        return _part(ledger, question)
    aggregates = [code for code in question.codes or () if is_aggregate(code)]
    if not aggregates:
        return _read(ledger, question)
    try:
        plain: Frame | None = _read(ledger, question)
    except NoDataError:
        plain = None
    if plain is not None and "NATO_EUR" not in aggregates and set(aggregates) <= set(plain[0]["country"]):
        return plain
    return _with_aggregates(ledger, question, aggregates) or plain or _read(ledger, question)


def _read(ledger: Ledger, question: FigureSearch) -> Frame:
    """Read what tables hold."""
    asked: dict[str, Any] = {"country": question.codes, "year": question.span}
    if question.all_editions:
        return ledger.every_edition(question.entry.name, **asked), ()
    figures = ledger.figures(question.entry.name, **asked, edition=question.edition)
    return figures.frame, figures.notes


def _with_aggregates(ledger: Ledger, question: FigureSearch, aggregates: list[str]) -> Frame | None:
    """Read the parts of aggregates, and compute those that the answering editions do not print."""

    last = question.span[1] if question.span else 9999
    parts = {member for code in aggregates for member in members_of(code, last)} | {"NATO_EUR_CAN", "CAN"}
    codes = question.codes or ()
    try:
        frame, notes = _read(ledger, replace(question, codes=(*codes, *sorted(parts - set(codes)))))
    except NoDataError:
        return None
    asked = frame.where(country=codes)
    rows = [
        row
        for edition in dict.fromkeys(frame["edition"])
        for code in aggregates
        for row in aggregate_rows(ledger.table(edition), question.entry.name, code, question.span)
    ]
    if not rows and not len(asked):
        return None
    answer = asked.plus(rows)
    order = {edition: i for i, edition in enumerate(dict.fromkeys(frame["edition"]))}
    answer = answer.with_columns(order=[order[edition] for edition in answer["edition"]])
    answer = answer.sort("order", "country", "year").select(*asked.columns)
    return answer, _notes(ledger, frame, answer, notes, question)


def _notes(
    ledger: Ledger, read: FigureRows, answer: FigureRows, notes: tuple[str, ...], question: FigureSearch
) -> tuple[str, ...]:
    """Put the remarks on the answer in the place of those on the parts that were read for it."""
    if question.all_editions:
        return notes
    card = ledger.editions[read["edition"][0]]
    of_parts = set(remarks_on(card, read, question.span))
    return (*(line for line in notes if line not in of_parts), *remarks_on(card, answer, question.span))


def _part(ledger: Ledger, question: FigureSearch) -> Frame:
    """Return each country's part in the total of all allies; every edition is divided by its own total."""

    wanted = question.codes
    codes = None if wanted is None else tuple(dict.fromkeys((*wanted, "NATO")))
    error: NoDataError | None = None
    frames: list[FigureRows] = []
    notes: tuple[str, ...] = ()
    for name in question.entry.computed_from:
        try:
            read, notes = look_up(ledger, replace(question, entry=quantity(name), codes=codes))
        except NoDataError as missing:
            error = missing
            continue
        frames.append(_divided(ledger, read, question))
        if not question.all_editions:
            break
    if not frames:
        assert error is not None
        raise error
    answer = FigureRows.joined(frames)
    if not len(answer):
        raise NoDataError(
            f"no edition that may answer holds the total of which {question.entry.name} is a part",
            do="ask for another year or edition",
        )
    return answer, _notes(ledger, read, answer, notes, question)


def _divided(ledger: Ledger, frame: FigureRows, question: FigureSearch) -> FigureRows:
    """Divide amounts by the total of all allies in the same edition and year."""

    editions = dict.fromkeys(frame["edition"])
    indicator = frame["indicator"][0]
    summed = [
        row
        for edition in editions
        for row in aggregate_rows(ledger.table(edition), indicator, "NATO", question.span)
    ]
    printed = frame.where(country="NATO").to_dicts()
    # A total that is printed stands before one that is added up.
    totals = {(row["edition"], row["year"]): row["value"] for row in (*summed, *printed)}
    wanted = frame if question.codes is None else frame.where(country=question.codes)
    parts = wanted.where(lambda row: (row["edition"], row["year"]) in totals)
    about = {"note": f"computed from {indicator}", "rests_on": COMPUTED, "printed_to": None}
    shares = [row["value"] / totals[row["edition"], row["year"]] for row in parts.to_dicts()]
    return parts.with_columns(indicator=question.entry.name, value=shares, **about)


def with_growth(
    ledger: Ledger, frame: FigureRows
) -> tuple[FigureRows, Mapping[tuple[str, str, int], Growth], tuple[str, ...]]:
    """Put the growth among the same members beside every growth of an aggregate.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    frame : FigureRows
        Rows of one indicator.

    Returns
    -------
    (FigureRows, mapping, tuple of str)
        The rows, with the growth among the same members in the note; the growths by edition, country and
        year; and what a reader must know of aggregates whose members change.
    """

    aggregates = sorted(set(frame["country"]) & set(LEFT_OUT), key=list(LEFT_OUT).index)
    of_growth = bool(aggregates) and frame["indicator"][0] == REAL_CHANGE
    notes = []
    for code in aggregates:
        years = frame.where(country=code)["year"]
        # A growth looks back a year, so that an entry in the first year shown is in it.
        notes.append(membership_note(code, min(years) - of_growth, max(years)))
    growths: dict[tuple[str, str, int], Growth] = {}
    if of_growth:
        remarks = []
        for edition, code, year, note in frame.select("edition", "country", "year", "note"):
            change = growth(ledger.table(edition), code, year) if code in LEFT_OUT else None
            if change is not None:
                growths[edition, code, year] = change
            remarks.append("; ".join(filter(None, [note, change.words if change else ""])))
        frame = frame.with_columns(note=remarks)
    return frame, growths, tuple(filter(None, notes))


def membership_note(aggregate: str, first: int, last: int) -> str:
    """Write who joined an aggregate between two years, so that nobody reads an entry as growth."""
    joined = joiners(aggregate, first, last)
    if not joined:
        return ""
    who = ", ".join(f"{country_name(code)} from {year}" for code, year in joined)
    return f"{country_name(aggregate)} counts the members of each year: {who}."
