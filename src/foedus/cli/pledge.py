"""``foedus pledge``: what a pledge asks of each ally."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.question import PledgeQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.analysis.pledge import PledgeReading
    from foedus.analysis.pledge_row import PledgeRow
    from foedus.tables import Table

__all__ = ["pledge_command"]


@question_command(PledgeQuestion)
def pledge_command(question: PledgeQuestion, *, chart: ChartFile = None, json_output: Json = False) -> None:
    """Print, for each ally, the growth that the pledge needs, what it costs, and the odds that it arrives."""
    from foedus.analysis.pledge import PledgeReading, pledge_of
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, PledgeReading)
    reading = pledge_of(question)
    emit(reading.payload(), "" if json_output else _text(reading), json_output)
    draw(chart, None, reading)


def _text(reading: PledgeReading) -> str:
    """Write the reading for people."""
    from foedus.cli.output import lay_out
    from foedus.tables import Column

    allies = _allies(reading)
    costs = reading.table("years").select(
        Column("year", "Year", "year", align="left"), Column("cost", "all listed, bn USD", "billions")
    )
    notes = "\n".join(f"Note ({n.step}): {n.text}" for n in reading.notes)
    years = (reading.start_year, reading.deadline, reading.price_year)
    sentences = "".join(f"{row.sentence(*years)}\n" for row in _named(reading))
    return (
        f"{reading.answer().lines()}\n\n{reading.identity}\n{sentences}\n"
        f"{lay_out(allies, title=allies.title)}\n\n{lay_out(costs, title=costs.title)}\n\n{_plans(reading)}"
        f"Odds: the part of {reading.draws:,} draws at the target in {reading.deadline}; "
        f"skill of such odds at 2 %, {reading.skill.sentence}\n"
        f"Rules in force on {reading.as_of}: {_rules(reading)}.\n{notes}"
    )


FEW = 5
"""So many allies at most have a sentence each."""


def _named(reading: PledgeReading) -> tuple[PledgeRow, ...]:
    """Return the rows that have a sentence each: those of a few allies; a single one has it already."""
    return reading.rows if 1 < len(reading.rows) <= FEW else ()


def _plans(reading: PledgeReading) -> str:
    """Write what the allies listed have announced, and what was printed of it since."""
    from foedus.cli.output import lay_out

    if not reading.plans:
        return ""
    keys = ("name", "year", "share", "announced", "printed", "realised", "known", "what")
    plans = reading.table("plans").select(*keys)
    return f"{lay_out(plans, title=plans.title)}\n\n"


def _allies(reading: PledgeReading) -> Table:
    """Return the table of allies with headings that fit a terminal."""
    from foedus.tables import Column
    from foedus.units import per_cent

    return reading.table("allies").select(
        *("name", "share"),
        Column("target", "target", "per_cent_1"),
        Column("faster_than_gdp", "above GDP", "per_cent_1"),
        Column("required_growth", "real growth", "per_cent_1"),
        Column("cost_at_deadline", f"cost {reading.deadline}", "billions"),
        Column("cost_cumulative", "cost in all", "billions"),
        Column("odds_shown", "odds", "per_cent_0", shown="shown"),
        Column("odds_no_change", "no change", "per_cent_0"),
        Column("equipment_share", "equipment", "per_cent_0"),
        title=f"To {per_cent(reading.target, 1)} of GDP by {reading.deadline}; growth a year, cost in bn USD "
        f"at {reading.price_year} prices over today's share",
    )


def _rules(reading: PledgeReading) -> str:
    """Write the dated rules in one line; what is related to defence is named and not modelled."""
    from foedus.axes import country_name
    from foedus.units import per_cent

    words = {
        "defence_expenditure_share_of_gdp": "of GDP on core defence",
        "equipment_share": "of spending on equipment",
        "security_related_share_of_gdp": "of GDP on related security (no audited definition, not modelled)",
        "defence_and_security_share_of_gdp": "of GDP on both",
    }
    senses = {"at_least": "at least", "up_to": "up to", "national_position": "nationally"}
    return "; ".join(
        f"{rule.pledge}{f' ({country_name(rule.country)})' if rule.country else ''}: {senses[rule.sense]} "
        f"{per_cent(rule.level, 1)} {words.get(rule.quantity, rule.quantity)} by {rule.deadline}"
        for rule in reading.rules
    )
