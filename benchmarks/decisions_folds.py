"""Folds and intervals by proposal: issues of one proposal are never apart."""

from __future__ import annotations

import numpy as np

__all__ = ["FOLDS", "PARTITIONS", "bootstrap", "folds"]

FOLDS, PARTITIONS, RESAMPLES = 10, 5, 4000


def bootstrap(difference: np.ndarray, proposal: np.ndarray) -> tuple[float, float, float]:
    """Give the mean of paired differences and its 95 per cent interval, resampling whole proposals."""
    names, at = np.unique(proposal, return_inverse=True)
    total, count = np.bincount(at, difference), np.bincount(at)
    rng = np.random.default_rng(1)
    pick = rng.integers(0, len(names), (RESAMPLES, len(names)))
    means = total[pick].sum(1) / count[pick].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(difference.mean()), float(low), float(high)


def folds(proposal: np.ndarray, seed: int) -> np.ndarray:
    """Give each issue a fold; issues of one proposal share theirs."""
    names, at = np.unique(proposal, return_inverse=True)
    return (np.random.default_rng(seed).permutation(len(names)) % FOLDS)[at]
