"""``foedus accession``: from application to membership, parliament by parliament."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from foedus.cli.options import Json, _date
from foedus.errors import InputError, StorageError

__all__ = ["accession_command"]

Day = Annotated[date | None, Parameter(converter=_date)]
BAR = 40
"""Width of the calendar's bars."""
SHOWN = 12
"""Allies shown, the likeliest last one first."""


def accession_command(
    *,
    applicant: Annotated[str | None, Parameter(help="The applicant, by name or ISO alpha-3 code.")] = None,
    invited: Annotated[Day, Parameter(help="The day of the invitation (YYYY-MM-DD).")] = None,
    signed: Annotated[Day, Parameter(help="The day the protocol was signed (YYYY-MM-DD).")] = None,
    holders: Annotated[
        list[str] | None,
        Parameter(
            consume_multiple=True, negative=(), help="Allies to take for holders, separated by commas."
        ),
    ] = None,
    observed: Annotated[
        Path | None, Parameter(help="A CSV file of the ratifications so far: ally,date or ally,date,step.")
    ] = None,
    as_of: Annotated[Day, Parameter(help="The day of the question; without it today.")] = None,
    chart: Annotated[
        Path | None, Parameter(help="Write the calendar as a picture (SVG) to this file.")
    ] = None,
    record: Annotated[bool, Parameter(negative=(), help="Print the ten rounds, step by step.")] = False,
    hindcast: Annotated[
        bool, Parameter(negative=(), help="Print how good the forecasts are, out of sample (takes a minute).")
    ] = False,
    json_output: Json = False,
) -> None:
    """Print the odds of an invitation, the time from signature to entry, and who is likely last.

    Parameters
    ----------
    applicant : str, optional
        Name or code.
    invited, signed : datetime.date, optional
        The invitation and the signature.
    holders : list of str, optional
        Allies to take for holders.
    observed : pathlib.Path, optional
        Ratifications so far.
    as_of : datetime.date, optional
        The day of the question.
    chart : pathlib.Path, optional
        Where to write the calendar as SVG.
    record, hindcast : bool, default False
        Print the record, or the scores of forecasts, instead.
    json_output : bool, default False
        Print one JSON object.
    """
    from foedus.cli.accession_record import hindcast as hindcast_answer
    from foedus.cli.accession_record import record as record_answer
    from foedus.cli.output import emit

    if hindcast:
        payload, text = hindcast_answer()
    elif record:
        payload, text = record_answer(applicant)
    elif applicant is None:
        raise InputError(
            "no applicant is named", where="--applicant", do="name one, or ask for --record or --hindcast"
        )
    else:
        from foedus.measures.accession import accession

        answer = accession(
            applicant, invited=invited, signed=signed, holders=holders or (), observed=observed, as_of=as_of
        )
        if chart is not None:
            _write_chart(answer, chart)
        payload, text = _payload(answer), "" if json_output else _text(answer)
    emit(payload, text, json_output)


def _write_chart(answer: Any, path: Path) -> None:
    """Write the calendar as a picture."""
    from foedus.report.accession_chart import calendar_svg

    try:
        path.write_text(calendar_svg(answer), encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"the chart cannot be written ({error.strerror or error})",
            where=str(path),
            do="give another file",
        ) from error


def _payload(answer: Any) -> dict[str, Any]:
    """Give the answer for programs; every row with a probability says what it is conditional on."""
    from dataclasses import asdict

    from foedus.cli.accession_record import round_payload
    from foedus.measures.accession_answer import GIVEN_QUESTION, GIVEN_SIGNATURE

    label = {"given": GIVEN_SIGNATURE, "conditional_on_invitation": True}
    invitation = answer.invitation
    return {
        "applicant": answer.applicant,
        "name": answer.name,
        "as_of": answer.as_of,
        "invited": answer.invited,
        "signed": answer.signed,
        "signed_is": answer.signed_is,
        "holders": answer.holders,
        "ratifications_seen": answer.seen,
        "invitation": None
        if invitation is None
        else {
            **asdict(invitation.chance),
            "bargained": asdict(invitation.bargained),
            "unverified_positions": invitation.unverified,
            "objectors": [
                {
                    "country": code,
                    "objects_low": low,
                    "objects_high": high,
                    "given": GIVEN_QUESTION,
                    "conditional_on_invitation": False,
                }
                for code, low, high in invitation.objectors
            ],
        },
        "days_from_signature_to_entry": [{**asdict(row), **label} for row in answer.lengths],
        "probabilities": [asdict(row) for row in answer.chances],
        "allies": [{**asdict(row), **label} for row in answer.allies],
        "calendar": [{**asdict(row), **label} for row in answer.calendar],
        "record": [round_payload(r) for r in answer.rounds],
        "record_rounds": len(answer.rounds),
        "effective_draws": answer.effective_draws,
        "notes": answer.notes,
    }


def _text(answer: Any) -> str:
    """Give the answer for people."""
    from foedus.units import per_cent

    seen = f"; {answer.seen} ratifications seen" if answer.seen else ""
    days = ", ".join(str(r.days_to_entry) for r in answer.rounds)
    parts = [
        f"Accession of {answer.name}, asked on {answer.as_of}",
        *([] if answer.invitation is None else _invitation_text(answer.invitation)),
        "All below: given an invitation and the signature of the protocol, on "
        f"{answer.signed} ({answer.signed_is}){seen}.",
        _lengths_text(answer.lengths),
        "\n".join(f"{per_cent(c.probability, 0):>6}  {c.what}" for c in answer.chances),
        _allies_text(answer.allies),
        _calendar_text(answer.calendar),
        f"Record: {len(answer.rounds)} rounds; days from signature to entry {days}.",
        "\n".join(f"- {line}" for line in answer.notes),
    ]
    return "\n\n".join(parts)


def _invitation_text(invitation: Any) -> list[str]:
    """Write the odds of an invitation."""
    from foedus.axes import country_name
    from foedus.cli.output import table
    from foedus.units import per_cent

    lines = [
        f"Invitation: {per_cent(c.probability, 0)}, band {per_cent(c.low, 0)} to {per_cent(c.high, 0)}, "
        f"{c.given}."
        for c in (invitation.chance, invitation.bargained)
    ]
    lines.append(
        "Neither is conditional on an invitation; positions are judged, "
        f"{invitation.unverified} of them unverified."
    )
    rows = [
        (country_name(code), f"{per_cent(low, 0)} to {per_cent(high, 0)}")
        for code, low, high in invitation.objectors
    ]
    return [
        "\n".join(lines),
        table(("May object", "Chance"), rows),
    ]


def _lengths_text(lengths: Any) -> str:
    """Write the time from signature to entry."""
    from foedus.cli.accession_record import days_text
    from foedus.cli.output import table
    from foedus.units import per_cent

    rows = [(per_cent(r.level, 0), days_text(r.days), str(r.date or "–")) for r in lengths]
    return table(("Entry with probability", "Days from signature", "By"), rows, right=(0, 1))


def _allies_text(allies: Any) -> str:
    """Write who is likely last."""
    from foedus.cli.accession_record import days_text
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


def _calendar_text(calendar: Any) -> str:
    """Write the calendar, every second month."""
    from foedus.cli.output import table
    from foedus.units import per_cent

    rows = [
        (str(r.month_end)[:7], f"{r.done:.0f}", per_cent(r.entry, 0), "#" * round(BAR * r.entry))
        for r in calendar[1::2]
    ]
    return table(("By the end of", "Done", "Entered", ""), rows, right=(1, 2))
