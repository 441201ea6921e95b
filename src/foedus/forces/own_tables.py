"""Tables that the user brings: read as UTF-8 with headings, kept in the data folder whole or not at all."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import FileFormatError, InputError, StorageError
from foedus.evidence.checks import CheckResult
from foedus.evidence.userdata import data_folder
from foedus.files.cells import csv_line
from foedus.files.writing import disk_error, write_text

__all__ = ["OwnTable", "TableRow", "keep", "kept_tables", "read_rows", "table_name"]


@dataclass(frozen=True)
class OwnTable:
    """What became of a table that was brought.

    Attributes
    ----------
    name : str
        The name under which it is kept.
    outcome : {"new", "unchanged", "replaced"}
        Whether it was written for the first time, was there already, or took the place of another.
    path : pathlib.Path
        Where it is kept.
    rows : int
        How many rows it holds.
    checks : tuple of CheckResult
        What was checked and how it came out.
    notes : tuple of str
        What was left out, and other remarks.
    """

    name: str
    outcome: str
    path: Path
    rows: int
    checks: tuple[CheckResult, ...]
    notes: tuple[str, ...]

    @property
    def message(self) -> str:
        """What happened, in one sentence."""
        verb = {
            "new": "now holds",
            "unchanged": "was there already with",
            "replaced": "was replaced and now holds",
        }
        return f"The table {self.name} {verb[self.outcome]} {self.rows:,} counts."


@dataclass(frozen=True)
class TableRow:
    """One row of a file.

    Attributes
    ----------
    where : str
        The file and line.
    cells : mapping of str to str
        By the heading of the column, without blanks around.
    """

    where: str
    cells: Mapping[str, str]


def read_rows(path: Path) -> tuple[tuple[str, ...], list[TableRow]]:
    """Read the headings and rows of a CSV file.

    Parameters
    ----------
    path : pathlib.Path
        The file, in UTF-8.

    Returns
    -------
    tuple of str, list of TableRow
        Headings as written, and the rows that hold anything.

    Raises
    ------
    InputError
        When the file cannot be read.
    FileFormatError
        When it is not UTF-8, or empty.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            "the file cannot be read", where=str(path), do="check its name and folder"
        ) from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise FileFormatError(
            "the text is not UTF-8", where=f"{path}, line {line}", do="save the table as CSV in UTF-8"
        ) from error
    reader = csv.DictReader(io.StringIO(text), restval="")
    headings = tuple(name.strip() for name in reader.fieldnames or ())
    if not any(headings):
        raise FileFormatError("the table is empty", where=str(path), do="begin it with a line of headings")
    return headings, list(_rows(reader, path))


def _rows(reader: csv.DictReader[str], path: Path) -> Iterator[TableRow]:
    """Yield the rows that hold anything."""
    for row in reader:
        cells = {str(k).strip(): (v or "").strip() for k, v in row.items() if k is not None}
        if any(cells.values()):
            yield TableRow(f"{path}, line {reader.line_num}", cells)


def table_name(path: Path, given: str | None) -> str:
    """Return the name under which a table is kept: the one given, or the file's own in lower case."""
    name = re.sub(r"[^a-z0-9]+", "-", (given or path.stem).lower()).strip("-")
    return name or "table"


def kept_tables(folder: str) -> dict[str, Path]:
    """Return the tables kept in a folder of the user's data folder, by name and in alphabetical order."""
    place = data_folder() / folder
    try:
        return {path.stem: path for path in sorted(place.glob("*.csv"))} if place.is_dir() else {}
    except OSError as error:
        raise StorageError(
            f"the data folder cannot be read ({error.strerror})",
            where=str(place),
            do="check its permissions, or set FOEDUS_DATA to another folder",
        ) from error


def keep(
    folder: str, name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, replace: bool
) -> tuple[str, Path]:
    """Write a table into a folder of the user's data folder, whole or not at all.

    Parameters
    ----------
    folder, name : str
        The folder, and the name of the table.
    columns : sequence of str
        Headings.
    rows : iterable of sequence
        Cells.
    replace : bool
        Take the place of a table of that name with other rows.

    Returns
    -------
    str, pathlib.Path
        "new", "unchanged" or "replaced", and where it is kept.

    Raises
    ------
    InputError
        When a table of that name is there with other rows, and `replace` is not given.
    StorageError
        When the folder cannot be written; what was there before is left as it was.
    """
    path = data_folder() / folder / f"{name}.csv"
    text = "".join(csv_line(row, bare=True) for row in (columns, *rows))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(error, path.parent, "the data folder") from error
    if not path.is_file():
        write_text(path, text, "the table")
        return "new", path
    if path.read_text(encoding="utf-8") == text:
        return "unchanged", path
    if not replace:
        raise InputError(
            f"a table {name} is there already with other counts",
            where=str(path),
            do="give --replace to put this one in its place, or --edition to give it another name",
        )
    write_text(path, text, "the table")
    return "replaced", path
