"""The budgets component's parameters as of an origin, from nothing later.

The fit is a maximum a posteriori one: a regression of the yearly change of log shares on the pull of the pledge
in force in each year, the exposed border, the return from above 3.5 % and growth surprises, with an effect for
every year, Student weights and a scale for each ally; and of the year effects the numbers of the tide
(:mod:`foedus.spending.tide`). Both are repeated until they agree. Priors are wide: compliance is as likely
anywhere between none and whole; every other effect is centred on nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.spending.budgets import FULL_ROOM, pledged_step, room
from foedus.spending.hindcast.panel import Panel
from foedus.spending.parameters import FOLDER
from foedus.spending.tide import TideFit, fit_tide

__all__ = [
    "EXPOSED",
    "FEATURES",
    "Fit",
    "Rule",
    "fit",
    "floor_in_force",
    "known_rule",
    "pledge_pull",
    "rule_in_force",
    "threat_from",
]

FEATURES = ("compliance", "exposed_border_effect", "reversion", "growth_surprise_effect")
"""The effects of the regression, in the order of its columns."""

PRIOR_MEAN = np.array([0.5, 0.0, 0.0, 0.0])
PRIOR_SD = np.array([0.29, 0.03, 0.05, 0.5])
"""Compliance: mean and standard deviation of a fraction equally likely anywhere from 0 to 1."""

ALLY_SD = 0.2
"""How far one ally's compliance lies from the mean of all, standard deviation. What single allies did in the past
is taken out of the fit of the mean, and is not carried into forecasts: it misjudged those who changed."""

FREEDOM = 4.0
"""Degrees of freedom of the errors' t distribution."""

HALF_LIFE = 15.0
"""Years after which an error counts half in the scales."""

SCALE_WEIGHT = 10.0
"""How many errors of an ally's own weigh as much as the scale of all."""

HOLD_SEEN = 2022
"""From this origin on, allies that are at 2 % are taken to hold it: the judgement of `hold_failure_probability`."""

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


def rule_in_force(year: int) -> Rule | None:
    """Return the pledge that budgets of a year were made under: the one in force at the end of the year before."""
    return known_rule(year - 1)


def floor_in_force(year: int, origin: int) -> float:
    """Return the share that a pledge whose deadline is past asks to keep, as known at an origin.

    Parameters
    ----------
    year : int
        The year whose budgets are made.
    origin : int
        The last year looked at; a pledge made later is not known.

    Returns
    -------
    float
        A share of GDP, a fraction; zero where there is no such pledge.
    """
    from datetime import date

    from foedus.evidence.institutions import pledges_by

    known = pledges_by(date(min(year - 1, origin), 12, 31))
    return max(
        (
            p.level
            for p in known
            if p.quantity == "defence_expenditure_share_of_gdp" and not p.country and p.deadline < year
        ),
        default=0.0,
    )


def pledge_pull(share: Array, year: int, rule: Rule | None, floor: float) -> Array:
    """Return the pull of the pledge or of the floor on log shares, whichever is more, (ally,)."""
    pull = rule.step(share, year) if rule else np.zeros_like(share)
    return np.maximum(pull, np.log(floor / share)) if floor > 0.0 else pull


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
    year_effects : ndarray, (year,)
        The part of the change that all allies shared.
    tide : TideFit
        The numbers of the tide, and what it was at the origin.
    spread : mapping of str to float
        Standard error of every effect.
    """

    origin: int
    parameters: Mapping[str, Any]
    years: tuple[int, ...]
    year_effects: Array
    tide: TideFit
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
    threat = threat_from(origin)
    ceiling = FOLDER.component("budgets")["ceiling_share_of_gdp"].value
    exposed = np.array([float(c in EXPOSED) for c in panel.countries])
    parts = []
    for year in panel.years[1:]:
        k = panel.column(year)
        members = panel.members(year - 1)
        change = panel.log_share[members, k] - panel.log_share[members, k - 1]
        members, change = members[np.isfinite(change)], change[np.isfinite(change)]
        share = panel.share[members, k - 1]
        log_share = panel.log_share[members, k - 1]
        columns = [
            pledge_pull(share, year, rule_in_force(year), floor_in_force(year, origin)),
            exposed[members] * room(log_share, ceiling) * float(threat is not None and year >= threat),
            -np.maximum(log_share - np.log(FULL_ROOM), 0.0),
            # A surprise not known counts as none: the figures begin in 1985 at the earliest.
            np.nan_to_num(panel.surprise[members, k]),
        ]
        parts.append((np.full(len(members), year), members, change, np.column_stack(columns)))
    year_, ally, change, design = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _ShareChanges(year_, ally, change, design)


def _joined(earlier: _ShareChanges, history: Panel, rows: _ShareChanges, panel: Panel) -> _ShareChanges:
    """Return the changes of a longer history, of the allies that a panel holds, followed by the panel's own."""
    index = {country: i for i, country in enumerate(panel.countries)}
    ally = np.array([index.get(country, -1) for country in history.countries])[earlier.ally]
    held = ally >= 0
    return _ShareChanges(
        np.concatenate([earlier.year[held], rows.year]),
        np.concatenate([ally[held], rows.ally]),
        np.concatenate([earlier.change[held], rows.change]),
        np.concatenate([earlier.design[held], rows.design]),
    )


def fit(panel: Panel, origin: int, without: tuple[str, ...] = (), history: Panel | None = None) -> Fit:
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

    Returns
    -------
    Fit
        Parameters, and what they were read off.
    """
    panel = panel.until(origin)
    rows = _rows(panel, origin)
    if history is not None:
        rows = _joined(_rows(history.until(panel.years[0]), origin), history, rows, panel)
    years, at = np.unique(rows.year, return_inverse=True)
    dummies = (at[:, None] == np.arange(len(years))) * 1.0
    off = np.array([name in without for name in FEATURES])
    own = rows.design[:, :1] * (rows.ally[:, None] == np.arange(len(panel.countries)))
    own = own[:, own.any(axis=0)]
    effects_of = np.hstack([rows.design, own])
    design = np.hstack([effects_of, dummies])
    means = np.concatenate([np.where(off, 0.0, PRIOR_MEAN), np.zeros(own.shape[1] + len(years))])
    ally_sd = 1e-6 if off[0] else ALLY_SD
    sds = np.concatenate(
        [np.where(off, 1e-6, PRIOR_SD), np.full(own.shape[1], ally_sd), np.full(len(years), 0.15)]
    )
    scale, weight = np.full(len(panel.countries), 0.05), np.ones(len(rows.change))
    for _ in range(ROUNDS):
        precision = weight / scale[rows.ally] ** 2
        beta, spread = _ridge(design, rows.change, precision, means, sds)
        rest = rows.change - effects_of @ beta[: effects_of.shape[1]]
        total = np.bincount(at, precision)
        effects = np.bincount(at, precision * rest) / total
        scale, weight = _scales(rest - effects[at], rows, scale, origin)
    tide = fit_tide(effects, origin - years)
    return _result(panel, origin, _Fitted(years, effects, beta, spread, scale, tide))


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


@dataclass(frozen=True)
class _Fitted:
    """What the rounds of fitting agree on: year effects, coefficients with their errors, scales, the tide."""

    years: Array
    effects: Array
    beta: Array
    spread: Array
    scale: Array
    tide: TideFit


def _result(panel: Panel, origin: int, fitted: _Fitted) -> Fit:
    """Return what was fitted under the component's names."""
    beta, spread, tide = fitted.beta, fitted.spread, fitted.tide
    parameters: dict[str, Any] = {name: float(beta[i]) for i, name in enumerate(FEATURES)}
    parameters |= {
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
    if origin < HOLD_SEEN:
        parameters["hold_failure_probability"] = 1.0
    return Fit(
        origin=origin,
        parameters=parameters,
        years=tuple(int(y) for y in fitted.years),
        year_effects=fitted.effects,
        tide=tide,
        spread={name: float(spread[i]) for i, name in enumerate(FEATURES)},
    )
