"""PRIM: find boxes in the space of inputs in which a yes-or-no outcome is dense.

**Claim.** From a box that holds every case, the patient rule induction method cuts away again and again the
slice of a few per cent at one end of one input whose loss leaves the outcome densest (peeling), and then
gives slices back as long as the density does not fall (pasting). The boxes on the way trade *coverage*, the
part of all cases of interest that lie inside, against *density*, the part of the inside that is of interest.

**Sources.** Friedman and Fisher, "Bump hunting in high-dimensional data", Statistics and Computing 9 (1999),
123–143; as scenario discovery Bryant and Lempert, Technological Forecasting and Social Change 77 (2010),
34–49, from whom coverage, density and the quasi-p-value of a limit are.

**Leaves out.** Boxes that are no boxes: a corner that is cut off at an angle needs several. Peeling is
greedy: between two regions of like size it may stop before it has left either. Nothing is random here, and
the same cases give the same boxes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array

__all__ = [
    "BY_CHANCE",
    "PEEL",
    "SMALLEST",
    "BoxCount",
    "InputBox",
    "Mask",
    "Way",
    "best_step",
    "find_boxes",
    "limit_p_value",
    "peel_and_paste",
    "without_chance",
]

Mask = NDArray[np.bool_]

PEEL = 0.05
"""The part of the cases inside that a peel takes off, as Friedman and Fisher advise: patience."""

PASTE = 0.01
"""The part of the cases inside that a paste gives back."""

BY_CHANCE = 0.05
"""A limit that would do as much by chance with a larger probability is dropped."""

SMALLEST = 0.02
"""The part of all cases that a box holds at least."""


@dataclass(frozen=True)
class InputBox:
    """Limits on some inputs.

    Attributes
    ----------
    low, high : ndarray, (input,)
        Inside is who lies between them, both included; infinite where there is no limit.
    """

    low: Array
    high: Array

    @classmethod
    def whole(cls, inputs: int) -> InputBox:
        """Return the box without limits."""
        return cls(np.full(inputs, -np.inf), np.full(inputs, np.inf))

    def inside(self, values: Array) -> Mask:
        """Whether each case lies inside.

        Parameters
        ----------
        values : ndarray, (case, input)
            The inputs.

        Returns
        -------
        ndarray of bool, (case,)
            True for those within every limit.
        """
        within: Mask = np.all((values >= self.low) & (values <= self.high), axis=1)
        return within

    def limited(self) -> list[int]:
        """Return the inputs that have a limit."""
        return np.flatnonzero(np.isfinite(self.low) | np.isfinite(self.high)).tolist()

    def with_limit(self, column: int, end: str, value: float) -> InputBox:
        """Return the box with another limit.

        Parameters
        ----------
        column : int
            The input.
        end : {"low", "high"}
            Which of its limits.
        value : float
            The limit; infinite for none.

        Returns
        -------
        InputBox
            All other limits are the same.
        """
        low, high = self.low.copy(), self.high.copy()
        (low if end == "low" else high)[column] = value
        return InputBox(low, high)


@dataclass(frozen=True)
class BoxCount:
    """A box on the way, with what it holds.

    Attributes
    ----------
    box : InputBox
        The box.
    coverage : float
        The part of all cases of interest that lie inside.
    density : float
        The part of the cases inside that are of interest.
    mass : float
        The part of all cases that lie inside.
    """

    box: InputBox
    coverage: float
    density: float
    mass: float

    @classmethod
    def of(cls, box: InputBox, values: Array, interest: Mask) -> BoxCount:
        """Count a box's cases.

        Parameters
        ----------
        box : InputBox
            The box.
        values : ndarray, (case, input)
            The inputs.
        interest : ndarray of bool, (case,)
            Which cases are of interest; at least one.

        Returns
        -------
        BoxCount
            Density is zero where the box is empty.
        """
        within = box.inside(values)
        hits, count = int((interest & within).sum()), int(within.sum())
        return cls(box, hits / int(interest.sum()), hits / count if count else 0.0, count / len(interest))

    @property
    def balance(self) -> float:
        """The harmonic mean of coverage and density."""
        both = self.coverage + self.density
        return 2.0 * self.coverage * self.density / both if both else 0.0


def peel_and_paste(values: Array, interest: Mask, *, smallest: float = SMALLEST) -> list[BoxCount]:
    """Return the boxes on the way from all cases to the densest box that is not too small.

    Parameters
    ----------
    values : ndarray, (case, input)
        The inputs.
    interest : ndarray of bool, (case,)
        Which cases are of interest; at least one.
    smallest : float
        The part of all cases that a box holds at least.

    Returns
    -------
    list of BoxCount
        The whole first; each peel after it; and, where pasting helps the last or the best one, those boxes.
    """
    least = max(1, math.ceil(smallest * len(values)))
    steps = [BoxCount.of(InputBox.whole(values.shape[1]), values, interest)]
    while True:
        further = _peeled(steps[-1].box, values, interest, least)
        if further is None:
            break
        steps.append(BoxCount.of(further, values, interest))
    for step in (best_step(steps), steps[-1]):
        pasted = _pasted(step.box, values, interest)
        if pasted is not step.box:
            steps.append(BoxCount.of(pasted, values, interest))
    return steps


def best_step(steps: Sequence[BoxCount]) -> BoxCount:
    """Return the box with the best balance of coverage and density, the one with fewer limits where equal."""
    return max(steps, key=lambda step: (round(step.balance, 9), -len(step.box.limited())))


@dataclass(frozen=True)
class Way:
    """The way to a box.

    Attributes
    ----------
    steps : list of BoxCount
        The boxes on the way.
    box : BoxCount
        That with the best balance, without the limits that would do as much by chance.
    """

    steps: list[BoxCount]
    box: BoxCount


def find_boxes(values: Array, interest: Mask, *, most: int = 3) -> list[Way]:
    """Return the ways to several boxes, each among the cases that lie in none of those before.

    Parameters
    ----------
    values : ndarray, (case, input)
        The inputs.
    interest : ndarray of bool, (case,)
        Which cases are of interest.
    most : int
        The most boxes.

    Returns
    -------
    list of Way
        Coverage, density and mass are among the cases that were left. It ends where no box is denser than
        what is left, or covers less than a twentieth of it.
    """
    left = np.ones(len(values), dtype=bool)
    ways: list[Way] = []
    while len(ways) < most and interest[left].any() and not interest[left].all():
        x, hits = values[left], interest[left]
        steps = peel_and_paste(x, hits)
        best = without_chance(best_step(steps), x, hits)
        if not best.box.limited() or best.coverage < PEEL or best.density <= steps[0].density:
            break
        ways.append(Way(steps, best))
        left &= ~best.box.inside(values)
    return ways


def without_chance(step: BoxCount, values: Array, interest: Mask) -> BoxCount:
    """Return a box without the limits that would do as much by chance, the weakest dropped first.

    Parameters
    ----------
    step : BoxCount
        The box.
    values : ndarray, (case, input)
        The inputs.
    interest : ndarray of bool, (case,)
        Which cases are of interest.

    Returns
    -------
    BoxCount
        The box with the limits whose quasi-p-value is at most :data:`BY_CHANCE`, counted anew.
    """
    while limited := step.box.limited():
        p_values = {c: limit_p_value(step, c, values, interest) for c in limited}
        worst = max(limited, key=lambda c: p_values[c])
        if p_values[worst] <= BY_CHANCE:
            break
        box = step.box.with_limit(worst, "low", -np.inf).with_limit(worst, "high", np.inf)
        step = BoxCount.of(box, values, interest)
    return step


def _peeled(box: InputBox, values: Array, interest: Mask, least: int) -> InputBox | None:
    """Return the box after the peel that leaves the outcome densest; None where none may be made.

    Among peels the one is taken that raises the density most for each case given up, so that an input with
    few values, whose slices are large, has no advantage from that alone.
    """
    within = box.inside(values)
    x, hits = values[within], interest[within]
    count, density = len(x), hits.mean()
    best, gain = None, 0.0
    for column in range(values.shape[1]):
        ordered = np.sort(x[:, column])
        if ordered[0] == ordered[-1]:
            continue
        cut = max(1, int(PEEL * count))
        for end, value in (("low", _above(ordered, cut)), ("high", _below(ordered, cut))):
            stays = x[:, column] >= value if end == "low" else x[:, column] <= value
            held = int(stays.sum())
            if held < least or held == count:
                continue
            rise = (hits[stays].mean() - density) / (count - held)
            if rise > gain:
                best, gain = box.with_limit(column, end, value), rise
    return best


def _above(ordered: Array, cut: int) -> float:
    """Return the lowest value that stays when at least so many cases are cut off at the low end."""
    place = int(np.searchsorted(ordered, ordered[cut - 1], side="right"))
    return float(ordered[min(place, len(ordered) - 1)])


def _below(ordered: Array, cut: int) -> float:
    """Return the highest value that stays when at least so many are cut off at the high end."""
    place = int(np.searchsorted(ordered, ordered[-cut], side="left"))
    return float(ordered[max(place - 1, 0)])


def _pasted(box: InputBox, values: Array, interest: Mask) -> InputBox:
    """Return the box with slices given back as long as its density does not fall."""
    while True:
        within = box.inside(values)
        count, density = int(within.sum()), float(interest[within].mean())
        best, gain = None, density
        for column in box.limited():
            for end in ("low", "high"):
                wider = _widened(box, values, (column, end), max(1, int(PASTE * count)))
                if wider is None:
                    continue
                added = wider.inside(values)
                if added.sum() > count and interest[added].mean() >= gain:
                    best, gain = wider, float(interest[added].mean())
        if best is None:
            return box
        box = best


def _widened(box: InputBox, values: Array, limit: tuple[int, str], add: int) -> InputBox | None:
    """Return the box with the nearest cases outside one limit let in; None where it has no such limit."""
    column, end = limit
    bound = (box.low if end == "low" else box.high)[column]
    if not np.isfinite(bound):
        return None
    others = box.with_limit(column, end, -np.inf if end == "low" else np.inf).inside(values)
    beyond = values[others, column]
    beyond = np.sort(beyond[beyond < bound])[::-1] if end == "low" else np.sort(beyond[beyond > bound])
    if not beyond.size:
        return box.with_limit(column, end, -np.inf if end == "low" else np.inf)
    return box.with_limit(column, end, float(beyond[min(add, beyond.size) - 1]))


def limit_p_value(step: BoxCount, column: int, values: Array, interest: Mask) -> float:
    """Return how likely a limit would do as much by chance: the quasi-p-value of Bryant and Lempert.

    Parameters
    ----------
    step : BoxCount
        The box.
    column : int
        The input whose limits are tested.
    values : ndarray, (case, input)
        The inputs.
    interest : ndarray of bool, (case,)
        Which cases are of interest.

    Returns
    -------
    float
        The probability that so many of the cases inside are of interest, or more, if their chance were that
        of the box without this limit: a binomial tail, in its normal approximation with a continuity
        correction.
    """
    low, high = step.box.low.copy(), step.box.high.copy()
    low[column], high[column] = -np.inf, np.inf
    rate = BoxCount.of(InputBox(low, high), values, interest).density
    within = step.box.inside(values)
    count, hits = int(within.sum()), int((within & interest).sum())
    spread = math.sqrt(count * rate * (1.0 - rate))
    if not spread:
        return 1.0
    return 0.5 * math.erfc((hits - 0.5 - count * rate) / (spread * math.sqrt(2.0)))
