"""``foedus apportion``: who would provide what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import Json
from foedus.forces.question import ApportionQuestion

if TYPE_CHECKING:
    from foedus.forces.result import Apportionment

__all__ = ["apportion_command", "foot"]


@question_command(ApportionQuestion)
def apportion_command(
    question: ApportionQuestion,
    *,
    all_rules: Annotated[
        bool, Parameter(negative=(), help="Print the parts under every rule side by side.")
    ] = False,
    listed: Annotated[
        bool, Parameter(name="--list", negative=(), help="List the requirements that come with foedus.")
    ] = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Share a requirement among allies by a rule; nobody has been asked for the parts."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.forces.asked import apportion_of
    from foedus.forces.result import Apportionment

    if listed:
        _list(json_output)
        return
    check_chart(chart, chart_kind, Apportionment)
    result = apportion_of(question)
    emit(result.payload(), "" if json_output else _text(result, all_rules), json_output)
    draw(chart, chart_kind, result)


def _list(json_output: bool) -> None:
    """Print the requirements that come with foedus."""
    from foedus.cli.output import emit, table
    from foedus.forces.requirement import find_requirement, shipped_requirements

    needs = [find_requirement(name) for name in shipped_requirements()]
    rows = [(need.name, need.headed, need.known, ", ".join(need.required())) for need in needs]
    text = table(["Requirement", "Title", "Known", "Classes"], rows)
    emit({"requirements": needs}, text, json_output)


def _text(result: Apportionment, all_rules: bool) -> str:
    """Write an apportionment for people."""
    from foedus.cli.output import lay_out
    from foedus.forces.words import UNFAIRNESS
    from foedus.units import billions, per_cent

    parts = [result.headline()]
    shown = [t for t in result.tables() if t.name != "rules" or all_rules]
    parts += [lay_out(content, title=content.title) for content in shown]
    if result.money and result.unfairness is not None:
        parts.append(
            f"The whole is USD {billions(result.money, 0)} bn at the prices on record, of which USD "
            f"{billions(result.money_assumed, 0)} bn rest on assumed prices. {UNFAIRNESS}: "
            f"{per_cent(result.unfairness, 1)}; the least that the bounds allow is "
            f"{per_cent(result.least_unfairness, 1)}."
        )
    if not all_rules:
        parts.append("Add --all-rules to see the parts under every rule: the spread is the answer's honesty.")
    return "\n\n".join([*parts, foot(result.notes, result)])


def foot(notes: Sequence[str], result: Apportionment) -> str:
    """Write notes and sources."""
    lines = "\n".join(f"- {line}" for line in dict.fromkeys(notes))
    return f"Notes\n{lines}\nSource: {', '.join((*result.editions, *result.cards))}."
