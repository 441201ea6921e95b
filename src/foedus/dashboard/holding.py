"""The day that an answer of the API holds for, and the editions that it rests on."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from foedus.scenario.find import shipped

if TYPE_CHECKING:
    from foedus.dashboard.state import AppState
    from foedus.questions import Question

__all__ = ["held_for"]

OF_SCENARIOS = ("scenario", "first", "second")
"""The fields of a question that name scenarios."""


def held_for(
    state: AppState, question: Question, content: Mapping[str, Any], address: str = ""
) -> dict[str, Any]:
    """Return the day and the editions of an answer.

    Parameters
    ----------
    state : AppState
        The shared state.
    question : Question
        What was asked.
    content : mapping
        The answer as JSON has it.
    address : str, default ""
        The address that answers.

    Returns
    -------
    dict
        ``as_of``, the day asked about or today, where the answer does not say it itself; ``editions``, where
        it does not: those that it names, the records it is counted from, and those of its scenarios.
    """
    day = content.get("as_of") or getattr(question, "as_of", None) or date.today()
    about: dict[str, Any] = {"as_of": str(day)}
    if "editions" not in content:
        named = {*_named(content, state.ledger.editions), *_records(address)}
        for scenario in _scenarios(question):
            named.update(state.resolved(scenario, as_of=getattr(question, "as_of", None)).editions)
        about["editions"] = sorted(named)
    return about


def _named(value: Any, known: Container[str]) -> Iterator[str]:
    """Yield the editions and records whose names stand anywhere in an answer."""
    if isinstance(value, str):
        if value in known:
            yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key in known:
                yield key
            yield from _named(item, known)
    elif isinstance(value, list):
        for item in value:
            yield from _named(item, known)


def _scenarios(question: Question) -> Iterator[str]:
    """Yield the scenarios that a question names; each has been answered, so that it ships."""
    for name in OF_SCENARIOS:
        value = getattr(question, name, None) or ()
        for scenario in (value,) if isinstance(value, str) else value:
            if scenario in shipped():
                yield scenario


def _records(address: str) -> tuple[str, ...]:
    """Return the records that an answer is counted from without naming them."""
    from foedus.accession.applicants import CARD_ID as APPLICANTS
    from foedus.accession.record import CARD_ID as ROUNDS
    from foedus.evidence.institutions import CARD_ID as INSTITUTIONS

    return {"accession": (ROUNDS, APPLICANTS, INSTITUTIONS), "countries": (INSTITUTIONS,)}.get(address, ())
