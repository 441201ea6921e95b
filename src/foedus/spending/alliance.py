"""The Alliance as a whole in a year: its share, spending and growth, and the part of the United States."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.axes import country_name
from foedus.evidence.aggregates import LEFT_OUT, SPENDING, aggregate_rows, growth
from foedus.evidence.rows import FigureRows
from foedus.spending.thresholds import SHARE

__all__ = ["AllianceRow", "alliance_rows"]


@dataclass(frozen=True)
class AllianceRow:
    """An aggregate, or the United States beside them, in one year by one edition.

    Attributes
    ----------
    country, name : str
        Code and label.
    share : float or None
        Spending over GDP, a fraction.
    spending_usd : float or None
        Spending in the constant US dollars of `price_basis`.
    price_basis : str
        Its prices.
    part_of_nato : float or None
        Spending over that of all allies, a fraction.
    growth : float or None
        Real growth on the year before, of the totals as printed.
    growth_same_members : float or None
        Real growth of the members of the year, in both years.
    same_members : int
        How many allies that is.
    joined, without : tuple of str
        Who joined since the year before, and whom the growth of the same members leaves out for want of a
        figure.
    status : str
        What the publisher calls the spending.
    """

    country: str
    name: str
    share: float | None
    spending_usd: float | None
    price_basis: str
    part_of_nato: float | None
    growth: float | None
    growth_same_members: float | None
    same_members: int
    joined: tuple[str, ...]
    without: tuple[str, ...]
    status: str


def alliance_rows(table: FigureRows, year: int) -> tuple[AllianceRow, ...]:
    """Return the aggregates and the United States in a year.

    Parameters
    ----------
    table : FigureRows
        Every figure of one edition.
    year : int
        The year.

    Returns
    -------
    tuple of AllianceRow
        NATO first; empty where the edition gives no total of spending.
    """
    parts = (table.where(indicator=name, year=year) for name in (*SPENDING, SHARE))
    held = {(r["indicator"], r["country"]): r for part in parts for r in part.to_dicts()}
    spending = next((name for name in SPENDING if any(key[0] == name for key in held)), SPENDING[0])
    for indicator in (spending, SHARE):
        for code in LEFT_OUT:
            for row in aggregate_rows(table, indicator, code, (year, year)):
                held[indicator, code] = row
    total = held.get((spending, "NATO"))
    rows = []
    for code in (*LEFT_OUT, "USA"):
        paid, share = held.get((spending, code)), held.get((SHARE, code))
        if paid is None and share is None:
            continue
        change = growth(table, code, year)
        rows.append(
            AllianceRow(
                country=code,
                name=country_name(code),
                share=share["value"] if share else None,
                spending_usd=paid["value"] if paid else None,
                price_basis=f"constant {spending[-4:]} USD",
                part_of_nato=paid["value"] / total["value"] if paid and total else None,
                growth=change.printed if change else None,
                growth_same_members=change.same_members if change else None,
                same_members=change.allies if change else 0,
                joined=change.joined if change else (),
                without=change.without if change else (),
                status=(paid or share or {})["status"],
            )
        )
    return tuple(rows)
