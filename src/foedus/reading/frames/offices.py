"""Who holds which office: holder and status, ordinal, first and last day, succession."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, Found, not_checkable, parameter
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex, Term
from foedus.reading.patterns.grammar import (
    FRONTED,
    OFFICE,
    modality,
    office_of,
    person_before,
    pronoun_or_person,
    slots,
)
from foedus.reading.patterns.offices import (
    AFTER_NAME,
    BEFORE_NAME,
    DATE_AFTER,
    DATE_BEFORE,
    END,
    LEADS,
    NOT_AN_OFFICE,
    SERVED,
    START,
    TERM,
)
from foedus.reading.tagging import Tagged, known_people
from foedus.reading.values import Day

__all__ = ["CHECKS", "FINDERS"]


def _find_holders(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find who is said to hold, have held or be about to hold an office."""
    if "⟦O" not in sentence.text or (
        "⟦P" not in sentence.text and not re.search(r"\b[HhSs]+e\b", sentence.text)
    ):
        return
    taken: set[int] = set()
    for pattern in (AFTER_NAME, BEFORE_NAME, SERVED):
        for match in pattern.finditer(sentence.text):
            office_at = match.start("office")
            if office_at in taken or NOT_AN_OFFICE.match(sentence.text[match.end("office") + 1 :]):
                continue
            token = match["person"]
            word = match.groupdict().get("pronoun")
            person = pronoun_or_person(
                sentence, f"⟦{token}⟧" if token else None, word, match.start(), context
            )
            if person is None:
                continue
            before = sentence.text[: match.start("office") - 1]
            possessive = sentence.text[: match.start()].endswith("'s ") and not match["body1"]
            if _NOT_THE_OFFICE.search(before) or (pattern is BEFORE_NAME and possessive):
                continue
            taken.add(office_at)
            yield _held(sentence, match, person, served=pattern is SERVED, title=pattern is BEFORE_NAME)


_NOT_THE_OFFICE = re.compile(
    r"\b(?:[Aa]cting|[Dd]eputy|[Aa]ssistant|[Ii]nterim|[Hh]onorary|[Ss]hadow|[Vv]ice) $"
)


def _find_leaders(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find who is said to be at the head of the Alliance; presidents lead it too, in another sense."""
    if "⟦P" not in sentence.text or not re.search(r"\b(?:led|head|run|lead)", sentence.text):
        return
    for match in LEADS.finditer(sentence.text):
        token, before = match["g"] or match["g2"], sentence.text[: match.start()]
        before = before if not FRONTED.match(before) else ""
        organisation = sentence.tag(f"⟦{token}⟧") if token else None
        person = sentence.tag(f"⟦{match['person'] or match['person2']}⟧")
        if person is None or (organisation and organisation.value != "NATO"):
            continue
        if match["person"] and not re.search(r"(?:^|[,;:\"—] ?|\b(?:that|while|when|as) )$", before):
            continue
        if organisation is None and "NATO" not in context.text:
            continue
        verb = match["verb"] or match["verb2"]
        past = re.search(r"\b(?:was|had)\b", verb) is not None
        yield Found(
            "office_holder",
            sentence.span(match),
            slots(
                person=person.value,
                office="secretary general",
                body="NATO",
                status="past" if past else "current",
                leads=True,
                dated=True
                if FRONTED.match(sentence.text) or _DATE_NEXT.match(sentence.text, match.end())
                else None,
            ),
            modality(sentence, match.start(), match.end(), verb=verb),
        )


_DATE_NEXT = re.compile(r",? (?:in|on|from|until|since|between|during) (?:[a-z]+ )?⟦D")


def _held(sentence: Tagged, match: re.Match[str], person: str, *, served: bool, title: bool) -> Found:
    """Make the claim that a person holds, held or will hold an office; a title only names the person."""
    holder = office_of(sentence, match)
    status, mode, term = holder.status, "actual", None
    if served:
        verb = match["verb"]
        mode = modality(sentence, match.start("verb"), match.end("verb"), verb=verb)
        if re.search(r"\b(?:be|to|will)\b", verb):
            mode = "expected"
        status = status or _status_of(verb)
        term = TERM.match(sentence.text, match.end()) if "became" not in verb else None
    days = [_tag_of(sentence, term, k) for k in (("first", "since"), ("last", "until"))]
    end = term.end() if term else match.end()
    return Found(
        "office_holder",
        (sentence.place(match.start()), sentence.place(end, end=True)),
        slots(
            person=person,
            office=holder.office,
            body=holder.body,
            status=status,
            first=days[0] and days[0].value,
            last=days[1] and days[1].value,
            mentioned=True if title else None,
            dated=True
            if served and status != "then" and not any(days) and FRONTED.match(sentence.text)
            else None,
        ),
        mode,
    )


def _tag_of(sentence: Tagged, match: re.Match[str] | None, names: tuple[str, str]) -> Any:
    """Give what the first of two groups that matched stands for."""
    token = next((match[name] for name in names if match[name]), None) if match else None
    return sentence.tag(f"⟦{token}⟧") if token else None


def _status_of(verb: str) -> str:
    """Give the status that a verb implies."""
    if re.search(r"\b(?:previously|formerly|once)\b", verb):
        return "former"
    if re.search(r"\b(?:was|served|had|worked|acted)\b", verb):
        return "past"
    if re.search(r"\bbecame\b", verb):
        return "then"
    return "current" if re.search(r"\b(?:is|serves|serving|currently|now|remains)\b", verb) else ""


def _check_holder(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check who holds an office, by the terms in the ledger.

    Parameters
    ----------
    claim : dict
        Slots person, office, body, status.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        On the day of a handover both the outgoing and the incoming holder count as the holder.
    """
    person, office, body = claim["person"], claim["office"], claim.get("body")
    status = {
        "ex": "former",
        "previous": "former",
        "departing": "outgoing",
        "next": "incoming",
        "future": "incoming",
    }.get(claim.get("status", ""), claim.get("status", ""))
    terms = ledger_index.terms_of(person, office, body)
    if claim.get("dated"):
        return not_checkable("date_unclear", *(t.evidence for t in terms))
    if claim.get("leads") and not terms:
        return not_checkable("definition", note="Heads of government are said to lead the Alliance too.")
    if not terms:
        return _never(person, office, body, status, ledger_index, day)
    rows = tuple(t.evidence for t in terms)
    if "first" in claim or "last" in claim:
        return _within(claim, terms, day, rows)
    past = [t for t in terms if t.end is not None and t.end <= day]
    running = [t for t in terms if t.holds(day)]
    if any(t.holds(day) is None for t in terms) and not past:
        return not_checkable("not_confirmed", *rows)
    if status in ("former", "past"):
        if past:
            return Finding(SUPPORTED, "match", rows)
        if status == "past" or not running:
            return not_checkable("date_unclear", *rows)
        return Finding(CONTRADICTED, "differs", rows, "The term runs on that day.")
    if status in ("outgoing", "incoming"):
        return _changing(status, terms, day, rows)
    if status == "then":
        begun = any(t.start <= day for t in terms)
        return Finding(SUPPORTED, "match", rows) if begun else not_checkable("date_unclear", *rows)
    if running:
        fresh = timedelta(days=parameter("new_in_office_days"))
        if status.startswith("new") and all(day - t.start > fresh for t in running):
            return not_checkable("vague", *rows, note="The holder is no longer new.")
        return Finding(SUPPORTED, "match", rows)
    return _not_now(person, office, body, status, terms, ledger_index, day)


def _within(claim: dict[str, Any], terms: list[Term], day: date, rows: tuple[Any, ...]) -> Finding:
    """Check the years between which an office was held."""
    first, last = (resolve(claim[key], day) if key in claim else None for key in ("first", "last"))
    fits = [
        t
        for t in terms
        if (first is None or compare_day(first, t.start) == "agrees")
        and (last is None or (t.end is not None and compare_day(last, t.end) == "agrees"))
    ]
    if fits:
        return Finding(SUPPORTED, "match", rows)
    if len(terms) > 1 or (first is None and last is None):
        return not_checkable("date_unclear", *rows)
    return Finding(CONTRADICTED, "differs", rows)


def _changing(status: str, terms: list[Term], day: date, rows: tuple[Any, ...]) -> Finding:
    """Check who is called outgoing or incoming."""
    window = timedelta(days=parameter("handover_window_days"))
    if status == "outgoing":
        if any(t.end is not None and day <= t.end <= day + window for t in terms):
            return Finding(SUPPORTED, "match", rows)
        if any(t.holds(day) is not False for t in terms):
            return not_checkable("date_unclear", *rows)
        return Finding(CONTRADICTED, "differs", rows, "The term had ended by that day.")
    if any(day <= t.start <= day + window for t in terms):
        return Finding(SUPPORTED, "match", rows)
    if any(t.start < day for t in terms):
        return Finding(CONTRADICTED, "differs", rows, "The term had begun by that day.")
    return not_checkable("date_unclear", *rows)


def _never(
    person: str, office: str, body: str | None, status: str, ledger_index: LedgerIndex, day: date
) -> Finding:
    """Judge a claim about a person whom the ledger knows in no such office."""
    if body is None:
        return not_checkable("no_row")
    holders = ledger_index.holders(office, body, day)
    rows = tuple(t.evidence for t in holders)
    unique = office not in ("president", "prime minister") or body in (
        "USA",
        "FRA",
        "RUS",
        "UKR",
        "NLD",
        "GBR",
        "NOR",
        "CAN",
    )
    if (
        holders
        and unique
        and status in ("", "current", "sitting", "new")
        and person in known_people().country
    ):
        return Finding(CONTRADICTED, "differs", rows, "Another person holds the office on that day.")
    return not_checkable("no_row", *rows)


def _not_now(
    person: str,
    office: str,
    body: str | None,
    status: str,
    terms: list[Term],
    ledger_index: LedgerIndex,
    day: date,
) -> Finding:
    """Judge a claim that a person holds an office who holds it at another time."""
    rows = tuple(t.evidence for t in terms)
    holders = ledger_index.holders(office, terms[0].body, day)
    shown = rows + tuple(t.evidence for t in holders if t.person != person)
    if not holders:
        return not_checkable("no_row", *rows)
    if any(t.end is not None and t.end <= day for t in terms) and status in ("", "late"):
        return not_checkable("courtesy", *shown)
    window = timedelta(days=parameter("handover_window_days"))
    if any(day < t.start <= day + window for t in terms):
        return not_checkable("date_unclear", *shown, note="The person was to take the office soon.")
    return Finding(CONTRADICTED, "differs", shown, "Another person holds the office on that day.")


def _dated(sentence: Tagged, verb: re.Match[str]) -> tuple[Day, int] | None:
    """Find the date of a verb: after it, or at the head of the sentence; give it and where it ends."""
    after = DATE_AFTER.match(sentence.text, verb.end())
    before = DATE_BEFORE.match(sentence.text)
    found = after or before
    if not found:
        return None
    tag = sentence.tag(f"⟦{found['day']}⟧")
    return (tag.value, found.end() if after else verb.end()) if tag else None


def _find_starts(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find on which day someone is said to have taken or left an office."""
    for kind, pattern in (("office_start", START), ("office_end", END)):
        for verb in pattern.finditer(sentence.text):
            if re.match(r" as (?![^.;,]{0,30}⟦O)", sentence.text[verb.end() :]):
                continue
            dated = _dated(sentence, verb)
            if dated is None or (dated[0].weekday is not None and dated[0].month is None):
                continue
            tag = person_before(sentence, verb.start(), context)
            person = tag.value if tag else None
            if person is None:
                pronoun = re.match(r"(He|She|he|she)\b", sentence.text)
                person = context.antecedent(sentence.offset, pronoun[1]) if pronoun else None
            if person is None:
                continue
            head = tag.end - sentence.offset if tag else 0
            named = re.search(OFFICE, _nearby(sentence, verb, kind, head))
            holder = office_of(sentence, named) if named else None
            mode = modality(
                sentence, verb.start(), verb.end(), verb=sentence.text[max(0, verb.start() - 25) : verb.end()]
            )
            yield Found(
                kind,
                (sentence.place(verb.start()), sentence.place(dated[1], end=True)),
                slots(
                    person=person, office=holder and holder.office, body=holder and holder.body, day=dated[0]
                ),
                mode,
            )


def _nearby(sentence: Tagged, verb: re.Match[str], kind: str, head: int) -> str:
    """Give the text in which the office of a verb is named: after taking office, before leaving it."""
    text = sentence.text
    if kind == "office_end":
        served = re.search(r"served as (.*)$", text[: verb.start()])
        return served[1] if served else text[verb.end() : verb.end() + 60]
    after = text[verb.end() : verb.end() + 70]
    if "⟦O" in after:
        return after
    apposition = re.search(r"⟦P\d+⟧, ([^.]*?), $", text[: verb.start()])
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
    """Tell whether a stated day is so near that an unverified row may be at fault."""
    return stated.span is not None and stated.day is not None and abs((stated.span[0] - true).days) <= 31


def _check_start(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the first day in an office."""
    return _check_boundary(claim, ledger_index, day, first=True)


def _check_end(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the last day in an office."""
    return _check_boundary(claim, ledger_index, day, first=False)


FINDERS = (_find_leaders, _find_holders, _find_starts)
CHECKS = {
    "office_holder": _check_holder,
    "office_start": _check_start,
    "office_end": _check_end,
}
