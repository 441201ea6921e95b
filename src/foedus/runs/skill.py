"""How the skill of a forecast is said beside it, and what is drawn where there is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["WORDS", "shown", "skill_line", "years_without_skill"]

WORDS = {"share": "an ally's share", "meets": "an ally at 2 %", "count": "allies at 2 %", "spending": "money"}
"""The targets of the hindcast, in words."""

_OF = (("count", "counts at 2 % of GDP"), ("spending", "money"))


def skill_line(head: Mapping[str, Any]) -> str:
    """Say the skill that the model has had as far ahead as the horizon, or as has been measured.

    Parameters
    ----------
    head : mapping
        The headline of a run.

    Returns
    -------
    str
        One sentence.
    """
    rows = head.get("skill_by_years_ahead") or []
    ahead = len(head["years"]) - 1
    measured = max((r["ahead"] for r in rows if r["ahead"] <= ahead), default=None)
    if measured is None:
        return str(head["skill"])
    found = {r["target"]: r["skill"] for r in rows if r["ahead"] == measured}
    said = ", ".join(f"{word} {100 * found[name]:+.0f} %" for name, word in _OF if name in found)
    far = f" (not measured {ahead} years ahead)" if measured != ahead else ""
    return f"Skill over the forecast of no change {measured} years ahead{far}: {said}."


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
