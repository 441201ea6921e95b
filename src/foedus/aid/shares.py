"""Shares of aid: by route and year, of GDP, and how far it rests on few donors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foedus.aid.donors import donor_name
from foedus.aid.record import ROUTES, DonorTotal, Kind, RouteYear, amount_of

__all__ = ["Concentration", "RouteShares", "concentration", "route_shares"]


@dataclass(frozen=True)
class RouteShares:
    """Military aid of a year by route.

    Attributes
    ----------
    year : int
        The year.
    stockpile, procurement, nato_purl, unspecified : float
        Euros allocated by each route.
    """

    year: int
    stockpile: float
    procurement: float
    nato_purl: float
    unspecified: float

    @property
    def total(self) -> float:
        """The sum of the four routes, which is the denominator of their shares."""
        return self.stockpile + self.procurement + self.nato_purl + self.unspecified

    @property
    def specified(self) -> float:
        """The sum without what is unspecified, the other denominator."""
        return self.total - self.unspecified

    def share(self, route: str) -> float | None:
        """Return the share of a route in the four routes' sum; None where nothing was allocated."""
        return float(getattr(self, route)) / self.total if self.total else None

    @property
    def stock_of_specified(self) -> float | None:
        """The share from stocks in the sum without what is unspecified."""
        return self.stockpile / self.specified if self.specified else None


def route_shares(rows: Iterable[RouteYear]) -> tuple[RouteShares, ...]:
    """Return the routes of each year side by side."""
    by_year: dict[int, dict[str, float]] = {}
    for row in rows:
        by_year.setdefault(row.year, dict.fromkeys(ROUTES, 0.0))[row.route] += row.allocated
    return tuple(RouteShares(year, **routes) for year, routes in sorted(by_year.items()))


@dataclass(frozen=True)
class Concentration:
    """How far aid rests on few donors, the EU institutions being one.

    Attributes
    ----------
    kind : str
        What is given.
    donors : int
        How many have given of it.
    largest : tuple of str
        The names of the largest three.
    share_of_largest : float
        Their share, a fraction.
    herfindahl : float
        The sum of squared shares: one where there is one donor, a tenth where ten give the same.
    """

    kind: Kind
    donors: int
    largest: tuple[str, ...]
    share_of_largest: float
    herfindahl: float


def concentration(rows: Sequence[DonorTotal], kind: Kind) -> Concentration | None:
    """Return how far aid of a kind rests on few donors.

    Parameters
    ----------
    rows : sequence of DonorTotal
        Donors' totals.
    kind : str
        What is given.

    Returns
    -------
    Concentration or None
        None where nobody has given of it.
    """
    amounts = sorted(((amount_of(row, kind), row.donor) for row in rows), reverse=True)
    amounts = [(value, donor) for value, donor in amounts if value > 0]
    total = sum(value for value, _ in amounts)
    if not total:
        return None
    return Concentration(
        kind,
        len(amounts),
        tuple(donor_name(donor) for _, donor in amounts[:3]),
        sum(value for value, _ in amounts[:3]) / total,
        sum((value / total) ** 2 for value, _ in amounts),
    )
