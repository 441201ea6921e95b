"""Check, before the first year, that a chain and what it is given fit together.

Every name that a component reads of this year is given once: by the clock, by one room's inputs, or by one
earlier component. Every name that it reads of last year is written by a component and begun by one room's
start. Every input is read by somebody. Names stand in the catalogue, parameters have values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

from foedus.engine.arrays import CLASS, Axes
from foedus.engine.clock import Clock
from foedus.engine.component import Component, declared_names, shock_axes
from foedus.errors import WiringError

__all__ = ["check"]


def check(
    chain: tuple[Component, ...],
    *,
    inputs: Sequence[type],
    starts: Sequence[type],
    known: Collection[str],
    parameters: Mapping[str, Collection[str]],
) -> None:
    """Check a chain against what its components declare and what it is given.

    Parameters
    ----------
    chain : tuple of Component
        The components in the order in which they run.
    inputs, starts : sequence of type
        The declaring dataclasses of what rooms give each year, and before the first one.
    known : collection of str
        The names in the catalogue; of a mapping to its entries, what has an axis of classes there is held
        against what is declared.
    parameters : mapping of str to collection of str
        For each component the names of the parameters that have a value.

    Raises
    ------
    WiringError
        When a quantity of this year is read before it is given; when one of last year is read that no
        component writes or no start begins; when a name is given twice; when an input is read by nobody; when
        a name is missing from the catalogue; when a quantity is by class for one and not for the other; or
        when a parameter has no value. The message names both sides.
    """
    begun = _givers(starts)
    given = _givers((Clock, *inputs))
    origin = dict(given)
    writers = {name: _label(part) for part in reversed(chain) for name in declared_names(part.result)}
    for part in chain:
        _check_now(part, origin, writers)
        _check_before(part, begun, writers)
        _check_parameters(part, parameters.get(part.filed_under, ()))
        for name in declared_names(part.result):
            if name in origin:
                raise WiringError(
                    f"{name!r} is given twice, first by {origin[name]}",
                    where=_label(part),
                    do="let one of them give it",
                )
            origin[name] = _label(part)
    _check_read(chain, _givers(inputs))
    _check_names({*origin, *begun, *shock_axes(chain)}, known)
    _check_classes(chain, (*inputs, *starts), known)


def _label(part: Component) -> str:
    """Return how messages name a component."""
    return f"component {part.name!r}"


def _givers(declarations: Sequence[type]) -> dict[str, str]:
    """Return who gives each name, once each."""
    givers: dict[str, str] = {}
    for declaration in declarations:
        label = f"{declaration.__module__}.{declaration.__qualname__}"
        for name in declared_names(declaration):
            if name in givers:
                raise WiringError(
                    f"{name!r} is given twice, first by {givers[name]}",
                    where=label,
                    do="let one of them give it",
                )
            givers[name] = label
    return givers


def _check_now(part: Component, given: Mapping[str, str], writers: Mapping[str, str]) -> None:
    """Check that what a component reads of this year has been given before it runs."""
    for name in declared_names(part.now):
        if name not in given:
            raise WiringError(
                f"{name!r} is read before it is given",
                where=_label(part),
                do=f"move the component behind {writers[name]}, which writes it, or read last year's value"
                if name in writers
                else "no component writes it and no room gives it",
            )


def _check_before(part: Component, begun: Mapping[str, str], writers: Mapping[str, str]) -> None:
    """Check that what a component reads of last year is written every year and begun before the first."""
    for name in declared_names(part.before):
        if name not in writers:
            begins = f", though {begun[name]} begins it" if name in begun else ""
            raise WiringError(
                f"last year's {name!r} is read and no component writes it{begins}",
                where=_label(part),
                do="let a component write it, or read an input of this year",
            )
        if name not in begun:
            raise WiringError(
                f"last year's {name!r}, which {writers[name]} writes, is read and has no value to start from",
                where=_label(part),
                do="add it to the Start of a room",
            )


def _check_parameters(part: Component, known: Collection[str]) -> None:
    """Check that every parameter that a component declares has a value."""
    for name in declared_names(part.parameters):
        if name not in known:
            raise WiringError(
                f"the parameter {name!r} has no value",
                where=_label(part),
                do=f"give it one in the file of parameters {part.filed_under}.yaml",
            )


def _check_read(chain: tuple[Component, ...], inputs: Mapping[str, str]) -> None:
    """Check that somebody reads every input."""
    read = {name for part in chain for name in declared_names(part.now)}
    for name, giver in inputs.items():
        if name not in read:
            raise WiringError(
                f"{name!r} is given and no component of ({', '.join(p.name for p in chain)}) reads it",
                where=giver,
                do="leave it out",
            )


def _check_names(names: Collection[str], known: Collection[str]) -> None:
    """Check every name against the catalogue."""
    missing = sorted(set(names) - set(known))
    if missing:
        raise WiringError(
            f"{', '.join(map(repr, missing))} {'is' if len(missing) == 1 else 'are'} not in the catalogue",
            where="the chain",
            do="describe every quantity in the catalogue",
        )


@cache
def _by_class(declaration: type) -> Mapping[str, bool]:
    """Return for each field whose hint names its axes whether the class is one of them."""
    hints = get_type_hints(declaration, include_extras=True)
    axes = {
        name: next((m.names for m in getattr(hint, "__metadata__", ()) if isinstance(m, Axes)), None)
        for name, hint in hints.items()
    }
    return {name: CLASS in along for name, along in axes.items() if along is not None}


def _check_classes(
    chain: tuple[Component, ...], declarations: Sequence[type], known: Collection[str]
) -> None:
    """Check that all who declare a quantity, and the catalogue, agree on whether it is by class."""
    entries: Mapping[str, Any] = known if isinstance(known, Mapping) else {}
    sides = {name: (CLASS in entry.dims, "the catalogue") for name, entry in entries.items()}
    parts = [(_label(p), d) for p in chain for d in (p.now, p.before, p.shocks, p.result)]
    parts += [(f"{d.__module__}.{d.__qualname__}", d) for d in declarations]
    for label, declaration in parts:
        for name, is_by_class in _by_class(declaration).items():
            said, first = sides.setdefault(name, (is_by_class, label))
            if said != is_by_class:
                raise WiringError(
                    f"{name!r} is {'' if is_by_class else 'not '}by class, and {first} says otherwise",
                    where=label,
                    do="declare it with the same axes everywhere",
                )
