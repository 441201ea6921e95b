"""What makes two runs the same: every file below the faces that a number may come from."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import foedus
from foedus.errors import StorageError
from foedus.runs.identity import FACES, KINDS, checksum_below_faces, code_sha256

PACKAGE = Path(foedus.__file__).parent
TABLES = sorted(
    p.relative_to(PACKAGE).as_posix()
    for p in PACKAGE.rglob("*")
    if p.suffix in {".csv", ".yaml"} and p.relative_to(PACKAGE).parts[0] not in FACES
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
    before, content = checksum_below_faces(copy), path.read_bytes()
    path.write_bytes(content.replace(b"1", b"2", 1) if b"1" in content else content + b"\n")
    changed = checksum_below_faces(copy)
    path.write_bytes(content)
    assert changed != before
    assert checksum_below_faces(copy) == before


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
    assert {".py", ".csv", ".yaml"} <= KINDS
