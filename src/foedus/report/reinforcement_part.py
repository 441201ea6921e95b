"""The part of a report that says how fast help arrives, on a run whose scenario names a requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reinforcement.by_day import by_day
from foedus.reinforcement.question import reinforcement_question

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.runs import Run

__all__ = ["HELPS", "help_by_day"]

HELPS = ("reinforcement", "How fast help arrives")
"""Anchor and name of the section."""


def help_by_day(run: Run, ledger: Ledger) -> ByDay | None:
    """Return what of the run's requirement has arrived by day 30, with the run's permits and trains.

    Parameters
    ----------
    run : Run
        The run.
    ledger : Ledger
        The figures known on its day.

    Returns
    -------
    ByDay or None
        None where the scenario names no requirement, or nothing of it moves.
    """
    section = run.resolved.reinforcement
    if not section.is_named:
        return None
    question = reinforcement_question(
        requirement=run.resolved.forces.requirement,
        permit_days=section.permit_days,
        trains=section.trains,
        as_of=run.resolved.as_of,
    )
    return by_day(question, ledger=ledger)
