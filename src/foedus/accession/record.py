"""How allies acceded: ten rounds from 1952 to 2024, step by step, and the road of an applicant.

A round is one accession protocol, or several signed for the same group of states; the protocols of Finland
and Sweden, signed on one day, are two rounds because they ended on different days. A step of an ally has the
first and the last day on which it can have happened; both are the same where the day is known. The steps of a
ratification are different events and are never put in one another's place: the end of the parliamentary
procedure, the head of state's act, the national completion as a publisher lists it, and the deposit of the
instrument. Every row says how it is known. The tables stand in ``evidence/records/accession`` under
the card ``accession-2026-11``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from foedus.accession.rows import (
    ROUTES,
    STEPS,
    Count,
    Milestone,
    Objection,
    Position,
    Round,
    Step,
)
from foedus.errors import NoDataError
from foedus.evidence.institutions import members_on
from foedus.evidence.records import day_or_none, record_rows

__all__ = [
    "CARD_ID",
    "ROUTES",
    "STEPS",
    "Count",
    "Milestone",
    "Objection",
    "Position",
    "Round",
    "Step",
    "milestones",
    "objections",
    "objections_of",
    "positions",
    "ratification_routes",
    "rounds",
]

CARD_ID = "accession-2026-11"
"""The source card of every table here."""


def _rows(name: str) -> tuple[dict[str, str], ...]:
    """Return a whole table of the record."""
    return record_rows("accession", name)


@cache
def _steps() -> tuple[Step, ...]:
    """Read the steps of every ally in every round."""
    return tuple(
        Step(
            row["round"],
            row["ally"],
            row["step"],
            date.fromisoformat(row["earliest"]),
            date.fromisoformat(row["latest"]),
            row["known"],
            row["source"],
            row["note"],
        )
        for row in _rows("steps")
    )


@cache
def _counts() -> tuple[Count, ...]:
    """Read how many had ratified by which day."""
    return tuple(
        Count(
            row["round"],
            date.fromisoformat(row["date"]),
            int(row["ratified"]),
            int(row["of"]),
            row["known"],
            row["source"],
            row["note"],
        )
        for row in _rows("counts")
    )


@cache
def _all_rounds() -> tuple[Round, ...]:
    """Read every round."""
    every = []
    for row in _rows("rounds"):
        signed = date.fromisoformat(row["signed"])
        every.append(
            Round(
                name=row["round"],
                acceding=tuple(row["acceding"].split()),
                application=day_or_none(row["application"]),
                invitation=date.fromisoformat(row["invitation"]),
                signed=signed,
                last_deposit=date.fromisoformat(row["last_deposit"]),
                entry=date.fromisoformat(row["entry"]),
                ratifiers=tuple(members_on(signed)),
                known=row["known"],
                source=row["source"],
                note=row["note"],
                steps=tuple(s for s in _steps() if s.round == row["round"]),
                counts=tuple(c for c in _counts() if c.round == row["round"]),
                invitation_also=day_or_none(row["invitation_also"]),
                signed_also=day_or_none(row["signed_also"]),
            )
        )
    return tuple(every)


def rounds(*, entered_by: date | None = None) -> tuple[Round, ...]:
    """Return the rounds of accession, oldest first.

    Parameters
    ----------
    entered_by : datetime.date, optional
        Leave out rounds that ended later.

    Returns
    -------
    tuple of Round
        Ten rounds without a limit.

    Raises
    ------
    NoDataError
        When no round had ended by the day.
    """
    ended = tuple(r for r in _all_rounds() if entered_by is None or r.entry <= entered_by)
    if not ended:
        raise NoDataError(
            f"no round of accession had ended by {entered_by}", do="ask for a day from 1952-02-18 on"
        )
    return ended


def milestones(applicant: str, *, as_of: date | None = None) -> tuple[Milestone, ...]:
    """Return the recorded events on an applicant's road, oldest first.

    Parameters
    ----------
    applicant : str
        Alpha-3 code.
    as_of : datetime.date, optional
        Leave out what happened later.

    Returns
    -------
    tuple of Milestone
        Empty when the record holds nothing of the applicant.
    """
    events = (
        Milestone(
            row["applicant"],
            date.fromisoformat(row["date"]),
            row["kind"],
            row["event"],
            row["known"],
            row["source"],
        )
        for row in _rows("road")
        if row["applicant"] == applicant
    )
    return tuple(m for m in events if as_of is None or m.date <= as_of)


@cache
def ratification_routes() -> Mapping[str, str]:
    """Return the constitutional route of every ally, a key of :data:`ROUTES`, by alpha-3 code."""
    return MappingProxyType({row["country"]: row["route"] for row in _rows("routes")})


@cache
def _objections() -> tuple[Objection, ...]:
    """Read every objection."""
    return tuple(
        Objection(
            row["case"],
            row["ally"],
            date.fromisoformat(row["date"]),
            day_or_none(row["withdrawn"]),
            row["against"],
            row["event"],
            row["known"],
            row["source"],
        )
        for row in _rows("objections")
    )


def objections_of(case: str) -> tuple[Objection, ...]:
    """Return every recorded objection to an accession, by a round's name or an applicant's code."""
    return tuple(o for o in _objections() if o.case == case)


def objections(case: str, *, by: date, months: int = 24) -> tuple[Objection, ...]:
    """Return the objections to an accession that were on record on a day.

    Parameters
    ----------
    case : str
        A round's name, or an applicant's code.
    by : datetime.date
        The day: that of the signature, or of the question.
    months : int, default 24
        How far back an objection counts.

    Returns
    -------
    tuple of Objection
        In the order of the record.
    """
    since = by.replace(year=by.year - months // 12, day=min(by.day, 28)).isoformat()
    return tuple(o for o in objections_of(case) if since <= o.raised.isoformat() <= by.isoformat())


def positions(applicant: str) -> tuple[Position, ...]:
    """Return where the allies stand on inviting an applicant; empty when nobody judged it.

    Parameters
    ----------
    applicant : str
        Alpha-3 code.

    Returns
    -------
    tuple of Position
        One per ally, judged from what is named in each row.
    """
    return tuple(
        Position(
            row["applicant"],
            row["ally"],
            (float(row["position_low"]), float(row["position_high"])),
            (float(row["salience_low"]), float(row["salience_high"])),
            row["known"],
            row["source"],
        )
        for row in _rows("positions")
        if row["applicant"] == applicant
    )
