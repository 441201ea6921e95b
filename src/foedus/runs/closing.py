"""A requirement on its way, from what a run keeps: its headline, the gap by ally, the years of closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.spread import DrawSpread
from foedus.forces.closing import COUNTED, LIMITS
from foedus.forces.section import GAP, GAP_BY_ALLY
from foedus.forces.time_to_close import ClassClosing, ClosingSummary, closes_of

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.engine.slabs import Columns
    from foedus.runs.headline import Headline, MeasureSummary
    from foedus.runs.outcome import Outcome
    from foedus.runs.result import Run
    from foedus.scenario.resolved import Resolved

__all__ = ["CLOSING_YEAR", "closing_of_outcome", "closing_of_run"]

AVAILABLE, CLOSING_YEAR = "equipment_available", "gap_closing_year"
"""What counts towards a class, and the year in which it closes."""

CLOSED, *HELD_UP = COUNTED
"""The quantities of which a run counts the draws: closed by a year, and what it waited for most by then."""


def closing_of_run(run: Run) -> ClosingSummary | None:
    """Return a requirement on its way in a run; None where its scenario names none.

    Parameters
    ----------
    run : Run
        The run.

    Returns
    -------
    ClosingSummary or None
        By class, in money, and by ally.
    """
    if not run.resolved.forces.is_named:
        return None
    return _closing(
        run.resolved,
        run.summary,
        partial(run._reader(GAP_BY_ALLY).columns, len(run.years) - 1),
        lambda name: run.at_horizon(CLOSING_YEAR, name),
    )


def closing_of_outcome(outcome: Outcome) -> ClosingSummary | None:
    """Return the same of an outcome in memory.

    Parameters
    ----------
    outcome : Outcome
        What a scenario comes to in every draw.

    Returns
    -------
    ClosingSummary or None
        As :func:`closing_of_run`.
    """
    resolved = outcome.resolved
    if not resolved.forces.is_named:
        return None
    by_ally = outcome.columns(GAP_BY_ALLY, len(resolved.years) - 1)
    return _closing(
        resolved,
        outcome.summary,
        by_ally,
        lambda name: outcome.last_of_class(CLOSING_YEAR, resolved.classes.index(name)),
    )


def _closing(
    resolved: Resolved, headline: Headline, by_ally: Columns, closing_year: Callable[[str], Array]
) -> ClosingSummary:
    """Put together what a run keeps of a requirement."""
    section, years = resolved.forces, resolved.years
    known = {n: s for n, s in zip(section.classes, section.counted_by, strict=True) if s}
    rows = [
        _row(headline, name, state, section.required[section.classes.index(name)])
        for name, state in known.items()
        if state != "unknown"
    ]
    # The greatest of years of which one is not a number is not a number: a class is open.
    last = np.max([closing_year(row.equipment) for row in rows], axis=0) if rows else np.array([np.nan])
    asked = [i for i, code in enumerate(resolved.countries) if code in section.asked]
    spreads = DrawSpread.of(by_ally(slice(i, i + 1))[:, 0] for i in asked)
    bearing = [k for k in range(len(asked)) if spreads.high[k] > 0.0]
    measure = headline.measures[GAP]
    closes, never = closes_of(years[1:], [float((last <= year).mean()) for year in years[1:]])
    return ClosingSummary(
        section.requirement,
        years,
        tuple(rows),
        _of_measure(measure),
        measure.naive[0],
        tuple(resolved.countries[asked[k]] for k in bearing),
        DrawSpread(*(tuple(values[k] for k in bearing) for values in vars(spreads).values())),
        closes,
        never,
        tuple(name for name, state in known.items() if state == "unknown"),
    )


def _row(headline: Headline, name: str, state: str, required: float) -> ClassClosing:
    """Return one class on its way."""
    counts, shares = headline.by_class[AVAILABLE][name], headline.shares_by_class
    closes, never = closes_of(headline.years[1:], shares[CLOSED][name])
    return ClassClosing(
        equipment=name,
        counted_by=state,
        required=required,
        counts=counts,
        still=counts.median[0],
        closes=closes,
        never=never,
        limits={str(limit): shares[of][name][-1] for limit, of in zip(LIMITS, HELD_UP, strict=True)},
    )


def _of_measure(measure: MeasureSummary) -> DrawSpread:
    """Return a measure's quantiles with the largest of their errors."""
    errors = zip(measure.low_error, measure.median_error, measure.high_error, strict=True)
    return DrawSpread(measure.low, measure.median, measure.high, tuple(max(each) for each in errors))
