"""Which time a value is of: its own date, its clause's, a time named by an event, or what the tense says.

A date beside a number is surer by the order of words; the date of a clause by the tree. Where the two
witnesses differ the order of words decides, and the time is not firm.
"""

from __future__ import annotations

import re
from typing import Any, Literal

from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.trees.types import When
from foedus.reading.values import Amount, Day

__all__ = ["owned_date", "segment_of", "stated_in", "tense_of", "when_of"]

_AFTER_VALUE = re.compile(
    r"^(?:[^,;:.()\"—]{0,48}?[ ,])?(?P<prep>in|for|during|as of|at the end of|in fiscal|in the year|over|throughout)(?: the)?(?: year| fiscal year| summer of)? $|^ \((?:in )?$"
)
_BESIDE = re.compile(r"^(?:[ ,]|of (?:its |their )?GDP)*$")
_BEFORE_VALUE = re.compile(
    r"^(?:,|:| -| —)? ?(?:it (?:was|is|stood at) )?\(?(?:at |to )?(?:only |just )?(?:an? )?$"
)
_OTHER_DATE = re.compile(
    r"\b(?:until|till|before|after|summit in|pledge (?:of|in)|agreed (?:in|at)|agreement of|goal (?:of|for)|target (?:of|for)|since|from|born in|the) $|"
    r"(?:summit|meeting)[^,;.]{0,20} (?:in|of) $",
    re.IGNORECASE,
)
"""Before a date that is not the one a figure is of."""
_CUT = re.compile(
    r";|:(?= )|—| - |, (?:but|and|while|whereas|although|though|which|who|where|when|yet|as)\b|\b(?:while|whereas|although)\b|"
    r",? (?:up|down) from\b|,? (?:compared|as against|against)\b|, (?:said|says)\b|\band (?=⟦)"
)
_NAMED = re.compile(
    r"\b(?:(?:in|during|throughout|through|over|of|by|since|until|for) (?:the |its |his |her |their )?(?:(?:early|mid|late|first|last)[- ]?(?:half of the )?)?(?:(?:19|20)\d0s|'\d0s|(?:nineteen-)?(?:fifties|sixties|seventies|eighties|nineties))"
    r"|(?:in|during|throughout|before|after|until|since|at|by)(?: the)?(?: height of the| end of the| middle of the| depths of the| last years of the)? (?:Cold War|Korean War|Vietnam War|Iraq War|Balkan wars|cold war|Soviet era|post-war years|postwar years|détente|pandemic|financial crisis|euro crisis|interwar years|war years|Reagan years|Trump years|Obama years|Merkel years)"
    r"|(?:a|one|two|three|four|five|six|seven|eight|nine|ten|several|some|many|few|\d+)? ?(?:decades?|generations?|years?|months?|centur(?:y|ies)) (?:ago|earlier|before|previously)"
    r"|(?:decades|years|generations|ages|long) ago"
    r"|(?:at the|at that) time|back then|in those days|in the past|in the old days|until recently|at (?:its|the) peak|at one (?:point|time)|by then|for (?:many |several |some |\w+ )?(?:years|decades)|over the (?:past|last) (?:\w+ )?(?:years|decades?)|in recent (?:years|decades)|historically|traditionally|formerly|previously|once|earlier|at first|initially|originally|a (?:decade|generation|year|century) (?:ago|earlier|before)|the year before|the previous year|the year after|the following year|"
    r"in the (?:first|second|third|fourth|last|previous|coming|next|past|final) (?:quarter|half|years|months|decade|decades|century|year(?! of ))|on average|every year since|each year since)\b",
    re.IGNORECASE,
)
"""Times without a year that no table resolves."""
_BY_EVENT = re.compile(
    r"\b(?P<phrase>(?:(?:only |just |shortly |soon |right |even |well |long |the year |years |months )*(?:when|before|after|since|until|till|ahead of|following|prior to|by the time|as soon as|ever since|from the time|the (?:day|year|moment)) )(?P<rest>[^,;.]{3,90}))|"
    r"\b(?P<phrase2>(?:under|during|throughout|by|at|in|towards?|from|through) (?:the )?(?:(?:end|beginning|start|close|outset|first year|last year|final year|second year|year|same year|time|course|years|days|era)(?: of)? )?(?P<rest2>[^,;.]{2,90}))",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"⟦P|\b(?:inva\w+|annex\w+|seiz\w+|Crimea|war|attack\w*|summit|wall|Wall|took office|left office|terms?|presidency|premiership|"
    r"chancellorship|tenure|administration|government|accession|collapse|fall|end of|unification|reunification|crisis|election|elected|joined|join|"
    r"became|founding|founded|pledge|9/11|attacks|mandate|era|rule|time in|predecessor|successor|he|she|they|retired|started|began|came|was|were|had|did)\b"
)
_TODAY = re.compile(
    r"^(?:[- ]of[- ](?:its |their )?GDP)?(?: on defen[cs]e)?,? (?:today|now|at present|currently)\b"
)
_NOW = re.compile(
    r"\b(?:now|today|currently|at present|presently|these days|nowadays|to date|as of today|so far|already|still)\b"
)
HEAD = 12
"""Characters within which a date stands at the head of a sentence."""
PastPresent = Literal["present", "past", "future"]


def segment_of(tree: Tree, at: int, tags: list[Tag]) -> tuple[int, int]:
    """Return the part between clause marks that an index of the plain text stands in."""
    text = _tokens(tree, tags)
    cuts = [0, *sorted(m.start() for m in _CUT.finditer(text)), len(text)]
    place = at - tree.offset
    first = max((c for c in cuts if c <= place), default=0)
    last = min((c for c in cuts if c > place), default=len(text))
    return tree.offset + first, tree.offset + last


def _tokens(tree: Tree, tags: list[Tag]) -> str:
    """Return the sentence with the first two characters of each name replaced by its mark; nothing moves."""
    chars = list(tree.text)
    for tag in tags:
        at = tag.start - tree.offset
        if tag.kind in "PCJ" and tag.end - tag.start >= 2:
            chars[at], chars[at + 1] = "⟦", tag.kind
    return "".join(chars)


def _is_time(tag: Tag) -> bool:
    """Whether a date names a year, or one relative to the text."""
    return tag.kind == "D" and (tag.value.year is not None or tag.value.relative is not None)


def owned_date(tree: Tree, value: Tag, tags: list[Tag]) -> Tag | None:
    """Return the date that stands beside a value and is its own by the order of words."""
    text, offset = tree.text, tree.offset
    dates = [t for t in tags if _is_time(t)]
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
            if beside and (not _OTHER_DATE.search(before) or between.endswith("from ")):
                return date
        if date.end <= value.start and not any(date.end <= v.start < value.start for v in values):
            gap = text[date.end - offset : value.start - offset]
            if _BEFORE_VALUE.match(gap) and not _owner_before(tree, date, values):
                behind = (
                    d
                    for d in dates
                    if re.fullmatch(r" (?:in|for) ", text[value.end - offset : d.start - offset])
                )
                head = date.start - offset < HEAD
                # "Eleven in 2023, seven in 2022": the date before is the other's.
                return date if head else next((d for d in behind if d.start >= value.end), date)
    return None


def _near(between: str) -> bool:
    """Whether only a few words without a mark stand between."""
    return len(between) < 40 and re.fullmatch(r" [^,;:.()\"]*", between) is not None


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
        if verb.pos == "VBD" or (verb.pos == "VBN" and verb.dep == "ROOT"):
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
    first, last = segment_of(tree, value.start, tags)
    ago = _years_ago(tree, tags, first, last)
    if ago is not None:
        return When(ago[0], tense, firm=False, span=ago[1])
    words = _open_words(tree, verb, tags, first, last, value)
    if words and not _apposed(tree, words, tags):
        start = tree.offset + max(tree.text.find(words), 0)
        return When(None, tense, words, span=(start, start + len(words)))
    dated = any(_is_time(t) for t in tags)
    if not dated:
        return When(None, tense)
    taken = {
        d.start
        for t in tags
        if t is not value
        and t.kind in "RMN"
        and not _counts_time(tree.text, t, tree.offset)
        and (d := owned_date(tree, t, tags))
    }
    by_words = [
        t
        for t in tags
        if _is_time(t)
        and first <= t.start < last
        and t.start not in taken
        and _plain_date(tree, t)
        and _reaches(tree, t, verb)
    ]
    by_tree = [
        n.tag
        for n in (tree.clause_nodes(verb) if verb is not None else ())
        if n.tag is not None and _is_time(n.tag) and n.tag.start not in taken and _plain_date(tree, n.tag)
    ]
    by_tree = [t for i, t in enumerate(by_tree) if t not in by_tree[:i]]
    if by_words and by_tree and by_tree[0] is by_words[0]:
        return _at(by_words[0], tense)
    if by_words:
        return _at(by_words[0], tense, firm=False)
    if by_tree and not _NOW.search(tree.text[first - tree.offset : last - tree.offset]):
        return _at(by_tree[0], tense, firm=False)
    return When(None, tense, firm=not by_tree)


def _at(tag: Tag, tense: PastPresent, *, firm: bool = True) -> When:
    """Return the time that a date states."""
    return When(tag.value, tense, firm=firm, span=(tag.start, tag.end))


def _reaches(tree: Tree, date: Tag, verb: Node | None) -> bool:
    """Whether a date may be one of a clause: it stands in it or above it, and not in a finite clause below."""
    node = tree.at(date)
    own = tree.verb_of(node) if node is not None else None
    while own is not None and verb is not None and own is not verb and own not in tree.ancestors(verb):
        # "Spends 2 % and has promised to reach it by 2032": the date hangs on another clause.
        if own.dep in ("relcl", "acl", "conj") or tree.is_finite(own):
            return False
        own = tree.verb_of(tree.head(own))
    return True


def _plain_date(tree: Tree, tag: Tag) -> bool:
    """Whether a date is one at or in which something is, and not a limit or the year of something else."""
    before = tree.text[: tag.start - tree.offset]
    after = tree.text[tag.end - tree.offset :]
    if re.match(
        r" (?:summit|pledge|agreement|target|goal|invasion|war|election|report|budget law|declaration|crisis)\b",
        after,
    ):
        return False
    return not _OTHER_DATE.search(before)


def _apposed(tree: Tree, words: str, tags: list[Tag]) -> bool:
    """Whether words of time only say more of a date before them: "in 2014, the year it was agreed"."""
    start = tree.offset + tree.text.find(words)
    dates = [t for t in tags if _is_time(t) and t.end <= start and _plain_date(tree, t)]
    gap = tree.text[dates[-1].end - tree.offset : start - tree.offset] if dates else ""
    if dates and dates[-1].start - tree.offset < HEAD and not words.startswith("the "):
        # "In 2022, after Russia invaded, …" has two times at its head.
        return False
    unit = r"(?:days?|weeks?|months?|years?)"
    counted = r"(?:[\w-]+ )?" if re.match(unit, words) else rf"(?:(?:[\w-]+ )?{unit} )?"
    return re.fullmatch(rf", (?:(?:just|only|some|about|the|same) )*{counted}", gap) is not None


def _years_ago(tree: Tree, tags: list[Tag], first: int, last: int) -> tuple[Day, Span] | None:
    """Return the year of "ten years ago" in a part of the sentence, and where it stands."""
    for tag in tags:
        if tag.kind != "N" or not first <= tag.start < last or not isinstance(tag.value, Amount):
            continue
        after = tree.text[tag.end - tree.offset :]
        if re.match(r" years ago\b", after) and tag.value.whole is not None and tag.value.comparator == "eq":
            return Day(relative=-tag.value.whole), (tag.start, tag.end)
    return None


def _open_words(tree: Tree, verb: Node | None, tags: list[Tag], first: int, last: int, value: Tag) -> str:
    """Return the words of a time without a year: a decade, an era, a term, an event."""
    text = tree.text[first - tree.offset : last - tree.offset]
    named = _NAMED.search(text)
    if named and not (_NOW.search(text) and named[0].lower() in ("once", "earlier", "previously")):
        return named[0]
    limits = [t for t in tags if _is_time(t) and not _plain_date(tree, t) and first <= t.start < last]
    for tag in limits:
        before = re.search(
            r"\b(since|until|till|before|after)(?: the)? $",
            tree.text[: tag.start - tree.offset],
            re.IGNORECASE,
        )
        if before:
            return f"{before[1]} {tag.text}"
    verbs = {n.span[0] for n in tree.clause_nodes(verb)} if verb is not None else set()
    if verb is not None:
        # A clause of time below the verb, or one that it is said in: "when Biden took office".
        for clause in (c for c in tree.children(verb, "advcl") if tree.is_clause(c)):
            words = _time_clause(tree, clause)
            if words:
                return words
    masked = _tokens(tree, tags)[first - tree.offset : last - tree.offset]
    for match in _BY_EVENT.finditer(masked):
        phrase, rest = match["phrase"] or match["phrase2"], match["rest"] or match["rest2"]
        if not _EVENT.search(rest) or (rest[:2] == "⟦C" and match["phrase2"]):
            continue
        start = first + match.start()
        if match["phrase"] and verb is not None and start < verb.span[0] < start + len(phrase):
            # "When Sweden joined in 2024": the words are the clause itself, and not its time.
            continue
        near = min((n for n in tree.nodes if n.span[0] >= start), key=lambda n: n.i, default=None)
        if (
            verb is None
            or near is None
            or near.span[0] in verbs
            or tree.verb_of(near) in (verb, *tree.ancestors(verb))
            or (match["phrase"] and verb in tree.ancestors(near))
        ):
            if match["phrase2"] and not _is_event_phrase(phrase, rest):
                continue
            end = match.start() + len(phrase)
            if match.start() < value.start - first < end:
                end = value.start - first
            return text[match.start() : end].strip()
    return ""


def _is_event_phrase(phrase: str, rest: str) -> bool:
    """Whether a prepositional phrase names a time by a person's term or an event."""
    low = phrase.lower()
    if low.startswith("under "):
        return (
            "⟦P" in rest[:30]
            or re.search(r"\b(?:administration|government|presidency|rule)\b", rest) is not None
        )
    if re.match(r"(?:by|at|in|towards?|from|through) ", low):
        term = re.search(
            r"\b(?:term|presidency|premiership|tenure|administration|office|chancellorship|mandate|era|(?:first|second|last|final) year)\b",
            rest,
        )
        event = re.search(r"\b(?:invasion|annexation|summit|war|accession|election)\b", rest)
        timed = re.match(
            r"(?:by|at|in|towards?|from|through) (?:the )?(?:end|beginning|start|close|first|last|final|second|year|same|time|outset|⟦p)",
            low,
        )
        return bool((term or event) and (timed or " summit" in rest))
    return True


def _time_clause(tree: Tree, clause: Node) -> str:
    """Return the words of a clause of time."""
    marks = [
        c
        for c in tree.children(clause)
        if c.word in ("when", "before", "after", "since", "until", "till", "once")
    ]
    marks = [m for m in marks if m.i < clause.i and m.dep in ("advmod", "mark", "prep")]
    if not marks:
        return ""
    below = tree.subtree(clause)
    start = min(marks[0].span[0], below[0].span[0])
    return tree.text[start - tree.offset : below[-1].span[1] - tree.offset].strip(" ,.")


def stated_in(when: When) -> dict[str, Any]:
    """Return the slot ``years`` of a time: the date, the words of an open one, or the tense."""
    if when.day is not None:
        return {"day": when.day}
    if when.open:
        return {"open": when.open}
    return {"tense": when.tense}
