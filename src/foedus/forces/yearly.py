"""What forces hand to the chain in a year, from the figures of the section and the scenario's parameters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.section import ScenarioParameters
from foedus.forces.classes import axis_classes, equipment_class
from foedus.forces.equations import ramped, triangular
from foedus.forces.section import Inputs

if TYPE_CHECKING:
    from foedus.forces.section import Resolved

__all__ = ["neutral_inputs", "start_gap", "yearly_inputs"]

UNITED_STATES = "USA"
"""Whose own forces are not in Europe but for those that are assigned there."""


def _by_class(values: Sequence[float] | Array) -> Array:
    """Return values by class as an array of shape (class, 1, 1)."""
    return np.asarray(values, dtype=np.float64)[:, np.newaxis, np.newaxis]


def _numbers(parameters: ScenarioParameters, component: str) -> Array:
    """Return the parameters of a component that are named by class, (class,)."""
    return np.array([_number(parameters, f"{component}.{name}") for name in axis_classes()])


def _number(parameters: ScenarioParameters, name: str) -> float:
    """Return one parameter."""
    return float(cast("float", parameters[name].value))


def neutral_inputs(countries: int) -> Inputs:
    """Return what the chain is given where no requirement is named: nothing is bought, held or asked for."""
    classes = len(axis_classes())
    none, one = np.zeros((classes, 1, 1)), np.ones((classes, 1, 1))
    many, nobody = np.zeros((classes, 1, countries)), np.zeros(countries)
    return Inputs(
        equipment_split=many,
        equipment_list_price_constant_usd=one,
        production_capacity=none,
        production_experience=one,
        lead_time_low=one,
        lead_time_middle=one,
        lead_time_high=one,
        orders_are_common=1.0,
        cost_growth_low=1.0,
        cost_growth_high=1.0,
        equipment_retiring=many,
        crew_persons=none,
        crew_training_split=many,
        equipment_required=none,
        requirement_asks=nobody,
        persons_count_at_home=nobody,
        us_forces_in_europe=nobody,
        availability_low=one,
        availability_middle=one,
        availability_high=one,
        persons_available_low=1.0,
        persons_available_middle=1.0,
        persons_available_high=1.0,
        ready_part_10_days=1.0,
        ready_part_30_days=1.0,
        ready_part_180_days=1.0,
        plan_asks_in_10_days=0.0,
        plan_asks_in_30_days=0.0,
        plan_asks_in_180_days=0.0,
    )


def yearly_inputs(section: Resolved, year: int, parameters: ScenarioParameters) -> Inputs:
    """Return what the chain is given in a year of a scenario that names a requirement.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    year : int
        The year.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    Inputs
        As the section declares them.
    """
    lead, ready = np.array(section.lead_time_range), np.array(section.availability_range)
    today = capacity_at_start(section, parameters)
    earlier = _number(parameters, "forces.earlier_orders_years")
    replaced = np.clip(earlier - (year - section.start_year - 1), 0.0, 1.0)
    stock = np.array(section.stock)[:, np.newaxis, :]
    low, _, high = section.persons_available
    ten, thirty, all_of_them = section.ready_parts
    first, second, whole = section.plan_persons or (0.0, 0.0, 0.0)
    return Inputs(
        equipment_split=split_by_country(section),
        equipment_list_price_constant_usd=_by_class(list_prices(section, parameters)),
        production_capacity=_by_class(capacity(section, year, parameters)),
        production_experience=_by_class(_number(parameters, "industry.experience_years") * today),
        lead_time_low=_by_class(lead[:, 0]),
        lead_time_middle=_by_class(_numbers(parameters, "lead_time")),
        lead_time_high=_by_class(lead[:, 1]),
        orders_are_common=float(section.common_orders),
        cost_growth_low=_number(parameters, "cost_growth.cost_growth_low"),
        cost_growth_high=_number(parameters, "cost_growth.cost_growth_high"),
        equipment_retiring=_by_class(_numbers(parameters, "retirement") * (1.0 - replaced)) * stock,
        crew_persons=_by_class(_numbers(parameters, "crew")),
        crew_training_split=training_split(section, parameters),
        equipment_required=_by_class(np.nan_to_num(section.required)),
        requirement_asks=asked(section),
        persons_count_at_home=np.array([float(code != UNITED_STATES) for code in section.countries]),
        us_forces_in_europe=us_by_host(section, year),
        availability_low=_by_class(ready[:, 0]),
        availability_middle=_by_class(availability(section, parameters)),
        availability_high=_by_class(ready[:, 1]),
        persons_available_low=low,
        persons_available_middle=_number(parameters, "readiness.persons"),
        persons_available_high=high,
        ready_part_10_days=ten,
        ready_part_30_days=thirty,
        ready_part_180_days=all_of_them,
        plan_asks_in_10_days=first,
        plan_asks_in_30_days=second,
        plan_asks_in_180_days=whole,
    )


def asked(section: Resolved) -> Array:
    """Return which countries the requirement asks.

    Parameters
    ----------
    section : Resolved
        The section of forces.

    Returns
    -------
    ndarray, (country,)
        1.0 for those, and 0.0 for others.
    """
    return np.array([float(code in section.asked) for code in section.countries])


def split_by_country(section: Resolved) -> Array:
    """Return how each asked country's money is split over the classes that it can hold.

    Parameters
    ----------
    section : Resolved
        The section of forces.

    Returns
    -------
    ndarray, (class, 1, country)
        Fractions that add up to one by country, or to nought.

    Notes
    -----
    What a land-locked country would have spent on ships goes to its other classes in proportion; where it
    can hold none of the split, its money buys nothing.
    """
    able = np.array(
        [[float(equipment_class(k).held_by(c)) for c in section.countries] for k in axis_classes()]
    )
    parts = np.array(section.split)[:, np.newaxis] * able
    whole = parts.sum(axis=0)
    parts = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0.0) * asked(section)
    split: Array = parts[:, np.newaxis, :]
    return split


def training_split(section: Resolved, parameters: ScenarioParameters) -> Array:
    """Return how the training of crews is parted over classes.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    ndarray, (class, 1, country)
        Fractions that add up to one by country, or to nought.

    Notes
    -----
    In proportion to the persons that an ally's money for a class would buy equipment for. It depends on
    nothing that is delivered, so that more of one class never takes people from another.
    """
    crews = _numbers(parameters, "crew") / list_prices(section, parameters)
    parts = split_by_country(section) * _by_class(crews)
    whole = parts.sum(axis=0)
    split: Array = np.divide(parts, whole, out=np.zeros_like(parts), where=whole > 0.0)
    return split


def list_prices(section: Resolved, parameters: ScenarioParameters) -> Array:
    """Return the published price of each class; an assumed one is that of the scenario.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    ndarray, (class,)
        Constant US dollars.
    """
    return np.array(
        [
            _number(parameters, f"prices.{name}") if np.isnan(price) else price
            for name, price in zip(axis_classes(), section.list_prices, strict=True)
        ]
    )


def capacity_at_start(section: Resolved, parameters: ScenarioParameters) -> Array:
    """Return what makers deliver in a year at the start to those that are asked.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    ndarray, (class,)
        Items a year.
    """
    today = _numbers(parameters, "capacity")
    return today + _numbers(parameters, "capacity_us") * float(UNITED_STATES in section.asked)


def capacity(section: Resolved, year: int, parameters: ScenarioParameters) -> Array:
    """Return what makers can deliver in a year: the ramp of what is announced, times that of the lever.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    year : int
        The year.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    ndarray, (class,)
        Items a year.
    """
    today, ramp = capacity_at_start(section, parameters), _numbers(parameters, "ramp")
    later = today * _numbers(parameters, "capacity_growth")
    announced = ramped(today, later, year - section.start_year, ramp)
    begins = section.production_from or section.start_year + 1
    factor = ramped(
        np.ones_like(ramp), section.production_factor * np.ones_like(ramp), year - begins + 1, ramp
    )
    return announced * factor


def availability(section: Resolved, parameters: ScenarioParameters) -> Array:
    """Return the peak of availability of each class: one where items count as they stand.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    ndarray, (class,)
        Fractions.
    """
    values = _numbers(parameters, "readiness")
    as_it_stands = np.array([state in {"report", "on top"} for state in section.counted_by])
    return np.where(as_it_stands, 1.0, values)


def us_by_host(section: Resolved, year: int) -> Array:
    """Return the persons of the United States by host in a year, parted as in the last record.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    year : int
        The year.

    Returns
    -------
    ndarray, (country,)
        Persons.
    """
    record = np.array(section.us_by_host)
    index = max(year - section.start_year - 1, 0)
    total = section.us_in_europe[index] if section.us_in_europe else np.nan
    if np.isnan(total) or not record.sum():
        return record
    persons: Array = record * (total / record.sum())
    return persons


def start_gap(section: Resolved, parameters: ScenarioParameters) -> tuple[float, tuple[float, ...]]:
    """Return the price of what is missing at the start, and the persons ready then, without chance.

    Parameters
    ----------
    section : Resolved
        The section of forces.
    parameters : mapping of str to Setting
        The scenario's parameters.

    Returns
    -------
    float, tuple of float
        Constant US dollars, and persons ready within 10, 30 and 180 days.
    """
    given = yearly_inputs(section, section.start_year + 1, parameters)
    counts = given.requirement_asks
    ready = np.array([given.availability_low, given.availability_middle, given.availability_high])
    held = (np.array(section.stock) * counts).sum(axis=-1)
    part = triangular(np.zeros((1, 1, 1)), *ready)[:, 0, 0]
    missing = np.maximum(given.equipment_required[:, 0, 0] - held * part, 0.0)
    growth = np.sqrt(given.cost_growth_low * given.cost_growth_high)
    cost = float((missing * given.equipment_list_price_constant_usd[:, 0, 0]).sum() * growth)
    at_home = float((np.array(section.persons) * counts * given.persons_count_at_home).sum())
    present = float(np.sum(section.us_by_host))
    ends = given.persons_available_low, given.persons_available_middle, given.persons_available_high
    fit = triangular(np.zeros(1), *(np.array([end]) for end in ends))[0]
    return cost, tuple(float(fit * (at_home * tier + present)) for tier in section.ready_parts)
