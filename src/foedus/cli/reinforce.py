"""``foedus reinforce``: how fast help arrives on the eastern flank, and what binds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter, Token

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.errors import InputError, worded
from foedus.questions import ask
from foedus.reinforcement.question import ReinforcementQuestion, ReinforceQuestion

if TYPE_CHECKING:
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.result import Reinforcement

__all__ = ["reinforce_command"]


def read_trains(_type: Any, tokens: Sequence[Token]) -> float:
    """Read a factor as the question reads it: ×2, x2, 2."""
    try:
        return ask(ReinforcementQuestion, trains=tokens[0].value).trains
    except InputError as error:
        raise worded(error, "command", ["trains"]) from error


Scenario = Annotated[str, Parameter(help="A shipped scenario's name or the path of a .yaml file.")]
By = Annotated[Literal["host", "day"], Parameter(help="Print arrivals by host or by day.")]


@question_command(
    ReinforceQuestion,
    names={"amounts": "--amount"},
    also={"trains": Parameter(converter=read_trains)},
)
def reinforce_command(
    question: ReinforceQuestion,
    scenario: Scenario = "baseline",
    *,
    by: By = "host",
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Work out how fast help arrives on the eastern flank, what binds, and what is worth most."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.reinforcement.asked import reinforce_of
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.result import Reinforcement
    from foedus.scenario.find import find

    check_chart(chart, chart_kind, Reinforcement if question.on_day is None else ByDay)
    named = find(scenario)
    result = reinforce_of(question)
    emit({"scenario": named.name, **result.payload()}, "" if json_output else _text(result, by), json_output)
    draw(chart, chart_kind, result)


def _text(result: Reinforcement | ByDay, by: str) -> str:
    """Write an answer for people."""
    from foedus.cli.output import lay_out

    left_out = {"curve", "senders", "links"} if by == "host" else {"hosts", "senders", "links"}
    parts = [result.headline()]
    parts += [lay_out(t, title=t.title) for t in result.tables() if t.name not in left_out]
    notes = "\n".join(f"- {line}" for line in result.notes)
    sources = ", ".join((*result.editions, *result.cards))
    return "\n\n".join([*parts, f"Notes\n{notes}\nSource: {sources}."])
