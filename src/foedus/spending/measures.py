"""What a run reports of spending: who reaches the pledge, what is spent, what is missing, ally by ally."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array
from foedus.engine.precision import held, quantile_errors
from foedus.engine.section import (
    QUANTILES,
    DerivedQuantity,
    MeasureGroup,
    MeasureParts,
    MeasureReads,
    ScenarioParameters,
    SkillByYear,
    YearSkill,
)
from foedus.engine.simulate import State
from foedus.engine.slabs import Columns, over_slabs, slab_quantiles
from foedus.engine.workspace import same_row
from foedus.spending.budgets import spending_gap
from foedus.spending.thresholds import PRINTED

if TYPE_CHECKING:
    from foedus.spending.section import Resolved

__all__ = [
    "GDP",
    "GUIDELINE",
    "HALF_A_DIGIT",
    "MEASURES",
    "SHARE",
    "AllySpan",
    "PledgeTerms",
    "ally_spans",
    "at_level",
    "derived_quantities",
    "measure_groups",
    "measure_parts",
    "measure_reads",
    "measure_skill",
    "measure_year",
    "unchanged_years",
]

SHARE = "defence_expenditure_share_of_gdp"
GDP = "gdp_constant_usd"
MEMBERSHIP = "membership"

GUIDELINE = 0.02
"""The guideline of 2014, a share of GDP."""

HALF_A_DIGIT = 0.5 * PRINTED
"""Half of the last printed digit of a share, 0.01 per cent: so little below a level is printed as at it."""

MEASURES = (
    "allies_at_pledge_count",
    "allies_at_guideline_count",
    "nato_expenditure_constant_usd",
    "europe_canada_expenditure_constant_usd",
    "nato_gap_constant_usd",
)
"""The measures of spending, by catalogue name."""


@dataclass(frozen=True)
class PledgeTerms:
    """A scenario's pledge as a run says it.

    Attributes
    ----------
    target : float
        The share of GDP pledged by all, a fraction.
    from_year, deadline : int
        The first year of the pledge and its deadline.
    exceptions : mapping of str to float
        Other targets of single allies, by alpha-3 code.
    """

    target: float
    from_year: int
    deadline: int
    exceptions: Mapping[str, float]

    def target_of(self, country: str) -> float:
        """Return the share that a country has pledged, a fraction."""
        return self.exceptions.get(country, self.target)


@dataclass(frozen=True)
class AllySpan:
    """An ally's share of GDP at the start, its quantiles at the horizon and their largest error."""

    start: float
    low: float
    median: float
    high: float
    error: float = 0.0

    def interval(self) -> tuple[float, float, float]:
        """Return low end, median and high end without the digits that are noise."""
        low, median, high = held((self.low, self.median, self.high), (self.error,))
        return low, median, high


def at_level(share: Array, level: Array | float) -> NDArray[np.bool_]:
    """Whether shares are at a level or above once they are rounded as NATO prints them, to 0.01 per cent.

    Parameters
    ----------
    share : ndarray
        Fractions of GDP; NaN is at no level.
    level : float or ndarray
        Fractions of GDP.

    Returns
    -------
    ndarray of bool
        The shape of `share`.
    """
    at: NDArray[np.bool_] = share >= level - HALF_A_DIGIT
    return at


@dataclass(frozen=True)
class _Roles:
    """Which countries enter which total, and the targets of those that participate."""

    takes_part: NDArray[np.bool_]
    everybody: bool
    europe_canada: NDArray[np.bool_]
    targets: Array


@lru_cache(maxsize=16)
def _roles(countries: tuple[str, ...], participates: tuple[bool, ...], targets: tuple[float, ...]) -> _Roles:
    """Return who enters which total; it is the same in every year and block of a scenario."""
    takes_part = np.array(participates)
    europe_canada = np.array([code != "USA" for code in countries])[takes_part]
    return _Roles(takes_part, bool(takes_part.all()), europe_canada, np.array(targets)[takes_part])


def measure_reads() -> dict[str, MeasureReads]:
    """Return what each measure of spending reads."""
    counted, paid, pledge = (SHARE, MEMBERSHIP), (SHARE, GDP, MEMBERSHIP), ("pledge_target_share_of_gdp",)
    read = ((counted, pledge), (counted, ()), (paid, ()), (paid, ()), (paid, pledge))
    return {name: MeasureReads(*names) for name, names in zip(MEASURES, read, strict=True)}


def measure_parts(section: Resolved, measure: str, state: State) -> MeasureParts:
    """Return what each country adds to a measure of spending in a year."""
    roles = _roles(section.countries, section.participates, section.pledge_targets)
    codes = [c for c, takes in zip(section.countries, section.participates, strict=True) if takes]
    if measure == MEASURES[3]:
        codes = [c for c, counts in zip(codes, roles.europe_canada, strict=True) if counts]
    return MeasureParts(tuple(codes), _amounts(section, state)[measure].astype(np.float64))


def measure_year(section: Resolved, state: State) -> dict[str, Array]:
    """Return the measures of spending of one year in every draw.

    Parameters
    ----------
    section : Resolved
        The pledge, and which countries participate.
    state : mapping of str to ndarray
        The year's shares of GDP, GDP in constant US dollars and membership, (draw, country).

    Returns
    -------
    dict of str to ndarray, (draw,)
        One array for each of :data:`MEASURES`: counts, and constant US dollars. Countries that are no allies,
        or do not participate, enter none. At the pledge is an ally that spends what all have pledged, with or
        without an exception of its own; the gap is measured to each ally's own target.
    """
    amounts = _amounts(section, state)
    return {name: values.sum(axis=1).astype(np.float64, copy=False) for name, values in amounts.items()}


def _amounts(section: Resolved, state: State) -> dict[str, NDArray[Any]]:
    """Return what each country that participates adds to each measure, (draw, country); see measure_year."""
    share, gdp = np.atleast_2d(state[SHARE]), np.atleast_2d(state[GDP])
    allies = np.atleast_2d(state[MEMBERSHIP])
    roles = _roles(section.countries, section.participates, section.pledge_targets)
    if not roles.everybody:
        share, gdp = share[:, roles.takes_part], gdp[:, roles.takes_part]
    spending = share * gdp
    gap = spending_gap(share, roles.targets, gdp)
    at_pledge: NDArray[Any] = at_level(share, section.pledge_target)
    at_guideline: NDArray[Any] = at_level(share, GUIDELINE)
    if not same_row(allies).all():
        allies = allies[:, roles.takes_part]
        spending, gap = spending * allies, gap * allies
        at_pledge, at_guideline = at_pledge * allies, at_guideline * allies
    amounts = (at_pledge, at_guideline, spending, spending[:, roles.europe_canada], gap)
    return dict(zip(MEASURES, amounts, strict=True))


def measure_groups(section: Resolved) -> tuple[MeasureGroup, ...]:
    """Return how the measures are laid out by year: counts of allies, then money."""
    counts = (
        (f"at {100 * section.pledge_target:g} %", "allies_at_pledge_count"),
        ("at 2 %", "allies_at_guideline_count"),
    )
    money = (
        ("NATO total", "nato_expenditure_constant_usd"),
        ("Europe, Canada", "europe_canada_expenditure_constant_usd"),
        ("missing", "nato_gap_constant_usd"),
    )
    basis = f"Defence expenditure, bn USD at {section.price_year} prices and exchange rates"
    return (MeasureGroup("Allies", counts), MeasureGroup(basis, money))


def unchanged_years(
    section: Resolved, years: Sequence[int], parameters: ScenarioParameters
) -> list[dict[str, Array]]:
    """Return the forecast of no change: every share stays, GDP follows its path without errors.

    Parameters
    ----------
    section : Resolved
        The shares and GDP of the start, and the path of growth.
    years : sequence of int
        The start year and every year to the horizon.
    parameters : mapping of str to Setting
        The scenario's parameters, of which the bias of growth is read.

    Returns
    -------
    list of dict of str to ndarray, (1, country)
        Share of GDP and GDP in constant US dollars, one mapping for each year.
    """
    share = np.array([section.defence_expenditure_share_of_gdp])
    gdp = np.array([section.gdp_constant_usd])
    setting = parameters.get("economy.gdp_growth_bias")
    bias = setting.value if setting is not None and isinstance(setting.value, float) else 0.0
    states = [{SHARE: share, GDP: gdp}]
    for year, growth in zip(years[1:], section.gdp_real_growth_path, strict=True):
        shift = section.shift_by_country() if year >= section.growth_projected_from else 0.0
        # The bias is the economy component's, taken off from the second projected year on.
        taken_off = bias if year > section.growth_projected_from else 0.0
        gdp = gdp * (1.0 + np.array(growth) + shift - taken_off)
        printed = section.printed_in(year)
        share = np.where(np.isnan(printed), share, printed)
        states.append({SHARE: share, GDP: gdp})
    return states


def measure_skill(measure: str, years: int, form: str, allies: int) -> SkillByYear:
    """Return the skill over no change that forecasts of a measure have had, year by year from the first.

    Parameters
    ----------
    measure : str
        One of :data:`MEASURES`.
    years : int
        How many years the run has, the start included; the start is no forecast.
    form : {"what_stands", "first_print"}
        What the years ahead mean.
    allies : int
        How many countries have a share: the most that a count can be.

    Returns
    -------
    sequence of YearSkill
        The skill so far ahead, which forecast may be shown, and what prints have become.
    """
    from foedus.spending.hindcast.skill import MEASURE_TARGETS, skill_ahead

    target = MEASURE_TARGETS[measure]
    ahead = [skill_ahead(target, years_ahead, form) for years_ahead in range(1, years)]
    most = float(allies) if target == "count" else None
    return [
        YearSkill(),
        *(
            YearSkill(
                entry.skill,
                entry.shown,
                entry.cases,
                _moved(entry.change_low, most),
                _moved(entry.change_high, most),
            )
            for entry in ahead
        ),
    ]


def _moved(change: float | None, most: float | None) -> Callable[[float], float] | None:
    """Return how a printed figure is moved: by a number of allies up to the most, or by a part of itself."""
    if change is None:
        return None
    if most is None:
        return lambda value: value * (1.0 + change)
    return lambda value: min(max(value + change, 0.0), most)


def derived_quantities(section: Resolved) -> dict[str, DerivedQuantity]:
    """Return spending, requirement and gap as functions of a year's share and GDP, (draw, country)."""
    targets = np.array(section.pledge_targets)
    return {
        "defence_expenditure_constant_usd": lambda year: year[SHARE] * year[GDP],
        "pledge_required_constant_usd": lambda year: targets * year[GDP],
        "pledge_gap_constant_usd": lambda year: spending_gap(year[SHARE], targets, year[GDP]),
    }


def ally_spans(section: Resolved, share: Columns, draws: int) -> dict[str, AllySpan]:
    """Return each participating ally's share at the start and its quantiles at the horizon.

    Parameters
    ----------
    section : Resolved
        The shares of the start.
    share : callable
        Gives the shares of GDP of some countries at the horizon, (draw, country), fractions.
    draws : int
        How many draws.

    Returns
    -------
    dict of str to AllySpan
        By alpha-3 code, in the order of the countries.
    """
    shape = (draws, len(section.countries))
    spans = slab_quantiles(share, *shape, QUANTILES).T.tolist()
    errors = over_slabs(share, *shape, lambda values: quantile_errors(values, QUANTILES).max(axis=0)).tolist()
    starts = zip(section.countries, section.defence_expenditure_share_of_gdp, spans, errors, strict=True)
    return {
        code: AllySpan(start, low, median, high, error)
        for (code, start, (low, median, high), error), takes in zip(starts, section.participates, strict=True)
        if takes
    }
