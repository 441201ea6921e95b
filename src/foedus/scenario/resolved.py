"""A resolved scenario: everything a run needs, frozen, with one canonical text and one hash.

It has one attribute a room. What the rooms share stands beside them: names, the day, countries, parameters.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from functools import cache
from typing import Any, TypeVar, get_type_hints

from foedus.accession import section as accession
from foedus.aid import section as aid
from foedus.decisions import section as decisions
from foedus.engine.arrays import Array
from foedus.engine.component import Component
from foedus.engine.section import (
    DerivedQuantity,
    MeasureGroup,
    MeasureParts,
    MeasureReads,
    ResolvedSection,
    SkillByYear,
    SkillRow,
)
from foedus.engine.simulate import Problem, State
from foedus.forces import section as forces
from foedus.forces.classes import axis_classes
from foedus.guarantee import section as guarantee
from foedus.parameters import Provenance, Setting
from foedus.reinforcement import section as reinforcement
from foedus.results import Note
from foedus.scenario.problem import problem_of
from foedus.spending import section as spending

__all__ = ["Resolved", "section_kinds"]

S = TypeVar("S", bound=ResolvedSection)


@dataclass(frozen=True)
class Resolved:
    """A scenario with its figures.

    Attributes
    ----------
    name, title, question : str
        The scenario's name, its title and the question it asks.
    as_of : datetime.date
        The day whose knowledge it uses.
    countries : tuple of str
        The allies of that day and the countries that may accede, ISO 3166 alpha-3, in alphabetical order.
    horizon : int
        The last year.
    shock_scale : float
        Multiplies every random term.
    parameters : mapping of str to Setting
        Parameters by ``component.name``.
    editions : mapping of str to str
        The checksum of each used edition's table, by the edition's id; empty where the card has none.
    notes : tuple of Note
        Flags of every fill, choice and omission.
    spending, decisions, accession, forces, aid, reinforcement, guarantee : Resolved
        The sections: levers, beliefs and figures of each room.
    """

    name: str
    title: str
    question: str
    as_of: date
    countries: tuple[str, ...]
    horizon: int
    shock_scale: float
    parameters: Mapping[str, Setting]
    editions: Mapping[str, str]
    notes: tuple[Note, ...]
    spending: spending.Resolved
    decisions: decisions.Resolved
    accession: accession.Resolved
    forces: forces.Resolved
    aid: aid.Resolved
    reinforcement: reinforcement.Resolved
    guarantee: guarantee.Resolved

    @property
    def sections(self) -> tuple[ResolvedSection, ...]:
        """The sections, in the order of the rooms."""
        return tuple(getattr(self, room) for room in section_kinds())

    @property
    def start_year(self) -> int:
        """The year of the starting figures."""
        return self.spending.start_year

    @property
    def price_year(self) -> int:
        """The year whose prices and exchange rates all money is in."""
        return self.spending.price_year

    @property
    def years(self) -> tuple[int, ...]:
        """The start year and every year to the horizon."""
        return tuple(range(self.start_year, self.horizon + 1))

    def problem(self, chain: tuple[Component, ...] | None = None) -> Problem:
        """Return the scenario as the engine runs it.

        Parameters
        ----------
        chain : tuple of Component, optional
            The components; without it the whole chain.

        Returns
        -------
        Problem
            Starts, yearly inputs and parameters.
        """
        return problem_of(self, chain)

    def measure_names(self) -> tuple[str, ...]:
        """Return the catalogue names of what a run of the scenario reports."""
        return tuple(name for section in self.sections for name in section.measure_names())

    def measures(self, state: State) -> dict[str, Array]:
        """Return the measures of one year in every draw.

        Parameters
        ----------
        state : mapping of str to ndarray
            The year's quantities, (draw, country) or broadcasting to it.

        Returns
        -------
        dict of str to ndarray, (draw,)
            By :meth:`measure_names`.
        """
        return {name: values for section in self.sections for name, values in section.measures(state).items()}

    def reads(self, measure: str) -> MeasureReads:
        """Return what a measure reads: quantities of the chain, and figures of its room."""
        return next(reads[measure] for s in self.sections if measure in (reads := s.reads()))

    def parts(self, measure: str, state: State) -> MeasureParts | None:
        """Return the amounts that a measure is the sum of in a year; None where its form is no sum."""
        return self._owner(measure).parts(measure, state)

    def _owner(self, measure: str) -> ResolvedSection:
        """Return the section of the room that reports a measure."""
        return next(section for section in self.sections if measure in section.measure_names())

    @property
    def provenance(self) -> tuple[Provenance, ...]:
        """Where each starting value, each input and each figure of a measure is from, room by room."""
        return tuple(row for section in self.sections for row in section.provenance)

    def no_change(self) -> dict[str, list[float]]:
        """Return the naive forecast of every measure: one value a year, from the start to the horizon."""
        parts = (section.no_change(self.years, self.parameters) for section in self.sections)
        states = [{k: v for part in year for k, v in part.items()} for year in zip(*parts, strict=True)]
        rows = [self.measures(state) for state in states]
        return {name: [float(row[name][0]) for row in rows] for name in self.measure_names()}

    def skill(self, measure: str) -> SkillByYear:
        """Return the skill that forecasts of a measure have had, year by year from the start."""
        return self._owner(measure).skill(measure, len(self.years))

    def stored(self) -> tuple[str, ...]:
        """Return the quantities that a run keeps of every draw and country."""
        return tuple(name for section in self.sections for name in section.stored())

    def shown(self) -> tuple[str, ...]:
        """Return those of the stored quantities that the headline is made of."""
        return tuple(name for section in self.sections for name in section.shown())

    def counted(self) -> tuple[str, ...]:
        """Return the quantities of which a run counts the draws year by year."""
        return tuple(name for section in self.sections for name in section.counted())

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the axis of equipment."""
        return axis_classes()

    def classes_in_use(self) -> tuple[str, ...]:
        """Return the classes of which a run of the scenario says something, in the order of the axis."""
        used = {name for section in self.sections for name in section.classes_in_use()}
        return tuple(name for name in self.classes if name in used)

    def at_horizon(self) -> tuple[str, ...]:
        """Return the quantities by class of which a run keeps the last year of every draw."""
        return tuple(name for section in self.sections for name in section.at_horizon())

    def spread_by_class(self) -> tuple[str, ...]:
        """Return the quantities by class of which a run keeps quantiles year by year."""
        return tuple(name for section in self.sections for name in section.spread_by_class())

    def counted_by_class(self) -> tuple[str, ...]:
        """Return the quantities by class of which a run counts the draws year by year."""
        return tuple(name for section in self.sections for name in section.counted_by_class())

    def needed(self) -> frozenset[str] | None:
        """Return the quantities that a run stores, counts or measures; None where a room may read any."""
        measured = [section.measured() for section in self.sections]
        if any(names is None for names in measured):
            return None
        read = (name for names in measured for name in names or ())
        by_class = (*self.at_horizon(), *self.spread_by_class(), *self.counted_by_class())
        return frozenset({*self.stored(), *self.counted(), *by_class, *read})

    def derived(self) -> dict[str, DerivedQuantity]:
        """Return the quantities that follow from the stored ones."""
        return {name: make for section in self.sections for name, make in section.derived().items()}

    def parameters_in_use(self) -> dict[str, Setting]:
        """Return the parameters that play a part in the scenario, by ``component.name``."""
        idle = frozenset().union(*(section.idle_components() for section in self.sections))
        unread = frozenset().union(*(section.idle_parameters() for section in self.sections))
        return {
            name: setting
            for name, setting in self.parameters.items()
            if name not in unread and name.partition(".")[0] not in idle
        }

    def measure_groups(self) -> tuple[MeasureGroup, ...]:
        """Return how the measures are laid out by year."""
        return tuple(group for section in self.sections for group in section.measure_groups())

    def skill_note(self) -> str:
        """Return what the skill of the measures is, and on what it was computed."""
        return " ".join(note for section in self.sections if (note := section.skill_note()))

    def skill_rows(self) -> tuple[SkillRow, ...]:
        """Return the skill of forecasts by target and years ahead."""
        return tuple(row for section in self.sections for row in section.skill_rows())

    def to_json(self) -> dict[str, Any]:
        """Return the scenario as plain values that JSON can hold; NaN becomes None.

        Returns
        -------
        dict
            One key for each attribute; a section is a mapping of its own.
        """
        content: dict[str, Any] = {
            name: {key: _plain(inner) for key, inner in vars(value).items()}
            if isinstance(value, ResolvedSection)
            else _plain(value)
            for name, value in vars(self).items()
            if name not in {"parameters", "notes"}
        }
        content["parameters"] = {name: _plain(vars(s)) for name, s in sorted(self.parameters.items())}
        content["notes"] = [vars(note) for note in self.notes]
        return content

    def canonical(self) -> str:
        """Return the one text that stands for this scenario: JSON with sorted keys and no spaces."""
        return json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), allow_nan=False)

    @property
    def sha256(self) -> str:
        """The checksum of the canonical text."""
        return hashlib.sha256(self.canonical().encode()).hexdigest()

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Resolved:
        """Read what :meth:`to_json` gave, or what runs of format 1 hold: all sections' values side by side.

        Parameters
        ----------
        content : mapping
            Plain values.

        Returns
        -------
        Resolved
            An equal scenario: the canonical text is the same. A scenario of format 1 has no days to entry; a
            room that is younger than the scenario is not in use, and a lever that is younger is not set.
        """
        kinds = section_kinds()
        if not set(kinds) & set(content):
            content = _sections_of_format_1(content, kinds)
        countries = tuple(content["countries"])
        return cls(
            name=content["name"],
            title=content["title"],
            question=content["question"],
            as_of=date.fromisoformat(content["as_of"]),
            countries=countries,
            horizon=content["horizon"],
            shock_scale=content["shock_scale"],
            parameters={
                name: Setting(**{k: _frozen(v) for k, v in setting.items()})
                for name, setting in content["parameters"].items()
            },
            editions=dict(content["editions"]),
            notes=tuple(Note(**note) for note in content["notes"]),
            **{
                room: _section(kind, content[room]) if room in content else kind.neutral(countries)
                for room, kind in kinds.items()
            },
        )


@cache
def section_kinds() -> Mapping[str, type[Any]]:
    """Return the class of each room's section, by the attribute of :class:`Resolved` that holds it."""
    hints = get_type_hints(Resolved).items()
    return {
        room: hint for room, hint in hints if isinstance(hint, type) and issubclass(hint, ResolvedSection)
    }


def _section(kind: type[S], content: Mapping[str, Any]) -> S:
    """Read a section from plain values; what is younger than they are takes its default."""
    names = [name for name, needed in _fields(kind).items() if needed or name in content]
    return kind(**{name: kind.read_value(name, _frozen(content[name])) for name in names})


def _fields(kind: type[Any]) -> dict[str, bool]:
    """Return for each field of a section whether it has no default."""
    return {f.name: f.default is MISSING for f in fields(kind)}


def _sections_of_format_1(content: Mapping[str, Any], kinds: Mapping[str, type[Any]]) -> dict[str, Any]:
    """Return the values of a run of format 1 by section; it had no section of rooms that came later."""
    count = len(content["countries"])
    flat = {**content, "carried": [], "days_to_entry": [[None] * 5] * count}
    flat["accession_signed"] = content.get("accession_signed") or [""] * count
    for name in ("questions", "accession_holders", "military_personnel", "border_with_russia_and_belarus_km"):
        flat.setdefault(name, [])
    names = {room: [f for f, needed in _fields(kind).items() if needed] for room, kind in kinds.items()}
    known = {room: held for room, held in names.items() if set(held) <= set(flat)}
    return {**content, **{room: {name: flat[name] for name in held} for room, held in known.items()}}


def _plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    if isinstance(value, float):
        return None if math.isnan(value) else value
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in sorted(value.items())}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _frozen(value: Any) -> Any:
    """Return lists as tuples again and null inside them as NaN."""
    if isinstance(value, list):
        return tuple(math.nan if inner is None else _frozen(inner) for inner in value)
    return value
