"""Shares of GDP that governments have announced: dated facts about intentions, never promises.

Days of announcement are those of the press reports or, where only the month is known, a day late in it, so
that a question as of a day never sees a plan before it was public.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

__all__ = ["Plan", "plans_by"]


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
    """Read the packaged table."""
    file = resources.files("foedus.evidence").joinpath("records/plans", "announced_plans.csv")
    rows = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
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
        for row in rows
    )


def plans_by(day: date, *, verified: bool = True) -> list[Plan]:
    """Give the shares that had been announced by a day.

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
