"""The one writer of files and the one writer of cells."""

from __future__ import annotations

import csv
import errno
import io
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from foedus.errors import InputError, StorageError
from foedus.files import writing
from foedus.files.cells import LONGEST_TEXT, WorkbookSheet, csv_line, csv_lines, plain_cell, workbook_bytes
from foedus.files.sweeping import leftovers
from foedus.files.writing import (
    check_writable,
    new_file,
    new_folder,
    work_folder,
    write_by,
    write_bytes,
    write_text,
)


def _full(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _write_half(file: BinaryIO, error: BaseException) -> None:
    file.write(b"half")
    raise error


def test_a_file_is_replaced_in_one_step(tmp_path: Path) -> None:
    """A new file has the mode of any new file, an old one keeps its own, and nothing else is left."""
    target = tmp_path / "a.txt"
    plain = tmp_path / "plain"
    plain.write_text("")
    write_text(target, "eins\r\nzwei\n")
    assert target.read_bytes() == b"eins\r\nzwei\n"
    assert target.stat().st_mode == plain.stat().st_mode
    target.chmod(0o640)
    write_bytes(target, b"drei")
    assert (target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (b"drei", 0o640)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", "plain"]


@pytest.mark.parametrize("when", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    """Where the last bytes find no room, the old file stands whole and no other is left."""
    target = tmp_path / "old.csv"
    target.write_text("before")
    monkeypatch.setattr(os, when, _full)
    for write in (lambda: write_text(target, "after"), lambda: write_by(target, lambda p: p.write_text("x"))):
        with pytest.raises(StorageError, match=r"old\.csv: the file could not be written \(No space left"):
            write()
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("old.csv", "before")]


def test_a_write_that_stops_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    """An error or an interruption in the middle leaves the old file, and is not renamed."""
    target = tmp_path / "old.csv"
    target.write_text("before")
    for error in (KeyboardInterrupt(), InputError("no")):
        with pytest.raises(type(error)), new_file(target) as file:
            _write_half(file, error)
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("old.csv", "before")]


def test_a_killed_process_leaves_the_old_file_and_its_number(tmp_path: Path) -> None:
    """After `kill -9` the old file is whole, and what was begun says whose it was."""
    target = tmp_path / "old.csv"
    target.write_text("before")
    program = (
        "import sys, time, pathlib\n"
        "from foedus.files.writing import new_file\n"
        f"with new_file(pathlib.Path({str(target)!r})) as file:\n"
        "    file.write(b'x' * 100000); file.flush(); print('half', flush=True); time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert target.read_text() == "before"
    ((part, owner),) = leftovers(tmp_path)
    assert (owner, part.stat().st_size) == (process.pid, 100_000)


def test_what_cannot_be_written_is_refused_beforehand(tmp_path: Path) -> None:
    """A folder, a folder that is missing, a name too long or none: a sentence each, and nothing left."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("")
    for name, words in (
        ("folder", "this is a folder, not a file; name a file in it"),
        ("nowhere/a.csv", "its folder does not exist; make the folder first"),
        ("file/a.csv", "Not a directory"),
        ("n" * 300, r"File name too long\); choose a shorter name"),
    ):
        for refuse in (check_writable, lambda path: write_text(path, "x")):
            with pytest.raises((InputError, StorageError), match=words):
                refuse(tmp_path / name)
    with pytest.raises(InputError, match="this is not the name of a file"):
        check_writable(tmp_path / "a\0b")
    check_writable(tmp_path / "new.csv")
    check_writable(tmp_path / ("n" * 251 + ".csv"))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "folder"]


def test_a_disk_without_a_block_is_refused_beforehand(tmp_path: Path) -> None:
    """A disk that takes a name and no block is noticed before anything is computed."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        with pytest.raises(StorageError, match="could not be written"):
            check_writable(tmp_path / "new.csv")
        with pytest.raises(StorageError, match=r"File too large\); raise the limit"):
            write_bytes(tmp_path / "new.csv", bytes(1000))
        with pytest.raises(StorageError, match="File too large"):
            write_by(tmp_path / "new.csv", lambda path: path.write_bytes(bytes(1000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert list(tmp_path.iterdir()) == []


def test_a_protected_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that its owner protects against writing is not replaced, though its folder would allow it."""
    target = tmp_path / "a.csv"
    target.write_text("mine")
    monkeypatch.setattr(os, "access", lambda *_: False)
    for refuse in (check_writable, lambda path: write_text(path, "x")):
        with pytest.raises(StorageError, match="the file is write-protected; choose another place"):
            refuse(target)
    assert target.read_text() == "mine"


def test_a_link_is_followed(tmp_path: Path) -> None:
    """A link stays one, and the file to which it points is replaced."""
    (tmp_path / "deep").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "deep" / "real")
    write_text(tmp_path / "link", "x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "deep" / "real").read_text() == "x"


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    """A place that is no ordinary file is written to, and not replaced by one."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    check_writable(pipe)
    write_text(pipe, "through")
    reader.join()
    assert (received, stat.S_ISFIFO(pipe.stat().st_mode)) == ([b"through"], True)
    with pytest.raises(InputError, match="this is no ordinary file"):
        write_by(pipe, lambda path: path.write_text("x"))


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder takes its name at the end; too little room, an error or others' files leave what there was."""
    with new_folder(tmp_path / "run") as folder:
        (folder / "a").write_text("x")
        assert not (tmp_path / "run").exists()
    assert (tmp_path / "run" / "a").read_text() == "x"
    with new_folder(tmp_path / "run") as folder:
        (folder / "b").write_text("y")
    assert [p.name for p in (tmp_path / "run").iterdir()] == ["a"]
    with pytest.raises(StorageError, match="No space left"), new_folder(tmp_path / "other"):
        _full()
    with pytest.raises(StorageError, match=r"the run needs \d+\.\d GB and [\d.]+ \w+ are free; make room"):
        new_folder(tmp_path / "big", "the run", needed=10**18).__enter__()
    with pytest.raises(StorageError, match="could not be written"):
        new_folder(tmp_path / "run" / "a" / "b").__enter__()
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (4096, "4 kB"), (4_100_000, "4.1 MB"), (32_600_000_000, "32.6 GB")],
)
def test_a_size_has_digits(size: int, text: str) -> None:
    """A size is written in the unit in which it has digits, so that it never reads 0.0."""
    assert writing._size(size) == text


def test_a_work_folder_goes_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder for passing work goes away whatever happens in it, and a full disk is a sentence."""
    monkeypatch.setattr(writing.tempfile, "gettempdir", lambda: str(tmp_path))
    with work_folder("read"):
        assert [owner for _, owner in leftovers(tmp_path)] == [os.getpid()]
    with pytest.raises(KeyboardInterrupt), work_folder("print") as folder, (folder / "a").open("wb") as file:
        _write_half(file, KeyboardInterrupt())
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(writing.tempfile, "gettempdir", _full)
    with pytest.raises(StorageError, match="a folder for passing work could not be written"):
        work_folder("print").__enter__()
    assert list(leftovers(tmp_path / "nowhere")) == []


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1 %",
        "@x",
        "\t=1",
        "'=1",
        "007",
        "1e5",
        "TRUE",
        "<r>x</r>",
        " a ",
        "http://a.b",
        "",
        "#N/A",
    ]
)
VALUES = (
    TEXTS | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
)


@settings(max_examples=60)
@given(st.lists(st.lists(VALUES | st.none(), min_size=1, max_size=4), min_size=1, max_size=4))
def test_no_cell_is_altered(rows: list[list[object]]) -> None:
    """Whatever is written reads back the same, as text where it was text, from both kinds of file."""
    lines = "".join(csv_line(row) for row in rows)
    back = list(csv.reader(io.StringIO(lines, newline="")))
    assert back == [[_as_text(value) for value in row] for row in rows]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes([WorkbookSheet("t", rows)])))
    cells = sheet.get_sheet_by_index(0)
    height, width = (cells.start or (0, 0)) if cells.height else (len(rows), 0)
    read = {
        (height + i, width + j): value
        for i, row in enumerate(cells.to_python())
        for j, value in enumerate(row)
        if cells.height
    }
    for i, row in enumerate(rows):
        for j, value in enumerate(row):
            cell = read.get((i, j), "")
            expected = "" if value is None else value
            if isinstance(value, str):
                assert (
                    _unescaped(str(cell)) == value.replace("\r\n", "\n").replace("\r", "\n") or cell == value
                )
            else:
                assert cell == expected
                assert isinstance(cell, bool) == isinstance(expected, bool)


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _unescaped(text: str) -> str:
    """Undo the format's way to write control characters, which the reader hands on as it stands."""
    import re

    return re.sub("_x([0-9A-F]{4})_", lambda m: chr(int(m[1], 16)), text)


def test_nothing_becomes_a_formula() -> None:
    """No cell of a workbook is a formula or a link, whatever its text."""
    texts = ["=1+1", "+1", "-1", "@x", "{=1}", "http://a.b", "mailto:a@b", "<r>x</r>", "internal:x!A1"]
    with zipfile.ZipFile(io.BytesIO(workbook_bytes([WorkbookSheet("t", [texts])]))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert sheet.count('t="s"') == len(texts)


def test_numbers_keep_their_digits() -> None:
    """All seventeen digits stand in a workbook, and what its numbers cannot hold stands as text."""
    row = [0.1 + 0.2, 1 / 3, 2**53, 2**60, float("inf"), float("nan")]
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook_bytes([WorkbookSheet("t", [row, ["x"] * 6])])))
    cells = book.get_sheet_by_index(0).to_python()[0]
    assert cells == [0.1 + 0.2, 1 / 3, 2**53, str(2**60), "inf", ""]
    assert csv_line(row) == f"{0.1 + 0.2!r},{1 / 3!r},{2**53},{2**60},inf,\n"


def test_cells_of_other_kinds() -> None:
    """Days, lists and NumPy's own numbers become what a cell can hold; keys come first."""
    import numpy as np

    assert plain_cell(date(2024, 6, 1)) == "2024-06-01"
    assert plain_cell(("a", None, 1.5)) == "a, , 1.5"
    assert (plain_cell(np.float32(0.5)), plain_cell(np.int64(3)), plain_cell(np.bool_(True))) == (
        0.5,
        3,
        True,
    )
    assert plain_cell(Path("a")) == "a"
    assert list(csv_lines(["b", "a"], [{"a": 1, "b": "x"}])) == ['"b","a"\n', '"x",1\n']
    assert csv_line(["a", "b,c", 'd"', " e", None], bare=True) == 'a,"b,c","d""", e,\n'


def test_a_workbook_says_what_it_cannot_hold() -> None:
    """A text or a table longer than the format allows is a sentence; names of sheets stay apart."""
    sheet = [WorkbookSheet("t", [["x" * LONGEST_TEXT]])]
    assert len(workbook_bytes(sheet)) > 0
    with pytest.raises(InputError, match="32,768 characters, and a workbook's cell holds 32,767; ask for"):
        workbook_bytes([WorkbookSheet("t", [["x" * (LONGEST_TEXT + 1)]])])
    with pytest.raises(InputError, match="has more rows than a workbook holds"):
        workbook_bytes([WorkbookSheet("t", ([] if i < 1_048_576 else [1] for i in range(1_048_577)))])
    names = ["a/b", "a b", "A B", "x" * 40, "x" * 41, ""]
    content = workbook_bytes([WorkbookSheet(name, [[1]]) for name in names])
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["a b", "a b 2", "A B 3", "x" * 31, "x" * 29 + " 2", "table"]
    assert workbook_bytes([WorkbookSheet(name, [[1]]) for name in names]) == content
