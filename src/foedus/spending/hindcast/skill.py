"""The shipped table of scores, and which forecast may be shown.

``skill.yaml`` beside this module holds what ``benchmarks/score_budgets.py`` computed, and says on which
figures. A forecast is printed with the skill that the model has had that many years ahead; where it is not
above zero, or was never measured, the naive forecast is shown or named instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from foedus.errors import UnknownNameError
from foedus.files.plain import plain_yaml

__all__ = [
    "MEASURE_TARGETS",
    "Skill",
    "shipped_scores",
    "skill_ahead",
    "skill_note",
    "skill_sentence",
    "skill_table",
]

MEASURE_TARGETS: Mapping[str, str] = MappingProxyType(
    {
        "allies_at_pledge_count": "count",
        "allies_at_guideline_count": "count",
        "nato_expenditure_constant_usd": "spending",
        "europe_canada_expenditure_constant_usd": "spending",
        "nato_gap_constant_usd": "spending",
    }
)
"""For each measure of a run's headline, the target of the hindcast that speaks for it."""

SPAN = "2000-2024"
"""The origins whose scores decide."""


@dataclass(frozen=True)
class Skill:
    """How well the model has forecast a target so many years ahead.

    Attributes
    ----------
    target : str
        A target of the hindcast.
    ahead : int
        The years ahead that were asked for.
    measured_at : int or None
        The years ahead that the score is of: the nearest measured ones not above `ahead`; None when none.
    skill : float or None
        One less the ratio of the model's score to that of the best no-change forecast; None when not
        measured.
    low, high : float or None
        The ends of the block-bootstrap interval of 90 % of the difference of scores, as a fraction of the
        naive score and with the sign of skill.
    shown : {"model", "no change"}
        Which forecast may be shown.
    sentence : str
        What to print.
    """

    target: str
    ahead: int
    measured_at: int | None
    skill: float | None
    low: float | None
    high: float | None
    shown: str
    sentence: str


@cache
def shipped_scores() -> Mapping[str, Any]:
    """Return the shipped table of scores.

    Returns
    -------
    mapping
        ``computed_on``, ``sipri`` and ``nato``, as ``skill.yaml`` holds them.
    """
    file = resources.files("foedus.spending.hindcast").joinpath("skill.yaml")
    return MappingProxyType(plain_yaml(file.read_text(encoding="utf-8")))


def skill_ahead(target: str, ahead: int) -> Skill:
    """Return the skill of a target so many years ahead.

    Parameters
    ----------
    target : str
        "share", "meets", "count" or "spending".
    ahead : int
        Years ahead.

    Returns
    -------
    Skill
        The skill, and the sentence to print beside the forecast.

    Raises
    ------
    UnknownNameError
        When no such target is scored.
    """
    rows = [r for r in shipped_scores()["sipri"]["rows"] if r["span"] == SPAN]
    if target not in {r["target"] for r in rows}:
        raise UnknownNameError("target of the hindcast", target, {r["target"] for r in rows})
    near = [r for r in rows if r["target"] == target and r["ahead"] <= ahead]
    if not near:
        return Skill(target, ahead, None, None, None, None, "model", "")
    row = max(near, key=lambda r: r["ahead"])
    shown = "model" if row["skill"] > 0.0 else "no change"
    return Skill(
        target,
        ahead,
        row["ahead"],
        row["skill"],
        row["skill_low"],
        row["skill_high"],
        shown,
        skill_sentence(row, ahead, shown),
    )


def skill_table() -> list[dict[str, Any]]:
    """Return the skill by target and years ahead, over the origins that decide.

    Returns
    -------
    list of dict
        target, ahead, skill, low and high ends of its interval of 90 %, origins, and the forecast to be
        shown.
    """
    return [
        {
            "target": r["target"],
            "ahead": r["ahead"],
            "skill": r["skill"],
            "low": r["skill_low"],
            "high": r["skill_high"],
            "origins": r["origins"],
            "shown": "model" if r["skill"] > 0.0 else "no change",
        }
        for r in shipped_scores()["sipri"]["rows"]
        if r["span"] == SPAN
    ]


def skill_note() -> str:
    """Write what skill is, on what it was computed, and what it does not speak for."""
    return (
        "Skill: one less the model's CRPS over that of no change with its own past errors, origins "
        f"{SPAN.replace('-', ' to ')}, on {shipped_scores()['sipri']['edition']}, parameters re-fitted at "
        "every origin on nothing later; in brackets its middle 90 %. Counts were scored at 2 % of GDP, money "
        "without the United States. Where skill is not above zero the naive figure is shown, marked *."
    )


def skill_sentence(row: Mapping[str, Any], ahead: int, shown: str) -> str:
    """Write in one sentence how well the model has forecast.

    Parameters
    ----------
    row : mapping
        A row of the shipped table.
    ahead : int
        The years ahead that were asked for.
    shown : str
        Which forecast is shown.

    Returns
    -------
    str
        Skill, interval and, where it differs, the horizon at which it was measured.
    """
    years = f"{row['ahead']} year{'s' if row['ahead'] > 1 else ''} ahead"
    far = f" (not measured {ahead} years ahead)" if ahead > row["ahead"] else ""
    sure = "" if row["skill_low"] > 0.0 or row["skill"] <= 0.0 else ", not distinguishable from none"
    end = "" if shown == "model" else "; the forecast of no change is shown instead"
    return (
        f"{years}: skill {100 * row['skill']:+.0f} % "
        f"({100 * row['skill_low']:+.0f} to {100 * row['skill_high']:+.0f}) "
        f"over no change{sure}{far}{end}."
    )
