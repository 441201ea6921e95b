"""On which scale a spreadsheet's positions and saliences are: taken from all its numbers, and said.

**Law.** Positions within 0 to 1 are on that scale, and within 0 to 100 on that one; any other positions
run, issue by issue, from the lowest to the highest number that the issue has, unless the scale is given.
Saliences within 0 to 1 are fractions and within 0 to 100 per cent. Where most saliences are fractions and
some are not, the file is refused.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.errors import InputError

__all__ = ["Extremes", "Scales", "read_scale", "scales_of"]

FEW_SMALL = 0.1
"""Up to which share of the saliences of a file in per cent may lie between 0 and 1."""


@dataclass
class Extremes:
    """What was seen of one quantity.

    Attributes
    ----------
    low, high : float
        The least and the greatest number.
    low_line, high_line : int
        Where each stood.
    small, large : int
        How many numbers lie above 0 and not above 1, and how many above 1.
    """

    low: float = math.inf
    high: float = -math.inf
    low_line: int = 0
    high_line: int = 0
    small: int = 0
    large: int = 0
    small_line: int = 0

    def add(self, value: float, line: int) -> None:
        """Take a number into account; NaN is none."""
        if value < self.low:
            self.low, self.low_line = value, line
        if value > self.high:
            self.high, self.high_line = value, line
        if value > 1.0:
            self.large += 1
        elif 0.0 < value < 1.0:
            self.small, self.small_line = self.small + 1, self.small_line or line


@dataclass(frozen=True)
class Scales:
    """Scales of a spreadsheet.

    Attributes
    ----------
    position : (float, float) or None
        The ends of the scale of positions; None where each issue has its own.
    salience : float
        What stands for caring fully.
    sentences : tuple of str
        What was taken for what.
    """

    position: tuple[float, float] | None
    salience: float
    sentences: tuple[str, ...]


def read_scale(text: str) -> tuple[float, float]:
    """Read the ends of a scale.

    Parameters
    ----------
    text : str
        As ``1,10``.

    Returns
    -------
    tuple of float
        The lower and the upper end.

    Raises
    ------
    InputError
        When it is not two numbers, the lower first.
    """
    try:
        low, high = (float(end) for end in text.split(","))
    except ValueError:
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise InputError(
            f"{text!r} is no scale", where="--scale", do="write its ends, the lower first, for example 1,10"
        )
    return low, high


def scales_of(
    shown: str, points: Extremes, salience: Extremes, given: tuple[float, float] | None, *, has_salience: bool
) -> Scales:
    """Return the scales of a spreadsheet.

    Parameters
    ----------
    shown : str
        The file in messages.
    points : Extremes
        Positions, reversions, outcomes and limits of what is accepted.
    salience : Extremes
        Saliences.
    given : (float, float) or None
        The scale of positions, where the user gives it.
    has_salience : bool
        Whether the file has saliences.

    Returns
    -------
    Scales
        With a sentence on each.

    Raises
    ------
    InputError
        When a number is off a given scale, or saliences are neither fractions nor per cent.
    """
    ends, sentence = _positions(shown, points, given)
    unit, other = _saliences(shown, salience, has_salience)
    return Scales(ends, unit, (sentence, other))


def _positions(
    shown: str, seen: Extremes, given: tuple[float, float] | None
) -> tuple[tuple[float, float] | None, str]:
    """Return the scale of positions."""
    if given is not None:
        for value, line in ((seen.low, seen.low_line), (seen.high, seen.high_line)):
            if not given[0] <= value <= given[1]:
                raise InputError(
                    f"{value:g} is off the scale {given[0]:g} to {given[1]:g}",
                    where=f"{shown}, line {line}",
                    do="mend the number or --scale",
                )
        return given, f"Positions are on the scale {given[0]:g} to {given[1]:g}, as given."
    run = f"Positions run from {seen.low:g} to {seen.high:g}"
    for high in (1.0, 100.0):
        if seen.low >= 0.0 and seen.high <= high:
            return (0.0, high), f"{run} and are taken on the scale 0 to {high:g}; --scale takes another."
    return (
        None,
        f"{run}: each issue's scale is taken from its lowest to its highest number; --scale takes another.",
    )


def _saliences(shown: str, seen: Extremes, has_salience: bool) -> tuple[float, str]:
    """Return what stands for caring fully."""
    if not has_salience or seen.high == -math.inf:
        return 1.0, "There is no column of saliences: all are taken to care alike."
    for value, line in ((seen.low, seen.low_line), (seen.high, seen.high_line)):
        if not 0.0 <= value <= 100.0:
            raise InputError(
                f"the salience {value:g} is neither a fraction nor per cent",
                where=f"{shown}, line {line}",
                do="write saliences from 0 to 1 or from 0 to 100",
            )
    if seen.high <= 1.0:
        return 1.0, f"Saliences run from {seen.low:g} to {seen.high:g} and are taken as fractions."
    if seen.small > FEW_SMALL * (seen.small + seen.large):
        raise InputError(
            f"the salience {seen.high:g} stands beside fractions such as the one on line {seen.small_line}",
            where=f"{shown}, line {seen.high_line}",
            do="write all saliences as fractions, or all in per cent",
        )
    few = f"; {seen.small} of them below 1 too" if seen.small else ""
    return 100.0, f"Saliences run from {seen.low:g} to {seen.high:g} and are taken as per cent{few}."
