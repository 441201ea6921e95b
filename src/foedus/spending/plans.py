"""Shares of GDP that governments have announced: dated facts about intentions, never promises.

Days of announcement are those of the press reports or, where only the month is known, a day late in it, so
that a question as of a day never sees a plan before it was public. The table stands in
``evidence/records/plans`` under the card ``announced-plans-2026-11``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "Plan", "plans_by"]

CARD_ID = "announced-plans-2026-11"
"""The source card of the table."""


@dataclass(frozen=True)
class Plan:
    """One announced share of GDP.

    Attributes
    ----------
    country : str
        ISO 3166 alpha-3 code.
    year : int
        The year it is for.
    share : float
        Defence expenditure over GDP, a fraction.
    announced : datetime.date
        The day it was public.
    what, source, known : str
        What announced it, where that is read, and how it is known.
    """

    country: str
    year: int
    share: float
    announced: date
    what: str
    source: str
    known: str


@cache
def _plans() -> tuple[Plan, ...]:
    """Read the record of plans."""
    return tuple(
        Plan(
            country=row["country"],
            year=int(row["year"]),
            share=float(row["share"]),
            announced=date.fromisoformat(row["announced"]),
            what=row["what"],
            source=row["source"],
            known=row["known"],
        )
        for row in record_rows("plans", "announced_plans")
    )


def plans_by(day: date, *, verified: bool = True) -> list[Plan]:
    """Return the shares that had been announced by a day.

    Parameters
    ----------
    day : datetime.date
        The day.
    verified : bool, default True
        Leave out plans that one weak source alone reports.

    Returns
    -------
    list of Plan
        By country and year; of two plans for the same year the later announced.
    """
    latest: dict[tuple[str, int], Plan] = {}
    for plan in sorted(_plans(), key=lambda p: p.announced):
        if plan.announced <= day and not (verified and plan.known == "unverified"):
            latest[plan.country, plan.year] = plan
    return [latest[key] for key in sorted(latest)]
