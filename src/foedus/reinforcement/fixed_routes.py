"""The routes of the best flow as plain values, which a scenario keeps, and as the chain runs over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.reinforcement.problem import FlowProblem, Supply
from foedus.reinforcement.simulate import Leg, Routes, SentByDraw, arrivals

__all__ = ["CLASSES", "DAYS", "ArcRow", "FixedRoutes", "LegRow", "ReleaseRow"]

CLASSES = ("rail", "road", "ship", "ferry", "gauge", "assembly")
"""The classes of throughput; all arcs of a class are wrong alike."""

DAYS = (10, 30, 180)
"""The days by which is told what has arrived."""

LAST_DAYS = (60, 120, 180)
"""The simulation ends on the first of these days by which all has arrived in every draw."""

ALL = 1.0 - 1e-9

ArcRow = tuple[str, int, float, float, float]
"""An arc that is used: its class, its days, and pieces a day at the low end, the middle and the high end."""

LegRow = tuple[int, int, tuple[int, ...], tuple[float, ...], tuple[float, ...]]
"""Tail, head, arcs, and the two curves of a :class:`~foedus.reinforcement.simulate.Leg`."""

ReleaseRow = tuple[int, int, int, float]
"""A node, the day from which on it leaves, its tier (0 for 10 days, 1 for 30), and its part of the tier."""


@dataclass(frozen=True)
class FixedRoutes:
    """The routes with who sends what part of each tier.

    Attributes
    ----------
    arcs : tuple of ArcRow
        The arcs that are used.
    legs : tuple of LegRow
        How what passes a node is parted.
    through : tuple of float
        Pieces that leave each node in all.
    sinks : tuple of int
        Where pieces have arrived.
    total : float
        All pieces of the flow.
    releases : tuple of ReleaseRow
        Who sends what part of each tier, and from which day on.
    """

    arcs: tuple[ArcRow, ...]
    legs: tuple[LegRow, ...]
    through: tuple[float, ...]
    sinks: tuple[int, ...]
    total: float
    releases: tuple[ReleaseRow, ...]

    def problem(self) -> FlowProblem:
        """Return what the simulation asks of a flow: arcs, their days, sinks and the whole."""
        nodes = tuple(map(str, range(len(self.through))))
        none = np.zeros(len(self.arcs), np.int64)
        days = np.array([days for _, days, *_ in self.arcs])
        return FlowProblem(
            nodes, none, none, days, np.zeros(len(none)), self.sinks, (Supply(0, 0, self.total),)
        )

    def routes(self) -> Routes:
        """Return the routes as the simulation takes them."""
        legs = tuple(Leg(t, h, a, np.array(passed), np.array(taken)) for t, h, a, passed, taken in self.legs)
        return Routes(self.problem(), (legs,), (np.array(self.through),))

    def arrived(self, pieces: Sequence[Array], capacity: Array) -> tuple[Array, ...]:
        """Return what has arrived by the end of each of :data:`DAYS`, pieces, (draw,).

        Parameters
        ----------
        pieces : sequence of two ndarray, (draw,)
            What moves of the tiers of 10 and of 30 days.
        capacity : ndarray, (arc, draw)
            Pieces a day.

        Returns
        -------
        tuple of ndarray, (draw,)
            One for each day.
        """
        released = [SentByDraw(node, day, part * pieces[tier]) for node, day, tier, part in self.releases]
        ways, whole = self.routes(), sum(pieces)
        for last in LAST_DAYS:
            curve = arrivals(ways, capacity, last + 1, released).sum(0)
            if np.all(curve[-1] >= ALL * whole):
                break
        return tuple(curve[min(day, last)] for day in DAYS)
