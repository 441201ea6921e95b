"""What an importer gives: a source card, figures, what was checked, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.evidence.cards import Card
from foedus.evidence.rows import FigureRows

if TYPE_CHECKING:
    from foedus.evidence.checks import CheckResult
    from foedus.evidence.ingest.blanks import Blank

__all__ = ["Imported", "WorkbookTables", "spans"]


@dataclass(frozen=True)
class Imported:
    """A publisher's file, read.

    Attributes
    ----------
    card : Card
        The edition's source card.
    figures : FigureRows
        The figures, with the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`, sorted by indicator,
        country and year, in the catalogue's units.
    checks : tuple of CheckResult
        What was checked and how it came out.
    notes : tuple of str
        What was left out on purpose, and other remarks.
    """

    card: Card
    figures: FigureRows
    checks: tuple[CheckResult, ...] = ()
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class WorkbookTables:
    """The tables of a publisher's workbook.

    Attributes
    ----------
    figures : FigureRows
        The figures.
    notes : tuple of str
        What was left out on purpose, and which allies are blank.
    last_year : int
        The last year of the tables' headers.
    blanks : tuple of Blank
        The blank cells.
    """

    figures: FigureRows
    notes: tuple[str, ...]
    last_year: int
    blanks: tuple[Blank, ...]


def spans(figures: FigureRows) -> dict[str, tuple[int, int]]:
    """Return the first and last year of every indicator of a whole table.

    Parameters
    ----------
    figures : FigureRows
        A table of figures.

    Returns
    -------
    dict of str to tuple of int
        For a card's ``complete``.
    """

    years = {name: figures.where(indicator=name)["year"] for name in sorted(set(figures["indicator"]))}
    return {name: (min(held), max(held)) for name, held in years.items()}
