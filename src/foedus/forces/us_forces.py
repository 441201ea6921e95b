"""Forces of the United States assigned to Europe, by host and quarter.

The table stands in ``evidence/records/us_forces`` under the card ``us-forces-2025-12``. The counts are of
persons permanently assigned: brigades that rotate through a country are in none of them. How doubled rows are
told, mended or left out stands in :mod:`foedus.forces.us_checks`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.errors import NoDataError
from foedus.evidence.records import record_rows
from foedus.forces.own_tables import kept_tables, read_rows

__all__ = ["CARD_ID", "ROTATIONS", "Assigned", "UsForces", "quarters", "us_forces"]

CARD_ID = "us-forces-2025-12"
"""The source card of the table."""

ROTATIONS = "Persons permanently assigned; forces that rotate through a host are in no count."
"""What every answer says."""


@dataclass(frozen=True)
class Assigned:
    """The persons assigned to one host at the end of one quarter.

    Attributes
    ----------
    host : str
        Alpha-3 code.
    day, public : datetime.date
        The end of the quarter, and the day from which the count is taken to be public.
    printed, persons : int
        The count as it was copied, and the count that is used.
    mended : str
        "halved" where a doubled row was mended; else empty.
    """

    host: str
    day: date
    public: date
    printed: int
    persons: int
    mended: str


@dataclass(frozen=True)
class UsForces:
    """The counts of one quarter.

    Attributes
    ----------
    day : datetime.date
        The end of the quarter.
    rows : tuple of Assigned
        By host.
    """

    day: date
    rows: tuple[Assigned, ...]

    @property
    def total(self) -> int:
        """Persons in Europe, doubled rows mended."""
        return sum(row.persons for row in self.rows)

    @property
    def mended(self) -> tuple[str, ...]:
        """The hosts whose doubled rows were mended."""
        return tuple(row.host for row in self.rows if row.mended)

    def total_mending(self, hosts: frozenset[str]) -> int:
        """Return the total if only these hosts' doubled rows were mended."""
        return sum(row.persons if row.host in hosts else row.printed for row in self.rows)

    def persons(self, host: str) -> int:
        """Return the persons assigned to a host; zero where none are counted."""
        return next((row.persons for row in self.rows if row.host == host), 0)


@cache
def _record() -> tuple[Assigned, ...]:
    """Read the record that comes with foedus."""
    return tuple(_assigned(row) for row in record_rows("us_forces", "us_forces"))


def _assigned(row: Mapping[str, str]) -> Assigned:
    """Read one row."""
    return Assigned(
        row["host"],
        date.fromisoformat(row["day"]),
        date.fromisoformat(row["public"]),
        int(row["printed"]),
        int(row["persons"]),
        row["mended"],
    )


def _all() -> tuple[Assigned, ...]:
    """Return the record, and what the user has imported in place of its own quarters; Europe only."""
    hosts = {row.host for row in _record()}
    own = [_assigned(r.cells) for path in kept_tables("us_forces").values() for r in read_rows(path)[1]]
    days = {row.day for row in own}
    return tuple(
        row for row in (*_record(), *own) if row.host in hosts and (row.day not in days or row in own)
    )


def quarters() -> tuple[date, ...]:
    """Return the ends of the quarters that have a count, in order."""
    return tuple(sorted({row.day for row in _all()}))


def us_forces(day: date | None = None, *, as_of: date | None = None) -> UsForces:
    """Return the counts of a quarter.

    Parameters
    ----------
    day : datetime.date, optional
        The end of the quarter; without it the last that was public.
    as_of : datetime.date, optional
        Only what was public by this day.

    Returns
    -------
    UsForces
        By host.

    Raises
    ------
    NoDataError
        When the record has no such quarter, or none that was public by then.
    """
    known = [row for row in _all() if as_of is None or row.public <= as_of]
    if not known:
        raise NoDataError(f"no count of US forces was public by {as_of}", do="ask as of a later day")
    last = day or max(row.day for row in known)
    rows = tuple(row for row in known if row.day == last)
    if not rows:
        raise NoDataError(
            f"there is no count of US forces for {last}",
            where="us-forces-2025-12",
            do="ask for another quarter; the second quarters to 2021 are left out as doubled",
        )
    return UsForces(last, rows)
