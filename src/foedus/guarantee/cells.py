"""Areas of a map as rectangles: what is alike side by side is one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

__all__ = ["Area", "areas", "edges", "runs"]


UNDER = 0.5
"""How far a rectangle reaches under the next, in its own height."""


class Area(NamedTuple):
    """A rectangle of a named area."""

    name: str
    left: float
    right: float
    low: float
    high: float


def edges(points: Sequence[float]) -> list[float]:
    """Return the edges of cells around points: half way between them, and the first and last."""
    between = [0.5 * (a + b) for a, b in pairwise(points)]
    return [points[0], *between, points[-1]]


def runs(
    mask: NDArray[np.bool_], across: Sequence[float], down: Sequence[float] | None = None
) -> Iterator[tuple[float, float, float, float]]:
    """Yield the rectangles of a mask, a row of cells at a time.

    Parameters
    ----------
    mask : ndarray of bool, (down, across)
        Which cells belong to the area.
    across, down : sequence of float
        The points that cells stand for, in order; without the second, the same both ways.

    Yields
    ------
    tuple of float
        Left, right, lower and upper edge.
    """
    x, y = edges(across), edges(across if down is None else down)
    for i, row in enumerate(mask):
        turns = np.flatnonzero(np.diff(np.concatenate([[False], row, [False]]).astype(np.int8))).tolist()
        for first, last in zip(turns[::2], turns[1::2], strict=True):
            yield x[first], x[last], y[i], y[i + 1]


def areas(
    masks: Mapping[str, NDArray[np.bool_]], across: Sequence[float], down: Sequence[float] | None = None
) -> list[Area]:
    """Return the rectangles of several areas as they are drawn, from the lowest row up.

    Parameters
    ----------
    masks : mapping of str to ndarray of bool, (down, across)
        By the area's name; every cell is in one of them.
    across, down : sequence of float
        As :func:`runs` takes them.

    Returns
    -------
    list of Area
        Each reaches a little under the row above it, which is drawn after it, so that no seam shows.
    """
    top = (across if down is None else down)[-1]
    rows = [Area(name, *box) for name, mask in masks.items() for box in runs(mask, across, down)]
    rows.sort(key=lambda area: area.low)
    return [a._replace(high=min(top, a.high + UNDER * (a.high - a.low))) for a in rows]
