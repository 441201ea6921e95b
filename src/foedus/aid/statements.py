"""What others have said of aid: pledges to PURL, the EU's loan, and changes as the institute published them.

The tables stand in ``evidence/records/aid_statements`` under the card ``aid-statements-2026-11``. They stand
beside the tracker's figures and are in no sum with them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import day_or_none, record_rows

__all__ = [
    "CARD_ID",
    "Loan",
    "PublishedChange",
    "PurlStatement",
    "loans",
    "published_changes",
    "purl_statements",
]

CARD_ID = "aid-statements-2026-11"
"""The source card of the tables."""

_RECORD = "aid_statements"


@dataclass(frozen=True)
class PurlStatement:
    """A pledge to the Prioritised Ukraine Requirements List, a sum of them, or an expectation.

    Attributes
    ----------
    day : datetime.date
        When it was said; where only the month is known, its last day.
    to_the : {"day", "month"}
        How closely the day is known.
    due : datetime.date or None
        Of what is expected, by when.
    donors : tuple of str
        Alpha-3 codes; empty for a sum of all.
    usd : float
        US dollars.
    what : str
        What the amount is.
    known, source, url : str
        How it is known, and where from; "announced" is a plan.
    """

    day: date
    to_the: str
    due: date | None
    donors: tuple[str, ...]
    usd: float
    what: str
    known: str
    source: str
    url: str


@dataclass(frozen=True)
class Loan:
    """A loan of the EU to Ukraine, or a part of it; other fields as in :class:`PurlStatement`.

    Attributes
    ----------
    day : datetime.date
        When it was said.
    to_the, loan, part : str
        How closely the day is known, which loan, and which part of it.
    eur : float
        Euros.
    known, source, url : str
        How it is known, and where from.
    """

    day: date
    to_the: str
    loan: str
    part: str
    eur: float
    known: str
    source: str
    url: str


@dataclass(frozen=True)
class PublishedChange:
    """A change of aid between two spans as the institute published it.

    Attributes
    ----------
    day : datetime.date
        When it was published; where only the month is known, its last day.
    region, kind : str
        Of which donors and of what.
    after, before : str
        The spans that are compared, as `--compare-years` takes them.
    change : float
        A fraction.
    prices : str
        In which prices.
    data_to : str
        The last month of the data.
    known, source, url : str
        How it is known, and where from.
    """

    day: date
    region: str
    kind: str
    after: str
    before: str
    change: float
    prices: str
    data_to: str
    known: str
    source: str
    url: str


@cache
def _purl() -> tuple[PurlStatement, ...]:
    """Read the table of PURL."""
    return tuple(
        PurlStatement(
            date.fromisoformat(row["day"]),
            row["to_the"],
            day_or_none(row["due"]),
            tuple(row["donors"].split()),
            float(row["usd"]),
            row["what"],
            row["known"],
            row["source"],
            row["url"],
        )
        for row in record_rows(_RECORD, "purl")
    )


def purl_statements(as_of: date | None = None) -> tuple[PurlStatement, ...]:
    """Return what had been said of PURL by a day."""
    return tuple(row for row in _purl() if as_of is None or row.day <= as_of)


@cache
def _loans() -> tuple[Loan, ...]:
    """Read the table of loans."""
    return tuple(
        Loan(
            date.fromisoformat(row["day"]),
            row["to_the"],
            row["loan"],
            row["part"],
            float(row["eur"]),
            row["known"],
            row["source"],
            row["url"],
        )
        for row in record_rows(_RECORD, "loans")
    )


def loans(as_of: date | None = None) -> tuple[Loan, ...]:
    """Return the loans of which it had been said by a day."""
    return tuple(row for row in _loans() if as_of is None or row.day <= as_of)


@cache
def _changes() -> tuple[PublishedChange, ...]:
    """Read the table of published changes."""
    return tuple(
        PublishedChange(
            date.fromisoformat(row["day"]),
            row["region"],
            row["kind"],
            row["after"],
            row["before"],
            float(row["change"]),
            row["prices"],
            row["data_to"],
            row["known"],
            row["source"],
            row["url"],
        )
        for row in record_rows(_RECORD, "published_changes")
    )


def published_changes(as_of: date | None = None) -> tuple[PublishedChange, ...]:
    """Return the changes that the institute had published by a day."""
    return tuple(row for row in _changes() if as_of is None or row.day <= as_of)
