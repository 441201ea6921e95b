"""Bounds of what an ally provides: the cap, who cannot hold what, and what a question says besides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.axes import country_code, country_name, is_aggregate
from foedus.engine.arrays import Array
from foedus.errors import InputError
from foedus.forces.classes import EquipmentClass, equipment_class, equipment_classes

__all__ = ["PartBound", "class_named", "parse_bounds", "part_bounds"]

ROOM = 1e-9


@dataclass(frozen=True)
class PartBound:
    """A bound of one ally's part of one class.

    Attributes
    ----------
    country, equipment : str
        Alpha-3 code, and the class.
    number : float
        How many at least or at most.
    """

    country: str
    equipment: str
    number: float


def class_named(name: str, *, where: str) -> EquipmentClass:
    """Return the class of a name, or of a word that only one class has in its name, such as "brigades"."""
    key = name.strip().lower().replace(" ", "_").replace("-", "_")
    holders = [entry for entry in equipment_classes().values() if key in entry.name.split("_")]
    return holders[0] if len(holders) == 1 else equipment_class(name, where=where)


def parse_bounds(texts: Sequence[str], *, where: str) -> tuple[PartBound, ...]:
    """Read bounds that are written as ALLY:CLASS=NUMBER.

    Parameters
    ----------
    texts : sequence of str
        For example "NLD:submarines=4".
    where : str
        The option they were given with.

    Returns
    -------
    tuple of PartBound
        In the order given.

    Raises
    ------
    InputError
        When a text is not of that form, a number is negative, or an ally and class are given twice.
    """
    bounds: dict[tuple[str, str], PartBound] = {}
    for text in texts:
        ally, colon, remainder = text.partition(":")
        name, equals, number = remainder.partition("=")
        try:
            value = float(number.replace(",", ""))
        except ValueError:
            value = float("nan")
        if not colon or not equals or not 0.0 <= value < float("inf"):
            raise InputError(
                f"{text!r} is no bound",
                where=where,
                do="write ALLY:CLASS=NUMBER, for example NLD:submarines=4",
            )
        code = country_code(ally.strip(), where=where)
        if is_aggregate(code):
            raise InputError(f"{country_name(code)} is an aggregate", where=where, do="name one ally")
        key = (code, class_named(name, where=where).name)
        if key in bounds:
            raise InputError(
                f"{country_name(code)} stands twice with {key[1]}",
                where=where,
                do="give each ally and class once",
            )
        bounds[key] = PartBound(*key, value)
    return tuple(bounds.values())


def part_bounds(
    countries: Sequence[str],
    required: Mapping[str, float],
    *,
    cap: float,
    at_least: Sequence[PartBound] = (),
    at_most: Sequence[PartBound] = (),
    held: Mapping[tuple[str, str], float] | None = None,
) -> tuple[Array, Array]:
    """Return the lower and upper bound of every ally's part of every class.

    Parameters
    ----------
    countries : sequence of str
        Alpha-3 codes.
    required : mapping of str to float
        How many by class.
    cap : float
        The greatest part of a class that one ally may have, a fraction.
    at_least, at_most : sequence of PartBound
        Bounds of the question's own.
    held : mapping of (str, str) to float, optional
        What allies hold, by country and class: nobody provides more than it holds.

    Returns
    -------
    ndarray, ndarray, (country, class)
        Lower and upper bounds.

    Raises
    ------
    InputError
        When the cap is no fraction, or a bound is of an ally that takes no part or of a class not required.
    """
    if not 0.0 < cap <= 1.0:
        raise InputError(
            f"{cap:g} is no cap", where="--cap", do="give a fraction above 0 and up to 1, such as 0.5"
        )
    row = {code: i for i, code in enumerate(countries)}
    column = {name: k for k, name in enumerate(required)}
    low = np.zeros((len(row), len(column)))
    high = np.tile(cap * np.array(list(required.values())), (len(row), 1))
    for name, k in column.items():
        for code, i in row.items():
            if not equipment_class(name).held_by(code):
                high[i, k] = 0.0
            elif held is not None:
                high[i, k] = min(high[i, k], held.get((code, name), 0.0))
    for option, bounds in (("--at-least", at_least), ("--at-most", at_most)):
        for bound in bounds:
            _check_takes_part(bound, row, column, option)
            cell = row[bound.country], column[bound.equipment]
            if option == "--at-least":
                low[cell] = bound.number
            else:
                high[cell] = min(high[cell], bound.number)
    return low, high


def _check_takes_part(
    bound: PartBound, row: Mapping[str, int], column: Mapping[str, int], where: str
) -> None:
    """Raise an error where a bounded ally takes no part, or its class is not required."""
    name = country_name(bound.country)
    if bound.country not in row:
        must = f"must provide {bound.number:g}" if where == "--at-least" else "is bounded in"
        raise InputError(
            f"{name} {must} {equipment_class(bound.equipment).label.lower()} and takes no part",
            where=where,
            do="leave the bound out, or let it take part (--exclude, --who)",
        )
    if bound.equipment not in column:
        raise InputError(
            f"the requirement asks for no {equipment_class(bound.equipment).label.lower()}",
            where=where,
            do=f"bound one of {', '.join(column)}",
        )
