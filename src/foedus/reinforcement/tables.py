"""The tables of an answer on reinforcement."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from foedus.tables import Column, Kind, Table

if TYPE_CHECKING:
    from foedus.reinforcement.result import Reinforcement

__all__ = ["reinforcement_tables"]

SHARES = {0.5: "half", 0.9: "nine tenths", 1.0: "all"}


def reinforcement_tables(result: Reinforcement) -> tuple[Table, ...]:
    """Return days, hosts, what binds, permits, losses, who sends what, and the curve by day."""
    days = _kind(row.day for row in result.rows)
    tables = [_days(result, days), _hosts(result, days), _binds(result), _permits(result)]
    if result.losses:
        tables.append(_losses(result))
    return (*tables, _senders(result), _curve(result, days))


def _kind(days: Iterable[float | None]) -> Kind:
    """Return how days are written: whole where all are whole."""
    return "count" if all(day is None or float(day).is_integer() for day in days) else "number"


def _days(result: Reinforcement, days: Kind) -> Table:
    """Return one row per share: the best flow's day, and the middle 80 % over draws."""
    columns = (
        Column("what", "Arrived"),
        Column("day", "Day, best flow", days),
        Column("middle", "Fixed routes", days, span=("low", "high"), to=" to "),
    )
    rows = tuple({**vars(span), "what": SHARES[span.share]} for span in result.spans)
    return Table("days", f"{result.title}: days after the alert", columns, rows)


def _hosts(result: Reinforcement, days: Kind) -> Table:
    """Return one row per host."""
    columns = (
        Column("name", "Host"),
        Column("pieces", "Pieces", "count"),
        Column("day_50", "Half", days),
        Column("day_90", "Nine tenths", days),
        Column("day_100", "All", days),
    )
    return Table("hosts", "Arrival by host, day", columns, tuple(vars(row) for row in result.hosts))


def _binds(result: Reinforcement) -> Table:
    """Return one row per arc that binds."""
    columns = (
        Column("tail", "From"),
        Column("head", "To"),
        Column("mode", "By"),
        Column("throughput", "Pieces a day", "count"),
        Column("full", "Days full", "count"),
        Column("gain", "A train's load more, piece-days", "count"),
        Column("bound", "At most, by its dual", "count"),
        Column("days_mean", "Sooner on average, days", "number"),
        Column("grade", "Throughput is"),
    )
    rows = tuple({**vars(row), "ends": " > ".join(row.ends)} for row in result.bottlenecks)
    return Table("binding", "What binds, solved again with a train's load a day more", columns, rows)


def _permits(result: Reinforcement) -> Table:
    """Return one row per permit on record."""
    days = _kind(day for row in result.permits for day in (row.day_50, row.day_90, row.day_100))
    columns = (
        Column("days", "Permit, days", "number"),
        Column("what", "Whose figure"),
        Column("day_50", "Half", days),
        Column("day_90", "Nine tenths", days),
        Column("day_100", "All", days),
    )
    return Table(
        "permits", "With the permits on record, day", columns, tuple(vars(row) for row in result.permits)
    )


def _losses(result: Reinforcement) -> Table:
    """Return one row per share with links lost."""
    columns = (
        Column("what", "Arrived"),
        Column("middle", "Day", "count", span=("low", "high"), to=" to "),
        Column("never", "Not within the horizon", "per_cent_0"),
    )
    rows = tuple({**vars(span), "what": SHARES[span.share]} for span in result.losses)
    asked = result.question
    title = f"{asked.lose} of {result.links} links lost at random, {asked.cases} cases"
    return Table("losses", title, columns, rows)


def _senders(result: Reinforcement) -> Table:
    """Return one row per sender."""
    columns = (
        Column("name", "Ally"),
        Column("persons", "Persons", "count"),
        Column("pieces", "Pieces", "count"),
    )
    rows = tuple(
        {"country": s.country, "name": s.name, "persons": s.persons, "pieces": s.pieces}
        for s in result.amounts.senders
    )
    return Table("senders", "Who sends what", columns, rows, folded=True)


def _curve(result: Reinforcement, days: Kind) -> Table:
    """Return one row per day."""
    columns = (
        Column("day", "Day", days),
        Column("ready", "Ready", "count"),
        Column("arrived", "Arrived", "count"),
        Column("share", "Share arrived", "per_cent_0", span=("low", "high"), to=" to "),
    )
    return Table("curve", "Arrivals by day", columns, tuple(vars(row) for row in result.rows), folded=True)
