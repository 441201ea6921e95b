"""Forecasts from an origin: by the shipped components with re-fitted parameters, and the naive ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.engine.component import Component, component
from foedus.engine.draws import generator
from foedus.engine.simulate import Problem
from foedus.spending import budgets as budgets_component
from foedus.spending import economy as economy_component
from foedus.spending.hindcast.fit import Fit
from foedus.spending.hindcast.panel import Panel
from foedus.spending.measures import SHARE
from foedus.spending.parameters import FOLDER
from foedus.spending.rules import floor_in_force, known_rule, threat_from
from foedus.spending.section import InputsAlone, Start
from foedus.spending.start import announced

__all__ = ["BASELINES", "Forecast", "Told", "error_rows", "forecast", "no_change", "straight_line"]

SPENDING = "defence_expenditure_constant_usd"

CHAIN: tuple[Component, ...] = (
    component("economy", economy_component),
    component("budgets", budgets_component),
)
"""The part of the chain that a hindcast runs: nobody decides on a higher goal, and no component is idle."""

BASELINES: dict[str, tuple[int | None, bool]] = {
    "since-1990": (1990, False),
    "last-ten-years": (None, False),
    "since-1990-relative": (1990, True),
    "last-ten-years-relative": (None, True),
}
"""Where the empirical errors of the no-change forecast come from: origins since a year, or the last ten
(None), and whether an error is a change in points of GDP or a change relative to the share."""

FIRST_GROWTH_YEAR = 1990
"""The first year whose growth surprises are resampled."""


@dataclass(frozen=True)
class Forecast:
    """Draws of every ally's share and spending.

    Attributes
    ----------
    origin : int
        The last year looked at.
    rows : ndarray of int, (ally,)
        The panel's rows of the allies forecast.
    share, spending : mapping of int to ndarray, (draw, ally)
        By years ahead: fractions of GDP, and US dollars of 2021.
    """

    origin: int
    rows: Array
    share: dict[int, Array]
    spending: dict[int, Array]


@dataclass(frozen=True)
class Told:
    """What a forecast is told besides past shares.

    Attributes
    ----------
    plans_by : datetime.date or None
        The day as of which governments' announced shares are followed; None: none is.
    estimates : ndarray of bool, (country,), or None
        For each row of the panel, whether its last share is an estimate that is to be revised as past ones
        were; None: no share is.
    """

    plans_by: date | None = None
    estimates: Array | None = None


NOTHING = Told()


def _known_rows(panel: Panel, origin: int) -> Array:
    """Return the rows of the allies of the origin that have a share there."""
    members = panel.members(origin)
    rows: Array = members[np.isfinite(panel.share[members, panel.column(origin)])]
    return rows


def _growth_errors(panel: Panel, rows: Array) -> Array:
    """Return past growth surprises by ally and year; a gap takes that year's mean over the allies."""
    begin = max(0, panel.column(FIRST_GROWTH_YEAR))
    table = panel.surprise[rows, begin:]
    table = table[:, np.isfinite(table).any(axis=0)]
    if not table.size:
        return np.zeros((len(rows), 1))
    filled: Array = np.where(np.isfinite(table), table, np.nanmean(table, axis=0))
    return filled


def _inputs(panel: Panel, fitted: Fit, rows: Array, horizon: int, told: Told) -> Iterator[InputsAlone]:
    """Yield what the chain is given in each year after the origin."""
    origin, count = fitted.origin, len(rows)
    rule, threat = known_rule(origin), threat_from(origin)
    weight = 1.0 / count if fitted.form == "convergence" else 0.0
    growth = panel.growth_ahead(horizon)[rows]
    codes = tuple(panel.countries[r] for r in rows)
    day, shares = told.plans_by, tuple(panel.share[rows, -1])
    plans = announced(codes, shares, origin, origin + horizon, day or date.min, follow=day is not None)
    revised = np.zeros(count) if told.estimates is None else told.estimates[rows] * 1.0
    for year in range(origin + 1, origin + horizon + 1):
        next_shares, next_years = plans.rows[year - origin - 1]
        yield InputsAlone(
            gdp_real_growth_path=growth[:, year - origin - 1],
            gdp_real_growth_shift=np.zeros(count),
            gdp_real_growth_is_projected=1.0,
            gdp_real_growth_years_ahead=float(year - origin),
            gdp_outlook_is_of_october=0.0,
            agreed_target_share_of_gdp=np.full(count, rule.target if rule else 0.0),
            pledge_is_active=float(rule is not None),
            pledge_deadline=float(rule.deadline if rule else origin),
            pledge_floor_share_of_gdp=floor_in_force(year, origin),
            announced_share_of_gdp=np.array(next_shares),
            announced_year=np.array(next_years),
            announced_goal_share_of_gdp=np.array(plans.goals),
            threat_is_raised=float(threat is not None and year >= threat),
            printed_share_of_gdp=np.full(count, np.nan),
            start_is_estimate=revised * float(year == origin + 1),
            guarantee_condition_is_met=np.ones(count),
            share_convergence_weight=np.full(count, weight),
        )


def _problem(panel: Panel, fitted: Fit, rows: Array, horizon: int, told: Told) -> Problem:
    """Put a forecast from the origin into the form that the engine runs."""
    origin, count = fitted.origin, len(rows)
    gdp = np.where(np.isfinite(panel.gdp[rows, -1]), panel.gdp[rows, -1], 1e9)
    share, none = panel.share[rows, -1], np.full(count, np.nan)
    inputs = tuple((given,) for given in _inputs(panel, fitted, rows, horizon, told))
    budgets = {name: p.value for name, p in FOLDER.component("budgets").items()}
    budgets |= {
        name: value[rows] if isinstance(value, np.ndarray) else value
        for name, value in fitted.parameters.items()
    }
    economy = {
        "gdp_growth_error": _growth_errors(panel, rows),
        "gdp_growth_error_first_year_ratio": 1.0,
        "gdp_growth_error_first_year_ratio_october": 1.0,
        "gdp_growth_bias": 0.0,
    }
    start = Start(gdp, share, share * gdp, np.array([fitted.tide.tide]), none, none, none)
    return Problem(
        chain=CHAIN,
        start_year=origin,
        countries=count,
        starts=(start,),
        inputs=inputs,
        parameters={"economy": economy, "budgets": budgets},
    )


def forecast(
    panel: Panel, fitted: Fit, horizon: int, draws: int, seed: int = 1, told: Told = NOTHING
) -> Forecast:
    """Forecast every ally of the origin with the components that ship, re-fitted at the origin.

    Parameters
    ----------
    panel : Panel
        The figures; what lies after the origin is cut off first.
    fitted : Fit
        The parameters of the origin.
    horizon : int
        Years ahead.
    draws : int
        How many draws.
    seed : int, default 1
        Seed of the random streams; the same for every origin.
    told : Told, optional
        Announced plans, and whether the last shares are estimates; by default neither.

    Returns
    -------
    Forecast
        Shares and spending by years ahead.
    """
    cut = panel.until(fitted.origin)
    rows = _known_rows(cut, fitted.origin)
    ahead = range(1, horizon + 1)

    def future(block: Block) -> tuple[list[Array], list[Array]]:
        states = [state for year, state in block.years() if year > fitted.origin]
        return [block.cut(s[SHARE]) for s in states], [block.cut(s[SPENDING]) for s in states]

    parts = list(map_blocks(future, _problem(cut, fitted, rows, horizon, told), draws=draws, seed=seed))
    return Forecast(
        fitted.origin,
        rows,
        {h: np.concatenate([share[h - 1] for share, _ in parts]) for h in ahead},
        {h: np.concatenate([spending[h - 1] for _, spending in parts]) for h in ahead},
    )


def error_rows(
    panel: Panel, origin: int, ahead: int, window: int | None, relative: bool = False
) -> list[Array]:
    """Return the errors of no change that were known at an origin, one entry for each past origin.

    Parameters
    ----------
    panel : Panel
        The figures.
    origin : int
        The last year looked at.
    ahead : int
        Years ahead.
    window : int or None
        The first past origin; None: the last ten that are known.

    relative : bool, default False
        Give changes of the share's logarithm.

    Returns
    -------
    list of ndarray, (ally,)
        For each past origin the changes of its allies' shares, fractions of GDP or of the share.
    """
    values = panel.log_share if relative else panel.share
    last = origin - ahead
    first = max(panel.years[0], last - 9 if window is None else window)
    errors = []
    for past in range(first, last + 1):
        members = panel.members(past)
        change = values[members, panel.column(past + ahead)] - values[members, panel.column(past)]
        if np.isfinite(change).any():
            errors.append(change[np.isfinite(change)])
    return errors


def no_change(panel: Panel, origin: int, ahead: int, rows: Array, baseline: str, draws: int) -> Array:
    """Forecast that every share stays as it is, with the errors that this forecast has made.

    Parameters
    ----------
    panel : Panel
        The figures; nothing after the origin is looked at.
    origin, ahead : int
        The last year looked at, and the years ahead.
    rows : ndarray of int, (ally,)
        The allies forecast.
    baseline : str
        One of :data:`BASELINES`.
    draws : int
        How many draws.

    Returns
    -------
    ndarray, (draw, ally)
        Each draw takes one past origin, and every ally an error that was made from there, whoever made it; so
        what a year did to all stays together. With no past error every draw is the last share.
    """
    random = generator([origin, ahead])
    last = panel.share[rows, panel.column(origin)]
    window, relative = BASELINES[baseline]
    past = error_rows(panel.until(origin), origin, ahead, window, relative)
    if not past:
        return np.tile(last, (draws, 1))
    errors = np.empty((draws, len(rows)))
    # Past origins with more allies are picked more often, so that each ally's errors are those of the pool.
    weight = np.array([len(change) for change in past], dtype=np.float64)
    picked = random.choice(len(past), size=draws, p=weight / weight.sum())
    for j, change in enumerate(past):
        these = np.flatnonzero(picked == j)
        errors[these] = random.choice(change, size=(len(these), len(rows)))
    shares: Array = last * np.exp(errors) if relative else np.maximum(last + errors, 0.0)
    return shares


def straight_line(panel: Panel, origin: int, ahead: int, rows: Array) -> Array:
    """Forecast that every ally below the pledge takes a straight path to it, and the others stay.

    Parameters
    ----------
    panel : Panel
        The figures.
    origin, ahead : int
        The last year looked at, and the years ahead.
    rows : ndarray of int, (ally,)
        The allies forecast.

    Returns
    -------
    ndarray, (ally,)
        Shares of GDP; as at the origin where no pledge was in force.
    """
    last: Array = panel.share[rows, panel.column(origin)]
    rule = known_rule(origin)
    if rule is None:
        return last
    part = min(1.0, ahead / max(1, rule.deadline - origin))
    line: Array = last + part * np.maximum(rule.target - last, 0.0)
    return line
