"""Charts of why spending rose: growth with its periods, the designs by period, and their placebo years."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from foedus.attribution.estimates import DesignEstimate
from foedus.attribution.periods import PERIODS, Period
from foedus.attribution.registry import DESIGNS
from foedus.attribution.verdict import CONSISTENT, NO_SIGN, SEPARABLE, verdict_words
from foedus.errors import NoDataError
from foedus.plotting.chart import Chart
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.attribution.result import Causes

__all__ = ["designs_body", "designs_chart", "designs_title", "growth_chart", "placebos_chart"]

LEFT_OUT = frozenset({"pull"})
"""Designs in a unit whose numbers would leave the others no room."""

LIMIT = 20.0
"""Whiskers are drawn to this many points a year."""


def designs_chart(result: Causes) -> Chart:
    """Draw every design by period: estimate, interval, placebo years and the least effect that it sees.

    Parameters
    ----------
    result : Causes
        The answer.

    Returns
    -------
    Chart
        A row for each design and a panel for each period; designs that fail are hollow.
    """
    estimates = _shown(result)
    heads = [f"{p.words}: {verdict_words(result.verdicts, p)}" for p in _periods(estimates)]
    return finish(
        designs_body(result, width=WIDTH - 190, height=22),
        title=designs_title(result),
        subtitle="Points of growth a year; a dose is per standard deviation. Dots pass their placebos, "
        "hollow ones fail. Whiskers: 90 %. Grey: the same design in years without the cause. Dashes: the "
        f"least effect seen in eight of ten. {'; '.join(heads)}",
        source=source_of(result),
        description=f"Dot chart of {len({e.design for e in estimates})} designs in "
        f"{len(_periods(estimates))} periods, with intervals and the range of their placebo years.",
        summary=[_said(e) for e in estimates],
    )


def designs_body(result: Causes, *, width: int, height: int) -> dict[str, Any]:
    """Return the panels of designs by period, without words around them.

    Parameters
    ----------
    result : Causes
        The answer.
    width, height : int
        The width of all panels together, and the height of a row, pixels.
    """
    estimates = _shown(result)
    periods = _periods(estimates)
    names = [_name(d) for d in DESIGNS if any(e.design == d for e in estimates)]
    panels = []
    for i, period in enumerate(periods):
        rows = [_row(e) for e in estimates if e.period.first == period.first]
        framed = period.first == result.period.first
        panels.append(
            {
                "title": {
                    "text": period.words,
                    "fontSize": 12,
                    "frame": "group",
                    "offset": 6,
                    "color": token("mine" if framed else "ink"),
                },
                "width": (width - 20 * (len(periods) - 1)) / len(periods),
                "height": height * len(names),
                "data": {"values": rows},
                "layer": _layers(names, labels=i == 0),
            }
        )
    return {"hconcat": panels, "spacing": 20}


def _shown(result: Causes) -> list[DesignEstimate]:
    """Return the usual estimates that are drawn.

    Raises
    ------
    NoDataError
        When none was known on the day asked about.
    """
    held = () if result.estimates is None else result.estimates.estimates
    rows = [e for e in held if not e.variant and e.design not in LEFT_OUT]
    if not rows:
        raise NoDataError("no estimate was known on that day", where="--as-of", do="ask as of a later day")
    return rows


def _periods(estimates: Sequence[DesignEstimate]) -> list[Period]:
    """Return the periods of estimates in order of time."""
    return sorted({e.period for e in estimates})


def designs_title(result: Causes) -> str:
    """Return what the designs say of the period asked about."""
    began = [v for v in result.verdicts if v.period.first == result.period.first and v.event]
    words = result.period.words
    if any(v.verdict == SEPARABLE for v in began):
        return f"Two kinds of design agree on what made it rise in {words}"
    if any(v.verdict == CONSISTENT for v in began):
        return f"Designs agree on a rise in {words}; none alone settles it"
    if began and all(v.verdict == NO_SIGN for v in began):
        return f"No design that could have seen it shows an effect in {words}"
    return f"No design can tell who made it rise in {words}"


def _name(design: str) -> str:
    """Return what a row is called."""
    return f"({DESIGNS[design].letter}) {DESIGNS[design].label}"


def _row(estimate: DesignEstimate) -> dict[str, Any]:
    """Return one estimate as a row of data."""
    return {
        "name": _name(estimate.design),
        "estimate": estimate.estimate,
        "low": max(-LIMIT, estimate.low),
        "high": min(LIMIT, estimate.high),
        "placebo_low": max(-LIMIT, estimate.placebo_low),
        "placebo_high": min(LIMIT, estimate.placebo_high),
        "least": estimate.least_effect if estimate.least_effect <= LIMIT else None,
        "text": written(estimate.estimate, 1, signed=True) + ("" if estimate.passes else " fails"),
        "passes": estimate.passes,
        "said": _said(estimate),
    }


def _layers(names: list[str], *, labels: bool) -> list[dict[str, Any]]:
    """Return the marks of one period."""
    axis: dict[str, Any] = {
        "labelLimit": 220,
        "labels": labels,
        "labelFontSize": 11,
        "labelColor": token("ink"),
    }
    y: dict[str, Any] = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names},
        "title": None,
    }
    y |= {"axis": axis}
    scale = {"domain": [-LIMIT, LIMIT], "nice": False, "clamp": True}
    x: dict[str, Any] = {"type": "quantitative", "scale": scale, "title": None, "axis": {"tickCount": 5}}
    fill = {"condition": {"test": "datum.passes", "value": token("us")}, "value": token("paper")}
    said = {"field": "said", "type": "nominal"}
    ends = {"x": x | {"field": "low"}, "x2": {"field": "high"}, "y": y}
    range_of = {"x": x | {"field": "placebo_low"}, "x2": {"field": "placebo_high"}, "y": y}
    dash = {"type": "tick", "color": token("mine"), "thickness": 2, "size": 13}
    point = {"type": "point", "filled": True, "size": 46, "opacity": 1, "strokeWidth": 1.6}
    words = {"type": "text", "dy": -8, "fontSize": 9.5, "color": token("ink")}
    nought = {"mark": {"type": "rule", "color": token("axis")}, "encoding": {"x": x | {"datum": 0}}}
    return [
        {"mark": {"type": "bar", "color": token("sunk"), "height": {"band": 0.9}}, "encoding": range_of},
        nought,
        {"mark": dash, "encoding": {"x": x | {"field": "least"}, "y": y}},
        {"mark": {"type": "rule", "color": token("us-2"), "strokeWidth": 1.6}, "encoding": ends},
        {
            "mark": point | {"stroke": token("us")},
            "encoding": {
                "x": x | {"field": "estimate"},
                "y": y,
                "fill": fill,
                "tooltip": [said],
                "description": said,
            },
        },
        {
            "mark": words,
            "encoding": {"x": x | {"field": "estimate"}, "y": y, "text": {"field": "text"}},
        },
    ]


def _said(estimate: DesignEstimate) -> str:
    """Return one estimate in words."""
    value = written(estimate.estimate, 1, signed=True)
    low, high = written(estimate.low, 1, signed=True), written(estimate.high, 1, signed=True)
    state = "passes" if estimate.passes else f"fails: {estimate.fails}"
    return f"{_name(estimate.design)}, {estimate.period.words}: {value} ({low} to {high}), {state}."


def source_of(result: Causes) -> str:
    """Return the line that credits the figures."""
    held = result.estimates
    accounting = accounting_source(result)
    if held is None:
        return accounting
    return f"Source: computed by foedus from SIPRI ({held.sipri}) and the IMF ({held.outlook})."


def accounting_source(result: Causes) -> str:
    """Return the line that credits the edition of the accounting."""
    return f"Source: {result.accounting.title} ({result.accounting.edition})."


def growth_chart(result: Causes) -> Chart:
    """Draw yearly growth on one set of allies, with its periods shaded and what is published beside.

    Parameters
    ----------
    result : Causes
        The answer.

    Returns
    -------
    Chart
        A bar a year; a hollow dot where the published growth counts another set of members.
    """
    accounting = result.accounting
    years = [
        {
            "year": y.year,
            "growth": y.growth,
            "published": y.published,
            "text": per_cent(y.growth, 1).removesuffix(" %"),
        }
        for y in accounting.years
    ]
    spans = [
        {
            "from": p.period.first - 0.5,
            "to": p.period.last + 0.5,
            "middle": (p.period.first + p.period.last) / 2.0,
            "shade": i % 2 == 0,
            "head": p.period.words,
            "part": per_cent(p.part, 0),
        }
        for i, p in enumerate(accounting.periods)
    ]
    drawn = [0.0, *(y.growth for y in accounting.years), *(y.published or 0.0 for y in accounting.years)]
    ends = min(drawn), 1.25 * max(drawn)
    rise = written(accounting.spending, 1, signed=True)
    return finish(
        {"width": WIDTH - 60, "height": 280, "layer": _growth_layers(years, spans, ends)},
        title=f"Where the rise of {Period(accounting.first, accounting.last).words} falls: {rise} log points",
        subtitle=f"Growth a year on the same {len(accounting.allies)} allies, {accounting.prices}; shaded by "
        "budget period, with its part of the rise. Rings: as published, each total of its year's members.",
        source=accounting_source(result),
        description=f"Bar chart of the yearly growth of spending of {len(accounting.allies)} allies from "
        f"{accounting.first + 1} to {accounting.last}, with budget periods shaded.",
        summary=[
            f"{p.period.words}: {written(p.spending, 1)} log points, {per_cent(p.part, 0)} of the rise."
            for p in accounting.periods
        ],
    )


def _growth_layers(
    years: list[dict[str, Any]], spans: list[dict[str, Any]], ends: tuple[float, float]
) -> list[dict[str, Any]]:
    """Return the marks of growth by year."""
    domain = [spans[0]["from"], spans[-1]["to"]]
    tick = {"format": "d", "grid": False, "values": [y["year"] for y in years]}
    x: dict[str, Any] = {"type": "quantitative", "title": None, "axis": tick}
    x |= {"scale": {"domain": domain, "nice": False}}
    y: dict[str, Any] = {"type": "quantitative", "title": None, "axis": {"format": ".0%", "tickCount": 5}}
    y |= {"scale": {"domain": list(ends), "nice": False}}
    shade = {"condition": {"test": "datum.shade", "value": token("sunk")}, "value": token("paper")}
    top = {"type": "text", "baseline": "top", "y": 4, "fontSize": 12, "fontWeight": "bold"}
    part = {"type": "text", "baseline": "top", "y": 20, "fontSize": 11, "color": token("soft")}
    dot = {"type": "point", "filled": False, "size": 60, "color": token("mine"), "strokeWidth": 2}
    words = {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": 11, "color": token("paper")}
    bar = {"type": "bar", "width": 26, "color": token("us-2")}
    middle = {"x": x | {"field": "middle"}}
    at = {"x": x | {"field": "year"}}
    return [
        {
            "data": {"values": spans},
            "mark": {"type": "rect"},
            "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}, "color": shade},
        },
        {"data": {"values": years}, "mark": bar, "encoding": at | {"y": y | {"field": "growth"}}},
        {
            "data": {"values": years},
            "mark": words,
            "encoding": at | {"y": y | {"datum": 0}, "text": {"field": "text"}},
        },
        {"data": {"values": years}, "mark": dot, "encoding": at | {"y": y | {"field": "published"}}},
        {"data": {"values": spans}, "mark": top, "encoding": middle | {"text": {"field": "head"}}},
        {"data": {"values": spans}, "mark": part, "encoding": middle | {"text": {"field": "part"}}},
    ]


def placebos_chart(result: Causes) -> Chart:
    """Draw what the design of the controls asked for finds in years without a cause, beside the real ones.

    Parameters
    ----------
    result : Causes
        The answer.

    Returns
    -------
    Chart
        A dot with its interval for each break.
    """
    design = _design_of(result)
    rows = _breaks(result, design)
    false = [row for row in rows if not row["real"]]
    low, high = (written(f(row["estimate"] for row in false), 1, signed=True) for f in (min, max))
    return finish(
        {"width": WIDTH - 60, "height": 280, "data": {"values": rows}, "layer": _break_layers(rows)},
        title=f"{DESIGNS[design].label}: what it finds where nothing began",
        subtitle="Points of growth a year, four years from each break less the three before, with two "
        f"standard errors. Blue: {len(false)} placebo years, {low} to {high}. Orange: something began.",
        source=source_of(result),
        description=f"Dot chart of what one design gives at {len(false)} breaks where nothing began, and "
        f"at {len(rows) - len(false)} where something did.",
        summary=[f"{row['break']}: {row['text']}{' (real)' if row['real'] else ''}." for row in rows],
    )


def _design_of(result: Causes) -> str:
    """Return the design whose placebo years are drawn: that of the controls asked for."""
    held = {e.design for e in _shown(result)}
    named = result.control[0] if len(result.control) == 1 else "own"
    return named if named in held else "own" if "own" in held else "never-allied"


def _breaks(result: Causes, design: str) -> list[dict[str, Any]]:
    """Return one row for each break, placebo and real."""
    assert result.estimates is not None
    rows: list[dict[str, Any]] = [
        {
            "break": p.first,
            "estimate": p.estimate,
            "low": p.estimate - 2 * p.se,
            "high": p.estimate + 2 * p.se,
        }
        | {"real": False, "text": written(p.estimate, 1, signed=True)}
        for p in result.estimates.placebos
        if p.design == design
    ]
    starts = {p.first for p in PERIODS} | {result.period.first}
    for e in result.estimates.estimates:
        if e.design == design and not e.variant and e.first in starts:
            value = e.placebo_form
            reach = 2 * e.placebo_form_se
            row = {"break": e.first, "estimate": value, "low": value - reach, "high": value + reach}
            rows.append(row | {"real": True, "text": written(value, 1, signed=True)})
    return rows


def _break_layers(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the marks of estimates by break."""
    tick = {"format": "d", "grid": False, "values": [row["break"] for row in rows]}
    x = {"field": "break", "type": "quantitative", "title": None, "axis": tick}
    x |= {"scale": {"nice": False, "padding": 16, "zero": False}}
    y: dict[str, Any] = {"type": "quantitative", "title": None}
    colour = {"condition": {"test": "datum.real", "value": token("mine")}, "value": token("us-2")}
    rule = {"type": "rule", "strokeWidth": 2, "opacity": 0.5}
    point = {"type": "point", "filled": True, "size": 70, "opacity": 1}
    words = {"type": "text", "align": "left", "dx": 7, "fontSize": 11}
    nought = {"mark": {"type": "rule", "color": token("axis")}, "encoding": {"y": y | {"datum": 0}}}
    span = {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}, "color": colour}
    at = {"x": x, "y": y | {"field": "estimate"}}
    return [
        nought,
        {"mark": rule, "encoding": span},
        {"mark": point, "encoding": at | {"color": colour}},
        {"mark": words, "encoding": at | {"text": {"field": "text"}}},
    ]
