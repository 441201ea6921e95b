"""``foedus decide``: what can pass, who objects, and what the broker can offer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import Json
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.decisions.packages import Package
    from foedus.decisions.result import Decision

__all__ = ["decide_command"]


File = Annotated[str | None, Parameter(help="A shipped decision's name, or the path of a .yaml file.")]
Draws = Annotated[int, Parameter(help="How many draws, 100 to 1,000,000.")]
Seed = Annotated[int, Parameter(help="Seed of the random draws; the same seed gives the same numbers.")]
Issue = Annotated[str | None, Parameter(help="Ask without a file: the question.")]
Member = Annotated[
    list[str] | None,
    Parameter(
        negative=(),
        help="With --issue, members as NAMES=POSITION,SALIENCE[,INFLUENCE], for example HUN+SVK=10,high,5 or "
        "USA=80-100,0.9,100; once for each group.",
    ),
]
Reversion = Annotated[float, Parameter(help="With --issue, what holds without a decision.")]
Proposal = Annotated[float, Parameter(help="With --issue, what is tabled.")]
RuleName = Annotated[str, Parameter(help="With --issue: consensus, unanimity or majority.")]
Allow = Annotated[
    str | None,
    Parameter(help="With --issue, the instruments allowed, separated by commas; else those of --kind."),
]
Kind = Annotated[
    str | None,
    Parameter(help="With --issue, what it is about: text, person, invitation, operation or money."),
]
By = Annotated[date | None, Parameter(help="The day by which the chance is asked for; else ever.")]
FEWEST_DRAWS = 100
"""Draws below which a share of them says nothing: its standard error is five points at even odds."""
Pack = Annotated[bool, Parameter(negative=(), help="Also pack the file's further issues together.")]
List = Annotated[
    bool, Parameter(name="--list", negative=(), help="List the decision files that come with foedus.")
]


def decide_command(
    file: File = None,
    /,
    *,
    draws: Draws = 10_000,
    seed: Seed = 1,
    issue: Issue = None,
    member: Member = None,
    reversion: Reversion = 0.0,
    proposal: Proposal = 100.0,
    rule: RuleName = "consensus",
    allow: Allow = None,
    kind: Kind = None,
    by: By = None,
    package: Pack = False,
    chart: ChartFile = None,
    list_decisions: List = False,
    json_output: Json = False,
) -> None:
    """Print what can pass, who objects, and what the broker can offer.

    Parameters
    ----------
    file : str, optional
        A shipped decision's name or the path of a decision file.
    draws : int, default 10,000
        How many draws.
    seed : int, default 1
        Seed of the random draws.
    issue : str, optional
        The question, asked without a file.
    member : list of str, optional
        Members of such a question.
    reversion, proposal : float
        What holds without a decision, and what is tabled.
    rule : str, default "consensus"
        How members decide.
    allow : str, optional
        Instruments allowed.
    kind : str, optional
        What such a question is about.
    by : datetime.date, optional
        The day by which the chance is asked for.
    package : bool, default False
        Also pack the further issues.
    chart : pathlib.Path, optional
        Where a chart is written.
    list_decisions : bool, default False
        List what comes with foedus.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.decide_text import list_text
    from foedus.cli.output import emit
    from foedus.decisions.decide import decide
    from foedus.decisions.packages import package_of
    from foedus.decisions.parse import asked_decision, one_question
    from foedus.decisions.result import Decision

    if list_decisions:
        from foedus.decisions.shipped import list_decisions as every_decision

        shipped = every_decision()
        emit(shipped.payload(), list_text(shipped), json_output)
        return
    if draws < FEWEST_DRAWS:
        raise InputError(f"{draws} draws say nothing", where="--draws", do=f"give {FEWEST_DRAWS} or more")
    check_chart(chart, None, Decision)
    content = one_question(
        file,
        issue=issue,
        build=lambda: asked_decision(
            issue or "",
            member or [],
            reversion=reversion,
            proposal=proposal,
            rule=rule,
            allow=allow,
            kind=kind,
        ),
    )
    if by is not None:
        content = content.model_copy(update={"by": by})
    answer = decide(content, draws=draws, seed=seed)
    packed = package_of(content) if package else None
    payload = answer.payload() | ({} if packed is None else {"package": packed.payload()})
    emit(payload, "" if json_output else _text(answer, packed), json_output)
    draw(chart, None, answer)


def _text(answer: Decision, packed: Package | None) -> str:
    """Write an answer, and its package where that was asked for."""
    from foedus.cli.decide_text import decision_text, package_text

    return "\n\n".join([decision_text(answer), *([] if packed is None else [package_text(packed)])])
