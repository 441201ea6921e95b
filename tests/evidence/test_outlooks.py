"""The World Economic Outlooks of April 2019 to October 2025: the Outlook of a day answers as of that day."""

from datetime import date, timedelta

import pytest

from foedus.axes import country_name
from foedus.evidence import Ledger
from foedus.evidence.institutions import members_on

LEDGER = Ledger.packaged()
OUTLOOKS = [card for card in LEDGER.editions.values() if card.series == "imf-weo"]
GROWTH = "gdp_real_growth"


def test_there_are_fourteen_and_the_newest() -> None:
    """Every April and October from 2019 to 2025 is packaged beside April 2026, with 113,962 figures."""
    assert [card.id for card in OUTLOOKS[:-1]] == [
        f"imf-weo-{year}-{month}" for year in range(2019, 2026) for month in ("04", "10")
    ]
    assert sum(len(LEDGER.table(card.id)) for card in OUTLOOKS[:-1]) == 113_962


@pytest.mark.parametrize("card", OUTLOOKS, ids=lambda card: card.id)
def test_the_outlook_of_the_day_answers(card) -> None:
    """From its day on an Outlook answers for growth, and the day before it the one before."""
    year = card.published.year
    assert LEDGER.as_of(card.published).figures(GROWTH, year=year).edition == card.id
    eve = LEDGER.as_of(card.published - timedelta(days=1))
    earlier = [c.id for c in OUTLOOKS if c.published < card.published]
    if earlier:
        assert eve.figures(GROWTH, year=year).edition == earlier[-1]


@pytest.mark.parametrize("card", OUTLOOKS, ids=lambda card: card.id)
def test_growth_is_whole_and_projected_from_its_year_on(card) -> None:
    """Every ally has growth of the year of publication and the next, and no projection is called actual."""
    year = card.published.year
    frame = LEDGER.figures(GROWTH, edition=card.id, country=members_on(date(2025, 1, 1))).frame
    for ahead in (year, year + 1):
        rows = frame.where(year=ahead)
        assert len(rows) == 32
        assert set(rows["status"]) == {"projection"}


@pytest.mark.parametrize(
    ("edition", "country", "year", "growth"),
    [
        ("imf-weo-2019-04", "USA", 2019, 0.023),
        ("imf-weo-2021-04", "USA", 2021, 0.064),
        ("imf-weo-2022-04", "USA", 2022, 0.037),
        ("imf-weo-2025-04", "USA", 2025, 0.018),
        ("imf-weo-2025-10", "USA", 2025, 0.020),
    ],
)
def test_published_forecasts(edition: str, country: str, year: int, growth: float) -> None:
    """The forecasts that the press quoted on the day are the edition's, to the digit quoted."""
    value = LEDGER.figures(GROWTH, edition=edition, country=[country], year=year).value(country, year)
    assert value is not None
    assert round(value, 3) == growth


def test_units_are_those_of_the_newest_outlook() -> None:
    """Population and GDP of October 2025 are within a tenth of those of April 2026: units were read alike."""
    for indicator in ("population", "gdp_current_usd", "gdp_current_lcu"):
        old, new = (
            LEDGER.figures(indicator, edition=name, year=2022).matrix(members_on(date(2025, 1, 1)), [2022])
            for name in ("imf-weo-2025-10", "imf-weo-2026-04")
        )
        changed = abs(old / new - 1)[:, 0] > 0.1
        names = [country_name(c) for c, odd in zip(members_on(date(2025, 1, 1)), changed, strict=True) if odd]
        # Bulgaria took the euro in 2026; its amounts in national currency are in euros since.
        assert names in ([], ["Bulgaria"] if indicator == "gdp_current_lcu" else []), indicator


def test_what_is_blank_by_size_is_no_whole_table() -> None:
    """Copies of 2019 and 2020 lack amounts of a thousand billion or more, so they are not called whole."""
    for card in OUTLOOKS[:4]:
        assert not {"gdp_current_usd", "gdp_current_lcu", "gdp_constant_lcu"} & set(card.complete)
    figures = LEDGER.as_of(date(2019, 12, 1)).figures("gdp_current_usd", year=2018)
    assert any("does not hold the whole table" in line for line in figures.notes)


def test_tables_are_small_and_read_when_asked_for() -> None:
    """The fourteen tables take less than a megabyte, and listing the editions reads none of them."""
    from foedus.evidence.packaged import packaged_table

    assert sum(packaged_table(card.id).stat().st_size for card in OUTLOOKS[:-1]) < 1e6
    fresh = Ledger.packaged()
    assert len(fresh.editions) > 20
    assert all(loader.cache_info().currsize == 0 for loader in fresh._loaders.values())
