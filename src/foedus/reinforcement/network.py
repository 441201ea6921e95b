"""Corridors between allies on record: hubs, commercial ports, assembly areas, and the arcs between them.

The tables stand in ``evidence/records/reinforcement_network`` under the card
``reinforcement-network-2026-11``. They hold wholes between countries and named commercial ports; most
throughputs are assumed, and every face prints that. Kilometres are great circles between public coordinates
times a detour factor; pieces a day follow from trains, columns and ships a day, which stand in a table of
their own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from foedus.axes import country_name
from foedus.engine.arrays import Array
from foedus.errors import InputError, UnknownNameError
from foedus.evidence.records import record_rows

__all__ = [
    "CARD_ID",
    "MODES",
    "Arc",
    "Network",
    "NetworkNode",
    "Throughput",
    "network",
    "throughput",
    "triangular",
]

CARD_ID = "reinforcement-network-2026-11"
"""The source card of the tables."""

MODES = ("rail", "road", "sea", "gauge", "assembly")
"""How an arc is passed; a gauge arc is the loading over from one gauge to another."""


@dataclass(frozen=True)
class NetworkNode:
    """A hub, a port, an assembly area, the broad-gauge net of a country, or a point at sea.

    Attributes
    ----------
    name, label : str
        Its key and its name in print.
    kind : {"hub", "port", "assembly", "gauge", "waypoint"}
        What it is.
    country : str
        Alpha-3 code; empty at sea.
    lat, lon : float
        Degrees.
    """

    name: str
    label: str
    kind: str
    country: str
    lat: float
    lon: float

    @property
    def title(self) -> str:
        """What it stands for, in print: a whole country, or a port."""
        match self.kind:
            case "port":
                return f"port of {self.label}"
            case "gauge":
                return f"{country_name(self.country)}, broad gauge"
            case "assembly":
                return f"{country_name(self.country)}, assembly"
            case _:
                return country_name(self.country)


@dataclass(frozen=True)
class Throughput:
    """One quantity from which throughputs and days are worked out.

    Attributes
    ----------
    name : str
        Its key.
    low, mode, high : float
        The ends and the most likely value of a triangular distribution.
    unit, grade, source : str
        Its unit, how it is known, and why this value.
    """

    name: str
    low: float
    mode: float
    high: float
    unit: str
    grade: str
    source: str


@dataclass(frozen=True)
class Arc:
    """One way from a node to another.

    Attributes
    ----------
    tail, head : str
        Nodes.
    mode : {"rail", "road", "sea", "gauge", "assembly"}
        How it is passed.
    of_class : str
        Which throughput it has: rail, road, ship, ferry, gauge or assembly.
    lines : int
        How many lines of that class it stands for.
    via : tuple of str
        Points at sea on the way.
    km : int
        Its length.
    days, days_low, days_high : int
        How long it takes at middle, greatest and least speed.
    low, middle, high : float
        Pieces a day: the ends and the most likely value.
    grade, source : str
        How the throughput is known.
    """

    tail: str
    head: str
    mode: str
    of_class: str
    lines: int
    via: tuple[str, ...]
    km: int
    days: int
    days_low: int
    days_high: int
    low: float
    middle: float
    high: float
    grade: str
    source: str

    @property
    def link(self) -> tuple[str, str, str]:
        """What is lost when it is lost: its ends in order, and its mode."""
        first, second = sorted((self.tail, self.head))
        return first, second, self.mode


@dataclass(frozen=True)
class Network:
    """All nodes and arcs.

    Attributes
    ----------
    nodes : tuple of NetworkNode
        Without points at sea.
    arcs : tuple of Arc
        In both directions where they can be used in both.
    throughputs : dict of str to Throughput
        What they were worked out from.
    """

    nodes: tuple[NetworkNode, ...]
    arcs: tuple[Arc, ...]
    throughputs: dict[str, Throughput]

    @property
    def names(self) -> tuple[str, ...]:
        """The nodes' keys."""
        return tuple(node.name for node in self.nodes)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The countries with an assembly area."""
        return tuple(node.country for node in self.nodes if node.kind == "assembly")

    @property
    def links(self) -> tuple[tuple[str, str, str], ...]:
        """What can be lost: every rail, road and sea link, once for both directions."""
        return tuple(dict.fromkeys(arc.link for arc in self.arcs if arc.mode in ("rail", "road", "sea")))

    def label(self, name: str) -> str:
        """Return a node's name in print."""
        return next(node.title for node in self.nodes if node.name == name)

    def hub(self, country: str) -> int:
        """Return the place of a country's hub among the nodes.

        Raises
        ------
        InputError
            When the country has none.
        """
        for place, node in enumerate(self.nodes):
            if node.kind == "hub" and node.country == country:
                return place
        raise InputError(
            f"{country} has no hub in the network",
            where="foedus reinforce",
            do="name an ally",
            country=country,
        )

    def capacity(self, *, trains: float = 1.0) -> Array:
        """Return pieces a day at middle values.

        Parameters
        ----------
        trains : float, default 1.0
            What the throughput by rail is multiplied by.

        Returns
        -------
        ndarray, (arc,)
            In the order of the arcs.
        """
        factor = np.array([trains if arc.of_class == "rail" else 1.0 for arc in self.arcs])
        middle = np.array([arc.middle for arc in self.arcs])
        result: Array = middle * factor
        return result

    def drawn_capacity(self, uniform: dict[str, Array], *, trains: float = 1.0) -> Array:
        """Return pieces a day by draw, triangular, all arcs of a class by the same draw.

        Parameters
        ----------
        uniform : dict of str to ndarray, (draw,)
            For each class a number between 0 and 1: what is assumed of a class is wrong for all its arcs.
        trains : float, default 1.0
            What the throughput by rail is multiplied by.

        Returns
        -------
        ndarray, (arc, draw)
            In the order of the arcs.
        """
        rows = []
        for arc in self.arcs:
            drawn = triangular(uniform[arc.of_class], arc.low, arc.middle, arc.high)
            rows.append(drawn * trains if arc.of_class == "rail" else drawn)
        return np.stack(rows)


def triangular(uniform: Array, low: float, mode: float, high: float) -> Array:
    """Return quantiles of a triangular distribution.

    Parameters
    ----------
    uniform : ndarray
        Numbers between 0 and 1.
    low, mode, high : float
        Its ends and its most likely value.

    Returns
    -------
    ndarray
        One for each number.
    """
    if high <= low:
        return np.full_like(uniform, mode)
    turn = (mode - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - uniform) * (high - low) * (high - mode))
    result: Array = np.where(uniform < turn, rising, falling)
    return result


@cache
def network() -> Network:
    """Return the network that comes with foedus."""
    nodes = tuple(
        NetworkNode(r["node"], r["label"], r["kind"], r["country"], float(r["lat"]), float(r["lon"]))
        for r in record_rows("reinforcement_network", "nodes")
        if r["kind"] != "waypoint"
    )
    forward = [_arc(row) for row in record_rows("reinforcement_network", "arcs")]
    arcs = []
    for arc, both in forward:
        arcs.append(arc)
        if both:
            arcs.append(_turned(arc))
    throughputs = {
        r["quantity"]: Throughput(
            r["quantity"],
            float(r["low"]),
            float(r["mode"]),
            float(r["high"]),
            r["unit"],
            r["grade"],
            r["source"],
        )
        for r in record_rows("reinforcement_network", "throughputs")
    }
    return Network(nodes, tuple(arcs), throughputs)


def throughput(name: str) -> Throughput:
    """Return one quantity from which throughputs are worked out.

    Raises
    ------
    UnknownNameError
        When there is none of that name.
    """
    known = network().throughputs
    if name not in known:
        raise UnknownNameError("quantity of throughput", name, known, do=f"use {', '.join(known)}")
    return known[name]


def _arc(row: dict[str, str]) -> tuple[Arc, bool]:
    """Read an arc, and whether it can be used in both directions."""
    arc = Arc(
        row["tail"],
        row["head"],
        row["mode"],
        row["class"],
        int(row["lines"]),
        tuple(name for name in row["via"].split(";") if name),
        int(row["km"]),
        int(row["days"]),
        int(row["days_low"]),
        int(row["days_high"]),
        float(row["low"]),
        float(row["mode_value"]),
        float(row["high"]),
        row["grade"],
        row["source"],
    )
    return arc, row["both"] == "yes"


def _turned(arc: Arc) -> Arc:
    """Return an arc in the other direction."""
    return replace(arc, tail=arc.head, head=arc.tail, via=arc.via[::-1])
