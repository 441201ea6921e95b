"""Aggregates of allies: what is printed, what is computed, and growth of totals and of the same members."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from foedus.api.evidence import export, figure
from foedus.cli import run_command
from foedus.errors import NoDataError
from foedus.evidence import Ledger
from foedus.evidence.aggregates import LEFT_OUT, aggregate_rows, growth, members_of
from foedus.evidence.checks import WITHOUT_FORCES

LEDGER = Ledger.packaged()
SPENDING = "defence_expenditure_constant_usd_2021"
CHANGE = "defence_expenditure_real_change"
NEWEST = "nato-2026-07"


@pytest.mark.parametrize(
    ("edition", "year", "same", "totals"),
    [
        ("nato-2024-06", 2023, 7.86, 9.26),
        ("nato-2024-06", 2024, 14.89, 17.95),
        (NEWEST, 2023, 6.70, 8.14),
        (NEWEST, 2024, 16.14, 19.28),
        (NEWEST, 2025, 19.02, 19.02),
        (NEWEST, 2026, 10.98, 10.98),
    ],
)
def test_growth_of_europe_and_canada(edition: str, year: int, same: float, totals: float) -> None:
    """Growth of Europe and Canada by edition, among the same members and of the totals, per cent."""
    change = growth(LEDGER.table(edition), "NATO_EUR_CAN", year)
    assert change is not None
    assert round(100 * change.same_members, 2) == same
    assert round(100 * change.printed, 2) == totals


@pytest.mark.parametrize("edition", ["nato-2019-06", "nato-2024-06", "nato-2025-08", NEWEST])
@pytest.mark.parametrize("aggregate", LEFT_OUT)
def test_the_two_growths_differ_only_when_somebody_joined(edition: str, aggregate: str) -> None:
    """Where nobody joined, the growth of the totals is that of the same members, within the print."""
    table = LEDGER.table(edition)
    checked = 0
    for year in sorted(set(table.where(indicator=CHANGE)["year"]))[1:]:
        change = growth(table, aggregate, year)
        if change is None or change.same_members is None or change.without:
            continue
        checked += 1
        assert set(change.joined) == set(members_of(aggregate, year)) - set(members_of(aggregate, year - 1))
        if not change.joined:
            assert change.printed == pytest.approx(change.same_members, abs=1.6e-4)
    assert checked >= 6


def test_a_blank_ally_is_left_out_of_both_sums_and_named() -> None:
    """Germany is blank for 2025 in August 2025: the growth of the same members leaves it out and says so."""
    change = growth(LEDGER.table("nato-2025-08"), "NATO_EUR_CAN", 2025)
    assert change is not None
    assert (change.without, change.allies) == (("DEU",), 29)
    assert "without Germany" in change.words


def test_money_of_the_newest_edition() -> None:
    """Europe and Canada 479.9, 571.2 and 633.9 bn of 2021 in 2024 to 2026; NATO 1,484.1 and Europe 585.7 in
    2026."""
    answer = figure(
        SPENDING, country=["NATO_EUR_CAN", "NATO", "NATO Europe"], year="2024-2026", ledger=LEDGER
    )
    billions = {(r["country"], r["year"]): round(r["value"] / 1e9, 1) for r in answer.frame.to_dicts()}
    assert [billions["NATO_EUR_CAN", y] for y in (2024, 2025, 2026)] == [479.9, 571.2, 633.9]
    assert (billions["NATO", 2026], billions["NATO_EUR", 2026]) == (1484.1, 585.7)
    europe = answer.frame.where(country="NATO_EUR")
    assert all(note.startswith("computed: NATO Europe and Canada less Canada") for note in europe["note"])


def test_the_part_of_the_united_states() -> None:
    """The United States bore 63.9, 59.3 and 57.3 % of the Alliance's spending in 2024 to 2026."""
    answer = figure("part_of_nato_defence_expenditure", country=["USA"], year="2024-2026", ledger=LEDGER)
    assert [round(100 * v, 1) for v in answer.frame["value"]] == [63.9, 59.3, 57.3]


def test_parts_add_up_to_one() -> None:
    """In every edition and year the parts of the members are one together, within the rounding of the
    amounts."""
    answer = figure("part_of_nato_defence_expenditure", all_editions=True, ledger=LEDGER)
    sums: dict[tuple[str, int], float] = defaultdict(float)
    codes: dict[tuple[str, int], set[str]] = defaultdict(set)
    for row in answer.frame.to_dicts():
        key = (row["edition"], row["year"])
        if row["country"] in members_of("NATO", row["year"]):
            sums[key] += row["value"]
            codes[key].add(row["country"])
    whole = [key for key in sums if len(codes[key]) == len(members_of("NATO", key[1])) - 1]
    assert len(whole) > 30
    assert all(sums[key] == pytest.approx(1.0, abs=1e-4) for key in whole)


@pytest.mark.parametrize("indicator", [SPENDING, "defence_expenditure_current_usd", "gdp_constant_usd_2021"])
def test_sums_by_hand_equal_the_printed_totals(indicator: str) -> None:
    """Members of the year add up to the printed totals within 3 m; the totals of GDP hold Iceland besides."""
    table = LEDGER.table(NEWEST)
    cells = {(r["country"], r["year"]): r["value"] for r in table.where(indicator=indicator).to_dicts()}
    for year in range(2014, 2027):
        for aggregate in ("NATO", "NATO_EUR_CAN"):
            members = set(members_of(aggregate, year)) - WITHOUT_FORCES
            miss = cells[aggregate, year] - sum(cells[code, year] for code in members)
            if indicator.startswith("gdp"):
                assert 15e9 < miss < 45e9
            else:
                assert abs(miss) <= 3e6


def test_europe_is_the_sum_of_its_members() -> None:
    """Europe and Canada less Canada is the sum of the European members, for what adds up, within 3 m."""
    table = LEDGER.table(NEWEST)
    rows = aggregate_rows(table, SPENDING, "NATO_EUR", None)
    assert [row["year"] for row in rows] == list(range(2014, 2027))
    for row in rows:
        members = set(members_of("NATO_EUR", row["year"])) - WITHOUT_FORCES
        held = table.where(indicator=SPENDING, year=row["year"], country=members)
        assert abs(sum(held["value"]) - row["value"]) <= 3e6


def test_a_ratio_of_an_aggregate_is_that_of_its_sums() -> None:
    """The share of Europe and Canada, computed as Europe's is, is the printed one within its rounding."""
    table = LEDGER.table(NEWEST)
    names = ("NATO_EUR_CAN", "NATO")
    cells = {(r["indicator"], r["country"], r["year"]): r["value"] for r in table.to_dicts()}
    for year in range(2014, 2027):
        for name in names:
            share = cells[SPENDING, name, year] / cells["gdp_constant_usd_2021", name, year]
            assert share == pytest.approx(cells["defence_expenditure_share_of_gdp", name, year], abs=5.1e-5)
        [row] = aggregate_rows(table, "defence_expenditure_share_of_gdp", "NATO_EUR", (year, year))
        spent = cells[SPENDING, "NATO_EUR_CAN", year] - cells[SPENDING, "CAN", year]
        gdp = (
            cells["gdp_constant_usd_2021", "NATO_EUR_CAN", year] - cells["gdp_constant_usd_2021", "CAN", year]
        )
        assert row["value"] == pytest.approx(spent / gdp)


def test_what_cannot_be_computed_is_no_figure() -> None:
    """Other expenditure of the Netherlands and Portugal is blank for 2026, so Europe's is no figure."""
    with pytest.raises(NoDataError):
        figure("other_share", country=["NATO_EUR"], year="2026", edition=NEWEST, ledger=LEDGER)


def test_growth_stands_beside_in_every_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Figure, its JSON, its chart and an export give the growth of the same members beside that of the
    totals."""
    words = ["figure", CHANGE, "--country", "NATO_EUR_CAN", "--year", "2024", "--edition", NEWEST]
    assert run_command(words) == 0
    assert "same 30 members: 16.14 %" in capsys.readouterr().out
    assert run_command([*words, "--json"]) == 0
    [row] = json.loads(capsys.readouterr().out)["figures"]
    assert round(row["same_members"]["same_members"], 4) == 0.1614
    assert row["same_members"]["joined"] == ["SWE"]
    answer = figure(CHANGE, country=["NATO_EUR_CAN"], year="2024", edition=NEWEST, ledger=LEDGER)
    assert any("same members" in line and "16.14 %" in line for line in answer.chart().summary)
    assert any("Sweden from 2024" in note for note in answer.notes)
    export([CHANGE], to=tmp_path / "a.csv", country=["NATO_EUR_CAN"], year="2024", edition=NEWEST)
    assert "same 30 members: 16.14 %" in (tmp_path / "a.csv").read_text(encoding="utf-8")
