"""The ranges that thresholds are worked out over, and the combinations that are tried of them.

One convention holds everywhere: combinations lie on a grid that is even on each range's own scale, both ends
among them, so that every corner is one. What is printed as lowest and highest is so over all of them, cut
nowhere; the middle is the case with every range at its middle. How many of the combinations say a thing is no
odds: it is only said that all do, that most do, or what it depends on.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import InputError, UnknownNameError
from foedus.guarantee.parameters import FOLDER

__all__ = [
    "COMBINATIONS",
    "LABELS",
    "Grid",
    "StatedRange",
    "grid",
    "middle",
    "read_range",
    "stated_ranges",
    "with_ranges",
]

COMBINATIONS = 16_384
"""How many combinations are tried."""

LABELS = {
    "attacker_over_local": "attacker over local strength",
    "arrivals_over_local": "arrivals in time over local strength",
    "decisiveness": "how far strength decides",
    "cost_over_value": "cost of an attack",
    "extra_cost_over_value": "extra cost if help comes",
    "days_in_time": "days within which help is in time",
    "value": "what the attacker would gain",
}
"""The ranges, in the order in which points are given to them, with their names in print."""

LIMITS = {
    "attacker_over_local": (0.0, 1000.0),
    "arrivals_over_local": (0.0, 1000.0),
    "decisiveness": (0.0, 20.0),
    "cost_over_value": (0.0, 1000.0),
    "extra_cost_over_value": (0.0, 1000.0),
    "days_in_time": (1.0, 3650.0),
    "value": (0.0, 1000.0),
}
"""Between which ends a range may lie."""

ABOVE_ZERO = ("attacker_over_local", "decisiveness", "value")
"""What cannot be nothing."""

_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_GIVEN = re.compile(rf"([a-z0-9_-]+)\s*=\s*({_NUMBER})(?:\s*\.\.\s*({_NUMBER}))?", re.IGNORECASE)
"""As in "decisiveness=1..3" or "value=0.5"."""


@dataclass(frozen=True)
class StatedRange:
    """One range.

    Attributes
    ----------
    name, label : str
        Its key, and its name in print.
    low, high : float
        Its ends.
    grade, source : str
        How it is known, and why these ends.
    """

    name: str
    label: str
    low: float
    high: float
    grade: str
    source: str

    @property
    def is_open(self) -> bool:
        """Whether its ends differ."""
        return self.high > self.low

    @property
    def middle(self) -> float:
        """The middle of its ends."""
        return 0.5 * (self.low + self.high)


@dataclass(frozen=True)
class Grid:
    """Combinations of ranges.

    Attributes
    ----------
    axes : mapping of str to ndarray
        By range, its points, both ends among them.
    values : mapping of str to ndarray, (combination,)
        The value of each range in every combination.
    corner : ndarray of bool, (combination,)
        Whether every range is at one of its ends.
    """

    axes: Mapping[str, Array]
    values: Mapping[str, Array]
    corner: Array

    @property
    def shape(self) -> tuple[int, ...]:
        """How many points each range has, in the order of the axes."""
        return tuple(len(points) for points in self.axes.values())


@cache
def stated_ranges() -> tuple[StatedRange, ...]:
    """Return the ranges as they are stated, in the order of :data:`LABELS`."""
    numbers = FOLDER.function("ranges")
    return tuple(
        StatedRange(
            name, label, *numbers[name].range, numbers[name].grade, " ".join(numbers[name].source.split())
        )
        for name, label in LABELS.items()
    )


def read_range(text: str, *, where: str = "--range") -> StatedRange:
    """Return a range that was given as ``name=lo..hi``, or ``name=value`` for a single value.

    Parameters
    ----------
    text : str
        As it was given.
    where : str, default "--range"
        What the message names.

    Returns
    -------
    StatedRange
        Graded assumed.

    Raises
    ------
    InputError
        When it is no range, its ends are turned round, or they leave what the quantity can be.
    UnknownNameError
        When there is no range of that name.
    """
    match = _GIVEN.fullmatch(text.strip())
    if match is None:
        raise InputError(f"{text!r} is no range", where=where, do="write name=lo..hi, as decisiveness=1..2")
    name = match[1].lower().replace("-", "_")
    if name not in LABELS:
        raise UnknownNameError("range", name, LABELS, where=where, do=f"use {', '.join(LABELS)}")
    low = float(match[2])
    high = float(match[3]) if match[3] is not None else low
    return checked(StatedRange(name, LABELS[name], low, high, "assumed", "given with the question"), where)


def checked(span: StatedRange, where: str) -> StatedRange:
    """Return a range, once it has been checked.

    Parameters
    ----------
    span : StatedRange
        The range.
    where : str
        What the message names.

    Raises
    ------
    InputError
        When its ends are turned round, or leave what the quantity can be.
    """
    least, most = LIMITS[span.name]
    if span.low > span.high:
        raise InputError(
            f"the range of {span.name} is upside down: {span.low:g} is above {span.high:g}",
            where=where,
            do=f"write {span.name}={span.high:g}..{span.low:g}",
        )
    if span.name in ABOVE_ZERO and span.low <= 0.0:
        what = (
            "an attacker that gains nothing does not attack"
            if span.name == "value"
            else "it cannot be nothing"
        )
        raise InputError(
            f"{span.name} is to be above zero and {span.low:g} is not: {what}",
            where=where,
            do=f"give {span.name} a lower end above zero",
        )
    if span.low < least or span.high > most:
        raise InputError(
            f"{span.name} is to lie within {least:g} and {most:g}, and {span.low:g}..{span.high:g} does not",
            where=where,
            do="give a range inside",
        )
    return span


def with_ranges(ranges: Iterable[StatedRange], given: Iterable[StatedRange]) -> tuple[StatedRange, ...]:
    """Return ranges with those in place that were given; of one that is given twice the last."""
    instead = {span.name: span for span in given}
    return tuple(instead.get(span.name, span) for span in ranges)


def grid(ranges: tuple[StatedRange, ...], combinations: int = COMBINATIONS) -> Grid:
    """Return combinations of ranges, on an even grid with both ends of each.

    Parameters
    ----------
    ranges : tuple of StatedRange
        Each with its ends.
    combinations : int, default 16,384
        A power of two, and two or more for each open range: each open range has a power of two of points,
        more those that stand first.

    Returns
    -------
    Grid
        As many combinations as asked for; one where no range is open.
    """
    bits = dict.fromkeys((span.name for span in ranges), 0)
    is_open = [span.name for span in ranges if span.is_open]
    for i in range(int(math.log2(combinations)) if is_open else 0):
        bits[is_open[i % len(is_open)]] += 1
    axes = {s.name: np.linspace(s.low, s.high, 2 ** bits[s.name]) for s in ranges}
    mesh = np.meshgrid(*axes.values(), indexing="ij")
    values = {name: part.ravel() for name, part in zip(axes, mesh, strict=True)}
    corner = np.ones(mesh[0].size, dtype=bool)
    for span in ranges:
        corner &= (values[span.name] == span.low) | (values[span.name] == span.high)
    return Grid(axes, values, corner)


def middle(ranges: tuple[StatedRange, ...]) -> dict[str, Array]:
    """Return every range at its middle, as one combination.

    Parameters
    ----------
    ranges : tuple of StatedRange
        The ranges.

    Returns
    -------
    dict of str to ndarray, (1,)
        By the name of the range.
    """
    return {span.name: np.array([span.middle]) for span in ranges}
