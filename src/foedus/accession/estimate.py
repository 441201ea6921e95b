"""Estimate ratification times on rounds of accession: priors, posterior mode, and posterior draws.

The thirteen numbers of :class:`foedus.accession.ratification.Parameters` that have draws are estimated
together, by the likelihood of :mod:`foedus.accession.likelihood`. The pace and the hold that a round's
ratifiers share are integrated over a grid, so that the ratifiers of a round are not taken for independent.
The posterior is sampled by importance from a Student distribution at its mode; nothing here draws from a
global random state, and the same rounds give the same draws.

SciPy is needed to estimate and not to forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np

from foedus.accession.forms import RatificationForm
from foedus.accession.frailty import pace_weights
from foedus.accession.likelihood import Observations, log_likelihood_by_pace, observations
from foedus.accession.parameters import FOLDER
from foedus.accession.posterior import standing
from foedus.accession.ratification import Parameters, interval_probability
from foedus.accession.rows import Round
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["SAMPLED", "Estimate", "estimate"]

SAMPLED: dict[str, str] = {
    "ordinary_days": "log",
    "ordinary_shape": "log",
    "ordinary_dispersion": "log",
    "two_chambers_effect": "identity",
    "recess_tempo": "logit",
    "pace_spread": "log",
    "expedited_share": "logit",
    "expedited_days": "log",
    "holder_share": "logit",
    "holder_spread": "log",
    "objection_effect": "identity",
    "holder_days": "log",
    "holder_shape": "log",
}
"""The numbers that are estimated, and the scale on which their prior is normal."""

_RANGE_IN_SD = 6.0
_DEGREES = 6.0
_ALLY_GRID: Array = np.linspace(-2.5, 2.5, 51)


@dataclass(frozen=True)
class Estimate:
    """Posterior draws, and how they came about.

    Attributes
    ----------
    draws : dict of str to ndarray, (draw,)
        The names of :data:`SAMPLED`, in their own units, of equal weight.
    ally_pace : dict of str to float
        Each named ally's own pace, shrunken, on the log hazard.
    rounds : tuple of str
        The rounds it rests on.
    effective_draws : float
        How many independent draws the weights of the proposals are worth.
    form : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed.
    """

    draws: dict[str, Array]
    ally_pace: dict[str, float]
    rounds: tuple[str, ...]
    effective_draws: float
    form: RatificationForm = "weibull"


def _transform(name: str, values: Any, *, back: bool = False) -> Any:
    """Bring a number to the scale of its prior, or back."""
    scale = SAMPLED[name]
    if scale == "log":
        return np.exp(values) if back else np.log(values)
    if scale == "logit":
        return 1.0 / (1.0 + np.exp(-values)) if back else np.log(values) - np.log1p(-np.asarray(values))
    return values


@cache
def _prior() -> tuple[Array, Array]:
    """Return mean and standard deviation of every prior, from the ranges of the parameter file."""
    known = FOLDER.function("ratification")
    ends = np.array([[_transform(n, end) for end in known[n].range] for n in SAMPLED])
    return ends.mean(axis=1), (ends[:, 1] - ends[:, 0]) / _RANGE_IN_SD


def _at(theta: Array, form: RatificationForm) -> Parameters:
    """Return the parameters of a form at a point of the priors' scale."""
    values = {n: float(_transform(n, x, back=True)) for n, x in zip(SAMPLED, theta, strict=True)}
    return replace(standing(form), **values)


def _log_posterior(theta: Array, observed: Observations, form: RatificationForm) -> float:
    """Compute the log of prior times likelihood, up to a constant."""
    mean, sd = _prior()
    if np.any(np.abs(theta - mean) > 3.0 * _RANGE_IN_SD * sd):
        return -1e9
    parameters = _at(theta, form)
    by_pace = log_likelihood_by_pace(parameters, observed)
    top = by_pace.max(axis=1)
    likelihood = np.log(np.exp(by_pace - top[:, np.newaxis]) @ pace_weights(parameters.pace_spread)) + top
    value = float(likelihood.sum() - 0.5 * (((theta - mean) / sd) ** 2).sum())
    return value if np.isfinite(value) else -1e9


def _ally_pace(theta: Array, observed: Observations, form: RatificationForm) -> dict[str, float]:
    """Compute each named ally's own pace: the posterior mean under a normal prior, over the rounds' pace."""
    parameters = _at(theta, form)
    by_pace = log_likelihood_by_pace(parameters, observed)
    weights = np.exp(by_pace - by_pace.max(axis=1, keepdims=True)) * pace_weights(parameters.pace_spread)
    weights /= weights.sum(axis=1, keepdims=True)
    prior = np.exp(-0.5 * (_ALLY_GRID / parameters.ally_pace_spread) ** 2)
    log_gain = np.zeros((len(observed.names), _ALLY_GRID.size))
    for i, shift in enumerate(_ALLY_GRID):
        ratifiers = replace(observed.ratifiers, pace=np.full(len(observed.names), shift))
        likelihood = interval_probability(parameters, ratifiers, observed.start, observed.end).mean(axis=2)
        log_gain[:, i] = np.log((likelihood * weights[observed.round]).sum(axis=1))
    paces = {}
    for ally in sorted(set(observed.names) - {""}):
        rows = np.array([name == ally for name in observed.names])
        log_posterior = log_gain[rows].sum(axis=0)
        posterior = np.exp(log_posterior - log_posterior.max()) * prior
        paces[ally] = float(posterior @ _ALLY_GRID / posterior.sum())
    return paces


def estimate(
    rounds_: Sequence[Round],
    *,
    proposals: int = 2048,
    draws: int = 1000,
    form: RatificationForm = "weibull",
) -> Estimate:
    """Estimate ratification times on rounds of accession.

    Parameters
    ----------
    rounds_ : sequence of Round
        The rounds to learn from, and no others.
    proposals : int, default 2048
        Points at which the posterior is evaluated, a power of two.
    draws : int, default 1000
        How many posterior draws.
    form : {"weibull", "lognormal"}
        How the time that an ordinary ratifier takes is distributed; the priors are the same.

    Returns
    -------
    Estimate
        Draws of equal weight, each ally's own pace, and how many draws the weights are worth.

    Raises
    ------
    InputError
        When there are fewer than two rounds.
    """
    if len(rounds_) < 2:
        raise InputError("one round does not tell rounds apart", do="estimate on two rounds or more")
    without_pace = observations(rounds_, {})
    mode, _ = _mode(without_pace, form)
    pace = _ally_pace(mode, without_pace, form)
    observed = observations(rounds_, pace)
    mode, spread = _mode(observed, form, mode)
    points, log_density = _proposals(mode, spread, proposals)
    log_weight = np.array([_log_posterior(p, observed, form) for p in points]) - log_density
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    chosen = points[
        np.minimum(np.searchsorted(np.cumsum(weight), (np.arange(draws) + 0.5) / draws), proposals - 1)
    ]
    return Estimate(
        draws={n: _transform(n, chosen[:, i], back=True) for i, n in enumerate(SAMPLED)},
        ally_pace=pace,
        rounds=tuple(r.name for r in rounds_),
        effective_draws=float(1.0 / (weight**2).sum()),
        form=form,
    )


def _mode(observed: Observations, form: RatificationForm, start: Array | None = None) -> tuple[Array, Array]:
    """Find the posterior's mode, and a matrix whose square is its covariance there."""
    from scipy.optimize import minimize

    mean, _ = _prior()
    optimum = minimize(
        lambda theta: -_log_posterior(theta, observed, form),
        mean if start is None else start,
        method="BFGS",
        options={"gtol": 2e-2, "maxiter": 200},
    )
    covariance = (optimum.hess_inv + optimum.hess_inv.T) / 2.0
    return optimum.x, np.linalg.cholesky(covariance)


def _proposals(mode: Array, spread: Array, count: int) -> tuple[Array, Array]:
    """Draw points of a Student distribution around the mode, evenly filled, and their log density."""
    from scipy.stats import chi2, norm, qmc

    size = mode.size
    even = qmc.Sobol(size + 1, seed=1).random(count)
    normal = norm.ppf(even[:, :-1]) * np.sqrt(_DEGREES / chi2.ppf(even[:, -1], _DEGREES))[:, np.newaxis]
    log_density = -0.5 * (_DEGREES + size) * np.log1p((normal**2).sum(axis=1) / _DEGREES)
    return mode + normal @ spread.T, log_density
