"""Tables of raw values: keys, headings and kinds once, for every face that prints them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from foedus.rounding import written
from foedus.units import billions, gap, in_per_cent, per_cent, points

__all__ = ["Column", "Kind", "Table", "write_cell"]

Kind = Literal[
    "text",
    "name",
    "yes_no",
    "per_cent",
    "per_cent_1",
    "per_cent_0",
    "signed_per_cent_0",
    "signed_per_cent_1",
    "points",
    "gap_points",
    "size_points_0",
    "size_points_1",
    "size_points",
    "size_points_3",
    "billions",
    "billions_0",
    "billions_2",
    "signed_billions",
    "signed_billions_2",
    "gap_billions",
    "gap_billions_2",
    "count",
    "year",
    "number",
    "number_1",
    "number_3",
    "signed_count",
    "signed_1",
    "signed_3",
    "interval",
]
"""How a value is written: a "name" is a text kept on one line, an "interval" one set flush right; a size
has no sign, and a gap that would read as nought is "under" the last digit."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    key, label : str
        The key in each row, and the heading.
    kind : str
        How a value is written, one of :data:`Kind`.
    span : (str, str), optional
        The keys of the interval's ends, printed in brackets after the value.
    shown : str
        The key that says which forecast is shown; what is not the model's gets a star.
    kind_key : str
        The key that names each row's own kind, where the rows differ in unit.
    align : {"", "left", "right"}
        Where it is set flush; empty lets the kind decide.
    blank : str
        What stands for an empty text.
    to : str
        What stands between the interval's ends.
    whole_span : bool
        Whether the interval is printed also where its ends read the same.
    """

    key: str
    label: str
    kind: Kind = "text"
    span: tuple[str, str] | None = None
    shown: str = ""
    kind_key: str = ""
    align: Literal["", "left", "right"] = ""
    blank: str = ""
    to: str = "–"
    whole_span: bool = False

    @property
    def numeric(self) -> bool:
        """Whether the column is set flush right."""
        return self.align == "right" or (not self.align and self.kind not in {"text", "name", "yes_no"})

    def write(self, row: Mapping[str, Any]) -> str:
        """Write the cell of a row."""
        kind = row[self.kind_key] if self.kind_key else self.kind
        text = write_cell(row.get(self.key), kind) or self.blank
        if self.shown and row.get(self.shown) == "no change":
            return f"{text} *"
        if self.span is None:
            return text
        low, high = (write_cell(row.get(key), kind).removesuffix(" %") for key in self.span)
        return text if low == high and not self.whole_span else f"{text} ({low}{self.to}{high})"


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
        self,
        *columns: str | Column,
        labels: Mapping[str, str] | None = None,
        kinds: Mapping[str, Kind] | None = None,
        title: str | None = None,
    ) -> Table:
        """Return a table of the same rows with other columns.

        Parameters
        ----------
        *columns : str or Column
            A key is the table's own column of that key; a column stands for itself, over any key of the rows.
            Without any, the table's own.
        labels, kinds : mapping of str to str, optional
            Other headings and kinds of the table's own columns, by key.
        title : str, optional
            Another caption.

        Returns
        -------
        Table
            The rows are the same.
        """
        own = {
            column.key: replace(
                column,
                label=(labels or {}).get(column.key, column.label),
                kind=(kinds or {}).get(column.key, column.kind),
            )
            for column in self.columns
        }
        chosen = tuple(own[column] if isinstance(column, str) else column for column in columns or own)
        return replace(self, columns=chosen, title=self.title if title is None else title)


def write_cell(value: Any, kind: Kind) -> str:
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


_WRITERS: dict[Kind, Callable[[float], str]] = {
    "per_cent": lambda v: per_cent(v),
    "per_cent_1": lambda v: per_cent(v, 1),
    "per_cent_0": lambda v: per_cent(v, 0),
    "signed_per_cent_0": lambda v: f"{points(v, 0)} %",
    "signed_per_cent_1": lambda v: f"{points(v, 1)} %",
    "points": lambda v: points(v),
    "gap_points": lambda v: gap(v, 2, 100.0),
    "size_points_0": lambda v: in_per_cent(v, 0),
    "size_points_1": lambda v: in_per_cent(v, 1),
    "size_points": lambda v: in_per_cent(v),
    "size_points_3": lambda v: in_per_cent(v, 3),
    "billions": lambda v: billions(v, 1),
    "billions_0": lambda v: billions(v, 0),
    "billions_2": lambda v: billions(v, 2),
    "signed_billions": lambda v: billions(v, 1, signed=True),
    "signed_billions_2": lambda v: billions(v, 2, signed=True),
    "gap_billions": lambda v: gap(v, 1, 1e-9),
    "gap_billions_2": lambda v: gap(v, 2, 1e-9),
    "count": lambda v: written(v, grouped=True),
    "year": lambda v: written(v),
    "number": lambda v: written(v, 2, grouped=True),
    "number_1": lambda v: written(v, 1, grouped=True),
    "number_3": lambda v: written(v, 3, grouped=True),
    "signed_count": lambda v: written(v, signed=True, grouped=True),
    "signed_1": lambda v: written(v, 1, signed=True, grouped=True),
    "signed_3": lambda v: written(v, 3, signed=True, grouped=True),
}
