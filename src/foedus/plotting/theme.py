"""One look for every chart: colours, type, and what stands above and below.

Colours differ in lightness as well as in hue, so that a chart reads the same to colour-blind readers and on a
grey print; where two series share a panel they differ in dash or shape too. Every chart has its title and
unit above, its source below, and a text alternative with a summary.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from foedus.errors import InputError
from foedus.extending import install
from foedus.plotting.chart import Chart
from foedus.plotting.tokens import token

__all__ = [
    "BLUE",
    "CONFIG",
    "FONT",
    "GREY",
    "INK",
    "LIGHT",
    "MUTED",
    "ORANGE",
    "PALE",
    "PAPER",
    "PLUM",
    "SAND",
    "SEQUENCE",
    "SKY",
    "WIDTH",
    "altair",
    "data",
    "finish",
]

INK, MUTED, GREY, LIGHT, PALE = (token(name) for name in ("ink", "soft", "axis", "line", "hair"))
BLUE, ORANGE, PLUM = token("us"), token("mine-fill"), token("plum")
SKY, SAND = token("us-3"), token("mine-2")
"""The pale companions of blue and orange, for intervals."""
PAPER = token("paper")
"""What a chart is drawn on: the rim of words that cross a line."""
SEQUENCE = tuple(token(name) for name in ("mine-3", "us-4", "us-3", "us-2", "us", "us-5"))
"""From light to dark: more is darker."""

FONT = "'Stage Sans', Arial, Helvetica, 'Liberation Sans', sans-serif"
WIDTH = 640
"""The width that a chart is drawn for, in pixels."""

_LINE, _NOTE = 94, 116
"""How many characters of a subtitle and of a source fit into :data:`WIDTH`."""


def altair() -> Any:
    """Return the charting library.

    Returns
    -------
    module
        ``altair``.

    Raises
    ------
    InputError
        When it is not installed.
    """
    try:
        import altair as library
    except ImportError as error:
        raise InputError(
            "the library that draws charts is not installed",
            where="charts",
            do=install("charts"),
        ) from error
    return library


def data(rows: Iterable[Mapping[str, Any]]) -> Any:
    """Put rows into a chart as they are.

    Parameters
    ----------
    rows : iterable of mapping
        One mapping a row.

    Returns
    -------
    altair.Data
        Inline data: a chart asks for nothing from anywhere.
    """
    return altair().Data(values=[dict(row) for row in rows])


def finish(
    body: Any,
    *,
    title: str,
    subtitle: str,
    source: str,
    description: str,
    summary: Iterable[str] = (),
    width: int = WIDTH,
) -> Chart:
    """Put title, unit, source and text alternative around a chart.

    Parameters
    ----------
    body : altair chart or dict
        The marks and axes; a dict is a Vega-Lite specification, where building it with Altair takes too long.
    title, subtitle : str
        What it shows; and what is drawn, of what, in which unit.
    source : str
        Publisher, edition and day, or the run and its editions.
    description : str
        The text alternative: what the chart shows, in two sentences at most.
    summary : iterable of str
        The main figures in words, for readers who cannot see the chart.
    width : int, default 640
        The width in pixels that titles are wrapped to.

    Returns
    -------
    Chart
        The chart in the house's look.
    """
    inner = dict(body) if isinstance(body, dict) else body.to_dict(validate=False)
    for key in ("$schema", "config"):
        inner.pop(key, None)
    scale = width / WIDTH
    inner["title"] = {
        "text": textwrap.wrap(title, int(62 * scale)),
        "subtitle": textwrap.wrap(subtitle, int(_LINE * scale)),
    }
    foot = {"orient": "bottom", "anchor": "start", "fontSize": 10, "fontWeight": "normal", "color": MUTED}
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "description": description,
        "background": PAPER,
        "padding": 14,
        "config": CONFIG,
        "datasets": inner.pop("datasets", {}),
        "title": foot | {"text": textwrap.wrap(source, int(_NOTE * scale)), "offset": 12, "lineHeight": 13},
        "concat": [inner],
        # Scales stay with the panel, so that its legend stands below the title and not above it.
        "resolve": {"scale": dict.fromkeys(("color", "fill", "shape", "strokeDash"), "independent")},
    }
    return Chart(spec, title, description, tuple(summary), source)


CONFIG: dict[str, Any] = {
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "labelFontSize": 11,
        "titleFontSize": 11,
        "gridColor": PALE,
        "domainColor": GREY,
        "tickColor": GREY,
        "tickSize": 4,
        "labelFlush": False,
        "labelPadding": 4,
    },
    "axisY": {"domain": False, "ticks": False},
    "title": {
        "anchor": "start",
        "frame": "bounds",
        "color": INK,
        "fontSize": 16,
        "lineHeight": 20,
        "subtitleColor": MUTED,
        "subtitleFontSize": 12,
        "subtitleLineHeight": 16,
        "subtitlePadding": 6,
        "offset": 14,
    },
    "header": {
        "labelAnchor": "start",
        "labelColor": INK,
        "labelFontSize": 12,
        "labelFontWeight": "bold",
        "title": None,
    },
    "legend": {
        "orient": "top",
        "title": None,
        "labelColor": INK,
        "labelFontSize": 11,
        "labelLimit": 400,
        "symbolStrokeWidth": 2,
        "offset": 8,
    },
    "text": {"color": INK, "fontSize": 11},
    "concat": {"spacing": 26},
    "facet": {"spacing": 22},
}
"""The look, in Vega-Lite's words."""
