"""Find how many allies are said to meet, or to miss, the spending guideline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.count_times import when_counted, years_counted
from foedus.reading.frames.levels import MISS, STAY, Level, levels_in, predicate_of
from foedus.reading.frames.quantities import EVERY, as_one, is_elliptical, quantity_of, whole_before
from foedus.reading.frames.stating import slots, stated
from foedus.reading.frames.topics import ALLY, about_nato
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.trees.source import source_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, Truth

__all__ = ["find_guideline_counts"]

ARMED = re.compile(r"\bwith (?:armed forces|a military|militaries|an army|armies)\b")
_SAID = re.compile(
    r"\b(?:NATO|[Tt]he [Aa]lliance)(?: itself)? (?:has |had )?(?:said|says|stated|announced|estimated|reported|counted)\b|\b[Aa]ccording to NATO(?! (?:data|figures|officials|diplomats))\b"
)
"""Words that give a count as one that NATO itself stated."""
MOST = 100
"""Larger numbers are years, or of people."""
_PICKED = re.compile(r"^(?:one|two|three|some) of (?:the|its|NATO)\b", re.IGNORECASE)


def find_guideline_counts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how many allies are said to meet, or to miss, a spending guideline.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    context : Context
        The document.

    Yields
    ------
    StatedClaim
        One for each number that is said to be at a level.
    """
    parsed = context.parsed(sentence)
    if parsed is None or not (parsed.values("N") or EVERY.search(parsed.text)):
        return
    if not _of_nato(parsed, context):
        return
    claimed: set[int] = set()
    yield from _echoed(parsed, context)
    levels = sorted(levels_in(parsed, context), key=lambda x: x.node.i)
    for level in levels:
        for claim, place in (*_said(parsed, level), *_numbered(parsed, level)):
            if place not in claimed:
                claimed.add(place)
                yield claim
    if levels and claimed:
        for tag in parsed.values("N"):
            if tag.start not in claimed and is_elliptical(parsed, tag):
                claimed.add(tag.start)
                yield _claim(parsed, _Meeting(levels[0], tag, verb=_verb(parsed, tag)))


def _of_nato(parsed: Parsed, context: Context) -> bool:
    """Whether the allies of NATO are counted: by name, or because members spend a share of GDP on defence."""
    if about_nato(parsed.text, parsed.tags, context, parsed.tree.offset):
        return True
    unnamed = not context.organisations
    return unnamed and re.search(r"\b(?:members|member states)\b.{0,400}\bGDP\b", parsed.text) is not None


@dataclass(frozen=True)
class _Meeting:
    """Who is said to be at a level: how many, of how many, and by which verb."""

    level: Level
    count: Tag | None
    whole: Tag | None = None
    verb: Node | None = None
    missing: bool = False
    every: str | None = None
    armed: bool = False


def _echoed(parsed: Parsed, context: Context) -> Iterator[StatedClaim]:
    """Yield the counts that do, or did, what the sentence before says: "In 2014 just three did"."""
    if parsed.earlier is None or any(levels_in(parsed, context)):
        return
    before = [parsed.earlier, parsed.earlier.earlier]
    said = next((p for p in before if p is not None and any(levels_in(p, context))), None)
    if said is None or not (ALLY & {n.word for n in said.tree.nodes} or said.values("C")):
        return
    level = next(levels_in(said, context))
    if predicate_of(said.tree, level)[1]:
        return
    for tag in parsed.values("N"):
        node = parsed.tree.at(tag)
        after = r" (?:(?:allies|members|countries|of them) )?(?:do|did|will)(?: so)?(?:$|[.,;:]| (?:in|today|now|this|last)\b)"
        if node is not None and tag.value.value <= MOST and re.match(after, parsed.after(tag.end)):
            here = Level(level.amount, node, None)
            claim = _claim(parsed, _Meeting(here, tag, None, _verb(parsed, tag), False, None))
            yield replace(claim, firm=False)


def _said(parsed: Parsed, level: Level) -> Iterator[tuple[StatedClaim, int]]:
    """Yield the count that is the subject of a verb of meeting or missing."""
    tree = parsed.tree
    verb, missing = predicate_of(tree, level)
    below = level.amount.comparator in ("lt", "le")
    if verb is None or (
        below and verb.word not in STAY | {"spend", "spends", "spent", "spending", "are", "were"}
    ):
        return
    subject = tree.subject_of(verb)
    behind = verb.dep in ("relcl", "acl")
    if subject is None or subject.word == "number" or (level.node in tree.subtree(subject) and not behind):
        return
    nodes = [n for n in tree.subtree(subject) if n.i < verb.i or not behind]
    nodes = [n for n in nodes if n is subject or not any(tree.is_clause(a) for a in tree.path(n, subject))]
    numbers = [
        n.tag
        for n in nodes
        if n.tag is not None and n.tag.kind == "N" and tree.at(n.tag) is n and _of_allies(tree, n)
    ]
    named = parsed.between(nodes[0].span[0], nodes[-1].span[1]) if nodes else ""
    every = quantity_of(parsed, nodes, named)
    allies = any(n.word in ALLY for n in nodes) or bool(numbers)
    if not allies or "as many" in named or (not numbers and every is None):
        return
    if (_PICKED.match(named) and len(numbers) < 2) or (not behind and as_one(parsed, level, subject, verb)):
        return
    count, whole = (*numbers, None, None)[:2]
    whole = whole or whole_before(parsed, count)
    if every in ("all", "not all", "every", "each", "not every") and count and not whole:
        count, whole = None, count
        every = {"each": "every", "not every": "not all"}.get(every, every)
    elif count is not None and every != "not all":
        every = None
    missing = missing or level.amount.comparator == "lt"
    armed = ARMED.search(parsed.text) is not None
    place = count or whole
    yield (
        _claim(parsed, _Meeting(level, count, whole, verb, missing, every, armed)),
        (place.start if place else verb.span[0]),
    )


def _of_allies(tree: Tree, node: Node) -> bool:
    """Whether a number is one of allies: "23 allies", "23 of its members", "23" alone as a subject."""
    if node.tag is None or node.tag.value.value > MOST:
        return False
    head = tree.head(node)
    if node.dep == "quantmod" and head.tag is not None and head.tag.kind == "N":
        return _of_allies(tree, head)
    if node.dep == "nummod":
        return head.word in ALLY
    return node.dep in ("nsubj", "pobj", "appos", "dobj", "nsubjpass", "attr", "conj")


def _numbered(parsed: Parsed, level: Level) -> Iterator[tuple[StatedClaim, int]]:
    """Yield the counts that "the number of allies at 2 %" is said to be."""
    tree = parsed.tree
    number = next((a for a in (level.node, *tree.ancestors(level.node)) if a.word == "number"), None)
    if number is None or not any(n.word in ALLY for n in tree.subtree(number)):
        return
    verb = tree.verb_of(number)
    if verb is None or number.dep not in ("nsubj", "nsubjpass"):
        return
    for tag in parsed.values("N"):
        node = tree.at(tag)
        if node is None or node.i < verb.i or (node.dep == "nummod" and tree.head(node).word not in ALLY):
            continue
        if re.search(r"\bby (?:about |some )?$", parsed.before(tag.start)):
            continue
        yield _claim(parsed, _Meeting(level, tag, verb=verb)), tag.start


def _verb(parsed: Parsed, tag: Tag) -> Node | None:
    node = parsed.tree.at(tag)
    return parsed.tree.verb_of(node) if node is not None else None


def _claim(parsed: Parsed, said: _Meeting) -> StatedClaim:
    """Make the claim of a count."""
    tree, level, count, whole, verb = parsed.tree, said.level, said.count, said.whole, said.verb
    missing, also = said.missing, said.every
    place = count or whole
    when = when_counted(parsed, level, place, verb)
    place_node = tree.at(place) if place is not None else None
    truth, opinion = truth_of(tree, verb or place_node or level.node, participle=True)
    if truth is Truth.NEGATED and also != "not all" and verb is not None and verb.word not in MISS:
        truth, missing = Truth.ASSERTED, not missing
    if also == "not all" and truth is Truth.NEGATED:
        truth = Truth.ASSERTED
    start = min(place.start if place else level.node.span[0], level.node.span[0])
    end = max(level.node.span[1], place.end if place else 0)
    bound = Bound(
        place or Tag("N", start, start, None, ""), "allies", verb.word if verb else "", None, "NATO", (start, end), when,
        truth, source_of(parsed.text), when.firm and not (also is None and count is None)
        and not (also is not None and truth is Truth.EXPECTED), bool(opinion),
    )  # fmt: skip
    items: dict[str, Any] = slots(
        count=count and count.value,
        of=whole and whole.value,
        every=also,
        armed=True if said.armed else None,
        missing=True if missing else None,
        level=replace(level.amount, comparator="eq") if level.amount.comparator == "lt" else level.amount,
        years=years_counted(parsed, when, place, verb),
        said=True if _SAID.search(parsed.text) else None,
    )
    spans = (
        (level.tag.start, level.tag.end) if level.tag else level.node.span,
        (whole.start, whole.end) if whole else None,
    )
    return stated("count_meeting_guideline", bound, items, also=spans)
