"""Put an edition's table and card in the place of others, and lose nothing if the process is killed.

Two files cannot take their names in one step. So the old ones are set aside first, under names that bear the
number of the process, and go at the end. Whoever next looks into the folder and finds files set aside by a
process that is gone gives them their names back, unless the new ones had taken theirs.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from foedus.files.sweeping import is_running
from foedus.files.writing import write_bytes

__all__ = ["replace_pair", "restore"]

_ASIDE = re.compile(r"\.(?P<name>.+\.yaml)\.(?P<owner>\d+)\.kept")
"""An example: ``.nato-2025-08.yaml.4711.kept``; the table beside it has the same name but for its ending."""


def replace_pair(staged_table: Path, table: Path, staged_card: Path, card: Path) -> None:
    """Put a staged table and card in the place of those that may be there.

    Parameters
    ----------
    staged_table, table : pathlib.Path
        A whole file in the same folder, and its name.
    staged_card, card : pathlib.Path
        Likewise. An edition is its card: without one a table is not seen.

    Raises
    ------
    OSError
        When a file cannot take its name; the old ones have theirs again then.
    """
    old_card = card.with_name(f".{card.name}.{os.getpid()}.kept")
    old_table = _table_beside(old_card)
    if card.exists():
        if table.exists():
            _copy(table, old_table)
        card.rename(old_card)
    try:
        os.replace(staged_table, table)
        os.replace(staged_card, card)
    except OSError:
        _put_back(old_card, card)
        raise
    # The card goes first: a table alone that is set aside is of no use to anybody.
    old_card.unlink(missing_ok=True)
    old_table.unlink(missing_ok=True)


def restore(editions: Path) -> None:
    """Put back the files that a process which is gone had set aside.

    Parameters
    ----------
    editions : pathlib.Path
        The folder; it need not exist.

    Raises
    ------
    OSError
        When it cannot be read or written.
    """
    if not editions.is_dir():
        return
    for path in editions.iterdir():
        match = _ASIDE.fullmatch(path.name)
        if match is None or is_running(int(match["owner"])):
            continue
        card = path.with_name(match["name"])
        if card.exists():
            path.unlink(missing_ok=True)
            _table_beside(path).unlink(missing_ok=True)
        else:
            _put_back(path, card)
    _drop_tables(editions)


def _table_beside(old_card: Path) -> Path:
    """Return where the table of a card that is set aside is set aside."""
    head, _, tail = old_card.name.rpartition(".yaml.")
    return old_card.with_name(f"{head}.csv.{tail}")


def _put_back(old_card: Path, card: Path) -> None:
    """Put back a card and table that are set aside, the table first."""
    table, old_table = card.with_suffix(".csv"), _table_beside(old_card)
    if old_table.exists():
        table.unlink(missing_ok=True)
        old_table.rename(table)
    if old_card.exists():
        old_card.rename(card)


def _drop_tables(editions: Path) -> None:
    """Remove tables that were set aside and whose card never was: the process ended between the two."""
    for path in editions.glob(".*.csv.*.kept"):
        owner = path.name.split(".")[-2]
        card = path.with_name(path.name.replace(".csv.", ".yaml."))
        if owner.isdecimal() and not is_running(int(owner)) and not card.exists():
            path.unlink(missing_ok=True)


def _copy(table: Path, aside: Path) -> None:
    """Keep a table under a second name; where the file system has no second names, as a copy."""
    aside.unlink(missing_ok=True)
    try:
        os.link(table, aside)
    except OSError:
        write_bytes(aside, table.read_bytes(), "the table")
