"""What every result can do for a reader: show itself in a notebook, be drawn, become a table.

A result knows that it can be drawn and not how: the charts stand above the measures in the order of imports,
so they are looked up by name when they are asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Result", "pandas_frame"]


class Result:
    """A result that shows itself."""

    def chart(self, kind: str | None = None, **options: Any) -> Any:
        """Draw the result.

        Parameters
        ----------
        kind : str, optional
            Which of the result's charts; without it, the usual one.
        **options
            What that chart takes besides the result.

        Returns
        -------
        Picture
            A chart that shows itself in a notebook, and has ``save``, ``svg``, ``png`` and ``altair``.

        Raises
        ------
        InputError
            When the libraries that draw are not installed.
        UnknownNameError
            When the result has no such chart.
        """
        return import_module("foedus.report.drawn").chart_of(self, kind, **options)

    def to_polars(self) -> pl.DataFrame:
        """Give the result's rows as a table.

        Returns
        -------
        polars.DataFrame
            One row for each of the result's rows.

        Raises
        ------
        InputError
            When the result has no rows.
        """
        import polars as pl

        rows = getattr(self, "rows", None)
        if rows is None:
            raise InputError(f"a {type(self).__name__} has no rows", where="to_polars", do="use its fields")
        return pl.DataFrame([dict(vars(row)) for row in rows], infer_schema_length=None)

    def to_pandas(self) -> Any:
        """Give the same table for pandas; see :meth:`to_polars`."""
        return pandas_frame(self.to_polars())

    def _repr_html_(self) -> str:
        """Show the result in a notebook."""
        text: str = import_module("foedus.report.drawn").html_of(self)
        return text


def pandas_frame(frame: pl.DataFrame) -> Any:
    """Turn a table into pandas.

    Parameters
    ----------
    frame : polars.DataFrame
        The table.

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
        pandas = import_module("pandas")
    except ImportError as error:
        raise InputError(
            "pandas is not installed", where="to_pandas", do="run `pip install 'foedus[notebook]'`"
        ) from error
    return pandas.DataFrame(frame.to_dict(as_series=False))
