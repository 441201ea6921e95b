"""Tables of figures, one CSV file per edition: how they are made, written and read.

The columns are those of :data:`foedus.evidence.cards.FIGURE_SCHEMA`. Floats are written with the shortest
digits that read back as the same number, so a table survives any number of round trips.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from foedus.errors import FileFormatError
from foedus.evidence.cards import FIGURE_SCHEMA, Known, Status

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Figure", "figures_frame", "read_table", "sha256_of", "table_text"]


class Figure(NamedTuple):
    """One figure: a row of an edition's table, in the order of :data:`FIGURE_SCHEMA`."""

    indicator: str
    country: str
    year: int
    value: float
    status: Status
    known: Known = "retrieved"
    note: str = ""


def _schema() -> dict[str, type[pl.DataType]]:
    """Give the types of a table's columns."""
    import polars as pl

    types = {"str": pl.String, "int": pl.Int64, "float": pl.Float64}
    return {name: types[kind] for name, kind in FIGURE_SCHEMA}


def figures_frame(figures: Iterable[Figure]) -> pl.DataFrame:
    """Give figures as a table, sorted by indicator, country and year.

    Parameters
    ----------
    figures : iterable of Figure
        The figures.

    Returns
    -------
    polars.DataFrame
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.
    """
    import polars as pl

    return pl.DataFrame(sorted(figures), schema=_schema(), orient="row")


def table_text(figures: pl.DataFrame) -> str:
    """Write a table of figures as CSV text; every number reads back exactly.

    Parameters
    ----------
    figures : polars.DataFrame
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.

    Returns
    -------
    str
        CSV with a header line and line feeds.
    """
    columns = [name for name, _ in FIGURE_SCHEMA]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in figures.select(columns).sort("indicator", "country", "year").iter_rows():
        writer.writerow([repr(cell) if isinstance(cell, float) else cell for cell in row])
    return out.getvalue()


def read_table(path: Path) -> pl.DataFrame:
    """Read a table of figures.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file that :func:`table_text` wrote.

    Returns
    -------
    polars.DataFrame
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`; an empty note is an empty string.

    Raises
    ------
    FileFormatError
        When the file is not such a table; the message names the line.
    """
    import polars as pl

    try:
        frame = pl.read_csv(path, schema=_schema()).with_columns(pl.col("note").fill_null(""))
        if sum(frame.null_count().row(0)):
            raise pl.exceptions.ComputeError("a row is cut short")
    except (OSError, pl.exceptions.PolarsError) as error:
        _explain(path)
        raise FileFormatError(
            f"this is not a table of figures ({str(error).splitlines()[0]})",
            where=str(path),
            do="import the publisher's file again",
        ) from error
    return frame


def _explain(path: Path) -> None:
    """Read a table that the quick reader refused line by line, and say which line is wrong."""
    expected = [name for name, _ in FIGURE_SCHEMA]
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        return
    if not rows or rows[0] != expected:
        raise FileFormatError(
            f"the header of a table of figures is {','.join(expected)}",
            where=str(path),
            do="import the publisher's file again",
        )
    for number, row in enumerate(rows[1:], start=2):
        try:
            _, _, year, value, _, _, _ = row
            int(year), float(value)
        except ValueError as error:
            raise FileFormatError(
                f"this row is not a figure ({error})",
                where=f"{path}, line {number}",
                do="import the publisher's file again",
            ) from error


def sha256_of(content: Path | str | bytes) -> str:
    """Give the SHA-256 checksum of a file, or of text as UTF-8, in hexadecimal.

    Parameters
    ----------
    content : pathlib.Path, str or bytes
        A file, or the content itself.

    Returns
    -------
    str
        Sixty-four hexadecimal digits.
    """
    if isinstance(content, Path):
        # Block by block: a run's arrays may be larger than the memory at hand.
        with content.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    if isinstance(content, str):
        content = content.encode("utf-8")
    return hashlib.sha256(content).hexdigest()
