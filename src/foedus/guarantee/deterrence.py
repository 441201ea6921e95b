"""Deterrence: what belief in the guarantee would hold an attacker back from each ally on the flank.

**Claim.** An ally's own forces grow with its persons under arms, and with its real spending to a stated
part. With them stand the land forces of a plan that have arrived by day 30 and are not the guarantor's. The
attacker is sized to both as they are at the start, at a stated ratio. Help is what the guarantor has in
time: its forces in Europe, and its part of the plan's; all of it goes to the ally that is attacked. Where a
scenario names no requirement, help stands at a stated ratio instead. From both ratios follows q*, the least
belief in help that holds the attacker back, with every other range at its middle. It is worked out for the
first year, the middle one and the last; in between the last stands.

**Sources.** The functions of :mod:`foedus.guarantee.threshold`; the ranges of
``parameters/functions/ranges.yaml``, all of them assumed; persons, arrivals and forces of the United States
as the rooms below have them. Who sends which part of a plan follows GDP.

**Leaves out.** How strong the attacker is: a ratio stands for it. Levels of q* say little, and none is a
probability: only their order, and which way they move, are of use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from foedus.engine.arrays import Array, ByCountry, ByDraw, ByDrawCountry
from foedus.engine.elementary import exp, log
from foedus.guarantee.threshold import attack_gains, threshold

__all__ = [
    "Before",
    "Now",
    "OnTheSpot",
    "Parameters",
    "Ratios",
    "Result",
    "Shocks",
    "least_belief",
    "step",
    "strengths",
]

LEAST_GROWTH = 1e-6
"""Spending that falls below this part of what it was is taken to have fallen to it."""


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    defence_expenditure_constant_usd: ByDrawCountry
    defence_share_revision_factor: ByDrawCountry
    persons_under_arms: ByDrawCountry
    us_forces_in_europe: ByCountry
    persons_available_middle: float
    land_persons_arrived_in_30_days: ByDraw
    deterrence_is_worked_out: float
    is_on_flank: ByCountry
    own_persons_at_start: ByCountry
    others_arrived_at_start: float
    guarantor_part_of_arrivals: float
    assumed_help_over_local: float
    attacker_over_local_at_start: float
    decisiveness_of_strength: float
    attack_cost_over_value: float
    attack_extra_cost_over_value: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    defence_expenditure_constant_usd: ByDrawCountry
    revised_start_spending_constant_usd: ByDrawCountry
    local_strength_over_start: ByDrawCountry
    attacker_over_local: ByDrawCountry
    arrivals_over_local: ByDrawCountry
    guarantee_threshold: ByDrawCountry


@dataclass(frozen=True)
class Shocks:
    """No random terms."""


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/deterrence.yaml``."""

    spending_effect: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    revised_start_spending_constant_usd: ByDrawCountry
    local_strength_over_start: ByDrawCountry
    attacker_over_local: ByDrawCountry
    arrivals_over_local: ByDrawCountry
    guarantee_threshold: ByDrawCountry


class Ratios(NamedTuple):
    """The middles of the stated ranges: attacker and arrivals over local strength at the start, how far
    strength decides, and what an attack costs and costs more with help, over what it would gain."""

    attacker_over_local: float
    arrivals_over_local: float
    decisiveness: float
    cost_over_value: float
    extra_cost_over_value: float


class OnTheSpot(NamedTuple):
    """Forces on the spot and the guarantor's help, persons: each ally's own at the start, others' that have
    arrived now and had at the start, and help; (draw, flank), (draw, 1) or (flank,)."""

    own: Array
    others: Array
    others_at_start: float
    helpers: Array


def strengths(grown: Array, forces: OnTheSpot, assumed: float) -> tuple[Array, Array]:
    """Return the strength on the spot and that of help, both over the strength on the spot at the start.

    Parameters
    ----------
    grown : ndarray, (draw, flank)
        Each ally's own forces over those of the start.
    forces : OnTheSpot
        Persons; no own where the scenario names no requirement.
    assumed : float
        Help over local strength where nobody is counted.

    Returns
    -------
    ndarray, ndarray
        Each (draw, flank) or (1, flank). Neither falls where more arrive.
    """
    if not forces.own.any():
        return grown, np.full((1, forces.own.size), assumed)
    start = np.maximum(forces.own + forces.others_at_start, 1.0)
    return (forces.own * grown + forces.others) / start, forces.helpers / start


def least_belief(local: Array, arrivals: Array, ratios: Ratios) -> Array:
    """Return q* where the strength on the spot has moved, with every range at its middle.

    Parameters
    ----------
    local : ndarray, (draw, country)
        Strength on the spot over that of the start; above zero.
    arrivals : ndarray, (draw, country) or (1, country)
        Help that is there in time, over the strength on the spot at the start.
    ratios : Ratios
        The middles of the stated ranges.

    Returns
    -------
    ndarray, (draw, country)
        As :func:`foedus.guarantee.threshold.threshold`.
    """
    costs = (ratios.cost_over_value, ratios.cost_over_value + ratios.extra_cost_over_value)
    return threshold(attack_gains(ratios.attacker_over_local, local, arrivals, ratios.decisiveness, costs))


def step(now: Now, before: Before, shocks: Shocks, parameters: Parameters) -> Result:
    """Return the ratios of strength of a year on the flank, and the belief that they ask for.

    Parameters
    ----------
    now : Now
        Spending, and by what the starting share was revised; persons under arms, those of the United States
        by host, and the part of persons that is available; who has arrived; 1.0 in a year in which the
        threshold is worked out; 1.0 for allies on the flank; their own available persons at the start (zero:
        no requirement), others' arrivals then, and the guarantor's part of arrivals; what is assumed.
    before : Before
        Last year's spending; that of the start as revised; and the ratios and the threshold that stand.
    shocks : Shocks
        None.
    parameters : Parameters
        Which part of a change of spending, in logarithms, comes through in strength.

    Returns
    -------
    Result
        Ratios, and q*; NaN for countries that are not on the flank, and q* where no belief suffices.
    """
    del shocks
    flank = np.flatnonzero(now.is_on_flank)
    start = before.revised_start_spending_constant_usd
    standing = (
        before.local_strength_over_start,
        before.attacker_over_local,
        before.arrivals_over_local,
        before.guarantee_threshold,
    )
    if not flank.size:
        return Result(start, *standing)
    if np.ndim(start) < 2:
        # What there is before the first year has no draws; in the first year the start is revised.
        start = before.defence_expenditure_constant_usd * now.defence_share_revision_factor
    if not now.deterrence_is_worked_out:
        return Result(start, *standing)
    grown = _grown(now, start[..., flank], flank, parameters.spending_effect)
    arrived, part = now.land_persons_arrived_in_30_days, now.guarantor_part_of_arrivals
    forces = OnTheSpot(
        own=now.own_persons_at_start[flank],
        others=arrived * (1.0 - part),
        others_at_start=now.others_arrived_at_start,
        helpers=arrived * part + now.persons_available_middle * now.us_forces_in_europe.sum(),
    )
    ratios = Ratios(
        now.attacker_over_local_at_start,
        now.assumed_help_over_local,
        now.decisiveness_of_strength,
        now.attack_cost_over_value,
        now.attack_extra_cost_over_value,
    )
    local, arrivals = strengths(grown, forces, ratios.arrivals_over_local)
    results = (ratios.attacker_over_local / local, arrivals / local, least_belief(local, arrivals, ratios))
    return Result(start, *(_spread(values, flank, now.is_on_flank.size) for values in (grown, *results)))


def _grown(now: Now, start: Array, flank: NDArray[np.intp], effect: float) -> Array:
    """Return each ally's own forces over those of the start, (draw, flank)."""
    growth = now.defence_expenditure_constant_usd[..., flank] / start
    grown: Array = exp(effect * log(np.maximum(growth, LEAST_GROWTH)))
    own = now.own_persons_at_start[flank]
    if own.all():
        grown *= np.atleast_2d(now.persons_under_arms)[..., flank] * (now.persons_available_middle / own)
    return grown


def _spread(values: Array, flank: NDArray[np.intp], countries: int) -> Array:
    """Return values of the flank in columns of all countries, NaN in the others."""
    wide = np.full((len(values), countries), np.nan)
    wide[:, flank] = values
    return wide
