"""Files and cells are written in one place each."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from parsed import parsed

SOURCE = Path(__file__).parents[2] / "src" / "foedus"
WRITERS = {"files/writing.py", "files/cells.py"}
"""Where files and cells are written."""
WRITING = {
    "write_text", "write_bytes", "save", "savez", "savez_compressed", "savetxt", "tofile", "to_csv",
    "to_excel", "to_parquet", "write_csv", "write_excel", "copyfile", "copy", "copy2", "copytree", "move",
    "mkstemp",     "mkdtemp", "NamedTemporaryFile", "TemporaryDirectory", "dump",
}  # fmt: skip
"""Methods that write a file themselves."""
ALLOWED = {("dashboard/state.py", "mkdtemp")}
"""The folder in which a server keeps its runs while it is up."""


def _writes(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the calls that write a file, by line."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if isinstance(called, ast.Attribute) and name in WRITING and not _is_a_value(node):
            yield node.lineno, name
        elif name == "open" and _mode(node, at=isinstance(called, ast.Name)):
            yield node.lineno, "open"
        elif name in {"writer", "DictWriter"} and ast.unparse(called).startswith("csv."):
            yield node.lineno, "csv"


def _is_a_value(node: ast.Call) -> bool:
    """Whether a call gives a value and writes no file, as `array.copy()` and `yaml.dump(x)` do."""
    return isinstance(node.func, ast.Attribute) and node.func.attr in {"copy", "dump"} and len(node.args) < 2


def _mode(node: ast.Call, *, at: bool) -> bool:
    """Whether a call of `open` asks to write; the mode of a method stands first."""
    if ast.unparse(node.func) in {"os.open", "archive.open", "self.archive.open"}:
        return False  # a descriptor of the system, and a part of an archive that is read
    modes = [*node.args[at : at + 1], *(k.value for k in node.keywords if k.arg == "mode")]
    return any(not isinstance(m, ast.Constant) or set("wax+") & set(str(m.value)) for m in modes)


def test_files_are_written_in_one_place() -> None:
    """No module but the writer opens a file to write it, or has a library write one."""
    calls = {
        (path.relative_to(SOURCE).as_posix(), name)
        for path in SOURCE.rglob("*.py")
        for _, name in _writes(parsed(path))
    }
    assert {file for file, _ in calls} >= {"files/writing.py"}
    assert {(file, name) for file, name in calls if file not in WRITERS} == ALLOWED


def test_workbooks_are_written_in_one_place() -> None:
    """One module knows the library that writes workbooks."""
    users = {
        p.relative_to(SOURCE).as_posix() for p in SOURCE.rglob("*.py") if "xlsxwriter" in p.read_text("utf-8")
    }
    assert users == {"files/cells.py"}


@pytest.mark.parametrize(
    ("text", "caught"),
    [
        ('path.write_text("x")', True),
        ("path.write_bytes(b)", True),
        ("write_text(path, text)", False),
        ('open(path, "w")', True),
        ('path.open("wb")', True),
        ('path.open(mode="a")', True),
        ("path.open(mode)", True),
        ('path.open("rb")', False),
        ("path.open()", False),
        ("open(path)", False),
        ("book.save(path)", True),
        ("numpy.save(path, array)", True),
        ("frame.write_csv(path)", True),
        ("csv.writer(file)", True),
        ("shutil.copy(a, b)", True),
        ("array.copy()", False),
        ("json.dump(x, file)", True),
    ],
)
def test_the_search_for_writers(text: str, caught: bool) -> None:
    """Calls that write are caught, calls that read or that go through the writer are not."""
    assert bool(list(_writes(ast.parse(text)))) is caught
