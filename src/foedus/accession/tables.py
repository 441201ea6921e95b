"""The tables of an accession: allies, probabilities, possible objectors, and the record of rounds."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.axes import country_name
from foedus.rounding import written
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.accession.result import Accession

__all__ = ["accession_tables"]


def accession_tables(answer: Accession) -> tuple[Table, ...]:
    """Return the tables of an answer."""
    return (
        _specific(answer),
        _allies(answer),
        _probabilities(answer),
        _objectors(answer),
        _record(answer),
    )


def _specific(answer: Accession) -> Table:
    """Return what is specific to the applicant, with its sources."""
    rows = tuple(
        {"what": f.line, "moves": f.moves, "known": f.known, "source": f.source} for f in answer.specific
    )
    columns = (
        Column("what", "Fact"),
        Column("moves", "Moves", blank="nobody"),
        Column("known", "Known"),
        Column("source", "Source"),
    )
    return Table("specific", f"Specific to {answer.name}", columns, rows)


def _allies(answer: Accession) -> Table:
    """Return which ally ratifies when."""
    columns = (
        Column("name", "Ally"),
        Column("is_last", "Last", "per_cent_0"),
        Column("is_holder", "Holds", "per_cent_0"),
        Column("days_p50", "Days, median", "count", ("days_p25", "days_p75")),
        Column("done", "Done", "yes_no"),
        Column("objects", "Objection on record", "yes_no"),
    )
    title = "Allies, the likeliest last one first; in brackets the middle half"
    return Table("allies", title, columns, tuple(asdict(row) for row in answer.allies))


def _probabilities(answer: Accession) -> Table:
    """Return the probabilities, and the quantiles of the time to entry."""
    rows: list[dict[str, Any]] = [{**asdict(c), "band": c.low != c.high} for c in answer.chances]
    for row in answer.lengths:
        within = "more than fifteen years" if row.days is None else f"{written(row.days, grouped=True)} days"
        when = f" ({row.date})" if row.date else ""
        rows.append(
            {"what": f"entry within {within}{when}", "probability": row.level, "given": "given the signature"}
        )
    columns = (
        Column("what", "What"),
        Column("probability", "Chance", "per_cent_0", ("low", "high")),
        Column("given", "Given"),
    )
    return Table("chances", "Chances, each with its condition", columns, tuple(rows))


def _objectors(answer: Accession) -> Table:
    """Return which allies may object to an invitation."""
    objectors = answer.invitation.objectors if answer.invitation is not None else ()
    rows = tuple({"name": country_name(code), "low": low, "high": high} for code, low, high in objectors)
    columns = (
        Column("name", "May object to an invitation"),
        Column("low", "At least", "per_cent_0"),
        Column("high", "At most", "per_cent_0"),
    )
    return Table("objectors", "Who may object", columns, rows, folded=True)


def _record(answer: Accession) -> Table:
    """Return the rounds that the answer rests on."""
    columns = (
        Column("round", "Round"),
        Column("acceding", "Acceding"),
        Column("signed", "Signed", "name"),
        Column("entry", "Entry", "name"),
        Column("ratifiers", "Ratifiers", "count"),
        Column("days_signature_to_entry", "Days", "count"),
        Column("known", "Known"),
    )
    rows = tuple(r.payload() for r in answer.rounds)
    return Table("record", "The record: ten rounds", columns, rows, folded=True)
