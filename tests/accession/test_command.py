"""The command `foedus accession`: its answers, its labels and its errors."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from foedus.accession.predict import accession
from foedus.accession.recorded import accession_record
from foedus.cli import run_command
from foedus.errors import InputError
from foedus.extending import install

AS_OF = ("--as-of", "2026-11-22")


ANSWERS: dict[tuple[str, ...], str] = {}
"""What a command has printed, by its words: the same words print the same, and take seconds."""


def _json(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    if words not in ANSWERS:
        assert run_command(["accession", *words, "--json"]) == 0
        ANSWERS[words] = capsys.readouterr().out
    return json.loads(ANSWERS[words])


def _error(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run_command(["accession", *words]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1
    return shown.err


def test_ukraine_is_answered_in_time(capsys: pytest.CaptureFixture[str]) -> None:
    """The odds of Ukraine come from the packaged data in under three seconds of computing."""
    began = time.process_time()
    answer = _json(capsys, "--applicant", "UKR", *AS_OF)
    assert time.process_time() - began < 3.0
    assert answer["applicant"] == "UKR"
    assert answer["record_rounds"] == 10
    assert [r["days_signature_to_entry"] for r in answer["record"]][-2:] == [273, 611]
    days = [row["days"] for row in answer["days_from_signature_to_entry"]]
    lengths = [float("inf") if d is None else d for d in days]
    assert lengths == sorted(lengths)
    assert len(answer["allies"]) == 32
    assert len(answer["calendar"]) == 36
    assert any("ten rounds" in note for note in answer["notes"])


def _probabilities(value: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """Find every mapping that holds a probability."""
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(value, dict):
        names = {"probability", "level", "is_last", "is_holder", "entry", "last_ratification", "objects_high"}
        if names & set(value) and "round" not in value:
            found.append((path, value))
        for key, inner in value.items():
            found += _probabilities(inner, f"{path}.{key}")
    if isinstance(value, list):
        for i, inner in enumerate(value):
            found += _probabilities(inner, f"{path}[{i}]")
    return found


def test_every_probability_says_its_condition(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever holds a probability says in words and as a flag whether it is conditional on an invitation."""
    found = _probabilities(_json(capsys, "--applicant", "UKR", *AS_OF))
    assert len(found) > 70
    for path, row in found:
        assert isinstance(row["conditional_on_invitation"], bool), path
        assert ("given an invitation" in row["given"]) == row["conditional_on_invitation"], path
    assert {row["conditional_on_invitation"] for _, row in found} == {True, False}


def test_the_odds_of_an_invitation_are_a_band(capsys: pytest.CaptureFixture[str]) -> None:
    """An invitation has a chance within a band; given one, there are no odds; without judged positions, none
    either."""
    odds = _json(capsys, "--applicant", "UKR", *AS_OF)["invitation"]
    assert 0.0 <= odds["low"] < odds["probability"] < odds["high"] <= 1.0
    assert {row["country"] for row in odds["objectors"]} > {"HUN", "SVK", "USA"}
    assert odds["conditional_on_invitation"] is False
    assert odds["bargained"]["probability"] > odds["probability"]
    assert _json(capsys, "--applicant", "UKR", "--invited", "2027-07-01", *AS_OF)["invitation"] is None
    other = _json(capsys, "--applicant", "Ireland", *AS_OF)
    assert other["invitation"] is None
    assert any("nobody has judged" in note for note in other["notes"])


def test_an_invitation_sets_the_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    """The signature is supposed 62 days after the invitation, the median of ten rounds; or it is given."""
    answer = _json(capsys, "--applicant", "UKR", "--invited", "2027-07-01", *AS_OF)
    assert answer["signed"] == "2027-09-01"
    assert "median of ten rounds" in answer["signed_is"]
    given = _json(capsys, "--applicant", "UKR", "--signed", "2027-09-01", *AS_OF)
    assert given["signed_is"] == "given"
    assert given["days_from_signature_to_entry"] == answer["days_from_signature_to_entry"]


def test_holders_are_late_and_last(capsys: pytest.CaptureFixture[str]) -> None:
    """Taken for holders, Hungary and Slovakia are the likeliest last ones, and entry comes later."""
    plain = _json(capsys, "--applicant", "UKR", *AS_OF)
    held = _json(capsys, "--applicant", "UKR", "--holders", "HUN,SVK", *AS_OF)
    assert held["holders"] == ["HUN", "SVK"]
    assert {row["country"] for row in held["allies"][:2]} == {"HUN", "SVK"}
    assert all(row["is_holder"] == pytest.approx(1.0) for row in held["allies"][:2])
    assert (
        held["days_from_signature_to_entry"][2]["days"]
        > plain["days_from_signature_to_entry"][2]["days"] + 50
    )


def _file(tmp_path: Path, text: str) -> str:
    path = tmp_path / "seen.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


SEEN = "ally,date,step\nCAN,2027-05-04,\nISL,2027-05-04,national_completion\nPoland,2027-05-20,deposit\n"


def test_what_is_seen_changes_the_forecast(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Ratifications seen are done in the answer, and a quick start brings entry forward."""
    signed = ("--applicant", "UKR", "--signed", "2027-05-03")
    plain = _json(capsys, *signed)
    answer = _json(capsys, *signed, "--observed", _file(tmp_path, SEEN))
    assert answer["ratifications_seen"] == 3
    assert answer["as_of"] == "2027-05-20"
    assert any("In a running round, two held out" in note for note in answer["notes"])
    assert {r["country"] for r in answer["allies"] if r["done"]} == {"CAN", "ISL", "POL"}
    assert all(r["is_last"] == 0.0 for r in answer["allies"] if r["done"])
    middle = [a["days_from_signature_to_entry"][2]["days"] for a in (plain, answer)]
    assert middle[1] < middle[0]
    later = _json(capsys, *signed, "--observed", _file(tmp_path, SEEN), "--as-of", "2028-05-03")
    assert later["days_from_signature_to_entry"][0]["days"] > 366


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("country,when\nCAN,2027-05-04\n", "the first line names country, when; give a CSV file"),
        ("", "the first line names nothing"),
        ("ally,date\n", "the file has no row; leave --observed out"),
        ("ally,date\nCAN,2027-02-30\n", "line 2: '2027-02-30' is not a day of the calendar"),
        ("ally,date\nCAN,2027-05-01\n", "lies before the signature on 2027-05-03"),
        ("ally,date\nCAN,2027-06-30\n", "lies after 2027-06-01, the day of the question"),
        ("ally,date\nCanadia,2027-05-05\n", "'Canadia' is not a known country; did you mean 'Canada'"),
        ("ally,date\nJPN,2027-05-05\n", "Japan does not ratify this accession; leave the row out"),
        ("ally,date\nCAN,2027-05-05\nCAN,2027-05-06\n", "line 3: Canada has national_completion twice"),
        ("ally,date\nCAN,2027-05-05,x\n", "line 2: the row has not 2 cells"),
        (
            "ally,date,step\nCAN,2027-05-05,deposits\n",
            "'deposits' is not a step of a ratification; did you mean",
        ),
        ("ally,date,step\nCAN,2027-05-05,zzz\n", "use one of end_of_parliamentary_procedure"),
    ],
)
def test_a_malformed_file_is_refused(
    text: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of ratifications that is not what it should be is refused with its line and what to do."""
    words = ("--applicant", "UKR", "--signed", "2027-05-03", "--as-of", "2027-06-01")
    assert message in _error(capsys, *words, "--observed", _file(tmp_path, text))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are not text, and a file that is not there, are refused."""
    path = tmp_path / "seen.csv"
    path.write_bytes(b"\xff\xfe\x00ally")
    words = ("--applicant", "UKR", "--signed", "2027-05-03", "--observed")
    assert "this is not a text file" in _error(capsys, *words, str(path))
    assert "the file cannot be read" in _error(capsys, *words, str(tmp_path / "none.csv"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--applicant", "FIN"), "Finland is a member already; `foedus accession --record` shows"),
        (("--applicant", "Ukrane"), "'Ukrane' is not a known country; did you mean 'Ukraine'"),
        (("--applicant", "NATO"), "NATO total is an aggregate; name a country"),
        (("--applicant", "UKR", "--invited", "2027-02-30"), "'2027-02-30' is not a day of the calendar"),
        (("--applicant", "UKR", "--invited", "2020-01-01"), "impossible date: Ukraine applied on 2022-09-30"),
        (("--applicant", "Ireland", "--invited", "1920-01-01"), "the treaty was signed on 1949-04-04"),
        (("--applicant", "UKR", "--invited", "2200-01-01"), "2200-01-01 is beyond 2100-12-31"),
        (
            ("--applicant", "UKR", "--invited", "2027-07-01", "--signed", "2027-06-01"),
            "the signature on 2027-06-01 lies before the invitation on 2027-07-01",
        ),
        (("--applicant", "UKR", "--holders", "JPN"), "Japan does not ratify this accession; name an ally"),
        (("--applicant", "UKR", "--holders", "Hungry"), "did you mean 'Hungary'"),
        (("--applicant", "UKR", "--observed", "x.csv"), "a round that is running has a signature"),
        (
            ("--applicant", "UKR", "--as-of", "2023-01-01"),
            "rests on rounds to 2024-03-07, which nobody knew on",
        ),
        ((), "no applicant is named; name one, or ask for --record or --hindcast"),
    ],
)
def test_a_wrong_question_is_refused(
    words: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A member, an unknown country, an impossible date or a holder that does not ratify gives one line and
    code 2."""
    assert message in _error(capsys, *words)


def test_the_text_says_what_it_is_conditional_on(capsys: pytest.CaptureFixture[str]) -> None:
    """The printed answer has the band of an invitation, the condition of the rest, the calendar and the
    skill."""
    assert run_command(["accession", "--applicant", "UKR", *AS_OF]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    for words in (
        "An invitation as it is: ",
        "if the question of an invitation is put to all allies as it is; positions are judged, "
        "22 of 32 unverified.",
        "with what is open to an invitation: side payments, one applicant before another, and delay.",
        "Specific to Ukraine: the recorded positions of allies",
        "applied for accession, by an accelerated way, since 2022-09-30",
        "All below: given an invitation and the signature of the protocol, on 2026-11-22",
        "Likely last",
        "By the end of",
        "124, 195, 171, 451, 369, 266, 382, 415, 273, 611",
        "Skill, each of ten rounds from the others",
    ):
        assert words in shown


def test_the_record_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """The record shows ten rounds, every step with its day or interval, and Ukraine's road."""
    assert run_command(["accession", "--record"]) == 0
    shown = capsys.readouterr().out
    assert "days are from signature to entry, and an invitation is dated by its declaration" in shown
    assert "signed 1951-10-22" in shown
    assert "invited 2022-06-28" in shown
    assert "NATO's partners" in shown
    assert "2008-09-25 … 2009-01-15" in shown
    assert "The road of Ukraine" in shown
    answer = _json(capsys, "--record")
    assert len(answer["rounds"]) == 10
    assert sum(len(r["steps"]) for r in answer["rounds"]) > 180
    assert {s["step"] for r in answer["rounds"] for s in r["steps"]} == set(answer["step_kinds"])
    assert _json(capsys, "--record", "--applicant", "GEO")["road"] == []


def test_the_hindcast_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of skill says ten rounds and shows each gain with its interval."""
    from foedus.accession import backtest

    monkeypatch.setattr(backtest, "held_out", lambda: skill_rows)
    monkeypatch.setattr(backtest, "leave_one_out", lambda: left_rows)
    monkeypatch.setattr(backtest, "late_last_ratification", lambda: 0.45)
    skill_rows = tuple(
        backtest.HeldOut("2023", d, 273, 1.0, 2.0, None, 0.5, 10.0, 20.0, 30.0, -5.0, None, None, None, None)
        for d in (0, 30)
    )
    left_rows = tuple(
        backtest.LeaveOneOut(str(i), 100, 1.0, 2.0, 3.0, 0.5, 10.0 + i, 20.0, 30.0, 15.0) for i in range(10)
    )
    assert run_command(["accession", "--recompute"]) == 0
    shown = capsys.readouterr().out
    assert "ten rounds" in shown
    assert "90 % of the gain" in shown
    assert "+5.5" in shown
    assert "0.45 that the last ratification" in " ".join(shown.split())
    assert "> 15 years" in shown
    answer = _json(capsys, "--hindcast")
    assert answer["rounds"] == 10
    assert answer["conditional_on_invitation"] is True


def test_the_hindcast_needs_scipy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without SciPy the hindcast says how to install it."""
    import sys

    monkeypatch.setitem(sys.modules, "scipy", None)
    assert install("estimate") in _error(capsys, "--recompute")


def test_the_chart_is_a_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The calendar is written as well-formed SVG with a row for every ally; a bad place is refused."""
    path = tmp_path / "calendar.svg"
    assert run_command(["accession", "--applicant", "UKR", *AS_OF, "--chart", str(path)]) == 0
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    words = " ".join(" ".join(e.itertext()) for e in root.iter() if e.tag.endswith("text"))
    assert "Given an invitation and a signature (supposed on the day of the question)" in words
    assert "Türkiye" in words
    capsys.readouterr()
    bad = tmp_path / "no" / "calendar.svg"
    assert "its folder does not exist" in _error(capsys, "--applicant", "UKR", *AS_OF, "--chart", str(bad))


def test_an_ally_without_a_route_is_refused() -> None:
    """An ally whose route to a ratification is not recorded cannot be described."""
    from foedus.accession.posterior import ratifiers_of

    with pytest.raises(InputError, match="the route of JPN to a ratification is not recorded"):
        ratifiers_of(["JPN"])


def test_unlike_rounds_are_flagged(tmp_path: Path) -> None:
    """When hardly a draw explains what was seen, the answer says on how many it rests."""
    rows = "".join(
        f"{a},2027-05-03\n"
        for a in ("CAN", "DNK", "EST", "FIN", "GBR", "ISL", "LTU", "LVA", "NOR", "POL", "SWE")
    )
    seen = _file(tmp_path, f"ally,date\n{rows}")
    found = accession("UKR", signed=date(2027, 5, 3), observed=Path(seen), as_of=date(2030, 5, 3))
    assert found.effective_draws < 1000
    flagged = any("effective draws" in note for note in found.notes)
    assert flagged == (found.effective_draws < 50)


def test_packaged_numbers_are_named() -> None:
    """A function without packaged numbers is refused by name."""
    from foedus.accession.parameters import FOLDER
    from foedus.errors import NoDataError

    with pytest.raises(NoDataError, match=r"no parameters 'nothing.yaml' are packaged"):
        FOLDER.function("nothing")


def test_an_accession_says_itself() -> None:
    """Every probability of the plain values has its condition; a table has a row for each ratifier."""
    answer = accession("UKR", as_of=date(2026, 11, 22))
    assert answer.headline().startswith("Signed on 22 November 2026, ")
    assert "is the even chance of Ukraine’s entry" in answer.headline()
    invited, never, _ = answer.answer().beside
    assert invited.startswith("Put to all 32 as it is, an invitation has a chance of ")
    assert never.startswith("No entry within fifteen years, given the signature: ")
    ireland = accession("IRL", as_of=date(2026, 11, 22)).answer()
    assert ireland.beside[0].startswith("No odds of an invitation: ")
    assert answer.sentences()[0].startswith("An invitation as it is: ")
    payload = answer.payload()
    for key in ("days_from_signature_to_entry", "probabilities", "allies", "calendar"):
        assert all(row["given"] and row["conditional_on_invitation"] for row in payload[key])
    assert not payload["invitation"]["conditional_on_invitation"]
    specific, allies, chances, objectors, record = answer.tables()
    assert len(specific.rows) == len(answer.specific) == len(payload["specific"])
    assert len(allies.rows) == len(answer.allies) == 32
    assert len(chances.rows) == len(answer.chances) + len(answer.lengths)
    assert {row["name"] for row in objectors.rows} >= {"Hungary"}
    assert len(record.rows) == 10


def test_the_record_says_itself() -> None:
    """The record has a table for each round with steps, and objections stand with the round they were to."""
    record = accession_record("GEO")
    assert record.applicant == "GEO"
    assert [t.name for t in record.tables()] == [
        "rounds",
        *(f"round-{r.name}" for r in record.rounds if r.steps),
        "partners",
    ]
    for row in record.payload()["rounds"]:
        assert {o["case"] for o in row["objections"]} <= {row["round"]}
    assert "steps are unverified" in record.headline()
