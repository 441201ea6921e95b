"""``foedus attribution``: why spending rose, what designs make of it, and what cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.attribution.question import AttributionQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.attribution.result import Causes

__all__ = ["attribution_command"]

SHOWN = ("periods", "verdicts", "designs", "groups")
"""The tables that are printed; ``--tables`` prints all."""


Every = Annotated[bool, Parameter(negative=(), help="Print every table of the answer.")]


@question_command(AttributionQuestion, names={"from_year": "--from", "to_year": "--to"})
def attribution_command(
    question: AttributionQuestion,
    *,
    table: Every = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print where the rise of spending falls, what designs make of it, and what cannot be told apart."""
    from foedus.attribution.attribute import attribution
    from foedus.attribution.result import Causes
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Causes)
    result = attribution(question=question)
    emit(result.payload(), "" if json_output else _text(result, every=table), json_output)
    draw(chart, chart_kind, result)


def _text(result: Causes, *, every: bool) -> str:
    """Write the answer for people."""
    from foedus.attribution.registry import DESIGNS
    from foedus.cli.output import lay_out

    parts = [result.answer().lines()]
    shown = [each for each in result.tables() if each.rows and (every or each.name in SHOWN)]
    parts += [lay_out(each, title=each.title) for each in shown]
    failing = [
        f"{DESIGNS[each.design].label} fails: {each.fails}." for each in result.of_period if each.fails
    ]
    ifs = [result.members()] if result.members() else []
    ifs += [f"{line} A what-if, no bound." for line in result.what_ifs()]
    parts += ["\n".join(lines) for lines in (failing, ifs, [note.text for note in result.notes]) if lines]
    return "\n\n".join(parts)
