"""An accession on the stage: the chance of entry by the day, and each ally's ratification."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from foedus.plotting.chart import Chart
from foedus.plotting.columns import SHORT_NAMES, column_layer, names_axis, padding_of, step_of, values_axis
from foedus.plotting.fit import Box, staged
from foedus.plotting.tokens import token
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.accession.result import Accession

__all__ = ["entry_chart", "ratifications_chart"]

DAYS = 1096
"""The days that the charts span: three years from the signature."""

PERIOD = 183
"""Days between two labels."""


def entry_chart(answer: Accession, box: Box) -> Chart:
    """Draw the chance of having entered by each month's end.

    Parameters
    ----------
    answer : Accession
        The answer.
    box : Box
        Its place.

    Returns
    -------
    Chart
        A rising line, with a mark where it passes a quarter, a half and three quarters.
    """
    rows: list[dict[str, Any]] = [{"days": 0, "entry": 0.0, "said": "0 % on the day of the signature"}]
    rows += [
        {
            "days": row.days,
            "entry": 100 * row.entry,
            "said": f"By {row.month_end:%B %Y}: {in_per_cent(row.entry, 0)} %",
        }
        for row in answer.calendar
        if row.days <= DAYS
    ]
    levels: list[dict[str, Any]] = [
        {
            "days": row.days,
            "entry": 100 * row.level,
            "word": f"{in_per_cent(row.level, 0)} % by {row.date:%b %Y}",
        }
        for row in answer.lengths
        if row.level in (0.25, 0.5, 0.75) and row.date and row.days is not None and row.days <= DAYS
    ]
    x = _days(answer, "x", narrow=box.narrow)
    y = values_axis(0, 100, narrow=box.narrow) | {"field": "entry"}
    marks = {"data": {"values": levels}, "encoding": {"x": x, "y": y}}
    words = {"type": "text", "align": "right", "dx": -9, "dy": -9, "fontSize": 13}
    rim = {"stroke": token("paper"), "strokeWidth": 4, "strokeJoin": "round"}
    word = {"x": x, "y": y, "text": {"field": "word", "type": "nominal"}}
    line = {"type": "line", "color": token("us"), "strokeWidth": 2.6}
    said = {"description": {"field": "said", "type": "nominal"}}
    points = {"type": "circle", "color": token("us"), "opacity": 0, "size": 260}
    layers = [
        {"data": {"values": rows}, "mark": line, "encoding": {"x": x, "y": y}},
        {"data": {"values": rows}, "mark": points, "encoding": {"x": x, "y": y} | said},
        marks | {"mark": {"type": "circle", "color": token("us"), "size": 90, "opacity": 1}},
        *(marks | {"mark": words | look, "encoding": word} for look in (rim, {"color": token("ink")})),
    ]
    summary = [row["word"] for row in levels]
    return _staged(answer, box, layers, summary, "Chance of entry by the day, given the signature", bottom=34)


def ratifications_chart(answer: Accession, box: Box) -> Chart:
    """Draw the middle half and the median of each ally's ratification.

    Parameters
    ----------
    answer : Accession
        The answer.
    box : Box
        Its place.

    Returns
    -------
    Chart
        The likeliest last one first; a diamond where an objection stands on record.
    """
    rows: list[dict[str, Any]] = [
        {
            "name": row.country if box.narrow else SHORT_NAMES.get(row.country, row.name),
            "country": row.country,
            "early": None if row.done else _within(row.days_p25),
            "days": 0 if row.done else _within(row.days_p50),
            "late": None if row.done else _within(row.days_p75),
            "stance": "objects" if row.objects else "none",
            "said": f"{row.name}: {'done' if row.done else _when(answer, row.days_p50)}, likeliest last in "
            f"{per_cent(row.is_last, 0)} of draws",
        }
        for row in answer.allies
    ]
    step = step_of(box, len(rows))
    latest = max((row["late"] for row in rows if row["late"] is not None), default=DAYS)
    last = min(DAYS, PERIOD * (int(latest) // PERIOD + 1))
    x, y = names_axis(step, narrow=box.narrow), _days(answer, "y", narrow=box.narrow, last=last)
    band = column_layer(rows, x, y, "early", {"type": "bar", "color": token("us-3"), "width": {"band": 0.5}})
    band["encoding"]["y2"] = {"field": "late"}
    dot = column_layer(
        rows, x, y, "days", {"type": "point", "filled": True, "opacity": 1, "size": min(80, 3.4 * step)}
    )
    kinds = {"field": "stance", "type": "nominal", "legend": None}
    colours = {"domain": ["none", "objects"], "range": [token("us"), token("mine-fill")]}
    shapes = {"domain": ["none", "objects"], "range": ["circle", "diamond"]}
    dot["encoding"] |= {"color": kinds | {"scale": colours}, "shape": kinds | {"scale": shapes}}
    return _staged(answer, box, [band, dot], [row["said"] for row in rows], "Each ally's ratification")


def _within(days: float | None) -> float:
    """Return a number of days that the chart can show."""
    return float(DAYS if days is None else min(days, DAYS))


def _when(answer: Accession, days: float | None) -> str:
    """Write when an ally has as likely as not ratified."""
    if days is None:
        return "as likely as not never"
    return f"as likely as not by {answer.signed + timedelta(days=round(days)):%-d %B %Y}"


def _days(answer: Accession, channel: str, *, narrow: bool, last: int = DAYS) -> dict[str, Any]:
    """Return the axis of days since the signature, labelled by month."""
    ticks = list(range(0, last + 1, PERIOD if channel == "y" or not narrow else 2 * PERIOD))
    labels = {str(day): f"{answer.signed + timedelta(days=day):%b %Y}" for day in ticks}
    axis = {"values": ticks, "labelExpr": f"{json.dumps(labels)}[datum.value]", "labelFontSize": 12}
    axis |= {"grid": channel == "y", "labelFlush": True} if channel == "x" else {"labelPadding": 4}
    scale = {"domain": [0, last], "nice": False}
    return {"type": "quantitative", "title": None, "scale": scale, "axis": axis} | (
        {"field": "days"} if channel == "x" else {}
    )


def _staged(
    answer: Accession, box: Box, layers: list[dict[str, Any]], summary: list[str], what: str, bottom: int = 0
) -> Chart:
    """Return the layers as a chart of the stage."""
    left, top, right, below = padding_of(box)
    return staged(
        {"layer": layers},
        box=box,
        padding=(left + (26 if not bottom else 0), top, right + 8, bottom or below),
        title=answer.answer().title or answer.headline(),
        description=f"{what}: {answer.name}, signature {answer.signed:%-d %B %Y}.",
        source=f"foedus, from the record of {len(answer.rounds)} accession rounds, as of {answer.as_of}.",
        summary=summary,
    )
