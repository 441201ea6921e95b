"""The rows of the accession record, as dataclasses: steps, counts, rounds, objections, positions,
milestones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

__all__ = ["ROUTES", "STEPS", "Count", "Milestone", "Objection", "Position", "Round", "Step"]

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
    invitation_also, signed_also : datetime.date or None
        The other day that sources give, where they differ.
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
    invitation_also: date | None = None
    signed_also: date | None = None

    @property
    def days_to_entry(self) -> int:
        """Days from signature to entry."""
        return (self.entry - self.signed).days

    @property
    def days_to_last_deposit(self) -> int:
        """Days from signature to the last deposit."""
        return (self.last_deposit - self.signed).days

    def payload(self) -> dict[str, Any]:
        """Return the round in short for programs: its days, and how they are known."""
        return {
            "round": self.name,
            "acceding": self.acceding,
            "invitation": self.invitation,
            "invitation_also": self.invitation_also,
            "signed": self.signed,
            "signed_also": self.signed_also,
            "last_deposit": self.last_deposit,
            "entry": self.entry,
            "ratifiers": len(self.ratifiers),
            "days_signature_to_entry": self.days_to_entry,
            "known": self.known,
            "source": self.source,
            "note": self.note,
        }


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
    raised : datetime.date
        The last day on which it is known to have been raised.
    withdrawn : datetime.date or None
        The day on which it was withdrawn; None where it was not, or where conditions were left.
    against : str
        "accession" where an ally opposed this accession or attached conditions to its own ratification;
        "other" where it raised procedure or opposed another treaty.
    event, known, source : str
        What was said or done, how it is known, and where from.
    """

    case: str
    ally: str
    raised: date
    withdrawn: date | None
    against: str
    event: str
    known: str
    source: str

    def stands(self, day: date) -> bool:
        """Whether the objection is to the accession, was raised and was not withdrawn by a day."""
        standing = self.withdrawn is None or self.withdrawn > day
        return self.against == "accession" and self.raised <= day and standing


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
