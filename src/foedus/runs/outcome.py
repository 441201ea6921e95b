"""A scenario run in memory: what it comes to in every draw, without a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.errors import InputError
from foedus.runs.headline import Headline, headline
from foedus.scenario.resolved import Resolved

__all__ = ["MOST_DRAWS", "BlockResult", "Outcome", "outcome", "run_block"]

MOST_DRAWS = 100_000
"""The most draws that are held in memory."""


@dataclass(frozen=True)
class BlockResult:
    """What is kept of one block of draws.

    Attributes
    ----------
    quantities : mapping of str to ndarray, (year, draw, country)
        Quantities by country, single precision.
    measures : mapping of str to ndarray, (year, draw)
        The scenario's measures, double precision.
    counts : mapping of str to Counter
        For each counted quantity, in how many draws it was true, by year.
    """

    quantities: dict[str, NDArray[Any]]
    measures: dict[str, NDArray[Any]]
    counts: dict[str, Counter[int]]


def run_block(resolved: Resolved, block: Block, quantities: tuple[str, ...]) -> BlockResult:
    """Run one block whole and keep what is wanted of its first draws.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    block : Block
        A block of its draws.
    quantities : tuple of str
        The quantities by country to keep.

    Returns
    -------
    BlockResult
        Quantities, measures and counts. Measures are taken over the whole block and then cut: the last bit of
        a sum may depend on an array's shape.
    """
    years, countries = len(resolved.years), len(resolved.countries)
    arrays: dict[str, NDArray[Any]] = {
        name: np.empty((years, block.size, countries), "<f4") for name in quantities
    }
    measures: dict[str, NDArray[Any]] = {
        name: np.empty((years, block.size)) for name in resolved.measure_names()
    }
    counts = {name: Counter[int]() for name in resolved.counted()}
    for index, (year, state) in enumerate(block.passing_years(resolved.needed())):
        for name in quantities:
            arrays[name][index] = block.cut(np.atleast_2d(state[name]))
        for name, values in resolved.measures(state).items():
            measures[name][index] = block.cut(values)
        for name in counts if index else ():
            counts[name][year] = int(block.cut(state[name]).sum())
    return BlockResult(arrays, measures, counts)


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
    """

    resolved: Resolved
    measures: Mapping[str, Array]
    quantities: Mapping[str, Array]
    counts: Mapping[str, Mapping[int, int]]

    @property
    def draws(self) -> int:
        """How many draws it holds."""
        return int(next(iter(self.quantities.values())).shape[1])

    @cached_property
    def summary(self) -> Headline:
        """The headline that a run of the scenario would have, worked out once."""
        return headline(
            self.resolved,
            lambda name, index: self.measures[name][index],
            {name: values[-1].astype(np.float64) for name, values in self.quantities.items()},
            draws=self.draws,
            counts=self.counts,
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
    for name, value, low, high in (("--draws", draws, 1, MOST_DRAWS), ("--seed", seed, 0, 2**63 - 1)):
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")
    shown = resolved.shown()
    years, countries = len(resolved.years), len(resolved.countries)
    measures = {name: np.empty((years, draws)) for name in resolved.measure_names()}
    quantities = {name: np.empty((years, draws, countries), "<f4") for name in shown}
    counts = {name: Counter[int]() for name in resolved.counted()}

    def keep(block: Block) -> None:
        span = slice(block.first, block.first + block.size)
        result = run_block(resolved, block, shown)
        for name, values in result.measures.items():
            measures[name][:, span] = values
        for name, values in result.quantities.items():
            quantities[name][:, span] = values
        for name, count in result.counts.items():
            counts[name].update(count)

    for _ in map_blocks(keep, resolved.problem(), draws=draws, seed=seed):
        pass
    return Outcome(resolved, measures, quantities, counts)
