"""How many allies there are."""

from __future__ import annotations

from datetime import date
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, agreement, not_checkable
from foedus.reading.frames.dates import resolve
from foedus.reading.frames.membership import find_membership_counts
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.values import Amount, Day

__all__ = ["CHECKS", "FINDERS"]


def _check_count(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how many allies there are on the day of the text, or in the year that the text names."""
    stated: Amount = claim["count"]
    if claim.get("founding"):
        count = ledger_index.member_count(date(1949, 12, 31))
        evidence = _count_evidence(count, date(1949, 8, 24))
        return _counted(stated, {count}, (evidence,))
    named: Day | None = claim.get("day")
    if named is not None:
        resolved = resolve(named, day)
        if resolved is None or resolved.span is None:
            return not_checkable("date_unclear")
        first, last = resolved.span
        # A year that began before the day of the text ends, for the text, on its day.
        last = min(last, day) if first <= day else last
        counts = {
            ledger_index.member_count(d)
            for d in (first, last, *(d for d in ledger_index.entry_order if first <= d <= last))
        }
        rows = tuple(_count_evidence(ledger_index.member_count(d), d) for d in sorted({first, last}))
        if first > day:
            return not_checkable("prediction", *rows)
        return _counted(stated, counts, rows)
    count = ledger_index.member_count(day)
    rows = (_count_evidence(count, day),)
    if claim.get("undated"):
        same = agreement(stated, count, exact=True) == "agrees"
        return Finding(SUPPORTED, "match", rows) if same else not_checkable("date_unclear", *rows)
    if claim.get("ratified"):
        # Those who ratified an accession were the allies of before it.
        earlier = {ledger_index.member_count(d) for d in ledger_index.entry_order if d <= day} - {count}
        if stated.whole in earlier:
            return not_checkable("date_unclear", *rows)
    if claim.get("others"):
        if stated.whole in (count, count - 1):
            return Finding(SUPPORTED, "match", rows, "A member speaking of its allies may leave itself out.")
        return not_checkable("definition", *rows)
    return _counted(stated, {count}, rows)


def _counted(stated: Amount, counts: set[int], rows: tuple[Evidence, ...]) -> Finding:
    """Compare a stated number of allies with the numbers there were."""
    results = {agreement(stated, n, exact=True) for n in counts}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", rows)
    if "rounding" in results:
        return not_checkable("rounding", *rows)
    return Finding(CONTRADICTED, "differs", rows)


def _count_evidence(count: int, day: date) -> Evidence:
    """Make evidence of the number of allies on a day."""
    row = {"known": "press"}
    return table_evidence("members", row, f"{count} allies on {day}", float(count))


FINDERS = (find_membership_counts,)
CHECKS = {"membership_count": _check_count}
