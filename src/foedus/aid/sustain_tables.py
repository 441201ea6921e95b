"""Tables of an answer on sustained support."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.aid.sustain_classes import CLASSES, DONOR_GROUPS
from foedus.tables import Column, Kind, Table

if TYPE_CHECKING:
    from foedus.aid.sustain import Sustain
    from foedus.aid.sustain_rows import ClassSupport

__all__ = ["sustain_tables"]

_LABELS = {entry.name: entry.label[0].upper() + entry.label[1:] for entry in CLASSES}


def _months(count: int | None, last: int) -> str:
    """Write a number of months, or that it is beyond the last."""
    return f"{last}+" if count is None else str(count)


def _class_row(row: ClassSupport, last: int) -> dict[str, Any]:
    """Return the row of a class; its months in words, since some lie beyond the last."""
    kind: Kind = "count" if row.rate >= 100.0 else "number_1"
    low, middle, high = (_months(m, last) for m in (row.months_p10, row.months_p50, row.months_p90))
    return {
        **asdict(row),
        "name": _LABELS[row.equipment],
        "lasts": f"{middle} ({low} to {high})",
        "kind": kind,
    }


def sustain_tables(result: Sustain) -> tuple[Table, ...]:
    """Return months and what binds by class, accounts by donors, and years to replace."""
    last = result.months
    lasting = Column(
        "lasting_p50",
        "could be held",
        span=("lasting_p10", "lasting_p90"),
        kind_key="kind",
        align="right",
        to=" to ",
        whole_span=True,
    )
    support = Table(
        "support",
        f"Months at a rate, from {result.start}; in brackets the middle 80 % of draws",
        (
            Column("name", "", "name"),
            Column("rate", "a month", kind_key="kind", align="right"),
            Column("rate_grade", "rate is"),
            Column("lasts", "months", "name", align="right"),
            Column("holds", f"lasts {last}", "per_cent_0"),
            Column("given_part", "given", "per_cent_0"),
            lasting,
            Column("binds", "what binds", "name"),
        ),
        tuple(_class_row(row, last) for row in result.rows),
        more=("months_p10", "months_p50", "months_p90", "binds_part"),
    )
    return support, _years(result), _replaced(result), _accounts(result)


def _years(result: Sustain) -> Table:
    """Return the years of production at the rates on record."""
    rows = tuple(
        {
            "name": row.sent.item,
            "sent": row.sent.pieces,
            "at": row.at,
            "per_month": None if row.rate is None else row.rate.per_month,
            "years": row.years,
            "source": (row.rate or row.sent).source,
            "known": (row.rate or row.sent).known,
        }
        for row in result.on_record
    )
    columns = (
        Column("name", "", "name"),
        Column("sent", "sent by the US", "count"),
        Column("at", "at the rate", "name"),
        Column("per_month", "a month", "count"),
        Column("years", "years", "number_1"),
        Column("known", "known"),
    )
    return Table("years", "Years of production, at the rates on record", columns, rows, more=("source",))


def _replaced(result: Sustain) -> Table:
    """Return the years to make anew what was allocated."""
    rows = tuple({**asdict(row), "name": _LABELS[row.equipment]} for row in result.replaced)
    columns = [
        Column("name", "", "name"),
        Column("pieces", "allocated", "count"),
        Column("per_year", "made a year", "count"),
        Column("years", "years", "number_1"),
    ]
    if any(row.per_year != row.per_year_target for row in result.replaced):
        columns.append(Column("years_target", "with the scenario", "number_1"))
    return Table(
        "replaced",
        "Years to make anew what was allocated, at rates that are judged or assumed",
        tuple(columns),
        rows,
    )


def _accounts(result: Sustain) -> Table:
    """Return the accounts by class and group of donors."""
    rows: tuple[Mapping[str, Any], ...] = tuple(
        {
            **asdict(row),
            "name": _LABELS[row.equipment],
            "donors": DONOR_GROUPS[row.group],
            "lasts": _months(row.months, result.months),
        }
        for row in result.groups
    )
    columns = (
        Column("name", "", "name"),
        Column("donors", "donors", "name"),
        Column("stock", "at the start", "count"),
        Column("floor", "floor", "count"),
        Column("produced", "produced", "count"),
        Column("given", "given", "count"),
        Column("used", "used", "count"),
        Column("end", "at the end", "count"),
        Column("lasts", "months", align="right"),
        Column("grade", "stock is"),
    )
    return Table(
        "accounts", f"Pieces over {result.months} months, medians over draws", columns, rows, folded=True
    )
