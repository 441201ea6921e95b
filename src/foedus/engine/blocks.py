"""The one loop over blocks of draws: run a chain block by block and hand the results back in block order.

Runs, comparisons, pledges and hindcasts pass it a function of a block. A block is simulated whole and what is
kept of it is cut afterwards: the last bit of a sum may depend on an array's shape, and so the order in which
sums are taken and cut is part of the numbers.

Threads, not processes: drawing normals and array arithmetic release the interpreter's lock, so threads keep
the cores busy, and a process would spend its time sending every block's arrays through a pipe. Measured on
two cores, threads ran about a fifth more draws per second than processes.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from foedus.engine.arrays import Array
from foedus.engine.compiled import compiler_for
from foedus.engine.component import shock_axes
from foedus.engine.draws import BLOCK, block_count, block_size, shocks_year_by_year
from foedus.engine.simulate import Problem, State, simulate
from foedus.engine.workspace import Workspace, Workspaces

__all__ = ["Block", "default_workers", "in_order", "map_blocks"]

T = TypeVar("T")


@dataclass(frozen=True)
class Block:
    """One block of draws of a problem.

    Attributes
    ----------
    problem : Problem
        What is run.
    seed, number : int
        The run's seed, and the block's number from 0.
    size : int
        How many of the block's draws are wanted.
    workspaces : Workspaces
        The arrays that blocks write to, one after the other.
    exchanged : mapping of str to int
        The seeds of those shocks that are taken from another run.
    """

    problem: Problem
    seed: int
    number: int
    size: int
    workspaces: Workspaces = field(default_factory=Workspaces, compare=False)
    exchanged: Mapping[str, int] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The index of the block's first draw among all."""
        return self.number * BLOCK

    def years(self) -> Iterator[tuple[int, State]]:
        """Simulate the block whole and yield each year with its quantities, in arrays of their own.

        Yields
        ------
        int, mapping of str to ndarray
            As :func:`foedus.engine.simulate.simulate`; the axis of draws holds the whole block.
        """
        yield from simulate(self.problem, self._shocks())

    def passing_years(self, wanted: frozenset[str] | None = None) -> Iterator[tuple[int, State]]:
        """Simulate as :meth:`years`, in arrays that are used again: a year holds until the next is asked for.

        Parameters
        ----------
        wanted : frozenset of str, optional
            The quantities that the caller reads; without it, all.

        Yields
        ------
        int, mapping of str to ndarray
            What is kept of them must be copied.
        """
        with self.workspaces.one() as workspace:
            yield from simulate(self.problem, self._shocks(workspace, wanted), workspace, wanted)

    def _shocks(
        self, workspace: Workspace | None = None, wanted: frozenset[str] | None = None
    ) -> dict[str, Any]:
        """Return the block's random terms, drawn as the years come."""
        problem = self.problem
        axes = shock_axes(problem.needed_part(wanted))
        return shocks_year_by_year(
            {name: self.exchanged.get(name, self.seed) for name in axes},
            self.number,
            axes,
            problem.countries,
            problem.shock_scale,
            workspace=workspace,
            classes=problem.classes,
        )

    def cut(self, values: Array) -> Array:
        """Return the wanted draws of a quantity.

        Parameters
        ----------
        values : ndarray, (draw, ...)
            A quantity of the whole block.

        Returns
        -------
        ndarray, (draw, ...)
            Its first draws: a view.
        """
        return values[: self.size]


def map_blocks(
    work: Callable[[Block], T], problem: Problem, *, draws: int, seed: int, workers: int | None = 1
) -> Iterator[T]:
    """Run a problem block by block and yield what a function makes of each, in block order.

    Parameters
    ----------
    work : callable
        Takes a block; it must not touch state that other blocks touch.
    problem : Problem
        What is run.
    draws, seed : int
        How many draws, and the seed of the random streams.
    workers : int or None, default 1
        Threads; None for one a core. The results do not depend on it.

    Yields
    ------
    T
        Each block's result.

    Raises
    ------
    WiringError
        When the components do not fit together; this is found before the first block.
    """
    problem.check()
    workspaces = Workspaces(compiler_for(draws))

    def one(number: int) -> T:
        return work(Block(problem, seed, number, block_size(draws, number), workspaces))

    yield from in_order(one, block_count(draws), workers)


def default_workers() -> int:
    """Return the number of cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return max(1, os.cpu_count() or 1)


def in_order(work: Callable[[int], T], count: int, workers: int | None = None) -> Iterator[T]:
    """Run work(0), work(1), ... on several threads and give the results in that order.

    Parameters
    ----------
    work : callable
        Takes a block's number; it must not touch state that other blocks touch.
    count : int
        The number of blocks.
    workers : int, optional
        Threads; without it one for each core. One runs in the calling thread.

    Yields
    ------
    T
        Each block's result. At most two blocks per worker are held at a time, so memory does not grow with
        `count`.

    Notes
    -----
    When the caller stops early, or Ctrl-C or an error comes, blocks not begun are dropped and those begun are
    waited for, so that nothing runs on behind the caller's back.
    """
    threads = min(workers or default_workers(), max(count, 1))
    if threads == 1:
        yield from map(work, range(count))
        return
    waiting: deque[Future[T]] = deque()
    with ThreadPoolExecutor(threads, thread_name_prefix="foedus-block") as pool:
        try:
            for block in range(count):
                waiting.append(pool.submit(work, block))
                if len(waiting) >= 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
