"""How long someone held an office, and how long two holders overlapped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.lexicon import HEDGES
from foedus.reading.office_terms import Term
from foedus.reading.patterns.grammar import FRONTED, OFFICE, modality, office_of, person_before, slots
from foedus.reading.patterns.tenure import AFTER, AS, LASTED, NOUN, OVERLAP, SPENT
from foedus.reading.tagging import Tagged
from foedus.reading.values import Amount, Day
from foedus.rounding import written

__all__ = ["CHECKS", "FINDERS"]

YEAR_DAYS = 365.2425


def _find_tenures(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find for how long someone is said to have held an office."""
    if "decade" not in sentence.text and "year" not in sentence.text and "month" not in sentence.text:
        return
    for pattern in (LASTED, SPENT, AFTER, NOUN, AS):
        for match in pattern.finditer(sentence.text):
            person = _person(sentence, match, context)
            length = _length(sentence, match)
            if person is None or length is None:
                continue
            office, body = _office(sentence, match["middle"])
            if office is None and pattern is not AFTER:
                continue
            verb = match.groupdict().get("verb") or ""
            start = match.start("verb") if verb else match.start()
            yield StatedClaim(
                "tenure_length",
                (sentence.document_index(start), sentence.document_index(match.end(), end=True)),
                slots(
                    person=person,
                    office=office or None,
                    body=body,
                    years=length,
                    at=_fronted_day(sentence),
                ),
                modality(
                    sentence, start, start + len(verb), verb=sentence.text[max(0, start - 20) : start] + verb
                ),
            )
            return


def _fronted_day(sentence: Tagged) -> Day | None:
    """Return the date at the start of the sentence, up to which the time may be counted."""
    fronted = FRONTED.match(sentence.text)
    tag = sentence.tag(f"⟦{fronted['day']}⟧") if fronted else None
    return tag.value if tag else None


def _person(sentence: Tagged, match: re.Match[str], context: Context) -> str | None:
    """Return the person whose office lasted."""
    if match.re is AS:
        tag = sentence.tag(match["person_at"]) or person_before(sentence, match.start(), context)
        return str(tag.value) if tag else None
    if match.groupdict().get("person"):
        tag = sentence.tag(f"⟦{match['person']}⟧")
        return str(tag.value) if tag else None
    before = sentence.text[: match.start()]
    relative = re.search(r"⟦P(\d+)⟧, (?:[^⟦,]{0,40}, )?(?:who )?$", before)
    if relative:
        return str(sentence.tags[int(relative[1])].value)
    pronoun = re.search(r"(?:^|[,;\"] (?:and )?)(He|She|he|she) ?$", before)
    if pronoun:
        return context.antecedent(sentence.document_index(pronoun.start(1)), pronoun[1])
    tag = person_before(sentence, match.start(), context)
    return str(tag.value) if tag else None


def _length(sentence: Tagged, match: re.Match[str]) -> Amount | None:
    """Read a length of time in years."""
    groups = match.groupdict()
    comparator = HEDGES.get(groups.get("hedge") or "", "eq")
    # "The past decade" is a span seen from today, and ten years only by habit.
    if groups.get("decade"):
        return Amount(10.0, 1.0, 4.0, comparator, groups.get("hedge") or "")
    tag = sentence.tag(f"⟦{groups['number']}⟧") if groups.get("number") else None
    if tag is None:
        return None
    stated: Amount = tag.value
    factor = {"d": 10.0, "m": 1 / 12, "y": 1.0}[groups["unit"][0]]
    unit = 2.0 if factor == 10.0 else stated.unit * factor
    return Amount(
        stated.value * factor, unit, max(unit, 4.0 if factor == 10 else unit), stated.comparator, stated.hedge
    )


def _office(sentence: Tagged, middle: str) -> tuple[str | None, str | None]:
    """Return the office that the words between verb and length name: an office, or what was led."""
    named = re.search(OFFICE, middle)
    if named:
        holder = office_of(sentence, named)
        return holder.office, holder.body
    led = re.search(
        r"⟦([GC]\d+)⟧(?: \(⟦G\d+⟧\))?(?=$|,| (?:through|during|from|in turbulent|for|with|since)\b)", middle
    )
    if led:
        tag = sentence.tag(f"⟦{led[1]}⟧")
        if tag and tag.value == "NATO":
            return "secretary general", "NATO"
        return ("", tag.value) if tag and tag.kind == "C" else (None, None)
    if re.search(
        r"\bthe (?:\w+ )?(?:organi[sz]ation|alliance|bloc)(?=$|,| (?:through|during|from|for|with|since)\b)",
        middle,
    ):
        return "secretary general", "NATO"
    return None, None


def _check_tenure(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how long a term lasted, up to the day of the text, rounded as the text states it.

    Parameters
    ----------
    claim : dict
        Slots person, office, body, years.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        A single term, or all terms in the office together, may be meant; with several terms a length that
        fits none is not contradicted.
    """
    terms = [
        t
        for t in ledger_index.terms_of(claim["person"], claim.get("office"), claim.get("body"))
        if t.start <= day
    ]
    if not terms:
        return not_checkable("no_row")
    at = resolve(claim["at"], day) if claim.get("at") else None
    if at is not None and at.year != day.year:
        return not_checkable("date_unclear", *(t.evidence for t in terms))
    if claim.get("office") is None and claim.get("body") is None:
        terms = [t for t in terms if t.end is None or (t.end - day).days > -90]
        terms = terms[-1:]
        if not terms:
            return not_checkable("date_unclear")
    rows = tuple(t.evidence for t in terms)
    if any(t.holds(day) is None for t in terms):
        return not_checkable("not_confirmed", *rows)
    offices = {(t.office, t.body) for t in terms}
    if len(offices) > 1:
        return not_checkable("definition", *rows)
    lengths = [_years(t, day) for t in terms]
    admissible = {*lengths, sum(lengths)}
    stated: Amount = claim["years"]
    results = {agreement(stated, length) for length in admissible}
    if stated.comparator in ("gt", "lt") and any(
        abs(length - stated.value) < A_WEEK for length in admissible
    ):
        # "More than ten years" of a term of ten years and a day says too much to be supported.
        results = {"rounding"}
    note = f"The term lasted {', '.join(f'{written(n, 1)}' for n in sorted(admissible))} years by that day."
    if "agrees" in results:
        return Finding(SUPPORTED, "match", rows, note)
    if "rounding" in results or len(terms) > 1:
        return not_checkable("rounding" if "rounding" in results else "definition", *rows, note=note)
    return Finding(CONTRADICTED, "differs", rows, note)


A_WEEK = 7 / 365.25
"""Years: a term that is longer or shorter than stated by less is neither."""


def _years(term: Term, day: date) -> float:
    """Return the length of a term in years, up to a day."""
    end = min(term.end or day, day)
    return (end - term.start).days / YEAR_DAYS


def _find_overlaps(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find for how long two people are said to have worked together."""
    for match in OVERLAP.finditer(sentence.text):
        tag = sentence.tag(f"⟦{match['person']}⟧") if match["person"] else None
        other, length = sentence.tag(f"⟦{match['other']}⟧"), _length(sentence, match)
        if other is None or length is None:
            continue
        yield StatedClaim(
            "tenure_overlap",
            sentence.span(match),
            slots(person=tag.value if tag else "speaker", other=other.value, years=length),
            modality(sentence, match.start(), match.end()),
        )


def _check_overlap(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check that two terms of office overlapped for the stated time; people may also have met otherwise."""
    mine, theirs = ledger_index.terms_of(claim["person"]), ledger_index.terms_of(claim["other"])
    if not mine or not theirs:
        return not_checkable("no_row")
    stated: Amount = claim["years"]
    for a in mine:
        for b in theirs:
            start, end = max(a.start, b.start), min(a.end or day, b.end or day, day)
            years = (end - start).days / YEAR_DAYS
            if years > 0 and agreement(stated, years) == "agrees":
                return Finding(
                    SUPPORTED,
                    "match",
                    (a.evidence, b.evidence),
                    f"Both terms ran for {written(years, 1)} years.",
                )
    return not_checkable("definition", *(t.evidence for t in (*mine, *theirs)))


FINDERS = (_find_tenures, _find_overlaps)
CHECKS = {"tenure_length": _check_tenure, "tenure_overlap": _check_overlap}
