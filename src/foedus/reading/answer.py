"""The answer of a reading in one number and its sentences: what the ledger contradicts, or one verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.reading.claims import CONTRADICTED, NOT_CHECKABLE, SUPPORTED
from foedus.reading.verdict import SENTENCE_WORDS
from foedus.results import Answer

if TYPE_CHECKING:
    from foedus.reading.result import Readings, SentenceCheck

__all__ = ["check_answer", "readings_answer"]


def readings_answer(readings: Readings) -> Answer:
    """Return how many of the claims that were read the ledger contradicts.

    Parameters
    ----------
    readings : Readings
        What was read out of each document.

    Returns
    -------
    Answer
        A count of claims; what could not be checked is counted neither way.
    """
    verdicts = [claim.verdict for reading in readings.documents for claim in reading.claims]
    wrong, right, neither = (verdicts.count(v) for v in (CONTRADICTED, SUPPORTED, NOT_CHECKABLE))
    parts = [s for reading in readings.documents for s in reading.unread if s.read != "whole"]
    beside = [f"Supported: {right}. Not checkable, and counted neither way: {neither}."] if verdicts else []
    if parts:
        many = (
            f"{len(parts)} sentences with figures were" if len(parts) > 1 else "1 sentence with figures was"
        )
        beside.append(f"{many} not read whole.")
    checked = right + wrong
    if not checked:
        claim = "of a kind that the ledger can check as of the day of the text."
        return Answer("0", "claims were found", claim, tuple(beside), "No claim that the ledger can check")
    if checked == 1:
        verb = "contradicts" if wrong else "supports"
        return Answer(
            number="1",
            unit="claim was checked,",
            claim=f"and what the ledger held on the day of the text {verb} it.",
            beside=tuple(beside),
            title=f"1 claim checked: {'contradicted' if wrong else 'supported'}",
        )
    unit = f"of the {checked} claims checked"
    says = "are" if wrong != 1 else "is"
    return Answer(
        number=str(wrong),
        unit=unit,
        claim=f"{says} contradicted by what the ledger held on the day of the text.",
        beside=tuple(beside),
        title=f"{wrong} {unit} {says} contradicted",
    )


def check_answer(check: SentenceCheck) -> Answer:
    """Return the verdict on one sentence, with its day and why.

    Parameters
    ----------
    check : SentenceCheck
        The sentence with its verdict.

    Returns
    -------
    Answer
        The verdict stands in the number's place.
    """
    verdict = SENTENCE_WORDS[check.verdict].capitalize()
    day = check.dating.first
    when = f"as of {day.day} {day:%B %Y}" if day else ""
    return Answer(
        number=verdict,
        unit=when,
        claim="",
        beside=(f"{check.why[:1].upper()}{check.why[1:]}.",),
        title=f"{verdict}{f', {when}' if when else ''}: {_short(check.sentence)}",
    )


def _short(sentence: str) -> str:
    """Cut a sentence to what a title holds."""
    words = " ".join(sentence.split())
    return words if len(words) <= 70 else f"{words[:69].rsplit(' ', 1)[0]} …"
