"""The sentences of an analysis of drivers: which chance, how much of the spread, and what is not in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.catalogue import catalogue
from foedus.results import Answer
from foedus.units import format_value, in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.analysis.drivers import DriverIndex, ShockIndices, TargetDrivers
    from foedus.scenario import Resolved

__all__ = ["drivers_answer", "drivers_notes", "fixed_by_grade", "spread_words", "together_words", "within"]

TOGETHER = 0.05
"""From this part of the spread on, what chances carry only together is said in the answer itself."""


def spread_words(target: TargetDrivers) -> str:
    """Return a number's middle and the middle 80 % of its draws: "12; 7 to 19"."""
    low, median, high = (
        format_value(value, target.unit) for value in (target.low, target.median, target.high)
    )
    return f"{median}; {low} to {high}"


def together_words(target: TargetDrivers) -> str:
    """Return how much of the spread chances carry alone, and how much only together."""
    alone = min(max(target.first_sum, 0.0), 1.0)
    if alone > 1.0 - TOGETHER:
        return f"Each alone, the chances carry {per_cent(alone, 0)} of it: they hardly work together."
    return (
        f"Each alone, the chances carry {per_cent(alone, 0)} of it; the other {per_cent(1.0 - alone, 0)} "
        "lies in "
        "how they come together, and counts in each that has a part in it."
    )


def drivers_answer(result: ShockIndices) -> Answer:
    """Return how much of the spread of the first number its first driver carries.

    Parameters
    ----------
    result : ShockIndices
        The indices.

    Returns
    -------
    Answer
        The total index with its interval; for a constant, that nothing drives it.
    """
    target = result.targets[0]
    about = f"{within(target.label)} in {result.year}"
    if target.is_constant:
        same = format_value(target.median, target.unit)
        words = f"{same}: {about} is the same in every draw, so that no chance drives it."
        return Answer("", "", words, title=words)
    first, *others = target.shocks
    index = first.index
    ends = f"{in_per_cent(max(index.total_low, 0.0), 0)} to {in_per_cent(index.total_high, 0)}"
    rest = [shock for shock in others if shock.index.total >= 0.01][:2]
    return Answer(
        number=per_cent(index.total, 0),
        unit=f"of the spread ({ends})",
        claim=f"in {about} ({spread_words(target)}) turns on one chance: {within(first.label)}.",
        beside=(
            *((f"Next: {', '.join(_share(shock) for shock in rest)}.",) if rest else ()),
            together_words(target),
        ),
        title=f"{first.label}: {per_cent(index.total, 0)} of the spread in {about}",
    )


def _share(shock: DriverIndex) -> str:
    """Return a chance with its total index."""
    return f"{within(shock.label)} {per_cent(shock.index.total, 0)}"


def within(label: str) -> str:
    """Return a label as it stands within a sentence."""
    return label[:1].lower() + label[1:]


def fixed_by_grade(resolved: Resolved) -> dict[str, int]:
    """Return how many numbers that play a part are held fixed, by grade: all that size no chance."""
    sizing = {entry.sized_by for entry in catalogue().values() if entry.sized_by}
    fixed = (
        setting.grade
        for name, setting in resolved.parameters_in_use().items()
        if not sizing & {name, name.partition(".")[0]}
    )
    return dict(Counter(fixed))


def drivers_notes(result: ShockIndices) -> tuple[str, ...]:
    """Return what the reader of the indices must know.

    Parameters
    ----------
    result : ShockIndices
        The indices.

    Returns
    -------
    tuple of str
        What an index is, what is held fixed, which chances move nothing, and the skill behind the spread.
    """
    fixed = fixed_by_grade(result.resolved)
    counts = ", ".join(f"{number} {grade}" for grade, number in sorted(fixed.items(), key=lambda kv: -kv[1]))
    idle = [shock for shock in result.still if catalogue()[shock].kind == "model"]
    moving = {shock.name for target in result.targets for shock in target.shocks if shock.index.total > 0.0}
    without = [s.label for s in (result.targets[0].shocks if result.targets else ()) if s.name not in moving]
    still = f"; {within(', '.join(without))}" if without else ""
    return (
        "In all: the part of the variance that would be left if every other chance were known; such parts "
        "overlap and may add up to more than 100 %. Alone: the part that knowing this chance would take "
        "away. "
        f"In brackets the middle 95 % of resampled draws; {result.runs} runs of {result.draws:,} draws, "
        "seeds "
        f"{result.seeds[0]} and {result.seeds[1]}.",
        f"Held fixed, and so not in it: {sum(fixed.values())} numbers of the model ({counts}), and its form. "
        "`--numbers` moves the numbers.",
        f"Chances that move none of these: {len(idle)} of rooms that have no part in them{still}.",
        *((note,) if (note := result.resolved.skill_note()) else ()),
    )
