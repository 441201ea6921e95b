"""Regret: by how much a choice falls short of the best one in the same draw and under the same beliefs.

Choices are what members decide, the levers; what is believed, and the form of the model, is no choice. So
scenarios are put side by side as choices only where they share every belief, and regret is taken draw by draw
inside that group. Over the groups stands the worst, never a mean: no belief has a probability (Savage,
Journal of the American Statistical Association 46, 1951; Lempert, Popper and Bankes, Shaping the Next One
Hundred Years, 2003).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from foedus.analysis.differences import Change
from foedus.catalogue import catalogue
from foedus.engine.section import QUANTILES
from foedus.errors import InputError, UnknownNameError
from foedus.tables import Column, Kind, Table

if TYPE_CHECKING:
    from foedus.engine.arrays import Array

__all__ = ["Best", "RegretRow", "Regrets", "check_measure", "regrets"]

Best = Literal["most", "least"]
"""Which values of a measure are better."""

BELIEFS = frozenset({"uncertainty", "parameter", "structure"})
"""The kinds of changes that nobody decides."""


@dataclass(frozen=True)
class RegretRow:
    """One choice under one set of beliefs.

    Attributes
    ----------
    scenario, beliefs : str
        The scenario, and what is believed in it besides the first scenario's beliefs.
    low, median, high : float
        Quantiles over the draws of how far it is from the best choice, in the measure's unit; 0 or more.
    greatest : float
        The greatest of any draw.
    best : float
        The part of the draws in which no other choice is better.
    """

    scenario: str
    beliefs: str
    low: float
    median: float
    high: float
    greatest: float
    best: float


@dataclass(frozen=True)
class Regrets:
    """How far choices are from the best one.

    Attributes
    ----------
    measure, label, unit : str
        The measure.
    best : {"most", "least"}
        Which of its values are better, as it was said.
    year : int
        The year.
    rows : tuple of RegretRow
        By beliefs, in each group the least regretted first.
    worst : mapping of str to float
        For each choice, by what it sets, the greatest of its high ends over the beliefs; only choices that
        were compared under every one of the beliefs are in it.
    """

    measure: str
    label: str
    unit: str
    best: Best
    year: int
    rows: tuple[RegretRow, ...]
    worst: Mapping[str, float]

    def table(self) -> Table:
        """Return one row for each choice under each set of beliefs."""
        kind: Kind = "billions_0" if self.unit in {"usd", "eur"} else "number"
        columns = (
            Column("beliefs", "Believed", blank="as in the first"),
            Column("scenario", "Decided as in"),
            Column("median", "Regret, median", kind, ("low", "high")),
            Column("greatest", "Greatest", kind),
            Column("best", "Best, of draws", "per_cent_0"),
        )
        sense = f"{self.label} in {self.year}, {self.best} is best"
        return Table("regret", f"Regret: {sense}", columns, tuple(vars(row) for row in self.rows))


def check_measure(measure: str, best: str | None, measures: Sequence[str]) -> Best:
    """Check a measure and which of its values are better.

    Parameters
    ----------
    measure : str
        A catalogue name.
    best : str or None
        "most" or "least"; nobody but the reader can say which is better.
    measures : sequence of str
        The measures that all scenarios report.

    Returns
    -------
    {"most", "least"}
        The direction.

    Raises
    ------
    UnknownNameError
        When no scenario reports the measure, or another does not.
    InputError
        When the direction is not said.
    """
    if measure not in measures:
        raise UnknownNameError("measure of all these scenarios", measure, sorted(measures), where="--regret")
    if best == "most":
        return "most"
    if best == "least":
        return "least"
    raise InputError(
        f"nothing says whether more or less of {measure} is better",
        where="--best",
        do="say most or least",
    )


def regrets(
    measure: str,
    best: Best,
    names: Sequence[str],
    changes: Sequence[Sequence[Change]],
    values: Sequence[Array],
    year: int,
) -> Regrets | None:
    """Compute the regret of every choice among those that share its beliefs.

    Parameters
    ----------
    measure : str
        The measure's catalogue name.
    best : {"most", "least"}
        Which of its values are better.
    names : sequence of str
        The scenarios.
    changes : sequence of sequence of Change
        For each, what it sets differently from the first.
    values : sequence of ndarray, (draw,)
        For each, the measure in every draw, from common draws.
    year : int
        The year.

    Returns
    -------
    Regrets or None
        None where no two scenarios share all beliefs and differ in a lever: then nobody has a choice.
    """
    groups: dict[str, list[int]] = {}
    for i, part in enumerate(changes):
        groups.setdefault(_said(part, beliefs=True), []).append(i)
    rows: list[RegretRow] = []
    highs: dict[str, list[float]] = {}
    compared = 0
    for beliefs, members in groups.items():
        decided = {_said(changes[i], beliefs=False): i for i in members}
        if len(decided) < 2:
            continue
        compared += 1
        ranked = _group(best, beliefs, {i: (names[i], values[i]) for i in decided.values()})
        rows += sorted(ranked.values(), key=lambda row: (row.median, row.high, row.scenario))
        for choice, i in decided.items():
            highs.setdefault(choice, []).append(ranked[i].high)
    if not rows:
        return None
    about = catalogue()[measure]
    whole = {choice: max(ends) for choice, ends in highs.items() if len(ends) == compared == len(groups)}
    return Regrets(measure, about.label, about.unit, best, year, tuple(rows), whole)


def _said(changes: Sequence[Change], *, beliefs: bool) -> str:
    """Return in words what is believed, or decided, otherwise than in the first scenario."""
    kinds = BELIEFS if beliefs else frozenset({"lever"})
    return ", ".join(f"{c.name} {c.second}" for c in changes if c.kind in kinds)


def _group(best: Best, beliefs: str, members: Mapping[int, tuple[str, Array]]) -> dict[int, RegretRow]:
    """Return the regrets of the choices of one group."""
    sign = 1.0 if best == "most" else -1.0
    table = np.stack([sign * values for _, values in members.values()])
    short = table.max(axis=0) - table
    rows = {}
    for (i, (name, _)), regret in zip(members.items(), short, strict=True):
        low, median, high = np.quantile(regret, QUANTILES).tolist()
        share = float((regret <= 0.0).mean())
        rows[i] = RegretRow(name, beliefs, low, median, high, float(regret.max()), share)
    return rows


def worst_rows(result: Regrets) -> tuple[dict[str, Any], ...]:
    """Return the worst regret of every choice over the beliefs, the least first."""
    pairs = sorted(result.worst.items(), key=lambda pair: pair[1])
    return tuple({"choice": choice, "worst": worst} for choice, worst in pairs)
