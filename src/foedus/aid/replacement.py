"""How many years of production what was sent to Ukraine stands for, at each rate on record.

The tables stand in ``evidence/records/replacement``. A rate is one that was made or one that was wanted by a
day; a target that was missed says so, and is never taken for what is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "RatedProduction", "Replacement", "SentItems", "replacements"]

CARD_ID = "replacement-2026-11"
"""The source card of the tables."""

MONTHS_IN_YEAR = 12.0


@dataclass(frozen=True)
class SentItems:
    """What one donor had sent by a day.

    Attributes
    ----------
    equipment, item, donor : str
        The class of :mod:`foedus.aid.sustain_classes`, its name, and whose.
    pieces : int or None
        How many; None where the source says years of production alone.
    years_of_production : float or None
        In years of production, where the source says it so.
    day : datetime.date
        The day of the source.
    what, known, source : str
        What is counted, how it is known, and where from.
    """

    equipment: str
    item: str
    donor: str
    pieces: int | None
    years_of_production: float | None
    day: date
    what: str
    known: str
    source: str


@dataclass(frozen=True)
class RatedProduction:
    """A rate of production of a class.

    Attributes
    ----------
    equipment, producer : str
        What, and by whom.
    day : datetime.date
        The day it is of; of a target, by which it was to be met.
    per_month : int
        Pieces a month.
    kind : {"actual", "target"}
        Whether it was made or wanted.
    missed : bool
        Whether a target was missed.
    what, known, source : str
        More of it, how it is known, and where from.
    """

    equipment: str
    producer: str
    day: date
    per_month: int
    kind: str
    missed: bool
    what: str
    known: str
    source: str


@dataclass(frozen=True)
class Replacement:
    """How long it takes to make anew what was sent, at one rate.

    Attributes
    ----------
    sent : SentItems
        What was sent.
    rate : RatedProduction or None
        At which rate; None where the source says the years itself.
    years : float
        Years of production, as if nothing of it were used.
    """

    sent: SentItems
    rate: RatedProduction | None
    years: float

    @property
    def at(self) -> str:
        """The rate in words: when, and whether it was made, wanted or missed."""
        if self.rate is None:
            return "rate of 2022 (CSIS)"
        if self.rate.kind == "actual":
            return f"made by {self.rate.day:%B %Y}"
        return f"{'missed ' if self.rate.missed else ''}target for {self.rate.day:%B %Y}"


@cache
def _sent() -> tuple[SentItems, ...]:
    """Read what was sent."""
    return tuple(
        SentItems(
            row["class"],
            row["item"],
            row["donor"],
            int(row["pieces"]) if row["pieces"] else None,
            float(row["years_of_production"]) if row["years_of_production"] else None,
            date.fromisoformat(row["day"]),
            row["what"],
            row["known"],
            row["source"],
        )
        for row in record_rows("replacement", "sent")
    )


@cache
def _rates() -> tuple[RatedProduction, ...]:
    """Read the rates of production."""
    return tuple(
        RatedProduction(
            row["class"],
            row["producer"],
            date.fromisoformat(row["day"]),
            int(row["per_month"]),
            row["kind"],
            row["missed"] == "yes",
            row["what"],
            row["known"],
            row["source"],
        )
        for row in record_rows("replacement", "rates")
    )


def replacements(as_of: date | None = None) -> tuple[Replacement, ...]:
    """Return the years that it takes to make anew what was sent, at each rate on record.

    Parameters
    ----------
    as_of : datetime.date, optional
        Use only what was said, made or missed by this day; a target stands from the day by which it was to be
        met, since only then it is known whether it was.

    Returns
    -------
    tuple of Replacement
        By class, what was made before what was wanted, each in order of the day.
    """
    rows = []
    for sent in _sent():
        if as_of is not None and sent.day > as_of:
            continue
        if sent.years_of_production is not None:
            rows.append(Replacement(sent, None, sent.years_of_production))
            continue
        rates = [
            rate
            for rate in _rates()
            if rate.equipment == sent.equipment and (as_of is None or rate.day <= as_of)
        ]
        for rate in sorted(rates, key=lambda r: (r.kind, r.day)):
            years = (sent.pieces or 0) / (MONTHS_IN_YEAR * rate.per_month)
            rows.append(Replacement(sent, rate, years))
    return tuple(rows)
