"""What is said to have brought about spending, membership or a decision: found, and never judged.

What is said to have happened is checked by the frames of its own kind; that spending rose, here. That one thing
brought about another is nothing that a table of figures shows: a cause of spending is held against the bracket of
the designs, as :mod:`foedus.reading.frames.spending_causes` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from foedus.reading.claims import Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.rises import check_rise, rise_claim
from foedus.reading.frames.spending_causes import (
    Parts,
    causes_of,
    is_spending,
    verdict_rows,
    year_named,
)
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


BRACKET = "What designs make of it, and which of them fail, is in the page “Why did it rise?”."
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
class _Stated:
    """A cause as a sentence states it.

    Attributes
    ----------
    span : Span
        The words that say it.
    parts : Parts
        Cause and effect.
    came : bool
        Whether the effect is said to have come.
    """

    span: Span
    parts: Parts
    came: bool = True


def _find_causes(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what is said to have brought about something."""
    parsed = context.parsed(sentence)
    if parsed is None or not _SUBJECT.search(parsed.text):
        return
    stated = list(_stated(parsed, trump=_can_be_trump(context)))
    for each in stated:
        yield _claim(parsed, each)
    for each in stated:
        rise = rise_claim(parsed, each.parts.effect) if each.came and _of_spending(parsed, each) else None
        if rise is not None:
            yield rise
            return


def _stated(parsed: Parsed, *, trump: bool) -> Iterator[_Stated]:
    """Yield the causes that a sentence states, none over words of another."""
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
        yield _Stated(
            span,
            Parts(*sides, acts=node.word in _MOVES, trump=trump and he is not None and he.word in _PRONOUNS),
            came=node.word not in _MOVES or not _SUCCEEDS.isdisjoint(parsed.between(*span).split()),
        )
    given = _GIVEN.search(parsed.text) if not taken else None
    if given:
        span = (tree.offset + given.start(), tree.offset + given.end())
        yield _Stated(span, Parts(given[0], parsed.text[given.end() :], acts=True))


def _of_spending(parsed: Parsed, stated: _Stated) -> bool:
    """Whether a cause is one of spending."""
    return is_spending(stated.parts.effect, parsed.earlier.text if parsed.earlier else "")


def _can_be_trump(context: Context) -> bool:
    """Whether "he" can be Donald Trump: the text names him, or nobody."""
    people = {str(tag.value) for tag in context.tags if tag.kind == "P"}
    return not people or any("Trump" in name for name in people) or "Trump" in context.text


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


def _claim(parsed: Parsed, stated: _Stated) -> StatedClaim:
    """Make the claim of a cause; figures inside it are not accounted for by it."""
    span = stated.span
    edges = [span[0]]
    for tag in parsed.tags:
        if tag.kind in "NRMDK" and span[0] <= tag.start < span[1]:
            edges += [tag.start, tag.end]
    edges.append(max(edges[-1], span[1]))
    words = tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    of = causes_of(stated.parts) if _of_spending(parsed, stated) else {}
    named = slots(causes=of, year=year_named(parsed.text) or None) if of else {}
    return StatedClaim("cause", span, slots(words=parsed.between(*span), **named), consumed=words)


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


def _check_cause(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Return that a cause is not checkable, with the verdicts on it in its period where it is one of spending."""
    rows = tuple(verdict_rows(claim.get("causes", {}), claim.get("year", 0), day))
    return not_checkable("cause", *rows, note=BRACKET if rows else "")


FINDERS = (_find_causes,)
CHECKS = {"cause": _check_cause, "rise": check_rise}
