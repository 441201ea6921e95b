"""The editions and records that come with foedus: their cards, and where an edition's table stands.

A table is held against the checksum on its card when it is first read: cut or altered, it answers nothing.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from foedus.errors import IntegrityError
from foedus.evidence.cards import Card, read_card
from foedus.files.checksum import sha256_of

__all__ = ["packaged_card", "packaged_cards", "packaged_table", "record_table"]


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
    return tuple(_card(path) for path in paths)


@cache
def _card(path: Path) -> Card:
    """Read a card once."""
    return read_card(path)


@cache
def record_table(record: str, table: str) -> bytes:
    """Read a table of a record, once all of the record's tables are those that its card describes.

    Parameters
    ----------
    record, table : str
        The record's folder, and the table's file without its ending.

    Returns
    -------
    bytes
        The content of the table.

    Raises
    ------
    KeyError
        When the record has no such table: the names are written in the code, so this is a defect.
    IntegrityError
        When a table of the record is missing, cut or altered.
    """
    return _record(record)[table]


@cache
def _record(record: str) -> dict[str, bytes]:
    """Read every table of a record, by name, and hold them against the card."""
    folder = _folder() / "records" / record
    card = _card(folder / "card.yaml")
    try:
        tables = {name: (folder / f"{name}.csv").read_bytes() for name in card.tables}
    except FileNotFoundError as error:
        raise IntegrityError(
            "this table of a record is missing", where=str(error.filename), do="install foedus again"
        ) from error
    if sha256_of(b"".join(tables.values())) != card.sha256:
        raise IntegrityError(
            f"the tables of the record {card.id} are not those that its card describes",
            where=str(folder),
            do="install foedus again",
        )
    return tables


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
