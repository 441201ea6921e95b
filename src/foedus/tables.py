"""Tables of raw values: keys, headings and kinds once, for every face that prints them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from foedus.units import billions, per_cent, points

__all__ = ["Column", "Table", "write_cell"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key, label : str
        The key in each row, and the heading.
    kind : str
        "text", "name" (kept on one line), "per_cent", "per_cent_1", "per_cent_0", "points", "billions",
        "signed_billions", "count", "year", "number", "number_1", "number_3", "signed_1", "interval" (a text
        set flush right) or "yes_no".
    span : (str, str), optional
        The keys of the interval's ends, printed in brackets after the value.
    shown : str
        The key that says which forecast is shown; what is not the model's gets a star.
    """

    key: str
    label: str
    kind: str = "text"
    span: tuple[str, str] | None = None
    shown: str = ""

    @property
    def numeric(self) -> bool:
        """Whether the column is set flush right."""
        return self.kind not in {"text", "name", "yes_no"}

    def write(self, row: Mapping[str, Any]) -> str:
        """Write the cell of a row."""
        text = write_cell(row.get(self.key), self.kind)
        if self.shown and row.get(self.shown) == "no change":
            return f"{text} *"
        if self.span is None:
            return text
        low, high = (write_cell(row.get(key), self.kind).removesuffix(" %") for key in self.span)
        return text if low == high else f"{text} ({low}–{high})"


@dataclass(frozen=True)
class Table:
    """A table of raw values; how they are printed is the columns' affair.

    Attributes
    ----------
    name, title : str
        The name in addresses and files, and the caption.
    columns : tuple of Column
        Which keys are shown.
    rows : tuple of mapping
        Raw values; the key ``source``, where present, says where the row comes from.
    folded : bool
        Whether it is shown only when opened.
    more : tuple of str
        Keys that stand in the files only.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Any], ...]
    folded: bool = False
    more: tuple[str, ...] = ()

    def select(
        self, *keys: str, labels: Mapping[str, str] | None = None, kinds: Mapping[str, str] | None = None
    ) -> Table:
        """Return the table with some of its columns, in the order of their keys.

        Parameters
        ----------
        *keys : str
            Keys of columns; all of them without any.
        labels, kinds : mapping of str to str, optional
            Other headings and kinds, by key.

        Returns
        -------
        Table
            The same rows.
        """
        columns = {column.key: column for column in self.columns}
        changed: dict[str, Any] = {key: {"label": label} for key, label in (labels or {}).items()}
        for key, kind in (kinds or {}).items():
            changed.setdefault(key, {})["kind"] = kind
        chosen = tuple(replace(columns[key], **changed.get(key, {})) for key in keys or columns)
        return replace(self, columns=chosen)


def write_cell(value: Any, kind: str) -> str:
    """Write a raw value as a table prints it.

    Parameters
    ----------
    value : object
        The value; None and NaN give a dash.
    kind : str
        A column's kind.

    Returns
    -------
    str
        The text.
    """
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if kind == "yes_no":
        return "yes" if value else "no"
    writer = _WRITERS.get(kind)
    if writer is not None:
        return writer(float(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value)
    return value.isoformat() if isinstance(value, date) else str(value)


_WRITERS: dict[str, Callable[[float], str]] = {
    "per_cent": lambda v: per_cent(v),
    "per_cent_1": lambda v: per_cent(v, 1),
    "per_cent_0": lambda v: per_cent(v, 0),
    "points": lambda v: points(v),
    "billions": lambda v: billions(v, 1),
    "signed_billions": lambda v: billions(v, 1, signed=True),
    "count": lambda v: f"{v:,.0f}",
    "year": lambda v: f"{v:.0f}",
    "number": lambda v: f"{v:,.2f}",
    "number_1": lambda v: f"{v:,.1f}",
    "number_3": lambda v: f"{v:,.3f}",
    "signed_1": lambda v: f"{v:+,.1f}",
}
