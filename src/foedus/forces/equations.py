"""Equations of industry and readiness: ramps, learning, lead times, triangular distributions."""

from __future__ import annotations

import math

import numpy as np

from foedus.engine.arrays import Array, normal_cdf

__all__ = ["TENTH", "lead_weights", "learning", "ramped", "triangular"]

TENTH = 1.2815515655446004
"""The standard normal quantile of nine in ten."""


def ramped(today: Array, later: Array, years: float, ramp: Array) -> Array:
    """Return a capacity on its way from what it is to what it will be, in a straight line.

    Parameters
    ----------
    today, later : ndarray, (class,)
        Items a year.
    years : float
        Years since it began to change; nothing has changed below zero.
    ramp : ndarray, (class,)
        Years that the whole change takes; zero for at once.

    Returns
    -------
    ndarray, (class,)
        Items a year.
    """
    way = np.clip(years / np.maximum(ramp, 1e-9), 0.0, 1.0)
    capacity: Array = today + (later - today) * way
    return capacity


def triangular(z: Array, low: Array, middle: Array, high: Array) -> Array:
    """Return the quantiles of a triangular distribution at standard normal terms.

    Parameters
    ----------
    z : ndarray, (class, draw, 1)
        Standard normal terms.
    low, middle, high : ndarray, (class, 1, 1)
        Its ends and its peak; where all agree the result is theirs.

    Returns
    -------
    ndarray, (class, draw, 1)
        At a term of zero the median, which is not the peak unless that lies in the middle.
    """
    width = high - low
    u = normal_cdf(z)
    below = np.sqrt(u * width * (middle - low))
    above = np.sqrt((1.0 - u) * width * (high - middle))
    value: Array = np.where(u * width < middle - low, low + below, high - above)
    return value


def learning(output: Array, experience: Array | float, progress_ratio: float) -> Array:
    """Return what learning leaves of a price: ``(1 + output / experience) ** log2(progress_ratio)``.

    It is within 1e-6 of that where output is not above the experience, and within 5e-4 to fifteen times it.

    Parameters
    ----------
    output : ndarray
        Items made since the price was published.
    experience : ndarray or float
        Items made before, above zero.
    progress_ratio : float
        The price after all output has doubled, over the price before, 0 to 1.

    Returns
    -------
    ndarray
        Factors of one or less.
    """
    # The fourth root and a quotient of polynomials (Pade) take a quarter of the time of a logarithm and an
    # exponential, and are rounded alike on every processor.
    root = np.asarray(output / experience)
    root += 1.0
    np.sqrt(root, out=root)
    np.sqrt(root, out=root)
    root -= 1.0
    power = 4.0 * math.log2(progress_ratio)
    factor = _side(root, power)
    factor /= _side(root, -power)
    return factor


def _side(root: Array, power: float) -> Array:
    """Return one side of the quotient of second degree for a power of one and a little."""
    one, two = 1.0 + power, 2.0 + power
    side: Array = root * (two * one / 12.0)
    side += two / 2.0
    side *= root
    side += 1.0
    return side


def lead_weights(lead: Array, years_ago: float) -> Array:
    """Return how much of what was ordered so many years ago becomes due this year.

    Parameters
    ----------
    lead : ndarray
        Years from order to delivery.
    years_ago : float
        Whole years.

    Returns
    -------
    ndarray
        ``max(0, 1 - abs(lead - years_ago))``: of an order with a lead of 2.25 years three quarters are due in
        the second year and one in the third. Over all years the weights add up to one.
    """
    weights: Array = np.maximum(1.0 - np.abs(lead - years_ago), 0.0)
    return weights
