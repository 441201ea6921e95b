"""Plain convergence of shares of GDP: the other form of what moves budgets, beside the pull of a pledge.

**Claim.** The logarithm of a share moves each year by a fraction of its distance from the mean of the
allies' logarithms, upwards and downwards alike, whatever is pledged and by when. All else is as in
:mod:`foedus.spending.budgets`, with numbers that were fitted together with the fraction.

**Sources.** Convergence in the sense of Barro and Sala-i-Martin (Journal of Political Economy, 1992). The
numbers stand in ``parameters/budgets.yaml`` and ``parameters/functions/convergence.yaml``.

**Leaves out.** Every pledge: with this form a target and a deadline change nothing but what is counted. Those
who accede later are not in the mean.
"""

from __future__ import annotations

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.elementary import log
from foedus.spending.equations import SMALLEST_SHARE

__all__ = ["convergence_gap", "mean_log_share"]


def mean_log_share(share: Array, weights: Array) -> Array:
    """Return the mean of the logarithms of shares in every draw.

    Parameters
    ----------
    share : ndarray, (draw, country)
        Shares of GDP, fractions; NaN where there is none.
    weights : ndarray, (country,)
        What each counts for; they sum to one.

    Returns
    -------
    ndarray, (draw, 1)
        In logarithms.
    """
    counted = np.flatnonzero(weights > 0.0)
    logs = log(np.maximum(share[:, counted], SMALLEST_SHARE))
    mean: Array = np.zeros((len(share), 1))
    # One by one: the sum must not depend on how a library adds up.
    for j, country in enumerate(counted):
        mean[:, 0] += weights[country] * logs[:, j]
    return mean


def convergence_gap(log_share: Array) -> Array:
    """Return how far each log share is below the mean of all, the geometric mean of the shares.

    Parameters
    ----------
    log_share : ndarray, (ally,)
        Natural logarithms of last year's shares of GDP, without gaps.

    Returns
    -------
    ndarray, (ally,)
        Below zero for those above the mean.
    """
    gap: Array = log_share.mean() - log_share
    return gap
