"""Several blocks of draws at once, computed wherever: what is shipped, and what comes back.

A portion is computed from the canonical text of a resolved scenario alone, in this process as on a worker of
a cluster, so that the bytes cannot depend on where. A process prepares a scenario once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.blocks import Block
from foedus.engine.compiled import compiler_for
from foedus.engine.draws import BLOCK, block_count, block_size
from foedus.engine.simulate import Problem
from foedus.engine.workspace import Workspaces
from foedus.errors import ClusterError
from foedus.runs.by_class import no_counts
from foedus.runs.closing import CLOSING_YEAR
from foedus.runs.identity import made_by
from foedus.runs.outcome import BlockArrays, run_block
from foedus.runs.packed import pack
from foedus.runs.question import Keep
from foedus.scenario.resolved import Resolved

__all__ = ["BLOCKS", "Keep", "Portion", "Work", "compute", "differences", "key"]

BLOCKS = 10
"""Blocks in a portion: it takes a third of a second to some seconds, and a few megabytes."""

Portion = dict[str, bytes]
"""A portion's draws, packed: ``measures``, and ``others`` that quantiles are taken of."""


@dataclass(frozen=True)
class Work:
    """What is to be computed, as it is shipped.

    Attributes
    ----------
    scenario : str
        The canonical text of the resolved scenario.
    made_by : tuple of (str, str)
        With what numbers are made here; a worker must make them with the same.
    run_sha256 : str
        The run's checksum, which stands in every portion.
    seed, draws : int
        Of the run.
    keep : str
        What is kept.
    blocks_each : int
        Blocks in a portion.
    """

    scenario: str
    made_by: tuple[tuple[str, str], ...]
    run_sha256: str
    seed: int
    draws: int
    keep: Keep
    blocks_each: int = BLOCKS

    @property
    def portions(self) -> range:
        """The numbers of the portions, which hold all draws between them."""
        return range(-(-block_count(self.draws) // self.blocks_each))

    def blocks(self, number: int) -> range:
        """Return the blocks of a portion, by its number from 0."""
        each = self.blocks_each
        return range(number * each, min((number + 1) * each, block_count(self.draws)))


def key(name: str, *indexes: int) -> str:
    """Return under which key a column stands: the quantity's name, then the places of year, class or ally."""
    return "/".join((name, *map(str, indexes)))


def differences(here: Mapping[str, str], elsewhere: Mapping[str, str]) -> str:
    """Return in what two makers of numbers differ, in words; empty where they are the same.

    Parameters
    ----------
    here, elsewhere : mapping of str to str
        As :func:`foedus.runs.identity.made_by` gives them.

    Returns
    -------
    str
        As "numpy 2.1.0 there, 2.4.6 here".
    """
    words = {"code_sha256": "code and evidence"}
    return "; ".join(
        f"{words.get(name, name)} {str(elsewhere.get(name, 'unknown'))[:16]} there, {value[:16]} here"
        for name, value in here.items()
        if elsewhere.get(name) != value
    )


@dataclass(frozen=True)
class _Prepared:
    """A scenario ready to run, with arrays that are filled again and again."""

    resolved: Resolved
    problem: Problem
    workspaces: Workspaces
    blocks_each: int
    free: list[BlockArrays]

    def arrays(self, quantities: tuple[str, ...]) -> BlockArrays:
        """Return arrays that nobody fills: some used before, or new ones."""
        # Taking from a list is a step that threads cannot interrupt.
        try:
            return self.free.pop()
        except IndexError:
            return BlockArrays.new(self.resolved, self.blocks_each * BLOCK, quantities)


@lru_cache(maxsize=2)
def _prepared(work: Work) -> _Prepared:
    """Return the scenario of some work, made ready once a process."""
    if words := differences(dict(work.made_by), made_by()):
        raise ClusterError("a worker makes numbers with something else", where=words, do="install the same")
    resolved = Resolved.from_json(json.loads(work.scenario))
    problem = resolved.problem()
    problem.check()
    return _Prepared(resolved, problem, Workspaces(compiler_for(work.draws)), work.blocks_each, [])


def compute(work: Work, number: int) -> Portion:
    """Run the blocks of a portion and pack what is kept of them.

    Parameters
    ----------
    work : Work
        What is run.
    number : int
        The portion's number, from 0.

    Returns
    -------
    dict of str to bytes
        ``measures`` and ``others``, each as :func:`foedus.runs.packed.pack` gives it.

    Raises
    ------
    ClusterError
        When this process makes numbers with something else than the one that asks.
    """
    ready = _prepared(work)
    resolved, whole = ready.resolved, work.keep == "all"
    arrays = ready.arrays(resolved.stored() if whole else resolved.shown())
    counts = no_counts(resolved)
    blocks, size = work.blocks(number), 0
    for block in blocks:
        count = block_size(work.draws, block)
        part = arrays.of_draws(slice(size, size + count))
        counted = run_block(resolved, Block(ready.problem, work.seed, block, count, ready.workspaces), part)
        for name, by_year in counted.items():
            counts[name].update(by_year)
        size += count
    about = {"run_sha256": work.run_sha256, "first": blocks[0] * BLOCK, "draws": size, "whole": whole}
    part = arrays.of_draws(slice(size))
    others = chain(_whole(part) if whole else _needed(part), _of_classes(part, resolved))
    portion = {
        "measures": pack(about, _by_year(part.measures), compress=not whole),
        "others": pack({**about, "counts": counts}, others, compress=not whole),
    }
    ready.free.append(arrays)
    return portion


Columns = Iterator[tuple[str, NDArray[Any]]]


def _by_year(arrays: Mapping[str, NDArray[Any]]) -> Columns:
    """Yield one column a year of each array, (year, draw, ...)."""
    for name, values in arrays.items():
        for i, year in enumerate(values):
            yield key(name, i), year


def _whole(part: BlockArrays) -> Columns:
    """Yield quantities by country, and those by class at the horizon, as a run keeps them."""
    yield from _by_year(part.quantities)
    yield from _by_year(part.at_horizon)


def _needed(part: BlockArrays) -> Columns:
    """Yield what a headline is made of: an ally's last year a column, and the years in which gaps close."""
    for name, values in part.quantities.items():
        last = len(values) - 1
        for i in range(values.shape[2]):
            yield key(name, last, i), values[last, :, i]
    yield from _by_year({name: v for name, v in part.at_horizon.items() if name == CLOSING_YEAR})


def _of_classes(part: BlockArrays, resolved: Resolved) -> Columns:
    """Yield quantities by class, a year and class a column."""
    used = [resolved.classes.index(name) for name in resolved.classes_in_use()]
    for name, values in part.by_class.items():
        for i, k in np.ndindex(len(values), len(used)):
            yield key(name, i, used[k]), values[i, :, used[k]]
