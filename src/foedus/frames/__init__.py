"""Answers as data frames: columns whose types come from annotations, for polars, pandas, Arrow and xarray."""

from foedus.frames.frame import Frame
from foedus.frames.schema import CellKind, Schema, schema_of_rows, schema_of_table

__all__ = ["CellKind", "Frame", "Schema", "schema_of_rows", "schema_of_table"]
