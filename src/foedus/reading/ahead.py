"""What a text calls still to come: it was written before that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foedus.evidence.institutions import institution_table
from foedus.reading.context import Context
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.values import Day

__all__ = ["Ahead", "still_to_come"]

_COMING = re.compile(
    r"\b(?:will|shall|upcoming|forthcoming|looming|ahead of|run-up to|go(?:es)? to the polls|"
    r"next (?:week|month|summer|spring|autumn|fall)|later this (?:week|month|year)|"
    r"(?:is|are) (?:to|set|due|expected|slated|scheduled|poised|going))\b"
)
_PAST = re.compile(r"\b(?:won|lost|held|after|since|following|last|results?)\b")
_ELECTION = re.compile(r"\b(?:elections?|polls|vote)\b")
_ENTERS = re.compile(r"\b(?:join|become|enter|accede|accession)\b")
_TAKES = re.compile(
    r"\b(?:takes? over|taking over|succeed|replace|takes? office|assume|hand over|step down)\b"
)


@dataclass(frozen=True)
class Ahead:
    """Something that a text calls still to come.

    Attributes
    ----------
    days : tuple of datetime.date
        The days on which such a thing was, in order: the first that the text may precede bounds it.
    why : str
        What it is.
    """

    days: tuple[date, ...]
    why: str


def still_to_come(context: Context, ledger_index: LedgerIndex) -> Iterator[Ahead]:
    """Find what a text calls still to come, outside quotations.

    Parameters
    ----------
    context : Context
        The document.
    ledger_index : LedgerIndex
        The ledger.

    Yields
    ------
    Ahead
        Elections, summits, accessions and changes of office, with their days in the tables.
    """
    for sentence in context.sentences():
        if context.quotation_at(sentence.offset) is not None:
            continue
        dates = [tag for tag in sentence.tags if tag.kind == "D" and isinstance(tag.value, Day)]
        coming = _COMING.search(sentence.plain)
        yield from _elections(sentence, dates, coming is not None)
        if coming is None or context.quotation_at(sentence.offset + coming.start()) is not None:
            continue
        # Only what stands near the words of the future is what is to come.
        near = [t for t in sentence.tags if abs(t.start - sentence.offset - coming.start()) < 90]
        yield from _summits(sentence, near, dates)
        if _ENTERS.search(sentence.plain, coming.start()):
            before = (t for t in near if t.kind == "C" and t.start - sentence.offset < coming.start())
            for tag in before:
                if tag.value in ledger_index.entries:
                    yield Ahead((ledger_index.entries[tag.value][0],), f"{tag.value} is still to join")
        if _TAKES.search(sentence.plain, coming.start()):
            yield from _offices(near, dates, ledger_index)


def _fits(dates: list[Tag], day: date) -> bool:
    """Whether no date of a sentence, of the year or the month, speaks against a day."""
    parts: list[Day] = [tag.value for tag in dates]
    return all(
        stated in (None, true)
        for part in parts
        for stated, true in ((part.year, day.year), (part.month, day.month), (part.day, day.day))
    )


def _elections(sentence: Tagged, dates: list[Tag], coming: bool) -> Iterator[Ahead]:
    """Find elections: "the November 5 election" without a year is one that is still to come."""
    if not _ELECTION.search(sentence.plain):
        return
    rows = [r for r in institution_table("events").rows if r["event"].endswith("election")]
    for tag in dates:
        exact = tag.value.month is not None and tag.value.day is not None and tag.value.year is None
        if not exact or (not coming and _PAST.search(sentence.plain)):
            continue
        days = [date.fromisoformat(r["date"]) for r in rows]
        fitting = tuple(d for d in days if (d.month, d.day) == (tag.value.month, tag.value.day))
        if fitting:
            yield Ahead(fitting, "an election is still to come")


def _summits(sentence: Tagged, near: list[Tag], dates: list[Tag]) -> Iterator[Ahead]:
    """Find summits that are still to come."""
    if not re.search(r"\b[Ss]ummit\b", sentence.plain):
        return
    for tag in near:
        rows = (r for r in institution_table("summits").rows if (tag.kind, r["place"]) == ("L", tag.value))
        days = (date.fromisoformat(r["start"]) for r in rows)
        fitting = tuple(d for d in days if _fits(dates, d))
        if fitting:
            yield Ahead(fitting, f"a summit at {tag.value} is still to come")


def _offices(near: list[Tag], dates: list[Tag], ledger_index: LedgerIndex) -> Iterator[Ahead]:
    """Find changes of office that are still to come, where a date says which."""
    for tag in near:
        terms = ledger_index.terms_of(tag.value) if tag.kind == "P" and dates else []
        starts = tuple(t.start for t in terms if _fits(dates, t.start))
        if starts:
            yield Ahead(starts, f"{tag.value} is still to take office")
