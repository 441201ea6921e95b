"""What NATO has printed of the years after the arms race's last: a figure stands before any path."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.evidence.aggregates import growth
from foedus.spending.thresholds import SHARE
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["PrintedGrowth", "printed_since"]

EUROPE = "NATO_EUR"


@dataclass(frozen=True)
class PrintedGrowth:
    """Real growth of NATO Europe's spending in a year that has been printed.

    Attributes
    ----------
    year : int
        The year.
    growth : float
        Growth of the same members on the year before, a fraction.
    edition : str
        The edition that prints it.
    """

    year: int
    growth: float
    edition: str

    @property
    def words(self) -> str:
        """The year and its growth."""
        return f"{per_cent(self.growth, 1)} in {self.year}"


def printed_since(known: Ledger, start: int) -> tuple[PrintedGrowth, ...]:
    """Return the growth of NATO Europe in the years after one that the newest edition prints.

    Parameters
    ----------
    known : Ledger
        The figures, as of a day.
    start : int
        The last year that the equations know.

    Returns
    -------
    tuple of PrintedGrowth
        In the order of their years; none where no edition prints one.
    """
    cards = [card for card in known.carriers(SHARE) if card.id.startswith("nato-")]
    newest = max(cards, key=lambda card: card.published, default=None)
    if newest is None:
        return ()
    table = known.table(newest.id)
    changes = ((year, growth(table, EUROPE, year)) for year in range(start + 1, newest.published.year + 1))
    return tuple(
        PrintedGrowth(year, change.same_members, newest.id)
        for year, change in changes
        if change is not None and change.same_members is not None
    )
