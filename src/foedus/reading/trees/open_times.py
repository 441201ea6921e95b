"""Times without a year: a decade, an era, a term, an event, and years ago."""

from __future__ import annotations

import re

from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.parse import Node, Tree
from foedus.reading.values import Amount, Day

__all__ = ["NOW", "OTHER_DATE", "apposed", "is_time", "open_words", "plain_date", "segment_of", "years_ago"]

OTHER_DATE = re.compile(
    r"\b(?:until|till|before|after|summit in|pledge (?:of|in)|agreed (?:in|at)|agreement of|goal (?:of|for)|target (?:of|for)|than(?: in)?|since|from|born in|the) $|"
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
    r"\b(?P<phrase>(?:(?:only |just |shortly |soon |right |even |well |long |the year |years |months ){0,8}(?:when|before|after|since|until|till|ahead of|following|prior to|by the time|as soon as|ever since|from the time|the (?:day|year|moment)) )(?P<rest>[^,;.]{3,90}))|"
    r"\b(?P<phrase2>(?:under|during|throughout|by|at|in|towards?|from|through) (?:the )?(?:(?:end|beginning|start|close|outset|first year|last year|final year|second year|year|same year|time|course|years|days|era)(?: of)? )?(?P<rest2>[^,;.]{2,90}))",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"⟦P|\b(?:inva\w+|annex\w+|seiz\w+|Crimea|war|attack\w*|summit|wall|Wall|took office|left office|terms?|presidency|premiership|"
    r"chancellorship|tenure|administration|government|accession|collapse|fall|end of|unification|reunification|crisis|election|elected|joined|join|"
    r"became|founding|founded|pledge|9/11|attacks|mandate|era|rule|time in|predecessor|successor|he|she|they|retired|started|began|came|was|were|had|did)\b"
)
NOW = re.compile(
    r"\b(?:now|today|currently|at present|presently|these days|nowadays|to date|as of today|so far|already|still)\b"
)


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


def is_time(tag: Tag) -> bool:
    """Whether a date names a year, or one relative to the text."""
    return tag.kind == "D" and (tag.value.year is not None or tag.value.relative is not None)


def apposed(tree: Tree, node: Node) -> bool:
    """Whether a node belongs to a noun beside another: "Finland, a member since 2023, spends"."""
    for at in (node, *tree.ancestors(node)):
        if tree.is_clause(at):
            return False
        if at.dep == "appos":
            return True
    return False


def _elsewhere(tree: Tree, index: int, verb: Node | None) -> bool:
    """Whether words at an index belong to a clause that is neither a verb's own nor one above it."""
    node = next((n for n in tree.nodes if n.span[0] >= index), None)
    own = tree.verb_of(node) if node is not None else None
    return (
        own is not None
        and verb is not None
        and own is not verb
        and own not in tree.ancestors(verb)
        and own.dep == "relcl"
    )


def plain_date(tree: Tree, tag: Tag) -> bool:
    """Whether a date is one at or in which something is, and not a limit or the year of something else."""
    before = tree.text[: tag.start - tree.offset]
    after = tree.text[tag.end - tree.offset :]
    if re.match(
        r" (?:summit|pledge|agreement|target|goal|invasion|war|election|report|budget law|declaration|crisis)\b",
        after,
    ):
        return False
    return not OTHER_DATE.search(before)


def years_ago(tree: Tree, tags: list[Tag], first: int, last: int) -> tuple[Day, Span] | None:
    """Return the year of "ten years ago" in a part of the sentence, and where it stands."""
    for tag in tags:
        if tag.kind != "N" or not first <= tag.start < last or not isinstance(tag.value, Amount):
            continue
        after = tree.text[tag.end - tree.offset :]
        if re.match(r" years ago\b", after) and tag.value.whole is not None and tag.value.comparator == "eq":
            return Day(relative=-tag.value.whole), (tag.start, tag.end)
    return None


def open_words(tree: Tree, verb: Node | None, tags: list[Tag], first: int, last: int, value: Tag) -> str:
    """Return the words of a time without a year: a decade, an era, a term, an event."""
    text = tree.text[first - tree.offset : last - tree.offset]
    named = _NAMED.search(text)
    earlier = named is not None and named[0].lower() in ("once", "earlier", "previously") and NOW.search(text)
    if named and not earlier and not _elsewhere(tree, first + named.start(), verb):
        return named[0]
    limit = _limit(tree, verb, tags, (first, last), value)
    if limit:
        return limit
    # A clause of time below the verb, or one that it is said in: "when Biden took office".
    below = [c for c in tree.children(verb, "advcl") if tree.is_clause(c)] if verb is not None else []
    clause = next(filter(None, (_time_clause(tree, c) for c in below)), "")
    return clause or _by_event(tree, verb, tags, (first, last), value)


def _limit(tree: Tree, verb: Node | None, tags: list[Tag], part: Span, value: Tag) -> str:
    """Return the words of a date that only limits a time: "since 2014"."""
    first, last = part
    limits = [t for t in tags if is_time(t) and not plain_date(tree, t) and first <= t.start < last]
    for tag in limits:
        before = re.search(
            r"\b(since|until|till|before|after)(?: the)? $",
            tree.text[: tag.start - tree.offset],
            re.IGNORECASE,
        )
        node = tree.at(tag)
        to = (
            before
            and before[1] == "since"
            and re.search(r"\bto (?:\w+ )?$", tree.text[: value.start - tree.offset])
        )
        if to or (node is not None and (apposed(tree, node) or _elsewhere(tree, tag.start, verb))):
            continue
        if before:
            return f"{before[1]} {tag.text}"
    return ""


def _by_event(tree: Tree, verb: Node | None, tags: list[Tag], part: Span, value: Tag) -> str:
    """Return the words of a time that an event or a term names."""
    first, last = part
    text = tree.text[first - tree.offset : last - tree.offset]
    verbs = {n.span[0] for n in tree.clause_nodes(verb)} if verb is not None else set()
    masked = _tokens(tree, tags)[first - tree.offset : last - tree.offset]
    for match in _BY_EVENT.finditer(masked):
        phrase, rest = match["phrase"] or match["phrase2"], match["rest"] or match["rest2"]
        if not _EVENT.search(rest) or (rest[:2] == "⟦C" and match["phrase2"]):
            continue
        start = first + match.start()
        phrased = verb is not None and start < verb.span[0] < start + len(phrase)
        if match["phrase"] and phrased:
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
