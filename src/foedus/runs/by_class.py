"""What a run keeps of quantities by class: the last year of every draw, and quantiles and counts by year.

The years of every draw lie in a file without a name until their quantiles are taken, one year and class at a
time, so that memory does not grow with the draws.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.spread import DrawSpread
from foedus.runs.store import SpilledArray

if TYPE_CHECKING:
    from foedus.scenario.resolved import Resolved

__all__ = [
    "DrawsOfClass",
    "class_shares",
    "class_spreads",
    "counted_name",
    "no_counts",
    "of_draws",
    "spilled_by_class",
]

DrawsOfClass = Callable[[str, int, int], Array]
"""Gives a quantity in every draw, (draw,), by its name and the indexes of year and class."""


def of_draws(values: Array, size: int) -> Array:
    """Return a quantity by class in the first draws of a block.

    Parameters
    ----------
    values : ndarray, (class, draw, 1) or (class, 1, 1)
        As a component writes it, or the same in every draw.
    size : int
        How many draws.

    Returns
    -------
    ndarray, (class, draw)
        A view.
    """
    wide = values if values.shape[1] > 1 else np.broadcast_to(values, (len(values), size, 1))
    return wide[:, :size, 0]


def counted_name(name: str, equipment_class: str) -> str:
    """Return under which name the draws of one class are counted."""
    return f"{name}.{equipment_class}"


def no_counts(resolved: Resolved) -> dict[str, Counter[int]]:
    """Return a counter for each quantity of which a run counts the draws, those by class each by itself."""
    by_class = (counted_name(n, k) for n in resolved.counted_by_class() for k in resolved.classes_in_use())
    return {name: Counter() for name in (*resolved.counted(), *by_class)}


def class_spreads(resolved: Resolved, draws_of: DrawsOfClass) -> Mapping[str, Mapping[str, DrawSpread]]:
    """Return the quantiles of every quantity by class that a scenario has.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws_of : callable
        Gives a quantity of one class and year in every draw.

    Returns
    -------
    mapping of str to mapping of str to DrawSpread
        By quantity, then by class.
    """
    years, used = len(resolved.years), resolved.classes_in_use()
    return {
        name: {of: _spread(draws_of, name, resolved.classes.index(of), years) for of in used}
        for name in resolved.spread_by_class()
    }


def _spread(draws_of: DrawsOfClass, name: str, k: int, years: int) -> DrawSpread:
    """Return the quantiles of one class, reading one year at a time."""
    return DrawSpread.of(draws_of(name, index, k) for index in range(years))


def class_shares(
    resolved: Resolved, counts: Mapping[str, Mapping[int, int]], draws: int
) -> dict[str, dict[str, tuple[float, ...]]]:
    """Return in what share of draws each counted quantity was true of each class, by year after the start.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    counts : mapping of str to mapping
        In how many draws, by :func:`counted_name` and year.
    draws : int
        How many draws there are.

    Returns
    -------
    dict of str to dict of str to tuple of float
        Fractions, by quantity and class.
    """
    return {
        name: {
            of_class: tuple(
                counts.get(counted_name(name, of_class), {}).get(year, 0) / draws
                for year in resolved.years[1:]
            )
            for of_class in resolved.classes_in_use()
        }
        for name in resolved.counted_by_class()
    }


def spilled_by_class(resolved: Resolved, draws: int) -> dict[str, SpilledArray]:
    """Return files without names for the years of a run's quantities by class, and for their last one."""
    classes, years = len(resolved.classes), len(resolved.years)
    files = {name: SpilledArray("<f4", (years, draws, classes)) for name in resolved.spread_by_class()}
    return files | {name: SpilledArray("<f4", (classes, draws)) for name in resolved.at_horizon()}
