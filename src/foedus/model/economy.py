"""Economy: each ally's real GDP follows its projected path, and misses it by errors that allies share.

**Claim.** Real GDP grows by the projected rate plus a shift that the scenario believes in plus an error. The
error has an ally's own standard deviation and one correlation between all allies, and what is lost in one
year is not won back in the next.

**Sources.** The path is the IMF's World Economic Outlook, or an ally's recent average where no Outlook was
published yet (the scenario's notes say which). The two parameters are estimated in
``parameters/economy.yaml``. The one-factor form of correlated errors is the simplest that has a common part.

**Leaves out.** Deep crises (errors are normal; recorded ones have fat tails), different correlations among
neighbours, any effect of defence spending on growth, prices and exchange rates (everything is in constant
US dollars), and revisions of past GDP.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus.model.arrays import (
    ByCountry,
    ByDrawCountry,
    YearlyPerDraw,
    YearlyPerDrawCountry,
    correlated_error,
)

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    gdp_real_growth_path: ByCountry
    gdp_real_growth_shift: float
    gdp_real_growth_is_projected: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    gdp_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    gdp_growth_error_common: YearlyPerDraw
    gdp_growth_error_own: YearlyPerDrawCountry


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/economy.yaml``."""

    gdp_growth_error_sd: ByCountry
    gdp_growth_error_correlation: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    gdp_constant_usd: ByDrawCountry


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Grow GDP by one year.

    Parameters
    ----------
    now : Now
        Growth path and shift, fractions per year, and 1.0 where the year is a projection, 0.0 where the
        edition reports it as past: a past year has neither shift nor error.
    before : Before
        GDP in constant US dollars.
    shocks : Shocks
        Standard normal terms.
    parameters : Parameters
        Standard deviation and correlation of the growth error.

    Returns
    -------
    Result
        GDP in constant US dollars, never below zero.
    """
    growth = correlated_error(
        shocks.gdp_growth_error_common,
        shocks.gdp_growth_error_own,
        parameters.gdp_growth_error_sd * now.gdp_real_growth_is_projected,
        parameters.gdp_growth_error_correlation,
    )
    growth += 1.0 + now.gdp_real_growth_path + now.gdp_real_growth_shift * now.gdp_real_growth_is_projected
    np.maximum(growth, 0.0, out=growth)
    growth *= before.gdp_constant_usd
    return Result(gdp_constant_usd=growth)
