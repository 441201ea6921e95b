"""The tide of spending, read off the changes of a panel of shares: what all allies do alike, year by year.

The tide is what :mod:`foedus.spending.budgets` carries from one year to the next. Of a year's common change
the part above or below the level that was expected is a surprise, and the tide keeps a fraction of it. The
same recursion is used to fit its numbers, at the origins of a hindcast, and for the start of a run.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["FREEDOM", "TideFit", "filtered_tide", "fit_tide"]

FREEDOM = 4.0
"""Degrees of freedom of the tide's surprises."""

HALF_LIFE = 20.0
"""Years after which a year counts half when the tide's numbers are estimated."""

CARRIES = np.linspace(0.0, 0.8, 17)
PERSISTENCES = np.linspace(0.45, 0.9, 10)
MEANS = np.linspace(-0.03, 0.0, 7)
ERRORS = np.linspace(0.01, 0.06, 11)
"""The grid over which the numbers are averaged. It is a prior: a tide lasts, so that nearly half of it or
more is left after a year; with less, what is kept of a surprise means nothing. Over the whole of 0 to 1 both
numbers are known to a quarter only, and the tide of the last year moves by 0.002."""


@dataclass(frozen=True)
class TideFit:
    """The tide's numbers and what it was at the end.

    Attributes
    ----------
    mean, persistence, carry, error : float
        Long-run value, part kept from year to year, part of a surprise that is kept, scale of surprises.
    tide : float
        The tide of the last year, with these numbers.
    spread : dict of str to float
        Standard deviation of each number over the grid.
    """

    mean: float
    persistence: float
    carry: float
    error: float
    tide: float
    spread: dict[str, float]


def filtered_tide(effects: Array, mean: float, persistence: float, carry: float) -> Array:
    """Return the tide at the end of every year.

    Parameters
    ----------
    effects : ndarray, (year,)
        The change of log shares that all allies share.
    mean, persistence, carry : float
        The tide's numbers.

    Returns
    -------
    ndarray, (year,)
        Before the first year it is at its long-run value.
    """
    tide, series = mean, []
    for effect in effects:
        level = mean + persistence * (tide - mean)
        tide = level + carry * (effect - level)
        series.append(tide)
    return np.array(series)


def fit_tide(effects: Array, age: Array) -> TideFit:
    """Estimate the tide's numbers: their mean over a grid, by a likelihood that weighs recent years more.

    Parameters
    ----------
    effects : ndarray, (year,)
        The change of log shares that all allies share, in consecutive years.
    age : ndarray, (year,)
        Years from each to the origin.

    Returns
    -------
    TideFit
        Means over the grid, every point of it as likely before any figure as another. The effects are taken
        as seen: what the errors of single allies leave in them counts as surprise.
    """
    carry, persistence, mean, error = (
        axis.ravel() for axis in np.meshgrid(CARRIES, PERSISTENCES, MEANS, ERRORS, indexing="ij")
    )
    tide, likelihood = mean.copy(), np.zeros_like(mean)
    for effect, years in zip(effects, age, strict=True):
        level = mean + persistence * (tide - mean)
        surprise = effect - level
        density = -0.5 * (FREEDOM + 1.0) * np.log1p((surprise / error) ** 2 / FREEDOM) - np.log(error)
        likelihood += 0.5 ** (years / HALF_LIFE) * density
        tide = level + carry * surprise
    weight = np.exp(likelihood - likelihood.max())
    weight /= weight.sum()
    grid = {"mean": mean, "persistence": persistence, "carry": carry, "error": error}
    value = {name: float(weight @ axis) for name, axis in grid.items()}
    spread = {name: float(np.sqrt(weight @ (axis - value[name]) ** 2)) for name, axis in grid.items()}
    last = filtered_tide(effects, value["mean"], value["persistence"], value["carry"])
    return TideFit(**value, tide=float(last[-1]) if len(last) else value["mean"], spread=spread)
