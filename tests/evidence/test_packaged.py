"""What comes with foedus is held against its cards before anything is answered from it."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import foedus
from foedus.errors import IntegrityError
from foedus.evidence import Ledger, packaged
from foedus.evidence.packaged import packaged_cards, record_table
from foedus.evidence.records import record_rows

PACKAGE = Path(foedus.__file__).parent
EDITIONS = [card.id for card in packaged_cards() if card.kind == "figures"]
TABLES = [(path.parent.name, path.stem) for path in sorted(PACKAGE.glob("evidence/records/*/*.csv"))]
CACHES = (packaged_cards, packaged._card, packaged._record, record_table, record_rows)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Stand a copy of the packaged tables in their place, which a test may harm and shall put right again."""
    folder = tmp_path_factory.mktemp("evidence")
    for name in ("editions", "records"):
        shutil.copytree(PACKAGE / "evidence" / name, folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packaged, "_folder", lambda: folder)
        _forget()
        yield folder
    _forget()


def _forget() -> None:
    for function in CACHES:
        function.cache_clear()


def _harm(path: Path, harm: str) -> bytes:
    """Cut a table at the end of a line, or change one digit, and return what it was."""
    content = path.read_bytes()
    text = gzip.decompress(content) if path.suffix == ".gz" else content
    lines = text.splitlines(keepends=True)
    if harm == "cut":
        text = b"".join(lines[: len(lines) // 2])
    else:
        at = text.rindex(b"1") if b"1" in text else len(text) // 2
        text = text[:at] + (b"3" if text[at : at + 1] == b"2" else b"2") + text[at + 1 :]
    path.write_bytes(gzip.compress(text, 1) if path.suffix == ".gz" else text)
    return content


@pytest.mark.parametrize("harm", ["cut", "digit"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_an_altered_edition_answers_nothing(tables: Path, edition: str, harm: str) -> None:
    """A table that is cut at a line's end or has another digit is refused, with its name."""
    path = packaged.packaged_table(edition)
    assert path.is_relative_to(tables)
    content = _harm(path, harm)
    with pytest.raises(
        IntegrityError, match=f"{path.name}: the table of figures differs from the one its card"
    ):
        Ledger.packaged().table(edition)
    path.write_bytes(content)


@pytest.mark.parametrize("harm", ["cut", "digit"])
@pytest.mark.parametrize(("record", "table"), TABLES)
def test_an_altered_record_answers_nothing(tables: Path, record: str, table: str, harm: str) -> None:
    """A record of which one table is cut or altered is refused, and is read again once it is right."""
    path = tables / "records" / record / f"{table}.csv"
    _forget()
    content = _harm(path, harm)
    with pytest.raises(IntegrityError, match="are not those that its card describes; install foedus again"):
        record_rows(record, table)
    path.unlink()
    with pytest.raises(IntegrityError, match="this table of a record is missing"):
        record_rows(record, table)
    path.write_bytes(content)
    assert record_rows(record, table)


def test_a_file_that_is_no_table_is_refused(tables: Path) -> None:
    """A compressed table that breaks off, or is no compressed file, is one sentence."""
    path = next(packaged.packaged_table(e) for e in EDITIONS if packaged.packaged_table(e).suffix == ".gz")
    edition, content = path.name.removesuffix(".csv.gz"), path.read_bytes()
    for harmed in (content[:-20], b"not compressed", b"", content[:40] + b"\0" * 20 + content[60:]):
        path.write_bytes(harmed)
        with pytest.raises(IntegrityError, match=r"the table of figures (cannot be read|differs)"):
            Ledger.packaged().table(edition)
    path.write_bytes(content)


def test_an_unaltered_edition_answers(tables: Path) -> None:
    """The same tables, as they came, answer."""
    assert len(Ledger.packaged().table("nato-2025-08")) > 2000


def test_the_command_answers_in_one_sentence(tmp_path: Path) -> None:
    """With its newest edition cut, an installation says so, prints no count, and ends with exit code 2."""
    copy = tmp_path / "foedus"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    _harm(copy / "evidence" / "editions" / "nato-2025-08.csv", "cut")
    words = ["status", "--edition", "nato-2025-08", "--as-of", "2025-10-01"]
    done = subprocess.run(
        [sys.executable, "-c", "import sys; from foedus.cli import main; main(sys.argv[1:])", *words],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"foedus: {copy}")
    assert len(done.stderr.splitlines()) == 1
