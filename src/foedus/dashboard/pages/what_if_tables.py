"""The tables of two scenarios: measures by year, and each ally's share at the end."""

from __future__ import annotations

from typing import Any

from foedus.analysis.charts.pair_side import PairSide
from foedus.axes import country_name
from foedus.tables import Column, Kind, Table

__all__ = ["ally_table", "year_table"]

MEASURES: tuple[tuple[str, str, Kind], ...] = (
    ("allies_at_pledge_count", "At the pledge", "count"),
    ("allies_at_guideline_count", "At 2 %", "count"),
    ("nato_expenditure_constant_usd", "NATO, bn USD", "billions_0"),
    ("nato_gap_constant_usd", "Missing, bn USD", "billions_0"),
)


def year_table(side: PairSide, first: PairSide) -> Table:
    """Return the measures by year, each with its interval, the first scenario's median and no change.

    Parameters
    ----------
    side, first : PairSide
        The scenario that is shown, and the one it is held against; the same where there is one alone.

    Returns
    -------
    Table
        One row a year.
    """
    headline = side.headline
    columns = [Column("year", "Year", "year")]
    for name, label, kind in MEASURES:
        columns.append(Column(name, label, kind, (f"{name}_low", f"{name}_high"), f"{name}_shown"))
        columns.append(Column(f"{name}_naive", "no change", kind))
        if side is not first:
            columns.append(Column(f"{name}_first", first.name, kind))
    rows = []
    for i, year in enumerate(headline.years):
        row: dict[str, Any] = {"year": year}
        for name, _, _ in MEASURES:
            measure = headline.measures[name]
            shown = measure.shown[i]
            low, middle, high = measure.interval(i)
            if shown == "no change":
                low = middle = high = measure.naive[i]
            row |= {name: middle, f"{name}_low": low, f"{name}_high": high}
            row |= {f"{name}_shown": shown, f"{name}_naive": measure.naive[i]}
            before = first.headline.measures[name]
            row[f"{name}_first"] = before.interval(i)[1] if i < len(before.median) else None
        rows.append(row)
    title = f"By year, median and middle 80 %; money at {headline.price_year} prices and exchange rates"
    return Table("years", title, tuple(columns), tuple(rows))


def ally_table(side: PairSide, first: PairSide) -> Table:
    """Return each ally's share at the start and at the horizon, the highest first.

    Parameters
    ----------
    side, first : PairSide
        As in :func:`year_table`.

    Returns
    -------
    Table
        One row an ally.
    """
    headline, before = side.headline, first.headline.horizon.allies
    columns = [
        Column("name", "Ally"),
        Column("start", str(headline.years[0]), "per_cent"),
        Column("median", str(headline.years[-1]), "per_cent_1", ("low", "high")),
    ]
    if side is not first:
        columns.append(Column("first", first.name, "per_cent_1"))
    ranked = sorted(headline.horizon.allies.items(), key=lambda item: -item[1].median)
    rows = tuple(
        {
            "name": country_name(code),
            "start": ally.start,
            **dict(zip(("low", "median", "high"), ally.interval(), strict=True)),
            "first": before[code].interval()[1] if code in before else None,
        }
        for code, ally in ranked
    )
    return Table("allies", "Share of GDP by ally, highest first", tuple(columns), rows)
