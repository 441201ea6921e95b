"""The source card of a figure, in words: who published it and when, how it is known, what came next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.catalogue import catalogue
from foedus.evidence.cards import Card
from foedus.evidence.publications import publications

__all__ = ["SourceCard", "source_card", "source_cards"]

HOW_KNOWN = {
    "retrieved": "read in the publisher's own table or a copy of it",
    "press": "quoted by the press",
    "unverified": "not verified",
}
"""How a figure or a day is known, in words."""


@dataclass(frozen=True)
class SourceCard:
    """What a reader must know to trust a figure, or not to.

    Attributes
    ----------
    edition, publisher, title, url : str
        Which publication, and the page that a reader can open.
    published : datetime.date
        Its day.
    day_known : str
        How that day is known.
    table : str
        What of it is held: whole tables with their years, or single figures.
    known : str
        Whether its figures were read or quoted.
    terms : str
        The terms of use.
    following : str
        The next publication of the kind that is known, with its day.
    caveats : tuple of str
        What is known to be wrong with it.
    """

    edition: str
    publisher: str
    title: str
    url: str
    published: date
    day_known: str
    table: str
    known: str
    terms: str
    following: str
    caveats: tuple[str, ...]

    def lines(self) -> tuple[tuple[str, str], ...]:
        """Return the card as headings and words, in the order of reading."""
        return (
            ("Published", f"{self.published}; the day is {self.day_known}"),
            ("Held", self.table),
            ("Known", self.known),
            ("Terms", self.terms),
            ("Next", self.following),
            *(("To know", line) for line in self.caveats),
        )


def source_card(card: Card, *, day: date | None = None, row: Mapping[str, Any] | None = None) -> SourceCard:
    """Return the source card of an edition, or of one of its figures.

    Parameters
    ----------
    card : Card
        The edition's card.
    day : datetime.date, optional
        Name no later publication than had come out by this day.
    row : mapping, optional
        The figure: its ``known`` says how this one is known; without it, how those of the edition are.

    Returns
    -------
    SourceCard
        For pages, files and the command line.
    """
    known = HOW_KNOWN.get((row or {}).get("known", ""), "")
    rests = ", ".join(f"{count:,} on {words}" for words, count in card.rests_on.items())
    if not known:
        known = f"read from copies; of its figures rest {rests}" if rests else HOW_KNOWN["retrieved"]
    return SourceCard(
        edition=card.id,
        publisher=card.publisher,
        title=card.title,
        url=card.url,
        published=card.published,
        day_known=HOW_KNOWN[card.published_known],
        table=_held(card),
        known=known,
        terms=card.licence,
        following=_following(card, day),
        caveats=card.caveats,
    )


def source_cards(cards: Iterable[Card], *, day: date | None = None) -> tuple[SourceCard, ...]:
    """Return the source cards of editions, the newest first."""
    newest = sorted(cards, key=lambda card: (card.published, card.id), reverse=True)
    return tuple(source_card(card, day=day) for card in newest)


def _held(card: Card) -> str:
    """Write which tables are held whole."""
    if card.kind == "record":
        return f"tables of a record: {', '.join(card.tables)}" if card.tables else "a record"
    known = catalogue()
    whole = [
        f"{known[name].label}, {first} to {last}"
        for name, (first, last) in card.complete.items()
        if name in known
    ]
    more = len(whole) - 3
    words = "; ".join(whole[:3])
    return f"whole: {words}{f'; and {more} more tables' if more > 0 else ''}" if whole else "single figures"


def _following(card: Card, day: date | None) -> str:
    """Write which publication of the kind came next, as far as is known."""
    if card.series != "nato-defence-expenditure":
        return "no later edition is known here"
    tables = [p for p in publications(day) if not p.edition.startswith("nato-statement")]
    later = [p for p in tables if p.published > card.published]
    if not later:
        return "no later edition is known"
    return f"{later[0].edition}, {later[0].day_in_words}"
