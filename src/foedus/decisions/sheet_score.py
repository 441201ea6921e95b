"""Score the simple concepts and the fitted distribution on anyone's recorded decisions.

**Claim.** None: it measures. Issues count that have an outcome and three actors. A concept that gives a
point is scored as a distribution by a normal around it, cut at the ends of the scale, of the deviation that
scores best on these very issues, which flatters it; the mixture is half the actors' positions by influence
× salience and half a normal around their mean. Intervals of differences resample whole groups.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from foedus.decisions.models.outcome import GRID, crps
from foedus.decisions.sheet import PositionSheet, SheetIssue
from foedus.decisions.sheet_answer import IssueTally, write_rows
from foedus.decisions.sheet_blocks import BASE, CONCEPTS, IssueBlock, blocks, concept_points, outcome_shapes
from foedus.engine.arrays import Array, normal_cdf
from foedus.engine.draws import stream
from foedus.errors import NoDataError
from foedus.results import Result
from foedus.rounding import written
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.tables import Table

__all__ = ["ConceptScore", "SheetScore", "paired_interval", "score_sheet", "write_scores"]

LEAST_ACTORS = 3
"""With how many actors an issue is scored."""

NEAR = 10.0
"""Within how many points an outcome counts as met."""

COVERED = (0.5, 0.8, 0.9)
"""The central intervals whose coverage is counted."""

DEVIATIONS = np.arange(6.0, 61.0, 3.0)
"""Deviations that are tried around a point forecast."""

MIXTURE_DEVIATION = 25.0
"""Of the normal half of the mixture of positions and a normal."""

RESAMPLES = 4000

KINDS = ("all", "consensus or unanimity", "majority")
"""The sets of issues that are scored."""


@dataclass(frozen=True)
class ConceptScore:
    """How one concept did on one set of issues.

    Attributes
    ----------
    issues_scored : str
        One of :data:`KINDS`.
    concept : str
        What it is called in print.
    issues : int
        On how many issues it has a forecast.
    mean_error : float or None
        Mean absolute error in points of 100; None of a distribution.
    crps : float
        Continuous ranked probability score, in points.
    within_10 : float or None
        Share of outcomes within ten points.
    difference, difference_low, difference_high : float or None
        Mean error less the influence × salience mean's, and its 95 per cent interval; of a distribution the
        score less the mixture's.
    coverage_50, coverage_80, coverage_90 : float or None
        Shares of outcomes within the central intervals; None of a point.
    """

    issues_scored: str
    concept: str
    issues: int
    mean_error: float | None
    crps: float
    within_10: float | None
    difference: float | None
    difference_low: float | None
    difference_high: float | None
    coverage_50: float | None = None
    coverage_80: float | None = None
    coverage_90: float | None = None


@dataclass(frozen=True)
class SheetScore(Result):
    """How the concepts did on a spreadsheet of recorded decisions.

    Attributes
    ----------
    scores : tuple of ConceptScore
        By set of issues and concept.
    group : str
        The column whose groups were resampled; empty for issues one by one.
    groups : int
        How many groups.
    notes : tuple of str
        What was read as what, and what was left out.
    """

    ROWS: ClassVar[str] = "scores"

    scores: tuple[ConceptScore, ...]
    group: str
    groups: int
    notes: tuple[str, ...]

    def headline(self) -> str:
        """Return the mean error of the influence × salience mean."""
        rows = [s for s in self.scores if s.concept == CONCEPTS[BASE]]
        parts = [f"{written(s.mean_error, 2)} on {s.issues} issues ({s.issues_scored})" for s in rows]
        return f"The influence × salience mean misses the outcome by {', '.join(parts)}."

    def tables(self) -> tuple[Table, ...]:
        """Return the points and the distributions of every set of issues."""
        from foedus.tables import Column, Table

        about = (Column("concept", "Concept"), Column("issues", "Issues", "count"))
        points = (
            *about,
            Column("mean_error", "Mean error", "number"),
            Column("crps", "CRPS", "number"),
            Column("within_10", "Within 10", "per_cent_0"),
            Column(
                "difference",
                "Error less the weighted mean's [95 %]",
                "signed_3",
                span=("difference_low", "difference_high"),
                to=" to ",
            ),
        )
        shapes = (
            *about,
            Column("crps", "CRPS", "number"),
            *(
                Column(f"coverage_{in_per_cent(c, 0)}", f"{in_per_cent(c, 0)} % holds", "per_cent_0")
                for c in COVERED
            ),
            Column(
                "difference",
                "CRPS less the mixture's [95 %]",
                "signed_3",
                span=("difference_low", "difference_high"),
                to=" to ",
            ),
        )
        tables = []
        for n, kind in enumerate(dict.fromkeys(s.issues_scored for s in self.scores)):
            rows = [vars(s) for s in self.scores if s.issues_scored == kind]
            one = tuple(row for row in rows if row["mean_error"] is not None)
            two = tuple(row for row in rows if row["mean_error"] is None)
            tables += [
                Table(f"points_{n}", f"Points, {kind}", points, one),
                Table(f"distributions_{n}", f"Distributions, {kind}", shapes, two),
            ]
        return tuple(tables)


@dataclass(frozen=True)
class IssueMeasures:
    """What was measured on some issues, arrays (…, issue)."""

    points: Array
    dressed: Array
    outcome: Array
    shapes: Array
    held: NDArray[np.bool_]
    group: NDArray[np.str_]
    veto: NDArray[np.bool_]


def _mixture(block: IssueBlock) -> Array:
    """Return half the positions and half a normal around their mean, cut at the ends of the scale."""
    x, w = block.position, block.weight
    share = w / w.sum(1, keepdims=True)
    steps = (share[:, :, None] * (x[:, :, None] <= GRID + 1e-9)).sum(1)
    mean = (share * x).sum(1)
    around = normal_cdf((GRID - mean[:, None]) / MIXTURE_DEVIATION)
    around[:, -1] = 1.0
    return np.asarray(0.5 * steps + 0.5 * around)


def _measure(block: IssueBlock, rule: str) -> IssueMeasures:
    """Measure the concepts on a block of issues with outcomes."""
    points = np.stack(list(concept_points(block).values()))
    happened = block.outcome
    dressed = np.empty((len(DEVIATIONS), *points.shape))
    for k, deviation in enumerate(DEVIATIONS):
        for c, point in enumerate(points):
            shape = normal_cdf((GRID - np.nan_to_num(point)[:, None]) / deviation)
            shape[:, -1] = 1.0
            dressed[k, c] = crps(shape, happened)
    both = (outcome_shapes(block, rule), _mixture(block))
    held = np.empty((len(both), len(COVERED), len(happened)), bool)
    for d, shape in enumerate(both):
        for k, share in enumerate(COVERED):
            low, high = (
                GRID[np.minimum((shape < level - 1e-9).sum(1), len(GRID) - 1)]
                for level in ((1.0 - share) / 2.0, (1.0 + share) / 2.0)
            )
            held[d, k] = (happened >= low - 1e-9) & (happened <= high + 1e-9)
    rules = [issue.rule or rule for issue in block.issues]
    return IssueMeasures(
        points=points,
        dressed=dressed,
        outcome=happened,
        shapes=np.stack([crps(shape, happened) for shape in both]),
        held=held,
        group=np.array([issue.group for issue in block.issues]),
        veto=np.array([r in {"consensus", "unanimity"} for r in rules]),
    )


def paired_interval(difference: Array, group: NDArray[np.str_]) -> tuple[float, float, float]:
    """Return the mean of paired differences and its 95 per cent interval.

    Parameters
    ----------
    difference : ndarray, (issue,)
        Of two forecasts on the same issues.
    group : ndarray of str, (issue,)
        Groups are resampled whole.

    Returns
    -------
    tuple of float
        The mean, and the ends of the interval.
    """
    names, at = np.unique(group, return_inverse=True)
    total, count = np.bincount(at, difference), np.bincount(at)
    pick = stream(1, "resampled groups of issues", 0).integers(0, len(names), (RESAMPLES, len(names)))
    means = total[pick].sum(1) / count[pick].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(difference.mean()), float(low), float(high)


def score_sheet(sheet: PositionSheet, rule: str) -> SheetScore:
    """Score every issue of a spreadsheet whose outcome is known.

    Parameters
    ----------
    sheet : PositionSheet
        The file.
    rule : str
        The rule of issues that name none.

    Returns
    -------
    SheetScore
        Scores by set of issues and concept.

    Raises
    ------
    NoDataError
        When no issue has an outcome and three actors.
    """
    tally, unknown = IssueTally(sheet, LEAST_ACTORS), 0

    def recorded() -> Iterator[SheetIssue]:
        nonlocal unknown
        for issue in tally.issues():
            if np.isnan(issue.outcome):
                unknown += 1
            else:
                yield issue

    parts = [_measure(block, rule) for block in blocks(recorded(), LEAST_ACTORS)]
    if not parts:
        raise NoDataError(
            "no issue has an outcome and three actors, so that nothing can be scored",
            where=sheet.rows.shown,
            do="add a column called outcome",
        )
    every = {
        name: np.concatenate([getattr(part, name) for part in parts], -1)
        for name in IssueMeasures.__annotations__
    }
    whole = IssueMeasures(**every)
    sets = (np.ones_like(whole.veto), whole.veto, ~whole.veto)
    scores: list[ConceptScore] = []
    for kind, rows in zip(KINDS, sets, strict=True):
        # Where all issues are of one kind, the set of all is that kind.
        if rows.any() and (kind == "all" or not rows.all()):
            scores += _scores(whole, rows, kind)
    notes = [*tally.notes(), *([f"Issues without an outcome, not scored: {unknown}."] if unknown else [])]
    notes.append(
        "The shape was fitted to the development part of DEU III: on those issues its score is in sample."
    )
    group = sheet.rows.layout.group
    if not group:
        notes.append(
            "Issues are resampled one by one; --group names the column of those that belong together."
        )
    return SheetScore(tuple(scores), group, len(np.unique(whole.group)), tuple(notes))


def _scores(whole: IssueMeasures, rows: NDArray[np.bool_], kind: str) -> list[ConceptScore]:
    """Return the scores on one set of issues."""
    outcome, group = whole.outcome[rows], whole.group[rows]
    base = np.abs(whole.points[list(CONCEPTS).index(BASE)][rows] - outcome)
    scores = []
    for c, (key, label) in enumerate(CONCEPTS.items()):
        point = whole.points[c][rows]
        some = ~np.isnan(point)
        if not some.any():
            continue
        error = np.abs(point - outcome)[some]
        paired = (None, None, None) if key == BASE else paired_interval(error - base[some], group[some])
        score = float(whole.dressed[:, c][:, rows][:, some].mean(1).min())
        near = float((error <= NEAR).mean())
        scores.append(ConceptScore(kind, label, int(some.sum()), float(error.mean()), score, near, *paired))
    for d, label in enumerate(("recorded decisions' shape", "mixture of positions and a normal")):
        score = whole.shapes[d][rows]
        paired = paired_interval(score - whole.shapes[1][rows], group) if d == 0 else (None, None, None)
        held = [float(share) for share in whole.held[d][:, rows].mean(1)]
        about = (kind, label, int(rows.sum()), None, float(score.mean()), None)
        scores.append(ConceptScore(*about, *paired, *held))
    return scores


def write_scores(score: SheetScore, path: Path) -> None:
    """Write the scores to a file of comma-separated values."""
    write_rows(path, [field.name for field in fields(ConceptScore)], (vars(row) for row in score.scores))
