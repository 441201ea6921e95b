"""``foedus indicators``, ``editions``, ``sources`` and ``institutions``: what the ledger holds."""

from __future__ import annotations

from foedus.cli.asking import question_command
from foedus.cli.options import Json
from foedus.evidence.question import (
    EditionListQuestion,
    IndicatorListQuestion,
    InstitutionTableQuestion,
    SourceCardsQuestion,
)

__all__ = ["editions", "indicators", "institutions", "sources"]


@question_command(IndicatorListQuestion)
def indicators(question: IndicatorListQuestion, *, json_output: Json = False) -> None:
    """List the catalogue: what can be asked, what an import brings, what a run works out."""
    from foedus.cli.output import emit, lay_out
    from foedus.evidence import Ledger
    from foedus.evidence.lists import indicator_list

    listing = indicator_list(Ledger.load(), question.origin)
    tables = "\n\n".join(
        f"{table.title}\n{lay_out(table, narrow=('name', 'label'))}"
        for table in listing.tables()
        if table.rows
    )
    emit(listing.payload(), f"{listing.headline()}\n\n{tables}", json_output)


@question_command(EditionListQuestion)
def editions(question: EditionListQuestion, *, json_output: Json = False) -> None:
    """List the editions by day of publication, with how many figures each holds."""
    from foedus.cli.output import emit, lay_out
    from foedus.evidence import Ledger
    from foedus.evidence.lists import edition_list

    listing = edition_list(Ledger.load(), question.as_of)
    tables = f"{lay_out(listing.table('editions'))}\n\n{lay_out(listing.table('publications'))}"
    text = f"{tables}\n\n? the day of publication is not verified"
    emit(listing.payload(), text, json_output)


@question_command(SourceCardsQuestion)
def sources(question: SourceCardsQuestion, *, json_output: Json = False) -> None:
    """Print source cards in full: publisher, title, day, address, licence, basis, caveats."""
    from foedus.cli.output import emit
    from foedus.evidence import Ledger
    from foedus.evidence.cards import dump_card
    from foedus.evidence.sources import sources as source_cards

    answer = source_cards(Ledger.load(), question.edition)
    emit(answer.payload(), "\n".join(dump_card(card) for card in answer.cards), json_output)


@question_command(InstitutionTableQuestion)
def institutions(question: InstitutionTableQuestion, *, json_output: Json = False) -> None:
    """Print a table of institutions, as of a day; without a name, list the tables."""
    from foedus.cli.output import emit, lay_out
    from foedus.evidence.institutions import institution_table
    from foedus.evidence.lists import institution_list

    if question.table is None:
        listing = institution_list()
        emit(listing.payload(), lay_out(listing.table("tables")), json_output)
        return
    answer = institution_table(question.table, as_of=question.as_of)
    foot = (
        f"\n\n{answer.unverified} of {len(answer.rows)} rows are not verified." if answer.unverified else ""
    )
    table = lay_out(answer.table(question.table))
    emit(answer.payload(), f"{answer.headline()}\n{table}{foot}", json_output)
