"""A scenario run in memory: what it comes to in every draw, without a folder."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.engine.draws import BLOCK
from foedus.engine.slabs import Columns, columns_of
from foedus.errors import InputError, StorageError
from foedus.runs.by_class import counted_name, no_counts, of_draws, spilled_by_class
from foedus.runs.headline import Headline, headline
from foedus.runs.store import SpilledArray
from foedus.scenario.resolved import Resolved

__all__ = [
    "MOST_DRAWS",
    "MOST_SPILLED",
    "BlockArrays",
    "Outcome",
    "SpilledOutcome",
    "outcome",
    "outcome_in_years",
    "run_block",
]

MOST_DRAWS = 100_000
"""The most draws of which every year is held in memory."""

IN_MEMORY = 20_000
"""The most draws that are held in memory where only some years of the shown quantities are read."""

MOST_SPILLED = 1_000_000
"""The most draws that are held on the disk."""


@dataclass(frozen=True)
class BlockArrays:
    """What is kept of a block of draws, to be filled and filled again.

    Attributes
    ----------
    quantities : mapping of str to ndarray, (year, draw, country)
        Quantities by country, single precision.
    measures : mapping of str to ndarray, (year, draw)
        The scenario's measures, double precision.
    at_horizon : mapping of str to ndarray, (class, draw)
        Quantities by class in the last year, single precision.
    by_class : mapping of str to ndarray, (year, draw, class)
        Quantities by class, single precision.
    """

    quantities: Mapping[str, NDArray[Any]]
    measures: Mapping[str, NDArray[Any]]
    at_horizon: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    by_class: Mapping[str, NDArray[Any]] = field(default_factory=dict)

    @classmethod
    def new(cls, resolved: Resolved, draws: int, quantities: tuple[str, ...]) -> BlockArrays:
        """Return arrays for so many draws of a scenario: some of its quantities, and all its measures."""
        years, countries, classes = len(resolved.years), len(resolved.countries), len(resolved.classes)
        return cls(
            {name: np.empty((years, draws, countries), "<f4") for name in quantities},
            {name: np.empty((years, draws)) for name in resolved.measure_names()},
            {name: np.empty((classes, draws), "<f4") for name in resolved.at_horizon()},
            {name: np.empty((years, draws, classes), "<f4") for name in resolved.spread_by_class()},
        )

    def of_draws(self, span: slice) -> BlockArrays:
        """Return the part of some draws, as views."""
        parts = (self.quantities, self.measures, self.at_horizon, self.by_class)
        return BlockArrays(*({name: values[:, span] for name, values in part.items()} for part in parts))

    def all_until(self, size: int) -> Iterator[tuple[str, NDArray[Any]]]:
        """Yield every array by name, cut to its first draws.

        Parameters
        ----------
        size : int
            How many draws.

        Yields
        ------
        tuple of (str, ndarray)
            Name and view, whose second axis is the draw.
        """
        part = self.of_draws(slice(size))
        for values in (part.quantities, part.measures, part.at_horizon, part.by_class):
            yield from values.items()


def run_block(resolved: Resolved, block: Block, arrays: BlockArrays) -> dict[str, Counter[int]]:
    """Run one block whole and keep what is wanted of its first draws.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    block : Block
        A block of its draws.
    arrays : BlockArrays
        The arrays to fill, from their first draw on.

    Returns
    -------
    dict of str to Counter
        For each counted quantity, in how many draws it was true, by year. Measures are taken over the whole
        block and then cut: the last bit of a sum may depend on an array's shape.
    """
    size, last = block.size, len(resolved.years) - 1
    counts = no_counts(resolved)
    for index, (year, state) in enumerate(block.passing_years(resolved.needed())):
        for name, values in arrays.quantities.items():
            values[index, :size] = block.cut(np.atleast_2d(state[name]))
        for name, values in resolved.measures(state).items():
            arrays.measures[name][index, :size] = block.cut(values)
        for name, values in arrays.by_class.items():
            values[index, :size] = of_draws(state[name], size).T
        for name, values in arrays.at_horizon.items() if index == last else ():
            values[:, :size] = of_draws(state[name], size)
        for name in resolved.counted() if index else ():
            counts[name][year] = int(block.cut(state[name]).sum())
        for name in resolved.counted_by_class() if index else ():
            draws_of = dict(zip(resolved.classes, of_draws(state[name], size), strict=True))
            for of_class in resolved.classes_in_use():
                counts[counted_name(name, of_class)][year] = int(draws_of[of_class].sum())
    return counts


@dataclass(frozen=True)
class Outcome:
    """What a scenario comes to in every draw, held in memory.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    measures : mapping of str to ndarray, (year, draw)
        The scenario's measures.
    quantities : mapping of str to ndarray, (year, draw, country)
        The shown quantities, single precision; NaN where a country does not participate.
    counts : mapping of str to mapping
        For each counted quantity, in how many draws it was true, by year.
    at_horizon : mapping of str to ndarray, (class, draw)
        Quantities by class in the last year, single precision.
    by_class : mapping of str to ndarray, (year, draw, class)
        Quantities by class, single precision.
    """

    resolved: Resolved
    measures: Mapping[str, Array]
    quantities: Mapping[str, Array]
    counts: Mapping[str, Mapping[int, int]]
    at_horizon: Mapping[str, Array] = field(default_factory=dict, kw_only=True)
    by_class: Mapping[str, Array] = field(default_factory=dict, kw_only=True)

    @property
    def draws(self) -> int:
        """How many draws it holds."""
        return int(next(iter(self.quantities.values())).shape[1])

    def measure(self, name: str, index: int) -> Array:
        """Return a measure in every draw of a year.

        Parameters
        ----------
        name : str
            The measure.
        index : int
            The year's place, from 0.

        Returns
        -------
        ndarray, (draw,)
            In double precision.
        """
        values: Array = self.measures[name][index]
        return values

    def columns(self, name: str, index: int) -> Columns:
        """Return what gives a shown quantity of some countries in a year, by its index."""
        return columns_of(self.quantities[name][index])

    def of_class(self, name: str, index: int, k: int) -> Array:
        """Return a quantity of a class in every draw of a year.

        Parameters
        ----------
        name : str
            The quantity.
        index, k : int
            The places of the year and of the class, from 0.

        Returns
        -------
        ndarray, (draw,)
            In double precision.
        """
        values: Array = self.by_class[name][index, :, k].astype(np.float64)
        return values

    def last_of_class(self, name: str, k: int) -> Array:
        """Return a quantity of a class at the horizon in every draw.

        Parameters
        ----------
        name : str
            The quantity.
        k : int
            The class's place, from 0.

        Returns
        -------
        ndarray, (draw,)
            In double precision.
        """
        values: Array = self.at_horizon[name][k].astype(np.float64)
        return values

    @cached_property
    def summary(self) -> Headline:
        """The headline that a run of the scenario would have, worked out once."""
        return headline(
            self.resolved,
            self.measure,
            {name: self.columns(name, len(self.resolved.years) - 1) for name in self.resolved.shown()},
            draws=self.draws,
            counts=self.counts,
            of_class=self.of_class,
        )


def outcome(resolved: Resolved, *, draws: int = 1000, seed: int = 1) -> Outcome:
    """Run a scenario in memory.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws : int, default 1000
        How many draws, 1 to 100,000.
    seed : int, default 1
        Seed of the random streams; the numbers are those of a run with this seed.

    Returns
    -------
    Outcome
        Measures and shown quantities in every draw.

    Raises
    ------
    InputError
        When draws or seed are out of range.
    """
    _check(draws, seed, MOST_DRAWS)
    shown = resolved.shown()
    arrays = BlockArrays.new(resolved, draws, shown)
    counts = no_counts(resolved)

    def keep(block: Block) -> dict[str, Counter[int]]:
        return run_block(resolved, block, arrays.of_draws(slice(block.first, block.first + block.size)))

    for counted in map_blocks(keep, resolved.problem(), draws=draws, seed=seed):
        for name, count in counted.items():
            counts[name].update(count)
    return Outcome(
        resolved,
        arrays.measures,
        arrays.quantities,
        counts,
        at_horizon=arrays.at_horizon,
        by_class=arrays.by_class,
    )


@dataclass(frozen=True)
class SpilledOutcome(Outcome):
    """What a scenario comes to in more draws than memory shall hold: its arrays lie in files without a name.

    Attributes
    ----------
    files : mapping of str to SpilledArray
        The measures, and the shown quantities of some years.
    places : mapping of int to int
        For the index of a year of which the shown quantities are kept, its place in their files.
    draw_count : int
        How many draws it holds.
    """

    files: Mapping[str, SpilledArray]
    places: Mapping[int, int]
    draw_count: int

    @property
    def draws(self) -> int:
        """How many draws it holds."""
        return self.draw_count

    def measure(self, name: str, index: int) -> Array:
        """Return a measure in every draw of a year, by its index, (draw,)."""
        return self.files[name].year(index)

    def columns(self, name: str, index: int) -> Columns:
        """Return what gives a shown quantity of some countries in a year, by its index."""
        return partial(self.files[name].columns, self.places[index])

    def of_class(self, name: str, index: int, k: int) -> Array:
        """Return a quantity of a class in every draw of a year, (draw,), by the indexes of both."""
        return self.files[name].columns(index, slice(k, k + 1))[:, 0]

    def last_of_class(self, name: str, k: int) -> Array:
        """Return a quantity of a class at the horizon in every draw, (draw,), by the class's index."""
        return self.files[name].year(k)


def outcome_in_years(resolved: Resolved, *, draws: int, seed: int, shown_in: Collection[int]) -> Outcome:
    """Run a scenario of which the shown quantities are read in some years alone.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws : int
        How many draws, 1 to 1,000,000; above :data:`IN_MEMORY` they lie on the disk.
    seed : int
        Seed of the random streams.
    shown_in : collection of int
        The indexes of those years.

    Returns
    -------
    Outcome
        The numbers of :func:`outcome`.

    Raises
    ------
    InputError
        When draws or seed are out of range.
    StorageError
        When the disk has too little room.
    """
    _check(draws, seed, MOST_SPILLED)
    if draws <= IN_MEMORY:
        return outcome(resolved, draws=draws, seed=seed)
    try:
        return _spilled(resolved, draws, seed, sorted(shown_in))
    except OSError as error:
        raise StorageError(
            f"the draws cannot be set down ({error.strerror or error})",
            where=tempfile.gettempdir(),
            do=f"ask for {IN_MEMORY:,} draws or fewer, or make room there",
        ) from error


def _spilled(resolved: Resolved, draws: int, seed: int, shown_in: list[int]) -> SpilledOutcome:
    """Run a scenario with its arrays in files."""
    shown, countries = resolved.shown(), len(resolved.countries)
    files = {name: SpilledArray("<f8", (len(resolved.years), draws)) for name in resolved.measure_names()}
    files |= {name: SpilledArray("<f4", (len(shown_in), draws, countries)) for name in shown}
    files |= spilled_by_class(resolved, draws)
    counts = no_counts(resolved)
    free: list[BlockArrays] = []

    def work(block: Block) -> dict[str, Counter[int]]:
        arrays = free.pop() if free else BlockArrays.new(resolved, BLOCK, shown)
        counted = run_block(resolved, block, arrays)
        for name, values in arrays.all_until(block.size):
            files[name].write(block.first, values[shown_in] if name in shown else values)
        free.append(arrays)
        return counted

    for counted in map_blocks(work, resolved.problem(), draws=draws, seed=seed):
        for name, count in counted.items():
            counts[name].update(count)
    places = {index: place for place, index in enumerate(shown_in)}
    return SpilledOutcome(resolved, {}, {}, counts, files, places, draws)


def _check(draws: int, seed: int, most: int) -> None:
    """Check the numbers of an outcome against their ranges."""
    for name, value, low, high in (("--draws", draws, 1, most), ("--seed", seed, 0, 2**63 - 1)):
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")
