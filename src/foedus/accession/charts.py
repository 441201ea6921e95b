"""The calendar of an accession: the chance of entry by month, and each ally's completion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.rows import layers, plot, text
from foedus.plotting.theme import BLUE, INK, ORANGE, SKY, WIDTH, finish
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.accession.result import Accession, Chance

__all__ = ["accession_chart"]

DAYS = 1096
"""The days that the chart spans: three years from the signature."""

PLOT = WIDTH - 170


def accession_chart(answer: Accession) -> Chart:
    """Draw the calendar of an accession.

    Parameters
    ----------
    answer : Accession
        What :func:`foedus.accession.predict.accession` returns.

    Returns
    -------
    Chart
        Above the probability of entry by month; below for each ally the middle half and the median of its
        completion. All of it is given the signature.
    """
    signed = answer.signed
    ends = [signed.isoformat(), (signed + timedelta(days=DAYS)).isoformat()]
    given = "a signature" if answer.signed_is == "given" else f"a signature ({answer.signed_is})"
    middle = next(row for row in answer.lengths if row.level == 0.5)
    half = [next(row for row in answer.lengths if row.level == level) for level in (0.25, 0.75)]
    when = [_day(row.date) for row in (half[0], middle, half[1])]
    objecting = [row.name for row in answer.allies if row.objects]
    last = ", ".join(f"{r.name} {per_cent(r.is_last, 0)}" for r in answer.allies[:3])
    objections = " Diamond: an objection stands on record." if objecting else ""
    return finish(
        {"vconcat": [_entry(answer, ends), _allies(answer, ends)], "spacing": 22},
        title=f"{answer.name}: from signature to entry",
        subtitle=f"Given an invitation and {given} on {signed:%-d %B %Y}. Above, the chance of entry; "
        f"below, each ally's ratification: middle half and median.{objections}",
        source=f"Source: foedus, from the record of {len(answer.rounds)} accession rounds, "
        f"as of {answer.as_of}. Nothing here says how likely an invitation is.",
        description=f"Line and range charts of {answer.name}'s accession over three years from {signed}. "
        f"Half of the draws have entered by {when[1]}.",
        summary=[
            f"Entry, given the signature: 25 % by {when[0]}, 50 % by {when[1]}, 75 % by {when[2]}.",
            *(f"{c.what[0].upper()}{c.what[1:]}, {c.given}: {_band(c)}." for c in answer.chances),
            f"Likeliest to be last: {last}.",
        ],
    )


def _band(chance: Chance) -> str:
    """Write a chance, or the band that is all there is."""
    if chance.probability is None:
        return f"{per_cent(chance.low, 0)} to {per_cent(chance.high, 0)}"
    return per_cent(chance.probability, 0)


def _day(when: date | None) -> str:
    """Write a day, or that it lies beyond what is computed."""
    return f"{when:%-d %B %Y}" if when else "no day within fifteen years"


def _x(field: str, ends: list[str], *, title: str | None = None) -> dict[str, Any]:
    """Return the axis of days."""
    axis = {
        "format": "%b %Y",
        "tickCount": {"interval": "month", "step": 6},
        "labelOverlap": True,
        "title": title,
    }
    return {"field": field, "type": "temporal", "scale": {"domain": ends, "nice": False}, "axis": axis}


def _entry(answer: Accession, ends: list[str]) -> dict[str, Any]:
    """Draw the chance of having entered by the end of each month."""
    rows = [{"day": ends[0], "entry": 0.0, "shown": "0"}]
    rows += [
        {"day": row.month_end.isoformat(), "entry": 100 * row.entry, "shown": in_per_cent(row.entry, 0)}
        for row in answer.calendar
    ]
    levels = [
        {
            "day": row.date.isoformat(),
            "entry": 100 * row.level,
            "word": f"{in_per_cent(row.level, 0)} % by {row.date:%b %Y}",
        }
        for row in answer.lengths
        if row.level >= 0.25 and row.date is not None and row.days is not None and row.days <= DAYS
    ]
    x = _x("day", ends)
    axis = {"tickCount": 4, "title": None, "minExtent": 34}
    y = {"field": "entry", "type": "quantitative", "axis": axis, "scale": {"domain": [0, 100]}}
    tips = [{"field": "day", "type": "temporal"}, {"field": "shown", "title": "entered, %"}]
    words = {"type": "text", "align": "right", "dx": -7, "dy": -6, "fontSize": 10.5, "color": INK}
    title = {"text": "Chance of having entered", "subtitle": "%", "fontSize": 12.5, "subtitleFontSize": 11}
    return {
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.2},
                "encoding": {"x": x, "y": y, "tooltip": tips},
            },
            {
                "data": {"values": levels},
                "mark": {"type": "circle", "color": BLUE, "size": 55, "opacity": 1},
                "encoding": {"x": x, "y": y},
            },
            {
                "data": {"values": levels},
                "mark": words,
                "encoding": {"x": x, "y": y, "text": {"field": "word"}},
            },
        ],
        "width": PLOT,
        "height": 150,
        "title": title | {"subtitlePadding": 2, "offset": 8},
    }


def _allies(answer: Accession, ends: list[str]) -> dict[str, Any]:
    """Draw the middle half and the median of each ally's completion, the likeliest last one first."""
    signed = answer.signed

    def day_of(days: float | None) -> str:
        return (signed + timedelta(days=round(min(DAYS if days is None else days, DAYS)))).isoformat()

    rows = [
        {
            "name": row.name,
            "early": None if row.done else day_of(row.days_p25),
            "middle": None if row.done else day_of(row.days_p50),
            "late": None if row.done else day_of(row.days_p75),
            "stance": "objection on record" if row.objects else "none",
            "last": per_cent(row.is_last, 0),
            "done": "done" if row.done else "",
            "start": ends[0],
        }
        for row in answer.allies
    ]
    axis = {"labelColor": INK, "labelLimit": 150, "grid": True, "minExtent": 34}
    y = {"field": "name", "type": "nominal", "sort": None, "title": None, "axis": axis}
    tips = [
        {"field": "name", "title": "ally"},
        {"field": "middle", "type": "temporal", "title": "median"},
        {"field": "last", "title": "chance to be last"},
        {"field": "stance", "title": "objection"},
    ]
    look = {"legend": None, "field": "stance"}
    kinds = ["none", "objection on record"]
    colour = look | {"scale": {"domain": kinds, "range": [BLUE, ORANGE]}}
    shape = look | {"scale": {"domain": kinds, "range": ["circle", "diamond"]}}
    bar = {"type": "rule", "color": SKY, "strokeWidth": 8}
    dot = {"type": "point", "filled": True, "size": 60, "opacity": 1}
    parts = [
        layers(bar, x=_x("early", ends), x2={"field": "late"}, y=y),
        layers(dot, x=_x("middle", ends), y=y, color=colour, shape=shape, tooltip=tips),
        *text("done", _x("start", ends), y),
    ]
    panel = plot(rows, parts, PLOT)
    sizes = {"fontSize": 12.5, "subtitleFontSize": 11, "subtitlePadding": 2, "offset": 8, "frame": "group"}
    heading = {"text": "Each ally's ratification", "subtitle": "the likeliest last one first"}
    return panel | {"title": heading | sizes}
