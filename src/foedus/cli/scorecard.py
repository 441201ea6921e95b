"""``foedus scorecard``: a Secretary General's priorities, measured on the first day in office and now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.scorecard_question import ScorecardQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.analysis.scorecard import Scorecard
    from foedus.analysis.scorecard_tenure import Tenure

__all__ = ["scorecard_command"]


@question_command(ScorecardQuestion)
def scorecard_command(
    question: ScorecardQuestion, *, chart: ChartFile = None, json_output: Json = False
) -> None:
    """Print each priority with its measures on two days, and the same of the holder before."""
    from foedus.analysis.scorecard import Scorecard, scorecard_of
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, Scorecard)
    result = scorecard_of(question)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, None, result)


def _text(result: Scorecard) -> str:
    """Write the scorecard for people."""
    from foedus.cli.output import lay_out

    parts = [result.answer().lines()]
    for name, tenure in zip(("holder", "predecessor"), result.tenures, strict=False):
        parts += [_heading(result, tenure, name), *_priorities(result, tenure)]
        steps = [table for table in result.tables() if table.name == f"steps_{name}"]
        parts += [lay_out(table, title=table.title) for table in steps]
    who = result.table("priorities")
    notes = "\n".join(f"- {line}" for line in result.notes)
    return "\n\n".join([*parts, lay_out(who, title=who.title), f"Notes\n{notes}"])


def _heading(result: Scorecard, tenure: Tenure, name: str) -> str:
    """Write whose rows follow, and of which days."""
    from foedus.analysis.scorecard_words import moment_words

    days = "; ".join(moment_words(tenure, moment) for moment in ("first", "last"))
    heading = f"{result.table(name).title.upper()}: {days}"
    return f"{heading}\n{'=' * min(len(heading), 78)}"


def _priorities(result: Scorecard, tenure: Tenure) -> list[str]:
    """Write a table for each priority."""
    from foedus.analysis.scorecard_words import priority_tables
    from foedus.cli.output import lay_out

    return [lay_out(table, title=table.title) for table in priority_tables(result, tenure)]
