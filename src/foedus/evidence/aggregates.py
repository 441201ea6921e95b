"""Aggregates of allies: NATO, NATO Europe and Canada, NATO Europe, and their growth among the same members.

NATO prints two aggregates, each of the members of the year, so that a total jumps when an ally joins: of
the 19.3 % by which Europe and Canada grew in 2024, Sweden's entry is 3.1 points. Its own growth among the
same members stands beside. NATO Europe is Europe and Canada less Canada; what an edition prints no
aggregate of is added up from the members of the year, where it has a figure of every one. The totals of GDP
that NATO prints hold Iceland, those of spending and personnel do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from foedus.axes import country_name
from foedus.catalogue import quantity
from foedus.evidence.answering import COMPUTED
from foedus.evidence.checks import CATEGORIES, WITHOUT_FORCES
from foedus.evidence.groups import LEFT_OUT
from foedus.evidence.institutions import members_on
from foedus.evidence.rows import FigureRows
from foedus.units import per_cent

__all__ = ["LEFT_OUT", "REAL_CHANGE", "Cells", "Growth", "aggregate_rows", "growth", "joiners", "members_of"]

REAL_CHANGE = "defence_expenditure_real_change"
SPENDING = tuple(f"defence_expenditure_constant_usd_{base}" for base in (2021, 2015))
"""Spending in constant prices, the newer base first."""

NUMERATORS: Mapping[str, str] = MappingProxyType(
    {
        "defence_expenditure_share_of_gdp": "defence_expenditure_constant_usd_{base}",
        "defence_expenditure_per_capita_constant_usd_{base}": "defence_expenditure_constant_usd_{base}",
        "gdp_per_capita_constant_usd_{base}": "gdp_constant_usd_{base}",
    }
)
"""Ratios, and what each is a part of; the denominator of every member follows from the two."""

MOST_MISSING = 0.25
"""The part of last year's spending whose spenders may lack a figure before growth says nothing."""

Cells = Mapping[tuple[str, str, int], Mapping[str, Any]]
"""The rows of one edition by indicator, country and year."""

Parts = Sequence[tuple[float, str]]
"""What adds up to an aggregate: a sign and a country each."""


@lru_cache(maxsize=64)
def cells_of(table: FigureRows, indicators: tuple[str, ...]) -> Cells:
    """Return an edition's rows of some indicators, by indicator, country and year."""
    parts = (table.where(indicator=name) for name in dict.fromkeys(indicators))
    rows = (row for part in parts for row in part.to_dicts())
    return MappingProxyType({(row["indicator"], row["country"], row["year"]): row for row in rows})


def members_of(aggregate: str, year: int) -> list[str]:
    """Return the allies that an aggregate counts in a year: those at its end.

    Parameters
    ----------
    aggregate : str
        A key of :data:`LEFT_OUT`, or an ally, which is its own only member.
    year : int
        The year.

    Returns
    -------
    list of str
        Alpha-3 codes, Iceland among them.
    """
    if aggregate not in LEFT_OUT:
        return [aggregate]
    return [code for code in members_on(date(year, 12, 31)) if code not in LEFT_OUT[aggregate]]


def joiners(aggregate: str, first: int, last: int) -> list[tuple[str, int]]:
    """Return who joined an aggregate after the first year and by the last, with the year."""
    joined = []
    for year in range(first + 1, last + 1):
        before = set(members_of(aggregate, year - 1))
        joined += [(code, year) for code in members_of(aggregate, year) if code not in before]
    return joined


@dataclass(frozen=True)
class Growth:
    """The real growth of an aggregate's spending on the year before, as printed and among the same members.

    Attributes
    ----------
    aggregate : str
        A key of :data:`LEFT_OUT`.
    year : int
        The later year.
    printed : float or None
        Growth of the totals, each of the members of its year, a fraction.
    same_members : float or None
        Growth of the members of the later year, in both years; None where the edition lacks their figures.
    allies : int
        How many allies that is.
    joined : tuple of str
        Who joined between the ends of the two years.
    without : tuple of str
        Members that lack one of the two figures and are left out of both sums.
    """

    aggregate: str
    year: int
    printed: float | None
    same_members: float | None
    allies: int
    joined: tuple[str, ...]
    without: tuple[str, ...]

    @property
    def words(self) -> str:
        """The growth among the same members, in words."""
        if self.same_members is None:
            return "same members: not known from this edition"
        gone = f", without {', '.join(map(country_name, self.without))}" if self.without else ""
        return f"same {self.allies} members{gone}: {per_cent(self.same_members)}"


def growth(table: FigureRows, aggregate: str, year: int) -> Growth | None:
    """Return the growth of an aggregate by one edition, with that among the same members beside.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    aggregate : str
        A key of :data:`LEFT_OUT`, or an ally, which is its own only member.
    year : int
        The later year.

    Returns
    -------
    Growth or None
        None where the edition gives neither.
    """
    return _growth(cells_of(table, (REAL_CHANGE, *SPENDING)), aggregate, year)


def _growth(cells: Cells, aggregate: str, year: int) -> Growth | None:
    """Compute the growth of an aggregate from an edition's cells."""
    members = [code for code in members_of(aggregate, year) if code not in WITHOUT_FORCES]
    spending = next(
        (name for name in SPENDING if any((name, c, year) in cells for c in members)), SPENDING[0]
    )
    now, before = (
        {c: cells[spending, c, y]["value"] for c in members if (spending, c, y) in cells}
        for y in (year, year - 1)
    )
    both = [code for code in members if code in now and code in before]
    known = sum(before[code] for code in both)
    same = None
    if len(before) == len(members) and known >= (1.0 - MOST_MISSING) * sum(before.values()):
        same = sum(now[code] for code in both) / known - 1.0
    printed = cells.get((REAL_CHANGE, aggregate, year))
    total, last = (_summed(cells, spending, aggregate, y) for y in (year, year - 1))
    whole = printed["value"] if printed else total / last - 1.0 if total and last else None
    if whole is None and same is None:
        return None
    if aggregate not in LEFT_OUT and whole is not None:
        same = whole
    return Growth(
        aggregate=aggregate,
        year=year,
        printed=whole,
        same_members=same,
        allies=len(both),
        joined=tuple(code for code, _ in joiners(aggregate, year - 1, year)),
        without=tuple(code for code in members if code not in both) if same is not None else (),
    )


def aggregate_rows(
    table: FigureRows, indicator: str, aggregate: str, span: tuple[int, int] | None
) -> list[dict[str, Any]]:
    """Compute the figures of an aggregate that an edition does not print.

    Parameters
    ----------
    table : FigureRows
        Every figure of the edition.
    indicator : str
        A name in the catalogue.
    aggregate : str
        A key of :data:`LEFT_OUT`.
    span : (int, int) or None
        First and last year; None for all of the indicator's.

    Returns
    -------
    list of dict
        Rows with the columns of the table, the note saying how each was computed; none for a year in which a
        part is not known.
    """

    years = sorted(set(table.where(indicator=indicator)["year"]))
    if span is not None:
        years = [year for year in years if span[0] <= year <= span[1]]
    cells = cells_of(table, _needed(indicator))
    rows = []
    for year in years:
        if (indicator, aggregate, year) in cells:
            continue
        row = _computed(cells, indicator, aggregate, year)
        if row is not None:
            rows.append(dict.fromkeys(table.columns) | row)
    return rows


def _needed(indicator: str) -> tuple[str, ...]:
    """Return the indicators whose figures an aggregate of one may be computed from."""
    numerators = [name.format(base=base) for name in NUMERATORS.values() for base in ("2021", "2015")]
    gdp = [name.replace("defence_expenditure", "gdp") for name in numerators]
    return (indicator, REAL_CHANGE, *SPENDING, *numerators, *gdp)


def _computed(cells: Cells, indicator: str, aggregate: str, year: int) -> dict[str, Any] | None:
    """Compute one figure of an aggregate, or None where a part is missing."""
    if indicator == REAL_CHANGE:
        change = _growth(cells, aggregate, year)
        spent = next((name for name in SPENDING if (name, "NATO_EUR_CAN", year) in cells), SPENDING[0])
        value = None if change is None else change.printed
        indicator_of_parts = spent
    else:
        value, indicator_of_parts = _value(cells, indicator, aggregate, year), indicator
    parts = [c for _, c in _parts(cells, indicator_of_parts, aggregate, year)]
    if value is None or not parts:
        return None
    used = [cells[indicator_of_parts, c, year] for c in parts]
    statuses = {row["status"] for row in used}
    known = {row["known"] for row in used}
    how = (
        "NATO Europe and Canada less Canada"
        if parts == ["NATO_EUR_CAN", "CAN"]
        else f"of {len(parts)} allies"
    )
    return {
        "edition": used[0]["edition"],
        "indicator": indicator,
        "country": aggregate,
        "year": year,
        "value": value,
        "status": next(s for s in ("projection", "estimate", "actual") if s in statuses),
        "known": next(k for k in ("unverified", "press", "retrieved") if k in known),
        "note": f"computed: {how}",
        "rests_on": COMPUTED,
    }


def _parts(cells: Cells, indicator: str, aggregate: str, year: int) -> Parts:
    """Return what adds up to an aggregate in an edition; nothing where a part has no cell."""
    printed = [(1.0, aggregate)]
    less = [(1.0, "NATO_EUR_CAN"), (-1.0, "CAN")] if aggregate == "NATO_EUR" else []
    members = [
        (1.0, code)
        for code in members_of(aggregate, year)
        if code not in WITHOUT_FORCES or (indicator, code, year) in cells
    ]
    for parts in (printed, less, members):
        if parts and all((indicator, code, year) in cells for _, code in parts):
            return parts
    return []


def _summed(cells: Cells, indicator: str, aggregate: str, year: int) -> float | None:
    """Add up an aggregate of what adds up."""
    parts = _parts(cells, indicator, aggregate, year)
    return sum(sign * cells[indicator, c, year]["value"] for sign, c in parts) if parts else None


def _value(cells: Cells, indicator: str, aggregate: str, year: int) -> float | None:
    """Return an aggregate of a quantity that adds up, of a ratio or of a category of spending."""
    if quantity(indicator).unit in {"usd", "person"}:
        return _summed(cells, indicator, aggregate, year)
    if indicator in CATEGORIES:
        return _category(cells, indicator, aggregate, year)
    for ratio, numerator in NUMERATORS.items():
        for base in ("2021", "2015"):
            if ratio.format(base=base) == indicator:
                value = _ratio(cells, (indicator, numerator.format(base=base)), aggregate, year)
                if value is not None:
                    return value
    return None


def _category(cells: Cells, indicator: str, aggregate: str, year: int) -> float | None:
    """Return a category's part of an aggregate's spending: the mean of its members by their spending."""
    parts = _parts(cells, indicator, aggregate, year)
    for spending in SPENDING:
        if parts and all((spending, c, year) in cells for _, c in parts):
            spent = [cells[spending, c, year]["value"] for _, c in parts]
            part = sum(cells[indicator, c, year]["value"] * s for (_, c), s in zip(parts, spent, strict=True))
            return float(part / sum(spent))
    return None


def _ratio(cells: Cells, names: tuple[str, str], aggregate: str, year: int) -> float | None:
    """Return an aggregate's ratio: numerators over denominators, a denominator being printed or implied."""
    indicator, numerator = names
    parts = _parts(cells, indicator, aggregate, year)
    if not parts or not all((numerator, c, year) in cells for _, c in parts):
        return None
    gdp = numerator.replace("defence_expenditure", "gdp")
    above = below = 0.0
    for sign, code in parts:
        amount, ratio = (cells[name, code, year]["value"] for name in (numerator, indicator))
        printed = cells.get((gdp, code, year)) if indicator.endswith("share_of_gdp") else None
        above += sign * amount
        below += sign * (printed["value"] if printed else amount / ratio)
    return above / below
