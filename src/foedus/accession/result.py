"""The answer about an accession, as dataclasses: every probability says what it is conditional on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.accession.applicants import KINDS, Fact
from foedus.accession.rows import Round
from foedus.results import Answer, Result
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "GIVEN_BARGAIN",
    "GIVEN_QUESTION",
    "GIVEN_SIGNATURE",
    "Accession",
    "AllyRow",
    "CalendarRow",
    "Chance",
    "Invitation",
    "Length",
]

GIVEN_QUESTION = "if the question of an invitation is put to all allies as it is"
GIVEN_BARGAIN = (
    "if the question of an invitation is put to all allies, with what is open to an invitation: side "
    "payments, one applicant before another, and delay"
)
GIVEN_SIGNATURE = "given an invitation and the signature of the protocol"


@dataclass(frozen=True)
class Chance:
    """One probability, with its condition.

    Attributes
    ----------
    what : str
        The event.
    probability : float or None
        Its probability; None where only a band is given.
    low, high : float
        The band; both the probability where there is no band.
    given : str
        What it is conditional on.
    conditional_on_invitation : bool
        Whether an invitation is among the conditions.
    """

    what: str
    probability: float | None
    low: float
    high: float
    given: str
    conditional_on_invitation: bool


@dataclass(frozen=True)
class Invitation:
    """How likely an invitation is, and who may object.

    Attributes
    ----------
    chance : Chance
        That all allies agree to the question as it is, with its band.
    bargained : Chance
        The same with the instruments that are open to an invitation, one resolve for each ally.
    objectors : tuple of (str, float, float)
        Allies that may object: code, and the band of the probability that each does.
    unverified : int
        How many of the positions are not verified.
    allies : int
        How many positions there are.
    """

    chance: Chance
    bargained: Chance
    objectors: tuple[tuple[str, float, float], ...]
    unverified: int
    allies: int

    def sentence(self) -> str:
        """Return the chance as it is, with its band and how many positions are not verified."""
        chance = self.chance
        middle = "–" if chance.probability is None else per_cent(chance.probability, 0)
        return (
            f"An invitation as it is: {middle} ({per_cent(chance.low, 0)} to {per_cent(chance.high, 0)}), "
            f"{chance.given}; positions are judged, {self.unverified} of {self.allies} unverified."
        )

    def payload(self) -> dict[str, Any]:
        """Return the probabilities for programs, each with its condition."""
        return {
            **asdict(self.chance),
            "bargained": asdict(self.bargained),
            "unverified_positions": self.unverified,
            "objectors": [
                {
                    "country": code,
                    "objects_low": low,
                    "objects_high": high,
                    "given": GIVEN_QUESTION,
                    "conditional_on_invitation": False,
                }
                for code, low, high in self.objectors
            ],
        }


@dataclass(frozen=True)
class Length:
    """A quantile of the time from signature to entry.

    Attributes
    ----------
    level : float
        The probability that entry comes by then, given the signature.
    days : float or None
        Days since the signature; None beyond fifteen years.
    date : datetime.date or None
        The day.
    """

    level: float
    days: float | None
    date: date | None


@dataclass(frozen=True)
class AllyRow:
    """One ally that ratifies.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    done : bool
        Whether it has been seen to ratify.
    days_p25, days_p50, days_p75 : float or None
        Quantiles of its completion, days since the signature.
    is_last, is_holder : float
        The probabilities, given the signature, that it is the last one, and that it holds.
    objects : bool
        Whether an objection of it stands on record.
    """

    country: str
    name: str
    done: bool
    days_p25: float | None
    days_p50: float | None
    days_p75: float | None
    is_last: float
    is_holder: float
    objects: bool


@dataclass(frozen=True)
class CalendarRow:
    """One month of the calendar.

    Attributes
    ----------
    month_end : datetime.date
        The last day of the month.
    days : int
        Days since the signature.
    done : float
        How many allies are expected to have completed.
    last_ratification, entry : float
        The probabilities, given the signature, that all have completed, and that the applicant has entered.
    """

    month_end: date
    days: int
    done: float
    last_ratification: float
    entry: float


@dataclass(frozen=True)
class Accession(Result):
    """The answer.

    Attributes
    ----------
    applicant, name : str
        Alpha-3 code and short name.
    as_of : datetime.date
        The day of the question.
    invited : datetime.date or None
        The invitation, where the question gives it.
    signed : datetime.date
        The signature from which days count.
    signed_is : str
        "given", "invited plus the median of ten rounds" or "supposed on the day of the question".
    holders : tuple of str
        Allies that the question takes for holders.
    seen : int
        How many ratifications have been seen.
    specific : tuple of Fact
        What is specific to this applicant.
    invitation : Invitation or None
        How likely an invitation is; None where it is given, or where nobody judged the positions.
    lengths : tuple of Length
        Quantiles of the time from signature to entry.
    chances : tuple of Chance
        Probabilities with their conditions.
    allies : tuple of AllyRow
        Those who ratify, the likeliest last one first.
    calendar : tuple of CalendarRow
        Three years by month.
    rounds : tuple of Round
        The record it rests on.
    effective_draws : float
        How many independent draws the weights are worth.
    notes : tuple of str
        What the reader must know.
    """

    ROWS: ClassVar[str] = "allies"

    applicant: str
    name: str
    as_of: date
    invited: date | None
    signed: date
    signed_is: str
    holders: tuple[str, ...]
    seen: int
    specific: tuple[Fact, ...]
    invitation: Invitation | None
    lengths: tuple[Length, ...]
    chances: tuple[Chance, ...]
    allies: tuple[AllyRow, ...]
    calendar: tuple[CalendarRow, ...]
    rounds: tuple[Round, ...]
    effective_draws: float
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def answer(self) -> Answer:
        """Return the time to entry, after its condition."""
        from foedus.accession.answer import accession_answer

        return accession_answer(self)

    def what_is_specific(self) -> str:
        """Return in one sentence whether anything below is of this applicant, and what."""
        moving = [fact.line for fact in self.specific if fact.moves]
        if self.invitation is not None and self.invitation.unverified < self.invitation.allies:
            return f"Specific to {self.name}: the recorded positions of allies, and the facts below."
        if moving:
            return f"Specific to {self.name}, and moving allies: {'; '.join(moving)}."
        return f"Nothing below is specific to {self.name} but these facts, and none of them moves an ally."

    def sentences(self) -> tuple[str, ...]:
        """Return what stands below the headline: what is specific, the invitation, the condition, and who is
        likely last."""
        sentences = [
            *([] if self.invitation is None else [self.invitation.sentence()]),
            self.what_is_specific(),
            f"All below is given an invitation and a signature on {self.signed} ({self.signed_is}).",
        ]
        last = ", ".join(
            f"{row.name} ({per_cent(row.is_last, 0)})" for row in [r for r in self.allies if not r.done][:3]
        )
        return (*sentences, *([f"Likeliest to ratify last: {last}."] if last else []))

    def tables(self) -> tuple[Table, ...]:
        """Return allies, probabilities with their conditions, possible objectors, and the record."""
        from foedus.accession.tables import accession_tables

        return accession_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs; every row with a probability has what it is conditional on."""
        given = {"given": GIVEN_SIGNATURE, "conditional_on_invitation": True}
        return {
            "applicant": self.applicant,
            "name": self.name,
            "as_of": self.as_of,
            "invited": self.invited,
            "signed": self.signed,
            "signed_is": self.signed_is,
            "holders": self.holders,
            "ratifications_seen": self.seen,
            "what_is_specific": self.what_is_specific(),
            "specific": [self._fact_payload(fact) for fact in self.specific],
            "invitation": None if self.invitation is None else self.invitation.payload(),
            "days_from_signature_to_entry": [{**asdict(row), **given} for row in self.lengths],
            "probabilities": [asdict(row) for row in self.chances],
            "allies": [{**asdict(row), **given} for row in self.allies],
            "calendar": [{**asdict(row), **given} for row in self.calendar],
            "record": [r.payload() for r in self.rounds],
            "record_rounds": len(self.rounds),
            "effective_draws": self.effective_draws,
            "notes": self.notes,
            "answer": self.answer().payload(),
        }

    def _fact_payload(self, fact: Fact) -> dict[str, Any]:
        """Return a fact for programs, with whom it moves."""
        return {**asdict(fact), "what": KINDS[fact.kind], "text": fact.line, "moves": fact.moves}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.accession import charts

        return {"calendar": charts.accession_chart}
