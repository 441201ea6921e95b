"""Editions of NATO's figures that are known to have come out: which by a day, and what is held of each.

Of some editions the whole tables are held, of some single figures, and of some only that they came out. A
question as of a day is answered from what is held; these functions say what had been published by then. The
table stands in ``evidence/records/publications``. A month or a year stands for its last day.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence.cards import Known
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.institutions import members_on
from foedus.evidence.records import day_or_none, record_rows

if TYPE_CHECKING:
    from foedus.evidence.ledger import Ledger

__all__ = [
    "CARD_ID",
    "SERIES",
    "Holding",
    "Publication",
    "StatedCount",
    "holding",
    "newest_publication",
    "publication",
    "publications",
    "reporting_members",
    "require_held",
    "stated_counts",
]

CARD_ID = "nato-publications-2026-11"
"""The source card of the table."""

SERIES = ("nato-defence-expenditure", "nato-statements")
"""The series whose editions are listed."""

_SHARE = "defence_expenditure_share_of_gdp"


@dataclass(frozen=True)
class StatedCount:
    """How many allies are at 2 % of GDP, as NATO itself gave it with a publication.

    Attributes
    ----------
    edition : str
        The publication.
    published : datetime.date
        Its day.
    known : {"retrieved", "press", "unverified"}
        How that day is known.
    year : int
        The year the count is for.
    count, allies : int
        How many of how many; allies on the day, or at the end of the year where that was earlier.
    kind : {"said", "counted"}
        Whether NATO said the number or it was read in NATO's table.
    note : str
        What the count includes, where it differs from the table.
    """

    edition: str
    published: date
    known: Known
    year: int
    count: int
    allies: int
    kind: Literal["said", "counted"]
    note: str


@dataclass(frozen=True)
class Publication:
    """One edition that is known to have come out.

    Attributes
    ----------
    edition : str
        Its name, also where nothing of it is held.
    published : datetime.date
        The day it came out; the last day of the month or year where no more is known.
    published_text : str
        The day, month or year as far as it is known.
    known : {"retrieved", "press", "unverified"}
        How the day is known; unverified where it rests on memory.
    day_known : str
        The same in words.
    title : str
        Its title; empty where it was not read.
    first_year, last_year : int or None
        The years of its tables.
    cut_off : datetime.date or None
        The day up to which figures were taken in.
    stated : StatedCount or None
        NATO's own count of allies at 2 %.
    source : str
        Where that is read.
    """

    edition: str
    published: date
    published_text: str
    known: Known
    day_known: str
    title: str
    first_year: int | None
    last_year: int | None
    cut_off: date | None
    stated: StatedCount | None
    source: str

    @property
    def day_in_words(self) -> str:
        """The day as far as it is known, and that it is not verified where it is not."""
        return f"{self.published_text}{', not verified' if self.known == 'unverified' else ''}"


@dataclass(frozen=True)
class Holding:
    """What is held of a publication: how many of its figures of one indicator and year.

    Attributes
    ----------
    publication : Publication
        The edition.
    indicator : str
        A name in the catalogue.
    year : int or None
        The year; None where the publication's years are not known.
    held, printed : int
        How many allies have a figure in the ledger, and how many the publication printed: the allies with
        armed forces of the year.
    in_ledger : bool
        Whether any of its figures is held, of whatever indicator and year.
    """

    publication: Publication
    indicator: str
    year: int | None
    held: int
    printed: int
    in_ledger: bool

    @property
    def whole(self) -> bool:
        """Whether every ally's figure is held."""
        return self.held == self.printed > 0

    def sentence(self, day: date | None = None) -> str:
        """Return the sentence for an answer as of a day when this edition was out.

        Parameters
        ----------
        day : datetime.date, optional
            The day asked about; without it, today is meant.

        Returns
        -------
        str
            "NATO had published nato-2020-10 (2020-10-21) by 2021-01-01; 18 of its 29 figures of 2020 are
            held."
        """
        known = self.publication
        had = f"NATO had published {known.edition} ({known.day_in_words}) by {day}"
        opening = had if day else f"NATO has published {known.edition} ({known.day_in_words})"
        if not self.in_ledger:
            return f"{opening}; it is not held."
        if not self.held:
            return f"{opening}; none of its figures of {self.indicator} is held."
        return f"{opening}; {self.held} of its {self.printed} figures of {self.year} are held."


def publications(day: date | None = None) -> tuple[Publication, ...]:
    """Return the editions known to have been published by a day, oldest first.

    Parameters
    ----------
    day : datetime.date, optional
        The day; without it, all.

    Returns
    -------
    tuple of Publication
        Tables, annual reports and statements.
    """
    return tuple(p for p in _publications() if day is None or p.published <= day)


def publication(edition: str) -> Publication | None:
    """Return what is known of an edition, or None where none of that name is known to have come out."""
    return next((p for p in _publications() if p.edition == edition), None)


def newest_publication(day: date | None = None) -> Publication | None:
    """Return the newest edition with figures of allies that had been published by a day.

    Parameters
    ----------
    day : datetime.date, optional
        The day; without it, the newest of all.

    Returns
    -------
    Publication or None
        None before the first one known. A statement that gives a count alone is no such edition.
    """
    known = [p for p in publications(day) if not p.edition.startswith("nato-statement")]
    return known[-1] if known else None


def stated_counts(day: date | None = None, *, year: int | None = None) -> tuple[StatedCount, ...]:
    """Return NATO's own counts of allies at 2 % of GDP that were public by a day, oldest first.

    Parameters
    ----------
    day : datetime.date, optional
        The day; without it, all.
    year : int, optional
        Only counts for this year.

    Returns
    -------
    tuple of StatedCount
        With the number of allies at the time.
    """
    counts = (p.stated for p in publications(day))
    return tuple(h for h in counts if h is not None and year in {None, h.year})


def holding(ledger: Ledger, edition: str, *, indicator: str = _SHARE, year: int | None = None) -> Holding:
    """Return how many of an edition's figures the ledger holds.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    edition : str
        An edition known to have been published.
    indicator : str, optional
        A name in the catalogue; shares of GDP without it.
    year : int, optional
        The year; without it, the last year of its tables.

    Returns
    -------
    Holding
        Allies only; the printed aggregates are not counted.

    Raises
    ------
    UnknownNameError
        When no edition of that name is known.
    """
    known = publication(edition)
    if known is None:
        raise UnknownNameError("edition", edition, [p.edition for p in _publications()])
    in_ledger = ledger.has_figures(edition) and edition in ledger.editions
    year = year or known.last_year
    if year is None:
        return Holding(known, indicator, None, 0, 0, in_ledger)
    printed = reporting_members(known.published, year)
    held = 0
    if in_ledger:
        held = len(ledger.table(edition).where(indicator=indicator, year=year, country=printed))
    return Holding(known, indicator, year, held, len(printed), in_ledger)


def reporting_members(day: date, year: int) -> list[str]:
    """Return the allies with armed forces that an edition of a day prints for a year.

    Parameters
    ----------
    day : datetime.date
        The day the edition came out.
    year : int
        The year; who joined after it is not counted for it.

    Returns
    -------
    list of str
        Alpha-3 codes.
    """
    return [code for code in members_on(min(day, date(year, 12, 31))) if code not in WITHOUT_FORCES]


def require_held(edition: str, ledger: Ledger) -> None:
    """Refuse an edition that is known to have come out and is not held, saying which are.

    Parameters
    ----------
    edition : str
        The name asked for.
    ledger : Ledger
        The figures.

    Raises
    ------
    NoDataError
        When the edition is known and the ledger has nothing of it, or it came out after the ledger's day.
    """
    known = publication(edition)
    if known is None or ledger.has_figures(edition):
        return
    if ledger.day is not None and known.published > ledger.day:
        raise NoDataError(
            f"edition {edition} had not been published by {ledger.day}",
            do="ask as of a later day, or leave the edition or the day out",
        )
    cards = [card for card in ledger.editions.values() if card.series == SERIES[0]]
    whole = ", ".join(card.id for card in cards if _SHARE in card.complete)
    parts = sum(_SHARE not in card.complete for card in cards)
    raise NoDataError(
        f"NATO published {edition} ({known.day_in_words}), but no figure of it is held",
        do=f"ask one held whole ({whole}) or one of the {parts} held in part (`foedus editions` lists them)",
        edition=edition,
    )


@cache
def _publications() -> tuple[Publication, ...]:
    """Read the record, oldest first."""
    rows = [_publication(row) for row in record_rows("publications", "published_editions")]
    return tuple(sorted(rows, key=lambda p: (p.published, p.edition)))


def _publication(row: dict[str, str]) -> Publication:
    """Read one row of the record."""
    published = _last_day(row["published"])
    known = cast("Known", row["known"])
    stated = None
    if row["headline"]:
        year = int(row["headline_year"])
        stated = StatedCount(
            edition=row["edition"],
            published=published,
            known=known,
            year=year,
            count=int(row["headline"]),
            allies=len(members_on(min(published, date(year, 12, 31)))),
            kind=cast("Literal['said', 'counted']", row["headline_kind"]),
            note=row["headline_note"],
        )
    return Publication(
        edition=row["edition"],
        published=published,
        published_text=row["published"],
        known=known,
        day_known=row["day_known"],
        title=row["title"],
        first_year=int(row["first_year"]) if row["first_year"] else None,
        last_year=int(row["last_year"]) if row["last_year"] else None,
        cut_off=day_or_none(row["cut_off"]),
        stated=stated,
        source=row["source"],
    )


def _last_day(text: str) -> date:
    """Return the day that a date, month or year stands for: its last."""
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    if not month:
        return date(year, 12, 31)
    return date(year, month, day or calendar.monthrange(year, month)[1])
