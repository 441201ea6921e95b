"""The public workbook of the United States Department of Defense on personnel by country.

One sheet a quarter, a row for each state or country, and blocks of columns for active duty, reserves and
civilians. Of these the block of active duty is read, up to its total. Rows that are no country (states of the
union, ships, "unknown") are left out, and hosts outside Europe are kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from foedus.axes import country_code, country_name, is_aggregate
from foedus.errors import FileFormatError, UnknownNameError
from foedus.evidence.checks import CheckResult
from foedus.evidence.ingest.workbook import Sheet, read_sheets
from foedus.forces.own_tables import OwnTable, keep, table_name
from foedus.forces.us_checks import doubled_hosts, doubled_periods

__all__ = ["US_COLUMNS", "US_FOLDER", "import_us_forces", "read_us_forces"]

US_FOLDER = "us_forces"
US_COLUMNS = ("host", "day", "public", "printed", "persons", "mended")
"""The columns of a kept table: those of the record."""

SERVICES = frozenset({"army", "navy", "marine corps", "air force", "space force", "coast guard"})
AS_OF = re.compile(
    r"as of\s+(january|february|march|april|may|june|july|august|september|october|november|december)\s+"
    r"(\d{1,2}),?\s+(\d{4})",
    re.IGNORECASE,
)
MONTHS = "january february march april may june july august september october november december".split()


@dataclass
class _Quarter:
    """The counts of one sheet."""

    day: date
    totals: dict[str, int] = field(default_factory=dict)
    services: dict[str, tuple[int, ...]] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)


def import_us_forces(
    path: Path, *, name: str | None = None, published: date | None = None, replace: bool = False
) -> OwnTable:
    """Read the public workbook, check it, and keep its counts in the user's data folder.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.
    name : str, optional
        The name under which it is kept; without it, the file's.
    published : datetime.date, optional
        The day from which it is public; without it, the end of each quarter.
    replace : bool, default False
        Take the place of a table of that name with other counts.

    Returns
    -------
    OwnTable
        What became of it, and what was checked.

    Raises
    ------
    FileFormatError
        When it is no such workbook, or a check fails.
    InputError, StorageError
        As for :func:`foedus.forces.own_tables.keep`.
    """
    rows, checks, notes = read_us_forces(path)
    cells = [(h, d.isoformat(), (published or d).isoformat(), *rest) for h, d, *rest in rows]
    table = table_name(path, name)
    outcome, place = keep(US_FOLDER, table, US_COLUMNS, cells, replace=replace)
    return OwnTable(table, outcome, place, len(rows), checks, notes)


def read_us_forces(
    path: Path,
) -> tuple[list[tuple[str, date, int, int, str]], tuple[CheckResult, ...], tuple[str, ...]]:
    """Read the public workbook and check its counts.

    Parameters
    ----------
    path : pathlib.Path
        The workbook.

    Returns
    -------
    list of (str, datetime.date, int, int, str), tuple of CheckResult, tuple of str
        Host, end of the quarter, the count as printed and as mended, and how; the checks; what was left out.

    Raises
    ------
    FileFormatError
        When no sheet is such a table, or a total is not the sum of its services.
    """
    left: set[str] = set()
    quarters = [q for sheet in read_sheets(path).values() if (q := _quarter(sheet, left)) is not None]
    if not quarters:
        raise FileFormatError(
            "no sheet has a row of headings with ARMY, NAVY and TOTAL",
            where=str(path),
            do="give the office's workbook of personnel by state and country",
        )
    quarters.sort(key=lambda quarter: quarter.day)
    hosts = sorted({host for quarter in quarters for host in quarter.totals})
    counts = {h: [n for q in quarters for n in q.services.get(h, ())] for h in hosts}
    by_host = doubled_hosts(counts)
    by_period = doubled_periods({q.day.isoformat(): sum(q.totals.values()) for q in quarters})
    halved = {row["country"] for row in by_host.rows}
    dropped = {row["year"] for row in by_period.rows}
    rows = [
        (host, q.day, total, total // 2 if host in halved else total, "halved" if host in halved else "")
        for q in quarters
        if q.day.isoformat() not in dropped
        for host, total in sorted(q.totals.items())
        if total > 0
    ]
    twice = sorted({host for q in quarters for host in q.twice})
    once = CheckResult(
        "one_row_a_host",
        not twice,
        "warning",
        f"{', '.join(twice)} has two equal rows and is counted once" if twice else "every host has one row",
    )
    sums = CheckResult("total_is_sum", True, "error", "every total of active duty is the sum of its services")
    notes = (f"{len(left)} rows are no country and were left out.",) if left else ()
    return rows, (sums, once, by_host, by_period), notes


def _quarter(sheet: Sheet, left: set[str]) -> _Quarter | None:
    """Read one sheet; None where it is no such table."""
    head = next((i for i, row in enumerate(sheet.rows) if {"army", "navy", "total"} <= _words(row)), None)
    if head is None:
        return None
    first = next(i for i, cell in enumerate(sheet.rows[head]) if _word(cell) in SERVICES)
    last = next(i for i, cell in enumerate(sheet.rows[head]) if i > first and _word(cell) == "total")
    said = next(
        (m for row in sheet.rows[:head] for cell in row if (m := AS_OF.search(str(cell or "")))), None
    )
    said = said or AS_OF.search(sheet.name)
    if said is None:
        raise FileFormatError(
            "the sheet does not say its day",
            where=sheet.where(0),
            do='look for a line such as "As of December 31, 2025" above the headings',
        )
    quarter = _Quarter(date(int(said[3]), MONTHS.index(said[1].lower()) + 1, int(said[2])))
    for i in range(head + 1, len(sheet.rows)):
        _take_row(sheet, i, (first, last), quarter, left)
    return quarter


def _take_row(sheet: Sheet, i: int, block: tuple[int, int], quarter: _Quarter, left: set[str]) -> None:
    """Take in the counts of one row, if it is a country's."""
    first, last = block
    label = next((str(c).strip() for c in sheet.rows[i][:first] if isinstance(c, str) and c.strip()), "")
    numbers = [sheet.cell(i, j) for j in range(first, last + 1)]
    if not label or not any(isinstance(n, (int, float)) for n in numbers):
        return
    values = [int(n) if isinstance(n, (int, float)) else 0 for n in numbers]
    try:
        host = country_code(label)
    except UnknownNameError:
        left.add(label)
        return
    if is_aggregate(host) or "total" in label.lower():
        left.add(label)
        return
    services, total = tuple(values[:-1]), values[-1]
    if sum(services) != total:
        raise FileFormatError(
            f"the total of {label} is {total:,} and its services add up to {sum(services):,}",
            where=sheet.where(i, last),
            do="download the workbook again",
        )
    if host in quarter.totals:
        if quarter.services[host] != services:
            raise FileFormatError(
                f"{country_name(host)} stands twice with different counts",
                where=sheet.where(i),
                do="keep one row",
            )
        quarter.twice.append(host)
        return
    quarter.totals[host], quarter.services[host] = total, services


def _word(cell: object) -> str:
    """Return a heading in lower case with single spaces."""
    return " ".join(str(cell or "").lower().split())


def _words(row: tuple[object, ...]) -> set[str]:
    """Return the headings of a row."""
    return {_word(cell) for cell in row}
