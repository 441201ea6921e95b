"""Where the axis of classes stands: a year of stocks class by class, over the whole array, and with it last.

Run it with ``python benchmarks/class_axis.py``. It works out the same year, delivery of what is due up to a
capacity and the stock after it, for a block of 500 draws of 32 countries and ten classes, in four layouts,
and prints the time of each in microseconds a draw, the best of many tries taken in turn. It is no test.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import BLOCK, generator

CLASSES, COUNTRIES, TRIES = 10, 32, 40


def year(due: Array, stock: Array, out: Array, capacity: Array, axis: int) -> None:
    """Deliver what is due up to a capacity and add it to the stock, in place."""
    part = np.minimum(capacity / np.maximum(due.sum(axis=axis, keepdims=True), 1e-9), 1.0)
    np.multiply(due, part, out=out)
    np.subtract(due, out, out=due)
    out += stock
    out *= 0.97
    np.minimum(out, 1e6, out=out)


def class_by_class(due: Array, stock: Array, out: Array, capacity: Array, draws: int = BLOCK) -> None:
    """Work out a year for one class after the other, so many draws at once."""
    for k in range(CLASSES):
        for first in range(0, BLOCK, draws):
            some = slice(first, first + draws)
            year(due[k, some], stock[k, some], out[k, some], capacity[k], -1)


def main() -> None:
    """Measure and print."""
    rng = generator(1)
    first = [rng.uniform(0.0, 50.0, (CLASSES, BLOCK, COUNTRIES)) for _ in range(3)]
    last = [np.ascontiguousarray(np.moveaxis(values, 0, -1)) for values in first]
    capacity = np.full((CLASSES, 1, 1), 300.0)
    works: dict[str, Callable[[], None]] = {
        "class by class": partial(class_by_class, *first, capacity),
        "class by class, 125 draws at once": partial(class_by_class, *first, capacity, 125),
        "the whole array, class first": partial(year, *first, capacity, -1),
        "the whole array, class last": partial(year, *last, capacity[:, 0, 0], 1),
    }
    best = dict.fromkeys(works, float("inf"))
    for _ in range(TRIES):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            best[name] = min(best[name], time.perf_counter() - begun)
    for name, seconds in best.items():
        print(f"{name:36} {seconds / BLOCK * 1e6:6.2f} us a draw")


if __name__ == "__main__":
    main()
