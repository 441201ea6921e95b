"""An accession's forecast, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.accession.result import Accession
    from foedus.accession.rows import Round

__all__ = ["accession_payload", "round_payload"]


def accession_payload(answer: Accession) -> dict[str, Any]:
    """Give the answer for programs; every row with a probability says what it is conditional on.

    Parameters
    ----------
    answer : Accession
        What :func:`foedus.accession.predict.accession` gives.

    Returns
    -------
    dict
        Odds of an invitation, time to entry, allies, calendar, and the record they rest on.
    """
    from dataclasses import asdict

    from foedus.accession.result import GIVEN_QUESTION, GIVEN_SIGNATURE

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


def round_payload(round_: Round) -> dict[str, Any]:
    """Give one round in short.

    Parameters
    ----------
    round_ : Round
        A round of the record.

    Returns
    -------
    dict
        Its days and how they are known.
    """
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
