"""The periods by budget year, which causes began when, and the allies and controls that designs compare.

A budget is voted the year before: that of 2017 was voted in 2016. So the budgets that a cause can have
moved begin the year after it did. An exception is the full-scale war of February 2022, for which several
allies voted supplementary budgets within weeks; 2022 stands apart in the accounting for that reason.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from foedus.errors import InputError

__all__ = [
    "ALLIES_OF_2009",
    "BORDER",
    "BUDGET_PERIODS",
    "CAUSES",
    "CONTROLS",
    "ENTRANTS",
    "GROWTH_PERIODS",
    "NEVER_ALLIED",
    "OTHERS",
    "PACIFIC",
    "PERIODS",
    "Cause",
    "CauseName",
    "Period",
    "budget_periods",
    "read_period",
]

CauseName = Literal["threat", "pledge", "pressure"]
"""What is said to have made spending rise."""


@dataclass(frozen=True, order=True)
class Period:
    """A span of budget years.

    Attributes
    ----------
    first, last : int
        The first and the last year, both in it.
    """

    first: int
    last: int

    @property
    def years(self) -> int:
        """How many years it has."""
        return self.last - self.first + 1

    @property
    def words(self) -> str:
        """How it is written: 2015–17, or 2022 for a single year."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last % 100:02d}"

    def range(self) -> range:
        """Return its years."""
        return range(self.first, self.last + 1)


BUDGET_PERIODS: tuple[Period, ...] = (
    Period(2015, 2017),
    Period(2018, 2021),
    Period(2022, 2022),
    Period(2023, 2024),
    Period(2025, 2026),
)
"""How the accounting divides the years: after Crimea and Wales; budgets voted while Donald Trump was
president for the first time; the year of the invasion; what was voted after it; and after the return."""

BEFORE = Period(2010, 2014)
PERIODS: tuple[Period, ...] = (Period(2015, 2017), Period(2018, 2021), Period(2022, 2025))
"""The periods of the designs."""

GROWTH_PERIODS: tuple[Period, ...] = (BEFORE, *PERIODS)
"""Those of the growth by group; each design compares a period with the one before it."""


@dataclass(frozen=True)
class Cause:
    """Something that is said to have made spending rise.

    Attributes
    ----------
    name : str
        Its name.
    label : str
        What it is called in print.
    begins : tuple of int
        The first budget years that it can have moved: each is a beginning that a design can look at.
    events : mapping of int to str
        What happened, by that budget year.
    ended : int or None
        The last budget year of it, where it ended.
    since : str
        What is to say of the years after it ended.
    """

    name: CauseName
    label: str
    begins: tuple[int, ...]
    events: Mapping[int, str]
    ended: int | None = None
    since: str = ""

    def begins_in(self, period: Period) -> bool:
        """Whether it begins, or begins anew, with a period."""
        return period.first in self.begins

    def at_work(self, period: Period) -> bool:
        """Whether it had begun by a period."""
        return min(self.begins) <= period.first

    def going_on(self, period: Period) -> str:
        """Return why nothing can be compared in a period in which the cause did not begin."""
        if self.ended is not None and self.ended < period.first:
            return self.since
        return "It was at work in the years before as well: no design here compares with and without it."


CAUSES: tuple[Cause, ...] = (
    Cause(
        "threat",
        "the threat from Russia",
        (2015, 2022),
        MappingProxyType({2015: "the seizure of Crimea, March 2014", 2022: "the invasion, February 2022"}),
    ),
    Cause(
        "pledge",
        "the pledge of Wales",
        (2015,),
        MappingProxyType({2015: "the summit in Wales, September 2014"}),
    ),
    Cause(
        "pressure",
        "pressure from Washington",
        (2018,),
        MappingProxyType({2018: "the presidency of Donald Trump, January 2017 to January 2021"}),
        2021,
        "The presidency had ended. The statement of February 2024 and the return to office have one treated "
        "year, 2025, for all allies at once, with an election: there is nothing to identify them by.",
    ),
)
"""The causes, in the order of print."""

ALLIES_OF_2009: tuple[str, ...] = (
    *("ALB", "BEL", "BGR", "CAN", "HRV", "CZE", "DNK", "EST", "FRA", "DEU", "GRC", "HUN", "ITA", "LVA"),
    *("LTU", "LUX", "NLD", "NOR", "POL", "PRT", "ROU", "SVK", "SVN", "ESP", "TUR", "GBR"),
)
"""The 26 members of 2009 with forces, the United States apart: members in every year that designs look at."""

BORDER: tuple[str, ...] = ("EST", "LVA", "LTU", "NOR", "POL")
"""Those of them that have a land border with Russia."""

OTHERS: tuple[str, ...] = tuple(code for code in ALLIES_OF_2009 if code not in BORDER)
"""The 21 others."""

NEVER_ALLIED: tuple[str, ...] = ("AUT", "BIH", "CHE", "CYP", "IRL", "MLT", "SRB")
"""Europeans that have never been allies, without Russia, Belarus, Ukraine and Moldova."""

PACIFIC: tuple[str, ...] = ("AUS", "JPN", "KOR", "NZL")
"""Rich partners in the Pacific."""

ENTRANTS: tuple[str, ...] = ("SWE", "FIN")
"""Who came in 2023 and 2024: outside the Alliance until then, and not far from Russia."""

CONTROLS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"never-allied": NEVER_ALLIED, "with-pacific": (*NEVER_ALLIED, *PACIFIC)}
)
"""The sets of controls that have a name."""


def budget_periods(first: int, last: int) -> tuple[Period, ...]:
    """Return the budget periods between two years: from the year after the first to the last.

    Parameters
    ----------
    first, last : int
        The years whose spending is compared.

    Returns
    -------
    tuple of Period
        Without gap or overlap, each within one of :data:`BUDGET_PERIODS`; years before or after those stand
        in a period of their own.
    """
    edges = {first + 1, last + 1}
    edges |= {p.first for p in BUDGET_PERIODS if first < p.first <= last}
    edges |= {p.last + 1 for p in BUDGET_PERIODS if first < p.last < last}
    years = sorted(edges)
    return tuple(Period(a, b - 1) for a, b in pairwise(years))


def read_period(text: str, *, where: str = "--period") -> Period:
    """Read a period as it is written: 2018-21, 2018–2021 or 2022.

    Parameters
    ----------
    text : str
        The period.
    where : str, default "--period"
        Where the text stood.

    Returns
    -------
    Period
        The period.

    Raises
    ------
    InputError
        When the text is no period, or its last year comes before its first.
    """
    parts: Sequence[str] = text.replace("–", "-").strip().split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 2 or len(parts[0]) != 4:
        raise InputError(f"{text!r} is not a period", where=where, do="write it as 2018-21 or 2018-2021")
    first, end = int(parts[0]), parts[-1]
    if len(end) not in (2, 4):
        raise InputError(f"{text!r} is not a period", where=where, do="write it as 2018-21 or 2018-2021")
    last = int(end) if len(end) == 4 else first - first % 100 + int(end)
    if last < first:
        raise InputError(
            f"the period {text} is upside down: {last} comes before {first}",
            where=where,
            do="write the earlier year first",
        )
    return Period(first, last)
