"""Writing figures to files other programs read: csv, parquet, xlsx, tidy, with edition and source columns."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.catalogue import quantity
from foedus.errors import InputError, StorageError
from foedus.evidence.cards import Card
from foedus.evidence.query import ask_figures
from foedus.results import Result

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

__all__ = ["FORMATS", "Export", "check_target", "export_figures", "tidy", "write_frame"]

FORMATS = (".csv", ".parquet", ".xlsx")
"""The endings that say in which format to write."""


@dataclass(frozen=True)
class Export(Result):
    """What was written to a file.

    Attributes
    ----------
    file : pathlib.Path
        The file.
    figures : int
        How many figures it holds.
    editions : list of str
        The editions they come from, in alphabetical order.
    notes : list of str
        What the reader must know, by indicator.
    """

    file: Path
    figures: int
    editions: list[str]
    notes: list[str]

    def headline(self) -> str:
        """Return how many figures from which editions are in which file."""
        return f"{self.figures:,} figures from {', '.join(self.editions)} written to {self.file}."


def export_figures(
    indicators: Sequence[str],
    to: Path,
    *,
    country: Sequence[str] | None = None,
    year: str | None = None,
    as_of: date | None = None,
    edition: str | None = None,
    all_editions: bool = False,
) -> Export:
    """Write indicators to a tidy file, one figure a row, with edition and source columns.

    Parameters
    ----------
    indicators : sequence of str
        Names in the catalogue.
    to : pathlib.Path
        The file; its ending says the format.
    country : sequence of str, optional
        Only these countries.
    year : str, optional
        A year or a range of years.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    edition : str, optional
        The edition that shall answer.
    all_editions : bool, default False
        Every edition side by side.

    Returns
    -------
    Export
        What was written.

    Raises
    ------
    InputError
        When no indicator is named, or the ending names no format.
    StorageError
        When the file cannot be written.
    """
    import polars as pl

    if not indicators:
        raise InputError("no indicator was named", where="foedus export", do="`foedus indicators` lists them")
    check_target(to)
    parts, notes = [], []
    for name in dict.fromkeys(indicators):
        answer = ask_figures(
            name, country=country, year=year, as_of=as_of, edition=edition, all_editions=all_editions
        )
        parts.append(tidy(answer.frame, name, {card.id: card for card in answer.cards}))
        notes += [f"{name}: {line}" for line in answer.notes]
    whole = pl.concat(parts)
    write_frame(whole, to)
    return Export(to, whole.height, sorted(set(whole["edition"])), notes)


def tidy(frame: pl.DataFrame, indicator: str, cards: Mapping[str, Card]) -> pl.DataFrame:
    """Return figures one a row, with everything needed to cite each.

    Parameters
    ----------
    frame : polars.DataFrame
        Figures as the ledger gives them.
    indicator : str
        Their indicator.
    cards : mapping of str to Card
        The source card of each edition in the frame.

    Returns
    -------
    polars.DataFrame
        Columns indicator, label, country, country_name, year, value, unit, price_basis, status, known, note,
        rests_on, printed_to, edition, published, publisher, title, url, licence.
    """
    import polars as pl

    entry = quantity(indicator)
    return frame.select(
        "indicator",
        pl.lit(entry.label).alias("label"),
        "country",
        pl.col("country").map_elements(country_name, return_dtype=pl.String).alias("country_name"),
        "year",
        "value",
        pl.lit(entry.unit).alias("unit"),
        pl.lit(entry.price_basis).alias("price_basis"),
        "status",
        "known",
        "note",
        "rests_on",
        "printed_to",
        "edition",
        *(
            pl.col("edition")
            .replace_strict({name: str(getattr(card, column)) for name, card in cards.items()})
            .alias(column)
            for column in ("published", "publisher", "title", "url", "licence")
        ),
    )


def check_target(path: Path) -> None:
    """Refuse a file that cannot be written, before any work is done.

    Parameters
    ----------
    path : pathlib.Path
        The file.

    Raises
    ------
    InputError
        When the ending names no format.
    StorageError
        When the folder does not exist, or the path is a folder.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"the ending {path.suffix or '(none)'!r} names no format",
            where=str(path),
            do=f"use one of {', '.join(FORMATS)}",
        )
    if path.is_dir():
        raise StorageError("this is a folder, not a file", where=str(path), do="name a file in it")
    if not path.absolute().parent.is_dir():
        raise StorageError("its folder does not exist", where=str(path), do="make the folder first")


def write_frame(frame: pl.DataFrame, path: Path) -> None:
    """Write a table in the format its ending names; an interrupted write leaves the old file as it was.

    Parameters
    ----------
    frame : polars.DataFrame
        The table.
    path : pathlib.Path
        The file.

    Raises
    ------
    InputError
        When the ending names no format.
    StorageError
        When the file cannot be written.
    """
    check_target(path)
    writers: dict[str, Callable[[Path], object]] = {
        ".csv": frame.write_csv,
        ".parquet": frame.write_parquet,
        ".xlsx": lambda target: _write_xlsx(frame, target),
    }
    write_atomically(path, writers[path.suffix.lower()])


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Write a file beside its place and then put it there in one step.

    Parameters
    ----------
    path : pathlib.Path
        The file's place.
    write : callable
        Writes the file given to it.

    Raises
    ------
    StorageError
        When the file cannot be written; what stood there before still does.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(
            dir=path.absolute().parent, prefix=f".{path.name}.", suffix=path.suffix
        )
        os.close(handle)
        temporary = Path(name)
        write(temporary)
        # mkstemp makes a private file; give it the mode an ordinary new file would have.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise StorageError(
            f"the file could not be written ({error.strerror or error})",
            where=str(path),
            do="choose another place or make room",
        ) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _write_xlsx(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as the one sheet of a workbook."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("figures")
    sheet.append(frame.columns)
    for row in frame.iter_rows():
        # A text that starts like a formula must stay a text.
        sheet.append(
            [f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+@" and cell else cell for cell in row]
        )
    book.save(path)
