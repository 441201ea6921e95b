"""Rank statistics of burden sharing, in NumPy: Spearman, Kendall, partial correlation, permutation, signed
ranks."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = [
    "EXPOSED",
    "Concordance",
    "Correlation",
    "concordance",
    "exploitation",
    "kendall",
    "kendall_p",
    "partial",
    "permutation_p",
    "ranks",
    "signed_rank",
    "spearman",
]

EXPOSED = ("EST", "FIN", "LTU", "LVA", "NOR", "POL")
"""Allies that share a land border with Russia or Belarus."""

PERMUTATIONS = 20_000


@dataclass(frozen=True)
class Correlation:
    """One rank correlation of the share of GDP with GDP.

    Attributes
    ----------
    name : str
        What was correlated, and with what held constant.
    statistic : {"spearman", "kendall", "partial spearman"}
        Which.
    value : float
        The correlation, -1 to 1.
    p : float
        One-sided chance of a value as high or higher when ranks are unrelated, by permutation.
    allies : int
        How many allies enter.
    """

    name: str
    statistic: str
    value: float
    p: float
    allies: int


@dataclass(frozen=True)
class Concordance:
    """Burdens against benefits.

    Attributes
    ----------
    benefit : str
        How benefits are measured.
    above : int
        How many allies bear a larger part than their part of the benefits.
    allies : int
        Of how many.
    statistic : float
        Wilcoxon's sum of positive signed ranks.
    p : float
        Two-sided chance when differences are symmetric about zero, by the normal approximation.
    """

    benefit: str
    above: int
    allies: int
    statistic: float
    p: float


def ranks(values: Array) -> Array:
    """Return ranks from one, ties sharing the mean of theirs.

    Parameters
    ----------
    values : ndarray, (n,)
        Values without NaN.

    Returns
    -------
    ndarray, (n,)
        Ranks; the smallest value has rank one.
    """
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean: Array = (last - (counts - 1) / 2.0)[inverse]
    return mean


def _pearson(a: Array, b: Array) -> float:
    """Return the correlation of two arrays; zero where one does not vary."""
    x, y = a - a.mean(), b - b.mean()
    size = math.sqrt(float((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / size if size > 0.0 else 0.0


def spearman(a: Array, b: Array) -> float:
    """Return Spearman's rank correlation.

    Parameters
    ----------
    a, b : ndarray, (n,)
        Values without NaN.

    Returns
    -------
    float
        -1 to 1.
    """
    return _pearson(ranks(a), ranks(b))


def kendall(a: Array, b: Array) -> float:
    """Return Kendall's tau-b.

    Parameters
    ----------
    a, b : ndarray, (n,)
        Values without NaN.

    Returns
    -------
    float
        -1 to 1.
    """
    x, y = np.sign(a[:, None] - a), np.sign(b[:, None] - b)
    size = math.sqrt(float((x * x).sum() * (y * y).sum()))
    return float((x * y).sum()) / size if size > 0.0 else 0.0


def partial(a: Array, b: Array, held: list[Array]) -> float:
    """Return Spearman's rank correlation with other variables held constant.

    Parameters
    ----------
    a, b : ndarray, (n,)
        Values without NaN.
    held : list of ndarray, (n,)
        What is held constant; each enters by its ranks.

    Returns
    -------
    float
        The correlation of what the ranks of `held` leave unexplained of the ranks of `a` and `b`.
    """
    x, y = _residual(ranks(a), held), _residual(ranks(b), held)
    return _pearson(x, y)


def _residual(values: Array, held: list[Array]) -> Array:
    """Take away what the ranks of other variables explain."""
    design = np.column_stack([np.ones(len(values)), *(ranks(h) for h in held)])
    fitted: Array = design @ np.linalg.lstsq(design, values, rcond=None)[0]
    return values - fitted


def permutation_p(a: Array, b: Array, *, permutations: int = PERMUTATIONS, seed: int = 1) -> float:
    """Return the one-sided chance of a correlation as high or higher when the order is random.

    Parameters
    ----------
    a, b : ndarray, (n,)
        The values, or ranks, or residuals of ranks.
    permutations : int, default 20000
        How many orders are tried.
    seed : int, default 1
        Seed of the orders.

    Returns
    -------
    float
        Between ``1 / (permutations + 1)`` and 1; the order found counts as one of those tried.
    """
    random = generator(seed)
    x, y = a - a.mean(), b - b.mean()
    order = random.permuted(np.tile(np.arange(len(a)), (permutations, 1)), axis=1)
    as_high = (y[order] @ x >= float(y @ x) - 1e-9).sum()
    return float((as_high + 1) / (permutations + 1))


def kendall_p(a: Array, b: Array, *, permutations: int = PERMUTATIONS, seed: int = 1) -> float:
    """Return the one-sided chance of Kendall's tau as high or higher when the order is random.

    Parameters
    ----------
    a, b : ndarray, (n,)
        Values without NaN; ties count as neither order, as in :func:`kendall`.
    permutations : int, default 20000
        How many orders are tried.
    seed : int, default 1
        Seed of the orders.

    Returns
    -------
    float
        Between ``1 / (permutations + 1)`` and 1; the order found counts as one of those tried.
    """
    first, second = np.triu_indices(len(a), 1)
    above = np.sign(a[first] - a[second]).astype(np.float32)
    # Ranks are small whole numbers: their differences are exact in two bytes, and quick.
    values = np.unique(b, return_inverse=True)[1].astype(np.int16)
    observed = above @ np.sign(values[first] - values[second]).astype(np.float32)
    orders = generator(seed).permuted(np.tile(np.arange(len(a)), (permutations, 1)), axis=1)
    as_high = 0
    for part in np.array_split(values[orders], max(1, permutations // 2000)):
        as_high += int(
            (np.sign(part[:, first] - part[:, second]).astype(np.float32) @ above >= observed).sum()
        )
    return float((as_high + 1) / (permutations + 1))


def exploitation(
    countries: tuple[str, ...], share: Array, gdp: Array, gdp_per_head: Array
) -> tuple[Correlation, ...]:
    """Test whether larger allies spend a larger share of GDP.

    Parameters
    ----------
    countries : tuple of str
        Alpha-3 codes.
    share, gdp, gdp_per_head : ndarray, (ally,)
        Spending over GDP; GDP; GDP per inhabitant, NaN where not known.

    Returns
    -------
    tuple of Correlation
        With and without the United States, and with GDP per head and the exposed border held constant.
    """
    correlations = []
    exposed = np.array([float(c in EXPOSED) for c in countries])
    for label, keep in (
        ("all allies", np.ones(len(countries), dtype=bool)),
        ("without the United States", np.array([c != "USA" for c in countries])),
    ):
        s, g, n = share[keep], gdp[keep], int(keep.sum())
        p = permutation_p(ranks(s), ranks(g))
        correlations.append(Correlation(label, "spearman", spearman(s, g), p, n))
        correlations.append(Correlation(label, "kendall", kendall(s, g), kendall_p(s, g), n))
        known = keep & np.isfinite(gdp_per_head)
        if known.sum() > 5:
            s, g, held = share[known], gdp[known], [gdp_per_head[known], exposed[known]]
            x, y = _residual(ranks(s), held), _residual(ranks(g), held)
            correlations.append(
                Correlation(
                    f"{label}, GDP per head and exposed border held constant",
                    "partial spearman",
                    partial(s, g, held),
                    permutation_p(x, y),
                    int(known.sum()),
                )
            )
    return tuple(correlations)


def signed_rank(difference: Array) -> tuple[float, float]:
    """Return Wilcoxon's signed-rank statistic and its two-sided chance.

    Parameters
    ----------
    difference : ndarray, (n,)
        Paired differences; zeros are left out.

    Returns
    -------
    float, float
        The sum of the ranks of positive differences, and the chance by the normal approximation with a
        correction for continuity.
    """
    d = difference[difference != 0.0]
    n = len(d)
    if n == 0:
        return 0.0, 1.0
    order = ranks(np.abs(d))
    plus = float(order[d > 0.0].sum())
    mean, variance = n * (n + 1) / 4.0, float((order**2).sum()) / 4.0
    z = max(abs(plus - mean) - 0.5, 0.0) / math.sqrt(variance)
    return plus, 2.0 * (1.0 - NormalDist().cdf(z))


def concordance(
    countries: tuple[str, ...], spending: Array, gdp: Array, population: Array
) -> Concordance | None:
    """Compare each ally's part of the burden with its part of the benefits.

    Parameters
    ----------
    countries : tuple of str
        Alpha-3 codes.
    spending, gdp, population : ndarray, (ally,)
        Spending and GDP in one currency, and inhabitants.

    Returns
    -------
    Concordance or None
        None where the population of an ally is not known. Benefits are the mean of the ally's parts of
        population, of GDP and of the exposed borders.
    """
    if not np.isfinite(population).all() or not np.isfinite(spending).all():
        return None
    exposed = np.array([float(c in EXPOSED) for c in countries])
    parts = [population / population.sum(), gdp / gdp.sum()]
    words = "population and GDP"
    if exposed.any():
        parts.append(exposed / exposed.sum())
        words = "population, GDP and exposed borders, each border counted alike"
    difference = spending / spending.sum() - np.mean(parts, axis=0)
    statistic, p = signed_rank(difference)
    return Concordance(
        benefit=f"mean of the parts of {words}",
        above=int((difference > 0.0).sum()),
        allies=len(countries),
        statistic=statistic,
        p=p,
    )
