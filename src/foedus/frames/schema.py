"""The columns of an answer and their types, read from annotations and never from data.

A field of a row is a column: text, a whole number, a number, yes or no, a day, or a list of one of them;
where the annotation allows None the column may be empty. A field that is a row itself gives a column for each
of its fields, ``outer.inner``. What varies with the data, a mapping or rows within a row, is no column: the
field holds it, and the payload.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, ForwardRef, Literal, NamedTuple, Union, get_args, get_origin

from foedus.tables import Column, Kind, Table

__all__ = ["CellKind", "CellType", "Schema", "row_class", "schema_of_rows", "schema_of_table", "values_of"]

CellType = Literal["text", "whole", "number", "yes_no", "day", "texts", "wholes", "numbers"]
"""What a column's cells are; those in the plural are lists."""


class CellKind(NamedTuple):
    """What the cells of a column are.

    Attributes
    ----------
    type : str
        One of :data:`CellType`.
    empty : bool
        Whether a cell may be empty.
    """

    type: CellType
    empty: bool = False


Schema = Mapping[str, CellKind]
"""The columns by name, in their order."""

_PLAIN: Mapping[type, CellType] = {
    bool: "yes_no",
    int: "whole",
    float: "number",
    str: "text",
    date: "day",
    datetime: "text",
    Path: "text",
}

_LISTS: Mapping[CellType, CellType] = {"text": "texts", "whole": "wholes", "number": "numbers"}

_KNOWN = {kind.__name__: kind for kind in (date, datetime, Path, Mapping, Sequence)} | {"Any": Any}
"""Names that a module may import for its type checker alone."""


@cache
def schema_of_rows(row: type) -> Schema:
    """Return the columns of a class of rows.

    Parameters
    ----------
    row : type
        A dataclass.

    Returns
    -------
    mapping of str to CellKind
        By name, a dot between the field of a row and that of the row within it.
    """
    schema: dict[str, CellKind] = {}
    for name, hint in hints_of(row).items():
        kind, empty = _without_none(hint)
        cell = cell_of(kind)
        if cell is not None:
            schema[name] = CellKind(cell, empty)
        elif is_row(kind):
            inner = schema_of_rows(kind).items()
            schema |= {f"{name}.{key}": CellKind(one.type, one.empty or empty) for key, one in inner}
    return schema


def cell_of(hint: Any) -> CellType | None:
    """Return what the cells of an annotation are, or None where it is no column.

    Parameters
    ----------
    hint : object
        An annotation without None.

    Returns
    -------
    str or None
        One of :data:`CellType`.
    """
    if get_origin(hint) is Literal:
        kinds = {type(value) for value in get_args(hint)}
        return _PLAIN.get(kinds.pop()) if len(kinds) == 1 else None
    if get_origin(hint) is tuple:
        inner = {cell_of(part) for part in get_args(hint) if part is not Ellipsis}
        one = inner.pop() if len(inner) == 1 else None
        return _LISTS.get(one) if one is not None else None
    if isinstance(hint, type) and issubclass(hint, Enum):
        return "text"
    return _PLAIN.get(hint) if isinstance(hint, type) else None


def hints_of(row: type) -> dict[str, Any]:
    """Return the annotations of a class's fields, resolved where they name something."""
    hints: dict[str, Any] = {}
    kind: Any = row
    is_tuple = issubclass(row, tuple)
    for name in kind._fields if is_tuple else [field.name for field in dataclasses.fields(kind)]:
        owner = next(base for base in row.__mro__ if name in vars(base).get("__annotations__", {}))
        hint = vars(owner)["__annotations__"][name]
        text = hint.__forward_arg__ if isinstance(hint, ForwardRef) else hint
        names = _KNOWN | vars(sys.modules[owner.__module__])
        hints[name] = _evaluated(text, names) if isinstance(text, str) else hint
    return hints


def is_row(kind: Any) -> bool:
    """Whether a class is one of rows: a dataclass or a named tuple."""
    named = isinstance(kind, type) and issubclass(kind, tuple) and hasattr(kind, "_fields")
    return named or (isinstance(kind, type) and dataclasses.is_dataclass(kind))


def _evaluated(text: str, names: Mapping[str, Any]) -> Any:
    """Return what an annotation names; what only a type checker knows is no column."""
    try:
        return eval(text, dict(names))  # the package's own annotations, as typing.get_type_hints reads them
    except NameError:
        return Any


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Return an annotation without None, and whether it had it."""
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        return (parts[0] if len(parts) == 1 else Any), len(parts) < len(get_args(hint))
    return hint, False


def row_class(owner: type, field: str = "rows") -> type | None:
    """Return the class of the rows that a field of a class holds, or None."""
    if not dataclasses.is_dataclass(owner) or field not in {f.name for f in dataclasses.fields(owner)}:
        return None
    hint = hints_of(owner)[field]
    row = get_args(hint)[0] if get_origin(hint) is tuple else None
    return row if is_row(row) else None


def values_of(rows: Sequence[Any], schema: Schema) -> dict[str, list[Any]]:
    """Return the values of rows by column; an inner row that is absent leaves its cells empty."""
    return {name: [_value(row, name.split(".")) for row in rows] for name in schema}


def _value(row: Any, path: Sequence[str]) -> Any:
    """Return a field of a row, or of the row within it."""
    for name in path:
        row = None if row is None else getattr(row, name)
    return row


_TEXT_KINDS: frozenset[Kind] = frozenset({"text", "name", "interval"})


def schema_of_table(table: Table) -> Schema:
    """Return the columns of a table by the kinds in which they are written, and the ends of intervals."""
    schema: dict[str, CellKind] = {}
    for column in table.columns:
        schema[column.key] = CellKind(_cell_of_column(column), empty=True)
        schema |= dict.fromkeys(column.span or (), CellKind("number", empty=True))
    return schema


def _cell_of_column(column: Column) -> CellType:
    """Return what the cells of a column of a table are."""
    if column.kind_key:
        return "number"
    if column.kind in _TEXT_KINDS:
        return "text"
    return {"yes_no": "yes_no", "year": "whole"}.get(column.kind, "number")  # type: ignore[return-value]
