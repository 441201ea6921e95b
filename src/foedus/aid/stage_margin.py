"""The margin of the months of aid: the sums of the months ahead by both forecasts, as words and bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from foedus.aid.forecast_words import KIND_WORDS, amount_words, months_words, written_span
from foedus.plotting.tokens import token
from foedus.rounding import written
from foedus.units import points

if TYPE_CHECKING:
    from foedus.aid.forecast import AidForecast, SumForecast, SumSpread

__all__ = ["MARGIN", "margin", "pixel_word", "pixel_words"]

MARGIN = 196
"""Room for the sums at the right, in pixels."""

BAR = MARGIN - 40
"""How long the bar of the sums is, in pixels."""


def pixel_word(
    x: float, y: float, word: str, colour: str, *, size: float = 12.5, bold: bool = False
) -> dict[str, Any]:
    """Return a word at a place in the plot.

    Parameters
    ----------
    x, y : float
        In pixels from the upper left corner of the plot.
    word : str
        The word.
    colour : str
        The token of its colour.
    size : float, default 12.5
        In pixels.
    bold : bool, default False
        Whether it is set in bold.

    Returns
    -------
    dict
        One row for :func:`pixel_words`.
    """
    return {
        "px": x,
        "py": y,
        "word": word,
        "colour": token(colour),
        "size": size,
        "weight": 600 if bold else 400,
    }


def pixel_words(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the layers of words at places in pixels: those of one look are one layer."""
    looks = dict.fromkeys((row["colour"], row["size"], row["weight"]) for row in rows)
    return [
        {
            "data": {"values": [row for row in rows if (row["colour"], row["size"], row["weight"]) == look]},
            "mark": {
                "type": "text",
                "align": "left",
                "color": look[0],
                "fontSize": look[1],
                "fontWeight": look[2],
            },
            "encoding": {"x": _pixel("px"), "y": _pixel("py"), "text": {"field": "word"}},
        }
        for look in looks
    ]


def _pixel(field: str) -> dict[str, Any]:
    """Return a place in pixels."""
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def margin(forecast: AidForecast, left: float) -> list[dict[str, Any]]:
    """Return the layers of the margin.

    Parameters
    ----------
    forecast : AidForecast
        What :func:`foedus.aid.forecast.aid_forecast` gives.
    left : float
        Where it begins, in pixels.

    Returns
    -------
    list of dict
        Words, and a bar with the middle 80 % of each forecast on a scale of its own.
    """
    row = forecast.longest
    model = row.hazard or row.hurdle
    both = {"model": model, "repeated": row.repeated}
    order = ("repeated", "model") if row.stands == "repeated" else ("model", "repeated")
    words = _heading(forecast, row, left)
    bars: list[dict[str, Any]] = []
    y = 62.0
    for name in order:
        spread = both[name]
        words += _sum_words(name, row, spread, left, y)
        bars += _sum_bar(name, spread, max(model.p90, row.repeated.p90), left, y + 36)
        y += 64
    words.append(pixel_word(left, y, f"{amount_words(row.before)} bn", "ink", size=17, bold=True))
    count = "month" if row.ahead == 1 else f"{row.ahead} months"
    words.append(pixel_word(left, y + 18, f"the {count} before", "soft"))
    words += _month_words(forecast, left, y + 50)
    return [*pixel_words(words), *bars]


def _heading(forecast: AidForecast, row: SumForecast, left: float) -> list[dict[str, Any]]:
    """Return which months the sums are of, and of whom."""
    whose = "all donors" if forecast.target == "all_donors" else forecast.name
    return [
        pixel_word(left, 6, f"{months_words(row.first, row.last)},", "ink", bold=True),
        pixel_word(left, 23, f"{whose}, {KIND_WORDS[forecast.kind]}", "ink", bold=True),
    ]


def _sum_words(name: str, row: SumForecast, spread: SumSpread, left: float, y: float) -> list[dict[str, Any]]:
    """Return a sum, its middle 80 %, and by which forecast it is."""
    low, middle, high = written_span(spread)
    number = f"{middle} bn"
    by = "last 12 months again" if name == "repeated" else "foedus"
    if name == "model" and row.score is not None:
        skill = f", skill {points(row.score.over_repeated, 0)} %"
        by += ": not better" if row.stands == "repeated" else skill
    return [
        pixel_word(left, y, number, "us" if name == "model" else "nochange", size=17, bold=True),
        pixel_word(left + 10 * len(number) + 2, y + 1, f"{low} to {high}", "soft"),
        pixel_word(left, y + 18, by, "soft"),
    ]


def _sum_bar(name: str, spread: SumSpread, top: float, left: float, y: float) -> list[dict[str, Any]]:
    """Return the bar of a sum: the whole, the middle 80 %, and the median."""
    scale = BAR / (1.1 * top) if top > 0.0 else 0.0
    low, middle, high = (left + scale * value for value in (spread.p10, spread.p50, spread.p90))
    hurdle = name == "model"
    part: dict[str, Any] = {"fill": token("us-3")}
    if not hurdle:
        part = {"fill": token("paper"), "stroke": token("nochange"), "strokeDash": [2, 2], "strokeWidth": 1.4}
    line = {"fill": token("us" if hurdle else "nochange")}
    return [
        _strip(left, left + BAR, y - 2, y + 2, {"fill": token("hair")}),
        _strip(low, high, y - 3, y + 3, part),
        _strip(middle - 2, middle + 2, y - 5, y + 5, line),
    ]


def _strip(x: float, x2: float, y: float, y2: float, look: dict[str, Any]) -> dict[str, Any]:
    """Return a layer of one box at a place in pixels."""
    return {
        "data": {"values": [{"px": x, "px2": x2, "py": y, "py2": y2}]},
        "mark": {"type": "rect", **look},
        "encoding": {"x": _pixel("px"), "x2": {"field": "px2"}, "y": _pixel("py"), "y2": {"field": "py2"}},
    }


def _month_words(forecast: AidForecast, left: float, y: float) -> list[dict[str, Any]]:
    """Return what one month may bring, and how often the middle 80 % held."""
    model = forecast.month_hurdle if forecast.month_stands == "repeated" else forecast.month_standing
    month = {"foedus": model, "last 12 months": forecast.month_repeated}
    lines = ["One month, middle 80 %:"]
    for name, spread in month.items():
        low, _, high = written_span(spread)
        lines.append(f"{name}: {low} to {high} bn")
    score = forecast.longest.score
    if score is not None:
        lines.append(f"foedus held {written(score.covered, 0, scale=2)} % of {score.origins} past sums.")
    return [pixel_word(left, y + 17 * i, line, "soft") for i, line in enumerate(lines)]
