"""Settings: a file, the environment, how much is told, and the shell's completion."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.cli import run_command


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder with a home of its own."""
    for name in [name for name in os.environ if name.startswith("FOEDUS_STATUS")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home/.config"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")


def _first(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the first line that a command prints."""
    assert run_command(list(words)) == 0
    return capsys.readouterr().out.splitlines()[0]


JUNE = "23 of the 31 allies with a figure spent 2 % of GDP or more on defence in 2024 (an estimate)."


def test_a_setting_goes_before_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line goes before the environment, that before this folder's file, then the user's."""
    own = tmp_path / "home/.config/foedus/foedus.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[status]\nedition = "nato-2024-06"\nyear = 2024\n')
    assert _first(capsys, "status") == JUNE
    Path("foedus.toml").write_text('[status]\nedition = "nato-2025-08"\n')
    assert _first(capsys, "status") == _first(capsys, "status", "--edition", "nato-2025-08", "--year", "2024")
    monkeypatch.setenv("FOEDUS_STATUS_EDITION", "nato-2024-06")
    assert _first(capsys, "status") == JUNE
    assert _first(capsys, "status", "--edition", "nato-2025-08") != JUNE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[status]\neditio = "x"\n', ["editio", "foedus.toml", "--edition"]),
        ("[status\n", ["foedus.toml", "no TOML file", "line 1"]),
        ("status = 3\n", ["foedus.toml", "must be a mapping"]),
    ],
)
def test_a_wrong_file_is_refused(text: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence names the file and what is wrong in it."""
    Path("foedus.toml").write_text(text)
    assert run_command(["status"]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert all(word in message for word in words)


def test_a_named_file_that_is_missing_is_refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the environment names must be there."""
    monkeypatch.setenv("FOEDUS_CONFIG", "elsewhere.toml")
    assert run_command(["status"]) == 2
    assert "there is no file elsewhere.toml; name a file" in capsys.readouterr().err


def test_the_module_and_the_logger_tell_more() -> None:
    """`python -m foedus -v` says on standard error which edition is read from where, and not without -v."""
    command = [sys.executable, "-m", "foedus"]
    question = ["figure", "equipment_share", "--country", "POL", "--year", "2024"]
    told = subprocess.run([*command, "-v", *question], capture_output=True, text=True, check=True)
    assert "foedus.evidence.figure_tables: reading nato-" in told.stderr
    assert logging.getLogger("foedus").handlers == []
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
    assert (version.stdout.startswith("foedus "), version.stderr) == (True, "")


def test_the_shell_completes_every_command_and_its_options(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The script that is installed names options of commands that were not imported before."""
    monkeypatch.setenv("SHELL", "/bin/bash")
    (tmp_path / "home").mkdir(exist_ok=True)
    run_command(["--install-completion"])
    script = (tmp_path / "home/.local/share/bash-completion/completions/foedus").read_text()
    assert all(word in script for word in ("--guideline", "--paying-adds", "hindcast", "budgets"))


def test_a_table_is_fitted_into_the_columns_that_the_environment_names(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of a table is longer than COLUMNS says."""
    monkeypatch.setenv("COLUMNS", "70")
    assert run_command(["status", "--edition", "nato-2024-06"]) == 0
    lines = capsys.readouterr().out.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("Ally"))
    end = lines.index("", start)
    assert end - start > 31
    assert max(len(line) for line in lines[start:end]) <= 70
