"""Two scenarios with the same countries: an applicant of one is carried by the other, and never enters.

Random terms are drawn by country, so scenarios have their draws in common only when they have the same
countries. A scenario that opens an accession has one more than its baseline; the baseline then carries the
applicant, whose protocol is never signed, and who counts in nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.scenario import Resolved, resolve
from foedus.scenario.changes import changed
from foedus.scenario.find import find

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.scenario.find import Found

__all__ = ["NEVER", "resolve_alike"]

NEVER = "2999-01-01"
"""The signature of a protocol that no scenario reaches."""


def resolve_alike(
    first: str,
    second: str,
    changes: Mapping[str, Any],
    *,
    as_of: date | None = None,
    ledger: Ledger | None = None,
) -> tuple[Resolved, Resolved]:
    """Resolve two scenarios so that both have the countries of either.

    Parameters
    ----------
    first, second : str
        Names or paths.
    changes : mapping of str to object
        Keys of the second scenario with other values.
    as_of : datetime.date, optional
        The day whose knowledge is used.
    ledger : Ledger, optional
        The figures.

    Returns
    -------
    first, second : Resolved
        The scenarios; what one carries of the other is in neither name nor title.
    """
    found = changed(find(first), {}), changed(find(second), changes)
    given: tuple[Mapping[str, Any], Mapping[str, Any]] = ({}, changes)
    more = _carried(found[0], found[1]), _carried(found[1], found[0])
    made = []
    for name, own, extra in zip((first, second), given, more, strict=True):
        plain = resolve(name, as_of=as_of, ledger=ledger, changes=own)
        if extra:
            full = resolve(name, as_of=as_of, ledger=ledger, changes={**own, **extra})
            plain = replace(full, name=plain.name, title=plain.title)
        made.append(plain)
    return made[0], made[1]


def _carried(one: Found, other: Found) -> dict[str, Any]:
    """Give the keys by which a scenario carries the other's applicants."""
    believed = other.content.uncertainties.applicants
    keys: dict[str, Any] = {}
    for code in other.content.levers.accession:
        if code not in one.content.levers.accession:
            keys[f"levers.accession.{code}"] = NEVER
            if code in believed and code not in one.content.uncertainties.applicants:
                keys[f"uncertainties.applicants.{code}"] = believed[code].model_dump()
    return keys
