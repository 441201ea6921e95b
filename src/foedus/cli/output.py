"""What every command prints: one JSON object, or text; notes and progress go to standard error."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from foedus.results import to_jsonable
from foedus.tables import Table

__all__ = ["emit", "lay_out", "note", "table"]


WIDTH = 200
"""The width of a table that is not printed to a terminal, where ``COLUMNS`` does not say another."""

NARROWEST = 40
"""A table is not fitted into fewer columns."""


def emit(payload: Mapping[str, Any], text: str, json_output: bool) -> None:
    """Print a result: one JSON object, or text.

    Parameters
    ----------
    payload : mapping
        The result for programs.
    text : str
        The result for people.
    json_output : bool
        Print the payload and not the text.
    """
    if json_output:
        sys.stdout.write(json.dumps(to_jsonable(payload), ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write(text.rstrip() + "\n")


def note(message: str) -> None:
    """Print a remark to standard error."""
    sys.stderr.write(message.rstrip() + "\n")


def lay_out(content: Table, *, title: str = "", narrow: Sequence[str] = ()) -> str:
    """Return a result's table in columns, under a title of its own.

    Parameters
    ----------
    content : Table
        The columns and rows.
    title : str, optional
        A line above.
    narrow : sequence of str, default ()
        The columns that are left where not all of them fit on a line.

    Returns
    -------
    str
        As :func:`table` lays it out; a column of the kind "name" is never folded, so that it can be copied.
    """
    if not content.rows:
        return f"{title}\nnone" if title else "none"
    if narrow and not _fits(content):
        content = content.select(*narrow)
    return table(
        [column.label for column in content.columns],
        [[column.write(row) for column in content.columns] for row in content.rows],
        title=title,
        right=[i for i, column in enumerate(content.columns) if column.numeric],
        whole=[i for i, column in enumerate(content.columns) if column.kind == "name"],
    )


def _fits(content: Table) -> bool:
    """Whether every row of a table fits on a line."""
    widths = [
        max(len(column.label), *(len(column.write(row)) for row in content.rows))
        for column in content.columns
    ]
    wide = shutil.get_terminal_size().columns if sys.stdout.isatty() else _width()
    return sum(widths) + 2 * (len(widths) - 1) <= wide


def table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> str:
    """Return a table of text in columns.

    Parameters
    ----------
    headers : sequence of str
        Column headings.
    rows : iterable of sequence of str
        Cells, as they shall be printed.
    title : str, optional
        A line above.
    right : sequence of int, optional
        The columns set flush right.
    whole : sequence of int, optional
        The columns whose cells are never folded.

    Returns
    -------
    str
        The table, fitted to the terminal's width; colour only when standard output is a terminal.
    """
    rows = [list(row) for row in rows]
    tty, wide = sys.stdout.isatty(), _width()
    if not tty:
        plain = _plain_table(headers, rows, title, set(right), wide)
        if plain is not None:
            return plain
    from rich.console import Console
    from rich.table import Table

    grid = Table(title=title or None, title_justify="left", box=None, pad_edge=False, header_style="bold")
    for i, header in enumerate(headers):
        wide_as = max([len(header), *(len(row[i]) for row in rows)]) if i in whole else None
        grid.add_column(
            header,
            justify="right" if i in right else "left",
            overflow="fold",
            no_wrap=i in whole,
            min_width=wide_as,
        )
    for row in rows:
        grid.add_row(*row)
    console = Console(force_terminal=tty, no_color=not tty, highlight=False, width=None if tty else wide)
    with console.capture() as capture:
        console.print(grid, markup=False)
    return "\n".join(line.rstrip() for line in capture.get().splitlines())


def _width() -> int:
    """Return the width of a table that is not printed to a terminal."""
    said = os.environ.get("COLUMNS", "")
    return max(NARROWEST, int(said)) if said.isdecimal() else WIDTH


def _plain_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], title: str, right: set[int], most: int
) -> str | None:
    """Return a table that needs no folding, as the library lays it out; None where a line is too long or odd.

    The library takes a third of the time of a short command.
    """
    cells = [headers, *rows]
    if any(len(row) != len(headers) for row in rows) or not _is_narrow(title, cells):
        return None
    widths = [max(len(row[i]) for row in cells) for i in range(len(headers))]
    width = sum(widths) + 2 * (len(widths) - 1)
    if width > most or len(title) > width:
        return None
    lines = [title] if title else []
    for row in cells:
        parts = (
            cell.rstrip().rjust(wide) if i in right else cell.ljust(wide)
            for i, (cell, wide) in enumerate(zip(row, widths, strict=True))
        )
        lines.append("  ".join(parts).rstrip())
    return "\n".join(lines)


def _is_narrow(title: str, cells: Iterable[Sequence[str]]) -> bool:
    """Whether every character takes one place, and no cell is more than a line."""
    text = title + "".join(cell for row in cells for cell in row)
    return all(" " <= c < "\u0300" or "\u2010" <= c < "\u2040" or c in "−≥≤€" for c in set(text))
