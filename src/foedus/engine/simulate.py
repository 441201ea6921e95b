"""The engine: run the chain year by year over arrays of draws and countries.

It knows no component and no random numbers: shocks come in as arrays, and what goes out is one year's
quantities at a time, so that the caller decides what to keep.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Protocol

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.inputs import Inputs, Start
from foedus.engine.wiring import Component, check, declared_names, shock_axes
from foedus.scenario.chain import CHAIN

__all__ = ["Problem", "State", "Terms", "simulate", "trajectories"]

State = Mapping[str, Array]
"""One year's quantities by catalogue name, each of shape (draw, country) or broadcasting to it."""


class Terms(Protocol):
    """The random terms of a shock: an array, or anything that gives them by the year's place."""

    def __getitem__(self, year: int, /) -> Array:
        """Give the terms of a year, by its place from 0."""


@dataclass(frozen=True)
class Problem:
    """What one run of the chain needs besides its shocks.

    Attributes
    ----------
    start_year : int
        The year of the starting state; the first step is the year after.
    start : Start
        The starting state.
    inputs : tuple of Inputs
        One for each year after the start, in order.
    parameters : mapping of str to mapping
        For each component, its parameters' values by name.
    """

    start_year: int
    start: Start
    inputs: tuple[Inputs, ...]
    parameters: Mapping[str, Mapping[str, Any]]

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and every year after it."""
        return tuple(range(self.start_year, self.start_year + len(self.inputs) + 1))

    def check(self, chain: tuple[Component, ...] = CHAIN) -> None:
        """Check the chain's wiring against the catalogue and the parameters at hand.

        Parameters
        ----------
        chain : tuple of Component
            The components in the order in which they run.

        Raises
        ------
        WiringError
            When the components do not fit together.
        """
        from foedus.catalogue import catalogue

        check(chain, catalogue().keys(), {c: tuple(p) for c, p in self.parameters.items()})


def simulate(
    problem: Problem, shocks: Mapping[str, Array | Terms], *, chain: tuple[Component, ...] = CHAIN
) -> Iterator[tuple[int, State]]:
    """Run the chain and give each year's quantities as they come.

    Parameters
    ----------
    problem : Problem
        Start, inputs and parameters.
    shocks : mapping of str to ndarray or Terms
        Standard normal terms: of shape (year, draw, country), (year, draw) or (draw), as the components
        declare them; the year axis holds the years after the start, each asked for once and in order.
    chain : tuple of Component
        The components in the order in which they run.

    Yields
    ------
    int, mapping of str to ndarray
        The year, and its quantities. The first is the starting state, which holds only what
        :class:`~foedus.engine.inputs.Start` declares, of shape (country,).

    Raises
    ------
    WiringError
        When the components do not fit together; this is found before the first year.
    """
    problem.check(chain)
    parts = [(part, part.parameters(**_pick(problem.parameters.get(part.name, {}), part))) for part in chain]
    axes = shock_axes(chain)
    state: dict[str, Any] = {f.name: getattr(problem.start, f.name) for f in fields(problem.start)}
    yield problem.start_year, state
    for index, inputs in enumerate(problem.inputs):
        now: dict[str, Any] = {name: getattr(inputs, name) for name in declared_names(Inputs)}
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
        yield problem.start_year + index + 1, state


def _pick(values: Mapping[str, Any], part: Component) -> dict[str, Any]:
    """Take the parameters that a component declares."""
    return {name: values[name] for name in declared_names(part.parameters)}


def _slice(shock: Any, axes: tuple[str, ...], index: int) -> Array:
    """Give a shock's terms of one year, of shape (draw, 1) or (draw, country)."""
    year: Array = shock[index] if axes[0] == "year" else shock
    return year if axes[-1] == "country" else year[:, np.newaxis]


def trajectories(
    problem: Problem, shocks: Mapping[str, Array], *, chain: tuple[Component, ...] = CHAIN
) -> dict[str, Array]:
    """Run the chain and keep every quantity of every year.

    Parameters
    ----------
    problem : Problem
        Start, inputs and parameters.
    shocks : mapping of str to ndarray
        As for :func:`simulate`.
    chain : tuple of Component
        The components in the order in which they run.

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
    kept: dict[str, list[Array]] = {}
    for _, state in simulate(problem, shocks, chain=chain):
        for name, values in state.items():
            kept.setdefault(name, []).append(values)
    for name in declared_names(Start):
        kept[name][0] = np.broadcast_to(kept[name][0], kept[name][-1].shape)
    return {name: np.stack(values) for name, values in kept.items()}
