"""Plans: how many persons a requirement asks for by a day, and how many of them are ready by then.

**Claim.** A requirement asks for persons in tiers: so many within 10, 30 and 180 days. Of those that it asks
for as many are ready as there are: persons ready in Europe, up to what is asked. Ready is not arrived.

**Sources.** The requirement's own persons, or those of its brigades; its own days, or else the proportions of
the tiers of NATO's Force Model of 2022.

**Leaves out.** What else persons that are ready are needed for, and whether they are those that a plan names.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array, ByDraw

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    plan_asks_in_10_days: float
    plan_asks_in_30_days: float
    plan_asks_in_180_days: float
    persons_ready_in_10_days: ByDraw
    persons_ready_in_30_days: ByDraw
    persons_ready_in_180_days: ByDraw


@dataclass(frozen=True)
class Before:
    """It reads nothing of last year."""


@dataclass(frozen=True)
class Shocks:
    """It has none."""


@dataclass(frozen=True)
class Parameters:
    """It has none: what is asked comes with the scenario."""


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    plan_persons_required_in_10_days: ByDraw
    plan_persons_required_in_30_days: ByDraw
    plan_persons_required_in_180_days: ByDraw
    plan_persons_ready_in_10_days: ByDraw
    plan_persons_ready_in_30_days: ByDraw
    plan_persons_ready_in_180_days: ByDraw


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Return the persons that are ready held against those that are asked for.

    Parameters
    ----------
    now : Now
        Persons asked for, and ready, within 10, 30 and 180 days.
    before, shocks, parameters : Before, Shocks, Parameters
        Empty.

    Returns
    -------
    Result
        Persons by draw, (draw, 1): what is asked for, and what of it is ready.
    """
    del before, shocks, parameters
    asked = (now.plan_asks_in_10_days, now.plan_asks_in_30_days, now.plan_asks_in_180_days)
    existing = (now.persons_ready_in_10_days, now.persons_ready_in_30_days, now.persons_ready_in_180_days)
    required = [np.full_like(persons, number) for persons, number in zip(existing, asked, strict=True)]
    ready: list[Array] = [np.minimum(p, r) for p, r in zip(existing, required, strict=True)]
    return Result(*required, *ready)
