"""What a region allocated to Ukraine in twelve months: from donors by month, or as shipped.

Donors by month come by import alone. What ships are sums of twelve months that end with a quarter, and with
the last month of the release, so that a question about a day has an answer without an import. The table
stands in ``evidence/records/aid_twelve_months`` under the card ``aid-twelve-months-29``; the sums of all
donors are those of the months that ship.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.aid.donors import GROUPS, region_of
from foedus.aid.matched import RESTS_ON
from foedus.aid.record import Month, amount_of
from foedus.aid.tracker import Tracker
from foedus.evidence.records import record_rows

__all__ = [
    "CARD_ID",
    "SUMMED_REGIONS",
    "TwelveMonths",
    "last_whole_month",
    "shipped_ends",
    "twelve_months",
    "twelve_months_ending",
]

CARD_ID = "aid-twelve-months-29"
"""The source card of the shipped sums."""

SUMMED_REGIONS = ("europe", "united_states")
"""Of whom the sums ship."""


@dataclass(frozen=True)
class TwelveMonths:
    """What a region allocated in twelve months.

    Attributes
    ----------
    region : str
        Whose.
    last : Month
        The last of the months.
    allocated : float
        Euros of the day, all kinds.
    """

    region: str
    last: Month
    allocated: float

    @property
    def first(self) -> Month:
        """The first of the months."""
        return self.last.plus(-11)


def last_whole_month(day: date) -> Month:
    """Return the last month that was over on a day."""
    return Month(day.year, day.month).plus(-1)


def twelve_months_ending(held: Tracker, region: str, last: Month) -> TwelveMonths:
    """Return what a region allocated in the twelve months to a month, from donors by month.

    Parameters
    ----------
    held : Tracker
        With donors by month.
    region : str
        A region or a group of them.
    last : Month
        The last of the months.

    Returns
    -------
    TwelveMonths
        Euros.

    Raises
    ------
    NoDataError
        When no files were imported.
    """
    held.require_months()
    regions, first = GROUPS.get(region, (region,)), last.plus(-11)
    rows = (r for r in held.donor_months if first <= r.month <= last and region_of(r.donor) in regions)
    return TwelveMonths(region, last, sum(amount_of(row, "all") for row in rows))


def twelve_months(held: Tracker, region: str, day: date) -> TwelveMonths | None:
    """Return what a region allocated in the last twelve months by a day that a release tells.

    Parameters
    ----------
    held : Tracker
        The release that answers.
    region : str
        One of :data:`SUMMED_REGIONS`.
    day : datetime.date
        The months end before it.

    Returns
    -------
    TwelveMonths or None
        Of the months up to the day where donors by month are there; else the shipped sum that ends last by
        then. None where the release has no twelve months by the day.
    """
    last = min(last_whole_month(day), held.release.last)
    if not held.imported:
        ends = [row for row in _shipped(region) if row.last <= last]
        return ends[-1] if ends and held.release.id == RESTS_ON else None
    begins = min(row.month for row in held.months)
    return twelve_months_ending(held, region, last) if last.plus(-11) >= begins else None


def shipped_ends(first: Month, last: Month) -> tuple[Month, ...]:
    """Return the last months of the sums that ship: of the quarters, and the last of the release."""
    ends = (first.plus(n) for n in range(11, last.since(first) + 1))
    return tuple(month for month in ends if month.month % 3 == 0 or month == last)


@cache
def _shipped(region: str) -> tuple[TwelveMonths, ...]:
    """Read the shipped sums of a region, in order."""
    rows = (row for row in record_rows("aid_twelve_months", "sums") if row["region"] == region)
    sums = (
        TwelveMonths(region, Month(*(int(part) for part in row["last_month"].split("-"))), int(row["eur"]))
        for row in rows
    )
    return tuple(sorted(sums, key=lambda row: row.last))
