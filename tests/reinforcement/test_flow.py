"""The flow of earliest arrival: networks that can be worked out by hand, duality, conservation."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.reinforcement.flow import Flow, FlowProgramme, earliest_arrival
from foedus.reinforcement.problem import FlowProblem
from reinforcement.build import Arc, Sent, network, random_problem

BY_HAND: dict[str, tuple[list[Arc], list[Sent], int]] = {
    "a line": ([("A", "host", 3, 10.0)], [("A", 0, 100.0)], 12),
    "two parallel paths": (
        [("A", "host", 2, 10.0), ("A", "B", 3, 5.0), ("B", "host", 2, 5.0)],
        [("A", 0, 100.0)],
        9,
    ),
    "a bottleneck in series": (
        [("A", "B", 1, 20.0), ("B", "host", 2, 10.0)],
        [("A", 0, 90.0)],
        11,
    ),
    "two sources at one border": (
        [("A", "border", 1, 50.0), ("B", "border", 1, 50.0), ("border", "host", 3, 10.0)],
        [("A", 0, 30.0), ("B", 4, 40.0)],
        11,
    ),
    "a closed path with a detour": (
        [("A", "host", 2, 0.0), ("A", "B", 2, 10.0), ("B", "host", 3, 10.0)],
        [("A", 0, 90.0)],
        13,
    ),
}


@pytest.mark.parametrize("name", BY_HAND)
def test_networks_that_can_be_worked_out_by_hand(name: str) -> None:
    """The last piece arrives on the day that arithmetic gives."""
    arcs, sent, last = BY_HAND[name]
    flow = earliest_arrival(network(arcs, sent, ["host"]), 30)
    assert flow.day_of(1.0) == last
    assert flow.remaining == 0.0


def _balanced(flow: Flow) -> None:
    """Check that at every node, on every day, for every load what comes is what goes or waits."""
    p = flow.problem
    for load in range(p.loads):
        comes = np.zeros((len(p.nodes), flow.horizon + 1))
        for release in p.releases:
            if release.load == load:
                comes[release.node, release.day] += release.pieces
        goes = np.zeros_like(comes)
        for arc, days in enumerate(p.days):
            goes[p.tail[arc]] += flow.departing[load, arc]
            comes[p.head[arc], days:] += flow.departing[load, arc, : flow.horizon + 1 - days]
        before = np.hstack([np.zeros((len(p.nodes), 1)), flow.waiting[load, :, :-1]])
        inside = ~p.is_sink
        assert np.allclose((before + comes)[inside], (goes + flow.waiting[load])[inside], atol=1e-6)


@pytest.mark.parametrize("by_host", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_duality_and_conservation(seed: int, by_host: bool) -> None:
    """The dual has the same value, nothing is lost, no arc and no host takes more than it can."""
    problem = random_problem(seed, by_host=by_host)
    flow = earliest_arrival(problem, 40)
    assert flow.dual == pytest.approx(flow.objective, rel=1e-6)
    assert flow.curve[-1] == pytest.approx(problem.total, rel=1e-6)
    not_arrived = problem.total - flow.curve
    assert not_arrived.sum() == pytest.approx(flow.objective, rel=1e-6)
    assert np.all(flow.departing.sum(0) <= problem.capacity[:, None] + 1e-6)
    if problem.needs is not None:
        assert flow.arriving.sum(1) == pytest.approx(np.array(problem.needs), rel=1e-6)
    _balanced(flow)


def test_three_loads_share_an_arc() -> None:
    """Loads share a throughput; one that may not use a road goes by rail, and all arrive."""
    arcs: list[Arc] = [("A", "host", 1, 10.0), ("A", "host", 2, 10.0)]
    problem = network(arcs, [], ["host"])
    releases = tuple(
        type(r)(r.node, r.day, 40.0, load)
        for load in range(3)
        for r in network(arcs, [("A", 0, 40.0)], ["host"]).releases
    )
    allowed = np.array([[True, False], [True, True], [True, True]])
    problem = FlowProblem(**(vars(problem) | {"releases": releases, "allowed": allowed}))
    flow = earliest_arrival(problem, 20)
    assert flow.departing[0, 1].sum() == 0.0
    assert np.all(flow.departing.sum(0) <= 10.0 + 1e-6)
    # By rail ten arrive each day from day 1 on, by road from day 2 on: 110 by day 6, and 120 by day 7.
    assert flow.day_of(1.0) == 7
    assert flow.dual == pytest.approx(flow.objective, rel=1e-6)
    _balanced(flow)


def test_a_horizon_is_lengthened_only_while_something_is_left() -> None:
    """What arrives by day 12 needs no more than 12 days; over 11 days something is left and one is added."""
    problem = network([("A", "B", 3, 10.0)], [("A", 0, 100.0)], ["B"])
    assert earliest_arrival(problem, 12).horizon == 12
    assert FlowProgramme(problem, 11).solve().remaining == pytest.approx(10.0)
    assert earliest_arrival(problem, 11).horizon > 12
