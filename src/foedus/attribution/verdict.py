"""What can be said of a cause in a period, by written rules: laws, not cases.

Let the designs that speak to the cause be those that name it, and of them those that passed their placebos.

1. An estimate *shows an effect* where its p is below .10 and, in the form of the placebo years, it lies
   beyond all of them on its own side.
2. ``separable``: designs of both kinds that compare with countries outside, (b) and (e), each show a rise
   that is further from nought than all their placebo years, and that no single country left out turns; no
   design that passed has the other sign; and no other cause began in the same budgets. One kind alone never
   settles it, and doses compare allies with allies: they say nothing of what moved all of them.
3. ``consistent, not separable``: a design shows a rise and no estimate of growth that passed is negative, but
   the rest of rule 2 fails.
4. ``no sign of it``: no design shows an effect, and every one that measures growth would have seen, in eight
   of ten, an effect as large as the growth itself.
5. ``not separable``: everything else. It is not "no effect".

A cause that was at work before the period as well as in it is compared with nothing: ``not separable``.
Nothing here is ever a share of the rise that somebody caused.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from foedus.attribution.estimates import DesignEstimate, DesignEstimates, packaged_estimates
from foedus.attribution.periods import CAUSES, PERIODS, Cause, CauseName, Period
from foedus.attribution.registry import DESIGNS
from foedus.rounding import written

__all__ = [
    "CONSISTENT",
    "NOT_SEPARABLE",
    "NO_SIGN",
    "SEPARABLE",
    "Verdict",
    "VerdictWord",
    "bracket_words",
    "packaged_verdicts",
    "shows_effect",
    "verdict_on",
    "verdict_words",
    "verdicts",
]

VerdictWord = Literal["separable", "consistent, not separable", "not separable", "no sign of it"]
SEPARABLE: VerdictWord = "separable"
CONSISTENT: VerdictWord = "consistent, not separable"
NOT_SEPARABLE: VerdictWord = "not separable"
NO_SIGN: VerdictWord = "no sign of it"

LEVEL = 0.10
OUTSIDE = frozenset({"b", "e"})
"""The kinds of design that compare allies with countries outside the Alliance."""

GROWTH_UNIT = "points of growth a year"


@dataclass(frozen=True)
class Verdict:
    """What can be said of one cause in one period.

    Attributes
    ----------
    cause, label : str
        The cause, and what it is called in print.
    period : Period
        The budget years.
    verdict : str
        One of :data:`VerdictWord`.
    low, high : float
        The bracket: the least and the greatest estimate, points of growth a year, of the designs that passed;
        NaN where none did, or where the cause did not begin in the period.
    designs : tuple of str
        The designs that passed and measure growth.
    failing : tuple of str
        Those that speak to the cause and fail.
    collinear : tuple of str
        Causes that began in the same budgets.
    growth, least_effect : float
        Growth itself, and the least effect that one of those designs would see in eight of ten, points a
        year.
    event : str
        What began; empty where the cause was at work before.
    sentence : str
        The verdict in words.
    """

    cause: CauseName
    label: str
    period: Period
    verdict: VerdictWord
    low: float
    high: float
    designs: tuple[str, ...]
    failing: tuple[str, ...]
    collinear: tuple[CauseName, ...]
    growth: float
    least_effect: float
    event: str
    sentence: str


@cache
def packaged_verdicts() -> tuple[Verdict, ...]:
    """Return the verdicts by the estimates that ship: what a sentence about a cause is held against."""
    return verdicts(packaged_estimates())


def verdicts(estimates: DesignEstimates, periods: Sequence[Period] = PERIODS) -> tuple[Verdict, ...]:
    """Return the verdict on every cause in every period by which it had begun.

    Parameters
    ----------
    estimates : DesignEstimates
        Of every design.
    periods : sequence of Period
        The budget years.

    Returns
    -------
    tuple of Verdict
        By period and cause.
    """
    rows = []
    for period in periods:
        span = Period(period.first, min(period.last, _last_year(estimates, period)))
        rows += [verdict_on(cause, span, estimates) for cause in CAUSES if cause.at_work(span)]
    return tuple(rows)


def _last_year(estimates: DesignEstimates, period: Period) -> int:
    """Return the last year of a period on which there are estimates."""
    return max((e.last for e in estimates.estimates if e.first == period.first), default=period.last)


def shows_effect(estimate: DesignEstimate) -> bool:
    """Whether an estimate that passed shows an effect, by rule 1."""
    if not estimate.passes or not estimate.chance < LEVEL:
        return False
    if not estimate.placebo_count:
        return True
    if estimate.estimate > 0.0:
        return estimate.placebo_form > estimate.placebo_high
    return estimate.placebo_form < estimate.placebo_low


def verdict_on(cause: Cause, period: Period, estimates: DesignEstimates) -> Verdict:
    """Return the verdict on a cause in a period, by the rules above.

    Parameters
    ----------
    cause : Cause
        The cause.
    period : Period
        The budget years.
    estimates : DesignEstimates
        Of every design.

    Returns
    -------
    Verdict
        With its sentence.
    """
    speaking = [e for e in estimates.of(period) if cause.name in DESIGNS[e.design].causes]
    passing = [e for e in speaking if e.passes]
    growing = [e for e in passing if DESIGNS[e.design].unit == GROWTH_UNIT]
    others = [other for other in CAUSES if other != cause and cause.begins_in(period)]
    collinear = tuple(other.name for other in others if other.begins_in(period))
    growth = estimates.growth("others", period)
    usual = [e.least_effect for e in growing if not e.variant]
    begins = cause.begins_in(period)
    word = _word(passing, growing, collinear, growth) if begins else NOT_SEPARABLE
    values = [e.estimate for e in growing] if begins else []
    verdict = Verdict(
        cause=cause.name,
        label=cause.label,
        period=period,
        verdict=word,
        low=min(values, default=math.nan),
        high=max(values, default=math.nan),
        designs=tuple(dict.fromkeys(e.design for e in growing)),
        failing=tuple(dict.fromkeys(e.design for e in speaking if not e.passes)),
        collinear=collinear,
        growth=growth,
        least_effect=min(usual, default=math.nan),
        event=cause.events.get(period.first, ""),
        sentence="",
    )
    return _with_sentence(verdict, cause)


def _word(
    passing: Sequence[DesignEstimate],
    growing: Sequence[DesignEstimate],
    collinear: Sequence[str],
    growth: float,
) -> VerdictWord:
    """Return the verdict by rules 2 to 5."""
    rising = [e for e in passing if shows_effect(e) and e.estimate > 0.0]
    if rising and all(e.estimate >= 0.0 for e in growing):
        firm = {DESIGNS[e.design].letter for e in rising if e.placebo_rank == 1 and e.loo_low > 0.0}
        alone = not collinear and all(e.estimate >= 0.0 for e in passing)
        return SEPARABLE if alone and firm >= OUTSIDE else CONSISTENT
    if any(shows_effect(e) for e in passing):
        return NOT_SEPARABLE
    usual = [e for e in growing if not e.variant]
    return NO_SIGN if usual and all(e.least_effect < growth for e in usual) else NOT_SEPARABLE


def bracket_words(low: float, high: float) -> str:
    """Return a bracket in words, points a year."""
    if not math.isfinite(low):
        return "no design that passed"
    first, last = written(low, 1, signed=True), written(high, 1, signed=True)
    return f"{first} points a year" if first == last else f"{first} to {last} points a year"


def _with_sentence(verdict: Verdict, cause: Cause) -> Verdict:
    """Return a verdict with its sentence."""
    return replace(verdict, sentence=_sentence(verdict, cause))


def _sentence(verdict: Verdict, cause: Cause) -> str:
    """Write a verdict in words."""
    start = f"{cause.label[:1].upper()}{cause.label[1:]} in the budgets of {verdict.period.words}"
    if not verdict.event:
        return f"{start}: not separable. {cause.going_on(verdict.period)}"
    said = f"{start}: {verdict.verdict}. Designs that passed give {bracket_words(verdict.low, verdict.high)}"
    others = [other.label for other in CAUSES if other.name in verdict.collinear]
    shared = f" {others[0][:1].upper()}{others[0][1:]} began in the same budgets." if others else ""
    return f"{said}.{shared}{_limits(verdict)}"


def _limits(verdict: Verdict) -> str:
    """Write what a verdict does not say."""
    least, growth = written(verdict.least_effect, 1), written(verdict.growth, 1)
    if verdict.verdict == CONSISTENT:
        return " In years without it the same design has gone as far, so that it alone does not settle it."
    if verdict.verdict == NOT_SEPARABLE and math.isfinite(verdict.least_effect):
        return (
            f" That is not “no effect”: the design that sees most would have seen {least} points or more in "
            f"eight of ten, and growth itself was {growth}."
        )
    return ""


def verdict_words(every: Sequence[Verdict], period: Period) -> str:
    """Return the verdicts on the causes that began in a period, in a few words.

    Parameters
    ----------
    every : sequence of Verdict
        Of all causes and periods.
    period : Period
        Its first year says which are meant.

    Returns
    -------
    str
        Cause and verdict, separated by commas.
    """
    began = [v for v in every if v.period.first == period.first and v.event]
    return ", ".join(f"{v.cause} {v.verdict}" for v in began) or "no cause began"
