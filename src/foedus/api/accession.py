"""Questions about who joins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
    from foedus.accession.recorded import AccessionRecord
    from foedus.accession.result import Accession

__all__ = ["accession"]


@public
def accession(
    applicant: str | None = None,
    *,
    invited: date | str | None = None,
    signed: date | str | None = None,
    holders: str | Sequence[str] = (),
    observed: str | Path | None = None,
    record: bool = False,
    as_of: date | str | None = None,
) -> Accession | AccessionRecord:
    """Return the odds of an invitation, the time from signature to entry, and who is likely last.

    Parameters
    ----------
    applicant : str
        The applicant, by name or ISO alpha-3 code.
    invited, signed : datetime.date or str, optional
        The invitation, and the signature of the protocol; without one it is supposed, and said.
    holders : str or sequence of str
        Allies to take for holders; "TUR:0.5" adds a chance of never ratifying.
    observed : str or pathlib.Path, optional
        A CSV file of the ratifications so far: ally,date or ally,date,step.
    record : bool, default False
        The rounds on record instead, step by step: of a member its own, without an applicant all.
    as_of : datetime.date or str, optional
        The day of the question; without it today.

    Returns
    -------
    Accession or AccessionRecord
        How likely an invitation is, and the rest given a signature; or what is on record.

    Raises
    ------
    InputError
        When an argument cannot be used, the applicant is an ally already, or a day is impossible.

    Examples
    --------
    >>> import foedus
    >>> foedus.accession("Georgia", as_of="2026-11-22").name
    'Georgia'
    >>> foedus.accession("Finland", record=True).rounds[0].days_to_entry
    273
    """
    from foedus.accession.asked import ObservedQuestion, accession_of
    from foedus.accession.recorded import accession_record

    question = ask(
        ObservedQuestion,
        applicant=applicant,
        invited=invited,
        signed=signed,
        holders=holders,
        observed=observed,
        record=record,
        as_of=as_of,
    )
    return accession_record(question.applicant) if question.record else accession_of(question)
