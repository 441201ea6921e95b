"""Shares and amounts that governments have announced: dated facts about intentions, never promises.

Days of announcement are those of the reports or, where only the month is known, a day late in it, so that a
question as of a day never sees a plan before it was public. The table stands in ``evidence/records/plans``
under the card ``announced-plans-2026-11``; a table of one's own with the same columns is read alike.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import get_args

from foedus.axes import country_code
from foedus.errors import FileFormatError, InputError
from foedus.evidence.cards import Known
from foedus.evidence.records import record_rows
from foedus.evidence.userdata import data_folder

__all__ = [
    "CARD_ID",
    "COLUMNS",
    "GREATEST_SHARE",
    "OWN_TABLE",
    "Announcement",
    "Plan",
    "announcements",
    "parse_announcement",
    "plans_by",
    "read_announcements",
]

CARD_ID = "announced-plans-2026-11"
"""The source card of the table."""

COLUMNS = (
    "country",
    "year",
    "share",
    "share_high",
    "amount",
    "currency",
    "announced",
    "what",
    "source",
    "reports",
    "known",
)
"""The columns of a table of plans. ``share_high``, ``amount``, ``currency``, ``what`` and ``reports`` may be
left out."""

GREATEST_SHARE = 0.2
"""No ally has come near a fifth of GDP since 1949: a plan above it is a slip of a digit or of the unit."""


OWN_TABLE = "plans.csv"
"""The user's own table of plans, in the data folder; its rows are known beside those of the record."""


@dataclass(frozen=True)
class Announcement:
    """What a government said that it would spend in a year: a share of GDP, an amount, or both.

    Attributes
    ----------
    country : str
        ISO 3166 alpha-3 code.
    year : int
        The year it is for.
    share, share_high : float or None
        Defence expenditure over GDP, a fraction, and the high end where a range was announced.
    amount : float or None
        In single units of `currency`, current prices.
    currency : str
        ISO 4217 code of the amount; empty without one.
    announced : datetime.date
        The day it was public.
    what, source : str
        What announced it, and where that is read.
    reports : int
        How many independent reports say it.
    known : {"retrieved", "press", "unverified"}
        Read on the government's own page; in two independent reports or a transcription of a document that
        it names; or in one report alone.
    """

    country: str
    year: int
    share: float | None
    share_high: float | None
    amount: float | None
    currency: str
    announced: date
    what: str
    source: str
    reports: int
    known: Known


@dataclass(frozen=True)
class Plan:
    """One announced share of GDP.

    Attributes
    ----------
    country : str
        ISO 3166 alpha-3 code.
    year : int
        The year it is for.
    share : float
        Defence expenditure over GDP, a fraction; the low end of a range.
    announced : datetime.date
        The day it was public.
    what, source, known : str
        What announced it, where that is read, and how it is known.
    """

    country: str
    year: int
    share: float
    announced: date
    what: str
    source: str
    known: str


def parse_announcement(cells: Mapping[str, str], where: str) -> Announcement:
    """Parse one row of a table of plans.

    Parameters
    ----------
    cells : mapping of str to str
        By the names of :data:`COLUMNS`.
    where : str
        The file and line, for error messages.

    Returns
    -------
    Announcement
        The row.

    Raises
    ------
    InputError
        When the row has no day, neither share nor amount, a share above :data:`GREATEST_SHARE` or not above
        zero, an amount without currency, or a cell that is not what it should be.
    """
    country = country_code(cells.get("country", ""), where=where)
    text = cells.get("announced", "")
    if not text:
        raise InputError(
            f"the plan of {country} has no day", where=where, do="write the day it was public as YYYY-MM-DD"
        )
    share, high, amount = (_number(cells.get(name, ""), name, where) for name in _NUMBERS)
    _check_values(country, (share, high), amount, cells.get("currency", ""), where)
    known = cells.get("known", "") or "unverified"
    if known not in get_args(Known):
        raise InputError(
            f"{known!r} does not say how a plan is known",
            where=where,
            do=f"write {', '.join(get_args(Known))}",
        )
    return Announcement(
        country=country,
        year=_year(cells.get("year", ""), where),
        share=share,
        share_high=high,
        amount=amount,
        currency=cells.get("currency", ""),
        announced=_day(text, where),
        what=cells.get("what", ""),
        source=cells.get("source", ""),
        reports=int(_number(cells.get("reports", "") or "1", "reports", where) or 1),
        known=known,  # type: ignore[arg-type]
    )


def read_announcements(path: Path) -> tuple[Announcement, ...]:
    """Read a table of plans of the user's own.

    Parameters
    ----------
    path : pathlib.Path
        A CSV file with a header of :data:`COLUMNS`.

    Returns
    -------
    tuple of Announcement
        In the file's order.

    Raises
    ------
    InputError
        When there is no such file, or a row is not a plan.
    FileFormatError
        When the file is not such a table.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(
            "the file cannot be read", where=str(path), do="check its name and folder"
        ) from error
    except UnicodeDecodeError as error:
        raise FileFormatError(
            "this is not a table of plans", where=str(path), do="save it as UTF-8"
        ) from error
    reader = csv.DictReader(lines, restval="")
    missing = {"country", "year", "announced"} - set(reader.fieldnames or ())
    if missing:
        raise FileFormatError(
            f"the table of plans has no column {', '.join(sorted(missing))}",
            where=str(path),
            do=f"begin it with {','.join(COLUMNS)}",
        )
    return tuple(
        parse_announcement({k: v.strip() for k, v in row.items() if k}, f"{path}, line {reader.line_num}")
        for row in reader
    )


def announcements() -> tuple[Announcement, ...]:
    """Return every announcement of the record, and those of the user's own table in the data folder.

    Returns
    -------
    tuple of Announcement
        The record's in the order of its table, then those of ``plans.csv`` in the user's data folder.

    Raises
    ------
    InputError
        When a row of the user's table is not a plan.
    FileFormatError
        When the user's file is no table of plans.
    """
    own = data_folder() / OWN_TABLE
    return _record() + (read_announcements(own) if own.is_file() else ())


@cache
def _record() -> tuple[Announcement, ...]:
    """Read the record that comes with foedus."""
    rows = record_rows("plans", "announced_plans")
    return tuple(parse_announcement(row, f"announced_plans.csv, line {i}") for i, row in enumerate(rows, 2))


def plans_by(day: date, *, verified: bool = True, rows: Iterable[Announcement] | None = None) -> list[Plan]:
    """Return the shares that had been announced by a day.

    Parameters
    ----------
    day : datetime.date
        The day.
    verified : bool, default True
        Leave out plans that one report alone gives.
    rows : iterable of Announcement, optional
        The announcements; without it, those of the record.

    Returns
    -------
    list of Plan
        By country and year; of two plans for the same year the later announced. An amount without a share is
        no plan of this kind.
    """
    latest: dict[tuple[str, int], Plan] = {}
    for row in sorted(announcements() if rows is None else rows, key=lambda row: row.announced):
        if row.announced > day or row.share is None or (verified and row.known == "unverified"):
            continue
        latest[row.country, row.year] = Plan(
            row.country, row.year, row.share, row.announced, row.what, row.source, row.known
        )
    return [latest[key] for key in sorted(latest)]


_NUMBERS = ("share", "share_high", "amount")


def _number(text: str, name: str, where: str) -> float | None:
    """Read a number, or nothing from an empty cell."""
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise InputError(f"{name} {text!r} is not a number", where=where, do="write it as 0.035") from error


def _year(text: str, where: str) -> int:
    """Read the year a plan is for."""
    if not (text.isdigit() and 1949 <= int(text) <= 2100):
        raise InputError(f"{text!r} is not a year", where=where, do="write the year the plan is for, as 2030")
    return int(text)


def _day(text: str, where: str) -> date:
    """Read the day a plan was public."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{text!r} is not a day of the calendar", where=where, do="write it as YYYY-MM-DD"
        ) from error


def _check_values(
    country: str,
    shares: tuple[float | None, float | None],
    amount: float | None,
    currency: str,
    where: str,
) -> None:
    """Refuse shares and amounts that cannot be meant."""
    low, high = shares
    for share in shares:
        if share is not None and not 0 < share <= GREATEST_SHARE:
            raise InputError(
                f"the plan of {country} is {100 * share:g} % of GDP, which is not above 0 and up to "
                f"{100 * GREATEST_SHARE:g} %",
                where=where,
                do="write the share as a fraction, 0.035 for 3.5 %",
            )
    if high is not None and (low is None or high < low):
        raise InputError(
            f"the plan of {country} has a high end below its low end", where=where, do="give both, low first"
        )
    if low is None and amount is None:
        raise InputError(
            f"the plan of {country} has neither share nor amount", where=where, do="give one of them"
        )
    if amount is not None and not (amount > 0 and len(currency) == 3):
        raise InputError(
            f"the plan of {country} has an amount without a currency or not above zero",
            where=where,
            do="give the ISO 4217 code, such as EUR",
        )
