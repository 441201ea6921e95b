"""The network and the amounts put together: what the flow is asked."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.reinforcement.amounts import Amounts, leaving_day, phase_of
from foedus.reinforcement.network import Network
from foedus.reinforcement.problem import FlowProblem, Supply
from foedus.reinforcement.question import ReinforcementQuestion, number

__all__ = ["LOADS", "allowed_arcs", "flow_problem", "load_shares"]

LOADS = ("tracked", "wheeled", "containers and trailers")
"""The kinds of load, where there are three."""


def load_shares(loads: int) -> tuple[float, ...]:
    """Return which part of all pieces each kind of load is."""
    if loads == 1:
        return (1.0,)
    tracked, wheeled = number("tracked_share"), number("wheeled_share")
    return tracked, wheeled, 1.0 - tracked - wheeled


def allowed_arcs(network: Network, loads: int) -> NDArray[np.bool_]:
    """Return which kinds of load may use which arcs.

    Tracked vehicles go by rail and sea. From and to a hub that has neither they go by road, on low-loaders.

    Parameters
    ----------
    network : Network
        The corridors.
    loads : int
        How many kinds there are, 1 or 3.

    Returns
    -------
    ndarray of bool, (load, arc)
        In the order of :data:`LOADS`.
    """
    allowed = np.ones((loads, len(network.arcs)), bool)
    if loads == 1:
        return allowed
    joined = {end for arc in network.arcs if arc.mode in ("rail", "gauge") for end in (arc.tail, arc.head)}
    for place, arc in enumerate(network.arcs):
        if arc.mode == "road" and arc.tail in joined and arc.head in joined:
            allowed[0, place] = False
    return allowed


def _merged(
    allowed: NDArray[np.bool_], shares: tuple[float, ...]
) -> tuple[NDArray[np.bool_], tuple[float, ...]]:
    """Put kinds of load that may use the same arcs together: to the flow they are one."""
    parts: dict[bytes, float] = {}
    rows: dict[bytes, NDArray[np.bool_]] = {}
    for row, share in zip(allowed, shares, strict=True):
        key = row.tobytes()
        parts[key] = parts.get(key, 0.0) + share
        rows[key] = row
    return np.stack(list(rows.values())), tuple(parts.values())


def flow_problem(
    network: Network, sent: Amounts, question: ReinforcementQuestion, capacity: Array | None = None
) -> tuple[FlowProblem, float]:
    """Return what the flow is asked, and by what part of a day its grid is shifted.

    Parameters
    ----------
    network : Network
        The corridors.
    sent : Amounts
        Who sends what, and when it is ready.
    question : ReinforcementQuestion
        Permits, trains, loads and hosts.
    capacity : ndarray, (arc,), optional
        Pieces a day; without it, middle values with the question's trains.

    Returns
    -------
    (FlowProblem, float)
        Day k of the problem is day k plus the shift after the alert.

    Raises
    ------
    InputError
        When a sender has no hub.
    """
    places = {name: i for i, name in enumerate(network.names)}
    shift = phase_of(question.permit_days, sent.senders, network.hosts)
    allowed, shares = _merged(allowed_arcs(network, question.loads), load_shares(question.loads))
    releases = []
    for sender in sent.senders:
        permit = 0.0 if sender.country in network.hosts else question.permit_days
        hub = _hub(network, sender.country, sender.name)
        for step in sender.steps:
            day = leaving_day(step.day, permit, shift)
            releases += [
                Supply(hub, day, step.pieces * share, load)
                for load, share in enumerate(shares)
                if share > 0.0
            ]
    sinks = tuple(i for i, node in enumerate(network.nodes) if node.kind == "assembly")
    equal = tuple(sent.pieces / len(sinks) for _ in sinks) if question.hosts == "equal" else None
    problem = FlowProblem(
        tuple(node.title for node in network.nodes),
        np.array([places[arc.tail] for arc in network.arcs]),
        np.array([places[arc.head] for arc in network.arcs]),
        np.array([arc.days for arc in network.arcs]),
        network.capacity(trains=question.trains) if capacity is None else capacity,
        sinks,
        tuple(releases),
        needs=equal,
        allowed=allowed,
    )
    return problem, shift


def _hub(network: Network, country: str, name: str) -> int:
    """Return a sender's hub, or say that it has none."""
    try:
        return network.hub(country)
    except InputError as error:
        raise InputError(
            f"{name} has no hub in the network", where="foedus reinforce", do="name allies, or leave it out"
        ) from error
