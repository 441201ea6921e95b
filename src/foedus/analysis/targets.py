"""The numbers that an analysis asks about: a measure of the headline, or a quantity of an ally, in a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from foedus.axes import country_code, country_name
from foedus.catalogue import catalogue
from foedus.engine.arrays import Array
from foedus.engine.blocks import Block
from foedus.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from foedus.engine.simulate import State
    from foedus.scenario import Resolved

__all__ = ["Target", "TargetReader", "targets_of", "year_of"]


@dataclass(frozen=True)
class Target:
    """One number of a run.

    Attributes
    ----------
    measure : str
        The catalogue name of a measure, or with a country that of a quantity by country.
    country : str
        The alpha-3 code of a country; empty for a measure of the alliance.
    """

    measure: str
    country: str = ""

    @property
    def label(self) -> str:
        """How it is headed in print."""
        label = catalogue()[self.measure].label
        return f"{label}, {country_name(self.country)}" if self.country else label

    @property
    def unit(self) -> str:
        """Its unit inside foedus."""
        return catalogue()[self.measure].unit


def targets_of(
    resolved: Resolved, measures: Sequence[str] = (), countries: Sequence[str] = ()
) -> tuple[Target, ...]:
    """Return the numbers that are asked about.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    measures : sequence of str, optional
        Catalogue names; without them, every measure of the headline, and of a country what is shown of it.
    countries : sequence of str, optional
        Countries by name or code; without them, the alliance.

    Returns
    -------
    tuple of Target
        In the order asked for.

    Raises
    ------
    UnknownNameError
        When a run of the scenario has no such measure, or there is no such country.
    InputError
        When the scenario has no such country.
    """
    codes = [_ally(resolved, country) for country in countries]
    if not codes:
        known = resolved.measure_names()
        return tuple(Target(_known(name, known, resolved)) for name in measures or known)
    by_country = (*resolved.stored(), *resolved.derived())
    asked = [_known(name, by_country, resolved) for name in measures or resolved.shown()[:1]]
    return tuple(Target(name, code) for code in codes for name in asked)


def _known(name: str, known: Iterable[str], resolved: Resolved) -> str:
    """Return the name of a measure, or refuse it with the nearest one."""
    names = tuple(known)
    if name in names:
        return name
    if name in {*resolved.stored(), *resolved.derived()}:
        raise InputError(
            f"{name} is a quantity of each ally", where="--measure", do="name an ally with --country"
        )
    if name in resolved.measure_names():
        raise InputError(
            f"{name} is a measure of the alliance",
            where="--measure",
            do=f"leave --country, or ask for {names[0]}",
        )
    raise UnknownNameError("measure", name, names, where="--measure", do=f"use one of {', '.join(names)}")


def _ally(resolved: Resolved, country: str) -> str:
    """Return the code of a country of the scenario that takes part in it."""
    code = country_code(country, where="--country")
    participates = dict(zip(resolved.countries, resolved.spending.participates, strict=True))
    if code not in participates:
        raise InputError(
            f"{country_name(code)} is not a country of {resolved.name}",
            where="--country",
            do="name an ally of the day, or a country that the scenario lets accede",
        )
    if not participates[code]:
        raise InputError(
            f"{country_name(code)} has no figures in {resolved.name}",
            where="--country",
            do="name another ally",
        )
    return code


def year_of(resolved: Resolved, year: int | None) -> int:
    """Return the year that is asked about: the last one where none is named.

    Parameters
    ----------
    resolved : Resolved
        The scenario.
    year : int, optional
        A year.

    Returns
    -------
    int
        A year after the first.

    Raises
    ------
    InputError
        When the scenario does not reach it.
    """
    years = resolved.years[1:]
    if year is None:
        return years[-1]
    if year not in years:
        raise InputError(
            f"{year} is not a year of {resolved.name}",
            where="--year",
            do=f"give one from {years[0]} to {years[-1]}",
        )
    return year


@dataclass(frozen=True)
class TargetReader:
    """What reads numbers off a block of draws.

    Attributes
    ----------
    resolved : Resolved
        The scenario.
    targets : tuple of Target
        The numbers.
    year : int
        The year they are of.
    """

    resolved: Resolved
    targets: tuple[Target, ...]
    year: int

    @cached_property
    def wanted(self) -> frozenset[str] | None:
        """The quantities that the numbers are made of; None where a room may read any."""
        owners = [s for s in self.resolved.sections if self._measures.intersection(s.measure_names())]
        read = [section.measured() for section in owners]
        if any(names is None for names in read):
            return None
        by_country = {target.measure for target in self.targets if target.country}
        # What follows from stored quantities is made of any of them.
        stored = by_country if by_country <= set(self.resolved.stored()) else set(self.resolved.stored())
        return frozenset({*stored, *(name for names in read for name in names or ())})

    @cached_property
    def _measures(self) -> frozenset[str]:
        """The measures among the numbers."""
        return frozenset(target.measure for target in self.targets if not target.country)

    def read(self, block: Block) -> Array:
        """Run a block as far as the year and read the numbers off.

        Parameters
        ----------
        block : Block
            Of the scenario's problem.

        Returns
        -------
        ndarray, (target, draw)
            Of the block's wanted draws.
        """
        for year, state in block.passing_years(self.wanted):
            if year == self.year:
                return self.values(state, block)
        raise InputError(f"{self.year} is not a year of {self.resolved.name}", where="--year")

    def values(self, state: State, block: Block) -> Array:
        """Return the numbers of one year.

        Parameters
        ----------
        state : mapping of str to ndarray
            The year's quantities of the whole block.
        block : Block
            The block.

        Returns
        -------
        ndarray, (target, draw)
            Of the block's wanted draws.
        """
        measures = {
            name: values
            for section in self.resolved.sections
            if self._measures.intersection(section.measure_names())
            for name, values in section.measures(state).items()
        }
        values = np.empty((len(self.targets), block.size))
        for row, target in zip(values, self.targets, strict=True):
            if target.country:
                row[:] = block.cut(self._by_country(state, target))
            else:
                row[:] = block.cut(measures[target.measure])
        return values

    def _by_country(self, state: State, target: Target) -> Array:
        """Return a quantity of one country in every draw."""
        derived = self.resolved.derived()
        index = self.resolved.countries.index(target.country)
        if target.measure not in derived:
            values: Array = np.atleast_2d(state[target.measure])[:, index]
            return values
        stored = {name: np.atleast_2d(state[name]) for name in self.resolved.stored()}
        derived_values: Array = derived[target.measure](stored)[:, index]
        return derived_values
