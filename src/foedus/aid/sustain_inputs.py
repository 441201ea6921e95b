"""What a question of sustained support starts from: classes, donors, stocks, makers, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from foedus.aid.donors import donor_code, region_of
from foedus.aid.parameters import FOLDER
from foedus.aid.record import Month
from foedus.aid.sustain_classes import CLASSES, DONOR_GROUPS, SupportLevers
from foedus.aid.sustain_model import SupportInputs
from foedus.aid.tracker import Tracker
from foedus.engine.arrays import Array
from foedus.engine.draws import stream
from foedus.errors import InputError, UnknownNameError
from foedus.forces.holdings import Holdings
from foedus.parameters import Parameter

__all__ = [
    "StartingStock",
    "SupportSetup",
    "group_of",
    "numbers",
    "setup",
    "support_inputs",
    "us_then_and_now",
]

FIRST_MONTH = Month(2022, 2)
"""The month from which the pieces of the tracker are counted into a monthly rate."""

DAYS_A_MONTH = 365.25 / 12.0

BLOCK = 2000
"""Draws that are computed at once: their arrays stay in cache."""


@dataclass(frozen=True)
class StartingStock:
    """Where the stock of one group and class at the start is from.

    Attributes
    ----------
    group, equipment : str
        Whose and of what.
    grade : str
        "imported" where the user's table counts it, else the grade of the range.
    countries : int
        How many donors are counted in an import.
    """

    group: str
    equipment: str
    grade: str
    countries: int = 0


@dataclass(frozen=True)
class SupportSetup:
    """Everything that draws are made from.

    Attributes
    ----------
    start : Month
        The first month.
    months : int
        How many months.
    rates : ndarray, (class,)
        Pieces a month that are looked for.
    rate_grades : tuple of str
        How each rate is known.
    asked : ndarray, (month, group, class)
        Pieces a month that each group is asked for.
    shares : ndarray, (group, class)
        The part of the rate that each group bears.
    sent : ndarray, (group, class)
        Pieces sent by the start.
    lead_months : tuple of int
        By class.
    levers : SupportLevers
        What the scenario decides.
    holdings : mapping of (str, str) to float
        Counts from an import by group and class.
    stocks : tuple of StartingStock
        Where stocks are from.
    """

    start: Month
    months: int
    rates: Array
    rate_grades: tuple[str, ...]
    asked: Array
    shares: Array
    sent: Array
    lead_months: tuple[int, ...]
    levers: SupportLevers
    holdings: Mapping[tuple[str, str], float]
    stocks: tuple[StartingStock, ...]


def us_then_and_now(held: Tracker) -> tuple[int, float] | None:
    """Return the last whole year, and what the United States gave then over its mean of the years before."""
    whole = held.whole_years
    if len(whole) < 2:
        return None
    by_year = [held.allocated("military", regions=("united_states",), year=year) for year in whole]
    before = sum(by_year[:-1]) / len(by_year[:-1])
    return (whole[-1], by_year[-1] / before) if before else None


def group_of(donor: str) -> str:
    """Return the group of a donor."""
    region = region_of(donor)
    if region == "united_states":
        return region
    return "europe" if region == "european_states" else "other_donors"


def numbers() -> Mapping[str, Parameter]:
    """Return the numbers of stocks, makers and rates."""
    return FOLDER.function("sustain")


def setup(
    held: Tracker, holdings: Holdings, levers: SupportLevers, *, months: int, rates: Mapping[str, float]
) -> SupportSetup:
    """Put together what draws are made from.

    Parameters
    ----------
    held : Tracker
        Pieces that were allocated, and donors' military aid.
    holdings : Holdings
        What the user has brought; empty where nothing.
    levers : SupportLevers
        The scenario.
    months : int
        How many months.
    rates : mapping of str to float
        Pieces a month by class, in the place of the usual ones.

    Returns
    -------
    SupportSetup
        Without draws.

    Raises
    ------
    UnknownNameError
        When a rate is of no class that is there.
    InputError
        When a rate is not above zero.
    """
    values = numbers()
    start = held.release.last.plus(1)
    rate, grades = _rates(held, values, rates)
    shares = np.array([[_value(values, f"{c.name}_share_{g}") for c in CLASSES] for g in DONOR_GROUPS])
    shares /= shares.sum(axis=0)
    factors = _factors(held, levers, start, months)
    asked = factors[:, :, np.newaxis] * shares * rate
    pieces = {row.weapon: row.pieces for row in held.weapons}
    elapsed = start.since(FIRST_MONTH)
    sent = np.array([pieces.get(c.weapon, rate[i] * elapsed) for i, c in enumerate(CLASSES)]) * shares
    lead = tuple(round(_value(values, f"{c.name}_lead_days") / DAYS_A_MONTH) for c in CLASSES)
    counts, stocks = _counts(holdings)
    return SupportSetup(start, months, rate, grades, asked, shares, sent, lead, levers, counts, stocks)


def _value(values: Mapping[str, Parameter], name: str) -> float:
    """Return the middle value of a number."""
    value = values[name].value
    assert isinstance(value, float)  # no number of sustain is by country
    return value


def _rates(
    held: Tracker, values: Mapping[str, Parameter], given: Mapping[str, float]
) -> tuple[Array, tuple[str, ...]]:
    """Return the monthly rate of each class, and how it is known."""
    names = [c.name for c in CLASSES]
    for name, value in given.items():
        if name not in names:
            raise UnknownNameError(
                "class of support", name, names, where="--rate", do=f"use {', '.join(names)}"
            )
        if not 0.0 < value < 1e9:
            raise InputError(f"a rate of {value:g} a month is none", where="--rate", do="give pieces a month")
    pieces = {row.weapon: row.pieces for row in held.weapons}
    elapsed = held.release.last.since(FIRST_MONTH) + 1
    rates, grades = [], []
    for entry in CLASSES:
        if entry.name in given:
            rates.append(given[entry.name])
            grades.append("asked")
        elif entry.weapon in pieces:
            rates.append(pieces[entry.weapon] / elapsed)
            grades.append("measured")
        else:
            parameter = values[f"{entry.name}_rate"]
            rates.append(_value(values, f"{entry.name}_rate"))
            grades.append(parameter.grade)
    return np.array(rates), tuple(grades)


def _factors(held: Tracker, levers: SupportLevers, start: Month, months: int) -> Array:
    """Return by what each group gives in each month, as a part of what it gave: (month, group).

    A donor's factor weighs by its part of its group's military aid; a fund adds to that of European states.
    """
    groups = list(DONOR_GROUPS)
    money = dict.fromkeys(groups, 0.0)
    for row in held.donors:
        money[group_of(row.donor)] += row.military
    own = {row.donor: float(row.military) for row in held.donors}
    factors = np.ones((months, len(groups)))
    for name, factor, year in levers.donors:
        donor = donor_code(name)
        group = group_of(donor)
        weight = own.get(donor, 0.0) / money[group] if money[group] else 0.0
        factors[_month_of(start, year, months) :, groups.index(group)] += (factor - 1.0) * weight
    if levers.fund_eur:
        span = 12 * (levers.fund_until - levers.fund_from + 1)
        mean = money["europe"] / (held.release.last.since(FIRST_MONTH) + 1)
        first, after = (_month_of(start, y, months) for y in (levers.fund_from, levers.fund_until + 1))
        factors[first:after, groups.index("europe")] += levers.fund_eur / span / mean
    return np.maximum(factors, 0.0)


def _month_of(start: Month, year: int, months: int) -> int:
    """Return the index of a year's January, within the months."""
    return min(max(0, Month(year, 1).since(start)), months)


def _counts(holdings: Holdings) -> tuple[dict[tuple[str, str], float], tuple[StartingStock, ...]]:
    """Return what an import counts by group and class, and where every stock is from."""
    sums: dict[tuple[str, str], float] = {}
    countries: dict[tuple[str, str], int] = {}
    by_holding = {c.holding: c.name for c in CLASSES if c.holding}
    for (country, held_class), count in holdings.counts().items():
        if held_class in by_holding:
            key = (group_of(country), by_holding[held_class])
            sums[key] = sums.get(key, 0.0) + count
            countries[key] = countries.get(key, 0) + 1
    stocks = tuple(
        StartingStock(
            group,
            entry.name,
            "imported" if (group, entry.name) in sums else "assumed",
            countries.get((group, entry.name), 0),
        )
        for entry in CLASSES
        for group in DONOR_GROUPS
    )
    return sums, stocks


def support_inputs(prepared: SupportSetup, *, block: int, draws: int, seed: int) -> SupportInputs:
    """Draw one block.

    Parameters
    ----------
    prepared : SupportSetup
        What draws are made from.
    block : int
        The block's number, from 0.
    draws : int
        How many of its :data:`BLOCK` draws are wanted.
    seed : int
        Of the draws.

    Returns
    -------
    SupportInputs
        Draw number i is the same whatever the number of draws, and in every scenario.
    """
    random = stream(seed, "aid sustain", block)
    values = numbers()

    def drawn(name: str) -> Array:
        low, high = values[name].range
        middle = _value(values, name)
        # The terms are drawn whole and in the same order whatever the range is.
        return _triangular(random.random(BLOCK), low, middle, high)[:draws]

    shape = (len(DONOR_GROUPS), len(CLASSES), draws)
    stock, capacity, use = (np.empty(shape) for _ in range(3))
    floor, already, ramp = (drawn(name) for name in ("floor", "replaced_already", "ramp_days"))
    for i, group in enumerate(DONOR_GROUPS):
        for j, entry in enumerate(CLASSES):
            stock[i, j] = drawn(f"{entry.name}_stock_{group}")
            counted = prepared.holdings.get((group, entry.name))
            if counted is not None:
                stock[i, j] = counted
            capacity[i, j] = drawn(f"{entry.name}_production_{group}") / 12.0
            use[i, j] = drawn(f"{entry.name}_use") * stock[i, j] / 12.0
    due = prepared.sent[:, :, np.newaxis] * (1.0 - already)
    growth = _growth(prepared, ramp / DAYS_A_MONTH)
    lead = prepared.lead_months
    return SupportInputs(stock, floor * stock, capacity, due, use, prepared.asked, growth, lead, lead)


def _triangular(level: Array, low: float, middle: float, high: float) -> Array:
    """Return quantiles of a triangular distribution; of a point where its ends meet."""
    if high <= low:
        return np.full(level.shape, middle)
    turn = (middle - low) / (high - low)
    below = low + np.sqrt(level * (high - low) * (middle - low))
    above = high - np.sqrt((1.0 - level) * (high - low) * (high - middle))
    return np.where(level < turn, below, above)


def _growth(prepared: SupportSetup, ramp: Array) -> Array:
    """Return what capacity is multiplied by, before any lead time: (month, draw)."""
    levers = prepared.levers
    year = levers.production_from
    first = 0 if year is None else max(0, Month(year, 1).since(prepared.start))
    since = np.arange(prepared.months)[:, np.newaxis] - first
    share = np.clip(since / np.maximum(ramp, 1.0), 0.0, 1.0)
    growth: Array = 1.0 + (levers.production_factor - 1.0) * share
    return growth
