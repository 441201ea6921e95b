"""What became of quotations in other versions, and whom a pronoun without a referent means there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from foedus.reading.candidates import MARGIN, Postings, like_quotations
from foedus.reading.claims import parameter
from foedus.reading.context import FEMALE
from foedus.reading.result import Reading
from foedus.reading.similarity import Bag, Weights, containment
from foedus.reading.tagging import known_people
from foedus.reading.text import plain_text
from foedus.reading.versions import AlteredQuotation, LostReferent

__all__ = ["Documents", "Prepared", "find_counterparts", "find_lost", "word_edits"]


@dataclass(frozen=True)
class Prepared:
    """A document ready to be compared."""

    sentences: list[str]
    bags: list[Bag]
    people: list[frozenset[str]]
    quotations: list[Bag]
    marks: Bag


@dataclass(frozen=True)
class Documents:
    """Documents read and ready to be compared.

    Attributes
    ----------
    readings : list of Reading
        The documents, read.
    prepared : list of Prepared
        The same, ready to be compared.
    weights : Weights
        Weights of lemmas.
    """

    readings: list[Reading]
    prepared: list[Prepared]
    weights: Weights

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Every sentence: its document, and its number there."""
        return [(j, n) for j, document in enumerate(self.prepared) for n in range(len(document.bags))]

    @cached_property
    def _postings(self) -> Postings:
        """The sentences by their lemmas."""
        return Postings([bag for document in self.prepared for bag in document.bags], self.weights)

    def holding(self, bag: Bag, least: float) -> list[tuple[int, int]]:
        """Return in order the sentences that may hold so much of a bag; all that do are among them."""
        others, common = self._postings.common(bag)
        enough = common >= MARGIN * least * self.weights.total(bag)
        return [self.places[n] for n in others[enough].tolist()]

    def containment(self, small: Bag, large: Bag) -> float:
        """Return the weighted share of one bag that another contains."""
        return containment(small, large, self.weights)


def find_counterparts(documents: Documents) -> list[AlteredQuotation]:
    """Find the counterpart of each quotation in the other documents.

    Parameters
    ----------
    documents : Documents
        The documents.

    Returns
    -------
    list of AlteredQuotation
        In order of documents and quotations.
    """
    prepared = documents.prepared
    places = [(i, k) for i, document in enumerate(prepared) for k in range(len(document.quotations))]
    bags = [prepared[i].quotations[k] for i, k in places]
    quotations = []
    alike = like_quotations(bags, documents.weights, parameter("quotation_likeness"))
    for where, scores in zip(places, alike, strict=True):
        elsewhere = [(score, places[at]) for at, score in scores if places[at][0] != where[0]]
        best = max(elsewhere, key=lambda other: other[0], default=None)  # of equal ones the first
        quotations.append(
            _without_counterpart(documents, where)
            if best is None
            else _with_counterpart(documents, where, best[1])
        )
    return quotations


def _with_counterpart(documents: Documents, at: tuple[int, int], other: tuple[int, int]) -> AlteredQuotation:
    """Describe what became of a quotation that has a counterpart in another document."""
    (i, k), (j, m) = at, other
    text, quotations = documents.readings[i].quotations[k].text, documents.readings[j].quotations
    parts = _quotations_in(documents, at, j)
    if len(parts) > 1:
        merged = " ".join(quotations[n].text for n in parts)
        return AlteredQuotation(i, k + 1, j, m + 1, "merged", word_edits(text, merged), text, merged)
    counterpart = quotations[m].text
    edits = word_edits(text, counterpart)
    change = _change(edits)
    if change in ("reworded", "trimmed") and len(_quotations_in(documents, other, i)) > 1:
        change = "spliced"
        edits = tuple(e for e in edits if e[0] != "insert" or e not in (edits[0], edits[-1]))
    return AlteredQuotation(i, k + 1, j, m + 1, change, edits, text, counterpart)


def _without_counterpart(documents: Documents, at: tuple[int, int]) -> AlteredQuotation:
    """Describe a quotation that no other document quotes: a paraphrase there, or nothing."""
    i, k = at
    bag, text = documents.prepared[i].quotations[k], documents.readings[i].quotations[k].text
    least = parameter("quotation_likeness")
    for j, n in documents.holding(bag, least) if len(bag) >= 3 else ():
        other = documents.prepared[j]
        if j != i and documents.containment(bag, other.bags[n]) >= least:
            paraphrase = other.sentences[n]
            return AlteredQuotation(i, k + 1, j, None, "turned into paraphrase", (), text, paraphrase)
    return AlteredQuotation(i, k + 1, None, None, "no counterpart", (), text, "")


def _quotations_in(documents: Documents, at: tuple[int, int], j: int) -> list[int]:
    """Return the quotations of another document that a quotation holds most of, in order."""
    i, k = at
    bag, least = documents.prepared[i].quotations[k], parameter("quotation_likeness")
    others = documents.prepared[j].quotations
    return [
        m for m, other in enumerate(others) if len(other) >= 2 and documents.containment(other, bag) >= least
    ]


def _change(edits: tuple[tuple[str, str, str], ...]) -> str:
    """Return what distinguishes two quotations."""
    operations = {operation for operation, _, _ in edits}
    return {frozenset(): "verbatim", frozenset({"insert"}): "trimmed", frozenset({"delete"}): "extended"}.get(
        frozenset(operations), "reworded"
    )


_TOKEN = re.compile(r"[\w'-]+")


def word_edits(text: str, other: str) -> tuple[tuple[str, str, str], ...]:
    """Return the word-level edits that turn one quotation into another.

    Parameters
    ----------
    text, other : str
        The quotations.

    Returns
    -------
    tuple of (str, str, str)
        "replace", "delete" or "insert", the words of the first and of the second; neighbouring edits are
        joined.
    """
    from rapidfuzz.distance import Levenshtein, Opcodes

    a = _TOKEN.findall(plain_text(text).text)
    b = _TOKEN.findall(plain_text(other).text)
    codes: Opcodes = Levenshtein.opcodes([w.lower() for w in a], [w.lower() for w in b])
    return tuple(
        (code.tag, " ".join(a[code.src_start : code.src_end]), " ".join(b[code.dest_start : code.dest_end]))
        for code in codes
        if code.tag != "equal"
    )


def find_lost(documents: Documents) -> list[LostReferent]:
    """Find who a pronoun without a referent means in the other versions.

    Parameters
    ----------
    documents : Documents
        The documents.

    Returns
    -------
    list of LostReferent
        In order.
    """
    return [
        _lost(documents, (i, k), quotation.text)
        for i, reading in enumerate(documents.readings)
        for k, quotation in enumerate(reading.quotations)
        if "lost_referent" in quotation.flags
    ]


def _lost(documents: Documents, at: tuple[int, int], quotation: str) -> LostReferent:
    """Find who the pronoun of one quotation means elsewhere, the likeliest first."""
    i, k = at
    word = re.search(r"\b(he|she|him|her|his|hers)\b", quotation, re.IGNORECASE)
    pronoun = word[0].lower() if word else ""
    gender = "f" if pronoun in FEMALE else "m"
    elsewhere: dict[tuple[int, str], float] = {}
    bag = documents.prepared[i].quotations[k]
    for j, other in enumerate(documents.prepared):
        for people, sentence in zip(other.people, other.bags, strict=True) if j != i else ():
            fitting = sorted(p for p in people if known_people().gender[p] == gender)
            score = documents.containment(bag, sentence) if fitting else 0.0
            for person in fitting:
                elsewhere[j, person] = max(score, elsewhere.get((j, person), 0.0))
    ranked = sorted(elsewhere, key=lambda key: -elsewhere[key])
    return LostReferent(i, k + 1, pronoun, tuple(ranked))
