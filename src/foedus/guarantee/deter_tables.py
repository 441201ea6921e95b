"""The tables of an answer on the guarantee's thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.guarantee.exchange import LEVERS
from foedus.rounding import written
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.guarantee.deter import AllyThreshold, Deterrence

__all__ = ["deter_tables"]


def deter_tables(result: Deterrence) -> tuple[Table, ...]:
    """Return allies, exchange rates, what moves the threshold, and the ranges; alike allies in one row."""
    return _allies(result), _replaced(result), _moves(result), _ranges(result)


def _groups(result: Deterrence) -> list[tuple[str, AllyThreshold]]:
    """Return the rows that differ, each with the names of the allies that it holds for."""
    groups: dict[Any, list[str]] = {}
    rows: dict[Any, AllyThreshold] = {}
    for row in result.rows:
        key = (row.region, row.lowest, row.middle, row.highest, row.replaced, row.of_forces)
        groups.setdefault(key, []).append(row.name)
        rows.setdefault(key, row)
    if len(groups) == 1 and len(result.rows) > 1:
        return [("all of these allies", row) for row in rows.values()]
    return [(", ".join(names), rows[key]) for key, names in groups.items()]


def _allies(result: Deterrence) -> Table:
    """Return one row for each ally."""
    columns = (
        Column("name", "Ally", "name"),
        Column("region", "The guarantee"),
        Column("middle", "Belief needed, of 100", "size_points_0", span=("lowest", "highest"), to=" to "),
        Column("moves", "Moves it most"),
        Column("attacker", "Attacker, times local", align="right"),
        Column("arrivals", "US in time, times local", align="right"),
        Column("known", "Strengths"),
    )
    rows = tuple(
        {
            "name": row.name,
            "region": row.region_words,
            "middle": row.middle,
            "lowest": row.lowest,
            "highest": row.highest,
            "moves": row.swings[0].label if row.swings else "",
            "attacker": _span(row.attacker),
            "arrivals": _span(row.arrivals),
            "known": "of forces" if row.of_forces else "assumed",
        }
        for row in result.rows
    )
    return Table("allies", "Allies on the flank: middle of all ranges, lowest to highest", columns, rows)


def _span(ends: tuple[float, float]) -> str:
    """Return the ends of a range in words."""
    return " to ".join(written(end, 1) for end in ends)


def _replaced(result: Deterrence) -> Table:
    """Return for each group of alike allies what each lever replaces, and which comes first."""
    columns = (
        Column("names", "Allies"),
        *(
            Column(lever, label, "size_points_1", span=(f"{lever}_low", f"{lever}_high"), to=" to ")
            for lever, label in LEVERS.items()
        ),
        Column("first", "Replaces most"),
        Column("corners", "In every corner", "yes_no"),
    )
    rows = []
    for names, row in _groups(result):
        points: dict[str, float | None] = {}
        for part in row.replaced:
            ends = {f"{part.lever}_low": part.low, f"{part.lever}_high": part.high}
            points |= {part.lever: part.middle, **ends}
        rows.append({"names": names, "first": row.first_words, "corners": row.in_every_corner, **points})
    title = "Points of credibility that each replaces where the guarantee matters: middle, lowest to highest"
    return Table("replaced", title, columns, tuple(rows))


def _moves(result: Deterrence) -> Table:
    """Return how far each range moves the threshold, the others at their middle."""
    columns = (
        Column("names", "Allies"),
        Column("label", "Range"),
        Column("at_low", "Needed at its low end", "size_points_0"),
        Column("at_high", "At its high end", "size_points_0"),
    )
    groups = _groups(result)
    rows = tuple({"names": names, **vars(swing)} for names, row in groups for swing in row.swings)
    title = "What moves the belief needed, of 100, the others at their middle"
    return Table("moves", title, columns, rows, folded=len(groups) > 1)


def _ranges(result: Deterrence) -> Table:
    """Return the stated ranges."""
    columns = (
        Column("name", "Range", "name"),
        Column("low", "Low", "number"),
        Column("high", "High", "number"),
        Column("grade", "Grade"),
    )
    title = "Ranges, where forces do not say otherwise"
    return Table("ranges", title, columns, tuple(vars(span) for span in result.ranges), more=("source",))
