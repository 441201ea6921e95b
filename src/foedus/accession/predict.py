"""Can an applicant be invited, and how long until the last parliament ratifies?

Every probability says what it is conditional on. That of an invitation is a band, from judged positions;
all the rest is conditional on a signature, and nothing here multiplies the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foedus.accession.forecast import DAYS, RoundForecast, Seen, closing_lag, forecast, quantile
from foedus.accession.intervals import closing_lags, completion_interval
from foedus.accession.invitation import invitation_probability
from foedus.accession.observed import read_observed
from foedus.accession.posterior import packaged_draws, packaged_pace, ratifiers_of, standing
from foedus.accession.record import milestones, objections, positions, rounds
from foedus.accession.result import (
    GIVEN_SIGNATURE,
    Accession,
    AllyRow,
    CalendarRow,
    Chance,
    Length,
)
from foedus.accession.rows import Step
from foedus.accession.skill import packaged_skill
from foedus.axes import country_code, country_codes, country_name, is_aggregate
from foedus.errors import InputError
from foedus.evidence.institutions import members_on

__all__ = ["accession"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
WITHIN = (180, 365, 730, 1825)
FIRST_DAY = date(1949, 4, 4)
LAST_DAY = date(2100, 12, 31)
DRAWS = 400
"""Draws used while nothing has been seen; all of them once something has."""
MONTHS = 36


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
        The invitation and the signature. Without a signature one is supposed, after the invitation by the
        median lag of the record, or on the day of the question.
    holders : sequence of str
        Allies to be taken for holders.
    observed : pathlib.Path, optional
        A file of the ratifications seen so far; see :func:`foedus.accession.observed.read_observed`.
    as_of : datetime.date, optional
        The day of the question; without it the day of the last ratification seen, or today.

    Returns
    -------
    Accession
        How likely an invitation is, and the rest given a signature.

    Raises
    ------
    UnknownNameError
        When a name is not a country.
    InputError
        When the applicant is an ally already, a holder does not ratify, or a date is impossible.
    FileFormatError
        When the file of ratifications is malformed.
    """
    case = _case(applicant, invited, signed, holders, observed, as_of)
    prediction = _predict(case)
    return Accession(
        applicant=case.applicant,
        name=country_name(case.applicant),
        as_of=case.day,
        invited=invited,
        signed=case.signed,
        signed_is=case.signed_is,
        holders=case.holders,
        seen=len(case.seen.done),
        invitation=invitation_probability(case.applicant) if case.invitation_is_open else None,
        lengths=tuple(_length(prediction, level, case.signed) for level in LEVELS),
        chances=_chances(prediction),
        allies=_allies(prediction, case),
        calendar=_calendar(prediction, case.signed),
        rounds=rounds(),
        effective_draws=prediction.effective_draws,
        notes=_notes(case, prediction),
    )


@dataclass(frozen=True)
class _Case:
    """A question with its blanks filled in.

    Attributes
    ----------
    applicant : str
        Alpha-3 code.
    day, signed : datetime.date
        The day of the question, and the signature from which days count.
    signed_is : str
        How the signature came about.
    ratifiers, holders, objecting : tuple of str
        The allies, those among them taken for holders, and those whose objection stands on record.
    seen : Seen
        The ratifications seen so far.
    invitation_is_open : bool
        Whether nothing in the question says that there is an invitation.
    """

    applicant: str
    day: date
    signed: date
    signed_is: str
    ratifiers: tuple[str, ...]
    holders: tuple[str, ...]
    objecting: tuple[str, ...]
    seen: Seen
    invitation_is_open: bool


def _case(
    applicant: str,
    invited: date | None,
    signed: date | None,
    holders: Sequence[str],
    observed: Path | None,
    as_of: date | None,
) -> _Case:
    """Fill in the blanks of a question, refusing what cannot be."""
    today = as_of or date.today()
    _check_known(today)
    code = _applicant(applicant, today)
    when, how = _signature(code, invited, signed, today, observed is not None)
    ratifiers = tuple(a for a in members_on(max(when, today)) if a != code)
    named = _holders(holders, ratifiers)
    steps = read_observed(observed, ratifiers, when, as_of) if observed is not None else ()
    day = as_of or (max(s.latest for s in steps) if steps else today)
    return _Case(
        applicant=code,
        day=day,
        signed=when,
        signed_is=how,
        ratifiers=ratifiers,
        holders=named,
        objecting=tuple(o.ally for o in objections(code, by=min(when, day)) if o.stands(min(when, day))),
        seen=_seen(steps, ratifiers, when, day),
        invitation_is_open=not (invited or signed or observed),
    )


def _check_known(day: date) -> None:
    """Raise an error where the estimate rests on rounds that had not ended by a day."""
    learned = rounds()[-1].entry
    if day < learned:
        raise InputError(
            f"the estimate rests on rounds to {learned}, which nobody knew on {day}",
            where="--as-of",
            do="ask as of a later day, or see `foedus accession --hindcast`",
        )


def _predict(case: _Case) -> RoundForecast:
    """Forecast the round: with all draws once something has been seen."""
    ratifiers = ratifiers_of(
        case.ratifiers, objecting=case.objecting, holders=case.holders, ally_pace=packaged_pace()
    )
    lag = closing_lag(closing_lags(rounds(), standing()), standing().closing_lag_prior_days)
    draws = packaged_draws(None if case.seen.day else DRAWS)
    return forecast(draws, ratifiers, case.signed, lag, case.seen)


def _applicant(name: str, day: date) -> str:
    """Return the applicant's code, refusing allies and aggregates."""
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
    """Return the codes of those taken for holders, who must be among the ratifiers."""
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
    """Return the day of the signature and how it came about, refusing impossible days."""
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
    spans = {
        a: completion_interval(signed, steps_of_ally, standing()) for a, steps_of_ally in by_ally.items()
    }
    return Seen(
        day=since,
        done=tuple(ratifiers.index(a) for a in spans),
        start=tuple(s[0] for s in spans.values()),
        end=tuple(s[1] for s in spans.values()),
    )


def _length(prediction: RoundForecast, level: float, signed: date) -> Length:
    """Return one quantile of the time from signature to entry."""
    days = quantile(prediction.entry, level)
    return Length(level, days, None if days is None else signed + timedelta(days=round(days)))


def _chance(what: str, probability: float) -> Chance:
    """Return a probability that is conditional on the signature."""
    value = float(np.clip(probability, 0.0, 1.0))
    return Chance(what, value, value, value, GIVEN_SIGNATURE, conditional_on_invitation=True)


def _chances(prediction: RoundForecast) -> tuple[Chance, ...]:
    """Return the probabilities that people ask for."""
    entered = [
        _chance(f"entry within {d} days of the signature", float(np.interp(d, DAYS, prediction.entry)))
        for d in WITHIN
    ]
    never = _chance(
        "some ally has not ratified after fifteen years", 1.0 - float(prediction.last_ratification[-1])
    )
    return (*entered, never)


def _allies(prediction: RoundForecast, case: _Case) -> tuple[AllyRow, ...]:
    """Return one row per ratifier, the likeliest last one first."""
    rows = []
    for i, code in enumerate(case.ratifiers):
        done = i in case.seen.done
        early, middle, late = (None if done else quantile(prediction.each[i], p) for p in (0.25, 0.5, 0.75))
        rows.append(
            AllyRow(
                country=code,
                name=country_name(code),
                done=done,
                days_p25=early,
                days_p50=middle,
                days_p75=late,
                is_last=float(prediction.is_last[i]),
                is_holder=float(prediction.is_holder[i]),
                objects=code in case.objecting,
            )
        )
    return tuple(sorted(rows, key=lambda r: (-r.is_last, r.country)))


def _calendar(prediction: RoundForecast, signed: date) -> tuple[CalendarRow, ...]:
    """Return three years by month."""
    rows = []
    year, month = signed.year, signed.month
    for _ in range(MONTHS):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        end = date(year, month, 1) - timedelta(days=1)
        days = (end - signed).days
        each = [float(np.interp(days, DAYS, curve)) for curve in prediction.each]
        rows.append(
            CalendarRow(
                end,
                days,
                sum(each),
                float(np.interp(days, DAYS, prediction.last_ratification)),
                float(np.interp(days, DAYS, prediction.entry)),
            )
        )
    return tuple(rows)


def _notes(case: _Case, prediction: RoundForecast) -> tuple[str, ...]:
    """Write what the reader must know."""
    notes = [
        "It rests on ten rounds of accession, two signed on one day; how long holders hold rests on two "
        "allies.",
        f"Times and the last ally are {GIVEN_SIGNATURE}; they say nothing about whether there is one.",
    ]
    notes.append(_skill_note())
    if case.seen.day > 0:
        notes.append(_running_skill_note())
    if case.signed_is != "given":
        notes.append(f"The signature is {case.signed_is}; the calendar and its recesses run from there.")
    if case.holders:
        notes.append(
            f"Taken for holders by the question: {', '.join(country_name(h) for h in case.holders)}."
        )
    if case.objecting:
        names = ", ".join(country_name(a) for a in case.objecting)
        notes.append(
            f"Objections of the last two years that stand: {names}. They raise the odds of holding, "
            "and may fall away with the consent that an invitation needs."
        )
    judged = positions(case.applicant)
    if case.invitation_is_open and not judged:
        notes.append("No odds of an invitation: nobody has judged where the allies stand on this applicant.")
    if case.invitation_is_open and judged:
        notes.append(
            "The odds of an invitation rest on judged positions and are not multiplied with the rest; side "
            "payments have the same odds with every ally, which flatters a question that a large one opposes."
        )
    if prediction.effective_draws < 50:
        notes.append(
            "What was seen is unlike the ten rounds: the forecast rests on "
            f"{prediction.effective_draws:.0f} effective draws."
        )
    return tuple(notes)


def _skill_note() -> str:
    """Write how good the forecast of a round's length has been out of sample."""
    left = {s.baseline: s for s in packaged_skill() if s.over == "leave one out"}
    curve, last = left["kaplan_meier"], left["last_round"]
    return (
        "Skill, each of ten rounds from the others, mean CRPS of the length in days: "
        f"{curve.crps:.0f}, against "
        f"{curve.crps_baseline:.0f} by the pooled Kaplan-Meier curve (gain {curve.low:+.0f} to "
        f"{curve.high:+.0f}) and {last.crps_baseline:.0f} as the last round (gain {last.low:+.0f} "
        f"to {last.high:+.0f})."
    )


def _running_skill_note() -> str:
    """Write how good forecasts of a running round have been on the two held-out rounds."""
    curve = [s for s in packaged_skill() if s.baseline == "kaplan_meier" and s.over.startswith("held out")]
    scores = "; ".join(
        f"{s.over.removeprefix('held out at ')} {s.crps:.0f} against {s.crps_baseline:.0f}" for s in curve[1:]
    )
    return f"In a running round, two held out, against the pooled curve: {scores}: not better at every day."
