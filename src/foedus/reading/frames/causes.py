"""What is said to have brought about spending, membership or a decision: found, and never judged.

What is said to have happened is checked by the frames of its own kind. That one thing brought about another is
nothing that a table of figures shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.stating import slots
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tagged
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node, Tree

__all__ = ["CHECKS", "FINDERS"]

_SUBJECT = re.compile(
    r"\b(?:NATO|[Aa]lliance|[Aa]llies|[Aa]lly|defen[cs]e|military|GDP|spend\w*|spent|budgets?|join\w*|member\w*|accession|"
    r"troops|rearm\w*|pay|paid|guideline|target)\b"
)
"""What a cause must be said of: other causes are none of the ledger's business."""
_BY = frozenset(
    (
        "driven spurred prompted triggered caused forced fuelled fueled inspired provoked accelerated propelled "
        "boosted motivated shaken jolted pushed compelled pressured"
    ).split()
)
"""Participles whose agent is a cause."""
_MOVES = frozenset(
    (
        "push pushes pushed pushing force forces forced forcing compel compels compelled pressure pressures "
        "pressured press pressed persuade persuades persuaded convince convinces convinced prompt prompts "
        "prompted lead leads led drive drives drove driven spur spurs spurred get gets got induce induced "
        "encourage encouraged bully bullied shame shamed scare scared cajole cajoled"
    ).split()
)
"""Verbs that move somebody to do something."""
_BRINGS = frozenset(
    (
        "achieve achieves achieved accomplish accomplished cause causes caused trigger triggers triggered"
    ).split()
)
"""Verbs whose object is brought about."""
_YIELDS = {"resulted": ("in", "from"), "results": ("in", "from"), "result": ("in", "from"), "resulting": ("in", "from"),
           "led": ("to",), "leads": ("to",), "lead": ("to",), "leading": ("to",), "brought": ("about",),
           "stems": ("from",), "stemmed": ("from",), "stemming": ("from",)}  # fmt: skip
"""Verbs that are causes with one preposition."""
_PHRASES = (
    ("thanks", "to"), ("because", "of"), ("due", "to"), ("owing", "to"), ("result", "of"), ("consequence", "of"),
    ("credit", "for"), ("response", "to"), ("reaction", "to"),
)  # fmt: skip
"""Words that a cause follows."""
_GIVEN = re.compile(
    r"\b(?:credit(?:s|ed|ing)?|thank(?:s|ed|ing)?|praise[sd]?|blame[sd]?)\b[^.;]{0,60}\bfor\b"
)


def _find_causes(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what is said to have brought about something."""
    parsed = context.parsed(sentence)
    if parsed is None or not _SUBJECT.search(parsed.text):
        return
    tree = parsed.tree
    taken: list[Span] = []
    for node in tree.nodes:
        part = _cause_at(tree, node)
        if part is None or any(node.span[0] < end and start < node.span[1] for start, end in taken):
            continue
        span = _span(part)
        taken.append(span)
        yield _claim(parsed, span)
    given = _GIVEN.search(parsed.text) if not taken else None
    if given:
        span = (tree.offset + given.start(), tree.offset + given.end())
        yield _claim(parsed, span)


def _claim(parsed: Parsed, span: Span) -> StatedClaim:
    """Make the claim of a cause; figures inside it are not accounted for by it."""
    edges = [span[0]]
    for tag in parsed.tags:
        if tag.kind in "NRMDK" and span[0] <= tag.start < span[1]:
            edges += [tag.start, tag.end]
    edges.append(max(edges[-1], span[1]))
    words = tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    return StatedClaim("cause", span, slots(words=parsed.between(*span)), consumed=words)


def _cause_at(tree: Tree, node: Node) -> list[Node] | None:
    """Return the nodes that say a cause with a word, or None where it says none."""
    word, after = node.word, tree.nodes[node.i + 1].word if node.i + 1 < len(tree.nodes) else ""
    if word in _BY and node.pos == "VBN":
        agents = [c for c in tree.children(node, "agent", "prep") if c.word == "by"]
        if agents:
            return [node, *tree.subtree(agents[0])]
    if (word, after) in _PHRASES:
        below = tree.subtree(tree.nodes[node.i + 1])
        return [node, *(n for n in (below if len(below) > 1 else tree.subtree(node)) if n.i >= node.i)]
    if word == "because" and node.dep in ("mark", "advmod"):
        return [n for n in tree.subtree(tree.head(node)) if n.i >= node.i]
    if not node.pos.startswith("VB"):
        return None
    if word in _MOVES and _moved(tree, node):
        return [n for n in tree.subtree(node) if n.i >= node.i]
    if word in _BRINGS and tree.children(node, "dobj") and tree.subject_of(node) is not None:
        return [node, *tree.subtree(tree.children(node, "dobj")[0])]
    for link in tree.children(node, "prep", "prt"):
        if link.word in _YIELDS.get(word, ()):
            return [node, *tree.subtree(link)]
    return None


def _moved(tree: Tree, verb: Node) -> bool:
    """Whether somebody is moved to do something: an object with an infinitive, or with "into" doing it."""
    below = tree.children(verb, "xcomp", "ccomp", "advcl")
    infinitive = any(any(a.word == "to" for a in tree.auxiliaries(c)) for c in below)
    into = any(p.word == "into" for p in tree.children(verb, "prep"))
    acted_on = tree.children(verb, "dobj") or any(tree.children(c, "nsubj") for c in below)
    return (infinitive or into) and bool(acted_on)


def _span(nodes: list[Node]) -> Span:
    """Return the span of nodes, without the marks that end it."""
    ordered = sorted(nodes, key=lambda n: n.i)
    while len(ordered) > 1 and not any(c.isalnum() for c in ordered[-1].word):
        ordered.pop()
    return min(n.span[0] for n in ordered), max(n.span[1] for n in ordered)


def _check_cause(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Return that a cause is not checkable."""
    return not_checkable("cause")


FINDERS = (_find_causes,)
CHECKS = {"cause": _check_cause}
