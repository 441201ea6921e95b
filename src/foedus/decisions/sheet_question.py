"""A spreadsheet of one issue with a reversion as a decision file, so that it gets the whole answer."""

from __future__ import annotations

import math
from typing import Any

from foedus.decisions.schema import DecisionFile, decision_from
from foedus.decisions.sheet import PositionSheet, SheetIssue
from foedus.decisions.sheet_answer import IssueTally
from foedus.decisions.sheet_blocks import BASE, blocks, concept_points
from foedus.errors import InputError

__all__ = ["sheet_question"]

LEAST_MOVE = 0.5
"""By how many points a draft must differ from the reversion to be a question."""


def sheet_question(
    sheet: PositionSheet, *, rule: str, proposal: float | None = None, quota: float | None = None, **more: Any
) -> DecisionFile | None:
    """Turn the one issue of a spreadsheet into a decision file.

    Parameters
    ----------
    sheet : PositionSheet
        The file, of one issue.
    rule : str
        The rule where the file names none.
    proposal : float, optional
        What is tabled, in the file's own numbers; without it, the influence × salience mean.
    quota : float, optional
        Under a qualified majority, the share of votes needed.
    **more
        Further keys of a decision file.

    Returns
    -------
    DecisionFile or None
        None where there is no reversion, or nothing but it is tabled.

    Raises
    ------
    InputError
        When the proposal is off the scale.
    ScenarioError
        When the whole breaks a rule of decision files.
    """
    tally = IssueTally(sheet, 2)
    (issue,) = tally.issues()
    if math.isnan(issue.reversion) or tally.few:
        return None
    low, high = issue.ends
    (block,) = blocks([issue], 2)
    middle = float(concept_points(block)[BASE][0])
    tabled = round(middle, 1) if proposal is None else 100.0 * (proposal - low) / ((high - low) or 1.0)
    if not 0.0 <= tabled <= 100.0:
        raise InputError(
            f"{proposal:g} is off the scale {low:g} to {high:g}",
            where="--proposal",
            do="table a point of the scale",
        )
    if abs(tabled - issue.reversion) < LEAST_MOVE:
        return None
    content = {
        "title": sheet.rows.title[:200],
        "question": sheet.rows.question[:1000] or sheet.rows.title,
        "scale": {"zero": f"{low:g} in the file's numbers", "hundred": f"{high:g} in the file's numbers"},
        "reversion": float(issue.reversion),
        "proposal": tabled,
        "rule": issue.rule or rule,
        "members": [_member(issue, i) for i in range(len(issue.actors))],
        "notes": " ".join([*tally.notes(), _tabled(proposal, middle, issue)]),
    }
    if quota is not None:
        content["quota"] = quota
    if issue.kind is not None:
        content["kind"] = issue.kind
    return decision_from(content | more, sheet.rows.shown)


def _tabled(proposal: float | None, middle: float, issue: SheetIssue) -> str:
    """Return what was taken as the draft."""
    if proposal is not None:
        return "The draft is the one given."
    shown = f"{issue.shown(middle):.1f}"
    return f"The draft tabled is the influence × salience mean, {shown}; --proposal takes another."


def _member(issue: SheetIssue, i: int) -> dict[str, Any]:
    """Return one actor as a decision file has it."""
    member: dict[str, Any] = {
        "who": [issue.actors[i]],
        "position": float(issue.position[i]),
        "salience": float(issue.salience[i]),
        "influence": float(issue.influence[i]),
    }
    if not math.isnan(issue.weight[i]):
        member["weight"] = float(issue.weight[i])
    low, high = float(issue.accepts_low[i]), float(issue.accepts_high[i])
    if not (math.isnan(low) and math.isnan(high)):
        member["accepts"] = [0.0 if math.isnan(low) else low, 100.0 if math.isnan(high) else high]
    return member
