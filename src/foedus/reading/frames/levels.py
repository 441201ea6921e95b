"""Levels of defence spending that are met or missed, and the verbs that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.reading.context import Context
from foedus.reading.frames.shares import GOAL_AFTER
from foedus.reading.frames.topics import about_nato, about_spending
from foedus.reading.tagging import Tag
from foedus.reading.trees.bind import Parsed, unit_after
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.values import Amount

__all__ = ["GOALS", "IMPLIED", "MEET", "MISS", "STAY", "Level", "levels_in", "predicate_of"]

IMPLIED = "implied"
"""The mark of a level that the text does not state."""
GOALS = frozenset(
    (
        "guideline guidelines target targets goal goals benchmark threshold mark level pledge minimum floor "
        "commitment commitments"
    ).split()
)
MEET = frozenset(
    (
        "meet meets met meeting reach reaches reached reaching hit hits hitting achieve achieves achieved "
        "achieving exceed exceeds exceeded exceeding surpass surpasses surpassed surpassing fulfil fulfill "
        "fulfils fulfills fulfilled fulfilling satisfy satisfies satisfied satisfying spend spends spent "
        "spending attain attains attained attaining clear clears cleared allocate allocates allocated "
        "allocating devote devotes devoted devoting invest invests invested investing pass passes passed cross "
        "crossed is are was were be been do does did honour honor honoured honored respect respects respected "
        "comply complies complied complying make makes made dedicate dedicates dedicated"
    ).split()
)
MISS = frozenset(
    (
        "miss misses missed missing fail fails failed failing fall falls fell falling lag lags lagged lagging "
        "undershoot"
    ).split()
)
STAY = frozenset("remain remains remained stay stays stayed".split())
"""Verbs that say on which side of a level an ally is only with a word for the side."""
_OTHER_GOAL = re.compile(
    r"\b(?:equipment|emissions?|climate|readiness|renewable|development aid|capability|capabilities|enlistment|recruit\w*)\b"
)
_OF_OTHERS = re.compile(r" (?:on|for|against|about|regarding) (?!(?:defen[cs]e|military|spending)\b)")


@dataclass(frozen=True)
class Level:
    """A level that is met or missed: the amount, its place, and the tag that states it."""

    amount: Amount
    node: Node
    tag: Tag | None


def levels_in(parsed: Parsed, context: Context) -> Iterator[Level]:
    """Yield the levels of defence spending that a sentence names.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    context : Context
        The document.

    Yields
    ------
    Level
        Stated ones, and guidelines whose level is not stated.
    """
    if _OTHER_GOAL.search(parsed.text):
        return
    tree = parsed.tree
    spending = about_spending(parsed, context)
    for tag in parsed.values("R"):
        node = tree.at(tag)
        goal = GOAL_AFTER.match(parsed.after(tag.end))
        unit = unit_after(parsed, tag)
        if (
            node is not None
            and tag.value.value <= 0.2
            and (
                goal
                or unit
                or (tag.value.value in (0.02, 0.035, 0.05) and (spending or _allies_at(parsed, tag)))
            )
        ):
            yield Level(
                tag.value, tree.head(node) if goal and node.dep in ("compound", "nmod", "amod") else node, tag
            )
    for node in tree.nodes:
        if node.word in ("it", "that", "this") and parsed.earlier is not None and _is_met(tree, node):
            said = next(levels_in(parsed.earlier, context), None)
            if said is not None:
                yield Level(said.amount, node, None)
        if node.word in GOALS and not any(_is_rate(c) for c in tree.subtree(node)):
            level = _named_level(parsed, context, node, spending)
            if level is not None:
                yield Level(level, node, None)


def _is_met(tree: Tree, node: Node) -> bool:
    """Whether a pronoun is what somebody meets or misses."""
    verb = tree.head(node)
    return node.dep == "dobj" and verb.word in (
        "meet",
        "meets",
        "met",
        "hit",
        "reached",
        "reach",
        "miss",
        "missed",
    )


def _allies_at(parsed: Parsed, tag: Tag) -> bool:
    """Whether allies are said to be at a rate, which is then the guideline's own level."""
    return (
        re.search(
            r"\b(?:allies|members|countries) (?:(?:now|already|will|had|have) )?"
            r"(?:(?:at|above|over) (?:or above )?|(?:meet|met|meeting|reach(?:ed)?|hit|miss(?:ed)?) )$",
            parsed.before(tag.start),
        )
        is not None
    )


def _is_rate(node: Node) -> bool:
    return node.tag is not None and node.tag.kind == "R"


def _named_level(parsed: Parsed, context: Context, node: Node, spending: bool) -> Amount | None:
    """Return the level of a guideline that is named and not stated."""
    if node.word in ("level", "mark", "threshold", "minimum", "floor", "commitment", "commitments", "pledge"):
        that = any(c.word == "that" for c in parsed.tree.children(node, "det"))
        if not that:
            return None
    if any(c.word == "that" for c in parsed.tree.children(node, "det")):
        before = [t for t in context.tags_in(max(0, parsed.tree.offset - 260), node.span[0]) if t.kind == "R"]
        return replace(before[-1].value, comparator="eq") if before else None
    if _OF_OTHERS.match(parsed.after(node.span[1])):
        return None
    named = node.word.startswith("guideline") and about_nato(
        parsed.text, parsed.tags, context, parsed.tree.offset
    )
    return Amount(0.02, 0.01, 0.01, hedge=IMPLIED) if named or spending else None


def predicate_of(tree: Tree, level: Level) -> tuple[Node | None, bool]:
    """Return the verb that says who is at a level, and whether it says that they miss it."""
    verb = tree.verb_of(level.node)
    depth = 0
    while verb is not None and depth < 3:
        if verb.dep == "pcomp" and not tree.is_finite(verb):
            # "The target of spending 2 %" is met or missed by another verb.
            verb = tree.verb_of(tree.head(verb))
            depth += 1
            continue
        if verb.word in MISS:
            return verb, True
        if verb.dep == "xcomp" and tree.head(verb).word in MISS:
            return tree.head(verb), True
        if verb.word in STAY and level.amount.comparator in ("lt", "gt", "ge"):
            return verb, level.amount.comparator == "lt"
        if verb.word in STAY:
            sides = {c.word for c in tree.subtree(verb) if verb.i < c.i < level.node.i}
            if sides & {"below", "under", "short", "behind"}:
                return verb, True
            return (verb, False) if sides & {"above", "over", "at"} else (None, False)
        if verb.word in MEET:
            below = any(
                c.word in ("below", "under", "short", "behind")
                for c in tree.subtree(verb)
                if verb.i < c.i < level.node.i
            )
            return verb, below and verb.word not in ("spend", "spending", "spends")
        if verb.dep not in ("xcomp", "ccomp") or tree.is_finite(verb):
            return None, False
        verb = tree.verb_of(tree.head(verb))
        depth += 1
    return None, False
