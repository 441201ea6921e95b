"""Who holds, held or is about to hold which office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    StatedClaim,
    not_checkable,
    parameter,
)
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import Term
from foedus.reading.patterns.grammar import (
    FRONTED,
    modality,
    office_of,
    pronoun_or_person,
    slots,
)
from foedus.reading.patterns.offices import (
    AFTER_NAME,
    BEFORE_NAME,
    LEADS,
    NOT_AN_OFFICE,
    SERVED,
    TERM,
)
from foedus.reading.tagging import Tagged, known_people

__all__ = ["CHECKS", "FINDERS"]


def _find_holders(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
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
            claim = _held(sentence, match, person, served=pattern is SERVED, title=pattern is BEFORE_NAME)
            # "A and B, the minister, and two others" may be a list, in which the office names another person.
            listed = pattern is AFTER_NAME and _IN_A_LIST.search(sentence.text[: match.start()])
            yield replace(claim, firm=False) if listed else claim


_IN_A_LIST = re.compile(r"⟦[PC]\d+⟧(?:,| and|, and) $")
_NOT_THE_OFFICE = re.compile(
    r"\b(?:[Aa]cting|[Dd]eputy|[Aa]ssistant|[Ii]nterim|[Hh]onorary|[Ss]hadow|[Vv]ice) $"
)


def _find_leaders(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
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
        yield StatedClaim(
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


def _held(sentence: Tagged, match: re.Match[str], person: str, *, served: bool, title: bool) -> StatedClaim:
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
    return StatedClaim(
        "office_holder",
        (sentence.document_index(match.start()), sentence.document_index(end, end=True)),
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
    """Return what the first of two groups that matched stands for."""
    token = next((match[name] for name in names if match[name]), None) if match else None
    return sentence.tag(f"⟦{token}⟧") if token else None


def _status_of(verb: str) -> str:
    """Return the status that a verb implies."""
    if re.search(r"\b(?:previously|formerly|once)\b", verb):
        return "former"
    if re.search(r"\b(?:was|served|had|worked|acted)\b", verb):
        return "past"
    if re.search(r"\bbecame\b", verb):
        return "then"
    return "current" if re.search(r"\b(?:is|serves|serving|currently|now|remains)\b", verb) else ""


_STATUS = {
    "ex": "former",
    "previous": "former",
    "departing": "outgoing",
    "next": "incoming",
    "future": "incoming",
}
"""Words for a status that mean the same as another."""


@dataclass(frozen=True)
class HeldOffice:
    """The claim that a person holds an office, with the status that the text gives the person in it."""

    person: str
    office: str
    body: str | None
    status: str

    @classmethod
    def of(cls, claim: dict[str, Any]) -> HeldOffice:
        """Read it off the slots of a claim."""
        status = claim.get("status", "")
        return cls(claim["person"], claim["office"], claim.get("body"), _STATUS.get(status, status))


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
    held = HeldOffice.of(claim)
    terms = ledger_index.terms_of(held.person, held.office, held.body)
    if claim.get("dated"):
        return not_checkable("date_unclear", *(t.evidence for t in terms))
    if claim.get("leads") and not terms:
        return not_checkable("definition", note="Heads of government are said to lead the Alliance too.")
    if not terms:
        return _never(held, ledger_index, day)
    rows = tuple(t.evidence for t in terms)
    if "first" in claim or "last" in claim:
        return _within(claim, terms, day, rows)
    ended = any(t.end is not None and t.end <= day for t in terms)
    if any(t.holds(day) is None for t in terms) and not ended:
        return not_checkable("not_confirmed", *rows)
    if held.status in ("former", "past"):
        return _former(held.status, terms, day, rows)
    if held.status in ("outgoing", "incoming"):
        return _changing(held.status, terms, day, rows)
    if held.status == "then":
        begun = any(t.start <= day for t in terms)
        return Finding(SUPPORTED, "match", rows) if begun else not_checkable("date_unclear", *rows)
    running = [t for t in terms if t.holds(day)]
    if not running:
        return _not_now(held, terms, ledger_index, day)
    fresh = timedelta(days=parameter("new_in_office_days"))
    if held.status.startswith("new") and all(day - t.start > fresh for t in running):
        return not_checkable("vague", *rows, note="The holder is no longer new.")
    return Finding(SUPPORTED, "match", rows)


def _former(status: str, terms: list[Term], day: date, rows: tuple[Evidence, ...]) -> Finding:
    """Check who is called a former holder, or is said to have held an office."""
    if any(t.end is not None and t.end <= day for t in terms):
        return Finding(SUPPORTED, "match", rows)
    if status == "past" or not any(t.holds(day) for t in terms):
        return not_checkable("date_unclear", *rows)
    return Finding(CONTRADICTED, "differs", rows, "The term runs on that day.")


def _within(claim: dict[str, Any], terms: list[Term], day: date, rows: tuple[Evidence, ...]) -> Finding:
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


def _changing(status: str, terms: list[Term], day: date, rows: tuple[Evidence, ...]) -> Finding:
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


_ONE_AT_A_TIME = frozenset(["USA", "FRA", "RUS", "UKR", "NLD", "GBR", "NOR", "CAN"])
"""Countries where another person in the office contradicts a claim to be president or prime minister."""


def _never(held: HeldOffice, ledger_index: LedgerIndex, day: date) -> Finding:
    """Judge a claim about a person whom the ledger knows in no such office."""
    if held.body is None:
        return not_checkable("no_row")
    holders = ledger_index.holders(held.office, held.body, day)
    rows = tuple(t.evidence for t in holders)
    unique = held.office not in ("president", "prime minister") or held.body in _ONE_AT_A_TIME
    now = held.status in ("", "current", "sitting", "new")
    if holders and unique and now and held.person in known_people().country:
        return Finding(CONTRADICTED, "differs", rows, "Another person holds the office on that day.")
    return not_checkable("no_row", *rows)


def _not_now(held: HeldOffice, terms: list[Term], ledger_index: LedgerIndex, day: date) -> Finding:
    """Judge a claim that a person holds an office who holds it at another time."""
    rows = tuple(t.evidence for t in terms)
    holders = ledger_index.holders(held.office, terms[0].body, day)
    shown = rows + tuple(t.evidence for t in holders if t.person != held.person)
    if not holders:
        return not_checkable("no_row", *rows)
    if any(t.end is not None and t.end <= day for t in terms) and held.status in ("", "late"):
        return not_checkable("courtesy", *shown)
    window = timedelta(days=parameter("handover_window_days"))
    if any(day < t.start <= day + window for t in terms):
        return not_checkable("date_unclear", *shown, note="The person was to take the office soon.")
    return Finding(CONTRADICTED, "differs", shown, "Another person holds the office on that day.")


FINDERS = (_find_leaders, _find_holders)
CHECKS = {"office_holder": _check_holder}
