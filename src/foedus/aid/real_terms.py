"""Aid in euros of 2021: by the deflator of the euro area that the World Economic Outlook implies.

The Outlook has no figures for the euro area on the ledger's axis. Its deflator is taken from the members:
the sum of their GDP in euros of the year, over the same GDP in euros of 2021 by each member's own
deflator. One deflator for all donors leaves their shares of a year as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foedus.aid.monthly import donor_totals
from foedus.aid.tracker import Tracker
from foedus.errors import NoDataError
from foedus.forces.prices import euro_in_usd

if TYPE_CHECKING:
    from foedus.evidence import Ledger

__all__ = ["BASE_YEAR", "EURO_AREA", "Deflator", "euro_deflator", "gdp_in_euros", "in_euros_of_2021"]

BASE_YEAR = 2021

EURO_AREA = ("AUT BEL CYP DEU ESP EST FIN FRA GRC HRV IRL ITA LTU LUX LVA MLT NLD PRT SVK SVN").split()
"""The twenty members of the euro area of 2023 to 2025."""


@dataclass(frozen=True)
class Deflator:
    """The price level of each year, 2021 being one.

    Attributes
    ----------
    edition : str
        The edition of the World Economic Outlook.
    index : mapping of int to float
        By year.
    """

    edition: str
    index: Mapping[int, float]

    @property
    def label(self) -> str:
        """How it is named."""
        return f"euros of {BASE_YEAR}, GDP deflator of the euro area from {self.edition}"


def euro_deflator(ledger: Ledger, years: Iterable[int]) -> Deflator:
    """Return the deflator of the euro area for some years.

    Parameters
    ----------
    ledger : Ledger
        The figures, as of the day of the question.
    years : iterable of int
        Which.

    Returns
    -------
    Deflator
        From one edition of the World Economic Outlook.

    Raises
    ------
    NoDataError
        When no Outlook that may answer holds every member in every year.
    """
    wanted = sorted({BASE_YEAR, *years})
    span = (wanted[0], wanted[-1])
    deflators = ledger.figures("gdp_deflator", country=EURO_AREA, year=span)
    current = ledger.figures("gdp_current_lcu", country=EURO_AREA, year=span, edition=deflators.edition)
    price = {(c, y): v for c, y, v in deflators.frame.select("country", "year", "value")}
    gdp = {(c, y): v for c, y, v in current.frame.select("country", "year", "value")}
    missing = [(c, y) for c in EURO_AREA for y in wanted if (c, y) not in price or (c, y) not in gdp]
    if missing:
        country, year = missing[0]
        raise NoDataError(
            f"{deflators.edition} holds no deflator and GDP of {country} for {year}",
            where="--real",
            do="ask in euros of the day, without --real",
        )
    index = {
        year: sum(gdp[c, year] for c in EURO_AREA)
        / sum(gdp[c, year] * price[c, BASE_YEAR] / price[c, year] for c in EURO_AREA)
        for year in wanted
    }
    return Deflator(deflators.edition, index)


def gdp_in_euros(ledger: Ledger, year: int, donors: Iterable[str]) -> tuple[str, dict[str, float]]:
    """Return GDP of a year in euros, at the rate that the Outlook uses for Germany.

    Parameters
    ----------
    ledger : Ledger
        The figures.
    year : int
        The year.
    donors : iterable of str
        Alpha-3 codes.

    Returns
    -------
    str, dict of str to float
        The edition, and euros by donor; a donor whose GDP it does not hold is not there.

    Raises
    ------
    NoDataError
        When no edition that may answer holds GDP of that year.
    """
    figures = ledger.figures("gdp_current_usd", year=year)
    wanted = set(donors)
    rate = euro_in_usd(ledger, year)
    rows = figures.frame.select("country", "value")
    return figures.edition, {country: value / rate for country, value in rows if country in wanted}


def in_euros_of_2021(tracker: Tracker, deflator: Deflator) -> Tracker:
    """Return a tracker whose amounts are in euros of 2021, each by the price level of its year.

    Parameters
    ----------
    tracker : Tracker
        Amounts in euros of the day.
    deflator : Deflator
        With every year of the tracker.

    Returns
    -------
    Tracker
        Donors' totals are in euros of 2021 only where donors by month were imported: else they stay as they
        are, since a total to date has no year.
    """
    level = deflator.index
    fields = ("military", "financial", "humanitarian")
    promises = ("committed", "to_be_allocated")

    def real(row: object, year: int, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: getattr(row, name) / level[year] for name in names}

    donor_months = tuple(
        replace(row, **real(row, row.month.year, fields + promises)) for row in tracker.donor_months
    )
    gdp = {row.donor: row.gdp_2021 for row in tracker.donors if row.gdp_2021 is not None}
    return replace(
        tracker,
        region_years=tuple(
            replace(row, **real(row, row.year, fields + promises)) for row in tracker.region_years
        ),
        donors=donor_totals(donor_months, gdp) if tracker.imported else tracker.donors,
        months=tuple(replace(row, **real(row, row.month.year, fields)) for row in tracker.months),
        routes=tuple(replace(row, **real(row, row.year, ("allocated",))) for row in tracker.routes),
        donor_months=donor_months,
        route_months=tuple(
            replace(row, **real(row, row.month.year, ("allocated",))) for row in tracker.route_months
        ),
    )
