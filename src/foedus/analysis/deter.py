"""Thresholds of the guarantee in a scenario, and who would pay if it covered only those who pay."""

from __future__ import annotations

import numpy as np

from foedus.evidence import Ledger
from foedus.guarantee.deter import Deterrence, ScenarioOfGuarantee, deterrence
from foedus.guarantee.flank import CARDS, flank_among, nearness
from foedus.guarantee.game import condition_map, play
from foedus.guarantee.game_result import GuaranteeGame
from foedus.guarantee.orders import CARDS as ORDER_CARDS
from foedus.guarantee.orders import EDITION, order_scores
from foedus.guarantee.question import DeterQuestion
from foedus.guarantee.ranges import StatedRange, read_range, stated_ranges, with_ranges
from foedus.guarantee.separable import AllyCase
from foedus.guarantee.words import GAME_NOTES, deter_notes
from foedus.scenario import Resolved, resolve

__all__ = ["deter", "deter_game"]


def deter(question: DeterQuestion | None = None, *, ledger: Ledger | None = None) -> Deterrence:
    """Return where belief in the guarantee matters for allies on the flank, and what stands in for it.

    Parameters
    ----------
    question : DeterQuestion, optional
        Without it, all of the flank over the stated ranges.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    Deterrence
        By ally.

    Raises
    ------
    InputError, UnknownNameError
        When a country is not on the flank, or a range cannot be.
    NoDataError
        When a figure that the scenario needs had not been published by the day.
    """
    asked = DeterQuestion() if question is None else question
    given = tuple(read_range(text) for text in asked.range)
    flank = flank_among(asked.country, asked.as_of)
    resolved = resolve(asked.scenario, as_of=asked.as_of, ledger=ledger)
    stated = with_ranges(stated_ranges(), given)
    ranges = dict.fromkeys(flank, stated)
    scenario = scenario_of(resolved)
    return deterrence(
        asked, scenario, ranges, stated, notes=deter_notes(scenario, _changed(ranges, stated)), cards=CARDS
    )


def deter_game(question: DeterQuestion | None = None, *, ledger: Ledger | None = None) -> GuaranteeGame:
    """Return who would pay if the guarantee covered only those who pay, and how that order fits the past.

    Parameters
    ----------
    question : DeterQuestion, optional
        Without it, the pledge of the baseline, with 25 points that paying adds.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    GuaranteeGame
        The scenario's allies below its pledge at its start.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As :func:`deter`; NoDataError also where the edition that orders are scored on was not public.
    """
    asked = DeterQuestion() if question is None else question
    held = ledger or Ledger.load()
    thresholds = deter(asked, ledger=held)
    resolved = resolve(asked.scenario, as_of=asked.as_of, ledger=held)
    case, gdp = game_case(resolved)
    needed = {row.country: row.middle for row in thresholds.rows}
    return GuaranteeGame(
        asked,
        thresholds.scenario,
        resolved.start_year,
        resolved.spending.pledge_target,
        play(case, gdp, asked.paying_adds),
        condition_map(case, needed),
        order_scores(held),
        GAME_NOTES,
        (*ORDER_CARDS, EDITION),
    )


def game_case(resolved: Resolved) -> tuple[AllyCase, np.ndarray]:
    """Return the allies of a scenario below their pledge at its start, and their GDP, US dollars."""
    spending, near = resolved.spending, nearness()
    shares, targets, gdp = (
        np.array(values)
        for values in (
            spending.defence_expenditure_share_of_gdp,
            spending.pledge_targets,
            spending.gdp_constant_usd,
        )
    )
    below = np.array([c in near for c in resolved.countries]) & (shares > 0.0) & (shares < targets)
    chosen = tuple(c for c, is_below in zip(resolved.countries, below, strict=True) if is_below)
    km = np.array([near[country].km for country in chosen])
    return AllyCase(chosen, shares[below], km, targets[below]), gdp[below]


def scenario_of(resolved: Resolved) -> ScenarioOfGuarantee:
    """Return what an answer says of its scenario."""
    return ScenarioOfGuarantee(
        resolved.name, resolved.title, resolved.forces.requirement or "", tuple(resolved.editions)
    )


def _changed(ranges: dict[str, tuple[StatedRange, ...]], stated: tuple[StatedRange, ...]) -> tuple[str, ...]:
    """Return the allies whose ranges are not those stated."""
    return tuple(country for country, of_ally in ranges.items() if of_ally != stated)
