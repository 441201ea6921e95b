"""What a scenario buys of a requirement: one pass over its draws, and the distribution of when it closes.

A scenario that names the requirement itself answers the same, as a run keeps it; this asks it of any
scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.blocks import Block, map_blocks
from foedus.errors import InputError
from foedus.forces.closing import AT_HORIZON, Closing
from foedus.forces.requirement import find_requirement
from foedus.forces.section import COMPONENTS, GAP_BY_ALLY
from foedus.forces.stock_skill import CARD_ID as SKILL_CARD
from foedus.forces.stock_skill import stock_skill
from foedus.forces.time_result import TimeToClose
from foedus.forces.time_to_close import ClosingPaths, closing_summary
from foedus.forces.yearly import start_available
from foedus.scenario import Resolved, resolve

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.evidence import Ledger

__all__ = ["MOST_DRAWS", "time_to_close", "time_to_close_resolved"]

MOST_DRAWS = 100_000
"""The most draws, of which every year's stocks are held in memory."""

REQUIREMENT = "levers.plans.requirement"
"""The scenario's key that names a requirement."""

AVAILABLE = "equipment_available"
"""What counts towards a requirement, by class and draw."""


def time_to_close(
    requirement: str,
    scenario: str = "baseline",
    *,
    changes: Mapping[str, Any] | None = None,
    draws: int = 10_000,
    seed: int = 1,
    as_of: date | None = None,
    ledger: Ledger | None = None,
) -> TimeToClose:
    """Say what a scenario buys of a requirement, by when, and what holds it up.

    Parameters
    ----------
    requirement : str
        A shipped requirement's name, or the path of a file.
    scenario : str, default "baseline"
        A shipped scenario's name, or the path of a scenario file.
    changes : mapping of str to object, optional
        Keys of the scenario with other values, such as ``{"levers.industry.production.factor": 2}``.
    draws : int, default 10,000
        How many draws, 1 to 100,000.
    seed : int, default 1
        Seed of the random streams; the draws are those of a run with this seed.
    as_of : datetime.date, optional
        Use only what had been published by this day; without it, today.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.

    Returns
    -------
    TimeToClose
        Paths, years of closing and limits by class.

    Raises
    ------
    InputError
        When draws or seed are out of range, or the scenario or the requirement is not known or not sound.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    find_requirement(requirement)
    named = {**(changes or {}), REQUIREMENT: requirement}
    resolved = resolve(scenario, as_of=as_of, ledger=ledger, changes=named)
    return time_to_close_resolved(resolved, draws=draws, seed=seed, title=_title(scenario, changes))


def time_to_close_resolved(
    resolved: Resolved, *, draws: int = 10_000, seed: int = 1, title: str = ""
) -> TimeToClose:
    """Say the same of a scenario that names a requirement and has its figures already.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws, seed : int
        How many draws, and the seed.
    title : str, optional
        What the scenario is called; without it, its own title.

    Returns
    -------
    TimeToClose
        As :func:`time_to_close`.

    Raises
    ------
    InputError
        When draws or seed are out of range, or the scenario names no requirement.
    """
    for name, value, low, high in (("--draws", draws, 1, MOST_DRAWS), ("--seed", seed, 0, 2**63 - 1)):
        if not low <= value <= high:
            raise InputError(f"{value} is out of range", where=name, do=f"give a number from {low} to {high}")
    if not resolved.forces.is_named:
        raise InputError(f"{resolved.name} names no requirement", do=f"set {REQUIREMENT}")
    need = find_requirement(resolved.forces.requirement)
    paths = closing_paths(resolved, draws=draws, seed=seed)
    return TimeToClose(
        need,
        closing_summary(paths, resolved.forces, resolved.years),
        resolved.name.removesuffix("-changed"),
        title or resolved.title,
        resolved.as_of,
        draws,
        seed,
        resolved.price_year,
        stock_skill(),
        {n: s for n, s in resolved.parameters.items() if n.partition(".")[0] in COMPONENTS},
        tuple(resolved.editions),
        (SKILL_CARD,),
        tuple(note.text for note in resolved.notes if note.step == "forces"),
    )


def _title(scenario: str, changes: Mapping[str, Any] | None) -> str:
    """Return a scenario's title with its changes, without the requirement that was put to it."""
    from foedus.scenario.changes import changed
    from foedus.scenario.find import find

    return changed(find(scenario), changes or {}).content.title


def closing_paths(resolved: Resolved, *, draws: int, seed: int) -> ClosingPaths:
    """Run a scenario and keep what counts towards its requirement, in every draw."""
    section = resolved.forces
    rows = [i for i, state in enumerate(section.counted_by) if state not in {"", "unknown"}]
    years, countries = len(resolved.years), len(resolved.countries)
    available = np.empty((years, len(rows), draws))
    available[0] = start_available(section, resolved.parameters)[rows, np.newaxis]
    money = np.empty((years, draws))
    money[0] = section.start_gap
    kept = {name: np.empty((len(section.counted_by), draws)) for name in AT_HORIZON}
    by_ally = np.empty((draws, countries))

    def work(block: Block) -> None:
        span = slice(block.first, block.first + block.size)
        for index, (_, state) in enumerate(
            block.passing_years(frozenset({*AT_HORIZON, AVAILABLE, GAP_BY_ALLY}))
        ):
            if index:
                available[index, :, span] = _of_draws(state[AVAILABLE], block.size)[rows]
                money[index, span] = block.cut(state[GAP_BY_ALLY]).sum(axis=-1)
        by_ally[span] = block.cut(state[GAP_BY_ALLY])
        for name, values in kept.items():
            values[:, span] = _of_draws(state[name], block.size)

    for _ in map_blocks(work, resolved.problem(), draws=draws, seed=seed, workers=None):
        pass
    names = tuple(section.classes[i] for i in rows)
    return ClosingPaths(Closing.of(kept, section.classes, names, resolved.years), available, money, by_ally)


def _of_draws(values: Array, size: int) -> Array:
    """Return a quantity by class in the first draws of a block, (class, draw)."""
    return np.broadcast_to(values, (values.shape[0], max(values.shape[1], size), 1))[:, :size, 0]
