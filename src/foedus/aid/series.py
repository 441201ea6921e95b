"""Months of donors and regions as forecasts take them, from what the tracker holds as of a day."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate

from foedus.aid.donors import GROUPS, REGIONS, donor_code, region_of
from foedus.aid.hurdle import MonthlyAllocations
from foedus.aid.record import KINDS, Kind, Month, amount_of
from foedus.aid.tracker import BRING, Tracker
from foedus.errors import NoDataError

__all__ = ["ALL_DONORS", "all_donors", "donors_of", "forecast_parts", "series_of", "target_code"]

ALL_DONORS = "all_donors"
"""The sum of all donors."""


def target_code(name: str | None) -> str:
    """Return the donor, region or group of regions that a name means; without one, all donors."""
    if name is None:
        return ALL_DONORS
    key = "_".join(name.casefold().replace("-", " ").split())
    return key if key in REGIONS or key in GROUPS else donor_code(name)


def all_donors(held: Tracker, kind: Kind) -> MonthlyAllocations:
    """Return the months of all donors, which are always held.

    Parameters
    ----------
    held : Tracker
        What is held.
    kind : str
        What is given.

    Returns
    -------
    MonthlyAllocations
        With open commitments where donors are held by month.
    """
    months = held.series(kind)
    values = tuple(float(value) for value in months.values())
    open_ = _open(held, [row.donor for row in held.donors]) if held.imported else ()
    return MonthlyAllocations(ALL_DONORS, kind, next(iter(months)), values, open_)


def series_of(held: Tracker, target: str, kind: Kind) -> MonthlyAllocations:
    """Return the months of a donor, a region or a group of regions.

    Parameters
    ----------
    held : Tracker
        What is held.
    target : str
        As :func:`target_code` returns it.
    kind : str
        What is given.

    Returns
    -------
    MonthlyAllocations
        A month without an entry is zero.

    Raises
    ------
    NoDataError
        When no files were imported and not all donors are asked for, or the donor has no entry.
    """
    if target == ALL_DONORS:
        return all_donors(held, kind)
    held.require_months()
    donors = _members(held, target)
    if not donors:
        raise NoDataError(
            f"{held.release.cited} has no entry of {target}", do="name a donor of `foedus aid --by donor`"
        )
    sums = dict.fromkeys((row.month for row in held.months), 0.0)
    for row in held.donor_months:
        if row.donor in donors:
            sums[row.month] += amount_of(row, kind)
    values = tuple(float(value) for value in sums.values())
    return MonthlyAllocations(target, kind, next(iter(sums)), values, _open(held, donors))


def _members(held: Tracker, target: str) -> list[str]:
    """Return the donors of a target that have an entry."""
    regions = GROUPS.get(target, (target,))
    return [row.donor for row in held.donors if row.donor == target or region_of(row.donor) in regions]


def _open(held: Tracker, donors: Iterable[str]) -> tuple[float, ...]:
    """Return what was committed and not allocated at the end of each month, of all kinds."""
    wanted = frozenset(donors)
    change: dict[Month, float] = dict.fromkeys((row.month for row in held.months), 0.0)
    for row in held.donor_months:
        if row.donor in wanted:
            change[row.month] += row.to_be_allocated
    return tuple(accumulate(change.values()))


def donors_of(held: Tracker, kind: Kind) -> tuple[MonthlyAllocations, ...]:
    """Return the months of every donor.

    Parameters
    ----------
    held : Tracker
        What is held.
    kind : str
        What is given.

    Returns
    -------
    tuple of MonthlyAllocations
        None where no files were imported.
    """
    return tuple(series_of(held, row.donor, kind) for row in held.donors) if held.imported else ()


def forecast_parts(held: Tracker, target: str, kind: Kind) -> dict[str, tuple[float, ...]]:
    """Return the parts that a target's months are stacked of: regions where held by month, else kinds.

    Parameters
    ----------
    held : Tracker
        What is held.
    target, kind : str
        What is forecast.

    Returns
    -------
    dict of str to tuple of float
        By label, euros; the parts add up to the months. Of one donor the kinds.
    """
    regions = [region for region in GROUPS.get(target, ()) if held.imported]
    if regions:
        return {REGIONS[region]: series_of(held, region, kind).values for region in regions}
    fields: tuple[Kind, ...] = tuple(
        name for name in ("military", "financial", "humanitarian") if name in KINDS[kind]
    )
    return {field.capitalize(): series_of(held, target, field).values for field in fields}


def missing_note(held: Tracker) -> tuple[str, ...]:
    """Return what is said where donors by month are not there."""
    if held.imported:
        return ()
    return (f"Donors and regions are forecast where they are held by month: {BRING}.",)
