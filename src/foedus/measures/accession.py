"""Can an applicant be invited, and how long until the last parliament ratifies?

Every probability says what it is conditional on. The odds of an invitation are a band, from judged positions; all
the rest is conditional on a signature, and nothing here multiplies the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foedus.axes import country_code, country_codes, country_name, is_aggregate
from foedus.ensemble.ratification import packaged_draws, packaged_pace, ratifiers_of, standing
from foedus.ensemble.spells import closing_lags, completion_interval
from foedus.errors import InputError
from foedus.evidence.accession import Round, Step, milestones, objections, positions, rounds
from foedus.evidence.institutions import members_on
from foedus.evidence.observed import read_observed
from foedus.model.invitation import Parameters as InvitationParameters
from foedus.model.invitation import passing
from foedus.model.ratification_forecast import DAYS, Forecast, Seen, closing_lag, forecast, quantile
from foedus.parameters import component_parameters

__all__ = [
    "GIVEN_INVITATION",
    "GIVEN_QUESTION",
    "GIVEN_SIGNATURE",
    "Accession",
    "AllyRow",
    "CalendarRow",
    "Chance",
    "Invitation",
    "Length",
    "accession",
]

GIVEN_QUESTION = "if the question of an invitation is put to all allies once, as it is"
GIVEN_INVITATION = "given an invitation"
GIVEN_SIGNATURE = "given an invitation and the signature of the protocol"

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
WITHIN = (180, 365, 730, 1825)
FIRST_DAY = date(1949, 4, 4)
LAST_DAY = date(2100, 12, 31)
DRAWS = 400
"""Draws used while nothing has been seen; all of them once something has."""
MONTHS = 36


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
        That nobody objects.
    objectors : tuple of (str, float, float)
        Allies who may object: code, and the band of the chance that each does.
    unverified : int
        How many of the positions are not verified.
    """

    chance: Chance
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
class Accession:
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


def accession(
    applicant: str,
    *,
    invited: date | None = None,
    signed: date | None = None,
    holders: Sequence[str] = (),
    observed: Path | None = None,
    as_of: date | None = None,
) -> Accession:
    """Forecast an accession.

    Parameters
    ----------
    applicant : str
        Name or code of the applicant.
    invited, signed : datetime.date, optional
        The invitation and the signature. Without a signature one is supposed, after the invitation by the median
        lag of the record, or on the day of the question.
    holders : sequence of str
        Allies to be taken for holders.
    observed : pathlib.Path, optional
        A file of the ratifications seen so far; see :func:`foedus.evidence.observed.read_observed`.
    as_of : datetime.date, optional
        The day of the question; without it the day of the last ratification seen, or today.

    Returns
    -------
    Accession
        Odds of an invitation, and the rest given a signature.

    Raises
    ------
    UnknownNameError
        When a name is not a country.
    InputError
        When the applicant is an ally already, a holder does not ratify, or a date is impossible.
    FileFormatError
        When the file of ratifications is malformed.
    """
    today = as_of or date.today()
    code = _applicant(applicant, today)
    record = rounds()
    when, how = _signature(code, invited, signed, today, observed is not None)
    ratifiers = tuple(a for a in members_on(max(when, today)) if a != code)
    held = _holders(holders, ratifiers)
    steps = read_observed(observed, ratifiers, when, as_of) if observed is not None else ()
    day = as_of or (max(s.latest for s in steps) if steps else today)
    against = tuple(o.ally for o in objections(code, by=min(when, day)) if o.stands(min(when, day)))
    who = ratifiers_of(ratifiers, objecting=against, holders=held, ally_pace=packaged_pace())
    seen = _seen(steps, ratifiers, when, day)
    lag = closing_lag(closing_lags(record, standing()), standing().closing_lag_prior_days)
    made = forecast(packaged_draws(None if seen.day else DRAWS), who, when, lag, seen)
    return Accession(
        applicant=code,
        name=country_name(code),
        as_of=day,
        invited=invited,
        signed=when,
        signed_is=how,
        holders=held,
        seen=len(seen.done),
        invitation=None if invited or signed or observed else _invitation(code),
        lengths=tuple(_length(made, level, when) for level in LEVELS),
        chances=_chances(made),
        allies=_allies(made, ratifiers, seen, against),
        calendar=_calendar(made, when),
        rounds=record,
        effective_draws=made.effective_draws,
        notes=_notes(code, how, held, against, made, invited or signed or observed),
    )


def _applicant(name: str, day: date) -> str:
    """Give the applicant's code, refusing allies and aggregates."""
    code = country_code(name, where="--applicant")
    if is_aggregate(code):
        raise InputError(f"{country_name(code)} is an aggregate", where="--applicant", do="name a country")
    if code in members_on(day):
        raise InputError(
            f"{country_name(code)} is a member already",
            where="--applicant",
            do="`foedus accession --record` shows how it acceded",
        )
    return code


def _holders(names: Sequence[str], ratifiers: tuple[str, ...]) -> tuple[str, ...]:
    """Give the codes of those taken for holders, who must be among the ratifiers."""
    codes = country_codes(names, where="--holders")
    for code in codes:
        if code not in ratifiers:
            raise InputError(
                f"{country_name(code)} does not ratify this accession", where="--holders", do="name an ally"
            )
    return tuple(codes)


def _signature(
    code: str, invited: date | None, signed: date | None, today: date, running: bool
) -> tuple[date, str]:
    """Give the day of the signature and how it came about, refusing impossible days."""
    applied = [m.date for m in milestones(code) if m.kind == "application"]
    first = max([FIRST_DAY, *applied])
    for name, day in (("--invited", invited), ("--signed", signed)):
        if day is not None and not first <= day <= LAST_DAY:
            what = (
                f"{country_name(code)} applied on {first}" if applied else f"the treaty was signed on {first}"
            )
            raise InputError(
                f"{day} is an impossible date: {what}" if day < first else f"{day} is beyond {LAST_DAY}",
                where=name,
                do=f"give a day from {first} to {LAST_DAY}",
            )
    if invited and signed and signed < invited:
        raise InputError(
            f"the signature on {signed} lies before the invitation on {invited}",
            where="--signed",
            do="mend one of the days",
        )
    if signed:
        return signed, "given"
    if invited:
        lag = float(np.median([(r.signed - r.invitation).days for r in rounds()]))
        return invited + timedelta(days=round(lag)), "invited plus the median of ten rounds"
    if running:
        raise InputError(
            "a round that is running has a signature", where="--observed", do="say when with --signed"
        )
    return today, "supposed on the day of the question"


def _seen(steps: tuple[Step, ...], ratifiers: tuple[str, ...], signed: date, day: date) -> Seen:
    """Turn the steps seen into what the forecast is conditional on."""
    since = (day - signed).days
    if since <= 0:
        return Seen()
    by_ally: dict[str, dict[str, Step]] = {}
    for step in steps:
        by_ally.setdefault(step.ally, {})[step.step] = step
    if not steps:
        return Seen()
    spans = {a: completion_interval(signed, found, standing()) for a, found in by_ally.items()}
    return Seen(
        day=since,
        done=tuple(ratifiers.index(a) for a in spans),
        start=tuple(s[0] for s in spans.values()),
        end=tuple(s[1] for s in spans.values()),
    )


def _invitation(code: str) -> Invitation | None:
    """Give the odds of an invitation from judged positions, or None where there are none."""
    rows = positions(code)
    if not rows:
        return None
    known = component_parameters("invitation")
    terms = InvitationParameters(
        **{n: float(p.value) for n, p in known.items() if isinstance(p.value, float)}
    )
    found = passing(np.array([r.position for r in rows]), np.array([r.salience for r in rows]), terms)
    objectors = [
        (r.ally, float(found.objects_low[i]), float(found.objects_high[i]))
        for i, r in enumerate(rows)
        if found.objects_high[i] > 0.0
    ]
    return Invitation(
        chance=Chance(
            "an invitation is agreed",
            None,
            found.low,
            found.high,
            GIVEN_QUESTION,
            conditional_on_invitation=False,
        ),
        objectors=tuple(sorted(objectors, key=lambda o: -o[2] - o[1])),
        unverified=sum(r.known == "unverified" for r in rows),
    )


def _length(made: Forecast, level: float, signed: date) -> Length:
    """Give one quantile of the time from signature to entry."""
    days = quantile(made.entry, level)
    return Length(level, days, None if days is None else signed + timedelta(days=round(days)))


def _chance(what: str, probability: float) -> Chance:
    """Give a probability that is conditional on the signature."""
    value = float(np.clip(probability, 0.0, 1.0))
    return Chance(what, value, value, value, GIVEN_SIGNATURE, conditional_on_invitation=True)


def _chances(made: Forecast) -> tuple[Chance, ...]:
    """Give the probabilities that people ask for."""
    entered = [
        _chance(f"entry within {d} days of the signature", float(np.interp(d, DAYS, made.entry)))
        for d in WITHIN
    ]
    never = _chance("some ally has not ratified after fifteen years", 1.0 - float(made.last_ratification[-1]))
    return (*entered, never)


def _allies(
    made: Forecast, ratifiers: tuple[str, ...], seen: Seen, against: tuple[str, ...]
) -> tuple[AllyRow, ...]:
    """Give one row per ratifier, the likeliest last one first."""
    rows = []
    for i, code in enumerate(ratifiers):
        done = i in seen.done
        spread = [None] * 3 if done else [quantile(made.each[i], p) for p in (0.25, 0.5, 0.75)]
        rows.append(
            AllyRow(
                code,
                country_name(code),
                done,
                *spread,
                is_last=float(made.is_last[i]),
                is_holder=float(made.is_holder[i]),
                objects=code in against,
            )
        )
    return tuple(sorted(rows, key=lambda r: (-r.is_last, r.country)))


def _calendar(made: Forecast, signed: date) -> tuple[CalendarRow, ...]:
    """Give three years by month."""
    rows = []
    year, month = signed.year, signed.month
    for _ in range(MONTHS):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        end = date(year, month, 1) - timedelta(days=1)
        days = (end - signed).days
        each = [float(np.interp(days, DAYS, curve)) for curve in made.each]
        rows.append(
            CalendarRow(
                end,
                days,
                sum(each),
                float(np.interp(days, DAYS, made.last_ratification)),
                float(np.interp(days, DAYS, made.entry)),
            )
        )
    return tuple(rows)


def _notes(
    code: str,
    how: str,
    held: tuple[str, ...],
    against: tuple[str, ...],
    made: Forecast,
    conditional: object,
) -> tuple[str, ...]:
    """Say what the reader must know."""
    notes = [
        "It rests on ten rounds of accession, two of them signed on one day; how long holders hold rests on two allies.",
        f"Times and the last ally are {GIVEN_SIGNATURE}; they say nothing about whether there is one.",
    ]
    if how != "given":
        notes.append(f"The signature is {how}; the calendar and its recesses run from there.")
    if held:
        notes.append(f"Taken for holders by the question: {', '.join(country_name(h) for h in held)}.")
    if against:
        names = ", ".join(country_name(a) for a in against)
        notes.append(
            f"Objections of the last two years that stand on record: {names}. They raise the odds of holding."
        )
    if not conditional and not positions(code):
        notes.append("No odds of an invitation: nobody has judged where the allies stand on this applicant.")
    if not conditional and positions(code):
        notes.append(
            "The odds of an invitation rest on judged positions and are a band; they are not multiplied with the rest."
        )
    if made.effective_draws < 50:
        notes.append(
            f"What was seen is unlike the ten rounds: the forecast rests on {made.effective_draws:.0f} effective draws."
        )
    return tuple(notes)
