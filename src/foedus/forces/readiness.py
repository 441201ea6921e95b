"""Readiness: what of a requirement can be met, what is missing, what holds it up, and what that costs.

**Claim.** Of what can be stood up a part is available, drawn once for all allies of a class. What is missing
of a class is what is required, less what is available of all that are asked and are allies: gaps of single
allies are never added. It is missing for want of people as far as equipment stands without them, in industry
as far as it is ordered and not delivered, and for want of money as far as it is not even ordered. Its price
is shared by the GDP of those that are asked.

**Sources.** Availability: ``parameters/readiness.yaml``. Days until forces are ready: the tiers of NATO's
Force Model of 2022, whose persons are taken to be the same part of every class.

**Leaves out.** The running of what is bought, sharing among allies by anything but GDP, and whether a class
can do the work of another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from foedus.engine.arrays import (
    Array,
    ByClass,
    ByCountry,
    ByDraw,
    ByDrawClass,
    ByDrawClassCountry,
    ByDrawCountry,
    OncePerDraw,
    OncePerDrawClass,
)
from foedus.engine.workspace import Workspace, same_row
from foedus.forces.equations import triangular

__all__ = ["Before", "Now", "Parameters", "Result", "Shocks", "step"]


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    year: float
    membership: ByDrawCountry
    gdp_constant_usd: ByDrawCountry
    equipment_stock: ByDrawClassCountry
    equipment_crewed: ByDrawClassCountry
    equipment_backlog: ByDrawClassCountry
    equipment_price_constant_usd: ByDrawClass
    persons_under_arms: ByDrawCountry
    equipment_required: ByClass
    requirement_asks: ByCountry
    persons_count_at_home: ByCountry
    us_forces_in_europe: ByCountry
    availability_low: ByClass
    availability_middle: ByClass
    availability_high: ByClass
    persons_available_low: float
    persons_available_middle: float
    persons_available_high: float
    ready_part_10_days: float
    ready_part_30_days: float
    ready_part_180_days: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    equipment_availability: ByDrawClass
    gap_closing_year: ByDrawClass
    missing_for_money: ByDrawClass
    missing_in_industry: ByDrawClass
    missing_for_people: ByDrawClass


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    availability_error: OncePerDrawClass
    persons_available_error: OncePerDraw


@dataclass(frozen=True)
class Parameters:
    """It has none of its own: availability and tiers come with the scenario."""


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    equipment_availability: ByDrawClass
    equipment_available: ByDrawClass
    equipment_missing: ByDrawClass
    equipment_ready_in_10_days: ByDrawClass
    equipment_ready_in_30_days: ByDrawClass
    equipment_ready_in_180_days: ByDrawClass
    equipment_held_in_all: ByDrawClass
    equipment_on_order_in_all: ByDrawClass
    gap_closing_year: ByDrawClass
    gap_is_closed: ByDrawClass
    missing_for_money: ByDrawClass
    missing_in_industry: ByDrawClass
    missing_for_people: ByDrawClass
    held_up_by_money: ByDrawClass
    held_up_by_industry: ByDrawClass
    held_up_by_people: ByDrawClass
    forces_gap_by_ally_constant_usd: ByDrawCountry
    persons_ready_in_10_days: ByDraw
    persons_ready_in_30_days: ByDraw
    persons_ready_in_180_days: ByDraw


class _Totals(NamedTuple):
    """What all that count hold, can stand up and have on order, (class, draw, 1)."""

    held: Array
    crewed: Array
    on_order: Array


def _totals(values: Array, counts: Array) -> Array:
    """Return the sum over the countries that count, (class, draw, 1)."""
    # Who is not asked holds nothing here: where all others are allies in every draw, nothing is masked out.
    if len(counts) == 1 and not (values[:, :1] * (1.0 - counts)).any():
        totals: Array = values.sum(axis=-1, keepdims=True)
        return totals
    totals = np.empty((len(values), max(values.shape[1], len(counts)), 1))
    for k, of_class in enumerate(values):
        totals[k] = (of_class * counts).sum(axis=-1, keepdims=True)
    return totals


def _parts(totals: _Totals, ready: Array, missing: Array) -> tuple[Array, Array, Array]:
    """Return what is missing for want of money, in industry and for want of people, (class, draw, 1)."""
    uncrewed = np.maximum(totals.held - totals.crewed, 0.0)
    for_people = np.minimum(uncrewed * ready, missing)
    in_industry = np.minimum(totals.on_order * ready, missing - for_people)
    return missing - for_people - in_industry, in_industry, for_people


def _most(parts: tuple[Array, ...]) -> tuple[Array, ...]:
    """Return for each part 1.0 where it is the largest, the first of equals, and 0.0 where all are zero."""
    whole = np.stack(parts)
    largest, some = whole.argmax(axis=0), whole.any(axis=0)
    return tuple(((largest == i) & some).astype(np.float64) for i in range(len(parts)))


def _persons(now: Now, counts: Array, shocks: Shocks) -> tuple[Array, Array, Array]:
    """Return the persons ready in Europe within 10, 30 and 180 days, (draw, 1)."""
    ends = now.persons_available_low, now.persons_available_middle, now.persons_available_high
    part = triangular(shocks.persons_available_error, *map(np.asarray, ends))
    at_home = (now.persons_under_arms * counts * now.persons_count_at_home).sum(axis=-1, keepdims=True)
    present = now.us_forces_in_europe.sum()
    ten, thirty, all_of_them = (
        part * (at_home * tier + present)
        for tier in (now.ready_part_10_days, now.ready_part_30_days, now.ready_part_180_days)
    )
    return ten, thirty, all_of_them


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Compare what is available with what is required for one year.

    Parameters
    ----------
    now : Now
        Year; who is an ally; GDP; stocks, what of them is manned, and what is on order; prices; persons; what
        is required, of whom, and whose persons count at home; persons of the United States by host; the ends
        and the peak of availability; the parts of what is ready that are so within 10, 30 and 180 days.
    before : Before
        The year in which each class was closed, NaN for one that is open, and the sums of what was missing.
    shocks : Shocks
        Standard normal terms, multiplied by the shock scale.
    parameters : Parameters
        None.
    workspace : Workspace, optional
        Not used: what is written is small.

    Returns
    -------
    Result
        Items by class and draw; item-years that were missing by what held them up; money by ally, in constant
        US dollars.
    """
    del parameters, workspace
    counts = same_row(now.membership) * now.requirement_asks
    ready = before.equipment_availability
    if np.isnan(ready).any():
        ends = now.availability_low, now.availability_middle, now.availability_high
        ready = triangular(shocks.availability_error, *ends)
    totals = _Totals(
        *(_totals(v, counts) for v in (now.equipment_stock, now.equipment_crewed, now.equipment_backlog))
    )
    available = totals.crewed * ready
    missing = np.maximum(now.equipment_required - available, 0.0)
    before_it = before.missing_for_money, before.missing_in_industry, before.missing_for_people
    waited = tuple(b + part for b, part in zip(before_it, _parts(totals, ready, missing), strict=True))
    closed = np.where(missing > 0.0, np.nan, now.year)
    closing_year = np.where(np.isnan(before.gap_closing_year), closed, before.gap_closing_year)
    cost = (missing * now.equipment_price_constant_usd).sum(axis=0)
    weights = counts * now.gdp_constant_usd
    tiers = now.ready_part_10_days, now.ready_part_30_days, now.ready_part_180_days
    return Result(  # type: ignore[call-arg]
        ready,
        available,
        missing,
        *(available * tier for tier in tiers),
        totals.held,
        totals.on_order,
        closing_year,
        (~np.isnan(closing_year)).astype(np.float64),
        *waited,
        *_most(waited),
        cost * weights / np.maximum(weights.sum(axis=-1, keepdims=True), 1.0),
        *_persons(now, counts, shocks),
    )
