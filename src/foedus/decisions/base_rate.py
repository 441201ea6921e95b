"""How often recorded decisions passed, by rule, and how the model of objections scores beside that."""

from __future__ import annotations

from typing import Any

from foedus.decisions.parameters import FOLDER
from foedus.decisions.result import BaseRate

__all__ = ["base_rate_of", "base_rates"]

_WHOLE, _WORDS, _SAID = {"adopted", "count"}, {"rule", "record"}, {"outcome_unknown"}


def base_rates() -> tuple[BaseRate, ...]:
    """Return the base rate and the scores of every rule, ``parameters/functions/answer_skill.csv``."""
    return tuple(_base_rate(row) for row in FOLDER.rows("answer_skill"))


def _base_rate(row: dict[str, str]) -> BaseRate:
    """Read one row."""
    values: dict[str, Any] = {
        key: cell
        if key in _WORDS
        else cell == "yes"
        if key in _SAID
        else int(cell)
        if key in _WHOLE
        else float(cell)
        for key, cell in row.items()
    }
    return BaseRate(**values)


def base_rate_of(rule: str) -> BaseRate:
    """Return the base rate of a rule; all majorities are one.

    Parameters
    ----------
    rule : str
        How members decide.

    Returns
    -------
    BaseRate
        Its row.
    """
    name = "majority" if rule == "qualified_majority" else rule
    return next(row for row in base_rates() if row.rule == name)
