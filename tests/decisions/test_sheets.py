"""Spreadsheets of positions: columns of several programs, scales, packages, scores, and what is refused."""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.cli import run_command
from foedus.decisions.sheet import SheetIssue, open_sheet
from foedus.decisions.sheet_answer import answer_sheet
from foedus.decisions.sheet_columns import recognise
from foedus.decisions.sheet_question import sheet_question
from foedus.decisions.sheet_scale import Scales
from foedus.decisions.sheet_score import paired_interval, score_sheet
from foedus.errors import InputError, UnknownNameError

LONG = """issue,actor,position,salience,influence,reversion,outcome,dossier,rule
budget,A,10,0.5,4,0,30,first,unanimity
budget,B,90,0.9,1,0,30,first,unanimity
budget,C,50,0.2,2,0,30,first,unanimity
seat,A,100,0.1,4,0,60,first,QMV
seat,B,0,0.3,1,0,60,first,QMV
seat,C,60,1,2,0,60,first,QMV
"""
"""Two issues of three actors each."""


def _write(folder: Path, text: str, name: str = "own.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _read(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _rows(path: Path, **options: Any) -> tuple[dict[str, Any], ...]:
    return answer_sheet(open_sheet(path, path.name, **options), "consensus").issues


def _run(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = run_command(["decide", *words])
    out, err = capsys.readouterr()
    return code, out, err


def _mean(rows: list[tuple[float, float, float]]) -> float:
    return sum(x * s * w for x, s, w in rows) / sum(s * w for _, s, w in rows)


def test_a_spreadsheet_is_answered_issue_by_issue(tmp_path: Path) -> None:
    """Each issue has its simple concepts, its reversion and outcome; the reversions make a package."""
    answer = answer_sheet(open_sheet(_write(tmp_path, LONG), "own.csv"), "consensus")
    budget, seat = answer.issues
    assert budget["weighted_mean"] == pytest.approx(_mean([(10, 0.5, 4), (90, 0.9, 1), (50, 0.2, 2)]))
    assert (seat["outcome"], seat["rule"], seat["actors"]) == (60.0, "qualified_majority", 3)
    assert answer.package is not None
    assert answer.package.issues == ("budget", "seat")
    assert answer.package.least_gain >= -1e-9
    assert "2 issues" in answer.headline()
    assert {table.name for table in answer.tables()} == {"issues"}


def test_the_names_of_other_programs_mean_the_same(tmp_path: Path) -> None:
    """KTAB's title above pairs of columns, DEU's names and the challenge model's hold the same positions."""
    long = _rows(_write(tmp_path, LONG))
    wide = "A title, some words, 3, 2,\nActor,Description,Power,budget Position,budget Salience,Pstn2,Sal2,\n"
    wide += "A, first, 4.0, 10, 50,100, 10,\nB, second, 1, 90, 90, 0, 30,\nC, third, 2, 50, 20, 60,100,\n"
    ktab = open_sheet(_write(tmp_path, wide, "wide.csv"), "wide.csv")
    assert (ktab.rows.title, ktab.rows.question, ktab.rows.layout.dialect) == (
        "A title",
        "some words",
        "KTAB",
    )
    assert [i.name for i in ktab.issues()] == ["budget", "issue 2"]
    assert "Power as influence" in ktab.rows.layout.sentence()
    renamed = LONG.replace("reversion", "reference_point").replace("dossier", "proposal")
    deu = open_sheet(_write(tmp_path, renamed, "deu.csv"), "deu.csv")
    assert deu.rows.layout.dialect == "DEU"
    assert "reference_point as reversion" in deu.rows.layout.sentence()
    challenge = LONG.replace("actor", "Stakeholder").replace("influence", "Capability")
    for other in (
        answer_sheet(ktab, "consensus").issues,
        answer_sheet(deu, "consensus").issues,
        _rows(_write(tmp_path, challenge, "challenge.csv")),
    ):
        for ours, theirs in zip(long, other, strict=True):
            assert theirs["weighted_mean"] == pytest.approx(ours["weighted_mean"])
            assert theirs["condorcet"] == pytest.approx(ours["condorcet"])


stances = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 10), st.integers(1, 9)), min_size=2, max_size=6
).filter(lambda rows: max(x for x, _, _ in rows) > 1)


@settings(max_examples=25, deadline=None)
@given(rows=stances, seed=st.integers(0, 99))
def test_units_order_and_signs_change_nothing(
    rows: list[tuple[int, int, int]], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Per cent for fractions, another scale or order, semicolons and decimal commas: one answer."""
    folder = tmp_path_factory.mktemp("units")
    lines = [("A%d" % i, 5 * x, s / 10, w) for i, (x, s, w) in enumerate(rows)]  # noqa: UP031
    head = "actor,position,salience,influence\n"
    plain = head + "".join(f"{a},{x},{s},{w}\n" for a, x, s, w in lines)
    mixed = random.Random(seed).sample(lines, len(lines))
    others = [
        (head + "".join(f"{a},{x},{s * 100:.0f},{w}\n" for a, x, s, w in lines), 1.0),
        (head + "".join(f"{a},{x / 100},{s},{w * 1e300}\n" for a, x, s, w in lines), 100.0),
        (head + "".join(f"{a},{x},{s},{w}\n" for a, x, s, w in mixed), 1.0),
        (plain.replace(",", ";").replace(".", ","), 1.0),
        (plain.replace(",", "\t"), 1.0),
    ]
    (expected,) = _rows(_write(folder, plain))
    for n, (text, factor) in enumerate(others):
        (row,) = _rows(_write(folder, text, f"{n}.csv"))
        for key in ("weighted_mean", "plain_mean", "weighted_median", "condorcet", "q50"):
            assert row[key] * factor == pytest.approx(expected[key], abs=1e-6), (key, text)


def test_issues_may_stand_in_pieces(tmp_path: Path) -> None:
    """Rows sorted by actor give the issues that rows sorted by issue give."""
    header, *rows = LONG.splitlines()
    by_actor = sorted(rows, key=lambda row: row.split(",")[1])
    path = _write(tmp_path, "\n".join([header, *by_actor]), "pieces.csv")
    assert open_sheet(path, "pieces.csv").whole
    assert not open_sheet(_write(tmp_path, LONG), "own.csv").whole
    assert _rows(path) == _rows(_write(tmp_path, LONG))


@pytest.mark.parametrize(
    ("positions", "ends", "said"),
    [
        ((0.0, 0.4, 1.0), (0.0, 1.0), "on the scale 0 to 1;"),
        ((4.0, 7.0, 10.0), (0.0, 100.0), "on the scale 0 to 100;"),
        ((1990.0, 2000.0, 2010.0), (1990.0, 2010.0), "from its lowest to its highest number"),
        ((-5.0, 0.0, 5.0), (-5.0, 5.0), "from its lowest to its highest number"),
    ],
)
def test_the_scale_is_taken_and_said(
    positions: tuple[float, ...], ends: tuple[float, float], said: str, tmp_path: Path
) -> None:
    """Fractions, per cent and years are taken on their own scales, the answer is in them, and says so."""
    rows = "".join(f"A{i},{x}\n" for i, x in enumerate(positions))
    sheet = open_sheet(_write(tmp_path, "actor,position\n" + rows), "own.csv")
    (issue,) = sheet.issues()
    assert issue.ends == ends
    assert said in " ".join(sheet.scales.sentences)
    (row,) = answer_sheet(sheet, "consensus").issues
    assert row["plain_mean"] == pytest.approx(np.mean(positions))
    assert ends[0] <= row["q05"] <= row["q95"] <= ends[1]


def test_a_scale_that_is_given_is_taken(tmp_path: Path) -> None:
    """Of a scale from 1 to 10 the number 10 is the upper end."""
    path = _write(tmp_path, "actor,position\nA,4\nB,10\n")
    (issue,) = open_sheet(path, "own.csv", scale=(1.0, 10.0)).issues()
    assert issue.position == pytest.approx([100 / 3, 100.0])


def test_few_small_saliences_are_per_cent_too(tmp_path: Path) -> None:
    """Among saliences to 100 a single 0.5 is half of one per cent, and the answer counts it."""
    rows = "".join(f"A{i},{i},{5 * i}\n" for i in range(1, 15)) + "B,3,0.5\n"
    sheet = open_sheet(_write(tmp_path, "actor,position,salience\n" + rows), "own.csv")
    assert sheet.scales.salience == 100.0
    assert "1 of them below 1 too" in sheet.scales.sentences[1]


BAD = [
    ("actor,salience\nA,1\nB,1\n", [], "line 1: there is no column of the positions"),
    ("who,position\nA,1\nB,1\n", [], "line 1: there is no column of the actors"),
    ("actor,position,salience\nA,1,0.9\nB,50,90\n", [], "line 3: the salience 90 stands beside fractions"),
    ("actor,position,salience\nA,1,9\nB,50,250\n", [], "line 3: the salience 250 is neither"),
    ("actor,position,salience\nA,1,0.9\na,50,0.5\n", [], "line 3: a has two rows on the issue 'own'"),
    ("actor,position,issue\nA,1,x\nB,2,x\nC,3,y\n", [], "line 4: the issue 'y' has one actor"),
    ("actor,position,rule\nA,1,dice\nB,2,dice\n", [], "'dice' is not a known rule; use consensus, majority,"),
    ("actor,position,kind\nA,1,song\nB,2,song\n", [], "'song' is not a known kind of question"),
    ("actor,position\nA,one\nB,2\n", [], "line 2: the position 'one' is not a number"),
    ("actor,position\nA,inf\nB,2\n", [], "line 2: the position 'inf' is not a number"),
    ("actor,position\nA,1,2\nB,2\n", [], "line 2: 3 cells stand below 2 headings"),
    ("actor,position\n,1\nB,2\n", [], "line 2: the row names no actor"),
    ("actor,position,issue\nA,1,\nB,2,x\n", [], "line 2: the row names no issue"),
    ("actor,position,influence\nA,1,-1\nB,2,1\n", [], "line 2: the influence -1 is negative"),
    (
        "actor,position,influence\nA,1,0\nB,2,0\n",
        [],
        "the influence of every actor on the issue 'own' is zero",
    ),
    ("actor,position,reversion\nA,1,0\nB,2,3\n", [], "the reversion is 0.0 on line 2 and 3.0 on line 3"),
    ("actor,position,opt_out\nA,1,maybe\nB,2,\n", [], "opt_out 'maybe' is neither yes nor no"),
    ("actor,X Position,X Salience,Y Salience\nA,1,1,1\n", [], "'Y Salience' has no column of positions"),
    ("actor,position,position\nA,1,1\nB,2,2\n", [], "two columns are called 'position'"),
    ("actor,position\n", [], "there is no row below the headings"),
    ("", [], "the file is empty"),
    ("actor,position\nA,\nB,\n", [], "no issue has two rows with a position"),
    ("actor,position\nA,1\nB,200\n", ["--scale", "0,100"], "line 3: 200 is off the scale 0 to 100"),
    ("actor,position\nA,1\nB,2\n", ["--scale", "9,1"], "--scale: '9,1' is no scale"),
    ("actor,position\nA,1\nB,2\n", ["--score"], "no issue has an outcome and three actors"),
    (
        "actor,position\nA,1\nB,2\n",
        ["--group", "x"],
        "'x' is not a known column; the columns are actor, position",
    ),
    ("actor,position\nA,1\nB,2\n", ["--rule", "dice"], "--rule: 'dice' is not a known rule"),
    ("actor,position\nA,1\nB,2\n", ["--reversion", "300"], "--reversion: 300 is off the scale 0 to 100"),
    ("actor,position\nA,1\nB,2\n", ["--kind", "song"], "--kind: 'song' is not a known kind of question"),
    ("actor,position\nA,1\nB,2\n", ["--package"], "--package: a package needs 2 to 20 issues"),
    ("actor,position\nA,1\nB,2\n", ["--to", "own.xls"], "--to: 'own.xls' does not end in .csv"),
    ("actor,position\nA,1\nB,2\n", ["--to", "nowhere/own.csv"], "nowhere/own.csv: its folder does not exist"),
    ("actor,position\nA,1\nB,2\n", ["--to", "own.csv"], "--to: the file asked for is the one that is read"),
    (
        "actor,position\nA,1\nB,2\n",
        ["--issue", "q"],
        "one question is needed; give a spreadsheet, or",
    ),
    ("actor,position\nA,1\nB,2\n", ["--quota", "0.7"], "--quota: the option goes with a question: one issue"),
    ("actor,position\nA,1\nB,2\n", ["--allow", "dilute"], "--allow: the option goes with a question: one"),
    (
        "actor,position,reversion\nA,9,0\nB,8,0\n",
        ["--proposal", "200"],
        "--proposal: 200 is off the scale 0 to 100",
    ),
    (
        "actor,position,reversion\nA,9,0\nB,8,0\n",
        ["--rule", "qualified_majority"],
        "qualified_majority needs a quota",
    ),
]


@pytest.mark.parametrize(("text", "more", "message"), BAD)
def test_what_cannot_be_read_is_refused(
    text: str,
    more: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each defect has one sentence that names its line, and exit code 2; nothing is printed beside it."""
    monkeypatch.chdir(tmp_path)
    _write(tmp_path, text)
    code, out, err = _run(["own.csv", *more], capsys)
    assert (code, out) == (2, "")
    assert message in " ".join(err.split())
    assert len(err.strip().splitlines()) == 1


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are not UTF-8, at the top or far down, are one sentence, as is a missing file."""
    path = tmp_path / "own.csv"
    for content in (b"\xff\xfe", b"actor,position\nA,1\n" + b"\n" * 9999 + b"\xff,2\n"):
        path.write_bytes(content)
        code, _, err = _run([str(path)], capsys)
        assert (code, "is no text in UTF-8" in err) == (2, True)
    assert _run([str(tmp_path / "none.csv")], capsys)[0] == 2
    code, _, err = _run([str(tmp_path / "own.xlsx")], capsys)
    assert (code, "a workbook is not read; save its sheet as .csv" in err) == (2, True)
    code, _, err = _run(["template", "--score"], capsys)
    assert (code, "--score: the option goes with a spreadsheet" in err) == (2, True)
    code, _, err = _run(["template", "--rule", "majority"], capsys)
    assert (code, "--rule: the option goes with --issue or a spreadsheet" in err) == (2, True)


def test_one_issue_with_a_reversion_gets_the_whole_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Such a file is a question: the mean is tabled unless another draft is, with limits and votes."""
    text = "actor,position,salience,influence,weight,reversion,accepts_low,accepts_high\n"
    text += "USA,100,0.9,100,3,0,30,\nPOL,80,0.6,20,2,0,,\nHUN,10,0.9,5,1,0,,45\n"
    path = _write(tmp_path, text)
    sheet = open_sheet(path, "own.csv")
    content = sheet_question(sheet, rule="majority", proposal=70.0)
    assert content is not None
    assert (content.proposal, content.reversion, content.rule) == (70.0, 0.0, "majority")
    bands = [m.accepts and (m.accepts.low, m.accepts.high) for m in content.members]
    assert bands == [(30.0, 100.0), None, (0.0, 45.0)]
    assert [m.weight for m in content.members] == [3.0, 2.0, 1.0]
    with pytest.raises(InputError, match="--proposal: the draft is the reversion itself"):
        sheet_question(sheet, rule="majority", proposal=0.0)
    without = sheet_question(sheet, rule="consensus")
    assert without is not None
    assert [m.weight for m in without.members] == [None] * 3
    assert "Votes do not count under consensus" in without.notes
    bare = open_sheet(_write(tmp_path, "actor,position\nA,4\nB,10\n"), "own.csv", scale=(0.0, 10.0))
    assert sheet_question(bare, rule="consensus") is None
    moved = sheet_question(bare, rule="consensus", reversion=2.0)
    assert moved is not None
    assert (moved.reversion, moved.proposal) == (pytest.approx(20.0), 70.0)
    plain = text.replace(",weight", ",vote")
    code, out, _ = _run([str(_write(tmp_path, plain)), "--draws", "200"], capsys)
    assert code == 0
    assert "The draft tabled is the influence × salience mean, 93.9" in " ".join(out.split())
    assert "Hungary" in out


def test_a_question_is_printed_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A question without a title of its own is printed once, and the help names all four rules."""
    words = ["--issue", "Shall they go?", "--member", "A=0,high", "--member", "B=100,high", "--draws", "200"]
    code, out, _ = _run(words, capsys)
    assert code == 0
    assert out.count("Shall they go?") == 1
    run_command(["decide", "--help"])
    text = " ".join(capsys.readouterr().out.split())
    for rule in ("consensus", "unanimity", "qualified_majority", "majority"):
        assert rule in text


def test_answers_are_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of results has a row an issue; when the answer breaks off, what stood there stays."""
    target = tmp_path / "results.csv"
    code, out, _ = _run([str(_write(tmp_path, LONG)), "--to", str(target)], capsys)
    assert (code, f"2 issues are answered in {target}." in out) == (0, True)
    written = _read(target)
    assert [row["issue"] for row in written] == ["budget", "seat"]
    assert float(written[0]["weighted_mean"]) == pytest.approx(121 / 3.3)
    before = target.read_bytes()

    def broken(*_: Any) -> Any:
        raise InputError("broken off")

    monkeypatch.setattr("foedus.decisions.sheet_answer.concept_points", broken)
    assert _run([str(tmp_path / "own.csv"), "--to", str(target)], capsys)[0] == 2
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["own.csv", "results.csv"]


def test_a_thousand_issues_are_read_as_they_are_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first issues are answered before the last are taken from the file, and each has its own numbers."""
    text = "issue,actor,position\n" + "".join(f"i{i},A,{i % 50}\ni{i},B,{i % 50 + 50}\n" for i in range(1000))
    sheet = open_sheet(_write(tmp_path, text), "own.csv")
    assert (sheet.count, sheet.whole) == (1000, False)
    taken: list[str] = []
    original = SheetIssue.__post_init__ if hasattr(SheetIssue, "__post_init__") else None
    assert original is None
    monkeypatch.setattr(SheetIssue, "__post_init__", lambda self: taken.append(self.name), raising=False)
    from foedus.decisions.sheet_answer import answers

    rows = answers(sheet.issues(), "consensus")
    assert next(rows)["plain_mean"] == 25.0
    assert len(taken) < 200
    rest = list(rows)
    assert len(rest) == 999
    assert all(row["plain_mean"] == i % 50 + 25.0 for i, row in enumerate(rest, start=1))


def _recorded(seed: int, issues: int) -> str:
    """Give recorded issues in the form of the research data: groups of issues, rules and outcomes."""
    rng = random.Random(seed)
    lines = ["issue,proposal,rule,actor,position,salience,influence,reference_point,outcome"]
    for i in range(issues):
        rule, back, happened = rng.choice(["Unan", "QMV"]), rng.choice(["", "0", "50"]), rng.randint(0, 100)
        lines += [
            f"i{i},p{i // 3},{rule},A{k},{rng.randint(0, 100)},{rng.randint(1, 100)},{rng.randint(1, 9)},"
            f"{back},{happened}"
            for k in range(rng.randint(3, 6))
        ]
    return "\n".join(lines) + "\n"


def test_scores_are_those_of_sums_by_hand(tmp_path: Path) -> None:
    """Error and share within ten points of the means are what loops over the file give, by rule too."""
    path = _write(tmp_path, _recorded(4, 30))
    issues: dict[str, list[dict[str, str]]] = {}
    for row in _read(path):
        issues.setdefault(row["issue"], []).append(row)
    for concept, weigh in (
        ("influence × salience mean", lambda r: float(r["salience"]) * float(r["influence"])),
        ("plain mean", lambda r: 1.0),
    ):
        errors: dict[str, list[float]] = {"all": [], "consensus or unanimity": [], "majority": []}
        for rows in issues.values():
            mean = sum(float(r["position"]) * weigh(r) for r in rows) / sum(map(weigh, rows))
            error = abs(mean - float(rows[0]["outcome"]))
            errors["all"].append(error)
            errors["consensus or unanimity" if rows[0]["rule"] == "Unan" else "majority"].append(error)
        scored = score_sheet(open_sheet(path, "own.csv"), "consensus")
        for score in scored.scores:
            if score.concept == concept:
                own = errors[score.issues_scored]
                assert score.issues == len(own)
                assert score.mean_error == pytest.approx(sum(own) / len(own))
                assert score.within_10 == pytest.approx(sum(e <= 10 for e in own) / len(own))
    assert (scored.group, scored.groups) == ("proposal", 10)
    shape = next(s for s in scored.scores if s.mean_error is None)
    assert 0.0 <= (shape.coverage_50 or 0) <= (shape.coverage_80 or 0) <= (shape.coverage_90 or 0) <= 1.0


def test_the_score_of_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command prints the scores, gives them to programs, and writes them to a file."""
    path = _write(tmp_path, _recorded(5, 12))
    code, out, _ = _run([str(path), "--score", "--group", "issue"], capsys)
    assert code == 0
    assert "The influence × salience mean misses the outcome by" in out
    assert "CRPS less the mixture's [95 %]" in " ".join(out.split())
    target = tmp_path / "scores.csv"
    code, out, _ = _run([str(path), "--score", "--json", "--to", str(target)], capsys)
    payload = json.loads(out)
    assert payload["group"] == "proposal"
    rows = _read(target)
    assert [row["concept"] for row in rows] == [score["concept"] for score in payload["scores"]]


def test_a_paired_interval_resamples_whole_groups() -> None:
    """Where a difference is the same in every group the interval is a point; one group more widens it."""
    difference = np.array([1.0, -1.0, 1.0, -1.0])
    assert paired_interval(difference, np.array(["a", "a", "b", "b"])) == (0.0, 0.0, 0.0)
    mean, low, high = paired_interval(difference, np.array(["a", "b", "c", "d"]))
    assert mean == 0.0
    assert low < -0.4 < 0.4 < high


def test_rows_without_a_number_are_left_out_and_counted(tmp_path: Path) -> None:
    """An actor without a salience is no actor of the issue, and the answer says how many there are."""
    text = LONG.replace("budget,C,50,0.2", "budget,C,50,")
    answer = answer_sheet(open_sheet(_write(tmp_path, text), "own.csv"), "consensus")
    assert answer.issues[0]["actors"] == 2
    assert any(n == "Rows left out for want of a position, salience or influence: 1." for n in answer.notes)


def test_the_group_of_an_issue_may_be_any_column() -> None:
    """A column is named by its heading as it stands in the file, and an unknown one is refused."""
    layout = recognise(["actor", "position", "My Dossier"], "here", group="My Dossier")
    assert layout.group == "My Dossier"
    with pytest.raises(UnknownNameError, match="is not a known column"):
        recognise(["actor", "position"], "here", group="My Dossier")
    assert math.isinf(Scales(None, 1.0, ()).salience) is False
