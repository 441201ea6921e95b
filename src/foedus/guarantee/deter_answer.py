"""The answer on the guarantee's thresholds as one number and the sentences around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.guarantee.exchange import ALIKE, LEVERS
from foedus.guarantee.ranges import LABELS
from foedus.guarantee.threshold import REGIONS
from foedus.results import Answer
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence

__all__ = ["NO_PROBABILITY", "deter_answer"]

NO_PROBABILITY = "No probability of war, and none that the promise is kept: belief is an axis here."
"""What stands beside every answer."""

TITLE = "What stands in for a point of credibility"


def deter_answer(result: Deterrence) -> Answer:
    """Return what more European strength stands in for, or that the guarantee matters nowhere."""
    if not any(row.replaced for row in result.rows):
        regions = sorted({row.region.answer for row in result.rows})
        words = " or ".join(REGIONS[region] for region in regions)
        return Answer(
            number="none",
            unit="of these combinations",
            claim=f"lets belief in the US guarantee matter ({words}): nothing stands in for it.",
            beside=(NO_PROBABILITY,),
            title=TITLE,
        )
    middle, low, high = result.replaced("european_strength")
    others = "; ".join(
        f"{label}, {_span(*result.replaced(lever)[1:])}"
        for lever, label in LEVERS.items()
        if lever != "european_strength"
    )
    return Answer(
        number=_span(low, high) if middle is None else written(middle, 1, scale=2),
        unit="points" if middle is None else f"points ({_span(low, high)})",
        claim=f"of credibility of the US guarantee are what +10 % European strength stands in for; {others}. "
        f"{_first(result)}",
        beside=(_open(result), NO_PROBABILITY),
        title=TITLE,
    )


def _first(result: Deterrence) -> str:
    """Return which lever replaces most, and where."""
    leads = [row.first for row in result.rows if row.first.answer >= 0]
    turning = next((LABELS[lead.depends_on] for lead in leads if lead.depends_on), "")
    answers = {lead.answer for lead in leads}
    if len(answers) > 1 or ALIKE in answers or any(lead.how == "it depends" for lead in leads):
        return f"Which replaces most: it depends, on {turning}." if turning else "Two replace as much."
    label = tuple(LEVERS.values())[answers.pop()]
    label = label[0].upper() + label[1:]
    if all(lead.how == "in all" for lead in leads):
        return f"{label} replaces most, in all combinations."
    every = "in every" if all(row.in_every_corner for row in result.rows if row.replaced) else "not in every"
    return f"{label} replaces most, in most combinations and {every} corner: it depends, on {turning}."


def _open(result: Deterrence) -> str:
    """Return how far the level of the threshold is open."""
    lows = [row.lowest for row in result.rows if row.lowest is not None]
    highs = [row.highest for row in result.rows if row.highest is not None]
    low, high = written(min(lows), 0, scale=2), written(max(highs), 0, scale=2)
    if low == high:
        return f"Belief needed: {low} of 100, at these values."
    level = f"How much belief is needed is open: {low} to {high} of 100."
    return f"{level} Only order and exchange rate say something."


def _span(low: float, high: float) -> str:
    """Return two parts of belief as points."""
    first, last = written(low, 1, scale=2), written(high, 1, scale=2)
    return first if first == last else f"{first} to {last}"
