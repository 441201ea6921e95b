"""Industry: money becomes orders, orders wait in a queue, and makers deliver what they can.

**Claim.** A part of what an ally spends on equipment buys the ten classes, split over them. An order is made
at the price of the year: the published price, times the growth of cost that programmes see, times learning.
It is due after the lead time. What is due is delivered as far as the makers of the class can deliver, shared
among allies in proportion to what is due to each.

**Sources.** Wright's learning curve: each doubling of all that was ever made takes the price to the progress
ratio. Cost growth after Arena and others (RAND, 2006). Prices, lead times and capacities stand in the record
of prices and in ``parameters/``, with their grades.

**Leaves out.** Orders of before the first year, which are let replace what is retired for some years. Payment
over the years: an order counts as paid when it is made. Export, makers that prefer their own state, and wear
in use.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import (
    Array,
    ByClass,
    ByClassCountry,
    ByDrawClass,
    ByDrawClassCountry,
    ByDrawCountry,
    OncePerDraw,
    OncePerDrawClass,
)
from foedus.engine.elementary import exp
from foedus.engine.workspace import Workspace
from foedus.forces.equations import TENTH, lead_weights, learning, triangular

__all__ = ["LONGEST_LEAD", "SHORTEST_LEAD", "Before", "Now", "Parameters", "Result", "Shocks", "step"]

SHORTEST_LEAD, LONGEST_LEAD = 1.0, 10.0
"""Years from order to delivery: what is ordered in a year is never delivered in it, and orders of more than
ten years ago are not looked back for."""

YEARS_BACK = tuple(range(1, int(LONGEST_LEAD) + 1))

_SLOTS = 12
"""Arrays in which the orders of the last years lie: even, and more than the years that are looked back."""


@dataclass(frozen=True)
class Now:
    """What this year's step reads of this year."""

    year: float
    defence_expenditure_constant_usd: ByDrawCountry
    aid_from_defence_spending_constant_usd: ByDrawCountry
    equipment_share: ByDrawCountry
    equipment_split: ByClassCountry
    equipment_list_price_constant_usd: ByClass
    production_capacity: ByClass
    production_experience: ByClass
    lead_time_low: ByClass
    lead_time_middle: ByClass
    lead_time_high: ByClass
    orders_are_common: float
    cost_growth_low: float
    cost_growth_high: float


@dataclass(frozen=True)
class Before:
    """What it reads of last year."""

    equipment_ordered: ByDrawClassCountry
    equipment_ordered_1_year_ago: ByDrawClassCountry
    equipment_ordered_2_years_ago: ByDrawClassCountry
    equipment_ordered_3_years_ago: ByDrawClassCountry
    equipment_ordered_4_years_ago: ByDrawClassCountry
    equipment_ordered_5_years_ago: ByDrawClassCountry
    equipment_ordered_6_years_ago: ByDrawClassCountry
    equipment_ordered_7_years_ago: ByDrawClassCountry
    equipment_ordered_8_years_ago: ByDrawClassCountry
    equipment_ordered_9_years_ago: ByDrawClassCountry
    equipment_due: ByDrawClassCountry
    equipment_backlog: ByDrawClassCountry
    equipment_delivered_since_start: ByDrawClassCountry


@dataclass(frozen=True)
class Shocks:
    """Standard normal terms."""

    unit_price_error: OncePerDrawClass
    cost_growth_error: OncePerDraw
    lead_time_error: OncePerDrawClass


@dataclass(frozen=True)
class Parameters:
    """Numbers of ``parameters/industry.yaml``."""

    part_for_classes: float
    progress_ratio: float
    unit_price_spread: float


@dataclass(frozen=True)
class Result:
    """What the step writes."""

    equipment_ordered: ByDrawClassCountry
    equipment_ordered_1_year_ago: ByDrawClassCountry
    equipment_ordered_2_years_ago: ByDrawClassCountry
    equipment_ordered_3_years_ago: ByDrawClassCountry
    equipment_ordered_4_years_ago: ByDrawClassCountry
    equipment_ordered_5_years_ago: ByDrawClassCountry
    equipment_ordered_6_years_ago: ByDrawClassCountry
    equipment_ordered_7_years_ago: ByDrawClassCountry
    equipment_ordered_8_years_ago: ByDrawClassCountry
    equipment_ordered_9_years_ago: ByDrawClassCountry
    equipment_due: ByDrawClassCountry
    equipment_backlog: ByDrawClassCountry
    equipment_delivered: ByDrawClassCountry
    equipment_delivered_since_start: ByDrawClassCountry
    equipment_price_constant_usd: ByDrawClass


def _list_prices(now: Now, shocks: Shocks, p: Parameters) -> Array:
    """Return the prices of the first items, (class, draw, 1): published, with their spread and growth."""
    low, high = math.log(now.cost_growth_low), math.log(now.cost_growth_high)
    growth = 0.5 * (low + high) + shocks.cost_growth_error * ((high - low) / (2.0 * TENTH))
    prices: Array = now.equipment_list_price_constant_usd * exp(
        p.unit_price_spread * shocks.unit_price_error + growth
    )
    return prices


def _prices(now: Now, before: Before, first: Array, k: int, p: Parameters) -> Array:
    """Return the price of a class that each ally pays, (draw, 1) or (draw, country)."""
    made, experience = before.equipment_delivered_since_start[k], now.production_experience[k]
    if now.orders_are_common:
        made = made.sum(axis=-1, keepdims=True)
    prices: Array = first[k] * learning(made, experience, p.progress_ratio)
    return prices


def _due(before: Before, lead: Array, k: int, out: Array) -> None:
    """Write what is due of a class into `out`: what was left over, and the orders whose time has come."""
    np.copyto(out, before.equipment_due[k])
    first, last = math.floor(lead.min()), math.ceil(lead.max())
    for ago in range(max(first, 1), last + 1):
        out += _ordered(before, ago)[k] * lead_weights(lead, float(ago))


def _ordered(before: Before, ago: int) -> Array:
    """Return what was ordered so many years before this one."""
    if ago == 1:
        return before.equipment_ordered
    orders: Array = getattr(before, f"equipment_ordered_{ago - 1}_year{'s' if ago > 2 else ''}_ago")
    return orders


def step(
    now: Now, before: Before, shocks: Shocks, parameters: Parameters, workspace: Workspace | None = None
) -> Result:
    """Order, wait and deliver for one year.

    Parameters
    ----------
    now : Now
        Year; spending in constant US dollars and the part of it for equipment; how that is split over
        classes; list prices; what makers can deliver, and what they had made before; lead times in years; 1.0
        where all order together and so learn on one curve.
    before : Before
        Last year's orders and those of the years before, what was due and not delivered, all that was ordered
        and not delivered, and all that was delivered.
    shocks : Shocks
        Standard normal terms, multiplied by the shock scale.
    parameters : Parameters
        Numbers of ``parameters/industry.yaml``.
    workspace : Workspace, optional
        Where the results are written; without it, into new arrays.

    Returns
    -------
    Result
        Items by class, draw and country, and the price of one in constant US dollars by class and draw.
    """
    work, p = workspace or Workspace(), parameters
    if not now.equipment_split.any():
        return _nothing_ordered(now, before)
    # Aid that comes out of defence spending takes its part of the money for equipment with it.
    spending = now.defence_expenditure_constant_usd - now.aid_from_defence_spending_constant_usd
    money = now.equipment_share * spending
    # An ally without forces, or whose parts are not known, orders nothing; the section names it.
    np.nan_to_num(money, copy=False)
    money *= p.part_for_classes
    classes, shape = len(now.equipment_split), money.shape
    ordered = work.array(f"ordered {int(now.year) % _SLOTS}", (classes, *shape))
    due, backlog, delivered, since = work.array("industry", (4, classes, *shape))
    price = work.array("prices", (classes, shape[0], 1))
    lead = triangular(shocks.lead_time_error, now.lead_time_low, now.lead_time_middle, now.lead_time_high)
    np.clip(lead, SHORTEST_LEAD, LONGEST_LEAD, out=lead)
    first = _list_prices(now, shocks, p)
    for k in range(classes):
        each = _prices(now, before, first, k, p)
        spent = now.equipment_split[k] * money
        np.divide(spent, each, out=ordered[k])
        paid, bought = spent.sum(axis=-1, keepdims=True), ordered[k].sum(axis=-1, keepdims=True)
        price[k] = np.divide(paid, bought, out=first[k].copy(), where=bought > 0.0)
        _due(before, lead[k], k, due[k])
        queue = due[k].sum(axis=-1, keepdims=True)
        part = np.minimum(now.production_capacity[k] / np.maximum(queue, 1e-9), 1.0)
        np.multiply(due[k], part, out=delivered[k])
        due[k] -= delivered[k]
        np.add(before.equipment_backlog[k], ordered[k], out=backlog[k])
        backlog[k] -= delivered[k]
        np.maximum(backlog[k], 0.0, out=backlog[k])
        np.add(before.equipment_delivered_since_start[k], delivered[k], out=since[k])
    earlier = (_ordered(before, ago) for ago in YEARS_BACK[:-1])
    return Result(ordered, *earlier, due, backlog, delivered, since, price)  # type: ignore[call-arg]


def _nothing_ordered(now: Now, before: Before) -> Result:
    """Return what there is where nobody orders anything: what was on order stays, and nothing comes."""
    none = np.zeros_like(before.equipment_due)
    earlier = (_ordered(before, ago) for ago in YEARS_BACK[:-1])
    return Result(  # type: ignore[call-arg]
        none,
        *earlier,
        before.equipment_due,
        before.equipment_backlog,
        none,
        before.equipment_delivered_since_start,
        now.equipment_list_price_constant_usd,
    )
