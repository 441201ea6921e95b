"""What the engine itself gives to every component of every chain."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Clock"]


@dataclass(frozen=True)
class Clock:
    """One year as the engine counts it.

    Attributes
    ----------
    year : float
        The calendar year.
    shock_scale : float
        What every random term has been multiplied by.
    """

    year: float
    shock_scale: float
