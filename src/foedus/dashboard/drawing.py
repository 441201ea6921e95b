"""The standard charts on a page: as finished pictures at first, as numbers once the page can draw.

The first answer carries SVG drawn by the packaged renderer, so that a page shows without a script. Later
answers carry specifications, which the browser draws in a third of the time with the same library, taken from
the same package, and once it holds a specification its rows alone. The library reads its expressions instead
of compiling them, so that no policy need be loosened.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from foedus.dashboard.failing import log_failure
from foedus.dashboard.views import PageChart
from foedus.errors import FoedusError, NoDataError
from foedus.plotting.fit import Box

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.plotting.chart import Chart
    from foedus.results import Result

__all__ = ["NARROW", "WIDE", "ChartNumbers", "Drawing", "boxed", "charts_of", "draw", "numbers", "picture"]

WIDE, NARROW = Box(900, 520), Box(374, 210)
"""What charts are drawn for where no script has said how large their place is."""


@dataclass(frozen=True)
class Drawing:
    """A drawn chart and its words.

    Attributes
    ----------
    name, wide, narrow : str
        Its name on the page, and the pictures for a desk and for a phone, or the sentence in their place.
    title, description, source : str
        What it shows, the text alternative, and where its figures come from.
    summary : tuple of str
        The main figures in words.
    bar : str
        The control that is a line on it.
    """

    name: str
    wide: str
    narrow: str
    title: str
    description: str
    summary: tuple[str, ...]
    source: str
    bar: str = ""


@dataclass(frozen=True)
class ChartNumbers:
    """What a browser needs to draw a chart.

    Attributes
    ----------
    shape : str
        The mark of the specification.
    spec : mapping
        The specification without its rows.
    rows : mapping
        The rows by name.
    label : str
        The text alternative.
    description, source : str
        What the chart shows, and where its figures come from.
    summary : tuple of str
        The main figures in words.
    """

    shape: str
    spec: Mapping[str, Any]
    rows: Mapping[str, Sequence[Any]]
    label: str
    description: str
    source: str
    summary: tuple[str, ...]

    def moving(self) -> dict[str, Sequence[Any]]:
        """Return the rows that differ from one answer to the next: not shapes of countries, say."""
        return {name: rows for name, rows in self.rows.items() if not name.startswith("still_")}


def draw(state: AppState, key: Any, chart: PageChart, marked: Sequence[str] = ()) -> Drawing:
    """Draw a chart for a page.

    Parameters
    ----------
    state : AppState
        Keeps what was drawn.
    key : hashable
        What was asked.
    chart : PageChart
        The chart.
    marked : sequence of str
        The codes of the allies that are highlighted.

    Returns
    -------
    Drawing
        Both pictures, and their words; a sentence in the place of a picture that cannot be drawn.
    """
    try:
        return state.drawn((key, chart.name, tuple(marked), "drawn"), lambda: _drawn(chart, marked))
    except Exception as error:  # the answer is there: a chart less must not take it away
        return _undrawn(chart, error)


def numbers(
    state: AppState, key: Any, chart: PageChart, box: Box, marked: Sequence[str] = ()
) -> ChartNumbers | None:
    """Return what a browser needs to draw a chart itself.

    Parameters
    ----------
    state : AppState
        Keeps it.
    key : hashable
        What was asked.
    chart : PageChart
        The chart.
    box : Box
        Its place on the page.
    marked : sequence of str
        The codes of the allies that are highlighted.

    Returns
    -------
    ChartNumbers or None
        The specification, its rows apart; None of a chart that cannot be drawn.
    """

    def make() -> ChartNumbers:
        from foedus.plotting.fit import shape_and_data

        plot = boxed(chart, box, marked)
        spec, rows, shape = shape_and_data(plot.spec)
        label = f"{plot.title}. {plot.description}"
        return ChartNumbers(shape, spec, rows, label, plot.description, plot.source, plot.summary)

    try:
        return state.drawn((key, chart.name, tuple(marked), box), make)
    except Exception:  # who draws it here then says why it cannot be drawn
        return None


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
    return tuple(
        PageChart(kind, partial(result.chart, kind), title=kind.replace("_", " ").capitalize())
        for kind in result.charts()
    )


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


def boxed(chart: PageChart, box: Box, marked: Sequence[str]) -> Chart:
    """Return the chart for a box, with allies highlighted."""
    from foedus.plotting.fit import fitted
    from foedus.plotting.highlight import highlighted
    from foedus.plotting.narrow import narrow

    if chart.draw is not None:
        plot: Chart = chart.draw(box)
    else:
        whole: Chart = chart.make()
        plot = fitted(narrow(whole) if box.narrow else whole, box)
    return highlighted(plot, marked) if marked else plot


def _drawn(chart: PageChart, marked: Sequence[str]) -> Drawing:
    """Draw a chart for desk and phone, and collect its words."""
    from foedus.plotting.write import chart_svg

    wide, slim = (boxed(chart, box, marked) for box in (WIDE, NARROW))
    at_desk, on_phone = (_one_picture(chart_svg(plot, named=True)) for plot in (wide, slim))
    return Drawing(
        chart.name, at_desk, on_phone, wide.title, wide.description, wide.summary, wide.source, bar=chart.bar
    )


def _undrawn(chart: PageChart, error: Exception) -> Drawing:
    """Return what stands in the place of a chart that cannot be drawn."""
    sentence = str(undrawn(chart, error))
    svg = f'<p class="sentence" role="note">{html.escape(sentence)}</p>'
    return Drawing(chart.name, svg, svg, "A chart that cannot be drawn", sentence, (), "")


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
