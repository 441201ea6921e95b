"""The shares of every year in one pass, and the count of allies at any level in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from foedus.errors import NoDataError
from foedus.spending.counts import Basis
from foedus.spending.status_rows import shares_of
from foedus.spending.thresholds import SHARE, LevelCount, PrintedShare, members_of_year, tally

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["YearShares", "shares_by_year"]


@dataclass(frozen=True)
class YearShares:
    """The shares of one year by the edition that answers for it.

    Attributes
    ----------
    year : int
        The year.
    card : Card
        The edition.
    shares : mapping of str to PrintedShare
        By country.
    allies : tuple of str
        The allies of the year.
    """

    year: int
    card: Card
    shares: Mapping[str, PrintedShare]
    allies: tuple[str, ...]

    def count(self, level: float) -> LevelCount:
        """Count the allies at a level.

        Parameters
        ----------
        level : float
            A fraction of GDP.

        Returns
        -------
        LevelCount
            As :func:`~foedus.spending.status.status` counts them.
        """
        whole = self.card.covers(SHARE, self.year)
        return tally(self.shares, level, self.year, self.allies, whole=whole)


def shares_by_year(
    ledger: Ledger, *, as_of: date | None = None, basis: Basis = "published"
) -> tuple[YearShares, ...]:
    """Return the shares of every year that some edition may answer for, the oldest first.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    as_of : datetime.date, optional
        Only what had been published by this day.
    basis : {"published", "computed", "computed-current"}
        How shares come about; a year whose edition has no spending or GDP is left out.

    Returns
    -------
    tuple of YearShares
        For each year the edition that a question about it alone is answered from.
    """
    ledger = ledger.as_of(as_of) if as_of else ledger
    by_edition: dict[str, Mapping[tuple[str, int], PrintedShare]] = {}
    years = []
    for year in range(*_span(ledger)):
        try:
            figures = ledger.figures(SHARE, year=year)
            if figures.edition not in by_edition:
                by_edition[figures.edition] = shares_of(ledger.table(figures.edition), basis, year)
        except NoDataError:
            continue
        every = by_edition[figures.edition]
        here = {code: share for (code, when), share in every.items() if when == year}
        if here:
            day = min(as_of or figures.card.members_on or figures.card.published, date(year, 12, 31))
            years.append(YearShares(year, figures.card, here, tuple(members_of_year(year, day))))
    return tuple(years)


def _span(ledger: Ledger) -> tuple[int, int]:
    """Return the years from the first to the last with a share, the end excluded."""
    years = {year for card in ledger.carriers(SHARE) for year in _years(ledger, card)}
    return (min(years), max(years) + 1) if years else (0, 0)


def _years(ledger: Ledger, card: Card) -> set[int]:
    """Return the years of which an edition holds a share."""
    return set(ledger.table(card.id).where(indicator=SHARE)["year"])
