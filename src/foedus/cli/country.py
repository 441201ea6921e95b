"""``foedus country``: one ally, its figures by edition, its forecast, and what each question says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.analysis.question import CountryQuestion
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json

if TYPE_CHECKING:
    from foedus.analysis.country import CountryFacts

__all__ = ["country_command"]


@question_command(CountryQuestion)
def country_command(question: CountryQuestion, *, chart: ChartFile = None, json_output: Json = False) -> None:
    """Print what is known of one ally."""
    from foedus.analysis.country import CountryFacts, country_of
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, CountryFacts)
    facts = country_of(question)
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
