"""What a room's resolved section can do for a scenario and a run; each room overrides what concerns it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.simulate import State
from foedus.parameters import Provenance, Setting
from foedus.parameters.provenance import read_provenance

__all__ = [
    "QUANTILES",
    "DerivedQuantity",
    "MeasureGroup",
    "MeasureParts",
    "MeasureReads",
    "ResolvedSection",
    "ScenarioParameters",
    "SkillByYear",
    "SkillRow",
    "YearSkill",
    "quantities_read",
]

QUANTILES = (0.1, 0.5, 0.9)
"""Low end, middle and high end of what a run prints: half of the draws each side, and an interval of 80 %."""

ScenarioParameters = Mapping[str, Setting]
"""The values of a scenario's parameters, by ``component.name``."""

DerivedQuantity = Callable[[Mapping[str, Array]], Array]
"""From one year of the stored quantities, (draw, country), to one year of another."""


@dataclass(frozen=True)
class YearSkill:
    """What is known of the skill of forecasts so far ahead.

    Attributes
    ----------
    skill : float or None
        One less the score over that of the naive forecast; None where none is known.
    shown : {"model", "both", "no change"}
        Which forecast may be shown; both where it is not sure that the model is better.
    cases : int
        How many past cases that rests on.
    naive_low, naive_high : callable, optional
        From the naive figure to the ends of a range of what such figures have become.
    """

    skill: float | None = None
    shown: str = "model"
    cases: int = 0
    naive_low: Callable[[float], float] | None = None
    naive_high: Callable[[float], float] | None = None


SkillByYear = Sequence[YearSkill]
"""For each year of a run from the first."""


@dataclass(frozen=True)
class SkillRow:
    """The skill of forecasts of one target, so many years ahead.

    Attributes
    ----------
    target : str
        What was forecast.
    ahead : int
        Years ahead.
    skill, low, high : float
        One less the score over that of the naive forecast, and the ends of its interval of 90 %.
    origins : int
        How many origins it rests on.
    shown : str
        Which forecast may be shown: "model", "both" or "no change".
    """

    target: str
    ahead: int
    skill: float
    low: float
    high: float
    origins: int
    shown: str


@dataclass(frozen=True)
class MeasureReads:
    """What a measure reads.

    Attributes
    ----------
    quantities : tuple of str
        Quantities of the chain.
    figures : tuple of str
        Figures and levers of the section itself, by the name that its provenance has for them.
    """

    quantities: tuple[str, ...]
    figures: tuple[str, ...] = ()


@dataclass(frozen=True)
class MeasureParts:
    """The amounts that a measure is the sum of.

    Attributes
    ----------
    names : tuple of str
        What each is of: alpha-3 codes of countries, or words.
    amounts : ndarray, (draw, part)
        In the measure's unit.
    """

    names: tuple[str, ...]
    amounts: Array


def quantities_read(reads: Mapping[str, MeasureReads]) -> tuple[str, ...]:
    """Return the quantities that some measure reads, each once."""
    return tuple(dict.fromkeys(name for read in reads.values() for name in read.quantities))


@dataclass(frozen=True)
class MeasureGroup:
    """Measures that a command prints side by side.

    Attributes
    ----------
    title : str
        What stands above.
    columns : tuple of (str, str)
        For each measure its heading and its catalogue name.
    """

    title: str
    columns: tuple[tuple[str, str], ...]


class ResolvedSection:
    """Levers, beliefs and figures of one room, as of a day.

    Attributes
    ----------
    provenance : tuple of Provenance
        Where each starting value and each yearly input is from; empty where the room is not in use, and in
        runs of before it was kept.
    """

    provenance: tuple[Provenance, ...]

    @classmethod
    def neutral(cls, countries: tuple[str, ...]) -> Any:
        """Return the section of a scenario that does not use the room."""
        raise NotImplementedError(f"{cls.__module__} is part of every scenario ({len(countries)} countries)")

    def start(self) -> Any:
        """Return the room's ``Start``: the last year before the first step."""
        raise NotImplementedError

    def inputs(self, year: int, parameters: ScenarioParameters) -> Any:
        """Return the room's ``Inputs`` of a year; neutral ones where the room is not in use."""
        raise NotImplementedError

    def idle_components(self) -> frozenset[str]:
        """Return the components whose parameters play no part in this scenario."""
        return frozenset()

    def idle_parameters(self) -> frozenset[str]:
        """Return the parameters, by ``component.name``, that the forms of this scenario do not read."""
        return frozenset()

    def no_change(self, years: Sequence[int], parameters: ScenarioParameters) -> list[dict[str, Array]]:
        """Return the room's quantities in the naive forecast.

        Parameters
        ----------
        years : sequence of int
            The start year and every year to the horizon.
        parameters : mapping of str to Setting
            The scenario's parameters.

        Returns
        -------
        list of dict of str to ndarray, (1, country)
            One for each year.
        """
        del parameters
        return [{} for _ in years]

    def measure_names(self) -> tuple[str, ...]:
        """Return the catalogue names of what a run reports of this room."""
        return ()

    def measures(self, state: State) -> dict[str, Array]:
        """Return the room's measures of one year in every draw.

        Parameters
        ----------
        state : mapping of str to ndarray
            The year's quantities, (draw, country) or broadcasting to it.

        Returns
        -------
        dict of str to ndarray, (draw,)
            By :meth:`measure_names`.
        """
        del state
        return {}

    def reads(self) -> Mapping[str, MeasureReads]:
        """Return what each of the room's measures reads; a room that declares none reads all for each."""
        names = self.measured()
        return {} if names is None else dict.fromkeys(self.measure_names(), MeasureReads(names))

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return the amounts that a measure is the sum of in a year.

        Parameters
        ----------
        measure : str
            One of :meth:`measure_names`.
        state : mapping of str to ndarray
            The year's quantities, (draw, country) or broadcasting to it.

        Returns
        -------
        MeasureParts or None
            Amounts in every draw that add up to the measure; None where its form is no sum.
        """
        del measure, state
        return None

    def skill(self, measure: str, years: int) -> SkillByYear:
        """Return the skill that forecasts of a measure have had, year by year; None where none is known."""
        del measure
        return [YearSkill()] * years

    def measured(self) -> tuple[str, ...] | None:
        """Return the quantities that :meth:`measures` reads; None where it may read any."""
        return () if not self.measure_names() else None

    def stored(self) -> tuple[str, ...]:
        """Return the quantities that a run keeps of every draw and country, in single precision."""
        return ()

    def shown(self) -> tuple[str, ...]:
        """Return those of the stored quantities that the room's summary is made of."""
        return ()

    def derived(self) -> Mapping[str, DerivedQuantity]:
        """Return the quantities that follow from the stored ones, by name."""
        return {}

    def classes_in_use(self) -> tuple[str, ...]:
        """Return the classes of which the room has something to say, in the order of the axis."""
        return ()

    def at_horizon(self) -> tuple[str, ...]:
        """Return the quantities by class of which a run keeps the last year of every draw."""
        return ()

    def spread_by_class(self) -> tuple[str, ...]:
        """Return the quantities by class of which a run keeps quantiles year by year."""
        return ()

    def counted_by_class(self) -> tuple[str, ...]:
        """Return the quantities by class, 1.0 or 0.0, of which a run counts the draws year by year."""
        return ()

    def counted(self) -> tuple[str, ...]:
        """Return the quantities, 1.0 or 0.0 in a draw, of which a run counts the draws year by year."""
        return ()

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return how the room's measures are laid out by year: each group one table of a command."""
        return ()

    def skill_note(self) -> str:
        """Return what the skill of the room's measures is, and on what it was computed."""
        return ""

    def skill_rows(self) -> tuple[SkillRow, ...]:
        """Return the skill of the room's forecasts by target and years ahead."""
        return ()

    @classmethod
    def read_value(cls, name: str, value: Any) -> Any:
        """Return a field's value as the section holds it, read from plain values."""
        return read_provenance(value) if name == "provenance" else value

    @staticmethod
    def by_country(values: Sequence[float]) -> Array:
        """Return figures by country as an array.

        Parameters
        ----------
        values : sequence of float
            One for each country.

        Returns
        -------
        ndarray, (country,)
            The same values.
        """
        return np.array(values, dtype=np.float64)
