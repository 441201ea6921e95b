"""Charts of what drives a number, drawn to fill a box: bars by grade, beside them the tree of sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.analysis.charts.drivers import (
    COLOURS,
    GRADE_WORDS,
    GRADES_IN_ORDER,
    LEAST,
    drivers_chart,
    numbers_chart,
)
from foedus.analysis.charts.explain import tree_layers
from foedus.analysis.driver_words import fixed_by_grade
from foedus.plotting.fit import staged
from foedus.plotting.theme import INK, LIGHT, MUTED, ORANGE
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.analysis.drivers import ShockIndices, TargetDrivers
    from foedus.analysis.explanation import Explanation
    from foedus.analysis.number_result import NumberIndices
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["chances_stage", "numbers_stage"]

HEADING, BAR = 0.75, 1.0
"""The heights of a heading and of a bar with its words, in parts of a bar's."""

LEAST_STEP, MOST_STEP = 25.0, 60.0
"""The least and the greatest height of a bar with its words, in pixels."""

TREE_FROM = 0.44
"""Where the tree begins beside the bars, in parts of the width."""

EDGE, ROOMY = 6, 385
"""The rim, and the width from which what a grade means stands beside what is held fixed, in pixels."""


@dataclass(frozen=True)
class _Line:
    """One line of the picture: the heading of a grade, or a bar with its words above it.

    Attributes
    ----------
    label, words : str
        What stands at the left, and behind it.
    colour : str
        Of its bar.
    ends : tuple of float
        Value, low and high end; empty for a heading.
    held : str
        What is held fixed under a heading.
    """

    label: str
    words: str
    colour: str
    ends: tuple[float, float, float] | None = None
    held: str = ""

    @property
    def height(self) -> float:
        """Its height in parts of a bar's."""
        return BAR if self.ends else HEADING


@dataclass(frozen=True)
class _Panel:
    """Lines below one another, to scale.

    Attributes
    ----------
    lines : sequence of _Line
        From above to below.
    width, height : float
        Its place, in pixels, from the upper left corner.
    most : float
        The value that fills the width.
    """

    lines: Sequence[_Line]
    width: float
    height: float
    most: float

    def drawn(self) -> list[dict[str, Any]]:
        """Return the layers: headings, bars with whiskers, words."""
        parts = sum(line.height for line in self.lines)
        step = min(MOST_STEP, self.height / max(parts, 1.0))
        top, heads, bars = 0.0, [], []
        for line in self.lines:
            row = {"label": line.label, "words": line.words, "colour": line.colour, "y": top}
            if line.ends is None:
                heads.append(row | {"mid": top + 0.5 * HEADING * step, "held": line.held})
            else:
                value, low, high = (self.width * max(end, 0.0) / self.most for end in line.ends)
                at = top + 0.72 * step
                said = f"{line.label}: {line.words}"
                bars.append(
                    row
                    | {"x0": 0.0, "x": value, "low": low, "high": high, "mid": top + 0.3 * step, "said": said}
                    | {"y1": at - 0.17 * step, "y2": at + 0.17 * step, "at": at, "end": self.width}
                )
            top += line.height * step
        return [*_bars(bars), *_headings(heads, self.width)]


def _at(name: str) -> dict[str, Any]:
    """Return a place in pixels."""
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def _raw(name: str) -> dict[str, Any]:
    """Return a colour as the row names it."""
    return {"field": name, "type": "nominal", "scale": None, "legend": None}


def _text(field_name: str, x: Any, **mark: Any) -> dict[str, Any]:
    """Return words in the middle of a line."""
    style = {"type": "text", "baseline": "middle", "fontSize": 12.5, "color": INK} | mark
    return {"mark": style, "encoding": {"x": x, "y": _at("mid"), "text": {"field": field_name}}}


def _bars(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return bars with whiskers, their words above them."""
    y, y2 = _at("y1"), {"field": "y2"}
    tip = {"field": "said", "type": "nominal"}
    bar = {"type": "rect", "cornerRadius": 2}
    rule = {"type": "rule", "color": INK, "strokeWidth": 1.6}
    tick = {"type": "tick", "orient": "vertical", "color": INK, "thickness": 1.6, "size": 9}
    parts = [
        {
            "mark": {"type": "rule", "color": LIGHT},
            "encoding": {"x": _at("x0"), "x2": {"field": "end"}, "y": _at("at")},
        },
        {
            "mark": bar,
            "encoding": {
                "x": _at("x0"),
                "x2": {"field": "x"},
                "y": y,
                "y2": y2,
                "fill": _raw("colour"),
                "tooltip": tip,
                "description": tip,
            },
        },
        {"mark": rule, "encoding": {"x": _at("low"), "x2": {"field": "high"}, "y": _at("at")}},
        {"mark": tick, "encoding": {"x": _at("low"), "y": _at("at")}},
        {"mark": tick, "encoding": {"x": _at("high"), "y": _at("at")}},
        _text("label", _at("x0"), align="left"),
        _text("words", _at("end"), align="right", fontWeight="bold"),
    ]
    return [{"data": {"values": rows}} | part for part in parts]


def _headings(rows: list[dict[str, Any]], width: float) -> list[dict[str, Any]]:
    """Return the grades with what each means; what is held fixed is an empty dashed bar at the right."""
    room = 152.0
    whole = [
        row | {"x0": 0.0, "x": 18.0, "box": width - room, "end": width, "inside": width - room / 2}
        for row in rows
    ]
    held = [row | {"y1": row["mid"] - 9, "y2": row["mid"] + 9} for row in whole if row["held"]]
    square = {"type": "point", "shape": "square", "filled": True, "size": 110, "opacity": 1}
    empty = {"type": "rect", "fill": "transparent", "stroke": ORANGE, "strokeDash": [4, 3], "cornerRadius": 3}
    across = {"x": _at("box"), "x2": {"field": "end"}, "y": _at("y1"), "y2": {"field": "y2"}}
    return [
        {
            "data": {"values": whole},
            "mark": square | {"xOffset": 6},
            "encoding": {"x": _at("x0"), "y": _at("mid"), "fill": _raw("colour"), "stroke": _raw("colour")},
        },
        {"data": {"values": whole}} | _text("label", _at("x"), align="left", fontWeight="bold"),
        {"data": {"values": held}, "mark": empty, "encoding": across},
        {"data": {"values": held}} | _text("held", _at("inside"), align="center", fontSize=11.5, color=MUTED),
    ]


def _fitting(lines: list[_Line], height: float, smallest: str) -> list[_Line]:
    """Return as many lines as there is room for: of the bars the last ones go, and it is said how many."""
    room = height / LEAST_STEP
    shown = list(lines)
    bars = sorted((line for line in lines if line.ends), key=lambda line: line.ends[0] if line.ends else 0.0)
    dropped = 0
    for line in bars[:-1]:
        if sum(each.height for each in shown) <= room - (HEADING if dropped else 0.0):
            break
        shown.remove(line)
        dropped += 1
    if dropped:
        shown.append(_Line(f"{dropped} more, {smallest}", "", "transparent"))
    return shown


def _chance_lines(result: ShockIndices, target: TargetDrivers, room: float) -> list[_Line]:
    """Return a heading for each grade with what is held fixed of it, and a bar for each of its chances."""
    fixed = fixed_by_grade(result.resolved)
    lines = []
    for grade in GRADES_IN_ORDER:
        shocks = [s for s in target.shocks if s.grade == grade and s.index.total >= LEAST]
        if not shocks and not fixed.get(grade):
            continue
        count = fixed.get(grade, 0)
        held = f"{count} held fixed: not in it" if count else ""
        label = grade if room < ROOMY else f"{grade}: {GRADE_WORDS[grade]}"
        lines.append(_Line(label, "", COLOURS[grade], held=held))
        for shock in shocks:
            i = shock.index
            ends = f"{in_per_cent(max(i.total_low, 0.0), 0)} to {in_per_cent(i.total_high, 0)}"
            words = f"{per_cent(i.total, 0)} ({ends})"
            lines.append(_Line(shock.label, words, COLOURS[grade], (i.total, i.total_low, i.total_high)))
    lines.append(_Line("the form of the model", "", "transparent", held="one form: not in it"))
    return lines


def chances_stage(result: ShockIndices, explanation: Explanation, box: Box, *, country: str = "") -> Chart:
    """Draw how much of a number's spread each chance carries, and beside it where the number is from.

    Parameters
    ----------
    result : ShockIndices
        The indices.
    explanation : Explanation
        The same number down to its source cards.
    box : Box
        The place; a phone's has the bars alone.
    country : str, default ""
        The ally whose number it is.

    Returns
    -------
    Chart
        Bars by grade at the left, the tree at the right.
    """
    target = result.of(explanation.measure, country)
    whole = drivers_chart(result, measure=target.measure, country=country)
    width, height = box.width - 2.0 * EDGE, box.height - 2.0 * EDGE
    room = width if box.narrow else (TREE_FROM - 0.03) * width
    lines = _fitting(_chance_lines(result, target, room), height, "each less than those shown")
    most = max([line.ends[2] for line in lines if line.ends] + [0.2])
    layers = _Panel(lines, room, height, 1.02 * most).drawn()
    if not box.narrow:
        layers += tree_layers(explanation, TREE_FROM * width, (1.0 - TREE_FROM) * width, height)
    return _staged(layers, box, whole, (whole.summary, *((explanation.rests(),) if not box.narrow else ())))


def numbers_stage(result: NumberIndices, box: Box) -> Chart:
    """Draw what each number of the model does to an answer when it alone moves over its range.

    Parameters
    ----------
    result : NumberIndices
        The analysis; its first answer is drawn.
    box : Box
        The place.

    Returns
    -------
    Chart
        A bar with its interval for each number, as many as there is room for, coloured by grade.
    """
    from foedus.analysis.number_words import effect_words, range_words, scale_of

    target, whole = result.targets[0], numbers_chart(result)
    factor, unit = scale_of(target.unit)
    lines = []
    for number in target.numbers:
        effect, error = factor * number.on_mean.size, factor * number.on_mean.error
        if effect <= 0.0:
            continue
        own = "" if box.narrow else f", {range_words(number)}"
        words = f"{effect_words(number.on_mean, target.unit)} {unit}"
        ends = (effect, effect - error, effect + error)
        lines.append(_Line(f"{number.name}{own}", words, COLOURS[number.grade], ends))
    width, height = box.width - 2.0 * EDGE, box.height - 2.0 * EDGE
    shown = _fitting(lines, height, "each less than those shown")
    most = max([line.ends[2] for line in shown if line.ends] + [1e-9])
    return _staged(_Panel(shown, width, height, 1.02 * most).drawn(), box, whole, (whole.summary,))


def _staged(layers: list[dict[str, Any]], box: Box, whole: Chart, summary: Sequence[Any]) -> Chart:
    """Return layers in pixels as a chart that fills its box."""
    said = [line for part in summary for line in ([part] if isinstance(part, str) else part)]
    return staged(
        {"layer": layers},
        box=box,
        padding=(EDGE, EDGE, EDGE, EDGE),
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=said,
    )
