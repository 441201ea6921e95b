"""``foedus indicators``, ``editions``, ``sources`` and ``institutions``: what the ledger holds."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from foedus.cli.options import AsOf, Json

__all__ = ["editions", "indicators", "institutions", "sources"]


def indicators(*, json_output: Json = False) -> None:
    """List the catalogue, with the editions that hold each indicator.

    Parameters
    ----------
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, lay_out
    from foedus.evidence import Ledger
    from foedus.evidence.lists import indicator_list

    listing = indicator_list(Ledger.load())
    emit(listing.payload(), lay_out(listing.table("indicators")), json_output)


def editions(*, as_of: AsOf = None, json_output: Json = False) -> None:
    """List the editions by day of publication, with how many figures each holds.

    Parameters
    ----------
    as_of : datetime.date, optional
        Only editions published by this day.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, lay_out
    from foedus.evidence import Ledger
    from foedus.evidence.lists import edition_list

    listing = edition_list(Ledger.load(), as_of)
    tables = f"{lay_out(listing.table('editions'))}\n\n{lay_out(listing.table('publications'))}"
    text = f"{tables}\n\n? the day of publication is not verified"
    emit(listing.payload(), text, json_output)


def sources(
    edition: Annotated[str | None, Parameter(help="One edition; without it, all.")] = None,
    /,
    *,
    json_output: Json = False,
) -> None:
    """Print source cards in full: publisher, title, day, address, licence, basis, caveats.

    Parameters
    ----------
    edition : str, optional
        One edition.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit
    from foedus.evidence import Ledger
    from foedus.evidence.cards import dump_card
    from foedus.evidence.sources import sources as source_cards

    answer = source_cards(Ledger.load(), edition)
    emit(answer.payload(), "\n".join(dump_card(card) for card in answer.cards), json_output)


def institutions(
    name: Annotated[
        str | None, Parameter(name="table", help="members, secretaries-general, summits, …")
    ] = None,
    /,
    *,
    as_of: AsOf = None,
    json_output: Json = False,
) -> None:
    """Print a table of institutions, as of a day; without a name, list the tables.

    Parameters
    ----------
    name : str, optional
        One of the tables.
    as_of : datetime.date, optional
        Leave out what happened later.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.output import emit, lay_out
    from foedus.evidence.institutions import institution_table
    from foedus.evidence.lists import institution_list

    if name is None:
        listing = institution_list()
        emit(listing.payload(), lay_out(listing.table("tables")), json_output)
        return
    answer = institution_table(name, as_of=as_of)
    foot = (
        f"\n\n{answer.unverified} of {len(answer.rows)} rows are not verified." if answer.unverified else ""
    )
    emit(answer.payload(), f"{answer.headline()}\n{lay_out(answer.table(name))}{foot}", json_output)
