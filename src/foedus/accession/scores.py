"""Proper scores of a forecast of a round: of its length, and of the completion of each ally."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from foedus.accession.forecast import DAYS, Forecast
from foedus.accession.intervals import Spell
from foedus.engine.arrays import Array

__all__ = ["ally_scores", "crps", "log_score"]

HORIZON = 730.0
"""Days over which the Brier score of an ally's completion is averaged."""
WIDTH = 14.0
"""Half the width in days of the window in which a density is read off."""


def crps(cumulative: Array, actual: float, days: Array = DAYS) -> float:
    """Compute the continuous ranked probability score of a forecast of a length.

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


def log_score(cumulative: Array, actual: float) -> float:
    """Compute the log density at the actual length, read off a window.

    Parameters
    ----------
    cumulative : ndarray, (day,)
        The probability of being over by each of :data:`foedus.accession.forecast.DAYS`.
    actual : float
        The length that came, days.

    Returns
    -------
    float
        Per day; more is better, and no less than the log of 1e-9.
    """
    low, high = np.interp([actual - WIDTH, actual + WIDTH], DAYS, cumulative)
    return float(np.log(max((high - low) / (2.0 * WIDTH), 1e-9)))


def ally_scores(
    allies: Sequence[str], forecast: Forecast, baseline: Array, open_: Sequence[Spell], day: int
) -> tuple[float, float, float, float]:
    """Score the completion of the allies that are open on the day of a forecast.

    Parameters
    ----------
    allies : sequence of str
        Alpha-3 codes of all ratifiers, in the forecast's order.
    forecast : Forecast
        The forecast.
    baseline : ndarray, (day,)
        The baseline's probability that an open ally is done by each day.
    open_ : sequence of Spell
        When each open ally completed.
    day : int
        The day of the forecast, after the signature.

    Returns
    -------
    tuple of float
        Means over the open allies: the log probability of the interval in which one completed, the Brier
        score, the Brier score of the baseline, and the share whose completion lies in the middle 90 %.
    """
    grid = np.arange(float(day), HORIZON, 1.0)
    logs, briers, baseline_briers, inside = [], [], [], []
    for spell in open_:
        curve = forecast.each[allies.index(spell.ally)]
        start, end = np.interp([max(spell.start, day), spell.end], DAYS, curve)
        logs.append(np.log(max(end - start, 1e-9)))
        middle = (max(spell.start, day) + spell.end) / 2.0
        came = grid >= middle
        briers.append(((np.interp(grid, DAYS, curve) - came) ** 2).mean())
        baseline_briers.append(((np.interp(grid, DAYS, baseline) - came) ** 2).mean())
        inside.append(0.05 <= np.interp(middle, DAYS, curve) <= 0.95)
    return (
        float(np.mean(logs)),
        float(np.mean(briers)),
        float(np.mean(baseline_briers)),
        float(np.mean(inside)),
    )
