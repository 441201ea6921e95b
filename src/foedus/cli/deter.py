"""``foedus deter``: where belief in the guarantee matters, and what stands in for a point of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.guarantee.question import DeterGameQuestion, DeterQuestion

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame

__all__ = ["deter_command"]

Game = Annotated[bool, Parameter(negative=(), help="Who would pay if only those who pay were covered.")]


@question_command(DeterGameQuestion)
def deter_command(
    question: DeterGameQuestion,
    *,
    game: Game = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print where belief in the guarantee matters for each ally on the flank, and what stands in for it."""
    from foedus.analysis.deter import deter, deter_game
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame

    check_chart(chart, chart_kind, GuaranteeGame if game else Deterrence)
    alone = DeterQuestion(**question.model_dump(exclude={"paying_adds"}))
    result = deter_game(question) if game else deter(alone)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _text(result: Deterrence | GuaranteeGame) -> str:
    """Write an answer for people."""
    from foedus.cli.output import lay_out

    tables = [lay_out(content, title=content.title) for content in result.tables() if not content.folded]
    notes = "\n".join(f"- {line}" for line in result.notes)
    sources = ", ".join(dict.fromkeys((*result.scenario.editions, *result.cards)))
    foot = f"Notes\n{notes}\nSource: {sources}."
    return "\n\n".join([result.headline(), f"Scenario: {result.scenario.title}", *tables, foot])
