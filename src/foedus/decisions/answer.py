"""A decision's answer in one number and its sentences: the chance of adoption, after its condition.

While the model of objections has not been shown to beat the record, the share of recorded decisions that
passed heads the answer, and what the model says stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.decisions.brief import INSTRUMENT_WORDS, KIND_WORDS, supposed_words, unverified_words
from foedus.results import Answer
from foedus.rounding import written
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.decisions.result import Decision

__all__ = ["decision_answer", "if_words", "record_words", "supposed_answer"]

SEEN = 0.005
"""A range less wide is none in print."""


def decision_answer(answer: Decision) -> Answer:
    """Return how likely the question is adopted, put to all members as it is.

    Parameters
    ----------
    answer : Decision
        The answer's figures.

    Returns
    -------
    Answer
        The forecast: the base rate, or the model's chance where it beats that.
    """
    if answer.probability_adopted is not None and (answer.supposed or answer.file.hypothetical):
        return supposed_answer(answer)
    members = len(answer.file.names)
    condition = f"Put to all {members} as it is,"
    chance = answer.probability_forecast
    if chance is None:
        claim = f"of adopting “{answer.title}”: no reversion is given, so that nobody can be said to lose."
        return Answer("no chance", "can be given", claim, title=answer.title, condition=condition)
    number, base = per_cent(chance, 0), answer.base_rate
    passed = f"{base.adopted} of {base.count} {base.record} passed"
    claim = f"is the chance that “{answer.title}” is adopted"
    if base.is_beaten:
        claim += f", by the model of objections; {passed}."
    else:
        claim += f", by the record: {passed}. The model of objections has not been shown to beat that."
    unsure = unverified_words(answer.unverified, members)
    return Answer(
        number=number,
        unit="",
        claim=claim,
        beside=(_model(answer), *((f"{unsure[:1].upper()}{unsure[1:]}.",) if unsure else ())),
        title=f"{number} chance that it is adopted: {answer.title}",
        condition=condition,
    )


def supposed_answer(answer: Decision, *, offered: bool = False) -> Answer:
    """Return what the model says of a question that nobody has put, or of members supposed to agree.

    Parameters
    ----------
    answer : Decision
        The answer's figures, with a reversion.
    offered : bool, default False
        Whether the instruments that are allowed are offered; without it the question is put as it is.

    Returns
    -------
    Answer
        The chance with its range; an "if", which no record can be a forecast of.
    """
    members, base = len(answer.file.names), answer.base_rate
    chance = answer.probability_adopted if offered else answer.probability_without
    band = answer.band_adopted if offered else answer.band_without
    number, put = per_cent(chance, 0), f"with {_offers(answer)}" if offered else "as it is"
    agreed = supposed_words(answer)
    condition = f"{agreed}, put to all {members} {put}," if agreed else f"Put to all {members} {put},"
    asked = f"“{answer.title}”" if not answer.title.endswith("?") else f"“{answer.title.removesuffix('?')}”"
    offers = "" if offered else _with_offers(answer)
    beside = [if_words(answer), offers, "" if base.is_beaten else record_words(answer)]
    return Answer(
        number=number,
        unit=_read(band),
        claim=f"is the chance that all accept {asked}.",
        beside=tuple(filter(None, beside)),
        title=f"{number} that all {members} accept {asked} {put}",
        condition=condition,
    )


def if_words(answer: Decision) -> str:
    """Return that the answer is an "if", and how many positions are not verified, as sentences.

    Parameters
    ----------
    answer : Decision
        The answer's figures.

    Returns
    -------
    str
        Empty where the question was put and every position is known.
    """
    unsure = unverified_words(answer.unverified, len(answer.file.names))
    said = "An “if”, not a forecast: nobody has put the question." if answer.file.hypothetical else ""
    return " ".join(filter(None, [said, f"{unsure[:1].upper()}{unsure[1:]}." if unsure else ""]))


def record_words(answer: Decision) -> str:
    """Return how questions that were put went, beside which the model has not been shown to be better.

    Parameters
    ----------
    answer : Decision
        The answer's figures.

    Returns
    -------
    str
        One sentence.
    """
    base = answer.base_rate
    return (
        f"Of questions put, {base.adopted} of {base.count} {base.record} passed; the model has not been "
        "shown to beat that."
    )


def _read(band: tuple[float, float] | None) -> str:
    """Write the range of a chance; empty where it has none."""
    if band is None or band[1] - band[0] < SEEN:
        return ""
    low, high = (written(end, scale=2) for end in band)
    return f"({low} to {high} %, by how positions are read)"


def _offers(answer: Decision) -> str:
    """Name what the broker offers."""
    words = [INSTRUMENT_WORDS[name] for name in answer.file.allowed]
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def _with_offers(answer: Decision) -> str:
    """Write the chance with all that the broker may offer; empty where that is nothing."""
    if not answer.file.allowed:
        return ""
    span = _read(answer.band_adopted).split(",")[0]
    return f"With {_offers(answer)}: {per_cent(answer.probability_adopted, 0)}{f' {span})' if span else ''}."


def _model(answer: Decision) -> str:
    """Write what the model of objections says, without instruments and with those open to the question."""
    plain = f"The model of objections: {per_cent(answer.probability_without, 0)} without instruments"
    if not answer.file.allowed:
        return f"{plain}."
    open_to = f"those open to {KIND_WORDS[answer.file.kind]}" if answer.file.kind else "those allowed"
    return f"{plain}, {per_cent(answer.probability_adopted, 0)} with {open_to}."
