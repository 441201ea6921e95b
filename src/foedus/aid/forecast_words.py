"""How forecasts of allocations are said: targets, spans of months, amounts and skill."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from foedus.aid.donors import GROUPS, REGIONS, donor_name, region_label
from foedus.aid.record import Month
from foedus.rounding import written
from foedus.units import billions, points

if TYPE_CHECKING:
    from foedus.aid.forecast import SumForecast, SumSpread

__all__ = [
    "KIND_WORDS",
    "STAND_WORDS",
    "amount_words",
    "months_words",
    "skill_words",
    "target_name",
    "written_span",
]

KIND_WORDS: Mapping[str, str] = {
    "all": "all kinds",
    "military": "military",
    "financial": "financial",
    "humanitarian": "humanitarian",
    "other": "all but military",
}
"""What is allocated, in words."""


STAND_WORDS: Mapping[str, str] = {
    "hurdle": "the hurdle",
    "repeated": "the last 12 months drawn again",
    "hazard": "a hazard on open commitments",
}
"""The forecasts that may stand, in words."""


def target_name(target: str) -> str:
    """Return the name of a donor, a region or a group of regions."""
    if target == "donors":
        return "Donors one by one"
    return region_label(target) if target in REGIONS or target in GROUPS else donor_name(target)


def months_words(first: Month, last: Month) -> str:
    """Write a span of months: "May 2026", "May to October 2026", "November 2026 to January 2027"."""
    begin, end = date(*first, 1), date(*last, 1)
    if first == last:
        return f"{end:%B %Y}"
    return f"{begin:%B}{'' if begin.year == end.year else f' {begin:%Y}'} to {end:%B %Y}"


def amount_words(euros: float) -> str:
    """Write an amount in billions: one decimal, two below one billion."""
    return billions(euros, 1 if euros >= 1e9 else 2)


def written_span(spread: SumSpread) -> tuple[str, str, str]:
    """Write low end, median and high end of the middle 80 % in billions with the same digits."""
    digits = 0 if spread.p50 >= 1.95e10 else 1 if spread.p50 >= 9.5e8 else 2
    low, middle, high = (billions(value, digits) for value in (spread.p10, spread.p50, spread.p90))
    return low, middle, high


def skill_words(row: SumForecast) -> str:
    """Write in one sentence how well the forecast that stands has done so far ahead."""
    score = row.score
    if score is None:
        return (
            "No skill is measured: too few months have an allocation; "
            "so the last 12 months drawn again stand in the place of a forecast."
        )
    span = f"{points(score.over_repeated_low, 0)} to {points(score.over_repeated_high, 0)}"
    said = (
        f"Skill over the last 12 months drawn again, {row.ahead} month{'s' if row.ahead > 1 else ''} ahead: "
        f"{points(score.over_repeated, 0)} % ({span}), {score.origins} origins"
    )
    if row.stands == "repeated":
        return f"{said}: not above zero, so the latter stand in its place."
    held = written(score.covered, 0, scale=2)
    if row.stands == "hazard":
        over = (score.over_hurdle, score.over_hurdle_low, score.over_hurdle_high)
        better, low, high = (points(value, 0) for value in over)
        said += f"; over the hurdle {better} % ({low} to {high}), so that the hazard stands in its place"
    unsure = "" if score.is_sure else "; not surely better"
    return f"{said}{unsure}; the middle 80 % held {held} % of what came."
