"""Whether a number is that of all allies, and never of a part of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.reading.frames.tails import ends, picked
from foedus.reading.frames.topics import ALLY, is_alliance
from foedus.reading.tagging import Tag
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node

__all__ = ["MOST", "AllyCount", "of_all"]

HAVE = frozenset(
    (
        "has have had counts count counted comprises comprise comprised consists consist consisted numbers "
        "number numbered includes include included made groups group grouped unites unite united boasts boast "
        "boasted is are was were brings binds spans"
    ).split()
)
GROW = frozenset(
    (
        "grew grown grow grows growing expanded expand expands expanding enlarged enlarge rose risen rise "
        "swelled swollen increased increase brought bring brings bringing raised raise raises raising takes "
        "taking took taken went gone"
    ).split()
)
PLAIN = frozenset(
    (
        "the all of its our their nato alliance member allied sovereign current present individual independent "
        "full other fellow remaining 's both these those some now today currently 20 every each a an total "
        "already western treaty atlantic north strong democratic democracies free different european-atlantic"
    ).split()
)
"""Words before the noun that pick none out of all; any other makes a part of them."""
MOST = 100
"""Larger numbers are of people, and of no states."""
LEAST_ALL = 25
"""Fewer than this, "all three allies" means some that were named before."""
_EXCEPT = re.compile(
    r"\b(?:[Aa]part from|[Aa]side from|[Ee]xcept(?:ing)?|[Bb]esides|[Ee]xcluding|[Ww]ith the exception|[Nn]ot counting|[Ll]eaving (?:out|aside)|"
    r"[Oo]utside|[Aa]mong|[Oo]ut of|bar|but not|[Mm]inus|[Ii]nstead of|[Oo]ther than|[Oo]f (?:these|those|them|which|whom))\b"
)
_COMPOUND = re.compile(
    r"^-(?:member|nation|country|state|strong|ally)(?:-?strong| strong)? (?:(?:military|defen[cs]e|Western|transatlantic|security|political|NATO|North Atlantic|Atlantic|trans-Atlantic|strong) ){0,8}(?:[Aa]lliance|NATO|bloc|pact|[Oo]rgani[sz]ation|group)\b"
)
_PART = re.compile(
    r"\b(?:[Oo]ne|two|three|some|most|many|half|none|few|several|\d+|part|majority|[Tt]hird|[Rr]est) of (?:the|its|our|all|NATO's|these|those) $"
)


@dataclass(frozen=True)
class AllyCount:
    """A number of allies: its tag, its noun, the verb that says it, and of which kind the words are."""

    tag: Tag
    verb: Node | None
    factive: bool = False
    others: bool = False


def of_all(parsed: Parsed, tag: Tag) -> AllyCount | None:
    """Return the number as one of all allies, or None where it may be of some."""
    after = parsed.after(tag.end)
    if _EXCEPT.search(parsed.text):
        return None
    if _COMPOUND.match(after):
        article = re.search(r"\b[Aa]n? (?:\w+ )?$", parsed.before(tag.start))
        return AllyCount(tag, None, factive=True) if not article or "NATO" in parsed.text else None
    tree = parsed.tree
    node = tree.at(tag)
    if node is None:
        return None
    noun = (
        tree.head(node)
        if node.dep in ("nummod", "amod", "compound") and tree.head(node).word in ALLY
        else None
    )
    grown = _grown(parsed, tag, node, noun)
    if grown is not None:
        return grown
    if noun is None:
        return None
    if re.match(r" (?:\w+ )?strong\b", parsed.after(noun.span[1])) or _all_of_us(parsed, node, noun):
        return AllyCount(tag, tree.verb_of(noun))
    if any(n.tag is not None and n.tag.kind == "G" and n.tag.value != "NATO" for n in tree.subtree(noun)):
        return None
    words = [n for n in tree.nodes[: noun.i] if n.i > node.i]
    if any(n.word not in PLAIN and not (n.tag is not None and n.tag.value == "NATO") for n in words):
        return None
    return _had(parsed, tag, node, noun) or _definite(parsed, tag, node, noun)


def _all_of_us(parsed: Parsed, node: Node, noun: Node) -> bool:
    """Whether "we are 32 allies" says it."""
    verb = parsed.tree.verb_of(noun)
    subject = parsed.tree.subject_of(verb) if verb is not None else None
    own = subject is not None and (subject.word == "we" or parsed.tree.words(subject) in ("our alliance",))
    return bool(own and verb and verb.word in HAVE and node.i > verb.i and ends(parsed, noun))


def _grown(parsed: Parsed, tag: Tag, node: Node, noun: Node | None) -> AllyCount | None:
    """Return the number to or from which the Alliance is said to have grown."""
    tree = parsed.tree
    verb = tree.verb_of(node)
    before = parsed.before(tag.start)
    if (
        verb is None
        or verb.word not in GROW
        or not re.search(r"\b(?:to|from|at) (?:its |just |only |the current |today's ){0,8}$", before)
    ):
        return None
    if noun is not None and not ends(parsed, noun):
        return None
    if noun is None and not re.match(
        r"(?:$|[.,;:)]| (?:in|today|now|this|by|with|and|when|after|from|members?|on|at)\b)",
        parsed.after(tag.end),
    ):
        return None
    subject = tree.subject_of(verb)
    things = [subject] if subject is not None else []
    things += tree.children(verb, "dobj")
    for thing in things:
        text = tree.words(thing)
        counted = re.search(
            r"\bmembership$|\bnumber of (?:(?:its|the|nato|allied|member) ){0,8}(?:members|allies|states|countries|nations)(?: (?:of|in) (?:nato|the alliance))?$",
            text,
        )
        if counted or is_alliance(parsed, thing.tag, thing.word):
            return AllyCount(tag, verb)
    return None


def _had(parsed: Parsed, tag: Tag, node: Node, noun: Node) -> AllyCount | None:
    """Return the number that the Alliance is said to have, or to consist of."""
    tree = parsed.tree
    before = parsed.before(tag.start)
    verb = tree.verb_of(noun)
    if re.search(
        r"\b[Aa]lliance (?:of|with|comprising|made up of|numbering|uniting|grouping) (?:its )?$", before
    ):
        if (picked(parsed, noun) and not ends(parsed, noun)) or (
            re.search(r"\ban? (?:\w+ )?[Aa]lliance \w+(?: \w+ of)? $", before) and "NATO" not in parsed.text
        ):
            return None
        return AllyCount(
            tag,
            verb if verb is not None and verb.word in HAVE else None,
            factive=verb is None or verb.word not in HAVE,
        )
    if verb is None or verb.word not in HAVE or noun.i < verb.i or not ends(parsed, noun):
        return None
    existential = any(c.word == "there" for c in tree.children(verb))
    if existential:
        named = re.match(r" (?:of|in) (?:NATO|the (?:\w+ )?[Aa]lliance)", parsed.after(noun.span[1]))
        nato_noun = any(
            n.tag is not None and n.tag.value == "NATO" for n in tree.subtree(noun)
        ) or noun.word.startswith("all")
        return AllyCount(tag, verb) if named or nato_noun else None
    subject = tree.subject_of(verb)
    if subject is not None and subject.word == "it":
        earlier = [n for n in tree.nodes[: subject.i] if n.dep in ("nsubj", "nsubjpass")]
        subject = earlier[-1] if earlier else None
    if subject is None or not is_alliance(parsed, subject.tag, subject.word):
        return None
    if verb.word in ("is", "are", "was", "were") and not re.search(
        r"\b(?:made up of|composed of|is|are|comprised of) (?:its |all )?$", before
    ):
        return None
    fronted = [c for c in tree.children(verb, "prep") if c.i < subject.i]
    return None if any(_restricts(parsed, c) for c in fronted) else AllyCount(tag, verb)


def _restricts(parsed: Parsed, preposition: Node) -> bool:
    """Whether a phrase at the head of a sentence may narrow what is counted: any but one of time or manner."""
    if preposition.word in (
        "with",
        "after",
        "since",
        "by",
        "as",
        "until",
        "before",
        "during",
        "at",
        "following",
    ):
        return False
    return not any(
        n.tag is not None and n.tag.kind == "D" for n in parsed.tree.subtree(preposition)
    ) and not re.search(r"\b(?:today|total|all|1990s|war|fact|time)\b", parsed.tree.words(preposition))


def _definite(parsed: Parsed, tag: Tag, node: Node, noun: Node) -> AllyCount | None:
    """Return the number in "the 32 allies", "NATO's 32 members", "all 32 members of the alliance"."""
    tree = parsed.tree
    if _PART.search(parsed.before(tag.start)):
        return None
    left = [n for n in tree.subtree(noun) if n.i < noun.i]
    words = {n.word for n in left}
    named = any(n.tag is not None and n.tag.value == "NATO" for n in tree.subtree(noun)) or "alliance" in {
        n.word for n in tree.subtree(noun)
    }
    if any(
        n.word not in PLAIN and not (n.tag is not None and n.tag.value in ("NATO", tag.value)) for n in left
    ):
        return None
    owned = words & {"our", "their", "his", "her", "your", "my"} or (
        words & {"its"} and noun.word in ("ally", "allies")
    )
    others = bool(words & {"other", "fellow", "remaining"} or owned)
    if picked(parsed, noun) and (
        not others or any(c.i > noun.i and c.dep in ("prep", "relcl", "acl") for c in tree.children(noun))
    ):
        return None
    whole = words & {"the", "all", "our", "its", "every", "these"} or any(
        c.dep == "poss" for c in tree.children(noun)
    )
    if re.search(r"\b[Nn]ot (?:all )?(?:of )?(?:the )?$", parsed.before(tag.start)) or not whole:
        return None
    if tag.value.value < LEAST_ALL and not (named and not words & {"all", "our"}):
        return None
    other = any(t.kind == "G" and t.value != "NATO" for t in parsed.tags)
    if not named and (other or not re.search(r"NATO|[Aa]ll(?:ies|y|ied|iance)", parsed.text)):
        return None
    return AllyCount(tag, tree.verb_of(noun), factive=True, others=others)
