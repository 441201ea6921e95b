"""A small valid section of spending for tests, so that a new field touches one place."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.spending.section import Inputs, Resolved, Start

NAN = float("nan")
COUNTRIES = ("ESP", "ISL", "POL", "USA")


def small_section(**other: Any) -> Resolved:
    """Return the section of four countries over two years, one of them without a share."""
    values: dict[str, Any] = {
        "countries": COUNTRIES,
        "start_year": 2024,
        "participates": (True, False, True, True),
        "price_year": 2021,
        "gdp_constant_usd": (100.0, 10.0, 200.0, 1000.0),
        "defence_expenditure_share_of_gdp": (0.02, NAN, 0.035, 0.03),
        "gdp_real_growth_path": ((0.1, 0.1, 0.1, 0.1), (0.0, 0.0, 0.0, 0.0)),
        "growth_projected_from": 2026,
        "growth_shift": 0.05,
        "pledge_target": 0.035,
        "pledge_targets": (0.021, 0.035, 0.035, 0.035),
        "pledge_from": 2025,
        "pledge_deadline": 2035,
        "announced": (((NAN,) * 4, (NAN,) * 4),) * 2,
        "threat_until": None,
        "start_is_estimate": (False,) * 4,
        "equipment_share": (0.2,) * 4,
        "infrastructure_share": (0.04,) * 4,
        "other_share": (0.26,) * 4,
    }
    return Resolved(**{**values, **other})


def small_inputs(countries: int, **other: Any) -> Inputs:
    """Return one year's inputs in which nothing grows, nothing is announced and no threat is raised."""
    values: dict[str, Any] = {
        "gdp_real_growth_path": np.zeros(countries),
        "gdp_real_growth_shift": 0.0,
        "gdp_real_growth_is_projected": 1.0,
        "gdp_real_growth_years_ahead": 1.0,
        "gdp_outlook_is_of_october": 0.0,
        "pledge_target_share_of_gdp": np.zeros(countries),
        "pledge_is_active": 1.0,
        "pledge_deadline": 2035.0,
        "pledge_floor_share_of_gdp": 0.0,
        "announced_share_of_gdp": np.full(countries, NAN),
        "announced_year": np.full(countries, NAN),
        "announced_goal_share_of_gdp": np.full(countries, NAN),
        "threat_is_raised": 0.0,
        "printed_share_of_gdp": np.full(countries, NAN),
        "start_is_estimate": np.zeros(countries),
        "share_convergence_weight": np.zeros(countries),
    }
    return Inputs(**{**values, **other})


def small_start(share: Any, gdp: Any, parts: tuple[float, float, float] = (0.2, 0.04, 0.26)) -> Start:
    """Return a start of given shares of GDP and GDP; a country without a share has no parts of spending."""
    shares, output = np.array(share, dtype=float), np.array(gdp, dtype=float)
    whole = np.where(np.isnan(shares), np.nan, 1.0)
    return Start(output, shares, shares * output, np.zeros(1), *(p * whole for p in parts))
