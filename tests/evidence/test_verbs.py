"""Sums, parts, changes, levels, ranks, currencies: what is made of figures, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.api.evidence import figure
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.evidence.groups import group_on
from foedus.evidence.query import FigureAnswer
from foedus.evidence.verbs import change_rows, level_rows, rank_rows, share_rows, sort_rows, sum_rows

LEDGER = Ledger.packaged()
SHARE = "defence_expenditure_share_of_gdp"
REAL = "defence_expenditure_constant_usd_2021"
CURRENT = "defence_expenditure_current_usd"
LCU = "defence_expenditure_current_lcu"
NEWEST = "nato-2026-07"

CODES = ("POL", "EST", "DEU", "USA", "TUR", "FRA")
ROWS = st.dictionaries(
    st.tuples(st.sampled_from(CODES), st.integers(2014, 2018)),
    st.floats(-1e12, 1e12).map(lambda value: round(value, 3)),
    min_size=1,
)


def _rows(cells: dict[tuple[str, int], float]) -> list[dict[str, Any]]:
    """Return rows of one edition."""
    about = {"edition": "e", "status": "actual", "known": "retrieved", "note": "", "indicator": "x"}
    return [{**about, "country": c, "year": y, "value": v} for (c, y), v in cells.items()]


def _ask(*args: Any, **given: Any) -> FigureAnswer:
    """Ask the packaged figures."""
    return figure(*args, ledger=LEDGER, **given)


def _cells(answer: FigureAnswer, key: str = "value") -> dict[tuple[str, int], Any]:
    """Return a column by country and year."""
    return {(row["country"], row["year"]): row[key] for row in answer.frame.to_dicts()}


@settings(deadline=None, max_examples=60)
@given(cells=ROWS)
def test_a_sum_is_numpys(cells: dict[tuple[str, int], float]) -> None:
    """In all, by year and by country a sum is NumPy's, and the parts add up to the whole."""
    rows = _rows(cells)
    [whole] = sum_rows(rows, None)
    assert np.isclose(whole["value"], np.sum(list(cells.values())), rtol=1e-9, atol=1.0)
    for by, at in (("country", 0), ("year", 1)):
        for row in sum_rows(rows, by):
            wanted = [v for key, v in cells.items() if key[at] == row[by]]
            assert np.isclose(row["value"], np.sum(wanted), rtol=1e-9, atol=1.0)
            assert row["figures"] == len(wanted)


@settings(deadline=None, max_examples=60)
@given(cells=ROWS)
def test_ranks_hold_their_order(cells: dict[tuple[str, int], float]) -> None:
    """A rank is one more than how many are higher: equals share it, and the next rank is left out."""
    ranked = rank_rows(_rows(cells), "value")
    values = np.array([row["value"] for row in ranked])
    assert [row["rank"] for row in ranked] == [1 + int((values > v).sum()) for v in values]
    in_order = sort_rows(ranked, "value", ())
    assert [row["rank"] for row in in_order] == sorted(row["rank"] for row in ranked)


@settings(deadline=None, max_examples=60)
@given(cells=ROWS, first=st.integers(2014, 2018), last=st.integers(2014, 2018))
def test_a_change_runs_backwards_with_the_other_sign(
    cells: dict[tuple[str, int], float], first: int, last: int
) -> None:
    """The change from one year to another is that from the other to the one, with the other sign."""
    rows = _rows(cells)
    there = {
        r["country"]: r["change"]
        for r in change_rows(rows, first, "value", relative=True)
        if r["year"] == last
    }
    back = {
        r["country"]: r["change"]
        for r in change_rows(rows, last, "value", relative=True)
        if r["year"] == first
    }
    for code in there.keys() & back.keys():
        assert there[code] == (None if back[code] is None else -back[code])


@settings(deadline=None, max_examples=60)
@given(cells=ROWS, low=st.floats(-1e12, 1e12), high=st.floats(-1e12, 1e12))
def test_levels_part_the_rows(cells: dict[tuple[str, int], float], low: float, high: float) -> None:
    """At a level or above, and at it or below, is every row; between two levels is what is in both."""
    rows = _rows(cells)
    above, below = level_rows(rows, "value", low, None), level_rows(rows, "value", None, high)
    assert level_rows(rows, "value", low, high) == [row for row in above if row in below]
    if low <= high:
        assert len([row for row in rows if row in above or row in below]) == len(rows)


@settings(deadline=None, max_examples=40)
@given(cells=st.dictionaries(st.sampled_from(CODES), st.floats(1.0, 1e12), min_size=1))
def test_parts_add_up_to_one(cells: dict[str, float]) -> None:
    """The parts of a total are one together."""
    rows = share_rows(_rows({(c, 2020): v for c, v in cells.items()}), lambda *_: sum(cells.values()))
    assert np.isclose(sum(row["share"] for row in rows), 1.0)


def test_the_sum_of_europe_since_2014() -> None:
    """The sum of thirteen years of NATO Europe is that of Europe and Canada less Canada, year by year."""
    whole = _ask(REAL, country="NATO Europe", year="2014-2026", sum=True)
    years = _ask(REAL, country=["NATO_EUR_CAN", "CAN"], year="2014-2026", edition=NEWEST)
    cells = _cells(years)
    by_hand = sum(cells["NATO_EUR_CAN", y] - cells["CAN", y] for y in range(2014, 2027))
    [value] = whole.frame["value"]
    assert np.isclose(value, by_hand, rtol=1e-12)
    assert whole.answer().number == "4,617.17 bn"


def test_the_part_of_the_united_states() -> None:
    """A part of NATO is the indicator of that name, and 57.3 % for the United States in 2026."""
    asked = _ask(REAL, country="USA", year="2024-2026", share_of="NATO")
    other = _ask("part_of_nato_defence_expenditure", country="USA", year="2024-2026")
    assert np.allclose(asked.frame["share"], other.frame["value"], rtol=1e-12)
    assert [round(100 * v, 1) for v in asked.frame["share"]] == [63.9, 59.3, 57.3]


def test_who_cut_since_2014_in_share_and_real() -> None:
    """Only the United States spends less of its GDP in 2026 than in 2014, and none less in real terms."""
    answer = _ask(SHARE, group="NATO", year=2026, change_from=2014, sort="value", beside=REAL)
    rows = answer.frame.to_dicts()
    assert [row["country"] for row in rows if row["change"] < 0] == ["USA"]
    assert all(row[f"{REAL}_change"] > 0 for row in rows)
    assert [row["change"] for row in rows] == sorted((row["change"] for row in rows), reverse=True)
    assert answer.answer().sentence().startswith("1 of 31 fell from 2014 to 2026, and 30 rose")
    assert np.isclose(rows[0]["change"], rows[0]["value"] - rows[0]["from_value"])


def test_who_meets_a_level() -> None:
    """At a fifth for equipment are those whose printed share is; the sentence counts them."""
    whole = _ask("equipment_share", group="NATO", year=2024)
    answer = _ask("equipment_share", group="NATO", year=2024, at_least=0.2)
    wanted = {row["country"] for row in whole.frame.to_dicts() if row["value"] >= 0.2}
    assert set(answer.frame["country"]) == wanted
    assert answer.answer().number == f"{len(wanted)} of {len(whole.frame)}"


def test_the_rank_by_real_growth() -> None:
    """Ranks of 2026 are those of NumPy's order, and aggregates have none."""
    answer = _ask("defence_expenditure_real_change", group="NATO", country="NATO", year=2026, rank=True)
    allies = [row for row in answer.frame.to_dicts() if row["country"] != "NATO"]
    values = np.array([row["value"] for row in allies])
    assert [row["rank"] for row in allies] == [1 + int((values > v).sum()) for v in values]
    assert [row["rank"] for row in answer.frame.to_dicts() if row["country"] == "NATO"] == [None]
    assert "Albania" in answer.answer().claim


@pytest.mark.parametrize(
    ("indicator", "asked", "where", "word"),
    [
        (SHARE, {"group": "NATO", "sum": True, "year": 2024}, "sum", "ask for the aggregate"),
        ("gdp_deflator", {"group": "G7", "sum": True, "year": 2024}, "sum", "does not add up"),
        (REAL, {"country": "NATO, Germany", "sum": True, "year": 2024}, "sum", "counted twice"),
        (REAL, {"country": "NATO Europe, NATO", "sum": True, "year": 2024}, "sum", "counted twice"),
        (REAL, {"sum": True, "year": 2024}, "sum", "name countries"),
        (REAL, {"group": "EU", "sum": True, "year": 2024, "all_editions": True}, "sum", "different editions"),
        (LCU, {"group": "EU", "sum": True, "year": 2024}, "sum", "currency usd or eur"),
        ("population", {"group": "G7", "sum": True, "year": "2020-2024"}, "sum", "counted several times"),
        (
            REAL,
            {"group": "EU", "sum": True, "year": "2020-2024", "change_from": 2014},
            "change_from",
            "by year",
        ),
        (REAL, {"country": "USA", "by": "year"}, "by", "add sum"),
        (SHARE, {"country": "USA", "share_of": "NATO"}, "share_of", "has no parts"),
        (LCU, {"country": "USA", "share_of": "NATO"}, "share_of", "national currencies"),
        (REAL, {"group": "NATO", "rank": True}, "rank", "within one year"),
        (REAL, {"group": "NATO", "rank": True, "year": "2020-2024"}, "rank", "within one year"),
        (REAL, {"country": "USA", "rank": True, "year": 2024, "all_editions": True}, "rank", "one edition"),
        (REAL, {"country": "USA", "year": 2014, "change_from": 2014}, "change_from", "no change from 2014"),
        (SHARE, {"country": "USA", "currency": "eur"}, "currency", "not an amount"),
        ("gdp_constant_usd_2021", {"country": "POL", "currency": "lcu"}, "currency", "gdp_current_lcu"),
        (SHARE, {"country": "USA", "beside": SHARE}, "beside", "another indicator"),
        (SHARE, {"country": "USA", "codes": "iso"}, "codes", "use cow, gw"),
        ("allies_at_pledge_count", {}, "indicator", "a run works out"),
    ],
)
def test_what_means_nothing_is_refused(indicator: str, asked: dict[str, Any], where: str, word: str) -> None:
    """A sum of shares, a rank over years and the like are refused: which argument, and what to do."""
    with pytest.raises(InputError, match=word) as caught:
        _ask(indicator, **asked)
    assert caught.value.where == where


def test_what_has_no_figure_is_named() -> None:
    """Each country and year asked for has a row or is named as missing, with why and what would bring it."""
    answer = _ask(REAL, country="NATO, USA, Brazil, Japan, ISL", year="2013-2014, 2035")
    rows = set(answer.frame.select("country", "year"))
    named = {(each.country, year) for each in answer.missing for year in each.years or (2014,)}
    asked = {(code, 2014) for code in ("NATO", "USA", "BRA", "JPN", "ISL")}
    assert asked == rows | (named & asked)
    assert ("", 2013) in named
    assert ("", 2035) in named
    assert {"BRA", "JPN"} <= {each.country for each in answer.missing if "sipri" in each.do}
    text = " ".join(answer.gaps())
    assert "Brazil and Japan" in text
    assert "military_expenditure_constant_usd" in text
    assert answer.payload()["missing"] == answer.missing


@settings(deadline=None, max_examples=25)
@given(
    codes=st.lists(
        st.sampled_from(["POL", "USA", "ISL", "JPN", "BRA", "NATO", "NATO_EUR"]), min_size=1, unique=True
    ),
    years=st.lists(st.integers(2012, 2028), min_size=1, max_size=4, unique=True),
)
def test_nothing_asked_for_is_passed_over(codes: list[str], years: list[int]) -> None:
    """Every country and year has a figure or is named as missing, or the whole question is refused."""
    try:
        answer = _ask(SHARE, country=codes, year=years)
    except NoDataError:
        return
    rows = set(answer.frame.select("country", "year"))
    never = {year for each in answer.missing if not each.country for year in each.years}
    lacking = {each.country: set(each.years) for each in answer.missing if each.country}
    for code in codes:
        for year in years:
            gone = year in never or (code in lacking and (not lacking[code] or year in lacking[code]))
            assert ((code, year) in rows) != gone


def test_non_allies_have_what_a_table_holds() -> None:
    """China's and Russia's GDP is packaged, and stands beside NATO's; their spending needs an import."""
    answer = _ask("gdp_current_usd", country="China, Russia, NATO", year=2024, share_of="NATO")
    assert set(answer.frame["country"]) == {"CHN", "RUS", "NATO"}
    assert not answer.missing
    with pytest.raises(NoDataError, match="foedus data import sipri"):
        _ask(SHARE, country="China")


def test_euros_are_the_editions_own() -> None:
    """A country of the euro area is as printed in euros, another its dollars at the edition's own rate."""
    usd = _cells(_ask(CURRENT, country="DEU, FRA, POL, NATO", year=2024, edition=NEWEST))
    lcu = _cells(_ask(LCU, country="DEU, FRA, POL", year=2024, edition=NEWEST))
    euros = _ask(CURRENT, country="DEU, FRA, POL, NATO", year=2024, edition=NEWEST, currency="eur")
    cells, rate = _cells(euros), lcu["DEU", 2024] / usd["DEU", 2024]
    assert (cells["DEU", 2024], cells["FRA", 2024]) == (lcu["DEU", 2024], lcu["FRA", 2024])
    assert np.isclose(cells["POL", 2024], usd["POL", 2024] * rate, rtol=1e-12)
    assert np.isclose(cells["NATO", 2024], usd["NATO", 2024] * rate, rtol=1e-12)
    assert np.isclose(rate, 0.9242, atol=5e-5)
    assert any("implies" in line and "Germany" in line for line in euros.notes)
    assert "euros, current prices" in euros.tables()[0].title


def test_the_rates_of_the_euro_area_agree() -> None:
    """Every country with the euro implies the same rate, within the rounding of the smaller amount."""
    usd = _cells(_ask(CURRENT, group="euro area", year="2014-2026", edition=NEWEST))
    lcu = _cells(_ask(LCU, group="euro area", year="2014-2026", edition=NEWEST))
    for (code, year), euros in lcu.items():
        if code not in group_on("euro area", _first(year)).countries:
            continue
        rate = lcu["DEU", year] / usd["DEU", year]
        slack = sum(0.5e6 / each[key, year] for each in (usd, lcu) for key in (code, "DEU"))
        assert abs(euros / usd[code, year] / rate - 1.0) < slack


def _first(year: int) -> Any:
    """Return the first day of a year."""
    from datetime import date

    return date(year, 1, 1)


def test_constant_euros_are_at_the_base_years_rate() -> None:
    """Euros of 2021 are dollars of 2021 at the rate of 2021, in every year."""
    usd = _cells(_ask(REAL, country="POL, USA", year="2014,2024", edition=NEWEST))
    euros = _cells(_ask(REAL, country="POL, USA", year="2014,2024", edition=NEWEST, currency="eur"))
    rates = {euros[key] / usd[key] for key in usd}
    assert max(rates) - min(rates) < 1e-12
    assert np.isclose(max(rates), 0.8449, atol=5e-5)


def test_an_edition_without_a_rate_gives_no_euros() -> None:
    """An edition that prints no pair of amounts in euros and dollars is refused, not given another's rate."""
    with pytest.raises(NoDataError, match="implies no rate"):
        _ask(CURRENT, country="POL", year=2018, edition="nato-2019-06", currency="eur")


def test_national_currency_names_the_currency() -> None:
    """Figures in national currency say which; an aggregate has none and is named."""
    answer = _ask(CURRENT, country="DEU, POL, TUR, NATO", year=2024, currency="lcu", codes="cow,gw")
    assert dict(answer.frame.select("country", "currency")) == {"DEU": "EUR", "POL": "PLN", "TUR": "TRY"}
    assert [each.country for each in answer.missing] == ["NATO"]
    assert dict(answer.frame.select("country", "cow"))["DEU"] == 255
    assert dict(answer.frame.select("country", "gw"))["DEU"] == 260


def test_rows_stand_by_name() -> None:
    """Rows stand in the order of the printed names, countries first: never in that of their codes."""
    names = [row["name"] for row in _ask(SHARE, year=2024).tables()[0].rows]
    allies = [name for name in names if "NATO" not in name]
    assert allies == sorted(allies, key=lambda name: name.replace("ü", "u"))
    assert names[: len(allies)] == allies
    assert allies.index("Switzerland" if "Switzerland" in allies else "Spain") > allies.index("Germany")


def test_a_group_is_that_of_the_edition_or_the_day() -> None:
    """The allies of an edition are those of its day: 29 in 2019, of whom Iceland has no figure."""
    answer = _ask(SHARE, group="NATO", year=2019, edition="nato-2019-06")
    assert len(answer.frame) + len(answer.missing) == 29
    assert [each.country for each in answer.missing] == ["ISL"]
