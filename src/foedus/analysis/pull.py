"""What of a difference between two pledges rests on the pull that a pledge has in the model.

Nothing but the pull of budgets tells two deadlines, or two targets, apart. In sample that pull cannot be told
from plain convergence: allies that spent little have risen more, with or without a pledge. The swap shows
what hangs on it: the same draws with the pull set to nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from foedus.attribution.attribute import SIPRI_PUBLISHED
from foedus.attribution.estimates import packaged_estimates
from foedus.attribution.result import pull_figures
from foedus.engine.section import QUANTILES
from foedus.rounding import rounded, written
from foedus.runs.outcome import Outcome, outcome_in_years
from foedus.spending.section import BELIEVED

if TYPE_CHECKING:
    from foedus.scenario import Resolved

__all__ = ["PLEDGED", "PullSwap", "pull_swap", "without_pull"]

PLEDGED = frozenset({"pledge_target", "pledge_targets", "pledge_from", "pledge_deadline"})
"""The fields of a scenario that act through the pull alone."""

MEASURE = "europe_canada_expenditure_constant_usd"


@dataclass(frozen=True)
class PullSwap:
    """A difference between two pledges with the pull as it is estimated, and with none.

    Attributes
    ----------
    measure : str
        The catalogue name of the measure.
    year : int
        The last year that both scenarios have.
    low, median, high : float
        Quantiles of the second less the first, draw by draw, in the measure's unit.
    without_low, without_median, without_high : float
        The same with compliance and its spread at zero.
    placebo : str
        What a placebo leaves of the pull; empty where that was not known on the scenarios' day.
    """

    measure: str
    year: int
    low: float
    median: float
    high: float
    without_low: float
    without_median: float
    without_high: float
    placebo: str = ""

    @property
    def sentence(self) -> str:
        """What the difference rests on, what a placebo leaves of it, and the swap."""
        with_pull = _words(self.low, self.median, self.high)
        without = _words(self.without_low, self.without_median, self.without_high)
        figures = f"Europe and Canada in {self.year}, second less first, in bn USD"
        swap = f"{figures}: {with_pull}; with no pull (budgets.compliance = 0): {without}."
        told = "cannot be told from plain convergence"
        rests = f"The difference rests on the pull of a pledge, which in sample {told}."
        return " ".join(part for part in (rests, self.placebo, swap) if part)


def pull_swap(
    first: Outcome,
    second: Outcome,
    *,
    year: int,
    draws: int,
    seed: int,
    running: Callable[[Resolved], Outcome] | None = None,
) -> PullSwap:
    """Compute a difference with the pull as it is and with none, from the same draws.

    Parameters
    ----------
    first, second : Outcome
        The two scenarios.
    year : int
        The last year that both have.
    draws, seed : int
        Draws and seed of the outcomes.
    running : callable, optional
        Runs a scenario with these draws; a server keeps what it gave.

    Returns
    -------
    PullSwap
        Spending of Europe and Canada, the second less the first.
    """
    run = running or partial(outcome_in_years, draws=draws, seed=seed, shown_in=())
    none = [run(without_pull(o.resolved)) for o in (first, second)]
    spans = [_span(one, two, year) for one, two in ((first, second), (none[0], none[1]))]
    known = min(o.resolved.as_of for o in (first, second)) >= SIPRI_PUBLISHED
    placebo = pull_figures(packaged_estimates()) if known else ""
    return PullSwap(MEASURE, year, *spans[0], *spans[1], placebo=placebo)


def without_pull(resolved: Resolved) -> Resolved:
    """Return a scenario in which no ally takes any of the step towards a pledge.

    Parameters
    ----------
    resolved : Resolved
        A scenario.

    Returns
    -------
    Resolved
        The same with a pull of nothing.
    """
    settings = {
        name: replace(setting, value=0.0, grade="assumed", source="the pull is set to nothing")
        for name in BELIEVED
        if (setting := resolved.parameters.get(name)) is not None
    }
    return replace(resolved, parameters={**resolved.parameters, **settings})


def _span(first: Outcome, second: Outcome, year: int) -> tuple[float, float, float]:
    """Return the quantiles of the second less the first in a year."""
    one, two = (o.measure(MEASURE, o.resolved.years.index(year)) for o in (first, second))
    low, median, high = np.quantile(two - one, QUANTILES).tolist()
    return low, median, high


def _words(low: float, median: float, high: float) -> str:
    """Write a difference in billions, with its interval where it has one."""
    ends = [written(value, scale=-9, signed=True, grouped=True) for value in (low, median, high)]
    if len(set(ends)) == 1:
        return "nothing" if not rounded(median, scale=-9) else ends[1]
    return f"{ends[1]} ({ends[0]} to {ends[2]})"
