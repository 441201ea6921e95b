"""Tables as CSV and XLSX, in memory."""

from __future__ import annotations

from foedus.dashboard.views import View
from foedus.files.cells import MARK, WorkbookSheet, csv_lines, workbook_bytes
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
    return (MARK + "".join(csv_lines(_keys(table), table.rows))).encode()


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
    sheets = []
    for table in view.tables:
        keys = _keys(table)
        sheets.append(
            WorkbookSheet(table.name, [keys, *([row.get(key) for key in keys] for row in table.rows)])
        )
    about = [[line] for line in (view.headline, *view.sentences, *view.notes)]
    sources = [
        [card.id, card.publisher, card.title, card.published, card.url, card.licence] for card in view.cards
    ]
    headings = ["edition", "publisher", "title", "published", "url", "licence"]
    return workbook_bytes(
        [*sheets, WorkbookSheet("about", about), WorkbookSheet("sources", [headings, *sources])]
    )


def _keys(table: Table) -> list[str]:
    """Return the columns of a file: those shown, and the source where the rows have one."""
    keys = [
        key
        for column in table.columns
        for key in (column.key, *(column.span or ()), *([column.shown] if column.shown else []))
    ]
    keys += table.more
    return [*keys, "source"] if any("source" in row for row in table.rows) and "source" not in keys else keys
