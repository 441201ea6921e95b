"""Several tellings of one event: what they share, which quotations were altered, which references were lost.

Two texts go back to one text when enough of their sentences align in the same order, with quotations left out.
Which came first is said only on the ground of their dates or credits; otherwise they have a parent that was not
seen. That a quotation has no counterpart says nothing about whether it was spoken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from foedus.reading.claims import Claim, parameter
from foedus.reading.context import FEMALE
from foedus.reading.likeness import Bag, Weights, align, containment, lemmas, weigh
from foedus.reading.values import Amount, Day
from foedus.reading.quotations import Quotation
from foedus.reading.read import Reading
from foedus.reading.tagging import known_people, tags_of
from foedus.reading.text import plain_text, quotation_spans, split_sentences

__all__ = ["AlteredQuotation", "Comparison", "Difference", "Group", "LostReferent", "Pair", "compare"]

NEAR_VERBATIM = 0.85
"""Aligned sentences this alike, for most of the shorter text, make it nearly verbatim."""


@dataclass(frozen=True)
class Pair:
    """How two tellings stand to each other.

    Attributes
    ----------
    first, second : int
        The documents, counted from 0.
    relation : str
        "near verbatim", "same base text", "same event" or "unrelated".
    aligned : tuple of (str, str, float)
        Aligned sentences and how alike they are.
    direction : str
        Which came first and on what ground, or nothing.
    event_likeness : float
        The part of names, places and dates in common.
    """

    first: int
    second: int
    relation: str
    aligned: tuple[tuple[str, str, float], ...]
    direction: str
    event_likeness: float


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
        "verbatim", "trimmed", "extended", "merged" (of several there), "spliced" (into a longer one there), "reworded",
        "turned into paraphrase" or "no counterpart".
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
class Difference:
    """A fact that tellings state differently, or with different verdicts.

    Attributes
    ----------
    kind : str
        The frame.
    about : str
        Who or what.
    stated : tuple of (int, str, str)
        Document, words, verdict.
    """

    kind: str
    about: str
    stated: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True)
class Group:
    """Tellings that go back to one text.

    Attributes
    ----------
    members : tuple of int
        The documents.
    parent : str
        What is known of the text they go back to.
    arrows : tuple of (int, int, str)
        From which document to which, with the ground; only where dates or credits give one.
    """

    members: tuple[int, ...]
    parent: str
    arrows: tuple[tuple[int, int, str], ...]


@dataclass(frozen=True)
class Comparison:
    """Several tellings side by side.

    Attributes
    ----------
    names : tuple of str
        The documents.
    pairs : tuple of Pair
        Every two of them.
    groups : tuple of Group
        Those that go back to one text.
    quotations : tuple of AlteredQuotation
        Every quotation with its counterpart.
    lost : tuple of LostReferent
        Lost references.
    differences : tuple of Difference
        Facts stated differently.
    """

    names: tuple[str, ...]
    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    quotations: tuple[AlteredQuotation, ...]
    lost: tuple[LostReferent, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class _Prepared:
    """A document ready to be compared."""

    sentences: list[str]
    bags: list[Bag]
    quotations: list[Bag]
    marks: Bag


def compare(readings: list[Reading]) -> Comparison:
    """Lay several tellings side by side.

    Parameters
    ----------
    readings : list of Reading
        The documents, read.

    Returns
    -------
    Comparison
        Pairs, groups, quotations, lost references, differences.
    """
    prepared = [_prepare(r) for r in readings]
    weights = weigh([p.bags for p in prepared])
    pairs = tuple(_pair(i, j, prepared, readings, weights) for i, j in combinations(range(len(readings)), 2))
    return Comparison(
        names=tuple(r.document.name for r in readings),
        pairs=pairs,
        groups=tuple(_groups(readings, pairs)),
        quotations=tuple(_twins(readings, prepared, weights)),
        lost=tuple(_lost(readings, prepared, weights)),
        differences=tuple(_differences(readings)),
    )


def _prepare(reading: Reading) -> _Prepared:
    """Split a document into sentences without its quotations, and gather its names and dates."""
    raw = reading.document.raw
    pieces = list(raw)
    for part in reading.document.parts:
        pieces[part.span[0] : part.span[1]] = " " * (part.span[1] - part.span[0])
    plain = plain_text("".join(pieces))
    without = list(plain.text)
    for start, end in quotation_spans(plain)[0]:
        without[start:end] = " " * (end - start)
    text = "".join(without)
    kept, bags = [], []
    for start, end in split_sentences(text):
        bag = frozenset(lemmas(text[start:end]))
        if len(bag) >= 4:
            kept.append(" ".join(plain.text[start:end].split()))
            bags.append(bag)
    return _Prepared(kept, bags, [frozenset(lemmas(q.text)) for q in reading.quotations], _marks(reading, plain.text))


MARK_WEIGHTS = {"P": 3.0, "fact": 3.0, "L": 1.0, "C": 1.0, "O": 0.5, "G": 0.5}
"""What names and facts count for in telling whether two texts are about one event: persons and facts the most."""
DATED = {"office_start", "office_succession", "office_ordinal", "accession", "application_date", "summit", "event_place", "signatories"}
"""Kinds of claims that belong to an event."""


def _marks(reading: Reading, text: str) -> Bag:
    """Give the names and dated facts of a document, each with the letter of its kind."""
    found = {f"{t.kind} {t.value if t.kind != 'O' else t.value[0]}" for t in tags_of(text) if t.kind in "PLCOG"}
    found |= {f"fact {c.kind} {_about(c.slots, c.kind)}" for c in reading.claims if c.kind in DATED}
    found |= {f"fact change of office {c.slots['person']}" for c in reading.claims if _changes_office(c)}
    return frozenset(found)


def _changes_office(claim: Claim) -> bool:
    """Tell whether a claim is about a person who is taking an office."""
    status = str(claim.slots.get("status", ""))
    taking = claim.kind == "office_holder" and (status in ("incoming", "next") or status.startswith("new"))
    return "person" in claim.slots and (taking or claim.kind in ("office_start", "office_ordinal"))


def _event_likeness(a: Bag, b: Bag) -> float:
    """Give the part of the weighted names and facts of the shorter document that both have."""

    def weight(marks: Bag) -> float:
        return sum(MARK_WEIGHTS[mark.split(" ")[0]] for mark in marks)

    least = min(weight(a), weight(b))
    return weight(a & b) / least if least else 0.0


def _apart(a: Reading, b: Reading) -> bool:
    """Tell whether two documents are of days too far apart to be about one event."""
    return min(abs((a.dating.first - b.dating.last).days), abs((b.dating.first - a.dating.last).days)) > DAYS_APART and (
        a.dating.last < b.dating.first or b.dating.last < a.dating.first
    )


DAYS_APART = 14


def _pair(i: int, j: int, prepared: list[_Prepared], readings: list[Reading], weights: Weights) -> Pair:
    """Tell how two documents stand to each other."""
    a, b = prepared[i], prepared[j]
    pairs = align(a.bags, b.bags, weights, parameter("sentence_likeness"))
    event = _event_likeness(a.marks, b.marks)
    named = any(mark[0] in "Pf" for mark in a.marks & b.marks)
    shorter = max(min(len(a.bags), len(b.bags)), 1)
    close = sum(score >= NEAR_VERBATIM for _, _, score in pairs)
    if close >= 0.7 * shorter and close >= 1:
        relation = "near verbatim"
    elif len(pairs) >= parameter("same_text_sentences"):
        relation = "same base text"
    elif named and event >= parameter("same_event_likeness") and not _apart(readings[i], readings[j]):
        relation = "same event"
    else:
        relation = "unrelated"
    aligned = tuple((a.sentences[x], b.sentences[y], round(s, 3)) for x, y, s in pairs)
    related = relation in ("near verbatim", "same base text")
    direction = _direction(i, j, readings) if related else ""
    return Pair(i, j, relation, aligned, direction, round(event, 3))


def _direction(i: int, j: int, readings: list[Reading]) -> str:
    """Give which of two texts came first, where each one's own date or credit says so."""
    for a, b in ((i, j), (j, i)):
        name = readings[a].document.name
        if any(_credited(credit, name, readings[a].document.title) for credit in readings[b].document.credits):
            return f"{readings[b].document.name} credits {name}"
    first, second = readings[i].dating, readings[j].dating
    stated = {"published", "dateline"}
    if first.basis in stated and second.basis in stated and first.first != second.first:
        a, b = (i, j) if first.first < second.first else (j, i)
        return f"{readings[a].document.name} is dated {min(first.first, second.first)}, {readings[b].document.name} later"
    return ""


def _credited(credit: str, name: str, title: str | None) -> bool:
    """Tell whether a credit names a document by its title."""
    del name
    return title is not None and len(title) > 20 and title.lower() in credit.lower()


def _groups(readings: list[Reading], pairs: tuple[Pair, ...]) -> list[Group]:
    """Join the documents that go back to one text, with the parent that was not seen or the arrows there are."""
    parent = list(range(len(readings)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for pair in pairs:
        if pair.relation in ("same base text", "near verbatim"):
            parent[root(pair.second)] = root(pair.first)
    found: dict[int, list[int]] = {}
    for i in range(len(readings)):
        found.setdefault(root(i), []).append(i)
    groups = []
    for members in found.values():
        if len(members) < 2:
            continue
        inside = [p for p in pairs if p.first in members and p.second in members and p.direction]
        arrows = tuple(_arrow(p, readings) for p in inside)
        credits = [c for m in members for c in readings[m].document.credits]
        named = f"; credits name: {'; '.join(credits)}" if credits else ""
        led = {end for _, end, _ in arrows}
        seen = len(led) == len(members) - 1
        text = "one of the documents" if seen else f"a text that is not among the documents{named}"
        groups.append(Group(tuple(members), text, arrows))
    return groups


def _arrow(pair: Pair, readings: list[Reading]) -> tuple[int, int, str]:
    """Give an arrow from the earlier text to the later."""
    name = readings[pair.first].document.name
    forward = pair.direction.endswith(f"credits {name}") or pair.direction.startswith(f"{name} is dated")
    return (pair.first, pair.second, pair.direction) if forward else (pair.second, pair.first, pair.direction)


def _twins(readings: list[Reading], prepared: list[_Prepared], weights: Weights) -> list[AlteredQuotation]:
    """Find the counterpart of each quotation in the other documents."""
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
    prepared: list[_Prepared],
    weights: Weights,
) -> AlteredQuotation:
    """Describe what became of a quotation."""
    if best is not None:
        _, j, m = best
        twins = _twins_in(readings, prepared, weights, (i, k), j)
        if len(twins) > 1:
            twin = " ".join(readings[j].quotations[n].text for n in twins)
            return AlteredQuotation(i, k + 1, j, m + 1, "merged", word_edits(quotation.text, twin), quotation.text, twin)
        twin = readings[j].quotations[m].text
        edits = word_edits(quotation.text, twin)
        change = _change(edits)
        if change == "reworded" and len(_twins_in(readings, prepared, weights, (j, m), i)) > 1:
            change = "spliced"
            edits = tuple(e for e in edits if e[0] != "insert" or e not in (edits[0], edits[-1]))
        return AlteredQuotation(i, k + 1, j, m + 1, change, edits, quotation.text, twin)
    bag = prepared[i].quotations[k]
    for j, other in enumerate(prepared):
        for text, sentence in zip(other.sentences, other.bags, strict=True):
            if j != i and len(bag) >= 3 and containment(bag, sentence, weights) >= parameter("quotation_likeness"):
                return AlteredQuotation(i, k + 1, j, None, "turned into paraphrase", (), quotation.text, text)
    return AlteredQuotation(i, k + 1, None, None, "no counterpart", (), quotation.text, "")


def _twins_in(
    readings: list[Reading], prepared: list[_Prepared], weights: Weights, place: tuple[int, int], j: int
) -> list[int]:
    """Give the quotations of another document that a quotation holds most of, in order."""
    i, k = place
    bag, least = prepared[i].quotations[k], parameter("quotation_likeness")
    return [
        m
        for m in range(len(readings[j].quotations))
        if len(prepared[j].quotations[m]) >= 2 and containment(prepared[j].quotations[m], bag, weights) >= least
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
        "replace", "delete" or "insert", the words of the first and of the second; neighbouring edits are joined.
    """
    from rapidfuzz.distance import Opcodes, Levenshtein

    a = _TOKEN.findall(plain_text(text).text)
    b = _TOKEN.findall(plain_text(twin).text)
    codes: Opcodes = Levenshtein.opcodes([w.lower() for w in a], [w.lower() for w in b])
    return tuple(
        (code.tag, " ".join(a[code.src_start : code.src_end]), " ".join(b[code.dest_start : code.dest_end]))
        for code in codes
        if code.tag != "equal"
    )


def _lost(readings: list[Reading], prepared: list[_Prepared], weights: Weights) -> list[LostReferent]:
    """Find who a pronoun without a referent means in the other tellings."""
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
                    people = {t.value for t in tags_of(text) if t.kind == "P" and known_people().gender[t.value] == gender}
                    for person in people:
                        score = containment(prepared[i].quotations[k], bag, weights)
                        elsewhere[j, person] = max(score, elsewhere.get((j, person), 0.0))
            ranked = sorted(elsewhere, key=lambda key: -elsewhere[key])
            out.append(LostReferent(i, k + 1, pronoun, tuple(ranked)))
    return out


def _about(slots: dict[str, Any], kind: str) -> str:
    """Give what a claim is about, so that claims of several documents can be set against each other."""
    keys = ("person", "office", "body", "country", "countries", "scope", "event", "document", "organisation", "place", "upcoming", "founding")
    if kind == "office_holder":
        keys = ("person", "office", "body")
    return ", ".join(str(slots[key]) for key in keys if key in slots) or kind.replace("_", " ")


_HOLDER = {"former": "former", "past": "former", "ex": "former", "previous": "former", "incoming": "incoming", "next": "incoming", "outgoing": "outgoing"}


def _conflict(a: Claim, b: Claim) -> bool:
    """Tell whether two claims about one thing say different things; a coarser date or number is no difference."""
    if a.kind == "office_holder":
        first, second = (_HOLDER.get(str(c.slots.get("status", "")), "in office") for c in (a, b))
        return first != second
    return any(_differ(a.slots[key], b.slots[key]) for key in a.slots.keys() & b.slots.keys() if key != "years" or a.kind == "tenure_length")


def _differ(a: Any, b: Any) -> bool:
    """Tell whether two slots differ beyond how precisely they are stated."""
    if isinstance(a, Day) and isinstance(b, Day):
        parts = ((a.year, b.year), (a.month, b.month), (a.day, b.day))
        return any(x is not None and y is not None and x != y for x, y in parts)
    if isinstance(a, Amount) and isinstance(b, Amount):
        return abs(a.value - b.value) > max(a.unit, b.unit) / 2
    if isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        return any(_differ(x, y) for x, y in zip(a, b, strict=True))
    return bool(a != b)


def _differences(readings: list[Reading]) -> list[Difference]:
    """Find claims of one kind about one thing that say different things in different documents."""
    found: dict[tuple[str, str], list[tuple[int, Claim]]] = {}
    for i, reading in enumerate(readings):
        for claim in reading.claims:
            found.setdefault((claim.kind, _about(claim.slots, claim.kind)), []).append((i, claim))
    return [
        Difference(kind, about, tuple((i, c.text, c.verdict) for i, c in rows))
        for (kind, about), rows in found.items()
        if any(i != j and _conflict(a, b) for (i, a), (j, b) in combinations(rows, 2))
    ]
