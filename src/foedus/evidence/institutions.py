"""The Alliance's institutions: members, offices, summits, treaty articles, pledges, and who signed what.

Each row is dated by its own event, so a question as of a day sees only what had happened by then, and says
how it is known. The tables stand in ``evidence/records/institutions`` under the card
``institutions-2026-11``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from foedus.errors import NoDataError, UnknownNameError
from foedus.evidence.records import record_rows
from foedus.results import Result

if TYPE_CHECKING:
    from foedus.tables import Table

__all__ = [
    "LISTED",
    "TABLES",
    "InstitutionTable",
    "Pledge",
    "institution_table",
    "member_knowledge",
    "members_on",
    "pledge_knowledge",
    "pledges_by",
    "secretary_general_on",
]

CARD_ID = "institutions-2026-11"
"""The source card of every table here."""

TABLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "members": ("entry_date", "The allies, with the day each became a party to the treaty"),
        "secretaries-general": ("start", "Secretaries General; acting ones have no ordinal"),
        "summits": ("start", "Meetings of heads of state and government"),
        "treaty-articles": ("", "What the articles of the North Atlantic Treaty say, in summary"),
        "article-uses": ("date", "When Articles 4 and 5 were used, and by whom"),
        "pledges": ("date", "What allies pledged to spend, by when"),
        "people": ("", "Persons in public office, with the names the press uses"),
        "organisations": ("", "Organisations, with the names the press uses and their seats"),
        "offices": ("start", "Heads of state and government, and some ministers, with their terms"),
        "events": ("announced", "Dated events, by the day each could be known"),
        "applications": ("date", "Applications for membership"),
        "document-signatories": ("date", "Who signed a document that has its own list of signatories"),
        "agreed-amounts": ("date", "Amounts that allies agreed on"),
    }
)
"""The tables by name: the column that dates a row (empty when none does), and what the table holds."""

LISTED: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **TABLES,
        "groups": ("entry_date", "Groups of countries, with the day each member joined and left"),
    }
)
"""The tables that can be asked for: those of this record, and the members of groups, which have their own."""


@dataclass(frozen=True)
class InstitutionTable(Result):
    """One table of institutions, as of a day.

    Attributes
    ----------
    name : str
        Its name in :data:`TABLES`.
    title : str
        What it holds.
    rows : tuple of dict
        The rows, text as entered; every row has ``known`` and ``checked``.
    as_of : datetime.date or None
        The day it is cut at.
    """

    name: str
    title: str
    rows: tuple[dict[str, str], ...]
    as_of: date | None

    @property
    def unverified(self) -> int:
        """How many rows were not confirmed by a second source."""
        return sum(row["known"] == "unverified" for row in self.rows)

    def headline(self) -> str:
        """Return what the table holds, and as of which day."""
        return f"{self.title}{f', as of {self.as_of}' if self.as_of else ''}"

    def tables(self) -> tuple[Table, ...]:
        """Return the rows as entered."""
        from foedus.tables import Column, Table

        keys = self.rows[0] if self.rows else ()
        columns = tuple(Column(key, key.replace("_", " ")) for key in keys)
        return (Table(self.name, self.title, columns, self.rows),)

    def payload(self) -> dict[str, Any]:
        """Return the rows, and how many of them are not verified."""
        return {
            "table": self.name,
            "title": self.title,
            "as_of": self.as_of,
            "rows": self.rows,
            "unverified": self.unverified,
        }


@dataclass(frozen=True)
class Pledge:
    """One level the allies pledged to reach.

    Attributes
    ----------
    pledge : str
        Its name, for example "hague-2025".
    date : datetime.date
        The day it was made.
    quantity : str
        What is to reach the level.
    level : float
        The level, a fraction.
    sense : str
        "at_least", "up_to" or "national_position".
    deadline : int
        The year it is to be reached by.
    country : str
        The ally it holds for, or empty for all.
    """

    pledge: str
    date: date
    quantity: str
    level: float
    sense: str
    deadline: int
    country: str


def _rows(name: str) -> tuple[dict[str, str], ...]:
    """Return a whole table; its file is named with underscores."""
    if name == "groups":
        return record_rows("groups", "members")
    return record_rows("institutions", name.replace("-", "_"))


def institution_table(name: str, *, as_of: date | None = None) -> InstitutionTable:
    """Return a table of institutions.

    Parameters
    ----------
    name : str
        One of :data:`LISTED`.
    as_of : datetime.date, optional
        Leave out what happened later.

    Returns
    -------
    InstitutionTable
        The table. The end of a term that lies after `as_of` is blanked: on that day nobody knew it.

    Raises
    ------
    UnknownNameError
        When there is no such table.
    """
    if name not in LISTED:
        raise UnknownNameError("table", name, LISTED, do=f"use one of {', '.join(LISTED)}")
    column, title = LISTED[name]
    rows = _rows(name)
    if as_of is not None:
        day = as_of.isoformat()
        rows = tuple(row for row in rows if not column or row[column] <= day)
        rows = tuple({**row, "end": ""} if row.get("end", "") > day else row for row in rows)
    return InstitutionTable(name=name, title=title, rows=rows, as_of=as_of)


def members_on(day: date) -> list[str]:
    """Return the allies of a day.

    Parameters
    ----------
    day : datetime.date
        The day.

    Returns
    -------
    list of str
        Alpha-3 codes in alphabetical order: 30 on 2023-04-03, 31 a day later, 32 from 2024-03-07.
    """
    text = day.isoformat()
    return sorted(
        row["country"]
        for row in _rows("members")
        if row["entry_date"] <= text and (not row["exit_date"] or row["exit_date"] > text)
    )


def secretary_general_on(day: date) -> dict[str, str]:
    """Return the Secretary General, or the acting one, of a day.

    Parameters
    ----------
    day : datetime.date
        The day; on a day of handover the new one holds the office.

    Returns
    -------
    dict of str
        The row: ordinal (empty for an acting one), name, country, start, end, acting, known, checked.

    Raises
    ------
    NoDataError
        When nobody held the office.
    """
    text = day.isoformat()
    for row in reversed(_rows("secretaries-general")):
        if row["start"] <= text and (not row["end"] or text <= row["end"]):
            return dict(row)
    raise NoDataError(
        f"nobody is recorded as Secretary General on {text}", do="ask for a day from 1952-03-24 on"
    )


def pledge_knowledge(day: date) -> list[str]:
    """Return how each pledge made by a day is known."""
    return [row["known"] for row in _rows("pledges") if row["date"] <= day.isoformat()]


def member_knowledge() -> dict[str, str]:
    """Return how each ally's day of entry is known, by alpha-3 code."""
    return {row["country"]: row["known"] for row in _rows("members")}


def pledges_by(day: date) -> list[Pledge]:
    """Return the pledges made by a day, oldest first.

    Parameters
    ----------
    day : datetime.date
        The day.

    Returns
    -------
    list of Pledge
        Levels for all allies, and national positions.
    """
    return [
        Pledge(
            pledge=row["pledge"],
            date=date.fromisoformat(row["date"]),
            quantity=row["quantity"],
            level=float(row["level"]),
            sense=row["sense"],
            deadline=int(row["deadline"]),
            country=row["country"],
        )
        for row in _rows("pledges")
        if row["date"] <= day.isoformat()
    ]
