"""``foedus gap``: what is missing of a requirement, and what a scenario buys of it by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from foedus.cli.apportion import Cap, Exclude, Rule, Who, foot, named, sharing_of
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Json

if TYPE_CHECKING:
    from foedus.forces.apportionment import Sharing
    from foedus.forces.gap_result import Gap
    from foedus.forces.time_result import TimeToClose
    from foedus.results import Result

__all__ = ["gap_command", "gap_text", "time_text"]

Scenario = Annotated[
    str | None,
    Parameter(help="Print what this scenario buys of it, by when: a shipped one, or a .yaml file."),
]
Changes = Annotated[
    list[str] | None,
    Parameter(
        name="--set",
        negative=(),
        help="Change a key of the scenario, as levers.industry.production.factor=2; may be repeated.",
    ),
]
Draws = Annotated[
    int | None, Parameter(help="How many draws of the scenario, 1 to 100,000; 10,000 without it.")
]
YearsBackFlag = Annotated[
    bool, Parameter(negative=(), help="Print how many years back to earlier stocks, as arithmetic.")
]


def gap_command(
    requirement: Annotated[
        str | None, Parameter(help="A shipped requirement, or the path of a file.")
    ] = None,
    *,
    rule: Rule = "gdp",
    who: Who = None,
    cap: Cap = 0.5,
    exclude: Exclude = None,
    scenario: Scenario = None,
    changes: Changes = None,
    draws: Draws = None,
    seed: Annotated[int, Parameter(help="Seed of the random draws.")] = 1,
    years_back: YearsBackFlag = False,
    as_of: AsOf = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print what is missing of a requirement and what it would cost; with a scenario, when that closes.

    Parameters
    ----------
    requirement : str, optional
        A shipped requirement, or the path of a file.
    rule : {"gdp", "population", "spending", "mix"}
        By what the cost is shared.
    who : {"allies", "europe", "europe-canada"}, optional
        Among whom.
    cap : float, default 0.5
        The greatest part of any class that one ally may have.
    exclude : list of str, optional
        Allies that take no part.
    scenario : str, optional
        A scenario, whose money is carried to orders, deliveries and forces.
    changes : list of str, optional
        Keys of the scenario with other values.
    draws : int, optional
        How many draws of the scenario, 10,000 without it.
    seed : int, default 1
        Seed of the random draws.
    years_back : bool, default False
        Print how many years a study says it takes back to earlier stocks.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    if years_back:
        _refuse({"REQUIREMENT": requirement, "--scenario": scenario}, "leave it out beside --years-back")
        result, text = _years_back(as_of)
    elif scenario is None:
        _refuse({"--set": changes, "--draws": draws is not None}, "add --scenario NAME")
        check_chart(chart, chart_kind, _kind(with_scenario=False))
        result, text = _gap(
            named(requirement), sharing_of({"exclude": exclude}, rule=rule, who=who, cap=cap), as_of, seed
        )
    else:
        refused = {"--rule": rule != "gdp", "--who": who, "--cap": cap != 0.5, "--exclude": exclude}
        _refuse(refused, "leave it out: with a scenario the cost is shared by GDP")
        check_chart(chart, chart_kind, _kind(with_scenario=True))
        asked = {"draws": 10_000 if draws is None else draws, "seed": seed, "as_of": as_of}
        result, text = _time(named(requirement), scenario, changes or (), asked)
    emit(result.payload(), "" if json_output else text, json_output)
    draw(chart, chart_kind, result)


def _kind(*, with_scenario: bool) -> type[Result]:
    """Return the class of the result."""
    from foedus.forces.gap_result import Gap
    from foedus.forces.time_result import TimeToClose

    return TimeToClose if with_scenario else Gap


def _refuse(options: Mapping[str, object], do: str) -> None:
    """Raise an error for an option that says nothing of this question."""
    from foedus.errors import InputError

    for name, given in options.items():
        if given:
            raise InputError(f"{name} says nothing here", where="foedus gap", do=do)


def _gap(requirement: str, sharing: Sharing, as_of: date | None, seed: int) -> tuple[Result, str]:
    """Return what is missing, and the same for people."""
    from foedus.forces.gap import gap

    result = gap(requirement, sharing, as_of=as_of, seed=seed)
    return result, gap_text(result)


def gap_text(result: Gap) -> str:
    """Write a gap for people."""
    from foedus.cli.output import lay_out

    parts = [result.headline(), *(lay_out(content, title=content.title) for content in result.tables())]
    return "\n\n".join([*parts, foot((*result.notes, *result.shares.notes), result.shares)])


def _time(
    requirement: str, scenario: str, changes: Sequence[str], asked: Mapping[str, Any]
) -> tuple[Result, str]:
    """Return what a scenario buys, and the same for people."""
    from foedus.analysis.buys import time_to_close
    from foedus.scenario.changes import read_changes

    result = time_to_close(requirement, scenario, changes=read_changes(changes), **asked)
    return result, time_text(result)


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
