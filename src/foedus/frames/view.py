"""An answer as a notebook shows it: its sentence, its picture, its first rows, and what must be known."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from foedus.tables import Column, Table

__all__ = ["MOST_ROWS", "notebook_html"]

MOST_ROWS = 12
"""So many rows of a table stand in a notebook; the data frame has them all."""

_CELL = "padding:.15em .8em .15em 0;border-bottom:1px solid color-mix(in srgb,currentColor 18%,transparent)"
"""Lines take the colour of the text, so that they are seen on light and on dark paper."""


def notebook_html(headline: str, picture: str, table: Table | None, notes: Iterable[str]) -> str:
    """Return an answer as HTML without scripts, in the notebook's own colours and type.

    Parameters
    ----------
    headline : str
        The answer in one sentence.
    picture : str
        The drawn chart as HTML, or why there is none; empty where such an answer is not drawn.
    table : Table, optional
        Its main table.
    notes : iterable of str
        What the reader must know.

    Returns
    -------
    str
        One ``div``.
    """
    said = "".join(f"<li>{escape(note)}</li>" for note in dict.fromkeys(notes))
    parts = (
        f'<p style="font-size:1.15em;font-weight:600;margin:.2em 0 .6em">{escape(headline)}</p>',
        picture,
        "" if table is None else _table_html(table),
        f"<details><summary>Notes</summary><ul>{said}</ul></details>" if said else "",
    )
    return f'<div class="foedus-answer" style="max-width:60em">{"".join(parts)}</div>'


def _table_html(table: Table) -> str:
    """Return a table's first rows, and how many more there are."""
    columns = table.columns
    head = "".join(f'<th scope="col" style="{_style(c)}">{escape(c.label)}</th>' for c in columns)
    body = "".join(
        "<tr>" + "".join(f'<td style="{_style(c)}">{escape(c.write(row))}</td>' for c in columns) + "</tr>"
        for row in table.rows[:MOST_ROWS]
    )
    more = len(table.rows) - MOST_ROWS
    left = f'<p style="opacity:.75;margin:.3em 0">… and {more:,} more rows</p>' if more > 0 else ""
    caption = f'<caption style="text-align:left;padding:.4em 0">{escape(table.title)}</caption>'
    style = "border-collapse:collapse;font-variant-numeric:tabular-nums;margin:.6em 0"
    return (
        f'<table style="{style}">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{left}'
    )


def _style(column: Column) -> str:
    """Return the style of a column's cells."""
    return f"{_CELL};text-align:{'right' if column.numeric else 'left'}"
