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
from typing import NamedTuple

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

    equipment_ordered_since_start: ByDrawClassCountry
    equipment_ordered_by_1_year_ago: ByDrawClassCountry
    equipment_ordered_by_2_years_ago: ByDrawClassCountry
    equipment_ordered_by_3_years_ago: ByDrawClassCountry
    equipment_ordered_by_4_years_ago: ByDrawClassCountry
    equipment_ordered_by_5_years_ago: ByDrawClassCountry
    equipment_ordered_by_6_years_ago: ByDrawClassCountry
    equipment_ordered_by_7_years_ago: ByDrawClassCountry
    equipment_ordered_by_8_years_ago: ByDrawClassCountry
    equipment_ordered_by_9_years_ago: ByDrawClassCountry
    equipment_delivered_since_start: ByDrawClassCountry
    equipment_first_price_constant_usd: ByDrawClass
    equipment_lead_time: ByDrawClass


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

    equipment_ordered_since_start: ByDrawClassCountry
    equipment_ordered_by_1_year_ago: ByDrawClassCountry
    equipment_ordered_by_2_years_ago: ByDrawClassCountry
    equipment_ordered_by_3_years_ago: ByDrawClassCountry
    equipment_ordered_by_4_years_ago: ByDrawClassCountry
    equipment_ordered_by_5_years_ago: ByDrawClassCountry
    equipment_ordered_by_6_years_ago: ByDrawClassCountry
    equipment_ordered_by_7_years_ago: ByDrawClassCountry
    equipment_ordered_by_8_years_ago: ByDrawClassCountry
    equipment_ordered_by_9_years_ago: ByDrawClassCountry
    equipment_backlog: ByDrawClassCountry
    equipment_delivered: ByDrawClassCountry
    equipment_delivered_since_start: ByDrawClassCountry
    equipment_price_constant_usd: ByDrawClass
    equipment_first_price_constant_usd: ByDrawClass
    equipment_lead_time: ByDrawClass


def _first_prices(now: Now, before: Before, shocks: Shocks, p: Parameters) -> Array:
    """Return the price of the first of each class, (class, draw, 1), with its spread and growth."""
    if not np.isnan(before.equipment_first_price_constant_usd).any():
        return before.equipment_first_price_constant_usd
    low, high = math.log(now.cost_growth_low), math.log(now.cost_growth_high)
    growth = 0.5 * (low + high) + shocks.cost_growth_error * ((high - low) / (2.0 * TENTH))
    spread = p.unit_price_spread * shocks.unit_price_error
    prices: Array = now.equipment_list_price_constant_usd * exp(spread + growth)
    return prices


def _lead_times(now: Now, before: Before, shocks: Shocks) -> Array:
    """Return the years from order to delivery, (class, draw, 1): one for the whole run."""
    if not np.isnan(before.equipment_lead_time).any():
        return before.equipment_lead_time
    ends = now.lead_time_low, now.lead_time_middle, now.lead_time_high
    years: Array = np.clip(triangular(shocks.lead_time_error, *ends), SHORTEST_LEAD, LONGEST_LEAD)
    return years


def _ordered_by(before: Before, ago: int) -> Array:
    """Return all that had been ordered by the end of the year so many years before this one."""
    if ago == 1:
        return before.equipment_ordered_since_start
    orders: Array = getattr(before, f"equipment_ordered_by_{ago - 1}_year{'s' if ago > 2 else ''}_ago")
    return orders


class _Year(NamedTuple):
    """What is ordered and delivered of one class in a year: what it follows from, and where it is written."""

    earlier: tuple[Array, ...]
    output: Array
    split: Array
    first: Array
    lead: Array
    capacity: float
    experience: float
    ordered: Array
    backlog: Array
    delivered: Array
    since: Array
    price: Array


def _due(year: _Year) -> None:
    """Write what is due of a class and not yet delivered where what is delivered will be."""
    out = year.delivered
    np.negative(year.output, out=out)
    for ago in range(math.floor(year.lead.min()), math.ceil(year.lead.max()) + 1):
        orders = year.earlier[ago - 1]
        # One row for all draws is what stood on order before the first year: nothing.
        if len(orders) > 1 or orders.any():
            out += orders * lead_weights(year.lead, float(ago))
    # A sum of weights that should be one may miss it by the last bit.
    np.maximum(out, 0.0, out=out)


def _order(year: _Year, money: Array, common: bool, progress_ratio: float) -> None:
    """Write all that is ordered of a class by the end of the year, and the mean of what is paid for one."""
    output = year.output.sum(axis=-1, keepdims=True) if common else year.output
    prices = learning(output, year.experience, progress_ratio) * year.first
    spent = money * year.split
    bought = spent / prices
    np.add(year.earlier[0], bought, out=year.ordered)
    if common:
        year.price[...] = prices
        return
    paid, number = spent.sum(axis=-1, keepdims=True), bought.sum(axis=-1, keepdims=True)
    year.price[...] = year.first
    np.divide(paid, number, out=year.price, where=number > 0.0)


def _deliver(year: _Year) -> None:
    """Write what makers deliver of what is due, in proportion to what is due to each ally."""
    _due(year)
    queue = year.delivered.sum(axis=-1, keepdims=True)
    np.multiply(year.delivered, np.minimum(year.capacity / np.maximum(queue, 1e-9), 1.0), out=year.delivered)
    np.add(year.output, year.delivered, out=year.since)
    np.subtract(year.ordered, year.since, out=year.backlog)
    np.maximum(year.backlog, 0.0, out=year.backlog)


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
        All that had been ordered by the end of last year and of the years before it, all that was delivered,
        and the first prices and lead times of the draw, not a number before the first year.
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
    earlier = [_ordered_by(before, ago) for ago in YEARS_BACK]
    first, lead = _first_prices(now, before, shocks, p), _lead_times(now, before, shocks)
    if not now.equipment_split.any():
        none, since = np.zeros_like(earlier[0]), before.equipment_delivered_since_start
        return Result(earlier[0], *earlier[:-1], none, none, since, first, first, lead)  # type: ignore[call-arg]
    # Aid that comes out of defence spending takes its part of the money for equipment with it.
    spending = now.defence_expenditure_constant_usd - now.aid_from_defence_spending_constant_usd
    money = now.equipment_share * spending
    # An ally without forces, or whose parts are not known, orders nothing; the section names it.
    np.nan_to_num(money, copy=False)
    money *= p.part_for_classes
    np.maximum(money, 0.0, out=money)
    classes, shape = len(now.equipment_split), money.shape
    ordered = work.array(f"ordered {int(now.year) % _SLOTS}", (classes, *shape))
    backlog, delivered, since = work.array("industry", (3, classes, *shape))
    price = np.empty((classes, shape[0], 1))
    # Class by class: as fast as over all at once, and a class that nobody buys costs nothing.
    for k in range(classes):
        year = _Year(
            tuple(orders[k] for orders in earlier),
            before.equipment_delivered_since_start[k],
            *(now.equipment_split[k], first[k], lead[k]),
            *(now.production_capacity.item(k), now.production_experience.item(k)),
            *(ordered[k], backlog[k], delivered[k], since[k], price[k]),
        )
        if not year.split.any():
            # Nobody buys the class: nothing of it is ever on order.
            ordered[k] = backlog[k] = delivered[k] = since[k] = 0.0
            price[k] = first[k]
            continue
        _order(year, money, bool(now.orders_are_common), p.progress_ratio)
        _deliver(year)
    return Result(ordered, *earlier[:-1], backlog, delivered, since, price, first, lead)  # type: ignore[call-arg]
