"""The engine: run a chain year by year over arrays of draws and countries.

It knows no component and no random numbers: shocks come in as arrays, and what goes out is one year's
quantities at a time, so that the caller decides what to keep.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter
from typing import Any, Protocol

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.clock import Clock
from foedus.engine.component import Component, declared_names, needed_part, shock_axes
from foedus.engine.wiring import check
from foedus.engine.workspace import Workspace

__all__ = ["Problem", "State", "Terms", "simulate", "terms_of_year", "trajectories"]

State = Mapping[str, Array]
"""One year's quantities by catalogue name, each of shape (draw, country) or broadcasting to it; those by
class have the class as a first axis before these two."""


class Terms(Protocol):
    """The random terms of a shock: an array, or anything that gives them by the year's index."""

    def __getitem__(self, year: int, /) -> Array:
        """Return the terms of a year, by its index from 0."""


@dataclass(frozen=True)
class Problem:
    """What one run of a chain needs besides its shocks.

    Attributes
    ----------
    chain : tuple of Component
        The components in the order in which they run.
    start_year : int
        The year of the starting state; the first step is the year after.
    countries : int
        How many countries the last axis has.
    starts : tuple of object
        The ``Start`` of each room.
    inputs : tuple of tuple of object
        For each year after the start, in order, the ``Inputs`` of each room.
    parameters : mapping of str to mapping
        For each component, its parameters' values by name.
    shock_scale : float
        What every random term is multiplied by.
    classes : int
        How many classes the axis of equipment has.
    """

    chain: tuple[Component, ...]
    start_year: int
    countries: int
    starts: tuple[Any, ...]
    inputs: tuple[tuple[Any, ...], ...]
    parameters: Mapping[str, Mapping[str, Any]]
    shock_scale: float = 1.0
    classes: int = 1

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and every year after it."""
        return tuple(range(self.start_year, self.start_year + len(self.inputs) + 1))

    @cached_property
    def given(self) -> tuple[Mapping[str, Any], ...]:
        """What the clock and the rooms give in each year after the start, by name."""
        return tuple(
            {name: value for part in (clock, *inputs) for name, value in _fields(part).items()}
            for clock, inputs in zip(
                (Clock(float(year), self.shock_scale) for year in self.years[1:]), self.inputs, strict=True
            )
        )

    def with_parameters(self, parameters: Mapping[str, Mapping[str, Any]]) -> Problem:
        """Return the problem with other values of its parameters; what the rooms give is shared."""
        problem = replace(self, parameters=parameters)
        problem.__dict__["given"] = self.given
        return problem

    def needed_part(self, wanted: frozenset[str] | None) -> tuple[Component, ...]:
        """Return the components that some wanted quantity needs; all of them without such names."""
        return self.chain if wanted is None else needed_part(self.chain, wanted)

    def check(self) -> None:
        """Check the chain's wiring against the catalogue, the inputs and the parameters at hand.

        Raises
        ------
        WiringError
            When the components do not fit together, or not what they are given.
        """
        from foedus.catalogue import catalogue

        check(
            self.chain,
            inputs=tuple(type(given) for given in (self.inputs[0] if self.inputs else ())),
            starts=tuple(type(start) for start in self.starts),
            known=catalogue(),
            parameters={c: tuple(p) for c, p in self.parameters.items()},
        )


def _fields(declaration: Any) -> dict[str, Any]:
    """Return the values of a declaring dataclass by name."""
    kind: type = type(declaration)
    return {name: getattr(declaration, name) for name in declared_names(kind)}


def simulate(
    problem: Problem,
    shocks: Mapping[str, Array | Terms],
    workspace: Workspace | None = None,
    wanted: frozenset[str] | None = None,
) -> Iterator[tuple[int, State]]:
    """Run a chain and yield each year's quantities as they come.

    Parameters
    ----------
    problem : Problem
        The chain, its start, inputs and parameters.
    shocks : mapping of str to ndarray or Terms
        Standard normal terms: of shape (year, draw, country), (year, draw) or (draw), as the components
        declare them; the year axis holds the years after the start, each asked for once and in order.
    workspace : Workspace, optional
        Where components write; without it, into new arrays. In kept arrays a year's quantities hold until the
        next year is asked for.
    wanted : frozenset of str, optional
        The quantities that the caller reads: components that none of them needs are not run. Without it, all
        are.

    Yields
    ------
    int, mapping of str to ndarray
        The year, and its quantities. The first is the starting state, which holds only what the rooms'
        ``Start`` declare, of shape (country,).

    Raises
    ------
    WiringError
        When the components do not fit together; this is found before the first year.
    """
    problem.check()
    workspace = workspace or Workspace()
    workspace.start(problem.inputs, problem.parameters)
    chain = problem.needed_part(wanted)
    steps = [_Step(part, problem.parameters.get(part.filed_under, {}), workspace) for part in chain]
    axes = shock_axes(chain)
    state: dict[str, Any] = {}
    for start in problem.starts:
        state |= _fields(start)
    yield problem.start_year, state
    for index, given in enumerate(problem.given):
        workspace.next_year()
        now = dict(given)
        drawn = {name: terms_of_year(shocks[name], along, index) for name, along in axes.items()}
        written: dict[str, Any] = {}
        for step in steps:
            results = step.take(now, state, drawn)
            now |= results
            written |= results
        state = written
        yield problem.start_year + index + 1, state


class _Step:
    """A component with its parameters, ready to take years."""

    def __init__(self, part: Component, values: Mapping[str, Any], workspace: Workspace) -> None:
        self._step = part.step
        parameters = part.parameters(**_pick(values, part))
        self._more = (parameters, workspace) if part.takes_workspace else (parameters,)
        self._now, self._before, self._shocks = map(_reader, (part.now, part.before, part.shocks))

    def take(
        self, now: Mapping[str, Any], before: Mapping[str, Any], drawn: Mapping[str, Any]
    ) -> dict[str, Any]:
        """Take a year's step and return what the component writes, by name."""
        result = self._step(self._now(now), self._before(before), self._shocks(drawn), *self._more)
        written: dict[str, Any] = vars(result)
        return written


def _reader(declaration: type) -> Callable[[Mapping[str, Any]], Any]:
    """Return what reads the fields of a declaring dataclass out of quantities by name."""
    names = declared_names(declaration)
    if len(names) < 2:
        return lambda values: declaration(*(values[name] for name in names))
    pick = itemgetter(*names)

    def read(values: Mapping[str, Any]) -> Any:
        # A frozen dataclass sets its fields one by one through a slow door; this happens for every year of
        # every block, and costs a fifth of it.
        instance: Any = object.__new__(declaration)
        instance.__dict__.update(zip(names, pick(values), strict=True))
        return instance

    return read


def _pick(values: Mapping[str, Any], part: Component) -> dict[str, Any]:
    """Return the parameters that a component declares."""
    return {name: values[name] for name in declared_names(part.parameters)}


def terms_of_year(shock: Any, axes: tuple[str, ...], index: int) -> Array:
    """Return a shock's terms of one year: (draw, country), or with a last axis of one, by class or not.

    Parameters
    ----------
    shock : ndarray or Terms
        Its terms, of every year where it has that axis.
    axes : tuple of str
        Its axes.
    index : int
        The year's place, from 0.

    Returns
    -------
    ndarray
        As a step reads them.
    """
    year: Array = shock[index] if axes[0] == "year" else shock
    return year if axes[-1] == "country" else year[..., np.newaxis]


def trajectories(problem: Problem, shocks: Mapping[str, Array]) -> dict[str, Array]:
    """Run a chain and return every quantity of every year.

    Parameters
    ----------
    problem : Problem
        The chain, its start, inputs and parameters.
    shocks : mapping of str to ndarray
        As for :func:`simulate`.

    Returns
    -------
    dict of str to ndarray
        Arrays of shape (year, draw, country) by catalogue name. Those with a starting value begin with the
        start year, the others with the year after.

    Raises
    ------
    WiringError
        When the components do not fit together.
    """
    series: dict[str, list[Array]] = {}
    for _, state in simulate(problem, shocks):
        for name, values in state.items():
            series.setdefault(name, []).append(values)
    # What is the same in every draw may be one row: at the start, and of years before it.
    return {name: np.stack(np.broadcast_arrays(*values)) for name, values in series.items()}
