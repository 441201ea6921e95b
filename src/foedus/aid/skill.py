"""How well allocations have been forecast, and which forecast stands.

``evidence/records/aid_forecast_scores`` holds the scores on the packaged release, which
``benchmarks/aid_scores.py`` computes from the institute's own files. A row says by a checksum of which months
it is: for other months, of a release that was imported, the scores are computed anew. Where the hurdle's
skill over the last 12 months drawn again is not above zero, or none has been measured, the latter stand in
its place. A hazard on open commitments is a description, but where it has surely been better than the hurdle:
there it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from foedus.aid.backtest import FIRST_MONTH, FIRST_ORIGIN, METHODS, ForecastCases, score_series
from foedus.aid.hurdle import AHEAD, MonthlyAllocations
from foedus.aid.scores import block_skill
from foedus.evidence.records import record_rows

__all__ = [
    "ACTIVE_MONTHS",
    "CARD_ID",
    "DONORS",
    "SCORES",
    "ForecastScore",
    "Stands",
    "basis_of",
    "packaged_scores",
    "pooled_scores",
    "scores_of",
    "skill_of",
    "which_stands",
]

SCORES = "aid_forecast_scores"
CARD_ID = "aid-forecast-scores-29"
"""The folder and the source card of the packaged scores."""

ACTIVE_MONTHS = 12
"""In so many months a donor must have allocated anything to be scored."""

DONORS = "donors"
"""The name of all donors that are scored, taken together."""

Stands = Literal["hurdle", "repeated", "hazard"]
"""Which forecast stands: the hurdle, the last 12 months drawn again, or a hazard on open commitments."""


@dataclass(frozen=True)
class ForecastScore:
    """How well one forecast has done for one series so many months ahead.

    Attributes
    ----------
    target, kind : str
        Of whom and of what, as in :class:`~foedus.aid.hurdle.MonthlyAllocations`; "donors" is all of them.
    ahead : int
        Over how many months a sum was forecast.
    forecast : str
        One of :data:`foedus.aid.backtest.METHODS`.
    origins, cases : int
        From how many months, and how many forecasts.
    crps : float
        Mean score, euros; less is better.
    over_repeated, over_repeated_low, over_repeated_high : float
        Skill over the last 12 months drawn again, and the middle 80 % of it by block bootstrap.
    over_mean, over_mean_low, over_mean_high : float
        The same over the mean of the last 12 months with its own past errors.
    over_hurdle, over_hurdle_low, over_hurdle_high : float
        The same over the hurdle.
    covered : float
        How often the middle 80 % held what came.
    basis : str
        Checksum of the months.
    """

    target: str
    kind: str
    ahead: int
    forecast: str
    origins: int
    cases: int
    crps: float
    over_repeated: float
    over_repeated_low: float
    over_repeated_high: float
    over_mean: float
    over_mean_low: float
    over_mean_high: float
    over_hurdle: float
    over_hurdle_low: float
    over_hurdle_high: float
    covered: float
    basis: str

    @property
    def is_sure(self) -> bool:
        """Whether the interval of the skill lies above zero."""
        return self.over_repeated_low > 0.0


def basis_of(series: MonthlyAllocations) -> str:
    """Return a checksum of the months that scores rest on."""
    scored = series.since(FIRST_MONTH)
    text = f"{scored.first} {[round(value) for value in scored.values]}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def scores_of(series: MonthlyAllocations, *, seed: int = 1) -> tuple[ForecastScore, ...]:
    """Score every forecast of one series.

    Parameters
    ----------
    series : MonthlyAllocations
        All its months; those from February 2022 on are used.
    seed : int, default 1
        Of the forecasts' draws.

    Returns
    -------
    tuple of ForecastScore
        Empty where too few months are known, or in fewer than :data:`ACTIVE_MONTHS` anything was allocated.
    """
    return tuple(
        row
        for cases in _cases(series, seed)
        for row in _rows(series.name, series.kind, [cases], basis_of(series))
    )


def _cases(series: MonthlyAllocations, seed: int) -> tuple[ForecastCases, ...]:
    """Return the cases of a series; none where it cannot be scored."""
    scored = series.since(FIRST_MONTH)
    ahead = [count for count in AHEAD if len(scored.values) >= FIRST_ORIGIN + count]
    if scored.active < ACTIVE_MONTHS or not ahead:
        return ()
    return score_series(scored, ahead=ahead, seed=seed)


def pooled_scores(donors: Sequence[MonthlyAllocations], *, seed: int = 1) -> tuple[ForecastScore, ...]:
    """Score every forecast of every donor, and of all donors that can be scored taken together.

    Parameters
    ----------
    donors : sequence of MonthlyAllocations
        One for each donor, of one kind and over the same months.
    seed : int, default 1
        Of the forecasts' draws.

    Returns
    -------
    tuple of ForecastScore
        Those of all first; euros are added up, so that great donors weigh more.
    """
    by_donor = [(series, cases) for series in donors if (cases := _cases(series, seed))]
    if not by_donor:
        return ()
    kind = by_donor[0][0].kind
    basis = hashlib.sha256("".join(basis_of(series) for series, _ in by_donor).encode()).hexdigest()[:16]
    together = zip(*(cases for _, cases in by_donor), strict=True)
    rows = [row for cases in together for row in _rows(DONORS, kind, cases, basis)]
    for series, each in by_donor:
        rows += [row for cases in each for row in _rows(series.name, kind, [cases], basis_of(series))]
    return tuple(rows)


def _rows(target: str, kind: str, cases: Sequence[ForecastCases], basis: str) -> list[ForecastScore]:
    """Return the scores of one horizon, of one series or of several over the same origins."""
    ahead = cases[0].ahead
    methods = [method for method in METHODS if all(method in each.crps for each in cases)]
    crps = {method: np.sum([each.crps[method] for each in cases], axis=0) for method in methods}
    rows = []
    for method in methods:
        repeated = block_skill(crps[method], crps["repeated"], ahead)
        mean = block_skill(crps[method], crps["mean_12"], ahead)
        hurdle = block_skill(crps[method], crps["hurdle"], ahead)
        covered = float(np.mean([each.covered[method].mean() for each in cases]))
        origins = crps[method].size
        count = origins * len(cases)
        average = float(crps[method].sum()) / count
        rows.append(
            ForecastScore(
                *(target, kind, ahead, method, origins, count, average),
                *(*repeated, *mean, *hurdle),
                covered,
                basis,
            )
        )
    return rows


@cache
def packaged_scores() -> tuple[ForecastScore, ...]:
    """Read the packaged scores."""
    return tuple(
        ForecastScore(
            target=row["target"],
            kind=row["kind"],
            ahead=int(row["ahead"]),
            forecast=row["forecast"],
            origins=int(row["origins"]),
            cases=int(row["cases"]),
            basis=row["basis"],
            **{name: float(row[name]) for name in _NUMBERS},
        )
        for row in record_rows(SCORES, "scores")
    )


_NUMBERS = (
    "crps",
    *("over_repeated", "over_repeated_low", "over_repeated_high"),
    *("over_mean", "over_mean_low", "over_mean_high"),
    *("over_hurdle", "over_hurdle_low", "over_hurdle_high"),
    "covered",
)
"""The scores that are numbers with a fraction."""


def which_stands(hurdle: ForecastScore, hazard: ForecastScore | None) -> Stands:
    """Return which forecast stands by the scores of one horizon.

    Parameters
    ----------
    hurdle : ForecastScore
        The hurdle's.
    hazard : ForecastScore or None
        That of the hazard on open commitments; None where they are not known by month.

    Returns
    -------
    {"hurdle", "repeated", "hazard"}
        The hazard only where its skill over the hurdle lies above zero with all of its interval.
    """
    if hazard is not None and hazard.over_hurdle_low > 0.0 and hazard.over_repeated > 0.0:
        return "hazard"
    return "hurdle" if hurdle.over_repeated > 0.0 else "repeated"


def skill_of(series: MonthlyAllocations) -> dict[int, tuple[Stands, ForecastScore]]:
    """Return which forecast stands by months ahead, with its score, or the hurdle's where none has skill.

    Parameters
    ----------
    series : MonthlyAllocations
        All its months.

    Returns
    -------
    dict of int to (str, ForecastScore)
        As packaged where the scores are of these months, else computed now; without an entry where nothing
        can be scored. A hazard stands only where open commitments are known by month.
    """
    key = (series.name, series.kind, basis_of(series))
    packaged = [row for row in packaged_scores() if (row.target, row.kind, row.basis) == key]
    rows = {(row.ahead, row.forecast): row for row in packaged or scores_of(series)}
    standing = {}
    for ahead in AHEAD:
        hurdle = rows.get((ahead, "hurdle"))
        if hurdle is None:
            continue
        hazard = rows.get((ahead, "hazard")) if series.open else None
        stands = which_stands(hurdle, hazard)
        standing[ahead] = (stands, hazard if stands == "hazard" and hazard else hurdle)
    return standing
