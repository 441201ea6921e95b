"""How long a round of accession takes: the distribution of its last ratification and of the entry.

Given one draw of the parameters and a point of the pace and the hold that the round shares, ratifiers are
independent, so that the probability that all are done by a day is a product. The rest is an average over
points whose weights are the likelihood of what has been seen so far. No random numbers are drawn: the
points are taken at even steps of the weights. The forecast is conditional on a signature; nothing here says
whether there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.accession.frailty import GOLDEN_SECTION, PACE, hold_points, pace_weights
from foedus.accession.ratification import (
    WEEK,
    Parameters,
    Ratifiers,
    interval_probability,
    kinds,
    lognormal_open,
    survival,
)
from foedus.accession.recess import recess_days, working_days
from foedus.engine.arrays import Array

__all__ = ["DAYS", "LAST_DAY", "RoundForecast", "Seen", "closing_lag", "forecast", "quantile"]

LAST_DAY = 5474
"""The last day of a forecast: fifteen years after the signature."""

DAYS: Array = np.unique(
    np.concatenate([np.arange(0.0, 1096.0, WEEK), np.arange(1096.0, LAST_DAY + 1.0, 54.0)])
)
"""The days at which a forecast is computed: weekly for three years, then every 54 days."""

_POINTS = 8
_LAGS = 12


@dataclass(frozen=True)
class Seen:
    """What has been seen of a running round.

    Attributes
    ----------
    day : int
        Days since the signature; 0 when nothing has been seen.
    done : tuple of int
        The positions of the ratifiers that are done.
    start, end : tuple of int
        For each of those: not complete by the first day, complete by the second.
    """

    day: int = 0
    done: tuple[int, ...] = ()
    start: tuple[int, ...] = ()
    end: tuple[int, ...] = ()


@dataclass(frozen=True)
class RoundForecast:
    """A forecast of one round, given a signature.

    Attributes
    ----------
    days : ndarray, (day,)
        Days since the signature.
    last_ratification, entry : ndarray, (day,)
        The probability that the last ally has completed, and that the applicant has entered, by each day.
    each : ndarray, (ratifier, day)
        The probability that each ally has completed by each day.
    is_last : ndarray, (ratifier,)
        The probability that the ally is the last one.
    is_holder : ndarray, (ratifier,)
        The probability that the ally is a holder, after what has been seen.
    effective_draws : float
        How many independent draws the weights are worth.
    """

    days: Array
    last_ratification: Array
    entry: Array
    each: Array
    is_last: Array
    is_holder: Array
    effective_draws: float


def closing_lag(lags: Sequence[float], prior: float) -> Array:
    """Return points, of equal weight, of the time from the last completion to entry.

    Parameters
    ----------
    lags : sequence of float
        Days in the rounds so far.
    prior : float
        Days that count as one more round.

    Returns
    -------
    ndarray, (lag,)
        Quantiles of the predictive distribution when the lag is exponential and its mean is unknown, a Lomax
        distribution: it is heavier than the exponential because the rounds are few.
    """
    shape = len(lags) + 1.0
    level = (np.arange(_LAGS) + 0.5) / _LAGS
    points: Array = (sum(lags) + prior) * ((1.0 - level) ** (-1.0 / shape) - 1.0)
    return points


def quantile(cumulative: Array, probability: float) -> float | None:
    """Return the day by which an event has come with a probability.

    Parameters
    ----------
    cumulative : ndarray, (day,)
        Probability by each of :data:`DAYS`.
    probability : float
        Between 0 and 1.

    Returns
    -------
    float or None
        Days since the signature; None when it lies beyond the last day.
    """
    if cumulative[-1] < probability:
        return None
    return float(np.interp(probability, np.maximum.accumulate(cumulative), DAYS))


def _shared(
    draw: Parameters, ratifiers: Ratifiers, seen: Seen, recess: Array, hold: Array
) -> tuple[Array, Array, float]:
    """Return points of the pace and the hold after what has been seen, and the log likelihood of it."""
    count = hold.shape[1]
    log_weight = np.log(pace_weights(draw.pace_spread))[:, np.newaxis] + np.full(count, -np.log(count))
    if seen.day > 0:
        log_weight = log_weight + _log_seen(draw, ratifiers, seen, recess, hold)
    top = log_weight.max()
    weight = np.exp(log_weight - top)
    total = weight.sum()
    level = (np.arange(_POINTS) + 0.5) / _POINTS
    at = np.minimum(np.searchsorted(np.cumsum(weight.ravel() / total), level), weight.size - 1)
    return PACE[at // count], hold[:, at % count], float(np.log(total) + top)


def _log_seen(draw: Parameters, ratifiers: Ratifiers, seen: Seen, recess: Array, hold: Array) -> Array:
    """Compute the log likelihood of what has been seen, (pace, hold)."""
    done = np.array(seen.done, dtype=int)
    open_ = np.setdiff1d(np.arange(len(ratifiers.pace)), done)
    total: Array = np.zeros((PACE.size, hold.shape[1]))
    if done.size:
        start, end = np.array(seen.start), np.array(seen.end)
        within = interval_probability(
            draw, ratifiers.take(done), (start, recess[start]), (end, recess[end]), hold=hold
        )
        total += np.log(within).sum(axis=0)
    if open_.size:
        day = np.full(open_.size, seen.day)
        after = interval_probability(draw, ratifiers.take(open_), (day, recess[day]), None, hold=hold)
        total += np.log(after).sum(axis=0)
    return total


def _open_by_day(
    draw: Parameters, ratifiers: Ratifiers, days: Array, recess: Array, pace: Array, hold: Array
) -> Array:
    """Compute the probability that each ratifier is not done, (point, ratifier, day), at paired points."""
    ordinary, expedited, holder = (share.T[:, :, np.newaxis] for share in kinds(draw, ratifiers, hold))
    at = days.astype(int)
    working = working_days(days, recess[at], draw.recess_tempo)
    log_time = draw.ordinary_shape * np.log(working / draw.ordinary_days)
    own = draw.two_chambers_effect * ratifiers.two_chambers + ratifiers.pace
    log_hazard = log_time[np.newaxis, :] + own[:, np.newaxis]
    spread = draw.ordinary_dispersion
    if draw.is_lognormal:
        alive = lognormal_open(log_hazard + pace[:, np.newaxis, np.newaxis], spread)
    else:
        hazard = np.log(2.0) * np.exp(log_hazard)
        alive = np.exp(-np.log1p(spread * np.exp(pace)[:, np.newaxis, np.newaxis] * hazard) / spread)
    quick = np.exp(-days / draw.expedited_days)
    held = np.exp(-hold[0][:, np.newaxis] * (working / draw.holder_days) ** draw.holder_shape)
    refuses = ratifiers.refuses[np.newaxis, :, np.newaxis]
    open_held = refuses + (1.0 - refuses) * held[:, np.newaxis, :]
    mixed: Array = ordinary * alive + expedited * quick + holder * open_held
    return mixed


def _of_draw(
    draw: Parameters, ratifiers: Ratifiers, seen: Seen, recess: Array, shift: float
) -> tuple[Array, Array, Array, Array, float]:
    """Compute one draw's forecast of the open ratifiers: last, each, is last, is holder, log likelihood."""
    hold = hold_points(shift=shift)
    pace, held, log_likelihood = _shared(draw, ratifiers, seen, recess, hold)
    open_ = np.setdiff1d(np.arange(len(ratifiers.pace)), np.array(seen.done, dtype=int))
    left = ratifiers.take(open_)
    days = np.maximum(DAYS, float(seen.day))
    alive = _open_by_day(draw, left, days, recess, pace, held)
    now = np.full(open_.size, float(seen.day))
    first = survival(draw, left, now, recess[now.astype(int)], pace, held)
    shares = kinds(draw, left, held)
    by_holder = shares[2] * first[2]
    today = shares[0] * first[0] + shares[1] * first[1] + by_holder
    today = np.maximum(today, 1e-300).T
    done = np.clip(1.0 - alive / today[:, :, np.newaxis], 0.0, 1.0)
    middle = np.maximum((done[:, :, 1:] + done[:, :, :-1]) / 2.0, 1e-12)
    others = np.prod(middle, axis=1, keepdims=True) / middle
    is_last = (np.diff(done, axis=2) * others).sum(axis=2)
    # Ratifiers that are open beyond the last day are each the last one with the same probability.
    beyond = 1.0 - done[:, :, -1]
    is_last += (
        beyond * ((1.0 - done[:, :, -1].prod(axis=1)) / np.maximum(beyond.sum(axis=1), 1e-300))[:, np.newaxis]
    )
    return (
        done.prod(axis=1).mean(axis=0),
        done.mean(axis=0),
        is_last.mean(axis=0),
        (by_holder.T / today).mean(axis=0),
        log_likelihood,
    )


def forecast(
    draws: Sequence[Parameters], ratifiers: Ratifiers, signed: date, lag: Array, seen: Seen | None = None
) -> RoundForecast:
    """Forecast a round, given a signature and what has been seen since.

    Parameters
    ----------
    draws : sequence of Parameters
        Draws of equal weight before anything is seen.
    ratifiers : Ratifiers
        The allies who have to ratify.
    signed : datetime.date
        The day of the signature.
    lag : ndarray, (lag,)
        Points of the time from the last completion to entry, as :func:`closing_lag` returns them.
    seen : Seen, optional
        What has been seen; without it the forecast is made at the signature.

    Returns
    -------
    RoundForecast
        Cumulative probabilities by day, who is last, and who holds.
    """
    seen = seen or Seen()
    recess = recess_days(signed, LAST_DAY + 60)
    count = len(ratifiers.pace)
    open_ = np.setdiff1d(np.arange(count), np.array(seen.done, dtype=int))
    # The shift spreads the few points of the hold over its whole range, evenly over the draws.
    by_draw = [
        _of_draw(d, ratifiers, seen, recess, (0.5 + i * GOLDEN_SECTION) % 1.0) for i, d in enumerate(draws)
    ]
    last, each, is_last, is_holder, log_weight = (np.array(values) for values in zip(*by_draw, strict=True))
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    last_ratification = weight @ last
    shares, holders, every = np.zeros(count), np.zeros(count), np.ones((count, DAYS.size))
    shares[open_] = weight @ is_last
    holders[open_] = weight @ is_holder
    every[open_] = np.einsum("d,dij->ij", weight, each)
    entry = np.mean([np.interp(DAYS - days, DAYS, last_ratification, left=0.0) for days in lag], axis=0)
    return RoundForecast(
        days=DAYS,
        last_ratification=last_ratification,
        entry=entry,
        each=every,
        is_last=shares / max(shares.sum(), 1e-300),
        is_holder=np.clip(holders, 0.0, 1.0),
        effective_draws=float(1.0 / (weight**2).sum()),
    )
