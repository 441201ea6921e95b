"""Turn a resolved scenario into the arrays that a chain runs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.component import Component, declared_names
from foedus.engine.simulate import Problem
from foedus.forces.classes import axis_classes
from foedus.scenario.chain import CHAIN

if TYPE_CHECKING:
    from foedus.scenario.resolved import Resolved

__all__ = ["problem_of"]


def problem_of(resolved: Resolved, chain: tuple[Component, ...] | None = None) -> Problem:
    """Return the starts, the yearly inputs and the parameters of a scenario.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    chain : tuple of Component, optional
        A part of the chain in which nobody decides on a higher goal: spending alone. Without it, all.

    Returns
    -------
    Problem
        Ready for :func:`foedus.engine.simulate.simulate`.
    """
    alone = chain is not None and "agreed_target_share_of_gdp" not in {
        name for part in chain for name in declared_names(part.result)
    }
    sections = resolved.sections
    if alone:
        starts: tuple[Any, ...] = (resolved.spending.start(),)
        inputs: tuple[tuple[Any, ...], ...] = tuple(
            (resolved.spending.inputs_alone(year),) for year in resolved.years[1:]
        )
    else:
        starts = tuple(section.start() for section in sections)
        inputs = tuple(
            tuple(section.inputs(year, resolved.parameters) for section in sections)
            for year in resolved.years[1:]
        )
    parameters: dict[str, dict[str, object]] = {}
    for name, setting in resolved.parameters.items():
        component, _, parameter = name.partition(".")
        value = np.array(setting.value) if isinstance(setting.value, tuple) else setting.value
        parameters.setdefault(component, {})[parameter] = value
    return Problem(
        chain=CHAIN if chain is None else chain,
        start_year=resolved.start_year,
        countries=len(resolved.countries),
        starts=starts,
        inputs=inputs,
        parameters=parameters,
        shock_scale=resolved.shock_scale,
        classes=len(axis_classes()),
    )
