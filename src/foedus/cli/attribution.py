"""``foedus attribution``: why spending rose, what designs make of it, and what cannot be told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile, ChartKind
from foedus.cli.options import AsOf, Edition, Json

if TYPE_CHECKING:
    from foedus.attribution.result import Causes

__all__ = ["attribution_command"]

SHOWN = ("periods", "verdicts", "designs", "groups")
"""The tables that are printed; ``--tables`` prints all."""


Period = Annotated[str, Parameter(help="The budget years asked about: 2015-17, 2018-21, 2022-25.")]
Controls = Annotated[
    list[str] | None,
    Parameter(
        consume_multiple=True,
        negative=(),
        help="Whom allies are held against: never-allied, with-pacific, or four countries or more.",
    ),
]
From = Annotated[int, Parameter(name="--from", help="The year before the rise.")]
To = Annotated[
    int | None,
    Parameter(name="--to", help="The last year; without it 2024, or the last that an edition holds."),
]
Recompute = Annotated[
    bool, Parameter(negative=(), help="Compute from the user's import of SIPRI, or say it is not held.")
]
Every = Annotated[bool, Parameter(negative=(), help="Print every table of the answer.")]


def attribution_command(
    *,
    from_year: From = 2014,
    to_year: To = None,
    period: Period = "2018-21",
    control: Controls = None,
    edition: Edition = None,
    as_of: AsOf = None,
    recompute: Recompute = False,
    table: Every = False,
    chart: ChartFile = None,
    chart_kind: ChartKind = None,
    json_output: Json = False,
) -> None:
    """Print where the rise of spending falls, what designs make of it, and what cannot be told apart.

    Parameters
    ----------
    from_year, to_year : int
        The years that are compared.
    period : str, default "2018-21"
        The budget years whose causes are asked about.
    control : list of str, optional
        Whom allies are held against.
    edition : str, optional
        The edition that answers the accounting.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    recompute : bool, default False
        Compute from the user's import of SIPRI, or say that it is not held.
    table : bool, default False
        Print every table.
    chart : pathlib.Path, optional
        Also draw the result.
    chart_kind : str, optional
        Which chart.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.attribution.attribute import attribution
    from foedus.attribution.question import AttributionQuestion
    from foedus.attribution.result import Causes
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, chart_kind, Causes)
    question = AttributionQuestion.model_validate(
        {
            "from_year": _year(from_year, "--from"),
            "to_year": None if to_year is None else _year(to_year, "--to"),
            "period": period,
            "control": tuple(control or ("never-allied",)),
            "edition": edition,
            "as_of": as_of,
            "recompute": recompute,
        }
    )
    result = attribution(question=question)
    emit(result.payload(), "" if json_output else _text(result, every=table), json_output)
    draw(chart, chart_kind, result)


def _year(year: int, where: str) -> int:
    """Return a year that figures can be of.

    Raises
    ------
    InputError
        When it is none.
    """
    from foedus.errors import InputError

    if not 1949 <= year <= 2100:
        raise InputError(f"{year} is not a year of the Alliance", where=where, do="name one from 1949 on")
    return year


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
