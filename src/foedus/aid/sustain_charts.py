"""Charts of sustained support: how long each class lasts, and years of production at each rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.aid.sustain_classes import CLASSES
from foedus.plotting.chart import Chart
from foedus.plotting.fit import staged
from foedus.plotting.rows import across, ally_axis, layers, plot
from foedus.plotting.theme import BLUE, INK, LIGHT, MUTED, SAND, SKY, WIDTH, finish
from foedus.plotting.tokens import token
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.aid.replacement import Replacement
    from foedus.aid.sustain import Sustain
    from foedus.aid.sustain_rows import ClassSupport
    from foedus.plotting.fit import Box

__all__ = ["replacement_chart", "support_chart", "support_stage"]

LABELS = 190
_NAMES = {entry.name: entry.label[0].upper() + entry.label[1:] for entry in CLASSES}


def _row(result: Sustain, row: ClassSupport) -> dict[str, Any]:
    """Return what is drawn of a class."""
    last = result.months
    low, middle, high = (last if m is None else m for m in (row.months_p10, row.months_p50, row.months_p90))
    lasts = f"over {last} months" if row.months_p50 is None else f"{row.months_p50} months"
    words = f"{written(row.rate, 0 if row.rate >= 100 else 1, grouped=True)} a month: {lasts}"
    return {
        "name": _NAMES[row.equipment],
        "zero": 0,
        "low": low,
        "middle": middle,
        "high": high,
        "last": last,
        "words": words,
        "said": f"{words}; it ends by {row.binds}" if row.months_p10 is not None else words,
    }


def _bars(result: Sustain) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows and the layers."""
    rows = [_row(result, row) for row in result.rows]
    y = ally_axis()
    y["axis"] |= {"labelLimit": LABELS + 20}
    x = across("zero", f"Months from {result.start}") | {
        "scale": {"domain": [0, result.months], "nice": False}
    }
    bar = {"type": "bar", "height": 12, "yOffset": 7}
    tick = {"type": "tick", "thickness": 3, "height": 18, "yOffset": 7, "color": INK}
    words = {"type": "text", "align": "left", "dx": 2, "dy": -7, "fontSize": 10.5, "color": MUTED}
    parts = [
        layers(bar | {"color": token("paper"), "stroke": LIGHT}, x=x, x2={"field": "last"}, y=y),
        layers(bar | {"color": SKY}, x=x, x2={"field": "high"}, y=y),
        layers(bar | {"color": BLUE}, x=x, x2={"field": "low"}, y=y),
        layers(tick, x=x | {"field": "middle"}, y=y),
        layers(words, x={"datum": 0, "type": "quantitative"}, y=y, text={"field": "words"}),
    ]
    return rows, parts


def support_chart(result: Sustain) -> Chart:
    """Draw for how many months each class can be given at its rate.

    Parameters
    ----------
    result : Sustain
        What :func:`foedus.aid.sustain.sustain` gives.

    Returns
    -------
    Chart
        Dark to where one draw in ten has ended, light to where nine have, a mark at the median.
    """
    rows, parts = _bars(result)
    body = plot(rows, parts, WIDTH - LABELS)
    body["height"] = 42 * len(rows)
    return finish(
        body,
        title=result.answer().title,
        subtitle="Dark: to where it has ended in one draw in ten; light: in nine in ten; mark: in half. "
        f"{result.notes[0]}",
        source=_source(result),
        description=_description(result),
        summary=[f"{row['name']}: {row['said']}." for row in rows],
    )


def support_stage(result: Sustain, box: Box) -> Chart:
    """Draw the same to fill a box of the stage."""
    rows, parts = _bars(result)
    return staged(
        {"data": {"values": rows}, "layer": parts},
        box=box,
        padding=(120 if box.narrow else LABELS, 10, 16, 44),
        title=result.answer().title,
        description=_description(result),
        source=_source(result),
        summary=[f"{row['name']}: {row['said']}." for row in rows],
    )


def _source(result: Sustain) -> str:
    """Return where the figures come from."""
    return f"Source: {result.source}; stocks and makers as assumed by foedus, {result.draws:,} draws."


def _description(result: Sustain) -> str:
    """Return the text alternative."""
    return f"Bar chart of {len(result.rows)} classes. {result.answer().sentence()}"


def replacement_chart(result: Sustain) -> Chart:
    """Draw the years of production that what was sent stands for, at each rate on record.

    Parameters
    ----------
    result : Sustain
        What :func:`foedus.aid.sustain.sustain` gives.

    Returns
    -------
    Chart
        Blue at rates that were made, pale orange and hollow at targets, which say whether they were missed.
    """
    rows = [_rate_row(row) for row in result.on_record]
    y = ally_axis()
    y["axis"] |= {"labelLimit": 330}
    x = across("zero", "Years of production")
    bars = layers(
        {"type": "bar", "height": 11, "color": BLUE}, x=x | {"field": "actual"}, x2={"field": "zero"}, y=y
    )
    target = {"type": "bar", "height": 11, "fill": token("paper"), "stroke": SAND, "strokeDash": [3, 2]}
    wanted = layers(target, x=x | {"field": "wanted"}, x2={"field": "zero"}, y=y)
    words = {"type": "text", "align": "left", "dx": 4, "fontSize": 10.5, "color": INK}
    parts = [bars, wanted, layers(words, x=x | {"field": "years"}, y=y, text={"field": "words"})]
    body = plot(rows, parts, WIDTH - 320)
    body["height"] = 26 * max(3, len(rows))
    return finish(
        body,
        title="Years of production that what was sent stands for",
        subtitle="1,074,000 shells of 155 mm sent by the United States by January 2023, at each rate on "
        "record; dashed: targets. Javelins as CSIS says it.",
        source="Source: CSIS, January 2023; rates as the press quotes them, each of its day.",
        description=f"Bar chart of {len(rows)} rates, from those that were made to the targets.",
        summary=[f"{row['name']}: {row['words']} years." for row in rows],
    )


def _rate_row(row: Replacement) -> dict[str, Any]:
    """Return what is drawn of a rate."""
    is_target = row.rate is not None and row.rate.kind == "target"
    name = f"{row.sent.item}, {row.at}"
    if row.rate is not None:
        missed = ", missed" if row.rate.missed else ""
        name = f"{written(row.rate.per_month, grouped=True)} a month, {row.rate.day:%b %Y}{missed}"
    return {
        "name": name,
        "zero": 0.0,
        "years": row.years,
        "actual": None if is_target else row.years,
        "wanted": row.years if is_target else None,
        "words": written(row.years, 1),
    }
