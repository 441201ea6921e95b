"""The record of accessions as an answer: ten rounds with every step, and the road of an applicant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from foedus.accession.applicants import Partnership, partnerships
from foedus.accession.record import CARD_ID, milestones, objections_of, rounds
from foedus.accession.rows import STEPS, Milestone, Objection, Round
from foedus.axes import country_code, country_name
from foedus.results import Result
from foedus.tables import Column, Table

__all__ = ["AccessionRecord", "accession_record"]

APPLICANT = "UKR"
"""The applicant whose road is shown where none is named."""


@dataclass(frozen=True)
class AccessionRecord(Result):
    """What is recorded of accessions.

    Attributes
    ----------
    rounds : tuple of Round
        Every round, with its steps and counts; those of the country named, where it has acceded.
    applicant : str
        Alpha-3 code of the applicant whose road is shown.
    road : tuple of Milestone
        What is recorded of the applicant; may be empty.
    objections : tuple of Objection
        Those to the rounds and to the applicant.
    partners : tuple of Partnership
        NATO's partners, or the partnerships of the country named.
    """

    ROWS: ClassVar[str] = "rounds"

    rounds: tuple[Round, ...]
    applicant: str
    road: tuple[Milestone, ...]
    objections: tuple[Objection, ...]
    partners: tuple[Partnership, ...]

    def days(self) -> str:
        """Return how long the accession of the country named took; empty where it has not acceded."""
        own = [r for r in self.rounds if self.applicant in r.acceding]
        name = country_name(self.applicant)
        return " ".join(
            f"{name} was a member {r.days_to_entry} days after its protocol was signed, "
            f"from {r.signed} to {r.entry}; {len(r.ratifiers)} allies had to ratify."
            for r in own
        )

    def headline(self) -> str:
        """Return how long an accession took, how many steps are unverified, and where none is recorded."""
        steps = [step for r in self.rounds for step in r.steps]
        weak = sum(step.known == "unverified" for step in steps)
        bare = " and ".join(r.name for r in self.rounds if not r.steps)
        none = f"; for the rounds of {bare} no step is recorded" if bare else ""
        return f"{self.days()} {weak} of {len(steps)} steps are unverified{none}.".lstrip()

    def tables(self) -> tuple[Table, ...]:
        """Return the rounds, the steps of each, the road of the applicant, and the partners."""
        road = (_road(self.applicant, self.road),) if self.road else ()
        partners = (_partners(self.partners),) if self.partners else ()
        return (_rounds(self.rounds), *(_steps(r) for r in self.rounds if r.steps), *road, *partners)

    def payload(self) -> dict[str, Any]:
        """Return the record for programs."""
        return {
            "card": CARD_ID,
            "rounds": [
                {
                    **r.payload(),
                    "application": r.application,
                    "steps": [asdict(s) for s in r.steps],
                    "counts": [asdict(c) for c in r.counts],
                    "objections": self._objections_to(r.name),
                }
                for r in self.rounds
            ],
            "step_kinds": dict(STEPS),
            "road": [asdict(m) for m in self.road],
            "road_of": self.applicant,
            "objections": self._objections_to(self.applicant),
            "partners": [asdict(p) for p in self.partners],
        }

    def _objections_to(self, case: str) -> list[dict[str, Any]]:
        """Return the objections to one accession."""
        return [asdict(o) for o in self.objections if o.case == case]


def accession_record(applicant: str | None = None) -> AccessionRecord:
    """Read the record of accessions.

    Parameters
    ----------
    applicant : str, optional
        Name or code of the country whose rounds, road and partnerships are shown; without it every round
        and partner, and Ukraine's road.

    Returns
    -------
    AccessionRecord
        The rounds with every step, the road, and the partners.

    Raises
    ------
    UnknownNameError
        When the name is not a country.
    """
    code = country_code(applicant, where="--applicant") if applicant else APPLICANT
    own = tuple(r for r in rounds() if applicant and code in r.acceding)
    every = own or rounds()
    cases = [*(r.name for r in every), code]
    objections = tuple(o for case in cases for o in objections_of(case))
    partners = partnerships(code if applicant else None)
    return AccessionRecord(every, code, milestones(code), objections, partners)


def _rounds(every: Iterable[Round]) -> Table:
    """Return the rounds with their days."""
    columns = (
        Column("round", "Round"),
        Column("acceding", "Acceding"),
        Column("invitation", "Invited", "name"),
        Column("signed", "Signed", "name"),
        Column("also", "By other sources"),
        Column("last_deposit", "Last deposit", "name"),
        Column("entry", "Entry", "name"),
        Column("ratifiers", "Ratifiers", "count"),
        Column("days_signature_to_entry", "Days", "count"),
        Column("known", "Known"),
    )
    rows = tuple({**r.payload(), "acceding": " ".join(r.acceding), "also": _also(r)} for r in every)
    title = (
        "Rounds of accession; days are from signature to entry, and an invitation is dated by its declaration"
    )
    return Table("rounds", title, columns, rows)


def _also(of: Round) -> str:
    """Return the other days that sources give."""
    days = (("invited", of.invitation_also), ("signed", of.signed_also))
    return "; ".join(f"{what} {day}" for what, day in days if day)


def _partners(partners: Iterable[Partnership]) -> Table:
    """Return NATO's partners by day."""
    columns = (
        Column("name", "Partner"),
        Column("programme", "Programme"),
        Column("since", "Since", "name"),
        Column("until", "Until", "name"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    rows = tuple(
        {**asdict(p), "name": "European Union" if p.partner == "EU" else country_name(p.partner)}
        for p in partners
    )
    return Table("partners", "NATO's partners", columns, rows, folded=True)


def _steps(of: Round) -> Table:
    """Return the steps of one round, in the order of their last possible days."""
    columns = (
        Column("name", "Ally"),
        Column("words", "Step"),
        Column("day", "Day", "name"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    rows = tuple(
        {
            **asdict(s),
            "name": country_name(s.ally),
            "words": s.step.replace("_", " "),
            "day": str(s.latest) if s.is_exact else f"{s.earliest} … {s.latest}",
        }
        for s in sorted(of.steps, key=lambda s: (s.latest, s.ally))
    )
    return Table(f"round-{of.name}", f"Round {of.name}", columns, rows)


def _road(applicant: str, road: Iterable[Milestone]) -> Table:
    """Return the road of an applicant."""
    columns = (
        Column("date", "Day", "name"),
        Column("kind", "Kind"),
        Column("event", "Event"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    title = f"The road of {country_name(applicant)}"
    return Table("road", title, columns, tuple(asdict(m) for m in road))
