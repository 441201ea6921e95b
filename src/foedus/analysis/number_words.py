"""The sentences of an analysis of numbers: which does most, how well it is known, and what did not move."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from foedus.analysis.driver_words import within
from foedus.parameters import GRADES
from foedus.results import Answer
from foedus.rounding import written
from foedus.units import format_value, per_cent

if TYPE_CHECKING:
    from foedus.analysis.designs import ScreeningEffect
    from foedus.analysis.number_result import NumberEffect, NumberIndices, TargetNumbers

__all__ = ["effect_words", "numbers_answer", "numbers_notes", "range_words", "scale_of"]

_SCALES = {
    "usd": (1e-9, "bn USD"),
    "eur": (1e-9, "bn EUR"),
    "fraction": (100.0, "points"),
    "count": (1.0, "allies"),
}


def scale_of(unit: str) -> tuple[float, str]:
    """Return what effects in a unit are multiplied by for print, and what they are then in."""
    return _SCALES.get(unit, (1.0, unit))


def effect_words(effect: ScreeningEffect, unit: str) -> str:
    """Write the size of an effect with its error: "10.6 ± 1.2"; a sign says which way it goes."""
    factor, _ = scale_of(unit)
    ways = abs(effect.direction) > 0.9 * effect.size
    sign = ("+" if effect.direction > 0.0 else "−") if ways and effect.size > 0.0 else ""
    digits = 1 if factor * effect.size < 1000.0 else 0
    return f"{sign}{written(factor * effect.size, digits)} ± {written(factor * effect.error, digits)}"


def range_words(number: NumberEffect) -> str:
    """Write the range of a number, with its value where it is one."""
    ends = f"{number.low:.4g} to {number.high:.4g}"
    return f"× {ends}" if number.value is None else f"{number.value:.4g} in {ends}"


def _shares(target: TargetNumbers) -> str:
    """Return how much of the variance each group of numbers carries."""
    parts = [f"{g.name} {per_cent(max(g.on_mean.total, 0.0), 0)}" for g in target.groups if g.on_mean]
    names = {group.name for group in target.groups}
    if parts and names <= set(GRADES):
        parts += [f"{grade} none (no such number moves it)" for grade in GRADES if grade not in names]
    return ", ".join(parts)


def numbers_answer(result: NumberIndices) -> Answer:
    """Return which number does most to the first answer, and how well numbers are known.

    Parameters
    ----------
    result : NumberIndices
        The analysis.

    Returns
    -------
    Answer
        The size of its effect in the answer's unit.
    """
    target = result.targets[0]
    first, *others = target.numbers
    factor, unit = scale_of(target.unit)
    about = f"{within(target.label)} in {result.year}"
    value = format_value(target.value, target.unit)
    low, high = (format_value(end, target.unit) for end in (target.low, target.high))
    shares = _shares(target)
    runners_up = ", ".join(f"{n.name} {effect_words(n.on_mean, target.unit)}" for n in others[:2])
    return Answer(
        number=written(factor * first.on_mean.size, 1, grouped=True),
        unit=f"{unit}:",
        claim=f"so much moving one number over its whole range does to {about} (on average {value}): "
        f"{first.name}, which is {first.grade}.",
        beside=(
            *((f"Next: {runners_up}.",) if runners_up else ()),
            f"All numbers moved evenly inside their ranges: {low} to {high} in the middle 80 %.",
            *((f"Of that variance, by {result.by}: {shares}.",) if shares else ()),
        ),
        title=f"{first.name} does most to {about}",
    )


def numbers_notes(result: NumberIndices) -> tuple[str, ...]:
    """Return what the reader of the effects must know.

    Parameters
    ----------
    result : NumberIndices
        The analysis.

    Returns
    -------
    tuple of str
        What was done, what did not move and why.
    """
    reasons = Counter(result.fixed.values())
    stood = "; ".join(f"{number} because {reason}" for reason, number in reasons.items())
    return (
        "Effect: the mean absolute change of an answer's mean over draws when one number alone moves, "
        "scaled to its "
        f"whole range ({result.paths} paths after Morris); the sign says which way where it is always the "
        "same. "
        f"Groups: Sobol indices over {result.points} points of each set. {result.runs:,} runs of "
        f"{result.draws} draws, "
        "all with the same random terms.",
        "A range says what makes sense, not how likely it is: the shares are of the ranges, and no "
        "forecast. A number "
        "by country or a table is multiplied by one factor that leaves every value inside its range.",
        f"Not moved: {stood or 'none'}; and what a scenario is resolved with before its first year: "
        "starting figures "
        "of the ledger and numbers that functions alone read, such as the times of ratification.",
    )
