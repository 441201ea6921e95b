"""How good forecasts of accession are, out of sample: proper scores beside two simple baselines.

Held-out rounds are forecast from rounds that had ended by a cut. Leave-one-out forecasts each of the ten
rounds at its signature from the others, leaving out with a round the one signed on the same day. The
baselines are the pooled product-limit curve of all earlier ratifiers, taken as independent, and "as the
last round"; the lengths of the other rounds, as they are, stand beside them because nothing is simpler. Ten
rounds give wide intervals.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from foedus.accession.estimate import Estimate, estimate, ratifiers_of, standing
from foedus.accession.forecast import DAYS, Forecast, Seen, at_draws, closing_lag, forecast, quantile
from foedus.accession.intervals import Spell, closing_lags, seen_by, spells
from foedus.accession.parameters import FOLDER
from foedus.accession.record import objections, rounds
from foedus.accession.rows import Round
from foedus.engine.arrays import Array
from foedus.engine.draws import stream

__all__ = [
    "AT_DAYS",
    "HeldOut",
    "LeaveOneOut",
    "Skill",
    "accession_skill",
    "crps",
    "held_out",
    "late_last_ratification",
    "leave_one_out",
    "packaged_skill",
    "predict",
]

AT_DAYS = (0, 30, 90, 180)
"""The days after the signature at which held-out rounds are forecast."""

CUT = date(2020, 12, 31)
HORIZON = 730.0
"""Days over which the Brier score of an ally's completion is averaged."""
WIDTH = 14.0
"""Half the width in days of the window in which a density is read off."""
RESAMPLES = 4000


@dataclass(frozen=True)
class HeldOut:
    """One forecast of a held-out round, and its scores.

    Attributes
    ----------
    round : str
        The round's name.
    day : int
        The day of the forecast, after the signature.
    actual_days : int
        Days from signature to entry, as they came.
    p05, p50, p95 : float or None
        Quantiles of the forecast; None beyond fifteen years.
    position : float
        The probability the forecast gave to a length up to the actual one; even over many forecasts.
    crps, crps_kaplan_meier, crps_last_round : float
        Continuous ranked probability scores of the length, days; less is better.
    log_score : float
        Log of the probability density at the actual length, per day; more is better.
    ally_log_score : float or None
        Mean log probability of the interval in which each open ally completed; None where none is open.
    ally_brier, ally_brier_kaplan_meier : float or None
        Brier score of each open ally's completion, averaged over the two years from the signature.
    ally_coverage : float or None
        Share of open allies whose completion lies in the middle 90 % of its forecast.
    """

    round: str
    day: int
    actual_days: int
    p05: float | None
    p50: float | None
    p95: float | None
    position: float
    crps: float
    crps_kaplan_meier: float
    crps_last_round: float
    log_score: float
    ally_log_score: float | None
    ally_brier: float | None
    ally_brier_kaplan_meier: float | None
    ally_coverage: float | None


@dataclass(frozen=True)
class LeaveOneOut:
    """One round forecast at its signature from the others.

    Attributes
    ----------
    round : str
        The round's name.
    actual_days : int
        Days from signature to entry.
    p05, p50, p95 : float or None
        Quantiles of the forecast.
    position : float
        The probability the forecast gave to a length up to the actual one.
    crps, crps_kaplan_meier, crps_last_round, crps_lengths : float
        Scores of the forecast and of the baselines, days.
    """

    round: str
    actual_days: int
    p05: float | None
    p50: float | None
    p95: float | None
    position: float
    crps: float
    crps_kaplan_meier: float
    crps_last_round: float
    crps_lengths: float


@dataclass(frozen=True)
class Skill:
    """Skill beside a baseline over some rounds.

    Attributes
    ----------
    over : str
        Which rounds.
    baseline : str
        Which baseline.
    rounds : int
        How many.
    crps, crps_baseline : float
        Means, days.
    difference, low, high : float
        Mean of baseline less forecast, and the middle 90 % of it when rounds are drawn anew; above zero is
        better than the baseline.
    """

    over: str
    baseline: str
    rounds: int
    crps: float
    crps_baseline: float
    difference: float
    low: float
    high: float


def crps(cumulative: Array, actual: float, days: Array = DAYS) -> float:
    """Give the continuous ranked probability score of a forecast of a length.

    Parameters
    ----------
    cumulative : ndarray, (day,)
        The probability of being over by each day.
    actual : float
        The length that came, days.
    days : ndarray, (day,)
        The days; beyond the last the forecast counts as it stands there.

    Returns
    -------
    float
        The integral over days of the squared distance from the step at `actual`, days. A point forecast
        scores its absolute error.
    """
    fine = np.arange(0.0, days[-1] + 1.0)
    reached = np.interp(fine + 0.5, days, cumulative)
    return float(((reached - (fine + 0.5 >= actual)) ** 2).sum())


def predict(
    round_: Round, found: Estimate, known: Sequence[Round], day: int = 0, *, objecting: bool = True
) -> Forecast:
    """Forecast a round of the record as of a day after its signature.

    Parameters
    ----------
    round_ : Round
        The round.
    found : Estimate
        What was learned, from other rounds.
    known : sequence of Round
        The rounds from which the time from the last completion to entry is taken.
    day : int, default 0
        Days after the signature.
    objecting : bool, default True
        Use the objections on record at the signature.

    Returns
    -------
    Forecast
        Given the signature and what had been seen by the day.
    """
    against = [o.ally for o in objections(round_.name, by=round_.signed) if o.stands(round_.signed)]
    who = ratifiers_of(round_.ratifiers, objecting=against if objecting else (), ally_pace=found.ally_pace)
    there = seen_by(round_, day, standing())
    seen = Seen(
        day=day,
        done=tuple(round_.ratifiers.index(s.ally) for s in there),
        start=tuple(s.start for s in there),
        end=tuple(s.end for s in there),
    )
    lag = closing_lag(closing_lags(known, standing()), standing().closing_lag_prior_days)
    return forecast(at_draws(found.draws, standing()), who, round_.signed, lag, seen)


def _pooled(known: Sequence[Round]) -> Callable[[Array], Array]:
    """Give the product-limit curve of the completion of all ratifiers of some rounds, intervals at their
    middle."""
    middles = np.sort([(s.start + s.end) / 2.0 for r in known for s in spells(r, standing())])

    def curve(days: Array) -> Array:
        return np.searchsorted(middles, days, side="right") / len(middles)

    return curve


def _kaplan_meier(round_: Round, known: Sequence[Round], day: int) -> tuple[Array, Array]:
    """Give the baseline's probability that the round is over, and that an open ally is done, by each day."""
    curve = _pooled(known)
    open_ = len(round_.ratifiers) - len(seen_by(round_, day, standing()))
    before = curve(np.array([float(day)]))[0] if day > 0 else 0.0
    each = np.clip((curve(DAYS) - before) / max(1.0 - before, 1e-12), 0.0, 1.0)
    if before >= 1.0:
        each = np.ones(DAYS.size)
    lag = float(np.median(closing_lags(known, standing())))
    return np.interp(DAYS - lag, DAYS, each**open_, left=0.0), each


def _log_score(cumulative: Array, actual: float) -> float:
    """Give the log density per day at the actual length, read off a window."""
    low, high = np.interp([actual - WIDTH, actual + WIDTH], DAYS, cumulative)
    return float(np.log(max((high - low) / (2.0 * WIDTH), 1e-9)))


def _ally_scores(
    round_: Round, made: Forecast, each: Array, open_: list[Spell], day: int
) -> tuple[float, float, float, float]:
    """Score the completion of open allies: log score, Brier score, that of the baseline, coverage."""
    grid = np.arange(float(day), HORIZON, 1.0)
    logs, briers, plain, inside = [], [], [], []
    for spell in open_:
        curve = made.each[round_.ratifiers.index(spell.ally)]
        start, end = np.interp([max(spell.start, day), spell.end], DAYS, curve)
        logs.append(np.log(max(end - start, 1e-9)))
        middle = (max(spell.start, day) + spell.end) / 2.0
        came = grid >= middle
        briers.append(((np.interp(grid, DAYS, curve) - came) ** 2).mean())
        plain.append(((np.interp(grid, DAYS, each) - came) ** 2).mean())
        inside.append(0.05 <= np.interp(middle, DAYS, curve) <= 0.95)
    return float(np.mean(logs)), float(np.mean(briers)), float(np.mean(plain)), float(np.mean(inside))


@cache
def _estimate(names: tuple[str, ...], proposals: int, draws: int) -> Estimate:
    """Estimate on rounds by name, once."""
    return estimate([r for r in rounds() if r.name in names], proposals=proposals, draws=draws)


def held_out(*, cut: date = CUT, proposals: int = 4096, draws: int = 2000) -> tuple[HeldOut, ...]:
    """Forecast the rounds that ended after a cut from those that had ended by it.

    Parameters
    ----------
    cut : datetime.date
        Nothing later is learned from.
    proposals, draws : int
        As for :func:`foedus.accession.estimate.estimate`.

    Returns
    -------
    tuple of HeldOut
        One per round and day of :data:`AT_DAYS`.
    """
    known = rounds(entered_by=cut)
    found = _estimate(tuple(r.name for r in known), proposals, draws)
    rows = []
    for round_ in rounds()[len(known) :]:
        final = {s.ally: s for s in spells(round_, standing())}
        for day in AT_DAYS:
            made = predict(round_, found, known, day)
            over, each = _kaplan_meier(round_, known, day)
            seen = {s.ally for s in seen_by(round_, day, standing())}
            open_ = [s for ally, s in final.items() if ally not in seen and s.end > day]
            scores = _ally_scores(round_, made, each, open_, day) if open_ else (None,) * 4
            actual = float(round_.days_to_entry)
            rows.append(
                HeldOut(
                    round=round_.name,
                    day=day,
                    actual_days=round_.days_to_entry,
                    p05=quantile(made.entry, 0.05),
                    p50=quantile(made.entry, 0.5),
                    p95=quantile(made.entry, 0.95),
                    position=float(np.interp(actual, DAYS, made.entry)),
                    crps=crps(made.entry, actual),
                    crps_kaplan_meier=crps(over, actual),
                    crps_last_round=abs(actual - max(known[-1].days_to_entry, day)),
                    log_score=_log_score(made.entry, actual),
                    ally_log_score=scores[0],
                    ally_brier=scores[1],
                    ally_brier_kaplan_meier=scores[2],
                    ally_coverage=scores[3],
                )
            )
    return tuple(rows)


def late_last_ratification(
    days: int = 265, *, known_at: int = 31, proposals: int = 4096, draws: int = 2000, objecting: bool = True
) -> float:
    """Give the chance, early in the round of 2022, that its last ratification comes late.

    Parameters
    ----------
    days : int, default 265
        The last ratification comes on this day after the signature or later.
    known_at : int, default 31
        The day of the forecast; only rounds to 2020 and what was seen by the day are used.
    proposals, draws : int
        As for :func:`foedus.accession.estimate.estimate`.
    objecting : bool, default True
        Use the objections on record at the signature.

    Returns
    -------
    float
        A probability, given the signature. A Weibull curve fitted to the 23 allies who were done gives 0.006.
    """
    known = rounds(entered_by=CUT)
    found = _estimate(tuple(r.name for r in known), proposals, draws)
    made = predict(rounds()[len(known)], found, known, known_at, objecting=objecting)
    return 1.0 - float(np.interp(float(days), DAYS, made.last_ratification))


def leave_one_out(*, proposals: int = 1024, draws: int = 400) -> tuple[LeaveOneOut, ...]:
    """Forecast each round at its signature from the others.

    Parameters
    ----------
    proposals, draws : int
        As for :func:`foedus.accession.estimate.estimate`.

    Returns
    -------
    tuple of LeaveOneOut
        One per round. "As the last round" takes the round signed before; for the first, the one after.
    """
    every = rounds()
    rows = []
    for round_ in every:
        known = tuple(r for r in every if r.signed != round_.signed)
        found = _estimate(tuple(r.name for r in known), proposals, draws)
        made = predict(round_, found, known)
        over, _ = _kaplan_meier(round_, known, 0)
        earlier = [r for r in every if r.signed < round_.signed]
        last = earlier[-1] if earlier else every[1]
        lengths = np.sort([float(r.days_to_entry) for r in known])
        actual = float(round_.days_to_entry)
        rows.append(
            LeaveOneOut(
                round=round_.name,
                actual_days=round_.days_to_entry,
                p05=quantile(made.entry, 0.05),
                p50=quantile(made.entry, 0.5),
                p95=quantile(made.entry, 0.95),
                position=float(np.interp(actual, DAYS, made.entry)),
                crps=crps(made.entry, actual),
                crps_kaplan_meier=crps(over, actual),
                crps_last_round=abs(actual - last.days_to_entry),
                crps_lengths=float(
                    np.abs(lengths - actual).mean()
                    - 0.5 * np.abs(lengths[:, np.newaxis] - lengths[np.newaxis, :]).mean()
                ),
            )
        )
    return tuple(rows)


def _skill(over: str, baseline: str, own: Sequence[float], other: Sequence[float]) -> Skill:
    """Compare scores round by round, with the interval of drawing rounds anew."""
    gain = np.asarray(other) - np.asarray(own)
    again = stream(1, f"accession skill {over} {baseline}", 0).integers(0, gain.size, (RESAMPLES, gain.size))
    low, high = np.quantile(gain[again].mean(axis=1), [0.05, 0.95])
    return Skill(
        over,
        baseline,
        gain.size,
        float(np.mean(own)),
        float(np.mean(other)),
        float(gain.mean()),
        float(low),
        float(high),
    )


def accession_skill(held: Sequence[HeldOut], left: Sequence[LeaveOneOut]) -> tuple[Skill, ...]:
    """Compare the forecasts of a round's length with the baselines.

    Parameters
    ----------
    held : sequence of HeldOut
        Forecasts of held-out rounds.
    left : sequence of LeaveOneOut
        Forecasts of each round from the others, at the signature.

    Returns
    -------
    tuple of Skill
        One per day of the held-out forecasts and baseline, and one per baseline of leave-one-out.
    """
    rows = []
    for day in sorted({h.day for h in held}):
        there = [h for h in held if h.day == day]
        own, over = [h.crps for h in there], f"held out at day {day}"
        rows.append(_skill(over, "kaplan_meier", own, [h.crps_kaplan_meier for h in there]))
        rows.append(_skill(over, "last_round", own, [h.crps_last_round for h in there]))
    own = [r.crps for r in left]
    rows.append(_skill("leave one out", "kaplan_meier", own, [r.crps_kaplan_meier for r in left]))
    rows.append(_skill("leave one out", "last_round", own, [r.crps_last_round for r in left]))
    rows.append(_skill("leave one out", "lengths", own, [r.crps_lengths for r in left]))
    return tuple(rows)


@cache
def packaged_skill() -> tuple[Skill, ...]:
    """Give the packaged result of :func:`accession_skill`, which ``benchmarks/accession_fit.py`` writes."""
    return tuple(
        Skill(
            row["over"],
            row["baseline"],
            int(row["rounds"]),
            *(float(row[n]) for n in ("crps", "crps_baseline", "difference", "low", "high")),
        )
        for row in FOLDER.rows("ratification_skill")
    )
