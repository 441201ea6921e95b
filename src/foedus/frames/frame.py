"""One table of typed columns, and how each library of data frames takes it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.extending import install
from foedus.frames.schema import CellKind, CellType, Schema

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import xarray as xr

__all__ = ["Frame"]


@dataclass(frozen=True)
class Frame:
    """A table of typed columns.

    Attributes
    ----------
    schema : mapping of str to CellKind
        The columns and what their cells are.
    columns : mapping of str to sequence
        The values of each column, of one length; a column may be an array.
    notes : mapping of str to str
        What a column holds, where more than its name says it: its meaning and unit.
    """

    schema: Schema
    columns: Mapping[str, Any] = field(repr=False)
    notes: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return max((len(values) for values in self.columns.values()), default=0)

    def cells(self) -> dict[str, Any]:
        """Return the values by column as its cell has them; a missing number is None."""
        return {name: _cells(self.columns[name], cell) for name, cell in self.schema.items()}

    def to_polars(self) -> pl.DataFrame:
        """Return the table for polars.

        Raises
        ------
        InputError
            When polars is not installed.
        """
        try:
            import polars
        except ImportError as error:
            raise InputError("polars is not installed", where="to_polars", do=install("frames")) from error
        types: Mapping[CellType, Any] = {
            "text": polars.String,
            "whole": polars.Int64,
            "number": polars.Float64,
            "yes_no": polars.Boolean,
            "day": polars.Date,
            "texts": polars.List(polars.String),
            "wholes": polars.List(polars.Int64),
            "numbers": polars.List(polars.Float64),
        }
        return polars.DataFrame(
            [
                polars.Series(name, values, dtype=types[self.schema[name].type], nan_to_null=True)
                if hasattr(values, "dtype")
                else polars.Series(name, values, dtype=types[self.schema[name].type])
                for name, values in self.cells().items()
            ]
        )

    def to_pandas(self) -> pd.DataFrame:
        """Return the table for pandas, without pyarrow and without polars.

        Raises
        ------
        InputError
            When pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise InputError("pandas is not installed", where="to_pandas", do=install("notebook")) from error
        types: Mapping[CellKind, Any] = {
            CellKind("whole"): "int64",
            CellKind("whole", empty=True): "Int64",
            CellKind("yes_no"): "bool",
            CellKind("yes_no", empty=True): "boolean",
            CellKind("number"): "float64",
            CellKind("day"): "datetime64[s]",
            CellKind("text"): pandas.StringDtype("python"),
        }
        return pandas.DataFrame(
            {
                name: pandas.Series(
                    values, dtype=types.get(cell) or types.get(cell._replace(empty=False), "object")
                )
                for (name, values), cell in zip(self.cells().items(), self.schema.values(), strict=True)
            }
        )

    def to_arrow(self) -> Any:
        """Return the table as pyarrow's.

        Raises
        ------
        InputError
            When pyarrow is not installed.
        """
        try:
            import pyarrow
        except ImportError as error:
            raise InputError(
                "neither polars nor pyarrow is installed", where="__arrow_c_stream__", do=install("frames")
            ) from error
        types: Mapping[CellType, Any] = {
            "text": pyarrow.large_string(),
            "whole": pyarrow.int64(),
            "number": pyarrow.float64(),
            "yes_no": pyarrow.bool_(),
            "day": pyarrow.date32(),
            "texts": pyarrow.large_list(pyarrow.large_string()),
            "wholes": pyarrow.large_list(pyarrow.int64()),
            "numbers": pyarrow.large_list(pyarrow.float64()),
        }
        schema = pyarrow.schema([(name, types[cell.type]) for name, cell in self.schema.items()])
        return pyarrow.table(self.cells(), schema=schema)

    def arrow_stream(self, requested_schema: object | None = None) -> object:
        """Return the table as an Arrow stream, by polars or by pyarrow, whichever is installed.

        Raises
        ------
        InputError
            When neither is.
        """
        try:
            frame: Any = self.to_polars()
        except InputError:
            frame = self.to_arrow()
        stream: object = frame.__arrow_c_stream__(requested_schema)
        return stream

    def to_xarray(self, axes: Sequence[str], attributes: Mapping[str, str] | None = None) -> xr.Dataset:
        """Return the columns of numbers as labelled arrays over other columns.

        Parameters
        ----------
        axes : sequence of str
            The columns that name a row; two rows of the same names are an error.
        attributes : mapping of str to str, optional
            What the dataset says of itself.

        Raises
        ------
        InputError
            When xarray is not installed, or two rows have the same names.
        """
        import numpy as np

        xarray = imported_xarray()
        cells = self.cells()
        labels = {axis: list(dict.fromkeys(cells[axis])) for axis in axes}
        for axis in axes:
            if self.schema[axis].type == "whole":
                labels[axis].sort()
        at = {axis: {label: i for i, label in enumerate(names)} for axis, names in labels.items()}
        index = tuple(np.array([at[axis][label] for label in cells[axis]], dtype=int) for axis in axes)
        shape = tuple(len(names) for names in labels.values())
        if len(set(zip(*index, strict=True))) < len(self):
            raise InputError(f"{', '.join(axes)} name several rows", where="to_xarray", do="use to_pandas")
        data = {}
        for name, cell in self.schema.items():
            if name not in axes and cell.type in {"number", "whole"}:
                values = np.full(shape, np.nan)
                values[index] = [math.nan if value is None else value for value in cells[name]]
                note = {"long_name": self.notes[name]} if name in self.notes else {}
                data[name] = (tuple(axes), values, note)
        arrays: xr.Dataset = xarray.Dataset(data, coords=labels, attrs=dict(attributes or {}))
        return arrays


def imported_xarray() -> Any:
    """Return the library of labelled arrays.

    Raises
    ------
    InputError
        When it is not installed.
    """
    try:
        import xarray
    except ImportError as error:
        raise InputError("xarray is not installed", where="to_xarray", do=install("notebook")) from error
    return xarray


def _cells(values: Any, cell: CellKind) -> Any:
    """Return the values of a column as its cell has them; an array stays one."""
    if hasattr(values, "dtype") and cell.type in {"number", "whole"}:
        return values.astype(float if cell.type == "number" else int)
    return [_cell(value, cell.type) for value in values]


def _cell(value: Any, kind: CellType) -> Any:
    """Return a value as a cell has it."""
    if value is None or (isinstance(value, float) and math.isnan(value) and kind != "text"):
        return None
    match kind:
        case "number":
            return float(value)
        case "whole":
            return int(value)
        case "text":
            return _text(value)
        case "texts":
            return [_text(part) for part in value]
        case "wholes" | "numbers":
            return [(int if kind == "wholes" else float)(part) for part in value]
    return value


def _text(value: Any) -> str:
    """Return a value as text: a list with commas, a day as 2026-11-01."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (list, tuple)):
        return ", ".join(str(part) for part in value)
    return value.isoformat() if isinstance(value, date) else str(value)
