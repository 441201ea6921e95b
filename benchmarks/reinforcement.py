"""Reinforcement: how long the flow and the simulation take, and how late fixed routes are.

    python benchmarks/reinforcement.py [--lose] [--roads PATH]

With ``--roads``, a table of lengths by road between capitals (columns iso3_a, iso3_b, eroad_km) checks the
detour factor of the network; it comes with no terms, so that it is not packaged.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from foedus.engine.draws import generator
from foedus.evidence import Ledger
from foedus.reinforcement.amounts import amounts
from foedus.reinforcement.flow import FlowProgramme
from foedus.reinforcement.loss import losses
from foedus.reinforcement.network import network
from foedus.reinforcement.problem import FlowProblem
from foedus.reinforcement.question import ReinforcementQuestion, reinforcement_question
from foedus.reinforcement.reinforce import SHARES, SolvedCase, reinforce
from foedus.reinforcement.setup import flow_problem
from foedus.reinforcement.simulate import arrivals, day_by_draw, routes

LEDGER = Ledger.packaged()


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return seconds of one core, seconds by the clock, and what came of it."""
    core, clock = time.process_time(), time.perf_counter()
    result = work()
    return time.process_time() - core, time.perf_counter() - clock, result


def posed(question: ReinforcementQuestion) -> FlowProblem:
    """Return the problem of a question."""
    return flow_problem(network(), amounts(question, LEDGER), question)[0]


def solving() -> None:
    """Time the flow over 60 days with one load and with three."""
    for loads, bound in ((1, 1.0), (3, 5.0)):
        problem = posed(reinforcement_question(loads=loads))
        build, _, programme = timed(lambda p=problem: FlowProgramme(p, 60))
        whole, clock, _ = timed(programme.solve)
        own = programme.solver_seconds
        print(f"flow, 60 days, {loads} load(s): {build + whole:.2f} s of one core (asked {bound:g}),")
        print(f"  HiGHS's own {own:.2f} s by the clock, all over it {(build + clock) / own:.2f} (asked 1.5)")


def simulating(case: SolvedCase) -> None:
    """Time 1,000 draws over 120 days, and hold fixed routes against the flow on 20 draws."""
    ways, capacity = routes(case.flow), case.flow.problem.capacity
    many = np.repeat(capacity[:, None], 1000, axis=1)
    core, _, _ = timed(lambda: arrivals(ways, many, 120))
    print(f"simulation, 1,000 draws x 120 days: {core:.2f} s (asked 0.6)")
    random = generator(1)
    classes = sorted({arc.of_class for arc in case.network.arcs})
    drawn = case.network.drawn_capacity({name: random.random(20) for name in classes})
    total = np.full(20, case.flow.problem.total)
    arrived = arrivals(ways, drawn, 480).sum(0)
    late = {share: [] for share in SHARES}
    for draw in range(20):
        problem = posed(case.question)
        problem = FlowProblem(**(vars(problem) | {"capacity": drawn[:, draw]}))
        from foedus.reinforcement.flow import earliest_arrival

        flow = earliest_arrival(problem)
        for share in SHARES:
            days = day_by_draw(arrived[:, [draw]], share, total[[draw]])[0]
            late[share].append(int(days - (flow.day_of(share) or 0)))
    for share, days in late.items():
        print(f"fixed routes, {share:.0%}: {min(days)} to {max(days)} days later than the flow on 20 draws")
    print("asked: never earlier; at most 2 days later at 50 % and 5 at 90 %")


def losing(case: SolvedCase) -> None:
    """Time 100 cases of five lost links."""
    question = case.question.model_copy(update={"lose": 5, "cases": 100})
    core, clock, spans = timed(lambda: losses(case.network, case.flow, question, SHARES))
    print(f"--lose 5, 100 cases: {core:.1f} s of one core, {clock:.1f} s by the clock (asked 30)")
    for span in spans:
        print(f"  {span.share:.0%}: {span.middle} ({span.low} to {span.high}), never in {span.never:.0%}")


def detours(path: Path) -> None:
    """Hold the network's road kilometres against a table of lengths by road."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = {frozenset((r["iso3_a"], r["iso3_b"])): float(r["eroad_km"]) for r in csv.DictReader(file)}
    pairs = {frozenset((a.tail, a.head)): a.km for a in network().arcs if a.mode == "road"}
    ratios = [rows[pair] / km for pair, km in pairs.items() if pair in rows]
    low, middle, high = np.quantile(ratios, [0.1, 0.5, 0.9])
    print(f"length by road over the network's, {len(ratios)} pairs: {middle:.2f} ({low:.2f} to {high:.2f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--roads", type=Path)
    parser.add_argument("--lose", action="store_true", help="time 100 cases of five lost links")
    given = parser.parse_args()
    solving()
    core, clock, result = timed(lambda: reinforce(ledger=LEDGER))
    print(f"foedus reinforce: {core:.2f} s of one core, {clock:.2f} s by the clock: {result.headline()}")
    for hosts in ("any", "equal"):
        question = reinforcement_question(hosts=hosts)
        case = SolvedCase.solved(question, amounts(question, LEDGER))
        print(f"hosts {hosts}:")
        simulating(case)
    if given.lose:
        losing(case)
    if given.roads:
        detours(given.roads)


if __name__ == "__main__":
    main()
