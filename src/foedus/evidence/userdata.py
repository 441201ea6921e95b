"""The user's data folder: editions imported from publishers' own files.

Each edition is two files in ``editions/``: the table ``<id>.csv`` and the card ``<id>.yaml``. Both are
written to temporary files that then take their names, see :mod:`foedus.evidence.replacing`, so that an
edition is there whole or not at all, and so is the one that it replaces. The folder is the platform's data
folder for foedus, or the one that the environment variable ``FOEDUS_DATA`` names.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from foedus.errors import InputError, IntegrityError, StorageError
from foedus.evidence.cards import Card, dump_card, read_card
from foedus.evidence.figure_tables import read_table, table_text
from foedus.evidence.packaged import packaged_card, packaged_table
from foedus.evidence.replacing import replace_pair, restore
from foedus.evidence.rows import FigureRows
from foedus.files.checksum import sha256_of
from foedus.files.sweeping import sweep
from foedus.files.writing import stage

if TYPE_CHECKING:
    from foedus.evidence.ingest import Imported

__all__ = [
    "FigureComparison",
    "Saved",
    "cache_folder",
    "compare_figures",
    "data_folder",
    "save_edition",
    "user_editions",
    "write_edition",
]


@dataclass(frozen=True)
class FigureComparison:
    """How two tables of figures differ, keyed by indicator, country and year.

    Attributes
    ----------
    equal, differing, added, absent : int
        Figures with the same value and status in both; with another value or status; only in the new table;
        only in the old one. Values are the same to the digits compared, see :func:`compare_figures`.
    """

    equal: int
    differing: int
    added: int
    absent: int

    @property
    def identical(self) -> bool:
        """Whether the two tables hold the same figures."""
        return not (self.differing or self.added or self.absent)


@dataclass(frozen=True)
class Saved:
    """What became of an edition that was to be saved.

    Attributes
    ----------
    edition : str
        Its id.
    outcome : {"new", "unchanged", "replaced"}
        Whether it was written for the first time, was there already, or took the place of other figures.
    path : pathlib.Path
        The table of figures.
    packaged : FigureComparison or None
        The comparison with the packaged edition of the same id, where there is one.
    message : str
        What happened, in one sentence.
    """

    edition: str
    outcome: Literal["new", "unchanged", "replaced"]
    path: Path
    packaged: FigureComparison | None
    message: str


def data_folder() -> Path:
    """Return the user's data folder; it need not exist.

    Returns
    -------
    pathlib.Path
        ``$FOEDUS_DATA``, or the platform's data folder for foedus.
    """
    own = os.environ.get("FOEDUS_DATA")
    if own:
        return Path(own).expanduser()
    from platformdirs import user_data_dir

    return Path(user_data_dir("foedus", appauthor=False))


def cache_folder() -> Path:
    """Return the user's cache folder, for what can be computed again; it need not exist.

    Returns
    -------
    pathlib.Path
        ``$FOEDUS_CACHE``, or the platform's cache folder for foedus.
    """
    own = os.environ.get("FOEDUS_CACHE")
    if own:
        return Path(own).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("foedus", appauthor=False))


def user_editions(folder: Path | None = None) -> list[tuple[Card, Path]]:
    """Return the editions in the user's data folder.

    Parameters
    ----------
    folder : pathlib.Path, optional
        The data folder; by default :func:`data_folder`.

    Returns
    -------
    list of (Card, pathlib.Path)
        Each edition's card and table, by id. A table without a card is a write that was cut short, and is
        passed over.

    Raises
    ------
    FileFormatError
        When a card cannot be read.
    StorageError
        When the folder cannot be read.
    IntegrityError
        When a card's table is not the one the card was written for.
    """
    editions = (folder or data_folder()) / "editions"
    try:
        restore(editions)
        cards = sorted(editions.glob("*.yaml")) if editions.is_dir() else []
        return [_user_edition(path) for path in cards if not path.name.startswith(".")]
    except OSError as error:
        raise StorageError(
            f"the data folder cannot be read ({error.strerror})",
            where=str(editions),
            do="check its permissions, or set FOEDUS_DATA to another folder",
        ) from error


def _user_edition(path: Path) -> tuple[Card, Path]:
    """Read one card and hold its table against it."""
    card = read_card(path)
    table = path.with_suffix(".csv")
    if not table.is_file() or (card.sha256 and sha256_of(table) != card.sha256):
        state = "differs from the one its card describes" if table.is_file() else "is missing"
        raise IntegrityError(
            f"the table of edition {card.id} {state}",
            where=str(table),
            do=f"remove {path.name} and {table.name} and import the publisher's file again",
        )
    return card, table


def save_edition(imported: Imported, replace: bool = False, *, folder: Path | None = None) -> Saved:
    """Save an imported edition in the user's data folder.

    Parameters
    ----------
    imported : Imported
        What an importer gave.
    replace : bool, default False
        Put it in the place of an edition of the same id with other figures.
    folder : pathlib.Path, optional
        The data folder; by default :func:`data_folder`.

    Returns
    -------
    Saved
        What became of it.

    Raises
    ------
    InputError
        When an edition of that id is there with other figures or another day, and `replace` is not given.
    StorageError
        When the folder cannot be written; what was there before is left as it was.
    """
    card = imported.card
    editions = (folder or data_folder()) / "editions"
    table, card_path = editions / f"{card.id}.csv", editions / f"{card.id}.yaml"
    packaged = _against_packaged(imported)
    outcome: Literal["new", "replaced"] = "new"
    _restore(editions)
    if card_path.is_file() and table.is_file():
        old = read_card(card_path)
        change = compare_figures(read_table(table), imported.figures, exact=True)
        if change.identical and old.published == card.published:
            return Saved(card.id, "unchanged", table, packaged, _message("unchanged", imported, packaged))
        if not replace:
            raise _refusal(old, card, change, table)
        outcome = "replaced"
    write_edition(editions, card, table_text(imported.figures))
    return Saved(card.id, outcome, table, packaged, _message(outcome, imported, packaged))


def _restore(editions: Path) -> None:
    """Put back files that a killed import had set aside."""
    try:
        restore(editions)
    except OSError as error:
        raise _unwritten(editions, error) from error


def _refusal(old: Card, new: Card, change: FigureComparison, table: Path) -> InputError:
    """Write why an edition does not take the place of another unasked."""
    difference = (
        f"as published on {old.published} and not {new.published}"
        if change.identical
        else f"with other figures ({change.differing} differ, {change.added} are new, "
        f"{change.absent} would go)"
    )
    return InputError(
        f"edition {new.id} is there already {difference}",
        where=str(table),
        do="give --replace to put this one in its place, or --edition to give it another name",
    )


def compare_figures(old: FigureRows, new: FigureRows, *, exact: bool = False) -> FigureComparison:
    """Compare two tables of figures.

    Two values are equal when they are within half a unit of the coarser of the two printed precisions. That
    is the unit of the last digit: as a figure states it, else the finest digit that an indicator shows
    anywhere in its table. Copies drop digits further on, so values also count as equal to one part in two
    million.

    Parameters
    ----------
    old, new : FigureRows
        With the columns of :data:`foedus.evidence.cards.FIGURE_SCHEMA`.
    exact : bool, default False
        Compare to the last bit instead, as when one table shall take the place of the other.

    Returns
    -------
    FigureComparison
        Counts of figures.
    """

    before, after = _with_units(old), _with_units(new)
    pairs = [(cell, after[key]) for key, cell in before.items() if key in after]
    equal = sum(_is_equal(one, other, exact=exact) for one, other in pairs)
    return FigureComparison(equal, len(pairs) - equal, len(after) - len(pairs), len(before) - len(pairs))


def _is_equal(one: _Cell, other: _Cell, *, exact: bool) -> bool:
    """Whether two figures are the same within the digits that were printed."""
    distance = abs(one.value - other.value)
    size = max(abs(one.value), abs(other.value))
    tolerance = 0.0 if exact else max(_HALF * max(one.unit, other.unit), _COPIED * size)
    return distance <= tolerance and one.status == other.status


class _Cell(NamedTuple):
    """A figure with the unit of its last printed digit."""

    value: float
    status: str
    unit: float


_HALF = 0.5 + 1e-6
"""Half a unit, and the rounding of binary numbers."""

_COPIED = 5e-7
"""The least relative difference that counts: copies keep seven significant digits."""

_ENOUGH = 3
"""Figures of an indicator from which its printed digits are read off; fewer may be round by chance."""


def _with_units(figures: FigureRows) -> dict[tuple[str, str, int], _Cell]:
    """Return figures by their keys, with the unit of the last printed digit, stated or read off the table."""
    out = {}
    for indicator in dict.fromkeys(figures["indicator"]):
        rows = figures.where(indicator=indicator)
        digits = (Decimal(f"{value:.12g}").normalize().as_tuple().exponent for value in rows["value"])
        exponent = min((d for d in digits if isinstance(d, int)), default=0)
        finest = 10.0**exponent if len(rows) >= _ENOUGH else 0.0
        for country, year, value, status, unit in rows.select(
            "country", "year", "value", "status", "printed_to"
        ):
            out[indicator, country, year] = _Cell(value, status, finest if unit is None else unit)
    return out


def _against_packaged(imported: Imported) -> FigureComparison | None:
    """Compare with the packaged edition of the same id, if there is one."""
    card = packaged_card(imported.card.id)
    if card is None:
        return None
    return compare_figures(read_table(packaged_table(card.id), sha256=card.sha256), imported.figures)


def _message(outcome: str, imported: Imported, packaged: FigureComparison | None) -> str:
    """Write what happened in one sentence."""
    count = f"{len(imported.figures):,}"
    verb = {
        "unchanged": "was there already with",
        "new": "now holds",
        "replaced": "was replaced and now holds",
    }
    message = f"Edition {imported.card.id} {verb[outcome]} {count} figures"
    if packaged is None:
        return f"{message}."
    if packaged.identical:
        return f"{message}; it equals the packaged edition in all {count} figures."
    return (
        f"{message}; it answers in place of the packaged edition: {packaged.equal:,} figures are equal, "
        f"{packaged.differing:,} differ, {packaged.added:,} are new and {packaged.absent:,} are gone."
    )


def write_edition(editions: Path, card: Card, text: str) -> None:
    """Write an edition's table and card into a folder, whole and both or not at all.

    Parameters
    ----------
    editions : pathlib.Path
        The folder; it is made where it is not there.
    card : Card
        The card.
    text : str
        The table.

    Raises
    ------
    StorageError
        When the folder cannot be written; what was there before is left as it was.
    """
    table, card_path = editions / f"{card.id}.csv", editions / f"{card.id}.yaml"
    try:
        editions.mkdir(parents=True, exist_ok=True)
        sweep(editions)
        # Both are staged whole before either takes its name, so that a full disk changes nothing.
        staged_table = stage(table, text.encode())
        try:
            staged_card = stage(card_path, dump_card(card).encode())
        except OSError:
            staged_table.unlink(missing_ok=True)
            raise
        try:
            replace_pair(staged_table, table, staged_card, card_path)
        finally:
            staged_table.unlink(missing_ok=True)
            staged_card.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritten(editions, error) from error


def _unwritten(editions: Path, error: OSError) -> StorageError:
    """Make the error for a folder that cannot be written."""
    return StorageError(
        f"the edition cannot be written ({error.strerror})",
        where=str(editions),
        do="free space or check the folder's permissions, or set FOEDUS_DATA to another folder",
    )
