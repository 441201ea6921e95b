"""What a scenario buys of a requirement: one pass over its draws, and the distribution of when it closes.

A scenario that names the requirement itself answers the same, as a run keeps it; this asks it of any
scenario.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError
from foedus.forces.requirement import find_requirement
from foedus.forces.section import COMPONENTS
from foedus.forces.stock_skill import CARD_ID as SKILL_CARD
from foedus.forces.stock_skill import stock_skill
from foedus.forces.time_result import TimeToClose
from foedus.runs.closing import closing_of_outcome, closing_of_run
from foedus.runs.outcome import outcome as run_outcome
from foedus.scenario import Resolved, resolve

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.forces.time_to_close import ClosingSummary
    from foedus.runs import Run
    from foedus.runs.outcome import Outcome

__all__ = ["time_to_close", "time_to_close_of_run", "time_to_close_resolved"]

REQUIREMENT = "levers.plans.requirement"
"""The scenario's key that names a requirement."""


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
    """Return what a scenario buys of a requirement, by when, and what holds it up.

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
    resolved: Resolved,
    *,
    draws: int = 10_000,
    seed: int = 1,
    title: str = "",
    outcome: Outcome | None = None,
) -> TimeToClose:
    """Return the same of a scenario that names a requirement and has its figures already.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    draws, seed : int
        How many draws, and the seed.
    title : str, optional
        What the scenario is called; without it, its own title.
    outcome : Outcome, optional
        What it comes to with these draws and this seed, where it is known already.

    Returns
    -------
    TimeToClose
        As :func:`time_to_close`.

    Raises
    ------
    InputError
        When draws or seed are out of range, or the scenario names no requirement.
    """
    summary = closing_of_outcome(outcome or run_outcome(resolved, draws=draws, seed=seed))
    if summary is None:
        raise InputError(f"{resolved.name} names no requirement", do=f"set {REQUIREMENT}")
    return _result(resolved, summary, title or resolved.title, (draws, seed))


def time_to_close_of_run(run: Run) -> TimeToClose | None:
    """Return the same of a run, from what it keeps; None where its scenario names no requirement.

    Parameters
    ----------
    run : Run
        The run.

    Returns
    -------
    TimeToClose or None
        As :func:`time_to_close`.
    """
    summary = closing_of_run(run)
    if summary is None:
        return None
    return _result(run.resolved, summary, run.summary.title, (run.draw_count, run.manifest["seed"]))


def _result(
    resolved: Resolved, summary: ClosingSummary, title: str, draws_and_seed: tuple[int, int]
) -> TimeToClose:
    """Put what a scenario buys of a requirement together with what is known of such paths."""
    return TimeToClose(
        find_requirement(resolved.forces.requirement),
        summary,
        resolved.name.removesuffix("-changed"),
        title,
        resolved.as_of,
        *draws_and_seed,
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
