"""Runs that nobody gave a place lie in the cache folder, are listed, and go when they are asked to."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from foedus.cli import run_command
from foedus.errors import InputError, StorageError, UnknownNameError
from foedus.evidence import Ledger
from foedus.rounding import written
from foedus.runs import Run
from foedus.runs.execute import run_resolved
from foedus.runs.unnamed import DAY, list_runs, remove_runs
from foedus.scenario import Resolved, resolve


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    return resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged(), changes={"horizon": 2027})


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Empty folders in the place of the user's."""
    monkeypatch.setenv("FOEDUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("FOEDUS_DATA", str(tmp_path / "data"))
    return tmp_path / "cache" / "runs"


def _age(run: Run, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(run.folder / "run.json", (then, then))


def test_an_unnamed_run_lies_in_the_cache(cache: Path, resolved: Resolved) -> None:
    """Without a folder a run lies in the cache folder, named by scenario and checksum, and is found again."""
    first = run_resolved(resolved, draws=2)
    assert first.folder.parent == cache
    assert first.folder.name == f"{resolved.name}-{first.manifest['run_sha256'][:16]}"
    assert run_resolved(resolved, draws=2).folder == first.folder
    assert run_resolved(resolved, draws=3).folder != first.folder


def test_the_cache_is_the_platforms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a variable that names it the cache folder is the platform's for foedus."""
    from platformdirs import user_cache_dir

    from foedus.evidence.userdata import cache_folder

    monkeypatch.setenv("FOEDUS_CACHE", "~/elsewhere")
    assert cache_folder() == Path("~/elsewhere").expanduser()
    monkeypatch.delenv("FOEDUS_CACHE")
    assert cache_folder() == Path(user_cache_dir("foedus", appauthor=False))
    assert "foedus" in cache_folder().parts


def test_runs_are_listed(cache: Path, resolved: Resolved, tmp_path: Path) -> None:
    """Each run has its terms, its size and its state, the newest first; altered ones and old places too."""
    old, new = run_resolved(resolved, draws=2, seed=7), run_resolved(resolved, draws=3)
    _age(old, 2.0)
    earlier = shutil.copytree(new.folder, tmp_path / "data" / "runs" / "earlier")
    os.utime(earlier / "run.json", (0.0, 0.0))
    listing = list_runs()
    assert [row.name for row in listing.rows] == [new.folder.name, old.folder.name, "earlier"]
    assert [(row.draws, row.seed) for row in listing.rows] == [(3, 1), (2, 7), (3, 1)]
    assert listing.rows[2].written == "1970-01-01 00:00"
    assert {(row.scenario, row.state) for row in listing.rows} == {(resolved.name, "whole")}
    assert listing.rows[0].as_of == "2026-06-01"
    assert listing.rows[0].size == sum(p.stat().st_size for p in new.folder.rglob("*") if p.is_file())
    assert listing.headline().startswith("3 unnamed runs take 0.")
    (old.folder / "headline.json").write_text("{}")
    altered = {row.name: row for row in list_runs().rows}[old.folder.name]
    assert altered.state == "the file is not what the run wrote (headline.json)"
    assert (altered.scenario, altered.draws) == ("", None)


def test_runs_are_removed_by_name_and_age(cache: Path, resolved: Resolved) -> None:
    """A named run goes, and so does what is older than so many days; the others stay."""
    runs = [run_resolved(resolved, draws=draws) for draws in (2, 3, 4)]
    _age(runs[0], 10.0)
    removed = remove_runs([runs[2].folder.name], older_than=9.0)
    assert set(removed.names) == {runs[0].folder.name, runs[2].folder.name}
    assert removed.size > 10_000
    assert [row.name for row in list_runs().rows] == [runs[1].folder.name]
    assert removed.headline() == f"2 runs were removed, {written(removed.size, 1, scale=-6)} MB."
    assert remove_runs(older_than=1.0).headline() == "No run was removed."
    assert remove_runs(older_than=0.0).names == (runs[1].folder.name,)
    assert list_runs().headline() == "There are no unnamed runs."


def test_what_cannot_be_removed_is_said(
    cache: Path, resolved: Resolved, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A wrong name, none, odd days or a path are refused, and nothing is removed."""
    name = run_resolved(resolved, draws=2).folder.name
    (tmp_path / "mine").mkdir()
    for names, days, error in (
        ([], None, InputError),
        ([name, "another"], None, UnknownNameError),
        (["../../mine"], None, UnknownNameError),
        ([], -1.0, InputError),
        ([], float("nan"), InputError),
        ([], 1e6, InputError),
    ):
        with pytest.raises(error):
            remove_runs(names, older_than=days)
    assert [row.name for row in list_runs().rows] == [name]

    def fail(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(shutil, "rmtree", fail)
    with pytest.raises(StorageError, match=rf"{name}: the run cannot be removed \(Permission denied\)"):
        remove_runs([name])
    assert (tmp_path / "mine").is_dir()


def test_the_commands_print_what_there_is(
    cache: Path, resolved: Resolved, capsys: pytest.CaptureFixture[str]
) -> None:
    """The list is a table or one JSON object; a removal is one sentence."""
    run = run_resolved(resolved, draws=2)
    assert run_command(["runs", "list"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1 unnamed run takes 0.")
    assert run.folder.name in out
    assert run_command(["runs", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["runs"]
    assert (row["folder"], row["state"]) == (str(run.folder), "whole")
    assert run_command(["runs", "remove", "--older-than", "30"]) == 0
    assert capsys.readouterr().out == "No run was removed.\n"
    assert run_command(["runs", "remove", run.folder.name, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["names"] == [run.folder.name]
    assert not run.folder.exists()
    assert run_command(["runs", "list"]) == 0
    assert capsys.readouterr().out == "There are no unnamed runs.\n"


def test_the_rest_of_a_killed_run_goes(cache: Path, resolved: Resolved) -> None:
    """What a killed run was writing goes when the next run is written; what one at work is writing stays."""
    done = subprocess.Popen([sys.executable, "-c", "pass"])
    done.wait()
    cache.mkdir(parents=True)
    killed = cache / f".baseline-0123456789abcdef.{done.pid}-0a1b2c3d.part"
    working = cache / f".baseline-0123456789abcdef.{os.getpid()}-0a1b2c3d.part"
    other = cache / ".mine"
    for folder in (killed / "arrays", working / "arrays", other):
        folder.mkdir(parents=True)
    (killed / "arrays" / "half.npy").write_bytes(b"half")
    run_resolved(resolved, draws=2)
    assert not killed.exists()
    assert working.is_dir()
    assert other.is_dir()
    assert len(list_runs().rows) == 1


def test_ensembles_are_listed_and_removed(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An ensemble that nobody gave a place is listed, an unfinished one as such, and both go."""
    asked = ["ensemble", "baseline", "--draws", "2", "--seed", "5", "--as-of", "2026-06-01"]
    assert run_command(asked) == 0
    (cache.parent / "ensembles" / "baseline-0-quantiles.unfinished").mkdir()
    rows = {row.state: row for row in list_runs().rows}
    assert sorted(rows) == ["unfinished: the same command goes on from it", "whole"]
    assert (rows["whole"].scenario, rows["whole"].draws, rows["whole"].seed) == ("baseline", 2, 5)
    assert len(remove_runs([row.name for row in rows.values()]).names) == 2
    assert list_runs().rows == ()
