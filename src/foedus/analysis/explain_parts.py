"""The amounts that a number is the sum of: they add up to its median, draw by draw and in print.

A median of a sum is not the sum of medians. Each part stands at its mean over the draws, weighted so that the
whole is at its median: a draw weighs exp(a * whole) for the one number a with which the weighted mean of
the whole is the median, which among all such weights is the one nearest to equal ones. So the amounts add up
to the number, and none leaves the range that it has in the draws. A part's share of the spread is its
covariance with the whole over the variance of the whole; these add up to one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from foedus.analysis.explanation import PartOfNumber
from foedus.analysis.targets import TargetReader
from foedus.axes import country_name
from foedus.engine.blocks import Block, map_blocks
from foedus.engine.section import MeasureParts
from foedus.runs.headline import quantiles_by_year

if TYPE_CHECKING:
    from foedus.analysis.leaves import Leaves
    from foedus.analysis.targets import Target
    from foedus.engine.arrays import Array
    from foedus.engine.section import MeasureReads
    from foedus.engine.simulate import State
    from foedus.scenario import Resolved

__all__ = ["NumberDraws", "number_draws", "parts_of"]


FLAT = 1e-12
"""A spread that is less than this part of the values is rounding and no spread."""

STEEPEST, HALVINGS = 1e4, 80
"""How steeply weights may rise over the range of the draws, and how often the interval of it is halved."""


@dataclass(frozen=True)
class NumberDraws:
    """A number in every draw, with what it is the sum of.

    Attributes
    ----------
    span : (float, float, float)
        Low end, median and high end.
    values : ndarray, (draw,)
        The number.
    parts : MeasureParts or None
        The amounts that add up to it; None where its form is no sum.
    """

    span: tuple[float, float, float]
    values: Array
    parts: MeasureParts | None

    def with_span(self, span: tuple[float, float, float]) -> NumberDraws:
        """Return the same draws with the number and interval of more of them."""
        return replace(self, span=span)

    def amounts(self) -> tuple[Array, Array]:
        """Return the amounts that add up to the median, and each part's share of the spread.

        Returns
        -------
        ndarray, ndarray, (part,)
            In the number's unit, and fractions that add up to one; all noughts without a spread.
        """
        if self.parts is None:
            return np.empty(0), np.empty(0)
        amounts, whole = self.parts.amounts, self.parts.amounts.sum(axis=1)
        means, spread = amounts.mean(axis=0), whole - whole.mean()
        variance = float(spread @ spread)
        if variance <= FLAT**2 * float(whole @ whole):
            return means, np.zeros(len(means))
        shares = (spread @ (amounts - means)) / variance
        weighted = _weights(whole, self.span[1]) @ amounts
        # What the last bits of the weights leave.
        return weighted + shares * (self.span[1] - weighted.sum()), shares


def _weights(whole: Array, level: float) -> Array:
    """Return weights of draws with which the mean of a number is at a level between its ends."""
    ends = (whole.min(), whole.max())
    reach = FLAT * (ends[1] - ends[0])
    for end in ends:
        if abs(level - end) <= reach:
            at_end: Array = (np.abs(whole - end) <= reach).astype(np.float64)
            at_end /= at_end.sum()
            return at_end
    scaled = (whole - level) / (ends[1] - ends[0])
    low, high = -STEEPEST, STEEPEST
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        weights = np.exp(middle * scaled - np.max(middle * scaled))
        low, high = (low, middle) if weights @ scaled > 0.0 else (middle, high)
    normed: Array = weights / weights.sum()
    return normed


def number_draws(resolved: Resolved, target: Target, year: int, draws: int, seed: int) -> NumberDraws:
    """Return a number and its parts in every draw.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    target : Target
        The number.
    year : int
        A year of the scenario, the start included.
    draws, seed : int
        How many draws, and the seed.

    Returns
    -------
    NumberDraws
        Its quantiles are those that a run of so many draws prints.
    """
    reader = TargetReader(resolved, (target,), year)

    def read(block: Block) -> tuple[Array, MeasureParts | None]:
        for at, state in block.passing_years(reader.wanted):
            if at == year:
                return _values(reader, state, block), _parts(resolved, target, state, block)
        raise AssertionError(year)

    rows = list(map_blocks(read, resolved.problem(), draws=draws, seed=seed))
    values = np.concatenate([of_block for of_block, _ in rows])
    blocks = [parts for _, parts in rows if parts is not None]
    low, median, high = (row[0] for row in quantiles_by_year(target.measure, values[np.newaxis]))
    if not blocks:
        return NumberDraws((low, median, high), values, None)
    amounts = np.concatenate([parts.amounts for parts in blocks])
    return NumberDraws((low, median, high), values, MeasureParts(blocks[0].names, amounts))


def _values(reader: TargetReader, state: State, block: Block) -> Array:
    """Return the number in the wanted draws of a block."""
    values: Array = reader.values(state, block)[0]
    return values


def _parts(resolved: Resolved, target: Target, state: State, block: Block) -> MeasureParts | None:
    """Return what the number is the sum of in the wanted draws of a block; what is the same in all is one
    row there, and as many here."""
    parts = None if target.country else resolved.parts(target.measure, state)
    if parts is None:
        return None
    amounts = np.broadcast_to(parts.amounts, (max(len(parts.amounts), block.size), len(parts.names)))
    return MeasureParts(parts.names, block.cut(amounts).copy())


def parts_of(drawn: NumberDraws, leaves: Leaves, reads: MeasureReads) -> tuple[PartOfNumber, ...]:
    """Return the parts of a number, the largest first.

    Parameters
    ----------
    drawn : NumberDraws
        The number in every draw.
    leaves : Leaves
        Where figures are from.
    reads : MeasureReads
        What the number reads: a country's part starts from the figures of that country.

    Returns
    -------
    tuple of PartOfNumber
        None where the form is no sum.
    """
    if drawn.parts is None:
        return ()
    amounts, shares = drawn.amounts()
    codes = frozenset(leaves.resolved.countries)
    names = (*reads.quantities, *reads.figures)
    rows = [
        PartOfNumber(
            name=name,
            label=country_name(name) if name in codes else name,
            amount=float(amount),
            spread=float(share) if shares.any() else None,
            figures=leaves.figures(names, name) if name in codes else (),
        )
        for name, amount, share in zip(drawn.parts.names, amounts, shares, strict=True)
    ]
    return tuple(sorted(rows, key=lambda part: -part.amount))
