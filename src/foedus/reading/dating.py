"""Infer the day of a text from what it takes for past and for yet to come, and tell its phase."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from foedus.evidence.institutions import institution_table
from foedus.reading.ahead import Ahead
from foedus.reading.claims import StatedClaim, parameter
from foedus.reading.documents import Dating, Document
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.values import Day

__all__ = ["EARLIEST", "date_document", "phase_of"]

EARLIEST = date(1949, 4, 4)
_FORMER, _AHEAD = {"former", "ex", "previous"}, {"incoming", "next", "future"}


@dataclass
class _Bounds:
    """The interval as it is narrowed."""

    first: date
    last: date
    why: list[str] = field(default_factory=list)

    def after(self, day: date, why: str) -> None:
        """Learn that the text is not older than a day."""
        if self.first < day <= self.last:
            self.first = day
            self.why.append(f"not before {day}: {why}")

    def before(self, day: date, why: str) -> None:
        """Learn that the text is not newer than a day."""
        if self.first <= day < self.last:
            self.last = day
            self.why.append(f"not after {day}: {why}")


def date_document(
    document: Document,
    claims: list[StatedClaim],
    ledger_index: LedgerIndex,
    *,
    given: date | None,
    today: date,
    ahead: Iterable[Ahead] = (),
) -> Dating:
    """Return when a text was written.

    Parameters
    ----------
    document : Document
        The text.
    claims : list of StatedClaim
        Its claims, not yet checked; those of the narrator only.
    ledger_index : LedgerIndex
        The ledger.
    given : datetime.date or None
        The day the user gives.
    today : datetime.date
        The last day that is possible.
    ahead : iterable of Ahead, optional
        What the text calls still to come; looked at only where the day is not given.

    Returns
    -------
    Dating
        One day, or an interval with the reasons for it.
    """
    for day, basis in ((given, "given"), (document.published, "published"), (document.dateline, "dateline")):
        if day is not None and day >= EARLIEST:
            return Dating(day, day, basis)
    bounds = _Bounds(EARLIEST, today)
    for claim in claims:
        _from_office(claim, ledger_index, bounds)
    for claim in claims:
        _from_event(claim, ledger_index, bounds)
    for coming in ahead:
        later = [d for d in sorted(coming.days) if d >= bounds.first]
        if later:
            bounds.before(later[0], coming.why)
    day = _by_weekday(claims, bounds)
    if day is not None:
        bounds.why.append(f"a weekday and a date fit only {day}")
        return Dating(day, day, "inferred", tuple(bounds.why))
    if not bounds.why:
        return Dating(bounds.first, bounds.last, "unknown")
    return Dating(bounds.first, bounds.last, "inferred", tuple(bounds.why))


def _from_office(claim: StatedClaim, ledger_index: LedgerIndex, bounds: _Bounds) -> None:
    """Learn from who is called former, incoming or outgoing, and from who took office."""
    slots = claim.slots
    if claim.kind == "office_holder":
        terms = ledger_index.terms_of(slots["person"], slots.get("office"), slots.get("body"))
        status = slots.get("status", "")
        if len(terms) != 1:
            return
        term, name = terms[0], f"{slots['person']}, {slots['office']}"
        window = timedelta(days=parameter("handover_window_days"))
        if status in _FORMER and term.end:
            bounds.after(term.end, f"{status} {name}")
        elif status in _AHEAD:
            bounds.before(term.start, f"{status} {name}")
            bounds.after(_announced(slots["person"], term.start) or term.start - window, f"{status} {name}")
        elif status == "outgoing" and term.end:
            bounds.before(term.end, f"outgoing {name}")
            bounds.after(term.end - window, f"outgoing {name}")
        elif status in ("current", "new") or (not status and term.office == "secretary general"):
            bounds.after(
                term.start if status != "new" else (_announced(slots["person"], term.start) or term.start),
                f"{name} in office",
            )
    elif claim.kind in ("office_start", "office_ordinal", "office_succession") and claim.modality == "actual":
        person = slots.get("person") or slots.get("successor")
        terms = ledger_index.terms_of(str(person), slots.get("office"), slots.get("body"))
        fits = (
            claim.kind != "office_start"
            or len(terms) == 1
            or (terms and _fits(slots["day"], terms[-1].start))
        )
        if terms and fits:
            bounds.after(terms[-1].start, f"{person} took office")


def _fits(day: Day, start: date) -> bool:
    """Whether a date without a year may be a first day in office."""
    return (
        day.month in (None, start.month) and day.day in (None, start.day) and day.year in (None, start.year)
    )


def _announced(person: str, start: date) -> date | None:
    """Return the day on which a change of office was announced, where the table of events has it."""
    for row in institution_table("events").rows:
        if row["date"] == str(start) and person in row["meaning"]:
            return date.fromisoformat(row["announced"])
    return None


def _from_event(claim: StatedClaim, ledger_index: LedgerIndex, bounds: _Bounds) -> None:
    """Learn from accessions, from events that are past, and from elections that are yet to come."""
    slots = claim.slots
    if claim.kind == "accession" and claim.modality == "actual" and not slots.get("negated"):
        for country in slots["countries"]:
            if country in ledger_index.entries:
                bounds.after(ledger_index.entries[country][0], f"{country} is an ally")
    elif claim.kind in ("event_date", "event_year"):
        days = sorted(
            date.fromisoformat(r["date"])
            for r in institution_table("events").rows
            if r["event"] == slots["event"]
        )
        if slots["event"] == "invasion-of-ukraine":
            bounds.after(days[-1], "the invasion of Ukraine is past")
        elif slots.get("upcoming") or (slots.get("day") and slots["day"].year):
            year = slots["day"].year if slots.get("day") else None
            ahead = [d for d in days if d >= bounds.first and (year is None or d.year == year)]
            if slots.get("upcoming") and ahead:
                bounds.before(ahead[0], "an election is yet to come")
                earlier = [d for d in days if d < ahead[0]]
                if earlier:
                    bounds.after(earlier[-1] + timedelta(days=1), "an election is yet to come")
    elif claim.kind in ("application_date", "summit"):
        day = slots.get("day")
        if isinstance(day, Day) and day.span and day.span[0] <= bounds.last:
            bounds.after(day.span[0], f"{day} is past")


def _by_weekday(claims: list[StatedClaim], bounds: _Bounds) -> date | None:
    """Find the one day in the interval that a weekday with a date fits, when the text speaks of it as its
    own."""
    for claim in claims:
        if claim.kind != "weekday_date" or (bounds.last - bounds.first).days > 366 * 3:
            continue
        stated: Day = claim.slots["day"]
        fits = []
        for year in range(bounds.first.year, bounds.last.year + 1):
            span = stated.in_year(year).span if stated.year in (None, year) else None
            if (
                span
                and bounds.first - timedelta(days=7) <= span[0] <= bounds.last
                and span[0].weekday() == stated.weekday
            ):
                fits.append(span[0])
        if len(fits) == 1:
            return fits[0]
    return None


def phase_of(claims: list[StatedClaim]) -> str:
    """Return on which side of a change of Secretary General a text stands.

    Parameters
    ----------
    claims : list of StatedClaim
        The narrator's claims.

    Returns
    -------
    str
        "before the handover", "after the handover", or nothing when the text does not say.
    """
    votes = {"before": 0, "after": 0}
    for claim in claims:
        if claim.kind == "office_holder" and claim.slots.get("office") == "secretary general":
            status = claim.slots.get("status", "")
            votes["before"] += status in _AHEAD or status == "outgoing"
            votes["after"] += status in _FORMER
        past = (
            claim.modality == "actual"
            and claim.slots.get("office", "secretary general") == "secretary general"
        )
        if claim.kind in ("office_start", "office_ordinal", "office_succession") and past:
            votes["after"] += 2
    if votes["before"] == votes["after"]:
        return ""
    return "before the handover" if votes["before"] > votes["after"] else "after the handover"
