"""Which numbers set the size of a chance: by taking one step of the component that reads it, again and again.

A component reads several shocks and many numbers, and its declaration does not say which number stretches
which shock. That is found by asking: the effect of a shock is what a step gives with it, less what it gives
with the shock at nought. A number sets the size of the chance where that effect grows by at least half as
much as the number does; a number that multiplies the shock makes it grow as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.catalogue import catalogue
from foedus.engine.component import Component, declared_names, shock_axes
from foedus.engine.draws import shocks
from foedus.engine.simulate import Problem, simulate, terms_of_year

if TYPE_CHECKING:
    from collections.abc import Collection

    from foedus.engine.arrays import Array
    from foedus.scenario import Resolved

__all__ = ["SETS", "chance_sizes"]

SETS = 0.5
"""A number sets the size of a chance where this part of its own change passes on."""

NUDGE = 0.2
"""By what part of itself a number is made greater: a threshold that one draw crosses then weighs little."""

DRAWS = 16
"""So many draws are taken: the effect is a pattern, and no frequency is read off."""

DAYS = frozenset({"year"})
"""Units of what is a place in time and has no size."""


@dataclass(frozen=True)
class _TakenStep:
    """A component at a year of a run: what it read."""

    part: Component
    year: int
    now: Mapping[str, Any]
    before: Mapping[str, Any]
    drawn: Mapping[str, Array]
    numbers: Mapping[str, Any]

    def results(self) -> Mapping[str, Any]:
        """Take the step and return what it writes."""
        pairs = (
            (self.part.now, self.now),
            (self.part.before, self.before),
            (self.part.shocks, self.drawn),
            (self.part.parameters, self.numbers),
        )
        arguments = (kind(**{n: values[n] for n in declared_names(kind)}) for kind, values in pairs)
        results: Mapping[str, Any] = vars(self.part.step(*arguments))
        return {name: np.array(values, dtype=np.float64) for name, values in results.items()}

    def effects(self, names: Collection[str]) -> dict[str, dict[str, Array]]:
        """Return by how much each result differs from what it is with a shock at nought, by shock."""
        results = self.results()
        effects = {}
        for shock in names:
            still = replace(self, drawn={**self.drawn, shock: np.zeros_like(self.drawn[shock])})
            without = still.results()
            effects[shock] = {name: values - without[name] for name, values in results.items()}
        return effects

    def handed(self, inputs: Collection[str]) -> tuple[str, ...]:
        """Return the inputs with a size that a room hands to the component."""
        known = catalogue()
        names = (name for name in declared_names(self.part.now) if name in inputs)
        return tuple(n for n in names if known[n].unit not in DAYS and _is_number(self.now[n]))

    def changed(self) -> Iterator[tuple[str, _TakenStep]]:
        """Yield the component's numbers by name, each with the step in which it is a little greater."""
        for name in declared_names(self.part.parameters):
            numbers = {**self.numbers, name: _greater(self.numbers[name])}
            yield f"{self.part.filed_under}.{name}", replace(self, numbers=numbers)

    def changed_inputs(self, inputs: Collection[str]) -> Iterator[tuple[str, _TakenStep]]:
        """Yield the inputs that a room hands over, each with the step in which it is a little greater."""
        for name in self.handed(inputs):
            yield name, replace(self, now={**self.now, name: _greater(self.now[name])})


def chance_sizes(
    resolved: Resolved, wanted: frozenset[str], idle: frozenset[str]
) -> dict[str, tuple[str, ...]]:
    """Return for each shock the numbers and inputs that set the size of what it does.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    wanted : frozenset of str
        The quantities asked about: components that none of them needs are not looked at.
    idle : frozenset of str
        The names of numbers' files that play no part in the scenario.

    Returns
    -------
    dict of str to tuple of str
        Numbers as ``component.name`` and inputs by their own name; nothing for a shock that does nothing.
    """
    problem = resolved.problem()
    given: list[type] = [type(part) for part in problem.inputs[0]]
    inputs = {name for declaration in given for name in declared_names(declaration)}
    steps = [step for step in _steps(problem, wanted) if step.part.filed_under not in idle]
    ends = (problem.years[1], problem.years[-1])
    strongest = _strongest([step for step in steps if step.year in ends], frozenset())
    # A chance that does nothing at either end of the run works in some year between, or never.
    strongest |= _strongest([step for step in steps if step.year not in ends], frozenset(strongest))
    setting: dict[str, tuple[str, ...]] = {}
    for at in {id(step): step for step in strongest.values()}.values():
        own = [shock for shock, step in strongest.items() if step is at]
        setting |= _setting(at, own, inputs)
    return setting


def _strongest(steps: list[_TakenStep], known: frozenset[str]) -> dict[str, _TakenStep]:
    """Return for each shock that is not yet known the step in which it does most; it may do nothing."""
    strongest: dict[str, tuple[float, _TakenStep]] = {}
    for step in steps:
        names = [name for name in declared_names(step.part.shocks) if name not in known]
        for shock, effect in step.effects(names).items() if names else ():
            size = max(map(_size, effect.values()), default=0.0)
            if size > strongest.get(shock, (0.0, step))[0]:
                strongest[shock] = (size, step)
    return {shock: step for shock, (_, step) in strongest.items()}


def _setting(
    step: _TakenStep, chances: Collection[str], inputs: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """Return the numbers and inputs that set the size of each shock, in the order of their declarations."""
    effects = step.effects(chances)
    names: dict[str, list[str]] = {shock: [] for shock in chances}
    for name, other in (*step.changed(), *step.changed_inputs(inputs)):
        for shock, grown in other.effects(chances).items():
            pairs = (
                (grown[field], values) for field, values in effects[shock].items() if _size(values) > 0.0
            )
            passed = (_size(new - values) / (NUDGE * _size(values)) for new, values in pairs)
            if max(passed, default=0.0) >= SETS:
                names[shock].append(name)
    return {shock: tuple(setters) for shock, setters in names.items()}


def _steps(problem: Problem, wanted: frozenset[str]) -> Iterator[_TakenStep]:
    """Yield every component that has shocks in every year of a small run."""
    parts = [part for part in problem.needed_part(wanted) if declared_names(part.shocks)]
    axes = shock_axes(problem.needed_part(wanted))
    years = len(problem.inputs)
    whole = shocks(1, 0, axes, years, problem.countries, problem.shock_scale, classes=problem.classes)
    terms = {name: _first(values, axes[name]) for name, values in whole.items()}
    before: Mapping[str, Any] = {}
    for index, (year, state) in enumerate(simulate(problem, terms, None, wanted)):
        if index:
            now = {**problem.given[index - 1], **state}
            drawn = {name: terms_of_year(terms[name], along, index - 1) for name, along in axes.items()}
            for part in parts:
                yield _TakenStep(part, year, now, before, drawn, problem.parameters.get(part.filed_under, {}))
        before = dict(state)


def _first(values: Array, along: tuple[str, ...]) -> Array:
    """Return a shock's terms of the first draws."""
    return np.take(values, np.arange(DRAWS), axis=along.index("draw"))


def _is_number(value: Any) -> bool:
    """Whether an input is a number or an array of them."""
    return isinstance(value, (float, int, np.ndarray))


def _greater(value: Any) -> Any:
    """Return a number or an array a little greater in size."""
    return np.asarray(value) * (1.0 + NUDGE) if isinstance(value, np.ndarray) else value * (1.0 + NUDGE)


def _size(values: Array) -> float:
    """Return the root of the mean square of what there is of an effect."""
    finite = values[np.isfinite(values)]
    return float(np.sqrt(np.mean(finite**2))) if finite.size else 0.0
