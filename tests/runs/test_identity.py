"""What makes two runs the same: every file below the faces that a number may come from."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import foedus
from foedus.errors import StorageError
from foedus.evidence import Ledger
from foedus.runs.identity import (
    ASKED,
    FACES,
    KINDS,
    MADE_BY,
    checksum_below_faces,
    code_sha256,
    identity,
    ran_sha256,
)
from foedus.scenario import resolve

PACKAGE = Path(foedus.__file__).parent
TABLES = sorted(
    p.relative_to(PACKAGE).as_posix()
    for p in PACKAGE.rglob("*")
    if p.suffix in {".csv", ".gz", ".yaml"} and p.relative_to(PACKAGE).parts[0] not in FACES
)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the package that a test may change and shall put back."""
    folder = tmp_path_factory.mktemp("copy") / "foedus"
    return Path(shutil.copytree(PACKAGE, folder, ignore=shutil.ignore_patterns("__pycache__")))


def test_the_checksum_is_that_of_the_package(copy: Path) -> None:
    """A copy of the package has the package's checksum: the place does not count."""
    assert checksum_below_faces(copy) == code_sha256()


@pytest.mark.parametrize("table", TABLES)
def test_every_table_counts(copy: Path, table: str) -> None:
    """Changing one byte of any packaged table, card or file of parameters changes the checksum."""
    path = copy / table
    content = path.read_bytes()
    path.write_bytes(content.replace(b"1", b"2", 1) if b"1" in content else content + b"\n")
    changed = checksum_below_faces(copy)
    path.write_bytes(content)
    assert changed != code_sha256()


def test_a_copy_that_was_put_back_counts_as_before(copy: Path) -> None:
    """With every table as it was, the checksum is the package's again."""
    assert checksum_below_faces(copy) == code_sha256()


TYPEFACES = {p.name for p in (PACKAGE / "plotting" / "fonts").iterdir()}


def test_every_kind_of_file_counts() -> None:
    """Below the faces the checksum covers all but a map's outlines, typefaces, and the mark for types."""
    parts = (p for p in PACKAGE.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    below = [p for p in parts if p.relative_to(PACKAGE).parts[0] not in FACES]
    assert {p.name for p in below if p.suffix not in KINDS} - TYPEFACES <= {
        "py.typed",
        "alliance.geojson",
    }
    assert len(below) > 300


def test_every_room_counts(copy: Path) -> None:
    """A changed module counts in every part of the package but the faces."""
    before = checksum_below_faces(copy)
    for part in sorted(p for p in copy.iterdir() if (p / "__init__.py").is_file()):
        path = part / "__init__.py"
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        assert (checksum_below_faces(copy) != before) == (part.name not in FACES), part.name
        path.write_bytes(content)


def test_an_empty_part_is_refused(copy: Path) -> None:
    """A part of the package without a file is a broken installation, and so is another folder."""
    (copy / "hollow").mkdir()
    with pytest.raises(StorageError, match="this part of the package is empty"):
        checksum_below_faces(copy)
    (copy / "hollow").rmdir()
    with pytest.raises(StorageError, match="this is not the folder of the package"):
        checksum_below_faces(copy.parent)


def test_a_checksum_of_less_is_noticed(copy: Path) -> None:
    """A module at any depth counts, by its name too, and so does what a run is made by and asked for."""
    before = checksum_below_faces(copy)
    deep = copy / "decisions" / "models" / "voting.py"
    renamed = deep.rename(deep.with_name("votes.py"))
    assert checksum_below_faces(copy) != before
    renamed.rename(deep)
    new = copy / "axes_more.py"
    new.write_text("")
    assert checksum_below_faces(copy) != before
    new.unlink()
    assert checksum_below_faces(copy) == before


def test_all_that_a_run_depends_on_is_in_its_checksum() -> None:
    """Another scenario, seed, draws, version or code is another run; the first three are another question."""
    resolved = resolve("baseline", as_of=date(2026, 6, 1), ledger=Ledger.packaged())
    parts = identity(resolved, seed=1, draws=2)
    assert (parts["input_sha256"], parts["run_sha256"]) == ran_sha256(parts)
    assert parts["code_sha256"] == checksum_below_faces(PACKAGE)
    assert parts["scenario_sha256"] == resolved.sha256
    assert parts["editions"] == dict(resolved.editions)
    for name in (*ASKED, *MADE_BY):
        inputs, everything = ran_sha256(parts | {name: "another"})
        assert everything != parts["run_sha256"], name
        assert (inputs != parts["input_sha256"]) == (name in ASKED), name
    assert {*ASKED} == {"scenario_sha256", "seed", "draws"}
    assert {*MADE_BY} == {"foedus", "numpy", "python", "code_sha256"}
