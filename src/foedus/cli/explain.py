"""``foedus explain``: what one number rests on, down to source cards and parameters."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.analysis.question import ExplainQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.analysis.explanation import Explanation

__all__ = ["explain_command"]


@question_command(ExplainQuestion, names={"changes": "--set"}, one_each=("changes",))
def explain_command(
    question: ExplainQuestion,
    *,
    run: Annotated[
        Path | None, Parameter(help="Explain a run that was kept: its folder, in place of a scenario.")
    ] = None,
    chart: ChartFile = None,
    json_output: Json = False,
) -> None:
    """Print what one number rests on: its parts, the chances that spread it, and where all of it is from."""
    from foedus.analysis.explain import explain_of
    from foedus.analysis.explanation import Explanation
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, Explanation)
    result = explain_of(question, run=run)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, None, result)


def _text(result: Explanation) -> str:
    """Write the explanation for people."""
    from foedus.analysis.explanation_words import tree, tree_lines

    notes = [f"Note ({note.step}): {note.text}" for note in result.notes]
    about = f"{result.title}, as of {result.as_of}; {result.draws:,} draws, seed {result.seed}."
    return "\n".join([result.answer().lines(), "", *tree_lines(tree(result)), "", about, *notes])
