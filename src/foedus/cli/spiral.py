"""``foedus spiral``: two readings of an arms race, beside how badly such equations have forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json
from foedus.guarantee.question import SpiralQuestion

if TYPE_CHECKING:
    from foedus.guarantee.spiral import Spiral

__all__ = ["spiral_command"]


@question_command(SpiralQuestion)
def spiral_command(question: SpiralQuestion, *, chart: ChartFile = None, json_output: Json = False) -> None:
    """Print Richardson's arms race in Europe's and in Russia's reading, under its errors out of sample."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.guarantee.spiral import Spiral, spiral

    check_chart(chart, None, Spiral)
    result = spiral(**question.model_dump())
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
