"""GDP of the start year and the growth path of a scenario, from what had been published by a day.

GDP of the start is the base of the figures that the run starts from: the spending that NATO prints over the
share, so that both, and their totals, are the edition's own. Where the edition prints no spending, the World
Economic Outlook gives the level. Growth is the newest Outlook's to its last year, then an older one's where
that reaches further, and from there the last growth is repeated. Where no Outlook had been published, the
average growth of the last ten years in NATO's own GDP is the path.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.engine.elementary import exp, log
from foedus.errors import NoDataError
from foedus.evidence.provenance import of_figures
from foedus.parameters import Provenance
from foedus.results import Note

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card
    from foedus.spending.start_shares import StartShares

__all__ = ["Economy", "economy_as_of"]

PRICES = (2021, 2015)
"""The years whose prices and exchange rates NATO prints GDP in, the newer first."""

OUTLOOK = "imf-weo"

GDP, PATH = "gdp_constant_usd", "gdp_real_growth_path"
"""The starting value and the input that the figures become."""

GROWTH = "gdp_real_growth"
LEVELS = frozenset({"gdp_constant_lcu", "gdp_current_usd"})

PRICE_YEAR = 2021
"""The year whose prices and exchange rates are used where NATO prints no spending in constant prices."""

OCTOBER = 10
"""The month from which an Outlook counts as the autumn's, which has seen most of its first year."""

AVERAGE_YEARS = 10
"""The years whose average growth is the path where no outlook had been published."""


@dataclass(frozen=True)
class Economy:
    """GDP and its growth path.

    Attributes
    ----------
    editions : tuple of str
        The editions that give both, the one of the growth path first.
    price_year : int
        The year whose prices and exchange rates GDP is in.
    gdp_constant_usd : tuple of float
        GDP of the start year by country.
    growth : tuple of tuple of float
        For each year after the start, growth by country, fractions per year.
    projected_from : int
        The first year that the edition projects: that of its publication.
    outlook_is_of_october : bool
        Whether the growth path is that of an Outlook published in October or later in its year.
    notes : tuple of Note
        What was extended, averaged or chosen.
    provenance : tuple of Provenance
        Where GDP and growth of each country are from.
    """

    editions: tuple[str, ...]
    price_year: int
    gdp_constant_usd: tuple[float, ...]
    growth: tuple[tuple[float, ...], ...]
    projected_from: int
    outlook_is_of_october: bool
    notes: tuple[Note, ...]
    provenance: tuple[Provenance, ...] = ()


@dataclass(frozen=True)
class _Path:
    """Growth of every year from the earliest that a share was printed for, (country, year)."""

    years: tuple[int, ...]
    growth: NDArray[np.float64]
    editions: tuple[str, ...]
    projected_from: int
    is_of_october: bool
    notes: tuple[Note, ...]
    provenance: tuple[Provenance, ...]


def economy_as_of(
    known: Ledger, countries: tuple[str, ...], needed: Collection[str], shares: StartShares, horizon: int
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
    shares : StartShares
        The start year, and the share and spending of each of the countries.
    horizon : int
        The last year.

    Returns
    -------
    Economy
        Start and path.

    Raises
    ------
    NoDataError
        When neither source has the figures of every country.
    """
    outlooks = [c for c in known.editions.values() if c.series == OUTLOOK and GROWTH in c.complete]
    outlooks.sort(key=lambda c: (c.published, c.id), reverse=True)
    first = min(shares.years) + 1
    if outlooks:
        path = _outlook_path(known, outlooks, countries, (first, shares.year, horizon))
    else:
        path = _average_path(known, countries, (first, shares.year, horizon))
    price_year = shares.price_year or PRICE_YEAR
    gdp = _printed_base(shares, path)
    edition, printed = shares.edition, _printed_provenance(known, countries, gdp, shares)
    levels: tuple[Provenance, ...] = ()
    if np.isnan(gdp).any():
        gdp, edition, levels = _with_levels(known, countries, gdp, price_year, shares.year)
    _complete(gdp, countries, needed, "GDP in constant prices", edition)
    ahead = path.growth[:, path.years.index(shares.year + 1) :]
    _complete(ahead, countries, needed, GROWTH, path.editions[0])
    return Economy(
        editions=tuple(dict.fromkeys((*path.editions, edition))),
        price_year=price_year,
        gdp_constant_usd=_tuple(gdp),
        growth=tuple(_tuple(row) for row in ahead.T),
        projected_from=path.projected_from,
        outlook_is_of_october=path.is_of_october,
        notes=path.notes,
        provenance=(*printed, *levels, *path.provenance),
    )


def _printed_provenance(
    known: Ledger, countries: tuple[str, ...], base: NDArray[np.float64], shares: StartShares
) -> tuple[Provenance, ...]:
    """Return where GDP is from that follows from the spending that an edition prints."""
    followed = zip(countries, shares.years, base, strict=True)
    cells = [(code, year) for code, year, value in followed if not np.isnan(value)]
    indicator = f"defence_expenditure_constant_usd_{shares.price_year}"
    how = "spending over share of GDP"
    return of_figures(GDP, known, shares.edition, cells, indicator=indicator, how=how)


def _printed_base(shares: StartShares, path: _Path) -> NDArray[np.float64]:
    """Return spending over share, moved by growth to the start year where the share is an older year's."""
    base: NDArray[np.float64] = np.array(shares.spending) / np.array(shares.values)
    for i, year in enumerate(shares.years):
        for later in range(year + 1, shares.year + 1):
            base[i] *= 1.0 + path.growth[i, path.years.index(later)]
    return base


def _outlook_path(
    known: Ledger, outlooks: list[Card], countries: tuple[str, ...], span: tuple[int, int, int]
) -> _Path:
    """Take growth from the newest Outlook, then from older ones that reach further, and repeat the last."""
    first, start, horizon = span
    newest = outlooks[0]
    last = newest.complete[GROWTH][1]
    if last <= start:
        raise NoDataError(
            f"edition {newest.id} ends in {last}, before the first year to be simulated, {start + 1}",
            do="import a newer World Economic Outlook",
        )
    years = tuple(range(first, horizon + 1))
    growth = np.full((len(countries), len(years)), np.nan)
    notes: list[Note] = []
    printed: list[Provenance] = []
    used: list[str] = []
    reached = first - 1
    for card in outlooks:
        until = min(card.complete[GROWTH][1], horizon)
        if until <= reached:
            continue
        columns = range(reached + 1, until + 1)
        ahead = [(c, y) for c in countries for y in columns if y > start]
        printed += of_figures(PATH, known, card.id, ahead, indicator=GROWTH)
        growth[:, reached + 1 - first : until + 1 - first] = known.figures(GROWTH, edition=card.id).matrix(
            countries, columns
        )
        if used:
            text = f"growth of {reached + 1} to {until} is that of {card.id}: {used[-1]} ends in {reached}."
            notes.append(Note("growth_from_older_outlook", text))
        used.append(card.id)
        reached = until
    if horizon > reached:
        growth[:, reached + 1 - first :] = growth[:, reached - first][:, np.newaxis]
        text = f"growth after {reached}, where {used[-1]} ends, stays at each country's growth of {reached}."
        notes.append(Note("growth_extended", text))
        how = f"stays to {horizon} at the growth of {reached}"
        last_cells = [(c, reached) for c in countries]
        printed += of_figures(PATH, known, used[-1], last_cells, indicator=GROWTH, how=how)
    published = newest.published
    is_of_october = published.month >= OCTOBER
    return _Path(years, growth, tuple(used), published.year, is_of_october, tuple(notes), tuple(printed))


def _average_path(known: Ledger, countries: tuple[str, ...], span: tuple[int, int, int]) -> _Path:
    """Take as growth the average of the last ten years of the newest NATO edition that prints GDP."""
    first, start, horizon = span
    cards = [
        (c, n)
        for c in known.editions.values()
        for n in (f"gdp_constant_usd_{price_year}" for price_year in PRICES)
        if c.covers(n, start)
    ]
    if not cards:
        raise NoDataError(
            f"no World Economic Outlook had been published by {known.day}, nor an edition of NATO's with "
            f"constant-price GDP for {start}",
            where="the start of the scenario",
            do="ask as of a later day (`foedus editions` lists the Outlooks), or import an older Outlook",
        )
    card, name = max(cards, key=lambda pair: (pair[0].published, pair[0].id, pair[1]))
    begin = max(start - AVERAGE_YEARS, card.complete[name][0])
    gdp = known.figures(name, edition=card.id).matrix(countries, [begin, start])
    average = exp(log(gdp[:, 1] / gdp[:, 0]) / (start - begin)) - 1.0
    years = tuple(range(first, horizon + 1))
    text = (
        f"no World Economic Outlook had been published by {known.day}: growth is each country's average of "
        f"{begin + 1} to {start} in {card.id}."
    )
    path = np.repeat(average[:, np.newaxis], len(years), axis=1)
    how, cells = f"each country's average growth from {begin}", [(c, start) for c in countries]
    printed = of_figures(PATH, known, card.id, cells, indicator=name, how=how)
    notes = (Note("growth_from_recent_average", text),)
    return _Path(years, path, (card.id,), start + 1, False, notes, printed)


def _with_levels(
    known: Ledger, countries: tuple[str, ...], base: NDArray[np.float64], price_year: int, start: int
) -> tuple[NDArray[np.float64], str, tuple[Provenance, ...]]:
    """Fill in GDP of countries without a printed base: the newest Outlook's with levels, or NATO's own."""
    own = f"gdp_constant_usd_{price_year}"
    newest = sorted(known.editions.values(), key=lambda c: (c.published, c.id), reverse=True)
    for card in sorted(newest, key=lambda c: c.series != OUTLOOK):
        if card.series == OUTLOOK and all(card.covers(n, y) for n in LEVELS for y in (price_year, start)):
            real = known.figures("gdp_constant_lcu", edition=card.id)
            nominal = known.figures("gdp_current_usd", edition=card.id).matrix(countries, [price_year])
            then, now = (real.matrix(countries, [year])[:, 0] for year in (price_year, start))
            level, indicator = nominal[:, 0] * now / then, "gdp_constant_lcu"
        elif card.covers(own, start):
            level = known.figures(own, edition=card.id).matrix(countries, [start])[:, 0]
            indicator = own
        else:
            continue
        cells = [(c, start) for c, value in zip(countries, base, strict=True) if np.isnan(value)]
        how = f"at prices and exchange rates of {price_year}"
        printed = of_figures(GDP, known, card.id, cells, indicator=indicator, how=how)
        return np.where(np.isnan(base), level, base), card.id, printed
    return base, "", ()


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
