"""Every estimated parameter is recomputed from the packaged editions by the formula its source states."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.evidence import Ledger
from foedus.parameters import all_parameters
from foedus.scenario import resolve

LEDGER = Ledger.packaged()
ALLIES = LEDGER.edition("imf-weo-2026-04").figures("gdp_real_growth", year=2024).frame["country"].to_list()
MEMBERS = [c for c in LEDGER.members() if c in ALLIES]
YEARS = range(2000, 2025)


def _parameter(name: str) -> float:
    value = all_parameters()[name].value
    assert isinstance(value, float)
    return value


def _growth_deviations() -> NDArray[np.float64]:
    """Give d(i, t): growth less the mean of the five years before, of shape (country, year)."""
    first = YEARS[0] - 5
    figures = LEDGER.figures("gdp_real_growth", edition="imf-weo-2026-04")
    growth = figures.matrix(MEMBERS, range(first, YEARS[-1] + 1))
    return np.stack([growth[:, i] - growth[:, i - 5 : i].mean(axis=1) for i in range(5, growth.shape[1])], 1)


def _mean_correlation(values: NDArray[np.float64]) -> float:
    """Give the mean correlation over all pairs of rows, each over the columns that both rows have."""
    found = []
    for a, b in itertools.combinations(values, 2):
        both = ~np.isnan(a) & ~np.isnan(b)
        if both.any():
            found.append(np.corrcoef(a[both], b[both])[0, 1])
    return float(np.mean(found))


def _spread(values: NDArray[np.float64]) -> float:
    """Give 1.4826 times the median absolute deviation from the median."""
    known = values[~np.isnan(values)]
    return float(1.4826 * np.median(np.abs(known - np.median(known))))


def test_the_growth_errors_are_those_of_the_outlook() -> None:
    """Growth misses its five-year mean by 2.4 points over all 32 allies, from 1.0 (USA) to 5.8 (Türkiye)."""
    deviations = _growth_deviations()
    assert len(MEMBERS) == 32
    value = all_parameters()["economy.gdp_growth_error_sd"].value
    assert isinstance(value, dict)
    assert set(value) == {*MEMBERS, "default"}
    assert value["default"] == pytest.approx(_spread(deviations), abs=5e-5)
    for code, row in zip(MEMBERS, deviations, strict=True):
        assert value[code] == pytest.approx(_spread(row), abs=5.1e-5), code
    assert min(value, key=value.__getitem__) == "USA"
    assert max(value, key=value.__getitem__) == "TUR"


def test_growth_errors_are_shared() -> None:
    """Allies' growth errors correlate by 0.64 on average; without 2009, 2020 and 2021 by 0.26."""
    deviations = _growth_deviations()
    stated = _parameter("economy.gdp_growth_error_correlation")
    assert stated == pytest.approx(_mean_correlation(deviations), abs=5e-4)
    calm = [i for i, year in enumerate(YEARS) if year not in {2009, 2020, 2021}]
    assert _mean_correlation(deviations[:, calm]) == pytest.approx(0.26, abs=0.01)


def _steps() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give x and ds of the budgets' parameter file, of shape (country, year) for 2015 to 2024."""
    figures = LEDGER.figures("defence_expenditure_share_of_gdp", edition="nato-2025-08", year=(2014, 2024))
    shares = figures.matrix([c for c in MEMBERS if c != "ISL"], range(2014, 2025))
    left = 2024 - np.arange(2015, 2025) + 1
    return np.maximum(0.0, 0.02 - shares[:, :-1]) / left, np.diff(shares, axis=1)


def _slope(x: NDArray[np.float64], ds: NDArray[np.float64]) -> float:
    return float((x * ds).sum() / (x**2).sum())


def test_compliance_is_that_of_the_last_pledge() -> None:
    """From 2014 to 2024 allies below 2 % took 46 % of the step that a straight path to 2 % asked of them."""
    x, ds = _steps()
    assert x.shape == (31, 10)
    assert _parameter("budgets.compliance") == pytest.approx(_slope(x, ds), abs=5e-4)


def test_the_spread_of_compliance_is_a_jackknife() -> None:
    """Leaving out one ally at a time gives a standard error of 0.080, one year at a time 0.046."""
    x, ds = _steps()
    allies = np.array([_slope(np.delete(x, i, 0), np.delete(ds, i, 0)) for i in range(31)])
    years = np.array([_slope(np.delete(x, i, 1), np.delete(ds, i, 1)) for i in range(10)])
    stated = _parameter("budgets.compliance_spread")
    assert stated == pytest.approx(np.sqrt(30 / 31 * ((allies - allies.mean()) ** 2).sum()), abs=5e-4)
    assert np.sqrt(9 / 10 * ((years - years.mean()) ** 2).sum()) == pytest.approx(0.046, abs=5e-4)


def test_the_share_errors_are_what_the_path_leaves() -> None:
    """Shares miss the path by 0.24 points of GDP, correlate by 0.09, and have fat tails."""
    x, ds = _steps()
    errors = ds - _parameter("budgets.compliance") * x
    assert _parameter("budgets.defence_share_error_sd") == pytest.approx(
        np.sqrt((errors**2).mean()), abs=5e-6
    )
    stated = _parameter("budgets.defence_share_error_correlation")
    assert stated == pytest.approx(_mean_correlation(errors), abs=5e-4)
    assert ((errors - errors.mean()) ** 4).mean() / errors.var() ** 2 > 10


def test_shares_rose_faster_after_2022() -> None:
    """The mean share rose by 0.05 points a year to 2022 and by 0.22 in 2023 and 2024."""
    _, ds = _steps()
    assert 100 * ds[:, :8].mean() == pytest.approx(0.05, abs=0.01)
    assert 100 * ds[:, 8:].mean() == pytest.approx(0.22, abs=0.01)


def test_the_start_is_natos_total() -> None:
    """Share times the Outlook's GDP gives the total of NATO's own spending in 2024 within 1 %."""
    resolved = resolve("baseline", ledger=LEDGER)
    pairs = zip(resolved.gdp_constant_usd, resolved.defence_expenditure_share_of_gdp, strict=True)
    ours = float(np.nansum([gdp * share for gdp, share in pairs]))
    name = "defence_expenditure_constant_usd_2021"
    spending = LEDGER.figures(name, edition="nato-2025-08", year=2024).matrix(MEMBERS, [2024])
    assert ours == pytest.approx(float(np.nansum(spending)), rel=0.01)
