"""The solver: linear and mixed-integer programmes of minimisation, by HiGHS.

A programme is built from blocks of variables and rows, and may grow by columns between two solutions, which
then starts from the last one. Rooms above use it too: it knows no subject but the words of its two refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from foedus.engine.arrays import Array
from foedus.errors import InputError, NoSolutionError
from foedus.extending import install

__all__ = ["Indices", "Programme", "Refusals", "Solution"]

Indices = NDArray[np.int32]
"""Which variables or rows."""


@dataclass(frozen=True)
class Solution:
    """The optimum of a programme.

    Attributes
    ----------
    objective : float
        The least value.
    bound : float
        What no solution is below; the objective itself where no variable is whole.
    values, duals : ndarray
        Of the variables and, of a linear programme, of the rows: what one more of a row's side would cost.
    reduced : ndarray
        Of the variables of a linear programme: what one more of the bound that holds them would cost.
    """

    objective: float
    bound: float
    values: Array
    duals: Array
    reduced: Array


@dataclass(frozen=True)
class Refusals:
    """What a programme says where it cannot answer.

    Attributes
    ----------
    needs, where : str
        What needs the solver, and where it was asked for.
    unsolved, do : str
        What was not found, and what to do about it.
    """

    needs: str = "packages need the solver"
    where: str = "foedus decide --package"
    unsolved: str = "no package was found"
    do: str = "take the aim weighted, or leave out members that can gain nothing"


PACKAGES = Refusals()


class Programme:
    """A programme that is being built.

    Parameters
    ----------
    refusals : Refusals
        The words of its errors.
    options : mapping of str to str or int, optional
        Of the solver, beside one thread and a seed.

    Raises
    ------
    InputError
        When the solver is not installed.
    """

    def __init__(
        self, refusals: Refusals = PACKAGES, options: Mapping[str, str | int] = MappingProxyType({})
    ) -> None:
        try:
            import highspy
        except ImportError as error:
            raise InputError(refusals.needs, where=refusals.where, do=install("optimise")) from error
        self._refusals = refusals
        library: Any = highspy
        self._solver = library.Highs()
        self._integer = library.HighsVarType.kInteger
        self._costs: list[Array] = []
        self._variables = 0
        self._rows = 0
        self._whole = False
        # One thread and no clock: the same programme has the same solution on every machine.
        fixed = {"output_flag": False, "threads": 1, "random_seed": 1}
        for option, value in (fixed | dict(options)).items():
            self._solver.setOptionValue(option, value)

    def add_variables(
        self, cost: ArrayLike, *, low: ArrayLike = 0.0, high: ArrayLike = np.inf, whole: bool = False
    ) -> Indices:
        """Add variables that stand in no row yet.

        Parameters
        ----------
        cost : array_like, (variable,)
            What one of each costs.
        low, high : array_like
            Between what they lie.
        whole : bool, default False
            Whether they are whole numbers.

        Returns
        -------
        ndarray of int, (variable,)
            Their indices.
        """
        costs = np.atleast_1d(np.asarray(cost, float))
        count = len(costs)
        ends = (np.broadcast_to(np.asarray(e, float), count).copy() for e in (low, high))
        self._solver.addVars(count, *ends)
        added = np.arange(self._variables, self._variables + count, dtype=np.int32)
        self._variables += count
        self._solver.changeColsCost(count, added, costs)
        self._costs.append(costs)
        if whole:
            self._whole = True
            self._solver.changeColsIntegrality(count, added, np.full(count, self._integer))
        return added

    def add_rows(
        self, variables: ArrayLike, factors: ArrayLike, *, low: ArrayLike = -np.inf, high: ArrayLike = np.inf
    ) -> Indices:
        """Add rows, each a weighted sum of as many variables as every other.

        Parameters
        ----------
        variables, factors : array_like, (row, term)
            Which variables, and with what factor; the factors broadcast.
        low, high : array_like
            Between what each sum lies.

        Returns
        -------
        ndarray of int, (row,)
            Their indices.
        """
        which = np.atleast_2d(np.asarray(variables, np.int32))
        values = np.broadcast_to(np.asarray(factors, float), which.shape)
        count, terms = which.shape
        ends = (np.broadcast_to(np.asarray(e, float), count).copy() for e in (low, high))
        starts = np.arange(count, dtype=np.int32) * terms
        self._solver.addRows(count, *ends, which.size, starts, which.ravel().copy(), values.ravel().copy())
        self._rows += count
        return np.arange(self._rows - count, self._rows, dtype=np.int32)

    def add_columns(self, cost: Array, rows: Indices, factors: Array, *, high: ArrayLike = np.inf) -> Indices:
        """Add variables from zero on that stand in existing rows.

        Parameters
        ----------
        cost : ndarray, (variable,)
            What one of each costs.
        rows : ndarray of int, (variable, term)
            In which rows each stands.
        factors : ndarray, (variable, term)
            With what factor.
        high : array_like
            Up to what they go.

        Returns
        -------
        ndarray of int, (variable,)
            Their indices.
        """
        count, terms = rows.shape
        starts = np.arange(count, dtype=np.int32) * terms
        self._solver.addCols(
            count,
            np.asarray(cost, float),
            np.zeros(count),
            np.broadcast_to(np.asarray(high, float), count).copy(),
            rows.size,
            starts,
            np.ascontiguousarray(rows, np.int32).ravel(),
            np.ascontiguousarray(factors, float).ravel(),
        )
        self._costs.append(np.asarray(cost, float))
        self._variables += count
        return np.arange(self._variables - count, self._variables, dtype=np.int32)

    def set_option(self, name: str, value: str | int) -> None:
        """Take an option of the solver from the next solution on."""
        self._solver.setOptionValue(name, value)

    def set_high(self, variables: Indices, high: ArrayLike) -> None:
        """Let variables from zero on go up to another bound; the next solution starts from the last."""
        ends = np.broadcast_to(np.asarray(high, float), len(variables)).copy()
        self._solver.changeColsBounds(len(variables), variables, np.zeros(len(variables)), ends)

    def set_row_high(self, rows: Indices, high: ArrayLike) -> None:
        """Let rows without a lower bound go up to another bound; the next solution starts from the last."""
        ends = np.broadcast_to(np.asarray(high, float), len(rows)).copy()
        self._solver.changeRowsBounds(len(rows), rows, np.full(len(rows), -np.inf), ends)

    @property
    def seconds(self) -> float:
        """How long the solver itself has run in all, by the clock."""
        return float(self._solver.getRunTime())

    def hold_above(self, bound: float) -> None:
        """Add the row that no solution costs less than a bound that is proved elsewhere."""
        cost = np.concatenate(self._costs)
        some = np.flatnonzero(cost)
        self.add_rows(some[None], cost[some][None], low=bound)

    def begin_with(self, variables: ArrayLike, values: ArrayLike) -> None:
        """Take the values of some variables in a known solution; the solver works out the others.

        Parameters
        ----------
        variables : array_like of int, (variable,)
            Which variables.
        values : array_like, (variable,)
            Their values.
        """
        which = np.asarray(variables, np.int32)
        self._solver.setSolution(len(which), which, np.asarray(values, float))

    def solve(self, *, gap: float = 0.0, seconds: float | None = None) -> Solution:
        """Find the optimum.

        Parameters
        ----------
        gap : float, default 0
            How near to the optimum a whole solution is proved to lie, a share of the objective.
        seconds : float, optional
            How long the solver may take; one that stops for time has no answer.

        Returns
        -------
        Solution
            The optimum.

        Raises
        ------
        NoSolutionError
            When there is none, or none was proved in time.
        """
        solver = self._solver
        solver.setOptionValue("mip_rel_gap", gap)
        if seconds is not None:
            solver.setOptionValue("time_limit", seconds)
        solver.run()
        status = solver.modelStatusToString(solver.getModelStatus()).lower()
        if status != "optimal":
            raise NoSolutionError(
                f"{self._refusals.unsolved} ({status})", where="the solver", do=self._refusals.do
            )
        solution, info = solver.getSolution(), solver.getInfo()
        value = float(info.objective_function_value)
        return Solution(
            objective=value,
            bound=float(info.mip_dual_bound) if self._whole else value,
            values=np.array(solution.col_value),
            duals=np.array(solution.row_dual),
            reduced=np.array(solution.col_dual),
        )
