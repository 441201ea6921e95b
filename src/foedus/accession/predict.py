"""Can an applicant be invited, and how long until the last parliament ratifies?

Every probability says what it is conditional on. The odds of an invitation are a band, from judged
positions; all the rest is conditional on a signature, and nothing here multiplies the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foedus.accession.forecast import DAYS, Forecast, Seen, closing_lag, forecast, quantile
from foedus.accession.intervals import closing_lags, completion_interval
from foedus.accession.invitation import invitation_odds
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
    learned = rounds()[-1].entry
    if today < learned:
        raise InputError(
            f"the estimate rests on rounds to {learned}, which nobody knew on {today}",
            where="--as-of",
            do="ask as of a later day, or see `foedus accession --hindcast`",
        )
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
        invitation=None if invited or signed or observed else invitation_odds(code),
        lengths=tuple(_length(made, level, when) for level in LEVELS),
        chances=_chances(made),
        allies=_allies(made, ratifiers, seen, against),
        calendar=_calendar(made, when),
        rounds=record,
        effective_draws=made.effective_draws,
        notes=_notes(
            code, how, held, against, made, conditional=invited or signed or observed, running=seen.day > 0
        ),
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
        early, middle, late = (None if done else quantile(made.each[i], p) for p in (0.25, 0.5, 0.75))
        rows.append(
            AllyRow(
                country=code,
                name=country_name(code),
                done=done,
                days_p25=early,
                days_p50=middle,
                days_p75=late,
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
    *,
    conditional: object,
    running: bool,
) -> tuple[str, ...]:
    """Say what the reader must know."""
    notes = [
        "It rests on ten rounds of accession, two signed on one day; how long holders hold rests on two "
        "allies.",
        f"Times and the last ally are {GIVEN_SIGNATURE}; they say nothing about whether there is one.",
    ]
    notes.append(_skill_note())
    if running:
        notes.append(_running_skill_note())
    if how != "given":
        notes.append(f"The signature is {how}; the calendar and its recesses run from there.")
    if held:
        notes.append(f"Taken for holders by the question: {', '.join(country_name(h) for h in held)}.")
    if against:
        names = ", ".join(country_name(a) for a in against)
        notes.append(
            f"Objections of the last two years that stand: {names}. They raise the odds of holding, "
            "and may fall away with the consent that an invitation needs."
        )
    if not conditional and not positions(code):
        notes.append("No odds of an invitation: nobody has judged where the allies stand on this applicant.")
    if not conditional and positions(code):
        notes.append(
            "The odds of an invitation rest on judged positions and are not multiplied with the rest; side "
            "payments have the same odds with every ally, which flatters a question that a large one opposes."
        )
    if made.effective_draws < 50:
        notes.append(
            "What was seen is unlike the ten rounds: the forecast rests on "
            f"{made.effective_draws:.0f} effective draws."
        )
    return tuple(notes)


def _skill_note() -> str:
    """Say how good the forecast of a round's length has been out of sample."""
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
    """Say how good forecasts of a running round have been on the two held-out rounds."""
    curve = [s for s in packaged_skill() if s.baseline == "kaplan_meier" and s.over.startswith("held out")]
    scores = "; ".join(
        f"{s.over.removeprefix('held out at ')} {s.crps:.0f} against {s.crps_baseline:.0f}" for s in curve[1:]
    )
    return f"In a running round, two held out, against the pooled curve: {scores}: not better at every day."
