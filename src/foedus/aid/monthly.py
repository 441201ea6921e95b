"""Aid by donor and month: what the institute's own files hold beyond its headline figures, and sums of it.

These tables come by import alone. Amounts are whole euros of the day. A month in which a donor has no entry
is taken as zero, which every answer that rests on it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from foedus.aid.donors import REGIONS, region_of
from foedus.aid.record import (
    ROUTES,
    DonorTotal,
    Month,
    MonthTotal,
    RegionYear,
    RouteYear,
    WeaponClass,
)

__all__ = [
    "NO_ENTRY",
    "DonorMonth",
    "DonorWeapons",
    "EuShare",
    "RouteMonth",
    "donor_totals",
    "month_totals",
    "months_between",
    "region_years",
    "route_years",
    "weapon_classes",
]

NO_ENTRY = "A month in which a donor has no entry is taken as zero."
"""What every answer by donor and month says."""


@dataclass(frozen=True)
class DonorMonth:
    """Aid of one donor in one month, in euros; fields as those of :class:`foedus.aid.record.RegionYear`."""

    donor: str
    month: Month
    military: float
    financial: float
    humanitarian: float
    committed: float
    to_be_allocated: float


@dataclass(frozen=True)
class RouteMonth:
    """Military aid allocated in a month by one route, in euros."""

    month: Month
    route: str
    allocated: float


@dataclass(frozen=True)
class DonorWeapons:
    """Weapons of a class that one donor allocated.

    Attributes
    ----------
    donor, weapon : str
        Code, and class.
    pieces : int
        How many.
    value : int
        What they are put at, in euros; some donors' values are near nothing, so this is no price.
    what : str
        The models, in the institute's words.
    """

    donor: str
    weapon: str
    pieces: int
    value: int
    what: str


@dataclass(frozen=True)
class EuShare:
    """A member's part of what the EU institutions gave: never added to what the institutions gave.

    Attributes
    ----------
    donor : str
        Alpha-3 code.
    own_share_of_gdp, eu_share_of_gdp : float
        What it gave itself, and its part of the EU's, as fractions of its GDP of 2021.
    eu_share : int
        Its part of the EU's, in euros.
    """

    donor: str
    own_share_of_gdp: float
    eu_share_of_gdp: float
    eu_share: int


Key = TypeVar("Key")

_FIELDS = ("military", "financial", "humanitarian", "committed", "to_be_allocated")


def months_between(first: Month, last: Month) -> tuple[Month, ...]:
    """Return the months from one to another, both included."""
    return tuple(first.plus(n) for n in range(last.since(first) + 1))


def _sums(rows: Iterable[tuple[Key, DonorMonth]]) -> dict[Key, list[float]]:
    """Return the sums of each field by a key."""
    sums: dict[Key, list[float]] = defaultdict(lambda: [0] * len(_FIELDS))
    for key, row in rows:
        total = sums[key]
        for i, field in enumerate(_FIELDS):
            total[i] += getattr(row, field)
    return sums


def region_years(rows: Iterable[DonorMonth]) -> tuple[RegionYear, ...]:
    """Return aid by region and year, every region in every year."""
    rows = tuple(rows)
    sums = _sums(((region_of(row.donor), row.month.year), row) for row in rows)
    years = sorted({row.month.year for row in rows})
    return tuple(
        RegionYear(region, year, *sums.get((region, year), [0] * 5)) for region in REGIONS for year in years
    )


def donor_totals(rows: Iterable[DonorMonth], gdp_2021: dict[str, int]) -> tuple[DonorTotal, ...]:
    """Return donors' totals, the greatest first."""
    sums = _sums((row.donor, row) for row in rows)
    order = sorted(sums, key=lambda donor: (-sum(sums[donor][:3]), donor))
    totals = ((donor, dict(zip(_FIELDS, sums[donor], strict=True))) for donor in order)
    return tuple(DonorTotal(donor, gdp_2021=gdp_2021.get(donor), **fields) for donor, fields in totals)


def month_totals(rows: Iterable[DonorMonth], months: Iterable[Month]) -> tuple[MonthTotal, ...]:
    """Return the sums of all donors in each of some months."""
    sums = _sums((row.month, row) for row in rows)
    return tuple(MonthTotal(month, *sums.get(month, [0] * 5)[:3]) for month in months)


def route_years(rows: Iterable[RouteMonth]) -> tuple[RouteYear, ...]:
    """Return the routes of military aid by year."""
    sums: dict[tuple[int, str], float] = defaultdict(int)
    for row in rows:
        sums[row.month.year, row.route] += row.allocated
    years = sorted({year for year, _ in sums})
    return tuple(RouteYear(year, route, sums[year, route]) for year in years for route in ROUTES)


def weapon_classes(rows: Iterable[DonorWeapons], order: Iterable[str]) -> tuple[WeaponClass, ...]:
    """Return the pieces of each class, and by how many donors."""
    rows = tuple(rows)
    return tuple(
        WeaponClass(
            weapon,
            sum(row.pieces for row in rows if row.weapon == weapon),
            len({row.donor for row in rows if row.weapon == weapon}),
        )
        for weapon in order
    )
