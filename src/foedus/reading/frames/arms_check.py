"""Check who gave Ukraine which weapon, and when, against the record of transfers.

What is said to have been announced agrees with the day of an announcement, and what is said to have been given
with the first day of delivery that a source names. The record is not complete: what it lacks is left open.
Contradicted is only what is said to have been given well before the day before which the record knows of no
announcement, or by a donor who, on record, had given none by then.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from foedus.aid.transfers import CARD_ID, RECORD, Refusal, Transfer, refusals, transfers
from foedus.axes import country_name
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, not_checkable
from foedus.reading.frames.dates import resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.named_times import named_time
from foedus.reading.patterns.arms import weapon_name

__all__ = ["check_arms"]

Window = tuple[date, date]

FIRST_DAY = date(2014, 1, 1)
"""Before this day nobody is asked about arms for Ukraine."""
SECRET = timedelta(days=90)
"""How long before its announcement a weapon may have been sent without being told."""
EITHER = {"leopard": ("leopard_1", "leopard_2")}
"""Names that two weapons share."""
_WHOLE = re.compile(r"(?:under|during|in|over|throughout)\b", re.IGNORECASE)


def check_arms(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check a weapon that somebody is said to have given or announced.

    Parameters
    ----------
    claim : dict
        Slots weapon, donors, person, manner ("announced" or "handed") and years; none where no weapon of the
        record is named.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        Supported where a row agrees for every donor named.
    """
    if "weapon" not in claim:
        return not_checkable("no_row", note="The record lists weapons by name.")
    weapons = EITHER.get(claim["weapon"], (claim["weapon"],))
    donors = claim.get("donors")
    windows = _windows(claim, ledger_index, day, (donors or ("",))[0])
    if windows is None:
        return not_checkable("date_unclear")
    if "person" in claim:
        donors, windows = _in_office(claim["person"], ledger_index, windows)
        if not donors or not windows:
            return not_checkable("no_row", note="The ledger knows no office of a country at that time.")
    findings = [_of_donor(weapons, donor, windows, claim["manner"], day) for donor in donors or ("",)]
    evidence = tuple(dict.fromkeys(e for f in findings for e in f.evidence))
    for verdict in (CONTRADICTED, SUPPORTED):
        of_verdict = [f for f in findings if f.verdict == verdict]
        if of_verdict and (verdict == CONTRADICTED or len(of_verdict) == len(findings)):
            return Finding(verdict, of_verdict[0].reason, evidence, of_verdict[0].note)
    unknown = next(f for f in findings if f.verdict != SUPPORTED)
    return not_checkable(unknown.reason, *evidence, note=unknown.note)


def _windows(
    claim: dict[str, Any], ledger_index: LedgerIndex, day: date, about: str
) -> tuple[Window, ...] | None:
    """Return the stretches of time that a claim may be of; None where its words do not say."""
    years = claim.get("years", {})
    if "open" in years:
        time = named_time(years["open"], ledger_index, day, about=about or None)
        if time is None or time.open or time.first is None or time.last is None:
            return None
        if _WHOLE.match(years["open"]):
            return ((time.first, time.last),)
        return ((date(time.years[0], 1, 1), date(time.years[-1], 12, 31)),)
    if "day" in years:
        stated = resolve(years["day"], day)
        return (stated.span,) if stated is not None and stated.span is not None else None
    return ((FIRST_DAY, day),)


def _in_office(
    person: str, ledger_index: LedgerIndex, windows: tuple[Window, ...]
) -> tuple[tuple[str, ...], tuple[Window, ...]]:
    """Return the country of which a person held an office, and the time of it within some stretches."""
    terms = [
        t for t in ledger_index.terms_of(person) if len(t.body) == 3 and (t.end or date.max) >= FIRST_DAY
    ]
    bodies = tuple(dict.fromkeys(t.body for t in terms))
    if len(bodies) != 1:
        return (), ()
    inside = [
        (max(first, t.start), min(last, t.end or last))
        for first, last in windows
        for t in terms
        if t.start <= last and (t.end or last) >= first
    ]
    return bodies, tuple(inside)


def _of_donor(
    weapons: tuple[str, ...], donor: str, windows: tuple[Window, ...], manner: str, day: date
) -> Finding:
    """Check the weapons of one donor, or of any."""
    rows = [t for t in transfers() if t.weapon in weapons and donor in ("", t.donor)]
    public = [t for t in rows if t.public <= day]
    shown = tuple(_evidence(t) for t in public) + tuple(
        _evidence(t, later=True) for t in rows if t not in public
    )
    days = {"announced": [t.announced for t in public], "handed": [t.delivered for t in public]}
    hits = [d for d in days[manner] if d is not None and d <= day and _inside(d, windows)]
    refused = [r for r in refusals() if r.donor == donor and r.weapon in ("", *weapons) and r.until <= day]
    shown += tuple(_refusal_evidence(r) for r in refused)
    if hits:
        return Finding(SUPPORTED, "match", shown)
    last = min(max(window[1] for window in windows), day)
    bounds = [_none_before(public, donor, weapon) for weapon in weapons]
    before = donor and all(bound is not None and last < bound - SECRET for bound in bounds)
    if before or any(r.known != "unverified" and last <= r.until for r in refused):
        return Finding(CONTRADICTED, "differs", shown)
    if not public:
        return not_checkable("no_row", *shown, note="The record of transfers is not complete.")
    if manner == "handed" and any(t.announced and _inside(t.announced, windows) for t in public):
        return not_checkable("announced_only", *shown)
    return not_checkable("no_row", *shown, note="The record has first days, and not every transfer.")


def _none_before(rows: list[Transfer], donor: str, weapon: str) -> date | None:
    """Return the day before which a donor had announced none of a weapon; None where that is not known."""
    days = [
        t.none_before
        for t in rows
        if (t.donor, t.weapon) == (donor, weapon) and t.none_before and t.known != "unverified"
    ]
    return min(days, default=None)


def _inside(day: date, windows: tuple[Window, ...]) -> bool:
    """Whether a day lies in one of some stretches of time."""
    return any(first <= day <= last for first, last in windows)


def _evidence(transfer: Transfer, *, later: bool = False) -> Evidence:
    """Return a transfer as evidence."""
    told = f"announced {transfer.announced}" if transfer.announced else "no day of announcement on record"
    came = f"delivered {transfer.delivered}" if transfer.delivered else "no day of delivery on record"
    text = f"{country_name(transfer.donor)}, {weapon_name(transfer.weapon)}: {told}, {came} ({transfer.what})"
    public = transfer.public
    return Evidence(text, public.isoformat(), RECORD, CARD_ID, public, transfer.known, later)


def _refusal_evidence(refusal: Refusal) -> Evidence:
    """Return a refusal as evidence."""
    weapon = weapon_name(refusal.weapon) if refusal.weapon else "weapons"
    text = f"{country_name(refusal.donor)}, {weapon}: none by {refusal.until} ({refusal.what})"
    return Evidence(text, refusal.until.isoformat(), RECORD, CARD_ID, refusal.until, refusal.known)
