"""An import that is killed at any moment leaves the edition that was there, or the new one, and no litter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.errors import StorageError
from foedus.evidence import replacing
from foedus.evidence.replacing import replace_pair, restore
from foedus.evidence.userdata import user_editions
from foedus.files.checksum import sha256_of

CARD = """id: test-2024-01
series: test
publisher: P
title: T
published: 2024-01-01
url: https://example.org
licence: L
sha256: {}
"""


def _pair(folder: Path, value: str, *, staged: bool = False) -> tuple[Path, Path]:
    """Write a table and its card, under their names or beside them."""
    text = f"indicator,country,year,value,status,known,note\nx,POL,2024,{value},actual,retrieved,\n"
    start = ".new-" if staged else ""
    table, card = (folder / f"{start}test-2024-01{end}" for end in (".csv", ".yaml"))
    table.write_text(text)
    card.write_text(CARD.format(sha256_of(text)))
    return table, card


def _state(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in sorted((folder / "editions").iterdir())}


@pytest.fixture
def editions(tmp_path: Path) -> Path:
    folder = tmp_path / "editions"
    folder.mkdir()
    _pair(folder, "1.0")
    return folder


# The process is killed at its nth step that changes a name, as a machine without power would.
KILLED = """
import os, sys
from pathlib import Path
folder, n = Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def dying(function):
    def step(*arguments, **options):
        global steps
        steps += 1
        if steps > n:
            os._exit(9)
        return function(*arguments, **options)
    return step
for name in ("replace", "rename", "link", "unlink"):
    setattr(os, name, dying(getattr(os, name)))
from foedus.evidence.replacing import replace_pair
replace_pair(folder / ".new-test-2024-01.csv", folder / "test-2024-01.csv",
             folder / ".new-test-2024-01.yaml", folder / "test-2024-01.yaml")
"""


@pytest.mark.parametrize("steps", range(9))
def test_an_import_that_is_killed_loses_nothing(tmp_path: Path, editions: Path, steps: int) -> None:
    """Killed after any of its steps, an import has left the old edition whole or the new one, and the first
    who looks finds it."""
    old = _state(tmp_path)
    _pair(editions, "2.0", staged=True)
    done = subprocess.run([sys.executable, "-c", KILLED, str(editions), str(steps)], check=False, timeout=60)
    assert done.returncode in (0, 9)
    ((card, table),) = user_editions(tmp_path)
    assert sha256_of(table) == card.sha256
    for part in editions.glob(".new-*"):
        part.unlink()
    new = {name: text.replace("1.0,", "2.0,") for name, text in old.items() if name.endswith(".csv")}
    state = _state(tmp_path)
    assert sorted(state) == sorted(old)
    assert state == old or state["test-2024-01.csv"] == new["test-2024-01.csv"]
    assert state != old or done.returncode == 9


def test_the_steps_are_all_tried(editions: Path) -> None:
    """Killed before its first step an import changes nothing, and with enough steps it ends."""
    codes = []
    for steps in (0, 8):
        _pair(editions, "2.0", staged=True)
        words = [sys.executable, "-c", KILLED, str(editions), str(steps)]
        codes.append(subprocess.run(words, check=False, timeout=60).returncode)
    assert codes == [9, 0]


def test_an_import_at_work_is_left_alone(editions: Path) -> None:
    """What a process that runs has set aside is not given back behind its back."""
    table, card = editions / "test-2024-01.csv", editions / "test-2024-01.yaml"
    aside = editions / f".test-2024-01.yaml.{os.getpid()}.kept"
    card.rename(aside)
    restore(editions)
    assert aside.is_file()
    assert not card.exists()
    assert table.is_file()
    restore(editions / "nowhere")


def test_a_failed_replacement_is_undone(editions: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the new card cannot take its name, old table and card have theirs again; where the file system has
    no second names the table is copied."""
    before = {p.name: p.read_text() for p in editions.iterdir()}
    table, card = _pair(editions, "2.0", staged=True)
    replace = os.replace

    def fail(source: Path, target: Path) -> None:
        if Path(target).suffix == ".yaml":
            raise OSError(28, "No space left on device")
        replace(source, target)

    def no_link(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(replacing.os, "replace", fail)
    monkeypatch.setattr(replacing.os, "link", no_link)
    with pytest.raises(OSError, match="No space left"):
        replace_pair(table, editions / "test-2024-01.csv", card, editions / "test-2024-01.yaml")
    card.unlink()
    assert {p.name: p.read_text() for p in editions.iterdir()} == before


def test_a_folder_that_cannot_be_put_right_is_said(
    tmp_path: Path, editions: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where names cannot be given back the fault is said and nothing answers in their place."""

    def fail(_: Path) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("foedus.evidence.userdata.restore", fail)
    with pytest.raises(StorageError, match="cannot be read"):
        user_editions(tmp_path)
