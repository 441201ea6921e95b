"""``foedus gap``: what is missing of a requirement, and what a scenario buys of it by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.apportion import foot
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.forces.question import GapQuestion

if TYPE_CHECKING:
    from foedus.forces.gap_result import Gap
    from foedus.forces.time_result import TimeToClose
    from foedus.results import Result

__all__ = ["gap_command", "gap_text", "time_text"]

YearsBackFlag = Annotated[
    bool, Parameter(negative=(), help="Print how many years back to earlier stocks, as arithmetic.")
]


@question_command(GapQuestion, names={"changes": "--set"}, one_each=("changes",))
def gap_command(
    question: GapQuestion,
    *,
    years_back: YearsBackFlag = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print what is missing of a requirement and what it would cost; with a scenario, when that closes."""
    from foedus.analysis.missing import gap_of, refuse
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    if years_back:
        given = {"REQUIREMENT": question.requirement, "--scenario": question.scenario}
        refuse(given, "leave it out beside --years-back")
        result, text = _years_back(question.as_of)
    else:
        check_chart(chart, chart_kind, _kind(with_scenario=question.scenario is not None))
        result, text = _told(gap_of(question))
    emit(result.payload(), "" if json_output else text, json_output)
    draw(chart, chart_kind, result)


def _told(result: Gap | TimeToClose) -> tuple[Result, str]:
    """Return an answer, and the same for people."""
    from foedus.forces.gap_result import Gap

    return result, gap_text(result) if isinstance(result, Gap) else time_text(result)


def _kind(*, with_scenario: bool) -> type[Result]:
    """Return the class of the result."""
    from foedus.forces.gap_result import Gap
    from foedus.forces.time_result import TimeToClose

    return TimeToClose if with_scenario else Gap


def gap_text(result: Gap) -> str:
    """Write a gap for people."""
    from foedus.cli.output import lay_out

    parts = [result.headline(), *(lay_out(content, title=content.title) for content in result.tables())]
    return "\n\n".join([*parts, foot((*result.notes, *result.shares.notes), result.shares)])


def time_text(result: TimeToClose) -> str:
    """Write what a scenario buys of a requirement for people."""
    from foedus.cli.output import lay_out

    shown = [table for table in result.tables() if not table.folded]
    lines = "\n".join(f"- {line}" for line in dict.fromkeys((*result.notes, result.grades())))
    return "\n\n".join(
        [
            f"{result.headline()}\n" + "\n".join(line for line in result.answer().beside if line),
            f"Scenario: {result.title}",
            *(lay_out(content, title=content.title) for content in shown),
            f"Notes\n{lines}\nSource: {', '.join((*result.editions, *result.cards))}.",
        ]
    )


def _years_back(as_of: date | None) -> tuple[Result, str]:
    """Return the years back to earlier stocks, and the same for people."""
    from foedus.cli.output import lay_out
    from foedus.forces.years_back import CARD_ID, years_back

    result = years_back(as_of)
    (content,) = result.tables()
    return result, f"{result.headline()}\n\n{lay_out(content, title=content.title)}\n\nSource: {CARD_ID}."
