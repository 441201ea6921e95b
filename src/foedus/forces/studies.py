"""Requirement studies on record: what each says is needed, item by item.

The table stands in ``evidence/records/requirement_studies`` under the card ``requirement-studies-2026-11``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "StudyItem", "per_brigade", "study_items"]

CARD_ID = "requirement-studies-2026-11"
"""The source card of the table."""


@dataclass(frozen=True)
class StudyItem:
    """One figure of a study.

    Attributes
    ----------
    study : str
        Which study.
    day : datetime.date
        The day it was public.
    item : str
        What is counted: a class of forces or a quantity of the study's own.
    value : float
        How many.
    unit, what, known, source, url : str
        The unit, in words, how it is known, and where from.
    """

    study: str
    day: date
    item: str
    value: float
    unit: str
    what: str
    known: str
    source: str
    url: str


@cache
def _all() -> tuple[StudyItem, ...]:
    """Read the whole table."""
    return tuple(
        StudyItem(
            row["study"],
            date.fromisoformat(row["day"]),
            row["item"],
            float(row["value"]),
            *(row[name] for name in ("unit", "what", "known", "source", "url")),
        )
        for row in record_rows("requirement_studies", "requirement_studies")
    )


def study_items(study: str, as_of: date | None = None) -> dict[str, StudyItem]:
    """Return a study's figures by item, those that were public by a day."""
    return {
        item.item: item for item in _all() if item.study == study and (as_of is None or item.day <= as_of)
    }


def per_brigade(study: str) -> dict[str, float]:
    """Return what a study gives each of its brigades: its items over its number of brigades."""
    items = study_items(study)
    brigades = items["manoeuvre_brigades"].value
    names = ("persons", "tanks", "infantry_fighting_vehicles", "tube_artillery")
    return {name: items[name].value / brigades for name in names if name in items}
