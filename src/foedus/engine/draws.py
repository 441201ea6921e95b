"""Random draws from streams that are named by shock and block.

Each shock of each block of :data:`BLOCK` draws has its own stream, seeded by the run's seed, the shock's name
and the block's number. A block is always drawn whole and then cut, so draw number i is the same whatever the
number of draws and of workers, and two scenarios with the same countries and start year share their draws.
The year is the first axis: a later horizon adds years and leaves the earlier ones as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.workspace import Workspace

__all__ = [
    "BLOCK",
    "YearByYear",
    "block_count",
    "block_size",
    "generator",
    "shocks",
    "shocks_year_by_year",
    "stream",
]

BLOCK = 500
"""Draws in a block. At 32 countries one year's array of a block is 128 kB and stays in a core's cache."""


def block_count(draws: int) -> int:
    """Return the number of blocks that hold a number of draws."""
    return -(-draws // BLOCK)


def block_size(draws: int, block: int) -> int:
    """Return how many draws of a block are wanted: all but in the last one."""
    return min(BLOCK, draws - block * BLOCK)


def stream(seed: int, name: str, block: int) -> np.random.Generator:
    """Return the random stream of one shock in one block.

    Parameters
    ----------
    seed : int
        The run's seed, not negative.
    name : str
        The shock's catalogue name.
    block : int
        The block's number, from 0.

    Returns
    -------
    numpy.random.Generator
        Its state depends on the three arguments and nothing else.
    """
    digest = hashlib.sha256(name.encode()).digest()
    words = tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4))
    sequence = np.random.SeedSequence(seed, spawn_key=(*words, block))
    return np.random.Generator(np.random.PCG64DXSM(sequence))


def generator(seed: int | Sequence[int]) -> np.random.Generator:
    """Return a source of random numbers outside a run, for resampling and for errors of the past.

    Parameters
    ----------
    seed : int or sequence of int
        Not negative; the same seed gives the same numbers.

    Returns
    -------
    numpy.random.Generator
        A fresh one.
    """
    return np.random.default_rng(seed)


class YearByYear:
    """A shock that draws each year's terms when they are asked for, so that they are used while in cache.

    Parameters
    ----------
    generator : numpy.random.Generator
        The shock's stream.
    shape : tuple of int
        (draw,) or (draw, country).
    scale : float
        Multiplies every term.
    array : callable, optional
        Gives the array that a year's terms are written to; without it, they are new ones.
    """

    def __init__(
        self,
        generator: np.random.Generator,
        shape: tuple[int, ...],
        scale: float,
        array: Callable[[], Array | None] = lambda: None,
    ) -> None:
        self._generator = generator
        self._array = array
        self._shape = shape
        self._scale = scale
        self._next = 0

    def __getitem__(self, year: int) -> Array:
        """Draw the terms of the next year.

        Parameters
        ----------
        year : int
            The year's place, from 0; years must be asked for in order, each once.

        Returns
        -------
        ndarray
            Standard normal terms times the scale.

        Raises
        ------
        IndexError
            When a year is asked for out of order.
        """
        if year != self._next:
            raise IndexError(f"year {year} was asked for and {self._next} is the next")
        self._next += 1
        return _normal(self._generator, self._shape, self._scale, self._array())


def _normal(
    generator: np.random.Generator, shape: tuple[int, ...], scale: float, out: Array | None = None
) -> Array:
    """Draw standard normal terms and scale them; a scale of zero draws nothing."""
    if scale == 0.0:
        return np.zeros(shape)
    terms = generator.standard_normal(shape, out=out)
    if scale != 1.0:
        terms *= scale
    return terms


def shocks_year_by_year(
    seed: int | Mapping[str, int],
    block: int,
    axes: Mapping[str, tuple[str, ...]],
    countries: int,
    scale: float = 1.0,
    workspace: Workspace | None = None,
    *,
    classes: int = 1,
) -> dict[str, Array | YearByYear]:
    """Return every shock of one block, drawn as the years come; the terms are those of :func:`shocks`.

    Parameters
    ----------
    seed : int or mapping of str to int
        The run's seed, not negative; or one for each shock, where some are taken from another run.
    block : int
        The block's number, from 0.
    axes : mapping of str to tuple of str
        The axes of every shock, among "year", "equipment_class", "draw" and "country", the year first.
    countries : int
        Length of that axis; that of "draw" is :data:`BLOCK`.
    scale : float, default 1.0
        Multiplies every term.
    workspace : Workspace, optional
        Whose arrays the terms are written to.
    classes : int, default 1
        Length of the axis of classes.

    Returns
    -------
    dict of str to ndarray or YearByYear
        An array for a shock that is drawn once for the run.
    """
    length = {"equipment_class": classes, "draw": BLOCK, "country": countries}
    work = workspace or Workspace()
    given: dict[str, Array | YearByYear] = {}
    seeds = dict.fromkeys(axes, seed) if isinstance(seed, int) else seed
    for name, along in axes.items():
        shape = tuple(length[axis] for axis in along if axis != "year")
        array = partial(work.array, f"terms of {name}", shape)
        terms = (stream(seeds[name], name, block), shape, scale)
        given[name] = YearByYear(*terms, array) if along[0] == "year" else _normal(*terms, array())
    return given


def shocks(
    seed: int,
    block: int,
    axes: Mapping[str, tuple[str, ...]],
    years: int,
    countries: int,
    scale: float = 1.0,
    *,
    classes: int = 1,
) -> dict[str, Array]:
    """Draw every shock of one block, whole.

    Parameters
    ----------
    seed : int
        The run's seed, not negative.
    block : int
        The block's number, from 0.
    axes : mapping of str to tuple of str
        The axes of every shock, among "year", "equipment_class", "draw" and "country".
    years, countries : int
        Lengths of those axes; that of "draw" is :data:`BLOCK`.
    scale : float, default 1.0
        Multiplies every term.
    classes : int, default 1
        Length of the axis of classes.

    Returns
    -------
    dict of str to ndarray
        Standard normal terms times `scale`, one array for each shock with its axes.
    """
    length = {"year": years, "equipment_class": classes, "draw": BLOCK, "country": countries}
    return {
        name: _normal(stream(seed, name, block), tuple(length[axis] for axis in along), scale)
        for name, along in axes.items()
    }
