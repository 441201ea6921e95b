"""Laws of the flow and of fixed routes, on small random networks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from foedus.engine.arrays import Array
from foedus.reinforcement.flow import FlowProgramme, earliest_arrival
from foedus.reinforcement.problem import FlowProblem, Supply
from foedus.reinforcement.simulate import arrivals, day_by_draw, routes
from reinforcement.build import random_problem

HORIZON = 40
SEEDS = range(4)


def _with(problem: FlowProblem, capacity: Array) -> FlowProblem:
    """Return a problem with other throughputs."""
    return replace(problem, capacity=capacity)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_throughput_never_lowers_the_total_by_any_day(seed: int) -> None:
    """With one sink a wider arc never leaves less arrived by any day, nor gains more than its dual."""
    problem = random_problem(seed)
    programme = FlowProgramme(problem, HORIZON)
    flow = programme.solve()
    for arc in range(len(problem.tail)):
        wider = problem.capacity.copy()
        wider[arc] += 7.0
        programme.widen(wider)
        other = programme.solve()
        assert np.all(other.curve >= flow.curve - 1e-6)
        assert flow.objective - other.objective <= 7.0 * flow.worth[arc] + 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_by_host_the_objective_never_rises(seed: int) -> None:
    """With parts by host a wider arc never makes the sum over days larger, and a lost arc never smaller."""
    problem = random_problem(seed, by_host=True)
    programme = FlowProgramme(problem, HORIZON)
    flow = programme.solve()
    for arc in range(len(problem.tail)):
        for factor, sign in ((2.0, 1.0), (0.0, -1.0)):
            other = problem.capacity.copy()
            other[arc] *= factor
            programme.widen(other)
            assert sign * (flow.objective - programme.solve().objective) >= -1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_losing_an_arc_never_helps(seed: int) -> None:
    """With one sink for all, no day has more arrived when an arc is lost."""
    problem = random_problem(seed)
    programme = FlowProgramme(problem, HORIZON)
    flow = programme.solve()
    for arc in range(len(problem.tail)):
        fewer = problem.capacity.copy()
        fewer[arc] = 0.0
        programme.widen(fewer)
        assert np.all(programme.solve().curve <= flow.curve + 1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_solving_again_is_solving_anew(seed: int) -> None:
    """A programme that was widened gives what a new one gives."""
    problem = random_problem(seed)
    programme = FlowProgramme(problem, HORIZON)
    programme.solve()
    programme.widen(1.5 * problem.capacity)
    anew = FlowProgramme(_with(problem, 1.5 * problem.capacity), HORIZON).solve()
    assert programme.solve().objective == pytest.approx(anew.objective, rel=1e-9)


@pytest.mark.parametrize("by_host", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_doubling_every_amount_brings_nothing_earlier(seed: int, by_host: bool) -> None:
    """No share of twice as much arrives before the same share of once."""
    problem = random_problem(seed, by_host=by_host)
    twice = tuple(Supply(r.node, r.day, 2.0 * r.pieces, r.load) for r in problem.releases)
    needs = None if problem.needs is None else tuple(2.0 * need for need in problem.needs)
    once, double = (
        earliest_arrival(p, HORIZON) for p in (problem, replace(problem, releases=twice, needs=needs))
    )
    if not by_host:
        for share in (0.1, 0.5, 0.9, 1.0):
            assert (double.day_of(share) or 0) >= (once.day_of(share) or 0)
    assert double.objective >= 2.0 * once.objective - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_fixed_routes_are_never_earlier_than_the_flow(seed: int) -> None:
    """In every draw of throughput fixed routes have no more arrived by any day than the flow of that draw."""
    problem = random_problem(seed)
    days, draws = 60, 5
    random = np.random.default_rng(seed)
    capacity = problem.capacity[:, None] * random.uniform(0.6, 1.8, (len(problem.tail), draws))
    curve = arrivals(routes(earliest_arrival(problem, HORIZON)), capacity, days).sum(0)
    for draw in range(draws):
        best = FlowProgramme(_with(problem, capacity[:, draw]), days - 1).solve().curve
        assert np.all(curve[:, draw] <= best + 1e-6)


@pytest.mark.parametrize("by_host", [False, True])
@pytest.mark.parametrize("seed", SEEDS)
def test_fixed_routes_lose_nothing(seed: int, by_host: bool) -> None:
    """In the end all has arrived, at each host as much as in the flow, and draws do not touch one another."""
    problem = random_problem(seed, by_host=by_host)
    flow = earliest_arrival(problem, HORIZON)
    ways = routes(flow)
    capacity = np.stack([problem.capacity, 2.0 * problem.capacity], axis=1)
    arrived = arrivals(ways, capacity, 200)
    assert arrived[:, -1, 0] == pytest.approx(flow.arriving.sum(1), rel=1e-6, abs=1e-6)
    alone = arrivals(ways, capacity[:, :1], 200)
    assert np.array_equal(alone[..., 0], arrived[..., 0])
    whole = np.full(2, problem.total)
    assert day_by_draw(arrived.sum(0), 1.0, whole)[0] >= (flow.day_of(1.0) or 0)
    assert np.isinf(day_by_draw(arrived.sum(0)[:2], 1.0, whole)).all()
