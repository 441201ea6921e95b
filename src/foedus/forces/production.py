"""Rates of production on record: how many items a year, and whether that is made, claimed or wanted.

The table stands in ``evidence/records/production_rates`` under the card ``production-rates-2026-11``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "ProductionRate", "production_rates"]

CARD_ID = "production-rates-2026-11"
"""The source card of the table."""


@dataclass(frozen=True)
class ProductionRate:
    """One rate.

    Attributes
    ----------
    equipment, item, producer : str
        The class of forces, what is made, and by whom.
    day : datetime.date
        The day it is of; of a target, the day by which it was to be met.
    rate_per_year : float
        Items a year.
    kind : {"actual", "capacity", "claimed", "target", "projection"}
        What the rate is.
    known, source : str
        How it is known, and where from.
    """

    equipment: str
    item: str
    producer: str
    day: date
    rate_per_year: float
    kind: str
    known: str
    source: str


@cache
def _all() -> tuple[ProductionRate, ...]:
    """Read the whole table."""
    return tuple(
        ProductionRate(
            row["class"],
            row["item"],
            row["producer"],
            date.fromisoformat(row["day"]),
            float(row["rate_per_year"]),
            row["kind"],
            row["known"],
            row["source"],
        )
        for row in record_rows("production_rates", "production_rates")
    )


def production_rates(equipment: str, as_of: date | None = None) -> tuple[ProductionRate, ...]:
    """Return the rates of a class; as of a day, what was made by then, and what is wanted later."""
    return tuple(
        rate
        for rate in _all()
        if rate.equipment == equipment
        and (as_of is None or rate.day <= as_of or rate.kind in {"target", "projection"})
    )
