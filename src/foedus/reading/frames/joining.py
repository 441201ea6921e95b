"""Who joined the Alliance when, and who applied when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.axes import country_name
from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.accessions import find_accessions
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.grammar import modality, slots
from foedus.reading.patterns.members import (
    APPLIED,
    APPLIED_FIRST,
)
from foedus.reading.tagging import Tagged
from foedus.reading.values import Day


def is_nato(sentence: Tagged, token: str | None) -> bool | None:
    """Whether an organisation's token is NATO; None without a token."""
    tag = sentence.tag(f"⟦{token}⟧") if token else None
    return None if tag is None else tag.value == "NATO"


def _check_accession(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check who is an ally, since when, as how-manyth, and after which event; the list of allies is
    complete."""
    countries: list[str] = claim["countries"]
    if claim.get("on"):
        state_day = _day_of_state(claim["on"], countries, ledger_index, day)
        if state_day is None:
            return not_checkable("date_unclear")
        day = state_day
    entries = [ledger_index.entries.get(c) for c in countries]
    rows = tuple(e[1] for e in entries if e)
    joined = [e is not None and e[0] <= day for e in entries]
    if not all(joined):
        count = f"{ledger_index.member_count(day)} allies on {day}"
        rows += (table_evidence("members", {"known": "press"}, count),)
    if claim.get("negated"):
        return _denied(claim, joined, rows)
    if not all(joined):
        if (claim.get("loose") and not claim.get("days")) or claim.get("understood"):
            return not_checkable("definition", *rows)
        absent = ", ".join(
            country_name(c) for c, is_ally in zip(countries, joined, strict=True) if not is_ally
        )
        return Finding(CONTRADICTED, "differs", rows, f"Not in the list of allies on that day: {absent}.")
    outcomes, events = _outcomes(claim, [e[0] for e in entries if e], ledger_index, day)
    rows += events
    if "differs" in outcomes:
        return Finding(CONTRADICTED, "differs", rows)
    return (
        not_checkable("date_unclear", *rows) if "unclear" in outcomes else Finding(SUPPORTED, "match", rows)
    )


def _day_of_state(stated: Day, countries: list[str], ledger_index: LedgerIndex, day: date) -> date | None:
    """Return the day of a state, where it is not that of the text: "was a member in 2005"."""
    resolved = resolve(stated, day)
    if resolved is None or resolved.span is None:
        return None
    first, last = resolved.span
    entered = [e[0] for c in countries if (e := ledger_index.entries.get(c))]
    if first > day or any(first < e <= last for e in entered):
        return None
    return min(last, day)


def _denied(claim: dict[str, Any], joined: list[bool], rows: tuple[Evidence, ...]) -> Finding:
    """Check that countries are no allies."""
    if claim.get("unread"):
        return not_checkable("date_unclear", *rows)
    if not any(joined):
        return Finding(SUPPORTED, "match", rows, "Not in the list of allies on that day.")
    return Finding(CONTRADICTED, "differs", rows) if all(joined) else not_checkable("scope", *rows)


def _outcomes(
    claim: dict[str, Any], entries: list[date], ledger_index: LedgerIndex, day: date
) -> tuple[list[str], tuple[Evidence, ...]]:
    """Compare each part of a claim with the entries: what comes out, and the events it was held against."""
    outcomes = [_dates(claim.get("days"), entries, day)]
    events: tuple[Evidence, ...] = ()
    if claim.get("ordinal") is not None:
        outcomes.append(_ordinals(claim["ordinal"], entries, ledger_index))
    if claim.get("newest"):
        newest = max(d for d in ledger_index.entry_order if d <= day)
        outcomes.append("agrees" if all(d == newest for d in entries) else "differs")
    if claim.get("unread"):
        outcomes.append("unclear")
    for sense in ("before", "after"):
        if claim.get(sense):
            event = next(r for r in institution_table("events").rows if r["event"] == claim[sense])
            text = f"{event['meaning']}: {event['date']}"
            events += (table_evidence("events", event, text, event["date"]),)
            fits = [str(d) < event["date"] if sense == "before" else str(d) > event["date"] for d in entries]
            outcomes.append("agrees" if all(fits) else "differs")
    return outcomes, events


def _dates(days: list[Day] | None, entries: list[date], day: date) -> str:
    """Compare stated dates with entries, one for all or one for each."""
    if not days:
        return "agrees"
    resolved = [resolve(d, day) for d in days]
    if any(d is None for d in resolved):
        return "unclear"
    stated = [d for d in resolved if d]
    if len(stated) == 1:
        stated *= len(entries)
    if len(stated) != len(entries):
        return "unclear"
    results = set()
    for given, true in zip(stated, entries, strict=True):
        signed = true == date(1949, 8, 24) and compare_day(given, date(1949, 4, 4)) == "agrees"
        results.add("agrees" if signed else compare_day(given, true))
    return "unclear" if "no_such_day" in results else ("differs" if "differs" in results else "agrees")


def _ordinals(ordinal: int, entries: list[date], ledger_index: LedgerIndex) -> str:
    """Compare the how-manyth ally with the order of entries; allies that joined on one day share a range."""
    if len(entries) != 1:
        return "unclear"
    before = sum(d < entries[0] for d in ledger_index.entry_order)
    same = sum(d == entries[0] for d in ledger_index.entry_order)
    return "agrees" if before < ordinal <= before + same else "differs"


def _find_applications(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find when a country is said to have applied for membership."""
    if "appli" not in sentence.text and "submitted" not in sentence.text:
        return
    for pattern in (APPLIED_FIRST, APPLIED):
        match = pattern.search(sentence.text)
        if match is None or is_nato(sentence, match["g"]) is False:
            continue
        day = sentence.tag(f"⟦{match['day']}⟧")
        yield StatedClaim(
            "application_date",
            sentence.span(match),
            slots(countries=[t.value for t in sentence.all(match["countries"])], day=day and day.value),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["verb"]),
        )
        return


def _check_application(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the day of an application for membership of NATO."""
    stated = resolve(claim["day"], day)
    if stated is None:
        return not_checkable("date_unclear")
    rows = [
        r
        for r in institution_table("applications").rows
        if r["organisation"] == "NATO" and r["country"] in claim["countries"] and r["date"] <= day.isoformat()
    ]
    evidence = tuple(
        table_evidence("applications", r, f"{country_name(r['country'])} applied on {r['date']}", r["date"])
        for r in rows
    )
    if {r["country"] for r in rows} != set(claim["countries"]):
        return not_checkable("no_row", *evidence)
    results = {compare_day(stated, date.fromisoformat(r["date"])) for r in rows}
    if results == {"agrees"}:
        return Finding(SUPPORTED, "match", evidence)
    return (
        not_checkable("date_unclear", *evidence)
        if "no_such_day" in results
        else Finding(CONTRADICTED, "differs", evidence)
    )


FINDERS = (find_accessions, _find_applications)
CHECKS = {"accession": _check_accession, "application_date": _check_application}
