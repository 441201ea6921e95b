"""The budgets component's parameters as of an origin, from nothing later.

The fit is a maximum a posteriori one: a regression of the yearly change of log shares on the pull of the
pledge in force in each year, the exposed border, the return from above 3.5 % and growth surprises, with an
effect for every year, Student weights and a scale for each ally; and of the year effects the numbers of the
tide (:mod:`foedus.spending.tide`). Both are repeated until they agree. Priors are wide: compliance is as
likely anywhere between none and whole; every other effect is centred on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.spending.hindcast.changes import FEATURES, ShareChanges, joined_changes, share_changes
from foedus.spending.hindcast.panel import Panel
from foedus.spending.lever import BudgetForm
from foedus.spending.rules import EXPOSED
from foedus.spending.tide import TideFit, fit_tide

__all__ = ["ALLY_SD", "FREEDOM", "Fit", "fit"]

PRIOR_MEAN = np.array([0.5, 0.0, 0.0, 0.0])
PRIOR_SD = np.array([0.29, 0.03, 0.05, 0.5])
"""Compliance: mean and standard deviation of a fraction equally likely anywhere from 0 to 1."""

CONVERGENCE_PRIOR = (0.0, 0.1)
"""Convergence, the part of the way to the mean that is left behind in a year: centred on nothing."""

ALLY_SD = 0.2
"""How far one ally's compliance lies from the mean of all, standard deviation. What single allies did in the
past is taken out of the fit of the mean, and is not carried into forecasts: it misjudged those who
changed."""

YEAR_SD = 0.15
"""Standard deviation of a year's effect."""

FREEDOM = 4.0
"""Degrees of freedom of the errors' t distribution."""

HALF_LIFE = 15.0
"""Years after which an error counts half in the scales."""

SCALE_WEIGHT = 10.0
"""How many errors of an ally's own weigh as much as the scale of all."""

HOLD_SEEN = 2022
"""From this origin on, allies at 2 % are taken to hold it: the judgement of `hold_failure_probability`."""

ROUNDS = 25


@dataclass(frozen=True)
class Fit:
    """Parameters as of an origin.

    Attributes
    ----------
    origin : int
        The last year looked at.
    parameters : mapping of str to float or ndarray
        By name, as :class:`foedus.spending.budgets.Parameters` takes them; arrays are (country,).
    years : tuple of int
        The years of the year effects.
    year_effects : ndarray, (year,)
        The part of the change that all allies shared.
    tide : TideFit
        The numbers of the tide, and what it was at the origin.
    spread : mapping of str to float
        Standard error of every effect.
    form : {"pull", "convergence"}
        What the first effect is of.
    """

    origin: int
    parameters: Mapping[str, Any]
    years: tuple[int, ...]
    year_effects: Array
    tide: TideFit
    spread: Mapping[str, float]
    form: BudgetForm = "pull"


def fit(
    panel: Panel,
    origin: int,
    without: tuple[str, ...] = (),
    history: Panel | None = None,
    form: BudgetForm = "pull",
) -> Fit:
    """Fit the budgets component on a panel up to an origin.

    Parameters
    ----------
    panel : Panel
        The figures; what lies after `origin` is cut off first.
    origin : int
        The last year looked at.
    without : tuple of str
        Effects of :data:`FEATURES` held at zero, for comparison.
    history : Panel, optional
        Longer figures of the same allies by another definition. Its changes up to the panel's first year come
        before the panel's own; levels of the two never meet.
    form : {"pull", "convergence"}
        What the first effect is of. No ally has a rate of convergence of its own: with the distance from the
        mean, which hardly moves, it would be no more than a drift of that ally.

    Returns
    -------
    Fit
        Parameters, and what they were read off.
    """
    panel = panel.until(origin)
    rows = share_changes(panel, origin, form)
    if history is not None:
        earlier = share_changes(history.until(panel.years[0]), origin, form)
        rows = joined_changes(earlier, history, rows, panel)
    years, at = np.unique(rows.year, return_inverse=True)
    regression = _regression(rows, at, without, form)
    scale, weight = np.full(len(panel.countries), 0.05), np.ones(len(rows.change))
    for _ in range(ROUNDS):
        precision = weight / scale[rows.ally] ** 2
        beta, spread = _ridge(regression, rows.change, precision)
        rest = rows.change - regression.design[:, : -len(years)] @ beta[: -len(years)]
        effects = np.bincount(at, precision * rest) / np.bincount(at, precision)
        scale, weight = _scales(rest - effects[at], rows, scale, origin)
    tide = fit_tide(effects, origin - years)
    return _result(panel, origin, _Fitted(years, effects, beta, spread, scale, tide), form)


@dataclass(frozen=True)
class _Regression:
    """The columns of a regression, and the normal prior of each: effects, what single allies did, years."""

    design: Array
    mean: Array
    sd: Array


def _regression(
    rows: ShareChanges, at: NDArray[np.intp], without: tuple[str, ...], form: BudgetForm
) -> _Regression:
    """Return the columns for features, each ally's own compliance and each year, with their priors."""
    off = np.array([name in without for name in FEATURES])
    own = rows.design[:, :1] * (rows.ally[:, None] == np.arange(rows.ally.max() + 1))
    own = own[:, own.any(axis=0)]
    dummies = (at[:, None] == np.arange(at.max() + 1)) * 1.0
    others = own.shape[1] + dummies.shape[1]
    own_sd = np.full(own.shape[1], 1e-6 if off[0] or form == "convergence" else ALLY_SD)
    mean, sd = PRIOR_MEAN.copy(), PRIOR_SD.copy()
    if form == "convergence":
        mean[0], sd[0] = CONVERGENCE_PRIOR
    return _Regression(
        np.hstack([rows.design, own, dummies]),
        np.concatenate([np.where(off, 0.0, mean), np.zeros(others)]),
        np.concatenate([np.where(off, 1e-6, sd), own_sd, np.full(dummies.shape[1], YEAR_SD)]),
    )


def _ridge(regression: _Regression, change: Array, precision: Array) -> tuple[Array, Array]:
    """Return coefficients and their standard errors of a weighted regression with normal priors."""
    weighted = regression.design * precision[:, None]
    prior = 1.0 / regression.sd**2
    inverse = np.linalg.inv(regression.design.T @ weighted + np.diag(prior))
    return inverse @ (weighted.T @ change + prior * regression.mean), np.sqrt(np.diag(inverse))


def _scales(error: Array, rows: ShareChanges, scale: Array, origin: int) -> tuple[Array, Array]:
    """Return each ally's scale, drawn towards the scale of all, and every row's Student weight."""
    weight = (FREEDOM + 1.0) / (FREEDOM + (error / scale[rows.ally]) ** 2)
    recent = 0.5 ** ((origin - rows.year) / HALF_LIFE)
    square = recent * weight * error**2
    common = square.sum() / recent.sum()
    own = np.bincount(rows.ally, square, len(scale)) + SCALE_WEIGHT * common
    return np.sqrt(own / (np.bincount(rows.ally, recent, len(scale)) + SCALE_WEIGHT)), weight


@dataclass(frozen=True)
class _Fitted:
    """What the rounds of fitting agree on: year effects, coefficients with their errors, scales, the tide."""

    years: Array
    effects: Array
    beta: Array
    spread: Array
    scale: Array
    tide: TideFit


def _result(panel: Panel, origin: int, fitted: _Fitted, form: BudgetForm) -> Fit:
    """Return what was fitted under the component's names."""
    beta, spread, tide = fitted.beta, fitted.spread, fitted.tide
    parameters: dict[str, Any] = {name: float(beta[i]) for i, name in enumerate(FEATURES)}
    parameters |= {
        # A return is towards the goal; where few were above it the figures may say otherwise.
        "reversion": max(parameters["reversion"], 0.0),
        "compliance_spread": float(spread[0]),
        "exposed_border": np.array([float(c in EXPOSED) for c in panel.countries]),
        "exposed_border_effect_spread": float(spread[1]),
        "tide_mean": tide.mean,
        "tide_persistence": tide.persistence,
        "tide_carry": tide.carry,
        "tide_error": tide.error,
        "own_error": fitted.scale,
        "error_degrees_of_freedom": FREEDOM,
    }
    if form == "convergence":
        rate, unsure = parameters.pop("compliance"), parameters.pop("compliance_spread")
        parameters |= {"convergence": max(rate, 0.0), "convergence_spread": unsure}
    if origin < HOLD_SEEN:
        parameters["hold_failure_probability"] = 1.0
    return Fit(
        origin=origin,
        parameters=parameters,
        years=tuple(int(y) for y in fitted.years),
        year_effects=fitted.effects,
        tide=tide,
        spread={name: float(spread[i]) for i, name in enumerate(FEATURES)},
        form=form,
    )
