"""How long a requirement takes to close, by class, as a distribution: years, the draws that never close,
limits.

A class is closed in the first year at whose end nothing of it is missing. A draw that does not get there by
the horizon has no year; it is counted and printed as such, and never as a late year. What holds a class up
in a draw is what it waited for most, in item-years: money, industry, or people.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from foedus.engine.section import QUANTILES
from foedus.engine.spread import DrawSpread
from foedus.forces.words import capital
from foedus.results import to_jsonable
from foedus.units import per_cent

__all__ = [
    "ClassClosing",
    "Closes",
    "ClosingSummary",
    "closes_of",
    "closes_words",
    "counts_words",
    "limit_words",
]

Closes = tuple[int | None, int | None, int | None]
"""The years by which a tenth, half and nine tenths of the draws have closed; None where not by the
horizon."""


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
    counts : DrawSpread
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
    counts: DrawSpread
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
    money : DrawSpread
        The price of what is missing, constant US dollars, by year.
    money_still : float
        The same if nothing changes.
    allies : tuple of str
        Those that are asked, by alpha-3 code.
    money_by_ally : DrawSpread
        The price of what is missing at the horizon, in their order.
    all_closes, all_never : (int or None, int or None, int or None), float
        As for a class, for the last of them.
    unknown : tuple of str
        Classes that are asked for and of which nobody can say what is missing.
    """

    requirement: str
    years: tuple[int, ...]
    rows: tuple[ClassClosing, ...]
    money: DrawSpread
    money_still: float
    allies: tuple[str, ...]
    money_by_ally: DrawSpread
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
            ClassClosing(
                **{**row, "counts": DrawSpread.from_json(row["counts"]), "closes": tuple(row["closes"])}
            )
            for row in content["rows"]
        )
        spreads = {name: DrawSpread.from_json(content[name]) for name in ("money", "money_by_ally")}
        lists = {name: tuple(content[name]) for name in ("years", "allies", "all_closes", "unknown")}
        return cls(**{**content, "rows": rows, **spreads, **lists})


def closes_of(years: Sequence[int], shares: Sequence[float]) -> tuple[Closes, float]:
    """Return the years by which parts of the draws have closed, and the share that never do.

    Parameters
    ----------
    years : sequence of int
        Years, in order.
    shares : sequence of float
        The share of draws that have closed by each.

    Returns
    -------
    (int or None, int or None, int or None), float
        For each of the printed quantiles the first year by which so many draws have closed, None where they
        have not by the horizon; and the share of draws that have not closed then.
    """
    ends = [
        next((year for year, share in zip(years, shares, strict=True) if share >= q - 1e-9), None)
        for q in QUANTILES
    ]
    low, middle, high = ends
    return (low, middle, high), max(0.0, 1.0 - shares[-1])


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


_COUNTS = {
    "holdings": "what allies hold, can man and could use is held against all that is asked for",
    "report": "what is delivered from {first} on is held against what the report itself says is missing",
    "on top": "what is delivered from {first} on is held against what is asked for on top of what allies "
    "hold, none of it replacing what is retired: the gap is the least that it can be",
}
"""What counts, by what a class is held against."""


def counts_words(summary: ClosingSummary) -> str:
    """Return what counts towards the requirement, in a sentence."""
    states = dict.fromkeys(row.counted_by for row in summary.rows)
    said = "; ".join(_COUNTS[state].format(first=summary.years[0] + 1) for state in states)
    return f"{capital(said)}." if said else ""


def limit_words(row: ClassClosing) -> str:
    """Return what holds a class up, the shares of draws with it."""
    ranked = sorted(row.limits.items(), key=lambda item: -item[1])
    return ", ".join(f"{name} {per_cent(share, 0)}" for name, share in ranked if share >= 0.005)
