"""``foedus reliability``: how often alliances kept their word in war, and why no rate is NATO's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json
from foedus.guarantee.question import ReliabilityQuestion

if TYPE_CHECKING:
    from foedus.guarantee.reliability import Reliability

__all__ = ["reliability_command"]


@question_command(ReliabilityQuestion)
def reliability_command(
    question: ReliabilityQuestion, *, chart: ChartFile = None, json_output: Json = False
) -> None:
    """Print how often commitments of alliances were kept in war, by several codings."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.guarantee.reliability import Reliability, reliability

    check_chart(chart, None, Reliability)
    result = reliability(question.cases)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, None, result)


def _text(result: Reliability) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    codings = result.table("codings")
    short = codings.select("study", "rate_words", "years", title=codings.title)
    definitions = [f"- {c.study}: {c.definition}. {c.source} ({c.known})." for c in result.codings]
    counts = result.table("counts")
    statements = result.table("statements").select("day", "speaker", "condition", "consequence", "known")
    searches = result.table("use_searches").select("article", "day", "about", "use", "known")
    notes = "\n".join(f"- {line}" for line in result.notes)
    return "\n\n".join(
        [
            result.answer().lines(),
            f"{lay_out(short, title=short.title)}\n\nWhat each counts\n" + "\n".join(definitions),
            lay_out(counts, title=counts.title),
            lay_out(statements, title=statements.title),
            lay_out(searches, title=searches.title),
            f"Notes\n{notes}\nSource: {result.source}.",
        ]
    )
