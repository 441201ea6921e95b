"""The section of reinforcement: fixed routes and levers, what the chain is given, what a run reports.

A scenario that names no requirement, or one without persons and brigades, has the neutral section.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array, ByDraw
from foedus.engine.section import (
    MeasureGroup,
    MeasureReads,
    ResolvedSection,
    ScenarioParameters,
    quantities_read,
)
from foedus.engine.simulate import State
from foedus.files.section import figure, lever, remark
from foedus.parameters import Provenance
from foedus.reinforcement.fixed_routes import DAYS, ArcRow, FixedRoutes, LegRow, ReleaseRow
from foedus.reinforcement.lever import Levers
from foedus.rounding import written

__all__ = ["MEASURES", "Inputs", "Levers", "Resolved", "Start"]

ARRIVED = tuple(f"land_persons_arrived_in_{day}_days" for day in DAYS)
SHORT = tuple(f"land_persons_short_in_{day}_days" for day in DAYS)
READY = tuple(f"plan_persons_ready_in_{day}_days" for day in DAYS)

MEASURES = (
    *(f"plan_ready_{day}_day_land_persons" for day in DAYS),
    *(f"arrived_{day}_day_land_persons" for day in DAYS),
    *(f"short_{day}_day_land_persons" for day in DAYS),
)
"""What a scenario that names a requirement reports of plans and reinforcement, by catalogue name."""


@dataclass(frozen=True)
class Inputs:
    """What reinforcement hands to the chain in one year.

    Attributes
    ----------
    reinforcement_routes : FixedRoutes or None
        The routes of the earliest flow; None where nothing moves.
    reinforcement_is_worked_out : float
        1.0 in the first year, the middle one and the last, else 0.0.
    land_part_of_persons : float
        Which part of a plan's persons are land forces.
    pieces_per_person_low, pieces_per_person_middle, pieces_per_person_high : float
        The ends and the peak of pieces a person.
    """

    reinforcement_routes: FixedRoutes | None
    reinforcement_is_worked_out: float
    land_part_of_persons: float
    pieces_per_person_low: float
    pieces_per_person_middle: float
    pieces_per_person_high: float


@dataclass(frozen=True)
class Start:
    """The last year before the first step: what would arrive then, without chance."""

    land_persons_arrived_in_10_days: ByDraw
    land_persons_arrived_in_30_days: ByDraw
    land_persons_arrived_in_180_days: ByDraw
    land_persons_short_in_10_days: ByDraw
    land_persons_short_in_30_days: ByDraw
    land_persons_short_in_180_days: ByDraw
    plan_persons_ready_in_10_days: ByDraw
    plan_persons_ready_in_30_days: ByDraw
    plan_persons_ready_in_180_days: ByDraw


@dataclass(frozen=True)
class Resolved(ResolvedSection):
    """Levers and figures of reinforcement, as of a day.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    worked_out : tuple of int
        The years in which arrivals are worked out; empty where nothing moves.
    asked : tuple of float
        Persons that the plan asks for by each day.
    permit_days, trains : float
        The levers.
    """

    countries: tuple[str, ...] = remark()
    worked_out: tuple[int, ...] = remark()
    asked: tuple[float, ...] = remark()
    permit_days: float = lever()
    trains: float = lever()
    land_part: float = figure()
    pieces_per_person: tuple[float, ...] = figure()
    arcs: tuple[ArcRow, ...] = remark()
    legs: tuple[LegRow, ...] = remark()
    through: tuple[float, ...] = remark()
    sinks: tuple[int, ...] = remark()
    total: float = remark()
    releases: tuple[ReleaseRow, ...] = remark()
    start_ready: tuple[float, ...] = remark()
    start_arrived: tuple[float, ...] = remark()
    provenance: tuple[Provenance, ...] = remark(default=())

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Resolved:
        """Return the section of a scenario in which nothing moves."""
        none: tuple[Any, ...] = ()
        return cls(
            *(countries, none, none),
            permit_days=0.0,
            trains=1.0,
            land_part=0.0,
            pieces_per_person=(1.0, 1.0, 1.0),
            arcs=none,
            legs=none,
            through=none,
            sinks=none,
            total=0.0,
            releases=none,
            start_ready=(0.0, 0.0, 0.0),
            start_arrived=(0.0, 0.0, 0.0),
        )

    @property
    def is_named(self) -> bool:
        """Whether something moves."""
        return bool(self.worked_out)

    @property
    def routes(self) -> FixedRoutes | None:
        """The routes; None where nothing moves."""
        if not self.is_named:
            return None
        return FixedRoutes(self.arcs, self.legs, self.through, self.sinks, self.total, self.releases)

    def start(self) -> Start:
        """Return what would arrive before the first year."""
        asked = self.asked or (0.0, 0.0, 0.0)
        pairs = zip(asked, self.start_arrived, strict=True)
        short = (max(self.land_part * required - arrived, 0.0) for required, arrived in pairs)
        return Start(*(np.array([value]) for value in (*self.start_arrived, *short, *self.start_ready)))

    def inputs(self, year: int, parameters: ScenarioParameters) -> Inputs:
        """Return what the chain is given in a year."""
        del parameters
        low, middle, high = self.pieces_per_person
        now = float(year in self.worked_out)
        return Inputs(self.routes if now else None, now, self.land_part, low, middle, high)

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return that what would arrive today is what arrives."""
        del parameters
        state = {name: np.atleast_2d(values) for name, values in vars(self.start()).items()}
        return [state if self.is_named else {} for _ in years]

    def measure_names(self) -> tuple[str, ...]:
        """Return the measures of plans and reinforcement; none where nothing moves."""
        return MEASURES if self.is_named else ()

    def measured(self) -> tuple[str, ...]:
        """Return what the measures are made of."""
        return quantities_read(self.reads())

    def reads(self) -> Mapping[str, MeasureReads]:
        """Return what each measure reads; none where nothing moves."""
        land = ("land_part_of_persons",)
        figures = (*[land] * len(READY), *[()] * (len(ARRIVED) + len(SHORT)))
        quantities = zip(MEASURES, (*READY, *ARRIVED, *SHORT), figures, strict=True)
        return {name: MeasureReads((of,), said) for name, of, said in quantities} if self.is_named else {}

    def measures(self, state: State) -> dict[str, Array]:
        """Return the persons of land forces that are ready, have arrived and are short, (draw,)."""
        if not self.is_named:
            return {}
        values = [self.land_part * np.atleast_2d(state[name])[:, 0] for name in READY]
        values += [np.atleast_2d(state[name])[:, 0] for name in (*ARRIVED, *SHORT)]
        return dict(zip(MEASURES, values, strict=True))

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return what is ready and has arrived, and what is short, each in a group."""
        if not self.is_named:
            return ()
        asked = ", ".join(
            f"{written(self.land_part * persons, grouped=True)} by day {day}"
            for day, persons in zip(DAYS, self.asked, strict=True)
        )
        ready = tuple((f"ready by {day}", name) for day, name in zip(DAYS, MEASURES[:3], strict=True))
        arrived = tuple((f"arrived by {day}", name) for day, name in zip(DAYS, MEASURES[3:6], strict=True))
        short = tuple((f"short by {day}", name) for day, name in zip(DAYS, MEASURES[6:], strict=True))
        years = " and ".join(map(str, self.worked_out))
        return (
            MeasureGroup(f"Plans: land troops that are ready, of those asked for ({asked})", ready),
            MeasureGroup(
                f"Reinforcement: land troops that have arrived by a day; worked out for {years}, the last "
                "curve stands in between",
                arrived,
            ),
            MeasureGroup("Reinforcement: land troops asked for by a day that have not arrived", short),
        )
