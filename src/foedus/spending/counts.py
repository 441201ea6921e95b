"""How many allies meet a guideline by each edition of the figures, and why editions and bases differ.

An edition that prints both spending and GDP can be counted by its own division as well; the shares it prints
may differ from it, because a publisher rounds, forces a cell, or changes the base.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from foedus.axes import country_name
from foedus.errors import InputError, NoDataError
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.units import per_cent

if TYPE_CHECKING:
    import polars as pl

__all__ = [
    "BASES",
    "SHARE",
    "Basis",
    "EditionCount",
    "computed_shares",
    "edition_counts",
    "meets",
    "values_by_key",
]

SHARE = "defence_expenditure_share_of_gdp"
PRINTED_DIGITS = 4
"""Decimals of a fraction that NATO prints: 0.01 per cent."""

Basis = Literal["published", "computed", "computed-current"]
BASES: dict[str, tuple[str, str] | None] = {
    "published": None,
    "computed": ("defence_expenditure_constant_usd_2015", "gdp_constant_usd_2015"),
    "computed-current": ("defence_expenditure_current_usd", "gdp_current_usd"),
}
"""How a share comes about: as the publisher prints it, or spending over GDP in constant or current prices."""


@dataclass(frozen=True)
class EditionCount:
    """How many allies meet the guideline by one edition and basis.

    Attributes
    ----------
    edition, published, basis : str
        The edition, its day, and "published", "computed", "computed-current" or "quoted".
    meeting : int
        How many allies meet the guideline.
    reported : int or None
        Of how many with a figure; None for a quoted count.
    whole : bool
        Whether the edition holds the whole table; otherwise `meeting` is a lower bound.
    why : str
        What makes this count differ from the printed shares of the same edition.
    """

    edition: str
    published: str
    basis: str
    meeting: int
    reported: int | None
    whole: bool
    why: str


def meets(share: float, guideline: float) -> bool:
    """Whether a share, as printed to 0.01 per cent, is at or above a guideline.

    Parameters
    ----------
    share : float
        A fraction of GDP.
    guideline : float
        A fraction of GDP.

    Returns
    -------
    bool
        True at the guideline itself.
    """
    return round(share, PRINTED_DIGITS) >= guideline - 1e-12


def computed_shares(table: pl.DataFrame, basis: Basis) -> dict[tuple[str, int], float]:
    """Divide an edition's defence expenditure by its GDP.

    Parameters
    ----------
    table : polars.DataFrame
        Every figure of the edition.
    basis : {"computed", "computed-current"}
        Constant or current prices.

    Returns
    -------
    dict of (str, int) to float
        Shares by country and year; empty when the edition lacks either table.
    """
    import polars as pl

    pair = BASES[basis]
    if pair is None:
        raise InputError("published shares are not computed", do="ask for the basis 'computed'")
    spending, gdp = (
        table.filter(pl.col("indicator") == name).select("country", "year", "value") for name in pair
    )
    joined = spending.join(gdp, on=["country", "year"], suffix="_gdp").filter(pl.col("value_gdp") > 0)
    rows = joined.select("country", "year", pl.col("value") / pl.col("value_gdp")).iter_rows()
    return {(country, year): share for country, year, share in rows}


def values_by_key(table: pl.DataFrame, indicator: str) -> dict[tuple[str, int], float]:
    """Return one indicator of an edition by country and year.

    Parameters
    ----------
    table : polars.DataFrame
        Every figure of the edition.
    indicator : str
        The indicator.

    Returns
    -------
    dict of (str, int) to float
        Values in the indicator's unit.
    """
    import polars as pl

    rows = table.filter(pl.col("indicator") == indicator).select("country", "year", "value").iter_rows()
    return {(country, year): value for country, year, value in rows}


def edition_counts(ledger: Ledger, year: int, guideline: float) -> list[EditionCount]:
    """Count the allies at a guideline by every edition that may answer, and by each basis it allows.

    Parameters
    ----------
    ledger : Ledger
        The editions that may answer.
    year : int
        The year.
    guideline : float
        The level, a fraction of GDP.

    Returns
    -------
    list of EditionCount
        By day of publication.
    """
    counts: list[EditionCount] = []
    for card in sorted(ledger.carriers(SHARE), key=lambda c: (c.published, c.id)):
        members = ledger.members(card.members_on or card.published)
        table = ledger.table(card.id)
        printed = _at(values_by_key(table, SHARE), year, members)
        if not printed:
            continue
        meeting = sorted(code for code, share in printed.items() if meets(share, guideline))
        counts.append(
            EditionCount(
                edition=card.id,
                published=card.published.isoformat(),
                basis="published",
                meeting=len(meeting),
                reported=len(printed),
                whole=card.covers(SHARE, year),
                why="" if card.covers(SHARE, year) else "quoted points only: at least this many",
            )
        )
        shown = _Printed(card, year, guideline, printed)
        for basis in ("computed", "computed-current"):
            shares = computed_shares(table, basis)
            here = _at(shares, year, members)
            if here:
                counts.append(_computed_count(shown, basis, here, _forced(table, shares)))
    counts += _quoted(ledger, year, guideline)
    return sorted(counts, key=lambda count: count.published)


def _at(shares: dict[tuple[str, int], float], year: int, members: list[str]) -> dict[str, float]:
    """Keep the shares of one year's allies."""
    return {code: shares[code, year] for code in members if (code, year) in shares}


def _forced(table: pl.DataFrame, computed: dict[tuple[str, int], float]) -> list[tuple[str, int]]:
    """Find cells printed as exactly 2 % where the edition's own spending over GDP gives another share."""
    printed = values_by_key(table, SHARE)
    return sorted(
        key
        for key, share in printed.items()
        if share == 0.02 and key in computed and abs(computed[key] - share) > 0.5 * 10**-PRINTED_DIGITS
    )


@dataclass(frozen=True)
class _Printed:
    """The shares of a year that an edition prints, by ally, and the guideline they are held against."""

    card: Card
    year: int
    guideline: float
    shares: dict[str, float]


def _computed_count(
    shown: _Printed, basis: str, shares: dict[str, float], forced: list[tuple[str, int]]
) -> EditionCount:
    """Count by an edition's own division, with the allies that move against the printed shares and why."""
    card, guideline, printed = shown.card, shown.guideline, shown.shares
    moved = [
        f"{country_name(code)} is printed at {per_cent(printed[code])} and computed at {per_cent(share, 3)}"
        for code, share in sorted(shares.items())
        if code in printed and meets(share, guideline) != meets(printed[code], guideline)
    ]
    cells = ", ".join(f"{country_name(code)} {when}" for code, when in forced)
    why = "; ".join(moved)
    if forced and basis == "computed":
        why += f"{'; ' if why else ''}the edition prints {len(forced)} cells as exactly 2.00 % ({cells})"
    return EditionCount(
        edition=card.id,
        published=card.published.isoformat(),
        basis=basis,
        meeting=sum(meets(share, guideline) for share in shares.values()),
        reported=len(shares),
        whole=card.covers(SHARE, shown.year),
        why=why,
    )


def _quoted(ledger: Ledger, year: int, guideline: float) -> list[EditionCount]:
    """Return the counts that publishers said in words, which are about the 2 % guideline only."""
    if abs(guideline - 0.02) > 1e-12:
        return []
    try:
        frame = ledger.every_edition("allies_meeting_guideline_count", year=year)
    except NoDataError:
        return []
    return [
        EditionCount(
            edition=row["edition"],
            published=ledger.editions[row["edition"]].published.isoformat(),
            basis="quoted",
            meeting=int(row["value"]),
            reported=None,
            whole=True,
            why=row["note"],
        )
        for row in frame.iter_rows(named=True)
    ]
