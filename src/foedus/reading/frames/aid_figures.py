"""The figures of the Ukraine Support Tracker that a sum of aid may mean: by stage, kind, group and years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from foedus.aid.donors import REGIONS, donor_name
from foedus.aid.record import KINDS, Kind, Month, amount_of
from foedus.aid.tracker import Tracker
from foedus.reading.frames.dates import resolve

__all__ = ["AidFigure", "aid_figures", "sets_of"]

_GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "EUROPE": (
        ("Europe with the EU institutions", ("european_states", "eu_institutions")),
        ("European states", ("european_states",)),
    ),
    "EUI": (("EU institutions", ("eu_institutions",)),),
    "EU": (
        ("EU institutions", ("eu_institutions",)),
        ("Europe with the EU institutions", ("european_states", "eu_institutions")),
    ),
    "USA": (("United States", ("united_states",)),),
    "ALL": (("all donors", tuple(REGIONS)),),
}
"""The sets of regions that a group may mean, the first as its words say."""
_AMBIGUOUS = frozenset({"EU"})
"""Groups of which no set is meant for sure."""


@dataclass(frozen=True)
class AidFigure:
    """One figure of the tracker that a claim may mean.

    Attributes
    ----------
    what : str
        In words.
    value : float
        Euros, or a fraction of GDP.
    meant : bool
        Whether it is the one that the words of the claim ask for.
    """

    what: str
    value: float
    meant: bool


def aid_figures(claim: dict[str, Any], held: Tracker, day: date) -> Iterator[AidFigure]:
    """Yield every figure that a claim may mean: by stage, kind and group."""
    scope, stage, kind = claim["country"], claim["stage"], claim["kind"]
    span = _years(claim, held, day)
    if span is None:
        return
    total = held.donor(scope)
    of_gdp = "share" in claim or claim.get("of_gdp")
    gdp = total.gdp_2021 if of_gdp and total is not None else None
    if of_gdp and not gdp:
        return
    scale, over = (1.0 / gdp, " over GDP of 2021") if gdp else (1.0, "")
    plain = scope not in _AMBIGUOUS and span.is_whole
    kinds: list[Kind] = [kind, *(k for k in ("all", "military") if k != kind)]
    for i, (label, donors) in enumerate(sets_of(scope)):
        for k in kinds:
            value = _allocated(held, donors, k, span)
            if value is not None:
                meant = plain and i == 0 and k == kind and stage in ("allocated", "given")
                words = "of every kind" if k == "all" else k
                yield AidFigure(f"{label}, allocated {words}, {span.words}{over}", scale * value, meant)
        value = _committed(held, donors, span)
        if value is not None:
            meant = plain and i == 0 and kind == "all" and stage == "committed"
            yield AidFigure(f"{label}, committed of every kind, {span.words}{over}", scale * value, meant)


@dataclass(frozen=True)
class Years:
    """The years that a claim is of: from the first to the last, both included.

    Attributes
    ----------
    first, last : int
        Years.
    words : str
        In words.
    is_whole : bool
        Whether the release holds all of what is meant.
    is_all : bool
        Whether it is all that the release holds.
    """

    first: int
    last: int
    words: str
    is_whole: bool = True
    is_all: bool = False


def _years(claim: dict[str, Any], held: Tracker, day: date) -> Years | None:
    """Return the years that a claim is of; None where they are not said, or lie outside the release."""
    first, last = held.years[0], held.release.last
    everything = Years(first, last.year, f"{Month(first, 1)} to {last}", is_all=True)
    said = claim.get("by") or claim.get("years")
    if said is None:
        return everything
    stated = resolve(said["day"], day) if "day" in said else None
    if stated is None or stated.span is None or stated.year is None:
        return None
    end = stated.span[1]
    if "by" in claim:
        if (end.year, end.month) >= last:
            return everything
        whole = end.month == 12 or stated.month is None
        return Years(first, end.year, f"{first} to {end.year}", is_whole=whole) if end.year >= first else None
    if not first <= stated.year <= last.year:
        return None
    whole = stated.year in held.whole_years and stated.month is None
    return Years(stated.year, stated.year, f"in {stated.year}", is_whole=whole)


def sets_of(scope: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sets that a scope may mean: regions, or one donor."""
    return _GROUPS[scope] if scope in _GROUPS else ((donor_name(scope), (scope,)),)


def _allocated(held: Tracker, donors: tuple[str, ...], kind: Kind, span: Years) -> float | None:
    """Return what regions or one donor allocated in some years, in euros; None where it is not held."""
    if donors[0] in REGIONS:
        return sum(held.allocated(kind, regions=donors, year=y) for y in range(span.first, span.last + 1))
    total = held.donor(donors[0])
    if span.is_all:
        return amount_of(total, kind) if total is not None else None
    if not held.imported:
        return None
    rows = (r for r in held.donor_months if r.donor == donors[0] and span.first <= r.month.year <= span.last)
    return sum(float(getattr(row, field)) for row in rows for field in KINDS[kind])


def _committed(held: Tracker, donors: tuple[str, ...], span: Years) -> float | None:
    """Return what regions or one donor committed in some years, in euros; None where it is not held."""
    if donors[0] in REGIONS:
        return sum(held.committed(regions=donors, year=y) for y in range(span.first, span.last + 1))
    total = held.donor(donors[0])
    return float(total.committed) if span.is_all and total is not None else None
