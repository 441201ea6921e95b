"""Figures of Release 29, to the digit, from the tables that come with foedus."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from foedus.aid.aid import aid
from foedus.aid.changes import changes
from foedus.aid.donors import region_members
from foedus.aid.matched import matched
from foedus.aid.question import AidQuestion
from foedus.aid.record import Month
from foedus.aid.result import Aid
from foedus.aid.spans import parse_span
from foedus.aid.statements import loans, published_changes, purl_statements
from foedus.aid.tracker import packaged_tracker
from foedus.evidence import Ledger
from foedus.units import billions, per_cent, points


@cache
def _aid(**asked: object) -> Aid:
    return aid(AidQuestion(edition="kiel-29-2026-08-04", **asked), ledger=Ledger.packaged())  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _nothing_imported(own_data: object) -> None:
    """Answer from what comes with foedus alone."""


def test_europe_against_the_united_states() -> None:
    """Europe with the EU institutions allocated 214.8 of 389.7 bn, the United States 115.4 of 119.0."""
    result = _aid()
    europe, states, every = (result.region(name) for name in ("europe", "united_states", "all_donors"))
    assert [billions(v) for v in (europe.allocated, europe.committed)] == ["214.8", "389.7"]
    assert [billions(v) for v in (states.allocated, states.committed)] == ["115.4", "119.0"]
    assert [billions(row.military) for row in (europe, states)] == ["102.2", "64.6"]
    assert [billions(v) for v in (every.allocated, every.committed)] == ["358.4", "548.0"]
    assert result.headline() == (
        "EUR 214.8 bn of 389.7 bn committed was allocated by Europe with the EU institutions since January "
        "2022, against EUR 115.4 bn of 119.0 bn by the United States."
    )


def test_turkiye_is_not_in_europe() -> None:
    """With Türkiye Europe's allocations would read 214.9; the regions leave it, Cyprus and Malta out."""
    result = _aid()
    turkiye = result.donor("TUR")
    assert turkiye.region == "other_donors"
    assert billions(result.region("europe").allocated + turkiye.allocated) == "214.9"
    assert not {"TUR", "CYP", "MLT"} & set(region_members("europe"))
    assert region_members("asia_pacific") == ("JPN", "KOR", "AUS", "NZL")


@pytest.mark.parametrize(
    ("of", "kind", "change", "published"),
    [
        ("europe", "military", "+79.8", 0.67),
        ("europe", "other", "+67.5", 0.59),
        ("united_states", "military", "-97.7", None),
        ("united_states", "all", "-98.7", -0.99),
        ("all_donors", "military", "-11.1", -0.13),
        ("all_donors", "other", "-4.9", -0.05),
    ],
)
def test_2025_against_the_years_before(of: str, kind: str, change: str, published: float | None) -> None:
    """2025 against the mean of 2022 to 2024, in euros of the day, beside what the institute published."""
    result = _aid(compare=("2025", "2022-2024"))
    assert result.comparison is not None
    row = next(r for r in result.comparison.rows if (r.of, r.kind) == (of, kind))
    assert points(row.change, 1) == change
    assert (row.published.change if row.published else None) == published
    assert result.comparison.per == "year"


def test_the_published_changes_stand_with_their_reasons() -> None:
    """A note says on which data and prices the published changes rest."""
    notes = " ".join(_aid(compare=("2025", "2022-2024")).notes)
    assert "rest on data to 2025-12 as they stood then (prices inflation-adjusted)" in notes
    assert "have been revised since" in notes
    assert len(published_changes()) == 6
    assert published_changes(date(2025, 12, 1)) == published_changes()[-1:]


def test_july_and_august_2025_against_the_first_half() -> None:
    """All military aid fell by 45 % from the first half of 2025 to July and August, by 43 % as published."""
    result = _aid(kind="military", compare=("2025-07/2025-08", "2025-01/2025-06"))
    assert result.comparison is not None
    (row,) = result.comparison.rows
    assert (row.of, points(row.change, 0), points(row.change, 1)) == ("all_donors", "-45", "-44.9")
    assert row.published is not None
    assert row.published.change == -0.43
    assert "Europe with the EU institutions and United States by month" in " ".join(result.notes)


def test_the_means_of_military_aid() -> None:
    """Military aid was 41.9 bn a year in 2022 to 2024 and 33.4 bn from January to October 2025."""
    series = packaged_tracker().series("military")
    assert billions(sum(v for m, v in series.items() if m.year < 2025) / 3) == "41.9"
    assert billions(sum(v for m, v in series.items() if Month(2025, 1) <= m <= Month(2025, 10))) == "33.4"


def test_the_share_from_stocks() -> None:
    """Of four routes 58.9, 46.2, 31.0, 6.6, 0.1 % came from stocks; without unspecified 68 to 8.5 %."""
    routes = _aid(by="route").routes
    assert [row.year for row in routes] == [2022, 2023, 2024, 2025, 2026]
    shares = [per_cent(row.share("stockpile"), 1) for row in routes]
    assert shares == ["58.9 %", "46.2 %", "31.0 %", "6.6 %", "0.1 %"]
    without = [per_cent(row.stock_of_specified, 0) for row in routes[:3]]
    assert without == ["68 %", "51 %", "35 %"]
    assert per_cent(routes[3].stock_of_specified, 1) == "8.5 %"


def test_both_denominators_are_printed() -> None:
    """The table of routes prints the four routes' sum, and the sum without what is unspecified."""
    table = _aid(by="route").table("routes")
    shown = {column.key: column.write(table.rows[3]) for column in table.columns}
    assert (shown["label"], shown["total"], shown["specified"]) == ("2025", "35.9", "27.7")
    assert table.columns[0].write(table.rows[4]) == "2026 to April"


def test_purl_stands_beside_what_was_said_of_it() -> None:
    """PURL took EUR 3.7 bn in 2025 and 0.4 bn to April 2026, beside over USD 4 bn said on 3 December 2025."""
    routes = {row.year: row for row in _aid(by="route").routes}
    assert [billions(routes[year].nato_purl) for year in (2025, 2026)] == ["3.7", "0.4"]
    said = next(row for row in purl_statements() if row.day == date(2025, 12, 3) and row.due is None)
    assert (said.usd, said.donors) == (4e9, ())
    assert "over USD 4 bn" in said.what
    assert purl_statements(date(2025, 12, 2)) == purl_statements()[:5]


def test_when_commitments_were_matched() -> None:
    """Europe's commitments of 2022 were matched in June 2023, of 2023 in June 2025, of 2024 not yet."""
    rows = {row.committed_to.year: row for row in matched(packaged_tracker()) if row.region == "europe"}
    assert (rows[2022].matched_in, rows[2022].months) == (Month(2023, 6), 6)
    assert (rows[2023].matched_in, rows[2023].months) == (Month(2025, 6), 18)
    assert (rows[2024].matched_in, rows[2024].months) == (None, None)
    table = _aid().table("matched")
    assert table.columns[3].write(table.rows[2]) == "not by 2026-04"


def test_what_had_been_committed_is_what_the_regions_committed() -> None:
    """The shipped commitments of each year's end are the sums of the table by region and year."""
    held = packaged_tracker()
    groups = {"europe": ("european_states", "eu_institutions"), "united_states": ("united_states",)}
    for row in matched(held):
        years = [year for year in held.years if year <= row.committed_to.year]
        total = sum(held.committed(regions=groups.get(row.region, ()), year=year) for year in years)
        assert row.committed == total


def test_weapons_allocated() -> None:
    """884 tanks, 1,271 fighting vehicles, 977 howitzers, 84 rocket launchers and 111 air-defence systems."""
    assert {row.weapon: row.pieces for row in _aid().weapons} == {
        "tanks": 884,
        "infantry_fighting_vehicles": 1271,
        "howitzers": 977,
        "rocket_launchers": 84,
        "air_defence_systems": 111,
    }


def test_real_terms_name_their_deflator() -> None:
    """In euros of 2021 Europe's military aid rose by 69.5 %, by a deflator whose edition is named."""
    result = _aid(real=True, compare=("2025", "2022-2024"))
    assert result.comparison is not None
    assert [points(row.change, 1) for row in result.comparison.rows[:2]] == ["+69.5", "+57.3"]
    assert result.prices == "euros of 2021, GDP deflator of the euro area from imf-weo-2026-04"
    assert result.prices in " ".join(result.answer().beside)
    assert "imf-weo-2026-04" in result.cards


def test_shares_of_gdp_have_two_bases() -> None:
    """Denmark's aid is 3.27 % of GDP 2021 as the release has it, 2.70 % of GDP 2025 by the IMF."""
    result = _aid(by="donor")
    denmark = result.donor("DNK")
    assert per_cent(denmark.share_of_gdp_2021) == "3.27 %"
    assert denmark.share_of_gdp == pytest.approx(0.0270, abs=5e-5)
    assert result.donor("EUI").share_of_gdp_2021 is None
    headings = [column.label for column in result.table("donors").columns]
    assert headings[-2:] == ["Of GDP 2021 (release)", "Of GDP 2025 (IMF)"]
    assert any("imf-weo-2026-04" in note and "New Zealand" in note for note in result.notes)


def test_aid_rests_on_few_donors() -> None:
    """Three of 42 donors allocated 64.1 %, with a Herfindahl index of 0.177."""
    few = _aid().concentration
    assert few is not None
    assert (few.donors, per_cent(few.share_of_largest, 1)) == (42, "64.1 %")
    assert few.largest == ("United States", "EU institutions", "Germany")
    assert few.herfindahl == pytest.approx(0.177, abs=5e-4)


def test_the_loan_of_the_eu() -> None:
    """Of the EU's loan of EUR 90 bn for 2026 and 2027 the Commission proposed 60 bn for military aid."""
    parts = {row.part: row.eur for row in loans()}
    assert parts == {"all": 90e9, "military": 60e9, "budget support": 30e9}
    assert loans(date(2026, 1, 1)) == loans()[:1]


def test_spans_of_different_length_compare_by_their_means() -> None:
    """January to April 2026 against 2025 is a mean a month against a mean a month."""
    held = packaged_tracker()
    row = changes(held, parse_span("2026-01/2026-04"), parse_span("2025"), kinds=("all",))[-1]
    series = held.series()
    assert row.after == pytest.approx(sum(v for m, v in series.items() if m.year == 2026) / 4)
    assert row.before == pytest.approx(sum(v for m, v in series.items() if m.year == 2025) / 12)
