"""Economy: real GDP follows its projected path, and misses it by errors of whole past years.

**Claim.** Real GDP grows by the projected rate, less a bias from the second projected year on, plus a shift
that the scenario believes in, plus an error. Every year a draw picks one past year, and every ally misses its
path by the error it had in that year, so that 2009, 2020 and 2022 stay shocks to all at once. What is lost in
one year is not won back in the next.

**Sources.** The form, a point forecast with the empirical errors of the past around it, is that of Becker,
Krueger and Schienle (Annals of Applied Statistics 19(4), 2025); that forecasts of growth two to five years
ahead are too high on average is the finding of Celasun, Lee, Mrkaic and Timmermann (IMF WP/21/216). The
numbers stand in ``parameters/economy.yaml``.

The errors are those of a recent average as the forecast, narrowed in the first year of an Outlook by what
fourteen Outlooks of 2019 to 2025 missed. Their own errors by years ahead, tried in the place of the table,
forecast no better: see ``benchmarks/outlook_errors.py`` and the explanation of the economy.

**Leaves out.** Chains of bad years (years are picked independently), any effect of defence spending on
growth, prices and exchange rates (everything is in constant US dollars), and revisions of past GDP.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array, ByCountry, ByCountryTable, ByDrawCountry, YearlyPerDraw, normal_cdf
from foedus.engine.workspace import Workspace

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "picked_rows", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    gdp_real_growth_path: ByCountry
    gdp_real_growth_shift: ByCountry
    gdp_real_growth_is_projected: float
    gdp_real_growth_years_ahead: float
    gdp_outlook_is_of_october: float
    shock_scale: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    gdp_constant_usd: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    gdp_growth_error_pick: YearlyPerDraw


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/economy.yaml``."""

    gdp_growth_error: ByCountryTable
    gdp_growth_error_first_year_ratio: float
    gdp_growth_error_first_year_ratio_october: float
    gdp_growth_bias: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    gdp_constant_usd: ByDrawCountry
    gdp_growth_surprise: ByDrawCountry


def picked_rows(pick: Array, rows: int) -> NDArray[np.intp]:
    """Turn standard normal terms into row numbers that are equally likely.

    Parameters
    ----------
    pick : ndarray, (draw, 1)
        Standard normal terms.
    rows : int
        How many rows there are.

    Returns
    -------
    ndarray of int, (draw,)
        Row numbers from 0 to ``rows - 1``.
    """
    picked: NDArray[np.intp] = np.minimum((normal_cdf(pick[:, 0]) * rows).astype(np.intp), rows - 1)
    return picked


def _tables(scale: float, path: Array, parameters: Parameters) -> tuple[Array, Array]:
    """Return by how much growth misses its path, and the factor of GDP, both (past year, country)."""
    error = np.ascontiguousarray(parameters.gdp_growth_error.T * scale)
    return error, np.maximum(error + (1.0 + path), 0.0)


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Grow GDP by one year.

    Parameters
    ----------
    now : Now
        Growth path and shift, fractions per year; 1.0 where the year is a projection, 0.0 where the edition
        reports it as past; how many years ahead the projection is; 1.0 where it is that of an Outlook of
        October; and what multiplies every random term.
    before : Before
        GDP in constant US dollars.
    shocks : Shocks
        The standard normal term that picks a past year; it arrives multiplied by the shock scale.
    parameters : Parameters
        Errors of growth by country and past year, how much smaller they are in the first projected year of an
        Outlook of April and of October, and the bias from the second on.
    workspace : Workspace, optional
        Where the results are written; without it, into new arrays.

    Returns
    -------
    Result
        GDP in constant US dollars, never below zero, and by how much growth missed its path.
    """
    scale = now.shock_scale * now.gdp_real_growth_is_projected
    path = now.gdp_real_growth_path + now.gdp_real_growth_shift * now.gdp_real_growth_is_projected
    if now.gdp_real_growth_years_ahead >= 2.0:
        path = path - parameters.gdp_growth_bias
    else:
        of_october = now.gdp_outlook_is_of_october > 0.0
        scale *= (
            parameters.gdp_growth_error_first_year_ratio_october
            if of_october
            else parameters.gdp_growth_error_first_year_ratio
        )
    work, shape = workspace or Workspace(), (len(shocks.gdp_growth_error_pick), len(path))
    surprise, gdp = work.array("surprise", shape), work.array("gdp", shape)
    if scale > 0.0:
        # Each past year's growth is worked out once, and then picked as its error is.
        error, growth = work.once("economy", lambda: _tables(scale, path, parameters))
        rows = picked_rows(shocks.gdp_growth_error_pick / now.shock_scale, len(error))
        # Rows are in range; with a mode that says so, nothing is copied in between.
        np.take(error, rows, axis=0, out=surprise, mode="clip")
        np.take(growth, rows, axis=0, out=gdp, mode="clip")
    else:
        surprise.fill(0.0)
        gdp[...] = np.maximum(1.0 + path, 0.0)
    gdp *= before.gdp_constant_usd
    return Result(gdp_constant_usd=gdp, gdp_growth_surprise=surprise)
