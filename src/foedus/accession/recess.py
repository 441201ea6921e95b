"""Parliaments in recess: how many of the days since a signature count as working days.

One calendar stands for all parliaments: August, and three weeks around the turn of the year. How much of a
working day a day in recess is, is estimated.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["recess_days", "working_days"]


def _in_recess(day: date) -> bool:
    """Whether most parliaments are in recess: August, and three weeks around the turn of the year."""
    return day.month == 8 or (day.month == 12 and day.day >= 21) or (day.month == 1 and day.day <= 7)


@cache
def recess_days(signed: date, last: int) -> Array:
    """Count the days in recess since the signature.

    Parameters
    ----------
    signed : datetime.date
        The day of the signature.
    last : int
        The last day counted, days after it.

    Returns
    -------
    ndarray, (last + 1,)
        Days in recess up to each day; zero on the day of the signature.
    """
    flags = [_in_recess(signed + timedelta(days=i + 1)) for i in range(last)]
    counted: Array = np.concatenate([[0.0], np.cumsum(np.asarray(flags, dtype=np.float64))])
    counted.setflags(write=False)
    return counted


def working_days(days: Array, recess: Array, tempo: float) -> Array:
    """Count the working days since the signature, those in recess for less.

    Parameters
    ----------
    days : ndarray
        Days since the signature.
    recess : ndarray
        How many of them lie in recess.
    tempo : float
        How much of a working day a day in recess is, 0 to 1.

    Returns
    -------
    ndarray
        ``days - (1 - tempo) * recess``.
    """
    counted: Array = np.maximum(days - (1.0 - tempo) * recess, 1e-9)
    return counted
