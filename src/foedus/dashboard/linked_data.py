"""Editions as schema.org describes data sets, which search engines for data read on the page of sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foedus.catalogue import catalogue
from foedus.evidence.cards import Card
from foedus.evidence.lists import EditionListRow

__all__ = ["data_sets"]


def data_sets(cards: Iterable[Card], held: Iterable[EditionListRow]) -> dict[str, Any]:
    """Return editions as a graph of data sets.

    Parameters
    ----------
    cards : iterable of Card
        The editions that the page shows.
    held : iterable of EditionListRow
        What each edition holds.

    Returns
    -------
    dict
        Plain values; whoever writes them into a page escapes them.
    """
    rows = {row.card.id: row for row in held}
    return {
        "@context": "https://schema.org",
        "@graph": [_data_set(card, rows.get(card.id)) for card in cards],
    }


def _data_set(card: Card, row: EditionListRow | None) -> dict[str, Any]:
    """Return an edition: what it is, who published it when and on which terms, and what it measures."""
    years = row.years if row is not None else None
    measured = [catalogue()[name] for name in row.indicators] if row is not None else []
    return {
        "@type": "Dataset",
        "identifier": card.id,
        "name": card.title,
        "description": f"{card.title}, published by {card.publisher} on {card.published}: edition {card.id}.",
        "creator": {"@type": "Organization", "name": card.publisher},
        "publisher": {"@type": "Organization", "name": card.publisher},
        "datePublished": card.published.isoformat(),
        "license": card.licence,
        "url": card.url,
        "isAccessibleForFree": True,
        **({"temporalCoverage": f"{years[0]}/{years[1]}"} if years else {}),
        **({"variableMeasured": [_measured(e.name, e.label, e.unit) for e in measured]} if measured else {}),
    }


def _measured(name: str, label: str, unit: str) -> dict[str, str]:
    """Return a quantity that a data set measures."""
    return {"@type": "PropertyValue", "name": label, "propertyID": name, "unitText": unit}
