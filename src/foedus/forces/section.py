"""The section of forces: what is required, what allies hold, how money is split, and what makers deliver.

A scenario that names no requirement has the neutral section: nothing is ordered, held or required, and the
components of forces do not run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array, ByClass, ByClassCountry, ByCountry, ByDraw, ByDrawClass
from foedus.engine.section import MeasureGroup, ResolvedSection, ScenarioParameters
from foedus.engine.simulate import State
from foedus.files.section import belief, figure, lever, remark
from foedus.forces.classes import axis_classes
from foedus.forces.lever import Levers, Uncertainties

__all__ = ["MEASURES", "Inputs", "Levers", "Resolved", "Start", "Uncertainties"]

GAP = "forces_gap_constant_usd"
GAP_BY_ALLY = "forces_gap_by_ally_constant_usd"

PERSONS = {f"europe_{days}_day_persons": f"persons_ready_in_{days}_days" for days in (10, 30, 180)}
"""The measures of persons, each with the quantity that it is."""

MEASURES = (GAP, *PERSONS)
"""What a scenario that names a requirement reports by year, by catalogue name."""

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
    donated_equipment : ndarray, (equipment_class, 1, country)
        Items that are given away in the year.
    retirement_rate : ndarray, (equipment_class, 1, 1)
        The part of what is held that is retired in the year and not replaced by orders of before the start.
    crew_persons : ndarray, (equipment_class, 1, 1)
        Persons that one item needs.
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
    donated_equipment: ByClassCountry
    retirement_rate: ByClass
    crew_persons: ByClass
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
    equipment_ordered: ByClassCountry
    equipment_ordered_1_year_ago: ByClassCountry
    equipment_ordered_2_years_ago: ByClassCountry
    equipment_ordered_3_years_ago: ByClassCountry
    equipment_ordered_4_years_ago: ByClassCountry
    equipment_ordered_5_years_ago: ByClassCountry
    equipment_ordered_6_years_ago: ByClassCountry
    equipment_ordered_7_years_ago: ByClassCountry
    equipment_ordered_8_years_ago: ByClassCountry
    equipment_ordered_9_years_ago: ByClassCountry
    equipment_due: ByClassCountry
    equipment_backlog: ByClassCountry
    equipment_delivered_since_start: ByClassCountry
    gap_closing_year: ByDrawClass
    missing_for_money: ByDrawClass
    missing_in_industry: ByDrawClass
    missing_for_people: ByDrawClass
    forces_gap_by_ally_constant_usd: ByCountry
    persons_ready_in_10_days: ByDraw
    persons_ready_in_30_days: ByDraw
    persons_ready_in_180_days: ByDraw


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
    us_in_europe: tuple[float, ...] = lever()
    us_by_host: tuple[float, ...] = figure()
    gdp_parts: tuple[float, ...] = figure()
    start_gap: float = figure()
    start_persons_ready: tuple[float, ...] = figure()
    plan_persons: tuple[float, ...] = figure(follows="requirement", default=())

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
        stock = np.array(self.stock)[:, np.newaxis, :] if self.is_named else many
        persons = self.by_country(self.persons) if self.is_named else many[0, 0]
        return Start(
            stock,
            stock,
            persons,
            *(many,) * 13,
            gap_closing_year=np.full_like(none, np.nan),
            missing_for_money=none,
            missing_in_industry=none,
            missing_for_people=none,
            **self._reported(),
        )

    def _reported(self) -> dict[str, Array]:
        """Return what a run reports of the start: the gap by ally, and persons that are ready."""
        parts = self.by_country(self.gdp_parts if self.is_named else (0.0,) * len(self.countries))
        persons = zip(PERSONS.values(), self.start_persons_ready or (0.0,) * len(PERSONS), strict=True)
        return {GAP_BY_ALLY: self.start_gap * parts, **{name: np.array([value]) for name, value in persons}}

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
        return (GAP_BY_ALLY, *PERSONS.values()) if self.is_named else ()

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

    def stored(self) -> tuple[str, ...]:
        """Return the gap in money by ally."""
        return (GAP_BY_ALLY,) if self.is_named else ()
