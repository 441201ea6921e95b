"""The routes of a flow written as plain values, for a resolved scenario."""

from __future__ import annotations

import numpy as np

from foedus.reinforcement.fixed_routes import ArcRow, LegRow
from foedus.reinforcement.network import Network
from foedus.reinforcement.simulate import Routes

__all__ = ["arc_rows", "leg_rows"]

DIGITS = 9
"""Digits of a share that are kept."""


def arc_rows(network: Network, ways: Routes, trains: float) -> tuple[tuple[ArcRow, ...], dict[int, int]]:
    """Return the arcs that the routes use.

    Parameters
    ----------
    network : Network
        The corridors.
    ways : Routes
        The routes.
    trains : float
        What trains a day are multiplied by.

    Returns
    -------
    (tuple of ArcRow, dict of int to int)
        The arcs, and their place among them by their place in the network.
    """
    used = sorted({arc for leg in ways.legs[0] for arc in leg.arcs})
    rows = []
    for place in used:
        arc = network.arcs[place]
        factor = trains if arc.of_class == "rail" else 1.0
        low, middle, high = (factor * value for value in (arc.low, arc.middle, arc.high))
        rows.append((arc.of_class, int(arc.days), low, middle, high))
    return tuple(rows), {arc: place for place, arc in enumerate(used)}


def leg_rows(ways: Routes, places: dict[int, int]) -> tuple[LegRow, ...]:
    """Return the legs as plain values, without the days on which nothing passes.

    Parameters
    ----------
    ways : Routes
        The routes.
    places : dict of int to int
        The place of each arc among those that are used.

    Returns
    -------
    tuple of LegRow
        In the order of the routes.
    """
    rows = []
    for leg in ways.legs[0]:
        passed, taken = (np.round(curve, DIGITS) for curve in (leg.passed, leg.taken))
        moves = np.concatenate([[True], np.diff(passed) > 0.0])
        arcs = tuple(places[arc] for arc in leg.arcs)
        rows.append((leg.tail, leg.head, arcs, tuple(passed[moves].tolist()), tuple(taken[moves].tolist())))
    return tuple(rows)
