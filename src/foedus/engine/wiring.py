"""Check, before the first year, that the chain's components fit together.

A component is a module with a function ``step(now, before, shocks, parameters) -> Result``. The type hints of
the five frozen dataclasses it names are the declaration of what it reads and writes; there is no second list.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any, get_type_hints

from foedus.engine.arrays import Axes
from foedus.engine.inputs import Inputs, Start
from foedus.errors import WiringError

__all__ = ["Component", "check", "component", "declared_names", "shock_axes"]

ARGUMENTS = ("now", "before", "shocks", "parameters")
"""The arguments of every component's step, in order."""


@dataclass(frozen=True)
class Component:
    """One component as the engine sees it.

    Attributes
    ----------
    name : str
        What its parameters are filed under.
    step : callable
        The pure function of one year.
    now, before, shocks, parameters, result : type
        The frozen dataclasses that declare what it reads and writes.
    """

    name: str
    step: Callable[..., Any]
    now: type
    before: type
    shocks: type
    parameters: type
    result: type


def component(name: str, module: ModuleType) -> Component:
    """Read a component's declaration off the type hints of its step.

    Parameters
    ----------
    name : str
        The component's name: that of its parameters in scenario files, whatever its module is called.
    module : module
        A module with a function ``step``.

    Returns
    -------
    Component
        The component.

    Raises
    ------
    WiringError
        When the step's arguments are not the four that every component has, or it names no result.
    """
    hints = get_type_hints(module.step)
    if tuple(hints) != (*ARGUMENTS, "return"):
        raise WiringError(
            f"the step takes ({', '.join(n for n in hints if n != 'return')})",
            where=f"component {name!r}",
            do=f"declare step({', '.join(ARGUMENTS)}) -> Result with a type for each",
        )
    return Component(name, module.step, *(hints[n] for n in (*ARGUMENTS, "return")))


@cache
def declared_names(declaration: type) -> tuple[str, ...]:
    """Give the field names of a declaring dataclass, in order."""
    return tuple(f.name for f in fields(declaration))


@cache
def shock_axes(chain: tuple[Component, ...]) -> Mapping[str, tuple[str, ...]]:
    """Give every shock the chain reads, with the axes along which it is drawn.

    Parameters
    ----------
    chain : tuple of Component
        The components.

    Returns
    -------
    mapping of str to tuple of str
        Axes by shock, in the order of first use.

    Raises
    ------
    WiringError
        When a shock's type hint does not say its axes, or two components say different ones.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in chain:
        for name, hint in get_type_hints(part.shocks, include_extras=True).items():
            axes = next((m.names for m in getattr(hint, "__metadata__", ()) if isinstance(m, Axes)), None)
            if axes is None or found.get(name, axes) != axes:
                raise WiringError(
                    f"the axes of the shock {name!r} are not clear",
                    where=f"component {part.name!r}",
                    do="declare it with a type of foedus.engine.arrays, the same in every component",
                )
            found[name] = axes
    return MappingProxyType(found)


def check(
    chain: tuple[Component, ...], known: Collection[str], parameters: Mapping[str, Collection[str]]
) -> None:
    """Hold the chain against what its components declare.

    Parameters
    ----------
    chain : tuple of Component
        The components in the order in which they run.
    known : collection of str
        The names in the catalogue.
    parameters : mapping of str to collection of str
        For each component the names of the parameters that exist.

    Raises
    ------
    WiringError
        When a quantity is read before it is written, written twice, has no start or is missing from the
        catalogue, or when a parameter is declared that does not exist.
    """
    written: dict[str, str] = dict.fromkeys(declared_names(Inputs), "the scenario")
    later = {name for part in chain for name in declared_names(part.result)}
    for part in chain:
        _check_reads(part, written, later)
        for name in declared_names(part.parameters):
            if name not in parameters.get(part.name, ()):
                raise WiringError(
                    f"the parameter {name!r} does not exist",
                    where=f"component {part.name!r}",
                    do=f"give it a value in parameters/{part.name}.yaml",
                )
        for name in declared_names(part.result):
            if name in written:
                raise WiringError(
                    f"{name!r} is written twice, first by {written[name]}",
                    where=f"component {part.name!r}",
                    do="let one of them write it",
                )
            written[name] = f"component {part.name!r}"
    _check_names({*written, *declared_names(Start), *shock_axes(chain)}, known)


def _check_reads(part: Component, written: Mapping[str, str], later: Collection[str]) -> None:
    """Hold what a component reads against what was written before it, and last year."""
    for name in declared_names(part.now):
        if name not in written:
            raise WiringError(
                f"{name!r} is read before it is written",
                where=f"component {part.name!r}",
                do="move the component behind its writer, or read last year's value"
                if name in later
                else "no component and no scenario writes it",
            )
    for name in declared_names(part.before):
        if name not in later:
            raise WiringError(
                f"last year's {name!r} is read and no component writes it", where=f"component {part.name!r}"
            )
        if name not in declared_names(Start):
            raise WiringError(
                f"last year's {name!r} is read and has no value to start from",
                where=f"component {part.name!r}",
                do="add it to foedus.engine.inputs.Start",
            )


def _check_names(names: Collection[str], known: Collection[str]) -> None:
    """Hold every name against the catalogue."""
    missing = sorted(set(names) - set(known))
    if missing:
        raise WiringError(
            f"{', '.join(map(repr, missing))} {'is' if len(missing) == 1 else 'are'} not in the catalogue",
            where="the chain",
            do="describe every quantity in catalogue.yaml",
        )
