"""The chart of an arms race's two readings, beside the errors of such equations out of sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from foedus.guarantee.spiral import less_words
from foedus.guarantee.spiral_model import READINGS
from foedus.guarantee.spiral_record import CARD_ID, FORM_WORDS, FORMS, SIDE_WORDS, SIDES
from foedus.plotting.fit import fitted
from foedus.plotting.theme import BLUE, GREY, INK, MUTED, ORANGE, PALE, SAND, SKY, finish
from foedus.rounding import written
from foedus.units import in_per_cent

if TYPE_CHECKING:
    from foedus.guarantee.spiral import Spiral
    from foedus.guarantee.spiral_model import Reading
    from foedus.guarantee.spiral_record import Rival
    from foedus.plotting.chart import Chart
    from foedus.plotting.fit import Box

__all__ = ["readings_chart", "readings_stage"]

COLOURS = {"europe": (BLUE, SKY, [1, 0]), "russia": (ORANGE, SAND, [6, 3])}
"""Of each side the line, the band and the dash."""

SHORT = {
    "richardson": "Richardson, rival held",
    "coupled_pair": "Richardson, coupled",
    "own_level": "own level alone",
    "no_change": "no change",
    "growth": "growth carried on",
    "growth_coupled": "growth, coupled",
}
"""The forms in the fewest words."""

TITLES = {"europe_reading": "Europe's reading", "russia_reading": "Russia's reading"}


def readings_chart(result: Spiral) -> Chart:
    """Draw both readings side by side, and the table out of sample under them.

    Parameters
    ----------
    result : Spiral
        What :func:`foedus.guarantee.spiral.spiral` gives.

    Returns
    -------
    Chart
        Two panels of lines with the ranges' corners as bands, and a table of errors.
    """
    panels = [_panel(result, reading) | {"width": 258, "height": 190} for reading in READINGS]
    table = _table(result) | {"width": 460, "height": 20 * (len(FORMS) + 1)}
    return finish(
        {"vconcat": [{"hconcat": panels, "spacing": 24}, table], "spacing": 26},
        title=result.answer().title,
        subtitle=f"Spending against {result.start}, per cent: a scenario with assumed numbers, band over "
        "every corner of their ranges; grey: growth carried on, which stands. Below: mean absolute error of "
        "log spending out of sample; the least is set off.",
        source=f"Source: foedus; errors on SIPRI, April 2025: {CARD_ID}.",
        description=f"Two panels of lines, one for each reading, and a table of errors. {result.headline()}",
        summary=_summary(result),
    )


def readings_stage(result: Spiral, box: Box) -> Chart:
    """Draw both readings and the table without words around them, to fill a box.

    Parameters
    ----------
    result : Spiral
        The scenario.
    box : Box
        Its place.

    Returns
    -------
    Chart
        As :func:`readings_chart`.
    """
    return fitted(readings_chart(result), box)


def _panel(result: Spiral, reading: Reading) -> dict[str, Any]:
    """Return the lines and bands of one reading."""
    rows: list[dict[str, Any]] = [
        {
            "year": row.year,
            "change": row.change * 100,
            "low": row.low * 100,
            "high": row.high * 100,
            "side": SIDE_WORDS[row.side],
            "key": row.side,
            "said": f"{SIDE_WORDS[row.side]} {row.year}: {in_per_cent(row.change, 0)} % above {result.start}",
        }
        for row in result.paths
        if row.reading == reading
    ]
    carried = [{"year": r.year, "change": r.change * 100, "key": r.side} for r in result.carried]
    top = max(100 * max(row.high for row in result.paths), max(row["change"] for row in carried))
    low = min(0.0, 100 * min(row.low for row in result.paths))
    layers = [_band(rows, key) for key in COLOURS]
    layers += [_line(carried, key, GREY, COLOURS[key][2]) for key in COLOURS]
    layers += [_line(rows, key, COLOURS[key][0], COLOURS[key][2]) for key in COLOURS]
    ends = sorted((row for row in rows if row["year"] == rows[-1]["year"]), key=lambda row: -row["change"])
    # The upper line's name stands above it and the lower one's below, so that they never meet.
    layers += [_end([row], dy) for row, dy in zip(ends, (-9, 14), strict=True)]
    scale = {"domain": [low, top], "nice": True}
    axis = {"tickCount": 5, "gridColor": PALE, "title": "per cent"}
    y = {"field": "change", "type": "quantitative", "scale": scale, "axis": axis}
    for layer in layers:
        layer["encoding"]["y"] = y | {"field": layer["encoding"].pop("at", "change")}
    heading = {"text": TITLES[reading], "fontSize": 13, "offset": 6}
    return {"layer": layers, "title": heading}


def _years(field: str = "year") -> dict[str, Any]:
    """Return the axis of years."""
    axis = {"format": "d", "tickCount": 5, "grid": False, "title": None}
    return {"field": field, "type": "quantitative", "scale": {"zero": False, "nice": False}, "axis": axis}


def _of(key: str) -> list[dict[str, Any]]:
    """Keep one side's rows."""
    return [{"filter": f"datum.key == '{key}'"}]


def _band(rows: list[dict[str, Any]], key: str) -> dict[str, Any]:
    """Return the band over the corners of one side."""
    return {
        "data": {"values": rows},
        "transform": _of(key),
        "mark": {"type": "area", "color": COLOURS[key][1], "opacity": 0.35},
        "encoding": {"x": _years(), "at": "low", "y2": {"field": "high"}},
    }


def _line(rows: list[dict[str, Any]], key: str, colour: str, dash: list[int]) -> dict[str, Any]:
    """Return the line of one side."""
    encoding: dict[str, Any] = {"x": _years(), "at": "change"}
    if "said" in rows[0]:
        encoding["tooltip"] = [{"field": "said", "type": "nominal", "title": "scenario"}]
    return {
        "data": {"values": rows},
        "transform": _of(key),
        "mark": {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": dash},
        "encoding": encoding,
    }


def _end(rows: list[dict[str, Any]], dy: int) -> dict[str, Any]:
    """Return a side's name at the end of its line."""
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "align": "right", "dx": -2, "dy": dy, "color": INK, "fontSize": 11},
        "encoding": {"x": _years(), "at": "change", "text": {"field": "side"}},
    }


def _table(result: Spiral) -> dict[str, Any]:
    """Return the errors as a table, the least of each column set off."""
    columns = [(side, ahead) for side in SIDES for ahead in result.horizons]
    heads = [_head(side, ahead) for side, ahead in columns]
    cells = [
        {
            "form": SHORT[row.form],
            "column": _head(row.side, row.ahead),
            "error": written(row.error, 3),
            "best": row is result.error(row.side, row.ahead),
        }
        for row in result.errors
    ]
    y = {
        "field": "form",
        "type": "nominal",
        "sort": [SHORT[form] for form in FORMS],
        "title": None,
        "axis": {"grid": False, "labelColor": INK, "labelLimit": 260},
    }
    x: dict[str, Any] = {"field": "column", "type": "nominal", "sort": heads, "title": None}
    x["axis"] = {"orient": "top", "labelAngle": 0, "domain": False, "ticks": False, "labelColor": MUTED}
    mark = {"type": "text", "fontSize": 11.5}
    colour = {"condition": {"test": "datum.best", "value": BLUE}, "value": INK}
    encoding = {"x": x, "y": y, "text": {"field": "error"}, "color": colour}
    plain = {"mark": mark, "encoding": encoding, "transform": [{"filter": "!datum.best"}]}
    bold = {"mark": mark | {"fontWeight": "bold"}, "encoding": encoding}
    return {
        "data": {"values": cells},
        "layer": [plain, bold | {"transform": [{"filter": "datum.best"}]}],
    }


def _head(side: Rival, ahead: int) -> str:
    """Return the heading of a column of errors."""
    return f"{SIDE_WORDS[side].removeprefix('NATO ')}, {ahead} y"


def _summary(result: Spiral) -> list[str]:
    """Return the readings and the best forecasts in words."""
    last = result.start + result.years
    words = [
        f"{TITLES[row.reading]}, {SIDE_WORDS[row.side]} in {last}: {in_per_cent(row.change, 0)} % above "
        f"{result.start} ({in_per_cent(row.low, 0)} to {in_per_cent(row.high, 0)} over the ranges)."
        for row in result.paths
        if row.year == last
    ]
    for side in SIDES:
        for ahead in result.horizons:
            best, own = result.error(side, ahead), result.error(side, ahead, "richardson", "coupled_pair")
            words.append(
                f"{SIDE_WORDS[side]}, {ahead} years ahead: least error {written(best.error, 3)} by "
                f"{FORM_WORDS[best.form]}; Richardson {written(own.error, 3)}."
            )
    words += [
        f"{TITLES[row.reading]}: {SIDE_WORDS[row.side]} spends less, the other spends "
        f"{less_words(row.rival_change)}."
        for row in result.restraint
    ]
    return words
