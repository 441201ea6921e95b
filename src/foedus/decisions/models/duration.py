"""How long a question takes: from the day it is put to the day it is decided or dropped.

**Claim.** Without a deadline the logarithm of the days is normal. A question tabled for a summit is settled
with a stated chance on its day or in the last part of the time to it, and else takes as long as one without.

**Sources.** The days from opening to decision of the 14 packaged episodes; ``parameters/decisions.yaml``. In
DEU III 116 proposals took a median of 499 days, from 79 to 2,073: legislation is slower, and not used.

**Leaves out.** What the question is about, who holds out, and that instruments take time of their own.
"""

from __future__ import annotations

import numpy as np

from foedus.decisions.models.question import SilenceParameters
from foedus.engine.arrays import Array

__all__ = ["days_taken"]


def days_taken(settled: Array, normal: Array, deadline_days: float | None, terms: SilenceParameters) -> Array:
    """Return the days that each draw takes.

    Parameters
    ----------
    settled : ndarray, (draw,)
        Uniform: whether the deadline settles it, and when.
    normal : ndarray, (draw,)
        Standard normal.
    deadline_days : float or None
        Days from the opening to the deadline, where there is one.
    terms : SilenceParameters
        Mean and deviation of the logarithm of days, the share that a deadline settles, and its last part.

    Returns
    -------
    ndarray, (draw,)
        Days, above zero.
    """
    days = np.exp(terms.duration_log_mean + terms.duration_log_deviation * normal)
    if deadline_days is None:
        return np.asarray(days)
    share, part = terms.duration_deadline_share, terms.duration_deadline_part
    within = settled / share if share > 0 else np.ones_like(settled)
    # Half of what a deadline settles is settled on its very day.
    before = np.clip(2.0 * within - 1.0, 0.0, 1.0)
    at = deadline_days * (1.0 - part * before)
    return np.where(settled < share, at, days)
