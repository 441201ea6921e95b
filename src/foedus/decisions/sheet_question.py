"""A spreadsheet of one issue with a reversion as a decision file, so that it gets the whole answer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from foedus.decisions.schema import DecisionFile, decision_from
from foedus.decisions.sheet import PositionSheet, SheetIssue
from foedus.decisions.sheet_answer import IssueTally
from foedus.decisions.sheet_blocks import BASE, blocks, concept_points
from foedus.errors import InputError
from foedus.rounding import rounded, written

__all__ = ["sheet_question"]

LEAST_MOVE = 0.5
"""By how many points a draft must differ from the reversion to be a question."""


def sheet_question(
    sheet: PositionSheet,
    *,
    rule: str,
    reversion: float | None = None,
    proposal: float | None = None,
    **more: Any,
) -> DecisionFile | None:
    """Turn the one issue of a spreadsheet into a decision file.

    Parameters
    ----------
    sheet : PositionSheet
        The file, of one issue.
    rule : str
        The rule where the file names none.
    reversion : float, optional
        What holds without a decision, in the file's own numbers, where the file does not say.
    proposal : float, optional
        What is tabled, in the file's own numbers; without it, the influence × salience mean.
    **more
        Further keys of a decision file.

    Returns
    -------
    DecisionFile or None
        None where there is no reversion, or nothing but it is tabled.

    Raises
    ------
    InputError
        When the proposal or the reversion is off the scale, or they are the same.
    ScenarioError
        When the whole breaks a rule of decision files.
    """
    tally = IssueTally(sheet, 2)
    (issue,) = tally.issues()
    back = issue.reversion
    if math.isnan(back) and reversion is not None:
        back = _on_scale(reversion, issue, "--reversion")
    if math.isnan(back) or tally.few:
        return None
    (block,) = blocks([issue], 2)
    middle = float(concept_points(block)[BASE][0])
    tabled = float(rounded(middle, 1)) if proposal is None else _on_scale(proposal, issue, "--proposal")
    if abs(tabled - back) < LEAST_MOVE:
        if proposal is None:
            return None
        raise InputError("the draft is the reversion itself", where="--proposal", do="table another")
    low, high = issue.ends
    ruled = issue.rule or rule
    notes = [*tally.notes(), _tabled(proposal, middle, issue)]
    votes = ruled in {"majority", "qualified_majority"}
    if not votes and not np.isnan(issue.weight).all():
        notes.append(f"Votes do not count under {ruled}: the column of weights is passed over.")
    content = {
        "title": sheet.rows.title[:200],
        "question": sheet.rows.question[:1000] or sheet.rows.title,
        "scale": {"zero": f"{low:g} in the file's numbers", "hundred": f"{high:g} in the file's numbers"},
        "reversion": float(back),
        "proposal": tabled,
        "rule": ruled,
        "kind": issue.kind,
        "members": [_member(issue, i, votes) for i in range(len(issue.actors))],
        "notes": " ".join(notes),
    }
    return decision_from(content | more, sheet.rows.shown)


def _on_scale(value: float, issue: SheetIssue, where: str) -> float:
    """Return a point of the file on the scale 0 to 100."""
    low, high = issue.ends
    point = 100.0 * (value - low) / ((high - low) or 1.0)
    if not 0.0 <= point <= 100.0:
        raise InputError(
            f"{value:g} is off the scale {low:g} to {high:g}", where=where, do="give a point of the scale"
        )
    return point


def _tabled(proposal: float | None, middle: float, issue: SheetIssue) -> str:
    """Return what was taken as the draft."""
    if proposal is not None:
        return "The draft is the one given."
    shown = written(issue.shown(middle), 1)
    return f"The draft tabled is the influence × salience mean, {shown}; --proposal takes another."


def _member(issue: SheetIssue, i: int, votes: bool) -> dict[str, Any]:
    """Return one actor as a decision file has it."""
    member: dict[str, Any] = {
        "who": [issue.actors[i]],
        "position": float(issue.position[i]),
        "salience": float(issue.salience[i]),
        "influence": float(issue.influence[i]),
    }
    if votes and not math.isnan(issue.weight[i]):
        member["weight"] = float(issue.weight[i])
    low, high = float(issue.accepts_low[i]), float(issue.accepts_high[i])
    if not (math.isnan(low) and math.isnan(high)):
        member["accepts"] = [0.0 if math.isnan(low) else low, 100.0 if math.isnan(high) else high]
    return member
