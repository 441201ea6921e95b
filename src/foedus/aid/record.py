"""The headline figures of aid to Ukraine that come with foedus: tables by month, year, donor and region.

The Kiel Institute states no licence for its files. So what ships are the headline figures that it publishes,
each cited to its release: by region, year and kind; donors' totals to date; the sum of all donors by month;
the routes of military aid by year; weapons by class. Donor by month comes by import alone.
Amounts are euros, allocated or committed, as shipped whole euros of the day; nothing here says what arrived.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, NamedTuple, Protocol

from foedus.evidence.records import record_rows

__all__ = [
    "CARD_ID",
    "KINDS",
    "RECORD",
    "ROUTES",
    "Allocated",
    "DonorTotal",
    "Kind",
    "Month",
    "MonthTotal",
    "RegionYear",
    "RouteYear",
    "TrackerRelease",
    "WeaponClass",
    "amount_of",
]

CARD_ID = "kiel-29-2026-08-04"
"""The source card of the tables."""

RECORD = "aid_kiel"

Kind = Literal["all", "military", "financial", "humanitarian", "other"]
"""What is given: "all" is the sum of the three, "other" what is not military."""

KINDS: dict[Kind, tuple[str, ...]] = {
    "all": ("military", "financial", "humanitarian"),
    "military": ("military",),
    "financial": ("financial",),
    "humanitarian": ("humanitarian",),
    "other": ("financial", "humanitarian"),
}
"""The fields that a kind adds up."""

ROUTES: dict[str, str] = {
    "stockpile": "From stocks",
    "procurement": "Procurement",
    "nato_purl": "PURL",
    "unspecified": "Unspecified",
}
"""The routes of military aid, with their labels; PURL buys from stocks of the United States."""


class Month(NamedTuple):
    """A month of the calendar; months compare and sort as they follow each other."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"

    def plus(self, months: int) -> Month:
        """Return the month so many months later."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def since(self, earlier: Month) -> int:
        """Return how many months lie between an earlier month and this one."""
        return 12 * (self.year - earlier.year) + self.month - earlier.month


@dataclass(frozen=True)
class TrackerRelease:
    """One release of the tracker.

    Attributes
    ----------
    id : str
        Its edition, which is also the name of its source card.
    number : int
        The release's number.
    last : Month
        The last month of the data.
    published : datetime.date
        The day it came out.
    """

    id: str
    number: int
    last: Month
    published: date

    @property
    def cited(self) -> str:
        """How it is cited."""
        return f"Kiel Institute, Ukraine Support Tracker, Release {self.number} (data to {self.last})"


@dataclass(frozen=True)
class RegionYear:
    """Aid of one region in one year, in euros.

    Attributes
    ----------
    region : str
        One of :data:`foedus.aid.donors.REGIONS`.
    year : int
        The year; the first and the last hold the months that the release holds.
    military, financial, humanitarian : float
        Allocated, by kind.
    committed : float
        Committed, of all kinds.
    to_be_allocated : float
        Committed less allocated, as the release has it; negative where earlier promises were kept.
    """

    region: str
    year: int
    military: float
    financial: float
    humanitarian: float
    committed: float
    to_be_allocated: float


@dataclass(frozen=True)
class DonorTotal:
    """Aid of one donor since January 2022, in euros; fields as those of :class:`RegionYear`.

    Attributes
    ----------
    donor : str
        Alpha-3 code, or EUI.
    military, financial, humanitarian, committed, to_be_allocated : float
        As in :class:`RegionYear`.
    gdp_2021 : int or None
        The donor's GDP of 2021 in euros as the release has it; None for the EU institutions.
    """

    donor: str
    military: float
    financial: float
    humanitarian: float
    committed: float
    to_be_allocated: float
    gdp_2021: int | None


@dataclass(frozen=True)
class MonthTotal:
    """What all donors allocated in a month, in euros by kind."""

    month: Month
    military: float
    financial: float
    humanitarian: float


@dataclass(frozen=True)
class RouteYear:
    """Military aid allocated in a year by one route, in euros.

    Attributes
    ----------
    year : int
        The year; the last holds the months that the release holds.
    route : str
        One of :data:`ROUTES`.
    allocated : float
        The amount.
    """

    year: int
    route: str
    allocated: float


@dataclass(frozen=True)
class WeaponClass:
    """Weapons of a class allocated by all donors since January 2022; they bear no dates.

    Attributes
    ----------
    weapon : str
        "tanks", "infantry_fighting_vehicles", "howitzers", "rocket_launchers" or "air_defence_systems".
    pieces : int
        How many were allocated.
    donors : int
        By how many donors.
    """

    weapon: str
    pieces: int
    donors: int


class Allocated(Protocol):
    """A row with what was allocated, in euros by kind."""

    @property
    def military(self) -> float:
        """Military aid."""

    @property
    def financial(self) -> float:
        """Financial aid."""

    @property
    def humanitarian(self) -> float:
        """Humanitarian aid."""


def amount_of(row: Allocated, kind: Kind) -> float:
    """Return what a row has allocated of a kind, in euros.

    Parameters
    ----------
    row : Allocated
        A row of one of the tables.
    kind : str
        One of :data:`KINDS`.

    Returns
    -------
    float
        Euros.
    """
    return float(sum(getattr(row, field) for field in KINDS[kind]))


@cache
def packaged_release() -> TrackerRelease:
    """Read which release the packaged tables are of."""
    row = record_rows(RECORD, "releases")[0]
    year, month = (int(part) for part in row["last_month"].split("-"))
    return TrackerRelease(
        CARD_ID, int(row["number"]), Month(year, month), date.fromisoformat(row["published"])
    )


@cache
def packaged_region_years() -> tuple[RegionYear, ...]:
    """Read aid by region and year."""
    return tuple(
        RegionYear(row["region"], int(row["year"]), *_amounts(row), *_promises(row))
        for row in record_rows(RECORD, "region_years")
    )


@cache
def packaged_donors() -> tuple[DonorTotal, ...]:
    """Read donors' totals to date."""
    return tuple(
        DonorTotal(
            row["donor"],
            *_amounts(row),
            *_promises(row),
            gdp_2021=int(row["gdp_2021"]) if row["gdp_2021"] else None,
        )
        for row in record_rows(RECORD, "donor_totals")
    )


@cache
def packaged_months() -> tuple[MonthTotal, ...]:
    """Read the sums of all donors by month."""
    return tuple(
        MonthTotal(Month(int(row["year"]), int(row["month"])), *_amounts(row))
        for row in record_rows(RECORD, "months")
    )


@cache
def packaged_routes() -> tuple[RouteYear, ...]:
    """Read the routes of military aid by year."""
    return tuple(
        RouteYear(int(row["year"]), row["route"], int(row["allocated"]))
        for row in record_rows(RECORD, "route_years")
    )


@cache
def packaged_weapons() -> tuple[WeaponClass, ...]:
    """Read weapons by class."""
    return tuple(
        WeaponClass(row["weapon"], int(row["pieces"]), int(row["donors"]))
        for row in record_rows(RECORD, "weapons")
    )


def _amounts(row: Mapping[str, str]) -> tuple[int, int, int]:
    """Read what is allocated, by kind."""
    return int(row["military"]), int(row["financial"]), int(row["humanitarian"])


def _promises(row: Mapping[str, str]) -> tuple[int, int]:
    """Read what is committed and what of it is open."""
    return int(row["committed"]), int(row["to_be_allocated"])
