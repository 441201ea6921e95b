"""What became of quotations in other versions, and whom a pronoun without a referent means in them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading.claims import parameter
from foedus.reading.context import FEMALE
from foedus.reading.read import Reading
from foedus.reading.similarity import Bag, Weights, containment
from foedus.reading.tagging import known_people, tags_of
from foedus.reading.text import plain_text

__all__ = [
    "AlteredQuotation",
    "LostReferent",
    "Prepared",
    "Versions",
    "find_counterparts",
    "find_lost_referents",
    "word_edits",
]


@dataclass(frozen=True)
class AlteredQuotation:
    """A quotation and its counterpart in another version.

    Attributes
    ----------
    document, quotation : int
        The quotation: document counted from 0, quotation from 1.
    other, counterpart : int or None
        Its counterpart; None for a paraphrase, or without one.
    change : str
        "verbatim", "trimmed", "extended", "merged" (of several), "spliced" (into a longer one),
        "reworded", "turned into paraphrase" or "no counterpart".
    edits : tuple of (str, str, str)
        What became of which words: operation, words of the quotation, words of the counterpart.
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
    """A pronoun in a quotation that nobody named before fits, and whom it means in other versions.

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


@dataclass(frozen=True)
class Versions:
    """Documents that are compared.

    Attributes
    ----------
    readings : list of Reading
        The documents, read.
    prepared : list of Prepared
        The same, ready to be compared.
    weights : Weights
        Weights of lemmas over all of them.
    """

    readings: list[Reading]
    prepared: list[Prepared]
    weights: Weights

    def text(self, document: int, quotation: int) -> str:
        """Return the text of a quotation, both counted from 0."""
        return self.readings[document].quotations[quotation].text

    def bag(self, document: int, quotation: int) -> Bag:
        """Return the lemmas of a quotation, both counted from 0."""
        return self.prepared[document].quotations[quotation]

    def contained(self, document: int, quotation: int, other: int) -> list[int]:
        """Return the quotations of another document that a quotation holds most of, in order."""
        bag, least = self.bag(document, quotation), parameter("quotation_likeness")
        return [
            m
            for m, smaller in enumerate(self.prepared[other].quotations)
            if len(smaller) >= 2 and containment(smaller, bag, self.weights) >= least
        ]


def find_counterparts(versions: Versions) -> list[AlteredQuotation]:
    """Find the counterpart of each quotation in the other documents.

    Parameters
    ----------
    versions : Versions
        The documents.

    Returns
    -------
    list of AlteredQuotation
        In order of documents and quotations.
    """
    altered = []
    for i, reading in enumerate(versions.readings):
        for k in range(len(reading.quotations)):
            nearest = _nearest(versions, i, k)
            altered.append(_altered(versions, i, k, *nearest) if nearest else _paraphrased(versions, i, k))
    return altered


def _nearest(versions: Versions, i: int, k: int) -> tuple[int, int] | None:
    """Return document and quotation of the counterpart that has most in common with a quotation."""
    bag, least = versions.bag(i, k), parameter("quotation_likeness")
    best: tuple[float, int, int] | None = None
    for j, other in enumerate(versions.prepared):
        for m, counterpart in enumerate(other.quotations) if j != i else ():
            small, large = (bag, counterpart) if len(bag) <= len(counterpart) else (counterpart, bag)
            score = containment(small, large, versions.weights) if len(small) >= 2 else 0.0
            if score >= least and (best is None or score > best[0]):
                best = (score, j, m)
    return best[1:] if best else None


def _altered(versions: Versions, i: int, k: int, j: int, m: int) -> AlteredQuotation:
    """Describe what became of a quotation in its counterpart."""
    text = versions.text(i, k)
    several = versions.contained(i, k, j)
    if len(several) > 1:
        joined = " ".join(versions.text(j, n) for n in several)
        return AlteredQuotation(i, k + 1, j, m + 1, "merged", word_edits(text, joined), text, joined)
    counterpart = versions.text(j, m)
    edits = word_edits(text, counterpart)
    change = _change(edits)
    if change in ("reworded", "trimmed") and len(versions.contained(j, m, i)) > 1:
        change = "spliced"
        edits = tuple(e for e in edits if e[0] != "insert" or e not in (edits[0], edits[-1]))
    return AlteredQuotation(i, k + 1, j, m + 1, change, edits, text, counterpart)


def _paraphrased(versions: Versions, i: int, k: int) -> AlteredQuotation:
    """Describe a quotation without a counterpart: a sentence of another document may paraphrase it."""
    text, bag = versions.text(i, k), versions.bag(i, k)
    least = parameter("quotation_likeness")
    for j, other in enumerate(versions.prepared):
        for words, sentence in zip(other.sentences, other.bags, strict=True):
            if j != i and len(bag) >= 3 and containment(bag, sentence, versions.weights) >= least:
                return AlteredQuotation(i, k + 1, j, None, "turned into paraphrase", (), text, words)
    return AlteredQuotation(i, k + 1, None, None, "no counterpart", (), text, "")


def _change(edits: tuple[tuple[str, str, str], ...]) -> str:
    """Name what distinguishes two quotations."""
    operations = {operation for operation, _, _ in edits}
    return {frozenset(): "verbatim", frozenset({"insert"}): "trimmed", frozenset({"delete"}): "extended"}.get(
        frozenset(operations), "reworded"
    )


_TOKEN = re.compile(r"[\w'-]+")


def word_edits(text: str, counterpart: str) -> tuple[tuple[str, str, str], ...]:
    """Return the word-level edits that turn one quotation into another.

    Parameters
    ----------
    text, counterpart : str
        The quotations.

    Returns
    -------
    tuple of (str, str, str)
        "replace", "delete" or "insert", the words of the first and of the second; neighbouring edits are
        joined.
    """
    from rapidfuzz.distance import Levenshtein, Opcodes

    a = _TOKEN.findall(plain_text(text).text)
    b = _TOKEN.findall(plain_text(counterpart).text)
    codes: Opcodes = Levenshtein.opcodes([w.lower() for w in a], [w.lower() for w in b])
    return tuple(
        (code.tag, " ".join(a[code.src_start : code.src_end]), " ".join(b[code.dest_start : code.dest_end]))
        for code in codes
        if code.tag != "equal"
    )


def find_lost_referents(versions: Versions) -> list[LostReferent]:
    """Find whom a pronoun without a referent means in the other versions.

    Parameters
    ----------
    versions : Versions
        The documents.

    Returns
    -------
    list of LostReferent
        In order of documents and quotations.
    """
    out = []
    for i, reading in enumerate(versions.readings):
        for k, quotation in enumerate(reading.quotations):
            if "lost_referent" not in quotation.flags:
                continue
            word = re.search(r"\b(he|she|him|her|his|hers)\b", quotation.text, re.IGNORECASE)
            pronoun = word[0].lower() if word else ""
            scores = _people_beside(versions, i, k, "f" if pronoun in FEMALE else "m")
            ranked = sorted(scores, key=lambda key: -scores[key])
            out.append(LostReferent(i, k + 1, pronoun, tuple(ranked)))
    return out


def _people_beside(versions: Versions, i: int, k: int, gender: str) -> dict[tuple[int, str], float]:
    """Score the people of a gender whom other documents name, by how much the sentence has of a quotation."""
    scores: dict[tuple[int, str], float] = {}
    for j, other in enumerate(versions.prepared):
        for text, bag in zip(other.sentences, other.bags, strict=True) if j != i else ():
            people = {
                t.value for t in tags_of(text) if t.kind == "P" and known_people().gender[t.value] == gender
            }
            for person in people:
                score = containment(versions.bag(i, k), bag, versions.weights)
                scores[j, person] = max(score, scores.get((j, person), 0.0))
    return scores
