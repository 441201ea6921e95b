"""Permuted labels: how often chance alone gives as much, by shuffling who was treated, and how much.

R. A. Fisher, The Design of Experiments, 1935; with other columns in a regression, D. Freedman and D. Lane, "A
nonstochastic interpretation of reported significance levels", Journal of Business & Economic Statistics 1,
1983.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.draws import generator

__all__ = ["dose_permutation_p", "permutation_p", "residual", "share_as_far"]

PERMUTATIONS = 20_000
OF_DOSES = 2_000


def share_as_far(permuted: Array, seen: float) -> float:
    """Return how often permuted estimates lie as far from nought.

    Parameters
    ----------
    permuted : ndarray, (permutation,)
        Estimates with labels permuted.
    seen : float
        The estimate with the labels as they are, which count as one of those tried.

    Returns
    -------
    float
        Between ``1 / (permutations + 1)`` and 1.
    """
    return float((1 + (np.abs(permuted) >= abs(seen) - 1e-12).sum()) / (len(permuted) + 1))


def permutation_p(
    treated: Array, controls: Array, *, permutations: int = PERMUTATIONS, seed: int = 1
) -> float:
    """Return how often the means differ as far when labels are permuted, two-sided.

    Parameters
    ----------
    treated, controls : ndarray, (member,)
        One value for each member.
    permutations, seed : int
        How many permutations are drawn, and from where.

    Returns
    -------
    float
        Between ``1 / (permutations + 1)`` and 1.
    """
    values = np.concatenate([treated, controls])
    members, chosen = len(values), len(controls)
    order = generator(seed).random((permutations, members)).argpartition(chosen - 1, axis=1)[:, :chosen]
    of_controls = values[order].sum(axis=1)
    difference = (values.sum() - of_controls) / len(treated) - of_controls / chosen
    return share_as_far(difference, float(treated.mean() - controls.mean()))


def residual(values: Array, columns: Array) -> Array:
    """Return what a regression on columns leaves of values.

    Parameters
    ----------
    values : ndarray, (row, ...)
        What is explained.
    columns : ndarray, (row, column)
        By what.

    Returns
    -------
    ndarray, (row, ...)
        The rest.
    """
    rest: Array = values - columns @ np.linalg.lstsq(columns, values, rcond=None)[0]
    return rest


def dose_permutation_p(
    change: Array, dose: Array, others: Array, *, permutations: int = OF_DOSES, seed: int = 1
) -> float:
    """Return how often a dose goes as far with the change when what the others leave of it is permuted.

    Parameters
    ----------
    change, dose : ndarray, (country,)
        The change of growth, and the dose.
    others : ndarray, (country, column)
        The other doses and the constant.
    permutations, seed : int
        How many permutations are drawn, and from where.

    Returns
    -------
    float
        Between ``1 / (permutations + 1)`` and 1.
    """
    rest, own = residual(change, others), residual(dose, others)
    order = generator(seed).random((permutations, len(rest))).argsort(axis=1)
    scale = float(own @ own)
    return share_as_far(rest[order] @ own / scale, float(rest @ own) / scale)
