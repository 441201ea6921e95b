"""What ``foedus accession --record`` and ``--hindcast`` print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from foedus.errors import InputError

__all__ = ["days_text", "hindcast", "record"]


def days_text(value: float | None) -> str:
    """Write a number of days, or that it lies beyond the horizon."""
    return "> 15 years" if value is None else f"{value:,.0f}"


def record(applicant: str | None) -> tuple[dict[str, Any], str]:
    """Give the ten rounds with every step, and the road of an applicant, or Ukraine's.

    Parameters
    ----------
    applicant : str or None
        Name or code of the applicant.

    Returns
    -------
    dict, str
        The record for programs, and for people.
    """
    from foedus.accession.payload import round_payload
    from foedus.accession.record import CARD_ID, milestones, objections_of, rounds
    from foedus.accession.rows import STEPS
    from foedus.axes import country_code

    found = rounds()
    code = country_code(applicant, where="--applicant") if applicant else "UKR"
    road = milestones(code)
    payload = {
        "card": CARD_ID,
        "rounds": [
            {
                **round_payload(r),
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
    return payload, _record_text(found, code, road)


def _record_text(found: Sequence[Any], code: str, road: Sequence[Any]) -> str:
    """Write the record for people."""
    from foedus.axes import country_name
    from foedus.cli.output import table

    headers = (
        "Round",
        "Acceding",
        "Invited",
        "Signed",
        "Last deposit",
        "Entry",
        "Ratifiers",
        "Days",
        "Known",
    )
    rows = [
        (
            r.name,
            " ".join(r.acceding),
            *(str(day) for day in (r.invitation, r.signed, r.last_deposit, r.entry)),
            str(len(r.ratifiers)),
            str(r.days_to_entry),
            r.known,
        )
        for r in found
    ]
    parts = [table(headers, rows, title="Ten rounds; days are from signature to entry", right=(6, 7))]
    parts += [_steps_text(r) for r in found if r.steps]
    weak = sum(s.known == "unverified" for r in found for s in r.steps)
    total = sum(len(r.steps) for r in found)
    bare = " and ".join(r.name for r in found if not r.steps)
    parts.append(f"{weak} of {total} steps are unverified; for the rounds of {bare} no step is recorded.")
    if road:
        events = [(str(m.date), m.kind, m.event, m.known, m.source) for m in road]
        title = f"The road of {country_name(code)}"
        parts.append(table(("Day", "Kind", "Event", "Known", "Source"), events, title=title))
    return "\n\n".join(parts)


def _steps_text(round_: Any) -> str:
    """Write the steps of one round."""
    from foedus.axes import country_name
    from foedus.cli.output import table

    rows = [
        (
            country_name(s.ally),
            s.step.replace("_", " "),
            str(s.latest) if s.is_exact else f"{s.earliest} … {s.latest}",
            s.known,
            s.source,
        )
        for s in sorted(round_.steps, key=lambda s: (s.latest, s.ally))
    ]
    return table(("Ally", "Step", "Day", "Known", "Source"), rows, title=f"Round {round_.name}")


def hindcast() -> tuple[dict[str, Any], str]:
    """Give the scores of forecasts out of sample.

    Returns
    -------
    dict, str
        The scores for programs, and for people.

    Raises
    ------
    InputError
        When SciPy, which estimates anew, is not installed.
    """
    try:
        import scipy  # noqa: F401
    except ImportError as error:
        raise InputError(
            "the hindcast estimates anew and needs SciPy", where="--hindcast", do="install foedus[estimate]"
        ) from error
    from foedus.accession.backtest import held_out, late_last_ratification, leave_one_out
    from foedus.accession.result import GIVEN_SIGNATURE
    from foedus.accession.skill import accession_skill

    held, left = held_out(), leave_one_out()
    skill, late = accession_skill(held, left), late_last_ratification()
    notes = (
        "Ten rounds, two of them signed on one day: the intervals of the gain are wide.",
        "Rounds are conditional on their signature; applicants never invited are not in the record.",
    )
    payload = {
        "rounds": 10,
        "given": GIVEN_SIGNATURE,
        "conditional_on_invitation": True,
        "held_out": [asdict(h) for h in held],
        "leave_one_out": [asdict(r) for r in left],
        "skill": [asdict(s) for s in skill],
        "last_ratification_at_265_days_or_later_known_at_day_31": late,
        "notes": notes,
    }
    parts = [
        _held_text(held),
        f"Known at day 31 of the 2022 round: {late:.2f} that the last ratification comes at day "
        "265 or later (it came at day 268 and 601), given the signature.",
        _left_text(left),
        _skill_text(skill),
        "\n".join(f"- {line}" for line in notes),
    ]
    return payload, "\n\n".join(parts)


def _held_text(held: Sequence[Any]) -> str:
    """Write the forecasts of held-out rounds."""
    from foedus.cli.output import table

    def score(value: float | None) -> str:
        return "–" if value is None else f"{value:.3f}"

    rows = [
        (
            h.round,
            str(h.day),
            str(h.actual_days),
            f"{days_text(h.p05)} – {days_text(h.p95)}",
            *(f"{v:.0f}" for v in (h.crps, h.crps_kaplan_meier, h.crps_last_round)),
            f"{h.log_score:.2f}",
            score(h.ally_brier),
            score(h.ally_brier_kaplan_meier),
        )
        for h in held
    ]
    headers = ("Round", "Day", "Actual", "90 %", "CRPS", "KM", "Last", "Log score", "Brier", "KM")
    title = "Held out: learned from eight rounds to 2020"
    return table(headers, rows, title=title, right=tuple(range(1, 10)))


def _left_text(left: Sequence[Any]) -> str:
    """Write the forecasts of each round from the others."""
    from foedus.cli.output import table

    rows = [
        (
            r.round,
            str(r.actual_days),
            f"{days_text(r.p05)} – {days_text(r.p95)}",
            f"{r.position:.2f}",
            *(f"{v:.0f}" for v in (r.crps, r.crps_kaplan_meier, r.crps_last_round, r.crps_lengths)),
        )
        for r in left
    ]
    headers = ("Round", "Actual", "90 %", "Position", "CRPS", "KM", "Last", "Lengths")
    title = "Leave one out: each round at its signature, from the others"
    return table(headers, rows, title=title, right=tuple(range(1, 8)))


def _skill_text(skill: Sequence[Any]) -> str:
    """Write the skill beside the baselines."""
    from foedus.cli.output import table

    rows = [
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
    ]
    headers = ("Rounds", "Baseline", "N", "CRPS", "Baseline's", "Gain", "90 % of the gain")
    title = "CRPS of the round's length in days, less is better; ten rounds"
    return table(headers, rows, title=title, right=(2, 3, 4, 5, 6))
