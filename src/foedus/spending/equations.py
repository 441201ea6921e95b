"""The equations of budgets for one draw and country: how a share moves, and what is spent.

Each is written with operators and with functions that take one value as well as an array. It runs over arrays
as it stands, or is compiled for one value after the other (:mod:`foedus.engine.compiled`) with the same result
to the bit: the operations and their order are the same. Claim, sources and what is left out stand in
:mod:`foedus.spending.budgets`.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import Array, choose, stretched
from foedus.engine.workspace import Equation

__all__ = ["CHANGE", "FULL_ROOM", "HELD", "SPENT"]

FULL_ROOM = 0.035
"""The adopted goal, a share of GDP: up to it a rise has its whole room, above it shares return towards it."""

HELD = 0.02
"""The floor, a share of GDP, at which who has reached it holds."""

LOG_FULL_ROOM = math.log(FULL_ROOM)


class Moving(NamedTuple):
    """What differs by draw and country: last year's log share, the country's own standard normal term, by how
    much GDP missed its path, and the logarithm of the target, (draw, country) or (1, country)."""

    log_share: Array
    own: Array
    surprise: Array
    log_target: Array


class Drift(NamedTuple):
    """What differs by draw: what the tide adds above and in all, its surprise, what the border adds, the
    pull's part of the way, and how much of announced plans comes true."""

    rise: Array
    fall: Array
    common: Array
    border: Array
    compliance: Array
    realisation: Array


class Traits(NamedTuple):
    """What differs by country: 1.0 at the border of Russia or Belarus, the scale of its own error, the log
    of the next announced share and the years to it (NaN: none), and how room falls with the log share."""

    exposed: Array
    own_scale: Array
    log_announced: Array
    announced_left: Array
    room_slope: Array | float


class Numbers(NamedTuple):
    """What is the same for all: return to the goal, log of the floor, the part of the way to the target that a
    year asks for, what a surprise in GDP does, the coefficients of the tails, the shock scale, and whether any
    country has announced a share."""

    reversion: float
    log_floor: float
    deadline_left: float
    surprise_effect: float
    tail: tuple[float, float, float, float]
    scale: float
    is_planned: bool


def room_left(above: Array, slope: Array | float) -> Array:
    """Return how much of a rise has room where a share's log is so much above that of the goal, or zero."""
    return np.maximum(above * slope + 1.0, 0.0)


def log_change(cell: Moving, drift: Drift, traits: Traits, numbers: Numbers) -> Array:
    """Return by how much the logarithm of the share moves."""
    log_share = cell.log_share
    above = np.maximum(log_share - LOG_FULL_ROOM, 0.0)
    moved = room_left(above, traits.room_slope) * (drift.border * traits.exposed + drift.rise)
    moved = moved - above * numbers.reversion
    moved = moved + drift.fall
    to_target = (cell.log_target - log_share) * numbers.deadline_left
    pull = np.maximum(np.maximum(to_target, numbers.log_floor - log_share), 0.0)
    moved = moved + pull * drift.compliance
    if numbers.is_planned:
        planned = (traits.log_announced - log_share) * (drift.realisation / traits.announced_left)
        moved = choose(traits.log_announced == traits.log_announced, planned + drift.common, moved)
    moved = moved + cell.surprise * numbers.surprise_effect
    if numbers.scale != 1.0:
        own = stretched(cell.own / numbers.scale, numbers.tail) * numbers.scale
    else:
        own = stretched(cell.own, numbers.tail)
    return moved + own * traits.own_scale


def change_loop(out: Array, cells: Moving, drift: Drift, traits: Traits, numbers: Numbers) -> None:
    """Write :func:`log_change` for every draw and country into ``out[0]``."""
    for i in range(out.shape[1]):
        t = i if cells.log_target.shape[0] > 1 else 0
        terms = Drift(
            drift.rise[i],
            drift.fall[i],
            drift.common[i],
            drift.border[i],
            drift.compliance[i],
            drift.realisation[i],
        )
        for j in range(out.shape[2]):
            out[0, i, j] = log_change(
                Moving(cells.log_share[i, j], cells.own[i, j], cells.surprise[i, j], cells.log_target[t, j]),
                terms,
                Traits(
                    traits.exposed[j],
                    traits.own_scale[j],
                    traits.log_announced[j],
                    traits.announced_left[j],
                    traits.room_slope[j],
                ),
                numbers,
            )


CHANGE = Equation(log_change, change_loop, (choose, stretched, room_left, log_change))
"""By how much the logarithm of the share moves: one result."""


class Paying(NamedTuple):
    """What differs by draw and country: last year's share, the factor by which it moves, the country's own
    standard normal term, and GDP."""

    last: Array
    factor: Array
    own: Array
    gdp: Array


class NoTerms(NamedTuple):
    """Nothing differs by draw alone."""


class Printed(NamedTuple):
    """What differs by country: the share that is printed for the year (NaN: none)."""

    printed: Array


class Holding(NamedTuple):
    """The lowest own term with which a country holds at the floor, and whether any share is printed."""

    lowest: float
    is_printed: bool


class Spent(NamedTuple):
    """Share of GDP and spending."""

    share: Array
    spending: Array


def held(last: Array, share: Array, own: Array, lowest: float) -> Array:
    """Return the share, or the floor where it was at the floor and would fall below; but not where the own
    term is as low as `lowest`."""
    return choose((share < HELD) & (last >= HELD) & (own > lowest), HELD, share)


def spent(cell: Paying, drift: NoTerms, traits: Printed, numbers: Holding) -> Spent:  # noqa: ARG001
    """Return the share, and what is spent."""
    share = held(cell.last, cell.factor * cell.last, cell.own, numbers.lowest)
    if numbers.is_printed:
        # A printed year is no forecast: it is the same in all draws.
        share = choose(traits.printed == traits.printed, traits.printed, share)
    return Spent(share, share * cell.gdp)


def spent_loop(out: Array, cells: Paying, drift: NoTerms, traits: Printed, numbers: Holding) -> None:
    """Write :func:`spent` for every draw and country into `out`, one result after the other."""
    for i in range(out.shape[1]):
        for j in range(out.shape[2]):
            cell = Paying(cells.last[i, j], cells.factor[i, j], cells.own[i, j], cells.gdp[i, j])
            result = spent(cell, drift, Printed(traits.printed[j]), numbers)
            out[0, i, j] = result.share
            out[1, i, j] = result.spending


SPENT = Equation(spent, spent_loop, (choose, held, spent))
"""Share and spending: two results."""
