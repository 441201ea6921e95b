"""Arms announced for Ukraine: donor, weapon, the day announced, and the day delivered where a source says so.

The tables stand in ``evidence/records/arms_transfers`` under the card ``arms-transfers-2026-11``. They list
main weapons and are not complete: only where a row says before which day nothing had been announced, or that
a donor refused, does their silence mean anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import day_or_none, record_rows

__all__ = ["CARD_ID", "RECORD", "Refusal", "Transfer", "refusals", "transfers"]

CARD_ID = "arms-transfers-2026-11"
"""The source card of the tables."""

RECORD = "arms_transfers"


@dataclass(frozen=True)
class Transfer:
    """One announcement of one weapon by one donor.

    Attributes
    ----------
    donor, weapon : str
        Alpha-3 code, and the weapon's name in the record.
    manner : str
        "gift", "sale", "purchase" (bought by the donor from industry) or "approval" (of a sale by industry).
    announced : datetime.date or None
        The day of the announcement; None where only the delivery is on record.
    delivered : datetime.date or None
        The first day on which a source says that some had arrived; None where none was seen.
    none_before : datetime.date or None
        The day before which the donor is known to have announced none; None where that is not known.
    what, known, source, url, delivered_source, delivered_url : str
        In words, how it is known, and where from.
    """

    donor: str
    weapon: str
    manner: str
    announced: date | None
    delivered: date | None
    none_before: date | None
    what: str
    known: str
    source: str
    url: str
    delivered_source: str
    delivered_url: str

    @property
    def public(self) -> date:
        """The first day on which the transfer was public."""
        days = [day for day in (self.announced, self.delivered) if day is not None]
        return min(days)


@dataclass(frozen=True)
class Refusal:
    """Until which day a donor had given nothing of a weapon.

    Attributes
    ----------
    donor, weapon : str
        Alpha-3 code, and the weapon; empty for any weapon.
    until : datetime.date
        The last day of which it is known.
    what, known, source, url : str
        In words, how it is known, and where from.
    """

    donor: str
    weapon: str
    until: date
    what: str
    known: str
    source: str
    url: str


@cache
def transfers() -> tuple[Transfer, ...]:
    """Return every transfer on record, by donor, weapon and day."""
    words = ("what", "known", "source", "url", "delivered_source", "delivered_url")
    return tuple(
        Transfer(
            row["donor"],
            row["weapon"],
            row["manner"],
            day_or_none(row["announced"]),
            day_or_none(row["delivered"]),
            day_or_none(row["none_before"]),
            *(row[name] for name in words),
        )
        for row in record_rows(RECORD, "transfers")
    )


@cache
def refusals() -> tuple[Refusal, ...]:
    """Return every refusal on record."""
    words = ("what", "known", "source", "url")
    return tuple(
        Refusal(row["donor"], row["weapon"], date.fromisoformat(row["until"]), *(row[n] for n in words))
        for row in record_rows(RECORD, "refusals")
    )
