"""The page's picture of why spending rose: where the rise falls, and below it every design by period.

Places are computed here in pixels: bar, heads, frame and rows stand in one plot, so that it fills its box.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.attribution.charts import LEFT_OUT, LIMIT, designs_title, source_of
from foedus.attribution.estimates import DesignEstimate
from foedus.attribution.periods import CAUSES, Period
from foedus.attribution.registry import DESIGNS
from foedus.errors import NoDataError
from foedus.plotting.fit import staged
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.attribution.result import Causes
    from foedus.attribution.verdict import Verdict
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["causes_stage"]

SHORT = {
    "timing": "Before and after",
    "never-allied": "21 allies, never-allied",
    "with-pacific": "… with the Pacific",
    "border": "5 on the border",
    "entrants": "Sweden, Finland",
    "nordic": "Denmark, Norway",
    "own": "Your controls",
    "distance": "Dose: near Russia",
    "gap": "Dose: gap to 2 %",
    "us-forces": "Dose: US forces",
    "synthetic-rich": "Twin, rich donors",
    "synthetic-world": "Twin, worldwide",
}
"""What rows are called where there is little room."""

SHADES = ("us-3", "us", "us-4", "us-2", "us-3")
INKS = ("ink", "paper", "ink", "ink", "ink")
"""Colours of the parts of the bar, and of the words in them."""

GAP = 14.0
NUMBERS = 62.0
"""What the numbers at the right of every panel take."""

Row = dict[str, Any]


@dataclass(frozen=True)
class _Place:
    """Where things stand, in pixels.

    Attributes
    ----------
    width, height : float
        Of the whole plot.
    narrow : bool
        Whether it is a phone's: then the chosen period alone is drawn.
    labels : float
        What the names of the rows take.
    panels : float
        The width of one period.
    bar, heads, rows, axis : float
        Where the bar, the heads of the periods, the rows and the axis begin, from the top.
    step : float
        The height of a row.
    """

    width: float
    height: float
    narrow: bool
    labels: float
    panels: float
    bar: float
    heads: float
    rows: float
    axis: float
    step: float

    def at(self, panel: int, value: float) -> float:
        """Return where a value stands in a panel; what lies beyond the axis stands at its end."""
        clipped = max(-LIMIT, min(LIMIT, value))
        return self.left(panel) + (clipped + LIMIT) / (2 * LIMIT) * (self.panels - NUMBERS)

    def left(self, panel: int) -> float:
        """Return where a panel begins."""
        return self.labels + panel * (self.panels + GAP)


def causes_stage(result: Causes, box: Box, *, placebo: bool = True) -> Chart:
    """Draw where the rise falls and what designs make of each period, to fill a box.

    Parameters
    ----------
    result : Causes
        The answer.
    box : Box
        The place; in a narrow one the period asked about stands alone, with all its rows.
    placebo : bool, default True
        Whether the range of each design's placebo years is shaded.

    Returns
    -------
    Chart
        Designs that pass are filled, those that fail are hollow; the period asked about is framed.

    Raises
    ------
    NoDataError
        When no estimate was known on the day asked about.
    """
    shown = [e for e in _held(result) if not e.variant and e.design not in LEFT_OUT]
    if not shown:
        raise NoDataError("no estimate was known on that day", where="--as-of", do="ask as of a later day")
    periods = sorted({e.period for e in shown})
    if box.narrow:
        periods = [p for p in periods if p.first == result.period.first]
    designs = [d for d in DESIGNS if any(e.design == d for e in shown)]
    place = _place(box, len(periods), len(designs))
    layers = [*_bar(result, place)]
    for i, period in enumerate(periods):
        layers += _head(result, period, place, i)
        rows = [e for e in shown if e.period.first == period.first]
        layers += _panel(rows, designs, place, i, placebo=placebo)
    layers += _names(result, designs, place)
    if not box.narrow:
        layers += _frame(result, periods, place)
    return staged(
        {"layer": layers, "view": {"stroke": None}},
        box=box,
        padding=(2, 2, 2, 2),
        title=designs_title(result),
        description=f"Bar of the rise by period, and a dot chart of {len(designs)} designs in "
        f"{len(periods)} periods with the range of their placebo years.",
        source=source_of(result),
        summary=_summary(result, shown),
    )


def _held(result: Causes) -> Sequence[DesignEstimate]:
    """Return every estimate."""
    return () if result.estimates is None else result.estimates.estimates


def _place(box: Box, periods: int, designs: int) -> _Place:
    """Return where things stand in a box."""
    width, height = box.width - 4.0, box.height - 4.0
    low = height < 400.0
    labels = 112.0 if box.narrow else 160.0
    heads = 44.0 if box.narrow else 58.0 if low else 70.0
    rows = heads + (18.0 if box.narrow else 42.0 if low else 52.0)
    axis = height - (15.0 if box.narrow else 18.0)
    return _Place(
        width,
        height,
        box.narrow,
        labels,
        (width - labels - GAP * (periods - 1)) / periods,
        13.0 if box.narrow else 18.0,
        heads,
        rows,
        axis,
        (axis - rows) / designs,
    )


def _marks(place: _Place, mark: Row, rows: Sequence[Row], **encoding: Any) -> Row:
    """Return marks whose places are given in pixels."""
    across = {"type": "quantitative", "scale": {"domain": [0, place.width], "nice": False}, "axis": None}
    down = {"type": "quantitative", "scale": {"domain": [place.height, 0], "nice": False}, "axis": None}
    keys = set().union(*rows) if rows else set()
    channels: Row = {"x": {"field": "x"} | across, "y": {"field": "y"} | down}
    channels |= {name: {"field": name} for name in ("x2", "y2") if name in keys}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": channels | encoding}


def _text(place: _Place, rows: Sequence[Row], size: float, colour: str = "ink", **mark: Any) -> Row:
    """Return words at their places."""
    shape = {"type": "text", "fontSize": size, "baseline": "middle", "align": "left"} | mark
    return _marks(place, shape | {"color": token(colour)}, rows, text={"field": "text", "type": "nominal"})


def _bar(result: Causes, place: _Place) -> Iterator[Row]:
    """Yield the bar of the rise by budget period."""
    accounting = result.accounting
    whole = sum(p.spending for p in accounting.periods if p.spending > 0.0) or 1.0
    tall = 14.0 if place.narrow else 18.0 if place.height < 400.0 else 22.0
    start = 0.0
    words = f"The rise of {Period(accounting.first, accounting.last).words} by year of the budget"
    rise = written(accounting.spending, 1, signed=True)
    more = "" if place.narrow else f" on the same {len(accounting.allies)} allies (parts are rounded)"
    head = {"x": 0, "y": 6, "text": f"{words}: {rise} log points{more}"}
    yield _text(place, [head], 10.5 if place.narrow else 12, fontWeight="bold")
    for i, part in enumerate(accounting.periods):
        size = max(0.0, part.spending) / whole * place.width
        x = {"x": start + 1.0, "x2": start + size - 1.0}
        chosen = result.period.first <= part.period.first <= result.period.last
        edge = {"stroke": token("mine"), "strokeWidth": 2.5} if chosen else {}
        shade = {"type": "rect", "color": token(SHADES[i % len(SHADES)])} | edge
        yield _marks(place, shade, [x | {"y": place.bar, "y2": place.bar + tall}])
        middle = {"x": start + size / 2.0}
        inner = [middle | {"y": place.bar + tall / 2.0, "text": per_cent(part.part, 0)}]
        small = 10.5 if place.narrow else 12
        if size > 26.0:
            ink = INKS[i % len(INKS)]
            yield _text(place, inner, small, ink, align="center", fontWeight="bold")
            said = part.period.words
            if not place.narrow:
                said = f"{said}: {written(part.spending, 1, signed=True)}"
            below = [middle | {"y": place.bar + tall + 9.0, "text": said if size > 6.2 * len(said) else ""}]
            yield _text(place, below, small, "mine" if chosen else "soft", align="center")
        start += size


def _head(result: Causes, period: Period, place: _Place, panel: int) -> Iterator[Row]:
    """Yield the name of a period, what began with it, and the verdicts."""
    began = [v for v in result.verdicts if v.period.first == period.first and v.event]
    left = place.left(panel)
    chips = list(_chips(began))
    if place.narrow:
        yield _text(place, [{"x": 0, "y": place.heads + 8.0, "text": period.words}], 11, fontWeight="bold")
        yield from _chip(place, chips, 44.0, place.heads + 8.0, 10.5)
        return
    words = [{"x": left + 6.0, "y": place.heads + 8.0, "text": period.words}]
    causes = [c for c in CAUSES if c.begins_in(period)]
    events = " and ".join(c.label.removeprefix("the ") for c in causes)
    if len(events) * 5.8 + 66.0 > place.panels:
        events = " and ".join(c.name for c in causes)
    yield _text(place, words, 14, fontWeight="bold")
    yield _text(place, [{"x": left + 66.0, "y": place.heads + 9.0, "text": events}], 12, "soft")
    yield from _chip(place, chips, left + 6.0, place.heads + 28.0, 12)


def _chips(began: Sequence[Verdict]) -> Iterator[str]:
    """Yield the verdicts in a few words: one where all causes that began have the same."""
    words = {v.verdict for v in began}
    if len(words) == 1:
        yield words.pop()
    else:
        yield from (f"{v.cause}: {v.verdict}" for v in began)


def _chip(place: _Place, chips: Sequence[str], x: float, y: float, size: float) -> Iterator[Row]:
    """Yield verdicts, each in an outline."""
    for words in chips:
        width = 0.54 * size * len(words) + 14.0
        outline = {"type": "rect", "color": token("paper"), "stroke": token("mine"), "cornerRadius": 8}
        yield _marks(place, outline, [{"x": x, "x2": x + width, "y": y - 8.0, "y2": y + 8.0}])
        inner = [{"x": x + width / 2.0, "y": y + 0.5, "text": words}]
        yield _text(place, inner, size, "mine", align="center", fontWeight="bold")
        x += width + 6.0


def _names(result: Causes, designs: Sequence[str], place: _Place) -> Iterator[Row]:
    """Yield the names of the rows, that of the controls asked for in bold."""
    asked = result.control[0] if len(result.control) == 1 else "own"
    size = min(13.0, max(10.5, 0.62 * place.step))
    for bold in (True, False):
        rows = [
            {"x": 0, "y": place.rows + (i + 0.5) * place.step, "text": SHORT[d]}
            for i, d in enumerate(designs)
            if (d == asked) == bold
        ]
        yield _text(place, rows, size, fontWeight="bold" if bold else "normal")


def _panel(
    estimates: Sequence[DesignEstimate], designs: Sequence[str], place: _Place, panel: int, *, placebo: bool
) -> Iterator[Row]:
    """Yield the marks of one period."""
    rows = {e.design: place.rows + (designs.index(e.design) + 0.5) * place.step for e in estimates}
    half = min(9.0, 0.42 * place.step)
    if placebo:
        spans = [
            {"x": place.at(panel, e.placebo_low), "x2": place.at(panel, e.placebo_high)}
            | {"y": rows[e.design] - half, "y2": rows[e.design] + half}
            for e in estimates
            if math.isfinite(e.placebo_low)
        ]
        yield _marks(place, {"type": "rect", "color": token("grey-band"), "opacity": 0.55}, spans)
    yield from _axis(place, panel)
    least = [
        {"x": place.at(panel, e.least_effect), "y": rows[e.design] - half, "y2": rows[e.design] + half}
        for e in estimates
        if e.least_effect <= LIMIT
    ]
    dots = {"type": "rule", "color": token("mine"), "strokeWidth": 2, "strokeDash": [2, 2]}
    yield _marks(place, dots, least)
    whiskers = [
        {"x": place.at(panel, e.low), "x2": place.at(panel, e.high), "y": rows[e.design]} for e in estimates
    ]
    yield _marks(place, {"type": "rule", "color": token("us-2"), "strokeWidth": 1.8}, whiskers)
    yield from _dots(estimates, rows, place, panel)


def _dots(
    estimates: Sequence[DesignEstimate], rows: dict[str, float], place: _Place, panel: int
) -> Iterator[Row]:
    """Yield the estimates and their numbers; those of designs that fail are hollow."""
    size = 10.5 if place.narrow or place.step < 20.0 else 12
    for passes in (True, False):
        values = [e for e in estimates if e.passes == passes]
        marks = [{"x": place.at(panel, e.estimate), "y": rows[e.design], "said": _said(e)} for e in values]
        fill = token("us") if passes else token("paper")
        point = {"type": "point", "filled": True, "size": 62, "opacity": 1, "strokeWidth": 1.8}
        edge = point | {"color": fill, "stroke": token("us" if passes else "faint")}
        yield _marks(place, edge, marks, tooltip=[{"field": "said", "type": "nominal", "title": "Design"}])
        right = place.left(panel) + place.panels - (27.0 if place.step < 20.0 else 32.0)
        words = [
            {"x": right, "y": rows[e.design], "text": written(e.estimate, 1, signed=True)} for e in values
        ]
        ink, weight = ("ink", "bold") if passes else ("soft", "normal")
        yield _text(place, words, size, ink, align="right", fontWeight=weight)
        if not passes:
            fails = [row | {"x": right + 2.0, "text": "fails"} for row in words]
            yield _text(place, fails, size, ink)


def _axis(place: _Place, panel: int) -> Iterator[Row]:
    """Yield the line at nought, and the axis below."""
    ends = {"y": place.rows, "y2": place.axis}
    ticks = (-10, 0, 10) if place.panels < 320.0 else (-15, -10, -5, 0, 5, 10, 15)
    grid = [{"x": place.at(panel, t), **ends} for t in ticks if t]
    yield _marks(place, {"type": "rule", "color": token("hair")}, grid)
    yield _marks(place, {"type": "rule", "color": token("axis")}, [{"x": place.at(panel, 0.0), **ends}])
    words = [
        {"x": place.at(panel, t), "y": place.axis + 8.0, "text": written(t, 0, signed=bool(t))} for t in ticks
    ]
    yield _text(place, words, 10.5 if place.narrow else 12, "soft", align="center")


def _frame(result: Causes, periods: Sequence[Period], place: _Place) -> Iterator[Row]:
    """Yield the frame around the period asked about."""
    for i, period in enumerate(periods):
        if period.first == result.period.first:
            left = place.left(i)
            edge = {"type": "rect", "fillOpacity": 0, "color": token("paper"), "stroke": token("mine")}
            edge |= {"strokeWidth": 2, "cornerRadius": 5}
            ends = {"y": place.heads - 4.0, "y2": place.height - 3.0}
            yield _marks(place, edge, [{"x": left - 2.0, "x2": left + place.panels} | ends])


def _said(estimate: DesignEstimate) -> str:
    """Return one estimate in words."""
    low, high = (written(v, 1, signed=True) for v in (estimate.low, estimate.high))
    state = "passes" if estimate.passes else f"fails: {estimate.fails}"
    value = written(estimate.estimate, 1, signed=True)
    unit = DESIGNS[estimate.design].unit
    return f"{SHORT[estimate.design]}, {estimate.period.words}: {value} ({low} to {high}) {unit}; {state}."


def _summary(result: Causes, shown: Sequence[DesignEstimate]) -> list[str]:
    """Return bar and rows in words."""
    parts = [
        f"{p.period.words}: {per_cent(p.part, 0)} of the rise, {written(p.spending, 1)} log points."
        for p in result.accounting.periods
    ]
    return parts + [_said(e) for e in shown]
