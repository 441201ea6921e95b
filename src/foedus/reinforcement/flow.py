"""The earliest arrival of all that moves: one flow for all owners, in a network expanded by days.

Who sends what, how ready it is and what permits it needs enter as amounts by origin and day of release; from
there on a piece is a piece, whoever owns it. The programme is the quickest flow of Ford and Fulkerson with
many sources: a variable for each arc and day of departure and for each node and day of waiting; it makes the
sum over days of what has not arrived least. With one sink for all hosts no other flow has more arrived by any
day (Gale 1959; the property of earliest arrival). What hosts are each to get may be bounded, and then it
is only the sum over days that is least.

The matrix is built with NumPy and given to HiGHS as it is, so that building it takes a few hundredths of the
solver's own time. A piece waits where there is room without end; ships, wagons and crews do not come back in
the model, so that a throughput must hold for all days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.solver import Indices, Programme, Refusals
from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.reinforcement.problem import FlowProblem, days_from, days_to_sinks
from foedus.rounding import written

__all__ = ["LONGEST", "Flow", "FlowProgramme", "earliest_arrival", "settled"]

LONGEST = 480
"""Days beyond which no horizon is lengthened."""

LEFT = 1e-6
"""What part of all pieces counts as nothing."""

WORDS = Refusals(
    needs="reinforcement needs the solver",
    where="foedus reinforce",
    unsolved="the flow was not solved",
    do="take a shorter horizon, or fewer kinds of load",
)


ONE_LOAD = {"simplex_dual_edge_weight_strategy": 1}
MORE_LOADS = {"solver": "ipm"}
"""Which way of solving was fastest: devex prices for one load (0.3 s of 60 days where the usual ones take
0.5), the interior point with crossover to a vertex for more (3 s for 10)."""


@dataclass(frozen=True)
class Flow:
    """The optimum.

    Attributes
    ----------
    problem : FlowProblem
        What was asked.
    horizon : int
        The last day.
    arriving : ndarray, (sink, day)
        Pieces that reach each sink on each day.
    departing : ndarray, (load, arc, day)
        Pieces that enter each arc on each day.
    waiting : ndarray, (load, node, day)
        Pieces that are at a node at the end of a day.
    remaining : float
        Pieces that have not arrived by the horizon.
    objective : float
        The sum over days 0 to the horizon of what has not arrived at the day's end, piece-days.
    dual : float
        The value of the dual programme; equal to the objective.
    worth : ndarray, (arc,)
        By how many piece-days the objective falls at the most, for one piece a day more on each arc.
    """

    problem: FlowProblem
    horizon: int
    arriving: Array
    departing: Array
    waiting: Array
    remaining: float
    objective: float
    dual: float
    worth: Array

    @property
    def curve(self) -> Array:
        """What has arrived in all by the end of each day, (day,)."""
        curve: Array = np.cumsum(self.arriving.sum(0))
        return curve

    @property
    def by_arc(self) -> Array:
        """What goes through each arc in all, (arc,)."""
        by_arc: Array = self.departing.sum((0, 2))
        return by_arc

    def day_of(self, share: float, sink: int | None = None) -> int | None:
        """Return the day by whose end a share of all, or of what one sink gets, has arrived; None if none."""
        curve = self.curve if sink is None else np.cumsum(self.arriving[sink])
        whole = self.problem.total if sink is None else curve[-1]
        reached = np.flatnonzero(curve >= share * whole * (1.0 - LEFT))
        return int(reached[0]) if whole > 0.0 and len(reached) else None


@dataclass(frozen=True)
class _Variables:
    """Variables of one kind: which load, arc or node, and day, and their index in the programme."""

    which: NDArray[np.int64]
    day: NDArray[np.int64]
    index: Indices


class FlowProgramme:
    """A programme over a fixed horizon, which may be solved again with other throughputs.

    Parameters
    ----------
    problem : FlowProblem
        Who sends what, over which arcs.
    horizon : int
        The last day.
    """

    def __init__(self, problem: FlowProblem, horizon: int) -> None:
        self.problem, self.horizon = problem, horizon
        self._programme = Programme(WORDS, ONE_LOAD if problem.loads == 1 else MORE_LOADS)
        self._capacity = problem.capacity.copy()
        self._to_go = days_to_sinks(problem)
        self._late = 0.0
        self._departures: list[_Variables] = []
        self._waits: list[_Variables] = []
        self._left: list[Indices] = []
        self._released = 0.0
        count = len(problem.sinks)
        needs = np.full(count, np.inf) if problem.needs is None else np.asarray(problem.needs, float)
        self._needs = needs
        self._need_rows = self._rows(np.full(count, -np.inf), needs)
        self._sharing = problem.allowed.sum(0) > 1
        self._shared = self._capacity_rows()
        self._supply: list[tuple[Indices, Array]] = []
        for load in range(problem.loads):
            self._add_load(load)

    @property
    def solver_seconds(self) -> float:
        """How long the solver itself has run in all, by the clock."""
        return self._programme.seconds

    def _rows(self, low: Array, high: Array) -> Indices:
        """Add rows in which nothing stands yet."""
        return self._programme.add_rows(np.empty((len(low), 0), np.int32), 0.0, low=low, high=high)

    def _capacity_rows(self) -> Indices:
        """Add a row for each day and arc that loads share, as (arc, day); the others are bounded alone."""
        rows = np.full((len(self._capacity), self.horizon + 1), -1, np.int32)
        high = np.repeat(self._capacity[self._sharing], self.horizon + 1)
        rows[self._sharing] = self._rows(np.full(len(high), -np.inf), high).reshape(-1, self.horizon + 1)
        return rows

    def _add_load(self, load: int) -> None:
        """Add balances, departures, waits and what stays behind of one kind of load."""
        p, horizon = self.problem, self.horizon
        open_arcs = p.allowed[load] & (p.days + self._to_go[load][p.head] <= horizon)
        first = days_from(p, load)
        last = horizon - self._to_go[load]
        rows = np.full((len(p.nodes), horizon + 1), -1, np.int32)
        day = np.arange(horizon + 1)
        alive = (day >= first[:, None]) & (day <= last[:, None]) & ~p.is_sink[:, None]
        supply = np.zeros((len(p.nodes), horizon + 1))
        for release in p.releases:
            if release.load != load or release.pieces <= 0.0:
                continue
            if release.day <= last[release.node]:
                supply[release.node, release.day] += release.pieces
            else:
                self._late += release.pieces
        rows[alive] = self._rows(supply[alive], supply[alive])
        self._supply.append((rows[alive], supply[alive]))
        self._add_departures(open_arcs, rows)
        self._add_waits(rows, last)

    def _add_departures(self, open_arcs: NDArray[np.bool_], rows: Indices) -> None:
        """Add a variable for each arc and each day on which something can leave and still arrive."""
        p = self.problem
        day = np.arange(self.horizon + 1)
        landing = day + p.days[:, None]
        inside = landing <= self.horizon
        at_head = np.where(inside, rows[p.head[:, None], np.minimum(landing, self.horizon)], -1)
        sink = p.is_sink[p.head]
        possible = open_arcs[:, None] & inside & (rows[p.tail] >= 0)
        possible &= (at_head >= 0) | sink[:, None]
        arc, leave = np.nonzero(possible)
        ends = sink[arc]
        arrive = leave + p.days[arc]
        cost = np.where(ends, arrive, 0.0).astype(float)
        second = np.where(ends, self._need_rows[p.sink_of[p.head[arc]]], at_head[arc, leave])
        terms = np.stack([rows[p.tail[arc], leave], second], 1).astype(np.int32)
        factors = np.stack([np.ones(len(arc)), np.where(ends, 1.0, -1.0)], 1)
        alone = ~self._sharing[arc]
        # Loads that share an arc stand in a row of its throughput; one that has it alone is bounded by it.
        index = np.empty(len(arc), np.int32)
        index[alone] = self._programme.add_columns(
            cost[alone], terms[alone], factors[alone], high=self._capacity[arc[alone]]
        )
        both = ~alone
        rooms = self._shared[arc[both], leave[both]][:, None]
        index[both] = self._programme.add_columns(
            cost[both], np.hstack([terms[both], rooms]), np.hstack([factors[both], np.ones((both.sum(), 1))])
        )
        self._departures.append(_Variables(arc, leave, index))

    def _add_waits(self, rows: Indices, last: NDArray[np.int64]) -> None:
        """Add a variable for each node and day of waiting, and one for what stays behind at each node."""
        here, later = rows[:, :-1], rows[:, 1:]
        node, day = np.nonzero((here >= 0) & (later >= 0))
        pairs = np.stack([here[node, day], later[node, day]], 1).astype(np.int32)
        signs = np.broadcast_to([1.0, -1.0], pairs.shape)
        index = self._programme.add_columns(np.zeros(len(node)), pairs, signs)
        self._waits.append(_Variables(node, day, index))
        final = np.clip(last, 0, self.horizon)
        ends = rows[np.arange(len(rows)), final]
        stay = ends[ends >= 0][:, None].astype(np.int32)
        cost = np.full(len(stay), self.horizon + 1.0)
        self._left.append(self._programme.add_columns(cost, stay, np.ones((len(stay), 1))))

    def widen(self, capacity: Array) -> None:
        """Take other throughputs; the next solution starts from the last one.

        Parameters
        ----------
        capacity : ndarray, (arc,)
            Pieces a day.
        """
        # The vertex of the last solution is a start for the simplex; the interior point would begin anew.
        self._programme.set_option("solver", "simplex")
        self._capacity = np.asarray(capacity, float).copy()
        shared = self._shared[self._sharing]
        self._programme.set_row_high(
            shared.ravel(), np.repeat(self._capacity[self._sharing], shared.shape[1])
        )
        for columns in self._departures:
            alone = ~self._sharing[columns.which]
            self._programme.set_high(columns.index[alone], self._capacity[columns.which[alone]])

    def solve(self) -> Flow:
        """Find the optimum.

        Returns
        -------
        Flow
            The flow of earliest arrival.

        Raises
        ------
        NoSolutionError
            When the solver proves none.
        """
        p, days = self.problem, self.horizon + 1
        solution = self._programme.solve()
        x = solution.values
        departing = np.zeros((p.loads, len(p.tail), days))
        waiting = np.zeros((p.loads, len(p.nodes), days))
        for load, (go, wait) in enumerate(zip(self._departures, self._waits, strict=True)):
            departing[load, go.which, go.day] = x[go.index]
            waiting[load, wait.which, wait.day] = x[wait.index]
        arriving = np.zeros((len(p.sinks), days))
        arc, day = np.nonzero((departing.sum(0) > 0.0) & p.is_sink[p.head][:, None])
        np.add.at(arriving, (p.sink_of[p.head[arc]], day + p.days[arc]), departing.sum(0)[arc, day])
        late = self._late * days
        return Flow(
            p,
            self.horizon,
            arriving,
            departing,
            waiting,
            float(sum(x[left].sum() for left in self._left)) + self._late,
            solution.objective + late,
            self._dual(solution.duals, solution.reduced) + late,
            self._worth(solution.duals, solution.reduced),
        )

    def _worth(self, duals: Array, reduced: Array) -> Array:
        """Return what one piece a day more on each arc is worth at the most, piece-days, (arc,)."""
        worth = np.zeros(len(self.problem.tail))
        worth[self._sharing] = np.maximum(0.0, -duals[self._shared[self._sharing]]).sum(1)
        for go in self._departures:
            alone = ~self._sharing[go.which]
            np.add.at(worth, go.which[alone], np.maximum(0.0, -reduced[go.index[alone]]))
        return worth

    def _dual(self, duals: Array, reduced: Array) -> float:
        """Return the value of the dual programme: supplies, needs and throughputs at their prices."""
        value = sum(float(duals[rows] @ supply) for rows, supply in self._supply)
        bounded = np.isfinite(self._needs)
        value += float(duals[self._need_rows[bounded]] @ self._needs[bounded])
        return value - float(
            self._worth(duals, reduced) @ np.where(np.isfinite(self._capacity), self._capacity, 0)
        )


def earliest_arrival(problem: FlowProblem, horizon: int = 60) -> Flow:
    """Find the flow of earliest arrival, over a horizon that is lengthened while something has not arrived.

    Parameters
    ----------
    problem : FlowProblem
        Who sends what, over which arcs.
    horizon : int, default 60
        The last day to begin with.

    Returns
    -------
    Flow
        The optimum over the first horizon by which all has arrived.

    Raises
    ------
    InputError
        When an origin has no way to any sink, or not all has arrived after :data:`LONGEST` days.
    NoSolutionError
        When the solver proves no optimum.
    """
    return settled(problem, horizon)[1]


def settled(problem: FlowProblem, horizon: int = 60) -> tuple[FlowProgramme, Flow]:
    """Find the flow of earliest arrival as :func:`earliest_arrival`, and the programme to solve again."""
    problem.check()
    while True:
        programme = FlowProgramme(problem, horizon)
        flow = programme.solve()
        if flow.remaining <= LEFT * problem.total:
            return programme, replace(flow, remaining=0.0)
        if horizon >= LONGEST:
            raise InputError(
                f"{written(flow.remaining, grouped=True)} of {written(problem.total, grouped=True)} pieces "
                f"have not arrived after {horizon} days",
                where="foedus reinforce",
                do="ask for less, or widen what is narrowest",
            )
        horizon = min(LONGEST, _longer(flow))


def _longer(flow: Flow) -> int:
    """Return a horizon by which the rest arrives if it goes on as in the last days, and some days more."""
    last = flow.horizon // 4 + 1
    pace = (flow.curve[-1] - flow.curve[-1 - last]) / last if flow.horizon > last else 0.0
    more = flow.remaining / pace if pace > 0.0 else flow.horizon
    return flow.horizon + max(5, min(flow.horizon, int(1.3 * more) + 3))
