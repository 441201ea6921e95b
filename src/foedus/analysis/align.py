"""Two scenarios with the same countries: an applicant of one is carried by the other, and never enters.

Random terms are drawn by country, so scenarios have their draws in common only when they have the same
countries. A scenario that opens an accession has one more than its baseline; the baseline then carries the
applicant, which signs nothing and counts in nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.accession.section import Applicant
from foedus.axes import country_name
from foedus.errors import InputError
from foedus.guarantee.flank import CARDS
from foedus.scenario import Resolved, resolve
from foedus.scenario.changes import changed
from foedus.scenario.find import find

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.scenario.find import Found

NOTED = ("exception_announced", "forecast_of", "structure", "old_figures")
"""The steps of resolving whose notes a comparison repeats."""

__all__ = ["NOTED", "check_alike", "common_measures", "resolve_alike", "resolve_all_alike"]


def resolve_alike(
    first: str,
    second: str,
    changes: Mapping[str, Any],
    *,
    first_changes: Mapping[str, Any] | None = None,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    resolving: Callable[..., Resolved] = resolve,
) -> tuple[Resolved, Resolved]:
    """Resolve two scenarios so that both have the countries of either.

    Parameters
    ----------
    first, second : str
        Names or paths.
    changes : mapping of str to object
        Keys of the second scenario with other values.
    first_changes : mapping of str to object, optional
        Keys of the first one.
    as_of : datetime.date, optional
        The day whose knowledge is used.
    ledger : Ledger, optional
        The figures.
    resolving : callable
        Resolves one scenario, as :func:`foedus.scenario.resolve` does; a server keeps what it gave.

    Returns
    -------
    first, second : Resolved
        The scenarios; what one carries of the other is in neither name nor title.
    """
    also = first_changes or {}
    scenarios = changed(find(first), also), changed(find(second), changes)
    carried = _carried(scenarios[0], scenarios[1]), _carried(scenarios[1], scenarios[0])
    one = resolving(first, as_of=as_of, ledger=ledger, changes=also, carried=carried[0])
    two = resolving(second, as_of=as_of, ledger=ledger, changes=changes, carried=carried[1])
    return _with_rooms_of(one, two), _with_rooms_of(two, one)


def check_alike(first: Resolved, second: Resolved) -> None:
    """Refuse scenarios whose draws do not belong together.

    Parameters
    ----------
    first, second : Resolved
        The scenarios.

    Raises
    ------
    InputError
        When they differ in their day, countries, start or prices. Scenarios that were resolved together have
        the same countries: an applicant of one is carried by the others.
    """
    for field in ("as_of", "countries", "start_year", "price_year"):
        if getattr(first, field) != getattr(second, field):
            apart = ""
            if field == "countries":
                alone = sorted({*first.countries} ^ {*second.countries})
                apart = f": only one of them has {', '.join(map(country_name, alone))}"
            raise InputError(
                f"{first.name} and {second.name} differ in {field}{apart}",
                where="foedus compare",
                do="compare two scenarios as of the same day",
            )


def common_measures(first: Resolved, second: Resolved) -> tuple[str, ...]:
    """Return the measures whose difference is shown: those of spending, those of aid and the guarantee that
    both report, and those of forces and reinforcement where both name the same requirement."""
    reported = (*first.aid.measure_names(), *first.guarantee.measure_names())
    theirs = {*second.aid.measure_names(), *second.guarantee.measure_names()}
    of_both = tuple(name for name in reported if name in theirs)
    if first.forces.requirement != second.forces.requirement:
        return (*first.spending.measure_names(), *of_both)
    of_forces = (*first.forces.measure_names(), *first.reinforcement.measure_names())
    return (*first.spending.measure_names(), *of_both, *of_forces)


def _with_rooms_of(one: Resolved, other: Resolved) -> Resolved:
    """Return a scenario with the last year's aid and a full guarantee, where only the other names them."""
    if other.aid.is_named and not one.aid.is_named:
        one = replace(one, aid=other.aid.as_before())
    if other.guarantee.is_named and not one.guarantee.is_named:
        full = other.guarantee.as_full(has_forces=one.forces.is_named)
        cards = {name: other.editions[name] for name in CARDS}
        one = replace(one, guarantee=full, editions={**one.editions, **cards})
    return one


def _carried(one: Found, other: Found) -> dict[str, Applicant]:
    """Return the other scenario's applicants that one carries, with what either believes of them."""
    believed = {**other.content.uncertainties.applicants, **one.content.uncertainties.applicants}
    signing = one.content.levers.accession
    return {c: believed[c] for c in other.content.levers.accession if c not in signing and c in believed}


def resolve_all_alike(
    names: Sequence[str],
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
    changes: Mapping[str, Any] | None = None,
    resolving: Callable[..., Resolved] = resolve,
) -> tuple[Resolved, ...]:
    """Resolve any number of scenarios so that each has the countries of all.

    Parameters
    ----------
    names : sequence of str
        Names or paths.
    as_of : datetime.date, optional
        The day whose knowledge is used.
    ledger : Ledger, optional
        The figures.
    changes : mapping of str to object, optional
        Keys of every scenario with other values.
    resolving : callable
        Resolves one scenario.

    Returns
    -------
    tuple of Resolved
        In the same order. An applicant that one opens is carried by the others, and never enters there.
    """
    also = changes or {}
    definitions = [changed(find(name), also) for name in names]
    resolved = []
    for name, one in zip(names, definitions, strict=True):
        carried: dict[str, Applicant] = {}
        for other in definitions:
            carried = {**_carried(one, other), **carried}
        resolved.append(resolving(name, as_of=as_of, ledger=ledger, changes=also, carried=carried))
    for naming in tuple(resolved):
        resolved = [_with_rooms_of(scenario, naming) for scenario in resolved]
    return tuple(resolved)
