"""Figures of an indicator on the stage: lines over the years, or columns of one year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.axes import country_name, is_aggregate
from foedus.evidence.charts import unit_of_axis, value_factor
from foedus.evidence.verbs import row_name
from foedus.plotting.chart import Chart
from foedus.plotting.columns import (
    SHORT_NAMES,
    column_layer,
    label_layers,
    names_axis,
    padding_of,
    step_of,
    values_axis,
)
from foedus.plotting.fit import Box, staged
from foedus.plotting.tokens import token
from foedus.units import format_value

if TYPE_CHECKING:
    from foedus.evidence.query import FigureAnswer

__all__ = ["figures_chart"]

FEW = 6
"""So many countries have a colour of their own and their name beside the line; more are drawn alike."""
COLOURS = ("us", "mine-fill", "plum", "green", "nochange", "rose")
MOST = 45


def figures_chart(answer: FigureAnswer, box: Box) -> Chart:
    """Draw figures as lines over the years, or one year as columns.

    Parameters
    ----------
    answer : FigureAnswer
        The figures.
    box : Box
        Its place.

    Returns
    -------
    Chart
        Editions are never joined: a line is one country's figures in one edition.
    """
    answer = answer.measured
    rows = _rows(answer)
    years = sorted({row["year"] for row in rows})
    editions = {row["edition"] for row in rows}
    if len(years) == 1 and len(editions) == 1:
        body, what = _columns(rows, box), f"Columns of {answer.quantity.label}, {years[0]}"
    else:
        body, what = _lines(rows, box), f"Lines of {answer.quantity.label}, {years[0]} to {years[-1]}"
    return staged(
        {"layer": body},
        box=box,
        padding=_padding(box, rows, lines=len(years) > 1 or len(editions) > 1),
        title=answer.answer().title or answer.headline(),
        description=f"{what}, {unit_of_axis(answer)}.",
        source="; ".join(f"{c.publisher}, {c.title} ({c.id})" for c in answer.cards),
        summary=[row["said"] for row in rows[-60:]],
    )


def _rows(answer: FigureAnswer) -> list[dict[str, Any]]:
    """Return one row for each figure, in the unit of print."""
    factor, unit = value_factor(answer), answer.quantity.unit
    return [
        {
            "name": row_name(row),
            "country": row["country"],
            "year": row["year"],
            "value": factor * row["value"],
            "edition": row["edition"],
            "series": f"{row['country']} {row['edition']}",
            "text": f"{factor * row['value']:,.3g}",
            "said": f"{country_name(row['country'])} {row['year']}: {format_value(row['value'], unit)} "
            f"({row['edition']}, {row['status']})",
        }
        for row in answer.frame.to_dicts()
    ]


def _padding(box: Box, rows: list[dict[str, Any]], *, lines: bool) -> tuple[int, int, int, int]:
    """Return what axes and names take."""
    left, top, right, bottom = padding_of(box)
    few = len({row["country"] for row in rows}) <= FEW
    named = lines and (few or not box.narrow)
    return (left + 14, top + 6, right + (84 if named else 20 if lines else 6), 30 if lines else bottom)


def _columns(rows: list[dict[str, Any]], box: Box) -> list[dict[str, Any]]:
    """Draw one year of one edition, the highest first; aggregates paler."""
    highest = sorted(rows, key=lambda row: -row["value"])[:MOST]
    shown = [
        {**row, "name": row["country"] if box.narrow else SHORT_NAMES.get(row["country"], row["name"])}
        | {"kind": "all" if is_aggregate(row["country"]) else "one"}
        for row in highest
    ]
    step = step_of(box, len(shown))
    x = names_axis(step, narrow=box.narrow)
    low = min(0.0, *(row["value"] for row in shown))
    y = values_axis(low, 1.08 * max(row["value"] for row in shown), narrow=box.narrow)
    bar = column_layer(shown, x, y, "value", {"type": "bar", "width": {"band": 0.76}, "cornerRadiusEnd": 2})
    colours = {"domain": ["one", "all"], "range": [token("us"), token("us-3")]}
    bar["encoding"]["color"] = {"field": "kind", "type": "nominal", "legend": None, "scale": colours}
    return [bar, *label_layers(shown, x, y, "value", step)]


def _lines(rows: list[dict[str, Any]], box: Box) -> list[dict[str, Any]]:
    """Draw a line for each country and edition, with its name at the end where they are few."""
    countries = list(dict.fromkeys(row["country"] for row in rows))
    few = len(countries) <= FEW
    low, high = min(row["value"] for row in rows), max(row["value"] for row in rows)
    years = [row["year"] for row in rows]
    every = max(1, -(-(max(years) - min(years)) // (4 if box.narrow else 9)))
    ticks = list(range(max(years), min(years) - 1, -every))
    x: dict[str, Any] = {"field": "year", "type": "quantitative", "title": None}
    x |= {
        "scale": {"domain": [min(years), max(years) + (0 if max(years) > min(years) else 1)], "nice": False}
    }
    x |= {"axis": {"values": ticks, "format": "d", "grid": False, "labelFontSize": 13}}
    y = values_axis(min(0.0, low), 1.06 * high, narrow=box.narrow) | {"field": "value"}
    palette = [token(COLOURS[i % len(COLOURS)]) for i in range(len(countries))] if few else [token("axis")]
    names = [country_name(code) for code in countries]
    colour: dict[str, Any] = (
        {"field": "name", "type": "nominal", "legend": None, "scale": {"domain": names, "range": palette}}
        if few
        else {"value": palette[0]}
    )
    place = {"x": x, "y": y}
    detail = [{"field": "name", "type": "nominal"}, {"field": "edition", "type": "nominal"}]
    line = {"type": "line", "strokeWidth": 2.2 if few else 1, "opacity": 1 if few else 0.6}
    dots = {"type": "circle", "opacity": 1 if few else 0, "size": 34 if few else 90}
    said = {"description": {"field": "said", "type": "nominal"}}
    data = {"values": rows}
    layers = [
        {"data": data, "mark": line, "encoding": place | {"color": colour, "detail": detail}},
        {"data": data, "mark": dots, "encoding": place | {"color": colour} | said},
    ]
    if few:
        return [*layers, _names(rows, place, colour)]
    return (
        layers if box.narrow else [*layers, _names(_apart(rows, high - low), place, {"value": token("soft")})]
    )


def _apart(rows: list[dict[str, Any]], span: float) -> list[dict[str, Any]]:
    """Return the newest figures that are named among many: NATO's, the highest and the lowest, if apart."""
    year = max(row["year"] for row in rows)
    ends = sorted((row for row in rows if row["year"] == year), key=lambda row: row["value"])
    chosen: list[dict[str, Any]] = []
    for row in [*(row for row in ends if row["country"] == "NATO"), ends[-1], ends[0]]:
        if all(abs(row["value"] - other["value"]) > 0.06 * span for other in chosen):
            chosen.append(row)
    return chosen


def _names(rows: list[dict[str, Any]], place: dict[str, Any], colour: dict[str, Any]) -> dict[str, Any]:
    """Write each country's name beside the end of its newest line."""
    last = {row["country"]: row for row in sorted(rows, key=lambda row: (row["edition"], row["year"]))}
    words = {"type": "text", "align": "left", "dx": 7, "fontSize": 13, "fontWeight": "bold"}
    text = {"text": {"field": "name", "type": "nominal"}, "color": colour}
    return {"data": {"values": list(last.values())}, "mark": words, "encoding": place | text}
