"""Tables of figures, one CSV file per edition: how they are made, written and read.

The columns are those of :data:`foedus.evidence.cards.FIGURE_SCHEMA`. Floats are written with the shortest
digits that read back as the same number, so a table survives any number of round trips.
"""

from __future__ import annotations

import csv
import gzip
import io
import logging
import sys
import zlib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from foedus.errors import FileFormatError, IntegrityError
from foedus.evidence.cards import FIGURE_SCHEMA, OPTIONAL_COLUMNS, Known, Status
from foedus.evidence.rows import FigureRows, UnreadRows
from foedus.files.cells import csv_line
from foedus.files.checksum import sha256_of

__all__ = ["Figure", "Loader", "figures_frame", "read_table", "rows_of", "table_loader", "table_text"]

LOG = logging.getLogger(__name__)

Loader = Callable[[], FigureRows]
"""What reads an edition's table."""


MAY_BE_EMPTY = ("note", "rests_on")
"""The texts that need not be there."""


class Figure(NamedTuple):
    """One figure: a row of an edition's table, in the order of :data:`FIGURE_SCHEMA`."""

    indicator: str
    country: str
    year: int
    value: float
    status: Status
    known: Known = "retrieved"
    note: str = ""
    rests_on: str = ""
    printed_to: float | None = None


COLUMNS = tuple(name for name, _ in FIGURE_SCHEMA)
"""The columns of a table of figures."""

KEYS = ("indicator", "country", "year")
"""What a table is sorted by."""


def figures_frame(figures: Iterable[Figure]) -> FigureRows:
    """Return figures as a table, sorted by indicator, country and year.

    Parameters
    ----------
    figures : iterable of Figure
        The figures.

    Returns
    -------
    FigureRows
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.
    """
    return FigureRows(COLUMNS, map(tuple, sorted(figures, key=lambda figure: figure[:3])))


def table_text(figures: FigureRows) -> str:
    """Write a table of figures as CSV text; every number reads back exactly.

    Parameters
    ----------
    figures : FigureRows
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.

    Returns
    -------
    str
        CSV with a header line and line feeds; without the optional columns in which no row has anything.
    """
    columns = [
        name
        for name in COLUMNS
        if name not in OPTIONAL_COLUMNS or any(value not in {None, ""} for value in figures[name])
    ]
    rows = figures.sort(*KEYS).select(*columns)
    return "".join(csv_line(row, bare=True) for row in (columns, *rows))


def read_table(path: Path, edition: str | None = None, *, sha256: str | None = None) -> FigureRows:
    """Read a table of figures.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file that :func:`table_text` wrote, or one that was compressed with gzip.
    edition : str, optional
        The edition's name, which becomes the table's first column.
    sha256 : str, optional
        The checksum that the text must have: the one on the table's card.

    Returns
    -------
    FigureRows
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`; an empty note is an empty string, an
        optional column that the file leaves out is empty.

    Raises
    ------
    FileFormatError
        When the file is not such a table; the message names the line.
    IntegrityError
        When the text has another checksum.
    """
    try:
        text = _text(path, sha256)
        heading, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
        values = _columns(heading, rows)
    except (OSError, EOFError, ValueError, csv.Error) as error:
        raise _no_table(path, error) from error
    if edition is None:
        return FigureRows(COLUMNS, zip(*values, strict=True))
    return FigureRows(("edition", *COLUMNS), zip([edition] * len(rows), *values, strict=True))


def read_lazily(path: Path, edition: str, *, sha256: str | None = None) -> FigureRows:
    """Read an edition's table, each indicator's figures when they are first asked for.

    Parameters
    ----------
    path : pathlib.Path
        As for :func:`read_table`.
    edition : str
        The edition's name, which becomes the table's first column.
    sha256 : str, optional
        As for :func:`read_table`.

    Returns
    -------
    FigureRows
        What :func:`read_table` returns.

    Raises
    ------
    FileFormatError
        When the file is not such a table: at once, or when the figures of the faulty line are asked for.
    """
    try:
        heading, *lines = _text(path, sha256).replace("\r\n", "\n").rstrip("\n").split("\n")
    except (OSError, EOFError, ValueError) as error:
        raise _no_table(path, error) from error
    names = heading.split(",")
    # A text of several lines stands in quotation marks that do not close on its first.
    if names[:1] != ["indicator"] or any(line.count('"') % 2 for line in lines if '"' in line):
        return read_table(path, edition)
    parts: dict[str, list[str]] = {}
    for line in lines:
        parts.setdefault(line.partition(",")[0], []).append(line)

    def read(part: list[str]) -> list[tuple[Any, ...]]:
        try:
            rows = list(csv.reader(part))
            return list(zip([edition] * len(rows), *_columns(names, rows), strict=True))
        except (ValueError, csv.Error) as error:
            raise _no_table(path, error) from error

    return UnreadRows(("edition", *COLUMNS), parts, read)


def _text(path: Path, sha256: str | None) -> str:
    """Return the text of a table, unpacked where it is compressed, and checked against its card."""
    if sha256 is not None:
        return check_table(path, sha256).decode("utf-8")
    content = path.read_bytes()
    return (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8")


def _columns(heading: list[str], rows: list[list[str]]) -> list[list[Any]]:
    """Return the columns of a table as their kinds, in the order of the schema."""
    if set(heading) - set(COLUMNS) or {len(row) for row in rows} - {len(heading)}:
        raise ValueError("a row or the header is not what it should be")
    texts = dict(zip(heading, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(heading, ())
    out: list[list[Any]] = []
    for name, kind in FIGURE_SCHEMA:
        column = texts.get(name)
        if column is None and name not in OPTIONAL_COLUMNS:
            raise ValueError(f"the column {name} is missing")
        if name == "printed_to":
            out.append([float(cell) if cell else None for cell in column or [""] * len(rows)])
        elif kind == "str":
            # The same few words stand in thousands of rows, and are kept once.
            cells = list(map(sys.intern, column or [""] * len(rows)))
            if name not in MAY_BE_EMPTY and "" in cells:
                raise ValueError("a row is cut short")
            out.append(cells)
        else:
            out.append(list(map(int if kind == "int" else float, column or ())))
    return out


def _no_table(path: Path, error: Exception) -> FileFormatError:
    """Return the error for a file that is no table of figures, with the line where it can be told."""
    _explain(path)
    return FileFormatError(
        f"this is not a table of figures ({str(error).splitlines()[0]})",
        where=str(path),
        do="import the publisher's file again",
    )


def check_table(path: Path, sha256: str) -> bytes:
    """Check that a table is the one that its card describes.

    Parameters
    ----------
    path : pathlib.Path
        The table, compressed with gzip or not.
    sha256 : str
        The checksum of its text, hexadecimal.

    Returns
    -------
    bytes
        The table's text, so that what was checked is what is read.

    Raises
    ------
    IntegrityError
        When it is missing, cut or altered.
    """
    content = b""
    try:
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        state = "" if sha256_of(content) == sha256 else "differs from the one its card describes"
    except (OSError, EOFError, zlib.error) as error:
        state = f"cannot be read ({error})"
    if state:
        raise IntegrityError(
            f"the table of figures {state}",
            where=str(path),
            do="install foedus again, or where it was imported import it again",
        )
    return content


def table_loader(path: Path, edition: str, *, sha256: str | None = None) -> Loader:
    """Return a function that reads an edition's table when it is first asked for, and once.

    Parameters
    ----------
    path : pathlib.Path
        The table.
    edition : str
        The edition's name, which becomes the table's first column.
    sha256 : str, optional
        The checksum on its card, which the table is held against when it is read.

    Returns
    -------
    callable
        Its result has the column edition before those of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.
    """

    @cache
    def load() -> FigureRows:
        LOG.info("reading %s from %s", edition, path)
        return read_lazily(path, edition, sha256=sha256)

    return load


@lru_cache(maxsize=1024)
def rows_of(
    loader: Loader, indicator: str, codes: tuple[str, ...] | None, span: tuple[int, int] | None
) -> FigureRows:
    """Return the rows of an edition that answer a question; an edition never changes once it is loaded.

    Parameters
    ----------
    loader : callable
        From :func:`table_loader`; rows are remembered by it.
    indicator : str
        A name in the catalogue.
    codes : tuple of str or None
        Alpha-3 codes of the countries wanted; None for all.
    span : (int, int) or None
        First and last year; None for all.

    Returns
    -------
    FigureRows
        Sorted by country and year.
    """
    wanted: dict[str, Any] = {} if codes is None else {"country": codes}
    if span is not None:
        wanted["year"] = range(span[0], span[1] + 1)
    return loader().where(indicator=indicator, **wanted).sort("country", "year")


def _explain(path: Path) -> None:
    """Read a table that the quick reader refused line by line, and say which line is wrong."""
    expected = [name for name, _ in FIGURE_SCHEMA]
    required = [name for name in expected if name not in OPTIONAL_COLUMNS]
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        return
    heading = rows[0] if rows else []
    if heading != [name for name in expected if name in heading] or not set(required) <= set(heading):
        raise FileFormatError(
            f"the header of a table of figures is {','.join(required)}",
            where=str(path),
            do="import the publisher's file again",
        )
    for number, row in enumerate(rows[1:], start=2):
        try:
            cells = dict(zip(heading, row, strict=True))
            int(cells["year"]), float(cells["value"])
        except ValueError as error:
            raise FileFormatError(
                f"this row is not a figure ({error})",
                where=f"{path}, line {number}",
                do="import the publisher's file again",
            ) from error
