"""What the columns of exported figures hold, and the description of such a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from foedus.evidence.cards import Card
from foedus.evidence.rows import FigureRows
from foedus.frames.package import PackageSource, write_data_package

__all__ = ["COLUMN_NOTES", "describe_export", "package_sources"]

COLUMN_NOTES: Mapping[str, str] = {
    "indicator": "The indicator's name in the catalogue of foedus.",
    "label": "The indicator in words.",
    "country": "ISO 3166 alpha-3 code, XKX for Kosovo, or an aggregate such as NATO_EUROPE_CANADA.",
    "country_name": "The country in English.",
    "cow": "The state's number in the list of Correlates of War.",
    "gw": "The state's number in the list of Gleditsch and Ward.",
    "year": "The calendar year.",
    "value": "The figure in its unit: shares as fractions of one, money in single units, people singly.",
    "unit": "The unit of value.",
    "currency": "Of an amount in national currency, its ISO 4217 code.",
    "price_basis": "At whose prices money is counted: current, constant, constant of a year, or none.",
    "status": "actual, estimate or projection, as the publisher has it.",
    "known": "How the figure is known: retrieved, press or unverified.",
    "note": "What the publisher or foedus says of the figure.",
    "rests_on": "What a figure that was not read in the publisher's own file rests on.",
    "printed_to": "The last digit that the publisher prints, in the unit of value.",
    "edition": "The edition of the source that gives the figure.",
    "published": "The day that edition came out.",
    "publisher": "Who published it.",
    "title": "What it is called.",
    "url": "Where it can be read.",
    "licence": "The publisher's terms.",
    "table": "Which table of aid.",
    "donor": "The donor: an alpha-3 code, or the European Union's institutions; empty for all.",
    "donor_name": "The donor in English.",
    "region": "The group of donors.",
    "month": "The month, 1 to 12; empty for a year or for all months.",
    "what": "A kind of aid that is allocated, committed, a route, or a class of weapons.",
}
"""What each column holds."""


def package_sources(cards: Iterable[Card]) -> list[PackageSource]:
    """Return editions as the sources of a file, each once."""
    return [
        PackageSource(card.id, card.title, card.publisher, str(card.published), card.url, card.licence)
        for card in {card.id: card for card in cards}.values()
    ]


def describe_export(path: Path, rows: FigureRows, title: str, cards: Iterable[Card]) -> Path:
    """Write what a file of figures holds beside it; see :func:`foedus.frames.package.write_data_package`.

    Parameters
    ----------
    path : pathlib.Path
        The file, which has been written.
    rows : FigureRows
        What it holds.
    title : str
        The same in a line.
    cards : iterable of Card
        The source cards of its editions.

    Returns
    -------
    pathlib.Path
        The description.
    """
    sources = package_sources(cards)
    return write_data_package(path, rows.schema, title=title, notes=COLUMN_NOTES, sources=sources)
