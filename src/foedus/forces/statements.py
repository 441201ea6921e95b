"""What ministers and NATO have said about forces to come: dated statements, and no documents.

The table stands in ``evidence/records/national_statements`` under the card ``national-statements-2026-11``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "MORE_PERSONS", "NationalStatement", "statements"]

CARD_ID = "national-statements-2026-11"
"""The source card of the table."""

MORE_PERSONS = frozenset({"additional_active_persons", "additional_full_time_posts"})
"""The quantities that count persons more than now: what a part in persons is held against."""


@dataclass(frozen=True)
class NationalStatement:
    """What somebody said.

    Attributes
    ----------
    country : str
        Whom it is about, an alpha-3 code or an aggregate.
    day : datetime.date
        The day it was said.
    quantity, unit : str
        What is counted, and in what.
    low, high : float
        The range that was said; equal where it was one number.
    baseline, what, known, source, url : str
        What it comes on top of, in words, how it is known, and where from.
    """

    country: str
    day: date
    quantity: str
    low: float
    high: float
    unit: str
    baseline: str
    what: str
    known: str
    source: str
    url: str

    @property
    def middle(self) -> float:
        """The middle of the range."""
        return 0.5 * (self.low + self.high)


@cache
def _all() -> tuple[NationalStatement, ...]:
    """Read the whole table."""
    return tuple(
        NationalStatement(
            row["country"],
            date.fromisoformat(row["day"]),
            row["quantity"],
            float(row["low"]),
            float(row["high"]),
            *(row[name] for name in ("unit", "baseline", "what", "known", "source", "url")),
        )
        for row in record_rows("national_statements", "national_statements")
    )


def statements(
    as_of: date | None = None, *, quantities: frozenset[str] | None = None
) -> tuple[NationalStatement, ...]:
    """Return what had been said by a day, of all quantities or of some."""
    return tuple(
        said
        for said in _all()
        if (as_of is None or said.day <= as_of) and (quantities is None or said.quantity in quantities)
    )
