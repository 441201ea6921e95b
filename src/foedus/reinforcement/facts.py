"""What is public on permits, notices, trains and columns of military movement.

The table stands in ``evidence/records/mobility_facts`` under the card ``mobility-facts-2026-11``. Two
quantities in it are 45 days and are never mixed: the *notice* that one country asks for before a crossing,
and what officials estimate that the *move* of an army from western ports to the eastern border takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "PERMITS", "MobilityFact", "mobility_facts"]

CARD_ID = "mobility-facts-2026-11"
"""The source card of the table."""

PERMITS = {
    "notice_normal": "notice of one country, normal circumstances",
    "permit_proposal": "European Commission's proposal",
    "permit_parliament": "position of committees of the European Parliament",
    "permit_emergency": "the proposal, in an emergency",
}
"""The days before a crossing that are on record, and what each is."""


@dataclass(frozen=True)
class MobilityFact:
    """One fact.

    Attributes
    ----------
    name, what : str
        Its key, and what is counted.
    value : float or None
        The single or middle value.
    low, high : float or None
        The ends, where the source has some.
    unit : str
        Days, trains, wagons and so on.
    day : datetime.date
        The day it was public; the month's last where only a month is known.
    known, source, note : str
        How it is known, where from, and what a reader must know.
    """

    name: str
    what: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    day: date
    known: str
    source: str
    note: str


def _number(cell: str) -> float | None:
    """Return the number in a cell; None where it is empty."""
    return float(cell) if cell else None


def mobility_facts(as_of: date | None = None) -> dict[str, MobilityFact]:
    """Return the facts that were public by a day, by name."""
    facts = {
        row["name"]: MobilityFact(
            row["name"],
            row["what"],
            _number(row["mode"]),
            _number(row["low"]),
            _number(row["high"]),
            row["unit"],
            date.fromisoformat(row["day"]),
            row["known"],
            row["source"],
            row["note"],
        )
        for row in record_rows("mobility_facts", "mobility_facts")
    }
    return {name: fact for name, fact in facts.items() if as_of is None or fact.day <= as_of}
