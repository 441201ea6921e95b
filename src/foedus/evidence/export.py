"""Writing figures to files other programs read: csv, parquet, xlsx, tidy, with edition and source columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.catalogue import quantity
from foedus.errors import InputError
from foedus.evidence.cards import Card
from foedus.evidence.query import ask_figures
from foedus.evidence.rows import FigureRows
from foedus.extending import install
from foedus.files.cells import WorkbookSheet, csv_lines, workbook_bytes
from foedus.files.writing import check_writable, write_bytes, write_text
from foedus.results import Result

if TYPE_CHECKING:
    from datetime import date


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
    whole = FigureRows.joined(parts)
    write_frame(whole, to)
    return Export(to, len(whole), sorted(set(whole["edition"])), notes)


def tidy(frame: FigureRows, indicator: str, cards: Mapping[str, Card]) -> FigureRows:
    """Return figures one a row, with everything needed to cite each.

    Parameters
    ----------
    frame : FigureRows
        Figures as the ledger gives them.
    indicator : str
        Their indicator.
    cards : mapping of str to Card
        The source card of each edition in the frame.

    Returns
    -------
    FigureRows
        Columns indicator, label, country, country_name, year, value, unit, price_basis, status, known, note,
        rests_on, printed_to, edition, published, publisher, title, url, licence.
    """

    entry = quantity(indicator)
    about = {"label": entry.label, "unit": entry.unit, "price_basis": entry.price_basis}
    of_card = ("published", "publisher", "title", "url", "licence")
    sources = [cards[edition] for edition in frame["edition"]]
    whole = frame.with_columns(
        country_name=list(map(country_name, frame["country"])),
        **about,
        **{name: [str(getattr(card, name)) for card in sources] for name in of_card},
    )
    return whole.select(
        *("indicator", "label", "country", "country_name", "year", "value", "unit", "price_basis"),
        *("status", "known", "note", "rests_on", "printed_to", "edition"),
        *of_card,
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
        When the ending names no format, or one whose library is not installed.
    StorageError
        When no file can be written there.
    """
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"the ending {path.suffix or '(none)'!r} names no format",
            where=str(path),
            do=f"use one of {', '.join(FORMATS)}",
        )
    if path.suffix.lower() == ".parquet" and find_spec("polars") is None:
        raise InputError(
            "a .parquet file needs polars, which is not installed",
            where=str(path),
            do=f"{install('frames')}, or ask for .csv or .xlsx",
        )
    check_writable(path)


def write_frame(frame: FigureRows, path: Path) -> None:
    """Write a table in the format its ending names; an interrupted write leaves the old file as it was.

    Parameters
    ----------
    frame : FigureRows
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
    kind = path.suffix.lower()
    if kind == ".csv":
        write_text(path, "".join(csv_lines(frame.columns, frame.to_dicts())))
    elif kind == ".xlsx":
        sheet = WorkbookSheet("figures", [frame.columns, *frame])
        write_bytes(path, workbook_bytes([sheet]))
    else:
        content = BytesIO()
        frame.to_polars().write_parquet(content)
        write_bytes(path, content.getvalue())
