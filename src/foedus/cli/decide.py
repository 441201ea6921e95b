"""``foedus decide``: what can pass, who objects, and what the broker can offer."""

from __future__ import annotations

from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import Json

__all__ = ["decide_command"]


File = Annotated[str | None, Parameter(help="A shipped decision's name, or the path of a .yaml file.")]
Draws = Annotated[int, Parameter(help="How many draws, 1 to 1,000,000.")]
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
Allow = Annotated[str | None, Parameter(help="With --issue, the instruments allowed, separated by commas.")]
Package = Annotated[bool, Parameter(negative=(), help="Also pack the file's further issues together.")]
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
    package: Package = False,
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
    from foedus.cli.decide_text import decision_text, listing, package_text
    from foedus.cli.output import emit
    from foedus.decisions.decide import decide
    from foedus.decisions.parse import asked_decision, one_question
    from foedus.decisions.result import Decision

    if list_decisions:
        rows = listing()
        emit({"decisions": rows[0]}, rows[1], json_output)
        return
    check_chart(chart, None, Decision)
    content = one_question(
        file,
        issue=issue,
        build=lambda: asked_decision(
            issue or "", member or [], reversion=reversion, proposal=proposal, rule=rule, allow=allow
        ),
    )
    answer = decide(content, draws=draws, seed=seed)
    payload: dict[str, Any] = dict(vars(answer))
    text = "" if json_output else decision_text(answer, content)
    if package:
        from foedus.decisions.packages import package_of

        packed = package_of(content)
        payload["package"] = packed
        text += "" if json_output else f"\n\n{package_text(packed)}"
    emit(payload, text, json_output)
    draw(chart, None, answer, file=content)
