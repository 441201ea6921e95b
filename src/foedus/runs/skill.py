"""How the skill of a forecast is said beside it, and what is drawn where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.units import points

if TYPE_CHECKING:
    from foedus.runs.headline import Headline, MeasureSummary

__all__ = ["WORDS", "doubt", "shown", "skill_line", "years_without_skill"]

WORDS = {"share": "an ally's share", "meets": "an ally at 2 %", "count": "allies at 2 %", "spending": "money"}
"""The targets of the hindcast, in words."""

_OF = (("count", "counts at 2 % of GDP"), ("spending", "money"))


def skill_line(headline: Headline) -> str:
    """Write the skill that the model has had as far ahead as the horizon, or as has been measured.

    Parameters
    ----------
    headline : Headline
        The headline of a run.

    Returns
    -------
    str
        One sentence.
    """
    rows = headline.skill_by_years_ahead
    ahead = len(headline.years) - 1
    measured = max((r.ahead for r in rows if r.ahead <= ahead), default=None)
    if measured is None:
        return headline.skill
    skills = {r.target: r.skill for r in rows if r.ahead == measured}
    said = ", ".join(f"{word} {points(skills[name], 0)} %" for name, word in _OF if name in skills)
    far = f" (not measured {ahead} years ahead)" if measured != ahead else ""
    return f"Skill over the forecast of no change {measured} years ahead{far}: {said}."


def shown(entry: MeasureSummary) -> tuple[list[float | None], list[float], list[float | None]]:
    """Return what may be drawn of a measure: where the model has had no skill, the forecast of no change.

    Parameters
    ----------
    entry : MeasureSummary
        One measure of a headline.

    Returns
    -------
    low, median, high : list of float or None
        By year; without an interval where the forecast of no change stands in.
    """
    model = [entry.shows_model(i) for i in range(len(entry.median))]
    low = [v if ok else None for v, ok in zip(entry.low, model, strict=True)]
    high = [v if ok else None for v, ok in zip(entry.high, model, strict=True)]
    median = [a if ok else b for a, b, ok in zip(entry.median, entry.naive, model, strict=True)]
    return low, median, high


def doubt(entry: MeasureSummary, index: int = -1) -> str:
    """Write in how many past cases the model was no better than no change; empty where it surely was better.

    Parameters
    ----------
    entry : MeasureSummary
        One measure of a headline.
    index : int, default -1
        The year's index.

    Returns
    -------
    str
        Words for within a sentence.
    """
    if not entry.is_beside_naive(index):
        return ""
    return f"no better than no change in {entry.cases[index]} past cases"


def years_without_skill(headline: Headline, name: str) -> list[int]:
    """Return the years in which the forecast of no change stands in for a measure.

    Parameters
    ----------
    headline : Headline
        The headline of a run.
    name : str
        The measure.

    Returns
    -------
    list of int
        Years.
    """
    entry = headline.measures[name]
    return [year for i, year in enumerate(headline.years) if not entry.shows_model(i)]
