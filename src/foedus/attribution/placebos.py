"""Placebos: the same design where the cause was absent, and with labels permuted; who passes and who fails.

A design that finds an effect where there was none does not speak. The rules are these, and they are the same
for every design:

- *Placebo years*: at 10 % one placebo year in ten may be called an effect. Where so many are that chance
  alone would give as many in fewer than one case of twenty, the design fails. Placebo years overlap, and the
  rule takes them as if each stood by itself.
- *Over-fit*: a synthetic control with at least as many donors as years fitted, whose error is less than a
  tenth of what the target moves in a year, fails: it would have followed anything.
- *Too few*: fewer than four treated countries, or four controls, give no bracket.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import comb

import numpy as np

from foedus.attribution.designs import Window
from foedus.attribution.estimates import DesignEstimate, PlaceboEstimate
from foedus.attribution.periods import Period
from foedus.attribution.registry import LEAST_CONTROLS
from foedus.attribution.student import Contrast
from foedus.engine.arrays import Array

__all__ = [
    "BREAKS",
    "PlaceboYears",
    "failure_of_fit",
    "failure_of_placebos",
    "failure_of_size",
    "leave_one_out",
    "placebo_row",
    "placebo_window",
    "placebo_years",
]

BREAKS: range = range(2003, 2014)
"""Years at which nothing of what is asked about began, with four years after and three before on record."""

PERMUTATIONS = 20_000
CHANCE = 0.10
SURPRISE = 0.05


@dataclass(frozen=True)
class PlaceboYears:
    """What a design finds at breaks where nothing began.

    Attributes
    ----------
    rows : tuple of PlaceboEstimate
        The estimates, by the years after each supposed break.
    """

    rows: tuple[PlaceboEstimate, ...]

    @property
    def estimates(self) -> Array:
        """The estimates, (break,)."""
        return np.array([row.estimate for row in self.rows])

    @property
    def rejected(self) -> int:
        """How many have a p below .10."""
        return sum(row.p < CHANCE for row in self.rows)

    def rank(self, estimate: float) -> int:
        """Return the rank of an estimate among them by distance from nought, the furthest first.

        What is not known ranks last.
        """
        if not np.isfinite(estimate):
            return len(self.rows) + 1
        return 1 + int((np.abs(self.estimates) >= abs(estimate)).sum())

    def entered(self, row: DesignEstimate, form: Contrast) -> DesignEstimate:
        """Return an estimate with their range, its rank in it, and whether it fails by them.

        Parameters
        ----------
        row : DesignEstimate
            The estimate.
        form : Contrast
            The same in the form of the placebo years, which is what is ranked.
        """
        return replace(
            row,
            placebo_low=float(self.estimates.min()),
            placebo_high=float(self.estimates.max()),
            placebo_form=form.estimate,
            placebo_form_se=form.se,
            placebo_rank=self.rank(form.estimate),
            placebo_count=len(self.rows),
            placebo_rejected=self.rejected,
            fails=row.fails or failure_of_placebos(self.rejected, len(self.rows)),
        )


def placebo_row(design: str, period: Period, comparison: Contrast) -> PlaceboEstimate:
    """Return what a design finds in years without the cause."""
    return PlaceboEstimate(
        design, period.first, period.last, comparison.estimate, comparison.se, comparison.chance
    )


def placebo_window(first: int) -> Window:
    """Return the window of a break: four years from it, less three before."""
    return Window(Period(first - 3, first - 1), Period(first, first + 3))


def placebo_years(
    name: str, design: Callable[[Window], Contrast], breaks: Sequence[int] | range = BREAKS
) -> PlaceboYears:
    """Return what a design finds at breaks where nothing began."""
    windows = [placebo_window(first) for first in breaks]
    return PlaceboYears(tuple(placebo_row(name, w.after, design(w)) for w in windows))


def failure_of_placebos(rejected: int, count: int) -> str:
    """Return why a design fails by its placebo years; empty where it passes.

    Parameters
    ----------
    rejected, count : int
        How many placebo years have a p below .10, and how many there are.
    """
    surprise = sum(
        comb(count, k) * CHANCE**k * (1 - CHANCE) ** (count - k) for k in range(rejected, count + 1)
    )
    if not count or surprise > SURPRISE:
        return ""
    return f"an effect in {rejected} of {count} placebo windows, where there was none"


def failure_of_fit(donors: int, years: int, error: float, yearly: float) -> str:
    """Return why a synthetic control fails by over-fitting; empty where it passes.

    Parameters
    ----------
    donors, years : int
        How many donors are fitted over how many years.
    error, yearly : float
        The error over those years, and the mean absolute change of the target from year to year, log points.

    Returns
    -------
    str
        The reason.
    """
    if donors < years or error >= 0.1 * yearly:
        return ""
    return f"{donors} donors fit {years} years almost without error: they would follow anything"


def failure_of_size(treated: int, controls: int | None = None) -> str:
    """Return why a design fails by having too few countries; empty where it passes."""
    if treated < LEAST_CONTROLS:
        return f"{treated} countries are too few to tell them from chance"
    if controls is not None and controls < LEAST_CONTROLS:
        return f"{controls} controls are too few to tell them from chance"
    return ""


def leave_one_out(treated: Array, controls: Array) -> tuple[float, float]:
    """Return the least and the greatest difference of means with one country left out.

    Parameters
    ----------
    treated, controls : ndarray, (member,)
        One value for each member.

    Returns
    -------
    float, float
        In the unit of the values.
    """
    without = [(x.sum() - x) / (len(x) - 1.0) for x in (treated, controls)]
    each = np.concatenate([without[0] - controls.mean(), treated.mean() - without[1]])
    return float(each.min()), float(each.max())
