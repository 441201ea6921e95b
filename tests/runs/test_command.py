"""``foedus run``: one object on standard output, messages on standard error, and a clean stop."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from foedus.cli.run import run_command as run
from foedus.runs import Run

DAY = date(2026, 6, 1)


def test_the_headline_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The text gives question, years, allies, the naive forecast, skill, grades and notes."""
    run("baseline", draws=50, as_of=DAY, out=tmp_path / "run")
    out, err = capsys.readouterr()
    lines = out.splitlines()
    assert lines[0] == "The pledge of The Hague"
    assert lines[1].endswith("?")
    assert lines[2].endswith("spend 3.5 % of GDP or more in 2035; if nothing changes: 3.")
    assert "exceptions: ESP 2.1 %, counted against 3.5 %." in out
    years = [str(year) for year in range(2025, 2036)]
    assert [line.split()[0] for line in lines if line[:2] == "20"] == years * 2
    assert "Naive: no change, every share stays as in the first year." in out
    assert max(len(line) for line in lines if line[:2] == "20") <= 80
    assert sum(line.startswith("Poland ") for line in lines) == 1
    assert "Skill over no change" in out
    assert "10 ahead" in out
    assert any(line.split()[:5] == ["2025", "3", "3", "31", "31"] for line in lines)
    assert "The model's parameters by grade: " in out
    assert "Note (carried_from_last_year): nato-2025-08 leaves 2025 blank" in out
    assert "Note (forecast_of): 2026 and later mean what will stand" in out
    assert "Note (left_out): ISL" in out
    assert err == f"The run is kept in {tmp_path / 'run'}\n"


def test_one_object_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --json standard output is one object and nothing else, equal to the run's own headline."""
    run(
        "hague-five-years-late",
        draws=50,
        seed=9,
        as_of=DAY,
        out=tmp_path / "run",
        workers=1,
        json_output=True,
    )
    out = capsys.readouterr().out
    payload = json.loads(out)
    made = Run.load(tmp_path / "run")
    assert out.count("\n") == 1
    assert payload["seed"] == 9
    assert payload["folder"] == str(tmp_path / "run")
    assert payload["content_sha256"] == made.manifest["content_sha256"]
    assert payload["measures"] == made.summary.to_json()["measures"]
    assert payload["pledge"]["deadline"] == 2040


def test_a_pledge_without_exceptions_is_one_clause(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pledge without exceptions is printed without any."""
    path = tmp_path / "plain.yaml"
    path.write_text(
        "title: T\nquestion: Q?\nhorizon: 2026\nlevers: {pledge: {target: 0.03, deadline: 2030}}\n"
    )
    run(str(path), draws=2, as_of=DAY, out=tmp_path / "run")
    assert "Pledge: 3.0 % of GDP by 2030.\n" in capsys.readouterr().out


def _command(*words: str) -> list[str]:
    return [sys.executable, "-c", "import sys; from foedus.cli import main; main(sys.argv[1:])", *words]


def test_a_bad_scenario_is_one_sentence() -> None:
    """An unknown scenario ends with exit code 2 and one sentence on standard error."""
    done = subprocess.run(_command("run", "baselin", "--json"), capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip().endswith("'baselin' is not a known scenario; did you mean 'baseline'?")
    assert len(done.stderr.splitlines()) == 1


def test_ctrl_c_stops_cleanly(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a long run ends with exit code 130 and leaves no file behind."""
    words = ("run", "--draws", "5000000", "--out", str(tmp_path / "place" / "run"))
    process = subprocess.Popen(
        _command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    )
    deadline = time.monotonic() + 60
    while not list(tmp_path.glob("place/.*/arrays/*.npy")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert time.monotonic() < deadline, "the run wrote no array before it was stopped"
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "Traceback" not in err
    assert list((tmp_path / "place").iterdir()) == []
