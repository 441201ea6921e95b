"""Share a requirement among allies: nearest to fair in money, then class by class, within bounds.

Let ``w_i`` be ally i's fair share, ``T_k`` what is required of class k, ``p_k`` its price, and
``M = sum_k p_k T_k`` the whole's money. Parts ``x_ik`` add up to ``T_k`` for every class and lie within
bounds: no ally above the cap's part of any class, none with ships that has no coast, and whatever else the
question says.

1.  The least unfairness: ``sum_i |sum_k p_k x_ik - w_i M| / 2M``, the part of the whole's money that is borne
    by others than fair shares say. A linear programme; its duals say which bound costs how much of it.
2.  Among the nearest, one: the least squares of :mod:`foedus.forces.nearest`, relative to fair shares. What a
    bound takes from one ally so goes to the others in proportion.
3.  Whole units: a mixed-integer programme that keeps whole classes nearest to 2 in money; with them fixed, 1
    and 2 are solved again. Divisible classes are rounded by largest remainder.

Relative deviations by ally are not used: of 50 brigades most allies have a fair share of less than one, so
with whole units the greatest is 100 % whatever is done. HiGHS is called directly and not through linopy,
whose import alone takes seven times as long, and which calls a solver that stopped for time "ok". Here a
solver that stops for time has no answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from foedus.axes import country_name
from foedus.decisions.solver import Indices, Programme, Refusals, Solution
from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.forces.classes import equipment_class
from foedus.forces.nearest import CLASS_WEIGHT, Fair, nearest_parts
from foedus.forces.rounding import largest_remainder
from foedus.rounding import written

__all__ = ["GAP", "SECONDS", "Division", "SharingProblem", "check_fits", "divide"]

GAP = 0.05
"""How near to the best a whole solution is proved to lie, a share of its unfairness and class deviations."""

SECONDS = 60.0
"""How long the solver may take before it is an error."""

ROOM = 1e-9

REFUSALS = Refusals(
    needs="sharing out needs the solver",
    where="foedus apportion",
    unsolved="no way of sharing was found",
    do="raise the cap, or leave out bounds or whole classes",
)


@dataclass(frozen=True)
class SharingProblem:
    """What is to be shared, among whom, and within what bounds.

    Attributes
    ----------
    countries, classes : tuple of str
        Allies in alphabetical order, and classes with something required.
    shares : ndarray, (country,)
        Fair shares, adding up to one.
    required, prices : ndarray, (class,)
        How many, and the price of one.
    steps : ndarray, (class,)
        The piece in which a class is shared: 1 for whole units, 0.25 for quarters, 0 for any part.
    low, high : ndarray, (country, class)
        Bounds of the parts, the cap among them.
    """

    countries: tuple[str, ...]
    classes: tuple[str, ...]
    shares: Array
    required: Array
    prices: Array
    steps: Array
    low: Array
    high: Array

    @property
    def weights(self) -> Array:
        """The part of each class in the whole's money, (class,)."""
        money: Array = self.prices * self.required
        weights: Array = money / money.sum()
        return weights

    @property
    def reference(self) -> Array:
        """Fair shares of each class among those that can hold it, (country, class)."""
        able = np.where(self.high > 0.0, self.shares[:, None], 0.0)
        total = able.sum(axis=0)
        reference: Array = np.divide(able, total, out=np.zeros_like(able), where=total > 0.0)
        return reference


@dataclass(frozen=True)
class Division:
    """A requirement shared out.

    Attributes
    ----------
    parts : ndarray, (country, class)
        How many each ally has.
    unfairness, least : float
        The part of the whole's money that is borne by others than fair shares say: of these parts, and the
        least that the bounds allow, whole classes as they are.
    worth : ndarray, (country, class)
        By how much the least unfairness would fall for one more of an ally's upper bound.
    """

    parts: Array
    unfairness: float
    least: float
    worth: Array


def check_fits(problem: SharingProblem, cap: float) -> None:
    """Raise an error where the bounds leave no way of sharing.

    Parameters
    ----------
    problem : SharingProblem
        What is to be shared.
    cap : float
        The greatest part of any class, for the message.

    Raises
    ------
    InputError
        When a cap is too low, nobody can hold a class, or lower bounds ask for more than is required.
    """
    n = len(problem.countries)
    if n * cap < 1.0 - ROOM:
        raise InputError(
            f"{n} allies at {cap:g} each make {written(n * cap, 2)} of the whole",
            where="--cap",
            do=f"give a cap of {math.ceil(1000.0 / n) / 1000.0:g} or more",
        )
    for k, name in enumerate(problem.classes):
        label, required = equipment_class(name).label.lower(), problem.required[k]
        over = problem.low[:, k] - problem.high[:, k]
        if (over > ROOM).any():
            i = int(over.argmax())
            raise InputError(
                f"{country_name(problem.countries[i])} must provide {problem.low[i, k]:g} {label} "
                f"and may provide {problem.high[i, k]:g} at most",
                where="--at-least",
                do="raise the cap or lower what it must provide",
            )
        most, least = problem.high[:, k].sum(), problem.low[:, k].sum()
        if most < required * (1.0 - ROOM):
            raise InputError(
                f"those that can provide {label} may provide {most:g} of the {required:g} required",
                where="the bounds",
                do="raise the cap, or leave out bounds or whole classes",
            )
        if least > required * (1.0 + ROOM):
            raise InputError(
                f"lower bounds ask for {least:g} {label}, and {required:g} are required",
                where="--at-least",
                do="lower them",
            )


def divide(
    problem: SharingProblem, *, rounded: bool = True, gap: float = GAP, seconds: float = SECONDS
) -> Division:
    """Share a requirement among allies.

    Parameters
    ----------
    problem : SharingProblem
        What is to be shared; :func:`check_fits` has been called.
    rounded : bool, default True
        Round divisible classes to whole numbers, too.
    gap : float, default 0.05
        How near to the best whole classes are proved to lie.
    seconds : float, default 60
        How long the solver may take.

    Returns
    -------
    Division
        Totals are met exactly.

    Raises
    ------
    InputError
        When the solver is not installed.
    NoSolutionError
        When there is no solution within the bounds, or none was proved in time.
    """
    fixed = problem
    if (problem.steps > 0.0).any():
        fixed = _with_whole_fixed(problem, _nearest(problem), gap, seconds)
    linear, least = _least_unfair(fixed)
    parts = _nearest(fixed)
    if rounded:
        parts = _rounded(problem, parts)
    size = len(problem.countries) * len(problem.classes)
    shape = parts.shape
    # The dual of a bound that was put there by fixing a whole class is not one of the question's own.
    worth = -linear.reduced[:size].reshape(shape) / problem.required
    own = (problem.steps == 0.0)[None, :] & (linear.values[:size].reshape(shape) > 0.0)
    return Division(parts, _unfairness(problem, parts), least, np.where(own, np.maximum(worth, 0.0), 0.0))


def _unfairness(problem: SharingProblem, parts: Array) -> float:
    """Return the part of the whole's money that is borne by others than fair shares say."""
    money = (parts / problem.required) @ problem.weights
    return float(0.5 * np.abs(money - problem.shares).sum())


def _variables(programme: Programme, problem: SharingProblem) -> Indices:
    """Add the parts as shares of each class, and the rows that make them add up; return their indices."""
    n, m = problem.low.shape
    low, high = problem.low / problem.required, problem.high / problem.required
    parts = programme.add_variables(np.zeros(n * m), low=low.ravel(), high=high.ravel()).reshape(n, m)
    programme.add_rows(parts.T, 1.0, low=1.0, high=1.0)
    return parts


def _least_unfair(problem: SharingProblem) -> tuple[Solution, float]:
    """Find the least unfairness in money that the bounds allow."""
    programme = Programme(REFUSALS)
    parts = _variables(programme, problem)
    n = len(problem.countries)
    over, under = (programme.add_variables(np.full(n, 0.5)) for _ in range(2))
    rows = np.column_stack([parts, over, under])
    factors = np.concatenate([problem.weights, [-1.0, 1.0]])
    programme.add_rows(rows, factors, low=problem.shares, high=problem.shares)
    solution = programme.solve()
    return solution, max(solution.objective, 0.0)


def _nearest(problem: SharingProblem) -> Array:
    """Find the parts nearest to fair in money, then class by class, (country, class)."""
    required = problem.required
    bounds = problem.low / required, problem.high / required
    parts: Array = nearest_parts(Fair(problem.shares, problem.weights, problem.reference, *bounds)) * required
    return parts


def _with_whole_fixed(problem: SharingProblem, fair: Array, gap: float, seconds: float) -> SharingProblem:
    """Find whole parts nearest to the divisible ones in money and return the problem with them fixed."""
    programme = Programme(REFUSALS)
    n, m = problem.low.shape
    whole = np.flatnonzero(problem.steps > 0.0)
    parts = _variables(programme, problem)
    units = np.zeros((n, len(whole)), dtype=np.int32)
    for j, k in enumerate(whole):
        step = problem.steps[k]
        units[:, j] = programme.add_variables(
            np.zeros(n), high=np.ceil(problem.required[k] / step), whole=True
        )
        pairs = np.column_stack([parts[:, k], units[:, j]])
        programme.add_rows(pairs, [problem.required[k] / step, -1.0], low=0.0, high=0.0)
    over, under = (programme.add_variables(np.full(n, 0.5)) for _ in range(2))
    aim = (fair / problem.required) @ problem.weights
    rows = np.column_stack([parts, over, under])
    factors = np.concatenate([problem.weights, [-1.0, 1.0]])
    programme.add_rows(rows, factors, low=aim, high=aim)
    cost = np.broadcast_to(CLASS_WEIGHT * problem.weights, (n, m)).ravel()
    more, less = (programme.add_variables(cost) for _ in range(2))
    near = (fair / problem.required).ravel()
    programme.add_rows(np.column_stack([parts.ravel(), more, less]), [1.0, -1.0, 1.0], low=near, high=near)
    start = np.column_stack(
        [
            largest_remainder(fair[:, k] / problem.steps[k], problem.high[:, k] / problem.steps[k])
            for k in whole
        ]
    )
    programme.begin_with(units.ravel(), start.ravel())
    solution = programme.solve(gap=gap, seconds=seconds)
    low, high = problem.low.copy(), problem.high.copy()
    for j, k in enumerate(whole):
        low[:, k] = high[:, k] = np.round(solution.values[units[:, j]]) * problem.steps[k]
    return replace(problem, low=low, high=high)


def _rounded(problem: SharingProblem, parts: Array) -> Array:
    """Round classes to whole numbers, or to their pieces, where what is required is such a number."""
    result = parts.copy()
    for k, required in enumerate(problem.required):
        step = problem.steps[k] or 1.0
        if abs(required / step - round(required / step)) < ROOM:
            high = np.maximum(problem.high[:, k], 0.0)
            result[:, k] = largest_remainder(parts[:, k] / step, high / step) * step
    return result
