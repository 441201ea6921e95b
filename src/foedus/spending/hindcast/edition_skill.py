"""Skill on NATO's editions, pooled over them as a run would have been made: with the plans then announced.

The intervals resample allies, each with all its cases. What a year did to all allies at once is not in them,
and editions are few: the row says how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.engine.draws import generator
from foedus.spending.hindcast.editions import FORMS, GUIDELINE, EditionCase, at_guideline, brier
from foedus.spending.hindcast.scores import crps, skill

__all__ = ["LEAST_EDITIONS", "EditionSkill", "as_run", "edition_skill"]

LEAST_EDITIONS = 2
"""From how many editions forecasts of a horizon must have been judged to speak for a run."""

REPEATS = 500
LEVEL = 0.9
COUNT_DRAWS = 1000
FIRST_PRINT = FORMS[0]


@dataclass(frozen=True)
class EditionSkill:
    """The skill of one target, form and horizon, pooled over editions.

    Attributes
    ----------
    form, target : str
        What the years ahead mean, and "share", "meets" or "count".
    ahead, editions, cases : int
        Years ahead, how many editions were judged, and how many forecasts.
    score, score_no_change : float
        Means over the cases: CRPS, for "meets" the Brier score.
    skill, low, high : float
        One less their ratio, and its interval of 90 % with allies resampled.
    change_low, change_high : float
        The 10 % and 90 % quantiles of what came less the last print: for a count allies, else over the last
        print.
    """

    form: str
    target: str
    ahead: int
    editions: int
    cases: int
    score: float
    score_no_change: float
    skill: float
    low: float
    high: float
    change_low: float
    change_high: float


def as_run(cases: Iterable[EditionCase]) -> list[EditionCase]:
    """Return the forecasts that a run would have made: with plans where any was known, else without."""
    held: dict[tuple[str, str, int], EditionCase] = {}
    for case in cases:
        key = (case.edition, case.form, case.ahead)
        if key not in held or case.plans:
            held[key] = case
    return list(held.values())


def edition_skill(cases: Sequence[EditionCase]) -> list[EditionSkill]:
    """Return the skill by form, target and years ahead, where enough editions were judged.

    Parameters
    ----------
    cases : sequence of EditionCase
        What :func:`as_run` gives.

    Returns
    -------
    list of EditionSkill
        By form, years ahead and target.
    """
    rows = []
    for form in FORMS:
        for ahead in sorted({c.ahead for c in cases}):
            held = [c for c in cases if (c.form, c.ahead) == (form, ahead)]
            if form != FIRST_PRINT:
                # The newest edition's own newest year is an estimate, which says nothing of what stands.
                held = [c for c in held if c.closed]
            if len(held) >= LEAST_EDITIONS:
                rows += [_share(held), _meets(held), _count(held)]
    return rows


def _share(cases: list[EditionCase]) -> EditionSkill:
    """Pool the scores of shares."""
    scores = [(crps(c.model, c.came), crps(c.naive, c.came)) for c in cases]
    changes = np.concatenate([c.came / c.last - 1.0 for c in cases])
    return _pooled(cases, "share", scores, changes)


def _meets(cases: list[EditionCase]) -> EditionSkill:
    """Pool the Brier scores of who is at 2 %."""
    scores = []
    for c in cases:
        at = at_guideline(c.came)
        scores.append((brier(c.model >= GUIDELINE, at), brier(c.naive >= GUIDELINE, at)))
    changes = np.concatenate([at_guideline(c.came) * 1.0 - at_guideline(c.last) for c in cases])
    return _pooled(cases, "meets", scores, changes)


def _weights(cases: list[EditionCase]) -> list[Array]:
    """Return how often each ally of each case is drawn, (repeat, ally); the first row is the sample."""
    codes = sorted({code for c in cases for code in c.countries})
    picked = generator(1).integers(0, len(codes), size=(REPEATS, len(codes)))
    times = np.stack([np.bincount(row, minlength=len(codes)) for row in picked]).astype(np.float64)
    times = np.concatenate([np.ones((1, len(codes))), times])
    index = {code: i for i, code in enumerate(codes)}
    return [times[:, [index[code] for code in c.countries]] for c in cases]


def _pooled(
    cases: list[EditionCase], target: str, scores: list[tuple[Array, Array]], changes: Array
) -> EditionSkill:
    """Pool scores of single allies."""
    weights = _weights(cases)
    model = sum(w @ a for w, (a, _) in zip(weights, scores, strict=True))
    naive = sum(w @ b for w, (_, b) in zip(weights, scores, strict=True))
    count = sum(len(a) for a, _ in scores)
    return _row(cases, target, count, np.stack([model, naive]) / count, changes)


def _count(cases: list[EditionCase]) -> EditionSkill:
    """Pool the scores of the count; resampled, an ally counts as often as it is drawn."""
    total = np.zeros((2, REPEATS + 1))
    for case, weights in zip(cases, _weights(cases), strict=True):
        came = weights @ at_guideline(case.came)
        for k, draws in enumerate((case.model, case.naive)):
            at: NDArray[np.float64] = (draws[:COUNT_DRAWS] >= GUIDELINE).astype(np.float64)
            total[k] += crps(at @ weights.T, came)
    changes = np.array([float(at_guideline(c.came).sum()) - at_guideline(c.last).sum() for c in cases])
    return _row(cases, "count", len(cases), total / len(cases), changes)


def _row(cases: list[EditionCase], target: str, count: int, total: Array, changes: Array) -> EditionSkill:
    """Return a row of scores, of which the first is the sample's own."""
    model, naive = total
    gains = 1.0 - model / naive
    low, high = np.quantile(gains[1:], [0.5 - LEVEL / 2, 0.5 + LEVEL / 2])
    down, up = np.quantile(changes, [0.1, 0.9])
    return EditionSkill(
        form=cases[0].form,
        target=target,
        ahead=cases[0].ahead,
        editions=len(cases),
        cases=count,
        score=float(model[0]),
        score_no_change=float(naive[0]),
        skill=skill(float(model[0]), float(naive[0])),
        low=float(low),
        high=float(high),
        change_low=float(down),
        change_high=float(up),
    )
