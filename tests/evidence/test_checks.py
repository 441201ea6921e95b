"""The named checks on an edition's figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

import workbooks as w
from foedus.evidence.checks import (
    CATEGORIES,
    LIMITS,
    check_figures,
    known_statuses,
    no_ally_missing,
    no_duplicates,
    share_is_spending_over_gdp,
    shares_add_up,
    units,
)
from foedus.evidence.figure_tables import Figure, figures_frame
from foedus.evidence.institutions import members_on
from foedus.evidence.packaged import packaged_card
from foedus.evidence.rows import FigureRows

SHARE = "defence_expenditure_share_of_gdp"
SPENDING, GDP = "defence_expenditure_current_usd", "gdp_current_usd"


def _frame(*rows: tuple[Any, ...]) -> FigureRows:
    return figures_frame(Figure(*row, "actual") if len(row) == 4 else Figure(*row) for row in rows)


def test_the_packaged_edition_passes_every_check() -> None:
    """The June 2024 edition passes every check, with three known exceptions and no others."""
    card = packaged_card("nato-2024-06")
    assert card is not None
    results = {check.name: check for check in check_figures(w.packaged(), card)}
    assert len(results) == 6
    assert [name for name, check in results.items() if not check.passed] == []
    excused = results["share_is_spending_over_gdp"].rows
    assert [(row["country"], row["year"]) for row in excused] == [("FRA", 2020), ("LTU", 2019), ("SVK", 2024)]
    assert all("printed as exactly 2 %" in row["reason"] for row in excused)
    assert results["no_ally_missing"].message == "all 32 allies are there"


def test_the_2019_edition_passes_the_checks_of_figures() -> None:
    """The June 2019 edition, rounded to eight digits, has plausible units, shares that add up and no gaps."""
    table = w.packaged("nato-2019-06")
    checks = [units(table), shares_add_up(table), share_is_spending_over_gdp(table), no_duplicates(table)]
    assert [check.name for check in checks if not check.passed] == []
    assert no_ally_missing(table, members_on(date(2019, 6, 25))).passed


def test_a_figure_that_stands_twice_is_found() -> None:
    """Two figures of one indicator, country and year fail, even when they are equal."""
    result = no_duplicates(_frame((SHARE, "POL", 2024, 0.04), (SHARE, "POL", 2024, 0.04)))
    assert (result.passed, result.severity) == (False, "error")
    assert result.message == f"{SHARE} POL 2024 stands twice"


def test_a_status_beyond_the_schema_is_found() -> None:
    """A status or a way of knowing that the schema does not have fails."""
    good = _frame((SHARE, "POL", 2024, 0.04))
    assert known_statuses(good).message == "every figure has a known status"
    for row in ((SHARE, "POL", 2024, 0.04, "guess"), (SHARE, "POL", 2024, 0.04, "actual", "heard")):
        result = known_statuses(_frame(row))
        assert result.message == f"{SHARE} POL 2024 has an unknown status"
        assert result.rows[0]["country"] == "POL"


@pytest.mark.parametrize(
    ("indicator", "value"),
    [
        (SHARE, 2.12),
        (SHARE, -0.01),
        (SHARE, float("nan")),
        ("military_personnel", 216.0e6),
        ("military_personnel", 1.7),
        ("gdp_current_usd", 3.4e2),
        ("defence_expenditure_current_usd", float("inf")),
        ("equipment_share", 25.0),
        ("gdp_real_growth", 5.3),
        ("no_such_indicator", 1.0),
    ],
)
def test_a_wrong_magnitude_is_found(indicator: str, value: float) -> None:
    """A percentage left undivided, thousands left as they are and numbers that are none fail the check."""
    result = units(_frame((indicator, "POL", 2024, value)))
    assert (result.passed, result.severity) == (False, "error")
    assert result.message.startswith(f"{indicator} POL 2024 is ")
    assert result.message.endswith("which is not a plausible magnitude for it")


def test_the_limits_are_of_catalogued_indicators() -> None:
    """Every limit leaves room between its ends."""
    assert all(low < high for low, high in LIMITS.values())
    assert units(w.packaged()).message == "all 5346 figures have a plausible magnitude"


def _categories(parts: Iterable[float], country: str = "POL") -> list[tuple[Any, ...]]:
    return [(name, country, 2024, part) for name, part in zip(CATEGORIES, parts, strict=False)]


def test_shares_are_held_to_one() -> None:
    """Four category shares sum to one within the rounding of two decimals of a per cent, or fail."""
    assert shares_add_up(_frame(*_categories([0.25, 0.25, 0.25, 0.2502]))).passed
    result = shares_add_up(
        _frame(*_categories([0.25, 0.25, 0.25, 0.2]), *_categories([0.3, 0.3, 0.3, 0.3], "USA"))
    )
    assert result.message == "the category shares of POL 2024 sum to 0.9500 instead of 1 (and 1 more)"
    assert len(result.rows) == 2


def test_three_shares_are_not_compared() -> None:
    """Where one of the four shares is not there, nothing is said of their sum."""
    result = shares_add_up(_frame(*_categories([0.25, 0.25, 0.25])))
    assert result.passed
    assert result.message == "the four category shares sum to one in all 0 cases"


def _money(cases: Iterable[tuple[str, int, float, float]]) -> FigureRows:
    rows = []
    for country, year, share, spending in cases:
        rows += [
            (SHARE, country, year, share),
            (SPENDING, country, year, spending),
            (GDP, country, year, 1e12),
        ]
    return _frame(*rows)


def test_a_share_that_is_not_spending_over_gdp_is_a_warning() -> None:
    """One share in a hundred that is not spending over GDP is the publisher's oddity, and only warned of."""
    cases = [("POL", year, 0.021234, 0.021234e12) for year in range(1901, 2000)]
    result = share_is_spending_over_gdp(_money([*cases, ("POL", 2024, 0.0205, 0.0195e12)]))
    assert (result.passed, result.severity) == (False, "warning")
    assert "in 99 of 100 cases; POL 2024 is printed as 2.050 % and computed as 1.950 %" in result.message


def test_many_wrong_shares_are_an_error() -> None:
    """When many shares are not spending over GDP the tables were misread, and the import is refused."""
    cases = [("POL", year, 0.02123, 0.0312e12) for year in range(2014, 2025)]
    assert share_is_spending_over_gdp(_money(cases)).severity == "error"


def test_current_prices_have_their_own_exceptions() -> None:
    """In current prices the Netherlands, the United States and Italy are excused in the June 2024 edition."""
    table = w.packaged().where(lambda row: "constant" not in row["indicator"])
    result = share_is_spending_over_gdp(table, edition="nato-2024-06")
    assert result.passed
    assert sorted({row["country"] for row in result.rows}) == ["FRA", "ITA", "NLD", "SVK", "USA"]
    assert len(result.rows) == 12
    assert not share_is_spending_over_gdp(table, edition="nato-2030-06").passed


def test_shares_rounded_in_print_are_compared_as_such() -> None:
    """Shares printed to two decimals of a per cent are held to that precision and not to more."""
    assert share_is_spending_over_gdp(_money([("POL", 2024, 0.0212, 0.02123e12)])).passed
    assert not share_is_spending_over_gdp(_money([("POL", 2024, 0.0212, 0.0214e12)])).passed


def test_shares_without_spending_are_not_compared() -> None:
    """A file with shares alone passes, and the message says that nothing was compared."""
    result = share_is_spending_over_gdp(_frame((SHARE, "POL", 2024, 0.04)))
    assert result.passed
    assert result.message == "spending or GDP is not in the file, so shares are not compared"


def test_a_missing_ally_is_named() -> None:
    """An ally without a figure of an indicator fails; Iceland is looked for in the table of GDP only."""
    table = _frame((SHARE, "POL", 2024, 0.04), ("gdp_current_usd", "POL", 2024, 9e11))
    result = no_ally_missing(table, ["POL", "ISL", "LVA"])
    assert result.message == f"LVA is missing from {SHARE} (and 2 more)"
    assert [(row["indicator"], row["country"]) for row in result.rows] == [
        (SHARE, "LVA"),
        ("gdp_current_usd", "ISL"),
        ("gdp_current_usd", "LVA"),
    ]
    assert no_ally_missing(table, ["POL"]).passed


def test_the_allies_are_those_of_the_cards_day() -> None:
    """An edition is held against the allies of its day: without Sweden the 2024 tables fail."""
    card = packaged_card("nato-2024-06")
    assert card is not None
    table = w.packaged().where(lambda row: row["country"] != "SWE")
    assert [check.name for check in check_figures(table, card) if not check.passed] == ["no_ally_missing"]
    older = card.model_copy(update={"members_on": date(2024, 3, 6)})
    assert all(check.passed for check in check_figures(table, older))
    assert all(check.passed for check in check_figures(table, card, members=["POL"]))
