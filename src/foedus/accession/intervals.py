"""From recorded steps to the interval in which an ally's own completion lies.

What is modelled is one event: the ally's completion at home, after which nothing of its own stands in the
way of the instrument. Records give other events. Each is turned into an interval for the completion by a
named rule with a graded width, and never taken for the completion itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from foedus.accession.ratification import Parameters
from foedus.accession.rows import Round, Step

__all__ = ["Spell", "closing_lags", "completion_interval", "seen_by", "spells"]


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


def completion_interval(
    signed: date, steps: Mapping[str, Step], parameters: Parameters, last: int | None = None
) -> tuple[int, int]:
    """Return the days between which an ally's completion lies, from what is recorded of it.

    Parameters
    ----------
    signed : datetime.date
        The day of the signature.
    steps : mapping of str to Step
        The ally's steps by kind, one at least.
    parameters : Parameters
        How many days may lie between steps of which only one is recorded.
    last : int, optional
        Days to the last deposit of the round, where it has ended.

    Returns
    -------
    tuple of int
        Not complete on the first day, counted from the signature; complete on the second.

    Notes
    -----
    A national completion is taken as recorded, and so is the head of state's act, the last at home. The end
    of the parliamentary procedure comes before, by at most ``parliament_to_completion_days`` or until the
    deposit. A deposit comes after, by at most ``completion_to_deposit_days``.
    """
    at = {name: ((s.earliest - signed).days, (s.latest - signed).days) for name, s in steps.items()}
    before_deposit = int(parameters.completion_to_deposit_days)
    if "national_completion" in at:
        first, final = at["national_completion"]
    elif "head_of_state" in at:
        first, final = at["head_of_state"]
    elif "end_of_parliamentary_procedure" in at:
        first, final = at["end_of_parliamentary_procedure"]
        if "deposit" in at:
            first, final = max(first, at["deposit"][0] - before_deposit), max(final, at["deposit"][1])
        else:
            final += int(parameters.parliament_to_completion_days)
    else:
        first, final = at["deposit"][0] - before_deposit, at["deposit"][1]
    final = max(final if last is None else min(final, last), 1)
    return max(min(first - 1, final - 1), 0), final


def _by_ally(round_: Round, until: int | None = None) -> dict[str, dict[str, Step]]:
    """Return each ratifier's steps by kind, those surely taken by a day."""
    by_ally: dict[str, dict[str, Step]] = {}
    for step in round_.steps:
        if step.ally in round_.ratifiers and (until is None or (step.latest - round_.signed).days <= until):
            by_ally.setdefault(step.ally, {})[step.step] = step
    return by_ally


def seen_by(round_: Round, day: int, parameters: Parameters) -> tuple[Spell, ...]:
    """Return what could be seen of a round on a day: allies that had taken a first step, and no later step.

    Parameters
    ----------
    round_ : Round
        The round.
    day : int
        Days since the signature. On day 0 nothing has been seen: a forecast of that day is made before it.
    parameters : Parameters
        How many days may lie between steps.

    Returns
    -------
    tuple of Spell
        One per ally seen; its completion may lie after the day.
    """
    if day <= 0:
        return ()
    return tuple(
        Spell(ally, *completion_interval(round_.signed, steps, parameters))
        for ally, steps in _by_ally(round_, day).items()
    )


def closing_lags(rounds_: Sequence[Round], parameters: Parameters) -> tuple[float, ...]:
    """Return the days from the last ally's completion, at the latest, to entry.

    Parameters
    ----------
    rounds_ : sequence of Round
        Rounds that have ended.
    parameters : Parameters
        How many days may lie between steps.

    Returns
    -------
    tuple of float
        One per round, in the same order.
    """
    lags = []
    for round_ in rounds_:
        ends = [spell.end for spell in spells(round_, parameters)]
        lags.append(float(round_.days_to_entry - max(ends, default=round_.days_to_last_deposit)))
    return tuple(lags)


def spells(round_: Round, parameters: Parameters) -> tuple[Spell, ...]:
    """Return when each ally of a round completed, those named first.

    Parameters
    ----------
    round_ : Round
        The round.
    parameters : Parameters
        How many days may lie between steps.

    Returns
    -------
    tuple of Spell
        One per ratifier; empty for a round of which no steps are recorded. Allies who are not named are
        placed between the counts of the record, in the order of the counts, and the rest before the last
        deposit.
    """
    by_ally = _by_ally(round_)
    if not by_ally:
        return ()
    last = round_.days_to_last_deposit
    named = [
        Spell(ally, *completion_interval(round_.signed, steps, parameters, last))
        for ally, steps in by_ally.items()
    ]
    unnamed: list[Spell] = []
    missing = len(round_.ratifiers) - len(named)
    before = 0
    for count in round_.counts:
        day = (count.date - round_.signed).days
        known = sum(s.end <= day for s in named) + len(unnamed)
        unnamed += [Spell("", before, day)] * min(missing - len(unnamed), max(0, count.ratified - known))
        before = day
    unnamed += [Spell("", before, last)] * (missing - len(unnamed))
    return (*named, *unnamed)
