"""Moves that were made, replayed with the throughputs on record: does the model give the days that were seen?

The moves stand in ``evidence/records/replay_moves`` under the card ``replay-moves-2026-11``. The throughputs
were written down from public facts before the first replay ran, though by people who knew the fourteen days
of January 2017. One replay is no validation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import stream
from foedus.errors import UnknownNameError
from foedus.evidence.records import record_rows
from foedus.reinforcement.network import throughput, triangular
from foedus.reinforcement.problem import FlowProblem, Supply
from foedus.reinforcement.simulate import Leg, Routes, SentByDraw, arrivals, day_by_draw

__all__ = ["CARD_ID", "Move", "Replay", "moves", "replay_columns", "replay_ships"]

CARD_ID = "replay-moves-2026-11"
"""The source card of the table."""

DRAWS = 10_000
LONGEST = 150
"""Days beyond which no replay goes on."""

SLOW_SHIPS = 10
"""Days over which the ships come in the slow replay."""

QUAY, AREA, RAIL, ROAD = 0, 1, 0, 1


@dataclass(frozen=True)
class Move:
    """A move on record.

    Attributes
    ----------
    name : str
        Its key.
    persons, tracked, wheeled, pieces, ships, distance_km, days : float or None
        Its size and how long it took; None where the source does not say.
    what, known, source : str
        What the days are, how they are known, and where from.
    """

    name: str
    persons: float | None
    tracked: float | None
    wheeled: float | None
    pieces: float | None
    ships: float | None
    distance_km: float | None
    days: float | None
    what: str
    known: str
    source: str


@dataclass(frozen=True)
class Replay:
    """The days that the model gives a move.

    Attributes
    ----------
    name, what : str
        Which move, and with what.
    median, low, high : float
        The day by whose end the last piece has arrived: median and middle 80 %.
    observed : float or None
        What was seen or said.
    """

    name: str
    what: str
    median: float
    low: float
    high: float
    observed: float | None

    @property
    def inside(self) -> bool:
        """Whether what was seen lies in the middle 80 %."""
        return self.observed is not None and self.low <= self.observed <= self.high


NUMBERS = ("persons", "tracked", "wheeled", "pieces", "ships", "distance_km", "days")


def moves() -> dict[str, Move]:
    """Return the moves on record, by name."""
    return {
        row["name"]: Move(
            name=row["name"],
            what=row["what"],
            known=row["known"],
            source=row["source"],
            **{key: float(row[key]) if row[key] else None for key in NUMBERS},
        )
        for row in record_rows("replay_moves", "replay_moves")
    }


def _move(name: str) -> Move:
    """Return one move on record."""
    known = moves()
    if name not in known:
        raise UnknownNameError("move", name, known, do=f"use {', '.join(known)}")
    return known[name]


def _uniform(seed: int, name: str, draws: int) -> Array:
    """Draw numbers between 0 and 1 for one quantity."""
    return stream(seed, name, 0).random(draws)


def _drawn(seed: int, name: str, draws: int) -> Array:
    """Draw a quantity of throughput on record, (draw,)."""
    t = throughput(name)
    return triangular(_uniform(seed, name, draws), t.low, t.mode, t.high)


def _days(km: float, mode: str) -> int:
    """Return whole days for a distance at middle speed, a day or more."""
    return max(1, int(km / throughput(f"{mode}_km_per_day").mode + 0.5))


def _line(rail_days: int, road_days: int) -> Routes:
    """Return one line by rail and one route by road from a quay to an area, each for its own kind of load."""
    problem = FlowProblem(
        ("quay", "area"),
        np.array([QUAY, QUAY]),
        np.array([AREA, AREA]),
        np.array([rail_days, road_days]),
        np.ones(2),
        (AREA,),
        (Supply(QUAY, 0, 1.0, RAIL), Supply(QUAY, 0, 1.0, ROAD)),
        allowed=np.array([[True, False], [False, True]]),
    )
    whole = np.array([0.0, 1.0])
    legs = tuple((Leg(QUAY, AREA, (arc,), whole, whole),) for arc in (RAIL, ROAD))
    return Routes(problem, legs, (np.array([1.0, 0.0]), np.array([1.0, 0.0])))


def _answer(move: Move, ways: Routes, capacity: Array, released: list[SentByDraw], what: str) -> Replay:
    """Simulate a move and return the days of its last piece."""
    whole = np.sum([r.pieces for r in released], axis=0)
    arrived = arrivals(ways, capacity, LONGEST, released).sum(0)
    low, median, high = np.quantile(day_by_draw(arrived, 1.0, whole), [0.1, 0.5, 0.9])
    return Replay(move.name, what, float(median), float(low), float(high), move.days)


def replay_ships(
    name: str = "brigade-2017", *, slow: bool = False, draws: int = DRAWS, seed: int = 1
) -> Replay:
    """Replay a move that came by ship and went on by rail and road.

    Parameters
    ----------
    name : str, default "brigade-2017"
        The move on record.
    slow : bool, default False
        One short train a day, and ships over ten days: what was usual before.
    draws, seed : int
        Of the draws.

    Returns
    -------
    Replay
        Days from the first ship to the last piece.
    """
    move = _move(name)
    pieces, wheeled, ships = move.pieces or 0.0, move.wheeled or 0.0, int(move.ships or 1)
    assembly = int(throughput("assembly_days").mode)
    km = move.distance_km or 0.0
    ways = _line(_days(km, "rail") + assembly, _days(km, "road") + assembly)
    spacing = _drawn(seed, "ship_spacing_days", draws)
    if slow:
        spacing = np.full(draws, SLOW_SHIPS / (ships - 1))
        rail = _drawn(seed, "short_train_wagons", draws) * _drawn(seed, "pieces_per_wagon", draws)
    else:
        rail = _drawn(seed, "rail", draws)
    capacity = np.stack([rail, _drawn(seed, "road", draws)])
    released = []
    for ship in range(ships):
        # The day after a ship comes what it brought is ashore.
        ashore = np.floor(ship * spacing + 0.5).astype(int) + 1
        for day in np.unique(ashore):
            some = (ashore == day) / ships
            released += [
                SentByDraw(QUAY, int(day), some * (pieces - wheeled), RAIL),
                SentByDraw(QUAY, int(day), some * wheeled, ROAD),
            ]
    what = "one short train a day, ships over ten days" if slow else "throughputs on record"
    return _answer(_move("usual-before-2017") if slow else move, ways, capacity, released, what)


def replay_columns(name: str = "lithuania-2024", *, draws: int = DRAWS, seed: int = 1) -> Replay:
    """Replay a move by road alone, ready at once, of a day's march.

    Parameters
    ----------
    name : str, default "lithuania-2024"
        The move on record.
    draws, seed : int
        Of the draws.

    Returns
    -------
    Replay
        Days from the first column to the last piece.
    """
    move = _move(name)
    capacity = np.stack([np.ones(draws), _drawn(seed, "road", draws)])
    released = [
        SentByDraw(QUAY, 0, np.zeros(draws), RAIL),
        SentByDraw(QUAY, 0, np.full(draws, move.pieces or 0.0), ROAD),
    ]
    return _answer(move, _line(1, 1), capacity, released, "throughputs on record, a day's march")
