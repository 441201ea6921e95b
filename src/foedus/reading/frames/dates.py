"""Resolve dates that a text states in part, and compare them with the day of an event."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from foedus.reading.values import Day

__all__ = ["compare_day", "resolve"]


def resolve(stated: Day, day: date, *, past: bool = True) -> Day | None:
    """Return a stated date its year.

    Parameters
    ----------
    stated : Day
        The date as it stands in the text.
    day : datetime.date
        The day of the text.
    past : bool, default True
        Whether the text speaks of the past; then a month without a year is the last one, and otherwise the
        nearest.

    Returns
    -------
    Day or None
        The date with a year, or None when it has neither year nor month.
    """
    if stated.year is not None:
        return stated
    if stated.relative is not None:
        return stated.in_year(day.year + stated.relative)
    if stated.month is None:
        return None
    candidates = [stated.in_year(day.year + shift) for shift in (-1, 0, 1)]
    near = [c for c in candidates if c.span is not None]
    if past:
        # A day or two ahead is still meant for this year: texts are written before they are dated.
        known = [c for c in near if c.span and c.span[0] <= day + timedelta(days=3)]
        return known[-1] if known else None
    return min(near, key=lambda c: abs((c.span[0] - day).days) if c.span else 10**6, default=None)


def compare_day(stated: Day, true: date) -> Literal["agrees", "differs", "no_such_day"]:
    """Whether the day of an event lies within a stated date.

    Parameters
    ----------
    stated : Day
        A date with a year.
    true : datetime.date
        The day of the event.

    Returns
    -------
    str
        "agrees", "differs", or "no_such_day" when the calendar has no such day.
    """
    span = stated.span
    if span is None:
        return "no_such_day"
    return "agrees" if span[0] <= true <= span[1] else "differs"
