"""Estimate ratification times on rounds of accession: priors, likelihood with intervals, and posterior draws.

The thirteen numbers of :class:`foedus.accession.ratification.Parameters` that have draws are estimated
together. A ratifier contributes the probability of the interval in which its completion is known to lie;
the pace and the hold that a round's ratifiers share are integrated over a grid, so that the ratifiers of a
round are not taken for independent. Where a round has no steps, its last deposit bounds the last
completion. The posterior is sampled by importance from a Student distribution at its mode; nothing here
draws from a global random state, and the same rounds give the same draws.

SciPy is needed to estimate and not to forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.accession.forecast import at_draws
from foedus.accession.intervals import Spell, spells
from foedus.accession.parameters import FOLDER
from foedus.accession.ratification import (
    HOLD,
    PACE,
    Parameters,
    Ratifiers,
    interval_probability,
    pace_weights,
    recess_days,
)
from foedus.accession.record import objections, ratification_routes
from foedus.accession.rows import Round
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = [
    "SAMPLED",
    "Estimate",
    "estimate",
    "packaged_draws",
    "packaged_pace",
    "ratifiers_of",
    "standing",
]

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
_LAST_DAY = 1500
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
    """

    draws: dict[str, Array]
    ally_pace: dict[str, float]
    rounds: tuple[str, ...]
    effective_draws: float


@dataclass(frozen=True)
class _Data:
    """The rounds as arrays: one row per ratifier whose interval is known, and rounds known by their end
    only."""

    who: Ratifiers
    names: tuple[str, ...]
    start: tuple[Array, Array]
    end: tuple[Array, Array]
    place: NDArray[np.int64]
    count: int
    ends: tuple[tuple[int, Ratifiers, tuple[Array, Array], tuple[Array, Array]], ...]
    given: tuple[tuple[int, Ratifiers, tuple[Array, Array]], ...]


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
    """Give mean and standard deviation of every prior, from the ranges of the parameter file."""
    known = FOLDER.function("ratification")
    ends = np.array([[_transform(n, end) for end in known[n].range] for n in SAMPLED])
    return ends.mean(axis=1), (ends[:, 1] - ends[:, 0]) / _RANGE_IN_SD


@cache
def standing() -> Parameters:
    """Give the parameters at the values of the parameter file, for an ally without a pace of its own."""
    known = FOLDER.function("ratification")
    values = {name: p.by_country(("",))[0] for name, p in known.items()}
    return Parameters(**{name: float(v) for name, v in values.items() if isinstance(v, float)})


def packaged_draws(count: int | None = None) -> list[Parameters]:
    """Give the packaged posterior draws, which rest on all ten rounds.

    Parameters
    ----------
    count : int, optional
        How many, taken at even steps; all without it.

    Returns
    -------
    list of Parameters
        Draws of equal weight.
    """
    return at_draws(FOLDER.draws("ratification"), standing(), count)


def packaged_pace() -> dict[str, float]:
    """Give each named ally's own pace from the parameter file."""
    value = FOLDER.function("ratification")["ally_pace"].value
    pairs = value.items() if isinstance(value, dict) else ()
    return {ally: pace for ally, pace in pairs if ally != "default" and isinstance(pace, float)}


def _at(theta: Array) -> Parameters:
    """Give the parameters at a point of the priors' scale."""
    return replace(
        standing(), **{n: float(_transform(n, x, back=True)) for n, x in zip(SAMPLED, theta, strict=True)}
    )


def ratifiers_of(
    allies: Sequence[str],
    *,
    objecting: Sequence[str] = (),
    holders: Sequence[str] = (),
    ally_pace: dict[str, float] | None = None,
) -> Ratifiers:
    """Describe allies as ratifiers.

    Parameters
    ----------
    allies : sequence of str
        Alpha-3 codes.
    objecting : sequence of str
        Those with an objection on record that stands at the signature.
    holders : sequence of str
        Those whom the question takes for holders.
    ally_pace : dict of str to float, optional
        Each ally's own pace.

    Returns
    -------
    Ratifiers
        One row per ally, in that order.

    Raises
    ------
    InputError
        When an ally's route to a ratification is not recorded.
    """
    routes = ratification_routes()
    for ally in allies:
        if ally not in routes:
            raise InputError(
                f"the route of {ally} to a ratification is not recorded", do="add it to the record"
            )
    pace = ally_pace or {}
    return Ratifiers(
        two_chambers=np.array([float(routes[a] == "two_chambers") for a in allies]),
        objects=np.array([float(a in objecting) for a in allies]),
        holds=np.array([float(a in holders) for a in allies]),
        pace=np.array([pace.get(a, 0.0) for a in allies]),
    )


def _mean_of(who: Ratifiers) -> Ratifiers:
    """Describe a ratifier whose name is not known: the mean of those it may be."""
    return Ratifiers(*(getattr(who, f.name).mean(keepdims=True) for f in fields(Ratifiers)))


@dataclass
class _Rows:
    """Rows of :class:`_Data` as they are gathered."""

    who: list[Ratifiers] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    recess: list[Array] = field(default_factory=list)
    place: list[int] = field(default_factory=list)

    def add(self, who: Ratifiers, spell: Spell, recess: Array, place: int) -> None:
        """Add one ratifier of one round."""
        self.who.append(who)
        self.names.append(spell.ally)
        self.start.append(spell.start)
        self.end.append(spell.end)
        self.recess.append(recess)
        self.place.append(place)

    def at(self, days: list[int]) -> tuple[Array, Array]:
        """Give days since the signature, and days in recess among them."""
        recess = np.array([r[d] for r, d in zip(self.recess, days, strict=True)])
        return np.array(days, dtype=np.float64), recess


def _data(rounds_: Sequence[Round], ally_pace: dict[str, float]) -> _Data:
    """Turn rounds into arrays.

    Of rounds signed on one day the first counts whole. Of the later ones an ally that acted for both at once
    counts no more; one that acted later counts as a holder, given that it had held until it acted for the
    first.
    """
    rows = _Rows()
    ends, given = [], []
    first_of: dict[date, int] = {}
    for place, round_ in enumerate(rounds_):
        recess = recess_days(round_.signed, _LAST_DAY)
        against = [o.ally for o in objections(round_.name, by=round_.signed) if o.stands(round_.signed)]
        everyone = ratifiers_of(round_.ratifiers, objecting=against, ally_pace=ally_pace)
        found = spells(round_, standing())
        if round_.signed in first_of:
            first = first_of[round_.signed]
            earlier = {s.ally: s for s in spells(rounds_[first], standing())}
            for spell in found:
                if spell.end > earlier[spell.ally].end:
                    who = ratifiers_of([spell.ally], objecting=against, holders=[spell.ally])
                    rows.add(who, spell, recess, first)
                    until = earlier[spell.ally].end
                    given.append((first, who, (np.array([float(until)]), recess[[until]])))
            continue
        first_of[round_.signed] = place
        if not found:
            last = round_.days_to_last_deposit
            before = max(last - int(standing().completion_to_deposit_days), 0)
            count = len(round_.ratifiers)
            span = [(np.full(count, float(d)), np.full(count, recess[d])) for d in (before, last)]
            ends.append((place, everyone, span[0], span[1]))
            continue
        rest = [a for a in round_.ratifiers if a not in {s.ally for s in found}]
        unnamed = _mean_of(ratifiers_of(rest, objecting=against, ally_pace=ally_pace)) if rest else everyone
        for spell in found:
            named = [round_.ratifiers.index(spell.ally)] if spell.ally else []
            rows.add(everyone.take(np.array(named)) if named else unnamed, spell, recess, place)
    joined = (np.concatenate([getattr(w, f.name) for w in rows.who]) for f in fields(Ratifiers))
    return _Data(
        who=Ratifiers(*joined),
        names=tuple(rows.names),
        start=rows.at(rows.start),
        end=rows.at(rows.end),
        place=np.array(rows.place),
        count=len(rounds_),
        ends=tuple(ends),
        given=tuple(given),
    )


def _by_pace(parameters: Parameters, data: _Data) -> Array:
    """Give the log likelihood of each round at each pace, (round, pace)."""
    each = np.log(interval_probability(parameters, data.who, data.start, data.end))
    total = np.zeros((data.count, PACE.size, HOLD.shape[1]))
    np.add.at(total, data.place, each)
    for place, who, before, last in data.ends:
        never_before = np.log1p(-np.minimum(interval_probability(parameters, who, before, None), 1 - 1e-12))
        never_last = np.log1p(-np.minimum(interval_probability(parameters, who, last, None), 1 - 1e-12))
        end, start = np.exp(never_last.sum(axis=0)), np.exp(never_before.sum(axis=0))
        total[place] = np.log(np.maximum(end - start, 1e-300))
    for place, who, until in data.given:
        total[place] -= np.log(interval_probability(parameters, who, until, None))[0]
    top = total.max(axis=2)
    each_pace: Array = np.exp(total - top[:, :, np.newaxis]).mean(axis=2)
    return np.asarray(np.log(each_pace) + top)


def _log_posterior(theta: Array, data: _Data) -> float:
    """Give the log of prior times likelihood, up to a constant."""
    mean, sd = _prior()
    if np.any(np.abs(theta - mean) > 3.0 * _RANGE_IN_SD * sd):
        return -1e9
    parameters = _at(theta)
    by_pace = _by_pace(parameters, data)
    top = by_pace.max(axis=1)
    likelihood = np.log(np.exp(by_pace - top[:, np.newaxis]) @ pace_weights(parameters.pace_spread)) + top
    value = float(likelihood.sum() - 0.5 * (((theta - mean) / sd) ** 2).sum())
    return value if np.isfinite(value) else -1e9


def _ally_pace(theta: Array, data: _Data) -> dict[str, float]:
    """Give each named ally's own pace: its posterior mean under a normal prior, the rounds' pace averaged."""
    parameters = _at(theta)
    by_pace = _by_pace(parameters, data)
    weights = np.exp(by_pace - by_pace.max(axis=1, keepdims=True)) * pace_weights(parameters.pace_spread)
    weights /= weights.sum(axis=1, keepdims=True)
    prior = np.exp(-0.5 * (_ALLY_GRID / parameters.ally_pace_spread) ** 2)
    gained = np.zeros((len(data.names), _ALLY_GRID.size))
    for i, shift in enumerate(_ALLY_GRID):
        who = replace(data.who, pace=np.full(len(data.names), shift))
        likelihood = interval_probability(parameters, who, data.start, data.end).mean(axis=2)
        gained[:, i] = np.log((likelihood * weights[data.place]).sum(axis=1))
    found = {}
    for ally in sorted(set(data.names) - {""}):
        rows = np.array([name == ally for name in data.names])
        log_posterior = gained[rows].sum(axis=0)
        posterior = np.exp(log_posterior - log_posterior.max()) * prior
        found[ally] = float(posterior @ _ALLY_GRID / posterior.sum())
    return found


def estimate(rounds_: Sequence[Round], *, proposals: int = 2048, draws: int = 1000) -> Estimate:
    """Estimate ratification times on rounds of accession.

    Parameters
    ----------
    rounds_ : sequence of Round
        The rounds to learn from, and no others.
    proposals : int, default 2048
        Points at which the posterior is evaluated, a power of two.
    draws : int, default 1000
        Posterior draws to give.

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
    mode, spread = _mode(_data(rounds_, {}))
    pace = _ally_pace(mode, _data(rounds_, {}))
    data = _data(rounds_, pace)
    mode, spread = _mode(data, mode)
    points, log_density = _proposals(mode, spread, proposals)
    log_weight = np.array([_log_posterior(p, data) for p in points]) - log_density
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
    )


def _mode(data: _Data, start: Array | None = None) -> tuple[Array, Array]:
    """Find the posterior's mode, and a matrix whose square is its covariance there."""
    from scipy.optimize import minimize

    mean, _ = _prior()
    found = minimize(
        lambda theta: -_log_posterior(theta, data),
        mean if start is None else start,
        method="BFGS",
        options={"gtol": 2e-2, "maxiter": 200},
    )
    covariance = (found.hess_inv + found.hess_inv.T) / 2.0
    return found.x, np.linalg.cholesky(covariance)


def _proposals(mode: Array, spread: Array, count: int) -> tuple[Array, Array]:
    """Give points of a Student distribution around the mode, evenly filled, and their log density."""
    from scipy.stats import chi2, norm, qmc

    size = mode.size
    even = qmc.Sobol(size + 1, seed=1).random(count)
    normal = norm.ppf(even[:, :-1]) * np.sqrt(_DEGREES / chi2.ppf(even[:, -1], _DEGREES))[:, np.newaxis]
    log_density = -0.5 * (_DEGREES + size) * np.log1p((normal**2).sum(axis=1) / _DEGREES)
    return mode + normal @ spread.T, log_density
