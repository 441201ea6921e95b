"""The tables of a requirement on its way: by class, by year, by ally, and the numbers that it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.axes import country_name
from foedus.forces.classes import equipment_class
from foedus.forces.stock_skill import verdict_of
from foedus.forces.time_to_close import ClosingSummary, closes_words, limit_words
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.forces.time_result import TimeToClose
    from foedus.tables import Kind

__all__ = ["classes_table", "time_tables"]


MORE = ("closes_10", "closes_50", "closes_90", "money", "industry", "people")
"""What stands in the files only."""

FEW = 20e9
"""Below so many US dollars, money is written to tenths of a billion."""


def time_tables(result: TimeToClose) -> tuple[Table, ...]:
    """Return classes, the gap in money by year and by ally, the paths, and the numbers that it rests on."""
    return (
        classes_table(result.summary, result.requirement.headed),
        _money(result),
        _allies(result),
        _paths(result),
        _skill(result),
        _parameters(result),
    )


def classes_table(summary: ClosingSummary, headed: str) -> Table:
    """Return one row per class: what counts at the horizon, what is missing, when it closes, and what holds
    it up.

    Parameters
    ----------
    summary : ClosingSummary
        A requirement on its way.
    headed : str
        How the requirement is named in print.

    Returns
    -------
    Table
        Named "closing".
    """
    horizon = summary.years[-1]
    columns = (
        Column("label", "Class"),
        Column("required", "Asked for", "count"),
        Column("counts", f"Counts in {horizon}", "count", span=("counts_low", "counts_high")),
        Column("missing", "Missing then", "count", span=("missing_low", "missing_high")),
        Column("closes_words", "Closes, middle 80 %", align="right"),
        Column("never", f"Not by {horizon}, of draws", "per_cent_0"),
        Column("held_up", "Held up most by, of draws"),
        Column("skill", "Path against stock constant"),
    )
    rows = []
    for row in summary.rows:
        missing_low, missing, missing_high = row.missing
        counts_low, counts, counts_high = row.counts.interval()
        low, middle, high = row.closes
        rows.append(
            {
                "equipment": row.equipment,
                "label": equipment_class(row.equipment).label,
                "required": row.required,
                "counts": counts,
                "counts_low": counts_low,
                "counts_high": counts_high,
                "missing": missing,
                "missing_low": missing_low,
                "missing_high": missing_high,
                "closes_words": closes_words(row.closes, horizon),
                "closes_10": low,
                "closes_50": middle,
                "closes_90": high,
                "held_up": limit_words(row),
                "never": row.never,
                **row.limits,
                "skill": verdict_of(row.equipment),
            }
        )
    title = f"{headed}: when it closes, and what holds it up"
    return Table("closing", title, columns, tuple(rows), more=MORE)


def _money(result: TimeToClose) -> Table:
    """Return the price of what is missing by year."""
    summary = result.summary
    # Tenths of a billion say something only where there are few billions.
    kind: Kind = "billions" if summary.money_still < FEW else "billions_0"
    columns = (
        Column("year", "Year", "year"),
        Column("cost", "Missing, USD bn", kind, span=("low", "high")),
        Column("still", "If nothing changes", kind),
    )
    rows = tuple(
        dict(zip(("low", "cost", "high"), summary.money.interval(i), strict=True))
        | {"year": year, "still": summary.money_still}
        for i, year in enumerate(summary.years)
    )
    title = f"{result.requirement.headed}: price of what is missing, at {result.price_year} prices"
    return Table("money", title, columns, rows)


def _allies(result: TimeToClose) -> Table:
    """Return what is missing at the horizon by ally."""
    columns = (
        Column("name", "Ally"),
        Column("cost", f"Missing in {result.horizon}, USD bn", "billions", span=("low", "high")),
    )
    rows = [
        dict(zip(("low", "cost", "high"), result.summary.of_ally(code), strict=True))
        | {"country": code, "name": country_name(code)}
        for code in result.summary.allies
    ]
    rows.sort(key=lambda row: (-float(str(row["cost"])), str(row["country"])))
    title = f"{result.requirement.headed}: price of what is missing in {result.horizon}, by ally"
    return Table("allies", title, columns, tuple(rows))


def _paths(result: TimeToClose) -> Table:
    """Return what counts by class and year."""
    columns = (
        Column("label", "Class"),
        Column("year", "Year", "year"),
        Column("counts", "Counts", "number_1", span=("low", "high")),
        Column("still", "If nothing changes", "number_1"),
        Column("required", "Asked for", "count"),
    )
    rows = tuple(
        {
            "label": equipment_class(row.equipment).label,
            "year": year,
            "low": row.counts.low[i],
            "counts": row.counts.median[i],
            "high": row.counts.high[i],
            "still": row.still,
            "required": row.required,
        }
        for row in result.rows
        for i, year in enumerate(result.summary.years)
    )
    return Table("paths", f"{result.requirement.headed}: what counts by year", columns, rows, folded=True)


def _skill(result: TimeToClose) -> Table:
    """Return what the hindcast of stocks found, by class and half of the allies."""
    columns = (
        Column("label", "Class"),
        Column("half", "Allies"),
        Column("allies", "How many", "count"),
        Column("error_model", "Error of the path", "number_1"),
        Column("error_constant", "Error of stock constant", "number_1"),
        Column("verdict", "So"),
    )
    rows = tuple(
        vars(row) | {"label": equipment_class(row.equipment).label, "verdict": row.verdict}
        for row in result.skill
    )
    title = (
        f"{result.requirement.headed}: how paths of such stocks did from 2014 to 2022, error in items an ally"
    )
    return Table("skill", title, columns, rows, folded=True)


def _parameters(result: TimeToClose) -> Table:
    """Return the numbers that the answer rests on, with their grades."""
    columns = (
        Column("name", "Number"),
        Column("value", "Value", "number_3"),
        Column("unit", "Unit"),
        Column("grade", "Grade"),
        Column("source", "Source"),
    )
    rows = tuple(
        {
            "name": name,
            "value": setting.value,
            "unit": setting.unit,
            "grade": setting.grade,
            "source": setting.source,
        }
        for name, setting in result.parameters.items()
        if isinstance(setting.value, (int, float))
    )
    title = f"{result.requirement.headed}: the numbers that it rests on, with their grades"
    return Table("parameters", title, columns, rows, folded=True)
