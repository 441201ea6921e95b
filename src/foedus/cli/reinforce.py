"""``foedus reinforce``: how fast help arrives on the eastern flank, and what binds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter, Token

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Json
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.result import Reinforcement

__all__ = ["reinforce_command"]


def read_factor(_type: Any, tokens: Sequence[Token]) -> float:
    """Read a factor, with or without a cross before it: ×2, x2, 2."""
    token = tokens[0]
    match = re.fullmatch(r"[×x]?[ ]?([0-9]{1,6}(?:\.[0-9]{1,6})?)", token.value.strip())
    if not match:
        raise InputError(
            f"{token.value!r} is no factor", where=token.keyword or "--trains", do="write ×2, x2 or 2"
        )
    return float(match[1])


Requirement = Annotated[str, Parameter(help="A shipped requirement, or the path of a file.")]
Scenario = Annotated[str, Parameter(help="A shipped scenario's name or the path of a .yaml file.")]
Rule = Annotated[
    Literal["gdp", "population", "spending", "mix"], Parameter(help="By what the requirement is shared.")
]
Exclude = Annotated[
    list[str] | None, Parameter(consume_multiple=True, negative=(), help="Allies that send nothing.")
]
Amount = Annotated[
    list[str] | None,
    Parameter(
        consume_multiple=True,
        negative=(),
        help="Pieces by ally in place of a requirement, as ALLY=PIECES or ALLY=PIECES@DAY.",
    ),
]
Within = Annotated[int, Parameter(help="Only tiers that are ready within so many days.")]
Late = Annotated[float, Parameter(help="By how many days every tier is late.")]
Permit = Annotated[
    float | None, Parameter(help="Days from the alert until a force may cross its first border.")
]
Trains = Annotated[float, Parameter(converter=read_factor, help="What trains a day are multiplied by: ×2.")]
Lose = Annotated[int, Parameter(help="How many links, drawn at random, are lost before day 0.")]
Cases = Annotated[int, Parameter(help="How often lost links are drawn.")]
Hosts = Annotated[Literal["equal", "any"], Parameter(help="Hosts get equal parts, or any may take all.")]
Loads = Annotated[int, Parameter(help="One kind of load, or 3: tracked, wheeled, containers.")]
OnDay = Annotated[
    int | None, Parameter(help="Say what has arrived by a day, with permits, levers and what binds.")
]
By = Annotated[Literal["host", "day"], Parameter(help="Print arrivals by host or by day.")]
Draws = Annotated[int, Parameter(help="Draws of throughput.")]
Seed = Annotated[int, Parameter(help="Seed of the draws.")]


def reinforce_command(
    scenario: Scenario = "baseline",
    *,
    requirement: Requirement = "force-model",
    rule: Rule = "gdp",
    exclude: Exclude = None,
    amount: Amount = None,
    within: Within = 30,
    readiness_days: Late = 0.0,
    permit_days: Permit = None,
    trains: Trains = 1.0,
    lose: Lose = 0,
    cases: Cases = 100,
    hosts: Hosts = "equal",
    loads: Loads = 1,
    on_day: OnDay = None,
    by: By = "host",
    draws: Draws = 500,
    seed: Seed = 1,
    as_of: AsOf = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Work out how fast help arrives on the eastern flank, what binds, and what is worth most.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario, or the path of a file.
    requirement : str, default "force-model"
        What is to arrive.
    rule : {"gdp", "population", "spending", "mix"}
        By what it is shared.
    exclude, amount : list of str, optional
        Allies that send nothing; pieces in place of a requirement.
    within : int, default 30
        Tiers that are ready within so many days.
    readiness_days, permit_days : float
        Lateness of tiers; days until a force may cross a border.
    trains : float, default 1.0
        What trains a day are multiplied by.
    lose, cases : int
        Links lost at random, and how often they are drawn.
    hosts : {"equal", "any"}
        Equal parts, or any host may take all.
    loads : int, default 1
        Kinds of load: 1 or 3.
    on_day : int, optional
        Answer by what has arrived by this day, as the page does.
    by : {"host", "day"}
        Which table of arrivals is printed.
    draws, seed : int
        Of the draws.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which chart.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.reinforcement.by_day import by_day
    from foedus.reinforcement.by_day_result import ByDay
    from foedus.reinforcement.question import reinforcement_question
    from foedus.reinforcement.reinforce import reinforce
    from foedus.reinforcement.result import Reinforcement
    from foedus.scenario.find import find

    check_chart(chart, chart_kind, Reinforcement if on_day is None else ByDay)
    named = find(scenario)
    # The names of the question's fields, but for two lists and a permit that was not given.
    asked = {"requirement": requirement, "rule": rule, "trains": trains, "hosts": hosts, "loads": loads}
    asked |= {"exclude": tuple(exclude or ()), "amounts": tuple(amount or ()), "within": within}
    asked |= {"readiness_days": readiness_days, "lose": lose, "cases": cases, "draws": draws, "seed": seed}
    permit = {} if permit_days is None else {"permit_days": permit_days}
    question = reinforcement_question(**asked, **permit, as_of=as_of)
    result = reinforce(question) if on_day is None else by_day(question, on_day)
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
