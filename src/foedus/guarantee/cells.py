"""Areas of a map as rectangles: what is alike side by side is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

__all__ = ["edges", "runs"]


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
