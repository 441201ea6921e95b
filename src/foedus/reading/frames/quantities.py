"""Words of quantity before allies: all, none, most, and numbers that stand alone or for all together."""

from __future__ import annotations

import re

from foedus.reading.frames.levels import Level
from foedus.reading.tagging import Tag
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node

__all__ = ["EVERY", "as_one", "is_elliptical", "quantity_of", "whole_before"]

EVERY = re.compile(
    r"\b(not all|not every|all|every|each|none|no|half|most|some|many|several|few)\b", re.IGNORECASE
)


def as_one(parsed: Parsed, level: Level, subject: Node, verb: Node) -> bool:
    """Whether "the 32 allies spend 2.7 % of their combined GDP" gives a share of all together, and counts none."""
    definite = any(
        c.word in ("the", "these", "its", "our") or c.dep == "poss"
        for c in parsed.tree.children(subject, "det", "poss")
    )
    spends = verb.word in (
        "spend",
        "spends",
        "spent",
        "spending",
        "invest",
        "invested",
        "devote",
        "devoted",
        "allocate",
    )
    together = (
        re.search(r"\b(?:combined|collective|together|jointly|on average|in total|total)\b", parsed.text)
        is not None
    )
    return level.tag is not None and spends and (definite or together)


def quantity_of(parsed: Parsed, nodes: list[Node], named: str) -> str | None:
    """Return the word of quantity of a subject: all, none, most; nothing for "no fewer than"."""
    match = EVERY.search(parsed.before(nodes[0].span[0])[-5:] + named) if nodes else None
    if match is None:
        return None
    word = match[1].lower()
    return word if word.startswith("not") or not re.search(r"\bno (?:more|fewer)", named) else None


def is_elliptical(parsed: Parsed, tag: Tag) -> bool:
    """Whether a number stands for a count of which the level was named before: "now 23 do", "from three in 2014 to 23"."""
    after, before = parsed.after(tag.end), parsed.before(tag.start)
    if re.match(r" (?:do|did|does|have|had|allies do|will)\b", after) or re.match(
        r" (?:allies|members|countries) (?:do|did)\b", after
    ):
        return True
    dates = [t for t in parsed.tags if t.kind == "D"]
    if any(d.end + 1 == tag.start for d in dates) and re.match(r"$|[.,;]| and\b", after):
        return re.search(r"(?:[,;]|\band)(?: and)? (?:in|by) \S+ $", before) is not None
    if re.search(r"[,;] (?:and )?(?:just |only )?$", before) and re.match(r" in ", after):
        return any(d.start == tag.end + len(" in ") for d in dates)
    bare = re.match(r"(?:$|[.,;)]| (?:in|today|now|this|last|by|a year|at) ?\b)", after)
    led = re.search(
        r"\b(?:(?:compared (?:with|to)|against|up from|down from|from|to|than|just|only|versus) )(?:just |only |the ){0,8}$",
        before,
    )
    return bool(bare and led and not re.search(r"\b(?:by|at|of) $", before))


def whole_before(parsed: Parsed, count: Tag | None) -> Tag | None:
    """Return the number of which a count is, at the head of its clause: "Of the 32 members, 23 meet it"."""
    before = [t for t in parsed.values("N") if count is not None and t.end <= count.start]
    if count is None or not before:
        return None
    led = re.search(r"\b[Oo](?:f|ut of) (?:the |its |NATO's |all ){0,8}$", parsed.before(before[-1].start))
    noun = r" (?:NATO )?(?:members?(?: states| countries)?|allies|countries|nations)(?: with armed forces)?, (?:only |just |some )?"
    return before[-1] if led and re.fullmatch(noun, parsed.between(before[-1].end, count.start)) else None
