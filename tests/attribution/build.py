"""A panel of shares and GDP that no publisher made, with effects that are known."""

from __future__ import annotations

from functools import cache

import numpy as np

from foedus.attribution.panel import FIRST_YEAR, GrowthPanel, panel_of
from foedus.attribution.periods import ALLIES_OF_2009, BORDER, ENTRANTS, NEVER_ALLIED, OTHERS, PACIFIC

__all__ = ["LAST_YEAR", "WORLD", "simulated_panel"]

LAST_YEAR = 2025
WORLD = (
    "BRA",
    "CHL",
    "IDN",
    "IND",
    "KEN",
    "MAR",
    "MEX",
    "MYS",
    "PER",
    "PHL",
    "SEN",
    "THA",
    "TUN",
    "ZAF",
    "LKA",
)
COUNTRIES = (*ALLIES_OF_2009, *NEVER_ALLIED, *PACIFIC, *ENTRANTS, *WORLD)


@cache
def simulated_panel(effect: float = 0.0, *, first: int = 2022, spread: float = 4.0) -> GrowthPanel:
    """Return a panel in which allies off the border grow by so many points a year more from a year on.

    Growth is a shock of the year that all share, and one of each country; the effect is laid on the share.
    """
    random = np.random.default_rng(3)
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    common = random.normal(0.0, 2.0, len(years))
    shares, gdp = {}, {}
    for code in COUNTRIES:
        level, product = np.log(random.uniform(0.008, 0.022)), 0.0
        for i, year in enumerate(years):
            gained = effect * (code in (*OTHERS, *BORDER)) * (year >= first)
            level += (common[i] + random.normal(0.0, spread) + gained) / 100.0
            product += 0.02
            shares[code, year], gdp[code, year] = float(np.exp(level)), float(np.exp(product))
    return panel_of(shares, gdp, {})
