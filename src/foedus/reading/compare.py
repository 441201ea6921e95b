"""Several versions of one event: what they share, which quotations were altered, which references were lost.

Two texts go back to one text when enough of their sentences align in the same order, with quotations left
out.
Which came first is said only on the ground of their dates or credits; otherwise they have a parent that was
not
seen. That a quotation has no counterpart says nothing about whether it was spoken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

from foedus.reading.candidates import like_sentences
from foedus.reading.claims import Claim, parameter
from foedus.reading.counterparts import Documents, Prepared, find_counterparts, find_lost
from foedus.reading.result import Reading
from foedus.reading.similarity import Bag, align, lemmas, weigh
from foedus.reading.text import plain_text, quotation_spans, split_sentences
from foedus.reading.values import Amount, Day
from foedus.reading.versions import Difference, Group, Pair, VersionComparison

__all__ = ["compare", "prepare"]

NEAR_VERBATIM = 0.85
"""Aligned sentences this alike, for most of the shorter text, make it nearly verbatim."""


def compare(readings: Sequence[Reading]) -> VersionComparison:
    """Compare several versions of one event.

    Parameters
    ----------
    readings : sequence of Reading
        The documents, read.

    Returns
    -------
    VersionComparison
        Pairs, groups, quotations, lost references, differences.
    """
    readings = list(readings)
    prepared = [prepare(r) for r in readings]
    documents = Documents(readings, prepared, weigh([p.bags for p in prepared]))
    alike = like_sentences([p.bags for p in prepared], documents.weights, parameter("sentence_likeness"))
    pairs = tuple(
        _pair(i, j, documents, alike.get((i, j), {})) for i, j in combinations(range(len(readings)), 2)
    )
    return VersionComparison(
        names=tuple(r.document.name for r in readings),
        pairs=pairs,
        groups=tuple(_groups(readings, pairs)),
        quotations=tuple(find_counterparts(documents)),
        lost=tuple(find_lost(documents)),
        differences=tuple(_differences(readings)),
    )


def prepare(reading: Reading) -> Prepared:
    """Split a document into sentences without its quotations, and gather its names and dates.

    Parameters
    ----------
    reading : Reading
        The document, read.

    Returns
    -------
    Prepared
        Its sentences of four lemmas or more, with the persons that each names.
    """
    raw = reading.document.raw
    pieces = list(raw)
    for part in reading.document.parts:
        pieces[part.span[0] : part.span[1]] = " " * (part.span[1] - part.span[0])
    plain = plain_text("".join(pieces))
    without = list(plain.text)
    for start, end in quotation_spans(plain)[0]:
        without[start:end] = " " * (end - start)
    text = "".join(without)
    persons = [name for name in reading.names if name.kind == "P"]
    starts = [name.span[0] for name in persons]
    sentences, bags, people = [], [], []
    for start, end in split_sentences(text):
        bag = frozenset(lemmas(text[start:end]))
        if len(bag) >= 4:
            first, last = (bisect_left(starts, at) for at in plain.span(start, end))
            sentences.append(" ".join(plain.text[start:end].split()))
            bags.append(bag)
            people.append(frozenset(name.value for name in persons[first:last]))
    quotations = [frozenset(lemmas(q.text)) for q in reading.quotations]
    return Prepared(sentences, bags, people, quotations, _marks(reading))


MARK_WEIGHTS = {"P": 3.0, "fact": 3.0, "L": 1.0, "C": 1.0, "O": 0.5, "G": 0.5}
"""What names and facts count for in telling whether two texts are about one event: persons and facts the
most."""
DATED = {
    "office_start",
    "office_succession",
    "office_ordinal",
    "accession",
    "application_date",
    "summit",
    "event_place",
    "signatories",
}
"""Kinds of claims that belong to an event."""


def _marks(reading: Reading) -> Bag:
    """Return the names and dated facts of a document, each with the letter of its kind."""
    marks = {f"{name.kind} {name.value}" for name in reading.names}
    marks |= {f"fact {c.kind} {_about(c.slots, c.kind)}" for c in reading.claims if c.kind in DATED}
    marks |= {f"fact change of office {c.slots['person']}" for c in reading.claims if _changes_office(c)}
    return frozenset(marks)


def _changes_office(claim: Claim) -> bool:
    """Whether a claim is about a person who is taking an office."""
    status = str(claim.slots.get("status", ""))
    taking = claim.kind == "office_holder" and (status in ("incoming", "next") or status.startswith("new"))
    return "person" in claim.slots and (taking or claim.kind in ("office_start", "office_ordinal"))


def _event_similarity(a: Bag, b: Bag) -> float:
    """Return the part of the weighted names and facts of the shorter document that both have."""
    least = min(_mark_weight(a), _mark_weight(b))
    return sum(MARK_WEIGHTS[mark.partition(" ")[0]] for mark in a & b) / least if least else 0.0


@lru_cache(maxsize=4096)
def _mark_weight(marks: Bag) -> float:
    """Return the weight of all names and facts of a document."""
    return sum(MARK_WEIGHTS[mark.partition(" ")[0]] for mark in marks)


def _apart(a: Reading, b: Reading) -> bool:
    """Whether two documents are of days too far apart to be about one event."""
    return min(
        abs((a.dating.first - b.dating.last).days), abs((b.dating.first - a.dating.last).days)
    ) > DAYS_APART and (a.dating.last < b.dating.first or b.dating.last < a.dating.first)


DAYS_APART = 14


def _pair(i: int, j: int, documents: Documents, alike: Mapping[tuple[int, int], float]) -> Pair:
    """Return how two documents are related."""
    readings, a, b = documents.readings, documents.prepared[i], documents.prepared[j]
    pairs = align(alike, len(b.bags))
    event = _event_similarity(a.marks, b.marks)
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
    """Return which of two texts came first, where each one's own date or credit says so."""
    for a, b in ((i, j), (j, i)):
        name = readings[a].document.name
        if any(
            _credited(credit, name, readings[a].document.title) for credit in readings[b].document.credits
        ):
            return f"{readings[b].document.name} credits {name}"
    first, second = readings[i].dating, readings[j].dating
    stated = {"published", "dateline"}
    if first.basis in stated and second.basis in stated and first.first != second.first:
        a, b = (i, j) if first.first < second.first else (j, i)
        earlier, later = readings[a], readings[b]
        return f"{earlier.document.name} is dated {earlier.dating.first}, {later.document.name} later"
    return ""


def _credited(credit: str, name: str, title: str | None) -> bool:
    """Whether a credit names a document by its title."""
    del name
    return title is not None and len(title) > 20 and title.lower() in credit.lower()


def _groups(readings: list[Reading], pairs: tuple[Pair, ...]) -> list[Group]:
    """Join the documents that go back to one text, with the parent that was not seen or the arrows there
    are."""
    parent = list(range(len(readings)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for pair in pairs:
        if pair.relation in ("same base text", "near verbatim"):
            parent[root(pair.second)] = root(pair.first)
    by_root: dict[int, list[int]] = {}
    for i in range(len(readings)):
        by_root.setdefault(root(i), []).append(i)
    directed: dict[int, list[Pair]] = {}
    for pair in pairs:
        if pair.direction and root(pair.first) == root(pair.second):
            directed.setdefault(root(pair.first), []).append(pair)
    groups = []
    for first, members in by_root.items():
        if len(members) < 2:
            continue
        inside = directed.get(first, [])
        arrows = tuple(_arrow(p, readings) for p in inside)
        credits = [c for m in members for c in readings[m].document.credits]
        named = f"; credits name: {'; '.join(credits)}" if credits else ""
        led = {end for _, end, _ in arrows}
        seen = len(led) == len(members) - 1
        text = "one of the documents" if seen else f"a text that is not among the documents{named}"
        groups.append(Group(tuple(members), text, arrows))
    return groups


def _arrow(pair: Pair, readings: list[Reading]) -> tuple[int, int, str]:
    """Return an arrow from the earlier text to the later."""
    name = readings[pair.first].document.name
    forward = pair.direction.endswith(f"credits {name}") or pair.direction.startswith(f"{name} is dated")
    return (pair.first, pair.second, pair.direction) if forward else (pair.second, pair.first, pair.direction)


def _about(slots: dict[str, Any], kind: str) -> str:
    """Return what a claim is about, so that claims of several documents can be set against each other."""
    keys: tuple[str, ...] = (
        "person",
        "office",
        "body",
        "country",
        "countries",
        "scope",
        "event",
        "document",
        "organisation",
        "place",
        "upcoming",
        "founding",
    )
    if kind == "office_holder":
        keys = ("person", "office", "body")
    return ", ".join(str(slots[key]) for key in keys if key in slots) or kind.replace("_", " ")


_HOLDER = {
    "former": "former",
    "past": "former",
    "ex": "former",
    "previous": "former",
    "incoming": "incoming",
    "next": "incoming",
    "outgoing": "outgoing",
}


def _conflict(a: Claim, b: Claim) -> bool:
    """Whether two claims about one thing say different things; a coarser date or number is no
    difference."""
    if a.kind == "office_holder":
        first, second = (_HOLDER.get(str(c.slots.get("status", "")), "in office") for c in (a, b))
        return first != second
    return any(
        _differ(a.slots[key], b.slots[key])
        for key in a.slots.keys() & b.slots.keys()
        if key != "years" or a.kind == "tenure_length"
    )


def _differ(a: Any, b: Any) -> bool:
    """Whether two slots differ beyond how precisely they are stated."""
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
    by_subject: dict[tuple[str, str], list[tuple[int, Claim]]] = {}
    for i, reading in enumerate(readings):
        for claim in reading.claims:
            by_subject.setdefault((claim.kind, _about(claim.slots, claim.kind)), []).append((i, claim))
    return [
        Difference(kind, about, tuple((i, c.text, c.verdict) for i, c in rows))
        for (kind, about), rows in by_subject.items()
        if any(i != j and _conflict(a, b) for (i, a), (j, b) in combinations(rows, 2))
    ]
