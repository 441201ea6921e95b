"""The tables of records, which are no series of figures: members, offices, meetings, plans and the like.

A record is a folder of ``evidence/records`` with a card, ``card.yaml``, and one CSV file for each table. What
a row means is for the module that asks for it; here the text is read as entered.
"""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from foedus.evidence.packaged import record_table

__all__ = ["day_or_none", "record_rows"]


@cache
def record_rows(record: str, table: str) -> tuple[dict[str, str], ...]:
    """Read a whole table of a record.

    Parameters
    ----------
    record : str
        The record's folder, for example "institutions".
    table : str
        The table's file without its ending, for example "members".

    Returns
    -------
    tuple of dict of str to str
        The rows in their order, cells by the heading of their column; read once, so not to be changed.

    Raises
    ------
    KeyError
        When no such table comes with foedus: the names are written in the code, so this is a defect.
    IntegrityError
        When a table of the record is not the one that its card describes.
    """
    return tuple(csv.DictReader(record_table(record, table).decode("utf-8").splitlines()))


def day_or_none(text: str) -> date | None:
    """Return the day in a cell of a record; None where the cell is empty."""
    return date.fromisoformat(text) if text else None
