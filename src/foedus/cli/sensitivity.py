"""``foedus sensitivity``: which chance drives a number of a scenario, or which number of the model."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

from foedus.analysis.number_result import By
from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.compare_many import Discover, Shown, show_discovery
from foedus.cli.options import AsOf, Countries, Json
from foedus.cli.run import Changes
from foedus.errors import InputError

if TYPE_CHECKING:
    from foedus.analysis.drivers import ShockIndices
    from foedus.analysis.number_result import NumberIndices
    from foedus.analysis.numbers import Range

__all__ = ["sensitivity_command"]

MOST_NUMBERS = 12
"""The most numbers that are printed of each answer; all stand in the JSON object."""


Measures = Annotated[
    list[str] | None,
    Parameter(
        negative=(),
        consume_multiple=True,
        help="Measures by catalogue name; without them, all of the headline. With --country, "
        "quantities of an ally.",
    ),
]
Ranges = Annotated[
    list[str] | None,
    Parameter(
        name="--range",
        negative=(),
        help="With --numbers: a narrower range of one, as budgets.compliance=0.4..0.6; may be repeated.",
    ),
]


def sensitivity_command(
    scenario: Annotated[
        str, Parameter(help="A shipped scenario's name or the path of a .yaml file.")
    ] = "baseline",
    *,
    measure: Measures = None,
    country: Countries = None,
    year: Annotated[int | None, Parameter(help="The year; without it, the scenario's last.")] = None,
    draws: Annotated[int | None, Parameter(help="Draws of a run: 8,000, or with --numbers 500.")] = None,
    seed: Annotated[int, Parameter(help="Seed of the first run; the second has the next one.")] = 1,
    numbers: Annotated[bool, Parameter(negative=(), help="Move the model's numbers instead.")] = False,
    by: Annotated[By, Parameter(help="With --numbers: what they are grouped by.")] = "grade",
    paths: Annotated[int, Parameter(help="With --numbers: paths of the screening.")] = 20,
    points: Annotated[int, Parameter(help="With --numbers: points behind groups, a power of two.")] = 128,
    ranges: Ranges = None,
    discover: Discover = None,
    changes: Changes = None,
    as_of: AsOf = None,
    workers: Annotated[int | None, Parameter(help="Threads; without it one per core.")] = None,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print how much of the spread of a scenario's numbers each chance carries, or what each number does.

    Parameters
    ----------
    scenario : str, default "baseline"
        A shipped scenario's name or the path of a scenario file.
    measure : list of str, optional
        Measures by catalogue name.
    country : list of str, optional
        Allies whose quantities are asked about.
    year : int, optional
        The year.
    draws : int, optional
        Draws of each run.
    seed : int, default 1
        Seed of the first run.
    numbers : bool, default False
        Move the numbers of the model inside their ranges.
    by : {"grade", "component"}
        What numbers are grouped by.
    paths, points : int
        Paths of the screening, and points behind the groups.
    ranges : list of str, optional
        Narrower ranges of single numbers.
    discover : str, optional
        A threshold on a measure, whose region is looked for in the draws.
    changes : list of str, optional
        Keys of the scenario with other values.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    workers : int, optional
        Threads.
    chart : pathlib.Path, optional
        Also draw it.
    chart_kind : str, optional
        Which of the result's charts.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.analysis.drivers import ShockIndices
    from foedus.analysis.number_result import NumberIndices
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.scenario.changes import read_changes

    if discover is not None:
        shown = Shown(draws or 8000, seed, as_of, chart, chart_kind, json_output)
        show_discovery([scenario], discover, shown, changes=read_changes(changes or ()), year=year)
        return
    check_chart(chart, chart_kind, NumberIndices if numbers else ShockIndices)
    asked: dict[str, Any] = {"measures": measure or (), "countries": country or ()}
    asked |= {"year": year, "seed": seed, "changes": read_changes(changes or ())}
    asked |= {"as_of": as_of, "workers": workers}
    asked |= {} if draws is None else {"draws": draws}
    with_numbers = {"by": by, "paths": paths, "points": points, "ranges": read_ranges(ranges or ())}
    result = _of_numbers(scenario, asked | with_numbers) if numbers else _of_chances(scenario, asked, ranges)
    emit(result.payload(), "" if json_output else _text(result), json_output)
    draw(chart, chart_kind, result)


def _of_chances(scenario: str, asked: dict[str, Any], ranges: list[str] | None) -> ShockIndices:
    """Return which chance drives the numbers, with a progress bar."""
    from foedus.analysis.sensitivity import sensitivity
    from foedus.cli.run import progress_bar

    if ranges:
        raise InputError("a range is given and no number moves", where="--range", do="add --numbers")
    with progress_bar() as progress:
        return sensitivity(scenario, **asked, progress=progress)


def _of_numbers(scenario: str, asked: dict[str, Any]) -> NumberIndices:
    """Return which number drives the answers, with a progress bar."""
    from foedus.analysis.number_sensitivity import sensitivity_of_numbers
    from foedus.cli.run import progress_bar

    with progress_bar(unit="runs") as progress:
        return sensitivity_of_numbers(scenario, **asked, progress=progress)


def read_ranges(texts: Iterable[str]) -> dict[str, Range]:
    """Read ranges written as NAME=LOW..HIGH.

    Parameters
    ----------
    texts : iterable of str
        For example "budgets.compliance=0.4..0.6".

    Returns
    -------
    dict of str to (float, float)
        Ends by name.

    Raises
    ------
    InputError
        When a text is not so written, or a name is given twice.
    """
    ranges: dict[str, Range] = {}
    for text in texts:
        name, _, ends = (part.strip() for part in text.partition("="))
        low, _, high = ends.partition("..")
        try:
            pair = float(low), float(high)
        except ValueError as error:
            raise InputError(
                f"{text[:60]!r} is not NAME=LOW..HIGH",
                where="--range",
                do="write for example budgets.compliance=0.4..0.6",
            ) from error
        if name in ranges:
            raise InputError(f"{name!r} is given twice", where="--range", do="keep one of them")
        ranges[name] = pair
    return ranges


def _text(result: ShockIndices | NumberIndices) -> str:
    """Write the analysis for people: the answer, a table for each number, and what must be known."""
    from dataclasses import replace

    from foedus.cli.output import lay_out

    parts = [result.answer().lines()]
    for table in result.tables():
        shown = replace(table, rows=table.rows[:MOST_NUMBERS])
        more = len(table.rows) - len(shown.rows)
        rest = f"\nand {more} more" if more else ""
        parts.append(f"{lay_out(shown, title=table.title)}{rest}" if table.rows else table.title)
    parts += [f"Note: {note}" for note in result.notes()]
    return "\n\n".join(parts)
