"""``foedus decide``: what can pass, who objects, and what the broker can offer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.decide_sheet import SheetOptions
from foedus.cli.options import Json
from foedus.decisions.question import SheetQuestion
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.decisions.packages import Package
    from foedus.decisions.result import Decision
    from foedus.decisions.schema import DecisionFile

__all__ = ["decide_command"]


Pack = Annotated[bool, Parameter(negative=(), help="Also pack the file's further issues together.")]
Exact = Annotated[
    bool,
    Parameter(
        negative=(), help="Prove the best package: seconds to minutes, where opt-outs are many even longer."
    ),
]
Score = Annotated[
    bool,
    Parameter(
        negative=(),
        help="With a spreadsheet of recorded outcomes: error, CRPS, share within 10 points and coverage.",
    ),
]
To = Annotated[
    Path | None, Parameter(help="With a spreadsheet, write a row an issue (or a score) to this .csv.")
]
List = Annotated[
    bool, Parameter(name="--list", negative=(), help="List the decision files that come with foedus.")
]


@question_command(SheetQuestion)
def decide_command(
    question: SheetQuestion,
    *,
    package: Pack = False,
    exact: Exact = False,
    score: Score = False,
    to: To = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    list_decisions: List = False,
    json_output: Json = False,
) -> None:
    """Print what can pass, who objects, and what the broker can offer."""
    from foedus.cli.charts import check_chart
    from foedus.decisions.asked import decision_of, is_spreadsheet
    from foedus.decisions.result import Decision

    if list_decisions:
        _list(json_output)
        return
    check_chart(chart, chart_kind, Decision)
    options = SheetOptions(score, to, package, exact)
    printing = Printing(chart, chart_kind, json_output)
    if is_spreadsheet(question.file):
        _spreadsheet(question, options, printing)
        return
    options.refuse_elsewhere()
    _decision(question, decision_of(question), options, printing)


@dataclass(frozen=True)
class Printing:
    """How an answer is printed."""

    chart: Path | None
    chart_kind: str | None
    json_output: bool


def _list(json_output: bool) -> None:
    """List what comes with foedus."""
    from foedus.cli.decide_text import list_text
    from foedus.cli.output import emit
    from foedus.decisions.shipped import list_decisions

    shipped = list_decisions()
    emit(shipped.payload(), list_text(shipped), json_output)


def _spreadsheet(question: SheetQuestion, options: SheetOptions, printing: Printing) -> None:
    """Answer a spreadsheet: as a question where it is one, else issue by issue."""
    from foedus.cli.decide_sheet import answer_spreadsheet, check_target
    from foedus.cli.output import emit
    from foedus.decisions.asked import refuse_on_many, sheet_of

    path = Path(question.file or "").expanduser()
    if path.is_file():
        check_target(options.to, path)
    sheet, content = sheet_of(question, whole=options.score or options.to is not None)
    if content is not None:
        _decision(question, content, replace(options, package=False, exact=False), printing)
        return
    refuse_on_many(question)
    if printing.chart is not None:
        raise InputError(
            "there is a chart of one issue with a reversion only",
            where="--chart",
            do="leave the option out, or give such a file",
        )
    payload, text = answer_spreadsheet(sheet, question.rule or "consensus", options)
    emit(payload, text, printing.json_output)


def _decision(
    question: SheetQuestion, content: DecisionFile, options: SheetOptions, printing: Printing
) -> None:
    """Answer one question."""
    from foedus.cli.charts import draw
    from foedus.cli.output import emit
    from foedus.decisions.asked import answer_one
    from foedus.decisions.packages import package_of

    answer = answer_one(question, content)
    packed = package_of(content, exact=options.exact) if options.package or options.exact else None
    payload = answer.payload() | ({} if packed is None else {"package": packed.payload()})
    emit(payload, "" if printing.json_output else _text(answer, packed), printing.json_output)
    draw(printing.chart, printing.chart_kind, answer)


def _text(answer: Decision, packed: Package | None) -> str:
    """Write an answer, and its package where that was asked for."""
    from foedus.cli.decide_text import decision_text, package_text

    return "\n\n".join([decision_text(answer), *([] if packed is None else [package_text(packed)])])
