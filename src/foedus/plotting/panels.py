"""The panel that most forecasts are drawn in: a median line, its interval, and the forecast of no change.

Panels are plain Vega-Lite specifications: Altair copies a chart again at every level it is nested in,
and that takes longer than running the model.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foedus.plotting.theme import BLUE, INK, MUTED, ORANGE, SKY
from foedus.plotting.tokens import token

__all__ = ["Band", "Line", "PanelFrame", "axis_of", "band_panel", "grid", "legend", "scaled"]


WORDS = token("mine")
"""The colour of the words at a mark."""

LEFT = 34
"""Room for the labels at the left of every panel, so that panels and legend stand in line."""


@dataclass(frozen=True)
class Band:
    """A forecast over the years.

    Attributes
    ----------
    name : str
        Its entry in the legend.
    low, median, high : sequence of float or None
        Ends of the interval and the middle, one value a year; None where there is no interval.
    colour, fill : str
        Of the line and of the interval.
    dash : sequence of int
        The line's dashes; empty is a whole line.
    """

    name: str
    low: Sequence[float | None]
    median: Sequence[float]
    high: Sequence[float | None]
    colour: str = BLUE
    fill: str = SKY
    dash: Sequence[int] = (1, 0)


@dataclass(frozen=True)
class Line:
    """A line without an interval: the forecast of no change, which is one path.

    Attributes
    ----------
    name : str
        Its entry in the legend.
    values : sequence of float
        One value a year.
    """

    name: str
    values: Sequence[float]


@dataclass(frozen=True)
class PanelFrame:
    """What a panel is drawn in.

    Attributes
    ----------
    heading : str
        What is drawn.
    unit : str
        The quantity's unit inside foedus.
    price_year : int, optional
        The year of constant prices, for money.
    size : (int, int)
        Width and height in pixels.
    mark : (float, str), optional
        A level to mark across the panel, in the quantity's unit, and its word.
    deadline : int, optional
        A year to mark down the panel.
    top : float, optional
        The upper end of the axis, in the quantity's unit; without it, what is drawn decides.
    signed : bool
        Whether differences are drawn: the axis holds nought, and its labels carry a sign.
    """

    heading: str
    unit: str
    price_year: int | None = None
    size: tuple[int, int] = (275, 165)
    mark: tuple[float, str] | None = None
    deadline: int | None = None
    top: float | None = None
    signed: bool = False


def scaled(unit: str, values: Sequence[float | None]) -> list[Any]:
    """Put values into the unit of an axis: per cent, billions, or as they are.

    Parameters
    ----------
    unit : str
        The quantity's unit inside foedus.
    values : sequence of float or None
        The values.

    Returns
    -------
    list of float or None
        For print.
    """
    factor = {"fraction": 100.0, "usd": 1e-9, "eur": 1e-9}.get(unit, 1.0)
    return [None if v is None else factor * float(v) for v in values]


def axis_of(unit: str, price_year: int | None = None) -> str:
    """Name the unit of an axis.

    Parameters
    ----------
    unit : str
        The quantity's unit inside foedus.
    price_year : int, optional
        The year of constant prices, for money.

    Returns
    -------
    str
        For example "billion US dollars at 2021 prices".
    """
    if unit == "usd":
        return f"bn US dollars at {price_year} prices" if price_year else "bn US dollars"
    return {"fraction": "% of GDP", "count": "allies", "eur": "bn euros"}.get(unit, unit)


def band_panel(
    years: Sequence[int], bands: Sequence[Band], lines: Sequence[Line] = (), *, frame: PanelFrame
) -> dict[str, Any]:
    """Draw forecasts over the years in one panel.

    Parameters
    ----------
    years : sequence of int
        The years.
    bands : sequence of Band
        Forecasts with their intervals.
    lines : sequence of Line
        Paths without an interval.
    frame : PanelFrame
        Heading, axis, marks and size.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    unit = frame.unit
    low, high = _ends(bands, lines, least=1.0 / scaled(unit, [1.0])[0], signed=frame.signed)
    x, y = _years_axis(years), _values_axis(frame, low, high if frame.top is None else frame.top)
    tips = [_tip("year", "d"), {"field": "series"}, *(_tip(k, ",.2~f") for k in ("value", "low", "high"))]
    rows = [_rows(years, band, unit) for band in bands]
    layers = [_area(part, x, y, band.fill) for part, band in zip(rows, bands, strict=True)]
    if frame.deadline is not None and years[0] < frame.deadline < years[-1]:
        layers.append(_rule({"x": {"datum": frame.deadline, "type": "quantitative"}}, MUTED, 1))
    if frame.signed:
        layers.append(_rule({"y": {"datum": 0, "type": "quantitative"}}, MUTED, 1))
    if frame.mark is not None:
        layers += _mark(frame.mark, unit)
    layers += [
        _line(part, {"x": x, "y": y}, band.colour, band.dash, tips)
        for part, band in zip(rows, bands, strict=True)
    ]
    for line in lines:
        path = zip(years, scaled(unit, line.values), strict=True)
        still = [{"year": year, "series": line.name, "value": value} for year, value in path]
        layers.append(_line(still, {"x": x, "y": y}, INK, (5, 4), tips[:3]))
    title = {"text": frame.heading, "subtitle": axis_of(unit, frame.price_year), "fontSize": 12.5}
    return {
        "layer": layers,
        "width": frame.size[0],
        "height": frame.size[1],
        "title": title | {"subtitleFontSize": 11, "subtitlePadding": 2, "offset": 8},
    }


def _years_axis(years: Sequence[int]) -> dict[str, Any]:
    """Return the axis of years, with a label at every fourth part and at the last year."""
    step = -(-(len(years) - 1) // 4)
    ticks = [year for year in years if (years[-1] - year) % step == 0]
    return {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [years[0], years[-1]], "nice": False},
        "axis": {"format": "d", "values": ticks, "grid": False},
    }


def _values_axis(frame: PanelFrame, low: float, high: float) -> dict[str, Any]:
    """Return the axis of values, from its lower to its upper end."""
    return {
        "type": "quantitative",
        "title": None,
        "axis": {"tickCount": 5, "format": "+,~f" if frame.signed else ",~f", "minExtent": LEFT}
        | ({"tickMinStep": 1} if frame.unit == "count" else {}),
        "scale": {"domain": scaled(frame.unit, [low, high]), "nice": False},
    }


def _ends(bands: Sequence[Band], lines: Sequence[Line], *, least: float, signed: bool) -> tuple[float, float]:
    """Return the ends of the axis, with room above: from nought, or around nought for differences."""
    parts = (*(b.high for b in bands), *(b.median for b in bands), *(n.values for n in lines))
    drawn = [float(v) for part in parts for v in part if v is not None]
    if not signed:
        return 0.0, 1.07 * max(drawn) or least
    low, high = min(0.0, *(float(v) for b in bands for v in b.low if v is not None)), max(0.0, *drawn)
    room = 0.08 * (high - low) or least
    return low - room, high + room


def grid(panels: Sequence[dict[str, Any]], columns: int, entries: Sequence[Band | Line]) -> dict[str, Any]:
    """Put panels into rows below a legend.

    Parameters
    ----------
    panels : sequence of dict
        Specifications.
    columns : int
        Panels in a row.
    entries : sequence of Band or Line
        What the legend names.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    rows = [{"hconcat": panels[i : i + columns], "spacing": 34} for i in range(0, len(panels), columns)]
    return {"vconcat": [legend(entries), *rows], "spacing": 20}


def legend(entries: Sequence[Band | Line]) -> dict[str, Any]:
    """Draw the legend of a grid of panels, one entry below the other.

    Parameters
    ----------
    entries : sequence of Band or Line
        What it names.

    Returns
    -------
    dict
        A Vega-Lite specification.
    """
    layers: list[dict[str, Any]] = []
    for i, entry in enumerate(entries):
        y = {"value": 8 + 17 * i}
        across = {"x": {"value": -LEFT}, "x2": {"value": 28 - LEFT}}
        colour, dash = (entry.colour, entry.dash) if isinstance(entry, Band) else (INK, (5, 4))
        marks: list[tuple[dict[str, Any], dict[str, Any]]] = []
        if isinstance(entry, Band):
            wide = {"type": "rule", "color": entry.fill, "opacity": 0.45, "strokeWidth": 11}
            marks.append((wide, across | {"y": y}))
        marks.append(
            (
                {"type": "rule", "color": colour, "strokeWidth": 2.2, "strokeDash": list(dash)},
                across | {"y": y},
            )
        )
        text = {"type": "text", "align": "left", "baseline": "middle", "color": INK, "fontSize": 11}
        marks.append((text, {"x": {"value": 36 - LEFT}, "y": y, "text": {"value": entry.name}}))
        layers += [{"data": {"values": [{}]}, "mark": m, "encoding": e} for m, e in marks]
    return {"layer": layers, "width": 560, "height": 17 * len(entries)}


def _tip(field: str, form: str) -> dict[str, Any]:
    """Return one line of a tooltip."""
    return {"field": field, "type": "quantitative", "format": form}


def _line(
    rows: Sequence[Mapping[str, Any]],
    axes: Mapping[str, dict[str, Any]],
    colour: str,
    dash: Sequence[int],
    tips: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Draw one line."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": list(dash)},
        "encoding": {"x": axes["x"], "y": axes["y"] | {"field": "value"}, "tooltip": list(tips)},
    }


def _area(
    rows: Sequence[Mapping[str, Any]], x: dict[str, Any], y: dict[str, Any], fill: str
) -> dict[str, Any]:
    """Draw an interval."""
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "area", "color": fill, "opacity": 0.45},
        "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}},
    }


def _mark(mark: tuple[float, str], unit: str) -> list[dict[str, Any]]:
    """Draw a level across a panel, with its word."""
    level = {"datum": scaled(unit, [mark[0]])[0], "type": "quantitative"}
    words = {"type": "text", "align": "left", "dx": 3, "dy": -7, "color": WORDS, "fontSize": 10.5}
    at = {"x": {"value": 0}, "y": level, "text": {"value": mark[1]}}
    return [_rule({"y": level}, ORANGE, 1.6), {"data": {"values": [{}]}, "mark": words, "encoding": at}]


def _rows(years: Sequence[int], band: Band, unit: str) -> list[dict[str, Any]]:
    """Return the rows of one forecast."""
    columns = (scaled(unit, values) for values in (band.median, band.low, band.high))
    return [
        {"year": y, "series": band.name, "value": m, "low": lo, "high": hi}
        for y, m, lo, hi in zip(years, *columns, strict=True)
    ]


def _rule(where: Mapping[str, Any], colour: str, width: float) -> dict[str, Any]:
    """Draw a straight line across or down a panel."""
    mark = {"type": "rule", "color": colour, "strokeWidth": width, "opacity": 0.8}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": dict(where)}
