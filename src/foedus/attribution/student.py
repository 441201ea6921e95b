"""Student's t for designs with few members: its two-sided tail and its quantiles, and Welch's comparison."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["LEVEL", "Contrast", "one_mean", "quantile", "two_sided_p", "welch"]

LEVEL = 0.90
"""The level of intervals, and the power of tests at 10 %."""

NODES, WEIGHTS = np.polynomial.legendre.leggauss(96)


@dataclass(frozen=True)
class Contrast:
    """An estimate with what Student's t says of it.

    Attributes
    ----------
    estimate, se, df : float
        In the unit of the values; the degrees of freedom need not be whole.
    permutation_p : float
        The two-sided p by permuting labels; NaN where they cannot be or were not permuted.
    """

    estimate: float
    se: float
    df: float
    permutation_p: float = float("nan")

    @property
    def chance(self) -> float:
        """The p by permutation, or by Student's t where there is none."""
        return self.p if np.isnan(self.permutation_p) else self.permutation_p

    @property
    def p(self) -> float:
        """The two-sided p by Student's t; NaN without a standard error."""
        return two_sided_p(self.estimate / self.se, self.df) if self.se > 0.0 else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """The interval of 90 %."""
        reach = float(quantile(0.5 + LEVEL / 2.0, np.array([self.df]))[0]) * self.se
        return self.estimate - reach, self.estimate + reach


def two_sided_p(t: float, df: float) -> float:
    """Return the chance that Student's t lies at least this far from nought.

    With ``t = sqrt(df) tan(a)`` the density is a power of a cosine, integrated by Gauss and Legendre:
    W. S. Gosset (Student), "The probable error of a mean", Biometrika 6, 1908.
    """
    if not np.isfinite(t) or not df > 0.0:
        return float("nan")
    return float(_tails(np.array([abs(t)]), np.array([df]))[0])


def _tails(t: Array, df: Array) -> Array:
    """Return the two-sided tails of Student's t, by value and degrees of freedom."""
    inside = _cosine_power(np.arctan(t / np.sqrt(df)), df - 1.0)
    whole = _cosine_power(np.full_like(df, np.pi / 2.0), df - 1.0)
    return np.clip(1.0 - inside / whole, 0.0, 1.0)


def _cosine_power(to: Array, power: Array) -> Array:
    """Return the integrals of powers of the cosine from nought to angles."""
    angles = 0.5 * to[:, None] * (NODES + 1.0)
    values = np.exp(power[:, None] * np.log(np.maximum(np.cos(angles), 1e-300)))
    result: Array = 0.5 * to * (values @ WEIGHTS)
    return result


def quantile(probability: float, df: Array) -> Array:
    """Return quantiles of Student's t above the middle.

    Parameters
    ----------
    probability : float
        Above one half.
    df : ndarray
        Degrees of freedom, from one.

    Returns
    -------
    ndarray
        Of the same shape, to four digits.
    """
    inverse, values = _grid(probability)
    result: Array = np.interp(1.0 / np.clip(df, 1.0, None), inverse, values)
    return result


@cache
def _grid(probability: float) -> tuple[Array, Array]:
    """Return quantiles on a grid of one over the degrees of freedom, which they are nearly linear in."""
    inverse = np.linspace(1e-4, 1.0, 241)
    target, df = 2.0 * (1.0 - probability), 1.0 / inverse
    low, high = np.zeros_like(df), np.full_like(df, 700.0)
    for _ in range(60):
        middle = 0.5 * (low + high)
        above = _tails(middle, df) > target
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return inverse, 0.5 * (low + high)


def welch(treated: Array, controls: Array) -> Contrast:
    """Compare two means whose spreads may differ.

    B. L. Welch, "The generalization of 'Student's' problem when several different population variances are
    involved", Biometrika 34, 1947. With seven controls the normal distribution would be too narrow.

    Parameters
    ----------
    treated, controls : ndarray, (member,)
        One value for each member; at least two on each side.

    Returns
    -------
    Contrast
        The mean of the treated less that of the controls.
    """
    estimate, se, df = welch_arrays(treated[None, :], controls[None, :])
    return Contrast(float(estimate[0]), float(se[0]), float(df[0]))


def welch_arrays(treated: Array, controls: Array) -> tuple[Array, Array, Array]:
    """Return many comparisons of two means at once.

    Parameters
    ----------
    treated, controls : ndarray, (draw, member)
        One value for each member.

    Returns
    -------
    estimate, se, df : ndarray, (draw,)
        As of :func:`welch`.
    """
    sides = [
        (x.mean(axis=1), x.var(axis=1, ddof=1) / x.shape[1], x.shape[1] - 1.0) for x in (treated, controls)
    ]
    (mean, a, m), (other, b, n) = sides
    variance = a + b
    with np.errstate(invalid="ignore", divide="ignore"):
        df = variance**2 / (a**2 / m + b**2 / n)
    return mean - other, np.sqrt(variance), np.nan_to_num(df, nan=1.0)


def one_mean(values: Array) -> Contrast:
    """Return a mean of members with its standard error over members.

    Parameters
    ----------
    values : ndarray, (member,)
        One value for each member.

    Returns
    -------
    Contrast
        In the unit of the values.
    """
    n = len(values)
    return Contrast(float(values.mean()), float(values.std(ddof=1) / np.sqrt(n)), n - 1.0)
