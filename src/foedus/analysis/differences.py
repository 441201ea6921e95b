"""What one scenario sets differently from another: levers, uncertainties, parameters and figures apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from foedus.engine.section import ResolvedSection
from foedus.rounding import written
from foedus.scenario import Resolved
from foedus.scenario.structures import numbers_of_forms
from foedus.spending.section import BELIEVED

__all__ = ["Change", "changes_between"]


@dataclass(frozen=True)
class Change:
    """One thing that the second scenario sets differently.

    Attributes
    ----------
    kind : {"lever", "uncertainty", "structure", "parameter", "figures"}
        Whether members decide it, it is believed, it is the form of a component, a parameter of the model, or
        a figure of the ledger.
    name : str
        The field or parameter.
    first, second : str
        The two values, in words.
    """

    kind: str
    name: str
    first: str
    second: str


def changes_between(first: Resolved, second: Resolved) -> list[Change]:
    """Find what the second of two scenarios sets differently.

    Parameters
    ----------
    first, second : Resolved
        The scenarios, of the same countries.

    Returns
    -------
    list of Change
        Fields first, then parameters.
    """
    countries = first.countries
    changes = list(_between(first.spending, second.spending, countries))
    for kind, name in (("uncertainty", "shock_scale"), ("figures", "editions")):
        one, other = getattr(first, name), getattr(second, name)
        if not _same(one, other):
            changes.append(Change(kind, name, *_words(countries, one, other)))
    for section, its_other in zip(first.sections, second.sections, strict=True):
        if section is not first.spending:
            changes += _between(section, its_other, countries)
    of_form = numbers_of_forms() if first.spending.budget_form != second.spending.budget_form else ()
    for name in sorted(first.parameters):
        if name in of_form:
            continue
        one, other = first.parameters[name].value, second.parameters[name].value
        if not _same(one, other):
            kind = "uncertainty" if name in BELIEVED else "parameter"
            changes.append(Change(kind, name, *_words(countries, one, other)))
    return changes


def _between(
    section: ResolvedSection, other: ResolvedSection, countries: tuple[str, ...]
) -> Iterator[Change]:
    """Yield what one section of the second scenario sets differently, by the kinds its fields declare."""
    for declared in fields(section):  # type: ignore[arg-type]  # every section is a dataclass
        kind, follows = declared.metadata["kind"], declared.metadata.get("follows")
        one, two = getattr(section, declared.name), getattr(other, declared.name)
        if kind is None or _same(one, two):
            continue
        if follows and not _same(getattr(section, follows), getattr(other, follows)):
            continue
        absent = declared.metadata.get("absent", "")
        yield Change(kind, declared.name, *_words(countries, one, two, absent))


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal, where NaN equals NaN."""
    return bool(one == other) or repr(one) == repr(other)


def _words(countries: tuple[str, ...], one: Any, other: Any, absent: str = "") -> tuple[str, str]:
    """Return two values in words: whole, or by the countries in which they differ."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other) == len(countries):
        apart = [i for i in range(len(one)) if not _same(one[i], other[i])]
        if len(set(one)) == len(set(other)) == 1:
            return _number(one[0], absent), _number(other[0], absent)
        return _by_country(countries, one, apart, absent), _by_country(countries, other, apart, absent)
    if isinstance(one, tuple) and isinstance(other, tuple) and {len(one), len(other)} == {0, len(countries)}:
        # One side names nobody: the others are those that have a number on the other side.
        named = [i for i, value in enumerate(one or other) if value == value and value]
        first, second = (_by_country(countries, v, named, absent) if v else "none" for v in (one, other))
        return first, second
    if absent and isinstance(one, tuple) and isinstance(other, tuple):
        return _steps(one, absent), _steps(other, absent)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return str(len(one) or "none"), f"{len(other) or 'none'}{' others' if len(one) == len(other) else ''}"
    return _number(one, absent), _number(other, absent)


def _by_country(countries: tuple[str, ...], values: tuple[Any, ...], which: list[int], absent: str) -> str:
    """Return some countries' values in words, the first six by name."""
    more = f" and {len(which) - 6} more" if len(which) > 6 else ""
    return ", ".join(f"{countries[i]} {_number(values[i], absent)}" for i in which[:6]) + more


def _steps(path: tuple[float, ...], absent: str) -> str:
    """Return a path by year in words: its values in turn, each once; unset years keep what is absent."""
    steps = [written(value, grouped=True) for value in path if value == value]
    return ", then ".join(dict.fromkeys(steps)) or absent


def _number(value: Any, absent: str) -> str:
    """Return a value in words."""
    if value in ("", None) and absent:
        return absent
    return f"{value:g}" if isinstance(value, float) else str(value)
