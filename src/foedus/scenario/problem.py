"""Turn a resolved scenario into the arrays that the chain runs on."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from foedus.decisions.models.closed_form import release
from foedus.decisions.section import Put
from foedus.engine.arrays import Array
from foedus.engine.inputs import Inputs, Start
from foedus.engine.simulate import Problem
from foedus.scenario.resolved import Resolved

__all__ = ["problem"]


def problem(resolved: Resolved, entry_days: Array | None = None) -> Problem:
    """Give the start, the yearly inputs and the parameters of a scenario.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    entry_days : ndarray, (5, country), optional
        Days from the signature of an accession to entry, at the knots of :mod:`foedus.accession.membership`;
        needed where the scenario opens one.

    Returns
    -------
    Problem
        Ready for :func:`foedus.engine.simulate.simulate`.
    """
    targets = np.array(resolved.pledge_targets)
    accession = _accession(resolved, entry_days)
    inputs = tuple(
        Inputs(
            year=float(year),
            gdp_real_growth_path=np.array(growth),
            gdp_real_growth_shift=resolved.growth_shift,
            gdp_real_growth_is_projected=float(year >= resolved.growth_projected_from),
            gdp_real_growth_years_ahead=float(max(0, year - resolved.growth_projected_from + 1)),
            pledge_target_share_of_gdp=targets,
            pledge_is_active=float(year >= resolved.pledge_from),
            pledge_deadline=float(resolved.pledge_deadline),
            announced_share_of_gdp=np.array(shares),
            announced_year=np.array(years),
            threat_is_raised=float(resolved.threat_until is None or year <= resolved.threat_until),
            start_is_estimate=np.array(resolved.start_is_estimate) * float(year == resolved.start_year + 1),
            shock_scale=resolved.shock_scale,
            **_question(resolved, year),
            **accession,
        )
        for year, growth, (shares, years) in zip(
            resolved.years[1:], resolved.gdp_real_growth_path, resolved.announced, strict=True
        )
    )
    parameters: dict[str, dict[str, object]] = {}
    for name, setting in resolved.parameters.items():
        component, _, parameter = name.partition(".")
        value = np.array(setting.value) if isinstance(setting.value, tuple) else setting.value
        parameters.setdefault(component, {})[parameter] = value
    gdp = np.array(resolved.gdp_constant_usd)
    share = np.array(resolved.defence_expenditure_share_of_gdp)
    return Problem(
        start_year=resolved.start_year,
        start=Start(
            gdp_constant_usd=gdp,
            defence_expenditure_share_of_gdp=share,
            defence_expenditure_constant_usd=share * gdp,
            build_up_is_on=np.array([np.nan]),
            equipment_share=np.array(resolved.equipment_share),
            infrastructure_share=np.array(resolved.infrastructure_share),
            other_share=np.array(resolved.other_share),
            membership=np.array(resolved.membership),
        ),
        inputs=inputs,
        parameters=parameters,
    )


def _accession(resolved: Resolved, entry_days: Array | None) -> dict[str, Any]:
    """Give the inputs of accession; none where nobody accedes."""
    if entry_days is None or not any(resolved.accession_signed):
        return {}
    signed = np.array([_year(day) for day in resolved.accession_signed])
    names = (
        "accession_days_5",
        "accession_days_25",
        "accession_days_50",
        "accession_days_75",
        "accession_days_95",
    )
    return {"accession_signed_year": signed, **dict(zip(names, entry_days, strict=True))}


def _year(day: str) -> float:
    """Give a day in years and their fractions; NaN where there is none."""
    if not day:
        return float("nan")
    when = date.fromisoformat(day)
    return when.year + (when - date(when.year, 1, 1)).days / 365.25


def _question(resolved: Resolved, year: int) -> dict[str, Any]:
    """Give the inputs that say what is put to allies in a year."""
    put = next((Put(*q) for q in resolved.questions if q[0] == year), None)
    if put is None:
        return {}
    odds = {i: resolved.parameters[f"decisions.{i}_odds"].value for i in put.instruments}
    few = release(tuple(float(o) for o in odds.values() if not isinstance(o, tuple)))
    many = release(
        tuple(float(o) for i, o in odds.items() if i in {"sequence", "defer"} and not isinstance(o, tuple))
    )
    given: dict[str, Any] = {
        "question_kind": float(put.kind),
        "question_goal_share_of_gdp": put.goal,
        "question_release_few_share": few,
        "question_release_many_share": many,
    }
    if put.position:
        given |= {"question_position": np.array(put.position), "question_salience": np.array(put.salience)}
    return given
