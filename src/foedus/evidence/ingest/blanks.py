"""Cells that a publisher leaves blank: an ally without a figure is not an ally that is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from foedus.axes import country_name
from foedus.evidence.checks import WITHOUT_FORCES

__all__ = ["Blank", "blank_notes", "wholly_blank"]


class Blank(NamedTuple):
    """One blank cell of a table."""

    indicator: str
    country: str
    year: int


def blank_notes(blanks: Iterable[Blank]) -> tuple[str, ...]:
    """Write which allies are blank, one sentence for each ally.

    Parameters
    ----------
    blanks : iterable of Blank
        The blank cells. Allies without armed forces are blank as a matter of course, and are passed over.

    Returns
    -------
    tuple of str
        "Germany is blank for 2025 in 9 indicators (defence_expenditure_share_of_gdp, …)."
    """
    cells: dict[str, dict[tuple[int, ...], list[str]]] = defaultdict(lambda: defaultdict(list))
    years: dict[tuple[str, str], set[int]] = defaultdict(set)
    for blank in blanks:
        if blank.country not in WITHOUT_FORCES:
            years[blank.country, blank.indicator].add(blank.year)
    for (country, indicator), blank_years in sorted(years.items()):
        cells[country][tuple(sorted(blank_years))].append(indicator)
    return tuple(
        f"{country_name(country)} is blank, as printed, for "
        + " and for ".join(_span(blank_years, names) for blank_years, names in spans.items())
        for country, spans in cells.items()
    )


def wholly_blank(blanks: Iterable[Blank], held: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the rows without any figure.

    Parameters
    ----------
    blanks : iterable of Blank
        The blank cells.
    held : iterable of (str, str)
        Indicator and country of the rows that have a figure.

    Returns
    -------
    frozenset of (str, str)
        Indicator and country.
    """
    return frozenset((blank.indicator, blank.country) for blank in blanks) - set(held)


def _span(years: tuple[int, ...], indicators: list[str]) -> str:
    """Write years and the indicators that are blank in them."""
    if len(years) > 2 and years == tuple(range(years[0], years[-1] + 1)):
        words = f"{years[0]}-{years[-1]}"
    else:
        words = ", ".join(map(str, years))
    names = (
        indicators[0] if len(indicators) == 1 else f"{len(indicators)} indicators ({', '.join(indicators)})"
    )
    return f"{words} in {names}"
