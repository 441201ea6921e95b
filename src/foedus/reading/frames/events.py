"""Events: the invasion, elections, handovers, days of the week, and kinds for which there is no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable, parameter
from foedus.reading.context import Context
from foedus.reading.frames.dates import resolve
from foedus.reading.frames.event_check import check_event, event_row
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.lexicon import WEEKDAYS
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.events import (
    ELECTION,
    EVENT_OF_SPEECH,
    HANDOVER,
    INVASION,
    OUTCOME,
    RANK,
    SEAT,
)
from foedus.reading.patterns.grammar import slots
from foedus.reading.tagging import Tagged

__all__ = ["CHECKS", "FINDERS"]


def _find_invasions(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find when the invasion of Ukraine is said to have been."""
    if not re.search(r"inva|assault|attack|war|offens|aggress", sentence.text):
        return
    for pattern in INVASION:
        match = pattern.search(sentence.text)
        if match is None:
            continue
        on, by = sentence.tag(f"⟦{match['on']}⟧"), sentence.tag(f"⟦{match['by']}⟧") if match["by"] else None
        tag = sentence.tag(f"⟦{match['day']}⟧")
        if on is None or on.value != "UKR" or (by is not None and by.value != "RUS") or tag is None:
            continue
        if tag.value.year is None and tag.value.month is None and tag.value.relative is None:
            continue
        kind = "event_year" if tag.value.month is None else "event_date"
        named = re.search(r"inva|full-scale", match[0]) is not None
        yield StatedClaim(
            kind,
            sentence.span(match),
            slots(
                event="invasion-of-ukraine",
                day=tag.value,
                loose=None if named else True,
                mentioned=None if _ASSERTED.search(_with_verb(sentence, match)) else True,
            ),
        )
        return


def _find_elections(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find when an election of the American president is said to be."""
    if not re.search(r"lection|vote|Vote", sentence.text):
        return
    for pattern in ELECTION:
        match = pattern.search(sentence.text)
        if match is None:
            continue
        groups = match.groupdict()
        token = groups.get("by") or groups.get("where")
        country = sentence.tag(f"⟦{token}⟧") if token else None
        american = country.value == "USA" if country else _american(sentence, context)
        if not american or re.search(r"midterm|Senate|parliament|congress|general", match[0]):
            continue
        token = groups.get("later") or groups.get("day")
        tag = sentence.tag(f"⟦{token}⟧") if token else None
        if country is None and tag is None:
            continue
        upcoming = pattern is ELECTION[0]
        yield StatedClaim(
            "event_date",
            sentence.span(match),
            slots(
                event="us-presidential-election",
                day=tag and tag.value,
                upcoming=True if upcoming else None,
                mentioned=None if _ASSERTED.search(match[0]) else True,
                outcome=True if not upcoming and OUTCOME.search(sentence.plain) else None,
            ),
        )
        return


_ASSERTED = re.compile(
    r"\b(?:invaded|attacked|began|started|launched|held|scheduled|set for|"
    r"(?:takes?|took) place|falls?|(?:is|was|will be) (?:on|in))\b"
)
"""The words that say of an event when it is, beside naming it."""


def _with_verb(sentence: Tagged, match: re.Match[str]) -> str:
    """Return the words of an event with a verb just before them: "launched its" invasion."""
    before = re.search(r"\b(?:launched|began|started) (?:its|a|an|the) $", sentence.text[: match.start()])
    return (before[0] if before else "") + match[0]


def _american(sentence: Tagged, context: Context) -> bool:
    """Whether an election without a country is the American one: an American candidate is spoken of."""
    people = {t.value for t in sentence.tags if t.kind == "P"}
    return bool(people & {"Donald Trump", "Kamala Harris", "Joe Biden"}) or any(
        t.kind == "C" and t.value == "USA"
        for t in context.tags_in(max(0, sentence.offset - 300), sentence.offset)
    )


def _find_places(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find where the handover of the office of Secretary General is said to be."""
    match = HANDOVER.search(sentence.text)
    if match:
        town = sentence.tag(f"⟦{match['place']}⟧")
        # The place a ceremony is held at stands in other words first; the town is what the table has.
        if town:
            about = any(t.kind == "O" and t.value[0] == "secretary general" for t in sentence.tags) or any(
                t.kind == "P" and t.value in ("Mark Rutte", "Jens Stoltenberg") for t in sentence.tags
            )
            yield StatedClaim(
                "event_place",
                sentence.span(match),
                slots(event="handover", place=town.text, named=about or None),
            )
            return
    seat = SEAT.search(sentence.text)
    if seat:
        organisation, town = sentence.tag(f"⟦{seat['org']}⟧"), sentence.tag(f"⟦{seat['place']}⟧")
        if organisation and town:
            yield StatedClaim(
                "event_place", sentence.span(seat), {"organisation": organisation.value, "place": town.text}
            )


def _check_place(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the place of a handover near the day of the text, or the seat of an organisation."""
    if "organisation" in claim:
        rows = [
            r
            for r in institution_table("organisations").rows
            if r["name"] == claim["organisation"] and r["seat"]
        ]
        evidence = tuple(
            table_evidence("organisations", r, f"{r['name']}: seat {r['seat']}", r["seat"]) for r in rows
        )
        if any(r["seat"] == claim["place"] for r in rows):
            return Finding(SUPPORTED, "match", evidence)
        return not_checkable("no_row", *evidence)
    near = [
        r
        for r in institution_table("events").rows
        if r["event"].startswith("handover")
        and abs((date.fromisoformat(r["date"]) - day).days) <= parameter("event_horizon_days")
    ]
    if not near:
        return not_checkable("no_row")
    evidence = tuple(event_row(r) for r in near)
    if any(r["place"] == claim["place"] for r in near):
        return Finding(SUPPORTED, "match", evidence)
    return (
        Finding(CONTRADICTED, "differs", evidence)
        if claim.get("named")
        else not_checkable("scope", *evidence)
    )


def _find_weekdays(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find dates that state the day of the week."""
    for tag in sentence.tags:
        if tag.kind == "D" and tag.value.weekday is not None and tag.value.day is not None:
            yield StatedClaim(
                "weekday_date",
                (tag.start, tag.end),
                {"day": tag.value, "weekday": WEEKDAYS[tag.value.weekday], "mentioned": True},
            )


def _check_weekday(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the day of the week by the calendar; without a stated year, in the year nearest to the text."""
    resolved = resolve(claim["day"], day, past=False)
    if resolved is None or resolved.span is None:
        return not_checkable("date_unclear")
    true = WEEKDAYS[resolved.span[0].weekday()]
    evidence = table_evidence("calendar", {"known": "retrieved"}, f"{resolved.span[0]} is a {true}", true)
    agrees = true == claim["weekday"]
    if not agrees and claim["day"].year is None and abs((resolved.span[0] - day).days) > NEAR_DAYS:
        return not_checkable("date_unclear", evidence)
    return (
        Finding(SUPPORTED, "match", (evidence,)) if agrees else Finding(CONTRADICTED, "differs", (evidence,))
    )


NEAR_DAYS = 21
"""A date without a year that lies further off may be of another year."""


def _find_outside(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find claims of kinds for which the ledger has no table, so that the reader sees them as not checked."""
    rank = RANK.search(sentence.text)
    if rank and not re.search(r"spend|budget", rank[0]):
        yield StatedClaim("ranking", sentence.span(rank), {})
    speech = EVENT_OF_SPEECH.search(sentence.text)
    if speech:
        yield StatedClaim("statement_event", sentence.span(speech), {})


def _check_outside(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Write that the ledger has no table for a claim."""
    return not_checkable("no_table")


def _check_ranking(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Write that a rank without a measure cannot be compared."""
    return not_checkable("vague")


FINDERS = (_find_invasions, _find_elections, _find_places, _find_weekdays, _find_outside)
CHECKS = {
    "event_date": check_event,
    "event_year": check_event,
    "event_place": _check_place,
    "weekday_date": _check_weekday,
    "statement_event": _check_outside,
    "ranking": _check_ranking,
}
