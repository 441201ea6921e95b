"""What the accounting of a rise says: by year, by period, by ally, and on two suppositions."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.attribution.periods import Period

__all__ = ["Accounting", "AllyRise", "PeriodRise", "Supposition", "YearGrowth"]


@dataclass(frozen=True)
class YearGrowth:
    """The growth of one year, and what NATO prints of it.

    Attributes
    ----------
    year : int
        The year.
    growth : float
        Of the spending of the one set of allies, a fraction.
    spending, gdp, share : float
        Log points; spending is the sum of the two others.
    published, published_same_members : float or None
        What the edition prints, each total of the members of its year, and the same of the members of the
        later year in both; fractions.
    joined : tuple of str
        Who joined between the ends of the two years.
    change_of_members : float or None
        The part of the published growth that is only a change of members, a fraction.
    """

    year: int
    growth: float
    spending: float
    gdp: float
    share: float
    published: float | None
    published_same_members: float | None
    joined: tuple[str, ...]
    change_of_members: float | None


@dataclass(frozen=True)
class PeriodRise:
    """What of the rise falls in a period.

    Attributes
    ----------
    period : Period
        The budget years.
    spending, gdp, share : float
        Log points; spending is the sum of the two others.
    part : float
        Its part of the whole rise of spending, a fraction; NaN where spending did not move.
    """

    period: Period
    spending: float
    gdp: float
    share: float
    part: float


@dataclass(frozen=True)
class AllyRise:
    """What of the rise is one ally's.

    Attributes
    ----------
    country, name : str
        Alpha-3 code and short name.
    spending, gdp, share : float
        The ally's own log points; spending is the sum of the two others.
    contribution : float
        Log points of the rise of all that are this ally's.
    part : float
        That over the rise of all, a fraction.
    """

    country: str
    name: str
    spending: float
    gdp: float
    share: float
    contribution: float
    part: float


@dataclass(frozen=True)
class Supposition:
    """What a period would owe to something new in it, had spending otherwise done one thing or another.

    Neither is a bound: spending might have fallen without it, or risen faster.

    Attributes
    ----------
    name : str
        "stood still" or "carried on".
    period : Period
        The period.
    log_points : float
        What the supposed path leaves over.
    part : float
        That over the whole rise, a fraction.
    sentence : str
        The same in words.
    """

    name: str
    period: Period
    log_points: float
    part: float
    sentence: str


@dataclass(frozen=True)
class Accounting:
    """The rise between two years.

    Attributes
    ----------
    edition, title : str
        Which edition, and the line that credits it.
    prices : str
        The prices: "constant 2015 USD".
    first, last : int
        The years that are compared.
    allies : tuple of str
        The one set of allies, alpha-3 codes.
    without : tuple of str
        Allies of the last year that lack a figure and are left out of every sum.
    implied_gdp : bool
        Whether the edition prints no GDP, so that it is spending over the share that it prints.
    spending, gdp, share : float
        The rise in log points; spending is the sum of the two others.
    years : tuple of YearGrowth
        By year.
    periods : tuple of PeriodRise
        By budget period.
    rows : tuple of AllyRise
        By ally, the largest contribution first.
    what_ifs : tuple of Supposition
        What 2018–21 would owe, on two suppositions; empty where the years do not hold it.
    estimates_from : int or None
        The first year that the edition does not print as past.
    """

    edition: str
    title: str
    prices: str
    first: int
    last: int
    allies: tuple[str, ...]
    without: tuple[str, ...]
    implied_gdp: bool
    spending: float
    gdp: float
    share: float
    years: tuple[YearGrowth, ...]
    periods: tuple[PeriodRise, ...]
    rows: tuple[AllyRise, ...]
    what_ifs: tuple[Supposition, ...]
    estimates_from: int | None

    def period(self, asked: Period) -> PeriodRise | None:
        """Return what falls in a period; None where the years do not hold all of it."""
        parts = [each for each in self.periods if asked.first <= each.period.first <= asked.last]
        if not parts or parts[0].period.first != asked.first:
            return None
        return PeriodRise(
            Period(asked.first, parts[-1].period.last),
            sum(each.spending for each in parts),
            sum(each.gdp for each in parts),
            sum(each.share for each in parts),
            sum(each.part for each in parts),
        )
