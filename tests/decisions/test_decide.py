"""``foedus decide``: the answer to a decision, its packages, its chart, and questions in the chain."""

from __future__ import annotations

import builtins
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.cli import run_command
from foedus.decisions.bands import ValueBand
from foedus.decisions.decide import decide
from foedus.decisions.find import find_decision, shipped_decisions
from foedus.decisions.packages import AIMS, Agenda, agenda, package_of, solve_package
from foedus.decisions.positions import goal_position
from foedus.decisions.result import Decision
from foedus.decisions.schema import DecisionFile, decision_from
from foedus.decisions.setup import terms
from foedus.decisions.shipped import list_decisions
from foedus.engine.component import shock_axes
from foedus.engine.draws import shocks
from foedus.engine.simulate import trajectories
from foedus.errors import InputError, NoSolutionError, ScenarioError
from foedus.evidence import Ledger
from foedus.extending import install
from foedus.scenario import Resolved, resolve
from foedus.scenario.chain import CHAIN

DAY = date(2026, 11, 1)


def _file(**changes: Any) -> DecisionFile:
    content: dict[str, Any] = {
        "title": "A test",
        "question": "Shall it pass?",
        "scale": {"zero": "nothing", "hundred": "all"},
        "reversion": 0,
        "members": [
            {"who": ["USA"], "position": 100, "salience": 0.9, "influence": 100},
            {"who": ["POL"], "position": [60, 90], "salience": "medium", "influence": 20},
            {"who": ["HUN"], "position": 10, "salience": "high", "influence": 8},
        ],
        "instruments": ["side_payment", "dilute"],
    }
    return decision_from({k: v for k, v in (content | changes).items() if v is not None}, "test")


ANSWER = decide(_file(), draws=3000)


def test_an_answer_is_whole() -> None:
    """An answer has chances, every null model, a frontier that falls, instruments and five lines."""
    assert ANSWER.probability_adopted is not None
    assert 0.5 < ANSWER.probability_adopted < 1.0
    assert len(ANSWER.nulls) == 9
    assert len(ANSWER.brief) == 5
    chances = [p.probability_adopted for p in ANSWER.frontier]
    assert chances == sorted(chances, reverse=True)
    assert ANSWER.best in ANSWER.frontier
    assert {i.instrument for i in ANSWER.instruments if i.allowed} == {"side_payment", "dilute"}
    for row in ANSWER.instruments:
        if row.allowed:
            assert row.probability_adopted_without <= ANSWER.probability_adopted + 0.05


def test_an_answer_says_itself() -> None:
    """The headline is the base rate where it stands in the model's place, with what the model says; plain
    values leave the file out and call a probability odds."""
    assert ANSWER.headline().startswith(f"Put to all {len(ANSWER.file.names)} as it is, 79 % is the chance ")
    assert "by the record: 11 of 14 " in ANSWER.headline()
    assert ANSWER.answer().beside[0].startswith("The model of objections: ")
    assert ANSWER.sentences()[1] == ANSWER.brief[0]
    assert ANSWER.sentences()[0] == "A test. Shall it pass?"
    assert [t.name for t in ANSWER.tables()] == ["members", "drafts", "instruments", "models", "skill"]
    payload = ANSWER.payload()
    assert list(payload)[:5] == ["title", "question", "rule", "draws", "seed"]
    assert "file" not in payload
    for row, effect in zip(payload["instruments"], ANSWER.instruments, strict=True):
        assert row["odds"] == effect.probability
        assert "probability" not in row
    assert [t.name for t in decide(_file(rule="majority", reversion=None), draws=50).tables()] == ["models"]


def test_a_package_says_itself() -> None:
    """A package names its least gain, and has a row for each issue."""
    packed = package_of(find_decision("template"))
    assert packed.headline() == (
        f"The least gain of a member is {packed.least_gain:.2f} (weighted); no package is better."
    )
    assert packed.payload()["gap"] == packed.gap <= 1e-4
    (table,) = packed.tables()
    assert tuple(row["issue"] for row in table.rows) == packed.issues == packed.payload()["issues"]


def test_the_list_of_decisions_says_itself() -> None:
    """The list has a row for each shipped file, and its headline counts those with a record."""
    shipped = list_decisions()
    assert sorted(row.name for row in shipped.rows) == list(shipped_decisions())
    assert [row.name for row in shipped.rows if row.is_open] == [row.name for row in shipped.rows[:3]]
    assert shipped.headline().startswith(f"{len(shipped.rows)} decision files come with foedus; of 14 it is")
    assert {row["what_happened"] for row in shipped.tables()[0].rows} == {
        "adopted",
        "not adopted",
        "open",
        None,
    }


def test_the_holdout_is_named_with_its_price() -> None:
    """Hungary at 10 objects most, accepts drafts up to 20, and is worth most when it falls silent."""
    first = ANSWER.holdouts[0]
    assert first.name == "HUN"
    assert first.acceptable_draft == pytest.approx(20.0)
    assert first.concession == pytest.approx(80.0)
    values = [h.blocking_value for h in ANSWER.holdouts if h.blocking_value is not None]
    assert values == sorted(values, reverse=True)
    assert "Hungary" in ANSWER.brief[2]


def test_the_same_seed_gives_the_same_answer() -> None:
    """An answer is repeated by its seed and moves little with another."""
    assert decide(_file(), draws=3000) == ANSWER
    other = decide(_file(), draws=3000, seed=2)
    assert other != ANSWER
    assert other.probability_adopted == pytest.approx(ANSWER.probability_adopted, abs=0.05)


def test_a_proposal_below_the_reversion() -> None:
    """A decision on a scale that runs the other way has the mirrored answer."""
    turned = _file(
        reversion=100,
        proposal=0,
        members=[
            {"who": ["USA"], "position": 0, "salience": 0.9, "influence": 100},
            {"who": ["POL"], "position": [10, 40], "salience": "medium", "influence": 20},
            {"who": ["HUN"], "position": 90, "salience": "high", "influence": 8},
        ],
    )
    answer = decide(turned, draws=3000)
    assert answer.probability_adopted == ANSWER.probability_adopted
    assert answer.holdouts[0].acceptable_draft == pytest.approx(80.0)
    assert answer.outcome is not None
    assert ANSWER.outcome is not None
    assert answer.outcome.mean == pytest.approx(100.0 - ANSWER.outcome.mean)
    assert answer.nulls[0].mean == pytest.approx(100.0 - ANSWER.nulls[0].mean)


def test_without_a_reversion_only_the_middle_ground() -> None:
    """A majority question without a reversion has null models and no chance of adoption."""
    answer = decide(_file(rule="majority", reversion=None, instruments=[]), draws=200)
    assert answer.probability_adopted is None
    assert answer.frontier == ()
    assert answer.brief[0].startswith("No reversion is given")


@pytest.mark.parametrize(("quota", "passes"), [(0.6, True), (0.7, False)])
def test_a_qualified_majority_counts_votes(quota: float, passes: bool) -> None:
    """Against two of three votes of one weight a sure objector blocks from a quota above two thirds."""
    file = _file(
        rule="qualified_majority",
        quota=quota,
        instruments=[],
        members=[
            {"who": ["A", "B"], "position": 100, "salience": 1, "weight": 1},
            {"who": ["C"], "position": 0, "salience": 1, "weight": 1},
        ],
    )
    sure = terms(objection_base=50.0, failure_share=0.0)
    assert decide(file, draws=100, parameters=sure).probability_adopted == float(passes)


def test_nobody_objects_to_what_all_want() -> None:
    """Where all gain, adoption is certain and the brief says that nobody loses."""
    answer = decide(
        _file(members=[{"who": ["A", "B"], "position": 100, "salience": 1}], instruments=[]), draws=50
    )
    assert answer.probability_adopted == 1.0
    assert answer.challenge == ()
    assert answer.brief[2].startswith("Nobody loses")
    assert "no instrument" in answer.brief[4]


@pytest.mark.parametrize(("option", "value"), [("draws", 0), ("draws", 2_000_000), ("seed", -1)])
def test_draws_and_seed_have_ranges(option: str, value: int) -> None:
    """A number of draws or a seed out of range is refused with the range."""
    with pytest.raises(InputError, match=f"--{option}: {value} is out of range; give a number from"):
        decide(_file(), **{option: value})


@pytest.mark.parametrize("name", shipped_decisions())
def test_every_shipped_decision_is_answered(name: str) -> None:
    """Each shipped decision has an answer with a chance and five lines."""
    answer = decide(find_decision(name), draws=300)
    assert answer.probability_adopted is not None
    assert len(answer.brief) == 5


def _run(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run_command(["decide", *words])
    out = capsys.readouterr()
    return code, out.out, out.err


def test_the_command_prints_the_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the brief, the tables and the sources of a shipped decision."""
    code, out, _ = _run(["secretary-general-2024", "--draws", "1000"], capsys)
    assert code == 0
    for words in (
        "1. Adoption is",
        "influence × salience mean",
        "Hungary",
        "Blocking value",
        "Sources of the file",
    ):
        assert words in out


def test_the_command_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    """With --json the command prints one object with the same figures."""
    code, out, _ = _run(["nsatu-2024", "--draws", "500", "--json"], capsys)
    assert code == 0
    found = json.loads(out)
    assert found["holdouts"][0]["name"] == "HUN"
    assert found["probability_adopted"] == decide(find_decision("nsatu-2024"), draws=500).probability_adopted


def test_a_question_without_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """A question in flags is answered, and one without members is refused."""
    words = [
        "--issue",
        "Send it?",
        "--member",
        "HUN=0,high",
        "--member",
        "USA=100,0.9,100",
        "--allow",
        "opt_out",
    ]
    code, out, _ = _run([*words, "--draws", "200", "--json"], capsys)
    assert code == 0
    assert json.loads(out)["holdouts"][0]["name"] == "HUN"
    code, _, err = _run(["--issue", "Send it?"], capsys)
    assert code == 2
    assert err.startswith("foedus: --member: a question needs members")


def test_few_draws_are_refused_or_said(capsys: pytest.CaptureFixture[str]) -> None:
    """Fewer than a hundred draws are refused; with few the standard error stands beside the chance."""
    code, _, err = _run(["nsatu-2024", "--draws", "1"], capsys)
    assert (code, err) == (2, "foedus: --draws: 1 draws say nothing; give 100 or more.\n")
    answer = decide(_file(), draws=400)
    assert f"± {100 * (answer.standard_error or 0):.1f} by 400 draws" in answer.brief[0]
    assert "±" not in decide(_file()).brief[0]


def test_a_day_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """With --by the answer names the day, its chance is lower, and a day before the opening is refused."""
    code, out, _ = _run(["nsatu-2024", "--draws", "1000", "--by", "2024-06-01", "--json"], capsys)
    answer = json.loads(out)
    assert (code, answer["by"]) == (0, "2024-06-01")
    assert answer["probability_adopted"] < answer["probability_ever"]
    code, _, err = _run(["nsatu-2024", "--by", "2024-04-01"], capsys)
    assert (code, "by 2024-04-01 lies before 2024-04-03" in err) == (2, True)
    with pytest.raises(InputError, match="by 2026-11-01 lies before 2026-11-02, from which days are counted"):
        decide(_file(by=DAY), draws=100, today=DAY + timedelta(1))


def test_an_answer_says_of_what_and_by_when() -> None:
    """Every answer names the text and the day, and a divisible one the chance of the text as tabled."""
    ever, dated = _file(adopted_from=40), _file(adopted_from=40, opened=DAY, by=DAY + timedelta(90))
    first = decide(ever, draws=200).brief[0]
    assert "some text at 40 or above, ever" in first
    assert "the text as tabled: " in first
    assert "some text at 40 or above, by 30 January 2027" in decide(dated, draws=200).brief[0]
    whole = decide(_file(kind="person", instruments=None), draws=200)
    assert "the question as put, ever" in whole.brief[0]
    assert "the text as tabled" not in whole.brief[0]


def test_an_indivisible_question_has_no_weaker_text() -> None:
    """A question about a person has no frontier, no dilution and nobody who accepts a part of it."""
    answer = decide(_file(kind="person", instruments=None), draws=300)
    assert answer.frontier == ()
    assert answer.best is None
    assert "dilute" not in {i.instrument for i in answer.instruments}
    assert [t.name for t in answer.tables()] == ["members", "instruments", "models", "skill"]
    assert "acceptable_draft" not in {c.key for c in answer.tables()[0].columns}
    assert "accepts up to" not in " ".join(answer.brief)


def test_nobody_is_named_whose_chance_is_small() -> None:
    """Where many share the risk and no chance of objecting is above the stated level, nobody is named."""
    answer = decide(find_decision("successor-2023"), draws=1000)
    assert max(h.probability_objects for h in answer.holdouts) < answer.named_least_share
    assert answer.brief[2].startswith("Nobody is named: no member's chance of objecting is above 20 %")


def test_the_base_rate_stands_in_the_place_of_a_model_without_skill() -> None:
    """The forecast is the base rate of the rule while the interval of the model's gain holds zero."""
    for rule in ("consensus", "unanimity", "majority"):
        answer = decide(_file(rule=rule), draws=100)
        base = answer.base_rate
        assert base.rule == rule
        assert base.is_beaten == (base.outcome_unknown and base.gain_low > 0)
        assert answer.probability_forecast == (
            answer.probability_adopted if base.is_beaten else base.adopted / base.count
        )
        assert base.is_beaten or "not been shown to beat the base rate" in answer.brief[0]


def test_an_answer_carries_the_scores_by_rule(capsys: pytest.CaptureFixture[str]) -> None:
    """The table of skill has a row for each rule with its interval; the episodes' score is no test."""
    table = next(t for t in ANSWER.tables() if t.name == "skill")
    assert [row["rule"] for row in table.rows] == ["consensus", "unanimity", "majority"]
    for row in table.rows:
        assert row["gain_low"] <= row["gain"] <= row["gain_high"]
        assert row["gain"] == pytest.approx(row["base_score"] - row["model_score"], abs=1.1e-3)
    assert [row["outcome_unknown"] for row in table.rows] == [False, True, True]
    code, out, _ = _run(["nsatu-2024", "--draws", "200"], capsys)
    assert code == 0
    assert "beside the base rate, out of fold" in out
    assert "Withdrawn: a Brier score of 0.086 against 0.180" in out


def test_positions_that_are_not_verified_are_counted() -> None:
    """The first line counts the positions that a file marks as assumed or unverified."""
    members = [
        {"who": ["USA"], "position": 100, "salience": 0.9, "known": "press"},
        {"who": ["POL", "CZE"], "position": 80, "salience": 0.5, "known": "assumed"},
        {"who": ["HUN"], "position": 10, "salience": 0.9, "known": "unverified"},
    ]
    answer = decide(_file(members=members), draws=100)
    assert answer.unverified == 3
    assert "3 of the 4 positions are assumed or unverified" in answer.brief[0]


def test_an_answer_turns_at_a_position() -> None:
    """Where a member's position turns the answer, the chance crosses one half within a point of it."""
    file = _file(
        kind="person",
        instruments=[],
        members=[
            {"who": ["USA"], "position": 100, "salience": 0.9, "influence": 50},
            {"who": ["DEU"], "position": 100, "salience": 0.9, "influence": 20},
            {"who": ["HUN"], "position": 0, "salience": 1.0, "influence": 8},
        ],
    )
    answer = decide(file, draws=2000)
    assert len(answer.turning_points) == 3
    turn = next(t for t in answer.turning_points if t.name == "HUN")
    assert turn.turns_at is not None
    assert "The answer turns if " in answer.brief[4]
    assert f"Hungary's position is above {turn.turns_at:.0f}" in answer.brief[4]
    chances = []
    for point in (turn.turns_at - 3, turn.turns_at + 3):
        moved = file.members[2].model_copy(update={"position": ValueBand(low=point, high=point)})
        there = file.model_copy(update={"members": (*file.members[:2], moved)})
        chances.append(decide(there, draws=10_000).probability_adopted)
    assert chances[0] < 0.52
    assert chances[1] > 0.48


def test_what_is_not_open_to_a_kind_is_left_out_and_said() -> None:
    """An instrument that is listed but not open to the kind is not used, and a note names it."""
    answer = decide(_file(kind="person", instruments=["defer", "dilute"]), draws=100)
    assert {i.instrument for i in answer.instruments if i.allowed} == {"defer"}
    assert any("so left out: a weaker text" in note for note in answer.notes)


def test_where_one_wants_more_than_another_accepts_no_draft_is_left(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """What all accept holds the drafts that members say they accept, and may be no draft at all."""
    keen = {"who": ["POL"], "position": 100, "salience": 0.9, "accepts": [60, 100]}
    wary = {"who": ["HUN"], "position": 0, "salience": 0.9, "accepts": [0, 30]}
    calm = {"who": ["CZE"], "position": 80, "salience": 0.5}
    answer = decide(_file(members=[keen, wary, calm]), draws=100)
    assert answer.acceptable == (None, (40.0, 50.0))
    assert decide(_file(members=[keen, calm]), draws=100).acceptable[0] == (60.0, 100.0)
    assert {h.name: (h.accepts, h.accepts_grade) for h in answer.holdouts} == {
        "POL": ((60.0, 100.0), "given"),
        "HUN": ((0.0, 30.0), "given"),
        "CZE": ((0.0, 100.0), "assumed"),
    }
    path = tmp_path / "q.yaml"
    path.write_text(
        "title: t\nquestion: q\nscale: {zero: a, hundred: b}\nreversion: 0\nkind: text\nmembers:\n"
        "- {who: [A], position: 100, salience: 1, accepts: [80, 100]}\n"
        "- {who: [B], position: 0, salience: 1, accepts: [0, 10]}\n",
        encoding="utf-8",
    )
    code, out, _ = _run([str(path), "--draws", "100", "--chart", str(tmp_path / "q.svg")], capsys)
    assert code == 0
    assert "with a strict veto: no draft; with a cost of standing alone: no draft" in out


def test_the_list_of_decisions(capsys: pytest.CaptureFixture[str]) -> None:
    """The list names every shipped decision with what happened."""
    code, out, _ = _run(["--list", "--json"], capsys)
    assert code == 0
    rows = {row["name"]: row["adopted"] for row in json.loads(out)["decisions"]}
    assert sum(value is False for value in rows.values()) == 3
    assert rows["template"] is None


def test_the_command_packs_and_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The template's issues are packed, and its chart is written as svg and as png."""
    chart = tmp_path / "t.svg"
    code, out, err = _run(["template", "--draws", "200", "--package", "--chart", str(chart)], capsys)
    assert code == 0
    assert "In the package" in out
    assert "The chart is in" in err
    assert chart.read_text(encoding="utf-8").startswith("<svg")
    code, _, _ = _run(["nsatu-2024", "--draws", "200", "--chart", str(tmp_path / "t.png")], capsys)
    assert code == 0
    assert (tmp_path / "t.png").read_bytes().startswith(b"\x89PNG")


def test_a_chart_needs_a_known_ending_and_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chart goes to a picture's file, in a folder that is there."""
    code, _, err = _run(["template", "--draws", "200", "--chart", str(tmp_path / "a.txt")], capsys)
    assert (code, "'a.txt' is no chart file" in err) == (2, True)
    code, _, err = _run(["template", "--draws", "200", "--chart", str(tmp_path / "gone" / "a.svg")], capsys)
    assert (code, "its folder does not exist" in err) == (2, True)


def _without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    real = builtins.__import__

    def refuse(name: str, *rest: Any, **more: Any) -> Any:
        if name.partition(".")[0] in missing:
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_an_extra_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the solver or the charting library the message names the extra to install."""
    _without(monkeypatch, "highspy", "altair", "vl_convert")
    with pytest.raises(InputError, match=re.escape(f"packages need the solver; {install('optimise')}")):
        package_of(find_decision("template"))
    with pytest.raises(InputError, match=r"the library that draws charts is not installed"):
        ANSWER.chart()


TRADE = Agenda(
    issues=("one", "two"),
    members=("A", "B"),
    reversion=np.array([0.0, 0.0]),
    position=np.array([[100.0, 0.0], [0.0, 100.0]]),
    salience=np.array([[1.0, 0.2], [0.2, 1.0]]),
    influence=np.ones(2),
    opt_out=np.zeros(2, dtype=bool),
)
"""Two members that each want one issue and mind the other little."""


@pytest.mark.parametrize("aim", AIMS)
def test_a_package_trades(aim: Any) -> None:
    """Two issues on which nothing passes alone pass in full together, for a gain of 0.8 each."""
    packed = solve_package(TRADE, aim)
    assert packed.alone == (0.0, 0.0)
    assert packed.drafts == pytest.approx((100.0, 100.0), abs=0.2)
    assert packed.gains == pytest.approx({"A": 0.8, "B": 0.8}, abs=2e-3)


def test_an_opt_out_frees_a_package() -> None:
    """A member left out of what hurts it lets the others have it, and nobody is left out without need."""
    hurt = replace(TRADE, salience=np.array([[1.0, 1.0], [0.2, 0.0]]))
    assert solve_package(hurt).drafts[0] == pytest.approx(0.0, abs=1e-6)
    freed = solve_package(replace(hurt, opt_out=np.array([True, False])))
    assert freed.drafts[0] == pytest.approx(100.0, abs=0.2)
    assert freed.opt_outs == (("B",), ())


def test_a_package_without_a_solution() -> None:
    """A product of gains has no solution where a member can gain nothing, and the message says so."""
    idle = replace(TRADE, salience=np.array([[1.0, 0.0], [0.2, 0.0]]))
    with pytest.raises(NoSolutionError, match=r"no package was found \(infeasible\); take the aim weighted"):
        solve_package(idle, "nash")
    with pytest.raises(InputError, match="'best' is not an aim; use one of weighted"):
        solve_package(TRADE, "best")  # type: ignore[arg-type]
    with pytest.raises(InputError, match="a package needs a reversion and at least one further issue"):
        agenda(_file())


LEDGER = Ledger.packaged()


def _scenario(tmp_path: Path, questions: str) -> Resolved:
    path = tmp_path / "s.yaml"
    path.write_text(
        f"title: t\nquestion: q?\nextends: baseline\nlevers:\n  questions:\n{questions}", encoding="utf-8"
    )
    return resolve(str(path), as_of=DAY, ledger=LEDGER)


def _paths(resolved: Resolved) -> dict[str, Any]:
    problem = resolved.problem()
    years, countries = len(problem.inputs), problem.countries
    terms_ = shocks(1, 0, shock_axes(CHAIN), years, countries, classes=problem.classes)
    return trajectories(problem, terms_)


GOAL = "    - {kind: spending_goal, year: 2033, target: %s, instruments: [side_payment, opt_out, defer]}\n"


def test_a_goal_binds_in_the_draws_that_adopt_it(tmp_path: Path) -> None:
    """An adopted goal is in force from its year on in the draws that adopted it, and in no others."""
    resolved = _scenario(tmp_path, GOAL % 0.038)
    paths = _paths(resolved)
    at = resolved.years.index(2033) - 1
    adopted = paths["question_is_adopted"][at, :, 0] == 1.0
    assert 0.02 < adopted.mean() < 0.98
    assert adopted.mean() == pytest.approx(paths["question_adoption_probability"][at].mean(), abs=0.08)
    goal = paths["agreed_target_share_of_gdp"]
    usa = resolved.countries.index("USA")
    assert np.all(goal[at + 1 :][:, adopted, usa] == 0.038)
    assert np.all(goal[at + 1 :][:, ~adopted, usa] == 0.035)
    assert np.all(goal[1 : at + 1, :, usa] == 0.035)
    share = paths["defence_expenditure_share_of_gdp"]
    rise = np.nanmean(share[-1] - share[at], axis=-1)
    assert rise[adopted].mean() > rise[~adopted].mean()


def test_an_easier_goal_is_likelier(tmp_path: Path) -> None:
    """The chance of a goal falls as the goal rises."""
    chances = [
        _paths(_scenario(tmp_path, GOAL % goal))["question_adoption_probability"].max(0).mean()
        for goal in (0.036, 0.04, 0.05)
    ]
    assert chances == sorted(chances, reverse=True)


def test_invitations_and_packages_are_counted(tmp_path: Path) -> None:
    """An invitation and a package pass in the share of draws that their chance says, and are then counted."""
    resolved = _scenario(
        tmp_path,
        "    - {kind: invitation, year: 2028, decision: finland-sweden-invitation-2022,"
        " instruments: [side_payment], others: {position: 100, salience: low}}\n"
        "    - {kind: support_package, year: 2027, decision: nsatu-2024}\n",
    )
    paths = _paths(resolved)
    invitations, packages = (paths[f"{n}_agreed_count"][:, :, 0] for n in ("invitations", "support_packages"))
    chance = paths["question_adoption_probability"][:, 0, 0]
    at = {year: resolved.years.index(year) - 1 for year in (2027, 2028)}
    # Counts have a starting value, so their first row is the start year.
    assert invitations[-1].mean() == pytest.approx(chance[at[2028]], abs=0.08)
    assert packages[-1].mean() == pytest.approx(chance[at[2027]], abs=0.08)
    assert invitations[at[2028]].sum() == 0
    assert set(np.unique(packages[-1])) == {0.0, 1.0}


def test_a_baseline_without_questions_is_unmoved() -> None:
    """Without questions the goal in force is the pledge, and nothing is adopted."""
    paths = _paths(resolve("baseline", as_of=DAY, ledger=LEDGER))
    assert paths["question_is_adopted"].sum() == 0
    assert np.all(
        paths["agreed_target_share_of_gdp"][-1] == resolve("baseline", as_of=DAY).spending.pledge_targets
    )


def test_a_resolved_question_is_kept(tmp_path: Path) -> None:
    """A scenario with questions is the same after it was written and read."""
    resolved = _scenario(tmp_path, GOAL % 0.04)
    again = Resolved.from_json(json.loads(json.dumps(resolved.to_json())))
    assert again.canonical() == resolved.canonical()
    assert len(again.decisions.questions) == 1


def test_where_allies_stand_on_a_goal() -> None:
    """Between the goal in force and the new one an ally stands where its share and reach fall."""
    share = np.array([[0.02, 0.03, 0.05, np.nan]])
    found = goal_position(share, np.full(4, 0.03), 0.05, 0.01)
    assert found[0] == pytest.approx([0.0, 50.0, 100.0, 100.0])


QUESTIONS: list[tuple[str, str]] = [
    ("{kind: spending_goal, year: 2030}", "a spending goal has a target"),
    ("{kind: invitation, year: 2030}", "an invitation or a support package names a decision file"),
    (
        "{kind: spending_goal, year: 2099, target: 0.04}",
        r"the question of 2099 lies outside \d{4} to 2035; move it",
    ),
    ("{kind: invitation, year: 2030, decision: nsatu-24}", "is not a known decision"),
    (
        "{kind: invitation, year: 2030, decision: finland-sweden-invitation-2022}",
        "does not say where FIN, SWE stand; add `others`",
    ),
    ("{kind: spending_goal, year: 2030, target: 0.04, goal: 1}", "'goal' is not a known key"),
]


@pytest.mark.parametrize(("question", "message"), QUESTIONS, ids=[m[:30] for _, m in QUESTIONS])
def test_a_wrong_question_is_refused(tmp_path: Path, question: str, message: str) -> None:
    """Each mistake in a question of a scenario gives one sentence that says what to do."""
    with pytest.raises(InputError, match=message):
        _scenario(tmp_path, f"    - {question}\n")


def test_two_questions_in_a_year_are_refused(tmp_path: Path) -> None:
    """A year puts one question."""
    with pytest.raises(ScenarioError, match="two questions are put in 2033; put one question a year"):
        _scenario(tmp_path, GOAL % 0.04 + GOAL % 0.05)


def test_a_question_needs_a_decision_by_consensus(tmp_path: Path) -> None:
    """A decision by majority cannot be put to allies."""
    path = tmp_path / "m.yaml"
    path.write_text(
        "title: t\nquestion: q\nscale: {zero: a, hundred: b}\nrule: majority\n"
        "members: [{who: [POL, HUN], position: 3, salience: 1}]\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError, match=r"is not by consensus; name a file with a reversion"):
        _scenario(tmp_path, f"    - {{kind: invitation, year: 2030, decision: {path}}}\n")


def test_an_answer_has_the_measures_of_the_catalogue() -> None:
    """What the catalogue calls measures of a decision stands in its answer."""
    from foedus.decisions import result as decide_result

    for place in decide_result.MEASURES.values():
        part, _, field = place.partition(".")
        assert field in getattr(decide_result, part).__dataclass_fields__
    assert isinstance(ANSWER, Decision)
