"""Check who holds, held or is about to hold an office, by the terms in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, not_checkable, parameter
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import Term
from foedus.reading.tagging import known_people

__all__ = ["check_holder"]

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


def check_holder(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
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
