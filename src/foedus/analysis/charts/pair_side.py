"""The two sides of a pair of scenarios: their figures in print, the chart's title, and small pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from foedus.plotting.panels import scaled
from foedus.rounding import written
from foedus.runs.skill import shown

if TYPE_CHECKING:
    from foedus.runs.headline import Headline, MeasureSummary

__all__ = ["MEASURES", "SPARK", "PairSide", "axis_top", "figures_of", "pair_title", "sparks"]

MEASURES: tuple[tuple[str, str, str], ...] = (
    ("allies_at_pledge_count", "Allies at the pledge", "at-pledge"),
    ("nato_expenditure_constant_usd", "Spending, bn USD", "spending"),
    ("nato_gap_constant_usd", "Missing, bn USD", "missing"),
    ("allies_at_guideline_count", "Allies at 2 %", "at-guideline"),
)
"""The measures that may be the chart: catalogue name, what it is called, and its name in addresses."""


@dataclass(frozen=True)
class PairSide:
    """One scenario of a pair.

    Attributes
    ----------
    name : str
        What it is called beside its line.
    headline : Headline
        What it comes to.
    """

    name: str
    headline: Headline

    def measure(self, name: str) -> MeasureSummary:
        """Return one of its measures."""
        return self.headline.measures[name]


def figures_of(side: PairSide, measure: str, index: int = -1) -> tuple[str, str, str]:
    """Return the figure of a measure that may be shown, and the ends of its range, in the unit of print.

    Parameters
    ----------
    side : PairSide
        The scenario.
    measure : str
        The measure's catalogue name.
    index : int, default -1
        The year's index.

    Returns
    -------
    tuple of str
        Middle, low and high; the ends are empty where no change stands in the model's place.
    """
    low, middle, high = shown(side.measure(measure))
    unit = side.measure(measure).unit
    values = [values[index] for values in (middle, low, high)]
    first, *ends = ("" if v is None else written(v, grouped=True) for v in scaled(unit, values))
    return first, ends[0], ends[1]


def pair_title(label: str, measure: str, first: PairSide, second: PairSide | None) -> str:
    """Return the title of a pair's chart, which says the result.

    Parameters
    ----------
    label : str
        What the measure is called.
    measure : str
        Its catalogue name.
    first, second : PairSide
        The scenarios; None where there is one alone.

    Returns
    -------
    str
        For example "Allies at the pledge: 22 by 2035, 24 if due 2030".
    """
    year = first.headline.years[-1]
    title = f"{label}: {figures_of(first, measure)[0]} by {year}"
    if second is None:
        return title
    return f"{title}, {figures_of(second, measure)[0]} in “{second.name}”"


def axis_top(values: Sequence[float]) -> float:
    """Return the end of an axis: a round number above all, so that it stays while a control moves.

    Parameters
    ----------
    values : sequence of float
        What is drawn.

    Returns
    -------
    float
        The end.
    """
    most = max([*values, 1e-9])
    step = 10.0 ** (len(str(int(most))) - 1) if most >= 1 else 1.0
    for part in (0.5, 1.0):
        if most <= 4 * part * step:
            return ceil(1.02 * most / (part * step)) * part * step
    return float(ceil(1.02 * most / step) * step)


SPARK = (140.0, 54.0)
"""Width and height of a small picture of a measure."""


def sparks(measure: str, first: PairSide, second: PairSide | None) -> dict[str, str]:
    """Return the paths of a measure's small picture, in a box of :data:`SPARK`.

    Parameters
    ----------
    measure : str
        The measure's catalogue name.
    first, second : PairSide
        The scenarios; None where there is one alone.

    Returns
    -------
    dict of str to str
        Paths by what they draw: "first-band", "first", "second-band", "second", "still".
    """
    unit = first.measure(measure).unit
    sides = [("first", first), *([("second", second)] if second else [])]
    lines = {name: [scaled(unit, part) for part in shown(side.measure(measure))] for name, side in sides}
    still = scaled(unit, first.measure(measure).naive)
    drawn = [v for line in lines.values() for part in line for v in part if v is not None]
    top = axis_top([*drawn, *still])
    wide, tall = SPARK
    count = max(1, len(still) - 1)

    def point(i: int, value: float) -> str:
        return f"{written(wide * i / count, 1)},{written(tall - tall * value / top, 1)}"

    def path(values: Sequence[Any]) -> str:
        points = [
            f"{written(wide * i / count, 1)},{written(tall - tall * v / top, 1)}"
            for i, v in enumerate(values)
            if v is not None
        ]
        return f"M{'L'.join(points)}" if len(points) > 1 else ""

    paths = dict.fromkeys(("second", "second-band"), "") | {"still": path(still)}
    for name, (low, middle, high) in lines.items():
        paths[name] = path(middle)
        edge = [(i, v) for i, v in enumerate(low) if v is not None]
        back = "L".join(point(i, v) for i, v in reversed(edge))
        paths[f"{name}-band"] = f"{path(high)}L{back}Z" if len(edge) > 1 else ""
    return paths
