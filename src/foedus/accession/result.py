"""The answer about an accession, as dataclasses: every probability says what it is conditional on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from foedus.accession.rows import Round
from foedus.results import Result

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart

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
GIVEN_BARGAIN = "if the question of an invitation is put to all allies, with delay and side payments"
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
    """The odds of an invitation, and who may object.

    Attributes
    ----------
    chance : Chance
        That all allies agree to the question as it is, with its band.
    bargained : Chance
        The same when the broker may wait and make side payments, whose odds are the same for every ally.
    objectors : tuple of (str, float, float)
        Allies who may object: code, and the band of the chance that each does.
    unverified : int
        How many of the positions are not verified.
    """

    chance: Chance
    bargained: Chance
    objectors: tuple[tuple[str, float, float], ...]
    unverified: int


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
    """One ally who ratifies.

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
        Allies whom the question takes for holders.
    seen : int
        How many ratifications have been seen.
    invitation : Invitation or None
        The odds of an invitation; None where it is given, or where nobody judged the positions.
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

    applicant: str
    name: str
    as_of: date
    invited: date | None
    signed: date
    signed_is: str
    holders: tuple[str, ...]
    seen: int
    invitation: Invitation | None
    lengths: tuple[Length, ...]
    chances: tuple[Chance, ...]
    allies: tuple[AllyRow, ...]
    calendar: tuple[CalendarRow, ...]
    rounds: tuple[Round, ...]
    effective_draws: float
    notes: tuple[str, ...]

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.accession import charts

        return {"calendar": charts.accession_chart}
