"""The curve of arrivals by day, with what is ready, other permits, and what binds below it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.theme import WIDTH, finish
from foedus.plotting.tokens import token
from foedus.reinforcement.by_day_result import about, permit_label
from foedus.reinforcement.result import ASSUMED
from foedus.reinforcement.strip import STRIP, PlotFrame, strip_layers

if TYPE_CHECKING:
    from foedus.plotting.fit import Box
    from foedus.reinforcement.by_day_result import ByDay

__all__ = ["by_day_chart", "by_day_stage"]

HEIGHT, GUTTER = 300, 150
"""The height of a file's plot, and the place of the labels beside it, in pixels."""

LINE = 17
"""The least distance of two labels in the gutter, in pixels."""

LOW = 300
"""A box that is lower than this has no strip below the curve."""


@dataclass(frozen=True)
class _Size:
    """The plot in pixels, whether it is a phone's, and the upper end of its axis."""

    width: float
    height: float
    narrow: bool
    top: float

    def up(self, pixels: float) -> float:
        """Return a distance in pixels in the unit of the axis."""
        return pixels * self.top / self.height


def by_day_chart(result: ByDay) -> Chart:
    """Draw what has arrived by day, beside what is ready.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.

    Returns
    -------
    Chart
        Median and middle 80 % in blue, other permits thin, the longest dotted, what is ready as orange steps.
    """
    size = _Size(WIDTH - GUTTER - 60, HEIGHT, False, _top(result))
    body = {"layer": _layers(result, size), "width": size.width, "height": size.height}
    return finish(
        body,
        title=result.answer().title,
        subtitle=f"{result.what.capitalize()} that have arrived, by days after the alert; orange: ready. "
        f"Band: middle 80 % of {result.question.draws:,} draws. Thin: other permits. Dotted: the longest on "
        f"record. {ASSUMED}",
        source=_source(result),
        description=f"Curve of arrivals by day. {result.answer().sentence()}",
        summary=_in_words(result),
    )


def by_day_stage(result: ByDay, box: Box) -> Chart:
    """Draw the same curve without words around it, to fill a box, with what binds below where there is room.

    Parameters
    ----------
    result : ByDay
        What has arrived by a day.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`by_day_chart`.
    """
    whole = by_day_chart(result)
    strip = 0 if box.narrow or box.height < LOW else STRIP
    padding = (40, 14, 12, 24) if box.narrow else (62, 22, GUTTER, 26 + strip)
    left, above, right, below = padding
    size = _Size(box.width - left - right, max(40, box.height - above - below), box.narrow, _top(result))
    body = _layers(result, size)
    if strip:
        frame = PlotFrame(size.width, size.height, size.top, float(_last(result)), left, right)
        body += strip_layers(result, frame)
    return staged(
        {"layer": body},
        box=box,
        padding=padding,
        title=whole.title,
        description=whole.description,
        source=whole.source,
        summary=whole.summary,
    )


def _top(result: ByDay) -> float:
    """Return the upper end of the axis."""
    return 1.1 * max(result.moving, max(row.high for row in result.rows))


def _last(result: ByDay) -> int:
    """Return the last day of the axis."""
    return len(result.rows) - 1


def _axes(result: ByDay, size: _Size) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both axes."""
    said = "datum.value === 0 ? 'day 0' : datum.value"
    x = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, _last(result)], "nice": False},
        "axis": {"tickCount": 7, "grid": False, "labelExpr": said, "labelFlush": True},
    }
    short = "datum.value < 1000 ? datum.label : format(datum.value / 1000, ',') + 'k'"
    y = {
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, size.top], "nice": False},
        "axis": {"tickCount": 4, "format": ",d", **({"labelExpr": short} if size.narrow else {})},
    }
    return x, y


def _layers(result: ByDay, size: _Size) -> list[dict[str, Any]]:
    """Return the layers of the plot, from the ground up."""
    x, y = _axes(result, size)
    rows = [vars(row) for row in result.rows]
    tips = [
        {"field": "day", "title": "Day"},
        *({"field": name, "format": ",.0f"} for name in ("ready", "low", "middle", "high")),
    ]
    line = {"type": "line", "color": token("us"), "strokeWidth": 3.2}
    steps = {"type": "line", "interpolate": "step-after", "color": token("mine-fill"), "strokeWidth": 2.4}
    ready = [{"at": at, "value": value} for at, value in _ready(result)]
    return [
        _layer(rows, {"type": "area", "color": token("us-3"), "opacity": 0.5}, x | {"field": "day"},
               y | {"field": "low"}, y2={"field": "high"}),
        *_others(result, x, y),
        _layer(ready, steps, x | {"field": "at"}, y | {"field": "value"}),
        _layer(rows, line, x | {"field": "day"}, y | {"field": "middle"}, tooltip=tips),
        *_words(_step_words(result, size), x, y, "mine"),
        *_answer(result, size, x, y),
        *([] if size.narrow else _gutter(result, size, x, y)),
    ]  # fmt: skip


def _layer(
    rows: list[dict[str, Any]], mark: dict[str, Any], x: dict[str, Any], y: dict[str, Any], **more: Any
) -> dict[str, Any]:
    """Return one layer over rows of its own."""
    return {"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y, **more}}


def _ready(result: ByDay) -> list[tuple[float, float]]:
    """Return the corners of what is ready, from the first day on which something is."""
    moving = [step for step in result.steps if step.moves]
    corners = [(moving[0].day, 0.0), *((step.day, step.ready) for step in moving)]
    last = float(_last(result))
    return [(day, ready) for day, ready in corners if day <= last] + [(last, result.ready_by(last))]


def _others(result: ByDay, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the thin lines of other permits, and the dotted one of the longest."""
    thin = {"type": "line", "color": token("us-2"), "strokeWidth": 1.3}
    dots = {
        "type": "line",
        "color": token("nochange"),
        "strokeWidth": 2,
        "strokeDash": [1, 4],
        "strokeCap": "round",
    }
    longest = result.longest
    layers = []
    for permit in result.permits:
        rows = [{"at": row.day, "value": value} for row, value in zip(result.rows, permit.curve, strict=True)]
        mark = dots if permit is longest else thin
        layers.append(_layer(rows, mark, x | {"field": "at"}, y | {"field": "value"}))
    return layers


def _words(
    rows: list[dict[str, Any]], x: dict[str, Any], y: dict[str, Any], ink: str, **more: Any
) -> list[dict[str, Any]]:
    """Return texts with a halo of paper below them, so that lines do not cross letters."""
    mark = {"type": "text", "align": "left", "baseline": "middle", "fontSize": 13, "lineBreak": "\n", **more}
    halo = mark | {"stroke": token("paper"), "strokeWidth": 4, "strokeJoin": "round", "color": token("paper")}
    said = {"field": "text", "type": "nominal"}
    return [
        _layer(rows, each, x | {"field": "at"}, y | {"field": "value"}, text=said)
        for each in (halo, mark | {"color": token(ink)})
    ]


def _step_words(result: ByDay, size: _Size) -> list[dict[str, Any]]:
    """Return what stands above each step of readiness, and what has not arrived on the day."""
    small, last = size.narrow, _last(result)
    rows = [
        {
            "at": step.day,
            "value": step.ready + size.up(11),
            "text": f"ready: {about(step.ready)}"
            if small
            else f"ready by day {step.day:g}: {about(step.ready)}",
        }
        for step in result.steps
        if step.moves and step.day < 0.8 * last
    ]
    late = result.ready_by(result.day) - result.middle
    if not small and late > 0.05 * size.top:
        text = f"not yet arrived\non day {result.day}: {about(late)}"
        rows.append(
            {"at": result.day + 0.6, "value": result.ready_by(result.day) - size.up(44), "text": text}
        )
    return rows


def _answer(result: ByDay, size: _Size, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the point of the answer and its words."""
    day = result.rows[min(result.day, _last(result))].day
    dot = {"type": "point", "filled": True, "size": 110, "opacity": 1}
    dot |= {"color": token("us"), "stroke": token("paper"), "strokeWidth": 2}
    at = {"at": day, "value": result.middle}
    text = f"{about(result.middle)} {result.span()}".strip()
    below = [at | {"at": day + 0.9, "value": max(result.middle - size.up(15), size.up(10)), "text": text}]
    return [
        _layer([at], dot, x | {"field": "at"}, y | {"field": "value"}),
        *_words(below, x, y, "us", fontWeight=600),
    ]


def _gutter(result: ByDay, size: _Size, x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what has arrived on the last day by permit, and what is ready after it."""
    last = _last(result)
    ends: dict[float, list[str]] = {result.rows[-1].middle: [permit_label(result.question.permit_days)]}
    for permit in reversed(result.permits):
        label = permit_label(permit.days)
        same = next((end for end in ends if abs(end - permit.curve[-1]) < 0.01 * size.top), permit.curve[-1])
        if label not in ends.setdefault(same, []):
            ends[same].append(label)
    rows = [
        {"at": last, "value": value, "text": f"{about(value)}  {_span(labels, result)}", "main": place == 0}
        for place, (value, labels) in enumerate(ends.items())
    ]
    later = [step for step in result.steps if not step.moves]
    placed = _apart(rows, size, size.top - size.up(1.3 * LINE if later else 0.0))
    look = {True: ("us", 600), False: ("soft", 400)}
    lines = [
        _words([row], x, y, look[row["main"]][0], dx=6, fontWeight=look[row["main"]][1]) for row in placed
    ]
    lowest = min(row["value"] for row in placed)
    note = {"at": last, "value": lowest - size.up(LINE), "text": f"by day {last}, by permit"}
    above = [
        {"at": last, "value": size.top + size.up(LINE * (0.6 - place)), "text": text}
        for place, text in enumerate(
            [f"day {later[-1].day:g}: ready {about(later[-1].ready)}", "(not moved here)"] if later else []
        )
    ]
    return [layer for pair in lines for layer in pair] + [
        *_words([note], x, y, "soft", dx=6),
        *_words(above, x, y, "mine", dx=6, fontWeight=600),
    ]


def _span(labels: list[str], result: ByDay) -> str:
    """Return one label for permits that end alike: the shortest and the longest of them."""
    days = {permit_label(permit.days): permit.days for permit in result.permits}
    days[permit_label(result.question.permit_days)] = result.question.permit_days
    ordered = sorted(labels, key=lambda label: days[label])
    return ordered[0] if len(ordered) == 1 else f"{ordered[0]} to {ordered[-1]}"


def _apart(rows: list[dict[str, Any]], size: _Size, top: float) -> list[dict[str, Any]]:
    """Return the rows from the highest down, moved so far apart that no two overlap."""
    ordered, floor = sorted(rows, key=lambda row: -float(row["value"])), size.up(LINE * 1.2)
    placed: list[dict[str, Any]] = []
    for place, row in enumerate(ordered):
        highest = placed[-1]["value"] - size.up(LINE) if placed else top
        lowest = floor + size.up(LINE) * (len(ordered) - 1 - place)
        placed.append(row | {"value": max(min(row["value"], highest), lowest)})
    return placed


def _in_words(result: ByDay) -> list[str]:
    """Return the curve in words, every ten days."""
    rows = [row for place, row in enumerate(result.rows) if place % 10 == 0]
    return [
        f"Day {row.day:g}: {about(row.ready)} ready, {about(row.middle)} arrived ({about(row.low)} to "
        f"{about(row.high)})."
        for row in rows
    ]


def _source(result: ByDay) -> str:
    """Return where the figures come from."""
    return (
        f"Source: foedus, {result.question.draws:,} draws over fixed routes of the earliest flow; "
        f"{result.title}; {', '.join((*result.editions, *result.cards))}."
    )
