"""Faults of disks and pipes, and files that are none: a sentence each, and the right exit code."""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from foedus.cli import run_command

FOEDUS = [sys.executable, "-c", "from foedus.cli import main; main()"]


@contextmanager
def no_room() -> Iterator[None]:
    """No file may have more than a hundred bytes, as on a disk that is full; the test's own report may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


@pytest.mark.parametrize("words", [["status"], ["status", "--json"], ["indicators"]])
def test_a_full_standard_output_is_a_sentence(words: list[str]) -> None:
    """What cannot be printed is one line on standard error and exit code 1."""
    with open("/dev/full", "w") as full:
        done = subprocess.run([*FOEDUS, *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == (
        "foedus: standard output: it could not be read or written (No space left on device); make room or "
        "name another place.\n"
    )


def test_a_full_standard_error_changes_no_exit_code() -> None:
    """Where the sentence itself cannot be written, the exit code still says what happened."""
    with open("/dev/full", "w") as full:
        words = [*FOEDUS, "status", "--year", "1900"]
        done = subprocess.run(words, stdout=subprocess.PIPE, stderr=full, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.xlsx"])
def test_an_export_without_room_is_a_sentence(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table in any format that finds no room is refused before anything is asked, and leaves nothing."""
    with no_room():
        assert run_command(["export", "gdp_current_usd", "--to", str(tmp_path / name)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert f"{name}: the file could not be written (File too large); raise the limit" in captured.err
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_printed_where_the_chart_finds_no_room(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A chart that cannot be written is refused before the answer is computed or printed."""
    with no_room():
        assert run_command(["status", "--chart", str(tmp_path / "a.svg")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "the chart could not be written" in captured.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["run", "folder"], "'folder' is a folder, not a scenario file; name the .yaml file in it."),
        (["run", "./folder"], "'folder' is a folder, not a scenario file; name the .yaml file in it."),
        (["run", "folder.yaml"], "'folder.yaml' is a folder, not a scenario file"),
        (["decide", "./folder"], "'folder' is a folder, not a decision file"),
        (["run", "tab.yaml"], "tab.yaml, line 3: the line begins with a tab; indent with spaces."),
        (["run", "binary.yaml"], "binary.yaml, line 1: the text is not UTF-8; save it as UTF-8."),
        (["decide", "binary.csv"], "binary.csv: the file is no text in UTF-8"),
        (["read", "binary.txt"], "binary.txt: the file is not text; give a file ending in"),
        (["status", "--country", ""], "cannot be used (no name is given); write one, or leave it out."),
        (
            ["figure", "gdp_current_usd", "--country", ","],
            "cannot be used (no name is given); write one, or leave it out.",
        ),
    ],
)
def test_a_file_or_name_that_is_none_is_bad_input(
    words: list[str],
    sentence: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A folder for a file, a tab, bytes that are no text and an empty name say what they are, with code 2."""
    monkeypatch.chdir(tmp_path)
    for folder in ("folder", "folder.yaml"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tab.yaml").write_text("question: What if?\nlevers:\n\tpledge: 1\n", encoding="utf-8")
    for name in ("binary.yaml", "binary.csv", "binary.txt"):
        (tmp_path / name).write_bytes(bytes(range(255, 127, -1)) * 20)
    assert run_command(words) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert sentence in captured.err
    assert captured.err.count("\n") == 1


def test_an_empty_table_says_none(capsys: pytest.CaptureFixture[str]) -> None:
    """In 1900 nobody was a member, and no headings stand over nothing."""
    assert run_command(["institutions", "members", "--as-of", "1900-01-01"]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == ["none"]
