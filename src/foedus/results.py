"""What every answer can do: say itself, lay itself out, be drawn, become a table or plain values.

A result says its headline, its tables, its plain values and its charts once; command, page and report only
lay them out. The charts stand in modules next door, which are imported when a result is drawn.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.errors import InputError, UnknownNameError
from foedus.frames import Frame, Schema, schema_of_rows, schema_of_table
from foedus.frames.schema import row_class, values_of
from foedus.frames.view import notebook_html

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import xarray as xr

    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["Answer", "Note", "Result", "to_jsonable"]

LONGEST_REPR = 90
"""So many characters of a result's sentence stand in its representation."""


@dataclass(frozen=True)
class Note:
    """A flag that a named step leaves where it filled, chose or left something out.

    Attributes
    ----------
    step : str
        The step's name, for example "growth_extended".
    text : str
        What it did, one sentence.
    """

    step: str
    text: str


@dataclass(frozen=True)
class Answer:
    """One number and the sentences around it, as the command, the page, the chart and a citation say them.

    Attributes
    ----------
    number : str
        The one number as it is written: "18", "5.8 %", "April 2028".
    unit : str
        What stands small beside it: "of the 31 allies with a figure".
    claim : str
        The rest of the sentence: "spent 2 % of GDP or more on defence in 2024."
    beside : tuple of str
        What must be said at once: what is missing, "if nothing changes", the interval's name.
    title : str
        The answer in a few words: title of the chart and the tab, name of a file.
    condition : str
        What the number rests on, before it: "Signed on 26 November 2026,"; empty where nothing is supposed.
    """

    number: str
    unit: str
    claim: str
    beside: tuple[str, ...] = ()
    title: str = ""
    condition: str = ""

    def sentence(self) -> str:
        """Return condition, number, unit and claim as one sentence."""
        return " ".join(part for part in (self.condition, self.number, self.unit, self.claim) if part)

    def lines(self) -> str:
        """Return the sentence and what must be said beside it, a line each."""
        return "\n".join((self.sentence(), *self.beside))

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs, its sentence with it."""
        return {**vars(self), "sentence": self.sentence()}


class Result:
    """An answer that says itself."""

    AXES: ClassVar[tuple[str, ...]] = ()
    """The columns that name a row, where the rows are an array over them: ("country", "year")."""

    ROWS: ClassVar[str] = "rows"
    """The field whose rows are the result's data; without such a field, its first table is."""

    def headline(self) -> str:
        """Return the answer in one sentence."""
        raise NotImplementedError(f"{type(self).__name__} has no headline")

    def answer(self) -> Answer:
        """Return the answer as one number and the sentences around it; without a number, the headline."""
        return Answer("", "", self.headline(), title=self.headline())

    def tables(self) -> tuple[Table, ...]:
        """Return the answer's tables, raw values with headings and kinds."""
        return ()

    def table(self, name: str) -> Table:
        """Return one of the tables by its name."""
        return next(table for table in self.tables() if table.name == name)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs, as `--json` and the API give it."""
        fields = dataclasses.fields(self)  # type: ignore[arg-type]  # every result is a dataclass
        return {f.name: getattr(self, f.name) for f in fields}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw such a result, by kind of chart, the usual one first."""
        return {}

    @classmethod
    def chart_function(cls, kind: str | None = None) -> Callable[..., Chart]:
        """Return the function that draws a kind of chart.

        Parameters
        ----------
        kind : str, optional
            The kind of chart; without it, the usual one.

        Returns
        -------
        callable
            From a result, and what the chart takes besides it, to a chart.

        Raises
        ------
        InputError
            When such a result has no charts.
        UnknownNameError
            When it has no such chart.
        """
        charts = cls.charts()
        if not charts:
            raise InputError(f"there is no chart of a {cls.__name__}", do="draw another result")
        if kind is None:
            return next(iter(charts.values()))
        if kind not in charts:
            raise UnknownNameError("chart of this result", kind, charts, do=f"use {', '.join(charts)}")
        return charts[kind]

    def chart(self, kind: str | None = None, **options: Any) -> Chart:
        """Draw the result.

        Parameters
        ----------
        kind : str, optional
            Which of the result's charts; without it, the usual one.
        **options
            What that chart takes besides the result.

        Returns
        -------
        Chart
            A chart that shows itself in a notebook, and has ``save``, ``svg``, ``png`` and ``altair``.

        Raises
        ------
        InputError
            When the result has no charts, or the libraries that draw are not installed.
        UnknownNameError
            When the result has no such chart.
        """
        return self.chart_function(kind)(self, **options)

    def schema(self) -> Schema:
        """Return the columns of :meth:`to_columns` and what their cells are, whatever the data.

        Returns
        -------
        mapping of str to Cell
            From the annotations of the class of its rows, or from the kinds of the first table's columns.

        Raises
        ------
        InputError
            When the result has neither rows nor a table.
        """
        row = row_class(type(self), self.ROWS)
        return schema_of_rows(row) if row is not None else schema_of_table(self._main_table())

    def to_columns(self) -> dict[str, Any]:
        """Return the result's rows as columns: for each name the values, one for each row.

        Raises
        ------
        InputError
            When the result has neither rows nor a table.
        """
        row = row_class(type(self), self.ROWS)
        if row is not None:
            return values_of(getattr(self, self.ROWS), schema_of_rows(row))
        table = self._main_table()
        return {name: [row.get(name) for row in table.rows] for name in schema_of_table(table)}

    def as_frame(self, table: str | None = None) -> Frame:
        """Return the result's rows, or another of its fields of rows or tables, as a table of typed columns.

        Parameters
        ----------
        table : str, optional
            A field that holds rows, or the name of one of :meth:`tables`; without it, the result's rows.

        Returns
        -------
        Frame
            With ``to_polars()``, ``to_pandas()`` and ``to_arrow()``.
        """
        if table is None:
            return Frame(self.schema(), self.to_columns())
        row = row_class(type(self), table)
        if row is not None:
            return Frame(schema_of_rows(row), values_of(getattr(self, table), schema_of_rows(row)))
        chosen = {one.name: one for one in self.tables()}
        if table not in chosen:
            raise UnknownNameError("table of this result", table, chosen, do=f"use {', '.join(chosen)}")
        schema = schema_of_table(chosen[table])
        return Frame(schema, {name: [cells.get(name) for cells in chosen[table].rows] for name in schema})

    def to_polars(self) -> pl.DataFrame:
        """Return the result's rows as a table for polars.

        Returns
        -------
        polars.DataFrame
            One row for each of the result's rows; its types are those of :meth:`schema`.

        Raises
        ------
        InputError
            When the result has no rows, or polars is not installed.
        """
        return self.as_frame().to_polars()

    def to_pandas(self) -> pd.DataFrame:
        """Return the same table for pandas, which needs neither polars nor pyarrow; see :meth:`to_polars`."""
        return self.as_frame().to_pandas()

    def to_xarray(self) -> xr.Dataset:
        """Return the result's numbers as labelled arrays over the columns of ``AXES``.

        Returns
        -------
        xarray.Dataset
            A variable for each column of numbers.

        Raises
        ------
        InputError
            When such a result has no axes, or xarray is not installed.
        """
        if not self.AXES:
            what = f"a {type(self).__name__} has no axes"
            raise InputError(what, where="to_xarray", do="use to_pandas or to_polars")
        return self.as_frame().to_xarray(self.AXES)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the same table as an Arrow stream, which DuckDB, polars, pyarrow and others read."""
        return self.as_frame().arrow_stream(requested_schema)

    def _main_table(self) -> Table:
        """Return the first of the result's tables."""
        tables = self.tables()
        if not tables:
            raise InputError(f"a {type(self).__name__} has no rows", where="to_columns", do="use its fields")
        return tables[0]

    def notes_said(self) -> tuple[str, ...]:
        """Return the result's notes as sentences."""
        notes = getattr(self, "notes", ())
        said = notes() if callable(notes) else notes
        return tuple(note.text if isinstance(note, Note) else str(note) for note in said)

    def __repr__(self) -> str:
        """Return the result in one line: what it is, its sentence shortened, its edition and its day."""
        sentence = " ".join(self.headline().split())
        said = sentence if len(sentence) <= LONGEST_REPR else f"{sentence[: LONGEST_REPR - 1].rstrip()}…"
        return f"<{' · '.join((f'{type(self).__name__}: {said}', *_basis_of(self)))}>"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Keep the one-line representation: a dataclass writes one of all fields where its class has none."""
        super().__init_subclass__(**kwargs)
        if "__repr__" not in vars(cls):
            cls.__repr__ = Result.__repr__  # type: ignore[method-assign]

    def _repr_html_(self) -> str:
        """Show the result in a notebook: its sentence, its usual chart, its main table and its notes."""
        picture = ""
        if self.charts():
            try:
                picture = self.chart()._repr_html_()
            except InputError as error:
                picture = f"<p>{escape(str(error))}</p>"
        tables = self.tables()
        return notebook_html(self.headline(), picture, tables[0] if tables else None, self.notes_said())


def _basis_of(result: Result) -> tuple[str, ...]:
    """Return the edition and the day that a result rests on, where it names them."""
    edition = getattr(result, "edition", None) or getattr(getattr(result, "card", None), "id", None)
    day = getattr(result, "as_of", None)
    return (*([str(edition)] if edition else []), *([f"as of {day}"] if day else []))


def to_jsonable(value: Any) -> Any:
    """Return a result as JSON can carry it.

    Parameters
    ----------
    value : object
        Dataclasses, models, mappings, sequences, dates, paths, numbers and text, nested at will.

    Returns
    -------
    object
        The same with dates and paths as text, and None for a number that is not finite.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_jsonable(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if hasattr(value, "model_dump"):
        return to_jsonable(value.model_dump())
    if isinstance(value, Mapping):
        return {str(key): to_jsonable(item) for key, item in value.items()}
    if isinstance(value, (date, Path)):
        return str(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (str, int, bool)) or value is None:
        return value
    if hasattr(value, "tolist"):
        return to_jsonable(value.tolist())
    if isinstance(value, (Sequence, Iterable)):
        return [to_jsonable(item) for item in value]
    return str(value)
