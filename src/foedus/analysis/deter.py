"""Thresholds of the guarantee in a scenario, and who would pay if it covered only those who pay."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.blocks import Block, map_blocks
from foedus.evidence import Ledger
from foedus.guarantee.deter import Deterrence, ScenarioOfGuarantee, deterrence
from foedus.guarantee.flank import CARDS, flank_among, nearness
from foedus.guarantee.game import condition_map, play
from foedus.guarantee.game_result import GuaranteeGame
from foedus.guarantee.orders import CARDS as ORDER_CARDS
from foedus.guarantee.orders import EDITION, order_scores
from foedus.guarantee.question import DeterGameQuestion, DeterQuestion
from foedus.guarantee.ranges import read_range, stated_ranges, with_ranges
from foedus.guarantee.section import STATED
from foedus.guarantee.separable import AllyCase
from foedus.guarantee.strengths import FlankStrength, narrowed
from foedus.guarantee.words import GAME_NOTES, deter_notes
from foedus.scenario import Resolved, resolve

__all__ = ["StandingFlank", "deter", "deter_game", "flank_of", "flank_strengths", "standing_flank"]

DRAWS = 500
"""Draws that strengths on the flank are taken from."""

RATIOS = ("attacker_over_local", "arrivals_over_local")
"""The quantities of the chain that they are."""

NAMED = {"levers.guarantee.commitment": "full"}
"""What names the guarantee and changes nothing else."""


@dataclass(frozen=True)
class StandingFlank:
    """A scenario with what it comes to on the flank, from which ranges are asked again and again.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    strengths : mapping of str to FlankStrength
        By ally; empty where it names no requirement.
    """

    resolved: Resolved
    strengths: Mapping[str, FlankStrength]


def standing_flank(scenario: str, as_of: date | None = None, ledger: Ledger | None = None) -> StandingFlank:
    """Return what a scenario comes to on the flank.

    Parameters
    ----------
    scenario : str
        A shipped scenario's name, or a file's path.
    as_of : datetime.date, optional
        Only what had been published by this day.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.

    Returns
    -------
    StandingFlank
        Drawn once, where the scenario names a requirement.
    """
    resolved = resolve(scenario, as_of=as_of, ledger=ledger)
    named = resolved
    if resolved.forces.is_named and not resolved.guarantee.is_named:
        # The chain works out how own forces grow only where a scenario names the guarantee.
        named = resolve(scenario, as_of=as_of, ledger=ledger, changes=NAMED)
    return StandingFlank(resolved, flank_of(named).strengths)


def flank_of(resolved: Resolved) -> StandingFlank:
    """Return what a resolved scenario comes to on the flank.

    Parameters
    ----------
    resolved : Resolved
        The scenario; of one that names a requirement strengths are drawn, if it names the guarantee too.

    Returns
    -------
    StandingFlank
        Without strengths where it names no requirement.
    """
    flank = flank_among((), resolved.as_of)
    return StandingFlank(resolved, flank_strengths(resolved, flank) if resolved.forces.is_named else {})


def deter(
    question: DeterQuestion | None = None,
    *,
    ledger: Ledger | None = None,
    standing: StandingFlank | None = None,
) -> Deterrence:
    """Return where belief in the guarantee matters for allies on the flank, and what stands in for it.

    Parameters
    ----------
    question : DeterQuestion, optional
        Without it, all of the flank over the stated ranges.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    standing : StandingFlank, optional
        The scenario, where it is worked out already; the question's own is then not read.

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
    stated = with_ranges(stated_ranges(), given)
    at = standing or standing_flank(asked.scenario, asked.as_of, ledger)
    resolved, strengths = at.resolved, at.strengths
    source = (
        f"forces and reinforcement of {resolved.name} in {resolved.horizon}, middle 80 % of {DRAWS} draws"
    )
    ranges = {
        country: with_ranges(narrowed(stated, strengths[country], source), given)
        if country in strengths
        else stated
        for country in flank
    }
    scenario = scenario_of(resolved)
    of_forces = tuple(country for country, spans in ranges.items() if spans != stated)
    return deterrence(asked, scenario, ranges, stated, notes=deter_notes(scenario, of_forces), cards=CARDS)


def flank_strengths(resolved: Resolved, flank: tuple[str, ...]) -> dict[str, FlankStrength]:
    """Return what a scenario comes to on the flank in its last year, by ally.

    Parameters
    ----------
    resolved : Resolved
        The scenario, which names a requirement and the guarantee.
    flank : tuple of str
        Allies on the flank.

    Returns
    -------
    dict of str to FlankStrength
        Allies of which no forces are counted are left out.
    """

    def last(block: Block) -> tuple[Array, Array]:
        for _, state in block.passing_years(frozenset(RATIOS)):
            attacker, arrivals = (block.cut(np.atleast_2d(state[name])) for name in RATIOS)
        return attacker.copy(), arrivals.copy()

    ((attacker, arrivals),) = map_blocks(last, resolved.problem(), draws=DRAWS, seed=1)
    # The chain sizes the attacker to the start, so that its ratio falls as strength on the spot grows.
    at_start = dict(zip(STATED, resolved.guarantee.stated, strict=True))["attacker_over_local"]
    places = {country: i for i, country in enumerate(resolved.countries) if resolved.guarantee.own_persons[i]}
    return {
        country: FlankStrength(at_start / attacker[:, places[country]], arrivals[:, places[country]])
        for country in flank
        if country in places
    }


def deter_game(
    question: DeterGameQuestion | None = None,
    *,
    ledger: Ledger | None = None,
    standing: StandingFlank | None = None,
    thresholds: Deterrence | None = None,
) -> GuaranteeGame:
    """Return who would pay if the guarantee covered only those who pay, and how that order fits the past.

    Parameters
    ----------
    question : DeterGameQuestion, optional
        Without it, the pledge of the baseline, with 25 points that paying adds.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and the user's own.
    standing : StandingFlank, optional
        As :func:`deter` takes it.
    thresholds : Deterrence, optional
        What :func:`deter` gives for the question, where it is worked out already.

    Returns
    -------
    GuaranteeGame
        The scenario's allies below its pledge at its start.

    Raises
    ------
    InputError, UnknownNameError, NoDataError
        As :func:`deter`. Where the edition that orders are scored on was not public, none is scored.
    """
    asked = DeterGameQuestion() if question is None else question
    held = ledger or Ledger.load()
    at = standing or standing_flank(asked.scenario, asked.as_of, held)
    known_thresholds, resolved = thresholds or deter(asked, ledger=held, standing=at), at.resolved
    case, gdp = game_case(resolved)
    known = held.as_of(asked.as_of) if asked.as_of else held
    needed = {row.country: row.middle for row in known_thresholds.rows}
    return GuaranteeGame(
        asked,
        known_thresholds.scenario,
        resolved.start_year,
        resolved.spending.pledge_target,
        play(case, gdp, asked.paying_adds),
        condition_map(case, needed),
        order_scores(known) if EDITION in known.editions else (),
        GAME_NOTES,
        (*ORDER_CARDS, EDITION),
    )


def game_case(resolved: Resolved) -> tuple[AllyCase, np.ndarray]:
    """Return the allies of a scenario that are below their pledge at its start.

    Parameters
    ----------
    resolved : Resolved
        The scenario.

    Returns
    -------
    AllyCase, ndarray
        What they spend and how far from Russia they are, and their GDP in constant US dollars, (country,).
    """
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
        resolved.name,
        resolved.title,
        resolved.forces.requirement or "",
        tuple(resolved.editions),
        resolved.guarantee.guarantee if resolved.guarantee.commitment != "full" else "",
    )
