"""The four parts of spending: each returns to its long-run share of spending and moves with its growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array

if TYPE_CHECKING:
    from foedus.spending.budgets import Before, Parameters

__all__ = ["moved_parts"]


def _moved(last: Array, ratio: Array, scratch: Array, numbers: tuple[float, float, float]) -> Array:
    """Move one part's share of spending: back to its long-run value, and with the growth of spending."""
    long_run, back, effect = numbers
    part: Array = last * (1.0 - back)
    np.multiply(ratio, effect, out=scratch)
    scratch += back * long_run - effect
    part = np.add(part, scratch, out=part if part.shape == scratch.shape else None)
    np.maximum(part, 0.0, out=part)
    return part


def moved_parts(growth: Array, before: Before, p: Parameters) -> dict[str, Array]:
    """Split spending into four parts that add up to one; personnel is what the others leave.

    Parameters
    ----------
    growth : ndarray, (draw, country)
        Spending over last year's.
    before : Before
        Last year's parts.
    p : Parameters
        Long-run value, return and effect of growth of each part.

    Returns
    -------
    dict of str to ndarray, (draw, country)
        Fractions of spending, by part.
    """
    scratch = np.empty_like(growth)
    numbers = (p.equipment_long_run, p.equipment_return, p.equipment_growth_effect)
    equipment = _moved(before.equipment_share, growth, scratch, numbers)
    numbers = (p.infrastructure_long_run, p.infrastructure_return, p.infrastructure_growth_effect)
    infrastructure = _moved(before.infrastructure_share, growth, scratch, numbers)
    numbers = (p.other_long_run, p.other_return, p.other_growth_effect)
    other = _moved(before.other_share, growth, scratch, numbers)
    personnel = np.subtract(1.0, equipment, out=scratch)
    personnel -= infrastructure
    personnel -= other
    if (personnel < 0.0).any():
        total = np.maximum(equipment + infrastructure + other, 1.0)
        equipment, infrastructure, other = equipment / total, infrastructure / total, other / total
        personnel = np.maximum(personnel, 0.0)
    return {
        "equipment_share": equipment,
        "personnel_share": personnel,
        "infrastructure_share": infrastructure,
        "other_share": other,
    }
