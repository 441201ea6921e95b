"""The tables of a pledge: what it asks of each ally, what it costs by year, and the rules in force."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.analysis.pledge import PledgeReading

__all__ = ["allies_table", "plans_table", "rules_table", "years_table"]


def allies_table(reading: PledgeReading) -> Table:
    """Return one row per ally; ``odds_shown`` are the model's or those of no change, as ``shown`` says."""
    odds = "odds_no_change" if reading.shown == "no change" else "odds"
    rows = tuple(
        {**asdict(row), "shown": reading.shown, "odds_shown": getattr(row, odds)} for row in reading.rows
    )
    columns = (
        Column("name", "Ally"),
        Column("share", str(reading.start_year), "per_cent"),
        Column("target", "Target", "per_cent_1"),
        Column("spending", f"Spending {reading.start_year}, bn", "billions"),
        Column("spending_at_deadline", f"On the path {reading.deadline}, bn", "billions"),
        Column("faster_than_gdp", "Above GDP, a year", "per_cent_1"),
        Column("required_growth", "Real growth, a year", "per_cent_1"),
        Column("cost_at_deadline", f"Cost in {reading.deadline}, bn", "billions"),
        Column("cost_cumulative", "Cost in all, bn", "billions"),
        Column("odds_shown", "Odds", "per_cent_0", shown="shown"),
        Column("odds_no_change", "No change", "per_cent_0"),
        Column("equipment_share", "Equipment", "per_cent_1"),
    )
    return Table("allies", "By ally, the greatest cost first", columns, rows)


def years_table(reading: PledgeReading) -> Table:
    """Return the cost of all allies listed by year."""
    rows = tuple({"year": y, "cost": c} for y, c in zip(reading.years, reading.cost_by_year, strict=True))
    columns = (Column("year", "Year", "year"), Column("cost", "All allies listed, bn USD", "billions"))
    return Table("years", "Cost by year", columns, rows, folded=True)


def plans_table(reading: PledgeReading) -> Table:
    """Return the shares that the allies listed have announced, beside what was printed of them since."""
    rows = tuple(asdict(row) for row in reading.plans)
    columns = (
        Column("name", "Ally"),
        Column("year", "For", "year"),
        Column("share", "Announced", "per_cent"),
        Column("announced", "On", "name"),
        Column("printed", "Printed", "per_cent"),
        Column("edition", "By"),
        Column("realised", "Realised", "per_cent_0"),
        Column("what", "What"),
        Column("source", "Source"),
        Column("known", "Known"),
    )
    return Table("plans", "Announced plans, and what came of them", columns, rows, folded=True)


def rules_table(reading: PledgeReading) -> Table:
    """Return the pledges and national positions in force."""
    keys = ("pledge", "date", "quantity", "level", "sense", "deadline", "country")
    columns = tuple(Column(key, key.capitalize()) for key in keys)
    rows = tuple(asdict(rule) for rule in reading.rules)
    return Table("rules", "Pledges and positions in force", columns, rows, folded=True)
