"""NATO's tables of August 2025 and July 2026, whole: what they print adds up, and others read the same."""

from datetime import date

import numpy as np
import pytest

from foedus.evidence import Ledger
from foedus.evidence.checks import check_figures
from foedus.evidence.institutions import members_on
from foedus.evidence.rows import FigureRows

LEDGER = Ledger.packaged()
SHARE = "defence_expenditure_share_of_gdp"
CONSTANT = "defence_expenditure_constant_usd_2021"
CURRENT = "defence_expenditure_current_usd"
YEARS = range(2014, 2027)


def _table(edition: str) -> FigureRows:
    return LEDGER.table(edition)


def _allies(year: int) -> list[str]:
    """Return the allies that the printed totals of a year count: members of most of it, with forces."""
    entered = {"MNE": 2017, "MKD": 2020, "FIN": 2023, "SWE": 2024}
    return [c for c in members_on(date(2026, 7, 10)) if c != "ISL" and entered.get(c, 0) <= year]


def _sum(indicator: str, year: int) -> float:
    figures = LEDGER.figures(indicator, edition="nato-2026-07", country=_allies(year), year=year)
    return float(sum(figures.frame["value"]))


def _value(indicator: str, country: str, year: int, edition: str = "nato-2026-07") -> float:
    value = LEDGER.figures(indicator, edition=edition, country=[country], year=year).value(country, year)
    assert value is not None
    return value


def test_the_tables_are_whole() -> None:
    """July 2026 has 6,273 figures of fifteen indicators; August 2025 has 3,431, and two press points."""
    july, august = _table("nato-2026-07"), _table("nato-2025-08")
    assert (len(july), len(set(july["indicator"]))) == (6273, 15)
    quoted = august.where(known="press")
    assert len(august) - len(quoted) == 3431
    assert quoted.select("indicator", "country").rows == ((CURRENT, "NATO_EUR_CAN"), (CURRENT, "USA"))
    for edition, last in (("nato-2026-07", 2026), ("nato-2025-08", 2025)):
        assert LEDGER.editions[edition].complete[SHARE] == (2014, last)


@pytest.mark.parametrize("edition", ["nato-2025-08", "nato-2026-07"])
def test_the_checks_of_an_import_pass(edition: str) -> None:
    """The checks that an imported workbook must pass hold for the tables, without error or warning."""
    figures = _table(edition).where(lambda row: row["known"] != "press")
    checks = check_figures(
        figures, LEDGER.editions[edition], members=_allies(2025)
    )  # no Iceland in the copies
    assert [check.message for check in checks if not check.passed] == []


@pytest.mark.parametrize("indicator", [CONSTANT, CURRENT])
@pytest.mark.parametrize("year", YEARS)
def test_the_allies_add_up_to_the_printed_totals(indicator: str, year: int) -> None:
    """The spending of the members of a year adds up to both printed totals within 3 million dollars."""
    whole = _sum(indicator, year)
    assert whole == pytest.approx(_value(indicator, "NATO", year), abs=3e6)
    part = whole - _value(indicator, "USA", year)
    assert part == pytest.approx(_value(indicator, "NATO_EUR_CAN", year), abs=3e6)


@pytest.mark.parametrize("year", YEARS)
def test_the_printed_totals_of_gdp_hold_iceland(year: int) -> None:
    """GDP of the members falls short of the printed total by one small economy, which is Iceland's."""
    missing = _value("gdp_constant_usd_2021", "NATO", year) - _sum("gdp_constant_usd_2021", year)
    assert 19e9 < missing < 33e9
    if year <= 2021:
        short = _value("gdp_current_usd", "NATO", year) - _sum("gdp_current_usd", year)
        iceland = LEDGER.figures("gdp_current_usd", country=["ISL"], year=year).value("ISL", year)
        assert short == pytest.approx(iceland, rel=0.02)


@pytest.mark.parametrize(
    ("year", "total", "us_part"),
    [(2024, 479.9, 0.639), (2025, 571.2, 0.593), (2026, 633.9, 0.573)],
)
def test_published_aggregates(year: int, total: float, us_part: float) -> None:
    """Europe and Canada spend 479.9, 571.2 and 633.9 bn 2021 USD in 2024 to 2026; the US part falls."""
    assert _value(CONSTANT, "NATO_EUR_CAN", year) / 1e9 == pytest.approx(total, abs=0.05)
    assert _value(CONSTANT, "USA", year) / _value(CONSTANT, "NATO", year) == pytest.approx(us_part, abs=5e-4)


def _count(edition: str, year: int, threshold: float) -> int:
    shares = LEDGER.figures(SHARE, edition=edition, year=year, country=_allies(year)).frame["value"]
    return int((np.round(shares, 4) >= threshold).sum())


@pytest.mark.parametrize(
    ("edition", "year", "threshold", "count"),
    [
        ("nato-2025-08", 2024, 0.02, 18),
        ("nato-2026-07", 2024, 0.02, 17),
        ("nato-2025-08", 2025, 0.02, 30),
        ("nato-2026-07", 2025, 0.02, 28),
        ("nato-2026-07", 2026, 0.02, 30),
        ("nato-2025-08", 2025, 0.035, 3),
        ("nato-2026-07", 2024, 0.035, 1),
        ("nato-2026-07", 2025, 0.035, 4),
        ("nato-2026-07", 2026, 0.035, 5),
        ("nato-2026-07", 2014, 0.02, 3),
    ],
)
def test_published_counts(edition: str, year: int, threshold: float, count: int) -> None:
    """The counts of allies at 2 and 3.5 % are those that were published for the edition."""
    assert _count(edition, year, threshold) == count


def test_what_is_blank_in_print_is_blank() -> None:
    """Germany is blank for 2025 in August 2025, and nowhere in July 2026."""
    countries = LEDGER.figures(SHARE, edition="nato-2025-08", year=2025).frame["country"]
    assert set(_allies(2025)) - set(countries) == {"DEU"}
    assert len(LEDGER.figures(SHARE, edition="nato-2026-07").frame) == 33 * 13


def test_prints_that_others_read() -> None:
    """Figures that the press and other transcriptions quote are the table's, to their digits."""
    assert _value(SHARE, "DNK", 2026) == 0.0349
    assert _value(SHARE, "SVN", 2026) == 0.0161
    assert [_value(SHARE, c, 2025) for c in ("ALB", "SVN", "CZE")] == [0.0148, 0.0157, 0.0186]
    assert round(_value(SHARE, "POL", 2025, "nato-2025-08"), 4) == 0.0448
    assert _value("defence_expenditure_current_lcu", "DEU", 2026) == 124.66e9
    assert _value("equipment_share", "SWE", 2026) == 0.2541


def test_digits_of_print_are_known() -> None:
    """July 2026 is printed to 0.01 per cent and whole millions; the copy of August 2025 has all digits."""
    july = _table("nato-2026-07")
    assert set(july.where(indicator=SHARE)["printed_to"]) == {1e-4}
    assert set(july.where(indicator=CONSTANT)["printed_to"]) == {1e6}
    scaled = [value / unit for value, unit in july.select("value", "printed_to")]
    assert all(abs(number - round(number)) < 1e-6 * max(abs(number), 1.0) for number in scaled)
    assert set(_table("nato-2025-08").where(indicator=SHARE)["printed_to"]) == {None}
