"""The headline of a run: who reaches the pledge, what is spent, what is missing, and the naive forecast.

Every figure is computed draw by draw in double precision as the blocks come, and summed up as a median and an
interval of 80 %. Beside each stands the naive forecast in which every share of GDP stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from foedus.catalogue import catalogue
from foedus.decisions.section import KINDS, Put
from foedus.engine.arrays import Array
from foedus.parameters import Setting
from foedus.scenario.resolved import Resolved
from foedus.spending.budgets import spending_gap
from foedus.spending.hindcast.skill import MEASURE_TARGETS, skill_ahead, skill_note, skill_table

__all__ = [
    "GUIDELINE",
    "MEASURES",
    "QUANTILES",
    "headline",
    "measures_of",
    "naive",
    "parameters_in_use",
    "summary",
    "yearly",
]

GUIDELINE = 0.02
"""The guideline of 2014, a share of GDP."""

QUANTILES = (0.1, 0.5, 0.9)
"""Low end, middle and high end of what is printed: half of the draws each side, and an interval of 80 %."""

AT_ONCE = 1_000_000
"""The most values that are held to take quantiles."""

MEASURES = (
    "allies_at_pledge_count",
    "allies_at_guideline_count",
    "nato_expenditure_constant_usd",
    "europe_canada_expenditure_constant_usd",
    "nato_gap_constant_usd",
)
"""The measures of the headline, by catalogue name."""

ACCESSION_MEASURES = ("allies_count", "allies_personnel", "border_with_russia_and_belarus_km")
"""What a scenario that opens an accession reports besides."""

SHOWN_NAIVE = "no change"
"""The word for a figure that the naive forecast takes over, because the model has had no skill there."""


def measures_of(resolved: Resolved) -> tuple[str, ...]:
    """Give the measures of a scenario's headline; one that opens an accession has more.

    Parameters
    ----------
    resolved : Resolved
        The scenario.

    Returns
    -------
    tuple of str
        Catalogue names.
    """
    return (*MEASURES, *ACCESSION_MEASURES) if any(resolved.accession_signed) else MEASURES


def yearly(resolved: Resolved, share: Array, gdp: Array, membership: Array | None = None) -> dict[str, Array]:
    """Give the measures of one year in every draw.

    Parameters
    ----------
    resolved : Resolved
        The scenario: its pledge, and which countries participate.
    share : ndarray, (draw, country)
        Defence expenditure as a share of GDP, a fraction; NaN where a country does not participate.
    gdp : ndarray, (draw, country)
        GDP in constant US dollars.
    membership : ndarray, (draw, country), optional
        1.0 for allies, 0.0 for who may accede; without it that of the start.

    Returns
    -------
    dict of str to ndarray, (draw,)
        One array for each of :func:`measures_of`: counts, and constant US dollars. Who is no ally and
        countries that do not participate enter none. At the pledge is who spends what all have pledged,
        with or without an exception of its own; the gap is measured to each ally's own target.
    """
    who = np.array(resolved.participates)
    europe_canada = np.array([c != "USA" for c in resolved.countries])[who]
    share, gdp = (share, gdp) if who.all() else (share[:, who], gdp[:, who])
    spending = share * gdp
    gap = spending_gap(share, np.array(resolved.pledge_targets)[who], gdp)
    at_pledge, at_guideline = share >= resolved.pledge_target, share >= GUIDELINE
    more: dict[str, Array] = {}
    if any(resolved.accession_signed):
        everyone = np.array([resolved.membership]) if membership is None else membership
        everyone = np.broadcast_to(everyone, (len(share), len(resolved.countries)))
        allies = everyone[:, who]
        spending, gap = spending * allies, gap * allies
        at_pledge, at_guideline = at_pledge * allies, at_guideline * allies
        more = {
            "allies_count": everyone.sum(axis=1),
            "allies_personnel": everyone @ np.nan_to_num(np.array(resolved.military_personnel)),
            "border_with_russia_and_belarus_km": everyone
            @ np.array(resolved.border_with_russia_and_belarus_km),
        }
    return {
        "allies_at_pledge_count": at_pledge.sum(axis=1).astype(np.float64),
        "allies_at_guideline_count": at_guideline.sum(axis=1).astype(np.float64),
        "nato_expenditure_constant_usd": spending.sum(axis=1),
        "europe_canada_expenditure_constant_usd": spending[:, europe_canada].sum(axis=1),
        "nato_gap_constant_usd": gap.sum(axis=1),
        **more,
    }


def naive(resolved: Resolved) -> dict[str, list[float]]:
    """Give the forecast of no change: every share stays, GDP follows its path without errors.

    Parameters
    ----------
    resolved : Resolved
        The scenario.

    Returns
    -------
    dict of str to list of float
        For each of :data:`MEASURES` one value a year, from the start year to the horizon.
    """
    share = np.array([resolved.defence_expenditure_share_of_gdp])
    gdp = np.array([resolved.gdp_constant_usd])
    setting = resolved.parameters.get("economy.gdp_growth_bias")
    bias = setting.value if setting is not None and isinstance(setting.value, float) else 0.0
    rows = [yearly(resolved, share, gdp)]
    for year, growth in zip(resolved.years[1:], resolved.gdp_real_growth_path, strict=True):
        shift = resolved.growth_shift if year >= resolved.growth_projected_from else 0.0
        # The bias is the economy component's, taken off from the second projected year on.
        shift -= bias if year > resolved.growth_projected_from else 0.0
        gdp = gdp * (1.0 + np.array(growth) + shift)
        rows.append(yearly(resolved, share, gdp))
    return {name: [float(row[name][0]) for row in rows] for name in measures_of(resolved)}


def summary(name: str, values: Array) -> list[list[float]]:
    """Give the quantiles of one measure by year.

    Parameters
    ----------
    name : str
        The measure's catalogue name; of a count the quantiles are counts that occur, not values in between.
    values : ndarray, (year, draw)
        The measure in every draw.

    Returns
    -------
    list of list of float
        For each of :data:`QUANTILES` one value a year.
    """
    method: Any = "inverted_cdf" if catalogue()[name].unit == "count" else "linear"
    found: list[list[float]] = np.quantile(values, QUANTILES, axis=1, method=method).tolist()
    return found


def _summary_by_year(
    name: str, measure: Callable[[str, int], Array], years: int, draws: int
) -> list[list[float]]:
    """Give the quantiles of one measure by year, reading as many years at once as fit into memory."""
    most = max(1, AT_ONCE // draws)
    parts = [
        summary(name, np.stack([measure(name, i) for i in range(first, min(first + most, years))]))
        for first in range(0, years, most)
    ]
    return [[value for part in parts for value in part[k]] for k in range(len(QUANTILES))]


def headline(
    resolved: Resolved,
    measure: Callable[[str, int], Array],
    shares: Callable[[int], Array],
    *,
    draws: int,
    adopted: Mapping[int, int] | None = None,
) -> dict[str, Any]:
    """Give the headline of a run as plain values.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    measure : callable
        Gives a measure's values, of shape (draw,), by its name and the year's place from 0.
    shares : callable
        Gives the shares of GDP, of shape (draw, country), by the year's place from 0.
    draws : int
        The number of draws.
    adopted : mapping of int to int, optional
        In how many draws the question of each year was adopted.

    Returns
    -------
    dict
        For each measure low, median and high by year with the naive forecast; each ally's share at the
        horizon; the grades that the parameters rest on; the skill that the model has had as far ahead, with
        which forecast may be shown; and the notes.
    """
    without_change = naive(resolved)
    measures: dict[str, Any] = {}
    for name in measures_of(resolved):
        low, median, high = _summary_by_year(name, measure, len(resolved.years), draws)
        measures[name] = {
            "label": catalogue()[name].label,
            "unit": catalogue()[name].unit,
            "low": low,
            "median": median,
            "high": high,
            "naive": without_change[name],
            **_skill(name, len(resolved.years)),
        }
    notes = [{"step": n.step, "text": n.text} for n in resolved.notes]
    return {
        "scenario": resolved.name,
        "title": resolved.title,
        "question": resolved.question,
        "as_of": resolved.as_of.isoformat(),
        "draws": draws,
        "price_year": resolved.price_year,
        "years": list(resolved.years),
        "interval": [QUANTILES[0], QUANTILES[-1]],
        "pledge": _pledge(resolved),
        "questions": _questions(resolved, draws, adopted or {}),
        "measures": measures,
        "allies_at_horizon": _allies(resolved, shares(len(resolved.years) - 1)),
        "parameters_by_grade": _grades(resolved),
        "skill": skill_note(),
        "skill_by_years_ahead": skill_table(),
        "notes": notes,
    }


def _questions(resolved: Resolved, draws: int, adopted: Mapping[int, int]) -> list[dict[str, Any]]:
    """Give the questions put to allies, each with the share of draws that adopted it."""
    puts = (Put(*q) for q in resolved.questions)
    return [
        {"year": p.year, "kind": KINDS[p.kind - 1], "goal": p.goal, "adopted": adopted.get(p.year, 0) / draws}
        for p in puts
    ]


def _skill(name: str, years: int) -> dict[str, list[Any]]:
    """Give, year by year, the skill the model has had as far ahead, and which forecast may be shown.

    An accession has its own skill (:mod:`foedus.accession.skill`) and none by year.
    """
    if name in ACCESSION_MEASURES:
        return {"skill": [None] * years, "shown": ["model"] * years}
    found = [skill_ahead(MEASURE_TARGETS[name], ahead) for ahead in range(1, years)]
    return {"skill": [None, *(s.skill for s in found)], "shown": ["model", *(s.shown for s in found)]}


def _pledge(resolved: Resolved) -> dict[str, Any]:
    """Give the pledge in plain values, its exceptions by country."""
    pairs = zip(resolved.countries, resolved.pledge_targets, strict=True)
    return {
        "target": resolved.pledge_target,
        "from": resolved.pledge_from,
        "deadline": resolved.pledge_deadline,
        "exceptions": {code: target for code, target in pairs if target != resolved.pledge_target},
    }


def _allies(resolved: Resolved, share: Array) -> dict[str, dict[str, float]]:
    """Give each participating ally's share at the start and at the horizon."""
    who = np.array(resolved.participates)
    spans = np.quantile(share if who.all() else share[:, who], QUANTILES, axis=0).T.tolist()
    starts = zip(resolved.countries, resolved.defence_expenditure_share_of_gdp, who, strict=True)
    known = [(code, start) for code, start, here in starts if here]
    return {
        code: {"start": start, "low": low, "median": median, "high": high}
        for (code, start), (low, median, high) in zip(known, spans, strict=True)
    }


def parameters_in_use(resolved: Resolved) -> dict[str, Setting]:
    """Give the parameters that play a part in a scenario.

    Parameters
    ----------
    resolved : Resolved
        The scenario.

    Returns
    -------
    dict of str to Setting
        By ``component.name``; those of positions and decisions only where the scenario puts questions.
    """
    idle = {"outcomes"} if resolved.questions else {"outcomes", "positions", "decisions"}
    return {name: s for name, s in resolved.parameters.items() if name.partition(".")[0] not in idle}


def _grades(resolved: Resolved) -> Mapping[str, int]:
    """Count the parameters that play a part by the grade of their value."""
    return dict(sorted(Counter(s.grade for s in parameters_in_use(resolved).values()).items()))
