"""The figures a hindcast runs on: shares of GDP by ally and year, with growth and balances beside them.

The long panel takes shares from an imported edition of SIPRI's database; a short one takes them from a single
edition of NATO's. The two definitions are never mixed. Past growth and balances come from the newest Outlook,
which is a later print than a forecaster at the origin had. The growth that an origin expects is that of the
Outlook of its own day from 2019 on; of earlier days none is held, and the mean of the last years of the later
print stands in for it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

import numpy as np

from foedus.engine.arrays import Array
from foedus.errors import NoDataError
from foedus.evidence.institutions import members_on

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.evidence.cards import Card

__all__ = ["FIRST_OUTLOOK", "OutlookPath", "Panel", "nato_panel", "sipri_panel"]

OUTLOOK = "imf-weo"
GROWTH = "gdp_real_growth"

FIRST_OUTLOOK = 2019
"""The first origin that expects the growth of an Outlook of its own day."""

NATO_SHARE = "defence_expenditure_share_of_gdp"
SIPRI_SHARE = "military_expenditure_share_of_gdp"
NO_FORCES = ("ISL",)
"""Allies without armed forces, which no panel holds."""

PRICE_YEAR = 2021
AVERAGE_YEARS = 5
"""The years whose mean growth stands in for a forecast of growth."""


@dataclass(frozen=True)
class OutlookPath:
    """The growth that one World Economic Outlook expects.

    Attributes
    ----------
    edition : str
        The Outlook.
    published : datetime.date
        Its day.
    first : int
        The first year, that of publication.
    read : callable
        Reads its growth from then on, (country, year): fractions per year, NaN where it has none. Few of the
        Outlooks are ever asked for theirs.
    """

    edition: str
    published: date
    first: int
    read: Callable[[], Array]


@dataclass(frozen=True)
class Panel:
    """Figures by ally and year.

    Attributes
    ----------
    edition, title : str
        The edition of the shares, and the line that credits it.
    countries : tuple of str
        Allies of the last year, ISO 3166 alpha-3.
    years : tuple of int
        The columns, without gaps.
    share : ndarray, (country, year)
        Military expenditure over GDP, a fraction; NaN where there is none or it is zero.
    growth : ndarray, (country, year)
        Real growth, a fraction per year; NaN where not known.
    balance : ndarray, (country, year)
        Balance of general government over GDP, a fraction; NaN where not known.
    gdp : ndarray, (country, year)
        GDP in US dollars of 2021; NaN where not known.
    outlooks : tuple of OutlookPath
        The Outlooks published by the last year's end, or by the edition's day, the newest first.
    """

    edition: str
    title: str
    countries: tuple[str, ...]
    years: tuple[int, ...]
    share: Array
    growth: Array
    balance: Array
    gdp: Array
    outlooks: tuple[OutlookPath, ...] = ()

    def column(self, year: int) -> int:
        """Return the column of a year."""
        return year - self.years[0]

    def members(self, year: int) -> Array:
        """Return the rows of the countries that were allies at the end of a year.

        Parameters
        ----------
        year : int
            The year.

        Returns
        -------
        ndarray of int, (ally,)
            Indices along the axis of countries.
        """
        allies = set(members_on(date(year, 12, 31)))
        rows: Array = np.array([i for i, c in enumerate(self.countries) if c in allies], dtype=np.intp)
        return rows

    @cached_property
    def log_share(self) -> Array:
        """Logarithm of the share, (country, year)."""
        return np.log(self.share)

    @cached_property
    def expected_growth(self) -> Array:
        """Mean growth of the five years before, (country, year): the stand-in for a forecast."""
        expected = np.full_like(self.growth, np.nan)
        for k in range(AVERAGE_YEARS, self.growth.shape[1] + 1):
            if k < self.growth.shape[1]:
                expected[:, k] = self.growth[:, k - AVERAGE_YEARS : k].mean(axis=1)
        return expected

    @cached_property
    def surprise(self) -> Array:
        """Growth less the stand-in for its forecast, (country, year)."""
        return self.growth - self.expected_growth

    def until(self, year: int) -> Panel:
        """Cut the panel at a year, so that nothing later can be looked at.

        Parameters
        ----------
        year : int
            The last year kept.

        Returns
        -------
        Panel
            The same countries, fewer years.
        """
        n = self.column(year) + 1
        cut = {name: getattr(self, name)[:, :n] for name in ("share", "growth", "balance", "gdp")}
        known = tuple(o for o in self.outlooks if o.published <= date(year, 12, 31))
        return Panel(self.edition, self.title, self.countries, self.years[:n], **cut, outlooks=known)

    def growth_ahead(self, horizon: int) -> Array:
        """Return the growth that is expected after the last year.

        Parameters
        ----------
        horizon : int
            Years ahead.

        Returns
        -------
        ndarray, (country, year)
            That of the newest Outlook, its last year's where it ends before; where there is none the mean of
            the last five years, and zero where no growth is known.
        """
        mean = np.nan_to_num(self.growth[:, -AVERAGE_YEARS:].mean(axis=1))
        path: Array = np.repeat(mean[:, np.newaxis], horizon, axis=1)
        if not self.outlooks:
            return path
        outlook = self.outlooks[0]
        columns = np.arange(self.years[-1] + 1, self.years[-1] + horizon + 1) - outlook.first
        growth = outlook.read()
        said = growth[:, np.clip(columns, 0, growth.shape[1] - 1)]
        return np.where(np.isfinite(said), said, path)


def sipri_panel(ledger: Ledger) -> Panel:
    """Return the long panel from the newest imported edition of SIPRI's database.

    Parameters
    ----------
    ledger : Ledger
        Figures with an imported edition of SIPRI's.

    Returns
    -------
    Panel
        Shares from 1949 on.

    Raises
    ------
    NoDataError
        When no edition of SIPRI's has been imported.
    """
    if not ledger.carriers(SIPRI_SHARE):
        raise NoDataError(
            "no edition of SIPRI's database is at hand, and its terms do not let foedus bring one",
            where="the hindcast on long histories",
            do="import the publisher's workbook with `foedus data import sipri FILE`, or use --basis nato",
        )
    return _panel(ledger, SIPRI_SHARE, ledger.carriers(SIPRI_SHARE)[0].id)


def nato_panel(ledger: Ledger, edition: str) -> Panel:
    """Return the short panel of one edition of NATO's.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    edition : str
        An edition that holds the whole table of shares.

    Returns
    -------
    Panel
        The years that the edition holds whole.
    """
    return _panel(ledger, NATO_SHARE, edition)


def _panel(ledger: Ledger, indicator: str, edition: str) -> Panel:
    """Build a panel from one edition and the Outlook at hand."""
    figures = ledger.figures(indicator, edition=edition)
    # A table of NATO's is asked on its own day; SIPRI's is newer than the origins that it serves.
    until = figures.card.published if indicator == NATO_SHARE else None
    whole = figures.card.complete.get(indicator)
    every = [int(y) for y in figures.frame["year"]]
    first, last = whole or (min(every), max(every))
    years = tuple(range(first, last + 1))
    held = set(figures.frame["country"])
    countries = tuple(c for c in members_on(date(last, 12, 31)) if c in held and c not in NO_FORCES)
    share = figures.matrix(countries, years)
    share[~(share > 0.0)] = np.nan
    real, nominal = (_outlook(ledger, n, countries, years) for n in ("gdp_constant_lcu", "gdp_current_usd"))
    base = years.index(PRICE_YEAR) if PRICE_YEAR in years else None
    gdp = (
        real * (nominal[:, base] / real[:, base])[:, None] if base is not None else np.full_like(real, np.nan)
    )
    return Panel(
        edition=edition,
        title=f"{figures.card.publisher}, {figures.card.title}",
        countries=countries,
        years=years,
        share=share,
        growth=_outlook(ledger, "gdp_real_growth", countries, years),
        balance=_outlook(ledger, "government_balance_share_of_gdp", countries, years),
        gdp=gdp,
        outlooks=_outlook_paths(ledger, countries, until),
    )


def _outlook_paths(ledger: Ledger, countries: tuple[str, ...], until: date | None) -> tuple[OutlookPath, ...]:
    """Return what every Outlook published by a day expects from its own year on, the newest first."""
    cards = [c for c in ledger.carriers(GROWTH) if c.series == OUTLOOK and GROWTH in c.complete]
    return tuple(
        OutlookPath(card.id, card.published, card.published.year, partial(_growth, ledger, card, countries))
        for card in cards
        if until is None or card.published <= until
    )


def _growth(ledger: Ledger, card: Card, countries: tuple[str, ...]) -> Array:
    """Return the growth of an Outlook from the year of its publication on, (country, year)."""
    years = range(card.published.year, card.complete[GROWTH][1] + 1)
    return ledger.figures(GROWTH, edition=card.id).matrix(countries, years)


def _outlook(ledger: Ledger, indicator: str, countries: tuple[str, ...], years: tuple[int, ...]) -> Array:
    """Return an indicator of the newest Outlook, NaN where it has no figure."""
    cards = [c for c in ledger.carriers(indicator) if c.series == "imf-weo" and indicator in c.complete]
    if not cards:
        return np.full((len(countries), len(years)), np.nan)
    return ledger.figures(indicator, edition=cards[0].id).matrix(countries, years)
