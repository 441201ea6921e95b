"""What became of quotations in other tellings, and whom a pronoun without a referent means there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading.claims import parameter
from foedus.reading.context import FEMALE
from foedus.reading.quotations import Quotation
from foedus.reading.read import Reading
from foedus.reading.similarity import Bag, Weights, containment
from foedus.reading.tagging import known_people, tags_of
from foedus.reading.text import plain_text

__all__ = ["AlteredQuotation", "LostReferent", "Prepared", "find_lost", "find_twins", "word_edits"]


@dataclass(frozen=True)
class AlteredQuotation:
    """A quotation and its counterpart in another telling.

    Attributes
    ----------
    document, quotation : int
        The quotation: document counted from 0, quotation from 1.
    other, counterpart : int or None
        Its counterpart; None for a paraphrase, or without one.
    change : str
        "verbatim", "trimmed", "extended", "merged" (of several there), "spliced" (into a longer one there),
        "reworded", "turned into paraphrase" or "no counterpart".
    edits : tuple of (str, str, str)
        What became of which words: operation, words here, words there.
    text, twin : str
        Both texts.
    """

    document: int
    quotation: int
    other: int | None
    counterpart: int | None
    change: str
    edits: tuple[tuple[str, str, str], ...]
    text: str
    twin: str


@dataclass(frozen=True)
class LostReferent:
    """A pronoun in a quotation that nobody named before fits, and who it means in other tellings.

    Attributes
    ----------
    document, quotation : int
        Where.
    pronoun : str
        The word.
    elsewhere : tuple of (int, str)
        Documents that name a fitting person beside like words, and the person.
    """

    document: int
    quotation: int
    pronoun: str
    elsewhere: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Prepared:
    """A document ready to be compared."""

    sentences: list[str]
    bags: list[Bag]
    quotations: list[Bag]
    marks: Bag


def find_twins(readings: list[Reading], prepared: list[Prepared], weights: Weights) -> list[AlteredQuotation]:
    """Find the counterpart of each quotation in the other documents.

    Parameters
    ----------
    readings : list of Reading
        The documents, read.
    prepared : list of Prepared
        The same, ready to be compared.
    weights : Weights
        Weights of lemmas.

    Returns
    -------
    list of AlteredQuotation
        In order of documents and quotations.
    """
    least = parameter("quotation_likeness")
    out = []
    for i, reading in enumerate(readings):
        for k, quotation in enumerate(reading.quotations):
            bag = prepared[i].quotations[k]
            best: tuple[float, int, int] | None = None
            for j, other in enumerate(readings):
                for m in range(len(other.quotations)) if j != i else ():
                    twin = prepared[j].quotations[m]
                    small, large = (bag, twin) if len(bag) <= len(twin) else (twin, bag)
                    score = containment(small, large, weights) if len(small) >= 2 else 0.0
                    if score >= least and (best is None or score > best[0]):
                        best = (score, j, m)
            out.append(_described(i, k, quotation, best, readings, prepared, weights))
    return out


def _described(
    i: int,
    k: int,
    quotation: Quotation,
    best: tuple[float, int, int] | None,
    readings: list[Reading],
    prepared: list[Prepared],
    weights: Weights,
) -> AlteredQuotation:
    """Describe what became of a quotation."""
    if best is not None:
        _, j, m = best
        twins = _twins_in(readings, prepared, weights, (i, k), j)
        if len(twins) > 1:
            twin = " ".join(readings[j].quotations[n].text for n in twins)
            return AlteredQuotation(
                i, k + 1, j, m + 1, "merged", word_edits(quotation.text, twin), quotation.text, twin
            )
        twin = readings[j].quotations[m].text
        edits = word_edits(quotation.text, twin)
        change = _change(edits)
        if change in ("reworded", "trimmed") and len(_twins_in(readings, prepared, weights, (j, m), i)) > 1:
            change = "spliced"
            edits = tuple(e for e in edits if e[0] != "insert" or e not in (edits[0], edits[-1]))
        return AlteredQuotation(i, k + 1, j, m + 1, change, edits, quotation.text, twin)
    bag = prepared[i].quotations[k]
    for j, other in enumerate(prepared):
        for text, sentence in zip(other.sentences, other.bags, strict=True):
            if (
                j != i
                and len(bag) >= 3
                and containment(bag, sentence, weights) >= parameter("quotation_likeness")
            ):
                return AlteredQuotation(i, k + 1, j, None, "turned into paraphrase", (), quotation.text, text)
    return AlteredQuotation(i, k + 1, None, None, "no counterpart", (), quotation.text, "")


def _twins_in(
    readings: list[Reading], prepared: list[Prepared], weights: Weights, place: tuple[int, int], j: int
) -> list[int]:
    """Give the quotations of another document that a quotation holds most of, in order."""
    i, k = place
    bag, least = prepared[i].quotations[k], parameter("quotation_likeness")
    return [
        m
        for m in range(len(readings[j].quotations))
        if len(prepared[j].quotations[m]) >= 2
        and containment(prepared[j].quotations[m], bag, weights) >= least
    ]


def _change(edits: tuple[tuple[str, str, str], ...]) -> str:
    """Name what distinguishes two quotations."""
    operations = {operation for operation, _, _ in edits}
    return {frozenset(): "verbatim", frozenset({"insert"}): "trimmed", frozenset({"delete"}): "extended"}.get(
        frozenset(operations), "reworded"
    )


_TOKEN = re.compile(r"[\w'-]+")


def word_edits(text: str, twin: str) -> tuple[tuple[str, str, str], ...]:
    """Give the word-level edits that turn one quotation into another.

    Parameters
    ----------
    text, twin : str
        The quotations.

    Returns
    -------
    tuple of (str, str, str)
        "replace", "delete" or "insert", the words of the first and of the second; neighbouring edits are
        joined.
    """
    from rapidfuzz.distance import Levenshtein, Opcodes

    a = _TOKEN.findall(plain_text(text).text)
    b = _TOKEN.findall(plain_text(twin).text)
    codes: Opcodes = Levenshtein.opcodes([w.lower() for w in a], [w.lower() for w in b])
    return tuple(
        (code.tag, " ".join(a[code.src_start : code.src_end]), " ".join(b[code.dest_start : code.dest_end]))
        for code in codes
        if code.tag != "equal"
    )


def find_lost(readings: list[Reading], prepared: list[Prepared], weights: Weights) -> list[LostReferent]:
    """Find who a pronoun without a referent means in the other tellings.

    Parameters
    ----------
    readings : list of Reading
        The documents, read.
    prepared : list of Prepared
        The same, ready to be compared.
    weights : Weights
        Weights of lemmas.

    Returns
    -------
    list of LostReferent
        In order.
    """
    out = []
    for i, reading in enumerate(readings):
        for k, quotation in enumerate(reading.quotations):
            if "lost_referent" not in quotation.flags:
                continue
            word = re.search(r"\b(he|she|him|her|his|hers)\b", quotation.text, re.IGNORECASE)
            pronoun = word[0].lower() if word else ""
            gender = "f" if pronoun in FEMALE else "m"
            elsewhere: dict[tuple[int, str], float] = {}
            for j, other in enumerate(prepared):
                for text, bag in zip(other.sentences, other.bags, strict=True) if j != i else ():
                    people = {
                        t.value
                        for t in tags_of(text)
                        if t.kind == "P" and known_people().gender[t.value] == gender
                    }
                    for person in people:
                        score = containment(prepared[i].quotations[k], bag, weights)
                        elsewhere[j, person] = max(score, elsewhere.get((j, person), 0.0))
            ranked = sorted(elsewhere, key=lambda key: -elsewhere[key])
            out.append(LostReferent(i, k + 1, pronoun, tuple(ranked)))
    return out
