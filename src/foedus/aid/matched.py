"""How long it took until what was committed by a day had been allocated.

Commitments of a day are all of a region's since January 2022; they are matched in the first month in which
all its allocations since then reach them, of whatever promise those were. By region this needs donors by
month: the shipped table of results answers without an import, and is recomputed from one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from foedus.aid.donors import GROUPS, region_of
from foedus.aid.record import Month, amount_of
from foedus.aid.tracker import Tracker
from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "MATCHED_REGIONS", "RESTS_ON", "Matched", "matched", "matched_in"]

CARD_ID = "aid-results-29"
"""The source card of the shipped results."""

RESTS_ON = "kiel-29-2026-08-04"
"""The edition on which the shipped results were computed."""

MATCHED_REGIONS = ("europe", "united_states", "all_donors")
"""Of whom it is told."""


@dataclass(frozen=True)
class Matched:
    """When the commitments of a day were matched.

    Attributes
    ----------
    region : str
        Whose.
    committed_to : Month
        The last month of the commitments.
    committed : float
        How much had been committed by its end, euros.
    matched_in : Month or None
        The month in which allocations reached it; None where they have not by the last month of the data.
    """

    region: str
    committed_to: Month
    committed: float
    matched_in: Month | None

    @property
    def months(self) -> int | None:
        """How many months it took; negative where allocations had reached them before."""
        return None if self.matched_in is None else self.matched_in.since(self.committed_to)


def matched_in(
    committed: Mapping[Month, float], allocated: Mapping[Month, float], committed_to: Month
) -> tuple[float, Month | None]:
    """Return what had been committed by a month's end, and in which month allocations reached it.

    Parameters
    ----------
    committed, allocated : mapping of Month to float
        Euros by month; both hold the same months.
    committed_to : Month
        The last month of the commitments.

    Returns
    -------
    float, Month or None
        Euros, and the month; None where allocations have not reached it.
    """
    promised = sum(value for month, value in committed.items() if month <= committed_to)
    sum_to_date = 0.0
    for month in sorted(allocated):
        sum_to_date += allocated[month]
        # A thousand euros is the last digit of the files.
        if sum_to_date >= promised - 1_000:
            return promised, month
    return promised, None


def matched(tracker: Tracker) -> tuple[Matched, ...]:
    """Return when the commitments of each year's end were matched, by region.

    Parameters
    ----------
    tracker : Tracker
        With donors by month, or the release that the shipped results rest on.

    Returns
    -------
    tuple of Matched
        Computed from donors by month where they are there, else as shipped; empty where neither is.
    """
    if not tracker.imported:
        return _shipped() if tracker.release.id == RESTS_ON else ()
    ends = [Month(year, 12) for year in tracker.years if Month(year, 12) <= tracker.release.last]
    out = []
    for name in MATCHED_REGIONS:
        regions = GROUPS.get(name, (name,))
        committed = {row.month: 0.0 for row in tracker.months}
        allocated = dict(committed)
        for row in tracker.donor_months:
            if region_of(row.donor) in regions:
                committed[row.month] += row.committed
                allocated[row.month] += amount_of(row, "all")
        out += [Matched(name, end, *matched_in(committed, allocated, end)) for end in ends]
    return tuple(out)


@cache
def _shipped() -> tuple[Matched, ...]:
    """Read the shipped results."""
    return tuple(
        Matched(
            row["region"],
            _month(row["committed_to"]),
            float(row["committed"]),
            _month(row["matched_in"]) if row["matched_in"] else None,
        )
        for row in record_rows("aid_results", "matched")
    )


def _month(text: str) -> Month:
    """Read a month as 2023-06."""
    year, month = text.split("-")
    return Month(int(year), int(month))
