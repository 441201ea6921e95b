"""The words with which a sentence says that one thing brought about another, and its two sides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from foedus.reading.frames.spending_causes import CauseAndEffect
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node, Tree

__all__ = ["StatedCause", "stated_causes"]

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


_PRONOUNS = frozenset("he she".split())
"""Subjects that stand for a person."""
_BACK = frozenset("it this that which these those they".split())
"""Subjects and objects that stand for what was said before."""
_LEADS = frozenset(first for first, _ in _PHRASES)
"""Words at the head of another cause, which is no part of what this one brought about."""
_SUCCEEDS = frozenset(
    (
        "forced compelled persuaded convinced prompted led drove driven spurred got induced scared shamed "
        "bullied achieved accomplished"
    ).split()
)
"""Verbs of moving with which it is said that what was wanted came."""


@dataclass(frozen=True)
class StatedCause:
    """A cause as a sentence states it.

    Attributes
    ----------
    span : Span
        The words that say it.
    parts : CauseAndEffect
        Cause and effect.
    came : bool
        Whether the effect is said to have come.
    """

    span: Span
    parts: CauseAndEffect
    came: bool = True


def stated_causes(parsed: Parsed, *, trump: bool) -> Iterator[StatedCause]:
    """Yield the causes that a sentence states, none over words of another.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    trump : bool
        Whether "he" can be Donald Trump.

    Yields
    ------
    StatedCause
        In the order of the sentence.
    """
    tree = parsed.tree
    taken: list[Span] = []
    for node in tree.nodes:
        part = _cause_at(tree, node)
        if part is None or any(node.span[0] < end and start < node.span[1] for start, end in taken):
            continue
        nodes, says = part
        span = _span(nodes)
        taken.append(span)
        sides = _cause_last(parsed, node, span) if says == "cause" else _effect_last(parsed, node, span)
        he = tree.subject_of(node) if says == "effect" else None
        yield StatedCause(
            span,
            CauseAndEffect(
                *sides, acts=node.word in _MOVES, trump=trump and he is not None and he.word in _PRONOUNS
            ),
            came=node.word not in _MOVES or not _SUCCEEDS.isdisjoint(parsed.between(*span).split()),
        )
    given = _GIVEN.search(parsed.text) if not taken else None
    if given:
        span = (tree.offset + given.start(), tree.offset + given.end())
        yield StatedCause(span, CauseAndEffect(given[0], parsed.text[given.end() :], acts=True))


def _cause_last(parsed: Parsed, node: Node, span: Span) -> tuple[str, str]:
    """Return cause and effect where the words found say the cause: "driven by", "because of"."""
    tree = parsed.tree
    own = tree.children(node, "nsubjpass", "nsubj", "xcomp") if node.pos.startswith("VB") else []
    if own:
        by = {n.i for c in tree.children(node, "agent") for n in tree.subtree(c)}
        nodes = [n for part in own for n in tree.subtree(part) if n.i not in by]
        return parsed.between(*span), _words(nodes, (0, 0))
    top = tree.verb_of(tree.head(node)) if node.head != node.i else None
    joined = [c for c in tree.children(top, "conj") if tree.children(c, "nsubj")] if top is not None else []
    others = [n for n in tree.nodes if n.word in _LEADS and not span[0] <= n.span[0] < span[1]]
    apart = {n.i for part in (*joined, *others) for n in tree.subtree(part)}
    nodes = list(tree.nodes) if top is None else tree.subtree(top)
    return parsed.between(*span), _words([n for n in nodes if n.i not in apart], span)


def _effect_last(parsed: Parsed, node: Node, span: Span) -> tuple[str, str]:
    """Return cause and effect where the words found say the effect: "led to", "forced them to"."""
    tree = parsed.tree
    effect = parsed.between(*span)
    objects = [c.word for c in tree.children(node, "dobj")]
    earlier = parsed.before(span[0])
    if objects and objects[0] in _BACK:
        effect = f"{earlier} {effect}"
    subject = tree.subject_of(node) if tree.children(node, "nsubj") else None
    if subject is None or subject.word in _BACK or subject.pos in ("WDT", "WP"):
        return earlier, effect
    return _words(tree.subtree(subject), span), effect


def _words(nodes: Sequence[Node], without: Span) -> str:
    """Return the words of nodes as they stand, without those of a span."""
    return " ".join(
        n.tag.text if n.tag is not None else n.word
        for n in nodes
        if not (without[0] <= n.span[0] < without[1])
    )


def _cause_at(tree: Tree, node: Node) -> tuple[list[Node], Literal["cause", "effect"]] | None:
    """Return the nodes that say a cause with a word, and which side they say; None where it says none."""
    word, after = node.word, tree.nodes[node.i + 1].word if node.i + 1 < len(tree.nodes) else ""
    if word in _BY and node.pos == "VBN":
        agents = [c for c in tree.children(node, "agent", "prep") if c.word == "by"]
        if agents:
            return [node, *tree.subtree(agents[0])], "cause"
    if (word, after) in _PHRASES:
        below = tree.subtree(tree.nodes[node.i + 1])
        nodes = [node, *(n for n in (below if len(below) > 1 else tree.subtree(node)) if n.i >= node.i)]
        return nodes, "effect" if word == "credit" else "cause"
    if word == "because" and node.dep in ("mark", "advmod"):
        return [n for n in tree.subtree(tree.head(node)) if n.i >= node.i], "cause"
    return _verb_at(tree, node) if node.pos.startswith("VB") else None


def _verb_at(tree: Tree, node: Node) -> tuple[list[Node], Literal["cause", "effect"]] | None:
    """Return the same of a verb."""
    if node.word in _MOVES and _moved(tree, node):
        return [n for n in tree.subtree(node) if n.i >= node.i], "effect"
    if node.word in _BRINGS and tree.children(node, "dobj") and tree.subject_of(node) is not None:
        return [node, *tree.subtree(tree.children(node, "dobj")[0])], "effect"
    for link in tree.children(node, "prep", "prt"):
        if link.word in _YIELDS.get(node.word, ()):
            return [node, *tree.subtree(link)], "cause" if link.word == "from" else "effect"
    return None


def _moved(tree: Tree, verb: Node) -> bool:
    """Whether somebody is moved to do something: an object with an infinitive, or with "into" doing it."""
    below = tree.children(verb, "xcomp", "ccomp", "advcl")
    infinitive = any(any(a.word == "to" for a in tree.auxiliaries(c)) for c in below)
    into = any(p.word == "into" for p in tree.children(verb, "prep"))
    acted_on = tree.children(verb, "dobj", "nsubjpass") or any(tree.children(c, "nsubj") for c in below)
    return (infinitive or into) and bool(acted_on)


def _span(nodes: list[Node]) -> Span:
    """Return the span of nodes, without the marks that end it."""
    ordered = sorted(nodes, key=lambda n: n.i)
    while len(ordered) > 1 and not any(c.isalnum() for c in ordered[-1].word):
        ordered.pop()
    return min(n.span[0] for n in ordered), max(n.span[1] for n in ordered)
