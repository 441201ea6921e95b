"""Explain one number: what it is the sum of, which chances spread it, and where all of it is from.

The tree goes down the declarations of the chain (:mod:`foedus.analysis.reached`). Unpruned it is nearly
everything, so it is ordered by total index (:mod:`foedus.analysis.sensitivity`) and cut at
:data:`foedus.analysis.explanation.CUT` of the spread; what is behind the cut is counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.analysis.chance_sizes import chance_sizes
from foedus.analysis.explain_parts import NumberDraws, number_draws, parts_of
from foedus.analysis.explanation import CUT, Chance, Explanation, GivenFigure, GradePart, LeftOut, NumberLeaf
from foedus.analysis.leaves import Leaves
from foedus.analysis.reached import Ground, Reach
from foedus.analysis.sensitivity import DriverIndex, shock_indices
from foedus.analysis.targets import Target, targets_of
from foedus.catalogue import catalogue
from foedus.engine.section import MeasureReads
from foedus.errors import InputError
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.scenario import Resolved

__all__ = ["MOST_DRAWS", "Explainer", "explain", "explain_run"]

MOST_DRAWS = 100_000
"""The most draws, as for the indices."""

GRADES = ("measured", "estimated", "judged", "assumed", "figures")
"""The grades from the surest on, then what figures alone set."""

WEAKEST = {grade: place for place, grade in enumerate(GRADES[:4])}


def explain(
    measure: str,
    scenario: str = "baseline",
    *,
    country: str | None = None,
    year: int | None = None,
    draws: int = 1000,
    seed: int = 1,
    as_of: date | None = None,
    changes: Mapping[str, Any] | None = None,
    ledger: Ledger | None = None,
) -> Explanation:
    """Explain one number of a scenario down to source cards and parameters.

    Parameters
    ----------
    measure : str
        A measure of the headline, or with a country a quantity by country.
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    country : str, optional
        An ally by name or code.
    year : int, optional
        A year from the first; without it, the last.
    draws : int, default 1000
        Draws of each run of the analysis, 2 to 100,000; with 0 nothing is drawn, and all is listed uncut.
    seed : int, default 1
        Seed of the run that is explained.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    changes : mapping of str to object, optional
        Other values of single keys of the scenario.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.

    Returns
    -------
    Explanation
        The number, its parts, chances, numbers and figures.

    Raises
    ------
    UnknownNameError
        When a run of the scenario has no such measure, or there is no such country or scenario.
    InputError
        When the country or the year is not in the scenario, or draws are out of range.
    NoDataError
        When a figure that is needed had not been published by the day.
    """
    from foedus.evidence import Ledger
    from foedus.scenario import resolve

    known = ledger or Ledger.load()
    resolved = resolve(scenario, as_of=as_of, changes=changes, ledger=known)
    return Explainer(resolved, known, draws=draws, seed=seed).explain(measure, country=country, year=year)


def explain_run(
    measure: str,
    run: Path | str,
    *,
    country: str | None = None,
    year: int | None = None,
    draws: int = 1000,
    ledger: Ledger | None = None,
) -> Explanation:
    """Explain one number of a run that was kept.

    Parameters
    ----------
    measure, country, year, draws, ledger
        As for :func:`explain`; of the run's own draws the first so many are looked at.
    run : pathlib.Path or str
        The run's folder.

    Returns
    -------
    Explanation
        With the run's own number.

    Raises
    ------
    IntegrityError
        When the folder holds no whole run.
    InputError
        As for :func:`explain`.
    """
    from foedus.evidence import Ledger
    from foedus.runs import Run
    from foedus.runs.identity import code_sha256

    stored = Run.load(run)
    notes = []
    if stored.manifest["code_sha256"] != code_sha256():
        text = "another version made the run: the number is the run's own, the chances are of this version."
        notes.append(Note("other_version", text))
    known, count = ledger or Ledger.load(), min(draws, stored.draw_count)
    told = Explainer(stored.resolved, known, draws=count, seed=stored.manifest["seed"], notes=tuple(notes))
    summary = stored.summary.measures
    kept = {
        (name, y): (entry.low[i], entry.median[i], entry.high[i])
        for name, entry in summary.items()
        for i, y in enumerate(stored.years)
    }
    return told.explain(measure, country=country, year=year, kept=kept, kept_draws=stored.draw_count)


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
    """

    resolved: Resolved
    ledger: Ledger
    draws: int = 1000
    seed: int = 1
    notes: tuple[Note, ...] = ()

    @cached_property
    def ground(self) -> Ground:
        """The scenario as its declarations see it."""
        return Ground(self.resolved)

    @cached_property
    def leaves(self) -> Leaves:
        """Where figures and numbers are from."""
        return Leaves(self.resolved, self.ledger)

    def explain(
        self,
        measure: str,
        *,
        country: str | None = None,
        year: int | None = None,
        kept: Mapping[tuple[str, int], tuple[float, float, float]] | None = None,
        kept_draws: int | None = None,
    ) -> Explanation:
        """Explain one number.

        Parameters
        ----------
        measure : str
            A measure of the headline, or with a country a quantity by country.
        country : str, optional
            An ally by name or code.
        year : int, optional
            A year; without it, the last.
        kept : mapping, optional
            Low end, median and high end by measure and year, as a run has kept them.
        kept_draws : int, optional
            How many draws those are of.

        Returns
        -------
        Explanation
            The number, its parts, chances, numbers and figures.

        Raises
        ------
        UnknownNameError, InputError
            As for :func:`explain`.
        """
        resolved = self.resolved
        if not 0 <= self.draws <= MOST_DRAWS:
            raise InputError(
                f"{self.draws} is out of range",
                where="--draws",
                do=f"give a number from 2 to {MOST_DRAWS:,}, or 0 to draw nothing",
            )
        (target,) = targets_of(resolved, (measure,), (country,) if country else ())
        when, of_start = self._year(year)
        reach = self.ground.reach(measure, self._reads(target), at_start=of_start)
        drawn = None if not self.draws else number_draws(resolved, target, when, self.draws, self.seed)
        own = (kept or {}).get((measure, when)) if not target.country else None
        if drawn is not None and own is not None:
            drawn = drawn.with_span(own)
        chances, cut = self._chances(target, when, reach, of_start)
        shown = chances[:cut]
        numbers, figures = self._held(reach, target, shown, whole=not self.draws or of_start)
        rest = LeftOut(
            chances=len(chances) - cut,
            numbers=len(reach.parameters) - len({n.name for n in (*numbers, *_own_numbers(shown))}),
            figures=len(self.leaves.known(reach.givens)) - len({f.name for f in (*figures, *_own(shown))}),
            spread=_share(chances[cut:], chances),
        )
        return Explanation(
            measure=measure,
            label=target.label,
            unit=target.unit,
            country=target.country,
            scenario=resolved.name,
            title=resolved.title,
            as_of=resolved.as_of,
            year=when,
            **self._number(target, when, drawn, of_start),
            draws=kept_draws or self.draws,
            seed=self.seed,
            parts=() if drawn is None else parts_of(drawn, self.leaves, self._reads(target)),
            chances=shown,
            numbers=numbers,
            figures=figures,
            left_out=rest,
            grades=self._grades(reach, chances),
            edges=reach.edges,
            editions=resolved.editions,
            notes=(*self.notes, *self.leaves.notes()),
        )

    def _year(self, year: int | None) -> tuple[int, bool]:
        """Return the year asked about, and whether it is that of the start."""
        years = self.resolved.years
        if year is not None and year not in years:
            raise InputError(
                f"{year} is not a year of {self.resolved.name}",
                where="--year",
                do=f"give one from {years[0]} to {years[-1]}",
            )
        return (years[-1] if year is None else year), year == years[0]

    def _reads(self, target: Target) -> MeasureReads:
        """Return what the number reads: a measure what it declares, a country's quantity itself or what is
        stored, of which it is made."""
        if not target.country:
            return self.resolved.reads(target.measure)
        stored = self.resolved.stored()
        return MeasureReads((target.measure,) if target.measure in stored else stored)

    def _number(self, target: Target, year: int, drawn: NumberDraws | None, of_start: bool) -> dict[str, Any]:
        """Return the number with its interval, and which forecast may be shown."""
        low, value, high = (None, None, None) if drawn is None else drawn.span
        number = {"value": value, "low": low, "high": high, "naive": None, "shown": ""}
        if target.country or of_start:
            return number
        index = self.resolved.years.index(year)
        skill = self.resolved.skill(target.measure)[index]
        return number | {"naive": self.resolved.no_change()[target.measure][index], "shown": skill.shown}

    def _chances(
        self, target: Target, year: int, reach: Reach, of_start: bool
    ) -> tuple[tuple[Chance, ...], int]:
        """Return the chances that reach the number, the greatest first, and how many of them are listed."""
        if of_start or not reach.shocks:
            return (), 0
        wanted = frozenset(self._reads(target).quantities)
        if not self.draws:
            chances = tuple(self._chance(name, reach, (), None, target) for name in reach.shocks)
            return chances, len(chances)
        sizes = self._sizes(wanted)
        indices = shock_indices(
            self.resolved, (target,), year=year, draws=max(self.draws, 2), seeds=(self.seed, self.seed + 1)
        )
        drivers = indices.of(target.measure, target.country).shocks
        chances = tuple(self._chance(d.name, reach, sizes.get(d.name, ()), d, target) for d in drivers)
        return chances, _kept(chances)

    def _sizes(self, wanted: frozenset[str]) -> dict[str, tuple[str, ...]]:
        """Return which numbers and inputs set the size of each chance."""
        return chance_sizes(self.resolved, wanted, self.ground.idle)

    def _chance(
        self, name: str, reach: Reach, setters: tuple[str, ...], driver: DriverIndex | None, target: Target
    ) -> Chance:
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
        return Chance(
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
        self, reach: Reach, target: Target, chances: tuple[Chance, ...], *, whole: bool
    ) -> tuple[tuple[NumberLeaf, ...], tuple[GivenFigure, ...]]:
        """Return the numbers and figures held fixed that are read where the listed chances work."""
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

    def _grades(self, reach: Reach, chances: tuple[Chance, ...]) -> tuple[GradePart, ...]:
        """Return how much rests on which grade."""
        settings = self.resolved.parameters
        counts = [settings[name].grade for name in reach.parameters if name in settings]
        parts = []
        for grade in GRADES:
            of_grade = tuple(chance for chance in chances if chance.grade == grade)
            share = _share(of_grade, chances) if any(c.total for c in chances) else None
            parts.append(GradePart(grade, share, counts.count(grade)))  # type: ignore[arg-type]
        return tuple(part for part in parts if part.spread or part.numbers)


def _own_numbers(chances: tuple[Chance, ...]) -> tuple[NumberLeaf, ...]:
    """Return the numbers under chances."""
    return tuple(number for chance in chances for number in chance.numbers)


def _own(chances: tuple[Chance, ...]) -> tuple[GivenFigure, ...]:
    """Return the figures under chances."""
    return tuple(figure for chance in chances for figure in chance.figures)


def _weakest(numbers: tuple[NumberLeaf, ...]) -> str:
    """Return the weakest grade of numbers; "figures" where there is none."""
    return max((n.grade for n in numbers), key=lambda grade: WEAKEST[grade], default="figures")


def _positive(chances: tuple[Chance, ...]) -> float:
    """Return the total indices together; an estimate below nought is nought."""
    return sum(max(chance.total or 0.0, 0.0) for chance in chances)


def _share(part: tuple[Chance, ...], whole: tuple[Chance, ...]) -> float:
    """Return what part of the total indices of all chances some of them carry."""
    return _positive(part) / _positive(whole) if _positive(whole) else 0.0


def _kept(chances: tuple[Chance, ...]) -> int:
    """Return how many chances carry :data:`CUT` of the total indices, the greatest first."""
    count = 0
    while count < len(chances) and _share(chances[:count], chances) < CUT:
        count += 1
    return count if _positive(chances) else 0
