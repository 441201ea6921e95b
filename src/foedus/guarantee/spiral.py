"""The security dilemma of Europe and Russia: two readings side by side, under the errors of such equations.

Richardson's equations have no skill: growth carried on has forecast both sides better. The result says so
first, what stands is that baseline for the years ahead on which it was scored, and the readings are a
scenario.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from foedus.errors import InputError
from foedus.guarantee.spiral_model import (
    READINGS,
    Reading,
    both_react,
    corner_terms,
    paths_of,
    reading_terms,
    settles,
)
from foedus.guarantee.spiral_printed import PrintedGrowth, printed_since
from foedus.guarantee.spiral_record import (
    CARD_ID,
    SIDES,
    ErrorRow,
    RaceEstimate,
    Rival,
    error_table,
    estimates,
)
from foedus.results import Answer, Result
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.evidence import Ledger
    from foedus.plotting.chart import Chart
    from foedus.tables import Table

__all__ = ["CarriedYear", "PathYear", "Restraint", "Spiral", "spiral"]

MOST_YEARS = 30
"""The longest scenario."""

MOST_RESTRAINT = 0.5
"""The most that one side spends less."""

RICHARDSON = ("richardson", "coupled_pair")
Rest = Literal["in every corner", "in no corner", "it depends"]


@dataclass(frozen=True)
class PathYear:
    """Both sides' spending in one year of a reading, relative to the start.

    Attributes
    ----------
    reading, side : str
        Whose reading, and whose spending.
    year : int
        The year.
    change : float
        Against the start, a fraction.
    low, high : float
        The same over every corner of the ranges; no interval of a forecast.
    """

    reading: Reading
    side: Rival
    year: int
    change: float
    low: float
    high: float


@dataclass(frozen=True)
class CarriedYear:
    """Spending when growth is carried on, relative to the start: what stands in place of the equations."""

    side: Rival
    year: int
    change: float


@dataclass(frozen=True)
class Restraint:
    """What one side's spending less would do to the other's in the last year.

    Attributes
    ----------
    reading, side : str
        Whose reading, and who spends less at the start.
    rival_change : float
        Change of the other side's spending against the path without, a fraction.
    """

    reading: Reading
    side: Rival
    rival_change: float


@dataclass(frozen=True)
class Spiral(Result):
    """Two readings of an arms race, and the errors of such equations out of sample.

    Attributes
    ----------
    start, years : int
        The last year with figures, and how many years the scenario runs.
    less : float
        How much less one side spends in the question of restraint, a fraction.
    paths : tuple of PathYear
        The scenario.
    carried : tuple of CarriedYear
        Growth carried on, for the years ahead on which it was scored.
    restraint : tuple of Restraint
        What spending less would bring, by reading.
    rest : {"in every corner", "in no corner", "it depends"}
        Over the ranges, whether the pair comes to rest when each side answers as its own reading says.
    errors : tuple of ErrorRow
        The table out of sample.
    estimates : tuple of RaceEstimate
        What the years to the start give for the coefficients.
    printed : tuple of PrintedGrowth
        What NATO has printed of NATO Europe since the start: of those years nothing is forecast.
    """

    ROWS: ClassVar[str] = "paths"

    start: int
    years: int
    less: float
    paths: tuple[PathYear, ...]
    carried: tuple[CarriedYear, ...]
    restraint: tuple[Restraint, ...]
    rest: Rest
    errors: tuple[ErrorRow, ...]
    estimates: tuple[RaceEstimate, ...]
    printed: tuple[PrintedGrowth, ...] = ()

    def error(self, side: Rival, ahead: int, *forms: str) -> ErrorRow:
        """Return the smallest error of some forms for a side and a number of years ahead.

        Parameters
        ----------
        side : {"europe", "russia"}
            Whose spending.
        ahead : int
            How many years ahead.
        *forms : str
            The forms; without any, all.

        Returns
        -------
        ErrorRow
            The one with the smallest error.
        """
        rows = [
            r for r in self.errors if (r.side, r.ahead) == (side, ahead) and (not forms or r.form in forms)
        ]
        return min(rows, key=lambda row: row.error)

    @property
    def horizons(self) -> tuple[int, ...]:
        """The years ahead that were scored."""
        return tuple(sorted({row.ahead for row in self.errors}))

    @property
    def wins(self) -> tuple[tuple[Rival, int], ...]:
        """Where one of Richardson's forms has had a smaller error than every other."""
        pairs = [(side, ahead) for side in SIDES for ahead in self.horizons]
        return tuple(pair for pair in pairs if self.error(*pair).form in RICHARDSON)

    def answer(self) -> Answer:
        """Return first how often the equations have been the best forecast."""
        count = len(SIDES) * len(self.horizons)
        ahead = " and ".join(str(h) for h in self.horizons)
        wins = len(self.wins)
        end = (
            "growth carried on stands, and the two readings are a scenario and no forecast."
            if wins < count
            else "the two readings are still a scenario: their numbers are assumed."
        )
        return Answer(
            number=f"{wins} of {count}",
            unit="comparisons",
            claim=f"out of sample were won by Richardson's equations (two sides, {ahead} years ahead); {end}",
            beside=(*self._restraint_words(), self._both_words()),
            title="Two readings of an arms race, and no skill"
            if not wins
            else "Two readings of an arms race",
        )

    def headline(self) -> str:
        """Return the answer in one sentence."""
        return self.answer().sentence()

    def _restraint_words(self) -> tuple[str, ...]:
        """Write what Europe's restraint would bring, reading by reading."""
        change = {row.reading: row.rival_change for row in self.restraint if row.side == "europe"}
        return (
            f"If Europe spent {in_per_cent(self.less, 0)} % less, Russia would after {self.years} years "
            "spend "
            f"{less_words(change['europe_reading'])} in Europe's reading and "
            f"{less_words(change['russia_reading'])} in Russia's.",
        )

    def _both_words(self) -> str:
        """Write what follows when both fears are right."""
        end = {
            "in every corner": "comes to rest in every corner of the ranges",
            "in no corner": "comes to rest in no corner of the ranges: that is the spiral",
            "it depends": "comes to rest or spirals: it depends on whether answering outweighs fatigue, "
            "which the ranges leave open",
        }
        return f"If each side answers as its own reading says, the pair {end[self.rest]}."

    def _printed_words(self) -> tuple[str, ...]:
        """Write what has been printed since, which stands before any path."""
        if not self.printed:
            return ()
        grown = " and ".join(row.words for row in self.printed)
        return (
            f"NATO has printed {' and '.join(str(row.year) for row in self.printed)} since: NATO Europe's "
            f"spending grew by {grown} ({self.printed[0].edition}, the same members, constant prices). These "
            "are the figures of those years; the paths begin with an edition that did not know them.",
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What must be known beside the tables."""
        first = min(self.errors, key=lambda row: row.ahead)
        return (
            "A scenario of spending with assumed numbers; it says nothing of whether a war comes.",
            *self._printed_words(),
            "Ranges run over every corner of the parameters' ranges; they are no interval of a forecast.",
            f"Errors: mean absolute error of the log of spending, fitted from "
            f"{self.estimates[0].first_year}, origins from {first.first_origin}, SIPRI's edition of April "
            "2025 at constant US dollars of 2023; NATO Europe is 29 allies. Six forms were tried and all are "
            "printed.",
            "Growth carried on is shown only as many years ahead as it was scored; Europe's coefficient is "
            "near 1, so that it would grow without end.",
            "Fitted coefficients do not say who reacts to whom: the years are few, and most of the rise has "
            "one cause.",
        )

    @property
    def cards(self) -> tuple[str, ...]:
        """The source cards of the figures."""
        return (CARD_ID, *dict.fromkeys(row.edition for row in self.printed))

    def tables(self) -> tuple[Table, ...]:
        """Return errors first, then readings, paths, restraint and estimates."""
        from foedus.guarantee.spiral_tables import spiral_tables

        return spiral_tables(self)

    def payload(self) -> dict[str, Any]:
        """Return the answer for programs."""
        return {
            "answer": self.answer().payload(),
            **asdict(self),
            "notes": list(self.notes),
            "cards": list(self.cards),
        }

    @classmethod
    def charts(cls) -> Mapping[str, Callable[..., Chart]]:
        """Return the chart of both readings beside the errors."""
        from foedus.guarantee.spiral_charts import readings_chart

        return {"readings": readings_chart}


def less_words(change: float) -> str:
    """Write a change as "3.1 % less", or as the same."""
    size = in_per_cent(abs(change), 1)
    if not float(size):
        return "the same"
    return f"{size} % {'less' if change < 0 else 'more'}"


def spiral(*, years: int = 10, less: float = 0.1, ledger: Ledger | None = None) -> Spiral:
    """Return both readings of the arms race, and the errors of such equations.

    Parameters
    ----------
    years : int, default 10
        How many years the scenario runs, 1 to 30.
    less : float, default 0.1
        How much less one side spends in the question of restraint, a fraction from 0 to 0.5.
    ledger : Ledger, optional
        The figures; without it, the packaged editions and those of the user.

    Returns
    -------
    Spiral
        The scenario, what stands in place of a forecast, and the table out of sample.

    Raises
    ------
    InputError
        When a number is out of bounds.
    """
    if not 1 <= years <= MOST_YEARS:
        raise InputError(
            f"{years} years is no length of a scenario", where="years", do=f"give 1 to {MOST_YEARS}"
        )
    if not 0.0 <= less <= MOST_RESTRAINT:
        raise InputError(
            f"{less} is no fraction by which a side spends less",
            where="less",
            do=f"give 0 to {MOST_RESTRAINT}",
        )
    from foedus.evidence import Ledger

    fitted, errors = estimates(), error_table()
    start = fitted[0].last_year
    return Spiral(
        start,
        years,
        less,
        tuple(row for reading in READINGS for row in _paths(reading, years, start)),
        tuple(row for side in SIDES for row in _carried(side, fitted, max(r.ahead for r in errors))),
        tuple(_restraint(reading, side, years, less) for reading in READINGS for side in SIDES),
        _rest_over_ranges(),
        errors,
        fitted,
        printed_since(ledger or Ledger.load(), start),
    )


def _rest_over_ranges() -> Rest:
    """Return over the corners of the ranges whether two sides that answer each other come to rest."""
    ends = settles(both_react())
    return "in every corner" if ends.all() else "it depends" if ends.any() else "in no corner"


def _paths(reading: Reading, years: int, start: int) -> list[PathYear]:
    """Run a reading, and every corner of its ranges."""
    middle, corners = paths_of(reading_terms(reading), years), paths_of(corner_terms(reading), years)
    return [
        PathYear(
            reading,
            side,
            start + year,
            math.expm1(float(middle[side][year])),
            math.expm1(float(corners[side][year].min())),
            math.expm1(float(corners[side][year].max())),
        )
        for side in SIDES
        for year in range(years + 1)
    ]


def _carried(side: Rival, fitted: tuple[RaceEstimate, ...], ahead: int) -> list[CarriedYear]:
    """Carry a side's growth on: its growth of next year is a constant and a part of this year's."""
    fit = next(e for e in fitted if (e.form, e.side) == ("growth", side))
    growth, level, rows = fit.last_growth, 0.0, [CarriedYear(side, fit.last_year, 0.0)]
    for year in range(1, ahead + 1):
        growth = fit.constant + fit.own * growth
        level += growth
        rows.append(CarriedYear(side, fit.last_year + year, math.expm1(level)))
    return rows


def _restraint(reading: Reading, side: Rival, years: int, less: float) -> Restraint:
    """Compare the rival's spending in the last year with and without a side's restraint at the start."""
    terms, rival = reading_terms(reading), SIDES[1 - SIDES.index(side)]
    without = paths_of(terms, years)[rival][-1]
    with_less = paths_of(terms, years, {side: math.log1p(-less)})[rival][-1]
    return Restraint(reading, side, math.expm1(float(with_less - without)))
