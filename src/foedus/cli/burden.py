"""``foedus burden``: who bears how much, by several measures and no single index."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import AsOf, Edition, Json, read_date

__all__ = ["burden_command"]


def _day(_type: Any, tokens: Any) -> date:
    """Read the day for cyclopts."""
    return read_date(tokens[0].value, where="--allies-of")


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
        Parameter(converter=_day, help="Compare the allies of this day; without it those of the year's end."),
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
    found = burden(Ledger.load(), year=year, basis=basis, edition=edition, as_of=as_of, allies_of=allies_of)
    emit(asdict(found), "" if json_output else _text(found), json_output)
    draw(chart, None, found)


def _text(found: Any) -> str:
    """Write the panel for people."""
    from foedus.cli.output import table
    from foedus.units import per_cent, points

    rows = [
        (
            r.name,
            per_cent(r.share_of_gdp),
            points(r.spending_less_gdp),
            per_cent(r.equipment_share, 1),
            "–" if r.per_head_usd != r.per_head_usd else f"{r.per_head_usd:,.0f}",
            f"{r.best_rank}–{r.worst_rank}",
            f"{r.likely_best_rank}–{r.likely_worst_rank}",
        )
        for r in found.rows
    ]
    panel = table(
        ("Ally", "of GDP", "less GDP, points", "equipment", "USD a head", "ranks", "middle 90 %"),
        rows,
        title=f"Burdens of {found.year}, by {found.edition}",
        right=(1, 2, 3, 4, 5, 6),
    )
    tests = table(
        ("Rank correlation of the share of GDP with GDP", "", "value", "p", "allies"),
        [(c.name, c.statistic, f"{c.value:+.3f}", f"{c.p:.3f}", str(c.allies)) for c in found.correlations],
        right=(2, 3, 4),
    )
    benefits = ""
    if found.benefits is not None:
        b = found.benefits
        benefits = (
            f"\n{b.above} of {b.allies} allies bear a larger part of spending than of the benefits "
            f"({b.benefit}); "
            f"Wilcoxon's signed ranks, two-sided p = {b.p:.3f}."
        )
    notes = "\n".join(f"- {line}" for line in found.notes)
    return (
        f"{panel}\n\n{tests}\nOne-sided p by permutation: the chance of a value as high when size does not "
        "matter. "
        f"A negative value is not evidence of free riding.{benefits}\n\n"
        f"Ranks: the best and the worst over every weighting of {', '.join(found.metrics)}; there is no "
        "single "
        f"index.\n\nNotes\n{notes}\nSource: {found.title}."
    )
