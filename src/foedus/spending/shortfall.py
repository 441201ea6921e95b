"""Shortfall: what the goal in force asks for in money, and what is missing to it.

**Claim.** The goal times GDP is what is asked for; what is spent above it by one ally makes up for no other.

**Sources.** The definition of the pledges of 2014 and 2025: each ally's own share of its own GDP.

**Leaves out.** The 1.5 % for wider security, and what money buys.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import ByDrawCountry
from foedus.engine.workspace import Workspace

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    gdp_constant_usd: ByDrawCountry
    agreed_target_share_of_gdp: ByDrawCountry
    defence_expenditure_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class Before:
    """It reads nothing of last year."""


@dataclass(frozen=True)
class Shocks:
    """No random terms."""


@dataclass(frozen=True)
class Parameters:
    """It has none."""


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    pledge_required_constant_usd: ByDrawCountry
    pledge_gap_constant_usd: ByDrawCountry


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Return what the goal asks for and what is missing to it.

    Parameters
    ----------
    now : Now
        GDP, the goal in force, a fraction of GDP, and spending.
    before, shocks, parameters : Before, Shocks, Parameters
        None.
    workspace : Workspace, optional
        Where the results are written; without it, into new arrays.

    Returns
    -------
    Result
        Constant US dollars, (draw, country).
    """
    del before, shocks, parameters
    work, gdp = workspace or Workspace(), now.gdp_constant_usd
    required, gap = work.array("shortfall", (2, *gdp.shape))
    np.multiply(now.agreed_target_share_of_gdp, gdp, out=required)
    # The same as spending_gap, from what is at hand.
    np.subtract(required, now.defence_expenditure_constant_usd, out=gap)
    np.maximum(gap, 0.0, out=gap)
    return Result(required, gap)
