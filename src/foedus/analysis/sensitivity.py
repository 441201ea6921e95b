"""Which chance drives a number: Sobol indices of a run's shocks, by exchanging their random streams.

Every shock draws from a stream of its own, named by shock and seed. So a run with seed 1 in which one shock
is taken from seed 2 differs from the first in that shock alone, whatever its shape, and no number of the
model has to be given a range: the spread that is taken apart is that of the run itself. What is held fixed in
a run has no part in it: neither parameters nor the form of the model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from foedus.analysis.drivers import DriverIndex, ShockIndices, TargetDrivers
from foedus.analysis.sobol import Exchanges, sobol_indices
from foedus.analysis.targets import Target, TargetReader, targets_of, year_of
from foedus.catalogue import catalogue
from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.engine.component import Component, declared_names, shock_axes
from foedus.engine.section import QUANTILES
from foedus.errors import InputError
from foedus.parameters import GRADES, Grade, weakest

if TYPE_CHECKING:
    from foedus.engine.simulate import Problem
    from foedus.evidence import Ledger
    from foedus.scenario import Resolved

__all__ = ["MOST_DRAWS", "DriverIndex", "ExchangePlan", "grade_of", "sensitivity", "shock_indices"]

MOST_DRAWS = 100_000
"""The most draws: every run of them is held at once."""

SEEDS = (1, 2)
"""The seeds of the two runs whose streams are exchanged."""

Progress = Callable[[int, int], None]


def shock_indices(
    resolved: Resolved,
    targets: Sequence[Target] = (),
    *,
    year: int | None = None,
    draws: int = 1000,
    seeds: tuple[int, int] = SEEDS,
    both: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
) -> ShockIndices:
    """Estimate the first and total index of every shock, and of all shocks of every component.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    targets : sequence of Target, optional
        The numbers; without them, every measure of the headline.
    year : int, optional
        The year they are of; without it, the last one.
    draws : int, default 1000
        Draws of each run, 2 to 100,000.
    seeds : (int, int), default (1, 2)
        The seeds of the two runs whose streams are exchanged.
    both : bool, default True
        Whether streams are exchanged in both runs: twice the runs, and less noise than twice the draws give.
    workers : int, optional
        Threads; without it one for each core. The numbers do not depend on it.
    progress : callable, optional
        Called after every block with the draws done and the draws asked for.

    Returns
    -------
    ShockIndices
        By number and shock.

    Raises
    ------
    InputError
        When draws, seeds or the year are out of range.
    """
    _check(draws, seeds)
    reader = TargetReader(resolved, tuple(targets) or targets_of(resolved), year_of(resolved, year))
    problem = resolved.problem()
    readers = _first_readers(problem.needed_part(reader.wanted))
    idle = frozenset().union(*(section.idle_components() for section in resolved.sections))
    moving = {name: part for name, part in readers.items() if part.name not in idle}
    factors = _factors(moving)
    plan = ExchangePlan(reader.read, tuple(factors.values()), seeds, both)
    values = plan.values(problem, draws=draws, workers=workers, progress=progress)
    return ShockIndices(
        resolved=resolved,
        year=reader.year,
        draws=draws,
        seeds=seeds,
        runs=plan.runs,
        targets=tuple(
            _drivers(resolved, target, plan.exchanges(runs), tuple(factors), moving)
            for target, runs in zip(reader.targets, values, strict=True)
        ),
        still=tuple(name for name in shock_axes(problem.chain) if name not in moving),
    )


def sensitivity(
    scenario: str = "baseline",
    *,
    measures: Sequence[str] = (),
    countries: Sequence[str] = (),
    year: int | None = None,
    changes: Mapping[str, Any] | None = None,
    draws: int = 8000,
    seed: int = 1,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> ShockIndices:
    """Return which chance drives the numbers of a scenario.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    measures : sequence of str, optional
        Catalogue names; without them, every measure of the headline, and of a country what is shown of it.
    countries : sequence of str, optional
        Countries by name or code; without them, the alliance.
    year : int, optional
        The year; without it, the last one.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario.
    draws : int, default 8000
        Draws of each run.
    seed : int, default 1
        Of the first run; the second has the next one.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    ledger : Ledger, optional
        The figures.
    workers, progress
        As for :func:`shock_indices`.

    Returns
    -------
    ShockIndices
        By number and shock.

    Raises
    ------
    InputError
        When something is out of range, or a name is not known.
    """
    from foedus.scenario import resolve

    resolved = resolve(scenario, as_of=as_of, ledger=ledger, changes=changes)
    return shock_indices(
        resolved,
        targets_of(resolved, measures, countries),
        year=year,
        draws=draws,
        seeds=(seed, seed + 1),
        workers=workers,
        progress=progress,
    )


def grade_of(resolved: Resolved, shock: str) -> Grade:
    """Return how the number that sizes a shock is known: of several, the weakest.

    Parameters
    ----------
    resolved : Resolved
        The scenario; a value that it sets is assumed.
    shock : str
        The shock's catalogue name.

    Returns
    -------
    {"measured", "estimated", "judged", "assumed"}
        Assumed where nothing is said.
    """
    sized_by = catalogue()[shock].sized_by
    grades = [grade for grade in GRADES if grade == sized_by]
    grades += [
        s.grade for name, s in resolved.parameters.items() if sized_by in {name, name.partition(".")[0]}
    ]
    return weakest(grades)


def _check(draws: int, seeds: tuple[int, int]) -> None:
    """Check the numbers of an analysis against their ranges."""
    if not 2 <= draws <= MOST_DRAWS:
        raise InputError(
            f"{draws} is out of range", where="--draws", do=f"give a number from 2 to {MOST_DRAWS:,}"
        )
    if min(seeds) < 0 or max(seeds) >= 2**63 or seeds[0] == seeds[1]:
        raise InputError(
            f"{seeds[0]} and {seeds[1]} cannot be the seeds",
            where="--seed",
            do="give two different ones from 0 on",
        )


def _first_readers(chain: tuple[Component, ...]) -> dict[str, Component]:
    """Return for every shock the component that reads it first in a year."""
    return {
        name: next(part for part in chain if name in declared_names(part.shocks))
        for name in shock_axes(chain)
    }


def _factors(moving: dict[str, Component]) -> dict[str, tuple[str, ...]]:
    """Return what is exchanged together by name: every shock, then those of a component that has several."""
    factors: dict[str, tuple[str, ...]] = {name: (name,) for name in moving}
    for part in dict.fromkeys(moving.values()):
        shocks = tuple(name for name, owner in moving.items() if owner is part)
        if len(shocks) > 1:
            factors[f"component {part.name}"] = shocks
    return factors


@dataclass(frozen=True)
class ExchangePlan:
    """The runs of an analysis, and how their numbers lie in an array.

    Attributes
    ----------
    read : callable
        Runs a block and returns its numbers, (target, draw).
    factors : tuple of tuple of str
        The shocks that are exchanged together.
    seeds : (int, int)
        Of the two runs.
    both : bool
        Whether shocks are exchanged in the second run too.
    """

    read: Callable[[Block], Array]
    factors: tuple[tuple[str, ...], ...]
    seeds: tuple[int, int]
    both: bool = True

    @property
    def runs(self) -> int:
        """How many runs there are: two, and one or two for each factor."""
        return 2 + len(self.factors) * (1 + self.both)

    def values(
        self,
        problem: Problem,
        *,
        draws: int,
        workers: int | None = None,
        progress: Progress | None = None,
    ) -> Array:
        """Run a problem in every way.

        Parameters
        ----------
        problem : Problem
            What is run.
        draws : int
            Draws of each run.
        workers : int, optional
            Threads; the numbers do not depend on it.
        progress : callable, optional
            Called after every block with the draws done and the draws asked for.

        Returns
        -------
        ndarray, (target, run, draw)
            Each block is run in every way while its arrays are at hand.
        """

        def work(block: Block) -> tuple[Block, Array]:
            return block, np.stack([self.read(each) for each in self._exchanged(block)], axis=1)

        parts = []
        for block, part in map_blocks(work, problem, draws=draws, seed=self.seeds[0], workers=workers):
            parts.append(part)
            if progress is not None:
                progress(block.first + block.size, draws)
        return np.concatenate(parts, axis=-1)

    def _exchanged(self, block: Block) -> Iterator[Block]:
        """Yield the block of either seed, then with each factor exchanged."""
        one, two = self.seeds
        yield replace(block, seed=one)
        yield replace(block, seed=two)
        for first, second in ((one, two), (two, one))[: 1 + self.both]:
            for shocks in self.factors:
                yield replace(block, seed=first, exchanged=dict.fromkeys(shocks, second))

    def exchanges(self, runs: Array) -> Exchanges:
        """Return the numbers of one target by what was exchanged.

        Parameters
        ----------
        runs : ndarray, (run, draw)
            As :meth:`values` gives them of one target.

        Returns
        -------
        Exchanges
            Views.
        """
        middle = 2 + len(self.factors)
        return Exchanges(runs[0], runs[1], runs[2:middle], runs[middle:])


def _drivers(
    resolved: Resolved,
    target: Target,
    runs: Exchanges,
    factors: tuple[str, ...],
    moving: dict[str, Component],
) -> TargetDrivers:
    """Return what carries the spread of one number."""
    low, median, high = np.quantile(runs.one, QUANTILES).tolist()
    indices = dict(zip(factors, sobol_indices(runs) or (), strict=False))
    shocks = [
        DriverIndex(name, catalogue()[name].label, moving[name].name, grade_of(resolved, name), index)
        for name, index in indices.items()
        if name in moving
    ]
    components = []
    for part in dict.fromkeys(moving.values()):
        own = [shock for shock in shocks if shock.component == part.name]
        if own:
            together = indices.get(f"component {part.name}", own[0].index)
            grade = weakest(cast("Grade", shock.grade) for shock in own)
            components.append(DriverIndex(part.name, part.name, part.name, grade, together))
    return TargetDrivers(
        target.measure,
        target.country,
        target.label,
        target.unit,
        low,
        median,
        high,
        shocks=_by_total(shocks),
        components=_by_total(components),
        is_constant=not indices,
    )


def _by_total(drivers: list[DriverIndex]) -> tuple[DriverIndex, ...]:
    """Return drivers with the greatest total index first, as they stood where two are equal."""
    return tuple(sorted(drivers, key=lambda driver: -driver.index.total))
