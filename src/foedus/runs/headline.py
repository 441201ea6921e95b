"""The headline of a run: what its sections report, as medians with intervals beside the naive forecast.

Every figure is computed draw by draw in double precision as the blocks come, and summed up as a median and an
interval of 80 %, each with the error that another seed would show. Beside each stands the naive forecast, and
which of the two may be shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np

from foedus.catalogue import catalogue
from foedus.engine.arrays import Array
from foedus.engine.precision import held, quantile_errors
from foedus.engine.section import QUANTILES, SkillRow
from foedus.engine.slabs import Columns
from foedus.engine.spread import DrawSpread
from foedus.results import Note, to_jsonable
from foedus.runs.by_class import DrawsOfClass, class_shares, class_spreads
from foedus.scenario.resolved import Resolved
from foedus.scenario.summary import HorizonSummary, ScenarioTerms

__all__ = ["Headline", "MeasureSummary", "headline", "quantiles_by_year", "spread_by_year"]

AT_ONCE = 1_000_000
"""The most values that are held to take quantiles."""

BOTH = "both"
"""The word where model and naive forecast stand side by side."""

OF_CLASSES = frozenset({"by_class", "shares_by_class"})
"""What of a headline is left out of its file where a scenario has no quantity by class."""

NAIVE = "no change"
"""The word where the naive forecast stands alone."""


@dataclass(frozen=True)
class MeasureSummary:
    """One measure of a run, by year.

    Attributes
    ----------
    label, unit : str
        As the catalogue has them.
    low, median, high : tuple of float
        Quantiles over the draws, in the unit, with all their digits; :meth:`interval` leaves those that are
        noise.
    naive : tuple of float
        The forecast of no change.
    skill : tuple of float or None
        The skill over the naive forecast that has been measured so far ahead; None where none is known.
    shown : tuple of str
        Which forecast may be shown: "model", "both" side by side, or "no change".
    cases : tuple of int
        How many past cases that rests on; empty in runs of before it was kept.
    naive_low, naive_high : tuple of float or None
        The range of what such naive figures have become; empty likewise.
    low_error, median_error, high_error : tuple of float
        Standard errors of the quantiles over seeds; empty likewise.
    """

    label: str
    unit: str
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    naive: tuple[float, ...]
    skill: tuple[float | None, ...]
    shown: tuple[str, ...]
    cases: tuple[int, ...] = ()
    naive_low: tuple[float | None, ...] = ()
    naive_high: tuple[float | None, ...] = ()
    low_error: tuple[float, ...] = ()
    median_error: tuple[float, ...] = ()
    high_error: tuple[float, ...] = ()

    def shows_model(self, index: int = -1) -> bool:
        """Whether the model's own figure may be shown for a year, by its index."""
        return self.shown[index] != NAIVE

    def is_beside_naive(self, index: int = -1) -> bool:
        """Whether the model's figure may only be shown beside the naive one: it is not surely better."""
        return self.shown[index] == BOTH

    def naive_range(self, index: int = -1) -> tuple[float, float] | None:
        """Return what naive figures so far ahead have become, where it is known."""
        if not self.naive_low:
            return None
        low, high = self.naive_low[index], self.naive_high[index]
        return None if low is None or high is None else (low, high)

    def interval(self, index: int = -1) -> tuple[float, float, float]:
        """Return low end, median and high end of a year, by its index, without the digits that are noise."""
        values = self.low[index], self.median[index], self.high[index]
        errors = [part[index] for part in (self.low_error, self.median_error, self.high_error) if part]
        low, median, high = values if self.unit == "count" else held(values, errors)
        return low, median, high


@dataclass(frozen=True)
class Headline:
    """What a run says.

    Attributes
    ----------
    scenario, title, question : str
        The scenario's name, its title and the question it asks.
    as_of : datetime.date
        The day whose knowledge it uses.
    draws : int
        How many draws.
    price_year : int
        The year whose prices and exchange rates all money is in.
    years : tuple of int
        The start year and every year to the horizon.
    interval : (float, float)
        The outer quantiles.
    terms : ScenarioTerms
        What the scenario sets, room by room.
    measures : mapping of str to MeasureSummary
        By catalogue name.
    horizon : HorizonSummary
        Where each ally ends, room by room.
    parameters_by_grade : mapping of str to int
        How many parameters that play a part have which grade.
    skill : str
        What skill is, and on what it was computed.
    skill_by_years_ahead : tuple of SkillRow
        The skill by target and years ahead.
    notes : tuple of Note
        What the scenario filled, chose or left out.
    by_class : mapping of str to mapping of str to DrawSpread
        Quantities by class, by name and class; empty where the scenario has none.
    shares_by_class : mapping of str to mapping of str to tuple of float
        In what share of draws a counted quantity was true of a class, by year after the start.
    """

    scenario: str
    title: str
    question: str
    as_of: date
    draws: int
    price_year: int
    years: tuple[int, ...]
    interval: tuple[float, float]
    terms: ScenarioTerms
    measures: Mapping[str, MeasureSummary]
    horizon: HorizonSummary
    parameters_by_grade: Mapping[str, int]
    skill: str
    skill_by_years_ahead: tuple[SkillRow, ...]
    notes: tuple[Note, ...]
    by_class: Mapping[str, Mapping[str, DrawSpread]] = field(default_factory=dict)
    shares_by_class: Mapping[str, Mapping[str, tuple[float, ...]]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return the headline as plain values, as ``headline.json`` holds them."""
        content: dict[str, Any] = {}
        for name, value in vars(self).items():
            if name in OF_CLASSES and not value:
                continue
            parts = isinstance(value, (ScenarioTerms, HorizonSummary))
            content |= value.to_json() if parts else {name: to_jsonable(value)}
        return content

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Headline:
        """Read what :meth:`to_json` gave.

        Parameters
        ----------
        content : mapping
            Plain values.

        Raises
        ------
        KeyError, TypeError, ValueError
            When something is missing or of another kind.
        """
        plain = ("scenario", "title", "question", "draws", "price_year", "parameters_by_grade", "skill")
        return cls(
            **{name: content[name] for name in plain},
            as_of=date.fromisoformat(content["as_of"]),
            years=tuple(content["years"]),
            interval=(content["interval"][0], content["interval"][1]),
            terms=ScenarioTerms.from_json(content),
            measures={name: _measure(entry) for name, entry in content["measures"].items()},
            horizon=HorizonSummary.from_json(content),
            skill_by_years_ahead=tuple(SkillRow(**row) for row in content["skill_by_years_ahead"]),
            notes=tuple(Note(**note) for note in content["notes"]),
            by_class={
                name: {of_class: DrawSpread.from_json(entry) for of_class, entry in spreads.items()}
                for name, spreads in content.get("by_class", {}).items()
            },
            shares_by_class={
                name: {of_class: tuple(values) for of_class, values in shares.items()}
                for name, shares in content.get("shares_by_class", {}).items()
            },
        )


def _measure(content: Mapping[str, Any]) -> MeasureSummary:
    """Read a measure from plain values."""
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in content.items()}
    return MeasureSummary(**values)


def quantiles_by_year(name: str, values: Array) -> tuple[tuple[float, ...], ...]:
    """Return the quantiles of one measure by year.

    Parameters
    ----------
    name : str
        The measure's catalogue name; of a count the quantiles are counts that occur, not values in between.
    values : ndarray, (year, draw)
        The measure in every draw.

    Returns
    -------
    tuple of tuple of float
        For each of :data:`QUANTILES` one value a year.
    """
    method: Any = "inverted_cdf" if catalogue()[name].unit == "count" else "linear"
    return tuple(tuple(row) for row in np.quantile(values, QUANTILES, axis=1, method=method).tolist())


def spread_by_year(name: str, values: Array) -> tuple[tuple[float, ...], ...]:
    """Return the quantiles of one measure by year, and their standard errors over seeds.

    Parameters
    ----------
    name : str
        The measure's catalogue name.
    values : ndarray, (year, draw)
        The measure in every draw.

    Returns
    -------
    tuple of tuple of float
        For each of :data:`QUANTILES` one value a year, then for each one standard error a year.
    """
    errors = quantile_errors(values.T, QUANTILES).tolist()
    return (*quantiles_by_year(name, values), *(tuple(row) for row in errors))


def _summary(
    name: str, measure: Callable[[str, int], Array], years: int, draws: int
) -> tuple[tuple[float, ...], ...]:
    """Return what :func:`spread_by_year` does, reading as many years at once as fit into memory."""
    most = max(1, AT_ONCE // draws)
    parts = [
        spread_by_year(name, np.stack([measure(name, i) for i in range(first, min(first + most, years))]))
        for first in range(0, years, most)
    ]
    return tuple(tuple(value for part in parts for value in part[k]) for k in range(2 * len(QUANTILES)))


def headline(
    resolved: Resolved,
    measure: Callable[[str, int], Array],
    last: Mapping[str, Columns],
    *,
    draws: int,
    counts: Mapping[str, Mapping[int, int]] | None = None,
    of_class: DrawsOfClass | None = None,
) -> Headline:
    """Return the headline of a run.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    measure : callable
        Gives a measure's values, of shape (draw,), by its name and the year's index from 0.
    last : mapping of str to callable
        For each shown quantity, what gives its last year of some countries, (draw, country).
    draws : int
        The number of draws.
    counts : mapping of str to mapping, optional
        For each counted quantity, in how many draws it was true, by year.
    of_class : callable, optional
        Gives a quantity of a class in every draw, (draw,), by its name and the indexes of year and class.

    Returns
    -------
    Headline
        Measures with intervals beside the naive forecast, and what the sections say besides.
    """
    naive = resolved.no_change()
    years = len(resolved.years)
    measures = {
        name: _measure_summary(resolved, name, naive[name], _summary(name, measure, years, draws))
        for name in resolved.measure_names()
    }
    return Headline(
        scenario=resolved.name,
        title=resolved.title,
        question=resolved.question,
        as_of=resolved.as_of,
        draws=draws,
        price_year=resolved.price_year,
        years=resolved.years,
        interval=(QUANTILES[0], QUANTILES[-1]),
        terms=ScenarioTerms.of(resolved, counts or {}, draws),
        measures=measures,
        horizon=HorizonSummary.of(resolved, last, draws),
        parameters_by_grade=_grades(resolved),
        skill=resolved.skill_note(),
        skill_by_years_ahead=resolved.skill_rows(),
        notes=resolved.notes,
        by_class={} if of_class is None else class_spreads(resolved, of_class),
        shares_by_class=class_shares(resolved, counts or {}, draws),
    )


def _measure_summary(
    resolved: Resolved, name: str, naive: Sequence[float], spread: tuple[tuple[float, ...], ...]
) -> MeasureSummary:
    """Return a measure's quantiles and their errors beside the naive forecast and the skill."""
    low, median, high, *errors = spread
    skill = resolved.skill(name)
    return MeasureSummary(
        label=catalogue()[name].label,
        unit=catalogue()[name].unit,
        low=low,
        median=median,
        high=high,
        naive=tuple(naive),
        skill=tuple(year.skill for year in skill),
        shown=tuple(year.shown for year in skill),
        cases=tuple(year.cases for year in skill),
        naive_low=_moved(naive, [year.naive_low for year in skill]),
        naive_high=_moved(naive, [year.naive_high for year in skill]),
        low_error=errors[0],
        median_error=errors[1],
        high_error=errors[2],
    )


def _moved(
    values: Sequence[float], moves: Sequence[Callable[[float], float] | None]
) -> tuple[float | None, ...]:
    """Return an end of the range of what naive figures have become, year by year."""
    return tuple(None if move is None else move(value) for value, move in zip(values, moves, strict=True))


def _grades(resolved: Resolved) -> dict[str, int]:
    """Count the parameters that play a part by the grade of their value."""
    return dict(sorted(Counter(s.grade for s in resolved.parameters_in_use().values()).items()))
