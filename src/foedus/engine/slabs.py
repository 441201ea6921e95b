"""Exact quantiles over many draws in bounded memory: a few countries at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["SLAB", "Columns", "columns_of", "over_slabs", "slab_quantiles"]

SLAB = 2_000_000
"""The most values, 16 MB, that are taken at once; one country's draws where they are more."""

Columns = Callable[[slice], Array]
"""Gives the values of some countries, (draw, country), in double precision."""


def columns_of(values: Array) -> Columns:
    """Return what reads some countries of an array.

    Parameters
    ----------
    values : ndarray, (draw, country)
        The array, of either precision.

    Returns
    -------
    callable
        From a slice of countries to their values in double precision.
    """
    return lambda span: values[:, span].astype(np.float64)


def slab_quantiles(columns: Columns, draws: int, countries: int, q: Sequence[float]) -> Array:
    """Return exact quantiles over the draws for every country.

    Parameters
    ----------
    columns : callable
        Gives the values of some countries.
    draws, countries : int
        How many of each there are.
    q : sequence of float
        Fractions between 0 and 1.

    Returns
    -------
    ndarray, (q, country)
        Those of :func:`numpy.quantile`; NaN for a country without values.
    """
    return over_slabs(columns, draws, countries, lambda values: np.quantile(values, q, axis=0))


def over_slabs(columns: Columns, draws: int, countries: int, statistic: Callable[[Array], Array]) -> Array:
    """Return a statistic over the draws for every country.

    Parameters
    ----------
    columns : callable
        Gives the values of some countries.
    draws, countries : int
        How many of each there are.
    statistic : callable
        From the values of some countries, (draw, country), to an array whose last axis is the country.

    Returns
    -------
    ndarray, (..., country)
        The statistic of all countries.
    """
    wide = max(1, SLAB // draws)
    spans = (slice(first, min(first + wide, countries)) for first in range(0, countries, wide))
    return np.concatenate([statistic(columns(span)) for span in spans], axis=-1)
