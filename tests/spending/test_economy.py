"""The numbers of the economy are those of fourteen Outlooks, and the page that explains them prints them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from foedus.evidence import Ledger
from foedus.scenario.chain import all_parameters
from foedus.spending.economy import Before, Now, Parameters, Shocks, step

LEDGER = Ledger.packaged()
PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "economy-and-budgets.md"
GROWTH = "gdp_real_growth"
ALLIES = [c for c in LEDGER.members() if c != "ISL"]
NEWEST = "imf-weo-2026-04"
PANDEMIC = (2020, 2021)


@cache
def _errors(month: str, ahead: int, *, ordinary: bool = True) -> NDArray[np.float64]:
    """Return outcome less forecast in points, of every Outlook of a month so many years ahead."""
    errors = []
    for name, card in LEDGER.editions.items():
        year = card.published.year + ahead
        is_asked = name.startswith("imf-weo-") and name.endswith(month) and name != NEWEST
        if not is_asked or year > 2025 or not card.covers(GROWTH, year):
            continue
        if ordinary and year in PANDEMIC:
            continue
        said, came = (LEDGER.figures(GROWTH, edition=e).matrix(ALLIES, [year])[:, 0] for e in (name, NEWEST))
        errors.append(100.0 * (came - said))
    found: NDArray[np.float64] = np.concatenate(errors)
    return found[np.isfinite(found)]


def test_fourteen_outlooks_are_judged() -> None:
    """Of fourteen Outlooks, seven of April and seven of October, every first year is judged."""
    assert len(_errors("-04", 0, ordinary=False)) == len(_errors("-10", 0, ordinary=False)) == 7 * 31


@pytest.mark.parametrize(("month", "name"), [("-04", "April"), ("-10", "October")])
@pytest.mark.parametrize("kind", ["mean absolute error", "mean"])
def test_the_page_prints_what_the_outlooks_missed(month: str, name: str, kind: str) -> None:
    """The table of errors by years ahead is that of the packaged Outlooks."""
    (row,) = re.findall(rf"^\| {name}, {kind} \| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    printed = [float(cell) for cell in row.split(" | ")]
    errors = [_errors(month, ahead) for ahead in range(6)]
    values = [float((np.abs(e) if kind != "mean" else e).mean()) for e in errors]
    assert printed == pytest.approx(values, abs=5.1e-3)


def test_one_year_ahead_with_the_pandemic() -> None:
    """With 2020 and 2021 the mean absolute error one year ahead is 2.45 (April) and 2.35 (October)."""
    sizes = [np.abs(_errors(month, 1, ordinary=False)).mean() for month in ("-04", "-10")]
    assert sizes == pytest.approx([2.45, 2.35], abs=5.1e-3)


@pytest.mark.parametrize(("month", "suffix"), [("-04", ""), ("-10", "_october")])
def test_the_first_year_is_as_much_surer(month: str, suffix: str) -> None:
    """The first year's ratio is the mean absolute error of that year over that of the year after."""
    stated = all_parameters()[f"economy.gdp_growth_error_first_year_ratio{suffix}"]
    ratio = np.abs(_errors(month, 0)).mean() / np.abs(_errors(month, 1)).mean()
    assert stated.value == pytest.approx(ratio, abs=0.01)
    assert stated.grade == "estimated"


def test_forecasts_are_half_a_point_too_high() -> None:
    """From the second projected year on outcomes were lower than forecasts by half a point a year."""
    stated = all_parameters()["economy.gdp_growth_bias"]
    every = np.concatenate([_errors(month, ahead) for month in ("-04", "-10") for ahead in range(1, 6)])
    assert stated.value == pytest.approx(-every.mean() / 100.0, abs=5e-4)
    assert (stated.grade, tuple(stated.range)) == ("estimated", (0.0, 0.01))


shifts = st.floats(-0.05, 0.05)


@given(shifts, shifts, st.integers(1, 3), st.booleans(), st.floats(-3.0, 3.0))
def test_a_shift_moves_its_own_country_alone(
    one: float, other: float, ahead: int, of_october: bool, term: float
) -> None:
    """A shift adds to its own country's growth and to no other's, whatever else happens."""
    table = np.array([[0.01, -0.02, 0.03], [0.0, 0.02, -0.01]])
    parameters = Parameters(table, 0.7, 0.55, 0.005)
    before = Before(np.array([[100.0, 200.0]]))
    path = np.array([0.02, 0.01])

    def grown(shift: list[float]) -> NDArray[np.float64]:
        now = Now(path, np.array(shift), 1.0, float(ahead), float(of_october), 1.0)
        gdp: NDArray[np.float64] = step(now, before, Shocks(np.array([[term]])), parameters).gdp_constant_usd
        return gdp

    moved, plain = grown([one, other]), grown([0.0, 0.0])
    np.testing.assert_allclose(moved - plain, np.array([[100.0 * one, 200.0 * other]]), atol=1e-9)


@pytest.mark.parametrize(("of_october", "ratio"), [(0.0, 0.7), (1.0, 0.55)])
def test_only_the_first_year_is_narrowed(of_october: float, ratio: float) -> None:
    """Errors are narrowed by the month's ratio in the first projected year, and whole with a bias after."""
    table = np.array([[0.04]])
    for ahead, scale, bias in ((1.0, ratio, 0.0), (2.0, 1.0, 0.005)):
        now = Now(np.array([0.02]), np.zeros(1), 1.0, ahead, of_october, 1.0)
        result = step(
            now, Before(np.array([[1.0]])), Shocks(np.zeros((1, 1))), Parameters(table, 0.7, 0.55, 0.005)
        )
        assert result.gdp_growth_surprise[0, 0] == pytest.approx(0.04 * scale)
        assert result.gdp_constant_usd[0, 0] == pytest.approx(1.02 + 0.04 * scale - bias)
