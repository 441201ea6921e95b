"""What every donor gave in the last whole year of a release: where aid starts from in a scenario."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.aid.donors import region_of
from foedus.forces.classes import axis_classes

if TYPE_CHECKING:
    from foedus.aid.monthly import DonorMonth
    from foedus.aid.record import DonorTotal, RegionYear
    from foedus.aid.section import Donor
    from foedus.aid.tracker import Tracker

__all__ = ["AidBase", "aid_base", "equipment_per_eur", "from_months", "from_regions"]

STOCKS = "stockpile"
"""The route by which aid comes from stocks."""

CLASSES = {
    "tanks": "tanks",
    "infantry_fighting_vehicles": "infantry_fighting_vehicles",
    "howitzers": "tube_artillery",
    "rocket_launchers": "rocket_artillery",
}
"""The class on the axis of equipment of each class of the list."""


@dataclass(frozen=True)
class AidBase:
    """Aid by donor in one year.

    Attributes
    ----------
    year : int
        The last whole year of the release.
    donors : tuple of Donor
        Code, region, military and other aid in euros, by code.
    is_split : bool
        Whether regions' sums were split by donors' totals to date, for want of donors by month.
    from_stocks : float
        The part of military aid that came from stocks in the year, a fraction of the routes' sum.
    equipment_per_eur : tuple of float
        Pieces that a euro of military aid takes from stocks, by class of the axis of equipment.
    """

    year: int
    donors: tuple[Donor, ...]
    is_split: bool
    from_stocks: float
    equipment_per_eur: tuple[float, ...]


def aid_base(held: Tracker) -> AidBase:
    """Return what every donor gave in the last whole year of a release.

    Parameters
    ----------
    held : Tracker
        A release.

    Returns
    -------
    AidBase
        From donors by month where they were imported; otherwise each region's sum of the year, split by what
        its donors have given to date.
    """
    year = held.whole_years[-1]
    if held.imported:
        donors = from_months(held.donor_months, year)
    else:
        donors = from_regions(held.region_years, held.donors, year)
    from_stocks = _from_stocks(held, year)
    pieces = equipment_per_eur(held, from_stocks)
    return AidBase(year, donors, not held.imported, from_stocks, pieces)


def _from_stocks(held: Tracker, year: int) -> float:
    """Return the part of military aid that came from stocks in a year, of the routes' sum."""
    routes = {row.route: row.allocated for row in held.routes if row.year == year}
    total = sum(routes.values())
    return routes.get(STOCKS, 0) / total if total else 0.0


def equipment_per_eur(held: Tracker, from_stocks: float) -> tuple[float, ...]:
    """Return the pieces that a euro of military aid takes from stocks, by class of the axis of equipment.

    Parameters
    ----------
    held : Tracker
        A release.
    from_stocks : float
        The part of military aid that comes from stocks, a fraction.

    Returns
    -------
    tuple of float
        As if all pieces on the list had come from stocks: at most. Air-defence systems of the list are of all
        ranges and no class of the axis.
    """
    given = sum(row.allocated for row in held.routes if row.route == STOCKS)
    pieces = {CLASSES[row.weapon]: row.pieces for row in held.weapons if row.weapon in CLASSES}
    return tuple(from_stocks * pieces.get(name, 0) / given if given else 0.0 for name in axis_classes())


def from_months(rows: Iterable[DonorMonth], year: int) -> tuple[Donor, ...]:
    """Return donors' sums of a year; donors without an entry in it are left out."""
    sums: dict[str, tuple[float, float]] = {}
    for row in rows:
        if row.month.year == year:
            military, other = sums.get(row.donor, (0.0, 0.0))
            sums[row.donor] = (military + row.military, other + row.financial + row.humanitarian)
    return tuple((code, region_of(code), *kinds) for code, kinds in sorted(sums.items()))


def from_regions(regions: Iterable[RegionYear], totals: Iterable[DonorTotal], year: int) -> tuple[Donor, ...]:
    """Split each region's sum of a year among its donors, in proportion to what they have given to date.

    Parameters
    ----------
    regions : iterable of RegionYear
        By region and year.
    totals : iterable of DonorTotal
        By donor, to date.
    year : int
        The year.

    Returns
    -------
    tuple of Donor
        Kinds are split each by itself, so that regions' sums of military and other aid stay as they are.
    """
    to_date = {row.donor: (float(row.military), float(row.financial + row.humanitarian)) for row in totals}
    of_year = {
        row.region: (float(row.military), float(row.financial + row.humanitarian))
        for row in regions
        if row.year == year
    }
    whole: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for code, amounts in to_date.items():
        for kind in (0, 1):
            whole[region_of(code)][kind] += amounts[kind]
    split: list[Donor] = []
    for code in sorted(to_date):
        region = region_of(code)
        parts = [
            of_year[region][kind] * to_date[code][kind] / whole[region][kind] if whole[region][kind] else 0.0
            for kind in (0, 1)
        ]
        split.append((code, region, parts[0], parts[1]))
    return tuple(split)
