"""Explain numbers of a scenario: chances in the order of their indices, and what is read where they work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from foedus.analysis.chance_sizes import chance_sizes
from foedus.analysis.drivers import DriverIndex
from foedus.analysis.explain_parts import NumberDraws, number_draws, parts_of
from foedus.analysis.explanation import (
    CUT,
    Explanation,
    GivenFigure,
    GradePart,
    LeftOut,
    NumberLeaf,
    SpreadingChance,
)
from foedus.analysis.leaves import Leaves
from foedus.analysis.reached import Ground, Reach
from foedus.analysis.sensitivity import shock_indices
from foedus.analysis.targets import Target, targets_of
from foedus.catalogue import catalogue
from foedus.engine.section import MeasureReads
from foedus.errors import InputError
from foedus.parameters import GRADES, weakest
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.analysis.drivers import ShockIndices
    from foedus.evidence import Ledger
    from foedus.scenario import Resolved

__all__ = ["MOST_DRAWS", "Explainer", "StoredNumbers"]

MOST_DRAWS = 100_000
"""The most draws, as for the indices."""

SETTERS = (*GRADES, "figures")
"""The grades from the surest on, then what figures alone set."""


@dataclass(frozen=True)
class StoredNumbers:
    """The numbers of a run that was kept.

    Attributes
    ----------
    spans : mapping of (str, int) to (float, float, float)
        Low end, median and high end by measure and year.
    draws : int
        How many draws they are of.
    """

    spans: Mapping[tuple[str, int], tuple[float, float, float]]
    draws: int


@dataclass(frozen=True)
class _Number:
    """The number that is asked about, and what it reaches."""

    target: Target
    year: int
    of_start: bool
    reads: MeasureReads
    reach: Reach


@dataclass(frozen=True)
class Explainer:
    """A scenario of which numbers are explained.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    ledger : Ledger
        Where the source cards are.
    draws, seed : int
        Draws of each run of the analysis, none for the whole tree, and the seed.
    notes : tuple of Note
        What a reader must know of every number.
    stored : StoredNumbers or None
        The numbers that a run has kept; they stand in the place of those that are drawn anew.
    cut : float
        Chances are listed, the greatest first, until they carry this part of the spread.
    indices : ShockIndices or None
        Indices that are at hand already; without them they are estimated.
    """

    resolved: Resolved
    ledger: Ledger
    draws: int = 1000
    seed: int = 1
    notes: tuple[Note, ...] = ()
    stored: StoredNumbers | None = None
    cut: float = CUT
    indices: ShockIndices | None = None

    @cached_property
    def ground(self) -> Ground:
        """The scenario as its declarations see it."""
        return Ground(self.resolved)

    @cached_property
    def _naive(self) -> Mapping[str, list[float]]:
        """The forecast of no change of every measure by year."""
        return self.resolved.no_change()

    @cached_property
    def leaves(self) -> Leaves:
        """Where figures and numbers are from."""
        return Leaves(self.resolved, self.ledger)

    def explain(self, measure: str, *, country: str | None = None, year: int | None = None) -> Explanation:
        """Explain one number.

        Parameters
        ----------
        measure : str
            A measure of the headline, or with a country a quantity by country.
        country : str, optional
            An ally by name or code.
        year : int, optional
            A year; without it, the last.

        Returns
        -------
        Explanation
            The number, its parts, chances, numbers and figures.

        Raises
        ------
        UnknownNameError, InputError
            As for :func:`foedus.analysis.explain.explain`.
        """
        asked, drawn = self._asked(measure, country, year), None
        if self.draws:
            drawn = number_draws(self.resolved, asked.target, asked.year, self.draws, self.seed)
            drawn = drawn.with_span(self._stored_span(asked) or drawn.span)
        chances = self._chances(asked)
        shown = chances[: _cut(chances, self.cut) if self.draws else None]
        numbers, figures = self._held(asked, shown)
        return Explanation(
            **self._about(asked),
            **self._number(asked, drawn),
            parts=() if drawn is None else parts_of(drawn, self.leaves, asked.reads),
            chances=shown,
            numbers=numbers,
            figures=figures,
            left_out=LeftOut(
                chances=len(chances) - len(shown),
                numbers=len(asked.reach.parameters) - len(_names(numbers, *(c.numbers for c in shown))),
                figures=len(self.leaves.known(asked.reach.givens))
                - len(_names(figures, *(c.figures for c in shown))),
                spread=_share(chances[len(shown) :], chances),
            ),
            grades=self._grades(asked.reach, chances),
            edges=asked.reach.edges,
            notes=(*self.notes, *self.leaves.notes()),
        )

    def _asked(self, measure: str, country: str | None, year: int | None) -> _Number:
        """Return the number that is asked about, or refuse what is not in the scenario."""
        if not 0 <= self.draws <= MOST_DRAWS or self.draws == 1:
            raise InputError(
                f"{self.draws} is out of range",
                where="--draws",
                do=f"give a number from 2 to {MOST_DRAWS:,}, or 0 to draw nothing",
            )
        resolved = self.resolved
        (target,) = targets_of(resolved, (measure,), (country,) if country else ())
        years = resolved.years
        if year is not None and year not in years:
            raise InputError(
                f"{year} is not a year of {resolved.name}",
                where="--year",
                do=f"give one from {years[0]} to {years[-1]}",
            )
        when, of_start = years[-1] if year is None else year, year == years[0]
        reads = self._reads(target)
        return _Number(target, when, of_start, reads, self.ground.reach(measure, reads, at_start=of_start))

    def _stored_span(self, asked: _Number) -> tuple[float, float, float] | None:
        """Return the number and interval that a run has kept; None where it has kept none."""
        if self.stored is None or asked.target.country:
            return None
        return self.stored.spans.get((asked.target.measure, asked.year))

    def _about(self, asked: _Number) -> dict[str, Any]:
        """Return what the number is of."""
        target, resolved = asked.target, self.resolved
        return {
            "measure": target.measure,
            "label": target.label,
            "unit": target.unit,
            "country": target.country,
            "scenario": resolved.name,
            "title": resolved.title,
            "as_of": resolved.as_of,
            "year": asked.year,
            "draws": self.stored.draws if self.stored else self.draws,
            "seed": self.seed,
            "cut": self.cut,
            "editions": resolved.editions,
        }

    def _reads(self, target: Target) -> MeasureReads:
        """Return what the number reads: a measure what it declares, a country's quantity itself or what is
        stored, of which it is made."""
        if not target.country:
            return self.resolved.reads(target.measure)
        stored = self.resolved.stored()
        return MeasureReads((target.measure,) if target.measure in stored else stored)

    def _number(self, asked: _Number, drawn: NumberDraws | None) -> dict[str, Any]:
        """Return the number with its interval, and which forecast may be shown."""
        low, value, high = (None, None, None) if drawn is None else drawn.span
        number = {"value": value, "low": low, "high": high, "naive": None, "shown": ""}
        measure = asked.target.measure
        if asked.target.country or asked.of_start:
            return number
        index = self.resolved.years.index(asked.year)
        shown = self.resolved.skill(measure)[index].shown
        return number | {"naive": self._naive[measure][index], "shown": shown}

    def _chances(self, asked: _Number) -> tuple[SpreadingChance, ...]:
        """Return the chances that reach the number, the greatest total index first."""
        if asked.of_start or not asked.reach.shocks:
            return ()
        if not self.draws:
            return tuple(
                self._chance(name, asked.reach, (), None, asked.target) for name in asked.reach.shocks
            )
        target = asked.target
        sizes = self._sizes(frozenset(asked.reads.quantities))
        seeds = (self.seed, self.seed + 1)
        indices = self.indices or shock_indices(
            self.resolved, (target,), year=asked.year, draws=self.draws, seeds=seeds
        )
        drivers = indices.of(target.measure, target.country).shocks
        return tuple(self._chance(d.name, asked.reach, sizes.get(d.name, ()), d, target) for d in drivers)

    def _sizes(self, wanted: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """Return which numbers and inputs set the size of each chance."""
        return chance_sizes(self.resolved, wanted, self.ground.idle)

    def _chance(
        self, name: str, reach: Reach, setters: tuple[str, ...], driver: DriverIndex | None, target: Target
    ) -> SpreadingChance:
        """Return a chance with what sets its size; where that does not show, all that its component reads."""
        component = driver.component if driver else reach.shocks[name]
        part = next(part for part in reach.components if part.name == component)
        inputs = [s for s in setters if "." not in s]
        behind = [n for s in inputs for n in self.ground.behind_inputs.get(s, ())]
        named = [*(s for s in setters if "." in s), *behind]
        if not setters:
            named = [p for p in reach.parameters if p.startswith(f"{part.filed_under}.")]
            inputs = list(reach.givens_of(frozenset({component}))) if not named else []
        numbers = self.leaves.numbers(dict.fromkeys(named))
        index = driver.index if driver else None
        return SpreadingChance(
            name=name,
            label=catalogue()[name].label,
            component=component,
            total=index.total if index else None,
            total_low=index.total_low if index else None,
            total_high=index.total_high if index else None,
            first=index.first if index else None,
            grade=_weakest(numbers),
            numbers=numbers,
            figures=self.leaves.figures(inputs, target.country),
        )

    def _held(
        self, asked: _Number, chances: tuple[SpreadingChance, ...]
    ) -> tuple[tuple[NumberLeaf, ...], tuple[GivenFigure, ...]]:
        """Return the numbers and figures held fixed that are read where the listed chances work."""
        reach, target, whole = asked.reach, asked.target, not self.draws or asked.of_start
        readers = {chance.component for chance in chances} | {target.measure}
        files = {part.filed_under for part in reach.components if part.name in readers}
        own = {number.name for chance in chances for number in chance.numbers}
        given = reach.givens if whole else reach.givens_of(frozenset(readers))
        given = tuple(sorted(given, key=lambda name: name not in self.ground.begun))
        handed = {name for g in given for name in self.ground.behind_inputs.get(g, ())}
        fixed = [
            name
            for name in reach.parameters
            if name not in own and (whole or name in handed or name.partition(".")[0] in files)
        ]
        return self.leaves.numbers(fixed), self.leaves.figures(given, target.country)

    def _grades(self, reach: Reach, chances: tuple[SpreadingChance, ...]) -> tuple[GradePart, ...]:
        """Return how much rests on which grade."""
        settings = self.resolved.parameters
        counts = [settings[name].grade for name in reach.parameters if name in settings]
        parts = []
        for grade in SETTERS:
            of_grade = tuple(chance for chance in chances if chance.grade == grade)
            share = _share(of_grade, chances) if any(c.total for c in chances) else None
            parts.append(GradePart(grade, share, counts.count(grade)))  # type: ignore[arg-type]
        return tuple(part for part in parts if part.spread or part.numbers)


def _names(*groups: tuple[NumberLeaf, ...] | tuple[GivenFigure, ...]) -> set[str]:
    """Return the names of leaves, each once."""
    return {leaf.name for group in groups for leaf in group}


def _weakest(numbers: tuple[NumberLeaf, ...]) -> str:
    """Return the weakest grade of numbers; "figures" where there is none."""
    return weakest([n.grade for n in numbers]) if numbers else "figures"


def _positive(chances: tuple[SpreadingChance, ...]) -> float:
    """Return the total indices together; an estimate below nought is nought."""
    return sum(max(chance.total or 0.0, 0.0) for chance in chances)


def _share(part: tuple[SpreadingChance, ...], whole: tuple[SpreadingChance, ...]) -> float:
    """Return what part of the total indices of all chances some of them carry."""
    return _positive(part) / _positive(whole) if _positive(whole) else 0.0


def _cut(chances: tuple[SpreadingChance, ...], part: float) -> int:
    """Return how many chances carry a part of the total indices, the greatest first."""
    count = 0
    while count < len(chances) and _share(chances[:count], chances) < part:
        count += 1
    return count if _positive(chances) else 0
