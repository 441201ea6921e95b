"""What an importer gives, and how a table of figures is written and read.

Tables are CSV files with the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`. Floats are written with
the shortest digits that read back as the same number, so a table survives any number of round trips.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from foedus.errors import FileFormatError
from foedus.evidence.cards import FIGURE_SCHEMA, Card, Known, Status

if TYPE_CHECKING:
    import polars as pl

    from foedus.evidence.checks import CheckResult

__all__ = ["Figure", "Imported", "figures_frame", "read_table", "sha256_of", "spans", "table_text"]


class Figure(NamedTuple):
    """One figure: a row of an edition's table, in the order of :data:`FIGURE_SCHEMA`."""

    indicator: str
    country: str
    year: int
    value: float
    status: Status
    known: Known = "retrieved"
    note: str = ""


@dataclass(frozen=True)
class Imported:
    """A publisher's file, read.

    Attributes
    ----------
    card : Card
        The edition's source card.
    figures : polars.DataFrame
        The figures, with the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`, sorted by indicator,
        country and year, in the catalogue's units.
    checks : tuple of CheckResult
        What was checked and how it came out.
    notes : tuple of str
        What was left out on purpose, and other remarks.
    """

    card: Card
    figures: pl.DataFrame
    checks: tuple[CheckResult, ...] = ()
    notes: tuple[str, ...] = field(default=())


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

    types = {"str": pl.String(), "int": pl.Int64(), "float": pl.Float64()}
    schema = {name: types[kind] for name, kind in FIGURE_SCHEMA}
    return pl.DataFrame(sorted(figures), schema=schema, orient="row")


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
    """Read a table of figures that :func:`table_text` wrote.

    Parameters
    ----------
    path : pathlib.Path
        The CSV file.

    Returns
    -------
    polars.DataFrame
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.

    Raises
    ------
    FileFormatError
        When the file is not such a table.
    """
    expected = [name for name, _ in FIGURE_SCHEMA]
    figures = []
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines)
        if next(rows, None) != expected:
            raise FileFormatError(
                f"the header of a table of figures is {','.join(expected)}",
                where=str(path),
                do="import the publisher's file again",
            )
        for number, row in enumerate(rows, start=2):
            try:
                indicator, country, year, value, status, known, note = row
                figures.append(
                    Figure(indicator, country, int(year), float(value), status, known, note)  # type: ignore[arg-type]
                )
            except ValueError as error:
                raise FileFormatError(
                    f"this row is not a figure ({error})",
                    where=f"{path}, line {number}",
                    do="import the publisher's file again",
                ) from error
    return figures_frame(figures)


def spans(figures: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Give the first and last year of every indicator of a whole table.

    Parameters
    ----------
    figures : polars.DataFrame
        A table of figures.

    Returns
    -------
    dict of str to tuple of int
        For a card's ``complete``.
    """
    import polars as pl

    years = figures.group_by("indicator").agg(first=pl.col("year").min(), last=pl.col("year").max())
    return {row["indicator"]: (row["first"], row["last"]) for row in years.sort("indicator").to_dicts()}


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
        content = content.read_bytes()
    elif isinstance(content, str):
        content = content.encode("utf-8")
    return hashlib.sha256(content).hexdigest()
