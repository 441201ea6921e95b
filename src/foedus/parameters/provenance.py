"""Where a figure that a run starts from is from: its edition, its status, and how it is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from foedus.parameters.parameter import Parameter

__all__ = [
    "Cell",
    "Provenance",
    "by_convention",
    "grouped",
    "of_parameter",
    "of_record",
    "read_provenance",
    "set_by_scenario",
]

KNOWN = ("retrieved", "announced", "press", "unverified")
"""How a figure may be known, the surest first."""


class Provenance(NamedTuple):
    """Where the values of one quantity are from, for some countries and years.

    Attributes
    ----------
    name : str
        The quantity: a field of a room's ``Start`` or ``Inputs``, or a figure that a measure reads.
    edition : str
        The id of the source card; empty where the scenario sets the value, or it is nought by convention.
    status : str
        "actual", "estimate" or "projection" as the edition prints it; "record" of a dated record; "computed"
        of what was worked out from the edition; "set" by the scenario; "parameter"; or "convention".
    known : str
        "retrieved", "announced", "press" or "unverified"; the grade of a parameter; else empty.
    of : str
        What is printed there: an indicator, or what the record holds; the parameter's name.
    years : tuple of int
        The first and the last year of the figures; empty where they are of no year.
    countries : tuple of str
        Alpha-3 codes; empty where the value is not by country, or the same for all.
    how : str
        How the value follows from what is printed, in words; empty where it is the printed figure.
    """

    name: str
    edition: str
    status: str
    known: str
    of: str = ""
    years: tuple[int, ...] = ()
    countries: tuple[str, ...] = ()
    how: str = ""


Cell = tuple[str, int, str, str, str]
"""A country, a year, and the edition, status and how it is known of the figure there."""


def grouped(name: str, cells: Iterable[Cell], *, of: str, how: str = "") -> tuple[Provenance, ...]:
    """Return where the figures of a quantity are from, cells that share it together.

    Parameters
    ----------
    name : str
        The quantity.
    cells : iterable of Cell
        One for each figure.
    of, how : str
        As for :class:`Provenance`.

    Returns
    -------
    tuple of Provenance
        One for each run of years of which the same countries share edition, status and how it is known.
    """
    by_source: dict[tuple[str, str, str], dict[int, set[str]]] = {}
    for country, year, *source in cells:
        edition, status, known = source
        by_source.setdefault((edition, status, known), {}).setdefault(year, set()).add(country)
    groups: list[Provenance] = []
    for (edition, status, known), by_year in sorted(by_source.items()):
        first = None
        for year, countries in sorted(by_year.items()):
            if first is None or by_year.get(year - 1) != countries:
                first = year
            if by_year.get(year + 1) != countries:
                codes = tuple(sorted(countries))
                groups.append(Provenance(name, edition, status, known, of, (first, year), codes, how))
    return tuple(groups)


def of_record(
    name: str,
    card: str,
    known: Iterable[str],
    *,
    of: str,
    countries: Sequence[str] = (),
    how: str = "",
) -> Provenance:
    """Return that a quantity is from a dated record.

    Parameters
    ----------
    name, card : str
        The quantity, and the id of the record's card.
    known : iterable of str
        How each row used is known; the weakest speaks for all.
    of, countries, how
        As for :class:`Provenance`.

    Returns
    -------
    Provenance
        Its status is "record".
    """
    order = {word: place for place, word in enumerate(KNOWN)}
    weakest = max(known, key=lambda word: order.get(word, len(order)), default="unverified")
    return Provenance(name, card, "record", weakest, of, (), tuple(countries), how)


def set_by_scenario(*names: str, how: str = "", countries: Sequence[str] = ()) -> tuple[Provenance, ...]:
    """Return that the scenario sets some quantities."""
    return tuple(Provenance(name, "", "set", "", "", (), tuple(countries), how) for name in names)


def by_convention(*names: str, how: str) -> tuple[Provenance, ...]:
    """Return that some quantities are what they are by convention, such as nought before the first year."""
    return tuple(Provenance(name, "", "convention", "", how=how) for name in names)


def of_parameter(name: str, parameter: str, number: Parameter, *, how: str = "") -> Provenance:
    """Return that a quantity is a number of the model.

    Parameters
    ----------
    name : str
        The quantity.
    parameter : str
        The number's name, with that of its file.
    number : Parameter
        Whose grade says how it is known.
    how : str, optional
        Which of its values is taken.

    Returns
    -------
    Provenance
        Its status is "parameter", `known` is the grade, and `how` ends with the number's own source.
    """
    return Provenance(name, "", "parameter", number.grade, parameter, how=". ".join((how, number.source)))


def read_provenance(rows: Iterable[Sequence[Any]]) -> tuple[Provenance, ...]:
    """Return provenance read from plain values, as a scenario's canonical text holds it."""
    return tuple(Provenance._make(map(_frozen, row)) for row in rows)


def _frozen(value: Any) -> Any:
    """Return a list as a tuple."""
    return tuple(value) if isinstance(value, list) else value
