"""How much better forecasts of a round's length are than simple baselines, with the interval of the gain.

The forecasts are those of :mod:`foedus.accession.backtest`. Ten rounds give wide intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from foedus.accession.backtest import HeldOut, LeaveOneOut
from foedus.accession.parameters import FOLDER
from foedus.engine.draws import stream

__all__ = ["RoundSkill", "accession_skill", "packaged_skill"]

RESAMPLES = 4000
"""How often the rounds are drawn anew for the interval of a gain."""


@dataclass(frozen=True)
class RoundSkill:
    """Skill of the forecasts of a length beside a baseline, over some rounds.

    Attributes
    ----------
    over : str
        Which rounds.
    baseline : str
        Which baseline.
    rounds : int
        How many.
    crps, crps_baseline : float
        Means, days.
    difference, low, high : float
        Mean of baseline less forecast, and the middle 90 % of it when rounds are drawn anew; above zero is
        better than the baseline.
    """

    over: str
    baseline: str
    rounds: int
    crps: float
    crps_baseline: float
    difference: float
    low: float
    high: float


def _skill(over: str, baseline: str, own: Sequence[float], other: Sequence[float]) -> RoundSkill:
    """Compare scores round by round, with the interval of drawing rounds anew."""
    gain = np.asarray(other) - np.asarray(own)
    again = stream(1, f"accession skill {over} {baseline}", 0).integers(0, gain.size, (RESAMPLES, gain.size))
    low, high = np.quantile(gain[again].mean(axis=1), [0.05, 0.95])
    return RoundSkill(
        over,
        baseline,
        gain.size,
        float(np.mean(own)),
        float(np.mean(other)),
        float(gain.mean()),
        float(low),
        float(high),
    )


def accession_skill(held: Sequence[HeldOut], left: Sequence[LeaveOneOut]) -> tuple[RoundSkill, ...]:
    """Compare the forecasts of a round's length with the baselines.

    Parameters
    ----------
    held : sequence of HeldOut
        Forecasts of held-out rounds.
    left : sequence of LeaveOneOut
        Forecasts of each round from the others, at the signature.

    Returns
    -------
    tuple of RoundSkill
        One per day of the held-out forecasts and baseline, and one per baseline of leave-one-out.
    """
    rows = []
    for day in sorted({h.day for h in held}):
        on_day = [h for h in held if h.day == day]
        own, over = [h.crps for h in on_day], f"held out at day {day}"
        rows.append(_skill(over, "kaplan_meier", own, [h.crps_kaplan_meier for h in on_day]))
        rows.append(_skill(over, "last_round", own, [h.crps_last_round for h in on_day]))
    own = [r.crps for r in left]
    rows.append(_skill("leave one out", "kaplan_meier", own, [r.crps_kaplan_meier for r in left]))
    rows.append(_skill("leave one out", "last_round", own, [r.crps_last_round for r in left]))
    rows.append(_skill("leave one out", "lengths", own, [r.crps_lengths for r in left]))
    return tuple(rows)


@cache
def packaged_skill() -> tuple[RoundSkill, ...]:
    """Return the packaged result of :func:`accession_skill`, which ``benchmarks/accession_fit.py`` writes."""
    return tuple(
        RoundSkill(
            row["over"],
            row["baseline"],
            int(row["rounds"]),
            *(float(row[n]) for n in ("crps", "crps_baseline", "difference", "low", "high")),
        )
        for row in FOLDER.rows("ratification_skill")
    )
