"""``foedus burden``: who bears how much, by several measures and no single index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json
from foedus.rounding import written
from foedus.spending.question import BurdenQuestion

if TYPE_CHECKING:
    from foedus.spending.burden import Burden

__all__ = ["burden_command"]


@question_command(BurdenQuestion)
def burden_command(question: BurdenQuestion, *, chart: ChartFile = None, json_output: Json = False) -> None:
    """Print the burden-sharing panel of a year."""
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit
    from foedus.spending.burden import Burden, burden_of

    check_chart(chart, None, Burden)
    burdens = burden_of(question)
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
