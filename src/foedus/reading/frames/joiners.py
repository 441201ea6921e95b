"""Which countries a clause says to join, to be, or to have become allies."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from foedus.reading.frames.topics import is_alliance
from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node, Tree

__all__ = ["Joining", "accession_of", "apposed", "dated_beside", "is_member", "joined", "object_end"]

JOIN = frozenset(("join joins joined joining acceded accede accedes enter entered enters admitted").split())
BE = frozenset(("is are was were be been become becomes became remain remains remained 's being").split())
MEMBER = frozenset(["member", "members", "ally", "allies", "part"])
NEWEST = frozenset(["newest", "latest", "youngest", "most-recent"])
_OBJECT = re.compile(
    r"\b(?:of|in|on|against|by|from|to|with|for|toward|towards|over|near|between|like|unlike|than)(?: the)? $"
)


@dataclass(frozen=True)
class Joining:
    """What is said of countries: the verb or noun, the object, whether it is a state or an entry, and whether
    it is left out what is joined."""

    at: Node
    countries: list[Node]
    state: bool = False
    firm: bool = True
    ordinal: Tag | None = None
    newest: Span | None = None
    understood: bool = False


def joined(parsed: Parsed, verb: Node, *, unnamed: bool = False) -> Joining | None:
    """Return the countries that are said to join the Alliance itself."""
    tree = parsed.tree
    if verb.word not in JOIN or verb.pos[:2] != "VB" or not tree.is_clause(verb):
        return None
    objects = [*tree.children(verb, "dobj"), *tree.objects_after(verb, "to", "into")]
    left_out = unnamed and not objects and _dated_alone(parsed, verb)
    if not left_out and not any(_is_alliance_itself(parsed, o) for o in objects):
        return None
    if _applies(tree, verb):
        return None
    named = _countries(tree, tree.subject_of(verb))
    # What is joined, and left out, may be something else: alone it never contradicts.
    firm = bool(named) and not left_out
    return Joining(verb, named or _named_before(parsed, verb), firm=firm, understood=left_out)


def _dated_alone(parsed: Parsed, verb: Node) -> bool:
    """Whether a date follows a verb with no object between, or stands at the head where nothing follows."""
    after = parsed.after(verb.span[1])
    lead = re.match(r"^,? (?:(?:only|just|together|both|too) )?(?:(?:in|on) (?:the )?)?", after)
    dates = [t for t in parsed.tags if t.kind == "D"]
    if lead and any(t.start - verb.span[1] == lead.end() for t in dates):
        return True
    return bool(re.match(r"$|[.,;]", after) and any(t.start - parsed.tree.offset < 12 for t in dates))


def _named_before(parsed: Parsed, verb: Node) -> list[Node]:
    """Return the countries right before a verb by the order of words, where the tree has another subject."""
    tree = parsed.tree
    while verb.dep == "conj" and tree.is_clause(tree.head(verb)) and not tree.children(verb, "nsubj"):
        verb = tree.head(verb)
    names: list[Tag] = []
    edge = verb.span[0]
    for tag in reversed([t for t in parsed.values("C") if t.end <= verb.span[0]]):
        gap = parsed.between(tag.end, edge)
        if not re.fullmatch(
            r" (?:(?:has|have|had|both|also|then|finally|each|formally|officially) ){0,8}"
            if not names
            else r"(?:,| and|, and)(?: the)? (?:the )?",
            gap,
        ):
            break
        names.insert(0, tag)
        edge = tag.start
    if (
        len(names) > 1
        and _OBJECT.search(parsed.before(edge))
        and parsed.between(names[0].end, names[1].start) == ", "
    ):
        # "After the invasion of Ukraine, Sweden and Finland joined": the first belongs to what stands before.
        edge = names.pop(0).end + 2
    led = re.search(r"(?:^|[,;:—\"] )(?:the |both |the Baltic states )?$", parsed.before(edge))
    nodes = [tree.at(t) for t in names]
    return [n for n in nodes if n is not None] if led else []


def _is_alliance_itself(parsed: Parsed, node: Node) -> bool:
    """Whether what is joined is the Alliance, or its ranks."""
    if node.word in ("ranks", "fold", "family", "club"):
        return any(is_alliance(parsed, n.tag, n.word) for n in parsed.tree.subtree(node))
    return is_alliance(parsed, node.tag, node.word)


def _applies(tree: Tree, verb: Node) -> bool:
    """Whether joining is only what somebody applied for."""
    head = tree.head(verb)
    return head.word.startswith(("appl", "bid", "request", "invit")) and verb.dep in ("xcomp", "acl", "advcl")


def _countries(tree: Tree, subject: Node | None) -> list[Node]:
    """Return the countries of a subject with those joined to it, in order."""
    if subject is None:
        return []
    if subject.word in (
        "both",
        "countries",
        "states",
        "members",
        "nations",
        "ally",
        "allies",
        "neighbours",
        "neighbors",
    ):
        named = [
            c
            for c in tree.subtree(subject)
            if c.dep in ("appos", "conj") and c.tag is not None and c.tag.kind == "C"
        ]
        return named if len(named) > 1 else []
    if subject.tag is None or subject.tag.kind != "C":
        return []
    out = [subject]
    for node in out:
        out += [
            c
            for c in tree.children(node, "conj", "appos")
            if c.tag is not None and c.tag.kind == "C" and c not in out
        ]
    return sorted(out, key=lambda n: n.i)


def is_member(parsed: Parsed, verb: Node, *, unnamed: bool = False) -> Joining | None:
    """Return the countries that are said to be, or to become, allies."""
    tree = parsed.tree
    if verb.word not in BE or not tree.is_clause(verb):
        return None
    nouns = [n for n in tree.children(verb, "attr", "dobj", "acomp") if n.word in MEMBER]
    nouns += [o for o in tree.objects_after(verb, "among", "of") if o.word in MEMBER]
    for one in tree.children(verb, "attr"):
        nouns += [o for o in tree.objects_after(one, "of") if o.word in MEMBER]
    for noun in nouns:
        became = verb.word.startswith(("becom", "becam"))
        said = _of_alliance(parsed, noun, unnamed=unnamed and became)
        if said is not None:
            state = not verb.word.startswith("becom") and not verb.word.startswith("becam")
            return replace(said, at=verb, countries=_countries(tree, tree.subject_of(verb)), state=state)
    return None


def _of_alliance(parsed: Parsed, noun: Node, *, unnamed: bool = False) -> Joining | None:
    """Return what kind of member a noun says; None where it is not one of the Alliance, or is one of a kind."""
    tree = parsed.tree
    below = [n for n in tree.subtree(noun) if not any(tree.is_clause(a) for a in tree.path(n, noun))]
    named = any(is_alliance(parsed, n.tag, n.word) for n in below)
    ordinal = next((n.tag for n in below if n.tag is not None and n.tag.kind == "K"), None)
    newest = next((n.span for n in below if n.word in NEWEST), None)
    words = {n.word for n in below}
    plain = {n.word for n in below if n.tag is None} <= {
        "member",
        "members",
        "a",
        "the",
        "full",
        "its",
        "newest",
        "latest",
    }
    if (
        not named
        and not (unnamed and plain and not any(n.tag and n.tag.kind in "CJG" for n in below))
        and not (
            noun.word in ("ally", "allies")
            and (ordinal is not None or words <= {noun.word, "an", "a", "allies", "full"})
        )
    ):
        return None
    if any(n.tag is not None and n.tag.kind == "G" and n.tag.value != "NATO" for n in below) or words & {
        "other", "key", "close", "non", "major", "non-nato", "eu", "european", "important", "loyal", "reliable", "strong", "big",
        "active", "leading", "largest", "biggest", "smallest", "second", "integral", "likely", "potential", "aspiring", "nordic",
    }:  # fmt: skip
        return None
    if noun.word == "part" and not any(c.word == "of" for c in tree.children(noun)):
        return None
    # Founders have a frame of their own.
    if words & {"founding", "original", "founder"}:
        return None
    return Joining(noun, [], ordinal=ordinal, newest=newest, understood=not named and noun.word == "member")


def apposed(parsed: Parsed, noun: Node) -> Joining | None:
    """Return the country beside which it stands that it is an ally: "Sweden, NATO's newest member"."""
    tree = parsed.tree
    head = tree.head(noun)
    if noun.word not in MEMBER or noun.dep != "appos" or head.tag is None or head.tag.kind != "C":
        return None
    said = _of_alliance(parsed, noun)
    return replace(said, countries=[head], state=True) if said is not None else None


def accession_of(parsed: Parsed, noun: Node) -> Joining | None:
    """Return the country whose accession a noun names, where a date is given."""
    tree = parsed.tree
    if noun.word not in ("accession", "entry") or noun.pos[:2] != "NN":
        return None
    owners = [c for c in tree.children(noun, "poss") if c.tag is not None and c.tag.kind == "C"]
    objects = tree.objects_after(noun, "to", "into")
    dated = any(dated_beside(parsed, noun, t) for t in parsed.tags)
    if not owners or not dated or not any(is_alliance(parsed, o.tag, o.word) for o in objects):
        return None
    return Joining(noun, _countries(tree, owners[0]))


def dated_beside(parsed: Parsed, noun: Node, tag: Tag) -> bool:
    """Whether a date stands right behind what a noun is of: "accession to NATO in 2024"."""
    if tag.kind != "D" or tag.value.year is None or tag.start < noun.span[1]:
        return False
    return (
        re.match(r"^ (?:in|on) (?:the )?$", parsed.between(object_end(parsed, noun), tag.start)) is not None
    )


def object_end(parsed: Parsed, at: Node) -> int:
    """Return where the Alliance is named below a verb or noun."""
    ends = [n.span[1] for n in parsed.tree.subtree(at) if is_alliance(parsed, n.tag, n.word)]
    return min(ends) if ends else at.span[1]
