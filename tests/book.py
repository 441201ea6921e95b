"""A workbook in memory that a test changes before it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

ERRORS = {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?"}


@dataclass
class Cell:
    """A cell: its value, and the colour of its font."""

    value: Any = None
    colour: str | None = None


class Sheet:
    """A sheet whose cells are counted from one."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.cells: dict[tuple[int, int], Cell] = {}

    def cell(self, row: int, column: int, value: Any = None) -> Cell:
        """Return a cell, with a value where one is given."""
        cell = self.cells.setdefault((row, column), Cell())
        if value is not None:
            cell.value = value
        return cell

    def __getitem__(self, name: str) -> Cell:
        return self.cell(*_place(name))

    def __setitem__(self, name: str, value: Any) -> None:
        self.cell(*_place(name)).value = value

    def append(self, values: Any) -> None:
        """Write a row below the others."""
        row = max((row for row, _ in self.cells), default=0) + 1
        for column, value in enumerate(values, start=1):
            self.cell(row, column, value)

    def insert_rows(self, row: int, count: int = 1) -> None:
        """Move the rows from one on down."""
        self.cells = {(r + count if r >= row else r, c): cell for (r, c), cell in self.cells.items()}

    def delete_rows(self, row: int, count: int = 1) -> None:
        """Take rows out, and move those below up."""
        self.cells = {
            (r - count if r >= row else r, c): cell
            for (r, c), cell in self.cells.items()
            if not row <= r < row + count
        }


class Book:
    """A workbook."""

    def __init__(self) -> None:
        self.worksheets: list[Sheet] = []

    def create_sheet(self, title: str, index: int | None = None) -> Sheet:
        """Add a sheet, at the end or at a place."""
        sheet = Sheet(title)
        self.worksheets.insert(len(self.worksheets) if index is None else index, sheet)
        return sheet

    def remove(self, sheet: Sheet) -> None:
        """Take a sheet out."""
        self.worksheets.remove(sheet)

    def __getitem__(self, title: str) -> Sheet:
        return next(sheet for sheet in self.worksheets if sheet.title == title)

    def save(self, path: Path) -> None:
        """Write the file, with every digit of a number."""
        book = xlsxwriter.Workbook(path, {"in_memory": True})
        for sheet in self.worksheets:
            page = book.add_worksheet(sheet.title, worksheet_class=_Exact)
            for (row, column), cell in sorted(sheet.cells.items()):
                style = (
                    None if cell.colour is None else book.add_format({"font_color": f"#{cell.colour[-6:]}"})
                )
                if cell.value in ERRORS:
                    page.write_formula(row - 1, column - 1, "=1/0", style, cell.value)
                elif isinstance(cell.value, str):
                    page.write_string(row - 1, column - 1, cell.value, style)
                elif cell.value is not None:
                    page.write_number(row - 1, column - 1, cell.value, style)
        book.close()


class _Exact(Worksheet):  # type: ignore[misc]  # the library states no types
    def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
        named = "".join(f' {key}="{value}"' for key, value in attributes)
        self.fh.write(f"<c{named}><v>{number!r}</v></c>")


def _place(name: str) -> tuple[int, int]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(digits), column
