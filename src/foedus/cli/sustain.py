"""``foedus sustain``: how long support can be given at a rate, and what binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.aid.question import SustainQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.aid.sustain import Sustain

__all__ = ["sustain_command"]


@question_command(SustainQuestion)
def sustain_command(
    question: SustainQuestion,
    *,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print for how many months support can be given at a rate, what binds, and years to replace."""
    from foedus.aid.sustain import Sustain
    from foedus.analysis.support import sustain_of
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Sustain)
    result = sustain_of(question)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _text(result: Sustain) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    answer = result.answer()
    tables = [lay_out(table, title=table.title) for table in result.tables()]
    levers = [" ".join(result.levers)] if result.levers else []
    return "\n\n".join([answer.sentence(), *levers, *tables, "\n".join(answer.beside)])
