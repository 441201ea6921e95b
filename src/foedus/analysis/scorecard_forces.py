"""What was known on a day of US forces in Europe, and of what is missing of a named minimum.

Counts of US forces by quarter reach back to 2014, and means of a year to 1990; they count other hosts, and
are not subtracted from each other. So one record answers for both days where it reaches both.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from foedus.analysis.scorecard_rows import DayReading, Days
from foedus.errors import NoDataError
from foedus.evidence.records import record_rows
from foedus.forces.gap import gap
from foedus.forces.holdings import own_holdings
from foedus.forces.requirement import find_requirement
from foedus.forces.us_forces import CARD_ID, us_forces

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.gap_result import ClassGap, Gap
    from foedus.forces.requirement import Requirement

__all__ = ["REQUIREMENT", "YEARLY_CARD", "forces_readings", "gap_readings"]

YEARLY_CARD = "us-forces-by-year-2026-11"
"""The source card of the means by year."""

NOT_EUROPE = "CAN"
"""The host of the yearly record that is not in Europe."""

REQUIREMENT = "press-minimum-2024"
"""The requirement whose gap is told: it is called NATO's minimum, and counts what exists beside it."""

MISSING = {"brigades_missing": "manoeuvre_brigades", "air_defence_missing": "air_defence_units"}
"""The classes of it that are told, by measure."""


def forces_readings(days: Days) -> dict[str, tuple[DayReading, DayReading]]:
    """Return the persons of the United States assigned to Europe by two days.

    Parameters
    ----------
    days : (datetime.date, datetime.date)
        The two days.

    Returns
    -------
    dict of str to (DayReading, DayReading)
        By quarter where both days have a quarter; else by year.
    """
    records: tuple[Callable[[date], DayReading | None], ...] = (_quarter, _year)
    for record in records:
        first, last = (record(day) for day in days)
        if first is not None and last is not None:
            return {"us_forces": (first, last)}
    each = (_quarter(day) or _year(day) for day in days)
    none = DayReading(why=f"counts are held from {_years()[0]} on")
    first, last = (none if reading is None else reading for reading in each)
    return {"us_forces": (first, last)}


def _quarter(day: date) -> DayReading | None:
    """Return the last quarter that was public; None where none was."""
    try:
        count = us_forces(as_of=day)
    except NoDataError:
        return None
    public = max(row.public for row in count.rows)
    of = f"{count.day.day} {count.day:%B %Y}"
    return DayReading(
        count.total, "", of, CARD_ID, public, "retrieved", "all hosts in Europe, a quarter's end"
    )


@cache
def _years() -> tuple[int, ...]:
    """Return the years of the yearly record."""
    return tuple(sorted({int(row["year"]) for row in record_rows("us_forces_by_year", "us_forces_by_year")}))


def _year(day: date) -> DayReading | None:
    """Return the last year whose mean was public, a quarter after its end as counts are; None before."""
    public = [year for year in _years() if date(year + 1, 3, 31) <= day]
    if not public:
        return None
    rows = record_rows("us_forces_by_year", "us_forces_by_year")
    persons = [
        int(row["persons"]) for row in rows if int(row["year"]) == public[-1] and row["host"] != NOT_EUROPE
    ]
    out = date(public[-1] + 1, 3, 31)
    of = f"the mean of {public[-1]}"
    basis = f"{len(persons)} allies in Europe, means of a year"
    return DayReading(sum(persons), "", of, YEARLY_CARD, out, "retrieved", basis)


def gap_readings(days: Days, as_of: date, ledger: Ledger) -> dict[str, tuple[DayReading, DayReading]]:
    """Return what is missing of a named minimum by two days.

    Parameters
    ----------
    days : (datetime.date, datetime.date)
        The two days.
    as_of : datetime.date
        The day of the question.
    ledger : Ledger
        The figures as of that day.

    Returns
    -------
    dict of str to (DayReading, DayReading)
        By measure. What allies hold answers where it is imported; else what the same report counts as
        existing, of the year that it names.
    """
    need = find_requirement(REQUIREMENT)
    if need.day is not None and need.day > as_of:
        none = DayReading(why=f"{need.name} was public on {need.day} only")
        return dict.fromkeys(MISSING, (none, none))
    first, last = (_missing_on(need, day, ledger) for day in days)
    return {name: (first[name], last[name]) for name in MISSING}


def _missing_on(need: Requirement, day: date, ledger: Ledger) -> dict[str, DayReading]:
    """Return what is missing of what allies held on a day; a requirement of later looks back."""
    holdings = own_holdings().as_of(day)
    counted = {name: need.needs[equipment].existing_year for name, equipment in MISSING.items()}
    if not holdings.rows and all(year is not None and year > day.year for year in counted.values()):
        # The usual case of an early day: nothing tells it, and the gap would be worked out for nothing.
        return {name: _too_late(need, year) for name, year in counted.items()}
    answer = gap(need, as_of=max(day, need.day or day), ledger=ledger, holdings=holdings)
    return {name: _missing(need, equipment, day, answer) for name, equipment in MISSING.items()}


def _too_late(need: Requirement, counted: int | None) -> DayReading:
    """Return that a report's own count is of after the day."""
    return DayReading(why=f"{need.name} counts what existed in {counted}")


def _missing(need: Requirement, equipment: str, day: date, answer: Gap) -> DayReading:
    """Return what is missing of a class, or why that cannot be said."""
    row: ClassGap = next(each for each in answer.rows if each.equipment == equipment)
    counted = need.needs[equipment].existing_year or day.year
    if row.missing is None:
        return DayReading(why="no holdings; bring a table with `foedus data import holdings FILE`")
    by_report = row.held_by == "the same report"
    if by_report and counted > day.year:
        return _too_late(need, counted)
    of = f"the report's count of {counted}" if by_report else f"imported tables by {day}"
    return DayReading(row.missing, "", of, need.name, need.day, need.known, f"held by {row.held_by}")
