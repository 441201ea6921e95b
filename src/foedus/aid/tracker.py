"""The one door to figures of aid: the tracker as of a day, as the user brought it or as it ships."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from foedus.aid import record
from foedus.aid.record import (
    CARD_ID,
    DonorTotal,
    Kind,
    Month,
    MonthTotal,
    RegionYear,
    RouteYear,
    TrackerRelease,
    WeaponClass,
    amount_of,
)
from foedus.errors import NoDataError, UnknownNameError

if TYPE_CHECKING:
    from foedus.aid.monthly import DonorMonth, DonorWeapons, EuShare, RouteMonth

__all__ = ["BRING", "Tracker", "held_releases", "packaged_tracker", "tracker"]

BRING = "bring the six files of a release with `foedus data import kiel FOLDER`"
"""What to do where a question needs donors by month."""


@dataclass(frozen=True)
class Tracker:
    """What the tracker holds, as of one release.

    Attributes
    ----------
    release : TrackerRelease
        Which.
    region_years, donors, months, routes, weapons : tuple
        The headline figures, which are always there.
    imported : bool
        Whether they are from files that the user brought; only then the next ones hold anything.
    donor_months, route_months, donor_weapons, eu_shares : tuple
        Aid by donor and month, routes by month, weapons by donor, members' parts of the EU's aid.
    """

    release: TrackerRelease
    region_years: tuple[RegionYear, ...] = field(repr=False)
    donors: tuple[DonorTotal, ...] = field(repr=False)
    months: tuple[MonthTotal, ...] = field(repr=False)
    routes: tuple[RouteYear, ...] = field(repr=False)
    weapons: tuple[WeaponClass, ...] = field(repr=False)
    imported: bool = False
    donor_months: tuple[DonorMonth, ...] = field(default=(), repr=False)
    route_months: tuple[RouteMonth, ...] = field(default=(), repr=False)
    donor_weapons: tuple[DonorWeapons, ...] = field(default=(), repr=False)
    eu_shares: tuple[EuShare, ...] = field(default=(), repr=False)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the release holds; the last may be held in part."""
        return tuple(dict.fromkeys(row.month.year for row in self.months))

    @property
    def whole_years(self) -> tuple[int, ...]:
        """The years of which the release holds all months."""
        return tuple(y for y in self.years if y < self.release.last.year or self.release.last.month == 12)

    def allocated(
        self, kind: Kind = "all", *, regions: tuple[str, ...] = (), year: int | None = None
    ) -> float:
        """Return what regions allocated of a kind.

        Parameters
        ----------
        kind : str, default "all"
            One of :data:`foedus.aid.record.KINDS`.
        regions : tuple of str, optional
            Which; without any, all donors.
        year : int, optional
            Which; without it, all since January 2022.

        Returns
        -------
        float
            Euros.
        """
        return sum(
            amount_of(row, kind)
            for row in self.region_years
            if (not regions or row.region in regions) and year in (None, row.year)
        )

    def committed(self, *, regions: tuple[str, ...] = (), year: int | None = None) -> float:
        """Return what regions committed, in euros; commitments are not told apart by kind."""
        return sum(
            row.committed
            for row in self.region_years
            if (not regions or row.region in regions) and year in (None, row.year)
        )

    def donor(self, code: str) -> DonorTotal | None:
        """Return a donor's totals; None where it has no entry."""
        return next((row for row in self.donors if row.donor == code), None)

    def series(self, kind: Kind = "all") -> Mapping[Month, float]:
        """Return what all donors allocated of a kind.

        Parameters
        ----------
        kind : str, default "all"
            One of :data:`foedus.aid.record.KINDS`.

        Returns
        -------
        mapping of Month to float
            Euros by month.
        """
        return {row.month: amount_of(row, kind) for row in self.months}

    def donor_series(self, donor: str, kind: Kind = "all") -> Mapping[Month, float]:
        """Return what a donor allocated of a kind; a month without entry is taken as zero.

        Parameters
        ----------
        donor : str
            Alpha-3 code, or EUI.
        kind : str, default "all"
            One of :data:`foedus.aid.record.KINDS`.

        Returns
        -------
        mapping of Month to float
            Euros by month.

        Raises
        ------
        NoDataError
            When no files were imported.
        """
        self.require_months()
        own = {row.month: amount_of(row, kind) for row in self.donor_months if row.donor == donor}
        return {row.month: own.get(row.month, 0) for row in self.months}

    def require_months(self) -> None:
        """Raise an error where donors by month are not there.

        Raises
        ------
        NoDataError
            When no files were imported.
        """
        if not self.imported:
            raise NoDataError(
                f"donors by month do not come with foedus ({self.release.id}): no licence is stated",
                do=BRING,
            )


def tracker(as_of: date | None = None, *, edition: str | None = None) -> Tracker:
    """Return the tracker as of a day.

    Parameters
    ----------
    as_of : datetime.date, optional
        Answer from what had been published by this day; without it, from the newest release held.
    edition : str, optional
        The release that shall answer, by the name of its edition.

    Returns
    -------
    Tracker
        Of the newest release published by then; of one that is both packaged and imported, the import.

    Raises
    ------
    NoDataError
        When no release had been published by that day.
    UnknownNameError
        When no edition of that name is held.
    FileFormatError, IntegrityError, StorageError
        When an imported release cannot be read.
    """
    from foedus.aid.own import own_releases

    own = own_releases()
    held = {release.id: release for release in held_releases()}
    if edition is not None:
        if edition not in held:
            raise UnknownNameError("edition of aid", edition, held, do=f"held are {', '.join(held)}")
        return _load(held[edition], own)
    public = [release for release in held.values() if as_of is None or release.published <= as_of]
    if not public:
        first = min(held.values(), key=lambda release: release.published)
        raise NoDataError(
            f"no release of the Ukraine Support Tracker that is held had been published by {as_of}",
            where="--as-of",
            do=f"ask as of {first.published} or later (release {first.number}), or {BRING}",
        )
    # Of two states of one day the one that was brought answers: it holds more.
    newest = max(public, key=lambda release: (release.published, release.number, release.id in own))
    return _load(newest, own)


def held_releases() -> tuple[TrackerRelease, ...]:
    """Return the releases that are held, packaged or imported, by the day of publication.

    Raises
    ------
    FileFormatError, IntegrityError, StorageError
        When an imported release cannot be read.
    """
    from foedus.aid.own import own_releases

    held = {CARD_ID: record.packaged_release()} | own_releases()
    return tuple(sorted(held.values(), key=lambda release: (release.published, release.number, release.id)))


def _load(release: TrackerRelease, own: Mapping[str, TrackerRelease]) -> Tracker:
    """Read the tables of a release."""
    if release.id in own:
        from foedus.aid.own import own_tracker

        return own_tracker(release)
    return packaged_tracker()


def packaged_tracker() -> Tracker:
    """Return the headline figures that come with foedus."""
    return Tracker(
        record.packaged_release(),
        record.packaged_region_years(),
        record.packaged_donors(),
        record.packaged_months(),
        record.packaged_routes(),
        record.packaged_weapons(),
    )
