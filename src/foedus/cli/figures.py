"""``foedus figure`` and ``foedus export``: figures with their edition and source, on screen or in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.evidence.question import ExportQuestion, FigureQuestion

if TYPE_CHECKING:
    from foedus.evidence.query import FigureAnswer

__all__ = ["export", "figure"]


@question_command(FigureQuestion)
def figure(
    question: FigureQuestion,
    *,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print the figures of an indicator with edition, status and source, and what is made of them."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.evidence.asking import figures_of
    from foedus.evidence.query import FigureAnswer

    check_chart(chart, chart_kind, FigureAnswer)
    answer = figures_of(question)
    emit(answer.payload(), "" if json_output else _text(answer), json_output)
    draw(chart, chart_kind, answer)


def _text(answer: FigureAnswer) -> str:
    """Write figures for people, with what is missing, notes and sources."""
    from foedus.cli.output import lay_out
    from foedus.tables import Column

    whole = answer.table("figures")
    years = [column.key for column in whole.columns if column.key == "first_year"]
    year = next(column.label for column in whole.columns if column.key == "year")
    figures = whole.select(
        "name",
        *years,
        Column("year", year, "year", align="left"),
        Column("shown", "Value", align="right"),
        *(column.key for column in answer.columns),
        *("status", "known", "edition", "note"),
    )
    gaps = "\n".join(answer.gaps())
    lines = [f"- {line}" for line in answer.notes]
    lines += [f"- {c.id}: {c.publisher}, {c.title}, {c.published}. {c.url}" for c in answer.cards]
    parts = (answer.answer().lines(), f"{whole.title}\n{lay_out(figures)}", gaps, "\n".join(lines))
    return "\n\n".join(part for part in parts if part)


@question_command(ExportQuestion)
def export(question: ExportQuestion, *, json_output: Json = False) -> None:
    """Write indicators to a tidy file, one figure a row, with edition and source columns."""
    from foedus.api.evidence import written
    from foedus.cli.output import emit, note

    file = written(question)
    if not json_output:
        for line in (*file.notes, *file.gaps()):
            note(line)
    emit(file.payload(), file.headline(), json_output)
