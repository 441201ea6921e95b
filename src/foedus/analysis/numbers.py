"""Numbers of the model as factors: which of them can move in a scenario, how far, and a problem with others.

A scenario is resolved and prepared once. Another value of a number goes into the prepared problem: into the
parameters of a component, and where a room makes its yearly inputs of it, into those of that room, which are
worked out anew. Nothing else of a problem depends on the numbers that a scenario may set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.analysis.targets import TargetReader
from foedus.engine.arrays import Array
from foedus.engine.component import Component, declared_names
from foedus.engine.section import ResolvedSection
from foedus.errors import InputError, UnknownNameError
from foedus.parameters import Parameter, Setting
from foedus.scenario.chain import all_parameters

if TYPE_CHECKING:
    from foedus.engine.simulate import Problem
    from foedus.scenario import Resolved

__all__ = ["NumberFactor", "PreparedNumbers", "Range", "prepared_numbers"]

Range = tuple[float, float]
WHERE = "--range"

Value = float | tuple[float, ...] | tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class NumberFactor:
    """One number of the model that can move inside its stated range.

    Attributes
    ----------
    name : str
        ``component.parameter``.
    setting : Setting
        Its value in the scenario, with unit, grade and source.
    low, high : float
        The ends of its range; of a number by country or a table, those of the factor it is multiplied by.
    is_scaled : bool
        Whether all its values are multiplied by one factor.
    """

    name: str
    setting: Setting
    low: float
    high: float
    is_scaled: bool

    @property
    def component(self) -> str:
        """The component under whose name it stands."""
        return self.name.partition(".")[0]

    def value_at(self, position: float) -> Value:
        """Return its value at a position between the ends of its range, 0 to 1."""
        value = (1.0 - position) * self.low + position * self.high
        if not self.is_scaled:
            return value
        scaled: Value = _times(self.setting.value, value)
        return scaled


@dataclass(frozen=True)
class PreparedNumbers:
    """A scenario prepared once, into which other values of its numbers go.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    problem : Problem
        As the engine runs it.
    factors : tuple of NumberFactor
        The numbers that can move.
    fixed : mapping of str to str
        Why a number of the scenario cannot move, by its name.
    """

    resolved: Resolved
    problem: Problem
    factors: tuple[NumberFactor, ...]
    fixed: Mapping[str, str]

    @cached_property
    def _read(self) -> tuple[frozenset[str], ...]:
        """The numbers that each room's yearly inputs are made of, by room."""
        return tuple(_names_read(section, self.resolved) for section in self.resolved.sections)

    def at(self, positions: Array) -> Problem:
        """Return the problem with every number at a position in its range.

        Parameters
        ----------
        positions : ndarray, (factor,)
            Fractions of each range, 0 to 1.

        Returns
        -------
        Problem
            Its own parameters, and inputs of those rooms that make them of a number.
        """
        values = {
            factor.name: factor.value_at(float(position))
            for factor, position in zip(self.factors, positions, strict=True)
        }
        return self.with_values(values)

    def with_values(self, values: Mapping[str, Value]) -> Problem:
        """Return the problem with other values of some numbers, by ``component.name``."""
        parameters = dict(self.problem.parameters)
        for name, value in values.items():
            component, _, parameter = name.partition(".")
            own = {**parameters[component], parameter: np.array(value) if isinstance(value, tuple) else value}
            parameters[component] = own
        anew = [not names.isdisjoint(values) for names in self._read]
        if not any(anew):
            return self.problem.with_parameters(parameters)
        known = self.resolved.parameters
        settings = {**known, **{name: replace(known[name], value=value) for name, value in values.items()}}
        inputs = tuple(
            tuple(
                section.inputs(year, settings) if of_numbers else given
                for section, of_numbers, given in zip(self.resolved.sections, anew, year_inputs, strict=True)
            )
            for year, year_inputs in zip(self.problem.years[1:], self.problem.inputs, strict=True)
        )
        return replace(self.problem, parameters=parameters, inputs=inputs)


def prepared_numbers(reader: TargetReader, ranges: Mapping[str, Range] | None = None) -> PreparedNumbers:
    """Return a scenario prepared for other values of the numbers that can move what is asked about.

    Parameters
    ----------
    reader : TargetReader
        The scenario, and what is asked about.
    ranges : mapping of str to (float, float), optional
        Narrower ranges of single numbers, by ``component.name``.

    Returns
    -------
    PreparedNumbers
        With a reason for every number that cannot move.

    Raises
    ------
    UnknownNameError
        When there is no such number.
    InputError
        When a range is given for a table or for a number that cannot move, or leaves the stated one.
    """
    resolved = reader.resolved
    problem = resolved.problem()
    chain = problem.needed_part(reader.wanted)
    in_use, reached = resolved.parameters_in_use(), _reached(resolved, problem, chain)
    factors, fixed = [], {}
    for name, setting in resolved.parameters.items():
        if name not in in_use:
            fixed[name] = "the scenario does not use it"
        elif name not in reached:
            fixed[name] = "what is asked about is not made of it"
        elif (factor := _factor(name, setting)) is None:
            fixed[name] = "its range leaves it no room"
        else:
            factors.append(factor)
    _check_ranges(resolved, ranges or {}, fixed)
    return PreparedNumbers(resolved, problem, _narrowed(factors, ranges or {}), fixed)


def _narrowed(factors: Sequence[NumberFactor], ranges: Mapping[str, Range]) -> tuple[NumberFactor, ...]:
    """Return factors with narrower ranges where some are given."""
    return tuple(
        replace(factor, low=ranges[factor.name][0], high=ranges[factor.name][1])
        if factor.name in ranges
        else factor
        for factor in factors
    )


def _check_ranges(resolved: Resolved, ranges: Mapping[str, Range], fixed: Mapping[str, str]) -> None:
    """Refuse a range of what is no single number, of one that cannot move, or beyond the stated one."""
    for name, (low, high) in ranges.items():
        if name not in resolved.parameters:
            raise UnknownNameError(
                "parameter", name, resolved.parameters, where=WHERE, do="name one as component.parameter"
            )
        if isinstance(resolved.parameters[name].value, tuple):
            raise InputError(
                f"{name} is a table and not one number",
                where=WHERE,
                do="leave it out: its values move together, by one factor",
            )
        if name in fixed:
            raise InputError(f"{name} cannot move: {fixed[name]}", where=WHERE, do="leave it out")
        least, most = all_parameters()[name].range
        if not least <= low < high <= most:
            raise InputError(
                f"{low:g} to {high:g} is no range inside that of {name}",
                where=WHERE,
                do=f"give two ends from {least:g} to {most:g}, the lower first",
            )


def _reached(resolved: Resolved, problem: Problem, chain: tuple[Component, ...]) -> frozenset[str]:
    """Return the numbers that some component of a chain reads, itself or in a room's yearly inputs."""
    own = {f"{part.filed_under}.{name}" for part in chain for name in declared_names(part.parameters)}
    read_now = {name for part in chain for name in declared_names(part.now)}
    for section, given in zip(resolved.sections, problem.inputs[0], strict=True):
        kind: type = type(given)
        if not read_now.isdisjoint(declared_names(kind)):
            own |= _names_read(section, resolved)
    return frozenset(own)


class _Recording(Mapping[str, Setting]):
    """A scenario's parameters that remember which of them were read."""

    def __init__(self, settings: Mapping[str, Setting]) -> None:
        self._settings = settings
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Setting:
        """Return a setting and remember its name."""
        self.read.add(name)
        return self._settings[name]

    def __iter__(self) -> Iterator[str]:
        """Yield every name."""
        return iter(self._settings)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._settings)


def _names_read(section: ResolvedSection, resolved: Resolved) -> frozenset[str]:
    """Return the numbers that a room makes its yearly inputs of."""
    recording = _Recording(resolved.parameters)
    for year in resolved.years[1:]:
        section.inputs(year, recording)
    return frozenset(recording.read)


def _factor(name: str, setting: Setting) -> NumberFactor | None:
    """Return a number as a factor; None where its range holds a single value."""
    parameter = all_parameters()[name]
    is_scaled = isinstance(setting.value, tuple)
    low, high = _scales(parameter, setting) if is_scaled else parameter.range
    return NumberFactor(name, setting, low, high, is_scaled) if low < high else None


def _scales(parameter: Parameter, setting: Setting) -> tuple[float, float]:
    """Return the least and greatest factor that leaves every value of a table inside the stated range."""
    values = np.array(setting.value, dtype=np.float64).ravel()
    values = values[values != 0.0]
    if not values.size:
        return 1.0, 1.0
    with np.errstate(divide="ignore"):
        ends = np.sort(np.outer(parameter.range, 1.0 / values), axis=0)
    low, high = max(0.0, float(ends[0].max())), float(ends[1].min())
    return low, high


def _times(value: Any, factor: float) -> Any:
    """Return a number by country, or a table, times a factor."""
    return tuple(_times(part, factor) for part in value) if isinstance(value, tuple) else value * factor
