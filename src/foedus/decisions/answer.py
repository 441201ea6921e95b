"""A decision's answer in one number and its sentences: the chance of adoption, after its condition.

While the model of objections has not been shown to beat the record, the share of recorded decisions that
passed heads the answer, and what the model says stands beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from foedus.decisions.brief import KIND_WORDS, supposed_words, unverified_words
from foedus.results import Answer
from foedus.units import per_cent

if TYPE_CHECKING:
    from foedus.decisions.result import Decision

__all__ = ["decision_answer"]


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
    members = len(answer.file.names)
    condition = f"Put to all {members} as it is,"
    chance = answer.probability_forecast
    if chance is None:
        claim = f"of adopting “{answer.title}”: no reversion is given, so that nobody can be said to lose."
        return Answer("no chance", "can be given", claim, title=answer.title, condition=condition)
    if answer.supposed:
        return _supposed(answer)
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


def _supposed(answer: Decision) -> Answer:
    """Return what the model of objections says where members are supposed to agree: no record knows that."""
    number, base = per_cent(answer.probability_adopted, 0), answer.base_rate
    supposed = supposed_words(answer)
    return Answer(
        number=number,
        unit="",
        claim=f"is the chance that “{answer.title}” is adopted, by the model of objections.",
        beside=(
            _model(answer),
            f"It has not been shown to beat the record, which knows of no supposition: {base.adopted} of "
            f"{base.count} {base.record} passed.",
        ),
        title=f"{supposed}: {number} chance that it is adopted: {answer.title}",
        condition=f"{supposed} and it is put to all as it is,",
    )


def _model(answer: Decision) -> str:
    """Write what the model of objections says, without instruments and with those open to the question."""
    plain = f"The model of objections: {per_cent(answer.probability_without, 0)} without instruments"
    if not answer.file.allowed:
        return f"{plain}."
    open_to = f"those open to {KIND_WORDS[answer.file.kind]}" if answer.file.kind else "those allowed"
    return f"{plain}, {per_cent(answer.probability_adopted, 0)} with {open_to}."
