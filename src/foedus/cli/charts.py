"""``--chart FILE``: draw a command's result and write it, as the last thing a command does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

if TYPE_CHECKING:
    from foedus.results import Result

__all__ = ["ChartFile", "ChartKind", "check_chart", "draw"]

ChartFile = Annotated[
    Path | None,
    Parameter(
        name="--chart", help="Also draw the result; the ending .png, .svg, .pdf or .html says the format."
    ),
]
"""The option that asks for a chart."""

ChartKind = Annotated[
    str | None,
    Parameter(name="--chart-kind", help="Which chart, where a result has several."),
]
"""The option that chooses among a result's charts."""


def check_chart(path: Path | None, kind: str | None, result: type[Result]) -> None:
    """Refuse a chart that cannot be, before anything is computed.

    Parameters
    ----------
    path : pathlib.Path or None
        The file; None when no chart was asked for.
    kind : str or None
        The kind of chart; None is the first that the result has.
    result : type of Result
        What the command will draw.

    Raises
    ------
    InputError
        When the ending is none of a chart, a kind is given without a file, or the libraries that draw are not
        installed.
    UnknownNameError
        When the result has no such chart.
    StorageError
        When no file can be written there.
    """
    if path is None and kind is None:
        return
    from foedus.errors import InputError
    from foedus.plotting.theme import altair
    from foedus.plotting.write import check_chart_path

    result.chart_function(kind)
    if path is None:
        raise InputError("no chart was asked for", where="--chart-kind", do="add --chart FILE.png")
    check_chart_path(path)
    altair()


def draw(path: Path | None, kind: str | None, result: Result, **options: Any) -> None:
    """Draw a result and say on standard error where the chart is.

    Parameters
    ----------
    path : pathlib.Path or None
        The file; None when no chart was asked for.
    kind : str or None
        The kind of chart; None is the first that the result has.
    result : Result
        What a command prints.
    **options
        What the chart takes besides the result.
    """
    if path is not None:
        from foedus.cli.output import note
        from foedus.plotting.write import write_chart

        write_chart(result.chart(kind, **options), path)
        note(f"The chart is in {path}")
