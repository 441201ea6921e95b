"""Small networks with answers that can be worked out by hand, and random ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.reinforcement.problem import FlowProblem, Supply

Arc = tuple[str, str, int, float]
Sent = tuple[str, int, float]


def network(arcs: Sequence[Arc], sent: Sequence[Sent], sinks: Sequence[str], **more: Any) -> FlowProblem:
    """Return a problem from arcs (tail, head, days, pieces a day) and what is sent (node, day, pieces)."""
    nodes = tuple(dict.fromkeys(name for arc in arcs for name in arc[:2]))
    at = {name: i for i, name in enumerate(nodes)}
    return FlowProblem(
        nodes,
        np.array([at[a] for a, *_ in arcs]),
        np.array([at[b] for _, b, *_ in arcs]),
        np.array([days for _, _, days, _ in arcs]),
        np.array([pieces for *_, pieces in arcs], float),
        tuple(at[name] for name in sinks),
        tuple(Supply(at[node], day, pieces) for node, day, pieces in sent),
        **more,
    )


def random_problem(seed: int, *, hubs: int = 6, hosts: int = 2, by_host: bool = False) -> FlowProblem:
    """Return a small random network in which every hub leads to every host."""
    random = np.random.default_rng(seed)
    names = [f"hub {i}" for i in range(hubs)]
    arcs: list[Arc] = []
    for i in range(hubs):
        for j in {(i + 1) % hubs, int(random.integers(hubs))} - {i}:
            arcs += [(names[i], names[j], int(random.integers(1, 4)), float(random.integers(5, 40)))]
    sinks = [f"host {i}" for i in range(hosts)]
    for i, sink in enumerate(sinks):
        arcs.append((names[-1 - i], sink, 1, float(random.integers(10, 40))))
    sent = [
        (names[i], int(random.integers(0, 6)), float(random.integers(40, 200))) for i in range(hubs - hosts)
    ]
    total = sum(pieces for *_, pieces in sent)
    needs = tuple(total / hosts for _ in sinks) if by_host else None
    return network(arcs, sent, sinks, needs=needs)
