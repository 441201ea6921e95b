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
    from foedus.cli.output import emit

    if hindcast:
        payload, text = _hindcast()
    elif record:
        payload, text = _record(applicant)
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

    from foedus.measures.accession import GIVEN_QUESTION, GIVEN_SIGNATURE

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
        "record": [_round(r) for r in answer.rounds],
        "record_rounds": len(answer.rounds),
        "effective_draws": answer.effective_draws,
        "notes": answer.notes,
    }


def _round(round_: Any) -> dict[str, Any]:
    """Give one round in short."""
    return {
        "round": round_.name,
        "acceding": round_.acceding,
        "invitation": round_.invitation,
        "signed": round_.signed,
        "last_deposit": round_.last_deposit,
        "entry": round_.entry,
        "ratifiers": len(round_.ratifiers),
        "days_signature_to_entry": round_.days_to_entry,
        "known": round_.known,
        "source": round_.source,
        "note": round_.note,
    }


def _days(value: float | None) -> str:
    """Write a number of days, or that it lies beyond the horizon."""
    return "> 15 years" if value is None else f"{value:,.0f}"


def _text(answer: Any) -> str:
    """Give the answer for people."""
    from foedus.cli.output import table
    from foedus.units import per_cent

    parts = [f"Accession of {answer.name}, asked on {answer.as_of}"]
    if answer.invitation is not None:
        chance = answer.invitation.chance
        parts.append(
            f"Invitation: {per_cent(chance.low, 0)} to {per_cent(chance.high, 0)}, {chance.given} (not conditional "
            f"on an invitation; judged, {answer.invitation.unverified} positions unverified)."
        )
        objectors = [
            (code, f"{per_cent(low, 0)} to {per_cent(high, 0)}")
            for code, low, high in answer.invitation.objectors
        ]
        parts.append(table(("May object", "Chance"), objectors))
    seen = f"; {answer.seen} ratifications seen" if answer.seen else ""
    parts.append(
        f"All below: given an invitation and the signature of the protocol, on {answer.signed} ({answer.signed_is}){seen}."
    )
    lengths = [(per_cent(r.level, 0), _days(r.days), str(r.date or "–")) for r in answer.lengths]
    parts.append(table(("Entry with probability", "Days from signature", "By"), lengths, right=(0, 1)))
    parts.append("\n".join(f"{per_cent(c.probability, 0):>6}  {c.what}" for c in answer.chances))
    allies = [
        (
            r.name,
            per_cent(r.is_last, 0),
            per_cent(r.is_holder, 0),
            _days(r.days_p50),
            f"{_days(r.days_p25)} – {_days(r.days_p75)}",
            "objects" if r.objects else "",
        )
        for r in answer.allies
        if not r.done
    ]
    parts.append(
        table(
            ("Likely last", "Last", "Holds", "Median days", "Middle half", ""),
            allies[:12],
            right=(1, 2, 3, 4),
        )
    )
    calendar = [
        (str(r.month_end)[:7], f"{r.done:.0f}", per_cent(r.entry, 0), "#" * round(BAR * r.entry))
        for r in answer.calendar[1::2]
    ]
    parts.append(table(("By the end of", "Done", "Entered", ""), calendar, right=(1, 2)))
    days = ", ".join(str(r.days_to_entry) for r in answer.rounds)
    parts.append(f"Record: {len(answer.rounds)} rounds; days from signature to entry {days}.")
    parts.append("\n".join(f"- {line}" for line in answer.notes))
    return "\n\n".join(parts)


def _record(applicant: str | None) -> tuple[dict[str, Any], str]:
    """Give the ten rounds with every step, and the road of an applicant (Ukraine's without one)."""
    from dataclasses import asdict

    from foedus.axes import country_code, country_name
    from foedus.cli.output import table
    from foedus.evidence.accession import CARD_ID, STEPS, milestones, objections_of, rounds

    found = rounds()
    code = country_code(applicant, where="--applicant") if applicant else "UKR"
    road = milestones(code)
    payload = {
        "card": CARD_ID,
        "rounds": [
            {
                **_round(r),
                "application": r.application,
                "steps": [asdict(s) for s in r.steps],
                "counts": [asdict(c) for c in r.counts],
                "objections": [asdict(o) for o in objections_of(r.name)],
            }
            for r in found
        ],
        "step_kinds": dict(STEPS),
        "road": [asdict(m) for m in road],
        "road_of": code,
        "objections": [asdict(o) for o in objections_of(code)],
    }
    parts = [
        table(
            ("Round", "Acceding", "Invited", "Signed", "Last deposit", "Entry", "Ratifiers", "Days", "Known"),
            [
                (
                    r.name,
                    " ".join(r.acceding),
                    str(r.invitation),
                    str(r.signed),
                    str(r.last_deposit),
                    str(r.entry),
                    str(len(r.ratifiers)),
                    str(r.days_to_entry),
                    r.known,
                )
                for r in found
            ],
            title="Ten rounds; days are from signature to entry",
            right=(6, 7),
        )
    ]
    for r in found:
        if r.steps:
            steps = [
                (
                    country_name(s.ally),
                    s.step.replace("_", " "),
                    str(s.latest) if s.is_exact else f"{s.earliest} … {s.latest}",
                    s.known,
                    s.source,
                )
                for s in sorted(r.steps, key=lambda s: (s.latest, s.ally))
            ]
            parts.append(table(("Ally", "Step", "Day", "Known", "Source"), steps, title=f"Round {r.name}"))
    weak = sum(s.known == "unverified" for r in found for s in r.steps)
    total = sum(len(r.steps) for r in found)
    parts.append(
        f"{weak} of {total} steps are unverified; for the rounds of 1952 and 1955 no step is recorded."
    )
    events = [(str(m.date), m.kind, m.event, m.known, m.source) for m in road]
    if events:
        parts.append(
            table(
                ("Day", "Kind", "Event", "Known", "Source"), events, title=f"The road of {country_name(code)}"
            )
        )
    return payload, "\n\n".join(parts)


def _hindcast() -> tuple[dict[str, Any], str]:
    """Give the scores of forecasts out of sample."""
    from dataclasses import asdict

    from foedus.cli.output import table

    try:
        import scipy.optimize  # noqa: F401
    except ImportError as error:
        raise InputError(
            "the hindcast estimates anew and needs SciPy", where="--hindcast", do="install foedus[estimate]"
        ) from error
    from foedus.measures.accession_skill import (
        accession_skill,
        held_out,
        late_last_ratification,
        leave_one_out,
    )

    held, left = held_out(), leave_one_out()
    skill, late = accession_skill(held, left), late_last_ratification()
    number = "{:.0f}".format
    rows = [
        (
            h.round,
            str(h.day),
            str(h.actual_days),
            f"{_days(h.p05)} – {_days(h.p95)}",
            number(h.crps),
            number(h.crps_kaplan_meier),
            number(h.crps_last_round),
            f"{h.log_score:.2f}",
            f"{h.ally_brier:.3f}" if h.ally_brier is not None else "–",
            f"{h.ally_brier_kaplan_meier:.3f}" if h.ally_brier_kaplan_meier is not None else "–",
        )
        for h in held
    ]
    parts = [
        table(
            ("Round", "Day", "Actual", "90 %", "CRPS", "KM", "Last", "Log score", "Brier", "KM"),
            rows,
            title="Held out: learned from eight rounds to 2020",
            right=tuple(range(1, 10)),
        ),
        f"With what was known at day 31 of the 2022 round, {late:.2f} that the last ratification comes at day 265 or "
        "later (it came at day 268 and 601), given the signature.",
        table(
            ("Round", "Actual", "90 %", "Position", "CRPS", "KM", "Last", "Lengths"),
            [
                (
                    r.round,
                    str(r.actual_days),
                    f"{_days(r.p05)} – {_days(r.p95)}",
                    f"{r.position:.2f}",
                    number(r.crps),
                    number(r.crps_kaplan_meier),
                    number(r.crps_last_round),
                    number(r.crps_lengths),
                )
                for r in left
            ],
            title="Leave one out: each round at its signature, from the others",
            right=tuple(range(1, 8)),
        ),
        table(
            ("Rounds", "Baseline", "N", "CRPS", "Baseline's", "Gain", "90 % of the gain"),
            [
                (
                    s.over,
                    s.baseline,
                    str(s.rounds),
                    f"{s.crps:.1f}",
                    f"{s.crps_baseline:.1f}",
                    f"{s.difference:+.1f}",
                    f"{s.low:+.1f} – {s.high:+.1f}",
                )
                for s in skill
            ],
            title="CRPS of the round's length in days, less is better; ten rounds",
            right=(2, 3, 4, 5, 6),
        ),
    ]
    payload = {
        "rounds": 10,
        "given": "given the signature of the protocol",
        "conditional_on_invitation": True,
        "held_out": [asdict(h) for h in held],
        "leave_one_out": [asdict(r) for r in left],
        "skill": [asdict(s) for s in skill],
        "last_ratification_at_265_days_or_later_known_at_day_31": late,
        "notes": [
            "Ten rounds, two of them signed on one day: the intervals of the gain are wide.",
            "Rounds are conditional on their signature; applicants who were never invited are not in the record.",
        ],
    }
    return payload, "\n\n".join(parts)
