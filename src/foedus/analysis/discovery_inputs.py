"""What a scenario's draws differ in, one column an input: the random terms summed up by stream.

A stream is summed up as the mean of a draw's terms over years, countries and classes, up to the year that is
asked for, scaled so that it is standard normal again. Where several scenarios are given, what they set
differently stands beside the streams, apart by kind: a lever is decided and a belief is believed, and
neither has a probability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from foedus.analysis.differences import changes_between
from foedus.catalogue import catalogue
from foedus.engine.component import needed_part, shock_axes
from foedus.engine.draws import block_count, shocks

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.scenario import Resolved

__all__ = ["CHANCE", "DiscoveryInput", "choices", "streams"]

CHANCE = "chance"
"""The kind of an input that is drawn."""


@dataclass(frozen=True)
class DiscoveryInput:
    """One column of what draws differ in.

    Attributes
    ----------
    name, label : str
        The catalogue name of a random term, or the field or parameter that scenarios set differently.
    kind : {"chance", "lever", "uncertainty", "parameter", "structure"}
        Whether it is drawn, decided, believed, a number of the model, or the form of a component.
    values : tuple of str
        The values of a choice that is no number, in the order of their codes from 0; else empty.
    """

    name: str
    label: str
    kind: str
    values: tuple[str, ...] = ()


def streams(
    resolved: Resolved, *, year: int, draws: int, seed: int
) -> tuple[tuple[DiscoveryInput, ...], Array]:
    """Return the random terms of a scenario's draws, one column a stream.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    year : int
        The last year whose terms count.
    draws, seed : int
        Draws and seed of the run.

    Returns
    -------
    tuple of DiscoveryInput
        The streams that some reported quantity depends on.
    ndarray, (draw, stream)
        Standard normal.
    """
    problem = resolved.problem()
    needed = resolved.needed()
    axes = shock_axes(problem.chain if needed is None else needed_part(problem.chain, needed))
    years = year - resolved.start_year
    blocks = []
    for block in range(block_count(draws)):
        columns = []
        for name, along in axes.items():
            drawn = shocks(seed, block, {name: along}, years, problem.countries, classes=problem.classes)
            terms = _by_draw(drawn[name], along)
            columns.append(terms.mean(axis=1) * math.sqrt(terms.shape[1]))
        blocks.append(np.column_stack(columns))
    inputs = tuple(DiscoveryInput(name, catalogue()[name].label, CHANCE) for name in axes)
    return inputs, np.concatenate(blocks)[:draws]


def _by_draw(terms: Array, along: tuple[str, ...]) -> Array:
    """Return terms with the draw as the first axis and all others as the second."""
    at = along.index("draw")
    return np.moveaxis(terms, at, 0).reshape(terms.shape[at], -1)


def choices(scenarios: Sequence[Resolved]) -> tuple[tuple[DiscoveryInput, ...], Array]:
    """Return what scenarios set differently, one column a choice.

    Parameters
    ----------
    scenarios : sequence of Resolved
        The scenarios, of the same countries.

    Returns
    -------
    tuple of DiscoveryInput
        Levers, beliefs, forms and parameters; figures of the ledger, which follow from these, are left out.
    ndarray, (scenario, choice)
        Numbers, or the codes of values that are none.
    """
    changes = [changes_between(scenarios[0], other) for other in scenarios]
    names = dict.fromkeys((c.kind, c.name) for part in changes for c in part if c.kind != "figures")
    inputs, columns = [], []
    for kind, name in names:
        said = [next((c for c in part if c.name == name), None) for part in changes]
        first = next(c.first for c in said if c is not None)
        words = [first if change is None else change.second for change in said]
        numbers = [_number(word) for word in words]
        if any(number is None for number in numbers):
            values = tuple(dict.fromkeys(words))
            inputs.append(DiscoveryInput(name, name, kind, values))
            columns.append([float(values.index(word)) for word in words])
        else:
            inputs.append(DiscoveryInput(name, name, kind))
            columns.append([number for number in numbers if number is not None])
    if not columns:
        return (), np.zeros((len(scenarios), 0))
    return tuple(inputs), np.array(columns).T


def _number(text: str) -> float | None:
    """Return a text as a number; None where it is none."""
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
