"""The issues of a spreadsheet in blocks of arrays, and where each simple concept puts the outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models import bargaining, outcome, voting
from foedus.decisions.played import FAR
from foedus.decisions.sheet import SheetIssue
from foedus.engine.arrays import Array
from foedus.errors import InputError

__all__ = ["BASE", "CONCEPTS", "IssueBlock", "blocks", "concept_points", "outcome_shapes"]

AT_ONCE = 128
"""Issues in a block."""

CONCEPTS: dict[str, str] = {
    "weighted_mean": "influence × salience mean",
    "salience_mean": "salience mean",
    "plain_mean": "plain mean",
    "weighted_median": "weighted median",
    "plain_median": "plain median",
    "condorcet": "probabilistic Condorcet",
    "nash_far": "weighted Nash, far disagreement",
    "nash": "Nash at the reversion",
    "kalai_smorodinsky": "Kalai–Smorodinsky",
    "egalitarian": "egalitarian",
}
"""The simple concepts, and what they are called in print; the last three need a reversion."""

BASE = "weighted_mean"
"""The concept that the others are held against."""


@dataclass(frozen=True)
class IssueBlock:
    """Some issues as arrays; absent actors have no weight.

    Attributes
    ----------
    issues : tuple of SheetIssue
        The issues.
    position, salience, influence : ndarray, (issue, actor)
        Points, fractions, and shares of the issue's greatest influence.
    present : ndarray of bool, (issue, actor)
        Which of these hold an actor.
    reversion, outcome : ndarray, (issue,)
        NaN where it is not known.
    """

    issues: tuple[SheetIssue, ...]
    position: Array
    salience: Array
    influence: Array
    present: NDArray[np.bool_]
    reversion: Array
    outcome: Array

    @property
    def weight(self) -> Array:
        """Influence × salience; influence alone where nobody cares."""
        product = self.influence * self.salience
        return np.where(product.sum(1, keepdims=True) > 0, product, self.influence)


def blocks(issues: Iterable[SheetIssue], least: int) -> Iterator[IssueBlock]:
    """Put issues together.

    Parameters
    ----------
    issues : iterable of SheetIssue
        They are read as they are needed.
    least : int
        Issues with fewer actors are left out.

    Yields
    ------
    IssueBlock
        Some issues, in their order.

    Raises
    ------
    InputError
        When nobody on an issue has any influence.
    """
    usable = (issue for issue in issues if len(issue.actors) >= least)
    while some := tuple(islice(usable, AT_ONCE)):
        yield _block(some)


def _block(issues: tuple[SheetIssue, ...]) -> IssueBlock:
    """Return issues as arrays."""
    shape = len(issues), max(len(issue.actors) for issue in issues)
    arrays = {name: np.zeros(shape) for name in ("position", "salience", "influence")}
    present = np.zeros(shape, bool)
    for row, issue in enumerate(issues):
        most = issue.influence.max()
        if not most > 0:
            raise InputError(
                f"the influence of every actor on the issue {issue.name!r} is zero",
                where="the spreadsheet",
                do="give at least one an influence above it",
            )
        count = len(issue.actors)
        present[row, :count] = True
        arrays["position"][row, :count] = issue.position
        arrays["salience"][row, :count] = issue.salience
        # Over the greatest, so that no sum of influences overflows.
        arrays["influence"][row, :count] = issue.influence / most
    known = {name: np.array([getattr(issue, name) for issue in issues]) for name in ("reversion", "outcome")}
    return IssueBlock(issues, arrays["position"], arrays["salience"], arrays["influence"], present, **known)


def concept_points(block: IssueBlock) -> dict[str, Array]:
    """Return where each concept puts the outcomes, NaN where it needs a reversion that is not known.

    Parameters
    ----------
    block : IssueBlock
        Some issues.

    Returns
    -------
    dict of str to ndarray, (issue,)
        Points, by the keys of :data:`CONCEPTS`.
    """
    x, w, present = block.position, block.weight, block.present.astype(float)
    care = np.where(block.salience.sum(1, keepdims=True) > 0, block.salience, present)
    back = np.where(np.isnan(block.reversion), 0.0, block.reversion)

    def at_reversion(solve: Any) -> Array:
        return np.where(np.isnan(block.reversion), np.nan, solve(x, w, back))

    return {
        "weighted_mean": voting.weighted_mean(x, w),
        "salience_mean": voting.weighted_mean(x, care),
        "plain_mean": voting.weighted_mean(x, present),
        "weighted_median": voting.weighted_median(x, w),
        "plain_median": voting.weighted_median(x, present),
        "condorcet": voting.probabilistic_condorcet(x, w),
        "nash_far": bargaining.nash_far(x, w, FAR),
        "nash": at_reversion(bargaining.nash),
        "kalai_smorodinsky": at_reversion(bargaining.kalai_smorodinsky),
        "egalitarian": at_reversion(bargaining.egalitarian),
    }


def outcome_shapes(block: IssueBlock, rule: str) -> Array:
    """Return the distribution that was fitted to recorded decisions, for each issue by its own rule.

    Parameters
    ----------
    block : IssueBlock
        Some issues.
    rule : str
        The rule of issues that name none.

    Returns
    -------
    ndarray, (issue, point)
        Distribution functions on :data:`foedus.decisions.models.outcome.GRID`.
    """
    from foedus.decisions.parameters import FOLDER

    values: dict[str, Any] = {name: p.value for name, p in FOLDER.component("outcomes").items()}
    parameters = outcome.OutcomeParameters(**values)
    shapes = np.empty((len(block.issues), len(outcome.GRID)))
    rules = np.array([issue.rule or rule for issue in block.issues])
    for own in np.unique(rules):
        rows = rules == own
        numbers = outcome.outcomes_for(str(own), parameters)
        shapes[rows] = outcome.cdf(block.position[rows], block.weight[rows], numbers)
    return shapes
