"""The tables of an answer on what has arrived by a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reinforcement.by_day_result import permit_label
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.reinforcement.by_day_result import ByDay

__all__ = ["by_day_tables"]

EVERY = 5
"""The curve is printed for every day that this divides."""


def by_day_tables(result: ByDay) -> tuple[Table, ...]:
    """Return permits, levers, kinds of links, links that are full and the curve.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.

    Returns
    -------
    tuple of Table
        In this order.
    """
    return (_permits(result), _changes(result), _kinds(result), _links(result), _curve(result))


def _arrived(label: str) -> Column:
    """Return the column of what has arrived, with its interval."""
    return Column("middle", label, "count", span=("low", "high"), to=" to ")


def _permits(result: ByDay) -> Table:
    """Return one row per permit on record."""
    columns = (
        Column("label", "Border permit", "name"),
        Column("what", "Whose figure"),
        _arrived(f"Arrived by day {result.day}"),
        Column("last", f"By day {len(result.rows) - 1}", "count"),
    )
    rows = tuple(
        {**vars(row), "label": permit_label(row.days), "last": row.curve[-1]} for row in result.permits
    )
    title = f"Permits on record, and {result.what} that have arrived, median and middle 80 %"
    return Table("permits", title, columns, rows)


def _changes(result: ByDay) -> Table:
    """Return one row per lever."""
    columns = (Column("what", "Lever"), Column("gain", f"More by day {result.day}", "signed_count"))
    return Table(
        "changes",
        f"What each lever changes by day {result.day}, solved again",
        columns,
        tuple(vars(row) for row in result.changes),
    )


def _kinds(result: ByDay) -> Table:
    """Return one row per kind of link."""
    columns = (
        Column("label", "Links", "name"),
        Column("used", "In use", "per_cent_0"),
        Column("gain", "A quarter more brings", "count"),
        Column("assumed", "Throughput assumed", "per_cent_0"),
    )
    title = f"What binds by day {result.day}: a quarter more of each kind, solved again"
    return Table("kinds", title, columns, tuple(vars(row) for row in result.kinds))


def _links(result: ByDay) -> Table:
    """Return one row per corridor that is used, what more room would bring most first."""
    columns = (
        Column("tail", "From"),
        Column("head", "To"),
        Column("mode", "By", "name"),
        Column("carried", "Passes", "count"),
        Column("full", "Of its days full", "per_cent_0"),
        Column("worth", "A train's load more, at most", "count"),
    )
    used = sorted((row for row in result.links if row.carried > 0.0), key=lambda r: (-r.worth, -r.carried))
    return Table(
        "links",
        f"Corridors in use by day {result.day}, best flow at middle throughputs",
        columns,
        tuple(vars(row) for row in used),
        folded=True,
    )


def _curve(result: ByDay) -> Table:
    """Return one row for every fifth day."""
    columns = (
        Column("day", "Day", "count"),
        Column("ready", "Ready", "count"),
        _arrived("Arrived"),
    )
    rows = tuple(vars(row) for place, row in enumerate(result.rows) if place % EVERY == 0)
    return Table("curve", f"{result.what.capitalize()} by day", columns, rows, folded=True)
