"""What was pledged: the two parts of the 5 %, who is exempt, and what an ally itself announced for a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.evidence.institutions import Pledge, pledges_by
from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    StatedClaim,
    agreement,
    not_checkable,
)
from foedus.reading.context import Context
from foedus.reading.editions import announced
from foedus.reading.frames.shares import DEFENCE
from foedus.reading.frames.stating import slots
from foedus.reading.frames.topics import about_nato
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import bind, country_of, unit_after
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Truth
from foedus.reading.values import Amount

__all__ = ["CHECKS", "FINDERS"]

_PARTS = {
    "core": re.compile(r"\b(?:core|hard|pure|purely|traditional|strictly)\b"),
    "related": re.compile(
        r"\b(?:related|infrastructure|resilien\w+|cyber\w*|broader|wider|indirect|civil\w*|networks?|security)\b"
    ),
}
_BOTH = re.compile(
    r"\b(?:on|for|in|to|towards?) (?:their |its |the )?(?:national |core )?(?:defen[cs]e|military)(?: (?:spending|needs|requirements))?(?:, | and | as well as | plus )"
)
"""Words for the whole of the guideline: "5 % on defence and wider security" is no part of it."""
_QUANTITIES = {"core": "defence_expenditure_share_of_gdp", "related": "security_related_share_of_gdp"}
_AGREED = re.compile(
    r"\b(?:agree\w*|pledge\w*|commit\w*|target|goal|guideline|promise\w*|endorse\w*|adopt\w*)\b"
)
_EXEMPT = re.compile(r"\b(?:exempt\w*|opt(?:ed|s)?[- ]out|carve[- ]out|excused)\b")
_PLANS = re.compile(
    r"\b(?:plans?|planned|pledge[sd]?|aims?|aimed|intends?|intended|vow(?:s|ed)|promise[sd]?|announced?|announces|commit(?:s|ted)|wants?|will)\b"
)
EQUAL = 0.0006
"""Difference, as a share of GDP, within which two plans are the same."""
REACH = 60
"""Characters behind a rate in which it is said what it is for."""


def _find_parts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what part of the guideline is said to be for what."""
    parsed = context.parsed(sentence)
    if parsed is None or not _AGREED.search(parsed.text) or not DEFENCE.search(parsed.text):
        return
    rates = parsed.values("R")
    if not about_nato(parsed.text, parsed.tags, context, parsed.tree.offset) or any(
        t.kind == "C" for t in parsed.tags
    ):
        return
    for i, rate in enumerate(rates):
        end = rates[i + 1].start if i + 1 < len(rates) else rate.end + REACH
        words = parsed.between(rate.end, min(end, rate.end + REACH))
        part = next((name for name, pattern in _PARTS.items() if pattern.search(words.split(",")[0])), None)
        if part is None or rate.value.value > 0.1 or (part == "related" and _BOTH.search(words)):
            continue
        node = parsed.tree.at(rate)
        truth = truth_of(parsed.tree, node)[0] if node is not None else Truth.ASSERTED
        denied = truth in (Truth.DENIED, Truth.NEGATED, Truth.ASKED, Truth.CONDITIONAL, Truth.REPORTED)
        match = _PARTS[part].search(words)
        span = (rate.start, rate.end + (match.end() if match else 0))
        yield StatedClaim(
            "guideline_part",
            span,
            slots(part=part, level=rate.value),
            truth.value if denied else "actual",
            consumed=(span,),
        )


def _find_exemptions(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to be exempt from the guideline."""
    parsed = context.parsed(sentence)
    match = _EXEMPT.search(parsed.text) if parsed is not None else None
    if (
        parsed is None
        or match is None
        or not re.search(r"\b(?:target|goal|guideline|pledge|5)\b", parsed.text)
    ):
        return
    countries = [t for t in parsed.tags if t.kind == "C"]
    if len({country_of(t) for t in countries}) != 1:
        return
    offset = parsed.tree.offset
    word = (offset + match.start(), offset + match.end())
    node = next((n for n in parsed.tree.nodes if n.span[0] >= word[0]), None)
    truth = truth_of(parsed.tree, node, participle=True)[0] if node is not None else Truth.ASSERTED
    rates = [(t.start, t.end) for t in parsed.values("R")]
    name = countries[0]
    span = (min(name.start, word[0]), max(name.end, word[1]))
    mode = "actual" if truth is Truth.NOT_FINITE else truth.value
    spans = ((name.start, name.end), word, *rates)
    yield StatedClaim("exemption", span, slots(country=country_of(name)), mode, consumed=spans)


def _find_plans(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what share of GDP an ally is said to have planned or pledged for a year."""
    parsed = context.parsed(sentence)
    if parsed is None or not _PLANS.search(parsed.text) or not DEFENCE.search(parsed.text):
        return
    for rate in parsed.values("R"):
        bound = bind(parsed, rate)
        if bound is None or bound.subject is None or not unit_after(parsed, rate) or bound.others:
            continue
        if bound.truth not in (Truth.WISHED, Truth.EXPECTED) or not bound.firm:
            continue
        years = [t for t in parsed.values("D") if t.value.year is not None and t.start > rate.end]
        if not years or bound.whom not in {country_of(t) for t in parsed.tags if t.kind in "CJ"}:
            continue
        yield _plan(rate, years[0], bound.whom, bound.subject)


def _plan(rate: Tag, year: Tag, country: str, subject: Tag) -> StatedClaim:
    """Make the claim of a plan."""
    spans = ((subject.start, subject.end), (rate.start, rate.end), (year.start, year.end))
    span = (min(s[0] for s in spans), max(s[1] for s in spans))
    items = slots(country=country, share=rate.value, year=year.value.year)
    return StatedClaim("national_pledge", span, items, "actual", consumed=spans)


def _evidence(pledge: Pledge) -> Evidence:
    """Make evidence of a pledge."""
    whose = f" ({pledge.country})" if pledge.country else ""
    text = f"{pledge.pledge}{whose}: {pledge.quantity} {pledge.sense} {100 * pledge.level:g} % by {pledge.deadline}"
    return table_evidence("pledges", {"known": "press"}, text, pledge.level)


def _check_part(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check what a part of the guideline is for; the parts were agreed in June 2025."""
    pledges = [p for p in pledges_by(day) if not p.country and p.deadline == 2035]
    rows = tuple(_evidence(p) for p in pledges)
    if not pledges:
        return not_checkable("no_row")
    stated: Amount = claim["level"]
    true = next((p.level for p in pledges if p.quantity == _QUANTITIES[claim["part"]]), None)
    if true is not None and agreement(stated, true) == "agrees":
        return Finding(SUPPORTED, "match", rows)
    # Another level may be an ally's own; the levels of the other parts are a confusion of the parts.
    confused = any(agreement(stated, p.level) == "agrees" for p in pledges)
    return Finding(CONTRADICTED, "differs", rows) if confused else not_checkable("definition", *rows)


def _check_exemption(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check who has a position of its own in the record of pledges, which need not have all."""
    own = [p for p in pledges_by(day) if p.country == claim["country"]]
    rows = tuple(_evidence(p) for p in own)
    return Finding(SUPPORTED, "match", rows) if own else not_checkable("no_row")


def _check_plan(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check what an ally announced for a year; announcements that are not recorded are no contradiction."""
    rows = announced(claim["country"], claim["year"], claim["share"], day)
    # A plan is a round number itself, so that rounding explains nothing.
    if any(abs(claim["share"].value - e.value) < EQUAL for e in rows if isinstance(e.value, float)):
        return Finding(SUPPORTED, "match", rows, "As the ally announced it; not a figure of NATO.")
    return not_checkable("no_row", *rows)


FINDERS = (_find_parts, _find_exemptions, _find_plans)
CHECKS = {"guideline_part": _check_part, "exemption": _check_exemption, "national_pledge": _check_plan}
