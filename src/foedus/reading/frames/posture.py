"""Posture: troops that NATO is said to have sent to its eastern flank, against the forward forces on record.

A rise is that of the battlegroups: from the last strength before the newest one to the newest that was public on
the day of the text. The record holds no strengths of every scope and day, so that a claim it does not bear out
is left open and never contradicted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.axes import country_name
from foedus.forces.forward import CARD_ID, ForwardForce, battlegroup_totals, forward_forces
from foedus.reading.claims import SUPPORTED, Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.patterns.events import POSTURE
from foedus.reading.patterns.grammar import modality
from foedus.reading.tagging import Tagged

__all__ = ["CHECKS", "FINDERS"]

# "driven NATO to", "the alliance has": who sends. "Russia sent", "Moscow has": somebody else.
SENDER = re.compile(r"\b(?:NATO|[Aa]lliance|[Aa]llies|the West|Western)\b")
OTHERS = re.compile(r"\b(?:Russia|Moscow|Kremlin|Belarus|Ukraine|Kyiv|China|North Korea)\b")
# "to its eastern borders", "on the eastern flank", "to Poland": the flank, and hosts on it.
FLANK = re.compile(
    r"\b(?:[Ee]astern|Baltic|NATO's)\b[^.;,]{0,20}\b(?:borders?|flank|front|states|members)\b|\bflank\b"
)
HOSTS = {
    "Bulgaria": "BGR",
    "Estonia": "EST",
    "Hungary": "HUN",
    "Latvia": "LVA",
    "Lithuania": "LTU",
    "Poland": "POL",
    "Romania": "ROU",
    "Slovakia": "SVK",
}
NUMBER = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d{3,6})\b")

LEAST = {"thousands": 2000, "hundreds": 200, "dozens": 24, "additional": 1}
"""What a word for a number asks for at least."""

NEAR = 0.1
"""How far a stated number may be from a strength on record and still be that strength."""


@dataclass(frozen=True)
class Rise:
    """The rise of the battlegroups that a text can have meant.

    Attributes
    ----------
    before, after : int
        Persons in all battlegroups before the newest strength, and by it.
    evidence : tuple of Evidence
        The strengths.
    """

    before: int
    after: int
    evidence: tuple[Evidence, ...]

    @property
    def more(self) -> int:
        """How many more."""
        return self.after - self.before


def _find_posture(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find troops that somebody is said to have sent or stationed."""
    match = POSTURE.search(sentence.plain)
    if match is None:
        return
    before, words = sentence.plain[: match.start()], match[0]
    senders = [m.start() for m in SENDER.finditer(before)]
    others = [m.start() for m in OTHERS.finditer(before)]
    host = next((code for name, code in HOSTS.items() if name in words), "")
    number = NUMBER.search(words)
    slots = {
        "nato": bool(senders) and (not others or max(senders) > max(others)),
        "eastern": bool(FLANK.search(words)) or bool(host),
        "host": host,
        "word": next((word for word in LEAST if word in words), ""),
        "number": int(number[1].replace(",", "")) if number else 0,
    }
    span = (sentence.offset + match.start(), sentence.offset + match.end())
    yield StatedClaim("posture", span, slots, modality(sentence, 0, 0))


def _check_posture(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check troops on the eastern flank against the strengths that were public on the day of the text."""
    if not claim["eastern"]:
        return not_checkable("vague")
    if claim["number"]:
        return _check_number(claim, day)
    if claim["host"] or not claim["nato"]:
        return not_checkable("scope", *(_evidence(f) for f in _at_host(claim["host"], day)))
    rise = rise_by(day)
    if rise is None:
        return not_checkable("no_row")
    least = LEAST.get(claim["word"], 0)
    if not least:
        return not_checkable("vague", *rise.evidence)
    note = f"battlegroups: {rise.before:,} before and {rise.after:,} after, {rise.more:,} more"
    if rise.more < least:
        return not_checkable("scope", *rise.evidence, note=note)
    return Finding(SUPPORTED, "match", rise.evidence, note)


def _check_number(claim: dict[str, Any], day: date) -> Finding:
    """Check a stated number against every strength on record of a host, or of all together."""
    if claim["host"]:
        known = _at_host(claim["host"], day)
        values: list[tuple[int, tuple[Evidence, ...]]] = [(f.strength or 0, (_evidence(f),)) for f in known]
    else:
        values = [(total, tuple(map(_evidence, parts))) for _, total, parts in battlegroup_totals(day)]
        values += [
            (f.strength or 0, (_evidence(f),)) for f in forward_forces(day, scope="under_nato_command")
        ]
    for value, evidence in values:
        if abs(value - claim["number"]) <= NEAR * value:
            planned = any(item.known == "announced" for item in evidence)
            return (
                not_checkable("prediction", *evidence) if planned else Finding(SUPPORTED, "match", evidence)
            )
    return not_checkable("scope", *(item for _, evidence in values for item in evidence))


def _at_host(host: str, day: date) -> tuple[ForwardForce, ...]:
    """Return the strengths at a host that were public by a day."""
    return tuple(f for f in forward_forces(day) if f.host == host and f.strength is not None)


def rise_by(day: date) -> Rise | None:
    """Return the rise of the battlegroups by a day; None before any strength was on record.

    Parameters
    ----------
    day : datetime.date
        The day of the text.

    Returns
    -------
    Rise or None
        From the strength before the newest, or from nothing, to the newest.
    """
    totals = [entry for entry in battlegroup_totals(day) if entry[0] <= day]
    if not totals:
        return None
    _, after, parts = totals[-1]
    before, earlier = (totals[-2][1], totals[-2][2]) if len(totals) > 1 else (0, ())
    return Rise(before, after, tuple(_evidence(f) for f in (*earlier, *parts)))


def _evidence(force: ForwardForce) -> Evidence:
    """Return a strength as evidence."""
    at = "four hosts" if force.host == "NATO" else country_name(force.host)
    text = f"{at}, {force.day}: {force.strength:,} ({force.what})"
    return Evidence(text, force.strength, "forward_land_forces", CARD_ID, force.public, force.known)


FINDERS = (_find_posture,)
CHECKS = {"posture": _check_posture}
