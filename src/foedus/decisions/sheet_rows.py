"""The rows of a spreadsheet of positions as the file has them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.decisions.sheet_columns import Layout, names_actors, recognise
from foedus.errors import InputError
from foedus.files.missing import read_error

__all__ = ["NUMBERS", "POINTS", "Rows", "SheetRow", "head"]

MISSING = frozenset({"", "na", "n/a", "nan", "none", "null", ".", "-", "–"})
"""What stands for a number that is not known."""

POINTS = ("position", "reversion", "outcome", "accepts_low", "accepts_high")
"""The numbers of a row that are points of its issue's scale."""

NUMBERS = (*POINTS, "salience", "influence", "weight")
"""All numbers of a row."""

FIRST_LINES = 5
"""Within how many lines the headings stand; some programs write a title above them."""


@dataclass(frozen=True)
class SheetRow:
    """One actor on one issue, as the file has it.

    Attributes
    ----------
    line : int
        Its line.
    issue, group, actor, rule, kind, opt_out : str
        Texts; empty where there is no such column.
    numbers : dict of str to float
        By the names of :data:`NUMBERS`; NaN where the cell is empty.
    """

    line: int
    issue: str
    group: str
    actor: str
    rule: str
    kind: str
    opt_out: str
    numbers: dict[str, float]


@dataclass(frozen=True)
class Rows:
    """Where the rows of a file are.

    Attributes
    ----------
    path : pathlib.Path
        The file.
    shown : str
        How it is named in messages.
    title, question : str
        From a line above the headings; else the file's name, and nothing.
    layout : Layout
        Which column holds what.
    delimiter : str
        What parts the cells.
    first : int
        The line of the headings.
    """

    path: Path
    shown: str
    title: str
    question: str
    layout: Layout
    delimiter: str
    first: int

    def read(self) -> Iterator[SheetRow]:
        """Read the rows, one for each actor and issue.

        Yields
        ------
        SheetRow
            In the order of the file.

        Raises
        ------
        InputError
            When a row cannot be read; the message names its line.
        """
        with self.path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, skipinitialspace=True)
            try:
                for cells in reader:
                    if reader.line_num > self.first and any(cell.strip() for cell in cells):
                        yield from _issues_of(self, [cell.strip() for cell in cells], reader.line_num)
            except UnicodeDecodeError as error:
                raise InputError(
                    "the file is no text in UTF-8", where=self.shown, do="save it as UTF-8"
                ) from error
            except csv.Error as error:
                raise InputError(
                    f"the line cannot be parted into cells ({error})",
                    where=f"{self.shown}, line {reader.line_num}",
                    do="mend it",
                ) from error


def head(path: Path, shown: str, group: str | None = None) -> Rows:
    """Find the headings, and what parts the cells.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    shown : str
        How it is named in messages.
    group : str, optional
        The heading by which issues belong together.

    Returns
    -------
    Rows
        What is needed to read them.

    Raises
    ------
    InputError
        When the file is empty, no text, or lacks a column that it must have.
    StorageError
        When it cannot be read.
    """
    lines: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for _, line in zip(range(FIRST_LINES), file, strict=False)]
    except UnicodeDecodeError as error:
        raise InputError("the file is no text in UTF-8", where=shown, do="save it as CSV in UTF-8") from error
    except OSError as error:
        raise read_error(error, path) from error
    if not any(line.strip() for line in lines):
        raise InputError("the file is empty", where=shown, do="give it headings and a row for each actor")
    cells = [_cells(line) for line in lines]
    at = next((i for i, (header, _) in enumerate(cells) if names_actors(header)), 0)
    header, delimiter = cells[at]
    layout = recognise(header, f"{shown}, line {at + 1}", group=group)
    above = [c.strip() for c in cells[0][0] if re.search(r"[^\W\d_]", c)] if at else []
    title = above[0] if above else path.stem
    return Rows(path, shown, title, "; ".join(above[1:]), layout, delimiter, at + 1)


def _cells(line: str) -> tuple[list[str], str]:
    """Return the cells of a line, and what parts them: of tab, semicolon and comma what it has most."""
    delimiter = max("\t;,", key=line.count)
    return next(csv.reader([line], delimiter=delimiter, skipinitialspace=True), []), delimiter


def _issues_of(sheet: Rows, cells: list[str], line: int) -> Iterator[SheetRow]:
    """Read one line: one issue, or one for each column of positions."""
    layout, where = sheet.layout, f"{sheet.shown}, line {line}"
    if any(cells[len(layout.header) :]):
        raise InputError(
            f"{len(cells)} cells stand below {len(layout.header)} headings",
            where=where,
            do="put a cell that holds what parts the cells in quotes",
        )
    cells += [""] * (len(layout.header) - len(cells))
    texts = {
        name: cells[layout.columns[name]] if name in layout.columns else ""
        for name in ("actor", "issue", "group", "rule", "kind", "opt_out")
    }
    if not texts["actor"]:
        raise InputError("the row names no actor", where=where, do="name it, or take the row out")
    if "issue" in layout.columns and not texts["issue"]:
        raise InputError("the row names no issue", where=where, do="name it, or take the row out")
    numbers = {
        name: _number(cells[layout.columns[name]], sheet.delimiter, where, name)
        for name in NUMBERS
        if name in layout.columns
    }
    for name in ("influence", "weight"):
        if numbers.get(name, 0.0) < 0.0:
            raise InputError(
                f"the {name} {numbers[name]:g} is negative", where=where, do="write it from 0 on"
            )
    texts["issue"] = texts["issue"] or sheet.title
    if not layout.dimensions:
        yield SheetRow(line=line, numbers=numbers, **texts)
    for dimension in layout.dimensions:
        own = {"position": _number(cells[dimension.position], sheet.delimiter, where, "position")}
        if dimension.salience >= 0:
            own["salience"] = _number(cells[dimension.salience], sheet.delimiter, where, "salience")
        yield SheetRow(line=line, numbers=numbers | own, **(texts | {"issue": dimension.name}))


def _number(text: str, delimiter: str, where: str, name: str) -> float:
    """Read a number; NaN for an empty cell."""
    if text.lower() in MISSING:
        return np.nan
    try:
        # Where semicolons part the cells a comma stands before the decimals.
        value = float(text.replace(",", ".") if delimiter == ";" else text)
    except ValueError:
        value = np.inf
    if not np.isfinite(value):
        raise InputError(
            f"the {name} {text!r} is not a number", where=where, do="write a number, or leave it out"
        )
    return value
