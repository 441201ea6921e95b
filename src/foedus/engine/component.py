"""Components as the engine sees them: a module's step, and what its type hints declare.

A component is a module with a function ``step(now, before, shocks, parameters) -> Result``. The type hints of
the five frozen dataclasses it names are the declaration of what it reads and writes; there is no second list.
A step may take a fifth argument ``workspace``, optional, in whose arrays it writes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any, get_type_hints

from foedus.engine.arrays import Axes
from foedus.errors import WiringError

__all__ = ["Component", "component", "declared_names", "needed_part", "shock_axes"]

ARGUMENTS = ("now", "before", "shocks", "parameters")
"""The arguments of every component's step, in order."""

WORKSPACE = "workspace"
"""The argument that a step may have besides."""


@dataclass(frozen=True)
class Component:
    """One component as the engine sees it.

    Attributes
    ----------
    name : str
        How messages name it.
    step : callable
        The pure function of one year.
    now, before, shocks, parameters, result : type
        The frozen dataclasses that declare what it reads and writes.
    takes_workspace : bool
        Whether its step writes into the arrays of a workspace.
    shares_numbers_of : str or None
        The component under whose name its parameters stand too.
    """

    name: str
    step: Callable[..., Any]
    now: type
    before: type
    shocks: type
    parameters: type
    result: type
    takes_workspace: bool = False
    shares_numbers_of: str | None = None

    @property
    def filed_under(self) -> str:
        """Under which name its parameters stand: its own, unless it shares those of another."""
        return self.shares_numbers_of or self.name


def component(name: str, module: ModuleType, *, shares_numbers_of: str | None = None) -> Component:
    """Read a component's declaration off the type hints of its step.

    Parameters
    ----------
    name : str
        The component's name: that of its parameters in scenario files, whatever its module is called.
    module : module
        A module with a function ``step``.
    shares_numbers_of : str, optional
        The component under whose name its parameters stand too.

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
    takes_workspace = hints.pop(WORKSPACE, None) is not None
    if tuple(hints) != (*ARGUMENTS, "return"):
        raise WiringError(
            f"the step takes ({', '.join(n for n in hints if n != 'return')})",
            where=f"component {name!r}",
            do=f"declare step({', '.join(ARGUMENTS)}) -> Result with a type for each",
        )
    now, before, shocks, parameters, result = (hints[n] for n in (*ARGUMENTS, "return"))
    return Component(
        name=name,
        step=module.step,
        now=now,
        before=before,
        shocks=shocks,
        parameters=parameters,
        result=result,
        takes_workspace=takes_workspace,
        shares_numbers_of=shares_numbers_of,
    )


@cache
def declared_names(declaration: type) -> tuple[str, ...]:
    """Return the field names of a declaring dataclass, in order."""
    return tuple(f.name for f in fields(declaration))


@cache
def needed_part(chain: tuple[Component, ...], wanted: frozenset[str]) -> tuple[Component, ...]:
    """Return the components without which some wanted quantity would be missing or another.

    Parameters
    ----------
    chain : tuple of Component
        The components in the order in which they run.
    wanted : frozenset of str
        Names of quantities.

    Returns
    -------
    tuple of Component
        Those that write a wanted quantity, or one that such a component reads of this year or of last year,
        and so on, in the same order.
    """
    needed: set[str] = set()
    read = set(wanted)
    while True:
        more = [c for c in chain if c.name not in needed and not read.isdisjoint(declared_names(c.result))]
        if not more:
            return tuple(c for c in chain if c.name in needed)
        needed.update(c.name for c in more)
        read.update(name for c in more for kind in (c.now, c.before) for name in declared_names(kind))


@cache
def shock_axes(chain: tuple[Component, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return every shock the chain reads, with the axes along which it is drawn.

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
    axes_by_shock: dict[str, tuple[str, ...]] = {}
    for part in chain:
        for name, hint in get_type_hints(part.shocks, include_extras=True).items():
            axes = next((m.names for m in getattr(hint, "__metadata__", ()) if isinstance(m, Axes)), None)
            if axes is None or axes_by_shock.get(name, axes) != axes:
                raise WiringError(
                    f"the axes of the shock {name!r} are not clear",
                    where=f"component {part.name!r}",
                    do="declare it with a type of foedus.engine.arrays, the same in every component",
                )
            axes_by_shock[name] = axes
    return MappingProxyType(axes_by_shock)
