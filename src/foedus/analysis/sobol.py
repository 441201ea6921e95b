"""Sobol indices from runs in which one factor was exchanged: pure arithmetic on arrays, with intervals.

Two runs, A and B, are independent of each other; in a third one all is as in A except that one factor is
taken from B, and in a fourth all is as in B except that the factor is taken from A. What two runs have in
common says how much of the variance it carries:

- pairs that share the factor and nothing else give the **first** index, ``Cov(B, A with B's) / V``: the part
  of the variance that knowing the factor alone would take away (Sobol 1993; Saltelli et al. 2010);
- pairs that share all but the factor give the **total** index, ``E[(A - A with B's)^2] / 2 V``: the part that
  would be left if all else were known (Jansen 1999).

The mean and the variance are those of all runs together (Janon et al. 2014). The products of independent runs
have the expectation of nothing and vary with the products that are wanted, so they are taken off as a control
variate with the weight that leaves least noise. Intervals are a bootstrap over draws.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = ["Exchanges", "Index", "sobol_indices"]

RESAMPLES = 400
"""Bootstrap samples behind an interval."""

BINS = 1000
"""The most parts that draws are resampled in: so many independent means say as much as every draw."""

INTERVAL = (0.025, 0.975)
"""The ends of an interval of 95 %."""

FLAT = 1e-12
"""A spread that is less than this part of the values is rounding and no spread."""


@dataclass(frozen=True)
class Exchanges:
    """One number in every draw of two independent runs, and of those in which a factor was exchanged.

    Attributes
    ----------
    one, two : ndarray, (draw,)
        The runs A and B.
    one_with, two_with : ndarray, (factor, draw)
        A with one factor of B, and B with that factor of A; the second may have no rows.
    """

    one: Array
    two: Array
    one_with: Array
    two_with: Array


@dataclass(frozen=True)
class Index:
    """The indices of one factor, parts of a variance, each with its interval of 95 %.

    Attributes
    ----------
    first, first_low, first_high : float
        The part that the factor carries by itself.
    total, total_low, total_high : float
        The part that it carries by itself and together with others.
    """

    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


def sobol_indices(runs: Exchanges, *, seed: int = 1) -> tuple[Index, ...] | None:
    """Estimate the first and total Sobol index of every factor.

    Parameters
    ----------
    runs : Exchanges
        One number in every draw of every run.
    seed : int, default 1
        Of the resampling.

    Returns
    -------
    tuple of Index or None
        One for each factor, in order; None where the number is the same in every draw, so that there is
        nothing to divide. An estimate may lie a little outside 0 to 1.
    """
    everything = (runs.one, runs.two, runs.one_with, runs.two_with)
    low = min(float(part.min()) for part in everything if part.size)
    high = max(float(part.max()) for part in everything if part.size)
    if high - low <= FLAT * max(abs(low), abs(high)):
        return None
    centre, size = (low + high) / 2.0, (high - low) / 2.0
    one, two, one_with, two_with = ((part - centre) / size for part in everything)
    moments = _moments(one, two, one_with, two_with)
    weights = _control_weights(moments[:, 3], moments[:, 4])
    parts = _binned(moments)
    estimate = _estimates(parts.mean(axis=-1), weights)
    counts = generator(seed).multinomial(
        parts.shape[-1], np.full(parts.shape[-1], 1.0 / parts.shape[-1]), RESAMPLES
    )
    # (factor, moment, bin) by (bin, resample) gives every resampled mean at once.
    resampled = _estimates(np.moveaxis(parts @ (counts.T / parts.shape[-1]), -1, 0), weights)
    ends = np.nanquantile(resampled, INTERVAL, axis=0)
    return tuple(
        Index(*(float(values[k, f]) for k in (0, 1) for values in (estimate, ends[0], ends[1])))
        for f in range(len(one_with))
    )


def _moments(one: Array, two: Array, one_with: Array, two_with: Array) -> Array:
    """Return what the indices are made of, (factor, moment, draw).

    The moments are the value and its square over the runs that there are; half the squared distance of those
    that share all but the factor; the product of those that share it alone; that of independent ones.
    """
    if not len(two_with):
        return np.stack(
            [
                (one + two + one_with) / 3.0,
                (one**2 + two**2 + one_with**2) / 3.0,
                (one - one_with) ** 2 / 2.0,
                two * one_with,
                np.broadcast_to(one * two, one_with.shape),
            ],
            axis=1,
        )
    return np.stack(
        [
            (one + two + one_with + two_with) / 4.0,
            (one**2 + two**2 + one_with**2 + two_with**2) / 4.0,
            ((one - one_with) ** 2 + (two - two_with) ** 2) / 4.0,
            (two * one_with + one * two_with) / 2.0,
            (one * two + one_with * two_with) / 2.0,
        ],
        axis=1,
    )


def _control_weights(products: Array, controls: Array) -> Array:
    """Return the weight of every factor's control variate: the slope of the products on it, (factor,)."""
    about = controls - controls.mean(axis=-1, keepdims=True)
    spread = (about**2).mean(axis=-1)
    slope: Array = (products * about).mean(axis=-1) / np.where(spread > 0.0, spread, 1.0)
    return slope


def _binned(moments: Array) -> Array:
    """Return the means of consecutive draws, (factor, moment, bin): a bin a draw where there are few.

    Draws that fill no whole bin are spread over the others, so that each counts.
    """
    draws = moments.shape[-1]
    if draws <= BINS:
        return moments
    edges = np.linspace(0, draws, BINS + 1).astype(int)
    sums = np.add.reduceat(moments, edges[:-1], axis=-1)
    # Sums over a common length, not means of bins of unlike lengths: their mean is that of all draws.
    means: Array = sums * (BINS / draws)
    return means


def _estimates(means: Array, weights: Array) -> Array:
    """Return first and total indices, (..., index, factor), from means of the moments."""
    mean, square, distance, product, control = np.moveaxis(means, -1, 0)
    variance = square - mean**2
    shared = product - mean**2 - weights * (control - mean**2)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.stack([shared / variance, distance / variance], axis=-2 if means.ndim > 2 else 0)
