"""Forward land forces on record: who stands where, since when, and how strong.

The table stands in ``evidence/records/forward_land_forces`` under the card ``forward-land-forces-2026-11``.
Battlegroups, all allied troops in a host, brigades and a framework nation's own troops are scopes of their
own and are never added to one another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from foedus.evidence.records import record_rows

__all__ = ["CARD_ID", "ForwardForce", "battlegroup_totals", "forward_forces", "strength_on"]

CARD_ID = "forward-land-forces-2026-11"
"""The source card of the table."""


@dataclass(frozen=True)
class ForwardForce:
    """The strength of one scope in one host on one day.

    Attributes
    ----------
    host, framework_nation : str
        Alpha-3 codes.
    day, public : datetime.date
        The day it is of, and the day from which it was public.
    strength : int or None
        Persons; None where only its presence is on record.
    scope : str
        What is counted: battlegroup, battlegroups_in_all, brigade, allied_troops, framework_nation_troops or
        under_nato_command.
    what, known, source, url : str
        In words, how it is known, and where from.
    """

    host: str
    framework_nation: str
    day: date
    public: date
    strength: int | None
    scope: str
    what: str
    known: str
    source: str
    url: str


@cache
def _all() -> tuple[ForwardForce, ...]:
    """Read the whole table."""
    return tuple(
        ForwardForce(
            row["host"],
            row["framework_nation"],
            date.fromisoformat(row["day"]),
            date.fromisoformat(row["public"]),
            int(row["strength"]) if row["strength"] else None,
            *(row[name] for name in ("scope", "what", "known", "source", "url")),
        )
        for row in record_rows("forward_land_forces", "forward_land_forces")
    )


def forward_forces(as_of: date | None = None, *, scope: str | None = None) -> tuple[ForwardForce, ...]:
    """Return the forward forces that were public by a day, plans among them.

    Parameters
    ----------
    as_of : datetime.date, optional
        Without it, all.
    scope : str, optional
        Only this scope.

    Returns
    -------
    tuple of ForwardForce
        In the order of the table, which is that of days within a scope.
    """
    return tuple(
        force
        for force in _all()
        if (as_of is None or force.public <= as_of) and (scope is None or force.scope == scope)
    )


def strength_on(day: date, scope: str, *, as_of: date | None = None) -> tuple[int, tuple[ForwardForce, ...]]:
    """Return the strength of a scope that the record has for one day, and its parts.

    Parameters
    ----------
    day : datetime.date
        The day that the rows are of.
    scope : str
        What is counted.
    as_of : datetime.date, optional
        Only what was public by this day.

    Returns
    -------
    int, tuple of ForwardForce
        Persons, and the rows by host; zero and none where the record has none of that day.
    """
    parts = tuple(f for f in forward_forces(as_of, scope=scope) if f.day == day and f.strength is not None)
    return sum(f.strength or 0 for f in parts), parts


def battlegroup_totals(as_of: date | None = None) -> tuple[tuple[date, int, tuple[ForwardForce, ...]], ...]:
    """Return the strength of all battlegroups together, on the days of which the record has all of them.

    Parameters
    ----------
    as_of : datetime.date, optional
        Only what was public by this day.

    Returns
    -------
    tuple of (datetime.date, int, tuple of ForwardForce)
        The day, persons, and the rows that make them up, in order of days.
    """
    together: list[tuple[date, int, tuple[ForwardForce, ...]]] = [
        (f.day, f.strength or 0, (f,)) for f in forward_forces(as_of, scope="battlegroups_in_all")
    ]
    days = sorted({force.day for force in forward_forces(as_of, scope="battlegroup")})
    for day in days:
        total, parts = strength_on(day, "battlegroup", as_of=as_of)
        hosts = {f.host for f in forward_forces(as_of, scope="battlegroup") if f.day <= day}
        if parts and {part.host for part in parts} == hosts:
            together.append((day, total, parts))
    return tuple(sorted(together, key=lambda entry: entry[0]))
