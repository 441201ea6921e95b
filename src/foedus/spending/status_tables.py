"""The tables of a status: allies against every level, the Alliance, and the count by every edition."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.tables import Column, Table
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.spending.status import Status
    from foedus.spending.status_rows import StatusRow

__all__ = ["equipment_columns", "level_columns", "status_tables"]

WORDS = {"at": "yes", "below": "no", "open": "open", "none": "–"}
"""What a table says of where a share stands."""


def status_tables(result: Status) -> tuple[Table, ...]:
    """Return the tables of a status.

    Parameters
    ----------
    result : Status
        The answer.

    Returns
    -------
    tuple of Table
        Allies, the Alliance where the edition has totals, and editions.
    """
    alliance = (_alliance(result),) if result.alliance else ()
    return _allies(result), *alliance, _editions(result)


def level_columns(result: Status, *, money: str | None = None) -> tuple[Column, ...]:
    """Return the columns of each level: whether it is met, and the gap in money; in points to the guideline.

    Parameters
    ----------
    result : Status
        The answer.
    money : str, optional
        The heading of the gap in money; without it, its price basis.

    Returns
    -------
    tuple of Column
        The guideline's first.
    """
    columns: list[Column] = []
    for i, level in enumerate(result.levels):
        words = per_cent(level.level, 1) if abs(1000 * level.level % 1) < 1e-9 else per_cent(level.level)
        end = "" if len(result.levels) == 1 else f" to {words}"
        # The gap in points to another level is that to the guideline, shifted; it stands in the files.
        points = [Column(_key("gap", i), f"Gap{end}, points", "gap_points")] if i == 0 else []
        columns += [
            Column(_key("standing", i), f"At {words}"),
            *points,
            Column(_key("gap_usd", i), f"Gap{end}, bn {money or result.gap_price_basis}", "gap_billions"),
        ]
    return tuple(columns)


def equipment_columns(result: Status) -> tuple[Column, ...]:
    """Return the column of equipment, headed with its edition where that is another, or none.

    Parameters
    ----------
    result : Status
        The answer, whose rows hold shares of spending as fractions.

    Returns
    -------
    tuple of Column
        One column in per cent, or none.
    """
    editions = {row.equipment_edition for row in result.rows} - {""}
    if not editions:
        return ()
    by = "".join(f", {edition}" for edition in sorted(editions - {result.card.id}))
    return (Column("equipment_share", f"Equipment{by}", "per_cent_1"),)


def _key(name: str, i: int) -> str:
    """Return the key of a level's cell; the guideline's has the plain name."""
    return name if i == 0 else f"{name}_{i + 1}"


def _cells(row: StatusRow) -> dict[str, Any]:
    """Return a row's cells at every level."""
    cells: dict[str, Any] = {}
    for i, level in enumerate(row.levels):
        cells |= {
            _key("level", i): level.level,
            _key("standing", i): WORDS[level.standing],
            _key("gap", i): level.gap,
            _key("gap_usd", i): level.gap_usd,
        }
    return cells


def _allies(result: Status) -> Table:
    """Return one row per ally; ``remark`` is its note but for footnotes and how an aggregate is computed."""
    where = f"{result.card.id}, published {result.card.published}"
    rows = tuple(
        {
            **{key: value for key, value in vars(row).items() if key != "levels"},
            **_cells(row),
            "remark": "" if row.note.startswith(("footnote", "computed")) else row.note,
            "source": f"{where}; {row.status}, {row.known}",
        }
        for row in result.rows
    )
    columns = (
        Column("name", "Ally"),
        Column("share", "Share of GDP", "per_cent"),
        *level_columns(result),
        *equipment_columns(result),
        Column("change_since_2014", "Since 2014, points", "points"),
        Column("status", "Status"),
    )
    more = ("meets", *(_key("gap", i) for i in range(1, len(result.levels))))
    return Table("allies", f"Allies in {result.year}, highest first", columns, rows, more=more)


def _alliance(result: Status) -> Table:
    """Return one row per aggregate, with its growth as printed and among the same members."""
    where = f"{result.card.id}, published {result.card.published}"
    rows = tuple(
        {
            **asdict(row),
            "joined_names": ", ".join(map(country_name, row.joined)),
            "remark": _remark(row.joined, row.without),
            "source": f"{where}; {row.status}",
        }
        for row in result.alliance
    )
    prices = result.alliance[0].price_basis
    columns = (
        Column("name", "Alliance"),
        Column("share", "Share of GDP", "per_cent"),
        Column("spending_usd", f"Spending, bn {prices}", "billions"),
        Column("part_of_nato", "Part of NATO", "per_cent_1"),
        Column("growth", f"Growth on {result.year - 1}, totals", "per_cent"),
        Column("growth_same_members", "Growth, same members", "per_cent"),
        Column("same_members", "Members", "count"),
        Column("remark", "", blank=""),
    )
    return Table("alliance", f"The Alliance in {result.year}", columns, rows)


def _remark(joined: tuple[str, ...], without: tuple[str, ...]) -> str:
    """Write who joined since the year before, and who lacks a figure."""
    parts = [f"{', '.join(map(country_name, joined))} joined"] if joined else []
    parts += [f"same members without {', '.join(map(country_name, without))}"] if without else []
    return "; ".join(parts)


def _editions(result: Status) -> Table:
    """Return one row per count; ``at_least`` says of a count of quoted points that it is a lower bound."""
    rows = tuple(
        {**asdict(c), "at_least": f"{c.meeting}{'' if c.whole else ' or more'}"} for c in result.counts
    )
    columns = (
        Column("edition", "Edition", "name"),
        Column("published", "Published", "name"),
        Column("basis", "Basis"),
        Column("at_least", "Meeting", align="right"),
        Column("reported", "Of", "count"),
        Column("why", "Why it differs"),
    )
    return Table("editions", f"The count for {result.year} by every edition", columns, rows)
