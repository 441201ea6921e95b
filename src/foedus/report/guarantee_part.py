"""The part of a report that says what stands in for a promise, where its scenario names the guarantee."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame
    from foedus.runs import Run

__all__ = ["GUARANTEE", "GuaranteePart", "what_stands_in"]

GUARANTEE = ("guarantee", "What stands in for a promise")
"""Anchor and name of the section."""


class GuaranteePart(NamedTuple):
    """What a report says of the guarantee.

    Attributes
    ----------
    thresholds : Deterrence
        Where belief matters on the flank, and what stands in for it.
    game : GuaranteeGame
        Who would begin to pay if the guarantee covered only those who pay.
    """

    thresholds: Deterrence
    game: GuaranteeGame


def what_stands_in(run: Run, ledger: Ledger) -> GuaranteePart | None:
    """Return thresholds and game of the run's scenario.

    Parameters
    ----------
    run : Run
        The run.
    ledger : Ledger
        The figures known on its day.

    Returns
    -------
    GuaranteePart or None
        None where the scenario does not name the guarantee.
    """
    from foedus.analysis.deter import deter, deter_game, flank_of
    from foedus.guarantee.question import DeterGameQuestion
    from foedus.questions import known_day

    resolved = run.resolved
    if not resolved.guarantee.is_named:
        return None
    question = DeterGameQuestion(scenario=resolved.name, as_of=known_day(resolved.as_of))
    standing = flank_of(resolved)
    thresholds = deter(question, ledger=ledger, standing=standing)
    return GuaranteePart(
        thresholds, deter_game(question, ledger=ledger, standing=standing, thresholds=thresholds)
    )
