"""What is recorded of how often commitments of alliances were kept: counts, intervals, and rival codings.

The tables stand in ``evidence/records/alliance_reliability``. The cases themselves do not ship: no terms that
allow it were found. ``benchmarks/reliability.py`` recomputes the counts from a file of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "COMMITMENTS", "RECORD", "Coding", "HonourCount", "codings", "honour_counts"]

RECORD = "alliance_reliability"
CARD_ID = "alliance-reliability-2018"
"""The folder and the source card of the tables."""

COMMITMENTS = ("all", "defence", "offence", "neutrality", "nonaggression")
"""What a treaty may ask, all cases first."""


@dataclass(frozen=True)
class HonourCount:
    """How many commitments of one kind were honoured in one period.

    Attributes
    ----------
    commitment : str
        One of :data:`COMMITMENTS`; a treaty that asks several things counts under each.
    period : str
        "1816-2003", "1816-1944" or "after 1944", by the column ``sample`` of the cases.
    without : str
        The treaty that is left out, or empty.
    honoured, cases : int
        How many, of how many that a war called on.
    wars, largest_war : int
        From how many wars, and how many of the cases come from the war with most.
    low, high : float
        The percentile bootstrap over wars: the middle 95 % of the share.
    normal_low, normal_high : float
        Another method: the share less and plus 1.96 standard errors clustered by war.
    """

    commitment: str
    period: str
    without: str
    honoured: int
    cases: int
    wars: int
    largest_war: int
    low: float
    high: float
    normal_low: float
    normal_high: float

    @property
    def share(self) -> float:
        """The part that was honoured."""
        return self.honoured / self.cases


@dataclass(frozen=True)
class Coding:
    """One study's answer to how often commitments are kept.

    Attributes
    ----------
    study : str
        Authors and year.
    rate : float
        The share kept.
    rate_words : str
        The rate as the study says it.
    years : str
        Which years it covers, in words.
    definition : str
        What is counted, and when it counts as kept.
    known, source, url : str
        How it is known, and where from.
    """

    study: str
    rate: float
    rate_words: str
    years: str
    definition: str
    known: str
    source: str
    url: str


@cache
def honour_counts() -> tuple[HonourCount, ...]:
    """Return the packaged counts."""
    return tuple(
        HonourCount(
            row["commitment"],
            row["period"],
            row["without"],
            *(int(row[key]) for key in ("honoured", "cases", "wars", "largest_war")),
            *(float(row[key]) for key in ("low", "high", "normal_low", "normal_high")),
        )
        for row in record_rows(RECORD, "counts")
    )


@cache
def codings() -> tuple[Coding, ...]:
    """Return the rival codings, the highest rate first."""
    return tuple(
        Coding(
            row["study"],
            float(row["rate"]),
            row["rate_words"],
            row["years"],
            row["definition"],
            row["known"],
            row["source"],
            row["url"],
        )
        for row in record_rows(RECORD, "codings")
    )
