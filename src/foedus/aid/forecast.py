"""What donors may allocate in the months ahead: sums with intervals, beside the last 12 months drawn again.

Which of the two stands is decided by the skill that was measured for just this donor, kind and number of
months. Both are always in the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.aid.backtest import CHOSEN_ON_THESE, FINAL_STATE, hazard_sums
from foedus.aid.forecast_words import (
    KIND_WORDS,
    STAND_WORDS,
    amount_words,
    months_words,
    skill_words,
    target_name,
    written_span,
)
from foedus.aid.hurdle import AHEAD, DRAWS, MonthlyAllocations, hurdle_months, repeated_months, sums
from foedus.aid.record import Kind, Month
from foedus.aid.skill import ForecastScore, Stands, skill_of
from foedus.engine.arrays import Array
from foedus.errors import InputError, NoDataError
from foedus.results import Answer, Result

if TYPE_CHECKING:
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = [
    "AidForecast",
    "SumForecast",
    "SumSpread",
    "aid_forecast",
    "check_ahead",
    "forecast_allocations",
]

LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9)
"""The quantiles of a forecast: the ends of the middle 80 and 50 %, and the median."""

ALLOCATED = "Allocated is what donors set aside for a purpose; it says nothing of what has arrived."
"""What stands beside every forecast."""


@dataclass(frozen=True)
class SumSpread:
    """A forecast of one sum, euros: the ends of the middle 80 and 50 %, and the median."""

    p10: float
    p25: float
    p50: float
    p75: float
    p90: float

    @classmethod
    def of(cls, draws: Array) -> SumSpread:
        """Return the spread of some draws."""
        return cls(*np.quantile(draws, LEVELS).tolist())


@dataclass(frozen=True)
class SumForecast:
    """The forecast of what is allocated over some months ahead.

    Attributes
    ----------
    ahead : int
        How many months.
    first, last : Month
        The first and the last of them.
    stands : {"hurdle", "repeated", "hazard"}
        Which forecast stands: the hurdle where its skill is above zero, else the last 12 months drawn again;
        a hazard on open commitments only where it has surely been better than the hurdle.
    hurdle, repeated : SumSpread
        Both.
    before : float
        What was allocated in as many months just before, euros.
    score : ForecastScore or None
        How the one that stands, or else the hurdle, has done so far ahead; None where nothing is scored.
    hazard : SumSpread or None
        The forecast of the hazard, where it stands.
    """

    ahead: int
    first: Month
    last: Month
    stands: Stands
    hurdle: SumSpread
    repeated: SumSpread
    before: float
    score: ForecastScore | None
    hazard: SumSpread | None = None

    @property
    def standing(self) -> SumSpread:
        """The forecast that stands."""
        if self.hazard is not None:
            return self.hazard
        return self.hurdle if self.stands == "hurdle" else self.repeated


@dataclass(frozen=True)
class AidForecast(Result):
    """What may be allocated in the months ahead.

    Attributes
    ----------
    target, name, kind : str
        Of whom (code or region), its name, and of what.
    source : str
        How the release is cited.
    published : datetime.date
        The day of the release.
    series : MonthlyAllocations
        The months on record.
    parts : mapping of str to tuple of float
        The same months in parts that add up to them, by label, for the chart.
    rows : tuple of SumForecast
        Sums over the next 1, 3 and 6 months, as many as were asked for.
    month_hurdle, month_repeated : SumSpread
        One month: all months ahead are alike.
    draws, seed : int
        Of the forecast.
    notes : tuple of str
        What the reader must know.
    """

    target: str
    name: str
    kind: str
    source: str
    published: date
    series: MonthlyAllocations
    parts: Mapping[str, tuple[float, ...]]
    rows: tuple[SumForecast, ...]
    month_hurdle: SumSpread
    month_repeated: SumSpread
    draws: int
    seed: int
    notes: tuple[str, ...]

    @property
    def longest(self) -> SumForecast:
        """The sum over the most months."""
        return self.rows[-1]

    @property
    def month_standing(self) -> SumSpread:
        """One month by the forecast that stands."""
        return self.rows[0].standing

    @property
    def month_stands(self) -> Stands:
        """Which forecast of one month stands."""
        return self.rows[0].stands

    def headline(self) -> str:
        """Return the forecast of the longest sum with both intervals, and its skill."""
        return " ".join((self.answer().sentence(), *self.answer().beside[:2]))

    def answer(self) -> Answer:
        """Return the longest sum as one number, and what must be said beside it."""
        row = self.longest
        low, middle, high = written_span(row.standing)
        months = months_words(row.first, row.last)
        repeats = row.stands != "repeated"
        other = written_span(row.repeated if repeats else row.hurdle)
        simple = "If the last 12 months repeat" if repeats else "By the hurdle, not shown to do better"
        return Answer(
            number=f"EUR {middle} bn",
            unit=f"({low} to {high})",
            claim=f"is what {_whose(self)} may allocate in {months}, {KIND_WORDS[self.kind]}"
            f"{'' if row.stands == 'hurdle' else f', by {STAND_WORDS[row.stands]}'}.",
            beside=(
                f"{simple}: {other[1]} ({other[0]} to {other[2]}); "
                f"the {_count(row.ahead)} before: {amount_words(row.before)}.",
                skill_words(row),
                *self.notes,
            ),
            title=f"Aid in the months ahead: {self.name}, {KIND_WORDS[self.kind]}",
        )

    def tables(self) -> tuple[Table, ...]:
        """Return the sums, one month, and the skill."""
        from foedus.aid import forecast_tables

        return forecast_tables.forecast_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        return super().payload() | {"headline": self.headline(), "answer": self.answer().payload()}

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the functions that draw it, by kind."""
        from foedus.aid import forecast_charts

        return {"months": forecast_charts.months_chart}


def _whose(forecast: AidForecast) -> str:
    """Return the name within a sentence."""
    return "all donors together" if forecast.target == "all_donors" else forecast.name


def _count(ahead: int) -> str:
    """Write how many months."""
    return "month" if ahead == 1 else f"{ahead} months"


def check_ahead(ahead: int) -> None:
    """Refuse a number of months for which nothing is scored."""
    if ahead not in AHEAD:
        raise InputError(
            f"sums over {ahead} months are not forecast: no skill is measured there",
            where="--forecast",
            do=f"use {', '.join(str(count) for count in AHEAD)}",
        )


def forecast_allocations(
    series: MonthlyAllocations,
    *,
    ahead: int = 6,
    source: str,
    published: date,
    parts: Mapping[str, Sequence[float]] | None = None,
    notes: Sequence[str] = (),
    draws: int = DRAWS,
    seed: int = 1,
) -> AidForecast:
    """Forecast the sums of the months ahead.

    Parameters
    ----------
    series : MonthlyAllocations
        The months on record.
    ahead : {6, 3, 1}
        Over how many months at the most.
    source : str
        How the release is cited.
    published : datetime.date
        The day of the release.
    parts : mapping of str to sequence of float, optional
        Parts of the months, for the chart.
    notes : sequence of str
        What the data leave out.
    draws, seed : int
        Of the forecast; the same seed gives the same numbers.

    Returns
    -------
    AidForecast
        With sums over 1, 3 and 6 months as far as was asked.

    Raises
    ------
    InputError
        When another number of months is asked for: no skill is measured there.
    NoDataError
        When no month is on record.
    """
    check_ahead(ahead)
    if not series.values:
        raise NoDataError(f"no month of {series.name} is on record", do="name another donor")
    counts = [count for count in AHEAD if count <= ahead]
    name = f"{series.name} {series.kind}"
    both = [
        draw(series.values, max(counts), name=name, draws=draws, seed=seed)
        for draw in (hurdle_months, repeated_months)
    ]
    hurdle, repeated = (sums(months, counts) for months in both)
    rows = _rows(series, counts, hurdle, repeated)
    return AidForecast(
        target=series.name,
        name=target_name(series.name),
        kind=series.kind,
        source=source,
        published=published,
        series=series,
        parts={label: tuple(values) for label, values in (parts or {}).items()},
        rows=rows,
        month_hurdle=rows[0].hurdle,
        month_repeated=rows[0].repeated,
        draws=draws,
        seed=seed,
        notes=(FINAL_STATE, CHOSEN_ON_THESE, ALLOCATED, *notes),
    )


def _rows(
    series: MonthlyAllocations,
    counts: Sequence[int],
    hurdle: Mapping[int, Array],
    repeated: Mapping[int, Array],
) -> tuple[SumForecast, ...]:
    """Return the sums, each with the forecast that stands by the skill measured so far ahead."""
    standing = skill_of(series)
    unscored: tuple[Stands, None] = ("repeated", None)
    rows = []
    for count in counts:
        stands, score = standing.get(count, unscored)
        rows.append(
            SumForecast(
                ahead=count,
                first=series.last.plus(1),
                last=series.last.plus(count),
                stands=stands,
                hurdle=SumSpread.of(hurdle[count]),
                repeated=SumSpread.of(repeated[count]),
                before=sum(series.values[-count:]),
                score=score,
                hazard=SumSpread.of(hazard_sums(series, count)) if stands == "hazard" else None,
            )
        )
    return tuple(rows)


def aid_forecast(
    donor: str | None = None,
    *,
    kind: Kind = "all",
    ahead: int = 6,
    as_of: date | None = None,
    edition: str | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> AidForecast:
    """Forecast what a donor, a region or all donors allocate in the months after the release.

    Parameters
    ----------
    donor : str, optional
        A donor, a region or a group of regions by name or code; without it, all donors together.
    kind : {"all", "military", "financial", "humanitarian", "other"}
        What is given.
    ahead : {6, 3, 1}
        Over how many months at the most.
    as_of : datetime.date, optional
        Answer from the release that had been published by this day.
    edition : str, optional
        The release that shall answer.
    draws, seed : int
        Of the forecast; the same seed gives the same numbers.

    Returns
    -------
    AidForecast
        Sums with intervals, the last 12 months drawn again beside, and which of the two stands.

    Raises
    ------
    InputError
        When another number of months is asked for.
    NoDataError
        When no release is held as of the day, or a donor is asked for and none is held by month.
    UnknownNameError
        When no donor has that name.
    """
    from foedus.aid.series import forecast_parts, missing_note, series_of, target_code
    from foedus.aid.tracker import tracker

    check_ahead(ahead)
    held = tracker(as_of, edition=edition)
    target = target_code(donor)
    return forecast_allocations(
        series_of(held, target, kind),
        ahead=ahead,
        source=held.release.cited,
        published=held.release.published,
        parts=forecast_parts(held, target, kind),
        notes=missing_note(held),
        draws=draws,
        seed=seed,
    )
