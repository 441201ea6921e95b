"""``foedus spiral``: two readings of an arms race, beside how badly such equations have forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.guarantee.spiral import Spiral

__all__ = ["spiral_command"]


def spiral_command(
    *,
    years: Annotated[int, Parameter(help="How many years the scenario runs, 1 to 30.")] = 10,
    less: Annotated[
        float, Parameter(help="How much less one side spends in the question of restraint, 0 to 0.5.")
    ] = 0.1,
    chart: ChartFile = None,
    json_output: Json = False,
) -> None:
    """Print Richardson's arms race in Europe's and in Russia's reading, under its errors out of sample.

    Parameters
    ----------
    years : int, default 10
        How many years the scenario runs.
    less : float, default 0.1
        How much less one side spends in the question of restraint.
    chart : pathlib.Path, optional
        Also draw the result.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.guarantee.spiral import Spiral, spiral

    check_chart(chart, None, Spiral)
    result = spiral(years=years, less=less)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, None, result)


def _text(result: Spiral) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    tables = [lay_out(table, title=table.title) for table in result.tables()]
    notes = "\n".join(f"- {line}" for line in result.notes)
    return "\n\n".join(
        [result.answer().lines(), *tables, f"Notes\n{notes}\nSource: {', '.join(result.cards)}."]
    )
