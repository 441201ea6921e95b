"""How allies acceded: ten rounds from 1952 to 2024, step by step, and the road of an applicant.

A round is one accession protocol, or several signed for the same group of states; the protocols of Finland
and Sweden, signed on one day, are two rounds because they ended on different days. A step of an ally has the
first and the last day on which it can have happened; both are the same where the day is known. The steps of a
ratification are different events and are never put in one another's place: the end of the parliamentary
procedure, the head of state's act, the national completion as a publisher lists it, and the deposit of the
instrument. Every row says how it is known. The tables stand in ``evidence/tables`` under the card
``accession-2026-11``.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType

from foedus.errors import NoDataError
from foedus.evidence.institutions import members_on

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

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "end_of_parliamentary_procedure": "the last chamber that must consent has voted",
        "head_of_state": "the head of state has signed",
        "national_completion": "listed as done at home, without saying by which act",
        "deposit": "the instrument of acceptance lies with the United States",
    }
)
"""The steps of a ratification, in the order in which they follow."""

ROUTES: Mapping[str, str] = MappingProxyType(
    {
        "one_chamber": "one chamber of parliament consents",
        "two_chambers": "both chambers of parliament consent",
        "laid_before_parliament": "the government ratifies and lays the protocol before parliament",
    }
)
"""The constitutional routes to a ratification."""


@dataclass(frozen=True)
class Step:
    """One step of one ally in one round.

    Attributes
    ----------
    round, ally, step : str
        The round's name, the ally's alpha-3 code, and a key of :data:`STEPS`.
    earliest, latest : datetime.date
        The first and the last day on which it can have happened; the same where the day is known.
    known, source, note : str
        How the row is known: "retrieved", "press" or "unverified"; where from; any remark.
    """

    round: str
    ally: str
    step: str
    earliest: date
    latest: date
    known: str
    source: str
    note: str

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.earliest == self.latest


@dataclass(frozen=True)
class Count:
    """How many allies had ratified by a day, as somebody counted them.

    Attributes
    ----------
    round : str
        The round's name.
    date : datetime.date
        The day.
    ratified, of : int
        How many had ratified, and how many had to.
    known, source, note : str
        As for :class:`Step`.
    """

    round: str
    date: date
    ratified: int
    of: int
    known: str
    source: str
    note: str


@dataclass(frozen=True)
class Round:
    """One round of accession.

    Attributes
    ----------
    name : str
        The year of entry.
    acceding : tuple of str
        Who acceded, alpha-3 codes.
    application : datetime.date or None
        The day of a formal application; None where the record has none.
    invitation, signed, last_deposit, entry : datetime.date
        The invitation, the signature of the protocol, the deposit of the last ally's instrument (the protocol
        is in force), and the entry of the acceding states.
    ratifiers : tuple of str
        The allies on the day of signature, who all had to ratify.
    known, source, note : str
        How the weakest of the dates is known, where from, and any remark.
    steps : tuple of Step
        What is recorded of single allies.
    counts : tuple of Count
        How many had ratified by which day.
    """

    name: str
    acceding: tuple[str, ...]
    application: date | None
    invitation: date
    signed: date
    last_deposit: date
    entry: date
    ratifiers: tuple[str, ...]
    known: str
    source: str
    note: str
    steps: tuple[Step, ...]
    counts: tuple[Count, ...]

    @property
    def days_to_entry(self) -> int:
        """Days from signature to entry."""
        return (self.entry - self.signed).days

    @property
    def days_to_last_deposit(self) -> int:
        """Days from signature to the last deposit."""
        return (self.last_deposit - self.signed).days


@dataclass(frozen=True)
class Milestone:
    """One event on an applicant's road.

    Attributes
    ----------
    applicant : str
        Alpha-3 code.
    date : datetime.date
        The day.
    kind : str
        "request", "application", "declaration", "agreement", "partnership", "policy", "charter" or "summit".
    event, known, source : str
        What happened, how it is known, and where from.
    """

    applicant: str
    date: date
    kind: str
    event: str
    known: str
    source: str


@dataclass(frozen=True)
class Objection:
    """One objection of an ally's government or parliament to an accession, on record before the signature.

    Attributes
    ----------
    case : str
        The round's name, or the applicant's code where no round was opened.
    ally : str
        Alpha-3 code.
    date : datetime.date
        The last day on which it is known to have been raised.
    withdrawn : datetime.date or None
        The day on which it was withdrawn; None where it was not, or where conditions were left.
    against : str
        "accession" where an ally opposed this accession or attached conditions to its own ratification; "other"
        where it raised procedure or opposed another treaty.
    event, known, source : str
        What was said or done, how it is known, and where from.
    """

    case: str
    ally: str
    date: date
    withdrawn: date | None
    against: str
    event: str
    known: str
    source: str

    def stands(self, day: date) -> bool:
        """Tell whether the objection is to the accession, was raised and was not withdrawn by a day."""
        open_ = self.withdrawn is None or self.withdrawn > day
        return self.against == "accession" and self.date <= day and open_


@dataclass(frozen=True)
class Position:
    """Where an ally stands on inviting an applicant, as bands.

    Attributes
    ----------
    applicant, ally : str
        Alpha-3 codes.
    position : tuple of float
        From -1, no invitation at any price, over 0, as good as none, to 1, an invitation now.
    salience : tuple of float
        Fractions: how much the ally cares.
    known, source : str
        How the row is known, and what it was judged from.
    """

    applicant: str
    ally: str
    position: tuple[float, float]
    salience: tuple[float, float]
    known: str
    source: str


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    """Read a whole table."""
    file = resources.files("foedus.evidence").joinpath("tables", f"accession_{name}.csv")
    return tuple(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


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
    found = []
    for row in _rows("rounds"):
        signed = date.fromisoformat(row["signed"])
        found.append(
            Round(
                name=row["round"],
                acceding=tuple(row["acceding"].split()),
                application=date.fromisoformat(row["application"]) if row["application"] else None,
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
            )
        )
    return tuple(found)


def rounds(*, entered_by: date | None = None) -> tuple[Round, ...]:
    """Give the rounds of accession, oldest first.

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
    found = tuple(r for r in _all_rounds() if entered_by is None or r.entry <= entered_by)
    if not found:
        raise NoDataError(
            f"no round of accession had ended by {entered_by}", do="ask for a day from 1952-02-18 on"
        )
    return found


def milestones(applicant: str, *, as_of: date | None = None) -> tuple[Milestone, ...]:
    """Give the recorded events on an applicant's road, oldest first.

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
    found = (
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
    return tuple(m for m in found if as_of is None or m.date <= as_of)


@cache
def ratification_routes() -> Mapping[str, str]:
    """Give the constitutional route of every ally, a key of :data:`ROUTES`, by alpha-3 code."""
    return MappingProxyType({row["country"]: row["route"] for row in _rows("routes")})


@cache
def _objections() -> tuple[Objection, ...]:
    """Read every objection."""
    return tuple(
        Objection(
            row["case"],
            row["ally"],
            date.fromisoformat(row["date"]),
            date.fromisoformat(row["withdrawn"]) if row["withdrawn"] else None,
            row["against"],
            row["event"],
            row["known"],
            row["source"],
        )
        for row in _rows("objections")
    )


def objections_of(case: str) -> tuple[Objection, ...]:
    """Give every recorded objection to an accession, by a round's name or an applicant's code."""
    return tuple(o for o in _objections() if o.case == case)


def objections(case: str, *, by: date, months: int = 24) -> tuple[Objection, ...]:
    """Give the objections to an accession that were on record on a day.

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
    return tuple(o for o in objections_of(case) if since <= o.date.isoformat() <= by.isoformat())


def positions(applicant: str) -> tuple[Position, ...]:
    """Give where the allies stand on inviting an applicant; empty when nobody judged it.

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
