"""Arrivals over fixed routes, for draws of throughput: a queue before each arc, days in order.

The routes are those of the flow at middle throughputs: of the pieces that pass a node, in their order, the
same go on to the same next node. Between two nodes a piece takes the fastest mode that has room, and a slower
one where it would wait longer for the faster. None takes another way because its own is full, so that
arrivals are never earlier than those of the best flow of the same draw, and a little later. A closed form by
the narrowest cut was days too early and is not used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.reinforcement.flow import Flow
from foedus.reinforcement.problem import FlowProblem

__all__ = ["Leg", "Routes", "SentByDraw", "arrivals", "day_by_draw", "routes"]

USED = 1e-9
"""What part of all pieces an arc must carry to count as a route."""


@dataclass(frozen=True)
class SentByDraw:
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
class Leg:
    """The way from one node to the next, by all modes there are.

    Attributes
    ----------
    tail, head : int
        The nodes.
    arcs : tuple of int
        The arcs between the two, the fastest first.
    passed, taken : ndarray, (point,)
        Of all pieces that leave the tail, in their order: when so many have left it, so many have taken this
        leg. Both rise from nought; the first ends at one.
    """

    tail: int
    head: int
    arcs: tuple[int, ...]
    passed: Array
    taken: Array

    @property
    def only(self) -> bool:
        """Whether all that leaves the tail takes it."""
        return bool(self.taken[-1] > 1.0 - USED)


@dataclass(frozen=True)
class Routes:
    """The legs that are used, and how what comes to a node is parted among them.

    Attributes
    ----------
    problem : FlowProblem
        Whose arcs they are.
    legs : tuple of tuple of Leg
        For each kind of load.
    through : tuple of ndarray, each (node,)
        How many pieces leave each node in all, for each kind of load.
    """

    problem: FlowProblem
    legs: tuple[tuple[Leg, ...], ...]
    through: tuple[Array, ...]


def routes(flow: Flow) -> Routes:
    """Return the routes of a flow."""
    problem = flow.problem
    legs, through = [], []
    for load, departing in enumerate(flow.departing):
        by_node = np.zeros((len(problem.nodes), departing.shape[1]))
        np.add.at(by_node, problem.tail, departing)
        through.append(by_node.sum(1))
        legs.append(_legs(problem, departing, problem.allowed[load], by_node))
    return Routes(problem, tuple(legs), tuple(through))


def _legs(
    problem: FlowProblem, departing: Array, allowed: NDArray[np.bool_], by_node: Array
) -> tuple[Leg, ...]:
    """Return the legs of one kind of load, from what enters each arc, and leaves each node, by day."""
    used = np.flatnonzero(departing.sum(1) > USED * problem.total)
    legs = []
    for tail, head in dict.fromkeys(
        zip(problem.tail[used].tolist(), problem.head[used].tolist(), strict=True)
    ):
        between = np.flatnonzero((problem.tail == tail) & (problem.head == head) & allowed)
        arcs = tuple(int(arc) for arc in between[np.argsort(problem.days[between], kind="stable")])
        whole = by_node[tail].sum()
        passed, taken = (
            np.concatenate([[0.0], np.cumsum(pieces) / whole])
            for pieces in (by_node[tail], departing[between].sum(0))
        )
        legs.append(Leg(tail, head, arcs, passed, taken))
    return tuple(legs)


def arrivals(ways: Routes, capacity: Array, days: int, released: Sequence[SentByDraw] | None = None) -> Array:
    """Return what has reached each sink by the end of each day, by draw.

    Parameters
    ----------
    ways : Routes
        The routes.
    capacity : ndarray, (arc, draw)
        Pieces a day of every arc of the problem, in each draw.
    days : int
        How many days, from day 0 on.
    released : sequence of SentByDraw, optional
        What is sent in each draw; without it, what the problem says in all.

    Returns
    -------
    ndarray, (sink, day, draw)
        Pieces that have arrived.
    """
    problem, draws = ways.problem, capacity.shape[1]
    if released is None:
        released = [SentByDraw(r.node, r.day, np.full(draws, r.pieces), r.load) for r in problem.releases]
    scale = np.sum([sent.pieces for sent in released], axis=0) / problem.total
    loads = [_Moving(ways, load, days, released, scale) for load in range(problem.loads)]
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

    def __init__(
        self, ways: Routes, load: int, days: int, released: Sequence[SentByDraw], scale: Array
    ) -> None:
        p, draws = ways.problem, len(scale)
        self._legs = ways.legs[load]
        self._took = [[int(p.days[arc]) for arc in leg.arcs] for leg in self._legs]
        self._sinks = {sink: place for place, sink in enumerate(p.sinks)}
        self._queues = np.zeros((len(self._legs), draws))
        self._scale, self._through = scale, ways.through[load]
        # Which part of all that passes a node has come to it, where it is parted.
        self._passed = {leg.tail: np.zeros(draws) for leg in self._legs if not leg.only}
        self._days = days
        # What comes to a node on a day; only days that are still ahead have an array.
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
        """Send on what waits before each leg, as much as its arcs take on a day."""
        for queue, leg, took in zip(self._queues, self._legs, self._took, strict=True):
            coming = self._coming.get((leg.tail, day))
            if coming is not None:
                queue += coming if leg.only else self._part(leg, coming)
            elif not queue.any():
                continue
            for place, arc in enumerate(leg.arcs):
                wants = queue if place == 0 else _too_long(queue, leg, took, place, capacity)
                sent = np.minimum(wants, capacity[arc])
                queue -= sent
                if shared:
                    capacity[arc] -= sent
                self._land(leg.head, day + took[place], sent, arrived)
        for node, at in [at for at in self._coming if at[1] == day]:
            coming = self._coming.pop((node, at))
            if node in self._passed:
                self._passed[node] += coming / (self._through[node] * self._scale)

    def _part(self, leg: Leg, coming: Array) -> Array:
        """Return what of the pieces that come to a leg's tail takes it, by their place among all."""
        whole, before = self._through[leg.tail] * self._scale, self._passed[leg.tail]
        after = before + coming / whole
        part: Array = whole * (
            np.interp(after, leg.passed, leg.taken) - np.interp(before, leg.passed, leg.taken)
        )
        return part

    def _land(self, head: int, day: int, sent: Array, arrived: Array) -> None:
        """Put pieces where they come to, on the day on which they do."""
        if day >= self._days:
            return
        place = self._sinks.get(head)
        if place is None:
            self._add(head, day, sent)
        else:
            arrived[place, day] += sent


def _too_long(queue: Array, leg: Leg, took: Sequence[int], place: int, capacity: Array) -> Array:
    """Return what would wait longer for the faster arcs of a leg than a slower one takes more."""
    sooner = sum(
        ((took[place] - took[k]) * capacity[leg.arcs[k]] for k in range(place)), np.zeros_like(queue)
    )
    longer: Array = np.maximum(queue - sooner, 0.0)
    return longer


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
