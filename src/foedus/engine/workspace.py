"""Arrays that a worker keeps from year to year and from block to block, and equations run over them.

A component may ask for a workspace. What it writes into the arrays of one is the same to the bit as without:
a workspace saves the system's work of handing out and clearing memory, and where equations are compiled
(:mod:`foedus.engine.compiled`) that of passing over the arrays once for every operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from foedus.engine.arrays import Array

T = TypeVar("T")

__all__ = ["ELEMENTS", "Equation", "Workspace", "Workspaces", "repeated", "same_row"]

ELEMENTS = 4096
"""So many values of an array, 32 kB, are taken through an equation at once: they stay in a core's nearest
cache, and memory for so few is handed out again without asking the system."""


@dataclass(frozen=True)
class Equation:
    """An equation for one draw and country, and how it runs over all of them.

    Attributes
    ----------
    equation : callable
        Takes a named tuple of what differs by draw and country, (draw, country); one of what differs by draw,
        (draw, 1); one of what differs by country, (country,); and one of numbers. It returns an array or a
        named tuple of them. It is written with operators and with functions that take one value as well as
        an array, so that it holds for a single draw and country.
    loop : callable
        Takes the arrays to fill, one after the other on the first axis, and the same four tuples; calls the
        equation for every draw and country by itself. It is made to be compiled.
    parts : tuple of callable
        The functions that the equation calls, and the equation itself.
    """

    equation: Callable[..., Any]
    loop: Callable[..., None]
    parts: tuple[Callable[..., Any], ...]


class Workspace:
    """Arrays by name; without `kept`, new ones every time.

    Parameters
    ----------
    keeps : bool, default False
        Whether arrays are used again. Those of a year then hold until the year after next begins.
    compiler : callable, optional
        Gives the compiled loop of an equation; without it, equations run operation by operation.
    """

    def __init__(self, *, keeps: bool = False, compiler: Callable[[Equation], Any] | None = None) -> None:
        self._kept: dict[tuple[str, int], Array] | None = {} if keeps else None
        self._compiler = compiler
        self._year = 0
        self._figures: dict[tuple[str, int], Any] = {}
        self._figures_of_rows: dict[tuple[str, int], tuple[bytes, Any]] = {}
        self._inputs: object = None
        self._parameters: object = None

    def once(self, name: str, figures: Callable[[], T], *, of: Array | None = None) -> T:
        """Return figures that are the same in every draw, worked out once for all blocks.

        Parameters
        ----------
        name : str
            Two kinds of figures need two names.
        figures : callable
            Works them out, from this year's inputs and from parameters alone.
        of : ndarray, optional
            The one row that they are made of, and nothing else: they then hold for another problem with the
            same row.

        Returns
        -------
        T
            The figures.
        """
        if self._kept is None:
            return figures()
        key = (name, self._year)
        if of is not None:
            return self._once_of(key, figures, of.tobytes())
        if key not in self._figures:
            self._figures[key] = figures()
        existing: T = self._figures[key]
        return existing

    def _once_of(self, key: tuple[str, int], figures: Callable[[], T], row: bytes) -> T:
        """Return figures made of one row, worked out anew where the row is another."""
        known = self._figures_of_rows.get(key)
        if known is None or known[0] != row:
            known = self._figures_of_rows[key] = (row, figures())
        existing: T = known[1]
        return existing

    def start(self, inputs: object = None, parameters: object = None) -> None:
        """Begin a block, with the year before the first; drop figures worked out for another problem.

        Parameters
        ----------
        inputs, parameters : object, optional
            Those of the block's problem: figures hold as long as these are the very same objects.
        """
        self._year = 0
        if inputs is not self._inputs or parameters is not self._parameters:
            self._figures.clear()
        self._inputs, self._parameters = inputs, parameters

    def next_year(self) -> None:
        """Begin the next year: the arrays of the year before last are free."""
        self._year += 1

    def array(self, name: str, shape: tuple[int, ...]) -> Array:
        """Return an array to write to; what it holds is not defined.

        Parameters
        ----------
        name : str
            Two arrays of one year need two names.
        shape : tuple of int
            Its shape.

        Returns
        -------
        ndarray
            Double precision, rows in one piece.
        """
        if self._kept is None:
            return np.empty(shape)
        existing = self._kept.get((name, self._year % 2))
        if existing is None or existing.shape != shape:
            existing = self._kept[name, self._year % 2] = np.empty(shape)
        return existing

    def run(self, equation: Equation, out: Array, values: tuple[Any, Any, Any, Any]) -> None:
        """Work out an equation for every draw and country.

        Parameters
        ----------
        equation : Equation
            The equation.
        out : ndarray, (result, draw, country)
            Filled with its results.
        values : tuple of four named tuples
            By draw and country, by draw, by country, and numbers.
        """
        if self._compiler is not None:
            self._compiler(equation)(out, *_whole(values, out.shape[1:]))
            return
        draws, countries = out.shape[1:]
        rows = max(1, ELEMENTS // countries)
        cells, terms, by_country, numbers = values
        for first in range(0, draws, rows):
            span = slice(first, first + rows)
            results = equation.equation(
                _cut(cells, span, draws), _cut(terms, span, draws), by_country, numbers
            )
            for array, result in zip(out, results if isinstance(results, tuple) else (results,), strict=True):
                array[span] = result


def _cut(values: Any, span: slice, draws: int) -> Any:
    """Return some draws of each array; one that is the same in every draw stays as it is."""
    return type(values)(*(v[span] if np.ndim(v) == 2 and len(v) == draws else v for v in values))


def _whole(values: tuple[Any, Any, Any, Any], shape: tuple[int, ...]) -> tuple[Any, Any, Any, Any]:
    """Return the values as compiled loops take them, each array in one piece.

    One layout for each kind of argument keeps a loop from being compiled again for another; a quantity that
    is the same in every draw stays one row.
    """
    cells, terms, by_country, numbers = values
    draws, countries = shape
    return (
        type(cells)(*(_rows(v, draws, countries) for v in cells)),
        type(terms)(*(_row(v, draws) for v in terms)),
        type(by_country)(*(_row(v, countries) for v in by_country)),
        type(numbers)(*(v if isinstance(v, (bool, tuple)) else float(v) for v in numbers)),
    )


def _rows(values: Any, draws: int, countries: int) -> Array:
    """Return an array of one row or one for each draw, in one piece."""
    if type(values) is np.ndarray and values.shape == (draws, countries) and values.flags.carray:
        return values
    array = np.atleast_2d(np.asarray(values, dtype=np.float64))
    rows = 1 if array.shape[0] == 1 or array.strides[0] == 0 else draws
    return _in_one_piece(array[:rows], (rows, countries))


def _row(values: Any, length: int) -> Array:
    """Return an array of one axis, in one piece."""
    if type(values) is np.ndarray and values.size == length and values.flags.carray:
        return values.reshape(-1)
    array = np.asarray(values, dtype=np.float64)
    return _in_one_piece(array.reshape(-1) if array.ndim else array, (length,))


def _in_one_piece(array: Array, shape: tuple[int, ...]) -> Array:
    """Return an array of a shape that compiled code can take, itself where it is one already."""
    if array.shape == shape and array.flags.carray:
        return array
    whole = np.empty(shape)
    whole[...] = array
    return whole


class Workspaces:
    """The workspaces of the blocks of one problem: a block takes a free one and gives it back.

    Parameters
    ----------
    compiler : callable, optional
        As for :class:`Workspace`.
    """

    def __init__(self, compiler: Callable[[Equation], Any] | None = None) -> None:
        self._free: list[Workspace] = []
        self._compiler = compiler

    @contextmanager
    def one(self) -> Iterator[Workspace]:
        """Yield a workspace that nobody else uses meanwhile."""
        # Taking from a list and adding to it are steps that threads cannot interrupt.
        try:
            workspace = self._free.pop()
        except IndexError:
            workspace = Workspace(keeps=True, compiler=self._compiler)
        try:
            yield workspace
        finally:
            self._free.append(workspace)


def same_row(values: Array) -> Array:
    """Return the one row of values that are the same in every draw, else the values.

    Parameters
    ----------
    values : ndarray, (draw, country) or (country,), or float
        A row that was repeated for all draws is known by its stride.

    Returns
    -------
    ndarray, (1, country) or (draw, country)
        A view.
    """
    if np.ndim(values) < 2:
        return np.atleast_2d(values)
    return values[:1] if values.strides[0] == 0 else values


def repeated(values: Array, draws: int) -> Array:
    """Return a row for every draw without copying it; rows for every draw are returned as they are.

    Parameters
    ----------
    values : ndarray, (country,), (1, country) or (draw, country)
        Quantities.
    draws : int
        How many draws.

    Returns
    -------
    ndarray, (draw, country)
        To be read only, as from :func:`numpy.broadcast_to`, which takes ten times as long.
    """
    if values.ndim == 2 and len(values) == draws:
        return values
    row = np.ascontiguousarray(values).reshape(-1)
    view: Array = np.ndarray((draws, row.size), buffer=row, strides=(0, row.itemsize))
    view.flags.writeable = False
    return view
