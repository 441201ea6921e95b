"""GDP of the start year and the growth path of a scenario, from what had been published by a day.

Where an IMF World Economic Outlook had been published, it gives the path to its last year, and its last
growth is repeated from there to the horizon. Where none had, NATO's own constant-price GDP gives the start
and the average growth of its last ten years the path.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.errors import NoDataError
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["Economy", "economy_as_of"]

WEO_PRICE_YEAR = 2021
"""The year whose prices and exchange rates are used with the Outlook: that of NATO's editions since 2025."""

NATO_GDP = "gdp_constant_usd_2015"
NATO_PRICE_YEAR = 2015
AVERAGE_YEARS = 10
"""The years whose average growth is the path where no outlook had been published."""


@dataclass(frozen=True)
class Economy:
    """GDP and its growth path.

    Attributes
    ----------
    edition : str
        The edition that gives both.
    price_year : int
        The year whose prices and exchange rates GDP is in.
    gdp_constant_usd : tuple of float
        GDP of the start year by country.
    growth : tuple of tuple of float
        For each year after the start, growth by country, fractions per year.
    projected_from : int
        The first year whose growth is a projection.
    notes : tuple of Note
        What was extended, averaged or chosen.
    """

    edition: str
    price_year: int
    gdp_constant_usd: tuple[float, ...]
    growth: tuple[tuple[float, ...], ...]
    projected_from: int
    notes: tuple[Note, ...]


def economy_as_of(
    known: Ledger, countries: tuple[str, ...], needed: Collection[str], start_year: int, horizon: int
) -> Economy:
    """Return GDP of the start year and growth to the horizon.

    Parameters
    ----------
    known : Ledger
        The editions published by the day.
    countries : tuple of str
        Alpha-3 codes.
    needed : collection of str
        Those whose GDP must be known; of the others it may be missing (NaN).
    start_year, horizon : int
        The year of the start and the last year.

    Returns
    -------
    Economy
        Start and path.

    Raises
    ------
    NoDataError
        When neither source has the figures of every country.
    """
    outlooks = [
        c
        for c in known.editions.values()
        if c.series == "imf-weo"
        and {"gdp_real_growth", "gdp_constant_lcu", "gdp_current_usd"} <= set(c.complete)
    ]
    if outlooks:
        card = max(outlooks, key=lambda c: (c.published, c.id))
        return _from_outlook(known, card, countries, needed, start_year, horizon)
    return _from_nato(known, countries, needed, start_year, horizon)


def _from_outlook(
    known: Ledger,
    card: Card,
    countries: tuple[str, ...],
    needed: Collection[str],
    start_year: int,
    horizon: int,
) -> Economy:
    """Take GDP and growth from the World Economic Outlook."""
    last = card.complete["gdp_real_growth"][1]
    if last <= start_year:
        raise NoDataError(
            f"edition {card.id} ends in {last}, before the first year to be simulated, {start_year + 1}",
            do="import a newer World Economic Outlook",
        )
    years = list(range(start_year + 1, min(last, horizon) + 1))
    growth = known.figures("gdp_real_growth", edition=card.id).matrix(countries, years)
    real = known.figures("gdp_constant_lcu", edition=card.id).matrix(countries, [WEO_PRICE_YEAR, start_year])
    nominal = known.figures("gdp_current_usd", edition=card.id).matrix(countries, [WEO_PRICE_YEAR])
    gdp = nominal[:, 0] * real[:, 1] / real[:, 0]
    _complete(growth, countries, needed, "gdp_real_growth", card.id)
    _complete(gdp, countries, needed, "GDP in constant prices", card.id)
    notes = []
    path = growth.T
    if horizon > last:
        path = np.vstack([path, np.repeat(path[-1:], horizon - last, axis=0)])
        notes.append(
            Note(
                "growth_extended",
                f"growth after {last}, where {card.id} ends, stays at each country's growth of {last}.",
            )
        )
    return Economy(
        card.id,
        WEO_PRICE_YEAR,
        _tuple(gdp),
        _rows(path),
        max(card.published.year, start_year + 1),
        tuple(notes),
    )


def _from_nato(
    known: Ledger, countries: tuple[str, ...], needed: Collection[str], start_year: int, horizon: int
) -> Economy:
    """Take GDP from the newest NATO edition that has it, and as growth the average of its last ten years."""
    cards = [c for c in known.editions.values() if c.covers(NATO_GDP, start_year)]
    if not cards:
        raise NoDataError(
            f"no World Economic Outlook had been published by {known.day}, nor an edition of NATO's with "
            f"constant-price GDP for {start_year}",
            where="the start of the scenario",
            do="ask as of a day from 14 April 2026 on, or import an older World Economic Outlook",
        )
    card = max(cards, key=lambda c: (c.published, c.id))
    first = max(start_year - AVERAGE_YEARS, card.complete[NATO_GDP][0])
    gdp = known.figures(NATO_GDP, edition=card.id).matrix(countries, [first, start_year])
    _complete(gdp, countries, needed, NATO_GDP, card.id)
    average = (gdp[:, 1] / gdp[:, 0]) ** (1.0 / (start_year - first)) - 1.0
    note = Note(
        "growth_from_recent_average",
        f"no World Economic Outlook had been published by {known.day}: growth is each country's average of "
        f"{first + 1} to {start_year} in {card.id}.",
    )
    path = np.repeat(average[np.newaxis], horizon - start_year, axis=0)
    return Economy(card.id, NATO_PRICE_YEAR, _tuple(gdp[:, 1]), _rows(path), start_year + 1, (note,))


def _complete(
    values: NDArray[np.float64], countries: tuple[str, ...], needed: Collection[str], what: str, edition: str
) -> None:
    """Refuse a table that lacks a country whose GDP is needed."""
    rows = np.isnan(values.reshape(len(countries), -1))
    absent = [c for c, row in zip(countries, rows, strict=True) if row.any() and c in needed]
    if absent:
        raise NoDataError(
            f"edition {edition} lacks {what} of {', '.join(absent)}",
            where="the start of the scenario",
            do="ask as of another day, or import a newer edition",
        )


def _tuple(values: NDArray[np.float64]) -> tuple[float, ...]:
    """Return an array of one axis as plain floats."""
    return tuple(float(v) for v in values)


def _rows(values: NDArray[np.float64]) -> tuple[tuple[float, ...], ...]:
    """Return an array of two axes as plain floats."""
    return tuple(_tuple(row) for row in values)
