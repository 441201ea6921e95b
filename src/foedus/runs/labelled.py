"""A run's quantities with their labels: as the columns of a long table, and as arrays over named axes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from foedus.catalogue import catalogue
from foedus.engine.section import QUANTILES
from foedus.errors import InputError
from foedus.frames.frame import imported_xarray

if TYPE_CHECKING:
    import xarray as xr

    from foedus.runs.result import Run

__all__ = ["MOST_ROWS", "What", "run_arrays", "run_columns"]

MOST_ROWS = 50_000_000
"""The longest table that is made of a run."""

What = Literal["draws", "quantiles"]
"""Whether every draw is wanted, or quantiles over the draws."""


def run_columns(run: Run, names: Sequence[str], what: What = "draws") -> dict[str, Any]:
    """Return quantities as the columns of a long table.

    Parameters
    ----------
    run : Run
        The run.
    names : sequence of str
        Quantities by country, or measures; not both.
    what : {"draws", "quantiles"}
        Every draw, or the quantiles 0.1, 0.5 and 0.9 over the draws.

    Returns
    -------
    dict of str to ndarray
        Columns year, draw or quantile, country (not for measures), and one for each quantity.

    Raises
    ------
    InputError
        When the table would be too long, or the quantities have different axes.
    """
    kinds = {len(run.dims(name)) for name in names}
    if len(kinds) != 1:
        raise InputError(f"{', '.join(names)} have different axes", where="to_columns", do="ask apart")
    inner = run.draw_count if what == "draws" else len(QUANTILES)
    shape = (len(run.years), inner, len(run.countries))[: kinds.pop()]
    rows = int(np.prod(shape))
    if rows > MOST_ROWS:
        raise InputError(
            f"the table would have {rows:,} rows",
            where="to_columns",
            do="use `quantiles`, or `draws` with a year",
        )
    index = np.indices(shape).reshape(len(shape), -1)
    second = index[1] if what == "draws" else np.array(QUANTILES)[index[1]]
    axis = "draw" if what == "draws" else "quantile"
    columns: dict[str, Any] = {"year": index[0] + run.years[0], axis: second}
    if len(shape) == 3:
        columns["country"] = np.array(run.countries)[index[2]]
    return columns | {name: _values(run, name, what).ravel() for name in names}


def run_arrays(run: Run, names: Sequence[str], what: What = "draws") -> xr.Dataset:
    """Return quantities as labelled arrays.

    Parameters
    ----------
    run : Run
        The run.
    names : sequence of str
        Quantities by country, measures, or both.
    what : {"draws", "quantiles"}
        Every draw, or the quantiles 0.1, 0.5 and 0.9 over the draws.

    Returns
    -------
    xarray.Dataset
        Over year, draw or quantile, and country, with label and unit as attributes.

    Raises
    ------
    InputError
        When xarray is not installed.
    """
    xarray = imported_xarray()
    data = {}
    for name in names:
        year, _, *by = run.dims(name)
        entry = catalogue()[name]
        axes = (year, "draw" if what == "draws" else "quantile", *by)
        data[name] = (axes, _values(run, name, what), {"long_name": entry.label, "units": entry.unit})
    coords: dict[str, Any] = {"year": list(run.years), "country": list(run.countries)}
    coords["quantile"] = list(QUANTILES)
    used = {axis for axes, _, _ in data.values() for axis in axes}
    arrays: xr.Dataset = xarray.Dataset(data, coords={k: v for k, v in coords.items() if k in used})
    return arrays


def _values(run: Run, name: str, what: What) -> Any:
    """Return a quantity over year, draw or quantile, and country."""
    return run.draws(name) if what == "draws" else np.moveaxis(run.quantiles(name), 0, 1)
