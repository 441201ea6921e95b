"""The pull of a pledge: in sample with its placebos, and out of sample against plain convergence.

Luxembourg is left out, whose share NATO measures against another income than GDP. In sample the gap to 2 %
"explains" the rise of shares as well before there was a pledge; out of sample a pull is scored from rolling
origins against the mean that allies converge to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.attribution.estimates import PullSkill
from foedus.attribution.panel import GrowthPanel
from foedus.attribution.periods import ALLIES_OF_2009, BORDER, Period
from foedus.attribution.permuting import residual, share_as_far
from foedus.attribution.student import Contrast
from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = ["PULLED", "pull_skill", "pull_to_target"]

PULLED: tuple[str, ...] = tuple(code for code in ALLIES_OF_2009 if code != "LUX")
"""Whose pull is looked at."""

PLEDGED = 2014
"""The year of the pledge: the first change that it can have moved is that of the year after."""

FIRST_FITTED = 2004
FIRST_ORIGIN = 2017
HORIZONS = (1, 2, 3)
TARGET, DEADLINE = 0.02, 2024
"""The pledge: 2 % of GDP within a decade."""

PLACEBO_PLEDGES = {
    "a target of 1.5 %": (0.015, 2024),
    "a target of 3 %": (0.03, 2024),
    "a deadline of 2030": (0.02, 2030),
}
"""Pledges that nobody made, by name: target and deadline."""

DRAWS = 2_000
PERMUTATIONS = 1_000


def pull_to_target(
    panel: GrowthPanel,
    period: Period,
    allies: Sequence[str] = PULLED,
    *,
    target: float = TARGET,
    permutations: int = PERMUTATIONS,
) -> Contrast:
    """Return how the yearly change of shares goes with the gap to a target the year before.

    All allies and years of the period stand in one regression, with an effect for each year and one for the
    allies on Russia's border; errors go together within an ally (K.-Y. Liang, S. Zeger, Biometrika 73, 1986).

    Parameters
    ----------
    panel : GrowthPanel
        The figures.
    period : Period
        The years of change.
    allies : sequence of str
        Who is looked at.
    target : float
        The target, a fraction of GDP.
    permutations : int
        How often gaps are given to other allies, for the p.

    Returns
    -------
    Contrast
        Points a year per 100 log points of the gap.
    """
    rows = panel.rows(allies)
    logs = np.log(panel.share[rows, period.first - 1 - panel.first : period.last + 1 - panel.first])
    change, gap = 100.0 * np.diff(logs, axis=1), np.maximum(0.0, np.log(target) - logs[:, :-1])
    known = np.isfinite(change)
    ally, year = np.nonzero(known)
    apart = np.isin(np.array(panel.countries)[rows], BORDER)[ally] * 1.0
    others = np.column_stack([apart, (year[:, None] == np.unique(year)) * 1.0])
    rest, own = residual(change[known], others), residual(gap[known], others)
    scale = float(own @ own)
    effect = float(own @ rest) / scale
    scores = np.bincount(ally, own * (rest - own * effect), minlength=len(rows))
    groups, n, columns = len(np.unique(ally)), len(ally), others.shape[1] + 1
    inflation = groups / (groups - 1.0) * (n - 1.0) / (n - columns)
    se = float(np.sqrt((scores**2).sum() * inflation)) / scale
    chance = _chance(change, gap, others, known, permutations) if permutations else float("nan")
    return Contrast(effect, se, groups - 1.0, chance)


def _chance(change: Array, gap: Array, others: Array, known: Array, permutations: int) -> float:
    """Return how often gaps go as far with changes when allies are given the gaps of others, span by span.

    Of the allies with every year of the span.
    """
    whole = known.sum(axis=1) == known.shape[1]
    rows = np.broadcast_to(whole[:, None], known.shape)[known]
    change, gap, others = change[whole], gap[whole], others[rows]
    order = generator(1).random((permutations, len(change))).argsort(axis=1)
    permuted = np.concatenate([gap[None], gap[order]]).reshape(permutations + 1, -1).T
    own = residual(permuted, others)
    effects = residual(change.ravel(), others) @ own / (own**2).sum(axis=0)
    return share_as_far(effects[1:], float(effects[0]))


@dataclass(frozen=True)
class _Logs:
    """Log shares of allies by year, and who is on the border."""

    values: Array
    first: int
    border: Array

    def at(self, year: int) -> Array:
        """Return the log shares of a year."""
        return self.values[:, year - self.first]

    @property
    def last(self) -> int:
        """The last year."""
        return self.first + int(self.values.shape[1]) - 1


def _columns(logs: Array, year: int, border: Array, pledge: tuple[float, int] | None) -> Array:
    """Return what moves shares in the year after: pull or convergence, the border since 2014, a constant."""
    if pledge is None:
        moved = logs.mean() - logs
    else:
        target, deadline = pledge
        gap = np.maximum(0.0, np.log(target) - logs)
        moved = gap / max(1, deadline - year) if year >= PLEDGED else np.zeros_like(gap)
    return np.column_stack([moved, border * (year >= PLEDGED), np.ones_like(logs)])


def _errors(logs: _Logs, pledge: tuple[float, int] | None) -> dict[int, Array]:
    """Return the absolute errors of forecasts by horizon, (ally, origin), percentage points of GDP."""
    errors: dict[int, list[Array]] = {horizon: [] for horizon in HORIZONS}
    for origin in range(FIRST_ORIGIN, logs.last):
        years = range(FIRST_FITTED, origin)
        design = np.vstack([_columns(logs.at(y), y, logs.border, pledge) for y in years])
        change = np.concatenate([logs.at(y + 1) - logs.at(y) for y in years])
        effects = np.linalg.lstsq(design, change, rcond=None)[0]
        path = logs.at(origin)
        for horizon in HORIZONS:
            year = origin + horizon
            if year > logs.last:
                break
            path = path + _columns(path, year - 1, logs.border, pledge) @ effects
            errors[horizon].append(100.0 * np.abs(np.exp(path) - np.exp(logs.at(year))))
    return {horizon: np.column_stack(columns) for horizon, columns in errors.items() if columns}


def _no_change(logs: _Logs) -> dict[int, Array]:
    """Return the same errors where nothing changes."""
    share = 100.0 * np.exp(logs.values[:, FIRST_ORIGIN - logs.first :])
    return {horizon: np.abs(share[:, horizon:] - share[:, :-horizon]) for horizon in HORIZONS}


def pull_skill(panel: GrowthPanel) -> tuple[PullSkill, ...]:
    """Return how the pledge forecasts against convergence, no change, and placebo targets and deadlines.

    Each origin's numbers are fitted on the years from 2004 to it, and on nothing later. The intervals are
    over allies and origins, both drawn again: errors of one origin go together, as do those of one ally.
    """
    whole = np.isfinite(panel.share[panel.rows(PULLED), FIRST_FITTED - panel.first :]).sum(axis=1)
    held = whole == panel.last - FIRST_FITTED + 1
    rows = panel.rows(PULLED)[held]
    border = np.isin(np.array(panel.countries)[rows], BORDER).astype(np.float64)
    logs = _Logs(np.log(panel.share[rows]), panel.first, border)
    pledge = _errors(logs, (TARGET, DEADLINE))
    rivals = {"convergence": _errors(logs, None), "no change": _no_change(logs)}
    rivals |= {name: _errors(logs, other) for name, other in PLACEBO_PLEDGES.items()}
    return tuple(
        _skill(name, horizon, pledge[horizon], errors[horizon])
        for name, errors in rivals.items()
        for horizon in pledge
    )


def _skill(rival: str, horizon: int, errors: Array, others: Array) -> PullSkill:
    """Return the skill over a rival at one horizon."""
    random = generator(1)
    allies, origins = (random.multinomial(n, np.full(n, 1.0 / n), DRAWS) for n in errors.shape)
    mine, other = (((allies @ each) * origins).sum(axis=1) for each in (errors, others))
    low, high = np.quantile(1.0 - mine / other, [0.05, 0.95])
    return PullSkill(
        rival,
        horizon,
        float(errors.mean()),
        float(others.mean()),
        float(1.0 - errors.mean() / others.mean()),
        float(low),
        float(high),
        errors.size,
    )
