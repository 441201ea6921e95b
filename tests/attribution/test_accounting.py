"""The accounting of the rise: exact, on one set of allies, and additive for any two years."""

from __future__ import annotations

import math

import pytest

from foedus.attribution.accounting import accounting
from foedus.attribution.accounting_rows import Accounting
from foedus.attribution.periods import Period, budget_periods, read_period
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger

EDITION = "nato-2024-06"


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """The packaged editions."""
    return Ledger.packaged()


@pytest.fixture(scope="module")
def decade(ledger: Ledger) -> Accounting:
    """The decade of the pledge of Wales by the edition of June 2024."""
    return accounting(ledger.edition(EDITION), 2014, 2024)


def test_growth_on_one_set_of_allies_is_that_of_the_study(decade: Accounting) -> None:
    """The 30 allies beside the United States that have forces grew by these rates from 2015 to 2024."""
    assert len(decade.allies) == 30
    assert [round(100 * y.growth, 2) for y in decade.years] == [
        *(1.56, 2.85, 5.72, 4.19, 3.75, 4.61, 3.08, 3.95, 8.02, 14.89)
    ]


def test_the_rise_is_50_7_log_points_of_which_35_2_are_the_share(decade: Accounting) -> None:
    """Spending rose by 50.7 log points, 15.5 of GDP, 35.2 of the share; periods hold 20, 30, 8, 43 %."""
    assert [round(x, 1) for x in (decade.spending, decade.gdp, decade.share)] == [50.7, 15.5, 35.2]
    assert [round(p.spending, 1) for p in decade.periods] == [9.9, 15.3, 3.9, 21.6]
    assert [round(100 * p.part) for p in decade.periods] == [20, 30, 8, 43]


def test_a_part_of_the_published_growth_is_a_change_of_members(decade: Accounting) -> None:
    """3.1 points of 2024's 17.95 are Sweden's entry, 1.4 of 2023's 9.26 are Finland's."""
    by_year = {y.year: y for y in decade.years}
    published = [round(100 * (by_year[y].published or 0.0), 2) for y in (2023, 2024)]
    same = [round(100 * (by_year[y].published_same_members or 0.0), 2) for y in (2023, 2024)]
    assert (published, same) == ([9.26, 17.95], [7.86, 14.89])
    assert [by_year[y].joined for y in (2023, 2024)] == [("FIN",), ("SWE",)]
    assert [round(100 * (by_year[y].change_of_members or 0.0), 1) for y in (2023, 2024)] == [1.4, 3.1]
    assert by_year[2022].change_of_members is None


def test_the_two_suppositions_are_30_and_4_per_cent_and_no_bound(decade: Accounting) -> None:
    """Stood still 2018–21 would owe 30 % of the rise; carried on as in 2015–17 it would owe 4 %."""
    assert [(w.name, round(100 * w.part), round(w.log_points, 1)) for w in decade.what_ifs] == [
        ("stood still", 30, 15.3),
        ("carried on", 4, 2.1),
    ]


@pytest.mark.parametrize("span", [(2014, 2015), (2016, 2023), (2019, 2024), (2014, 2026), (2021, 2022)])
def test_the_accounting_adds_up_for_any_two_years(ledger: Ledger, span: tuple[int, int]) -> None:
    """Periods, years and allies each add up to the rise, and spending is GDP and share."""
    result = accounting(ledger.edition("nato-2026-07"), *span)
    assert math.isclose(result.spending, result.gdp + result.share, abs_tol=1e-9)
    for parts in (
        [p.spending for p in result.periods],
        [y.spending for y in result.years],
        [row.contribution for row in result.rows],
    ):
        assert math.isclose(math.fsum(parts), result.spending, abs_tol=1e-9)
    assert math.isclose(math.fsum(p.part for p in result.periods), 1.0, abs_tol=1e-12)
    assert all(math.isclose(r.spending, r.gdp + r.share, abs_tol=1e-9) for r in result.rows)


def test_an_edition_without_gdp_implies_it(ledger: Ledger) -> None:
    """The edition of August 2025 prints no GDP: spending over the printed share stands in, and it is said."""
    result = accounting(ledger.edition("nato-2025-08"), 2014, 2024)
    assert result.implied_gdp
    assert abs(result.gdp - accounting(ledger.edition("nato-2026-07"), 2014, 2024).gdp) < 3.0


def test_periods_hold_every_year_once() -> None:
    """Between any two years the budget periods leave no gap and do not overlap."""
    for first in range(2010, 2026):
        for last in range(first + 1, 2030):
            years = [year for period in budget_periods(first, last) for year in period.range()]
            assert years == list(range(first + 1, last + 1))


def test_years_and_periods_that_cannot_be_are_refused(ledger: Ledger) -> None:
    """Years upside down or outside every edition, and a period upside down, say what to write instead."""
    with pytest.raises(InputError, match="not after"):
        accounting(ledger, 2024, 2014)
    with pytest.raises(NoDataError, match="2014 to 2026"):
        accounting(ledger, 2014, 2031)
    with pytest.raises(NoDataError, match="does not hold spending"):
        accounting(ledger.edition("nato-2022-06"), 2014, 2022)
    with pytest.raises(InputError, match="upside down"):
        read_period("2021-18")
    with pytest.raises(InputError, match="not a period"):
        read_period("Trump")
    assert read_period("2018–2021") == read_period("2018-21") == Period(2018, 2021)
