"""Arrivals over fixed routes, for draws of throughput: a queue before each arc, days in order.

The routes are those of the flow at middle throughputs: what comes to a node is sent on in the proportions in
which the flow sends it on in all. Nobody takes another way because his is full, so that arrivals are never
earlier than those of the best flow of the same draw, and a little later. A closed form by the narrowest cut
was days too early and is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.reinforcement.flow import Flow
from foedus.reinforcement.problem import Days, FlowProblem

__all__ = ["Drawn", "Routes", "arrivals", "day_by_draw", "routes"]

USED = 1e-9
"""What part of all pieces an arc must carry to count as a route."""


@dataclass(frozen=True)
class Drawn:
    """Pieces that are ready to leave a node from a day on, by draw.

    Attributes
    ----------
    node, day : int
        Where, and from which day on.
    pieces : ndarray, (draw,)
        How many.
    load : int
        Which kind of load.
    """

    node: int
    day: int
    pieces: Array
    load: int = 0


@dataclass(frozen=True)
class Routes:
    """The arcs that are used, and how what comes to a node is parted among them.

    Attributes
    ----------
    problem : FlowProblem
        Whose arcs they are.
    arcs : tuple of ndarray of int, each (arc,)
        For each kind of load its arcs, by their place in the problem.
    shares : tuple of ndarray, each (arc,)
        What part of all that leaves the arc's tail it takes.
    """

    problem: FlowProblem
    arcs: tuple[Days, ...]
    shares: tuple[Array, ...]


def routes(flow: Flow) -> Routes:
    """Return the routes of a flow."""
    problem = flow.problem
    arcs, shares = [], []
    for by_arc in flow.departing.sum(2):
        used = np.flatnonzero(by_arc > USED * problem.total)
        leaving = np.zeros(len(problem.nodes))
        np.add.at(leaving, problem.tail[used], by_arc[used])
        arcs.append(used)
        shares.append(by_arc[used] / leaving[problem.tail[used]])
    return Routes(problem, tuple(arcs), tuple(shares))


def arrivals(ways: Routes, capacity: Array, days: int, released: Sequence[Drawn] | None = None) -> Array:
    """Return what has reached each sink by the end of each day, by draw.

    Parameters
    ----------
    ways : Routes
        The routes.
    capacity : ndarray, (arc, draw)
        Pieces a day of every arc of the problem, in each draw.
    days : int
        How many days, from day 0 on.
    released : sequence of Drawn, optional
        What is sent in each draw; without it, what the problem says in all.

    Returns
    -------
    ndarray, (sink, day, draw)
        Pieces that have arrived.
    """
    problem, draws = ways.problem, capacity.shape[1]
    if released is None:
        released = [Drawn(r.node, r.day, np.full(draws, r.pieces), r.load) for r in problem.releases]
    loads = [_Moving(ways, load, days, released) for load in range(problem.loads)]
    arrived = np.zeros((len(problem.sinks), days, draws))
    shared = problem.loads > 1
    room = np.empty_like(capacity)
    for day in range(days):
        if shared:
            room[:] = capacity
        for moving in loads:
            moving.step(day, room if shared else capacity, arrived, shared)
    for day in range(1, days):
        arrived[:, day] += arrived[:, day - 1]
    return arrived


class _Moving:
    """What is under way of one kind of load."""

    def __init__(self, ways: Routes, load: int, days: int, released: Sequence[Drawn]) -> None:
        p, draws = ways.problem, len(released[0].pieces)
        self._arcs = [
            (int(a), int(p.tail[a]), int(p.head[a]), int(p.days[a]), float(share))
            for a, share in zip(ways.arcs[load], ways.shares[load], strict=True)
        ]
        self._sinks = {sink: place for place, sink in enumerate(p.sinks)}
        self._queues = np.zeros((len(self._arcs), draws))
        self._sent = np.empty(draws)
        self._days = days
        # What comes to a node on a day; only days that are still ahead of some arc have an array.
        self._coming: dict[tuple[int, int], Array] = {}
        for release in released:
            if release.load == load and release.day < days:
                self._add(release.node, release.day, release.pieces)

    def _add(self, node: int, day: int, pieces: Array) -> None:
        """Add pieces to what comes to a node on a day."""
        at = (node, day)
        if at in self._coming:
            self._coming[at] += pieces
        else:
            self._coming[at] = pieces.copy()

    def step(self, day: int, capacity: Array, arrived: Array, shared: bool) -> None:
        """Send on what waits before each arc, as much as it takes on a day."""
        sent = self._sent
        for queue, (arc, tail, head, days, share) in zip(self._queues, self._arcs, strict=True):
            coming = self._coming.get((tail, day))
            if coming is not None:
                queue += share * coming if share < 1.0 else coming
            np.minimum(queue, capacity[arc], out=sent)
            queue -= sent
            if shared:
                capacity[arc] -= sent
            if day + days >= self._days:
                continue
            place = self._sinks.get(head)
            if place is None:
                self._add(head, day + days, sent)
            else:
                arrived[place, day + days] += sent
        for at in [at for at in self._coming if at[1] == day]:
            del self._coming[at]


def day_by_draw(curve: Array, share: float, whole: Array) -> Array:
    """Return the day by whose end a share has arrived, in each draw.

    Parameters
    ----------
    curve : ndarray, (day, draw)
        What has arrived by the end of each day.
    share : float
        Of the whole, a fraction.
    whole : ndarray, (draw,)
        What is to arrive.

    Returns
    -------
    ndarray, (draw,)
        Days; infinite where the share has not arrived by the last day.
    """
    reached = curve >= share * whole * (1.0 - 1e-6)
    day: Array = np.where(reached.any(0), reached.argmax(0), np.inf)
    return day
