"""What can be asked of an accession: one model for the command, the web API, the form and Python."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from foedus.errors import InputError
from foedus.questions import AnyDay, FileName, Names, Question, latest_day

if TYPE_CHECKING:
    from foedus.accession.result import Accession

__all__ = ["AccessionQuestion", "ObservedQuestion", "accession_of"]


class AccessionQuestion(Question):
    """An applicant's road to membership."""

    SUBJECT: ClassVar[str] = "applicant"

    applicant: str | None = Field(default=None, description="The applicant, by name or ISO alpha-3 code.")
    invited: AnyDay = Field(default=None, description="The day of the invitation (YYYY-MM-DD).")
    signed: AnyDay = Field(default=None, description="The day the protocol was signed (YYYY-MM-DD).")
    holders: Names = Field(
        default=(),
        description="Allies to take for holders, separated by commas; TUR:0.5 adds a chance of never "
        "ratifying.",
    )
    as_of: AnyDay = Field(default=None, description="The day of the question; without it today.")


class ObservedQuestion(AccessionQuestion):
    """The same where files are read and the record is shown, which an address of the web does not."""

    observed: FileName | None = Field(
        default=None, description="A CSV file of the ratifications so far: ally,date or ally,date,step."
    )
    record: bool = Field(
        default=False, description="The rounds on record instead, step by step; of a member its own."
    )


def accession_of(question: AccessionQuestion) -> Accession:
    """Answer a question about an accession.

    Parameters
    ----------
    question : AccessionQuestion
        With or without a file of ratifications.

    Returns
    -------
    Accession
        The odds of an invitation, and the rest given a signature.

    Raises
    ------
    InputError
        When nobody is named who can join, or what is asked is impossible.
    """
    from foedus.accession.predict import accession

    if question.applicant is None:
        raise InputError("no applicant is named", where="applicant", do="name a country that is no ally")
    observed = getattr(question, "observed", None)
    answer = accession(
        question.applicant,
        invited=question.invited,
        signed=question.signed,
        holders=question.holders,
        observed=None if observed is None else Path(observed),
        as_of=question.as_of,
    )
    if question.as_of is None or question.as_of <= latest_day():
        return answer
    note = f"{question.as_of} has not come yet: who is an ally, and what is on record, is as known today."
    return replace(answer, notes=(note, *answer.notes))
