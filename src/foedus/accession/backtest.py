"""Forecasts of accession out of sample, with their scores and those of two simple baselines.

Held-out rounds are forecast from rounds that had ended by a cut. Leave-one-out forecasts each of the ten
rounds at its signature from the others, leaving out with a round the one signed on the same day. The
baselines are the pooled product-limit curve of all earlier ratifiers, taken as independent, and "as the
last round"; the lengths of the other rounds, as they are, stand beside them because nothing is simpler.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np

from foedus.accession.estimate import Estimate, estimate
from foedus.accession.forecast import DAYS, RoundForecast, Seen, closing_lag, forecast, quantile
from foedus.accession.forms import RatificationForm
from foedus.accession.intervals import closing_lags, seen_by, spells
from foedus.accession.posterior import at_draws, ratifiers_of, standing
from foedus.accession.record import objections, rounds
from foedus.accession.rows import Round
from foedus.accession.scores import ally_scores, crps, log_score
from foedus.engine.arrays import Array

__all__ = [
    "AT_DAYS",
    "HeldOut",
    "LeaveOneOut",
    "forecast_round",
    "held_out",
    "late_last_ratification",
    "leave_one_out",
]

AT_DAYS = (0, 30, 90, 180)
"""The days after the signature at which held-out rounds are forecast."""

CUT = date(2020, 12, 31)
"""The last day of the rounds that held-out forecasts learn from."""


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


def forecast_round(
    round_: Round, learned: Estimate, known: Sequence[Round], day: int = 0, *, objecting: bool = True
) -> RoundForecast:
    """Forecast a round of the record as of a day after its signature.

    Parameters
    ----------
    round_ : Round
        The round.
    learned : Estimate
        What other rounds taught.
    known : sequence of Round
        The rounds from which the time from the last completion to entry is taken.
    day : int, default 0
        Days after the signature.
    objecting : bool, default True
        Use the objections on record at the signature.

    Returns
    -------
    RoundForecast
        Given the signature and what had been seen by the day.
    """
    against = [o.ally for o in objections(round_.name, by=round_.signed) if o.stands(round_.signed)]
    ratifiers = ratifiers_of(
        round_.ratifiers, objecting=against if objecting else (), ally_pace=learned.ally_pace
    )
    completions = seen_by(round_, day, standing())
    seen = Seen(
        day=day,
        done=tuple(round_.ratifiers.index(s.ally) for s in completions),
        start=tuple(s.start for s in completions),
        end=tuple(s.end for s in completions),
    )
    lag = closing_lag(closing_lags(known, standing()), standing().closing_lag_prior_days)
    return forecast(at_draws(learned.draws, form=learned.form), ratifiers, round_.signed, lag, seen)


def _pooled(known: Sequence[Round]) -> Callable[[Array], Array]:
    """Return the product-limit curve of all ratifiers of some rounds, intervals at their middle."""
    middles = np.sort([(s.start + s.end) / 2.0 for r in known for s in spells(r, standing())])

    def curve(days: Array) -> Array:
        return np.searchsorted(middles, days, side="right") / len(middles)

    return curve


def _kaplan_meier(round_: Round, known: Sequence[Round], day: int) -> tuple[Array, Array]:
    """Return the baseline's probability that the round is over, and that an open ally is done, by day."""
    curve = _pooled(known)
    open_ = len(round_.ratifiers) - len(seen_by(round_, day, standing()))
    before = curve(np.array([float(day)]))[0] if day > 0 else 0.0
    each = np.clip((curve(DAYS) - before) / max(1.0 - before, 1e-12), 0.0, 1.0)
    if before >= 1.0:
        each = np.ones(DAYS.size)
    lag = float(np.median(closing_lags(known, standing())))
    return np.interp(DAYS - lag, DAYS, each**open_, left=0.0), each


@cache
def _estimate(
    names: tuple[str, ...], proposals: int, draws: int, form: RatificationForm = "weibull"
) -> Estimate:
    """Estimate on rounds by name, once."""
    return estimate([r for r in rounds() if r.name in names], proposals=proposals, draws=draws, form=form)


def held_out(
    *, cut: date = CUT, proposals: int = 4096, draws: int = 2000, form: RatificationForm = "weibull"
) -> tuple[HeldOut, ...]:
    """Forecast the rounds that ended after a cut from those that had ended by it.

    Parameters
    ----------
    cut : datetime.date
        Nothing later is learned from.
    proposals, draws : int
        As for :func:`foedus.accession.estimate.estimate`.
    form : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed.

    Returns
    -------
    tuple of HeldOut
        One per round and day of :data:`AT_DAYS`.
    """
    known = rounds(entered_by=cut)
    learned = _estimate(tuple(r.name for r in known), proposals, draws, form)
    return tuple(
        _held_out(round_, learned, known, day) for round_ in rounds()[len(known) :] for day in AT_DAYS
    )


def _held_out(round_: Round, learned: Estimate, known: Sequence[Round], day: int) -> HeldOut:
    """Forecast one round as of one day and score the forecast."""
    forecast_ = forecast_round(round_, learned, known, day)
    over, each = _kaplan_meier(round_, known, day)
    seen = {s.ally for s in seen_by(round_, day, standing())}
    final = {s.ally: s for s in spells(round_, standing())}
    open_ = [s for ally, s in final.items() if ally not in seen and s.end > day]
    scores = ally_scores(round_.ratifiers, forecast_, each, open_, day) if open_ else (None,) * 4
    actual = float(round_.days_to_entry)
    return HeldOut(
        round=round_.name,
        day=day,
        actual_days=round_.days_to_entry,
        p05=quantile(forecast_.entry, 0.05),
        p50=quantile(forecast_.entry, 0.5),
        p95=quantile(forecast_.entry, 0.95),
        position=float(np.interp(actual, DAYS, forecast_.entry)),
        crps=crps(forecast_.entry, actual),
        crps_kaplan_meier=crps(over, actual),
        crps_last_round=abs(actual - max(known[-1].days_to_entry, day)),
        log_score=log_score(forecast_.entry, actual),
        ally_log_score=scores[0],
        ally_brier=scores[1],
        ally_brier_kaplan_meier=scores[2],
        ally_coverage=scores[3],
    )


def late_last_ratification(
    days: int = 265, *, known_at: int = 31, proposals: int = 4096, draws: int = 2000, objecting: bool = True
) -> float:
    """Return the probability, early in the round of 2022, that its last ratification comes late.

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
    learned = _estimate(tuple(r.name for r in known), proposals, draws)
    early = forecast_round(rounds()[len(known)], learned, known, known_at, objecting=objecting)
    return 1.0 - float(np.interp(float(days), DAYS, early.last_ratification))


def leave_one_out(
    *,
    proposals: int = 1024,
    draws: int = 400,
    names: Collection[str] | None = None,
    form: RatificationForm = "weibull",
) -> tuple[LeaveOneOut, ...]:
    """Forecast each round at its signature from the others.

    Parameters
    ----------
    proposals, draws : int
        As for :func:`foedus.accession.estimate.estimate`.
    names : collection of str, optional
        The rounds to forecast; without it, all.
    form : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed.

    Returns
    -------
    tuple of LeaveOneOut
        One per round. "As the last round" takes the round signed before; for the first, the one after.
    """
    every = rounds()
    rows = []
    for round_ in every if names is None else (r for r in every if r.name in names):
        known = tuple(r for r in every if r.signed != round_.signed)
        learned = _estimate(tuple(r.name for r in known), proposals, draws, form)
        at_signature = forecast_round(round_, learned, known)
        over, _ = _kaplan_meier(round_, known, 0)
        earlier = [r for r in every if r.signed < round_.signed]
        last = earlier[-1] if earlier else every[1]
        actual = float(round_.days_to_entry)
        rows.append(
            LeaveOneOut(
                round=round_.name,
                actual_days=round_.days_to_entry,
                p05=quantile(at_signature.entry, 0.05),
                p50=quantile(at_signature.entry, 0.5),
                p95=quantile(at_signature.entry, 0.95),
                position=float(np.interp(actual, DAYS, at_signature.entry)),
                crps=crps(at_signature.entry, actual),
                crps_kaplan_meier=crps(over, actual),
                crps_last_round=abs(actual - last.days_to_entry),
                crps_lengths=_crps_of_lengths(known, actual),
            )
        )
    return tuple(rows)


def _crps_of_lengths(known: Sequence[Round], actual: float) -> float:
    """Compute the ranked probability score of the lengths of other rounds, taken as they are."""
    lengths = np.sort([float(r.days_to_entry) for r in known])
    spread = np.abs(lengths[:, np.newaxis] - lengths[np.newaxis, :]).mean()
    return float(np.abs(lengths - actual).mean() - 0.5 * spread)
