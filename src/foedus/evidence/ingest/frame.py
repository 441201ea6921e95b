"""What an importer gives: a source card, figures, what was checked, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foedus.evidence.cards import Card

if TYPE_CHECKING:
    import polars as pl

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


@dataclass(frozen=True)
class WorkbookTables:
    """The tables of a publisher's workbook.

    Attributes
    ----------
    figures : polars.DataFrame
        The figures.
    notes : tuple of str
        What was left out on purpose, and which allies are blank.
    last_year : int
        The last year of the tables' headers.
    blanks : tuple of Blank
        The blank cells.
    """

    figures: pl.DataFrame
    notes: tuple[str, ...]
    last_year: int
    blanks: tuple[Blank, ...]


def spans(figures: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Return the first and last year of every indicator of a whole table.

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
