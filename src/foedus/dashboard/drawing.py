"""The standard charts on a page: as finished pictures at first, as specifications once the page is there.

The first answer carries SVG drawn by the packaged renderer, so that a page shows without a script. Later
answers carry specifications, which the browser draws in a third of the time with the same library, taken from
the same package. The library reads its expressions instead of compiling them, so that no policy need be
loosened.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.dashboard.failing import log_failure
from foedus.dashboard.views import PageChart
from foedus.errors import FoedusError, NoDataError

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.plotting.chart import Chart
    from foedus.results import Result

__all__ = ["NARROW", "WIDE", "Drawing", "charts_of", "charts_script", "draw", "picture"]

WIDE, NARROW = 640, 340
"""The widths charts are drawn for, in pixels."""


@dataclass(frozen=True)
class Drawing:
    """A drawn chart and its words.

    Attributes
    ----------
    name, svg : str
        Its name on the page, and the picture or the sentence in its place; empty when the browser draws it.
    spec : mapping
        Its specification.
    title, description, source : str
        What it shows, the text alternative, and where its figures come from.
    summary : tuple of str
        The main figures in words.
    """

    name: str
    svg: str
    spec: Mapping[str, Any]
    title: str
    description: str
    summary: tuple[str, ...]
    source: str


def draw(state: AppState, key: Any, chart: PageChart, width: int, *, here: bool) -> Drawing:
    """Draw a chart for a page.

    Parameters
    ----------
    state : AppState
        Keeps what was drawn.
    key : hashable
        What was asked.
    chart : PageChart
        The chart.
    width : int
        The width it has on the page.
    here : bool
        Draw the picture here; otherwise the browser will, from the specification.

    Returns
    -------
    Drawing
        The picture or its specification, and its words; a sentence in the place of a picture that cannot be
        drawn.
    """
    try:
        return state.drawn((key, chart.name, width, here), lambda: _drawn(chart, width, here))
    except Exception as error:  # the answer is there: a chart less must not take it away
        return _undrawn(chart, error)


def charts_of(result: Result) -> tuple[PageChart, ...]:
    """Return the standard charts of a result.

    Parameters
    ----------
    result : Result
        What a measure gives.

    Returns
    -------
    tuple of PageChart
        The usual one first; none for a result that has no chart.
    """
    return tuple(PageChart(kind, partial(result.chart, kind)) for kind in result.charts())


def charts_script(state: AppState) -> bytes:
    """Return the charting library as one script, from the installed package.

    Parameters
    ----------
    state : AppState
        Keeps it.

    Returns
    -------
    bytes
        A module that puts its one function into ``window.foedusEmbed``.
    """
    from foedus.plotting.write import charts_library

    return state.drawn("charts.js", charts_library)


def picture(chart: PageChart, kind: str) -> bytes:
    """Draw a chart as a file.

    Parameters
    ----------
    chart : PageChart
        The chart.
    kind : {"png", "svg"}
        The format.

    Returns
    -------
    bytes
        The file.

    Raises
    ------
    NoDataError
        When the chart cannot be drawn of this answer.
    """
    try:
        plot: Chart = chart.make()
        return plot.png() if kind == "png" else plot.svg().encode()
    except Exception as error:
        raise undrawn(chart, error) from error


def _drawn(chart: PageChart, width: int, here: bool) -> Drawing:
    """Draw a chart and collect its words."""
    from foedus.plotting.narrow import narrow

    plot: Chart = chart.make()
    if width < WIDE:
        plot = narrow(plot)
    svg = _one_picture(plot.svg()) if here else ""
    return Drawing(chart.name, svg, plot.spec, plot.title, plot.description, plot.summary, plot.source)


def _undrawn(chart: PageChart, error: Exception) -> Drawing:
    """Return what stands in the place of a chart that cannot be drawn."""
    sentence = str(undrawn(chart, error))
    svg = f'<p class="sentence" role="note">{html.escape(sentence)}</p>'
    return Drawing(chart.name, svg, {}, "A chart that cannot be drawn", sentence, (), "")


def undrawn(chart: PageChart, error: Exception) -> FoedusError:
    """Return the error of a chart that cannot be drawn: an unexpected one is in the log under a number.

    Parameters
    ----------
    chart : PageChart
        The chart.
    error : Exception
        What was raised.

    Returns
    -------
    FoedusError
        One sentence.
    """
    if isinstance(error, FoedusError):
        return NoDataError(f"the chart {chart.name!r} cannot be drawn of this answer ({error.what})")
    number = log_failure(error, f"the chart {chart.name}")
    return NoDataError(
        f"the chart {chart.name!r} cannot be drawn of this answer", do=f"report it with the number {number}"
    )


def _one_picture(svg: str) -> str:
    """Make a chart one picture with one label; the marks' own labels stay for the pointer."""
    start = svg.index(">") + 1  # the label of the whole stands in the first tag
    inner = re.sub(r' (?:role|aria-roledescription)="[^"]*"', "", svg[start:])
    return svg[:start] + inner.replace(' aria-label="', ' data-label="')
