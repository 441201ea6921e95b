"""The budgets component's parameters as of an origin, from nothing later.

The fit is a maximum a posteriori one: a regression of the yearly change of log shares on the pledge's step,
the exposed border, fiscal room and growth surprises, with an effect for every year, Student weights and a
scale for each ally; and on the year effects a two-regime Markov model by expectation and maximisation. Both
are repeated until they agree. The priors below were set once, before the first score was computed, and are
wide: compliance is as likely anywhere between none and whole; every other effect is centred on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.budgets import pledged_step
from foedus.spending.hindcast.panel import Panel

__all__ = ["EXPOSED", "FEATURES", "Fit", "Rule", "fit", "known_rule", "threat_from"]

FEATURES = ("compliance", "exposed_border_effect", "fiscal_room_effect", "growth_surprise_effect")
"""The effects of the regression, in the order of its columns."""

PRIOR_MEAN = np.array([0.5, 0.0, 0.0, 0.0])
PRIOR_SD = np.array([0.29, 0.03, 0.3, 0.5])
"""Compliance: mean and standard deviation of a fraction equally likely anywhere from 0 to 1."""

ALLY_SD = 0.2
"""How far one ally's compliance lies from the mean of all, standard deviation."""

FREEDOM = 4.0
"""Degrees of freedom of the errors' t distribution."""

HALF_LIFE = 15.0
"""Years after which an error counts half in the scales."""

SCALE_WEIGHT = 10.0
"""How many errors of an ally's own weigh as much as the scale of all."""

DRIFT_PRIOR = ((-0.02, 0.05), (0.03, 0.05))
"""Mean and standard deviation of the drift, in calm years and in a build-up."""

REGIME_COUNTS = np.array([[4.5, 0.5], [1.0, 3.0]])
"""Years seen, as it were, before any figure: from calm or build-up (rows) to calm or build-up (columns)."""

COMMON_PRIOR = (0.03, 4.0)
"""Standard deviation of the common error before any figure, and the years it weighs."""

ROUNDS = 25
THREAT_SEEN = 2014
"""The year of the annexation of Crimea; budgets from the next year on could follow it."""

EXPOSED = ("EST", "FIN", "LTU", "LVA", "NOR", "POL")
"""Allies that share a land border with Russia or Belarus."""


@dataclass(frozen=True)
class Rule:
    """A pledge as a dated rule.

    Attributes
    ----------
    agreed, deadline : int
        The year in which it was agreed, and the year by which it is to be kept. Budgets of the year after it
        was agreed are the first that could follow it.
    target : float
        The share of GDP, a fraction.
    """

    agreed: int
    deadline: int
    target: float

    def step(self, share: Array, year: int) -> Array:
        """Return the step of log share that a straight path asks for in a year.

        Parameters
        ----------
        share : ndarray, (ally,)
            Last year's shares of GDP, fractions.
        year : int
            The year.

        Returns
        -------
        ndarray, (ally,)
            Changes of the logarithm; zero up to the year in which the rule was made.
        """
        if year <= self.agreed:
            return np.zeros_like(share)
        target = np.full(share.shape[-1], self.target)
        return pledged_step(share, target, float(self.deadline - year + 1))


def known_rule(origin: int) -> Rule | None:
    """Return the pledge on the share of GDP that was in force at the end of a year.

    Parameters
    ----------
    origin : int
        The year.

    Returns
    -------
    Rule or None
        None before the pledge of Wales in 2014. A later pledge that repeats the level of an earlier one, as
        that of Vilnius in 2023, changes nothing.
    """
    from datetime import date

    from foedus.evidence.institutions import pledges_by

    rule = None
    for pledge in pledges_by(date(origin, 12, 31)):
        if (
            pledge.quantity == "defence_expenditure_share_of_gdp"
            and not pledge.country
            and (rule is None or pledge.level > rule.target)
        ):
            rule = Rule(pledge.date.year, pledge.deadline, pledge.level)
    return rule


def threat_from(origin: int) -> int | None:
    """Return the first year whose budgets answer the raised threat, as known at an origin; None before it."""
    return THREAT_SEEN + 1 if origin >= THREAT_SEEN else None


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
    year_effects, build_up_chance : ndarray, (year,)
        The part of the change all allies shared, and the chance that a build-up held.
    spread : mapping of str to float
        Standard error of every effect.
    """

    origin: int
    parameters: Mapping[str, Any]
    years: tuple[int, ...]
    year_effects: Array
    build_up_chance: Array
    spread: Mapping[str, float]


@dataclass(frozen=True)
class _ShareChanges:
    """One row for each change of an ally's share."""

    year: Array
    ally: Array
    change: Array
    design: Array


def _rows(panel: Panel, origin: int) -> _ShareChanges:
    """Return every change of the share of an ally that was one the year before."""
    rule, threat = known_rule(origin), threat_from(origin)
    exposed = np.array([float(c in EXPOSED) for c in panel.countries])
    parts = []
    for year in panel.years[1:]:
        k = panel.column(year)
        members = panel.members(year - 1)
        change = panel.log_share[members, k] - panel.log_share[members, k - 1]
        members, change = members[np.isfinite(change)], change[np.isfinite(change)]
        share = panel.share[members, k - 1]
        columns = [
            rule.step(share, year) if rule else np.zeros(len(members)),
            exposed[members] * float(threat is not None and year >= threat),
            centred(panel.balance[members, k - 1]),
            # A surprise not known counts as none: the figures begin in 1985 at the earliest.
            np.nan_to_num(panel.surprise[members, k]),
        ]
        parts.append((np.full(len(members), year), members, change, np.column_stack(columns)))
    year_, ally, change, design = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _ShareChanges(year_, ally, change, design)


def centred(values: Array) -> Array:
    """Subtract the mean of the known values, and put nought where a value is not known.

    Parameters
    ----------
    values : ndarray
        Values in any unit and shape, NaN where not known.

    Returns
    -------
    ndarray
        Of the same unit and shape; nought throughout where no value is known.
    """
    known = np.isfinite(values)
    return np.where(known, values - values[known].mean(), 0.0) if known.any() else np.zeros_like(values)


@dataclass
class _Regimes:
    """State of the two-regime model while it is fitted."""

    mean: Array
    error: Array
    moves: Array
    chance: Array
    mean_spread: Array
    last: float = 0.3


def fit(panel: Panel, origin: int, without: tuple[str, ...] = ()) -> Fit:
    """Fit the budgets component on a panel up to an origin.

    Parameters
    ----------
    panel : Panel
        The figures; what lies after `origin` is cut off first.
    origin : int
        The last year looked at.
    without : tuple of str
        Effects of :data:`FEATURES` held at zero, for comparison.

    Returns
    -------
    Fit
        Parameters, and what they were read off.
    """
    panel = panel.until(origin)
    rows = _rows(panel, origin)
    years, at = np.unique(rows.year, return_inverse=True)
    dummies = (at[:, None] == np.arange(len(years))) * 1.0
    off = np.array([name in without for name in FEATURES])
    mean, sd = np.where(off, 0.0, PRIOR_MEAN), np.where(off, 1e-6, PRIOR_SD)
    own = rows.design[:, :1] * (rows.ally[:, None] == np.arange(len(panel.countries)))
    design = np.hstack([rows.design, own, dummies])
    sds = np.concatenate([sd, np.full(own.shape[1], 1e-6 if off[0] else ALLY_SD), np.full(len(years), 0.15)])
    means = np.concatenate([mean, np.zeros(design.shape[1] - len(mean))])
    used = np.abs(design).sum(axis=0) > 0.0
    used[: len(FEATURES)] = True
    beta, spread = means.copy(), sds.copy()
    scale, weight = np.full(len(panel.countries), 0.05), np.ones(len(rows.change))
    regimes = _Regimes(
        np.array([-0.03, 0.06]), np.array([0.03, 0.06]), np.array([[0.9, 0.1], [0.25, 0.75]]), np.zeros(0), sd
    )
    effects = np.zeros(len(years))
    for _ in range(ROUNDS):
        precision = weight / scale[rows.ally] ** 2
        beta[used], spread[used] = _ridge(design[:, used], rows.change, precision, means[used], sds[used])
        fixed = used.copy()
        fixed[-len(years) :] = False
        rest = rows.change - design[:, fixed] @ beta[fixed]
        total = np.bincount(at, precision)
        effects = np.bincount(at, precision * rest) / total
        _regime_round(effects, 1.0 / total, regimes)
        scale, weight = _scales(rest - effects[at], rows, scale, origin)
    return _result(panel, origin, _Fitted(years, effects, beta, spread, scale, regimes))


def _ridge(design: Array, change: Array, precision: Array, mean: Array, sd: Array) -> tuple[Array, Array]:
    """Return coefficients and their standard errors of a weighted regression with normal priors."""
    weighted = design * precision[:, None]
    inverse = np.linalg.inv(design.T @ weighted + np.diag(1.0 / sd**2))
    return inverse @ (weighted.T @ change + mean / sd**2), np.sqrt(np.diag(inverse))


def _scales(error: Array, rows: _ShareChanges, scale: Array, origin: int) -> tuple[Array, Array]:
    """Return each ally's scale, drawn towards the scale of all, and every row's Student weight."""
    weight = (FREEDOM + 1.0) / (FREEDOM + (error / scale[rows.ally]) ** 2)
    recent = 0.5 ** ((origin - rows.year) / HALF_LIFE)
    square = recent * weight * error**2
    common = square.sum() / recent.sum()
    own = np.bincount(rows.ally, square, len(scale)) + SCALE_WEIGHT * common
    return np.sqrt(own / (np.bincount(rows.ally, recent, len(scale)) + SCALE_WEIGHT)), weight


def _regime_round(effects: Array, noise: Array, r: _Regimes) -> None:
    """Do one round of expectation and maximisation of the two-regime model of the year effects."""
    variance = r.error**2 + noise[:, None]
    density = np.exp(-0.5 * (effects[:, None] - r.mean) ** 2 / variance) / np.sqrt(variance) + 1e-12
    count = len(effects)
    forward, size, backward = np.zeros((count, 2)), np.zeros(count), np.ones((count, 2))
    for j in range(count):
        forward[j] = density[j] * (np.array([0.7, 0.3]) if j == 0 else forward[j - 1] @ r.moves)
        size[j] = forward[j].sum()
        forward[j] /= size[j]
    moves = REGIME_COUNTS.copy()
    for j in range(count - 2, -1, -1):
        ahead = density[j + 1] * backward[j + 1]
        backward[j] = r.moves @ ahead / size[j + 1]
        pair = forward[j][:, None] * r.moves * ahead
        moves += pair / pair.sum()
    chance = forward * backward
    chance /= chance.sum(axis=1, keepdims=True)
    prior = np.array(DRIFT_PRIOR)
    gain = chance / variance
    mean_precision = gain.sum(axis=0) + 1.0 / prior[:, 1] ** 2
    r.mean = ((gain * effects[:, None]).sum(axis=0) + prior[:, 0] / prior[:, 1] ** 2) / mean_precision
    excess = np.clip((effects[:, None] - r.mean) ** 2 - noise[:, None], 0.0, None)
    r.error = np.sqrt(
        ((chance * excess).sum(axis=0) + COMMON_PRIOR[1] * COMMON_PRIOR[0] ** 2)
        / (chance.sum(axis=0) + COMMON_PRIOR[1])
    )
    r.moves = moves / moves.sum(axis=1, keepdims=True)
    r.chance, r.last, r.mean_spread = chance[:, 1], float(forward[-1, 1]), np.sqrt(1.0 / mean_precision)


@dataclass(frozen=True)
class _Fitted:
    """What the rounds of fitting agree on: year effects, coefficients with their errors, scales, regimes."""

    years: Array
    effects: Array
    beta: Array
    spread: Array
    scale: Array
    regimes: _Regimes


def _result(panel: Panel, origin: int, fitted: _Fitted) -> Fit:
    """Return what was fitted under the component's names."""
    beta, spread, regimes = fitted.beta, fitted.spread, fitted.regimes
    n, count = len(FEATURES), len(panel.countries)
    parameters: dict[str, Any] = dict(zip(FEATURES, (float(b) for b in beta[:n]), strict=True))
    parameters["compliance"] = beta[0] + beta[n : n + count]
    parameters |= {
        "compliance_spread": float(spread[0]),
        "exposed_border": np.array([float(c in EXPOSED) for c in panel.countries]),
        "exposed_border_effect_spread": float(spread[1]),
        "fiscal_room": centred(panel.balance[:, -1]),
        "calm_drift": float(regimes.mean[0]),
        "calm_drift_spread": float(regimes.mean_spread[0]),
        "build_up_drift": float(regimes.mean[1]),
        "build_up_drift_spread": float(regimes.mean_spread[1]),
        "build_up_start_probability": regimes.last,
        "build_up_enter_probability": float(regimes.moves[0, 1]),
        "build_up_stay_probability": float(regimes.moves[1, 1]),
        "calm_common_error": float(regimes.error[0]),
        "build_up_common_error": float(regimes.error[1]),
        "own_error": fitted.scale,
        "error_degrees_of_freedom": FREEDOM,
    }
    return Fit(
        origin=origin,
        parameters=parameters,
        years=tuple(int(y) for y in fitted.years),
        year_effects=fitted.effects,
        build_up_chance=regimes.chance,
        spread={name: float(spread[i]) for i, name in enumerate(FEATURES)},
    )
