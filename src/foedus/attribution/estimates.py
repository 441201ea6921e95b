"""The estimates of every design and their placebos, as they ship and as they are computed anew.

SIPRI's figures may not be packaged, so what was computed from them stands in ``evidence/records/attribution``
under the card ``attribution-2026-11``. ``benchmarks/attribution.py`` writes it; with SIPRI's workbook in the
user's data folder :mod:`foedus.attribution.recompute` computes the same tables.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, TypeVar, get_type_hints

from foedus.attribution.periods import Period
from foedus.evidence.records import record_rows

__all__ = [
    "CARD_ID",
    "TABLES",
    "DesignEstimate",
    "DesignEstimates",
    "GroupGrowth",
    "PlaceboEstimate",
    "PullSkill",
    "SimulatedEffect",
    "packaged_estimates",
]

CARD_ID = "attribution-2026-11"
"""The source card of the tables."""

RECORD = "attribution"


@dataclass(frozen=True)
class DesignEstimate:
    """What one design makes of one period.

    Attributes
    ----------
    design : str
        A key of :data:`foedus.attribution.designs.DESIGNS`.
    variant : str
        Another window of the same design, such as "2017–20"; empty for the usual one.
    before_first, before_last, first, last : int
        The years that are compared.
    estimate, se, df : float
        In the design's unit; without a standard error NaN.
    low, high : float
        The interval of 90 %.
    p, permutation_p : float
        Two-sided: by Student's t, and by permuting who is treated.
    treated, controls : int
        How many.
    loo_low, loo_high : float
        The least and the greatest estimate with one country left out.
    placebo_low, placebo_high : float
        The range of the same design in years without the cause.
    placebo_form, placebo_form_se : float
        The estimate in the form of the placebo years, four years less three, for the rank; with its error.
    placebo_rank, placebo_count, placebo_rejected : int
        How many placebo years lie as far from nought or further, plus one; how many there are; how many of
        them have a p below .10.
    power_2, power_5, least_effect : float
        The chance to see 2 and 5 points a year at 10 %, and the least effect seen in eight of ten.
    fit_error : float
        Of a synthetic control, the error over the years fitted, log points.
    fit_years, donors : int
        Of a synthetic control.
    other_low, other_high : float
        Of a synthetic control, the range over other weights that fit as well.
    fails : str
        Why the design fails; empty where it passes.
    """

    design: str
    variant: str
    before_first: int
    before_last: int
    first: int
    last: int
    estimate: float = math.nan
    se: float = math.nan
    df: float = math.nan
    low: float = math.nan
    high: float = math.nan
    p: float = math.nan
    permutation_p: float = math.nan
    treated: int = 0
    controls: int = 0
    loo_low: float = math.nan
    loo_high: float = math.nan
    placebo_low: float = math.nan
    placebo_high: float = math.nan
    placebo_form: float = math.nan
    placebo_form_se: float = math.nan
    placebo_rank: int = 0
    placebo_count: int = 0
    placebo_rejected: int = 0
    power_2: float = math.nan
    power_5: float = math.nan
    least_effect: float = math.nan
    fit_error: float = math.nan
    fit_years: int = 0
    donors: int = 0
    other_low: float = math.nan
    other_high: float = math.nan
    fails: str = ""

    @property
    def period(self) -> Period:
        """The years whose growth is asked about."""
        return Period(self.first, self.last)

    @property
    def before(self) -> Period:
        """The years before them."""
        return Period(self.before_first, self.before_last)

    @property
    def passes(self) -> bool:
        """Whether it may speak."""
        return not self.fails

    @property
    def chance(self) -> float:
        """The p that counts: by permutation, or by Student's t where labels cannot be permuted."""
        return self.permutation_p if math.isfinite(self.permutation_p) else self.p


@dataclass(frozen=True)
class PlaceboEstimate:
    """What a design finds in years without the cause.

    Attributes
    ----------
    design : str
        The design.
    first, last : int
        The years after the supposed break.
    estimate, se, p : float
        As of the real ones.
    """

    design: str
    first: int
    last: int
    estimate: float
    se: float
    p: float


@dataclass(frozen=True)
class GroupGrowth:
    """The mean yearly growth of a group in a period.

    Attributes
    ----------
    group : str
        "others", "border", "never-allied", "pacific" or "entrants".
    first, last : int
        The years.
    growth : float
        Log points a year.
    members : int
        How many countries have growth in any of them.
    """

    group: str
    first: int
    last: int
    growth: float
    members: int


@dataclass(frozen=True)
class SimulatedEffect:
    """What a design makes of an effect that is known, laid on what its members did otherwise.

    Attributes
    ----------
    design : str
        The design.
    first, last : int
        The years from which the residuals are.
    effect : float
        The effect laid on, points a year.
    bias : float
        The mean estimate less the effect.
    coverage, normal_coverage : float
        How many of the intervals of 90 % hold the effect, by Welch and by the normal distribution.
    power : float
        How many of the tests at 10 % see it.
    """

    design: str
    first: int
    last: int
    effect: float
    bias: float
    coverage: float
    normal_coverage: float
    power: float


@dataclass(frozen=True)
class PullSkill:
    """How the pull to 2 % by 2024 forecasts shares from rolling origins, against a rival.

    Attributes
    ----------
    rival : str
        "convergence", "no change", or a pledge that nobody made.
    years_ahead : int
        The horizon.
    error, rival_error : float
        Mean absolute errors, percentage points of GDP.
    skill, low, high : float
        One less the first over the second, with an interval of 90 % over allies and origins drawn again.
    forecasts : int
        How many.
    """

    rival: str
    years_ahead: int
    error: float
    rival_error: float
    skill: float
    low: float
    high: float
    forecasts: int


Row = TypeVar("Row", DesignEstimate, PlaceboEstimate, GroupGrowth, SimulatedEffect, PullSkill)

TABLES: Mapping[str, type] = {
    "estimates": DesignEstimate,
    "placebos": PlaceboEstimate,
    "groups": GroupGrowth,
    "simulation": SimulatedEffect,
    "pull": PullSkill,
}
"""The tables of the record, and what a row of each is."""


@dataclass(frozen=True)
class DesignEstimates:
    """All that the designs give.

    Attributes
    ----------
    sipri, outlook : str
        The editions of SIPRI and of the World Economic Outlook.
    estimates, placebos, groups, simulation, pull : tuple
        The tables.
    """

    sipri: str
    outlook: str
    estimates: tuple[DesignEstimate, ...]
    placebos: tuple[PlaceboEstimate, ...]
    groups: tuple[GroupGrowth, ...]
    simulation: tuple[SimulatedEffect, ...]
    pull: tuple[PullSkill, ...]

    def of(self, period: Period) -> Iterator[DesignEstimate]:
        """Yield the estimates of a period, and of other windows that lie in it or begin the year before."""
        for each in self.estimates:
            inside = period.first - 1 <= each.first and each.last <= period.last
            if each.period == period or (each.variant and inside):
                yield each

    def growth(self, group: str, period: Period) -> float:
        """Return the mean yearly growth of a group in a period; NaN where it is not held."""
        return next(
            (
                g.growth
                for g in self.groups
                if g.group == group and (g.first, g.last) == (period.first, period.last)
            ),
            math.nan,
        )


@cache
def packaged_estimates() -> DesignEstimates:
    """Return the estimates that come with foedus."""
    about = record_rows(RECORD, "about")[0]
    return DesignEstimates(
        about["sipri"],
        about["outlook"],
        _read("estimates", DesignEstimate),
        _read("placebos", PlaceboEstimate),
        _read("groups", GroupGrowth),
        _read("simulation", SimulatedEffect),
        _read("pull", PullSkill),
    )


def _read(table: str, row: type[Row]) -> tuple[Row, ...]:
    """Return the rows of a table."""
    kinds = get_type_hints(row)
    return tuple(
        row(**{name: _value(cells[name], kind) for name, kind in kinds.items()})
        for cells in record_rows(RECORD, table)
    )


def _value(text: str, kind: type) -> Any:
    """Return a cell as its field has it; an empty number is NaN."""
    if kind is str:
        return text
    return kind(text) if text else math.nan


def table_rows(rows: Sequence[Any]) -> list[list[str]]:
    """Return a table as text, its heading first, to be written beside the card."""
    names = [field.name for field in fields(rows[0])]
    return [names, *([_cell(getattr(row, name)) for name in names] for row in rows)]


def _cell(value: Any) -> str:
    """Return a value as text; what is not known is empty."""
    if isinstance(value, float):
        return f"{value:.6g}" if math.isfinite(value) else ""
    return str(value)
