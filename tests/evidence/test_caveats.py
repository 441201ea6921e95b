"""Oddities of single figures are data, and stand beside the figure wherever it answers."""

import pytest

from foedus.axes import country_name
from foedus.catalogue import catalogue
from foedus.evidence import Ledger
from foedus.evidence.caveats import _caveats, caveats_of, figure_caveats, share_in_current_prices

LEDGER = Ledger.packaged()
SHARE = "defence_expenditure_share_of_gdp"


def test_every_caveat_concerns_figures_that_are_held() -> None:
    """Each row names known countries, indicators and editions, and at least one figure of each edition."""
    for caveat in _caveats():
        assert all(country_name(code) for code in caveat.countries)
        assert caveat.indicators <= set(catalogue())
        for edition in caveat.editions:
            keys = LEDGER.table(edition).select("indicator", "country", "year")
            concerned = [key for key in keys if caveat.covers(*key, edition)]
            assert concerned, (caveat.text, edition)


@pytest.mark.parametrize(
    ("country", "indicator", "year", "words"),
    [
        ("LUX", SHARE, 2025, "gross national income"),
        ("NLD", SHARE, 2026, "current prices give 1.80, 2.24 and 2.29"),
        ("BGR", "defence_expenditure_current_lcu", 2015, "in euros for all years"),
        ("HRV", "defence_expenditure_constant_lcu_2021", 2024, "in euros for all years"),
        ("TUR", "military_personnel", 2024, "do not join editions"),
        ("NATO", "gdp_current_usd", 2024, "hold Iceland"),
        ("NATO_EUR_CAN", "defence_expenditure_real_change", 2024, "Sweden from 2024"),
    ],
)
def test_a_caveat_stands_beside_its_figure(country: str, indicator: str, year: int, words: str) -> None:
    """The answer of the ledger carries the caveat of a figure in it, and not for another year or ally."""
    notes = LEDGER.figures(indicator, edition="nato-2026-07", country=[country], year=year).notes
    assert [line for line in notes if words in line]
    assert [c for c in figure_caveats(indicator, country, year, "nato-2026-07") if words in c.text]
    assert not [c for c in figure_caveats(indicator, "PRT", year, "nato-2019-06") if words in c.text]


def test_luxembourg_before_its_base_changed_has_no_caveat() -> None:
    """The change of base concerns 2023 and later only."""
    assert not [c for c in figure_caveats(SHARE, "LUX", 2022, "nato-2026-07") if "income" in c.text]
    assert figure_caveats(SHARE, "LUX", 2023, "nato-2025-08")[0].known == "unverified"


def test_the_basis_of_core_defence_is_said_once() -> None:
    """An answer from July 2026 says that its basis is core defence, once, and others do not."""
    notes = LEDGER.figures(SHARE, year=2025).notes
    assert sum("core defence" in line for line in notes) == 1
    earlier = LEDGER.figures(SHARE, edition="nato-2025-08", year=2025).notes
    assert not any("core defence" in line for line in earlier)


def test_caveats_of_several_editions_side_by_side() -> None:
    """Editions side by side carry the caveats of each."""
    frame = LEDGER.every_edition(SHARE, country=["NLD", "LUX"], year=2024)
    lines = caveats_of(frame)
    assert len(lines) == len(set(lines)) == 4
    assert caveats_of(frame.where(year=0)) == ()


def test_the_other_share_of_the_netherlands() -> None:
    """Spending over GDP in current prices is 2.29 % for the Netherlands in 2026, where 2.58 is printed."""
    other = [
        share_in_current_prices(LEDGER, "nato-2026-07", "NLD", year) for year in (2023, 2024, 2025, 2026)
    ]
    assert [round(100 * value, 2) for value in other if value is not None] == [1.33, 1.80, 2.24, 2.29]
    assert share_in_current_prices(LEDGER, "nato-2026-07", "POL", 2026) is None
    assert share_in_current_prices(LEDGER, "nato-2025-08", "NLD", 2024) is None  # no current prices are held


def test_where_current_prices_give_another_share() -> None:
    """In July 2026 the two bases differ in 31 cells: 12 of the Netherlands, 2 of Italy, 17 of the totals."""
    differ = [
        code
        for code in LEDGER.figures(SHARE, edition="nato-2026-07", year=2026).frame["country"]
        for year in range(2014, 2027)
        if share_in_current_prices(LEDGER, "nato-2026-07", code, year) is not None
    ]
    assert (len(differ), differ.count("NLD"), differ.count("ITA")) == (31, 12, 2)
    assert set(differ) == {"NLD", "ITA", "NATO", "NATO_EUR_CAN"}


def test_a_blank_ally_is_named() -> None:
    """The answer of a whole table names the allies of which it prints no figure."""
    notes = LEDGER.figures(SHARE, edition="nato-2025-08", year=2025).notes
    assert "nato-2025-08 prints no figure of Germany for 2025." in notes
    assert not [n for n in LEDGER.figures(SHARE, edition="nato-2025-08", year=2024).notes if "prints no" in n]
    poland = LEDGER.figures(SHARE, edition="nato-2025-08", country=["POL"], year=2025).notes
    assert not [n for n in poland if "prints no" in n]
