"""Which edition a publisher's file is, and the last steps every importer shares: card, checks, refusal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.errors import FileFormatError, InputError
from foedus.evidence.cards import Card, Known
from foedus.evidence.checks import check_figures
from foedus.evidence.figure_tables import table_text
from foedus.evidence.ingest.blanks import Blank, blank_notes, wholly_blank
from foedus.evidence.ingest.frame import Imported, WorkbookTables, spans
from foedus.evidence.packaged import packaged_card
from foedus.evidence.rows import FigureRows
from foedus.files.checksum import sha256_of

__all__ = ["NATO_EDITIONS", "Stated", "finish", "finish_nato", "publication_day"]

NATO_EDITIONS: dict[int, tuple[str, date | None]] = {
    2019: ("nato-2019-06", date(2019, 6, 25)),
    2024: ("nato-2024-06", date(2024, 6, 17)),
    2025: ("nato-2025-08", date(2025, 8, 28)),
    2026: ("nato-2026-07", None),
}
"""The known editions by the last year of their tables, with the day each came out where it is known."""

_NATO = {
    "series": "nato-defence-expenditure",
    "publisher": "NATO",
    "url": "https://www.nato.int/cps/en/natohq/topics_49198.htm",
    "licence": "NATO terms of use: credit NATO; not for sale or advertising",
}


@dataclass(frozen=True)
class Stated:
    """What the user says of the edition that a publisher's file holds; None where nothing is said.

    Attributes
    ----------
    edition : str or None
        Its name.
    published : datetime.date or None
        The day it came out.
    members : iterable of str or None
        Alpha-3 codes of the allies that its tables must hold.
    """

    edition: str | None = None
    published: date | None = None
    members: Iterable[str] | None = None


def publication_day(
    edition: str | None, known: date | None, published: date | None, what: str, where: str
) -> tuple[date, Known]:
    """Settle the day an edition came out, and how it is known.

    Parameters
    ----------
    edition : str or None
        The edition's name, where it is known.
    known : datetime.date or None
        The day, where foedus knows it.
    published : datetime.date or None
        The day the user gave.
    what : str
        What to call the edition in the error message.
    where : str
        The file.

    Returns
    -------
    tuple of datetime.date and str
        The day; how it is known.

    Raises
    ------
    InputError
        When neither the user nor foedus knows the day.
    """
    card = packaged_card(edition) if edition else None
    if card is not None and published in {None, card.published}:
        return card.published, card.published_known
    day = published or known
    if day is None:
        raise InputError(
            f"it is not known when {what} came out",
            where=where,
            do="give the day with --published YYYY-MM-DD",
        )
    return day, "unverified"


def finish_nato(path: Path, tables: WorkbookTables, stated: Stated) -> Imported:
    """Return a NATO workbook's figures with their edition, and check them.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    tables : WorkbookTables
        Its figures, notes and blank cells; the last year tells the known editions apart.
    stated : Stated
        What the user says of the edition.

    Returns
    -------
    Imported
        Checked.

    Raises
    ------
    InputError
        When the edition's day of publication is not known.
    FileFormatError
        When a check of severity ``error`` fails.
    """
    figures, last_year = tables.figures, tables.last_year
    name, known = NATO_EDITIONS.get(last_year, (None, None))
    packaged = packaged_card(name) if name else None
    if stated.edition is not None and stated.edition != name:
        name, known = stated.edition, None
    elif stated.published not in {None, known, packaged.published if packaged else None}:
        name, known = None, None  # another edition with the same last year
    what = f"the edition with tables to {last_year}"
    day, how = publication_day(name, known, stated.published, what, str(path))
    first_year = min(figures["year"], default=last_year)
    card = Card(
        id=name or f"nato-{day:%Y-%m}",
        title=f"Defence Expenditure of NATO Countries ({first_year}-{last_year})",
        published=day,
        published_known=how,
        members_on=day,
        **_NATO,
    )
    return finish(path, figures, card, tables.notes, members=stated.members, blanks=tables.blanks)


def finish(
    path: Path,
    figures: FigureRows,
    card: Card,
    notes: tuple[str, ...],
    *,
    members: Iterable[str] | None = None,
    blanks: Iterable[Blank] = (),
) -> Imported:
    """Complete an edition's card, check its figures, and refuse them when an error-level check fails.

    Where an edition of the same name is packaged, its card is taken over; its caveats only where they were
    written for the publisher's own file and not for a copy, and never what it says of copies.

    Parameters
    ----------
    path : pathlib.Path
        The publisher's file.
    figures : FigureRows
        Its figures.
    card : Card
        What is known of the edition so far.
    notes : tuple of str
        What was left out.
    members : iterable of str, optional
        The allies the tables must hold.
    blanks : iterable of Blank
        The cells that the publisher left blank; the card names the allies concerned.

    Returns
    -------
    Imported
        Checked.

    Raises
    ------
    FileFormatError
        When a check of severity ``error`` fails.
    """
    blanks = tuple(blanks)
    if not len(figures):
        raise FileFormatError("the file holds no figures", where=str(path), do="download it again")
    packaged = packaged_card(card.id)
    if packaged is not None and packaged.published == card.published:
        card = packaged.model_copy(update={"members_on": card.members_on})
        if not packaged.source_sha256:
            card = card.model_copy(update={"caveats": (), "copies": (), "rests_on": {}})
    card = card.model_copy(
        update={
            "complete": spans(figures),
            "caveats": (*card.caveats, *(f"{line}." for line in blank_notes(blanks))),
            "sha256": sha256_of(table_text(figures)),
            "source_sha256": sha256_of(path),
        }
    )
    rows = list(dict.fromkeys(figures.select("indicator", "country")))
    checks = check_figures(figures, card, members=members, blank=wholly_blank(blanks, rows))
    refused = [check for check in checks if not check.passed and check.severity == "error"]
    if refused:
        raise FileFormatError(
            "; ".join(f"check {check.name} fails: {check.message}" for check in refused),
            where=str(path),
            do="nothing was imported; download the publisher's file again",
            checks=refused,
        )
    return Imported(card, figures, checks, notes)
