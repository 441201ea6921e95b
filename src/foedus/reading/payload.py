"""Articles read and sentences checked, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.reading.compare import Comparison
    from foedus.reading.read import Reading

__all__ = ["check_payload", "reading_payload", "readings_payload"]


def reading_payload(reading: Reading) -> dict[str, Any]:
    """Give one document for programs.

    Parameters
    ----------
    reading : Reading
        What was read out of it.

    Returns
    -------
    dict
        The text, its parts, quotations, statements and claims with verdicts.
    """
    document = reading.document
    return {
        "name": document.name,
        "kind": document.kind,
        "title": document.title,
        "title_span": document.title_span,
        "date": reading.dating,
        "phase": reading.phase,
        "parts": document.parts,
        "credits": document.credits,
        "characters": len(document.raw),
        "text": document.raw,
        "quotations": reading.quotations,
        "statements": reading.statements,
        "claims": reading.claims,
        "notes": reading.notes,
    }


def readings_payload(readings: Iterable[Reading], comparison: Comparison | None = None) -> dict[str, Any]:
    """Give several documents for programs, with what concerns all of them.

    Parameters
    ----------
    readings : iterable of Reading
        The documents.
    comparison : Comparison, optional
        The documents laid side by side.

    Returns
    -------
    dict
        The object that ``foedus read --json`` prints.
    """
    documents = [reading_payload(reading) for reading in readings]
    return {"documents": documents, "comparison": comparison, "failures": [], "page": None}


def check_payload(sentence: str, reading: Reading) -> dict[str, Any]:
    """Give the verdict on one sentence for programs.

    Parameters
    ----------
    sentence : str
        The sentence.
    reading : Reading
        What was read out of it.

    Returns
    -------
    dict
        The verdict, why, the claims and the evidence.
    """
    from foedus.reading.claims import REASONS
    from foedus.reading.read import overall

    verdict, reason = overall(reading.claims)
    return {
        "sentence": sentence,
        "as_of": reading.dating.first,
        "verdict": verdict,
        "reason": reason,
        "why": REASONS.get(reason, "no claim of a kind that the ledger could check was found"),
        "claims": reading.claims,
        "quotations": reading.quotations,
        "notes": reading.notes,
    }
