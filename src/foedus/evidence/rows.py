"""Rows of figures under named columns, from the standard library alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from foedus.frames import CellKind, Frame, Schema

__all__ = ["CELLS", "FigureRows", "UnreadRows"]

Row = tuple[Any, ...]

CELLS: Schema = {
    "edition": CellKind("text"),
    "indicator": CellKind("text"),
    "country": CellKind("text"),
    "year": CellKind("whole"),
    "value": CellKind("number", empty=True),
    "status": CellKind("text"),
    "known": CellKind("text"),
    "note": CellKind("text", empty=True),
    "rests_on": CellKind("text", empty=True),
    "printed_to": CellKind("number", empty=True),
    **dict.fromkeys(("first_year", "from_year", "figures", "rank", "month"), CellKind("whole", empty=True)),
    **dict.fromkeys(("from_value", "share", "change", "change_ratio"), CellKind("number", empty=True)),
    **dict.fromkeys(("cow", "gw"), CellKind("whole", empty=True)),
}
"""What the cells of a column are; one that is not named here is text that may be empty."""


class FigureRows:
    """Rows under named columns; nothing changes them once they are there.

    Parameters
    ----------
    columns : sequence of str
        The names.
    rows : iterable of tuple
        One value for each name.
    """

    def __init__(self, columns: Sequence[str], rows: Iterable[Row]) -> None:
        self.columns = tuple(columns)
        self.rows = tuple(rows)

    @classmethod
    def joined(cls, parts: Sequence[FigureRows]) -> FigureRows:
        """Return the rows of several tables of the same columns, one after the other."""
        return cls(parts[0].columns, (row for part in parts for row in part.select(*parts[0].columns).rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return isinstance(other, FigureRows) and (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return hash((self.columns, len(self.rows)))

    def __repr__(self) -> str:
        return f"FigureRows({', '.join(self.columns)}: {len(self)} rows)"

    def __getitem__(self, name: str) -> list[Any]:
        """Return the values of a column."""
        at = self.columns.index(name)
        return [row[at] for row in self.rows]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return each row by its columns' names."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def where(self, keep: Callable[[dict[str, Any]], bool] | None = None, **wanted: Any) -> FigureRows:
        """Return the rows that have certain values.

        Parameters
        ----------
        keep : callable, optional
            Whether to keep a row, given by its columns' names.
        **wanted
            For a column its value, or a collection of values of which it must be one.

        Returns
        -------
        FigureRows
            In the same order.
        """
        one = isinstance(wanted.get("indicator"), str)
        rows: Sequence[Row] = self._of(wanted.pop("indicator")) if one else self.rows
        for name, value in wanted.items():
            at = self.columns.index(name)
            if isinstance(value, (str, int, float)) or value is None:
                rows = [row for row in rows if row[at] == value]
            else:
                values = set(value)
                rows = [row for row in rows if row[at] in values]
        if keep is not None:
            rows = [row for row in rows if keep(dict(zip(self.columns, row, strict=True)))]
        return FigureRows(self.columns, rows)

    def select(self, *names: str) -> FigureRows:
        """Return some of the columns, in the order named."""
        if names == self.columns:
            return self
        at = [self.columns.index(name) for name in names]
        return FigureRows(names, (tuple(row[i] for i in at) for row in self.rows))

    def sort(self, *names: str) -> FigureRows:
        """Return the rows in the order of some columns."""
        at = [self.columns.index(name) for name in names]
        return FigureRows(self.columns, sorted(self.rows, key=lambda row: tuple(row[i] for i in at)))

    def with_columns(self, **values: Any) -> FigureRows:
        """Return the rows with other values in some columns: one for all rows, or a list with one for each.

        A name that is new becomes a column at the end.
        """
        rows = self.to_dicts()
        for name, value in values.items():
            each = value if isinstance(value, list) else [value] * len(rows)
            for row, one in zip(rows, each, strict=True):
                row[name] = one
        columns = (*self.columns, *(name for name in values if name not in self.columns))
        return FigureRows(columns, (tuple(row[name] for name in columns) for row in rows))

    def plus(self, rows: Iterable[Mapping[str, Any]]) -> FigureRows:
        """Return the rows and some more, given by the columns' names; a name that lacks is empty."""
        more = (tuple(row.get(name) for name in self.columns) for row in rows)
        return FigureRows(self.columns, (*self.rows, *more))

    def to_columns(self) -> dict[str, list[Any]]:
        """Return the values of every column."""
        return {name: self[name] for name in self.columns}

    @property
    def schema(self) -> Schema:
        """What the cells of each column are, whatever the rows."""
        return {name: CELLS.get(name, CellKind("text", empty=True)) for name in self.columns}

    def as_frame(self) -> Frame:
        """Return the rows as a table of typed columns."""
        return Frame(self.schema, self.to_columns())

    def to_polars(self) -> Any:
        """Return the rows as a polars data frame; see :meth:`foedus.frames.Frame.to_polars`."""
        return self.as_frame().to_polars()

    def to_pandas(self) -> Any:
        """Return the rows as a pandas data frame; see :meth:`foedus.frames.Frame.to_pandas`."""
        return self.as_frame().to_pandas()

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of which there are rows, in the order in which they come."""
        return tuple(self._by_indicator)

    def _of(self, indicator: str) -> Sequence[Row]:
        """Return the rows of an indicator."""
        return self._by_indicator.get(indicator, ())

    @cached_property
    def _by_indicator(self) -> Mapping[str, Sequence[Row]]:
        """The rows of every indicator."""
        at = self.columns.index("indicator")
        out: dict[str, list[Row]] = {}
        for row in self.rows:
            out.setdefault(row[at], []).append(row)
        return out


class UnreadRows(FigureRows):
    """Rows of which an indicator's are read when they are first asked for: most questions are about few.

    Parameters
    ----------
    columns : sequence of str
        The names.
    lines : mapping of str to list of str
        The lines of every indicator, in the order of the rows.
    read : callable
        From lines to rows.
    """

    def __init__(
        self, columns: Sequence[str], lines: Mapping[str, list[str]], read: Callable[[list[str]], list[Row]]
    ) -> None:
        self.columns = tuple(columns)
        self._lines = lines
        self._read = read
        self._held: dict[str, list[Row]] = {}

    @cached_property
    def rows(self) -> tuple[Row, ...]:  # type: ignore[override]  # the same, read late
        """Every row."""
        return tuple(row for indicator in self._lines for row in self._of(indicator))

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators of which there are rows, in the order in which they come."""
        return tuple(self._lines)

    def __len__(self) -> int:
        return sum(map(len, self._lines.values()))

    def _of(self, indicator: str) -> Sequence[Row]:
        """Return the rows of an indicator, and read them the first time."""
        if indicator not in self._lines:
            return ()
        held = self._held.get(indicator)
        if held is None:
            held = self._held[indicator] = self._read(self._lines[indicator])
        return held
