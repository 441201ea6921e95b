"""The growth of military spending by country and year: the log change of its share of GDP plus that of GDP.

Shares are SIPRI's, which may not be packaged; real GDP is the IMF's. The panel is built from the user's
import of SIPRI's workbook, or from a table of shares.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.attribution.periods import Period
from foedus.engine.arrays import Array
from foedus.evidence.ledger import Ledger

__all__ = ["FIRST_YEAR", "SHARE", "GrowthPanel", "ledger_panel", "panel_of"]

SHARE = "military_expenditure_share_of_gdp"
GDP, GDP_GROWTH = "gdp_constant_lcu", "gdp_real_growth"
FIRST_YEAR = 1995
"""The first year whose share is held; the first growth is of the year after."""

Cells = Mapping[tuple[str, int], float]


@dataclass(frozen=True)
class GrowthPanel:
    """Shares and growth by country and year.

    Attributes
    ----------
    countries : tuple of str
        Alpha-3 codes.
    first : int
        The first year.
    share : ndarray, (country, year)
        Military spending over GDP, a fraction; NaN where it is not known.
    growth : ndarray, (country, year)
        Log points: the change of the log share plus that of real GDP; NaN where either is not known.
    """

    countries: tuple[str, ...]
    first: int
    share: Array
    growth: Array

    @property
    def last(self) -> int:
        """The last year."""
        return self.first + int(self.share.shape[1]) - 1

    def rows(self, countries: Sequence[str]) -> NDArray[np.intp]:
        """Return the rows of countries.

        Parameters
        ----------
        countries : sequence of str
            Alpha-3 codes; those that are not held are left out.

        Returns
        -------
        ndarray, (country,)
            Indices.
        """
        index = {code: i for i, code in enumerate(self.countries)}
        return np.array([index[code] for code in countries if code in index], dtype=np.intp)

    def shares(self, country: str, year: int) -> float:
        """Return a share; NaN where it is not known."""
        inside = country in self.countries and self.first <= year <= self.last
        return float(self.share[self.countries.index(country), year - self.first]) if inside else np.nan

    def means(self, countries: Sequence[str], period: Period) -> Array:
        """Return the mean yearly growth of countries over the years of a period that are known.

        Parameters
        ----------
        countries : sequence of str
            Alpha-3 codes; those that are not held are left out.
        period : Period
            The years.

        Returns
        -------
        ndarray, (country,)
            Log points; NaN where no year is known.
        """
        start = max(period.first, self.first) - self.first
        part = self.growth[self.rows(countries), start : period.last - self.first + 1]
        known = np.isfinite(part)
        count = known.sum(axis=1)
        total = np.where(known, part, 0.0).sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.where(count > 0, total / count, np.nan)


def panel_of(shares: Cells, gdp: Cells, gdp_growth: Cells, *, first: int = FIRST_YEAR) -> GrowthPanel:
    """Return the panel of shares and of real GDP.

    Parameters
    ----------
    shares : mapping
        Military spending over GDP by country and year, fractions.
    gdp, gdp_growth : mapping
        Real GDP in constant national currency, and its printed growth, a fraction, for years without it.
    first : int
        The first year.

    Returns
    -------
    GrowthPanel
        Of every country with a share, to the last year with one.
    """
    countries = tuple(sorted({code for code, year in shares if year >= first}))
    last = max(year for _, year in shares)
    years = range(first, last + 1)
    share = np.array([[shares.get((c, y), np.nan) or np.nan for y in years] for c in countries])
    growth = np.full(share.shape, np.nan)
    for i, code in enumerate(countries):
        for j, year in enumerate(years):
            growth[i, j] = _gdp_growth(gdp, gdp_growth, code, year)
    change = np.full(share.shape, np.nan)
    change[:, 1:] = np.log(share[:, 1:] / share[:, :-1])
    return GrowthPanel(countries, first, share, 100.0 * (change + growth))


def _gdp_growth(gdp: Cells, growth: Cells, code: str, year: int) -> float:
    """Return the log change of real GDP; NaN where it is not known."""
    now, before = gdp.get((code, year)), gdp.get((code, year - 1))
    if now and before:
        return float(np.log(now / before))
    printed = growth.get((code, year))
    return float("nan") if printed is None else float(np.log1p(printed))


def ledger_panel(ledger: Ledger, sipri: str) -> tuple[GrowthPanel, str]:
    """Return the panel from an edition of SIPRI and the newest World Economic Outlook, and which that is."""
    outlooks = [card for card in ledger.editions.values() if card.series == "imf-weo"]
    outlook = max(outlooks, key=lambda card: (card.published, card.id)).id
    shares, gdp, growth = (
        _cells(ledger, edition, name)
        for edition, name in ((sipri, SHARE), (outlook, GDP), (outlook, GDP_GROWTH))
    )
    return panel_of(shares, gdp, growth), outlook


def _cells(ledger: Ledger, edition: str, indicator: str) -> dict[tuple[str, int], float]:
    """Return an indicator's figures of one edition by country and year."""
    rows = ledger.table(edition).where(indicator=indicator)
    return {(code, year): value for code, year, value in rows.select("country", "year", "value")}
