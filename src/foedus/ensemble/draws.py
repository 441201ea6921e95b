"""Random draws from streams that are named by shock and block.

Each shock of each block of :data:`BLOCK` draws has its own stream, seeded by the run's seed, the shock's name
and the block's number. A block is always drawn whole and then cut, so draw number i is the same whatever the
number of draws and of workers, and two scenarios with the same countries and start year share their draws.
The year is the first axis: a later horizon adds years and leaves the earlier ones as they are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np

from foedus.model.arrays import Array

__all__ = ["BLOCK", "block_count", "block_size", "shocks", "stream"]

BLOCK = 500
"""Draws in a block. At 32 countries one year's array of a block is 128 kB and stays in a core's cache."""


def block_count(draws: int) -> int:
    """Give the number of blocks that hold a number of draws."""
    return -(-draws // BLOCK)


def block_size(draws: int, block: int) -> int:
    """Give how many draws of a block are wanted: all but in the last one."""
    return min(BLOCK, draws - block * BLOCK)


def stream(seed: int, name: str, block: int) -> np.random.Generator:
    """Give the random stream of one shock in one block.

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


def shocks(
    seed: int, block: int, axes: Mapping[str, tuple[str, ...]], years: int, countries: int, scale: float = 1.0
) -> dict[str, Array]:
    """Draw every shock of one block, whole.

    Parameters
    ----------
    seed : int
        The run's seed, not negative.
    block : int
        The block's number, from 0.
    axes : mapping of str to tuple of str
        The axes of every shock, among "year", "draw" and "country".
    years, countries : int
        Lengths of those axes; that of "draw" is :data:`BLOCK`.
    scale : float, default 1.0
        Multiplies every term.

    Returns
    -------
    dict of str to ndarray
        Standard normal terms times `scale`, one array for each shock with its axes.
    """
    length = {"year": years, "draw": BLOCK, "country": countries}
    drawn: dict[str, Array] = {}
    for name, along in axes.items():
        shape = tuple(length[axis] for axis in along)
        if scale == 0.0:
            drawn[name] = np.zeros(shape)
            continue
        drawn[name] = stream(seed, name, block).standard_normal(shape)
        if scale != 1.0:
            drawn[name] *= scale
    return drawn
