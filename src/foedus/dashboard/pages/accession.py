"""Who joins: the odds of an invitation, the time to entry, and who ratifies last."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from foedus.accession.payload import accession_payload, round_payload
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.views import Control, Page, Question, Route, View
from foedus.tables import Column, Table

if TYPE_CHECKING:
    from foedus.accession.result import Accession
    from foedus.dashboard.state import AppState

__all__ = ["ACCESSION_PAGE", "ACCESSION_ROUTE", "AccessionQuestion"]

APPLICANTS = ("UKR", "GEO", "BIH", "MDA", "AUT", "IRL", "CHE", "SRB", "MLT", "CYP")
"""Whom the page offers; the API and the command take any country."""


class AccessionQuestion(Question):
    """An applicant's road to membership."""

    applicant: Annotated[str, Field(max_length=80, description="The applicant, by name or ISO code.")] = "UKR"
    invited: Annotated[date | None, Field(description="The day of the invitation.")] = None
    signed: Annotated[date | None, Field(description="The day the protocol was signed.")] = None
    holders: Annotated[
        list[Annotated[str, Field(max_length=80)]] | None,
        Field(max_length=32, description="Allies to take for holders."),
    ] = None
    as_of: Annotated[date | None, Field(description="The day of the question; without it today.")] = None


def _ask(state: AppState, question: AccessionQuestion) -> Accession:
    """Put the question to the measure."""
    from foedus.accession.predict import accession

    given = question.model_dump() | {"holders": question.holders or ()}
    return state.drawn(("accession", question.model_dump_json()), lambda: accession(**given))


def _view(state: AppState, question: AccessionQuestion) -> View:
    """Show the answer."""
    from foedus.units import per_cent

    found = _ask(state, question)
    middle = next((row for row in found.lengths if abs(row.level - 0.5) < 1e-9), found.lengths[0])
    days = "more than fifteen years" if middle.days is None else f"{middle.days:,.0f} days"
    when = f", on {middle.date}" if middle.date else ""
    invitation = ""
    if found.invitation is not None:
        chance = found.invitation.chance
        invitation = (
            f"An invitation: {per_cent(chance.low, 0)} to {per_cent(chance.high, 0)}, {chance.given}; "
            f"judged, {found.invitation.unverified} positions unverified."
        )
    last = [row for row in found.allies if not row.done][:3]
    slow = ", ".join(f"{row.name} ({per_cent(row.is_last, 0)})" for row in last)
    sentences = (
        invitation,
        f"All below is given an invitation and a signature on {found.signed} ({found.signed_is}).",
        f"Likeliest to ratify last: {slow}." if slow else "",
    )
    return View(
        headline=f"Given a signature, {found.name} enters within {days} with even chance{when}.",
        sentences=tuple(line for line in sentences if line),
        charts=charts_of(found),
        tables=(_allies(found), _chances(found), _objectors(found), _record(found)),
        notes=found.notes,
        cards=tuple(card for card in state.ledger.editions.values() if "accession" in card.id),
    )


def _allies(found: Accession) -> Table:
    """Give who ratifies when."""
    columns = (
        Column("name", "Ally"),
        Column("is_last", "Last", "per_cent_0"),
        Column("is_holder", "Holds", "per_cent_0"),
        Column("days_p50", "Days, median", "count", ("days_p25", "days_p75")),
        Column("done", "Done", "yes_no"),
        Column("objects", "Objection on record", "yes_no"),
    )
    title = "Allies, the likeliest last one first; in brackets the middle half"
    return Table("allies", title, columns, tuple(asdict(row) for row in found.allies))


def _chances(found: Accession) -> Table:
    """Give the probabilities, and the quantiles of the time to entry."""
    rows = [{"what": c.what, "probability": c.probability, "given": c.given} for c in found.chances]
    for row in found.lengths:
        far = "more than fifteen years" if row.days is None else f"{row.days:,.0f} days"
        when = f" ({row.date})" if row.date else ""
        rows.append(
            {"what": f"entry within {far}{when}", "probability": row.level, "given": "given the signature"}
        )
    columns = (
        Column("what", "What"),
        Column("probability", "Chance", "per_cent_0"),
        Column("given", "Given"),
    )
    return Table("chances", "Chances, each with its condition", columns, tuple(rows))


def _objectors(found: Accession) -> Table:
    """Give who may object to an invitation."""
    from foedus.axes import country_name

    listed = found.invitation.objectors if found.invitation is not None else ()
    rows = tuple({"name": country_name(code), "low": low, "high": high} for code, low, high in listed)
    columns = (
        Column("name", "May object to an invitation"),
        Column("low", "At least", "per_cent_0"),
        Column("high", "At most", "per_cent_0"),
    )
    return Table("objectors", "Who may object", columns, rows, folded=True)


def _record(found: Accession) -> Table:
    """Give the rounds that it rests on."""
    rows = tuple(round_payload(r) for r in found.rounds)
    columns = (
        Column("round", "Round"),
        Column("acceding", "Acceding"),
        Column("signed", "Signed", "name"),
        Column("entry", "Entry", "name"),
        Column("ratifiers", "Ratifiers", "count"),
        Column("days_signature_to_entry", "Days", "count"),
        Column("known", "Known"),
    )
    return Table("record", "The record: ten rounds", columns, rows, folded=True)


def _applicants(_: AppState) -> Sequence[tuple[str, str]]:
    """Give the applicants offered."""
    from foedus.axes import country_name

    return [(code, country_name(code)) for code in APPLICANTS]


def _command(question: AccessionQuestion) -> str:
    """Write the question as a command, which has no applicant of its own."""
    rest = command_of("accession", question, applicant="").removeprefix("foedus accession")
    return f"foedus accession --applicant {shlex.quote(question.applicant)}{rest}"


ACCESSION_PAGE = Page(
    slug="accession",
    title="Who joins",
    lead="From application to membership, parliament by parliament.",
    question=AccessionQuestion,
    controls=(
        Control("applicant", "Applicant", "select", options=_applicants),
        Control("invited", "Invited on", "date"),
        Control("signed", "Protocol signed on", "date", help="Without it a signature is supposed, and said."),
        Control("holders", "Allies that hold", "textarea", high=3, help="One a line, for example Hungary."),
        Control("as_of", "Asked on", "date"),
    ),
    answer=_view,
    command=_command,
    python=lambda q: python_of(
        "foedus.accession.predict.accession", q, positional=repr(q.applicant), applicant=""
    ),
)

ACCESSION_ROUTE = Route(
    "accession",
    "From application to membership: odds of an invitation, time to entry, who is last.",
    AccessionQuestion,
    lambda state, question: accession_payload(_ask(state, question)),
)
