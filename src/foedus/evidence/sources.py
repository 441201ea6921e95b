"""The source cards: which publications the figures and records come from, since when, and on what terms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.results import Result
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["Sources", "sources"]


@dataclass(frozen=True)
class Sources(Result):
    """The source cards.

    Attributes
    ----------
    cards : tuple of Card
        The oldest first.
    """

    cards: tuple[Card, ...]

    def headline(self) -> str:
        """Return how many sources there are."""
        return f"{len(self.cards)} source{'' if len(self.cards) == 1 else 's'}."

    def tables(self) -> tuple[Table, ...]:
        """Return one row per card, the newest first."""
        rows = tuple(
            {
                "edition": card.id,
                "publisher": card.publisher,
                "title": card.title,
                "published": card.published,
                "day_known": card.published_known,
                "licence": card.licence,
                "rests_on": "; ".join(f"{count:,} on {words}" for words, count in card.rests_on.items()),
                "url": card.url,
                "caveats": " ".join(card.caveats),
            }
            for card in reversed(self.cards)
        )
        columns = (
            Column("edition", "Edition", "name"),
            Column("url", "Publisher and title"),
            Column("published", "Published", "name"),
            Column("day_known", "Day is"),
            Column("licence", "Terms"),
            Column("rests_on", "Figures rest on", blank="the publisher's file"),
            Column("caveats", "Caveats"),
        )
        return (Table("editions", "Sources", columns, rows, more=("publisher", "title")),)

    def payload(self) -> dict[str, Any]:
        """Return the cards in full under ``sources``."""
        return {"sources": list(self.cards)}


def sources(ledger: Ledger, edition: str | None = None) -> Sources:
    """Return the source cards in full.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    edition : str, optional
        One edition; without it, all.

    Returns
    -------
    Sources
        The cards, oldest first.

    Raises
    ------
    UnknownNameError
        When there is no such edition.
    """
    chosen = ledger.edition(edition) if edition is not None else ledger
    return Sources(tuple(chosen.editions.values()))
