"""Tables of figures, one CSV file per edition, and the functions that read and write them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from foedus.errors import FileFormatError
from foedus.evidence.cards import FIGURE_SCHEMA

if TYPE_CHECKING:
    import polars as pl

__all__ = ["read_table", "table_text"]


def read_table(path: Path) -> pl.DataFrame:
    """Read an edition's table of figures.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file with the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.

    Returns
    -------
    polars.DataFrame
        One row per figure, in the file's order; an empty note is an empty string.

    Raises
    ------
    FileFormatError
        When the file is missing or has other columns.
    """
    import polars as pl

    kinds = {"str": pl.String, "int": pl.Int32, "float": pl.Float64}
    schema = {name: kinds[kind] for name, kind in FIGURE_SCHEMA}
    try:
        frame = pl.read_csv(path, schema=schema)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise FileFormatError(
            f"this is not a table of figures ({str(error).splitlines()[0]})",
            where=str(path),
            do="import the edition again",
        ) from error
    return frame.with_columns(pl.col("note").fill_null(""))


def table_text(frame: pl.DataFrame) -> str:
    """Write a table of figures as CSV text, floats so that they read back exactly.

    Parameters
    ----------
    frame : polars.DataFrame
        The columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`, in any order.

    Returns
    -------
    str
        CSV with a header, sorted by indicator, country and year.
    """
    names = [name for name, _ in FIGURE_SCHEMA]
    lines = [",".join(names)]
    for row in frame.select(names).sort("indicator", "country", "year").iter_rows():
        cells = [repr(cell) if isinstance(cell, float) else str(cell or "") for cell in row]
        lines.append(
            ",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' if "," in c or '"' in c else c for c in cells)
        )
    return "\n".join(lines) + "\n"
