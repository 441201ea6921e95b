"""Forecasts of allocations from the past, held against what came and against simple forecasts.

At each origin every forecast knows the months before it and nothing later: a law of the tests alters all
later months and finds the same forecasts. Simple forecasts that are one number (means, Croston's method,
a hazard on what is committed and open) get the errors that they themselves had made by then around them.

The release is the final state of past months and not what was known then: months are revised for a year and
more, so that all scores are better than they would have been on the day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.aid.hurdle import AHEAD, REPEATED, MonthlyAllocations, hurdle_months, repeated_months, sums
from foedus.aid.record import Month
from foedus.aid.scores import judge
from foedus.engine.arrays import Array

__all__ = [
    "CHOSEN_ON_THESE",
    "FINAL_STATE",
    "FIRST_MONTH",
    "FIRST_ORIGIN",
    "HAZARD_POINT",
    "METHODS",
    "ForecastCases",
    "hazard_sums",
    "monthly_errors",
    "past_errors",
    "score_series",
]

FIRST_MONTH = Month(2022, 2)
"""The first month that is learned from: the month in which the invasion began."""

FIRST_ORIGIN = 18
"""How many months are known at the first origin."""

FIRST_ERROR = 6
"""How many months are known where a simple forecast's own past errors begin."""

SMOOTHING = 0.1
"""How much of each new month enters the mean of Croston's method after Teunter, Syntetos and Babai."""

HINDCAST_DRAWS = 2000
"""Draws of a forecast from the past."""

FINAL_STATE = "A release is the final state of past months, not what was known then."
"""What stands beside every table of scores."""

CHOSEN_ON_THESE = (
    "The form of the forecast and its 24 months were chosen among nine forms that were scored on these same "
    "months; none were kept apart."
)
"""What stands beside it: how far the scores may flatter."""

HAZARD_POINT = "hazard_point"
"""The hazard on open commitments as one number, without its own past errors."""

METHODS = (
    "hurdle",
    "repeated",
    "mean_12",
    "months_before",
    "mean_3",
    "tsb",
    "hazard",
    HAZARD_POINT,
)
"""The forecasts that are scored."""


@dataclass(frozen=True)
class KnownMonths:
    """What is known at an origin.

    Attributes
    ----------
    months : ndarray, (month,)
        What was allocated, up to the last month known.
    open : ndarray, (month,)
        What was committed and not allocated at the end of each; all zero where it is not known by month.
    """

    months: Array
    open: Array

    def until(self, count: int) -> KnownMonths:
        """Return the first so many months."""
        return KnownMonths(self.months[:count], self.open[:count])


Simple = Callable[[KnownMonths, int], float]
"""From what is known and the months ahead to their sum."""


def _mean(window: int) -> Simple:
    """Return the forecast that the mean of the last months goes on."""
    return lambda known, ahead: ahead * float(known.months[-window:].mean())


def _months_before(known: KnownMonths, ahead: int) -> float:
    """Return the sum of as many months just before; for one month, the last."""
    return float(known.months[-ahead:].sum())


def _tsb(known: KnownMonths, ahead: int) -> float:
    """Return Croston's forecast with a chance that is smoothed every month (Teunter and others 2011)."""
    chance, size = float((known.months[:FIRST_ERROR] > 0.0).mean()), 0.0
    for value in known.months:
        chance += SMOOTHING * (float(value > 0.0) - chance)
        if value > 0.0:
            size = value if size == 0.0 else size + SMOOTHING * (value - size)
    return ahead * chance * size


def _hazard(known: KnownMonths, ahead: int) -> float:
    """Return what leaves the open commitments at the rate at which it has left them so far."""
    before = float(known.open[:-1].sum())
    rate = min(1.0, float(known.months[1:].sum()) / before) if before > 0.0 else 0.0
    return max(0.0, float(known.open[-1])) * (1.0 - (1.0 - rate) ** ahead)


SIMPLE: dict[str, Simple] = {
    "mean_12": _mean(REPEATED),
    "months_before": _months_before,
    "mean_3": _mean(3),
    "tsb": _tsb,
    "hazard": _hazard,
}


@dataclass(frozen=True)
class ForecastCases:
    """The scores of one series' forecasts so many months ahead.

    Attributes
    ----------
    ahead : int
        Months in the sum.
    crps : mapping of str to ndarray, (origin,)
        By forecast, euros; the hazard is missing where open commitments are not known by month.
    covered : mapping of str to ndarray, (origin,)
        By forecast, whether its middle 80 % held what came.
    """

    ahead: int
    crps: dict[str, Array]
    covered: dict[str, Array]


def past_errors(known: KnownMonths, ahead: int, method: Simple) -> Array:
    """Return the errors that a simple forecast had made by the last month.

    Parameters
    ----------
    known : KnownMonths
        The months.
    ahead : int
        Over how many of them sums were forecast.
    method : callable
        The forecast.

    Returns
    -------
    ndarray, (origin,)
        Outcome less forecast, of every origin whose sum is known.
    """
    origins = range(FIRST_ERROR, len(known.months) - ahead + 1)
    return np.array([known.months[t : t + ahead].sum() - method(known.until(t), ahead) for t in origins])


def hazard_sums(series: MonthlyAllocations, ahead: int) -> Array:
    """Return a hazard's forecast of a sum with its own past errors.

    Parameters
    ----------
    series : MonthlyAllocations
        The months, with what was open at the end of each.
    ahead : int
        Over how many months.

    Returns
    -------
    ndarray, (error,)
        Never negative; one value for each error that the hazard had made by the last month.
    """
    scored = series.since(FIRST_MONTH)
    known = KnownMonths(np.array(scored.values), np.array(scored.open))
    return np.maximum(0.0, _hazard(known, ahead) + past_errors(known, ahead, _hazard))


def _judged(forecasts: Sequence[Array], outcomes: Sequence[float]) -> tuple[Array, Array]:
    """Return the score of every ensemble, and whether its middle 80 % held what came."""
    pairs = [judge(draws, outcome) for draws, outcome in zip(forecasts, outcomes, strict=True)]
    return np.array([crps for crps, _ in pairs]), np.array([held for _, held in pairs])


def score_series(
    series: MonthlyAllocations, *, ahead: Sequence[int] = AHEAD, draws: int = HINDCAST_DRAWS, seed: int = 1
) -> tuple[ForecastCases, ...]:
    """Score the forecasts of one series from every origin.

    Parameters
    ----------
    series : MonthlyAllocations
        The months.
    ahead : sequence of int
        Over how many months sums are forecast.
    draws, seed : int
        Of each forecast.

    Returns
    -------
    tuple of ForecastCases
        One for each number of months ahead; origins as far as the sum's last month is known.
    """
    months = np.array(series.values)
    last = len(months) - min(ahead)
    name = f"{series.name} {series.kind}"
    drawn: dict[str, dict[int, dict[int, Array]]] = {"hurdle": {}, "repeated": {}}
    for origin in range(FIRST_ORIGIN, last + 1):
        for method, draw in (("hurdle", hurdle_months), ("repeated", repeated_months)):
            forecast = draw(series.values[:origin], max(ahead), name=name, draws=draws, seed=seed)
            drawn[method][origin] = sums(forecast, ahead)
    return tuple(_cases(series, months, count, drawn) for count in ahead)


def _cases(
    series: MonthlyAllocations, months: Array, ahead: int, drawn: dict[str, dict[int, dict[int, Array]]]
) -> ForecastCases:
    """Score every forecast over one number of months."""
    origins = range(FIRST_ORIGIN, len(months) - ahead + 1)
    outcomes = [float(months[t : t + ahead].sum()) for t in origins]
    forecasts = {method: [by_origin[t][ahead] for t in origins] for method, by_origin in drawn.items()}
    known = KnownMonths(months, np.array(series.open) if series.open else np.zeros(len(months)))
    for method, simple in SIMPLE.items():
        if method == "hazard" and not series.open:
            continue
        numbers = [simple(known.until(t), ahead) for t in origins]
        # The errors known at an origin are the first ones of those known at a later one.
        errors = past_errors(known, ahead, simple)
        forecasts[method] = [
            np.maximum(0.0, number + errors[: t - ahead + 1 - FIRST_ERROR])
            for t, number in zip(origins, numbers, strict=True)
        ]
        if method == "hazard":
            forecasts[HAZARD_POINT] = [np.array([number]) for number in numbers]
    judged = {method: _judged(each, outcomes) for method, each in forecasts.items()}
    return ForecastCases(
        ahead, {m: crps for m, (crps, _) in judged.items()}, {m: c for m, (_, c) in judged.items()}
    )


def monthly_errors(months: Sequence[float], first: int = REPEATED) -> tuple[float, float, int]:
    """Return the mean absolute error of the next month by the mean of the last 12, and by the last month.

    Parameters
    ----------
    months : sequence of float
        All months.
    first : int
        How many are known at the first origin.

    Returns
    -------
    float, float, int
        Of the mean and of no change, in the unit of the months, and how many origins.
    """
    values = np.array(months)
    origins = range(first, len(values))
    mean = [abs(values[t] - values[t - REPEATED : t].mean()) for t in origins]
    change = [abs(values[t] - values[t - 1]) for t in origins]
    return float(np.mean(mean)), float(np.mean(change)), len(mean)
