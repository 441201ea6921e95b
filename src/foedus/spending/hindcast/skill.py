"""The shipped tables of scores, and which forecast may be shown.

``skill.yaml`` beside this module holds what ``benchmarks/score_budgets.py`` computed, and says on which
figures. A forecast is printed with the skill that the model has had that many years ahead, taken from the
table that fits the run: NATO's editions as far ahead as two of them were judged, else SIPRI's long histories.
Where skill is above zero in that table and its interval reaches zero in any one, model and no change stand
side by side; money is doubted by the scores with the growth of an Outlook of the day as well, which is how a
run has it; where it is not above zero, the newest print is shown with what became of such prints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from foedus.errors import UnknownNameError
from foedus.files.yaml_text import plain_yaml
from foedus.units import points

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
"""The origins whose scores decide, of the long histories."""

NATO = "NATO's editions"

DOUBTED_BY: Mapping[str, str] = MappingProxyType({"spending": "spending_outlook"})
"""Targets whose skill another target has to bear out: the same with growth as a run expects it."""

AS_RUN = "what_stands"
"""What the years ahead of a run mean, unless its scenario says otherwise."""


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
        One less the ratio of the model's score to that of the no-change forecast; None when not measured.
    low, high : float or None
        The ends of its interval of 90 %.
    shown : {"model", "both", "no change"}
        Which forecast may be shown; both where the interval of skill reaches zero.
    sentence : str
        What to print.
    table : str
        Where it was measured: "NATO's editions" or the edition of the long histories.
    cases : int
        In how many past cases the model was no better where its interval reaches zero, else how many there
        were.
    change_low, change_high : float or None
        What such prints have become, 10 % and 90 % quantiles, the wider of both tables: for a count in
        allies, else over the print.
    """

    target: str
    ahead: int
    measured_at: int | None
    skill: float | None
    low: float | None
    high: float | None
    shown: str
    sentence: str
    table: str = ""
    cases: int = 0
    change_low: float | None = None
    change_high: float | None = None


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


@dataclass(frozen=True)
class _Measured:
    """One row of a table of scores, under names that both tables share."""

    table: str
    ahead: int
    skill: float
    low: float
    high: float
    cases: int
    change_low: float
    change_high: float


def _long_histories(target: str, ahead: int) -> _Measured | None:
    """Return the row of SIPRI's long histories of the nearest measured horizon not above `ahead`."""
    rows = [r for r in shipped_scores()["sipri"]["rows"] if r["span"] == SPAN]
    if target not in {r["target"] for r in rows}:
        raise UnknownNameError("target of the hindcast", target, {r["target"] for r in rows})
    near = [r for r in rows if r["target"] == target and r["ahead"] <= ahead]
    if not near:
        return None
    row = max(near, key=lambda r: r["ahead"])
    ends = (row["skill_low"], row["skill_high"])
    return _Measured(
        shipped_scores()["sipri"]["edition"],
        row["ahead"],
        row["skill"],
        *ends,
        row["cases"],
        row["change_low"],
        row["change_high"],
    )


def _editions(target: str, ahead: int, form: str) -> _Measured | None:
    """Return the row of NATO's editions of just this horizon."""
    for row in shipped_scores()["nato"]["skill"]:
        if (row["target"], row["ahead"], row["form"]) == (target, ahead, form):
            ends = (row["low"], row["high"])
            changes = (row["change_low"], row["change_high"])
            return _Measured(NATO, ahead, row["skill"], *ends, row["cases"], *changes)
    return None


def skill_ahead(target: str, ahead: int, form: str = AS_RUN) -> Skill:
    """Return the skill of a target so many years ahead.

    Parameters
    ----------
    target : str
        "share", "meets", "count" or "spending".
    ahead : int
        Years ahead.
    form : {"what_stands", "first_print"}
        What the years ahead mean.

    Returns
    -------
    Skill
        The skill, and the sentence to print beside the forecast.

    Raises
    ------
    UnknownNameError
        When no such target is scored.
    """
    long = _long_histories(target, ahead)
    row = _editions(target, ahead, form) or long
    if row is None:
        return Skill(target, ahead, None, None, None, None, "model", "")
    # Editions are few: what became of prints is the wider of what both tables have seen.
    known = [r for r in (row, long) if r is not None]
    also = _long_histories(DOUBTED_BY[target], ahead) if target in DOUBTED_BY else None
    doubt = next((r for r in (*known, also) if r is not None and r.low <= 0.0), None)
    shown = "no change" if row.skill <= 0.0 else "model" if doubt is None else "both"
    return Skill(
        target,
        ahead,
        row.ahead,
        row.skill,
        row.low,
        row.high,
        shown,
        skill_sentence(row, ahead, doubt),
        row.table,
        (doubt or row).cases,
        min(r.change_low for r in known),
        max(r.change_high for r in known),
    )


def skill_table(form: str = AS_RUN) -> list[dict[str, Any]]:
    """Return the skill by target and years ahead, from the table that fits a run.

    Parameters
    ----------
    form : {"what_stands", "first_print"}
        What the years ahead mean.

    Returns
    -------
    list of dict
        target, ahead, skill, low and high ends of its interval of 90 %, origins, and the forecast to be
        shown.
    """
    table = []
    asked = {"share", "meets", *MEASURE_TARGETS.values()}
    for row in (r for r in shipped_scores()["sipri"]["rows"] if r["span"] == SPAN and r["target"] in asked):
        skill = skill_ahead(row["target"], row["ahead"], form)
        editions = [
            r["editions"]
            for r in shipped_scores()["nato"]["skill"]
            if (r["target"], r["ahead"], r["form"]) == (row["target"], row["ahead"], form)
        ]
        table.append(
            {
                "target": row["target"],
                "ahead": row["ahead"],
                "skill": skill.skill,
                "low": skill.low,
                "high": skill.high,
                "origins": editions[0] if editions else row["origins"],
                "shown": skill.shown,
            }
        )
    return table


def skill_note(form: str = AS_RUN) -> str:
    """Write what skill is, on what it was computed, and what it does not speak for.

    Parameters
    ----------
    form : {"what_stands", "first_print"}
        What the years ahead mean.

    Returns
    -------
    str
        Sentences.
    """
    ahead = sorted({r["ahead"] for r in shipped_scores()["nato"]["skill"] if r["form"] == form})
    near = " and ".join(str(h) for h in ahead) + (" year" if ahead == [1] else " years")
    long = f"{shipped_scores()['sipri']['edition']}, origins {SPAN.replace('-', ' to ')}"
    return (
        "Skill: one less the model's CRPS over that of no change with its own past errors; in brackets its "
        f"middle 90 %. {near} ahead it is that on NATO's editions, each as it was printed and with the "
        f"plans then known, with allies resampled; further ahead, and of money, that on {long}, re-fitted at "
        "every origin on nothing later. Counts were scored at 2 % of GDP, money without the United States. "
        "Where the interval reaches zero on either, model and no change stand side by side, marked †; where "
        "skill is not above zero the newest print is shown with what became of such prints, marked *."
    )


def skill_sentence(row: _Measured, ahead: int, doubt: _Measured | None) -> str:
    """Write in one sentence how well the model has forecast.

    Parameters
    ----------
    row : _Measured
        The row that speaks for the run.
    ahead : int
        The years ahead that were asked for.
    doubt : _Measured or None
        The row whose interval reaches zero.

    Returns
    -------
    str
        Skill, interval and, where it differs, the horizon at which it was measured.
    """
    years = f"{row.ahead} year{'s' if row.ahead > 1 else ''} ahead"
    far = f" (not measured {ahead} years ahead)" if ahead > row.ahead else ""
    end = ""
    if row.skill <= 0.0:
        end = "; the newest print is shown instead"
    elif doubt is not None:
        end = f": no better than no change in {doubt.cases} past cases of {doubt.table}"
    return (
        f"{years}, {row.table}: skill {points(row.skill, 0)} % "
        f"({points(row.low, 0)} to {points(row.high, 0)}) over no change{far}{end}."
    )
