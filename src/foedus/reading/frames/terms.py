"""On which day a term of office began or ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.patterns.grammar import OFFICE, modality, office_of, person_before, slots
from foedus.reading.patterns.offices import DATE_AFTER, DATE_BEFORE, END, START
from foedus.reading.tagging import Tagged
from foedus.reading.values import Day

__all__ = ["CHECKS", "FINDERS"]


def _dated(sentence: Tagged, verb: re.Match[str]) -> tuple[Day, int] | None:
    """Find the date of a verb, after it or at the start of the sentence, and where the two end."""
    after = DATE_AFTER.match(sentence.text, verb.end())
    match = after or DATE_BEFORE.match(sentence.text)
    if not match:
        return None
    tag = sentence.tag(f"⟦{match['day']}⟧")
    return (tag.value, match.end() if after else verb.end()) if tag else None


def _find_boundaries(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find on which day someone is said to have taken or left an office."""
    for kind, pattern in (("office_start", START), ("office_end", END)):
        for verb in pattern.finditer(sentence.text):
            if re.match(r" as (?![^.;,]{0,30}⟦O)", sentence.text[verb.end() :]):
                continue
            dated = _dated(sentence, verb)
            if dated is None or (dated[0].weekday is not None and dated[0].month is None):
                continue
            tag = person_before(sentence, verb.start(), context)
            person = tag.value if tag else _fronted_pronoun(sentence, context)
            if person is None:
                continue
            named = re.search(OFFICE, _nearby(sentence, verb, kind))
            holder = office_of(sentence, named) if named else None
            mode = modality(
                sentence, verb.start(), verb.end(), verb=sentence.text[max(0, verb.start() - 25) : verb.end()]
            )
            yield StatedClaim(
                kind,
                (sentence.document_index(verb.start()), sentence.document_index(dated[1], end=True)),
                slots(
                    person=person, office=holder and holder.office, body=holder and holder.body, day=dated[0]
                ),
                mode,
            )


def _fronted_pronoun(sentence: Tagged, context: Context) -> str | None:
    """Return the person whom a pronoun at the start of the sentence means."""
    pronoun = re.match(r"(He|She|he|she)\b", sentence.text)
    return context.antecedent(sentence.offset, pronoun[1]) if pronoun else None


def _nearby(sentence: Tagged, verb: re.Match[str], kind: str) -> str:
    """Return the text in which the office of a verb is named: after taking office, before leaving it."""
    text = sentence.text
    if kind == "office_end":
        served = re.search(r"served as (.{0,400})$", text[: verb.start()])
        return served[1] if served else text[verb.end() : verb.end() + 60]
    after = text[verb.end() : verb.end() + 70]
    if "⟦O" in after:
        return after
    apposition = re.search(r"⟦P\d+⟧, ([^.]{0,400}?), $", text[: verb.start()])
    status = apposition and re.search(r"\b(?:former|ex-?|outgoing)\b", apposition[1])
    return apposition[1] if apposition and not status else ""


def _check_boundary(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, *, first: bool) -> Finding:
    """Check the first or the last day of a term.

    Parameters
    ----------
    claim : dict
        Slots person, office, body, day.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.
    first : bool
        The first day, and not the last.

    Returns
    -------
    Finding
        Contradicted only when no term of the person begins or ends within the stated date.
    """
    stated = resolve(claim["day"], day)
    terms = ledger_index.terms_of(claim["person"], claim.get("office"), claim.get("body"))
    if stated is None:
        return not_checkable("date_unclear")
    if not terms:
        return not_checkable("no_row")
    dated = [(t, t.start if first else t.end) for t in terms]
    known = [(t, d) for t, d in dated if d is not None]
    rows = tuple(t.evidence for t, _ in known)
    results = {compare_day(stated, d) for _, d in known}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", rows)
    if "no_such_day" in results:
        return not_checkable("date_unclear", *rows)
    # Without a named office a person with several may mean one the ledger lacks, unless the year is that of
    # a known one.
    close = [d for _, d in known if stated.span and stated.year == d.year]
    unnamed = claim.get("office") is None and not close
    if unnamed or not known or any(t.evidence.known == "unverified" and _near(stated, d) for t, d in known):
        return not_checkable("no_row" if not known else "date_unclear", *rows)
    return Finding(CONTRADICTED, "differs", rows)


def _near(stated: Day, true: date) -> bool:
    """Whether a stated day is so near that an unverified row may be at fault."""
    return stated.span is not None and stated.day is not None and abs((stated.span[0] - true).days) <= 31


def _check_start(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the first day in an office."""
    return _check_boundary(claim, ledger_index, day, first=True)


def _check_end(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the last day in an office."""
    return _check_boundary(claim, ledger_index, day, first=False)


FINDERS = (_find_boundaries,)
CHECKS = {"office_start": _check_start, "office_end": _check_end}
