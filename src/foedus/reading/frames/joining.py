"""Who joined the Alliance when, and who applied when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.axes import country_name
from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.frames.members import about_nato, is_nato
from foedus.reading.ledger_index import LedgerIndex, table_evidence
from foedus.reading.patterns.grammar import FRONTED, fronted_day, modality, slots
from foedus.reading.patterns.members import (
    AFTER_EVENT,
    APPLIED,
    APPLIED_FIRST,
    BECAME,
    BEFORE_EVENT,
    JOINED,
    OBJECT_OF,
)
from foedus.reading.tagging import Tagged
from foedus.reading.values import Day


def _find_accessions(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find which countries are said to have joined, and when."""
    if "⟦C" not in sentence.text:
        return
    for pattern in JOINED:
        match = pattern.search(sentence.text)
        if match is None or is_nato(sentence, match["g"]) is False or re.search(r"⟦[CP]", match["gap"]):
            continue
        if match["g"] is None and not about_nato(sentence, context):
            continue
        countries, start = _subjects(sentence, match)
        if not countries:
            continue
        yield StatedClaim(
            "accession",
            (sentence.document_index(start), sentence.document_index(match.end(), end=True)),
            _dated(sentence, match, start, countries),
            modality(
                sentence, match.start("verb"), match.end("verb"), verb=match["gap"] + " " + match["verb"]
            ),
        )
        return
    yield from _find_memberships(sentence)


def _dated(sentence: Tagged, match: re.Match[str], start: int, countries: list[str]) -> dict[str, Any]:
    """Return the slots of an accession with its dates; what else the head may date is left."""
    days = _days(sentence, match) or _fronted(sentence, match, start)
    around = _around(sentence, match)
    relative = re.match(r",? ?(?:who|which)\b", match["verb"].lstrip())
    if not days and not relative and FRONTED.match(sentence.text):
        around["unread"] = True
    return slots(countries=countries, days=days, **around)


def _fronted(sentence: Tagged, match: re.Match[str], start: int) -> list[Day] | None:
    """Return the date at the head of the sentence, where the accession and not a clause beside it follows."""
    relative = re.match(r",? ?(?:who|which)\b", match["verb"].lstrip())
    day = None if relative or match["gap"].startswith(",") else fronted_day(sentence, start)
    return [day] if day else None


def _around(sentence: Tagged, match: re.Match[str]) -> dict[str, Any]:
    """Read what stands beside an accession: before or after which event, and whether something is left
    unread."""
    text = sentence.text
    tail = text[match.end() : match.end() + 80]
    before = BEFORE_EVENT.match(tail) is not None
    event = AFTER_EVENT.match(tail.lstrip(" ,")) or AFTER_EVENT.search(text[: match.start()][-90:])
    unread = re.match(r"[ ,]*(?:after|before|following|since|prior to)\b[^.;,]{0,40}⟦D", tail)
    return {
        "after": _event(sentence, event),
        "before": "invasion-of-ukraine" if before else None,
        "unread": True if unread and not before and event is None else None,
        "loose": True if re.match(r" (?:and|with|at|to|by|as|under)\b", tail) else None,
    }


def _find_memberships(sentence: Tagged) -> Iterator[StatedClaim]:
    """Find which countries are said to be, to have become, or not to be allies."""
    match = BECAME.search(sentence.text)
    if match is None:
        return
    countries, start = _subjects(sentence, match)
    named = [is_nato(sentence, match[g]) for g in ("g1", "g2", "g3")]
    unclear = True not in named and not re.search(r"[Aa]lliance", match[0])
    if not countries or False in named or unclear:
        return
    ordinal = sentence.tag(f"⟦{match['k']}⟧") if match["k"] else None
    negated = " not" in match["verb"]
    mode = modality(sentence, match.start("verb"), match.end("verb"), verb=match["verb"])
    state = "becom" not in match["verb"] and "became" not in match["verb"]
    days = _days(sentence, match)
    if not days and not match["verb"].startswith(","):
        days = _fronted(sentence, match, start)
    since = re.search(r"since (?:both )?⟦$", sentence.text[: match.start("d1")]) if match["d1"] else None
    fronted = FRONTED.match(sentence.text)
    unread = (fronted and not days) or re.match(
        r",? (?:for|in|over|until|till|before|after|between|through|throughout)\b",
        sentence.text[match.end() :],
    )
    yield StatedClaim(
        "accession",
        (sentence.document_index(start), sentence.document_index(match.end(), end=True)),
        slots(
            countries=countries,
            days=None if state and not since else days,
            on=days[0] if days and state and not since else None,
            ordinal=ordinal.value if ordinal else None,
            newest=True if match["newest"] else None,
            negated=True if negated else None,
            unread=True if unread else None,
        ),
        "actual" if negated else mode,
    )


def _subjects(sentence: Tagged, match: re.Match[str]) -> tuple[list[str], int]:
    """Return the countries that are the subject, and where they start.

    In "After the invasion of Ukraine, Sweden and Finland joined" the first country belongs to what stands
    before.
    """
    tokens = list(re.finditer(r"⟦C\d+⟧", match["countries"]))
    start = match.start("countries")
    if OBJECT_OF.search(sentence.text[:start]) and not match.re.pattern.startswith(r"\b(?:led"):
        if len(tokens) < 2 or match["countries"][tokens[0].end() : tokens[1].start()] != ", ":
            return [], start
        start += tokens[1].start()
        tokens = tokens[1:]
    tags = [sentence.tag(token[0]) for token in tokens]
    return [tag.value for tag in tags if tag], start


def _days(sentence: Tagged, match: re.Match[str]) -> list[Day] | None:
    """Return the dates that an accession states."""
    tokens = [match[name] for name in ("d1", "d2", "d3") if match[name]]
    tags = [sentence.tag(f"⟦{token}⟧") for token in tokens]
    return [t.value for t in tags if t] or None


def _event(sentence: Tagged, match: re.Match[str] | None) -> str | None:
    """Return the event after which something is said to have happened."""
    if match is None:
        return None
    token = match["d"] or match["d0"]
    tag = sentence.tag(f"⟦{token}⟧") if token else None
    if tag is not None and tag.value.year not in (None, 2022):
        return None
    return "invasion-of-ukraine" if any(t.value in ("UKR", "RUS") for t in sentence.tags) or token else None


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
        if claim.get("loose") and not claim.get("days"):
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


FINDERS = (_find_accessions, _find_applications)
CHECKS = {"accession": _check_accession, "application_date": _check_application}
