"""Find which countries are said to have joined, to be, or not to be allies, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.stating import slots, stated
from foedus.reading.frames.topics import about_nato, is_alliance
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import segment_of, when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, Truth, When

__all__ = ["find_accessions"]

JOIN = frozenset(("join joins joined joining acceded accede accedes enter entered enters admitted").split())
BE = frozenset(("is are was were be been become becomes became remain remains remained 's being").split())
MEMBER = frozenset(["member", "members", "ally", "allies", "part"])
NEWEST = frozenset(["newest", "latest", "youngest", "most-recent"])
_OBJECT = re.compile(
    r"\b(?:of|in|on|against|by|from|to|with|for|toward|towards|over|near|between|like|unlike|than)(?: the)? $"
)
_AFTER = re.compile(
    r"\b(?:after|following|in response to|in the wake of|because of|prompted by)\b[^.;]{0,60}?\b(?:invasion|war|assault|attack)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to|ahead of)\b[^.;]{0,50}?\b(?:invasion|war)\b", re.IGNORECASE)
_UNCLEAR = re.compile(r"^[ ,]*(?:for|in|over|until|till|before|after|between|through|throughout|since) (?!2)")


@dataclass(frozen=True)
class _Said:
    """What is said of countries: the verb or noun, the object, and whether it is a state or an entry."""

    at: Node
    countries: list[Node]
    state: bool = False
    firm: bool = True
    ordinal: Tag | None = None
    newest: Span | None = None


def find_accessions(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find which countries are said to have joined, and when.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    context : Context
        The document.

    Yields
    ------
    StatedClaim
        One for each verb or noun of joining.
    """
    parsed = context.parsed(sentence)
    if (
        parsed is None
        or not parsed.values("C")
        or not about_nato(parsed.text, parsed.tags, context, parsed.tree.offset)
    ):
        return
    tree = parsed.tree
    for node in tree.nodes:
        said = (
            _joined(parsed, node)
            or _is_member(parsed, node)
            or _apposed(parsed, node)
            or _accession_of(parsed, node)
        )
        if said is None or not said.countries:
            continue
        claim = _claim(parsed, said)
        if claim is not None:
            yield claim
            yield from _gapped(parsed, said, claim)


def _joined(parsed: Parsed, verb: Node) -> _Said | None:
    """Return the countries that are said to join the Alliance itself."""
    tree = parsed.tree
    if verb.word not in JOIN or verb.pos[:2] != "VB" or not tree.is_clause(verb):
        return None
    objects = tree.children(verb, "dobj")
    objects += [
        o for p in tree.children(verb, "prep") if p.word in ("to", "into") for o in tree.children(p, "pobj")
    ]
    if not any(_is_alliance_itself(parsed, o) for o in objects):
        return None
    if _applies(tree, verb):
        return None
    named = _countries(tree, tree.subject_of(verb))
    return _Said(verb, named or _named_before(parsed, verb), firm=bool(named))


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
            r" (?:(?:has|have|had|both|also|then|finally|each|formally|officially) )*"
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


def _is_member(parsed: Parsed, verb: Node) -> _Said | None:
    """Return the countries that are said to be, or to become, allies."""
    tree = parsed.tree
    if verb.word not in BE or not tree.is_clause(verb):
        return None
    nouns = [n for n in tree.children(verb, "attr", "dobj", "acomp") if n.word in MEMBER]
    nouns += [
        o
        for p in tree.children(verb, "prep")
        if p.word in ("among", "of")
        for o in tree.children(p, "pobj")
        if o.word in MEMBER
    ]
    for one in tree.children(verb, "attr"):
        nouns += [
            o
            for p in tree.children(one, "prep")
            if p.word == "of"
            for o in tree.children(p, "pobj")
            if o.word in MEMBER
        ]
    for noun in nouns:
        said = _of_alliance(parsed, noun)
        if said is not None:
            state = not verb.word.startswith("becom") and not verb.word.startswith("becam")
            return replace(said, at=verb, countries=_countries(tree, tree.subject_of(verb)), state=state)
    return None


def _of_alliance(parsed: Parsed, noun: Node) -> _Said | None:
    """Return what kind of member a noun says; None where it is not one of the Alliance, or is one of a kind."""
    tree = parsed.tree
    below = [n for n in tree.subtree(noun) if not any(tree.is_clause(a) for a in _path(tree, n, noun))]
    named = any(is_alliance(parsed, n.tag, n.word) for n in below)
    ordinal = next((n.tag for n in below if n.tag is not None and n.tag.kind == "K"), None)
    newest = next((n.span for n in below if n.word in NEWEST), None)
    words = {n.word for n in below}
    if not named and not (
        noun.word in ("ally", "allies")
        and (ordinal is not None or words <= {noun.word, "an", "a", "allies", "full"})
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
    return _Said(noun, [], ordinal=ordinal, newest=newest)


def _path(tree: Tree, node: Node, top: Node) -> list[Node]:
    out = []
    while node is not top:
        out.append(node)
        node = tree.head(node)
    return out


def _apposed(parsed: Parsed, noun: Node) -> _Said | None:
    """Return the country beside which it stands that it is an ally: "Sweden, NATO's newest member"."""
    tree = parsed.tree
    head = tree.head(noun)
    if noun.word not in MEMBER or noun.dep != "appos" or head.tag is None or head.tag.kind != "C":
        return None
    said = _of_alliance(parsed, noun)
    return replace(said, countries=[head], state=True) if said is not None else None


def _accession_of(parsed: Parsed, noun: Node) -> _Said | None:
    """Return the country whose accession a noun names, where a date is given."""
    tree = parsed.tree
    if noun.word not in ("accession", "entry") or noun.pos[:2] != "NN":
        return None
    owners = [c for c in tree.children(noun, "poss") if c.tag is not None and c.tag.kind == "C"]
    objects = [
        o for p in tree.children(noun, "prep") if p.word in ("to", "into") for o in tree.children(p, "pobj")
    ]
    dated = any(_dated_beside(parsed, noun, t) for t in parsed.tags)
    if not owners or not dated or not any(is_alliance(parsed, o.tag, o.word) for o in objects):
        return None
    return _Said(noun, _countries(tree, owners[0]))


def _dated_beside(parsed: Parsed, noun: Node, tag: Tag) -> bool:
    """Whether a date stands right behind what a noun is of: "accession to NATO in 2024"."""
    if tag.kind != "D" or tag.value.year is None or tag.start < noun.span[1]:
        return False
    return (
        re.match(r"^ (?:in|on) (?:the )?$", parsed.between(_object_end(parsed, noun), tag.start)) is not None
    )


def _claim(parsed: Parsed, said: _Said) -> StatedClaim | None:
    """Make the claim of an accession or a membership."""
    tree = parsed.tree
    nominal = said.at.pos[:2] == "NN"
    truth, opinion = (Truth.ASSERTED, "") if nominal else truth_of(tree, said.at)
    if truth is Truth.NOT_FINITE:
        return None
    verb = said.at if not nominal else tree.verb_of(said.at)
    whens = _dates(parsed, said, verb)
    when = whens[0] if whens else When()
    # "Had not joined in 2023" denies a date too, and is a denial like any other.
    negated = truth is Truth.NEGATED and (said.state or not whens)
    first, last = said.countries[0], said.countries[-1]
    start = min(first.span[0], said.at.span[0])
    end = max([last.span[1], said.at.span[1], *(w.span[1] for w in whens if w.span)], default=0)
    end = max(end, _object_end(parsed, said.at))
    codes = [str(c.tag.value) for c in said.countries if c.tag is not None]
    bound = Bound(
        first.tag or Tag("C", *first.span, None, ""), "member", said.at.word, first.tag, codes[0], (start, end), when,
        Truth.ASSERTED if negated else truth, source_of(""), when.firm, bool(opinion),
    )  # fmt: skip
    place = (said.ordinal.start, said.ordinal.end) if said.ordinal else None
    spans = (place, said.newest, *(c.span for c in said.countries), *(w.span for w in whens), said.at.span)
    items = _slots(parsed, said, codes, whens, when)
    if negated:
        items["negated"] = True
    return stated("accession", bound, items, span=(start, end), also=spans, firm=when.firm and said.firm)


def _object_end(parsed: Parsed, at: Node) -> int:
    """Return where the Alliance is named below a verb or noun."""
    ends = [n.span[1] for n in parsed.tree.subtree(at) if is_alliance(parsed, n.tag, n.word)]
    return min(ends) if ends else at.span[1]


def _slots(parsed: Parsed, said: _Said, codes: list[str], whens: list[When], when: When) -> dict[str, Any]:
    """Return the slots of a claim."""
    days = [w.day for w in whens if w.day is not None]
    since = bool(when.span and re.search(r"\b[Ss]ince (?:both )?$", parsed.before(when.span[0])))
    tail = parsed.after(_object_end(parsed, said.at))
    after, before = _AFTER.search(parsed.text), _BEFORE.search(parsed.text)
    # "Entered after the invasion of 2022" has one date, and it is the other event's.
    event = "invasion-of-ukraine"
    russian = {t.value for t in parsed.tags if t.kind in "CJ"} & {"RUS", "UKR"} or re.search(
        r"\binvasion\b", parsed.text
    )
    open_time = bool(when.open) and not after and not before
    state_open = said.state and not days and _UNCLEAR.match(tail) is not None
    return slots(
        countries=codes,
        days=None if said.state and not since else days or None,
        on=days[0] if days and said.state and not since else None,
        ordinal=said.ordinal.value if said.ordinal else None,
        newest=True if said.newest else None,
        after=event if after and russian and not said.state else None,
        before=event if before and russian and not said.state else None,
        unread=True if open_time or state_open else None,
        loose=True if _joins_in(parsed, said) else None,
    )


def _joins_in(parsed: Parsed, said: _Said) -> bool:
    """Whether countries join NATO in doing something."""
    return (
        re.match(
            r" (?:in \w+ing|in (?:a|an|the|its|their)\b|at\b|as\b|to\b)",
            parsed.after(_object_end(parsed, said.at)),
        )
        is not None
    )


def _dates(parsed: Parsed, said: _Said, verb: Node | None) -> list[When]:
    """Return the dates of an accession: one for all, or one for each in turn."""
    tree = parsed.tree
    place = said.countries[-1].tag or Tag("C", *said.at.span, None, "")
    since = [
        t
        for t in parsed.tags
        if t.kind == "D" and re.search(r"\b[Ss]ince (?:both )?$", parsed.before(t.start))
    ]
    if since and said.state:
        return [When(since[0].value, span=(since[0].start, since[0].end))]
    if said.at.pos[:2] == "NN":
        beside = [t for t in parsed.tags if _dated_beside(parsed, said.at, t)]
        return [When(t.value, span=(t.start, t.end)) for t in beside[:1]]
    _, last = segment_of(tree, said.at.span[0], parsed.tags)
    dates = [t for t in parsed.tags if t.kind == "D" and said.at.span[0] <= t.start < last]
    dates = [
        t
        for t in dates
        if not re.search(
            r"\b(?:after|before|until|invasion (?:of \w+ )?in|following)(?: \w+)? $", parsed.before(t.start)
        )
    ]
    respectively = re.search(r"\brespectively\b", parsed.text)
    if len(dates) == len(said.countries) > 1 and (
        respectively or re.match(r" and (?:in )?$", parsed.between(dates[0].end, dates[1].start))
    ):
        return [When(t.value, span=(t.start, t.end)) for t in dates]
    month = [t for t in dates if t.value.year is None and t.value.relative is None and t.value.month]
    when = when_of(tree, verb, place, parsed.tags)
    if when.day is None and not when.open and month:
        return [When(month[0].value, span=(month[0].start, month[0].end))]
    return [when] if when.day is not None or when.open else []


def _gapped(parsed: Parsed, said: _Said, claim: StatedClaim) -> Iterator[StatedClaim]:
    """Yield what is said with the verb left out: "Finland joined in 2023 and Sweden in 2024"."""
    mentioned = {str(c) for c in claim.slots["countries"]}
    for tag in parsed.values("C"):
        if tag.start < said.at.span[1] or str(tag.value) in mentioned:
            continue
        date = next((t for t in parsed.tags if t.kind == "D" and t.start > tag.end), None)
        led = re.search(r"(?:\band|,|;|\bwhile|\bfollowed by|, then) (?:the )?$", parsed.before(tag.start))
        if (
            led
            and date is not None
            and re.match(
                r"^,? (?:(?:did|joined|followed)(?: so)? )?(?:in|on) (?:the )?$",
                parsed.between(tag.end, date.start),
            )
        ):
            items = {"countries": [str(tag.value)], "days": [date.value]}
            span = (tag.start, date.end)
            yield replace(claim, slots=items, span=span, consumed=(span,))
