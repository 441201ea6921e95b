"""``foedus country``: one ally, its figures by edition, its forecast, and what each question says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.cli.charts import ChartFile
from foedus.cli.options import AsOf, Json

if TYPE_CHECKING:
    from foedus.analysis.country import CountryFacts

__all__ = ["country_command"]


def country_command(
    name: Annotated[str, Parameter(help="The ally, by name or ISO alpha-3 code.")],
    /,
    *,
    as_of: AsOf = None,
    draws: Annotated[int, Parameter(help="How many draws the forecast rests on.")] = 1000,
    seed: Annotated[int, Parameter(help="Seed of the random draws.")] = 1,
    chart: ChartFile = None,
    json_output: Json = False,
) -> None:
    """Print what is known of one ally.

    Parameters
    ----------
    name : str
        The ally.
    as_of : datetime.date, optional
        Use only what had been published by this day.
    draws : int, default 1000
        How many draws the forecast rests on.
    seed : int, default 1
        Seed of the random draws.
    chart : pathlib.Path, optional
        Also draw the result.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.analysis.country import CountryFacts, country
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, CountryFacts)
    facts = country(name, as_of=as_of, draws=draws, seed=seed)
    emit(facts.payload(), "" if json_output else _text(facts), json_output)
    draw(chart, None, facts)


def _text(facts: CountryFacts) -> str:
    """Write the answer for people."""
    from foedus.cli.output import lay_out

    since = f", an ally since {facts.member_since}" if facts.member_since else ""
    lead = f"{facts.name}{since}\n\n{facts.headline()}"
    said = "\n".join(f"- {card.title}: {card.sentence}" for card in facts.cards)
    tables = [
        lay_out(table, title=table.title) for table in facts.tables() if table.name in {"facts", "editions"}
    ]
    notes = [f"- {note}" for note in facts.notes]
    parts = [lead, *facts.answer().beside, said, *tables, *(["Notes\n" + "\n".join(notes)] if notes else [])]
    return "\n\n".join(parts)
