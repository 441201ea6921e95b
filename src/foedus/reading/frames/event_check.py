"""Check the days of events against the table of events."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, not_checkable, parameter
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.values import Day

__all__ = ["check_event", "event_row"]


def check_event(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the day of an event; an upcoming one is the next of its kind after the day of the text."""
    rows = [
        r
        for r in institution_table("events").rows
        if r["event"] == claim["event"] and r["announced"] <= day.isoformat()
    ]
    if not rows:
        return not_checkable("no_row")
    if claim.get("outcome"):
        return not_checkable("outcome", *(event_row(r) for r in rows[-1:]))
    days = {date.fromisoformat(r["date"]): r for r in rows}
    named: Day | None = claim.get("day")
    if claim.get("upcoming"):
        return _check_upcoming(named, days, day)
    if named is None:
        return not_checkable("date_unclear")
    # Without a year, the event of its kind that is nearest to the text is meant.
    nearest = min(days, key=lambda d: abs((d - day).days))
    resolved = (
        named.in_year(nearest.year) if named.year is None and named.relative is None else resolve(named, day)
    )
    if resolved is None:
        return not_checkable("date_unclear")
    evidences = tuple(event_row(r) for r in days.values())
    if any(compare_day(resolved, d) == "agrees" for d in days):
        return Finding(
            SUPPORTED,
            "match",
            tuple(event_row(r) for d, r in days.items() if compare_day(resolved, d) == "agrees"),
        )
    # The war began in 2014, the full-scale invasion in 2022: a year of the first is another definition.
    # An attack or an offensive may be another one than the invasion.
    if claim["event"] == "invasion-of-ukraine" and (resolved.year == 2014 or claim.get("loose")):
        return not_checkable("definition", *evidences)
    span = resolved.span
    if span is None or (named.year is None and named.month is None):
        return not_checkable("date_unclear", *evidences)
    if claim["event"] == "us-presidential-election" and (
        named.year is None or resolved.year not in {d.year for d in days}
    ):
        return not_checkable("date_unclear", *evidences)
    return Finding(CONTRADICTED, "differs", evidences)


def _check_upcoming(named: Day | None, days: dict[date, dict[str, str]], day: date) -> Finding:
    """Check the day of an event that is called upcoming."""
    horizon = day + timedelta(days=parameter("event_horizon_days"))
    ahead = sorted(d for d in days if day <= d <= horizon)
    if not ahead:
        return not_checkable("date_unclear")
    evidence = event_row(days[ahead[0]])
    if named is None:
        return Finding(SUPPORTED, "match", (evidence,))
    resolved = resolve(named, day, past=False)
    if resolved is None:
        return not_checkable("date_unclear", evidence)
    agrees = compare_day(resolved, ahead[0]) == "agrees"
    return (
        Finding(SUPPORTED, "match", (evidence,)) if agrees else Finding(CONTRADICTED, "differs", (evidence,))
    )


def event_row(row: dict[str, str]) -> Any:
    """Make evidence of an event."""
    suffix = f", {row['place']}" if row["place"] else ""
    return table_evidence("events", row, f"{row['meaning']}: {row['date']}{suffix}", row["date"])
