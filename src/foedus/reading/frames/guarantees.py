"""Claims of a conditional guarantee: that somebody would protect an ally only if it pays.

What is checked is that the person named has made such a statement by the day of the text, against a small sourced
record. Whether protection would come is nothing that any table knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.guarantee.statements import CARD_ID, GuaranteeStatement, guarantee_statements
from foedus.reading.claims import SUPPORTED, Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.frames.stating import slots
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.patterns.guarantees import (
    ALLIES,
    CONDITIONS,
    DENIED,
    INVITED,
    OWN_ACCOUNT,
    PROTECTS,
    TIED,
    TIED_HELP,
    UNCONDITIONAL,
    UNWILLING,
    protects_allies,
)
from foedus.reading.tagging import Tagged
from foedus.reading.text import Span

__all__ = ["CHECKS", "FINDERS"]

_OUTSIDE = frozenset({"UKR", "RUS", "BLR", "EU"})
"""Names whose protection is no guarantee of the Alliance."""
_TOLD = re.compile(r"\b(?:to|told|tells|against|like|unlike|with)(?: the)? $")
"""Before a name that is spoken to or beside."""
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def _find_conditions(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find that protection is said to depend on what an ally pays."""
    text = sentence.plain
    if not (ALLIES.search(text) or ALLIES.search(context.text)) or UNCONDITIONAL.search(text):
        return
    countries = [
        tag.start - sentence.offset for tag in sentence.tags if tag.kind in "CG" and tag.value not in _OUTSIDE
    ]
    span = _spoken(text, countries)
    if span is None:
        return
    start, end = sentence.offset + span[0], sentence.offset + span[1]
    day = next((tag.value for tag in sentence.tags if tag.kind == "D"), None)
    yield StatedClaim(
        "conditional_guarantee",
        (start, end),
        slots(person=_person(sentence, context, start), day=day),
        _mode(text),
        consumed=_words(sentence, (start, end)),
    )


def _spoken(text: str, countries: list[int]) -> Span | None:
    """Return where a sentence says protection and its condition, or None where it lacks one of them."""
    tied = TIED.search(text)
    invited = INVITED.search(text)
    conditions = list(CONDITIONS.finditer(text))
    if tied is not None and (near := TIED_HELP.search(text) or PROTECTS.search(text)):
        return min(tied.start(), near.start()), max(tied.end(), near.end())
    for condition in conditions:
        for protects in _protections(text, countries):
            inside = condition.start() <= protects.start() < condition.end()
            if not inside and UNWILLING.search(text):
                return min(condition.start(), protects.start()), max(condition.end(), protects.end())
        if invited:
            return min(condition.start(), invited.start()), max(condition.end(), invited.end())
    return None


def _protections(text: str, countries: list[int]) -> list[re.Match[str]]:
    """Return where a sentence speaks of protecting allies, and not of defending oneself or with words."""
    own = [match.span() for match in OWN_ACCOUNT.finditer(text)]
    return [
        match
        for match in PROTECTS.finditer(text)
        if protects_allies(text, match, countries) and not any(a <= match.start() < b for a, b in own)
    ]


def _mode(text: str) -> str:
    """Return whether the statement is told, denied or asked; its condition is what it says, and no doubt."""
    if DENIED.search(text):
        return "denied"
    return "asked" if text.rstrip("\"' ").endswith("?") else "actual"


def _person(sentence: Tagged, context: Context, at: int) -> str | None:
    """Return who made the statement: the speaker of a quotation, a person named, or the one that "he" means."""
    if context.quotation_at(at) is not None:
        return "speaker"
    people = [tag for tag in sentence.tags if tag.kind == "P" and context.is_subject(tag)]
    if people:
        return str(people[0].value)
    recorded = _recorded_speaker(sentence.plain)
    if recorded:
        return recorded
    pronoun = _PRONOUN.search(sentence.plain)
    return context.antecedent(sentence.offset + pronoun.start(), pronoun[0]) if pronoun else None


def _recorded_speaker(text: str) -> str | None:
    """Return a speaker of the record whom a sentence names and the ledger's table of persons does not hold."""
    for name in {row.speaker: None for row in guarantee_statements()}:
        named = re.search(rf"\b(?:{re.escape(name)}|{re.escape(name.split()[-1])})\b", text)
        if named and not _TOLD.search(text[: named.start()]):
            return name
    return None


def _words(sentence: Tagged, span: Span) -> tuple[Span, ...]:
    """Return what the claim accounts for: its words, but for figures and dates, which other frames read."""
    edges = [span[0]]
    for tag in sentence.tags:
        if tag.kind in "NRMK" and span[0] <= tag.start < span[1]:
            edges += [tag.start, tag.end]
    edges.append(max(edges[-1], span[1]))
    return tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _check_condition(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check that the person had made such a statement; the record is not complete, and contradicts nothing."""
    person = claim.get("person", "")
    if not person or person == "speaker":
        return not_checkable("unnamed")
    rows = guarantee_statements(day, speaker=person)
    if not rows:
        return not_checkable("no_row")
    evidence = tuple(_evidence(row) for row in rows)
    if "day" in claim:
        stated = resolve(claim["day"], day)
        if stated is None:
            return not_checkable("date_unclear", *evidence)
        dated = [e for e, row in zip(evidence, rows, strict=True) if compare_day(stated, row.day) == "agrees"]
        if not dated:
            return not_checkable("no_row", *evidence)
        evidence = tuple(dated)
    return Finding(
        SUPPORTED, "match", evidence, note="A statement is no decision, and its words are not checked."
    )


def _evidence(row: GuaranteeStatement) -> Evidence:
    """Return a statement of the record as evidence."""
    text = f"{row.speaker}, {row.day}, {row.occasion}: condition {row.condition}; {row.consequence}"
    return Evidence(text, row.day.isoformat(), "guarantee-statements", CARD_ID, None, row.known)


FINDERS = (_find_conditions,)
CHECKS = {"conditional_guarantee": _check_condition}
