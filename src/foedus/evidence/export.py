"""Writing figures to files other programs read: csv, parquet, xlsx, tidy, with edition and source columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.axes import country_name, state_number
from foedus.catalogue import Quantity
from foedus.errors import InputError
from foedus.evidence.cards import Card
from foedus.evidence.column_notes import describe_export
from foedus.evidence.missing import Missing, missing_lines
from foedus.evidence.rows import FigureRows
from foedus.extending import install
from foedus.files.cells import WorkbookSheet, csv_lines, workbook_bytes
from foedus.files.writing import check_writable, write_bytes, write_text
from foedus.results import Result

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger
    from foedus.evidence.question import ExportQuestion

__all__ = ["FORMATS", "Export", "check_target", "export_of", "tidy", "write_frame"]

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
    missing : mapping of str to tuple of Missing
        By indicator, the countries and years that were asked for and have no figure.
    """

    file: Path
    figures: int
    editions: list[str]
    notes: list[str]
    missing: Mapping[str, tuple[Missing, ...]] = field(default_factory=dict)

    def gaps(self) -> list[str]:
        """Return a sentence for what was asked for and has no figure, by indicator."""
        return [f"{name}: {line}" for name, each in self.missing.items() for line in missing_lines(each)]

    def headline(self) -> str:
        """Return how many figures from which editions are in which file."""
        return f"{self.figures:,} figures from {', '.join(self.editions)} written to {self.file}."


def export_of(question: ExportQuestion, ledger: Ledger | None = None) -> Export:
    """Write indicators to a tidy file, one figure a row, with edition and source columns.

    Parameters
    ----------
    question : ExportQuestion
        Which indicators, of whom, of when, and the file.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Export
        What was written, and what was asked for and has no figure.

    Raises
    ------
    InputError
        When the ending names no format.
    StorageError
        When the file cannot be written.
    """
    from foedus.evidence.asking import figures_of
    from foedus.evidence.ledger import Ledger
    from foedus.evidence.question import FigureQuestion

    path = Path(question.to)
    check_target(path)
    ledger = Ledger.load() if ledger is None else ledger
    asked = question.model_dump(exclude={"indicators", "to", "codes", "what"})
    answers = {
        name: figures_of(FigureQuestion(indicator=name, **asked), ledger) for name in question.indicators
    }
    parts = [
        tidy(answer.frame, answer.quantity, {card.id: card for card in answer.cards}, codes=question.codes)
        for answer in answers.values()
    ]
    notes = [f"{name}: {line}" for name, answer in answers.items() for line in answer.notes]
    whole = FigureRows.joined(parts)
    write_frame(whole, path)
    cards = (card for answer in answers.values() for card in answer.cards)
    describe_export(path, whole, ", ".join(answer.quantity.label for answer in answers.values()), cards)
    missing = {name: answer.missing for name, answer in answers.items() if answer.missing}
    return Export(path, len(whole), sorted(set(whole["edition"])), notes, missing)


def tidy(
    frame: FigureRows, entry: Quantity, cards: Mapping[str, Card], *, codes: Sequence[str] = ()
) -> FigureRows:
    """Return figures one a row, with everything needed to cite each.

    Parameters
    ----------
    frame : FigureRows
        Figures as the ledger gives them.
    entry : Quantity
        Their indicator, in the money of the figures.
    cards : mapping of str to Card
        The source card of each edition in the frame.
    codes : sequence of str, default ()
        The lists of states whose numbers stand beside the country: "cow", "gw".

    Returns
    -------
    FigureRows
        Columns indicator, label, country, country_name, the numbers of the country, year, value, unit, the
        currency of national figures, price_basis, status, known, note, rests_on, printed_to, edition,
        published, publisher, title, url, licence.
    """

    about = {"label": entry.label, "unit": entry.unit, "price_basis": entry.price_basis}
    currency = ("currency",) if "currency" in frame.columns else ()
    of_card = ("published", "publisher", "title", "url", "licence")
    sources = [cards[edition] for edition in frame["edition"]]
    whole = frame.with_columns(
        country_name=list(map(country_name, frame["country"])),
        **{word: [state_number(code, word) for code in frame["country"]] for word in codes},
        **about,
        **{name: [str(getattr(card, name)) for card in sources] for name in of_card},
    )
    return whole.select(
        *("indicator", "label", "country", "country_name", *codes),
        *("year", "value", "unit", *currency, "price_basis"),
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
