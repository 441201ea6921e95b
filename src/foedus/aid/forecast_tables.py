"""Tables of forecasts of allocations and of their scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.aid.forecast_words import months_words
from foedus.tables import Column, Kind, Table

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast, SumForecast, SumSpread
    from foedus.aid.hindcast import AidHindcast
    from foedus.aid.skill import ForecastScore, Stands

__all__ = ["METHOD_WORDS", "forecast_tables", "hindcast_tables"]

METHOD_WORDS: Mapping[str, str] = {
    "hurdle": "hurdle",
    "repeated": "last 12 months drawn again",
    "mean_12": "mean of 12 months",
    "months_before": "as many months before",
    "mean_3": "mean of 3 months",
    "tsb": "Croston/TSB",
    "hazard": "hazard on open commitments",
    "hazard_point": "the same, one number",
}
"""The forecasts, in words."""

_STANDS = {"hurdle": "hurdle", "repeated": "12 months again", "hazard": "hazard"}


def _spread(name: str, spread: SumSpread) -> dict[str, float]:
    """Return the numbers of a spread as keys of a row."""
    return {f"{name}_{key}": value for key, value in asdict(spread).items()}


def _kind(forecast: AidForecast) -> Kind:
    """Return how amounts are written: to hundredths of a billion where all are small."""
    most = max(max(row.hurdle.p90, row.repeated.p90) for row in forecast.rows)
    return "billions" if most >= 1e10 else "billions_2"


def _sum_row(row: SumForecast) -> dict[str, Any]:
    """Return one sum as a row."""
    score = row.score
    return {
        "ahead": row.ahead,
        "months": months_words(row.first, row.last),
        "stands": _STANDS[row.stands],
        "before": row.before,
        "skill": score.over_repeated if score else None,
        "skill_low": score.over_repeated_low if score else None,
        "skill_high": score.over_repeated_high if score else None,
        "covered": score.covered if score else None,
        **_spread("hurdle", row.hurdle),
        **_spread("repeated", row.repeated),
        **_spread("standing", row.standing),
        **(_spread("hazard", row.hazard) if row.hazard is not None else {}),
    }


def _span_columns(name: str, heading: str, kind: Kind) -> tuple[Column, Column]:
    """Return the columns of a forecast: median with the middle 80 %, and the middle 50 %."""
    ends = {level: (f"{name}_p{level}", f"{name}_p{100 - level}") for level in (10, 25)}
    return (
        Column(f"{name}_p50", heading, kind, ends[10], to=" to ", whole_span=True),
        Column(f"{name}_p50", "middle 50 %", kind, ends[25], to=" to ", whole_span=True),
    )


def forecast_tables(forecast: AidForecast) -> tuple[Table, ...]:
    """Return the sums ahead, one month, and what a sum was before."""
    kind = _kind(forecast)
    ends = ("hazard_p10", "hazard_p90")
    stands = any(row.hazard is not None for row in forecast.rows)
    hazard = [Column("hazard_p50", "hazard", kind, ends, to=" to ")] if stands else []
    skill = Column(
        "skill", "skill", "signed_per_cent_0", ("skill_low", "skill_high"), to=" to ", whole_span=True
    )
    hurdle, hurdle_half = _span_columns("hurdle", "hurdle", kind)
    repeated, repeated_half = _span_columns("repeated", "12 months again", kind)
    columns = (
        Column("ahead", "months", "count"),
        Column("months", "", "name"),
        hurdle,
        hurdle_half,
        repeated,
        *hazard,
        Column("before", "as many before", kind),
        skill,
        Column("stands", "stands"),
    )
    rows = tuple(_sum_row(row) for row in forecast.rows)
    sums = Table(
        "sums",
        f"Sums of the months ahead, EUR bn, {forecast.name}; in brackets the middle 80 %",
        columns,
        rows,
        more=("covered",),
    )
    month = {
        **_spread("hurdle", forecast.month_hurdle),
        **_spread("repeated", forecast.month_repeated),
        "month": "each month ahead",
    }
    return sums, Table(
        "month",
        "One month, EUR bn: months ahead are alike",
        (Column("month", "", "name"), hurdle, hurdle_half, repeated, repeated_half),
        (month,),
        folded=True,
    )


def _skill_column(name: str, heading: str) -> Column:
    """Return the column of a skill with its interval."""
    return Column(
        name, heading, "signed_per_cent_0", (f"{name}_low", f"{name}_high"), to=" to ", whole_span=True
    )


def _score_row(score: ForecastScore, names: Mapping[str, str], stands: Stands) -> dict[str, Any]:
    """Return one score as a row."""
    sure = "" if score.is_sure else "not sure"
    return {
        **asdict(score),
        "name": names[score.target],
        "method": METHOD_WORDS[score.forecast],
        "stands": _STANDS[stands],
        "sure": sure if stands == "hurdle" else f"{_STANDS[stands]} stands",
    }


_SCORES = (
    Column("name", "", "name"),
    Column("kind", "kind"),
    Column("ahead", "months", "count"),
    Column("origins", "origins", "count"),
)


def hindcast_tables(hindcast: AidHindcast) -> tuple[Table, ...]:
    """Return the scores of the hurdle, of donors, of simple forecasts, and the errors of one month."""
    names, stands = hindcast.names, hindcast.standing
    rows = [_score_row(s, names, stands[s.target, s.kind, s.ahead]) for s in hindcast.scores]
    groups = [row for row in rows if row["target"] in hindcast.groups]
    hurdle = tuple(row for row in groups if row["forecast"] == "hurdle")
    donors = tuple(
        row for row in rows if row["target"] not in hindcast.groups and row["forecast"] == "hurdle"
    )
    simple = tuple(row for row in groups if row["forecast"] not in {"hurdle", "mean_12"})
    columns = (
        *_SCORES,
        Column("crps", "CRPS, EUR bn", "billions"),
        _skill_column("over_repeated", "over 12 months again"),
        _skill_column("over_mean", "over 12-month mean"),
        Column("covered", "80 % held", "per_cent_0"),
        Column("sure", ""),
    )
    others = (
        *_SCORES,
        Column("method", "forecast", "name"),
        _skill_column("over_mean", "over 12-month mean"),
        Column("covered", "80 % held", "per_cent_0"),
    )
    return (
        Table("hurdle", f"Skill of the hurdle, {hindcast.source}. {hindcast.final_state}", columns, hurdle),
        Table("donors", "Skill of the hurdle by donor", columns, donors, folded=True),
        Table("simple", "Other simple forecasts, beside the mean of 12 months", others, simple, folded=True),
        _month_errors(hindcast.month_errors),
    )


def _month_errors(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Return the mean absolute errors of one month of all donors."""
    columns = (
        Column("kind", "kind"),
        Column("origins", "origins", "count"),
        Column("mean", "mean of 12 months", "billions_2"),
        Column("change", "no change", "billions_2"),
    )
    return Table(
        "month_errors",
        "Mean absolute error of one month, all donors, EUR bn, January 2022 in",
        columns,
        tuple(rows),
    )
