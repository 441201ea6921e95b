"""``foedus pledge``: what a pledge asks of each ally."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import AsOf, Countries, Json

__all__ = ["pledge_command"]


def pledge_command(
    *,
    target: Annotated[
        float | None, Parameter(help="The share of GDP, a fraction; without it the pledge of The Hague.")
    ] = None,
    by: Annotated[int | None, Parameter(help="The year to reach it by.")] = None,
    country: Countries = None,
    as_of: AsOf = None,
    draws: Annotated[int, Parameter(help="How many draws the odds rest on.")] = 2000,
    chart: ChartFile = None,
    json_output: Json = False,
) -> None:
    """Print, for each ally, the growth that the pledge needs, what it costs, and the odds that it arrives.

    Parameters
    ----------
    target : float, optional
        The share of GDP, a fraction.
    by : int, optional
        The year to reach it by.
    country : list of str, optional
        List only these allies.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    draws : int, default 2000
        How many draws the odds rest on.
    chart : pathlib.Path, optional
        Also draw the result.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.analysis.pledge import PledgeReading, pledge
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, PledgeReading)
    found = pledge(target=target, by=by, countries=country, as_of=as_of, draws=draws)
    emit(asdict(found), "" if json_output else _text(found), json_output)
    draw(chart, None, found)


def _text(found: Any) -> str:
    """Write the reading for people."""
    from foedus.cli.output import table
    from foedus.units import billions, per_cent

    naive = found.skill.shown != "model"
    rows = [
        (
            r.name,
            per_cent(r.share),
            per_cent(r.target, 1),
            per_cent(r.faster_than_gdp, 1),
            per_cent(r.required_growth, 1),
            billions(r.cost_at_deadline),
            billions(r.cost_cumulative),
            per_cent(r.odds_no_change if naive else r.odds, 0) + (" *" if naive else ""),
            per_cent(r.odds_no_change, 0),
            per_cent(r.equipment_share, 0),
        )
        for r in found.rows
    ]
    headers = (
        "Ally",
        str(found.start_year),
        "target",
        "above GDP",
        "real growth",
        f"cost {found.deadline}",
        "cost in all",
        "odds",
        "no change",
        "equipment",
    )
    title = (
        f"To {per_cent(found.target, 1)} of GDP by {found.deadline}; growth a year, cost in bn USD at "
        f"{found.price_year} prices over today's share"
    )
    costs = table(
        ("Year", "all listed, bn USD"),
        [(str(y), billions(c)) for y, c in zip(found.years, found.cost_by_year, strict=True)],
        title="Cost by year",
        right=(1,),
    )
    notes = "\n".join(f"Note ({n.step}): {n.text}" for n in found.notes)
    return (
        f"{found.identity}\n\n{table(headers, rows, title=title, right=range(1, 10))}\n\n{costs}\n\n"
        f"Odds: the part of {found.draws:,} draws at the target in {found.deadline}; "
        f"skill of such odds at 2 %, {found.skill.sentence}\n"
        f"Rules in force on {found.as_of}: {_rules(found)}.\n{notes}"
    )


def _rules(found: Any) -> str:
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
        for rule in found.rules
    )
