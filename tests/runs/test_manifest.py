"""A run is opened only when every byte of it is what was written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.cli import run_command
from foedus.errors import IntegrityError, StorageError
from foedus.evidence import Ledger
from foedus.files.checksum import sha256_of
from foedus.runs import Run, execute
from foedus.runs.execute import run_resolved
from foedus.runs.manifest import FORMAT, SUMS, file_names, sums_text
from foedus.scenario import Resolved, resolve

DAY = date(2026, 6, 1)
OLD = Path(__file__).parent / "format-1"
SHARE = "arrays/defence_expenditure_share_of_gdp.npy"


@pytest.fixture(scope="module")
def resolved() -> Resolved:
    return resolve("ukraine-accedes", as_of=DAY, ledger=Ledger.packaged(), changes={"horizon": 2028})


@pytest.fixture(scope="module")
def stored(resolved: Resolved, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A small run, whose folder a test may harm and shall put right again."""
    return run_resolved(resolved, draws=20, out=tmp_path_factory.mktemp("runs") / "stored")


@pytest.fixture
def copy(stored: Run, tmp_path: Path) -> Path:
    """A copy of the run, to be harmed."""
    return Path(shutil.copytree(stored.folder, tmp_path / "copy"))


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_every_file_is_listed(stored: Run) -> None:
    """Each file has its checksum in the list, in the form that ``sha256sum -c`` reads."""
    lines = (stored.folder / SUMS).read_text().splitlines()
    listed = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert sorted([*listed, SUMS]) == _files(stored.folder)
    assert all(sha256_of(stored.folder / name) == digest for name, digest in listed.items())
    assert stored.manifest["headline_sha256"] == listed["headline.json"]
    assert stored.manifest["format"] == FORMAT
    assert list(listed) == file_names(stored.manifest["arrays"])
    assert sums_text(stored.folder, stored.manifest["arrays"]) == (stored.folder / SUMS).read_text()


@given(data=st.data())
def test_no_byte_can_change_unseen(stored: Run, data: st.DataObject) -> None:
    """One byte changed anywhere in any file, cut off or added, is noticed, and the message names the file."""
    name = data.draw(st.sampled_from(_files(stored.folder)))
    path = stored.folder / name
    content = path.read_bytes()
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
    harmed = data.draw(
        st.sampled_from(
            [content[:at] + bytes([byte]) + content[at + 1 :], content[:at], content + bytes([byte])]
        )
    )
    path.write_bytes(harmed)
    try:
        with pytest.raises(IntegrityError) as caught:
            Run.load(stored.folder)
    finally:
        path.write_bytes(content)
    assert str(stored.folder) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["run.json", "headline.json", SUMS, SHARE])
def test_no_file_can_go_missing(copy: Path, name: str) -> None:
    """A run without one of its files, or with a folder in its place, is no whole run; the file is named."""
    (copy / name).unlink()
    with pytest.raises(IntegrityError, match=f"{Path(name).name}: this is not a whole run"):
        Run.load(copy)
    (copy / name).mkdir()
    with pytest.raises(IntegrityError, match="this is not a whole run"):
        Run.load(copy)


def _edit(name: str, change: Callable[[dict[str, Any]], object]) -> Callable[[Path], None]:
    def harm(folder: Path) -> None:
        content = json.loads((folder / name).read_text())
        change(content)
        (folder / name).write_text(json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n")

    return harm


def _deep(folder: Path) -> None:
    (folder / "run.json").write_text('{"scenario":' + "[" * 100_000 + "]" * 100_000 + "}")


def _median(content: dict[str, Any]) -> None:
    content["measures"]["allies_at_pledge_count"]["median"][-1] += 1.0


def _ally(content: dict[str, Any]) -> None:
    content["allies_at_horizon"]["POL"]["high"] *= 1.1


HARMS: dict[str, Callable[[Path], None]] = {
    "a median": _edit("headline.json", _median),
    "an ally": _edit("headline.json", _ally),
    "a title": _edit("headline.json", lambda c: c.update(title="Another")),
    "the pledge": _edit("run.json", lambda c: _section(c).update(pledge_target=0.05)),
    "the seed": _edit("run.json", lambda c: c.update(seed=2)),
    "the draws": _edit("run.json", lambda c: c.update(draws=c["draws"] + 1)),
    "the format": _edit("run.json", lambda c: c.update(format=99)),
    "the format's kind": _edit("run.json", lambda c: c.update(format=True)),
    "an array's checksum": _edit("run.json", lambda c: _array(c).update(sha256="0" * 64)),
    "an array less": _edit("run.json", lambda c: c["arrays"].popitem()),
    "an array elsewhere": _edit("run.json", lambda c: c["arrays"].update({"../array": _array(c)})),
    "no arrays": _edit("run.json", lambda c: c.update(arrays=[])),
    "no scenario": _edit("run.json", lambda c: c.pop("scenario")),
    "a deep nest": _deep,
    "no object": lambda folder: _write(folder / "run.json", "[]"),
    "no headline": lambda folder: _write(folder / "headline.json", "null"),
    "no text": lambda folder: _write(folder / "run.json", "\udcff"),
}


def _array(content: dict[str, Any]) -> dict[str, Any]:
    array: dict[str, Any] = next(iter(content["arrays"].values()))
    return array


def _section(content: dict[str, Any]) -> dict[str, Any]:
    scenario: dict[str, Any] = content["scenario"]
    section: dict[str, Any] = scenario.get("spending", scenario)
    return section


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", errors="surrogateescape")


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("kind", ["new", "listed anew", "format 1"])
def test_an_altered_run_is_one_sentence(
    stored: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, harm: str
) -> None:
    """What was altered by hand is refused in one sentence with exit code 2, in older runs too."""
    folder = Path(shutil.copytree(OLD if kind == "format 1" else stored.folder, tmp_path / "copy"))
    HARMS[harm](folder)
    if kind == "listed anew":
        names = sorted(name for name in _files(folder) if name != SUMS)
        lines = [f"{sha256_of(folder / name)}  {name}\n" for name in names]
        (folder / SUMS).write_text("".join(lines))
    assert run_command(["report", str(folder), "--out", str(tmp_path / "report.html")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"foedus: {folder}")
    assert len(err.splitlines()) == 1
    assert not (tmp_path / "report.html").exists()


def test_what_is_there_already_is_checked(resolved: Resolved, copy: Path) -> None:
    """The same run asked for again is held against its checksums before it is given back."""
    assert run_resolved(resolved, draws=20, out=copy).folder == copy
    content = bytearray((copy / SHARE).read_bytes())
    content[-5] ^= 1
    (copy / SHARE).write_bytes(content)
    with pytest.raises(IntegrityError, match="the file is not what the run wrote; remove the run"):
        run_resolved(resolved, draws=20, out=copy)
    with pytest.raises(IntegrityError, match="is not what the run wrote"):
        Run(copy, *_parts(resolved, copy)).verify()


def _parts(resolved: Resolved, folder: Path) -> tuple[dict[str, Any], Any, Resolved]:
    return json.loads((folder / "run.json").read_text()), None, resolved


def test_a_new_run_is_read_once(resolved: Resolved, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The arrays of a run that has just been written are not read for their checksums once more."""
    from foedus.runs import manifest

    read: list[str] = []

    def count(content: Path | str | bytes) -> str:
        read.append(content.name if isinstance(content, Path) else "")
        return sha256_of(content)

    monkeypatch.setattr(manifest, "sha256_of", count)
    monkeypatch.setattr(execute, "sha256_of", count)
    run_resolved(resolved, draws=2, out=tmp_path / "run")
    arrays = [name for name in read if name.endswith(".npy")]
    assert arrays
    assert len(arrays) == len(set(arrays))


def test_a_disk_fault_is_no_altered_run(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the disk does not give is a fault of storage, not of the run."""

    def fail(path: Path) -> bytes:
        raise OSError(5, "Input/output error", str(path))

    monkeypatch.setattr(Path, "read_bytes", fail)
    with pytest.raises(StorageError, match=r"run\.json: the file cannot be read \(Input/output error\)"):
        Run.load(copy)


def test_other_files_do_not_matter(copy: Path) -> None:
    """A report or a note that a reader lays into the folder is not the run's, and changes nothing."""
    (copy / "note.txt").write_text("mine")
    assert Run.load(copy).draw_count == 20
