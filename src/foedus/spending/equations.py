"""The equations of budgets for one draw and country: how a share moves, and what is spent.

Each is written with operators and with functions that take one value as well as an array. It runs over
arrays as it stands, or is compiled for one value after the other (:mod:`foedus.engine.compiled`), with the
same bits: the operations and their order are the same. Claim, sources and what is left out stand in
:mod:`foedus.spending.budgets`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import Array, choose, stretched
from foedus.engine.elementary import exp, log
from foedus.engine.workspace import Equation

__all__ = [
    "FULL_ROOM",
    "HELD",
    "LOG_FULL_ROOM",
    "SMALLEST_SHARE",
    "YEAR",
    "Cell",
    "Drift",
    "Numbers",
    "Spent",
    "Traits",
    "held",
    "room_left",
]

FULL_ROOM = 0.035
"""The adopted goal, a share of GDP: up to it a rise has its whole room, above it shares return towards it."""

LOG_FULL_ROOM = float(log(np.asarray(FULL_ROOM)))

HELD = 0.02
"""The floor, a share of GDP, at which who has reached it holds."""

SMALLEST_SHARE = 1e-5
"""A share of GDP below this is treated as this when its distance to a target is measured."""


class Cell(NamedTuple):
    """What differs by draw and country: last year's share, the country's own standard normal term, by how
    much GDP missed its path, GDP, the logarithm of the target, which is that of the mean where shares
    converge, and 1.0 where the guarantee's condition is met, (draw, country) or (1, country)."""

    last: Array
    own: Array
    surprise: Array
    gdp: Array
    log_target: Array
    is_covered: Array


class Drift(NamedTuple):
    """What differs by draw: what the tide adds above zero, what it takes below and its surprise, the
    surprise alone, what the border adds, the pull's part of the way, and how much of announced plans comes
    true."""

    rise: Array
    fall: Array
    common: Array
    border: Array
    compliance: Array
    realisation: Array


class Traits(NamedTuple):
    """What differs by country: 1.0 at the border of Russia or Belarus, the scale of its own error, the log of
    the next announced share and the years to it (NaN: none), how room falls with the log share, and the share
    that is printed for the year (NaN: none)."""

    exposed: Array
    own_scale: Array
    log_announced: Array
    announced_left: Array
    room_slope: Array
    printed: Array


class Numbers(NamedTuple):
    """What is the same for all: return to the goal, log of the floor, the part of the way to the target that
    a year asks for, what a surprise in GDP does, the coefficients of the tails, the shock scale, whether any
    country has announced a share, the lowest own term that holds at the floor, whether any share is printed,
    what not being covered by the guarantee adds, and whether shares converge to the mean."""

    reversion: float
    log_floor: float
    deadline_left: float
    surprise_effect: float
    tail: tuple[float, float, float, float]
    scale: float
    is_planned: bool
    lowest_held: float
    is_printed: bool
    guarantee_response: float
    converges: bool


class Spent(NamedTuple):
    """Share of GDP and spending."""

    share: Array
    spending: Array


def room_left(above: Array, slope: Array) -> Array:
    """Return how much of a rise has room where a share stands above the goal.

    Parameters
    ----------
    above : ndarray or float
        By how much the logarithm of the share is above that of :data:`FULL_ROOM`, 0 or more.
    slope : ndarray or float
        How room falls with it, by country, 0 or less.

    Returns
    -------
    ndarray or float
        Part of the rise, 0 to 1.
    """
    return np.maximum(above * slope + 1.0, 0.0)


def log_change(log_share: Array, cell: Cell, drift: Drift, traits: Traits, numbers: Numbers) -> Array:
    """Return by how much the logarithm of the share moves in a year.

    Parameters
    ----------
    log_share : ndarray or float
        Natural logarithm of last year's share of GDP.
    cell : Cell
        What differs by draw and country.
    drift : Drift
        What differs by draw.
    traits : Traits
        What differs by country.
    numbers : Numbers
        What is the same for all.

    Returns
    -------
    ndarray or float
        In logarithmic points, of the shape of `log_share`.
    """
    above = np.maximum(log_share - LOG_FULL_ROOM, 0.0)
    moved = room_left(above, traits.room_slope) * (drift.border * traits.exposed + drift.rise)
    moved = moved - above * numbers.reversion
    moved = moved + drift.fall
    to_target = (cell.log_target - log_share) * numbers.deadline_left
    if numbers.converges:
        moved = moved + to_target * drift.compliance
    else:
        pull = np.maximum(np.maximum(to_target, numbers.log_floor - log_share), 0.0)
        moved = moved + pull * drift.compliance
    if numbers.is_planned:
        planned = (traits.log_announced - log_share) * (drift.realisation / traits.announced_left)
        moved = choose(traits.log_announced == traits.log_announced, planned + drift.common, moved)
    moved = moved + cell.surprise * numbers.surprise_effect
    if numbers.guarantee_response != 0.0:
        moved = moved + (1.0 - cell.is_covered) * numbers.guarantee_response
    if numbers.scale != 1.0:
        own = stretched(cell.own / numbers.scale, numbers.tail) * numbers.scale
    else:
        own = stretched(cell.own, numbers.tail)
    return moved + own * traits.own_scale


def held(last: Array, share: Array, own: Array, lowest: float) -> Array:
    """Return the share, or the floor where it was at the floor and would fall below.

    Parameters
    ----------
    last, share : ndarray or float
        Last year's share and this year's before it is held, fractions of GDP.
    own : ndarray or float
        The country's own standard normal term.
    lowest : float
        At this term or a lower one the floor does not hold.

    Returns
    -------
    ndarray or float
        A fraction of GDP.
    """
    return choose((share < HELD) & (last >= HELD) & (own > lowest), HELD, share)


def spent(factor: Array, cell: Cell, traits: Traits, numbers: Numbers) -> Spent:
    """Return the share of a year and what is spent, from the factor by which last year's share moves.

    Parameters
    ----------
    factor : ndarray or float
        This year's share over last year's, before the floor holds.
    cell : Cell
        What differs by draw and country.
    traits : Traits
        What differs by country.
    numbers : Numbers
        What is the same for all.

    Returns
    -------
    Spent
        A fraction of GDP, and an amount in the unit of `cell.gdp`.
    """
    share = held(cell.last, factor * cell.last, cell.own, numbers.lowest_held)
    if numbers.is_printed:
        # A printed year is no forecast: it is the same in all draws.
        share = choose(traits.printed == traits.printed, traits.printed, share)
    return Spent(share, share * cell.gdp)


def year(cell: Cell, drift: Drift, traits: Traits, numbers: Numbers) -> Spent:
    """Return share and spending of a year from the share of the year before."""
    log_share = log(np.maximum(cell.last, SMALLEST_SHARE))
    factor = exp(log_change(log_share, cell, drift, traits, numbers))
    return spent(factor, cell, traits, numbers)


def _cell(cells: Cell, i: int, j: int, rows: tuple[int, int]) -> Cell:
    """Return what differs by draw and country, of one of each; `rows` are those of target and guarantee."""
    t, g = rows
    return Cell(
        cells.last[i, j],
        cells.own[i, j],
        cells.surprise[i, j],
        cells.gdp[i, j],
        cells.log_target[t, j],
        cells.is_covered[g, j],
    )


def _terms(drift: Drift, i: int) -> Drift:
    """Return what differs by draw, of one draw."""
    return Drift(
        drift.rise[i],
        drift.fall[i],
        drift.common[i],
        drift.border[i],
        drift.compliance[i],
        drift.realisation[i],
    )


def _trait(traits: Traits, j: int) -> Traits:
    """Return what differs by country, of one country."""
    return Traits(
        traits.exposed[j],
        traits.own_scale[j],
        traits.log_announced[j],
        traits.announced_left[j],
        traits.room_slope[j],
        traits.printed[j],
    )


def year_loop(out: Array, cells: Cell, drift: Drift, traits: Traits, numbers: Numbers) -> None:
    """Write :func:`year` for every draw and country into an array.

    Parameters
    ----------
    out : ndarray, (2, draw, country)
        Filled with share and spending.
    cells : Cell
        Its fields are (draw, country); those of target and guarantee may have one row for all draws.
    drift : Drift
        Its fields are (draw,).
    traits : Traits
        Its fields are (country,).
    numbers : Numbers
        What is the same for all.

    Notes
    -----
    Each function passes over the countries of a draw by itself: in one pass the compiler would no longer take
    several countries at a time.
    """
    draws, countries = out.shape[1:]
    row = np.empty(countries)
    for i in range(draws):
        t = i if cells.log_target.shape[0] > 1 else 0
        rows = t, i if cells.is_covered.shape[0] > 1 else 0
        terms = _terms(drift, i)
        for j in range(countries):
            row[j] = log(np.maximum(cells.last[i, j], SMALLEST_SHARE))
        for j in range(countries):
            row[j] = log_change(row[j], _cell(cells, i, j, rows), terms, _trait(traits, j), numbers)
        for j in range(countries):
            row[j] = exp(row[j])
        for j in range(countries):
            result = spent(row[j], _cell(cells, i, j, rows), _trait(traits, j), numbers)
            out[0, i, j] = result.share
            out[1, i, j] = result.spending


YEAR = Equation(year, year_loop, (room_left, stretched, log_change, held, spent, _cell, _terms, _trait))
"""A year of share and spending."""
