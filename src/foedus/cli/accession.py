"""``foedus accession``: from application to membership, parliament by parliament."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from foedus.accession.asked import ObservedQuestion, accession_of
from foedus.cli.asking import question_command
from foedus.cli.charts import ChartFile
from foedus.cli.options import Json
from foedus.errors import InputError
from foedus.rounding import written

if TYPE_CHECKING:
    from foedus.accession.result import Accession, AllyRow, CalendarRow, Chance, Invitation, Length

__all__ = ["accession_command"]

BAR = 40
"""Width of the calendar's bars."""
OBJECTORS = 8
"""Possible objectors shown by name, the likeliest first."""
SHOWN = 12
"""Allies shown, the likeliest last one first."""


@question_command(ObservedQuestion)
def accession_command(
    question: ObservedQuestion,
    *,
    chart: ChartFile = None,
    hindcast: Annotated[
        bool, Parameter(negative=(), help="Print how good the forecasts are, out of sample.")
    ] = False,
    recompute: Annotated[
        bool, Parameter(negative=(), help="Make the forecasts of the hindcast anew (takes a minute).")
    ] = False,
    json_output: Json = False,
) -> None:
    """Print the odds of an invitation, the time from signature to entry, and who is likely last."""
    from foedus.accession.result import Accession
    from foedus.cli.charts import check_chart, draw
    from foedus.cli.output import emit

    check_chart(chart, None, Accession)
    if hindcast or question.record or recompute:
        _print_record(question.applicant, hindcast or recompute, recompute, json_output)
        return
    if question.applicant is None:
        raise InputError(
            "no applicant is named", where="--applicant", do="name one, or ask for --record or --hindcast"
        )
    answer = accession_of(question)
    emit(answer.payload(), "" if json_output else _text(answer), json_output)
    draw(chart, None, answer)


def _print_record(applicant: str | None, hindcast: bool, recompute: bool, json_output: bool) -> None:
    """Print the scores of forecasts, or the record."""
    from foedus.accession.hindcast import accession_hindcast
    from foedus.accession.recorded import accession_record
    from foedus.cli.accession_record import hindcast_text, record_text
    from foedus.cli.output import emit

    if hindcast:
        scores = accession_hindcast(recompute=recompute)
        emit(scores.payload(), "" if json_output else hindcast_text(scores), json_output)
    else:
        record = accession_record(applicant)
        emit(record.payload(), "" if json_output else record_text(record), json_output)


def _text(answer: Accession) -> str:
    """Write the answer for people."""

    seen = f"; {answer.seen} ratifications seen" if answer.seen else ""
    days = ", ".join(str(r.days_to_entry) for r in answer.rounds)
    parts = [
        f"Accession of {answer.name}, asked on {answer.as_of}",
        answer.answer().lines(),
        *([] if answer.invitation is None else [answer.invitation.sentence()]),
        _specific_text(answer),
        *([] if answer.invitation is None else _invitation_text(answer.invitation)),
        "All below: given an invitation and the signature of the protocol, on "
        f"{answer.signed} ({answer.signed_is}){seen}.",
        _lengths_text(answer.lengths),
        "\n".join(_chance_text(c) for c in answer.chances),
        _allies_text(answer.allies),
        _calendar_text(answer.calendar),
        f"Record: {len(answer.rounds)} rounds; days from signature to entry {days}.",
        "\n".join(f"- {line}" for line in answer.notes),
    ]
    return "\n\n".join(parts)


def _specific_text(answer: Accession) -> str:
    """Write what is specific to the applicant, each fact with whom it moves and its source."""
    lines = [
        f"- {f.line}" + (f"; moves {f.moves}" if f.moves else "") + f" [{f.known}: {f.source}]"
        for f in answer.specific
    ]
    return "\n".join([answer.what_is_specific(), *lines])


def _chance_text(chance: Chance) -> str:
    """Write one probability with its band, where it has one."""
    from foedus.units import per_cent

    low, high = per_cent(chance.low, 0), per_cent(chance.high, 0)
    band = f" ({low} to {high})" if low != high else ""
    return f"{per_cent(chance.probability, 0):>6}  {chance.what}{band}"


def _invitation_text(invitation: Invitation) -> list[str]:
    """Write the bargained chance, and who may object."""
    from foedus.axes import country_name
    from foedus.cli.output import table
    from foedus.units import per_cent

    c = invitation.bargained
    shown, others = invitation.objectors[:OBJECTORS], invitation.objectors[OBJECTORS:]
    rows = [(country_name(a), f"{per_cent(low, 0)} to {per_cent(high, 0)}") for a, low, high in shown]
    if others:
        low, high = min(o[1] for o in others), max(o[2] for o in others)
        rows.append((f"{len(others)} more, each", f"{per_cent(low, 0)} to {per_cent(high, 0)}"))
    return [
        f"With bargaining: {per_cent(c.probability, 0)} ({per_cent(c.low, 0)} to {per_cent(c.high, 0)}), "
        f"{c.given}.",
        table(("May object", "Chance"), rows),
    ]


def _lengths_text(lengths: Sequence[Length]) -> str:
    """Write the time from signature to entry."""
    from foedus.accession.hindcast import days_text
    from foedus.cli.output import table
    from foedus.units import per_cent

    rows = [(per_cent(r.level, 0), days_text(r.days), str(r.date or "–")) for r in lengths]
    return table(("Entry with probability", "Days from signature", "By"), rows, right=(0, 1))


def _allies_text(allies: Sequence[AllyRow]) -> str:
    """Write who is likely last."""
    from foedus.accession.hindcast import days_text
    from foedus.cli.output import table
    from foedus.units import per_cent

    rows = [
        (
            r.name,
            per_cent(r.is_last, 0),
            per_cent(r.is_holder, 0),
            days_text(r.days_p50),
            f"{days_text(r.days_p25)} – {days_text(r.days_p75)}",
            "objects" if r.objects else "",
        )
        for r in allies
        if not r.done
    ]
    headers = ("Likely last", "Last", "Holds", "Median days", "Middle half", "")
    return table(headers, rows[:SHOWN], right=(1, 2, 3, 4))


def _calendar_text(calendar: Sequence[CalendarRow]) -> str:
    """Write the calendar, every second month."""
    from foedus.cli.output import table
    from foedus.units import per_cent

    rows = [
        (str(r.month_end)[:7], written(r.done), per_cent(r.entry, 0), "#" * round(BAR * r.entry))
        for r in calendar[1::2]
    ]
    return table(("By the end of", "Done", "Entered", ""), rows, right=(1, 2))
