"""The engine: run a chain year by year over arrays of draws and countries.

It knows no component and no random numbers: shocks come in as arrays, and what goes out is one year's
quantities at a time, so that the caller decides what to keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.clock import Clock
from foedus.engine.component import Component, declared_names, shock_axes
from foedus.engine.wiring import check

__all__ = ["Problem", "State", "Terms", "simulate", "trajectories"]

State = Mapping[str, Array]
"""One year's quantities by catalogue name, each of shape (draw, country) or broadcasting to it."""


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
    """

    chain: tuple[Component, ...]
    start_year: int
    countries: int
    starts: tuple[Any, ...]
    inputs: tuple[tuple[Any, ...], ...]
    parameters: Mapping[str, Mapping[str, Any]]
    shock_scale: float = 1.0

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and every year after it."""
        return tuple(range(self.start_year, self.start_year + len(self.inputs) + 1))

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
            known=catalogue().keys(),
            parameters={c: tuple(p) for c, p in self.parameters.items()},
        )


def _fields(declaration: Any) -> dict[str, Any]:
    """Return the values of a declaring dataclass by name."""
    kind: type = type(declaration)
    return {name: getattr(declaration, name) for name in declared_names(kind)}


def simulate(problem: Problem, shocks: Mapping[str, Array | Terms]) -> Iterator[tuple[int, State]]:
    """Run a chain and yield each year's quantities as they come.

    Parameters
    ----------
    problem : Problem
        The chain, its start, inputs and parameters.
    shocks : mapping of str to ndarray or Terms
        Standard normal terms: of shape (year, draw, country), (year, draw) or (draw), as the components
        declare them; the year axis holds the years after the start, each asked for once and in order.

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
    parts = [
        (part, part.parameters(**_pick(problem.parameters.get(part.name, {}), part)))
        for part in problem.chain
    ]
    axes = shock_axes(problem.chain)
    state: dict[str, Any] = {}
    for start in problem.starts:
        state |= _fields(start)
    yield problem.start_year, state
    for index, inputs in enumerate(problem.inputs):
        year = problem.start_year + index + 1
        now: dict[str, Any] = _fields(Clock(float(year), problem.shock_scale))
        for given in inputs:
            now |= _fields(given)
        written: dict[str, Any] = {}
        drawn = {name: _slice(shocks[name], along, index) for name, along in axes.items()}
        for part, parameters in parts:
            result = part.step(
                part.now(**{n: now[n] for n in declared_names(part.now)}),
                part.before(**{n: state[n] for n in declared_names(part.before)}),
                part.shocks(**{n: drawn[n] for n in declared_names(part.shocks)}),
                parameters,
            )
            for name in declared_names(part.result):
                now[name] = written[name] = getattr(result, name)
        state = written
        yield year, state


def _pick(values: Mapping[str, Any], part: Component) -> dict[str, Any]:
    """Return the parameters that a component declares."""
    return {name: values[name] for name in declared_names(part.parameters)}


def _slice(shock: Any, axes: tuple[str, ...], index: int) -> Array:
    """Return a shock's terms of one year, of shape (draw, 1) or (draw, country)."""
    year: Array = shock[index] if axes[0] == "year" else shock
    return year if axes[-1] == "country" else year[:, np.newaxis]


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
    for start in problem.starts:
        for name in _fields(start):
            series[name][0] = np.broadcast_to(series[name][0], series[name][-1].shape)
    return {name: np.stack(values) for name, values in series.items()}
