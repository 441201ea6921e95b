"""Who joins: the odds of an invitation, the time to entry, and who ratifies last."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pydantic import Field

from foedus.accession.asked import AccessionQuestion, accession_of
from foedus.dashboard.drawing import charts_of
from foedus.dashboard.query import command_of, python_of
from foedus.dashboard.served import served
from foedus.dashboard.views import Control, Key, Page, PageChart, Route, View

if TYPE_CHECKING:
    from foedus.accession.result import Accession, AllyRow
    from foedus.dashboard.state import AppState

__all__ = ["ACCESSION_PAGE", "ACCESSION_ROUTE"]

APPLICANTS = ("UKR", "GEO", "BIH", "MDA", "AUT", "IRL", "CHE", "SRB", "MLT", "CYP")
"""Applicants that the page offers; the API and the command take any country."""


MORE = "Invitation, and allies that hold"


class ApplicantQuestion(AccessionQuestion):
    """An applicant's road to membership; the page opens with Ukraine's."""

    applicant: str = Field(default="UKR", description="The applicant, by name or ISO code.")


def _ask(state: AppState, question: AccessionQuestion) -> Accession:
    """Answer the question."""
    return state.drawn(("accession", question.model_dump_json()), lambda: accession_of(question))


def _view(state: AppState, question: AccessionQuestion) -> View:
    """Show the answer."""
    answer = _ask(state, question)
    return View(
        headline=answer.headline(),
        answer=answer.answer(),
        sentences=answer.sentences(),
        charts=_charts(answer),
        tables=answer.tables(),
        notes=answer.notes,
        allies={row.country: _said(row) for row in answer.allies},
        cards=tuple(card for card in state.ledger.editions.values() if "accession" in card.id),
    )


def _said(row: AllyRow) -> str:
    """Write how long an ally takes to ratify."""
    from foedus.rounding import written
    from foedus.units import per_cent

    if row.done:
        return f"{row.name} has ratified."
    if row.days_p50 is None:
        return f"{row.name}: as likely as not it never ratifies; it holds with {per_cent(row.is_holder, 0)}."
    half = "" if row.days_p25 is None else f" (half of the draws {written(row.days_p25)} to "
    half += "" if not half else f"{written(row.days_p75)})" if row.days_p75 is not None else "never)"
    return (
        f"{row.name}: {written(row.days_p50)} days to ratify with even chance{half}; "
        f"the last of all with {per_cent(row.is_last, 0)}, and it holds with {per_cent(row.is_holder, 0)}."
    )


def _charts(answer: Accession) -> tuple[PageChart, ...]:
    """Return the chance of entry, and each ally's ratification."""
    from foedus.accession.stage_charts import entry_chart, ratifications_chart

    make = next(iter(charts_of(answer))).make
    given = f"Given a signature on {answer.signed:%-d %B %Y}."
    keys = (Key("above", "middle half"), Key("us", "median"), Key("mine", "an objection on record"))
    return (
        PageChart(
            "entry",
            make,
            draw=lambda box: entry_chart(answer, box),
            title="Entry",
            note=f"Chance of having entered, per cent. {given}",
        ),
        PageChart(
            "allies",
            make,
            draw=lambda box: ratifications_chart(answer, box),
            title="By ally",
            note=f"When each ally has ratified. {given}",
            keys=keys,
        ),
    )


def _applicants(_: AppState) -> Sequence[tuple[str, str]]:
    """Return the applicants offered."""
    from foedus.axes import country_name

    return [(code, country_name(code)) for code in APPLICANTS]


def _words(question: AccessionQuestion) -> str:
    """Write what the question asks besides the applicant as options."""
    return command_of("accession", question, applicant="").removeprefix("foedus accession")


ASKED = served(ApplicantQuestion)

ACCESSION_PAGE = Page(
    slug="accession",
    title="Who joins",
    group="decides",
    question_title="When does an applicant join?",
    lead="From application to membership, parliament by parliament.",
    question=ASKED,
    controls=(
        Control("applicant", "Applicant", "select", options=_applicants),
        Control("signed", "Protocol signed on", "date", help="Without it a signature is supposed, and said."),
        Control("invited", "Invited on", "date", group=MORE),
        Control("holders", "Allies that hold", "textarea", high=3, group=MORE, help="One a line: Hungary."),
    ),
    answer=_view,
    command=lambda q: f"foedus accession --applicant {shlex.quote(q.applicant)}{_words(q)}",
    python=lambda q: python_of("foedus.accession", q, positional=repr(q.applicant), applicant=""),
)

ACCESSION_ROUTE = Route(
    "accession",
    "From application to membership: odds of an invitation, time to entry, who is last.",
    ASKED,
    lambda state, question: _ask(state, question).payload(),
)
