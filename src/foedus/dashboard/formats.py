"""In which form an answer of the API is written: JSON, or its main table as CSV or as a stream of Arrow.

The form is what the request accepts. The columns of a table and their types come from the published schema of
the answer, so that they are the same whatever an answer holds; a cell that is itself a list or an object is
written as JSON.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.files.cells import csv_lines

if TYPE_CHECKING:
    from foedus.dashboard.schemas.shapes import Schema

__all__ = ["ARROW", "CSV", "JSON", "FormatError", "accepted", "as_arrow", "as_csv_text", "main_rows"]

JSON = "application/json"
CSV = "text/csv"
ARROW = "application/vnd.apache.arrow.stream"
OFFERED = (JSON, CSV, ARROW)
"""The forms, the usual one first."""


class FormatError(InputError):
    """No form that the request accepts is offered."""


def accepted(header: str, offered: Sequence[str] = OFFERED) -> str | None:
    """Return the form that a request likes best.

    Parameters
    ----------
    header : str
        Its Accept header; empty for whatever is usual.
    offered : sequence of str
        The media types that can be given, the usual one first.

    Returns
    -------
    str or None
        One of those offered; None where the request accepts none of them.
    """
    ranges = [item for item in header.split(",") if item.strip()]
    if not ranges:
        return offered[0]
    best, most = None, 0.0
    for kind in offered:
        weight = max((_weight(item, kind) for item in ranges), default=(0, 0.0))[1]
        if weight > most:
            best, most = kind, weight
    return best


def _weight(item: str, kind: str) -> tuple[int, float]:
    """Return how closely a range of an Accept header names a media type, and with which weight."""
    name, *parameters = (part.strip().lower() for part in item.split(";"))
    main = kind.partition("/")[0]
    closeness = {kind: 3, f"{main}/*": 2, "*/*": 1}.get(name, 0)
    if not closeness:
        return 0, 0.0
    text = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return closeness, min(1.0, max(0.0, float(text)))
    except ValueError:
        return closeness, 0.0


def main_rows(content: Mapping[str, Any], place: str) -> list[dict[str, Any]]:
    """Return the main table of an answer.

    Parameters
    ----------
    content : mapping
        The answer as JSON has it.
    place : str
        Where its rows stand: "rows"; "targets.shocks" for the rows within rows, with the fields of the outer
        one; "measures*" for an object of objects whose lists go with the years of the answer.

    Returns
    -------
    list of dict
        One mapping for each row.
    """
    if place.endswith("*"):
        return list(_by_year(content[place[:-1]], content["years"]))
    outer, _, inner = place.partition(".")
    value = content[outer]
    if inner:
        return list(_within([value] if isinstance(value, Mapping) else value, inner))
    return [dict(row) for row in value]


def _within(outer: Iterable[Mapping[str, Any]], inner: str) -> Iterator[dict[str, Any]]:
    """Yield the rows within rows, each with the plain fields of the one that holds it."""
    for holder in outer:
        plain = {name: value for name, value in holder.items() if not isinstance(value, list | dict)}
        for row in holder[inner]:
            yield plain | {(f"{inner}_{n}" if n in plain else n): value for n, value in row.items()}


def _by_year(entries: Mapping[str, Mapping[str, Any]], years: Sequence[int]) -> Iterator[dict[str, Any]]:
    """Yield one row for each entry and year; of a list as long as the years, the item of the year."""
    for name, entry in entries.items():
        for at, year in enumerate(years):
            row: dict[str, Any] = {"measure": name, "year": year}
            for key, value in entry.items():
                if isinstance(value, list):
                    row[key] = value[at] if len(value) == len(years) else None
                else:
                    row[key] = value
            yield row


def as_csv_text(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Schema]) -> str:
    """Write rows as CSV, with the columns of the schema whatever the rows hold."""
    cells = [{name: _cell(row.get(name)) for name in columns} for row in rows]
    return "".join(csv_lines(list(columns), cells))


def as_arrow(rows: Sequence[Mapping[str, Any]], columns: Mapping[str, Schema]) -> bytes:
    """Write rows as a stream of Arrow, each column with the type of its schema.

    Parameters
    ----------
    rows : sequence of mapping
        The rows as JSON has them.
    columns : mapping of str to schema
        The columns.

    Returns
    -------
    bytes
        The stream.

    Raises
    ------
    FormatError
        When the library that writes it is not installed here.
    """
    try:
        import polars
    except ImportError as error:
        raise FormatError(
            "this server cannot write Arrow: polars is not installed on it",
            do=f"ask for {JSON} or {CSV}",
        ) from error
    kinds = {
        "integer": polars.Int64(),
        "number": polars.Float64(),
        "boolean": polars.Boolean(),
        "date": polars.Date(),
        "text": polars.String(),
    }
    series = []
    for name, schema in columns.items():
        kind = column_kind(schema)
        values = [row.get(name) for row in rows]
        if kind == "date":
            column = polars.Series(name, values, dtype=polars.String()).str.to_date(strict=False)
        elif kind == "text":
            column = polars.Series(name, [_cell(value) for value in values], dtype=polars.String())
        else:
            column = polars.Series(name, values, dtype=kinds[kind], strict=False)
        series.append(column)
    stream = io.BytesIO()
    polars.DataFrame(series).write_ipc_stream(stream)
    return stream.getvalue()


def column_kind(schema: Schema) -> str:
    """Return of which kind a column is: "integer", "number", "boolean", "date" or "text"."""
    options = [s for s in schema.get("anyOf", [schema]) if s.get("type") != "null"]
    if len(options) != 1:
        return "text"
    [only] = options
    given = only.get("type", "string")
    kinds = [given] if isinstance(given, str) else [kind for kind in given if kind != "null"]
    if kinds in (["integer"], ["number"], ["boolean"]):
        return str(kinds[0])
    return "date" if kinds == ["string"] and only.get("format") == "date" else "text"


def _cell(value: Any) -> Any:
    """Return a cell; a list or an object as JSON."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value if value is None or isinstance(value, str | int | float) else str(value)
