"""Who is said to spend most or least, more than another, or more than all others together.

A superlative without a measure may mean money or a share of GDP. It is supported by the money, which "the biggest
spender" mostly means, contradicted only where both measures speak against it, and else left open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.bases import sets_base, takes_base
from foedus.reading.frames.naming import claim_of, named
from foedus.reading.frames.rank_check import check_rank
from foedus.reading.frames.rank_words import (
    ANY_OTHER,
    EUROPE,
    FIRST,
    LAST,
    LEAD,
    MONEY,
    NTH,
    OTHER,
    PART,
    PLACES,
    RANKED,
    REST,
    SHARE,
    SOME_OF,
    SPEND,
    SPENDER,
    TIMES,
    TOGETHER,
    WITHIN,
)
from foedus.reading.frames.shares import DEFENCE
from foedus.reading.frames.stating import slots
from foedus.reading.frames.topics import is_alliance
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.parse import Node

__all__ = ["CHECKS", "FINDERS"]


@dataclass(frozen=True)
class _Ranked:
    """What is ranked: of whom, how, and where it stands."""

    verb: Node
    names: list[Tag]
    items: dict[str, Any]
    also: tuple[Span, ...] = field(default=())


def _find_rankings(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to spend most, least, or more than others."""
    parsed = context.parsed(sentence)
    if parsed is None or not any(t.kind in "CL" for t in parsed.tags):
        return
    ahead = _ahead_with_share(parsed, context) or _extreme_share(parsed, context)
    if ahead is not None:
        # Among whom an ally leads is left out: alone it never contradicts.
        claim = claim_of("spending_rank", parsed, ahead.verb, ahead.names, ahead.items, also=ahead.also)
        yield replace(claim, firm=False)
        return
    if not DEFENCE.search(parsed.text):
        return
    if OTHER.search(parsed.text):
        return
    measure = "share" if SHARE.search(parsed.text) else "money" if MONEY.search(parsed.text) else ""
    for said in (_comparison(parsed), _superlative(parsed), _leaders(parsed)):
        if said is not None:
            items = slots(countries=[country_of(t) for t in said.names], measure=measure, **said.items)
            yield claim_of("spending_rank", parsed, said.verb, said.names, items, also=said.also)
            return


def _group(parsed: Parsed) -> str | None:
    """Return among whom is ranked, "NATO" or "EUROPE"; None where it is a part or is not said."""
    if PART.search(parsed.text):
        return None
    if not WITHIN.search(parsed.text):
        return None
    return "EUROPE" if EUROPE.search(parsed.text) else "NATO"


def _subject(parsed: Parsed, verb: Node | None) -> list[Tag]:
    """Return the countries that are the subject of a verb."""
    subject = parsed.tree.subject_of(verb) if verb is not None else None
    return named(parsed, subject) if subject is not None else []


def _comparison(parsed: Parsed) -> _Ranked | None:
    """Return what is said to be more or less than another ally's, or than that of all others."""
    tree = parsed.tree
    than = next((n for n in tree.nodes if n.word == "than" and n.pos == "IN"), None)
    more = (
        next((n for n in tree.nodes[: than.i] if n.word in ("more", "less", "higher", "larger")), None)
        if than
        else None
    )
    if than is None or more is None:
        return None
    verb = tree.verb_of(more)
    names = _subject(parsed, verb)
    spends = verb is not None and (
        verb.word in SPEND or any(n.word in SPENDER for n in tree.clause_nodes(verb))
    )
    if (
        verb is None
        or not names
        or not spends
        or any(t.kind in "RMN" and t.start > than.span[1] for t in parsed.tags)
    ):
        return None
    after = parsed.after(than.span[1])
    if TIMES.match(after):
        return None
    others = [t for t in parsed.tags if t.kind in "CL" and t.start >= than.span[1] and country_of(t)]
    span = (more.span[0], max([than.span[1], *(t.end for t in others)]))
    less = more.word == "less"
    if others:
        if REST.search(after) or TOGETHER.search(after) or PART.search(after):
            return None
        return _Ranked(verb, names, {"than": [country_of(t) for t in others], "less": less or None}, (span,))
    whole = (span[0], tree.offset + len(parsed.text))
    if REST.search(after) and TOGETHER.search(after) and not less and not PART.search(parsed.text):
        return _Ranked(verb, names, {"than": "all"}, (whole,))
    if ANY_OTHER.search(after):
        group = _group(parsed)
        return _Ranked(verb, names, {"place": -1 if less else 1, "group": group}, (whole,)) if group else None
    return None


def _superlative(parsed: Parsed) -> _Ranked | None:
    """Return what is said to be the most or the least."""
    tree = parsed.tree
    group = _group(parsed)
    if group is None or SOME_OF.search(parsed.text):
        return None
    for node in tree.nodes:
        if node.word not in FIRST | LAST and not (node.word == "top" and node.dep == "amod"):
            continue
        verb = tree.verb_of(node)
        head = tree.head(node)
        of_spender = head.word in SPENDER
        of_verb = verb is not None and verb.word in SPEND and node.dep in ("dobj", "advmod", "attr")
        if verb is None or not (of_spender or of_verb):
            continue
        names = _apposed(parsed, head) or _subject(parsed, verb)
        if not names and verb.word in ("is", "are", "was"):
            names = [t for n in tree.children(verb, "attr") for t in named(parsed, n)]
        if names:
            nth = NTH.search(parsed.text)
            place = PLACES[nth[1] or nth[2]] if nth else len(names)
            last = node.word in LAST
            items = {"place": -place if last else place, "group": group, "exact": True if nth else None}
            return _Ranked(verb, names, items, (node.span, head.span))
    return None


def _apposed(parsed: Parsed, head: Node) -> list[Tag]:
    """Return the countries beside which a superlative stands: "Poland, NATO's biggest spender, ..."."""
    beside = parsed.tree.head(head) if head.dep == "appos" else None
    return named(parsed, beside) if beside is not None else []


def _leaders(parsed: Parsed) -> _Ranked | None:
    """Return who is said to lead the Alliance in what is spent."""
    tree = parsed.tree
    for verb in tree.nodes:
        if verb.word not in LEAD or not tree.is_clause(verb):
            continue
        names = _subject(parsed, verb)
        objects = tree.children(verb, "dobj")
        measured = [
            p for n in (verb, *objects) for p in tree.children(n, "prep") if p.word in ("in", "on", "for")
        ]
        spends = any(o.word in SPENDER for p in measured for o in tree.children(p, "pobj"))
        led = all(is_alliance(parsed, o.tag, o.word) or o.word in RANKED for o in objects)
        if names and spends and led and _group(parsed) is not None:
            return _Ranked(verb, names, {"place": len(names), "group": _group(parsed)}, (verb.span,))
    return None


def _ahead_with_share(parsed: Parsed, context: Context) -> _Ranked | None:
    """Return who is said to lead with a share of GDP, of which the text has set the base."""
    for verb in parsed.tree.nodes:
        names = _subject(parsed, verb) if verb.word in ("leads", "lead", "led", "tops") else []
        if len(names) != 1:
            continue
        rates = [t for t in parsed.values("R") if verb.span[1] < t.start and takes_base(parsed, t)]
        objects = parsed.tree.children(verb, "dobj")
        plain = all(is_alliance(parsed, o.tag, o.word) or o.word in RANKED for o in objects)
        if rates and plain and not PART.search(parsed.text) and sets_base(parsed, context):
            items = {"countries": [country_of(names[0])], "measure": "share", "place": 1, "group": "NATO"}
            return _Ranked(verb, names, items, (verb.span,))
    return None


def _extreme_share(parsed: Parsed, context: Context) -> _Ranked | None:
    """Return whose share is said to be the largest or smallest: "Poland spends the largest share"."""
    tree = parsed.tree
    for node in tree.nodes:
        head = tree.head(node)
        if node.word not in FIRST | LAST or head.word != "share" or node.dep != "amod":
            continue
        verb = tree.verb_of(head)
        spends = verb is not None and verb.word in SPEND and head.dep in ("dobj", "appos")
        names = _subject(parsed, verb) if spends else []
        within = all(t.kind == "G" and t.value == "NATO" for t in parsed.tags if t.kind in "GE")
        other = OTHER.search(parsed.text) or PART.search(parsed.text) or SOME_OF.search(parsed.text)
        if verb is not None and len(names) == 1 and within and not other and sets_base(parsed, context):
            place = -1 if node.word in LAST else 1
            items = {"countries": [country_of(names[0])], "measure": "share", "place": place, "group": "NATO"}
            return _Ranked(verb, names, items, (node.span, head.span))
    return None


FINDERS = (_find_rankings,)
CHECKS = {"spending_rank": check_rank}
