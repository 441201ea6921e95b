"""Opening an Excel workbook, and saying plainly when a file is not one."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import FileFormatError, InputError, StorageError
from foedus.evidence.ingest.markup import Markup, column_letters, read_markup

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

__all__ = [
    "Sheet",
    "is_missing",
    "not_a_workbook",
    "number_in",
    "read_bytes",
    "read_sheets",
]

_MISSING = frozenset({"", "..", ". .", "...", "n/a", "na", "n.a.", "-", "--", "–", "—", "xxx", "x"})


@dataclass(frozen=True)
class Sheet:
    """One sheet's values.

    Attributes
    ----------
    file : str
        The workbook's file name.
    name : str
        The sheet's name, as printed on its tab.
    rows : tuple of tuple
        The values, from cell A1 on; rows may differ in length.
    colours : mapping of (int, int) to str
        The colours of fonts, by zero-based row and column; see :class:`foedus.evidence.ingest.markup.Markup`.
    """

    file: str
    name: str
    rows: tuple[tuple[object, ...], ...]
    colours: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> object:
        """Return the value of a cell by zero-based row and column, or None beyond the sheet."""
        values = self.rows[row] if row < len(self.rows) else ()
        return values[column] if column < len(values) else None

    def where(self, row: int, column: int | None = None) -> str:
        """Write where a cell or row is, as in ``TABLE3, cell E14``, after the file's name."""
        location = f"row {row + 1}" if column is None else f"cell {column_letters(column)}{row + 1}"
        return f"{self.file}: {self.name}, {location}"


def is_missing(value: object) -> bool:
    """Whether a cell says that there is no figure: empty, or one of the publishers' marks for it."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _MISSING)


def number_in(sheet: Sheet, row: int, column: int, do: str) -> float:
    """Read the number in a cell.

    Parameters
    ----------
    sheet : Sheet
        The sheet.
    row, column : int
        Zero-based.
    do : str
        What the reader can do where the cell holds no number.

    Returns
    -------
    float
        The number.

    Raises
    ------
    FileFormatError
        When the cell holds something else; the message names it.
    """
    cell = sheet.cell(row, column)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = str(cell).replace("\xa0", "").replace(" ", "")
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    raise FileFormatError(f"{cell!r} is not a number", where=sheet.where(row, column), do=do)


def read_bytes(path: Path) -> bytes:
    """Read a file whole.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Returns
    -------
    bytes
        Its content, at least one byte.

    Raises
    ------
    InputError
        When there is no such file, or it is a folder.
    FileFormatError
        When it is empty.
    StorageError
        When it cannot be read.
    """
    if path.is_dir():
        raise InputError("this is a folder, not a file", where=str(path), do="name the file inside it")
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("there is no such file", where=str(path), do="check its name and folder") from error
    except OSError as error:
        raise StorageError(
            f"the file cannot be read ({error.strerror})", where=str(path), do="check its permissions"
        ) from error
    if not content:
        raise FileFormatError("the file is empty", where=str(path), do="download it again")
    return content


def not_a_workbook(content: bytes) -> str | None:
    """Write why content is not an Excel workbook, or give None when it may be one.

    Parameters
    ----------
    content : bytes
        At least the first kilobyte.

    Returns
    -------
    str or None
        A clause for an error message.
    """
    start = content[:1024].lstrip().lower()
    if content.startswith(b"PK\x03\x04"):
        return None
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<?xml")):
        return "this is a web page, not an Excel workbook"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "this is a workbook of the old .xls format, not .xlsx"
    return "this is not an Excel workbook (.xlsx)"


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Read every sheet of a workbook; formulas give their stored values.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.

    Returns
    -------
    dict of str to Sheet
        By the sheet's name, in the workbook's order.

    Raises
    ------
    FileFormatError
        When the file is not a workbook, or a damaged one.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    content = read_bytes(path)
    reason = not_a_workbook(content)
    if reason:
        raise FileFormatError(reason, where=str(path), do="download the publisher's .xlsx file again")
    damage = (
        CalamineError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        SyntaxError,
        LookupError,
        ValueError,
        EOFError,
    )
    try:
        markup = read_markup(content)
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        return {
            name: _sheet(path.name, name, book, markup[name]) for name in book.sheet_names if name in markup
        }
    except damage as error:
        raise FileFormatError(
            "the workbook is damaged or cut short", where=str(path), do="download it again"
        ) from error


def _sheet(file: str, name: str, book: CalamineWorkbook, markup: Markup) -> Sheet:
    """Return a sheet's values, with the errors that its cells hold, and the colours of their fonts."""
    values = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    rows = [[_value(cell) for cell in row] for row in values]
    for (row, column), text in markup.errors.items():
        # The reader gives nothing for an error, which must not pass for a figure that is missing.
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = text
    return Sheet(file, name, tuple(map(tuple, rows)), markup.colours)


def _value(cell: object) -> object:
    """Return a cell's value: nothing for an empty text, a whole number as such."""
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return None if cell == "" else cell
