"""The chart of a comparison: both scenarios in one panel, and the difference draw by draw beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.panels import Band, PanelFrame, band_panel, grid, scaled
from foedus.plotting.theme import INK, ORANGE, SAND, finish
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.runs.charts.paths import run_source
from foedus.runs.skill import shown
from foedus.units import billions

if TYPE_CHECKING:
    from foedus.analysis.compare import Comparison, MeasureDifference

__all__ = ["compare_chart"]

PANELS = (
    ("allies_at_pledge_count", "Allies at the pledge of each"),
    ("nato_expenditure_constant_usd", "Defence expenditure, NATO"),
    ("nato_gap_constant_usd", "Missing to the pledge of each"),
)

FORCES = (("forces_gap_constant_usd", "Price of what is missing in forces"),)
"""What is drawn besides where both scenarios name the same requirement."""


def compare_chart(result: Comparison) -> Chart:
    """Draw two scenarios side by side, and their difference.

    Parameters
    ----------
    result : Comparison
        What :func:`foedus.analysis.compare.compare` gives.

    Returns
    -------
    Chart
        Rows of two panels, all with intervals.
    """
    first, second = result.first.title, _apart(result.first.title, result.second.title)
    panels, words = [], []
    for name, label in (*PANELS, *(FORCES if FORCES[0][0] in result.differences else ())):
        entry = result.differences[name]
        span = len(result.years)
        bands = [
            Band(first, *_first_years(shown(result.first.measures[name]), span)),
            Band(
                second,
                *_first_years(shown(result.second.measures[name]), span),
                colour=ORANGE,
                fill=SAND,
                dash=(7, 3),
            ),
        ]
        frame = PanelFrame(label, entry.unit, price_year=result.price_year)
        panels.append(band_panel(result.years, bands, frame=frame))
        between = Band("difference", entry.low, entry.median, entry.high, colour=INK, fill=token("grey-band"))
        apart = replace(frame, heading="Second less first", signed=True)
        panels.append(band_panel(result.years, [between], frame=apart))
        words.append(_sentence(label, entry, result.years[-1]))
    legend = [
        Band(f"first: {first}", (), (), ()),
        Band(f"second: {second}", (), (), (), colour=ORANGE, fill=SAND, dash=(7, 3)),
        Band("second less first in the same draw", (), (), (), colour=INK, fill=token("grey-band")),
    ]
    changed = "; ".join(f"{c.name} {c.first} → {c.second}" for c in result.changes[:3]) or "nothing"
    return finish(
        grid(panels, 2, legend),
        title=result.second.title,
        subtitle=f"Against: {first}. What differs: {changed}. Lines are medians, bands the middle 80 % of "
        f"{result.draws:,} draws, with the same random terms in both.",
        source=run_source(result.first),
        description=f"Line charts with intervals: two scenarios to {result.years[-1]} and their difference. "
        f"{words[1]}",
        summary=words,
    )


def _apart(first: str, second: str) -> str:
    """Return the second title, without what it shares with the first one's beginning."""
    rest = second.removeprefix(first).lstrip(" ,:")
    return rest if rest and rest != second else second


def _first_years(columns: tuple[Any, Any, Any], span: int) -> tuple[Any, Any, Any]:
    """Keep the years that both scenarios have."""
    low, median, high = columns
    return low[:span], median[:span], high[:span]


def _sentence(label: str, entry: MeasureDifference, year: int) -> str:
    """Write a difference in words."""
    if entry.unit == "count":
        low, middle, high = (
            f"{written(scaled('count', [value])[0], signed=True)}" for value in entry.interval()
        )
        return f"{label}, {year}: second less first {middle} ({low} to {high})."
    low, middle, high = (billions(value, 0, signed=True) for value in entry.interval())
    return f"{label}, {year}: second less first {middle} bn US dollars ({low} to {high})."
