"""The answer about an accession in one number and its sentences: the time to entry, after its condition."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from foedus.results import Answer
from foedus.rounding import written
from foedus.units import in_per_cent, per_cent

if TYPE_CHECKING:
    from foedus.accession.result import Accession, Chance, Length

__all__ = ["accession_answer"]

BEYOND = "more than fifteen years"


def accession_answer(answer: Accession) -> Answer:
    """Return how long entry takes with even chance, given the signature.

    Parameters
    ----------
    answer : Accession
        The answer's figures.

    Returns
    -------
    Answer
        Days from the signature, with the times between which nine in ten lie.
    """
    levels = {round(row.level, 2): row for row in answer.lengths}
    middle, low, high = levels[0.5], levels[0.05], levels[0.95]
    when = _when(answer)
    by = f", {_month(middle.date)}" if middle.date else ""
    number = _days(middle)
    return Answer(
        number=number,
        unit=f"({_days(low, short=True)} to {_days(high, short=True)})",
        claim=f"is the even chance of {answer.name}’s entry{by}; in brackets the middle 90 %.",
        beside=tuple(_beside(answer)),
        title=f"{answer.name}: {number} from signature to entry, with even chance",
        condition=f"{when},",
    )


def _when(answer: Accession) -> str:
    """Write the signature that all rests on."""
    if answer.signed == answer.as_of and answer.signed_is != "given":
        return "If the protocol were signed today" if answer.as_of == date.today() else _signed(answer.signed)
    return _signed(answer.signed)


def _signed(day: date) -> str:
    """Write a day of signature."""
    return f"Signed on {day.day} {day:%B %Y}"


def _beside(answer: Accession) -> list[str]:
    """Return the chance of an invitation as a band, that none enters, and who may be last."""
    sentences = []
    if answer.invitation is not None:
        invited = answer.invitation
        sentences.append(
            f"Put to all {invited.allies} as it is, an invitation has {_band(invited.chance)}: positions are "
            f"judged, {invited.unverified} of them unverified."
        )
    elif answer.invited is None and answer.signed_is != "given" and not answer.seen:
        sentences.append("No odds of an invitation: nobody has judged where the allies stand.")
    never = answer.chances[-1]
    sentences.append(
        f"No entry within fifteen years, given the signature: {per_cent(never.probability, 0)} "
        f"({in_per_cent(never.low, 0)} to {per_cent(never.high, 0)})."
    )
    last = next((row for row in answer.allies if not row.done), None)
    if last is not None:
        sentences.append(f"Likeliest to ratify last: {last.name} ({per_cent(last.is_last, 0)}).")
    return sentences


def _band(chance: Chance) -> str:
    """Write the band of a chance; the number inside it is not known well enough to head anything."""
    return f"a chance of {in_per_cent(chance.low, 0)} to {per_cent(chance.high, 0)}"


def _days(row: Length, *, short: bool = False) -> str:
    """Write a time to entry."""
    if row.days is None:
        return BEYOND
    return f"{written(row.days, grouped=True)}{'' if short else ' days'}"


def _month(day: date) -> str:
    """Write the month of a day."""
    return f"{day:%B %Y}"
