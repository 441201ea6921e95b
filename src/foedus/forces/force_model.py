"""The tiers of NATO's Force Model of 2022 on record.

The table stands in ``evidence/records/force_model`` under the card ``force-model-2022-06``. The days of a
tier are days until its forces are ready, not until they arrive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "Tier", "tiers"]

CARD_ID = "force-model-2022-06"
"""The source card of the table."""


@dataclass(frozen=True)
class Tier:
    """One tier of readiness.

    Attributes
    ----------
    tier, days_from, days_to, persons : int
        Its number, the days between which it is to be ready, and how many persons it holds.
    day : datetime.date
        The day it was public.
    known, source : str
        How it is known, and where from.
    """

    tier: int
    days_from: int
    days_to: int
    persons: int
    day: date
    known: str
    source: str


def tiers(as_of: date | None = None) -> tuple[Tier, ...]:
    """Return the tiers that were public by a day, the readiest first."""
    rows = (row for row in record_rows("force_model", "force_model_tiers") if row["days_to"])
    read = (
        Tier(
            int(row["tier"]),
            int(row["days_from"]),
            int(row["days_to"]),
            int(row["persons"]),
            date.fromisoformat(row["day"]),
            row["known"],
            row["source"],
        )
        for row in rows
    )
    return tuple(tier for tier in read if as_of is None or tier.day <= as_of)
