"""A small valid problem, and made holdings that are marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from foedus.forces.apportion import SharingProblem
from foedus.forces.holdings import HeldCount, Holdings

CLASSES = ("tanks", "combat_aircraft", "destroyers_and_frigates")
MADE = "made for a test; no count of anything"


def problem(
    shares: Sequence[float],
    *,
    cap: float = 1.0,
    required: Sequence[float] = (1400.0, 400.0, 20.0),
    prices: Sequence[float] = (30e6, 160e6, 950e6),
    steps: Sequence[float] = (0.0, 0.0, 0.0),
    ashore: Sequence[int] = (),
) -> SharingProblem:
    """Return a problem of three classes, in which some allies hold no ships."""
    weights, number = np.array(shares, float), np.array(required, float)
    high = np.tile(cap * number, (len(weights), 1))
    for i in ashore:
        high[i, 2] = 0.0
    return SharingProblem(
        tuple(f"A{i:02d}" for i in range(len(weights))),
        CLASSES,
        weights / weights.sum(),
        number,
        np.array(prices, float),
        np.array(steps, float),
        np.zeros_like(high),
        high,
    )


def holdings(*rows: tuple[str, str, float]) -> Holdings:
    """Return holdings of one day."""
    return Holdings(tuple(HeldCount(c, name, count, date(2024, 12, 31), MADE) for c, name, count in rows))
