"""The rows of who meets a guideline: each ally against every level asked about, with the gaps in money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.axes import country_name, is_aggregate
from foedus.errors import NoDataError
from foedus.evidence.aggregates import SPENDING, aggregate_rows
from foedus.evidence.cards import Card
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.ledger import Ledger
from foedus.evidence.rows import FigureRows
from foedus.spending.counts import Basis, computed_shares, values_by_key
from foedus.spending.thresholds import SHARE, PrintedShare, Standing, printed_shares

__all__ = ["Equipment", "LevelGap", "StatusRow", "equipment_of", "shares_of", "status_rows"]


@dataclass(frozen=True)
class LevelGap:
    """One ally against one level.

    Attributes
    ----------
    level : float
        The level, a fraction of GDP.
    standing : {"at", "below", "open", "none"}
        Where the share stands, as printed; "none" without a figure.
    gap : float or None
        Share less level, a fraction (times 100: percentage points).
    gap_usd : float or None
        The gap in money (negative: what is missing), in the constant US dollars of the row's
        `gap_price_basis`; the base is the GDP that spending and share imply.
    """

    level: float
    standing: Standing | Literal["none"]
    gap: float | None
    gap_usd: float | None


@dataclass(frozen=True)
class StatusRow:
    """One ally against the guideline, and against the other levels in force.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name; or an aggregate's, where it was asked for.
    share : float or None
        Defence expenditure over GDP, a fraction; None where the edition has no figure.
    meets : bool or None
        Whether the share, as printed, is at or above the guideline; None where that is open or there is none.
    gap, gap_usd : float or None
        To the guideline, as in :class:`LevelGap`.
    gap_price_basis : str
        The price basis of the gaps in money.
    equipment_share : float or None
        Equipment over defence expenditure, a fraction.
    equipment_edition : str
        The edition that the share of equipment is from; empty where no edition has one.
    change_since_2014 : float or None
        Share less the share of 2014 in the same edition, a fraction.
    status, known, note : str
        Of the share: what the publisher calls it, how it is known, and any remark.
    levels : tuple of LevelGap
        The guideline first, then the other levels.
    """

    country: str
    name: str
    share: float | None
    meets: bool | None
    gap: float | None
    gap_usd: float | None
    gap_price_basis: str
    equipment_share: float | None
    equipment_edition: str
    change_since_2014: float | None
    status: str
    known: str
    note: str
    levels: tuple[LevelGap, ...]


@dataclass(frozen=True)
class Equipment:
    """The parts of spending that went into equipment in a year.

    Attributes
    ----------
    edition : str
        The edition that holds them; empty where none does.
    shares : mapping of str to float
        Fractions of defence expenditure by country and aggregate.
    """

    edition: str
    shares: Mapping[str, float]


def equipment_of(ledger: Ledger, card: Card, year: int, countries: Sequence[str]) -> Equipment:
    """Return the shares of equipment of a year: the edition's own, or those of the newest that holds them.

    Parameters
    ----------
    ledger : Ledger
        The figures that may answer.
    card : Card
        The edition of the shares of GDP.
    year : int
        The year.
    countries : sequence of str
        Alpha-3 codes and aggregates.

    Returns
    -------
    Equipment
        Empty where no edition holds any of the year.
    """
    name = "equipment_share"
    try:
        edition = card.id if card.covers(name, year) else ledger.figures(name, year=year).edition
    except NoDataError:
        return Equipment("", {})
    table = ledger.table(edition)
    wanted = [code for code in countries if is_aggregate(code)]
    rows = [row for code in wanted for row in aggregate_rows(table, name, code, (year, year))]
    held = [*table.where(indicator=name, year=year).to_dicts(), *rows]
    return Equipment(edition, {row["country"]: row["value"] for row in held})


def shares_of(table: FigureRows, basis: Basis, year: int) -> Mapping[tuple[str, int], PrintedShare]:
    """Return an edition's shares by country and year, as printed or by its own division.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    basis : {"published", "computed", "computed-current"}
        How the shares come about.
    year : int
        The year that must be there.

    Returns
    -------
    mapping of (str, int) to PrintedShare
        Fractions of GDP.

    Raises
    ------
    NoDataError
        When the edition lacks the spending or the GDP of the year.
    """
    if basis == "published":
        return printed_shares(table)
    shares = {key: PrintedShare(value) for key, value in computed_shares(table, basis).items()}
    if not any(key[1] == year for key in shares):
        edition = table["edition"][0]
        raise NoDataError(
            f"edition {edition} lacks the spending or the GDP of {year} that the basis {basis} needs",
            do="ask for the basis published, or an edition that holds both",
        )
    return shares


def status_rows(
    table: FigureRows,
    shares: Mapping[tuple[str, int], PrintedShare],
    year: int,
    levels: Sequence[float],
    countries: Iterable[str],
    equipment: Equipment,
) -> tuple[StatusRow, ...]:
    """Build one row per ally or aggregate from one edition, the highest share first.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    shares : mapping of (str, int) to PrintedShare
        The shares to judge, by country and year.
    year : int
        The year.
    levels : sequence of float
        The guideline, and the other levels; fractions of GDP.
    countries : iterable of str
        Whom to list.
    equipment : Equipment
        The shares of equipment of the year.

    Returns
    -------
    tuple of StatusRow
        Those without a figure stand last.
    """
    codes = list(countries)
    table = _with_aggregates(table, codes, year)
    shares = {**_aggregate_shares(table, codes), **shares}
    held = [name for name in SPENDING if values_by_key(table, name)]
    spending = values_by_key(table, held[0]) if held else {}
    prices = f"constant {held[0][-4:]} USD" if held else ""
    of_year = table.where(indicator=SHARE, year=year)
    meta = {row["country"]: row for row in of_year.to_dicts()}
    rows = []
    for code in codes:
        share, base, about = shares.get((code, year)), shares.get((code, 2014)), meta.get(code, {})
        gaps = tuple(_gap(share, spending.get((code, year)), level) for level in levels)
        first = gaps[0]
        rows.append(
            StatusRow(
                country=code,
                name=country_name(code),
                share=share.value if share else None,
                meets={"at": True, "below": False}.get(first.standing),
                gap=first.gap,
                gap_usd=first.gap_usd,
                gap_price_basis=prices,
                equipment_share=equipment.shares.get(code),
                equipment_edition=equipment.edition if code in equipment.shares else "",
                change_since_2014=share.value - base.value if share and base else None,
                status=about.get("status", ""),
                known=about.get("known", ""),
                note=_note(code, share, about.get("note", "")),
                levels=gaps,
            )
        )
    return tuple(sorted(rows, key=lambda r: (r.share is None, -(r.share or 0.0), r.country)))


def _gap(share: PrintedShare | None, paid: float | None, level: float) -> LevelGap:
    """Return where one share stands against one level."""
    if share is None:
        return LevelGap(level, "none", None, None)
    gap = share.value - level
    money = paid * gap / share.value if paid is not None and share.value else None
    return LevelGap(level, share.standing(level), gap, money)


def _note(code: str, share: PrintedShare | None, note: str) -> str:
    """Return the remark on an ally's figure: the publisher's, or why there is none."""
    if share is None and code in WITHOUT_FORCES:
        return "no armed forces, not counted"
    return note


def _with_aggregates(table: FigureRows, codes: Sequence[str], year: int) -> FigureRows:
    """Add the figures of the aggregates asked for that the edition does not print."""

    wanted = [code for code in codes if is_aggregate(code)]
    names = (SHARE, *SPENDING)
    rows = [
        row
        for code in wanted
        for name in names
        for when in (2014, year)
        for row in aggregate_rows(table, name, code, (when, when))
    ]
    return table.plus(rows) if rows else table


def _aggregate_shares(table: FigureRows, codes: Sequence[str]) -> dict[tuple[str, int], PrintedShare]:
    """Return the shares of the aggregates asked for."""
    wanted = {code for code in codes if is_aggregate(code)}
    return {key: share for key, share in printed_shares(table).items() if key[0] in wanted} if wanted else {}
