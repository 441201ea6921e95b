"""How the skill of a forecast is said beside it, and what is drawn where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["WORDS", "shown", "skill_line", "years_without_skill"]

WORDS = {"share": "an ally's share", "meets": "an ally at 2 %", "count": "allies at 2 %", "spending": "money"}
"""The targets of the hindcast, in words."""

_OF = (("counts", "allies_at_pledge_count"), ("money", "nato_expenditure_constant_usd"))


def skill_line(head: Mapping[str, Any]) -> str:
    """Say the skill that the model has had as far ahead as the horizon.

    Parameters
    ----------
    head : mapping
        The headline of a run.

    Returns
    -------
    str
        One sentence.
    """
    ahead = len(head["years"]) - 1
    found = [(word, head["measures"][name].get("skill", [None])[-1]) for word, name in _OF]
    if any(skill is None for _, skill in found):
        return str(head["skill"])
    said = ", ".join(f"{word} {100 * skill:+.0f} %" for word, skill in found)
    return f"Skill over the forecast of no change, {ahead} years ahead: {said}."


def shown(entry: Mapping[str, Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Give what may be drawn of a measure: where the model has had no skill, the forecast of no change.

    Parameters
    ----------
    entry : mapping
        One measure of a headline.

    Returns
    -------
    low, median, high : list of float or None
        By year; without an interval where the forecast of no change stands in.
    """
    count = len(entry["median"])
    which: Sequence[str] = entry.get("shown", ["model"] * count)
    model = [word == "model" for word in which]
    low = [v if ok else None for v, ok in zip(entry["low"], model, strict=True)]
    high = [v if ok else None for v, ok in zip(entry["high"], model, strict=True)]
    median = [a if ok else b for a, b, ok in zip(entry["median"], entry["naive"], model, strict=True)]
    return low, median, high


def years_without_skill(head: Mapping[str, Any], name: str) -> list[int]:
    """Give the years in which the forecast of no change stands in for a measure.

    Parameters
    ----------
    head : mapping
        The headline of a run.
    name : str
        The measure.

    Returns
    -------
    list of int
        Years.
    """
    which = head["measures"][name].get("shown", [])
    return [year for year, word in zip(head["years"], which, strict=False) if word != "model"]
