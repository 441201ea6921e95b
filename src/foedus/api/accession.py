"""Questions about who joins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from foedus.api.wording import public
from foedus.questions import ask

if TYPE_CHECKING:
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
    as_of: date | str | None = None,
) -> Accession:
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
    as_of : datetime.date or str, optional
        The day of the question; without it today.

    Returns
    -------
    Accession
        How likely an invitation is, and the rest given a signature.

    Raises
    ------
    InputError
        When an argument cannot be used, the applicant is an ally already, or a day is impossible.

    Examples
    --------
    >>> import foedus
    >>> foedus.accession("Georgia", as_of="2026-11-22").name
    'Georgia'
    """
    from foedus.accession.asked import ObservedQuestion, accession_of

    question = ask(
        ObservedQuestion,
        applicant=applicant,
        invited=invited,
        signed=signed,
        holders=holders,
        observed=observed,
        as_of=as_of,
    )
    return accession_of(question)
