"""Designs of points at which a model is tried, the only home of SALib, and the screening after Morris.

Positions are in the unit cube: what they stand for is the caller's affair. SALib comes with the extra
``sensitivity``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.extending import install

__all__ = ["ScreeningEffect", "check_installed", "group_points", "morris_effects", "morris_paths"]

LEVELS = 4
"""Levels of the grid on which paths after Morris lie: 0, 1/3, 2/3 and 1, each step two of them."""

HALF_WIDTH = 1.96
"""Standard errors in half of an interval of 95 %."""

LARGEST_SEED = 2**32 - 1
"""The largest seed that the library takes."""


@dataclass(frozen=True)
class ScreeningEffect:
    """What one factor does to a number when it alone is moved, scaled to its whole range.

    Attributes
    ----------
    size, error : float
        Mean of the absolute effects over paths, and half of its interval of 95 %.
    direction : float
        Mean of the effects with their sign.
    spread : float
        Their standard deviation: what depends on where the other factors are.
    """

    size: float
    error: float
    direction: float
    spread: float


def check_installed() -> None:
    """Raise an error where SALib is not installed.

    Raises
    ------
    InputError
        When it is not.
    """
    try:
        import SALib.sample.morris  # noqa: F401
    except ImportError as error:
        raise InputError("SALib is not installed", where="--numbers", do=install("sensitivity")) from error


def morris_paths(factors: int, paths: int, seed: int) -> Array:
    """Return paths in which every factor moves once, one after the other.

    Parameters
    ----------
    factors, paths : int
        How many of each, 1 or more.
    seed : int
        Of the design.

    Returns
    -------
    ndarray, (path times (factor and one), factor)
        Positions, 0 to 1.

    Raises
    ------
    InputError
        When SALib is not installed.
    """
    check_installed()
    from SALib.sample import morris

    points: Array = morris.sample(_problem(factors), paths, num_levels=LEVELS, seed=seed % LARGEST_SEED)
    return points


def morris_effects(points: Array, values: Array) -> tuple[ScreeningEffect, ...]:
    """Return what every factor does to a number.

    Parameters
    ----------
    points : ndarray, (path times (factor and one), factor)
        Of :func:`morris_paths`.
    values : ndarray, (point,)
        The number at every point.

    Returns
    -------
    tuple of ScreeningEffect
        One for each factor, in order.

    Notes
    -----
    Morris (1991), with the mean of absolute effects of Campolongo, Cariboni and Saltelli (2007). Paths are
    independent of one another, so that the error of a mean over them is that of any mean.
    """
    factors = points.shape[1]
    steps = np.diff(points.reshape(-1, factors + 1, factors), axis=1)
    moved = np.abs(steps).argmax(axis=-1)
    size = np.take_along_axis(steps, moved[..., np.newaxis], axis=-1)[..., 0]
    slopes = np.diff(values.reshape(-1, factors + 1), axis=1) / size
    effects = np.empty_like(slopes)
    np.put_along_axis(effects, moved, slopes, axis=1)
    sizes = np.abs(effects)
    errors = HALF_WIDTH * sizes.std(axis=0, ddof=1) / np.sqrt(len(sizes))
    columns = (sizes.mean(axis=0), errors, effects.mean(axis=0), effects.std(axis=0, ddof=1))
    return tuple(ScreeningEffect(*(float(value) for value in row)) for row in zip(*columns, strict=True))


def group_points(groups: Sequence[str], points: int, seed: int) -> Array:
    """Return Saltelli's design for groups of factors: two sets of points, and each with a group exchanged.

    Parameters
    ----------
    groups : sequence of str
        The group of every factor.
    points : int
        Points of each set, a power of two.
    seed : int
        Of the scrambling.

    Returns
    -------
    ndarray, (run, point, factor)
        Positions, 0 to 1. The runs are the first set; that with each group of the second, in the order in
        which groups first occur; the second set with each group of the first; and the second set.

    Raises
    ------
    InputError
        When SALib is not installed.
    """
    check_installed()
    from SALib.sample import sobol

    problem = _problem(len(groups)) | {"groups": list(groups)}
    rows: Array = sobol.sample(problem, points, calc_second_order=True, seed=seed % LARGEST_SEED)
    runs = rows.reshape(points, len(rows) // points, len(groups)).swapaxes(0, 1)
    # The library takes a single group for none: exchanged whole, one set is the other.
    return runs if len(set(groups)) > 1 else runs[[0, -1, 0, -1]]


def _problem(factors: int) -> dict[str, Any]:
    """Return the library's description of so many factors in the unit cube."""
    return {
        "num_vars": factors,
        "names": [f"x{i}" for i in range(factors)],
        "bounds": np.tile([0.0, 1.0], (factors, 1)).tolist(),
    }
