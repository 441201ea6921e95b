"""What ``foedus compare`` prints of more than two scenarios, and of where a threshold is met."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter

if TYPE_CHECKING:
    from foedus.analysis.compare_many import ManyComparison
    from foedus.analysis.discovery_result import Discovery

__all__ = ["Discover", "Shown", "check_two_alone", "show_discovery", "show_many"]


Discover = Annotated[
    str | None,
    Parameter(help='Where a threshold is met, such as "allies_at_pledge_count < 5", and nothing else.'),
]


@dataclass(frozen=True)
class Shown:
    """Draws and seed of a comparison, the day, and how the answer is wanted.

    Attributes
    ----------
    draws, seed : int
        Draws and seed.
    as_of : datetime.date or None
        The day.
    chart : pathlib.Path or None
        Where the chart is written.
    chart_kind : str or None
        Which chart.
    json_output : bool
        Whether one JSON object is printed and no text.
    """

    draws: int
    seed: int
    as_of: date | None
    chart: Path | None
    chart_kind: str | None
    json_output: bool


def check_two_alone(changes: Sequence[str] | None, structures: bool | None) -> None:
    """Refuse what is asked of two scenarios alone.

    Parameters
    ----------
    changes : sequence of str or None
        Keys of the second scenario.
    structures : bool or None
        Whether every other form is run.

    Raises
    ------
    InputError
        When either is given.
    """
    from foedus.errors import InputError

    for where, given, do in (
        ("--set", bool(changes), "write the change into a scenario file that extends the other"),
        ("--structures", bool(structures), "name a form in a scenario file, or compare two"),
    ):
        if given:
            raise InputError("this is for a comparison of two scenarios", where=where, do=do)


def show_many(names: Sequence[str], regret: str | None, best: str | None, shown: Shown) -> None:
    """Compare many scenarios and print the answer.

    Parameters
    ----------
    names : sequence of str
        The scenarios.
    regret, best : str or None
        The measure of a regret, and which of its values are better.
    shown : Shown
        Draws, day and form of the answer.
    """
    from foedus.analysis.compare_many import ManyComparison, compare_many
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(shown.chart, shown.chart_kind, ManyComparison)
    result = compare_many(
        names, regret=regret, best=best, draws=shown.draws, seed=shown.seed, as_of=shown.as_of
    )
    emit(result.payload(), "" if shown.json_output else _many(result), shown.json_output)
    draw(shown.chart, shown.chart_kind, result)


def _many(result: ManyComparison) -> str:
    """Write a comparison of many for people."""
    from foedus.cli.output import lay_out

    titles = "\n".join(f"{s.name}: {s.title}" for s in result.scenarios)
    interval = (
        f"Median, and in brackets the middle 80 % of {result.draws:,} draws; money in bn USD at "
        f"{result.price_year} prices."
    )
    asked = (
        () if result.regret else ("By what each choice is regretted: --regret MEASURE --best most|least.",)
    )
    return "\n\n".join(
        [
            result.headline(),
            titles,
            *(lay_out(table, title=table.title) for table in result.tables()),
            "\n".join([interval, result.skill, *asked, *(f"Note: {n}" for n in result.notes)]),
        ]
    )


def show_discovery(
    names: Sequence[str], threshold: str, shown: Shown, *, changes: Mapping[str, Any], year: int | None = None
) -> None:
    """Look for the regions in which a threshold is met and print them.

    Parameters
    ----------
    names : sequence of str
        The scenarios.
    threshold : str
        A measure, a sign and a number.
    shown : Shown
        Draws, day and form of the answer.
    changes : mapping of str to object
        Keys of every scenario with other values.
    year : int, optional
        The year; without it, the last.
    """
    from foedus.analysis.discovery import discover
    from foedus.analysis.discovery_result import Discovery
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(shown.chart, shown.chart_kind, Discovery)
    result = discover(
        names,
        threshold,
        year=year,
        draws=shown.draws,
        seed=shown.seed,
        as_of=shown.as_of,
        changes=changes,
    )
    emit(result.payload(), "" if shown.json_output else _discovery(result), shown.json_output)
    draw(shown.chart, shown.chart_kind, result)


def _discovery(result: Discovery) -> str:
    """Write a discovery for people: the answer, the boxes and every tenth part of the way."""
    from foedus.cli.output import lay_out

    parts = [result.headline()]
    if result.boxes:
        boxes = result.table("boxes")
        parts.append(lay_out(boxes, title=boxes.title))
    if result.path:
        way = result.path_in_short()
        parts.append(lay_out(way, title=way.title))
    notes = [f"Of {result.draws:,} draws of each of {len(result.scenarios)} scenarios."]
    return "\n\n".join([*parts, "\n".join([*notes, *(f"Note: {n}" for n in result.notes)])])
