"""The charts of many scenarios: each less the first, and what every choice would be regretted by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.analysis.structures import write_figure
from foedus.errors import InputError
from foedus.plotting.chart import Chart
from foedus.plotting.panels import axis_of, scaled
from foedus.plotting.rows import ally_axis, layers, plot, text
from foedus.plotting.theme import BLUE, INK, ORANGE, SKY, WIDTH, finish

if TYPE_CHECKING:
    from foedus.analysis.compare_many import ManyComparison
    from foedus.analysis.regret import Regrets

__all__ = ["differences_chart", "regret_chart"]

MEASURES = (
    "allies_at_pledge_count",
    "europe_canada_expenditure_constant_usd",
    "nato_gap_constant_usd",
)
"""The measures that are drawn."""

PLOT = WIDTH - 250

ENDS = ("low", "median", "high")
"""The fields of an interval, as a row has them."""


def differences_chart(result: ManyComparison) -> Chart:
    """Draw every scenario less the first, one panel a measure.

    Parameters
    ----------
    result : ManyComparison
        Many scenarios.

    Returns
    -------
    Chart
        Medians and the middle 80 % of the differences, draw by draw.
    """
    first, others, year = result.scenarios[0], result.scenarios[1:], result.years[-1]
    panels, words = [], []
    for name in MEASURES:
        about = first.measures[name]
        rows = []
        for other in others:
            low, median, high = other.differences[name].interval()
            figures = [write_figure(about.unit, v, signed=True) for v in (low, median, high)]
            word = figures[1] if low == high else f"{figures[1]} ({figures[0]} to {figures[2]})"
            ends = scaled(about.unit, [low, median, high])
            rows.append(dict(zip(ENDS, ends, strict=True)) | {"name": other.name, "word": word})
            words.append(f"{about.label}, {other.name} less {first.name} in {year}: {word}.")
        panels.append(_panel(rows, f"{about.label}: {axis_of(about.unit, result.price_year)}"))
    return finish(
        {"vconcat": panels, "spacing": 16},
        title=f"{len(others)} scenarios against {first.title} in {year}",
        subtitle="Each less the first in the same draw: median and the middle 80 % of "
        f"{result.draws:,} draws.",
        source=f"Source: foedus, as of {result.as_of}.",
        description=f"Rows with intervals: how {len(others)} scenarios differ from {first.title} in {year}.",
        summary=words,
    )


def _panel(rows: list[dict[str, Any]], title: str) -> dict[str, Any]:
    """Draw an interval, a median and words in every row."""
    y = ally_axis()
    x = {"field": "low", "type": "quantitative", "title": title, "axis": {"tickCount": 5, "format": ",~f"}}
    zero = {"mark": {"type": "rule", "color": INK, "strokeDash": [2, 4]}, "encoding": {"x": {"datum": 0}}}
    parts = [
        zero,
        layers({"type": "bar", "height": 8, "color": SKY}, x=x, x2={"field": "high"}, y=y),
        layers({"type": "point", "filled": True, "size": 55, "color": BLUE}, x={**x, "field": "median"}, y=y),
        *text("word", {**x, "field": "high"}, y),
    ]
    return plot(rows, parts, PLOT)


def regret_chart(result: ManyComparison) -> Chart:
    """Draw how far every choice is from the best one, under each set of beliefs.

    Parameters
    ----------
    result : ManyComparison
        Many scenarios, with a regret.

    Returns
    -------
    Chart
        One panel for each set of beliefs, never averaged.

    Raises
    ------
    InputError
        When no regret was asked for, or nobody has a choice.
    """
    regret = result.regret
    if regret is None:
        do = "name a measure, and --best most or least"
        raise InputError("there is no regret to draw", where="--regret", do=do)
    beliefs = list(dict.fromkeys(row.beliefs for row in regret.rows))
    panels = [_regrets(regret, belief, result.price_year) for belief in beliefs]
    words = [
        f"{row.scenario}{f' if {row.beliefs}' if row.beliefs else ''}: median "
        f"{write_figure(regret.unit, row.median)}, in nine draws of ten at most "
        f"{write_figure(regret.unit, row.high)}."
        for row in regret.rows
    ]
    return finish(
        {"vconcat": panels, "spacing": 16},
        title=f"By what each choice falls short of the best in {regret.year}",
        subtitle=f"{regret.label}, {regret.best} is best. Regret in the same draw: median (dot) and the "
        f"middle 80 % (bar) of {result.draws:,} draws. Beliefs stand apart: none has a probability.",
        source=f"Source: foedus, as of {result.as_of}.",
        description=f"Rows with intervals: the regret of {len({r.scenario for r in regret.rows})} scenarios.",
        summary=words,
    )


def _regrets(regret: Regrets, beliefs: str, price_year: int) -> dict[str, Any]:
    """Draw the choices under one set of beliefs."""
    rows = []
    for row in regret.rows:
        if row.beliefs != beliefs:
            continue
        ends = scaled(regret.unit, [row.low, row.median, row.high])
        word = write_figure(regret.unit, row.high)
        rows.append(dict(zip(ENDS, ends, strict=True)) | {"name": row.scenario, "word": word})
    title = axis_of(regret.unit, price_year) + (f", if {beliefs}" if beliefs else "")
    y = ally_axis()
    x = {
        "field": "low",
        "type": "quantitative",
        "title": title,
        "scale": {"domainMin": 0},
        "axis": {"tickCount": 5, "format": ",~f"},
    }
    parts = [
        layers({"type": "bar", "height": 8, "color": ORANGE, "opacity": 0.6}, x=x, x2={"field": "high"}, y=y),
        layers({"type": "point", "filled": True, "size": 55, "color": INK}, x={**x, "field": "median"}, y=y),
        *text("word", {**x, "field": "high"}, y),
    ]
    return plot(rows, parts, PLOT)
