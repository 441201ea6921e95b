"""What is to be moved, over which arcs: the question that the flow and the simulation answer."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["FAR", "FlowProblem", "Supply", "days_from", "days_to_sinks"]

FAR = 1_000_000
"""Days to where no way leads."""

WHERE = "foedus reinforce"

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Supply:
    """Pieces that are ready to leave a node from a day on.

    Attributes
    ----------
    node, day : int
        Where, and from which day on.
    pieces : float
        How many.
    load : int
        Which kind of load.
    """

    node: int
    day: int
    pieces: float
    load: int = 0


@dataclass(frozen=True)
class FlowProblem:
    """Nodes, arcs and amounts.

    Attributes
    ----------
    nodes : tuple of str
        Their names.
    tail, head : ndarray of int, (arc,)
        Where each arc begins and ends.
    days : ndarray of int, (arc,)
        How long it takes, a day or more.
    capacity : ndarray, (arc,)
        Pieces that may enter it on each day.
    sinks : tuple of int
        The nodes where pieces have arrived.
    releases : tuple of Supply
        What leaves where from which day on.
    needs : tuple of float or None
        How many pieces each sink is to get at the most, in their order; None where any may take all.
    allowed : ndarray of bool, (load, arc)
        Which kinds of load may use which arcs; without it there is one kind, and it may use all.
    """

    nodes: tuple[str, ...]
    tail: Days
    head: Days
    days: Days
    capacity: Array
    sinks: tuple[int, ...]
    releases: tuple[Supply, ...]
    needs: tuple[float, ...] | None = None
    allowed: NDArray[np.bool_] = field(default_factory=lambda: np.ones((1, 0), bool))

    def __post_init__(self) -> None:
        if self.allowed.shape[1] != len(self.tail):
            object.__setattr__(self, "allowed", np.ones((len(self.allowed), len(self.tail)), bool))

    @property
    def loads(self) -> int:
        """How many kinds of load there are."""
        return len(self.allowed)

    @property
    def total(self) -> float:
        """All pieces."""
        return float(sum(release.pieces for release in self.releases))

    @property
    def is_sink(self) -> NDArray[np.bool_]:
        """Whether each node is a sink, (node,)."""
        marks = np.zeros(len(self.nodes), bool)
        marks[list(self.sinks)] = True
        return marks

    @property
    def sink_of(self) -> Days:
        """The place of each node among the sinks, (node,); nought where it is none."""
        places = np.zeros(len(self.nodes), np.int64)
        places[list(self.sinks)] = np.arange(len(self.sinks))
        return places

    def check(self) -> None:
        """Check that the question can be answered.

        Raises
        ------
        InputError
            When there is nothing to move, nothing can move, a number cannot be, an origin has no way out or
            nothing reaches a host that is to get something.
        """
        if self.total <= 0.0:
            raise InputError("there is nothing to move", where=WHERE, do="give an amount above nought")
        for release in self.releases:
            if release.pieces < 0.0 or release.day < 0 or not np.isfinite(release.pieces):
                raise InputError(
                    f"{self.nodes[release.node]} is to send {release.pieces:g} pieces on day {release.day}",
                    where=WHERE,
                    do="give pieces and days that are not negative",
                )
        if np.any(self.capacity < 0.0) or np.any(np.isnan(self.capacity)):
            raise InputError("a throughput is negative", where=WHERE, do="give one of nought or more")
        if not np.any(self.capacity > 0.0):
            raise InputError(
                "the throughput is nought everywhere, so that nothing moves",
                where=WHERE,
                do="give some arc pieces a day",
            )
        if np.any(self.days < 1):
            raise InputError("an arc takes less than a day", where=WHERE, do="give it a day or more")
        self._check_ways()

    def _check_ways(self) -> None:
        """Raise an error where an origin has no way out, or nothing reaches a host that needs something."""
        to_go = days_to_sinks(self)
        for release in self.releases:
            if release.pieces > 0.0 and to_go[release.load][release.node] >= FAR:
                name = self.nodes[release.node]
                raise InputError(
                    f"no way leads from {name} to any host",
                    where=WHERE,
                    do=f"leave {name} out, or open an arc",
                )
        reached = np.min([days_from(self, load) for load in range(self.loads)], axis=0)
        for place, sink in enumerate(self.sinks):
            if reached[sink] >= FAR and (self.needs is not None and self.needs[place] > 0.0):
                name = self.nodes[sink]
                raise InputError(
                    f"nothing reaches {name}", where=WHERE, do=f"leave {name} out, or open an arc to it"
                )


def _spread(problem: FlowProblem, load: int, start: dict[int, int], *, backwards: bool) -> Days:
    """Return the least days from (or back to) the nodes of a start, (node,)."""
    tail, head = (problem.head, problem.tail) if backwards else (problem.tail, problem.head)
    usable = problem.allowed[load] & (problem.capacity > 0.0)
    leaving: dict[int, list[tuple[int, int]]] = {}
    for arc in np.flatnonzero(usable):
        leaving.setdefault(int(tail[arc]), []).append((int(head[arc]), int(problem.days[arc])))
    least = np.full(len(problem.nodes), FAR, np.int64)
    heap = [(day, node) for node, day in start.items()]
    heapq.heapify(heap)
    while heap:
        day, node = heapq.heappop(heap)
        if day >= least[node]:
            continue
        least[node] = day
        # What has reached a sink has arrived; nothing passes through one.
        if not backwards and problem.is_sink[node]:
            continue
        for other, days in leaving.get(node, ()):
            if day + days < least[other] and not (backwards and problem.is_sink[other]):
                heapq.heappush(heap, (day + days, other))
    return least


def days_from(problem: FlowProblem, load: int) -> Days:
    """Return the first day on which a piece of a load can be at each node, (node,)."""
    start: dict[int, int] = {}
    for release in problem.releases:
        if release.load == load and release.pieces > 0.0:
            start[release.node] = min(release.day, start.get(release.node, release.day))
    return _spread(problem, load, start, backwards=False)


def days_to_sinks(problem: FlowProblem) -> list[Days]:
    """Return for each load the least days from each node to a sink, (node,)."""
    start = dict.fromkeys(problem.sinks, 0)
    return [_spread(problem, load, start, backwards=True) for load in range(problem.loads)]
