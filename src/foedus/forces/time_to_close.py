"""How long a requirement takes to close, by class, as a distribution: years, the draws that never close,
limits.

A class is closed in the first year at whose end nothing of it is missing. A draw that does not get there by
the horizon has no year; it is counted and printed as such, and never as a late year. What holds a class up
in a draw is what it waited for most, in item-years: money, industry, or people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.engine.precision import held, quantile_errors
from foedus.engine.section import QUANTILES
from foedus.forces.closing import LIMITS
from foedus.results import to_jsonable

if TYPE_CHECKING:
    from foedus.engine.arrays import Array
    from foedus.forces.closing import Closing
    from foedus.forces.section import Resolved

__all__ = [
    "ClassClosing",
    "Closes",
    "ClosingPaths",
    "ClosingSummary",
    "Spread",
    "closes_words",
    "closing_summary",
    "year_quantiles",
]

Closes = tuple[int | None, int | None, int | None]
"""The years by which a tenth, half and nine tenths of the draws have closed; None where not by the
horizon."""


@dataclass(frozen=True)
class Spread:
    """Quantiles over the draws, one value a year or an ally.

    Attributes
    ----------
    low, median, high : tuple of float
        The ends of the middle 80 % and the middle, with all their digits; :meth:`interval` leaves those that
        are noise.
    error : tuple of float
        The largest standard error of the three over seeds.
    """

    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    error: tuple[float, ...]

    @classmethod
    def of(cls, values: Array) -> Spread:
        """Return the quantiles of values, (draw, ...), over their first axis."""
        low, median, high = np.quantile(values, QUANTILES, axis=0).tolist()
        error = quantile_errors(values, QUANTILES).max(axis=0).tolist()
        return cls(tuple(low), tuple(median), tuple(high), tuple(error))

    def interval(self, index: int = -1) -> tuple[float, float, float]:
        """Return low end, middle and high end by index, without the digits that another seed would change."""
        values = self.low[index], self.median[index], self.high[index]
        low, median, high = held(values, (self.error[index],))
        return low, median, high

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Spread:
        """Read plain values."""
        return cls(**{name: tuple(values) for name, values in content.items()})


@dataclass(frozen=True)
class ClassClosing:
    """One class of a requirement on its way.

    Attributes
    ----------
    equipment : str
        The class.
    counted_by : str
        Against what it is held: "holdings", "report" (what the report itself says is missing), or "on top".
    required : float
        How many are to be there: all, or what is asked for beyond what exists.
    counts : Spread
        What counts towards it, by year from the start.
    still : float
        What counts if nothing changes: the start's.
    closes : (int or None, int or None, int or None)
        The years by which a tenth, half and nine tenths of the draws have closed.
    never : float
        The share of draws that do not close by the horizon.
    limits : mapping of str to float
        The share of draws by what it waited for most; what is left of one never waited.
    """

    equipment: str
    counted_by: str
    required: float
    counts: Spread
    still: float
    closes: Closes
    never: float
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[float, float, float]:
        """What is missing at the horizon: the low end, the middle and the high end."""
        low, middle, high = (max(0.0, self.required - value) for value in reversed(self.counts.interval()))
        return low, middle, high


@dataclass(frozen=True)
class ClosingPaths:
    """A requirement on its way, in every draw.

    Attributes
    ----------
    closing : Closing
        When each class closes, and what it waited for.
    available : ndarray, (year, class, draw)
        What counts towards each class, in its order; in the first year what counts if nothing changes.
    money : ndarray, (year, draw)
        The price of what is missing, constant US dollars.
    by_ally : ndarray, (draw, country)
        The same at the horizon, by ally.
    """

    closing: Closing
    available: Array
    money: Array
    by_ally: Array


@dataclass(frozen=True)
class ClosingSummary:
    """A requirement on its way, as a run keeps it.

    Attributes
    ----------
    requirement : str
        Its name.
    years : tuple of int
        The start year and every year to the horizon.
    rows : tuple of ClassClosing
        By class, in the order of the axis.
    money : Spread
        The price of what is missing, constant US dollars, by year.
    money_still : float
        The same if nothing changes.
    allies : tuple of str
        Those that are asked, by alpha-3 code.
    money_by_ally : Spread
        The price of what is missing at the horizon, in their order.
    all_closes, all_never : (int or None, int or None, int or None), float
        As for a class, for the last of them.
    unknown : tuple of str
        Classes that are asked for and of which nobody can say what is missing.
    """

    requirement: str
    years: tuple[int, ...]
    rows: tuple[ClassClosing, ...]
    money: Spread
    money_still: float
    allies: tuple[str, ...]
    money_by_ally: Spread
    all_closes: Closes
    all_never: float
    unknown: tuple[str, ...] = ()

    def of_ally(self, country: str) -> tuple[float, float, float]:
        """Return what is missing of an ally's part at the horizon: low end, middle and high end, US
        dollars."""
        return self.money_by_ally.interval(self.allies.index(country))

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        plain: dict[str, Any] = to_jsonable(asdict(self))
        return plain

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ClosingSummary:
        """Read what :meth:`to_json` gave.

        Raises
        ------
        KeyError, TypeError
            When something is missing or of another kind.
        """
        rows = tuple(
            ClassClosing(**{**row, "counts": Spread.from_json(row["counts"]), "closes": tuple(row["closes"])})
            for row in content["rows"]
        )
        spreads = {name: Spread.from_json(content[name]) for name in ("money", "money_by_ally")}
        lists = {name: tuple(content[name]) for name in ("years", "allies", "all_closes", "unknown")}
        return cls(**{**content, "rows": rows, **spreads, **lists})


def year_quantiles(years: Array) -> tuple[Closes, float]:
    """Return the years by which parts of the draws have closed, and the share that never do.

    Parameters
    ----------
    years : ndarray, (draw,)
        The year in which each draw closes; NaN where it does not by the horizon.

    Returns
    -------
    (int or None, int or None, int or None), float
        For each of the printed quantiles the first year by which so many draws have closed, None where they
        have not by the horizon; and the share of draws without a year.
    """
    never = np.isnan(years)
    placed = np.sort(np.where(never, np.inf, years))
    # The smallest year that at least so many draws have reached: no year in between is invented.
    ends = [placed[max(0, int(np.ceil(q * placed.size - 1e-9)) - 1)] for q in QUANTILES]
    low, middle, high = (int(year) if np.isfinite(year) else None for year in ends)
    return (low, middle, high), float(never.mean())


def closing_summary(paths: ClosingPaths, section: Resolved, years: tuple[int, ...]) -> ClosingSummary:
    """Sum up a requirement on its way over the draws.

    Parameters
    ----------
    paths : ClosingPaths
        What counts, when it closes and what held it up, in every draw.
    section : Resolved
        The section of forces.
    years : tuple of int
        The start year and every year to the horizon.

    Returns
    -------
    ClosingSummary
        Quantiles, years and shares of draws, by class.
    """
    closing, limits = paths.closing, paths.closing.share_limited()
    rows = []
    for k, name in enumerate(closing.classes):
        index = section.classes.index(name)
        closes, never = year_quantiles(closing.year[k])
        rows.append(
            ClassClosing(
                equipment=name,
                counted_by=section.counted_by[index],
                required=section.required[index],
                counts=Spread.of(paths.available[:, k].T),
                still=float(paths.available[0, k, 0]),
                closes=closes,
                never=never,
                limits={str(limit): float(limits[limit][k]) for limit in LIMITS},
            )
        )
    asked = [
        i for i, code in enumerate(section.countries) if code in section.asked and paths.by_ally[:, i].any()
    ]
    return ClosingSummary(
        section.requirement,
        years,
        tuple(rows),
        Spread.of(paths.money.T),
        float(section.start_gap),
        tuple(section.countries[i] for i in asked),
        Spread.of(paths.by_ally[:, asked]),
        *year_quantiles(closing.all_closed() if rows else np.full(len(paths.by_ally), np.nan)),
        tuple(n for n, state in zip(section.classes, section.counted_by, strict=True) if state == "unknown"),
    )


def closes_words(closes: Closes, horizon: int) -> str:
    """Write when a class closes as a range: "2029 to 2032", "2033 to after 2035", "not by 2035".

    Parameters
    ----------
    closes : (int or None, int or None, int or None)
        The years by which a tenth, half and nine tenths of the draws have closed.
    horizon : int
        The last year.

    Returns
    -------
    str
        The middle 80 %.
    """
    low, _, high = closes
    if low is None:
        return f"not by {horizon}"
    if high is None:
        return f"{low} to after {horizon}"
    return str(low) if low == high else f"{low} to {high}"
