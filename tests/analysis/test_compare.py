"""Comparing scenarios: the same draws in both, differences draw by draw, and what differs said plainly."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from foedus.analysis.align import resolve_alike
from foedus.analysis.compare import compare, compare_resolved
from foedus.cli import run_command
from foedus.engine import slabs
from foedus.errors import InputError, StorageError, UnknownNameError
from foedus.runs import outcome as outcomes
from foedus.runs import run, store
from foedus.runs.outcome import outcome, outcome_in_years
from foedus.scenario import resolve

DAY = date(2026, 11, 1)
NOVEMBER = date(2026, 11, 26)
LATE = "hague-five-years-late"


def test_a_scenario_does_not_differ_from_itself() -> None:
    """A scenario compared with itself differs by exactly nought in every draw, and says so."""
    result = compare("baseline", "baseline", draws=40, as_of=DAY)
    for entry in result.differences.values():
        assert not any(v for ends in (entry.low, entry.median, entry.high) for v in ends)
    assert all(ally.low == ally.median == ally.high == 0.0 for ally in result.allies)
    assert result.changes == ()
    assert "The two scenarios set nothing differently." in result.notes


def test_the_other_way_round_the_sign_turns() -> None:
    """Comparing the other way round turns every interval of a difference about nought."""
    one, two = compare("baseline", LATE, draws=41, as_of=DAY), compare(LATE, "baseline", draws=41, as_of=DAY)
    for name in ("nato_expenditure_constant_usd", "nato_gap_constant_usd"):
        there, back = one.differences[name], two.differences[name]
        assert there.low == pytest.approx([-v for v in back.high])
        assert there.median == pytest.approx([-v for v in back.median])


def test_a_comparison_has_the_numbers_of_the_runs(tmp_path: Path) -> None:
    """Each side of a comparison is the headline of a run with these draws and this seed."""
    result = compare("baseline", LATE, draws=70, seed=3, as_of=DAY)
    for name, side in (("baseline", result.first), (LATE, result.second)):
        made = run(name, draws=70, seed=3, as_of=DAY, out=tmp_path / name)
        assert side == made.summary


def test_an_outcome_does_not_depend_on_how_many_follow() -> None:
    """The first draws of many are the draws of few."""
    resolved = resolve("baseline", as_of=DAY)
    few, many = outcome(resolved, draws=10), outcome(resolved, draws=1100)
    for name, values in few.measures.items():
        np.testing.assert_array_equal(values, many.measures[name][:, :10])


def test_two_deadlines_differ_by_the_pull_alone() -> None:
    """What a later deadline takes away rests on the pull: with none the two scenarios are the same in every
    draw. The answer says so beside the figure, and a difference of another kind does not."""
    result = compare("baseline", LATE, draws=400, as_of=NOVEMBER)
    pull = result.pull
    assert pull is not None
    assert (pull.year, pull.measure) == (2035, "europe_canada_expenditure_constant_usd")
    entry = result.differences[pull.measure]
    assert (pull.low, pull.median, pull.high) == (entry.low[-1], entry.median[-1], entry.high[-1])
    assert pull.high < 0.0
    assert (pull.without_low, pull.without_median, pull.without_high) == (0.0, 0.0, 0.0)
    assert pull.sentence.count("cannot be told from plain convergence") == 1
    assert "windows before there was a pledge" in pull.sentence
    assert "Out of sample" in pull.sentence
    assert pull.sentence.endswith("with no pull (budgets.compliance = 0): nothing.")
    assert pull.sentence in result.notes
    growth = compare("baseline", changes={"uncertainties.growth_shift": -0.01}, draws=20, as_of=NOVEMBER)
    assert growth.pull is None


def test_a_comparison_says_what_its_years_mean() -> None:
    """A comparison says whether its years mean what will stand or what is printed first, and both where its
    scenarios mean different things."""
    same = compare("baseline", LATE, draws=20, as_of=NOVEMBER)
    assert sum("mean what will stand" in note for note in same.notes) == 1
    changes = {"uncertainties.forecast_of": "first_print"}
    other = compare("baseline", changes=changes, draws=20, as_of=NOVEMBER)
    assert sum("mean what" in note for note in other.notes) == 2
    assert ("uncertainty", "forecast_of", "what_stands", "first_print") in {
        (c.kind, c.name, c.first, c.second) for c in other.changes
    }


def test_the_swap_for_europe_and_canada() -> None:
    """Five years later costs 115 bn (74 to 158) in 2035, Spain not excepted and no plan followed."""
    changes = {"levers.announced_plans": False, "levers.pledge.exceptions.ESP": 0.035}
    pair = (resolve(name, as_of=NOVEMBER, changes=changes) for name in ("baseline", LATE))
    pull = compare_resolved(*pair, draws=2000).pull
    assert pull is not None
    assert 1e-9 * pull.median == pytest.approx(-115, rel=0.05)
    assert 1e-9 * pull.low == pytest.approx(-158, rel=0.05)
    assert 1e-9 * pull.high == pytest.approx(-74, rel=0.1)


def test_common_draws_narrow_the_difference() -> None:
    """The interval of the paired difference is narrower than that of each scenario."""
    result = compare("baseline", LATE, draws=400, as_of=DAY)
    name = "nato_expenditure_constant_usd"
    paired = result.differences[name].high[-1] - result.differences[name].low[-1]
    alone = result.first.measures[name].high[-1] - result.first.measures[name].low[-1]
    assert paired < alone


def test_levers_and_beliefs_are_told_apart() -> None:
    """What differs is named with both values and its kind; a mix of decisions and beliefs is pointed out."""
    changes = {"levers.pledge.target": 0.04, "uncertainties.growth_shift": -0.01}
    result = compare("baseline", changes=changes, draws=20, as_of=DAY)
    assert {(c.kind, c.name, c.first, c.second) for c in result.changes} == {
        ("lever", "pledge_target", "0.035", "0.04"),
        ("uncertainty", "growth_shift", "0", "-0.01"),
    }
    assert any("Both decisions and beliefs differ" in note for note in result.notes)


def test_a_belief_about_one_ally_is_named() -> None:
    """Growth that differs for single allies only is told by ally, and not by how many numbers were set."""
    changes = {"uncertainties.growth_shift": {"USA": -0.01, "POL": 0.005}}
    result = compare("baseline", changes=changes, draws=20, as_of=DAY)
    assert [(c.name, c.first, c.second) for c in result.changes] == [
        ("growth_shift_by_country", "none", "POL 0.005, USA -0.01")
    ]


def test_one_ally_with_a_target_of_its_own_is_named() -> None:
    """Where only some allies' targets differ, those allies are named with their values."""
    result = compare("baseline", changes={"levers.pledge.exceptions": {}}, draws=20, as_of=DAY)
    assert [(c.name, c.first, c.second) for c in result.changes] == [
        ("pledge_targets", "ESP 0.021", "ESP 0.035")
    ]


def test_parameters_are_named() -> None:
    """A parameter that the second scenario sets is named by its component and name."""
    name = next(n for n, s in resolve("baseline", as_of=DAY).parameters.items() if isinstance(s.value, float))
    first = resolve("baseline", as_of=DAY)
    setting = first.parameters[name]
    second = replace(
        first, parameters={**first.parameters, name: replace(setting, value=setting.value * 1.01)}
    )  # type: ignore[operator]
    assert [c.name for c in compare_resolved(first, second, draws=10).changes] == [name]


def test_scenarios_of_other_length_are_compared_over_common_years() -> None:
    """Two horizons are compared to the nearer one, and a note says so."""
    result = compare("baseline", changes={"horizon": 2030}, draws=20, as_of=DAY)
    assert result.years[-1] == 2030
    assert len(result.differences["nato_gap_constant_usd"].median) == len(result.years)
    assert "The scenarios end in 2035 and 2030; compared to 2030." in result.notes


def test_draws_on_the_disk_give_the_numbers_of_those_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """More draws than memory shall hold lie in files, a few countries at a time; no number differs."""
    pair = resolve_alike("baseline", "ukraine-accedes", {}, as_of=DAY)
    held = compare_resolved(*pair, draws=700)
    monkeypatch.setattr(outcomes, "IN_MEMORY", 600)
    monkeypatch.setattr(slabs, "SLAB", 3 * 700)
    monkeypatch.setattr(store, "AT_ONCE", 300)
    assert isinstance(outcome_in_years(pair[0], draws=700, seed=1, shown_in=[3]), outcomes.SpilledOutcome)
    assert compare_resolved(*pair, draws=700) == held


def test_a_full_disk_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws that do not fit on the disk are refused with the place, and how many draws need no room there."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(outcomes, "IN_MEMORY", 600)
    monkeypatch.setattr(store.SpilledArray, "write", full)
    with pytest.raises(StorageError, match=r"No space left on device.*ask for 600 draws or fewer"):
        outcome_in_years(resolve("baseline", as_of=DAY), draws=700, seed=1, shown_in=[1])


def test_what_cannot_be_compared_is_refused() -> None:
    """One scenario alone, other days, and draws or seeds out of range are refused in one sentence."""
    with pytest.raises(
        InputError, match="foedus compare: there is only one scenario; name another one, or change"
    ):
        compare("baseline", as_of=DAY)
    one, two = resolve("baseline", as_of=DAY), resolve("baseline", as_of=date(2026, 6, 1))
    with pytest.raises(
        InputError, match="baseline and baseline differ in as_of; compare two scenarios as of the"
    ):
        compare_resolved(one, two)
    with pytest.raises(InputError, match="--draws: 100001 is out of range; give a number from 1 to 100000"):
        outcome(one, draws=100_001)
    with pytest.raises(InputError, match="--draws: 1000001 is out of range; give a number from 1 to 1000000"):
        compare_resolved(one, one, draws=1_000_001)
    with pytest.raises(InputError, match="--seed: -1 is out of range"):
        outcome(one, seed=-1)
    with pytest.raises(UnknownNameError, match="did you mean 'hague-five-years-late'"):
        compare("baseline", "hague-five-years-lat", as_of=DAY)


def test_the_command_prints_both_and_the_difference(capsys: pytest.CaptureFixture[str]) -> None:
    """The text names what differs, and gives the measures and allies of both with the difference."""
    assert run_command(["compare", "baseline", LATE, "--as-of", "2026-11-01", "--draws", "40"]) == 0
    out = capsys.readouterr().out
    assert "pledge_deadline  lever  2035   2040" in out
    assert "Second: The pledge of The Hague, five years late" in out
    assert "second less first" in out
    assert sum(line.startswith("Poland ") for line in out.splitlines()) == 1
    assert "Both scenarios use the same random terms" in out


def test_the_command_changes_keys_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --set the first scenario is changed; with --json one object comes, and --chart draws it."""
    chart = tmp_path / "compare.svg"
    call = ["compare", "baseline", "--set", "levers.pledge.deadline=2032", "--as-of", "2026-11-01"]
    assert run_command([*call, "--draws", "20", "--json", "--chart", str(chart)]) == 0
    out, err = capsys.readouterr()
    said = json.loads(out)
    assert [c["second"] for c in said["changes"]] == ["2032"]
    assert said["second"]["pledge"]["deadline"] == 2032
    assert chart.read_text().startswith('<svg role="img"')
    assert err == f"The chart is in {chart}\n"


def test_nothing_to_compare_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """The text of a scenario against itself says that nothing differs."""
    assert run_command(["compare", "baseline", "baseline", "--as-of", "2026-11-01", "--draws", "5"]) == 0
    assert "Nothing differs." in capsys.readouterr().out


def test_an_accession_is_told_apart_from_chance() -> None:
    """Against its baseline an accession moves no ally's share in any draw, and adds its own spending, or
    nothing where the last ally does not ratify in time."""
    result = compare("baseline", "ukraine-accedes", draws=200, as_of=DAY)
    assert {(c.kind, c.name, c.first, c.second) for c in result.changes} == {
        ("lever", "accession_signed", "UKR not signed", "UKR 2028-07-03")
    }
    assert all(ally.low == ally.high == 0.0 for ally in result.allies)
    spent = result.differences["nato_expenditure_constant_usd"]
    assert all(v == 0.0 for year, v in zip(result.years, spent.high, strict=True) if year < 2028)
    assert spent.low[-1] >= 0.0
    assert spent.median[-1] > 0.0
    assert any("Carried without entering" in note and "Ukraine in the first" in note for note in result.notes)
    assert result.first.title == "The pledge of The Hague"


def test_a_question_is_named_as_a_lever() -> None:
    """A scenario that puts a question differs from its baseline by that lever alone."""
    result = compare("baseline", "a-higher-goal", draws=20, as_of=DAY)
    assert [(c.kind, c.name, c.first, c.second) for c in result.changes] == [
        ("lever", "questions", "none", "1")
    ]
