"""What allies hold, by class: from tables that the user brings, because none is free to pass on.

Two kinds of table are read: a plain one with the columns of :data:`COLUMNS`, and the wide one of the rDMC
data (Gannon, International Studies Quarterly 67(4), 2023), which is coded from a publication under copyright.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from foedus.axes import country_code, country_name, is_aggregate
from foedus.errors import FileFormatError, UnknownNameError
from foedus.evidence.checks import CheckResult
from foedus.evidence.institutions import members_on
from foedus.forces.classes import equipment_class, equipment_classes
from foedus.forces.own_tables import OwnTable, TableRow, keep, kept_tables, read_rows, table_name
from foedus.rounding import written

__all__ = [
    "BRING",
    "COLUMNS",
    "HeldCount",
    "Holdings",
    "import_holdings",
    "own_holdings",
    "read_holdings",
]

COLUMNS = ("country", "class", "count", "day", "source")
"""The columns of a plain table; the source may be left out."""

BRING = "bring a table with `foedus data import holdings FILE`"
"""What to do where there are none."""

FOLDER = "holdings"

RDMC: Mapping[str, str] = {
    "main_battle_tanks": "tanks",
    "aircraft_attack": "combat_aircraft",
    "aircraft_bomber": "combat_aircraft",
    "aircraft_fighter": "combat_aircraft",
    "principal surface combatants_cruisers": "destroyers_and_frigates",
    "principal surface combatants_destroyers": "destroyers_and_frigates",
    "principal surface combatants_frigates": "destroyers_and_frigates",
    "submarines_attack": "submarines",
    "submarines_ballistic": "submarines",
    "submarines_coastal": "submarines",
    "submarines_other": "submarines",
}
"""Which columns of rDMC's wide table count to which class. Its columns of armoured vehicles and
of artillery mix classes, and are left out."""

TIMES_LARGEST = 10.0
"""A count of more than so many times the most that any ally is known to hold is a slip of the unit."""


@dataclass(frozen=True)
class HeldCount:
    """How many of a class an ally held on a day.

    Attributes
    ----------
    country, equipment : str
        Alpha-3 code, and the class.
    count : float
        How many.
    day : datetime.date
        The day it is of.
    source : str
        Where it is from, in the table's own words.
    """

    country: str
    equipment: str
    count: float
    day: date
    source: str


@dataclass(frozen=True)
class Holdings:
    """What is known of holdings.

    Attributes
    ----------
    rows : tuple of HeldCount
        In the order of the tables.
    day : datetime.date or None
        The day as of which questions are asked.
    """

    rows: tuple[HeldCount, ...] = ()
    day: date | None = None

    def as_of(self, day: date | None) -> Holdings:
        """Keep what is of a day or earlier."""
        if day is None:
            return self
        return Holdings(tuple(row for row in self.rows if row.day <= day), day)

    def newest(self) -> dict[tuple[str, str], HeldCount]:
        """Return the newest count by country and class; of one day, that of the last table."""
        latest: dict[tuple[str, str], HeldCount] = {}
        for row in self.rows:
            key = (row.country, row.equipment)
            if key not in latest or row.day >= latest[key].day:
                latest[key] = row
        return latest

    def counts(self) -> dict[tuple[str, str], float]:
        """Return the newest count by country and class."""
        return {key: row.count for key, row in self.newest().items()}


def own_holdings() -> Holdings:
    """Return the holdings that the user has imported; none where nothing was."""
    tables = kept_tables(FOLDER).values()
    return Holdings(tuple(row for path in tables for row in read_holdings(path)[0]))


def import_holdings(path: Path, *, name: str | None = None, replace: bool = False) -> OwnTable:
    """Read a table of holdings, check it, and keep it in the user's data folder.

    Parameters
    ----------
    path : pathlib.Path
        A plain CSV file with the columns of :data:`COLUMNS`, or rDMC's wide table.
    name : str, optional
        The name under which it is kept; without it, the file's.
    replace : bool, default False
        Take the place of a table of that name with other counts.

    Returns
    -------
    OwnTable
        What became of it, and what was checked.

    Raises
    ------
    InputError
        When the file cannot be read, or a table of that name is there with other counts.
    FileFormatError
        When it is no such table, or a check fails; the message names the line.
    StorageError
        When the data folder cannot be written.
    """
    rows, notes = read_holdings(path)
    cells = [(r.country, r.equipment, f"{r.count:g}", r.day.isoformat(), r.source) for r in rows]
    table = table_name(path, name)
    outcome, place = keep(FOLDER, table, COLUMNS, cells, replace=replace)
    checks = (
        CheckResult("known_classes", True, "error", "every class is one that foedus counts"),
        CheckResult("no_duplicates", True, "error", "no ally, class and day stands twice"),
        CheckResult(
            "plausible_counts",
            True,
            "error",
            "no count is above ten times the most that any ally is known to hold",
        ),
    )
    return OwnTable(table, outcome, place, len(rows), checks, notes)


def read_holdings(path: Path) -> tuple[tuple[HeldCount, ...], tuple[str, ...]]:
    """Read a table of holdings and check it.

    Parameters
    ----------
    path : pathlib.Path
        A plain table or rDMC's wide one.

    Returns
    -------
    tuple of HeldCount, tuple of str
        The counts in the table's order, and what was left out.

    Raises
    ------
    InputError
        When the file cannot be read.
    FileFormatError
        When it is no such table, or a check fails; the message names the line.
    """
    headings, rows = read_rows(path)
    if set(RDMC) & set(headings):
        holdings, notes = _wide(headings, rows)
    else:
        missing = [name for name in COLUMNS[:4] if name not in headings]
        if missing:
            raise FileFormatError(
                f"the table of holdings has no column {', '.join(missing)}",
                where=str(path),
                do=f"begin it with {','.join(COLUMNS)}, or give rDMC's wide table",
            )
        holdings, notes = [(row.where, _plain(row)) for row in rows], ()
    _check(holdings)
    return tuple(holding for _, holding in holdings), notes


def _plain(row: TableRow) -> HeldCount:
    """Read one row of a plain table."""
    cells = row.cells
    try:
        equipment = equipment_class(cells["class"], where=row.where).name
        country = _country(cells["country"], row.where)
        day = date.fromisoformat(cells["day"])
    except UnknownNameError as error:
        raise FileFormatError(str(error).removesuffix(".")) from error
    except ValueError as error:
        raise FileFormatError(
            f"{cells['day']!r} is not a day of the calendar", where=row.where, do="write it as 2024-12-31"
        ) from error
    return HeldCount(country, equipment, _count(cells["count"], row.where), day, cells.get("source", ""))


def _country(text: str, where: str) -> str:
    """Return a country's code, refusing aggregates."""
    code = country_code(text, where=where)
    if is_aggregate(code):
        raise FileFormatError(f"{country_name(code)} is an aggregate", where=where, do="give countries only")
    return code


def _count(text: str, where: str) -> float:
    """Read a count, which is not negative."""
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        value = -1.0
    if not 0.0 <= value < float("inf"):
        raise FileFormatError(
            f"{text!r} is no count",
            where=where,
            do="give a number that is not negative, or leave the row out",
        )
    return value


def _wide(
    headings: tuple[str, ...], rows: list[TableRow]
) -> tuple[list[tuple[str, HeldCount]], tuple[str, ...]]:
    """Read rDMC's wide table: a row for each country and year, a column for each kind of equipment."""
    if "iso3" not in headings or "year" not in headings:
        raise FileFormatError(
            "the wide table has no column iso3 or year", do="give rDMC's table as published"
        )
    holdings: list[tuple[str, HeldCount]] = []
    former: set[str] = set()
    for row in rows:
        try:
            country = _country(row.cells["iso3"], row.where)
        except UnknownNameError:
            former.add(row.cells["iso3"])
            continue
        counts = dict.fromkeys(equipment_classes(), -1.0)
        year = row.cells["year"].removesuffix(".0")
        if not year.isdigit() or not 1900 <= int(year) <= 2100:
            raise FileFormatError(
                f"{year!r} is not a year", where=row.where, do="give rDMC's table as published"
            )
        for column, equipment in RDMC.items():
            if row.cells.get(column):
                counts[equipment] = max(counts[equipment], 0.0) + _count(row.cells[column], row.where)
        day = date(int(year), 12, 31)
        holdings += [
            (row.where, HeldCount(country, name, count, day, "rDMC"))
            for name, count in counts.items()
            if count >= 0.0
        ]
    left = sorted(set(headings) - set(RDMC) - {"iso3", "year"})
    notes = []
    if left:
        notes.append(f"{len(left)} columns of rDMC's are of no class that foedus counts, and were left out.")
    if former:
        notes.append(f"Rows of states that have no code today were left out: {', '.join(sorted(former))}.")
    return holdings, tuple(notes)


def _check(holdings: list[tuple[str, HeldCount]]) -> None:
    """Raise an error for a count that stands twice or that cannot be."""
    seen: dict[tuple[str, str, date], str] = {}
    allies = set(members_on(date.today()))
    for where, row in holdings:
        name, entry = country_name(row.country), equipment_class(row.equipment)
        key = (row.country, row.equipment, row.day)
        if key in seen:
            raise FileFormatError(
                f"{name} stands twice with {entry.label.lower()} on {row.day}",
                where=where,
                do="keep one of the rows",
            )
        seen[key] = where
        if row.country in allies and row.count > TIMES_LARGEST * entry.largest:
            raise FileFormatError(
                f"{name} holds {written(row.count, grouped=True)} {entry.label.lower()}, more than ten times "
                f"the most that any ally is known to hold ({written(entry.largest, grouped=True)})",
                where=where,
                do="check the unit",
                count=row.count,
            )
