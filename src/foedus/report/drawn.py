"""Which charts each kind of result has: the one table that commands, the report, pages and notebooks read.

To give a new result a chart, write a function of it in :mod:`foedus.report.figures` and enter it here.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, UnknownNameError

if TYPE_CHECKING:
    from foedus.plotting.chart import Picture

__all__ = ["CHARTS", "chart_of", "html_of", "kind_of"]

CHARTS: dict[str, dict[str, str]] = {
    "Status": {"bars": "status_chart", "map": "map_chart", "editions": "counts_chart"},
    "FigureAnswer": {"figure": "figure_chart"},
    "Run": {
        "paths": "run_chart",
        "horizon": "horizon_chart",
        "allies": "ally_paths_chart",
        "skill": "skill_chart",
    },
    "PledgeReading": {"cost": "pledge_chart"},
    "Burden": {"ranks": "burden_chart"},
    "Revision": {"count": "revision_chart"},
    "Accession": {"calendar": "accession_chart"},
    "Decision": {"positions": "decision_chart"},
    "Comparison": {"paths": "compare_chart"},
}
"""For each class of result its charts by kind, the usual one first: names in :mod:`foedus.report.figures`."""


def kind_of(result: str, kind: str | None = None) -> str:
    """Give the function that draws a kind of chart.

    Parameters
    ----------
    result : str
        The name of the result's class.
    kind : str, optional
        The kind of chart; without it, the usual one.

    Returns
    -------
    str
        A name in :mod:`foedus.report.figures`.

    Raises
    ------
    InputError
        When the result has no charts.
    UnknownNameError
        When it has no such chart.
    """
    if result not in CHARTS:
        raise InputError(f"there is no chart of a {result}", do=f"draw one of {', '.join(CHARTS)}")
    charts = CHARTS[result]
    if kind is None:
        return next(iter(charts.values()))
    if kind not in charts:
        raise UnknownNameError("chart of this result", kind, charts, do=f"use {', '.join(charts)}")
    return charts[kind]


def chart_of(result: Any, kind: str | None = None, **options: Any) -> Picture:
    """Draw a result.

    Parameters
    ----------
    result : object
        What a measure, an answer or a run gives.
    kind : str, optional
        The kind of chart; without it, the usual one.
    **options
        What the chart's function takes besides the result.

    Returns
    -------
    Picture
        The chart.

    Raises
    ------
    InputError
        When the result has no charts, or the libraries that draw are not installed.
    UnknownNameError
        When it has no such chart.
    """
    name = kind_of(type(result).__name__, kind)
    made: Picture = getattr(import_module("foedus.report.figures"), name)(result, **options)
    return made


def html_of(result: Any) -> str:
    """Show a result in a notebook: its usual chart with its words, or its text when charts cannot be drawn.

    Parameters
    ----------
    result : object
        What a measure, an answer or a run gives.

    Returns
    -------
    str
        HTML without scripts.
    """
    from html import escape

    try:
        return chart_of(result)._repr_html_()
    except InputError as error:
        return f"<p>{escape(type(result).__name__)}: {escape(str(error))}</p>"
