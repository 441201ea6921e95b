"""How many allies meet a guideline by each edition of the figures, and why editions and bases differ.

An edition that prints both spending and GDP can be counted by its own division as well; the shares it prints
may differ from it, because a publisher rounds, forces a cell, or changes the base.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from foedus.axes import country_name
from foedus.errors import InputError
from foedus.evidence import Ledger
from foedus.evidence.cards import Card
from foedus.evidence.publications import StatedCount, stated_counts
from foedus.evidence.rows import FigureRows
from foedus.spending.thresholds import (
    PRINTED,
    SHARE,
    SLACK,
    LevelCount,
    PrintedShare,
    meets,
    members_of_year,
    printed_shares,
    tally,
)
from foedus.units import per_cent

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

Share = TypeVar("Share")

Basis = Literal["published", "computed", "computed-current"]
BASES: dict[str, tuple[tuple[str, str], ...]] = {
    "published": (),
    "computed": (
        ("defence_expenditure_constant_usd_2021", "gdp_constant_usd_2021"),
        ("defence_expenditure_constant_usd_2015", "gdp_constant_usd_2015"),
    ),
    "computed-current": (("defence_expenditure_current_usd", "gdp_current_usd"),),
}
"""How a share comes about: as the publisher prints it, or spending over GDP in constant or current prices, by
the first pair of tables that the edition holds."""


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
        Of how many with a figure that tells; of how many allies for a count that NATO said.
    whole : bool
        Whether the table is held whole, or a figure of every ally with forces; otherwise `meeting` is a lower
        bound.
    why : str
        What makes this count differ from the printed shares of the same edition, who has no figure in it, and
        whose figure is quoted too coarsely to tell.
    """

    edition: str
    published: str
    basis: str
    meeting: int
    reported: int | None
    whole: bool
    why: str


def computed_shares(table: FigureRows, basis: Basis) -> dict[tuple[str, int], float]:
    """Divide an edition's defence expenditure by its GDP.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    basis : {"computed", "computed-current"}
        Constant or current prices.

    Returns
    -------
    dict of (str, int) to float
        Shares by country and year; empty when the edition lacks either table.
    """

    if basis == "published":
        raise InputError("published shares are not computed", do="ask for the basis 'computed'")
    held = set(table.indicators)
    pair = next((pair for pair in BASES[basis] if held.issuperset(pair)), BASES[basis][0])
    spending, gdp = (values_by_key(table, name) for name in pair)
    return {key: paid / gdp[key] for key, paid in spending.items() if gdp.get(key, 0.0) > 0}


def values_by_key(table: FigureRows, indicator: str) -> dict[tuple[str, int], float]:
    """Return one indicator of an edition by country and year.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    indicator : str
        The indicator.

    Returns
    -------
    dict of (str, int) to float
        Values in the indicator's unit.
    """

    rows = table.where(indicator=indicator).select("country", "year", "value")
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
        members = members_of_year(year, card.members_on or card.published)
        table = ledger.table(card.id)
        printed = _at(printed_shares(table), year, members)
        if not printed:
            continue
        shown = _Printed(card, year, guideline, printed, members)
        counts.append(_published_count(shown))
        for basis in ("computed", "computed-current"):
            shares = computed_shares(table, basis)
            here = _at(shares, year, members)
            if here:
                counts.append(_computed_count(shown, basis, here, _forced(table, shares)))
    counts += _quoted(ledger, year, guideline)
    return sorted(counts, key=lambda count: count.published)


def _at(shares: Mapping[tuple[str, int], Share], year: int, members: list[str]) -> dict[str, Share]:
    """Keep the shares of one year's allies."""
    return {code: shares[code, year] for code in members if (code, year) in shares}


def _forced(table: FigureRows, computed: dict[tuple[str, int], float]) -> list[tuple[str, int]]:
    """Find cells printed as exactly 2 % where the edition's own spending over GDP gives another share."""
    printed = values_by_key(table, SHARE)
    return sorted(
        key
        for key, share in printed.items()
        if share == 0.02 and key in computed and abs(computed[key] - share) > 0.5 * PRINTED
    )


@dataclass(frozen=True)
class _Printed:
    """The shares of a year that an edition prints, by ally, and the guideline they are held against."""

    card: Card
    year: int
    guideline: float
    shares: dict[str, PrintedShare]
    members: list[str]

    def tally(self) -> LevelCount:
        """Count who is at the guideline as printed."""
        whole = self.card.covers(SHARE, self.year)
        return tally(self.shares, self.guideline, self.year, self.members, whole=whole)


def _published_count(shown: _Printed) -> EditionCount:
    """Count by the shares as printed; of an edition held in part the count is a lower bound."""
    result = shown.tally()
    whys = []
    if result.open:
        words = (f"{country_name(code)}, {shown.shares[code].words}" for code in result.open)
        whys.append(f"open and not counted: {'; '.join(words)}")
    whole = result.whole or result.exact
    if not whole:
        whys.append("held in part: at least this many")
    elif result.without_figure:
        whys.append(f"no figure: {', '.join(map(country_name, result.without_figure))}")
    return EditionCount(
        edition=shown.card.id,
        published=shown.card.published.isoformat(),
        basis="published",
        meeting=result.meeting,
        reported=result.reported,
        whole=whole,
        why="; ".join(whys),
    )


def _computed_count(
    shown: _Printed, basis: str, shares: dict[str, float], forced: list[tuple[str, int]]
) -> EditionCount:
    """Count by an edition's own division, with the allies that move against the printed shares and why."""
    card, guideline = shown.card, shown.guideline
    printed = {code: share.value for code, share in shown.shares.items()}
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
    """Return the counts that NATO itself said, which are about the 2 % guideline only."""
    if abs(guideline - 0.02) > SLACK:
        return []
    return [
        EditionCount(
            edition=stated.edition,
            published=stated.published.isoformat(),
            basis="quoted",
            meeting=stated.count,
            reported=stated.allies,
            whole=True,
            why="; ".join(filter(None, [stated.note, _day_words(stated)])),
        )
        for stated in stated_counts(ledger.day, year=year)
        if stated.kind == "said"
    ]


def _day_words(stated: StatedCount) -> str:
    """Return that the day of a count is not verified, where it is not."""
    return "the day is not verified" if stated.known == "unverified" else ""
