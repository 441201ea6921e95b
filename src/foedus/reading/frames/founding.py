"""When the Alliance was founded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.frames.stating import stated
from foedus.reading.frames.topics import about_nato, is_alliance
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, Truth, When
from foedus.reading.values import Day

__all__ = ["CHECKS", "FINDERS"]

FOUND = frozenset(
    ["founded", "established", "created", "formed", "set", "launched", "born", "formed", "founding"]
)
NOUNS = frozenset(["founding", "foundation", "creation", "establishment", "inception", "birth", "formation"])
_AT_WASHINGTON = re.compile(r"\bin (?!Washington\b)([A-Z]\w+)")


def _find_founding(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find when the Alliance is said to have been founded."""
    parsed = context.parsed(sentence)
    if parsed is None or not about_nato(parsed.text, parsed.tags, context, parsed.tree.offset):
        return
    tree = parsed.tree
    for node in tree.nodes:
        if node.word in FOUND and node.pos[:2] == "VB" and _founds_nato(parsed, node):
            when = _when(parsed, node)
            truth, opinion = truth_of(tree, node)
            # "Founded in 1949, NATO is …" and "NATO, founded in 1949, …" say it of the subject.
            if truth is Truth.NOT_FINITE and node.pos in ("VBN", "VBD"):
                truth = Truth.ASSERTED
        elif node.word in ("signed", "concluded") and _signs_treaty(parsed, node):
            when = _when(parsed, node)
            truth, opinion = truth_of(tree, node)
        elif node.word in NOUNS and _of_nato(parsed, node):
            when, truth, opinion = _when(parsed, node), Truth.ASSERTED, ""
        else:
            continue
        if when is None or _elsewhere(parsed, node):
            continue
        day = Tag("D", *(when.span or node.span), when.day, "")
        span = (min(day.start, node.span[0]), max(day.end, node.span[1]))
        bound = Bound(
            day, "founding", node.word, None, "NATO", span, when, truth, source_of(""), True, bool(opinion)
        )
        yield stated("founding_year", bound, {"day": when.day}, also=(node.span,))
        return


def _founds_nato(parsed: Parsed, verb: Node) -> bool:
    """Whether a verb of founding has the Alliance for its object."""
    tree = parsed.tree
    if verb.word == "set" and not any(c.word == "up" for c in tree.children(verb)):
        return False
    objects = tree.children(verb, "dobj")
    passive = tree.children(verb, "auxpass") or tree.children(verb, "nsubjpass")
    if objects and not passive:
        return any(_is_whole(parsed, o) for o in objects)
    subject = tree.subject_of(verb)
    active = (
        subject is not None
        and subject in tree.children(verb, "nsubj")
        and verb.word != "born"
        and not passive
    )
    return subject is not None and not active and _is_whole(parsed, subject)


def _is_whole(parsed: Parsed, node: Node) -> bool:
    """Whether a node is the Alliance and not something of it."""
    modified = [
        c
        for c in parsed.tree.children(node, "amod", "compound")
        if c.word not in ("western", "military", "defence", "atlantic", "north", "transatlantic")
    ]
    return (
        is_alliance(parsed, node.tag, node.word)
        and (node.tag is not None or not modified)
        and node.dep != "compound"
    )


def _signs_treaty(parsed: Parsed, verb: Node) -> bool:
    """Whether it is the North Atlantic Treaty that is signed."""
    things = [*parsed.tree.children(verb, "dobj", "nsubjpass"), *filter(None, [parsed.tree.subject_of(verb)])]
    return any(
        re.search(
            r"(?:north atlantic|washington|nato's founding|founding) treaty",
            parsed.between(*_reach(parsed, t)).lower(),
        )
        for t in things
    )


def _reach(parsed: Parsed, node: Node) -> tuple[int, int]:
    below = parsed.tree.subtree(node)
    return below[0].span[0], below[-1].span[1]


def _of_nato(parsed: Parsed, noun: Node) -> bool:
    """Whether a founding is the Alliance's."""
    tree = parsed.tree
    owners = tree.children(noun, "poss")
    owners += tree.objects_after(noun, "of")
    if any(_is_whole(parsed, o) for o in owners):
        return True
    if any(o.word == "its" for o in owners):
        return any(is_alliance(parsed, n.tag, n.word) for n in tree.nodes) and not any(
            t.kind == "G" and t.value != "NATO" for t in parsed.tags
        )
    return False


def _when(parsed: Parsed, node: Node) -> When | None:
    """Return the date of a founding, if one is stated."""
    tree = parsed.tree
    inside = [
        n
        for n in tree.subtree(node)
        if n.tag is not None and n.tag.kind == "D" and n.tag.value.year is not None
    ]
    direct = [
        n for n in inside if not any(tree.is_clause(a) and a.i != node.i for a in _between(parsed, n, node))
    ]
    if direct and direct[0].tag is not None:
        return When(direct[0].tag.value, span=(direct[0].tag.start, direct[0].tag.end))
    verb = tree.verb_of(node)
    when = when_of(tree, verb, Tag("N", *node.span, None, ""), parsed.tags)
    if when.day is None or (when.day.year is None and (when.day.relative is None or when.day.relative > -2)):
        return None
    return when if node.pos[:2] == "VB" or (when.span and when.span[0] > node.span[0]) else None


def _between(parsed: Parsed, node: Node, top: Node) -> list[Node]:
    out = []
    while node is not top:
        node = parsed.tree.head(node)
        out.append(node)
    return out


def _elsewhere(parsed: Parsed, node: Node) -> bool:
    """Whether another place than Washington is named for it."""
    below = parsed.between(*_reach(parsed, node))
    place = _AT_WASHINGTON.search(below)
    return place is not None and not any(t.kind == "D" and t.text.startswith(place[1]) for t in parsed.tags)


def _check_founding(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the founding: the treaty was signed on one day and in force on another of the same year."""
    row = next(r for r in institution_table("events").rows if r["event"] == "nato-founded")
    evidence = (
        table_evidence("events", row, f"{row['meaning']}: {row['date']}", row["date"]),
        ledger_index.entries["USA"][1],
    )
    stated_day: Day | None = resolve(claim["day"], day)
    if stated_day is None:
        return not_checkable("date_unclear", *evidence)
    days = (date.fromisoformat(row["date"]), ledger_index.entries["USA"][0])
    results = {compare_day(stated_day, d) for d in days}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", evidence)
    near = (
        claim["day"].relative is not None
        and stated_day.year is not None
        and abs(stated_day.year - days[0].year) <= 1
    )
    if results == {"differs"} and not near:
        return Finding(CONTRADICTED, "differs", evidence)
    return not_checkable("date_unclear", *evidence)


FINDERS = (_find_founding,)
CHECKS = {"founding_year": _check_founding}
