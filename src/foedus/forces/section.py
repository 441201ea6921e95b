"""The section of forces: what is required, what allies hold, how money is split, and what makers deliver.

A scenario that names no requirement has the neutral section: nothing is ordered, held or required, and the
components of forces do not run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array, ByClass, ByClassCountry, ByCountry, ByDraw, ByDrawClass
from foedus.engine.section import (
    MeasureGroup,
    MeasureParts,
    MeasureReads,
    ResolvedSection,
    ScenarioParameters,
    quantities_read,
)
from foedus.engine.simulate import State
from foedus.files.section import belief, figure, lever, remark
from foedus.forces.classes import axis_classes
from foedus.forces.closing import AT_HORIZON, BY_YEAR, COUNTED
from foedus.forces.lever import Levers, Uncertainties
from foedus.parameters import Provenance

__all__ = ["MEASURES", "Inputs", "Levers", "Resolved", "Start", "Uncertainties"]

GAP = "forces_gap_constant_usd"
GAP_BY_ALLY = "forces_gap_by_ally_constant_usd"

PERSONS = {f"europe_{days}_day_persons": f"persons_ready_in_{days}_days" for days in (10, 30, 180)}
"""The measures of persons, each with the quantity that it is."""

MEASURES = (GAP, *PERSONS)
"""What a scenario that names a requirement reports by year, by catalogue name."""

ON_ORDER = (
    *("equipment_ordered_since_start", "equipment_delivered_since_start", "equipment_ordered_by_1_year_ago"),
    *(f"equipment_ordered_by_{ago}_years_ago" for ago in range(2, 10)),
)
"""What is empty before the first year: no list of earlier orders is free to pass on."""

DRAWN = ("equipment_first_price_constant_usd", "equipment_lead_time", "equipment_availability")
"""What is drawn in the first year for the whole run, and is not a number before it."""

COMPONENTS = (
    *("industry", "forces", "readiness", "lead_time", "capacity", "capacity_us", "capacity_growth", "ramp"),
    *("retirement", "crew", "prices", "cost_growth"),
)
"""The names under which the numbers of forces stand."""


@dataclass(frozen=True)
class Inputs:
    """What forces hand to the chain in one year.

    Attributes
    ----------
    equipment_split : ndarray, (equipment_class, 1, country)
        How each country's money for the classes is split over those that it can hold, fractions.
    equipment_list_price_constant_usd : ndarray, (equipment_class, 1, 1)
        The published price of one, constant US dollars.
    production_capacity, production_experience : ndarray, (equipment_class, 1, 1)
        Items that makers deliver in the year, and that they had made before the first.
    lead_time_low, lead_time_middle, lead_time_high : ndarray, (equipment_class, 1, 1)
        Years from order to delivery.
    orders_are_common : float
        1.0 where all order together, else 0.0.
    cost_growth_low, cost_growth_high : float
        Factors that one programme in ten stays below, and one in ten exceeds.
    equipment_retiring : ndarray, (equipment_class, 1, country)
        Items that are to be retired in the year and that no order of before the start replaces.
    crew_persons : ndarray, (equipment_class, 1, 1)
        Persons that one item needs.
    crew_training_split : ndarray, (equipment_class, 1, country)
        How the training of crews is parted over classes, fractions.
    equipment_required : ndarray, (equipment_class, 1, 1)
        Items that are to be available; zero for a class of which nothing is asked or known.
    requirement_asks, persons_count_at_home : ndarray, (country,)
        1.0 for countries that the requirement asks, and for those whose persons at home are in Europe.
    us_forces_in_europe : ndarray, (country,)
        Persons of the United States by host.
    availability_low, availability_middle, availability_high : ndarray, (equipment_class, 1, 1)
        The part of what can be stood up that is available.
    persons_available_low, persons_available_middle, persons_available_high : float
        The part of persons that can be used in the field.
    ready_part_10_days, ready_part_30_days, ready_part_180_days : float
        The part of what is available that is so within so many days.
    plan_asks_in_10_days, plan_asks_in_30_days, plan_asks_in_180_days : float
        Persons that the requirement asks for within so many days; zero where it counts neither persons nor
        brigades.
    """

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
    equipment_retiring: ByClassCountry
    crew_persons: ByClass
    crew_training_split: ByClassCountry
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
    plan_asks_in_10_days: float
    plan_asks_in_30_days: float
    plan_asks_in_180_days: float


@dataclass(frozen=True)
class Start:
    """The last year before the first step: what is held, manned and under arms; nothing is on order."""

    equipment_stock: ByClassCountry
    equipment_crewed: ByClassCountry
    persons_under_arms: ByCountry
    equipment_ordered_since_start: ByClassCountry
    equipment_ordered_by_1_year_ago: ByClassCountry
    equipment_ordered_by_2_years_ago: ByClassCountry
    equipment_ordered_by_3_years_ago: ByClassCountry
    equipment_ordered_by_4_years_ago: ByClassCountry
    equipment_ordered_by_5_years_ago: ByClassCountry
    equipment_ordered_by_6_years_ago: ByClassCountry
    equipment_ordered_by_7_years_ago: ByClassCountry
    equipment_ordered_by_8_years_ago: ByClassCountry
    equipment_ordered_by_9_years_ago: ByClassCountry
    equipment_delivered_since_start: ByClassCountry
    equipment_first_price_constant_usd: ByDrawClass
    equipment_lead_time: ByDrawClass
    equipment_availability: ByDrawClass
    gap_closing_year: ByDrawClass
    missing_for_money: ByDrawClass
    missing_in_industry: ByDrawClass
    missing_for_people: ByDrawClass
    forces_gap_by_ally_constant_usd: ByCountry
    persons_ready_in_10_days: ByDraw
    persons_ready_in_30_days: ByDraw
    persons_ready_in_180_days: ByDraw
    equipment_held_in_all: ByClass
    equipment_on_order_in_all: ByClass
    equipment_available: ByClass
    equipment_missing: ByClass


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """Levers, beliefs and figures of forces, as of a day.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    classes : tuple of str
        The classes of the axis of equipment; empty where no requirement is named.
    requirement : str
        The name of the requirement; empty where none is named.
    start_year : int
        The year of the starting figures.
    """

    countries: tuple[str, ...] = remark()
    classes: tuple[str, ...] = remark()
    start_year: int = remark()
    requirement: str = lever(absent="none")
    requirement_title: str = remark()
    required: tuple[float, ...] = figure(follows="requirement")
    counted_by: tuple[str, ...] = figure(follows="requirement")
    asked: tuple[str, ...] = figure(follows="requirement")
    split: tuple[float, ...] = lever(follows="requirement")
    stock: tuple[tuple[float, ...], ...] = figure()
    persons: tuple[float, ...] = figure()
    list_prices: tuple[float, ...] = figure()
    lead_time_range: tuple[tuple[float, float], ...] = belief()
    availability_range: tuple[tuple[float, float], ...] = belief()
    persons_available: tuple[float, ...] = figure()
    ready_parts: tuple[float, ...] = figure()
    production_factor: float = lever()
    production_from: int | None = lever()
    common_orders: bool = lever()
    us_in_europe: tuple[float, ...] = lever(absent="as in the last record")
    us_by_host: tuple[float, ...] = figure()
    gdp_parts: tuple[float, ...] = figure()
    start_held: tuple[float, ...] = figure()
    start_available: tuple[float, ...] = figure()
    start_missing: tuple[float, ...] = figure()
    start_gap: float = figure()
    start_persons_ready: tuple[float, ...] = figure()
    plan_persons: tuple[float, ...] = figure(follows="requirement", default=())
    provenance: tuple[Provenance, ...] = remark(default=())

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Resolved:
        """Return the section of a scenario that names no requirement."""
        none: tuple[Any, ...] = ()
        return cls(
            *(countries, none, 0, "", "", *(none,) * 11),
            production_factor=1.0,
            production_from=None,
            common_orders=False,
            us_in_europe=(),
            us_by_host=(),
            gdp_parts=(),
            start_held=(),
            start_available=(),
            start_missing=(),
            start_gap=0.0,
            start_persons_ready=(),
        )

    @property
    def is_named(self) -> bool:
        """Whether the scenario names a requirement."""
        return bool(self.requirement)

    def _shape(self, countries: int) -> tuple[int, int, int]:
        """Return the shape of a quantity by class."""
        return (len(axis_classes()), 1, countries)

    def start(self) -> Start:
        """Return what is held and under arms before the first year."""
        many, none = np.zeros(self._shape(len(self.countries))), np.zeros(self._shape(1))
        not_drawn = np.full_like(none, np.nan)
        stock = np.array(self.stock)[:, np.newaxis, :] if self.is_named else many
        persons = self.by_country(self.persons) if self.is_named else many[0, 0]
        nothing: dict[str, Any] = dict.fromkeys(ON_ORDER, many) | dict.fromkeys(DRAWN, not_drawn)
        return Start(
            equipment_stock=stock,
            equipment_crewed=stock,
            persons_under_arms=persons,
            **nothing,
            gap_closing_year=not_drawn,
            missing_for_money=none,
            missing_in_industry=none,
            missing_for_people=none,
            **self._reported(),
            **self._started(),
        )

    def _reported(self) -> dict[str, Any]:
        """Return what a run reports of the start: the gap by ally, and persons that are ready."""
        parts = self.by_country(self.gdp_parts if self.is_named else (0.0,) * len(self.countries))
        persons = zip(PERSONS.values(), self.start_persons_ready or (0.0,) * len(PERSONS), strict=True)
        return {GAP_BY_ALLY: self.start_gap * parts, **{name: np.array([value]) for name, value in persons}}

    def _started(self) -> dict[str, Any]:
        """Return what is held, on order, available and missing of each class at the start, without chance."""
        none = np.zeros(self._shape(1))
        rows = (self.start_held, self.start_available, self.start_missing)
        held, available, missing = (
            np.array(row)[:, np.newaxis, np.newaxis] if self.is_named else none for row in rows
        )
        return {
            "equipment_held_in_all": held,
            "equipment_on_order_in_all": none,
            "equipment_available": available,
            "equipment_missing": missing,
        }

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return what the chain is given in a year; nothing is asked for where no requirement is named."""
        from foedus.forces.yearly import neutral_inputs, yearly_inputs

        if not self.is_named:
            return neutral_inputs(len(self.countries))
        return yearly_inputs(self, year, parameters)

    def idle_components(self) -> frozenset[str]:
        """Return the numbers of forces where no requirement is named."""
        return frozenset() if self.is_named else frozenset(COMPONENTS)

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return that stocks stay what they are: the gap of the start, at published prices."""
        del parameters
        state = {name: np.atleast_2d(values) for name, values in self._reported().items()}
        return [state if self.is_named else {} for _ in years]

    def measure_names(self) -> tuple[str, ...]:
        """Return the measures of forces; none where no requirement is named."""
        return MEASURES if self.is_named else ()

    def measured(self) -> tuple[str, ...]:
        """Return what the measures are made of."""
        return quantities_read(self.reads())

    def reads(self) -> Mapping[str, MeasureReads]:
        """Return what each measure reads; none where no requirement is named."""
        quantities = zip(MEASURES, (GAP_BY_ALLY, *PERSONS.values()), strict=True)
        return {name: MeasureReads((of,)) for name, of in quantities} if self.is_named else {}

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return each ally's part of the gap; persons are no sum."""
        if measure != GAP:
            return None
        return MeasureParts(self.countries, np.atleast_2d(state[GAP_BY_ALLY]))

    def measures(self, state: State) -> dict[str, Array]:
        """Return the gap in money and the persons that are ready in every draw, (draw,)."""
        if not self.is_named:
            return {}
        persons = {name: np.atleast_2d(state[quantity])[:, 0] for name, quantity in PERSONS.items()}
        return {GAP: np.atleast_2d(state[GAP_BY_ALLY]).sum(axis=-1), **persons}

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return the measures of forces in one group."""
        headings = ("gap, bn USD", "persons in 10 days", "in 30 days", "in 180 days")
        columns = tuple(zip(headings, MEASURES, strict=True))
        title = (
            f"Forces: the price of what is missing ({self.requirement_title}), and persons ready in Europe"
        )
        return (MeasureGroup(title, columns),) if self.is_named else ()

    def classes_in_use(self) -> tuple[str, ...]:
        """Return the classes that are asked for and of which it is known what is missing."""
        states = zip(self.classes, self.counted_by, strict=True)
        return tuple(name for name, state in states if state not in {"", "unknown"})

    def at_horizon(self) -> tuple[str, ...]:
        """Return when each class is closed and what it waited for."""
        return AT_HORIZON if self.is_named else ()

    def spread_by_class(self) -> tuple[str, ...]:
        """Return what is held, on order, available and missing of each class."""
        return BY_YEAR if self.is_named else ()

    def counted_by_class(self) -> tuple[str, ...]:
        """Return whether a class is closed, and what it has waited for most."""
        return COUNTED if self.is_named else ()

    def stored(self) -> tuple[str, ...]:
        """Return the gap in money by ally."""
        return (GAP_BY_ALLY,) if self.is_named else ()

    def shown(self) -> tuple[str, ...]:
        """Return the same: how the gap is shared at the horizon is made of it."""
        return self.stored()
