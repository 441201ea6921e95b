"""Can an applicant be invited, and how long until the last parliament ratifies?

Every probability says what it is conditional on. That of an invitation is a band, from judged positions;
all the rest is conditional on a signature, and nothing here multiplies the two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from foedus.accession.applicants import all_positions, facts
from foedus.accession.forecast import DAYS, RoundForecast, closing_lag, forecast, quantile
from foedus.accession.intervals import closing_lags
from foedus.accession.invitation import invitation_probability
from foedus.accession.posterior import packaged_draws, packaged_pace, ratifiers_of, standing
from foedus.accession.question import Case, case_of
from foedus.accession.ratification import Ratifiers
from foedus.accession.record import rounds
from foedus.accession.result import (
    GIVEN_SIGNATURE,
    Accession,
    AllyRow,
    CalendarRow,
    Chance,
    Length,
)
from foedus.accession.rows import Position
from foedus.accession.skill import packaged_skill
from foedus.axes import country_name
from foedus.rounding import written

__all__ = ["accession"]

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
WITHIN = (180, 365, 730, 1825)
DRAWS = 400
"""Draws used while nothing has been seen; all of them once something has."""
BAND_DRAWS = 80
"""Draws used at each end of the range of a refusal."""
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
        Allies to be taken for holders; "TUR:0.5" also gives the chance that it never ratifies.
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
        When the applicant is an ally already or Article 10 does not admit it, a holder does not ratify, or a
        date is impossible.
    FileFormatError
        When the file of ratifications is malformed.
    """
    case = case_of(applicant, invited, signed, holders, observed, as_of)
    prediction, least, most = _predict(case)
    stands = all_positions(case.applicant, case.day, case.ratifiers) if case.invitation_is_open else ()
    return Accession(
        applicant=case.applicant,
        name=country_name(case.applicant),
        as_of=case.day,
        invited=invited,
        signed=case.signed,
        signed_is=case.signed_is,
        holders=case.holders,
        seen=len(case.seen.done),
        specific=facts(case.applicant, case.day),
        invitation=invitation_probability(stands),
        lengths=tuple(_length(prediction, level, case.signed) for level in LEVELS),
        chances=_chances(prediction, least, most),
        allies=_allies(prediction, case),
        calendar=_calendar(prediction, case.signed),
        rounds=rounds(),
        effective_draws=prediction.effective_draws,
        notes=_notes(case, prediction, stands),
    )


def _predict(case: Case) -> tuple[RoundForecast, RoundForecast, RoundForecast]:
    """Forecast the round, as judged and at the ends of the range of a refusal: with all draws once something
    has been seen."""
    lag = closing_lag(closing_lags(rounds(), standing()), standing().closing_lag_prior_days)
    draws = DRAWS if case.seen.day == 0 else None
    value, low, high = (
        forecast(packaged_draws(count), _ratifiers(case, refuses), case.signed, lag, case.seen)
        for count, refuses in zip((draws, BAND_DRAWS, BAND_DRAWS), case.refuses, strict=True)
    )
    return value, low, high


def _ratifiers(case: Case, refuses: Mapping[str, float]) -> Ratifiers:
    """Return the allies of a case as ratifiers."""
    return ratifiers_of(
        case.ratifiers,
        objecting=(*case.opposing, *case.objecting),
        holders=case.holders,
        ally_pace=packaged_pace(),
        refuses=refuses,
    )


def _length(prediction: RoundForecast, level: float, signed: date) -> Length:
    """Return one quantile of the time from signature to entry."""
    days = quantile(prediction.entry, level)
    return Length(level, days, None if days is None else signed + timedelta(days=round(days)))


def _chances(prediction: RoundForecast, least: RoundForecast, most: RoundForecast) -> tuple[Chance, ...]:
    """Return the probabilities that people ask for, with the band over the chance of a refusal."""
    entered = [
        _chance(
            f"entry within {d} days of the signature",
            *(float(np.interp(d, DAYS, p.entry)) for p in (prediction, most, least)),
        )
        for d in WITHIN
    ]
    never = _chance(
        "some ally has not ratified after fifteen years",
        *(1.0 - float(p.last_ratification[-1]) for p in (prediction, least, most)),
    )
    return (*entered, never)


def _chance(what: str, probability: float, low: float, high: float) -> Chance:
    """Return a probability that is conditional on the signature, inside its band."""
    value, low, high = (float(np.clip(v, 0.0, 1.0)) for v in (probability, low, high))
    return Chance(
        what, value, min(value, low), max(value, high), GIVEN_SIGNATURE, conditional_on_invitation=True
    )


def _allies(prediction: RoundForecast, case: Case) -> tuple[AllyRow, ...]:
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


def _notes(case: Case, prediction: RoundForecast, stands: Sequence[Position]) -> tuple[str, ...]:
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
    if case.opposing:
        names = ", ".join(country_name(a) for a in case.opposing)
        notes.append(f"In dispute with the applicant, or not recognising it, so likelier to hold: {names}.")
    notes.append(
        "That a holder never ratifies has a judged chance, which no round on record can measure: the bands "
        "run over its range."
    )
    if case.invitation_is_open and not stands:
        notes.append("No odds of an invitation: nobody has judged where the allies stand on this applicant.")
    if stands:
        notes.append(
            "The odds of an invitation rest on judged positions and are not multiplied with the rest. The "
            "model of objections has not been shown to beat the base rate where positions were coded without "
            "knowing the outcome: read the band and not the number."
        )
    if prediction.effective_draws < 50:
        notes.append(
            "What was seen is unlike the ten rounds: the forecast rests on "
            f"{written(prediction.effective_draws)} effective draws."
        )
    return tuple(notes)


def _skill_note() -> str:
    """Write how good the forecast of a round's length has been out of sample."""
    left = {s.baseline: s for s in packaged_skill() if s.over == "leave one out"}
    curve, last = left["kaplan_meier"], left["last_round"]
    return (
        "Skill, each of ten rounds from the others, mean CRPS of the length in days: "
        f"{written(curve.crps)}, against "
        f"{written(curve.crps_baseline)} by the pooled Kaplan-Meier curve (gain "
        f"{written(curve.low, signed=True)} to "
        f"{written(curve.high, signed=True)}) and {written(last.crps_baseline)} as the last "
        f"round (gain {written(last.low, signed=True)} "
        f"to {written(last.high, signed=True)})."
    )


def _running_skill_note() -> str:
    """Write how good forecasts of a running round have been on the two held-out rounds."""
    curve = [s for s in packaged_skill() if s.baseline == "kaplan_meier" and s.over.startswith("held out")]
    scores = "; ".join(
        f"{s.over.removeprefix('held out at ')} {written(s.crps)} against {written(s.crps_baseline)}"
        for s in curve[1:]
    )
    return f"In a running round, two held out, against the pooled curve: {scores}: not better at every day."
