"""Stocks month by month: what donors hold, give, use themselves and get from makers.

**Claim.** Each month a group of donors gives of a class what it is asked for, as far as its stock lies above
a floor that it keeps for itself; makers deliver what was ordered a lead time ago, up to their capacity.

.. math:: S' = S + P - U - G, \\quad S \\ge F, \\quad P = \\min(C, D)

with own use U and what is given G, which share what lies above the floor F by what is wanted of each,
capacity C and the orders D that are due. What is given or used is ordered anew in the same month; what was
sent before and not replaced is due at once. Capacity grows from one lead time after a decision, evenly over
the ramp.

**Sources.** Caron, Bryce and Young (2023), a stockpile simulator, for the accounts; the numbers are those of
``parameters/functions/sustain.yaml``, most of them assumed.

**Leaves out.** Donors give from their own: none steps in where another stops. Quality, spare parts and crews
are not told apart, nor is what is bought abroad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus.engine.arrays import Array

__all__ = ["Flows", "SupportInputs", "run_months"]


@dataclass(frozen=True)
class SupportInputs:
    """What the months are computed from; arrays are (group, class, draw) unless said.

    Attributes
    ----------
    stock : ndarray
        Pieces at the start.
    floor : ndarray
        Pieces that are kept: never more than the stock at the start.
    capacity : ndarray
        Pieces a month that makers deliver at the start.
    due : ndarray
        Pieces sent before the start and on order since, that may be delivered at once.
    own_use : ndarray
        Pieces a month that donors use themselves.
    asked : ndarray, (month, group, class)
        Pieces a month that are asked of each group.
    growth : ndarray, (month, draw)
        What capacity is multiplied by.
    growth_lag : sequence of int
        For each class by how many months growth comes later.
    lead_months : sequence of int
        For each class months from an order to its delivery.
    """

    stock: Array
    floor: Array
    capacity: Array
    due: Array
    own_use: Array
    asked: Array
    growth: Array
    growth_lag: Sequence[int]
    lead_months: Sequence[int]


@dataclass(frozen=True)
class Flows:
    """What became of stocks; arrays are (group, class, draw) unless said.

    Attributes
    ----------
    end : ndarray
        Pieces after the last month.
    produced, given, used : ndarray
        Sums over all months.
    given_by_month : ndarray, (month, class, draw)
        Pieces given in each month by all groups.
    short_month : ndarray, (group, class, draw)
        The first month, from 0, in which a group gave less than it was asked for; the number of months where
        there is none.
    short_of_orders : ndarray of bool, (group, class, draw)
        Whether in that month makers could have delivered more than was due.
    """

    end: Array
    produced: Array
    given: Array
    used: Array
    given_by_month: Array
    short_month: Array
    short_of_orders: Array


def run_months(inputs: SupportInputs) -> Flows:
    """Run the accounts month by month.

    Parameters
    ----------
    inputs : SupportInputs
        Stocks, makers and what is asked.

    Returns
    -------
    Flows
        Of every draw. Stock at the start plus what was produced less what was given and used is the stock at
        the end; no stock is below its floor.
    """
    months = inputs.asked.shape[0]
    shape = inputs.stock.shape
    stock, due = inputs.stock.copy(), inputs.due.copy()
    produced, given, used = (np.zeros(shape) for _ in range(3))
    by_month = np.empty((months, *shape[1:]))
    short = np.full(shape, float(months))
    of_orders = np.zeros(shape, dtype=bool)
    orders = np.zeros((months, *shape))
    arrived, above, spare, wanted = (np.empty(shape) for _ in range(4))
    for month in range(months):
        _fall_due(due, orders, month, inputs.lead_months)
        _capacity(inputs, month, spare)
        np.minimum(spare, due, out=arrived)
        held_up = due < spare
        due -= arrived
        stock += arrived
        produced += arrived
        np.subtract(stock, inputs.floor, out=above)
        np.maximum(above, 0.0, out=above)
        asked = inputs.asked[month][:, :, np.newaxis]
        np.add(inputs.own_use, asked, out=wanted)
        lacking = (above < wanted * (1.0 - 1e-9)) & (asked > 0.0)
        first = lacking & (short == months)
        of_orders |= first & held_up
        short[first] = month
        taken = np.minimum(above, wanted, out=orders[month])
        # Own use and gifts share what is above the floor by what is wanted of each.
        np.divide(asked, wanted, out=spare, where=wanted > 0.0)
        spare *= taken
        given += spare
        by_month[month] = spare.sum(axis=0)
        np.subtract(taken, spare, out=spare)
        used += spare
        stock -= taken
    np.maximum(stock, inputs.floor, out=stock)
    return Flows(stock, produced, given, used, by_month, short, of_orders)


def _fall_due(due: Array, orders: Array, month: int, lead_months: Sequence[int]) -> None:
    """Add the orders of one lead time ago to what is due."""
    for i, lead in enumerate(lead_months):
        ordered = month - max(1, lead)
        if ordered >= 0:
            due[:, i] += orders[ordered, :, i]


def _capacity(inputs: SupportInputs, month: int, out: Array) -> None:
    """Write the capacity of a month: that of the start, grown as far as each class has got by then."""
    for i, lag in enumerate(inputs.growth_lag):
        np.multiply(inputs.capacity[:, i], inputs.growth[max(0, month - lag)], out=out[:, i])
