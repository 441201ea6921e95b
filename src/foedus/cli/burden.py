"""``foedus burden``: who bears how much, by several measures and no single index."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import AsOf, Edition, Json, read_day
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.spending.burden import Burden

__all__ = ["burden_command"]


def burden_command(
    *,
    year: Annotated[int | None, Parameter(help="The year; without it the last one held whole.")] = None,
    basis: Annotated[
        str, Parameter(help="Whose definition: nato, or sipri where an edition was imported.")
    ] = "nato",
    edition: Edition = None,
    as_of: AsOf = None,
    allies_of: Annotated[
        date | None,
        Parameter(
            converter=read_day, help="Compare the allies of this day; without it those of the year's end."
        ),
    ] = None,
    chart: ChartFile = None,
    json_output: Json = False,
) -> None:
    """Print the burden-sharing panel of a year.

    Parameters
    ----------
    year : int, optional
        The year.
    basis : {"nato", "sipri"}
        Whose definition of spending.
    edition : str, optional
        The edition that shall answer.
    as_of : datetime.date, optional
        Answer only from what had been published by this day.
    allies_of : datetime.date, optional
        Compare the allies of this day.
    chart : pathlib.Path, optional
        Also draw the result.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.evidence import Ledger
    from foedus.spending.burden import Burden, burden

    check_chart(chart, None, Burden)
    burdens = burden(Ledger.load(), year=year, basis=basis, edition=edition, as_of=as_of, allies_of=allies_of)
    emit(burdens.payload(), "" if json_output else _text(burdens), json_output)
    draw(chart, None, burdens)


def _text(burdens: Burden) -> str:
    """Write the panel for people."""
    from foedus.cli.output import lay_out
    from foedus.tables import Column

    panel = burdens.table("allies").select(
        "name",
        Column("share_of_gdp", "of GDP", "per_cent"),
        Column("spending_less_gdp", "less GDP, points", "points"),
        Column("equipment_share", "equipment", "per_cent_1"),
        "per_head_usd",
        Column("ranks", "ranks", align="right"),
        Column("likely", "middle 90 %", align="right"),
        title=f"Burdens of {burdens.year}, by {burdens.edition}",
    )
    tests = burdens.table("tests").select(
        Column("name", "Rank correlation of the share of GDP with GDP"),
        Column("statistic", ""),
        Column("value", "value", "signed_3"),
        Column("p", "p", "number_3"),
        Column("allies", "allies", "count"),
    )
    notes = "\n".join(f"- {line}" for line in burdens.notes)
    return (
        f"{burdens.answer().lines()}\n\n{lay_out(panel, title=panel.title)}\n\n{lay_out(tests)}\n"
        "One-sided p by permutation: the chance of a value as high when size does not matter. "
        f"A negative value is not evidence of free riding.{_benefits(burdens)}\n\n"
        f"Ranks: the best and the worst over every weighting of {', '.join(burdens.metrics)}; there is no "
        f"single index.\n\nNotes\n{notes}\nSource: {burdens.title}."
    )


def _benefits(burdens: Burden) -> str:
    """Write how burdens compare with benefits, where that is known."""
    if burdens.benefits is None:
        return ""
    b = burdens.benefits
    return (
        f"\n{b.above} of {b.allies} allies bear a larger part of spending than of the benefits "
        f"({b.benefit}); Wilcoxon's signed ranks, two-sided p = {written(b.p, 3)}."
    )
