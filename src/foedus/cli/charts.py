"""``--chart FILE``: draw a command's result and write it, as the last thing a command does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

if TYPE_CHECKING:
    from foedus.report.picture import Picture

__all__ = ["ChartFile", "check_chart", "draw"]

ChartFile = Annotated[
    Path | None,
    Parameter(
        name="--chart", help="Also draw the result; the ending .png, .svg, .pdf or .html says the format."
    ),
]
"""The option that asks for a chart."""


def check_chart(path: Path | None) -> None:
    """Refuse a chart's file that cannot be, before anything is computed.

    Parameters
    ----------
    path : pathlib.Path or None
        The file; None when no chart was asked for.

    Raises
    ------
    InputError
        When the ending is none of a chart, or the libraries that draw are not installed.
    StorageError
        When the folder does not exist.
    """
    if path is not None:
        from foedus.report.theme import altair
        from foedus.report.write import check_chart_path

        check_chart_path(path)
        altair()


def draw(path: Path | None, make: Callable[..., Picture], *result: Any) -> None:
    """Draw a result and say on standard error where the chart is.

    Parameters
    ----------
    path : pathlib.Path or None
        The file; None when no chart was asked for.
    make : callable
        The function of :mod:`foedus.report.figures` that draws it.
    *result : object
        What it draws.
    """
    if path is not None:
        from foedus.cli.output import note
        from foedus.report.write import write_chart

        write_chart(make(*result), path)
        note(f"The chart is in {path}")
