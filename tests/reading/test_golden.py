"""Sentences of many styles with the slots that a reader of English gives them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.read import read_text

WORLD = LedgerIndex.load()
DAY = date(2024, 10, 1)
FILE = Path(__file__).parent / "golden" / "slots.txt"
KINDS = {
    "share_of_gdp": "share",
    "count_meeting_guideline": "count",
    "membership_count": "members",
    "accession": "joined",
    "founding_year": "founded",
    "amount": "amount",
    "growth": "growth",
}
UNCHECKED = {"wish", "expected", "negated", "denied", "asked", "hypothetical", "not_finite", "other"}


def golden():
    """Give the sentences with the slots that are written down."""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            marks, _, text = line.partition(" | ")
            yield text, {" ".join(m.split()) for m in marks.split(";") if m.strip() != "-"}


def when(slots):
    """Give the time of a claim: a year, a date, now, past or open."""
    years = slots.get("years", {})
    day = years.get("day") or slots.get("day")
    if day is not None:
        if day.relative:
            return "open" if day.relative < -1 else str(DAY.year + day.relative)
        return str(day) if day.year else "now"
    if years.get("open") or slots.get("open"):
        return "open"
    return "past" if years.get("tense") == "past" or slots.get("undated") else "now"


def number(amount, scale=1.0):
    """Give a number as it is written down."""
    return f"{round(amount.value * scale, 4):g}"


def truth(claim):
    """Give how a claim is meant, in one word."""
    if claim.reason == "publisher":
        return "other"
    if claim.slots.get("negated"):
        return "negated"
    mode = {"wish": "wish", "not_finite": "wish"}.get(claim.modality, claim.modality)
    return mode if mode in UNCHECKED else ""


def written(claim):
    """Give a claim as the file writes it."""
    slots, kind = claim.slots, KINDS[claim.kind]
    if kind == "share":
        words = [slots["country"], number(slots["share"], 100), when(slots)]
    elif kind == "count":
        count = number(slots["count"]) if slots.get("count") else "all"
        words = [count, number(slots["level"], 100), when(slots)]
    elif kind == "members":
        words = [number(slots["count"]), when(slots)]
    elif kind == "joined":
        days = ",".join(str(d) for d in slots.get("days") or ([slots["on"]] if slots.get("on") else []))
        words = [",".join(slots["countries"]), days or "-"]
    elif kind == "founded":
        words = [str(slots["day"]) if slots["day"].year else str(slots["day"].relative)]
    elif kind == "amount":
        words = [slots["scope"], f"{slots['amount'].value:g}", slots["amount"].currency, when(slots)]
    else:
        words = [slots["scope"], number(slots["rate"], 100), when(slots)]
    return loose(" ".join([kind, *words, truth(claim)]).strip())


def loose(mark):
    """Give a mark without the difference between the times of what is not said to be so."""
    if mark.split()[-1] in UNCHECKED - {"expected", "other"}:
        mark = re.sub(r"\b(?:now|past)\b", "open", mark)
    return re.sub(r"\bpast\b", "open", mark)


def normal(mark):
    """Give a mark without what only informs the reader of the file; money in single units."""
    mark = re.sub(r" ~\w+", "", mark.replace("~founding", "now"))
    if mark.startswith("amount"):
        kind, scope, value, *others = mark.split()
        scale = 1e12 if scope == "NATO" and float(value) < 10 else 1e9
        mark = " ".join([kind, scope, f"{float(value) * scale:g}", *others])
    return loose(mark)


def compared(text, marks):
    """Give what is right, what is missing and what is added."""
    claims = [c for c in read_text(text, WORLD, day=DAY).claims if c.kind in KINDS]
    mine = {written(c) for c in claims}
    marks = {normal(m) for m in marks}
    return mine & marks, marks - mine, mine - marks


def test_golden_slots():
    """Of two hundred sentences nearly all have their slots, and next to none has any other."""
    results = [compared(text, marks) for text, marks in golden()]
    assert len(results) >= 200
    exact = sum(not missing and not added for _, missing, added in results)
    assert exact >= 0.95 * len(results)
    assert sum(len(added) for _, _, added in results) <= 2
