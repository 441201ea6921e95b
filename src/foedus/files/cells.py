"""The one writer of cells: a text stays a text, a number keeps every digit, and nothing becomes a formula.

In a workbook a cell says what it holds, so that ``=1+1`` is four characters there. A comma-separated file
cannot say it: texts stand in quotation marks, unaltered, for programs that read them back; a spreadsheet
program may still take a text that begins with ``=`` for a formula, and the workbook is the file for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from foedus.errors import InputError

__all__ = ["MARK", "WorkbookSheet", "csv_line", "csv_lines", "plain_cell", "workbook_bytes"]

MARK = "\ufeff"
"""What stands before a text so that spreadsheet programs read it as UTF-8."""

LONGEST_TEXT = 32_767
"""The most characters, as UTF-16 counts them, that a workbook's cell holds."""

MOST_ROWS = 1_048_576
"""The most rows of a workbook's sheet."""

LARGEST_WHOLE = 2**53
"""Whole numbers beyond it have no place of their own among a workbook's numbers, and stand as text."""

_LONGEST_NAME = 31
"""The most characters of a sheet's name."""

_ANY_DAY = datetime(2000, 1, 1)
"""The day of making that a workbook states, so that the same answer is the same file."""

Cell = str | int | float | bool | None
"""What a cell may hold; None is an empty one."""


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet to be written.

    Attributes
    ----------
    name : str
        What stands on its tab.
    rows : iterable of sequence
        The cells, the headings first.
    """

    name: str
    rows: Iterable[Sequence[Any]]


def plain_cell(value: Any) -> Cell:
    """Return a value as a cell holds it.

    Parameters
    ----------
    value : object
        Text, a number, a truth value, a day, a list of such, or nothing.

    Returns
    -------
    str, int, float, bool or None
        Texts and numbers as they are; None for NaN; a list as its items behind one another.
    """
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if hasattr(value, "item") and not isinstance(value, float):
        return plain_cell(value.item())
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_text(plain_cell(item)) for item in value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def csv_line(cells: Iterable[Any], *, bare: bool = False) -> str:
    """Write one row of comma-separated values, with its line end.

    Parameters
    ----------
    cells : iterable
        The values.
    bare : bool, default False
        Whether a text has quotation marks only where it could not be read back without; otherwise each has,
        which tells a text that looks like a number, or an empty one, from a number and from nothing.

    Returns
    -------
    str
        The row.
    """
    # A single empty cell would be an empty line, which readers pass over.
    return (",".join(_csv_cell(plain_cell(cell), bare) for cell in cells) or '""') + "\n"


def csv_lines(keys: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield rows of comma-separated values, the keys first."""
    yield csv_line(keys)
    for row in rows:
        yield csv_line(row.get(key) for key in keys)


def workbook_bytes(sheets: Iterable[WorkbookSheet]) -> bytes:
    """Write sheets as an Excel workbook.

    Parameters
    ----------
    sheets : iterable of WorkbookSheet
        At least one.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    InputError
        When a text or a sheet is longer than the format allows.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    class Exact(Worksheet):  # type: ignore[misc]  # the library states no types
        """A sheet whose numbers keep all seventeen digits; the library writes sixteen."""

        def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
            named = "".join(f' {key}="{value}"' for key, value in attributes)
            self.fh.write(f"<c{named}><v>{number!r}</v></c>")

    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"created": _ANY_DAY})
    plain, used = book.add_format(), set[str]()
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name, used), worksheet_class=Exact)
        for i, row in enumerate(sheet.rows):
            for j, value in enumerate(row):
                _put_cell(page, (i, j), plain_cell(value), sheet.name, plain)
    book.close()
    return content.getvalue()


def _put_cell(page: Any, at: tuple[int, int], cell: Cell, name: str, plain: Any) -> None:
    """Put one value into a sheet, by its own type: the library would guess from a text what it is."""
    if at[0] >= MOST_ROWS:
        raise InputError(f"the table {name!r} has more rows than a workbook holds", do="ask for .csv")
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(*at, cell)
    elif not isinstance(cell, str) and _is_exact(cell):
        page.write_number(*at, cell)
    else:
        text = _text(cell)
        if len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_TEXT:
            raise InputError(
                f"a text in the table {name!r} has {len(text):,} characters, and a workbook's cell holds "
                f"{LONGEST_TEXT:,}",
                do="ask for .csv",
            )
        if text.startswith("<r>") and text.endswith("</r>"):
            # The library takes such a text for marked-up runs of its own, and would write it unescaped.
            page.write_rich_string(*at, text[:1], plain, text[1:])
        else:
            page.write_string(*at, text)


def _is_exact(number: int | float) -> bool:
    """Whether a workbook's number can hold a number with every digit."""
    return math.isfinite(number) and not (isinstance(number, int) and abs(number) > LARGEST_WHOLE)


def _sheet_name(name: str, used: set[str]) -> str:
    """Return a sheet's name as the format allows it, and as no other sheet has it."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:_LONGEST_NAME] or "table"
    count, unique = 1, plain
    while unique.casefold() in used:
        count += 1
        unique = f"{plain[: _LONGEST_NAME - len(str(count)) - 1]} {count}"
    used.add(unique.casefold())
    return unique


def _csv_cell(cell: Cell, bare: bool) -> str:
    """Write one value of a comma-separated row."""
    text = _text(cell)
    if isinstance(cell, str) and (not bare or re.search(r'[",\r\n]', text)):
        return '"' + text.replace('"', '""') + '"'
    return text


def _text(cell: Cell) -> str:
    """Write a value so that it reads back the same."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return repr(cell) if isinstance(cell, float) else str(cell)
