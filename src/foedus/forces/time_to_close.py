"""How long a requirement takes to close, by class, as a distribution: years, the draws that never close, limits.

A class is closed in the first year in which what counts towards it is no less than what is required, and which
stays so to the horizon or not: the first year is taken. A draw that does not get there by the horizon has no year;
it is counted and printed as such, and never as a late year. What holds a class up is what bound in the year before
it closed, or at the horizon where it did not: money, industry, or people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from foedus.engine.arrays import Array
from foedus.engine.section import QUANTILES
from foedus.results import to_jsonable

__all__ = [
    "LIMITS",
    "ClassClosing",
    "Closes",
    "ClosingSummary",
    "closes_words",
    "limit_shares",
    "year_quantiles",
]

LIMITS = ("money", "industry", "people")
"""What can hold a class up."""

Closes = tuple[int | None, int | None, int | None]
"""The years by which a tenth, half and nine tenths of the draws have closed; None where not by the horizon."""


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
    low, median, high : tuple of float
        Quantiles over the draws of what counts towards it, by year from the start.
    still : float
        What counts if nothing changes: the start's.
    closes : (int or None, int or None, int or None)
        The years by which a tenth, half and nine tenths of the draws have closed.
    never : float
        The share of draws that do not close by the horizon.
    limits : mapping of str to float
        The share of draws by what held it up, of :data:`LIMITS`; what is left of one was closed at the start.
    """

    equipment: str
    counted_by: str
    required: float
    low: tuple[float, ...]
    median: tuple[float, ...]
    high: tuple[float, ...]
    still: float
    closes: Closes
    never: float
    limits: Mapping[str, float] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[float, float, float]:
        """What is missing at the horizon: the low end, the middle and the high end."""
        ends = (self.high[-1], self.median[-1], self.low[-1])
        low, middle, high = (max(0.0, self.required - value) for value in ends)
        return low, middle, high

    @property
    def leading_limit(self) -> str:
        """What holds it up in most draws; empty where nothing does."""
        return max(self.limits, key=lambda name: self.limits[name]) if any(self.limits.values()) else ""


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
        By class, in the order of the requirement.
    money_low, money, money_high : tuple of float
        Quantiles of the price of what is missing, US dollars, by year.
    money_still : float
        The same if nothing changes.
    allies : mapping of str to (float, float, float)
        What is missing at the horizon in US dollars by ally, its quantiles.
    unknown : tuple of str
        Classes that are asked for and of which nobody can say what is missing.
    """

    requirement: str
    years: tuple[int, ...]
    rows: tuple[ClassClosing, ...]
    money_low: tuple[float, ...]
    money: tuple[float, ...]
    money_high: tuple[float, ...]
    money_still: float
    allies: Mapping[str, tuple[float, float, float]]
    unknown: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        plain: dict[str, Any] = to_jsonable({**vars(self), "rows": [vars(row) for row in self.rows]})
        return plain

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ClosingSummary:
        """Read what :meth:`to_json` gave.

        Raises
        ------
        KeyError, TypeError
            When something is missing or of another kind.
        """
        rows = tuple(ClassClosing(**_tuples(row)) for row in content["rows"])
        plain = _tuples({k: v for k, v in content.items() if k not in {"rows", "allies"}})
        return cls(rows=rows, allies={c: tuple(v) for c, v in content["allies"].items()}, **plain)  # type: ignore[misc]


def _tuples(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return plain values with tuples for lists."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in content.items()}


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


def limit_shares(limits: Array, names: Sequence[str] = LIMITS) -> dict[str, float]:
    """Return the share of draws by what held a class up.

    Parameters
    ----------
    limits : ndarray, (draw,)
        For each draw the index of its limit in `names`; any other number where nothing held it up.
    names : sequence of str
        The limits.

    Returns
    -------
    dict of str to float
        Fractions; they come to one less the share that nothing held up.
    """
    return {name: float((limits == index).mean()) for index, name in enumerate(names)}


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
