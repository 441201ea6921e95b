"""Tables of figures, one CSV file per edition: how they are made, written and read.

The columns are those of :data:`foedus.evidence.cards.FIGURE_SCHEMA`. Floats are written with the shortest
digits that read back as the same number, so a table survives any number of round trips.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from foedus.errors import FileFormatError, IntegrityError
from foedus.evidence.cards import FIGURE_SCHEMA, OPTIONAL_COLUMNS, Known, Status
from foedus.files.checksum import sha256_of

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Figure", "Loader", "figures_frame", "read_table", "rows_of", "table_loader", "table_text"]

Loader = Callable[[], "pl.DataFrame"]
"""What reads an edition's table."""


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


def _schema() -> dict[str, type[pl.DataType]]:
    """Return the types of a table's columns."""
    import polars as pl

    types = {"str": pl.String, "int": pl.Int64, "float": pl.Float64}
    return {name: types[kind] for name, kind in FIGURE_SCHEMA}


def figures_frame(figures: Iterable[Figure]) -> pl.DataFrame:
    """Return figures as a table, sorted by indicator, country and year.

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

    return pl.DataFrame(sorted(figures, key=lambda figure: figure[:3]), schema=_schema(), orient="row")


def table_text(figures: pl.DataFrame) -> str:
    """Write a table of figures as CSV text; every number reads back exactly.

    Parameters
    ----------
    figures : polars.DataFrame
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.

    Returns
    -------
    str
        CSV with a header line and line feeds; without the optional columns in which no row has anything.
    """
    columns = [
        name
        for name, _ in FIGURE_SCHEMA
        if name not in OPTIONAL_COLUMNS or figures[name].drop_nulls().cast(str).ne("").any()
    ]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in figures.select(columns).sort("indicator", "country", "year").iter_rows():
        writer.writerow([repr(cell) if isinstance(cell, float) else cell for cell in row])
    return out.getvalue()


def read_table(path: Path, *, sha256: str | None = None) -> pl.DataFrame:
    """Read a table of figures.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file that :func:`table_text` wrote, or one that was compressed with gzip.
    sha256 : str, optional
        The checksum that the text must have: the one on the table's card.

    Returns
    -------
    polars.DataFrame
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`; an empty note is an empty string, an
        optional column that the file leaves out is empty.

    Raises
    ------
    FileFormatError
        When the file is not such a table; the message names the line.
    IntegrityError
        When the text has another checksum.
    """
    import polars as pl

    if sha256 is not None:
        check_table(path, sha256)

    try:
        types = _schema()
        left_out = set(OPTIONAL_COLUMNS) - set(_heading(path))
        frame = pl.read_csv(path, schema={k: v for k, v in types.items() if k not in left_out})
        frame = frame.with_columns(pl.lit(None, types[name]).alias(name) for name in left_out)
        frame = frame.select(*types).with_columns(pl.col("note", "rests_on").fill_null(""))
        if sum(frame.select(pl.exclude("printed_to")).null_count().row(0)):
            raise pl.exceptions.ComputeError("a row is cut short")
    except (OSError, pl.exceptions.PolarsError) as error:
        _explain(path)
        raise FileFormatError(
            f"this is not a table of figures ({str(error).splitlines()[0]})",
            where=str(path),
            do="import the publisher's file again",
        ) from error
    return frame


def check_table(path: Path, sha256: str) -> None:
    """Check that a table is the one that its card describes.

    Parameters
    ----------
    path : pathlib.Path
        The table, compressed with gzip or not.
    sha256 : str
        The checksum of its text, hexadecimal.

    Raises
    ------
    IntegrityError
        When it is missing, cut or altered.
    """
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
    def load() -> pl.DataFrame:
        import polars as pl

        return read_table(path, sha256=sha256).select(pl.lit(edition).alias("edition"), pl.all())

    return load


@lru_cache(maxsize=1024)
def rows_of(
    loader: Loader, indicator: str, codes: tuple[str, ...] | None, span: tuple[int, int] | None
) -> pl.DataFrame:
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
    polars.DataFrame
        Sorted by country and year.
    """
    import polars as pl

    frame = loader().filter(pl.col("indicator") == indicator)
    if codes is not None:
        frame = frame.filter(pl.col("country").is_in(codes))
    if span is not None:
        frame = frame.filter(pl.col("year").is_between(*span))
    return frame.sort("country", "year")


def _heading(path: Path) -> list[str]:
    """Return the names in a table's first line."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8", errors="replace") as file:
        return str(file.readline()).rstrip("\r\n").split(",")


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
