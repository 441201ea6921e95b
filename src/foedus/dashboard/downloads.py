"""Tables as CSV and XLSX, in memory."""

from __future__ import annotations

import csv
import io
from typing import Any

from foedus.dashboard.views import View
from foedus.tables import Table

__all__ = ["as_csv", "as_xlsx"]


def as_csv(table: Table) -> bytes:
    """Write a table's raw values as CSV.

    Parameters
    ----------
    table : Table
        The table.

    Returns
    -------
    bytes
        UTF-8, with a mark at the start so that spreadsheets read it as such.
    """
    keys = _keys(table)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(keys)
    for row in table.rows:
        writer.writerow([_safe(row.get(key)) for key in keys])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(view: View) -> bytes:
    """Write every table of a view, its notes and its sources as a workbook.

    Parameters
    ----------
    view : View
        The answer.

    Returns
    -------
    bytes
        The file.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    for table in view.tables:
        sheet = book.create_sheet(table.name[:31])
        keys = _keys(table)
        sheet.append(keys)
        for row in table.rows:
            sheet.append([_safe(row.get(key)) for key in keys])
    about = book.create_sheet("about")
    about.append([_safe(view.headline)])
    for line in (*view.sentences, *view.notes):
        about.append([_safe(line)])
    sources = book.create_sheet("sources")
    sources.append(["edition", "publisher", "title", "published", "url", "licence"])
    for card in view.cards:
        fields = (card.id, card.publisher, card.title, str(card.published), card.url, card.licence)
        sources.append([_safe(v) for v in fields])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _keys(table: Table) -> list[str]:
    """Return the columns of a file: those shown, and the source where the rows have one."""
    keys = [
        key
        for column in table.columns
        for key in (column.key, *(column.span or ()), *([column.shown] if column.shown else []))
    ]
    keys += table.more
    return [*keys, "source"] if any("source" in row for row in table.rows) and "source" not in keys else keys


def _safe(value: Any) -> Any:
    """Return a value as a cell: a text that starts like a formula must stay a text."""
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(v) for v in value)
    if isinstance(value, str):
        return f"'{value}" if value[:1] in tuple("=+-@\t\r") and value else value
    if isinstance(value, float) and value != value:
        return None
    return value if isinstance(value, (int, float, bool)) or value is None else str(value)
