"""``foedus deter``: where belief in the guarantee matters, and what stands in for a point of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Json

if TYPE_CHECKING:
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame

__all__ = ["deter_command"]

Scenario = Annotated[str, Parameter(help="A shipped scenario's name or the path of a .yaml file.")]
Country = Annotated[
    list[str] | None,
    Parameter(consume_multiple=True, negative=(), help="Allies on the flank; without it, all of them."),
]
Range = Annotated[
    list[str] | None,
    Parameter(
        consume_multiple=True,
        negative=(),
        help="Ranges in place of those stated, as decisiveness=1..2 or cost_over_value=0.3.",
    ),
]
Game = Annotated[bool, Parameter(negative=(), help="Who would pay if only those who pay were covered.")]
Adds = Annotated[float, Parameter(help="For the game: what paying adds to belief, 0 to 1.")]


def deter_command(
    scenario: Scenario = "baseline",
    *,
    country: Country = None,
    range_: Annotated[Range, Parameter(name="--range")] = None,
    game: Game = False,
    paying_adds: Adds = 0.25,
    as_of: AsOf = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print where belief in the guarantee matters for each ally on the flank, and what stands in for it.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario, or the path of a file.
    country : list of str, optional
        Allies on the flank.
    range_ : list of str, optional
        Ranges in place of those stated, as ``name=lo..hi``.
    game : bool, default False
        Print who would pay if the guarantee covered only those who pay.
    paying_adds : float, default 0.25
        For the game: what paying adds to the belief that an ally is covered.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.analysis.deter import deter, deter_game
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.guarantee.deter import Deterrence
    from foedus.guarantee.game_result import GuaranteeGame
    from foedus.guarantee.question import deter_question

    check_chart(chart, chart_kind, GuaranteeGame if game else Deterrence)
    question = deter_question(
        scenario=scenario,
        country=tuple(country or ()),
        range=tuple(range_ or ()),
        paying_adds=paying_adds,
        as_of=as_of,
    )
    result = deter_game(question) if game else deter(question)
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
