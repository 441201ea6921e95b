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
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, UnknownNameError
from foedus.extending import install

if TYPE_CHECKING:
    import polars as pl

    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["Answer", "Note", "Result", "data_frame", "pandas_frame", "to_jsonable"]


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

    def to_columns(self) -> dict[str, Any]:
        """Return the result's rows as columns: for each name the values, one for each row.

        Raises
        ------
        InputError
            When the result has no rows.
        """
        rows = getattr(self, "rows", None)
        if rows is None:
            raise InputError(f"a {type(self).__name__} has no rows", where="to_columns", do="use its fields")
        names = dict.fromkeys(name for row in rows for name in vars(row))
        return {name: [vars(row).get(name) for row in rows] for name in names}

    def to_polars(self) -> pl.DataFrame:
        """Return the result's rows as a table for polars.

        Returns
        -------
        polars.DataFrame
            One row for each of the result's rows.

        Raises
        ------
        InputError
            When the result has no rows, or polars is not installed.
        """
        return data_frame(self.to_columns())

    def to_pandas(self) -> Any:
        """Return the same table for pandas; see :meth:`to_polars`."""
        return pandas_frame(self.to_columns())

    def _repr_html_(self) -> str:
        """Show the result in a notebook: its usual chart with its words, or why it cannot be drawn.

        A result that has no charts shows its headline.
        """
        if not self.charts():
            return f"<p>{escape(self.headline())}</p>"
        try:
            return self.chart()._repr_html_()
        except InputError as error:
            return f"<p>{escape(type(self).__name__)}: {escape(str(error))}</p>"


def data_frame(columns: Mapping[str, Any]) -> pl.DataFrame:
    """Return columns as a polars data frame.

    Parameters
    ----------
    columns : mapping of str to sequence
        The values by name.

    Returns
    -------
    polars.DataFrame
        Without a value where a row has none.

    Raises
    ------
    InputError
        When polars is not installed.
    """
    try:
        import polars
    except ImportError as error:
        raise InputError("polars is not installed", where="to_polars", do=install("frames")) from error
    return polars.DataFrame(
        {name: _plain(values) for name, values in columns.items()}, strict=False, nan_to_null=True
    )


def pandas_frame(columns: Mapping[str, Any]) -> Any:
    """Return columns as a pandas data frame.

    Parameters
    ----------
    columns : mapping of str to sequence
        The values by name.

    Returns
    -------
    pandas.DataFrame
        The same columns and rows.

    Raises
    ------
    InputError
        When pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise InputError("pandas is not installed", where="to_pandas", do=install("notebook")) from error
    return pandas.DataFrame({name: _plain(values) for name, values in columns.items()})


def _plain(values: Any) -> Any:
    """Return a column with tuples as lists, as data frames keep them."""
    if isinstance(values, list):
        return [list(value) if isinstance(value, tuple) else value for value in values]
    return values


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
