"""From recorded steps to the interval in which an ally's own completion lies.

What is modelled is one event: the ally's completion at home, after which nothing of its own stands in the way of
the instrument. Records give other events. Each is turned into an interval for the completion by a named rule with
a graded width, and never taken for the completion itself.
"""

from __future__ import annotations

from dataclasses import dataclass

from foedus.evidence.accession import Round, Step
from foedus.model.ratification import Parameters

__all__ = ["Spell", "completion_interval", "spells"]


@dataclass(frozen=True)
class Spell:
    """When one ally completed its ratification.

    Attributes
    ----------
    ally : str
        Alpha-3 code; empty where the record counts an ally without naming it.
    start, end : int
        Days since the signature: not complete by the first, complete by the second.
    """

    ally: str
    start: int
    end: int


def completion_interval(round_: Round, steps: dict[str, Step], parameters: Parameters) -> tuple[int, int]:
    """Give the days between which an ally's completion lies, from what is recorded of it.

    Parameters
    ----------
    round_ : Round
        The round.
    steps : dict of str to Step
        The ally's steps by kind, one at least.
    parameters : Parameters
        How many days may lie between steps of which only one is recorded.

    Returns
    -------
    tuple of int
        Not complete on the first day, counted from the signature; complete on the second.

    Notes
    -----
    A national completion is taken as recorded, and so is the head of state's act, the last at home. The end of the
    parliamentary procedure comes before, by at most ``parliament_to_completion_days`` or until the deposit. A
    deposit comes after, by at most ``completion_to_deposit_days``.
    """
    last = round_.days_to_last_deposit
    at = {name: ((s.earliest - round_.signed).days, (s.latest - round_.signed).days) for name, s in steps.items()}
    deposit = at.get("deposit")
    if "national_completion" in at:
        first, final = at["national_completion"]
    elif "head_of_state" in at:
        first, final = at["head_of_state"]
    elif "end_of_parliamentary_procedure" in at:
        first, voted = at["end_of_parliamentary_procedure"]
        final = voted + int(parameters.parliament_to_completion_days)
        if deposit is not None:
            first, final = max(first, deposit[0] - int(parameters.completion_to_deposit_days)), deposit[1]
    else:
        assert deposit is not None
        first, final = deposit[0] - int(parameters.completion_to_deposit_days), deposit[1]
    final = max(min(final, last), 1)
    return max(min(first - 1, final - 1), 0), final


def spells(round_: Round, parameters: Parameters) -> tuple[Spell, ...]:
    """Give when each ally of a round completed, those named first.

    Parameters
    ----------
    round_ : Round
        The round.
    parameters : Parameters
        How many days may lie between steps.

    Returns
    -------
    tuple of Spell
        One per ratifier; empty for a round of which no steps are recorded. Allies who are not named are placed
        between the counts of the record, in the order of the counts, and the rest before the last deposit.
    """
    by_ally: dict[str, dict[str, Step]] = {}
    for step in round_.steps:
        by_ally.setdefault(step.ally, {})[step.step] = step
    if not by_ally:
        return ()
    named = [
        Spell(ally, *completion_interval(round_, steps, parameters))
        for ally, steps in by_ally.items()
        if ally in round_.ratifiers
    ]
    unnamed: list[Spell] = []
    missing = len(round_.ratifiers) - len(named)
    before = 0
    for count in round_.counts:
        day = (count.date - round_.signed).days
        known = sum(s.end <= day for s in named) + len(unnamed)
        unnamed += [Spell("", before, day)] * min(missing - len(unnamed), max(0, count.ratified - known))
        before = day
    unnamed += [Spell("", before, round_.days_to_last_deposit)] * (missing - len(unnamed))
    return (*named, *unnamed)
