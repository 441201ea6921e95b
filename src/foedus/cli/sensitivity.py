"""``foedus sensitivity``: which chance drives a number of a scenario, or which number of the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.analysis.question import SensitivityQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.compare_many import discovery_text
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.analysis.discovery_result import Discovery
    from foedus.analysis.drivers import ShockIndices
    from foedus.analysis.number_result import NumberIndices

__all__ = ["sensitivity_command"]

MOST_NUMBERS = 12
"""The most numbers that are printed of each answer; all stand in the JSON object."""


@question_command(
    SensitivityQuestion,
    names={"changes": "--set", "ranges": "--range"},
    one_each=("changes", "ranges"),
)
def sensitivity_command(
    question: SensitivityQuestion,
    *,
    workers: Annotated[int | None, Parameter(help="Threads; without it one per core.")] = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print how much of the spread of a scenario's numbers each chance carries, or what each number does."""
    from foedus.analysis.driving import drivers_of, drivers_type
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.cli.run import progress_bar

    check_chart(chart, chart_kind, drivers_type(question))
    with progress_bar(unit="runs" if question.numbers else "draws") as progress:
        result = drivers_of(question, workers=workers, progress=progress)
    emit(result.payload(), "" if json_output else _words(result), json_output)
    draw(chart, chart_kind, result)


def _words(result: ShockIndices | NumberIndices | Discovery) -> str:
    """Write the analysis for people."""
    from foedus.analysis.discovery_result import Discovery

    return discovery_text(result) if isinstance(result, Discovery) else _text(result)


def _text(result: ShockIndices | NumberIndices) -> str:
    """Write the analysis for people: the answer, a table for each number, and what must be known."""
    from dataclasses import replace

    from foedus.cli.output import lay_out

    parts = [result.answer().lines()]
    for table in result.tables():
        shown = replace(table, rows=table.rows[:MOST_NUMBERS])
        more = len(table.rows) - len(shown.rows)
        rest = f"\nand {more} more" if more else ""
        parts.append(f"{lay_out(shown, title=table.title)}{rest}" if table.rows else table.title)
    parts += [f"Note: {note}" for note in result.notes()]
    return "\n\n".join(parts)
