"""Which time a value is of: its own date, its clause's, a time named by an event, or what the tense says.

A date beside a number is surer by the order of words; the date of a clause by the tree. Where the two
witnesses differ the order of words decides, and the time is not firm.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.open_times import (
    NOW,
    OTHER_DATE,
    apposed,
    is_time,
    open_words,
    plain_date,
    segment_of,
    years_ago,
)
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.trees.types import When

__all__ = ["owned_date", "stated_in", "tense_of", "when_of"]

_AFTER_VALUE = re.compile(
    r"^(?:[^,;:.()\"—]{0,48}?[ ,])?(?P<prep>in|for|during|as of|at the end of|in fiscal|in the year|over|throughout)(?: the)?(?: year| fiscal year| summer of)? $|^ \((?:in )?$"
)
_BESIDE = re.compile(r"^(?:[ ,]|of (?:its |their )?GDP){0,8}$")
_BEFORE_VALUE = re.compile(
    r"^(?:,|:| -| —)? ?(?:it (?:was|is|stood at) )?\(?(?:at |to )?(?:only |just )?(?:an? )?$"
)
_TODAY = re.compile(
    r"^(?:[- ]of[- ](?:its |their )?GDP)?(?: on defen[cs]e)?,? (?:today|now|at present|currently)(?=[.,;)]|$)"
)
HEAD = 12
"""Characters within which a date stands at the head of a sentence."""
PastPresent = Literal["present", "past", "future"]


def owned_date(tree: Tree, value: Tag, tags: list[Tag]) -> Tag | None:
    """Return the date that stands beside a value and is its own by the order of words."""
    text, offset = tree.text, tree.offset
    dates = [t for t in tags if is_time(t)]
    if not dates:
        return None
    values = [t for t in tags if t.kind in "RMN" and not (t.kind == "N" and _counts_time(text, t, offset))]
    for date in dates:
        before = text[: date.start - offset]
        nearest = max((v for v in values if v.end <= date.start), key=lambda v: v.end, default=None)
        if nearest is value:
            between = before[value.end - offset :]
            bare = date.value.relative is not None and (_BESIDE.match(between) or _near(between))
            beside = (_AFTER_VALUE.match(between) or bare) and not _verb_between(tree, value.end, date.start)
            if beside and (not OTHER_DATE.search(before) or between.endswith("from ")):
                return date
        if date.end <= value.start and not any(date.end <= v.start < value.start for v in values):
            gap = text[date.end - offset : value.start - offset]
            if (
                _BEFORE_VALUE.match(gap)
                and not OTHER_DATE.search(before)
                and not _owner_before(tree, date, values)
            ):
                # "Eleven in 2023, seven in 2022": the date before is the other's.
                head = date.start - offset < HEAD
                return date if head else _right_behind(text, offset, value, dates) or date
    return None


def _right_behind(text: str, offset: int, value: Tag, dates: list[Tag]) -> Tag | None:
    """Return the date that stands right behind a value."""
    behind = (d for d in dates if d.start >= value.end)
    after = text[value.end - offset :]
    return next((d for d in behind if re.fullmatch(r" (?:in|for) ", after[: d.start - value.end])), None)


def _near(between: str) -> bool:
    """Whether only a few words without a mark stand between."""
    return len(between) < 40 and re.fullmatch(r" [^,;:.()\"]{0,40}", between) is not None


def _owner_before(tree: Tree, date: Tag, values: list[Tag]) -> bool:
    """Whether a date belongs to a value that stands before it: "1.19 % in 2014, 2.12 % in 2024"."""
    before = [v for v in values if v.end <= date.start]
    if not before:
        return False
    between = tree.text[before[-1].end - tree.offset : date.start - tree.offset]
    return _AFTER_VALUE.match(between) is not None and not _verb_between(tree, before[-1].end, date.start)


def _counts_time(text: str, tag: Tag, offset: int) -> bool:
    """Whether a number counts years, and is no value of its own."""
    return re.match(r"[- ](?:years?|months?|days?|decades?|weeks?)\b", text[tag.end - offset :]) is not None


def _verb_between(tree: Tree, start: int, end: int) -> bool:
    """Whether a verb of a clause stands between two indices."""
    return any(start <= n.span[0] < end and n.pos[:2] == "VB" and tree.is_clause(n) for n in tree.nodes)


def tense_of(tree: Tree, verb: Node | None) -> PastPresent:
    """Return the tense of a clause; of one without a tense, that of the clause above.

    Parameters
    ----------
    tree : Tree
        The sentence.
    verb : Node or None
        The verb of the clause.

    Returns
    -------
    str
        "present", "past" or "future".
    """
    while verb is not None:
        words = {a.word: a.pos for a in tree.auxiliaries(verb)}
        if words.keys() & {"will", "'ll", "shall"}:
            return "future"
        if (
            words.keys() & {"has", "have", "is", "are", "'s", "'re", "'ve", "does", "do", "am"}
            and "to" not in words
        ):
            return "present"
        if words.keys() & {"had", "was", "were", "did"}:
            return "past"
        if verb.pos in ("VBZ", "VBP"):
            return "present"
        if verb.pos == "VBD" or (verb.pos == "VBN" and tree.is_finite(verb)):
            return "past"
        if verb.head == verb.i:
            return "past" if verb.pos == "VBN" else "present"
        verb = tree.verb_of(tree.head(verb))
    return "present"


def when_of(tree: Tree, verb: Node | None, value: Tag, tags: list[Tag]) -> When:
    """Return the time of a value.

    Parameters
    ----------
    tree : Tree
        The sentence.
    verb : Node or None
        The verb of its clause.
    value : Tag
        The value.
    tags : list of Tag
        What is marked in the sentence.

    Returns
    -------
    When
        Its own date, that of its clause, the words of a time that only a table may resolve, or the tense.
    """
    tense = tense_of(tree, verb)
    own = owned_date(tree, value, tags)
    if own is not None:
        return _at(own, tense)
    if (
        verb is not None
        and verb.dep in ("relcl", "acl")
        and tree.head(verb).word in ("time", "year", "day", "era")
    ):
        return When(None, tense, "time")
    if _TODAY.match(tree.text[value.end - tree.offset :]):
        return When(None, "present")
    after_date = _date_of_when(tree, verb, tags)
    if after_date is not None:
        return _at(after_date, tense, firm=False)
    first, last = segment_of(tree, value.start, tags)
    ago = years_ago(tree, tags, first, last)
    if ago is not None:
        return When(ago[0], tense, firm=False, span=ago[1])
    words = open_words(tree, verb, tags, first, last, value)
    if words and not _says_more(tree, words, tags):
        start = tree.offset + max(tree.text.find(words), 0)
        return When(None, tense, words, span=(start, start + len(words)))
    dated = any(is_time(t) for t in tags)
    if not dated:
        return When(None, tense)
    return _of_clause(tree, verb, value, tags, (first, last))


def _date_of_when(tree: Tree, verb: Node | None, tags: list[Tag]) -> Tag | None:
    """Return the date that a clause says more of: "in 2014, when it spent 3.7 %"."""
    marks = [c for c in tree.children(verb, "advmod", "mark") if c.word == "when"] if verb is not None else []
    for tag in tags:
        if (
            is_time(tag)
            and marks
            and tree.text[tag.end - tree.offset : marks[0].span[0] - tree.offset] in (" ", ", ")
        ):
            return tag
    return None


def _says_more(tree: Tree, words: str, tags: list[Tag]) -> bool:
    """Whether words of time only say more of a date before them: "in 2014, the year it was agreed"."""
    start = tree.offset + tree.text.find(words)
    dates = [t for t in tags if is_time(t) and t.end <= start and plain_date(tree, t)]
    gap = tree.text[dates[-1].end - tree.offset : start - tree.offset] if dates else ""
    if dates and dates[-1].start - tree.offset < HEAD and not words.startswith("the "):
        # "In 2022, after Russia invaded, …" has two times at its head.
        return False
    unit = r"(?:days?|weeks?|months?|years?)"
    counted = r"(?:[\w-]+ )?" if re.match(unit, words) else rf"(?:(?:[\w-]+ )?{unit} )?"
    return re.fullmatch(rf", (?:(?:just|only|some|about|the|same) ){{0,8}}{counted}", gap) is not None


def _of_clause(tree: Tree, verb: Node | None, value: Tag, tags: list[Tag], part: Span) -> When:
    """Return the date of the clause of a value, by the order of words and by the tree."""
    first, last = part
    tense = tense_of(tree, verb)
    others = [t for t in tags if t is not value and t.kind in "RMN"]
    others = [t for t in others if not _counts_time(tree.text, t, tree.offset)]
    taken = {d.start for t in others if (d := owned_date(tree, t, tags))}
    by_words = [
        t
        for t in tags
        if is_time(t)
        and first <= t.start < last
        and t.start not in taken
        and plain_date(tree, t)
        and _reaches(tree, t, verb)
    ]
    by_tree = [
        n.tag
        for n in (tree.clause_nodes(verb) if verb is not None else ())
        if n.tag is not None and is_time(n.tag) and n.tag.start not in taken and plain_date(tree, n.tag)
    ]
    by_tree = [t for i, t in enumerate(by_tree) if t not in by_tree[:i]]
    if by_words and by_tree and by_tree[0] is by_words[0]:
        return _at(by_words[0], tense)
    if by_words:
        return _at(by_words[0], tense, firm=False)
    if by_tree and not NOW.search(tree.text[first - tree.offset : last - tree.offset]):
        return _at(by_tree[0], tense, firm=False)
    return When(None, tense, firm=not by_tree)


def _at(tag: Tag, tense: PastPresent, *, firm: bool = True) -> When:
    """Return the time that a date states."""
    return When(tag.value, tense, firm=firm, span=(tag.start, tag.end))


def _reaches(tree: Tree, date: Tag, verb: Node | None) -> bool:
    """Whether a date may be one of a clause: it stands in it or above it, and not in a finite clause below."""
    node = tree.at(date)
    if node is not None and apposed(tree, node):
        return False
    own = tree.verb_of(node) if node is not None else None
    while own is not None and verb is not None and own is not verb and own not in tree.ancestors(verb):
        # "Spends 2 % and has promised to reach it by 2032": the date hangs on another clause.
        if own.dep in ("relcl", "acl", "conj") or tree.is_finite(own):
            return False
        own = tree.verb_of(tree.head(own))
    return True


def stated_in(when: When) -> dict[str, Any]:
    """Return the slot ``years`` of a time: the date, the words of an open one, or the tense."""
    if when.day is not None:
        return {"day": when.day}
    if when.open:
        return {"open": when.open}
    return {"tense": when.tense}
