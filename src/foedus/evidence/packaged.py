"""The editions and records that come with foedus: their cards, and where an edition's table stands."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from foedus.evidence.cards import Card, read_card

__all__ = ["packaged_card", "packaged_cards", "packaged_table"]


def _folder() -> Path:
    """Return the folder that holds ``editions`` and ``records``."""
    return Path(str(resources.files("foedus.evidence")))


@cache
def packaged_cards() -> tuple[Card, ...]:
    """Read the card of every edition and record that comes with foedus.

    Returns
    -------
    tuple of Card
        Editions first; the ledger orders them by day of publication.
    """
    folder = _folder()
    paths = (*sorted(folder.glob("editions/*.yaml")), *sorted(folder.glob("records/*/card.yaml")))
    return tuple(read_card(path) for path in paths)


def packaged_card(edition: str) -> Card | None:
    """Return the card of an edition that comes with foedus.

    Parameters
    ----------
    edition : str
        The edition's name.

    Returns
    -------
    Card or None
        The card; None when no edition of figures of that name comes with foedus.
    """
    cards = {card.id: card for card in packaged_cards() if card.kind == "figures"}
    return cards.get(edition)


def packaged_table(edition: str) -> Path:
    """Return where the table of an edition that comes with foedus stands.

    Parameters
    ----------
    edition : str
        The edition's name.

    Returns
    -------
    pathlib.Path
        ``editions/<edition>.csv``, or ``<edition>.csv.gz`` where it is compressed; the checksum on the card
        is that of the text in either case.
    """
    plain = _folder() / "editions" / f"{edition}.csv"
    packed = plain.with_name(f"{plain.name}.gz")
    return packed if packed.is_file() else plain
