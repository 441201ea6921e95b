"""The hindcast of aid as an answer: how good forecasts of allocations were, beside simple ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from foedus.aid.backtest import CHOSEN_ON_THESE, FINAL_STATE, HAZARD_POINT, monthly_errors
from foedus.aid.donors import GROUPS, REGIONS
from foedus.aid.forecast_words import target_name
from foedus.aid.hurdle import REPEATED, MonthlyAllocations
from foedus.aid.record import Kind
from foedus.aid.skill import (
    DONORS,
    ForecastScore,
    Stands,
    packaged_scores,
    pooled_scores,
    scores_of,
    which_stands,
)
from foedus.results import Answer, Result
from foedus.units import points

if TYPE_CHECKING:
    from foedus.aid.tracker import Tracker
    from foedus.tables import Table

__all__ = ["SCORED_KINDS", "AidHindcast", "aid_hindcast", "hindcast_allocations", "hindcast_of", "score_all"]

SCORED_KINDS: tuple[Kind, ...] = ("military", "all", "other")
"""The kinds of aid that are scored."""

GROUPED = (*GROUPS, *REGIONS, DONORS)
"""The targets that are no single donor."""

NOTES = (
    FINAL_STATE,
    CHOSEN_ON_THESE,
    "Months from February 2022 on; every forecast knows the months before its origin and nothing later.",
    "Skill: one less the ratio of mean CRPS; in brackets its middle 80 % by block bootstrap over origins.",
    "Where the skill over the last 12 months drawn again is not above zero, those stand in its place.",
    "A hazard on open commitments stands only where all of its interval over the hurdle is above zero.",
    "Means, Croston/TSB and the hazard carry the errors that they themselves had made by the origin.",
    "Donors are those with 12 or more months with an allocation, which is known only afterwards.",
)
"""What the reader must know."""


@dataclass(frozen=True)
class AidHindcast(Result):
    """Scores of forecasts of allocations from the past.

    Attributes
    ----------
    source : str
        The release that they are computed on.
    scores : tuple of ForecastScore
        By target, kind, months ahead and forecast.
    month_errors : tuple of mapping
        Mean absolute errors of one month of all donors, euros, by the mean of 12 months and by no change.
    computed : bool
        Whether they were computed now; else they are as packaged.
    notes : tuple of str
        What the reader must know.
    """

    ROWS: ClassVar[str] = "scores"

    source: str
    scores: tuple[ForecastScore, ...]
    month_errors: tuple[Mapping[str, Any], ...]
    computed: bool
    notes: tuple[str, ...] = NOTES

    @property
    def final_state(self) -> str:
        """What stands beside the table."""
        return FINAL_STATE

    @property
    def groups(self) -> tuple[str, ...]:
        """The targets that are no single donor."""
        return GROUPED

    @property
    def names(self) -> Mapping[str, str]:
        """The name of each target."""
        return {target: target_name(target) for target in {score.target for score in self.scores}}

    @property
    def standing(self) -> Mapping[tuple[str, str, int], Stands]:
        """Which forecast stands, by target, kind and months ahead."""
        hazards = {(s.target, s.kind, s.ahead): s for s in self.scores if s.forecast == "hazard"}
        hurdles = {(s.target, s.kind, s.ahead): s for s in self.scores if s.forecast == "hurdle"}
        return {key: which_stands(score, hazards.get(key)) for key, score in hurdles.items()}

    def score(self, target: str, kind: str, ahead: int, forecast: str = "hurdle") -> ForecastScore | None:
        """Return one score; None where it was not computed."""
        key = (target, kind, ahead, forecast)
        rows = (r for r in self.scores if (r.target, r.kind, r.ahead, r.forecast) == key)
        return next(rows, None)

    def headline(self) -> str:
        """Return the skill of the forecast of all donors' military aid."""
        return f"{self.answer().sentence()} {FINAL_STATE}"

    def answer(self) -> Answer:
        """Return the skill six months ahead, with those one and three months ahead beside it."""
        rows = [row for ahead in (6, 3, 1) if (row := self.score("all_donors", "military", ahead))]
        if not rows:
            return Answer("", "", "Too few months are known to score a forecast.", title="Aid: how sure")
        first, *others = rows
        more = ", ".join(
            f"{points(row.over_repeated, 0)} % over {row.ahead} month{'s' if row.ahead > 1 else ''}"
            for row in others
        )
        span = f"{points(first.over_repeated_low, 0)} to {points(first.over_repeated_high, 0)}"
        return Answer(
            number=f"{points(first.over_repeated, 0)} %",
            unit=f"({span})",
            claim=f"is the skill of forecasts of all donors' military aid over {first.ahead} months, beside "
            f"the last 12 months drawn again{f' ({more})' if more else ''}.",
            beside=self.notes,
            title="How good forecasts of aid were",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the scores of the hurdle, of donors, of simple forecasts, and errors of one month."""
        from foedus.aid.forecast_tables import hindcast_tables

        return hindcast_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the scores for programs."""
        return super().payload() | {
            "headline": self.headline(),
            "scores": [asdict(score) for score in self.scores],
        }


Progress = Callable[[int, int], None]


def score_all(
    groups: Sequence[MonthlyAllocations],
    donors: Sequence[Sequence[MonthlyAllocations]] = (),
    progress: Progress | None = None,
) -> tuple[ForecastScore, ...]:
    """Score the forecasts of groups of donors, and of donors one by one.

    Parameters
    ----------
    groups : sequence of MonthlyAllocations
        Regions, their groups and all donors.
    donors : sequence of sequence of MonthlyAllocations
        For each kind one series a donor.
    progress : callable, optional
        Called with how many parts are done, and of how many.

    Returns
    -------
    tuple of ForecastScore
        Of donors those of hurdle and hazard; of groups and of all donors taken together all.
    """
    steps = len(groups) + len(donors)
    rows: list[ForecastScore] = []
    for done, series in enumerate(groups, start=1):
        rows += scores_of(series)
        if progress:
            progress(done, steps)
    for done, of_kind in enumerate(donors, start=len(groups) + 1):
        pooled = pooled_scores(of_kind)
        rows += [row for row in pooled if row.target == DONORS or row.forecast in {"hurdle", "hazard"}]
        if progress:
            progress(done, steps)
    return tuple(rows)


def hindcast_allocations(
    all_donors: Sequence[MonthlyAllocations], source: str, computed: Sequence[ForecastScore] | None = None
) -> AidHindcast:
    """Return the hindcast: scores computed now, or else the packaged ones.

    Parameters
    ----------
    all_donors : sequence of MonthlyAllocations
        The sums of all donors, one for each kind.
    source : str
        How the release is cited.
    computed : sequence of ForecastScore, optional
        Scores computed now; without them, the packaged ones.

    Returns
    -------
    AidHindcast
        With the errors of one month.
    """
    errors = []
    for series in all_donors:
        if len(series.values) <= REPEATED:
            continue
        mean, change, origins = monthly_errors(series.values)
        errors.append({"kind": series.kind, "origins": origins, "mean": mean, "change": change})
    scores = tuple(computed) if computed is not None else packaged_scores()
    return AidHindcast(source, scores, tuple(errors), computed is not None)


def aid_hindcast(
    as_of: date | None = None, *, recompute: bool = False, progress: Progress | None = None
) -> AidHindcast:
    """Score forecasts of allocations from the past.

    Parameters
    ----------
    as_of : datetime.date, optional
        Use the release that had been published by this day.
    recompute : bool, default False
        Compute the scores of all donors anew also where no donors are held by month; those of donors and
        regions then stay as packaged.
    progress : callable, optional
        Called with how many parts are done, and of how many.

    Returns
    -------
    AidHindcast
        Computed on the files that the user imported, where they are held; else as packaged.

    Raises
    ------
    NoDataError
        When no release is held as of the day.
    """
    from foedus.aid.tracker import tracker

    return hindcast_of(tracker(as_of), recompute=recompute, progress=progress)


def hindcast_of(held: Tracker, *, recompute: bool = False, progress: Progress | None = None) -> AidHindcast:
    """Score forecasts on what the tracker holds; see :func:`aid_hindcast`."""
    from foedus.aid.series import all_donors, donors_of, series_of

    total = [all_donors(held, kind) for kind in SCORED_KINDS]
    if not held.imported:
        if not recompute:
            return hindcast_allocations(total, held.release.cited)
        again = score_all(total, progress=progress)
        others = [
            row
            for row in packaged_scores()
            if row.target != "all_donors" or row.forecast in {"hazard", HAZARD_POINT}
        ]
        return hindcast_allocations(total, held.release.cited, (*again, *others))
    regions = [name for name in (*GROUPS, *REGIONS) if name != "all_donors"]
    parts = [series_of(held, name, kind) for name in regions for kind in SCORED_KINDS]
    donors = [donors_of(held, kind) for kind in SCORED_KINDS]
    scores = score_all([*total, *parts], donors, progress)
    return hindcast_allocations(total, held.release.cited, scores)
