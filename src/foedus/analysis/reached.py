"""What a number reaches in the chain: components, chances, numbers and starting values, by the type hints.

A measure declares which quantities it reads; the component that writes one declares what it reads of this
year and of last year, which shocks and which numbers. There is no other list of dependencies: what is found
here is what those declarations say. Numbers that a room reads while it hands its inputs over are found by
asking: an input depends on a number when it differs once the number does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from foedus.engine.clock import Clock
from foedus.engine.component import Component, declared_names, needed_part
from foedus.scenario.chain import CHAIN

if TYPE_CHECKING:
    from foedus.engine.section import MeasureReads
    from foedus.parameters import Setting
    from foedus.scenario import Resolved

__all__ = ["Edge", "Ground", "Reach", "nudged"]

EdgeYear = Literal["this year", "last year"]

NUDGE = 0.01
"""By what part of itself a number is changed to see what depends on it."""


@dataclass(frozen=True)
class Edge:
    """One declaration that a number rests on.

    Attributes
    ----------
    reader : str
        The measure or component that reads.
    quantity : str
        What it reads.
    giver : str
        The component that writes it; "start" where the first year begins with it, "inputs" where a room hands
        it over.
    when : {"this year", "last year"}
        Of which year.
    """

    reader: str
    quantity: str
    giver: str
    when: EdgeYear


@dataclass(frozen=True)
class Reach:
    """What a number reaches.

    Attributes
    ----------
    components : tuple of Component
        In the order of the chain; those whose numbers play no part in the scenario pass on what they read.
    edges : tuple of Edge
        Every declaration that leads there.
    shocks : mapping of str to str
        For each shock the component that reads it first.
    parameters : tuple of str
        Numbers, named ``component.name``.
    givens : tuple of str
        Starting values, inputs and figures of the measure itself.
    """

    components: tuple[Component, ...]
    edges: tuple[Edge, ...]
    shocks: Mapping[str, str]
    parameters: tuple[str, ...]
    givens: tuple[str, ...]

    def givens_of(self, readers: frozenset[str]) -> tuple[str, ...]:
        """Return the starting values and inputs that some readers read themselves."""
        own = (e.quantity for e in self.edges if e.reader in readers and e.giver in {"start", "inputs"})
        return tuple(dict.fromkeys(own))


@dataclass(frozen=True)
class Ground:
    """A scenario as the declarations of its chain and rooms see it.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    """

    resolved: Resolved

    @cached_property
    def idle(self) -> frozenset[str]:
        """The names of numbers' files that play no part in the scenario."""
        return frozenset().union(*(section.idle_components() for section in self.resolved.sections))

    @cached_property
    def begun(self) -> frozenset[str]:
        """The quantities that some room's ``Start`` begins."""
        starts: list[type] = [type(section.start()) for section in self.resolved.sections]
        return frozenset(name for start in starts for name in declared_names(start))

    @cached_property
    def behind_inputs(self) -> Mapping[str, tuple[str, ...]]:
        """For each input the numbers that a room makes it of."""
        settings = self.resolved.parameters
        behind: dict[str, dict[str, None]] = {}
        for section in self.resolved.sections:
            for year in _telling_years(section, self.resolved.years[1:], settings):
                for name, parameter in _dependent(section, year, settings):
                    behind.setdefault(name, {})[parameter] = None
        return {name: tuple(parameters) for name, parameters in behind.items()}

    def reach(self, reader: str, reads: MeasureReads, *, at_start: bool = False) -> Reach:
        """Return what a number reaches.

        Parameters
        ----------
        reader : str
            The measure or quantity asked about.
        reads : MeasureReads
            What it reads.
        at_start : bool, default False
            Whether it is of the start, before any component has run.

        Returns
        -------
        Reach
            By the declarations of the components.
        """
        wanted = frozenset(reads.quantities)
        components = () if at_start else needed_part(CHAIN, wanted)
        edges = tuple(dict.fromkeys(self._edges(reader, reads, components, at_start)))
        working = [part for part in components if part.filed_under not in self.idle]
        givens = dict.fromkeys(e.quantity for e in edges if e.giver in {"start", "inputs"})
        own = (f"{part.filed_under}.{name}" for part in working for name in declared_names(part.parameters))
        handed = (name for given in givens for name in self.behind_inputs.get(given, ()))
        shocks = {name: part.name for part in reversed(working) for name in declared_names(part.shocks)}
        return Reach(
            components=components,
            edges=edges,
            shocks={name: part for part in _names(working) for name, of in shocks.items() if of == part},
            parameters=tuple(dict.fromkeys((*own, *handed))),
            givens=tuple(dict.fromkeys((*givens, *reads.figures))),
        )

    def _edges(
        self, reader: str, reads: MeasureReads, components: tuple[Component, ...], at_start: bool
    ) -> Iterator[Edge]:
        """Yield the declarations that a number rests on, from the number down."""
        writers = {name: part.name for part in components for name in declared_names(part.result)}
        clock = declared_names(Clock)
        for name in reads.quantities:
            yield Edge(reader, name, "start" if at_start else writers.get(name, "inputs"), "this year")
        for name in reads.figures:
            yield Edge(reader, name, "inputs", "this year")
        for part in reversed(components):
            for name in declared_names(part.now):
                if name not in clock:
                    yield Edge(part.name, name, writers.get(name, "inputs"), "this year")
            for name in declared_names(part.before):
                yield Edge(part.name, name, writers.get(name, "inputs"), "last year")
                if name in self.begun:
                    yield Edge(part.name, name, "start", "last year")


def _names(parts: list[Component]) -> list[str]:
    """Return the names of components."""
    return [part.name for part in parts]


class _ReadNumbers(dict[str, Any]):
    """Numbers that remember which of them were read."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        super().__init__(settings)
        self.read: dict[str, None] = {}

    def __getitem__(self, name: str) -> Any:
        self.read[name] = None
        return super().__getitem__(name)


def _telling_years(
    section: Any, years: tuple[int, ...], parameters: Mapping[str, Setting]
) -> tuple[int, ...]:
    """Return the first and the last of the years in which a room reads the same numbers for its inputs."""
    ends: dict[frozenset[str], list[int]] = {}
    for year in years:
        recording = _ReadNumbers(parameters)
        section.inputs(year, recording)
        ends.setdefault(frozenset(recording.read), []).append(year)
    return tuple(sorted({year for alike in ends.values() for year in (alike[0], alike[-1])}))


def _dependent(section: Any, year: int, parameters: Mapping[str, Setting]) -> Iterator[tuple[str, str]]:
    """Yield each input of a room that differs once one of the numbers does that the room reads for it."""
    recording = _ReadNumbers(parameters)
    inputs = section.inputs(year, recording)
    declaration: type = type(inputs)
    for parameter in recording.read:
        other = section.inputs(year, {**parameters, parameter: nudged(parameters[parameter])})
        for name in declared_names(declaration):
            if not _same(getattr(inputs, name), getattr(other, name)):
                yield name, parameter


def nudged(setting: Setting) -> Setting:
    """Return a number a little greater in size; nought becomes a little more than nought."""
    values = np.asarray(setting.value, dtype=np.float64)
    moved = np.where(values == 0.0, NUDGE, values * (1.0 + NUDGE)).tolist()
    return replace(setting, value=_as_tuple(moved))


def _as_tuple(value: Any) -> Any:
    """Return nested lists as tuples."""
    return tuple(map(_as_tuple, value)) if isinstance(value, list) else value


def _same(one: Any, other: Any) -> bool:
    """Whether two inputs are the same; what is no array is compared as it is."""
    if isinstance(one, (float, int, np.ndarray)):
        return bool(np.array_equal(one, other, equal_nan=True))
    return bool(one == other)
