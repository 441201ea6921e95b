"""Parts: what a budget is spent on.

**Claim.** Spending is split into equipment, personnel, infrastructure and other. Each of the shares but
personnel's returns to its long-run value, and moves with the growth of spending; personnel is what they
leave.

**Sources.** Partial adjustment to the long run, as for the whole in :mod:`foedus.spending.budgets`; the
numbers stand in ``parameters/budgets.yaml``.

**Leaves out.** A random error of the parts, any effect of the goal of 20 % for equipment, and of one ally's
parts on another's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByDrawCountry
from foedus.engine.workspace import Workspace

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    defence_expenditure_constant_usd: ByDrawCountry
    defence_share_revision_factor: ByDrawCountry


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_constant_usd: ByDrawCountry
    equipment_share: ByDrawCountry
    infrastructure_share: ByDrawCountry
    other_share: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """No random terms."""


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/budgets.yaml``."""

    equipment_long_run: float
    equipment_return: float
    equipment_growth_effect: float
    infrastructure_long_run: float
    infrastructure_return: float
    infrastructure_growth_effect: float
    other_long_run: float
    other_return: float
    other_growth_effect: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    equipment_share: ByDrawCountry
    personnel_share: ByDrawCountry
    infrastructure_share: ByDrawCountry
    other_share: ByDrawCountry


def _moved(last: Array, growth: Array, numbers: tuple[float, float, float], part: Array, term: Array) -> None:
    """Write a part's share of spending into `part`: back to its long-run value, and with growth."""
    long_run, back, effect = numbers
    np.multiply(last, 1.0 - back, out=part)
    np.multiply(growth, effect, out=term)
    term += back * long_run - effect
    part += term
    np.maximum(part, 0.0, out=part)


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Split every budget into four parts that add up to one.

    Parameters
    ----------
    now : Now
        Spending in constant US dollars, and by what the start's spending was revised.
    before : Before
        Last year's spending and parts.
    shocks : Shocks
        None.
    parameters : Parameters
        Long-run value, return and effect of growth of each part.
    workspace : Workspace, optional
        Where the results are written; without it, into new arrays.

    Returns
    -------
    Result
        Fractions of spending.
    """
    del shocks
    p, work, spending = parameters, workspace or Workspace(), now.defence_expenditure_constant_usd
    growth, term, equipment, infrastructure, other = work.array("parts", (5, *spending.shape))
    paid = before.defence_expenditure_constant_usd * now.defence_share_revision_factor
    np.divide(spending, np.maximum(paid, 1.0), out=growth)
    numbers = (p.equipment_long_run, p.equipment_return, p.equipment_growth_effect)
    _moved(before.equipment_share, growth, numbers, equipment, term)
    numbers = (p.infrastructure_long_run, p.infrastructure_return, p.infrastructure_growth_effect)
    _moved(before.infrastructure_share, growth, numbers, infrastructure, term)
    numbers = (p.other_long_run, p.other_return, p.other_growth_effect)
    _moved(before.other_share, growth, numbers, other, term)
    personnel = np.subtract(1.0, equipment, out=term)
    personnel -= infrastructure
    personnel -= other
    if (personnel < 0.0).any():
        # Parts that come to more than the whole are scaled to it, and leave nothing to personnel.
        whole = np.maximum(equipment + infrastructure + other, 1.0)
        for part in (equipment, infrastructure, other):
            part /= whole
        np.maximum(personnel, 0.0, out=personnel)
    return Result(equipment, personnel, infrastructure, other)
