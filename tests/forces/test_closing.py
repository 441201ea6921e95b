"""When a requirement closes: years as a range, draws that never do, known skill, and arithmetic."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.analysis.buys import time_to_close, time_to_close_of_run
from foedus.analysis.compare import compare_resolved
from foedus.cli import run_command
from foedus.errors import NoDataError
from foedus.evidence import Ledger
from foedus.forces.stock_skill import StockSkill, skill_words, stock_skill, verdict_in, verdict_of
from foedus.forces.time_result import TimeToClose
from foedus.forces.time_to_close import ClosingSummary, closes_of, closes_words
from foedus.forces.years_back import CIRCULAR, years_at, years_back
from foedus.runs import Run
from foedus.runs.execute import run_resolved
from foedus.scenario import Resolved, resolve

DAY = date(2026, 6, 1)
LEDGER = Ledger.packaged()
LAND = "replace-us-land-2025"
DRAWS = 120
YEARS = tuple(range(2027, 2036))


@pytest.fixture(scope="module")
def scenario() -> Resolved:
    """The shipped scenario that names a requirement, with its figures."""
    return resolve("requirement-us-land", as_of=DAY, ledger=LEDGER)


@pytest.fixture(scope="module")
def kept(scenario: Resolved, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run of it."""
    return run_resolved(scenario, draws=DRAWS, out=tmp_path_factory.mktemp("bought") / "run")


@pytest.fixture(scope="module")
def bought() -> TimeToClose:
    """The same requirement put to the scenario that does not name it."""
    return time_to_close(LAND, draws=DRAWS, as_of=DAY, ledger=LEDGER)


@given(st.lists(st.floats(0.0, 1.0), min_size=len(YEARS), max_size=len(YEARS)))
def test_years_of_closing_are_in_order_and_what_never_closes_has_none(steps: list[float]) -> None:
    """The years of ten, fifty and ninety per cent never fall, and are absent where so many do not close."""
    shares = np.sort(steps).tolist()
    closes, never = closes_of(YEARS, shares)
    placed = [year for year in closes if year is not None]
    assert placed == sorted(placed)
    assert closes == (*placed, *(None,) * (3 - len(placed)))
    assert never == pytest.approx(1.0 - shares[-1])
    for share, year in zip((0.1, 0.5, 0.9), closes, strict=True):
        assert (year is None) == (shares[-1] < share - 1e-9)


@pytest.mark.parametrize(
    ("closes", "words"),
    [
        ((2029, 2030, 2032), "2029 to 2032"),
        ((2029, 2029, 2029), "2029"),
        ((2033, None, None), "2033 to after 2035"),
        ((None, None, None), "not by 2035"),
    ],
)
def test_closing_is_written_as_a_range(closes: tuple[int | None, int | None, int | None], words: str) -> None:
    """A range ends in "after the horizon" where draws have not closed, and never in a made-up year."""
    assert closes_words(closes, 2035) == words


def test_a_run_and_the_question_give_the_same(kept: Run, bought: TimeToClose) -> None:
    """A run of a scenario that names a requirement keeps what the question answers, number by number."""
    result = time_to_close_of_run(kept)
    assert result is not None
    assert result.summary == bought.summary
    assert kept.payload()["closing"] == json.loads(json.dumps(bought.summary.to_json()))
    assert ClosingSummary.from_json(json.loads(json.dumps(bought.summary.to_json()))) == bought.summary
    gap = kept.summary.measures["forces_gap_constant_usd"]
    assert bought.summary.money.median == gap.median


def test_the_answer_says_its_range_no_change_and_what_nobody_has_tested(bought: TimeToClose) -> None:
    """The number stands with its interval, no change beside it, and the verdict on such paths after it."""
    answer = bought.answer()
    assert " to " in answer.unit
    assert "if nothing changes" in answer.claim
    assert "never tested" in " ".join(answer.beside).lower()
    assert "no measured skill: tanks" in " ".join(answer.beside).lower()
    for row in bought.rows:
        assert all(year is None or year <= bought.horizon for year in row.closes)
        assert (row.closes[1] is None) == (row.never > 0.5 + 1e-9)


def test_limits_are_shares_of_draws(bought: TimeToClose) -> None:
    """What holds a class up is a share of the draws; together they are no more than all."""
    for row in bought.rows:
        assert sum(row.limits.values()) <= 1.0 + 1e-9
        assert set(row.limits) == {"money", "industry", "people"}
        low, middle, high = row.counts.interval()
        assert 0.0 <= low <= middle <= high


def test_what_nobody_knows_is_said(own_data: Path, tmp_path: Path) -> None:
    """Without holdings, a requirement of all that is to be there has no path: the answer says so."""
    path = tmp_path / "corps.yaml"
    path.write_text("title: A corps\nwho: europe\nneeds:\n  tanks: 900\n", encoding="utf-8")
    result = time_to_close(str(path), draws=20, as_of=DAY, ledger=LEDGER)
    assert result.rows == ()
    assert result.summary.unknown == ("tanks",)
    assert "cannot be said without holdings" in result.headline()
    assert result.answer().number == ""


def test_a_scenario_differs_from_itself_in_nothing(scenario: Resolved) -> None:
    """On common draws no class closes sooner or later than in the same scenario."""
    result = compare_resolved(scenario, scenario, draws=60, swap=False)
    assert result.closing is not None
    for row in result.closing.rows:
        assert row.sooner == row.later == row.only_first == row.only_second == 0.0
        assert row.same + row.neither == pytest.approx(1.0)
        assert row.first == row.second
    assert max(result.differences["forces_gap_constant_usd"].high) == 0.0


def test_draws_are_counted_once_in_a_comparison(scenario: Resolved) -> None:
    """Sooner, same, later, in one alone and in neither are all the draws."""
    doubled = replace(scenario, forces=replace(scenario.forces, production_factor=2.0))
    result = compare_resolved(scenario, doubled, draws=60, swap=False)
    assert result.closing is not None
    for row in result.closing.rows:
        parts = (row.sooner, row.same, row.later, row.only_first, row.only_second, row.neither)
        assert sum(parts) == pytest.approx(1.0)
        assert row.first_never == pytest.approx(row.only_second + row.neither)
        assert row.second_never == pytest.approx(row.only_first + row.neither)


def test_years_back_are_arithmetic_with_rates_from_the_years() -> None:
    """About 15, 40 and 100 years come out of net rates of 13.1, 51.5 and 8.6, which came out of them."""
    result = years_back()
    rows = {row.equipment: row for row in result.rows}
    said = {"combat_aircraft": (15, 13.1), "tanks": (40, 51.5), "tube_artillery": (100, 8.6)}
    for name, (years, rate) in said.items():
        assert rows[name].years_said == years
        assert rows[name].implied_rate == pytest.approx(rate, abs=0.05)
        assert years_at(rows[name].missing, rows[name].implied_rate) == pytest.approx(years)
    assert CIRCULAR in result.headline()


def test_the_years_at_ordered_rates_stand_beside_them() -> None:
    """105 Leopard 2A8 for 2027 to 2030 are 26 a year: 78 years; classes without such an order have none."""
    rows = {row.equipment: row for row in years_back().rows}
    assert rows["tanks"].ordered_rate == pytest.approx(105 / 4)
    assert rows["tanks"].years_ordered == pytest.approx(78.4, abs=0.05)
    assert rows["combat_aircraft"].ordered_rate is None
    assert years_back(date(2024, 9, 9)).rows
    with pytest.raises(NoDataError, match="2024-09-08"):
        years_back(date(2024, 9, 8))


def test_the_table_of_skill_agrees_with_itself() -> None:
    """Skill is one less the path's error over that of stock constant; the whole holds both halves."""
    for row in stock_skill():
        assert row.skill == pytest.approx(1.0 - row.error_model / row.error_constant, abs=1e-3)
        assert row.skill_low <= row.skill <= row.skill_high
    for name in {row.equipment for row in stock_skill()}:
        halves = {row.half: row for row in stock_skill() if row.equipment == name}
        assert halves["all"].allies == halves["chosen on"].allies + halves["aside"].allies


def _skill(half: str, skill: float, low: float) -> StockSkill:
    return StockSkill("tanks", half, 10, 1.0 - skill, 1.0, skill, low, 1.0)


@pytest.mark.parametrize(
    ("aside", "whole", "verdict"),
    [
        ((0.2, 0.1), (0.2, 0.1), "better"),
        ((0.2, -0.1), (0.2, 0.1), "not surely better"),
        ((-0.1, -0.2), (0.2, 0.1), "no measured skill"),
        ((0.2, 0.1), (0.0, -0.1), "no measured skill"),
    ],
)
def test_the_verdict_is_the_worse_of_both(
    aside: tuple[float, float], whole: tuple[float, float], verdict: str
) -> None:
    """A path is called better only where it was surely so on the half kept aside and on all allies."""
    rows = (_skill("chosen on", 0.9, 0.8), _skill("aside", *aside), _skill("all", *whole))
    assert verdict_in(rows, "tanks") == verdict
    words = skill_words(rows, ["tanks", "submarines"]).lower()
    assert ("no measured skill: tanks" in words) == (verdict == "no measured skill")
    assert "never tested against counts: submarines" in words


def test_a_class_that_cannot_be_scored_is_called_untested() -> None:
    """Combat aircraft have no row, since the second source counts all aircraft as fighters."""
    assert verdict_of("combat_aircraft") == "not tested"
    assert {row.equipment for row in stock_skill()} == {"tanks", "destroyers_and_frigates", "submarines"}


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (f"gap {LAND} --scenario baseline --rule mix", "--rule"),
        (f"gap {LAND} --set levers.pledge.target=0.04", "--scenario"),
        (f"gap {LAND} --draws 10", "--scenario"),
        (f"gap {LAND} --scenario baseline --draws 0", "--draws"),
        (f"gap {LAND} --scenario nothing", "nothing"),
        ("gap nothing --scenario baseline", "nothing"),
        ("gap force-model --scenario baseline", "bought by the piece"),
        (f"gap {LAND} --years-back", "--years-back"),
    ],
)
def test_bad_input_is_one_sentence(command: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be asked is refused in one sentence with exit code 2, and nothing is printed."""
    assert run_command(command.split()) == 2
    output = capsys.readouterr()
    assert output.out == ""
    assert words in output.err
    assert len(output.err.strip().splitlines()) == 1
