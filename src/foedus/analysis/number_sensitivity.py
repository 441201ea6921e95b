"""Which number of the model drives an answer: screening after Morris, then Sobol indices of groups.

Every number moves evenly inside its stated range, all with the same random terms, so that only numbers move.
What is watched is the mean of an answer over the draws, and their standard deviation: a number may move the
middle, or widen the range around it. A range says what makes sense, not how likely it is: the indices are of
the ranges, and no forecast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.analysis.designs import check_installed, group_points, morris_effects, morris_paths
from foedus.analysis.number_result import GroupIndex, NumberEffect, NumberIndices, TargetNumbers
from foedus.analysis.numbers import NumberFactor, PreparedNumbers, Range, prepared_numbers
from foedus.analysis.sobol import Exchanges, Index, sobol_indices
from foedus.analysis.targets import Target, TargetReader, targets_of, year_of
from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, in_order
from foedus.engine.compiled import compiler_for
from foedus.engine.draws import BLOCK
from foedus.engine.section import QUANTILES
from foedus.engine.workspace import Workspaces
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.analysis.question import By
    from foedus.evidence import Ledger
    from foedus.scenario import Resolved

__all__ = ["Running", "number_indices", "sensitivity_of_numbers"]

PATHS = 20
"""Paths of the screening."""

POINTS = 128
"""Points of each set behind the indices of groups."""

MOST_POINTS = 4096
MOST_PATHS = 200

Progress = Callable[[int, int], None]


def number_indices(
    resolved: Resolved,
    targets: Sequence[Target] = (),
    *,
    year: int | None = None,
    draws: int = BLOCK,
    seed: int = 1,
    paths: int = PATHS,
    points: int = POINTS,
    by: By = "grade",
    ranges: Mapping[str, Range] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> NumberIndices:
    """Screen every number that can move an answer, and take its variance apart by groups of numbers.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    targets : sequence of Target, optional
        The answers; without them, every measure of the headline.
    year : int, optional
        The year they are of; without it, the last one.
    draws : int, default 500
        Draws at every point, one block at most; the terms are the same at all.
    seed : int, default 1
        Of the random terms and of the designs.
    paths : int, default 20
        Paths of the screening, 2 to 200.
    points : int, default 128
        Points of each set behind the indices of groups, a power of two up to 4,096.
    by : {"grade", "component"}
        What numbers are grouped by.
    ranges : mapping of str to (float, float), optional
        Narrower ranges of single numbers, by ``component.name``.
    workers : int, optional
        Threads; without it one for each core. The answer does not depend on it.
    progress : callable, optional
        Called after every run with the runs done and the runs there are.

    Returns
    -------
    NumberIndices
        By answer, number and group.

    Raises
    ------
    InputError
        When SALib is not installed, something is out of range, or no number can move.
    """
    _check(draws, paths, points)
    check_installed()
    reader = TargetReader(resolved, tuple(targets) or targets_of(resolved), year_of(resolved, year))
    prepared = prepared_numbers(reader, ranges)
    if not prepared.factors:
        raise InputError(
            "no number can move what is asked about", where="--numbers", do="ask about another measure"
        )
    groups = [_group(factor, by) for factor in prepared.factors]
    points_asked = _Points(morris_paths(len(groups), paths, seed), group_points(groups, points, seed))
    values = Running(reader, prepared, draws, seed).at(points_asked.all(), workers, progress)
    parts = points_asked.parted(values)
    answers = _Answers(prepared.factors, tuple(dict.fromkeys(groups)), points_asked.screening, seed)
    return NumberIndices(
        resolved=resolved,
        year=reader.year,
        draws=draws,
        seed=seed,
        paths=paths,
        points=points,
        runs=values.shape[-1],
        by=by,
        targets=tuple(
            answers.of(target, groups, *(part[k] for part in parts))
            for k, target in enumerate(reader.targets)
        ),
        fixed=prepared.fixed,
    )


def sensitivity_of_numbers(
    scenario: str = "baseline",
    *,
    measures: Sequence[str] = (),
    countries: Sequence[str] = (),
    changes: Mapping[str, Any] | None = None,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    **options: Any,
) -> NumberIndices:
    """Return which number of the model drives the answers of a scenario.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    measures : sequence of str, optional
        Catalogue names; without them, every measure of the headline, and of a country what is shown of it.
    countries : sequence of str, optional
        Countries by name or code; without them, the alliance.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    ledger : Ledger, optional
        The figures.
    **options
        As for :func:`number_indices`.

    Returns
    -------
    NumberIndices
        By answer, number and group.

    Raises
    ------
    InputError
        When SALib is not installed, something is out of range, or a name is not known.
    """
    from foedus.scenario import resolve

    check_installed()
    resolved = resolve(scenario, as_of=as_of, ledger=ledger, changes=changes)
    return number_indices(resolved, targets_of(resolved, measures, countries), **options)


def _check(draws: int, paths: int, points: int) -> None:
    """Check the numbers of an analysis against their ranges."""
    limits = (
        ("--draws", draws, 2, BLOCK),
        ("--paths", paths, 2, MOST_PATHS),
        ("--points", points, 2, MOST_POINTS),
    )
    for name, value, low, high in limits:
        if not low <= value <= high:
            raise InputError(
                f"{value} is out of range", where=name, do=f"give a number from {low} to {high:,}"
            )
    if points & (points - 1):
        raise InputError(f"{points} is no power of two", where="--points", do="give 64, 128, 256 or 512")


def _group(factor: NumberFactor, by: By) -> str:
    """Return the group of a number."""
    return factor.setting.grade if by == "grade" else factor.component


@dataclass(frozen=True)
class _Points:
    """The points of the screening, (point, factor), and those of the groups, (run, point, factor)."""

    screening: Array
    sets: Array

    def all(self) -> Array:
        """Return every point, that of the scenario itself first, as one that has no position."""
        factors = self.screening.shape[1]
        own = np.full((1, factors), np.nan)
        return np.concatenate([own, self.screening, self.sets.reshape(-1, factors)])

    def parted(self, values: Array) -> tuple[Array, Array, Array]:
        """Return answers, (target, statistic, point): of the scenario itself, on the paths, on the sets."""
        last = 1 + len(self.screening)
        sets = values[:, :, last:].reshape(*values.shape[:2], *self.sets.shape[:2])
        return values[:, :, 0], values[:, :, 1:last], sets


@dataclass(frozen=True)
class Running:
    """The scenario as it is run at every point.

    Attributes
    ----------
    reader : TargetReader
        The answers.
    prepared : PreparedNumbers
        The scenario, with the numbers that can move.
    draws, seed : int
        Draws at every point, and the seed of their terms.
    """

    reader: TargetReader
    prepared: PreparedNumbers
    draws: int
    seed: int

    def at(self, points: Array, workers: int | None, progress: Progress | None) -> Array:
        """Return mean and standard deviation of every answer at every point.

        Parameters
        ----------
        points : ndarray, (point, factor)
            Positions, 0 to 1; without one, a number stands as the scenario has it.
        workers : int or None
            Threads; None for one a core.
        progress : callable or None
            Called after every point with the points done and the points there are.

        Returns
        -------
        ndarray, (target, statistic, point)
            In the unit of each answer.
        """
        workspaces = Workspaces(compiler_for(len(points) * self.draws))
        prepared = self.prepared

        def one(k: int) -> Array:
            problem = prepared.problem if np.isnan(points[k]).any() else prepared.at(points[k])
            values = self.reader.read(Block(problem, self.seed, 0, self.draws, workspaces))
            return np.stack([values.mean(axis=1), values.std(axis=1)], axis=1)

        values = np.empty((len(self.reader.targets), 2, len(points)))
        prepared.problem.check()
        for k, answer in enumerate(in_order(one, len(points), workers)):
            values[:, :, k] = answer
            if progress is not None:
                progress(k + 1, len(points))
        return values


@dataclass(frozen=True)
class _Answers:
    """What the answers at all points say of numbers and groups."""

    factors: tuple[NumberFactor, ...]
    groups: tuple[str, ...]
    screening: Array
    seed: int

    def of(
        self, target: Target, groups: Sequence[str], own: Array, paths: Array, sets: Array
    ) -> TargetNumbers:
        """Return what numbers do to one answer.

        Parameters
        ----------
        target : Target
            The answer.
        groups : sequence of str
            The group of every number.
        own : ndarray, (statistic,)
            As the scenario has it.
        paths : ndarray, (statistic, point)
            On the paths.
        sets : ndarray, (statistic, run, point)
            On the sets of points.
        """
        on_mean, on_spread = (morris_effects(self.screening, values) for values in paths)
        low, median, high = np.quantile(sets[0, [0, -1]], QUANTILES).tolist()
        numbers = [
            NumberEffect(
                factor.name,
                factor.setting.unit,
                factor.setting.grade,
                factor.setting.source,
                None if isinstance(factor.setting.value, tuple) else factor.setting.value,
                factor.low,
                factor.high,
                mean,
                spread,
            )
            for factor, mean, spread in zip(self.factors, on_mean, on_spread, strict=True)
        ]
        indices = [self._indices(values) for values in sets]
        rows = [
            GroupIndex(name, groups.count(name), *(each[g] if each else None for each in indices))
            for g, name in enumerate(self.groups)
        ]
        return TargetNumbers(
            target.measure,
            target.country,
            target.label,
            target.unit,
            float(own[0]),
            float(own[1]),
            low,
            median,
            high,
            numbers=tuple(sorted(numbers, key=lambda n: -n.on_mean.size)),
            groups=tuple(sorted(rows, key=lambda g: -(g.on_mean.total if g.on_mean else 0.0))),
        )

    def _indices(self, runs: Array) -> tuple[Index, ...] | None:
        """Return the indices of every group from one statistic at the sets of points, (run, point)."""
        middle = 1 + len(self.groups)
        return sobol_indices(Exchanges(runs[0], runs[-1], runs[1:middle], runs[middle:-1]), seed=self.seed)
