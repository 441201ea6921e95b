"""Richardson's arms race as a scenario: two readings of who reacts to whom, each a set of assumed numbers.

**Claim.** Europe says that it arms because Russia does, Russia that it arms because Europe does. Both are the
same two equations with the roles exchanged, number by number, so that they differ in who answers whom alone.
What divides them is what restraint would bring.

**Source.** Richardson, *Arms and Insecurity* (1960), in logs and years.

**Leaves out.** War, and whether it comes: spending is not fighting. Third parties, prices, forces that no
budget buys, and everything by which one side would learn that the other reads it otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np

from foedus.engine.arrays import Array
from foedus.guarantee.parameters import FOLDER
from foedus.guarantee.spiral_record import SIDES, Rival
from foedus.parameters import Parameter

__all__ = [
    "READINGS",
    "READING_WORDS",
    "TERMS",
    "Reading",
    "SideTerms",
    "both_react",
    "corner_terms",
    "parameter_of",
    "paths_of",
    "reading_terms",
    "settles",
]

Reading = Literal["europe_reading", "russia_reading"]
READINGS: tuple[Reading, ...] = ("europe_reading", "russia_reading")
READING_WORDS: Mapping[Reading, str] = {
    "europe_reading": "Europe's reading: Russia arms on its own account, Europe answers",
    "russia_reading": "Russia's reading: Europe arms on its own account, Russia answers",
}
TERMS = ("ambition", "reaction", "fatigue")
"""What an equation is made of, in the order of :class:`SideTerms`."""


@dataclass(frozen=True)
class SideTerms:
    """One side's equation; each a number, or an array of one shape.

    Attributes
    ----------
    ambition : float or ndarray
        Growth a year of its own accord, log points.
    reaction : float or ndarray
        Part of the rival's rise since the start that is answered each year.
    fatigue : float or ndarray
        Part of its own rise since the start that is taken back each year.
    """

    ambition: float | Array
    reaction: float | Array
    fatigue: float | Array


Terms = Mapping[Rival, SideTerms]


def parameter_of(reading: Reading, side: Rival, term: str) -> Parameter:
    """Return a number with its range, grade and source.

    Parameters
    ----------
    reading : {"europe_reading", "russia_reading"}
        Whose reading.
    side : {"europe", "russia"}
        Whose equation.
    term : str
        One of :data:`TERMS`.

    Returns
    -------
    Parameter
        A fraction: log points a year, or a part a year.
    """
    return FOLDER.function("spiral")[f"{reading}_{side}_{term}"]


def reading_terms(reading: Reading) -> dict[Rival, SideTerms]:
    """Return both sides' equations in a reading, at the values that are stated.

    Parameters
    ----------
    reading : {"europe_reading", "russia_reading"}
        Whose reading.

    Returns
    -------
    dict of str to SideTerms
        Numbers, by side.
    """
    return {
        side: SideTerms(*(float(parameter_of(reading, side, term).value) for term in TERMS))  # type: ignore[arg-type]
        for side in SIDES
    }


def corner_terms(reading: Reading) -> dict[Rival, SideTerms]:
    """Return both sides' equations at every corner of the ranges.

    Parameters
    ----------
    reading : {"europe_reading", "russia_reading"}
        Whose reading.

    Returns
    -------
    dict of str to SideTerms
        Arrays of (corner,), by side.
    """
    ranges = [parameter_of(reading, side, term).range for side in SIDES for term in TERMS]
    return _by_side(np.array(list(product(*ranges))).T)


def both_react() -> dict[Rival, SideTerms]:
    """Return the equations in which each side answers as its own reading says, at every corner.

    Returns
    -------
    dict of str to SideTerms
        Arrays of (corner,), by side.
    """
    own: dict[Rival, Reading] = {"europe": "europe_reading", "russia": "russia_reading"}
    ranges = [parameter_of(own[side], side, term).range for side in SIDES for term in TERMS]
    return _by_side(np.array(list(product(*ranges))).T)


def _by_side(columns: Array) -> dict[Rival, SideTerms]:
    """Return equations from rows of numbers, (side and term, corner)."""
    size = len(TERMS)
    return {side: SideTerms(*columns[i * size : (i + 1) * size]) for i, side in enumerate(SIDES)}


def settles(terms: Terms) -> Array:
    """Whether both sides' spending comes to rest: what they answer is less than what tires them.

    Richardson's condition :math:`k_1 k_2 < a_1 a_2` with reactions :math:`k` and fatigues :math:`a`, which
    the yearly equations share where each fatigue lies in 0 to 1.

    Parameters
    ----------
    terms : mapping of str to SideTerms
        Both sides' equations.

    Returns
    -------
    ndarray of bool
        In the shape of the terms.
    """
    first, second = (terms[side] for side in SIDES)
    return np.asarray(first.reaction * second.reaction < first.fatigue * second.fatigue)


def paths_of(terms: Terms, years: int, start: Mapping[Rival, float] | None = None) -> dict[Rival, Array]:
    """Run both sides forward: :math:`x_{t+1} = x_t + g + k z_t - a x_t`.

    Parameters
    ----------
    terms : mapping
        Both sides' equations.
    years : int
        How many years.
    start : mapping of str to float, optional
        Log points above the start's level in year 0; none without it.

    Returns
    -------
    dict of str to ndarray
        Logs relative to the start, (year, ...) from year 0 on.
    """
    shape = np.broadcast(*(np.asarray(getattr(terms[s], t)) for s in SIDES for t in TERMS)).shape
    paths = {side: np.zeros((years + 1, *shape)) for side in SIDES}
    for side in SIDES:
        paths[side][0] = (start or {}).get(side, 0.0)
    for year in range(years):
        before = {side: paths[side][year] for side in SIDES}
        for side, rival in zip(SIDES, reversed(SIDES), strict=True):
            own = terms[side]
            paths[side][year + 1] = (
                before[side] + own.ambition + own.reaction * before[rival] - own.fatigue * before[side]
            )
    return paths
