"""Whether a printed share is at a level, and how many allies are.

A publisher prints a share to 0.01 per cent, and that is what the world holds against a level: 2.00 is at 2
% and 3.49 is below 3.5 %. A table held with more digits than that, a workbook, is judged as it is printed:
otherwise the same figure would count in one edition and not in the next, which is held in print (Poland
2018 is 1.9959 in the workbook of August 2025 and 2.00 in the tables of July 2026). A share quoted coarser
than that stands for every print that it may come from; where some of them are at the level and some below,
it is open and counts nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from foedus.axes import country_name
from foedus.evidence.checks import WITHOUT_FORCES
from foedus.evidence.institutions import members_on, pledges_by
from foedus.evidence.publications import reporting_members
from foedus.evidence.rows import FigureRows
from foedus.rounding import rounded
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.evidence.cards import Card

__all__ = [
    "PRINTED",
    "PRINTED_DIGITS",
    "SHARE",
    "SLACK",
    "LevelCount",
    "PrintedShare",
    "Standing",
    "goals_on",
    "held_whole",
    "meets",
    "members_of_year",
    "printed_shares",
    "standing",
    "tally",
]

SHARE = "defence_expenditure_share_of_gdp"
PRINTED_DIGITS = 4
PRINTED = 10.0**-PRINTED_DIGITS
"""The unit of the last digit that NATO prints of a share: 0.01 per cent of GDP."""

SLACK = 1e-12
"""What the binary form of a decimal fraction may miss."""

FEW = 3
"""How many allies without a figure are named in a headline; the notes name all."""

Standing = Literal["at", "below", "open"]
"""Whether a share is at or above a level, below it, or cannot be told for want of digits."""


@dataclass(frozen=True)
class PrintedShare:
    """A share, and how finely it is known.

    Attributes
    ----------
    value : float
        A fraction of GDP.
    printed_to : float
        The unit of its last digit, a fraction; never finer than :data:`PRINTED`.
    """

    value: float
    printed_to: float = PRINTED

    def standing(self, level: float) -> Standing:
        """Return where it stands against a level.

        Parameters
        ----------
        level : float
            A fraction of GDP.

        Returns
        -------
        {"at", "below", "open"}
            As :func:`standing` says.
        """
        return standing(self.value, level, self.printed_to)

    @property
    def words(self) -> str:
        """The share as it was quoted: "3.5 quoted to 0.1"."""
        digits = max(0, -round(math.log10(self.printed_to)) - 2)
        return f"{in_per_cent(self.value, digits)} quoted to {in_per_cent(self.printed_to, digits)}"


def standing(share: float, level: float, printed_to: float = PRINTED) -> Standing:
    """Return where a share stands against a level, as printed.

    Parameters
    ----------
    share : float
        A fraction of GDP.
    level : float
        A fraction of GDP.
    printed_to : float, default 0.0001
        The unit of the share's last digit; what is finer than the print counts as printed.

    Returns
    -------
    {"at", "below", "open"}
        "at" at the level itself; "open" when a coarser quotation may come from prints on both sides.
    """
    half = 0.5 * printed_to if printed_to > PRINTED + SLACK else 0.0
    lowest, highest = (float(rounded(value, PRINTED_DIGITS)) for value in (share - half, share + half))
    if lowest >= level - SLACK:
        return "at"
    return "open" if highest >= level - SLACK else "below"


def meets(share: float, guideline: float) -> bool:
    """Whether a share, as printed to 0.01 per cent, is at or above a guideline.

    Parameters
    ----------
    share : float
        A fraction of GDP.
    guideline : float
        A fraction of GDP.

    Returns
    -------
    bool
        True at the guideline itself.
    """
    return standing(share, guideline) == "at"


def printed_shares(table: FigureRows, indicator: str = SHARE) -> dict[tuple[str, int], PrintedShare]:
    """Return the shares of an edition by country and year, each with the unit of its last digit.

    Parameters
    ----------
    table : FigureRows
        Figures of one edition; the column ``printed_to`` is empty where all digits are given.
    indicator : str, optional
        Which share.

    Returns
    -------
    dict of (str, int) to PrintedShare
        Fractions of GDP.
    """
    rows = table.where(indicator=indicator).to_dicts()
    return {
        (row["country"], row["year"]): PrintedShare(
            row["value"], max(row.get("printed_to") or PRINTED, PRINTED)
        )
        for row in rows
    }


def members_of_year(year: int, day: date | None = None) -> list[str]:
    """Return the allies of a year: those at its end, or on an earlier day of the question.

    Parameters
    ----------
    year : int
        The year asked about.
    day : datetime.date, optional
        The day as of which is asked, or on which the figures came out.

    Returns
    -------
    list of str
        Alpha-3 codes: 28 for 2014, 32 for 2024 and later.
    """
    last = date(year, 12, 31)
    return members_on(last if day is None else min(day, last))


def held_whole(card: Card, table: FigureRows, year: int) -> bool:
    """Whether an edition is held whole for a year: its table, or the share of every ally with forces.

    Parameters
    ----------
    card : Card
        The edition's card.
    table : FigureRows
        Every figure held of it.
    year : int
        The year.

    Returns
    -------
    bool
        True also of a table in which the publisher left an ally blank.
    """
    if card.covers(SHARE, year):
        return True
    shares = table.where(indicator=SHARE, year=year)
    return set(reporting_members(card.published, year)) <= set(shares["country"])


def goals_on(day: date) -> dict[float, str]:
    """Return the levels of defence expenditure that all allies had adopted by a day, the lowest first.

    Parameters
    ----------
    day : datetime.date
        The day.

    Returns
    -------
    dict of float to str
        What was adopted, by level as a fraction of GDP; a level that was adopted anew has its newest words.
    """
    goals = {
        pledge.level: f"{pledge.pledge}, by {pledge.deadline}"
        for pledge in pledges_by(day)
        if pledge.quantity == SHARE and pledge.sense == "at_least" and not pledge.country
    }
    return dict(sorted(goals.items()))


@dataclass(frozen=True)
class LevelCount:
    """How many allies are at a level in a year, by one edition.

    Attributes
    ----------
    level : float
        The level, a fraction of GDP.
    year : int
        The year.
    allies, with_forces : int
        How many are listed, and how many of them have armed forces.
    at, below : tuple of str
        Who is at or above the level and who is below it, as printed.
    open : tuple of str
        Whose figure is quoted too coarsely to tell.
    without_figure, without_forces : tuple of str
        Who has forces and no figure, and who has no forces.
    whole : bool
        Whether the edition holds the whole table of the year.
    chosen : bool
        Whether the allies listed were picked by the question.
    """

    level: float
    year: int
    allies: int
    with_forces: int
    at: tuple[str, ...]
    below: tuple[str, ...]
    open: tuple[str, ...]
    without_figure: tuple[str, ...]
    without_forces: tuple[str, ...]
    whole: bool
    chosen: bool = False

    @property
    def meeting(self) -> int:
        """How many are at the level or above."""
        return len(self.at)

    @property
    def reported(self) -> int:
        """How many have a figure that tells on which side they are."""
        return len(self.at) + len(self.below)

    @property
    def exact(self) -> bool:
        """Whether every ally listed that has forces is at the level or below."""
        return not self.open and not self.without_figure

    @property
    def lower_bound(self) -> bool:
        """Whether the count is the least that it can be: a figure is open, or the edition held in part."""
        return bool(self.open) or (bool(self.without_figure) and not self.whole)

    @property
    def denominator(self) -> str:
        """Of how many the count is: of all allies only where each has a figure."""
        if self.reported < self.allies:
            asked = f" ({self.allies} asked for)" if self.chosen else ""
            return f"of the {self.reported} allies with a figure{asked}"
        return f"of the {self.allies} allies asked for" if self.chosen else f"of {self.allies} allies"

    @property
    def count_words(self) -> str:
        """The count and of how many: "30 of the 31 allies with a figure", "at least 3 of the 8 allies …"."""
        return f"{'at least ' if self.lower_bound else ''}{self.meeting} {self.denominator}"

    def phrase(self) -> str:
        """Return the count with whom it is of, and who has no figure where they are few."""
        none = self.without_figure if len(self.without_figure) <= FEW else ()
        return f"{self.count_words}{f' (none: {_names(none)})' if none else ''}"

    def remarks(self, shares: Mapping[str, PrintedShare]) -> list[str]:
        """Write who is open, who has no figure and who has no forces, by name."""
        remarks = []
        level = per_cent(self.level)
        if self.open:
            words = (f"{country_name(c)} ({shares[c].words})" for c in self.open)
            remarks.append(f"Open at {level}, and in no count: {', '.join(words)}.")
        if self.without_figure:
            remarks.append(
                f"No figure for {_names(self.without_figure)}: counted neither as meeting nor as missing "
                "the guideline."
            )
        if self.without_forces:
            remarks.append(f"{_names(self.without_forces)} has no armed forces and is not counted.")
        return remarks


def _names(codes: Iterable[str]) -> str:
    """Write countries as a list."""
    return ", ".join(country_name(code) for code in codes)


def tally(
    shares: Mapping[str, PrintedShare],
    level: float,
    year: int,
    allies: Iterable[str],
    *,
    whole: bool,
    chosen: bool = False,
) -> LevelCount:
    """Count who is at a level.

    Parameters
    ----------
    shares : mapping of str to PrintedShare
        The shares of the year by country.
    level : float
        A fraction of GDP.
    year : int
        The year.
    allies : iterable of str
        Whom to count.
    whole : bool
        Whether the edition holds the whole table of the year.
    chosen : bool, default False
        Whether the question picked the allies.

    Returns
    -------
    LevelCount
        Everyone is in exactly one of its groups.
    """
    listed = tuple(allies)
    forces = [code for code in listed if code not in WITHOUT_FORCES or code in shares]
    groups: dict[str, list[str]] = {"at": [], "below": [], "open": [], "none": []}
    for code in forces:
        groups[shares[code].standing(level) if code in shares else "none"].append(code)
    return LevelCount(
        level=level,
        year=year,
        allies=len(listed),
        with_forces=len(forces),
        at=tuple(groups["at"]),
        below=tuple(groups["below"]),
        open=tuple(groups["open"]),
        without_figure=tuple(groups["none"]),
        without_forces=tuple(code for code in listed if code not in forces),
        whole=whole,
        chosen=chosen,
    )
