"""Find how many allies there are said to be: never a part of them for the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.stating import slots, stated
from foedus.reading.frames.topics import about_nato
from foedus.reading.frames.whole import MOST, AllyCount, of_all
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import owned_date, when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, Truth, When

__all__ = ["find_membership_counts"]


def find_membership_counts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how many allies there are said to be.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    context : Context
        The document.

    Yields
    ------
    StatedClaim
        One for each number that is that of all allies.
    """
    parsed = context.parsed(sentence)
    if parsed is None or not parsed.values("N"):
        return
    nato = about_nato(parsed.text, parsed.tags, context, parsed.tree.offset)
    for tag in parsed.values("N"):
        if not nato or tag.value.value > MOST or tag.value.whole is None:
            continue
        if re.match(
            r" (?:original|founding) (?:member|allies|states|countries|nations|signator)",
            parsed.after(tag.end),
        ):
            yield _claim(parsed, AllyCount(tag, None, factive=True), founding=True)
            continue
        count = of_all(parsed, tag)
        if count is not None:
            yield _claim(parsed, count)


def _claim(parsed: Parsed, count: AllyCount, *, founding: bool = False) -> StatedClaim:
    """Make the claim of a number of allies."""
    tree, tag = parsed.tree, count.tag
    when = When()
    firm = True
    if not founding and not count.others:
        when = _time(parsed, count)
        firm = when.firm
    node = tree.at(tag)
    above = [] if node is None else [node, *tree.ancestors(node)]
    # "From 16 to 32": when the first number held is not said.
    firm = firm and re.search(r"\bfrom (?:just |only )?$", parsed.before(tag.start)) is None
    # A caption without a verb, "all 30 allies by year", states nothing of the size of the Alliance.
    firm = firm and any(tree.is_clause(n) and tree.is_finite(n) for n in above)
    truth, opinion = (Truth.ASSERTED, "") if count.factive else truth_of(tree, count.verb or tree.nodes[0])
    bound = Bound(
        tag,
        "members",
        "",
        None,
        "NATO",
        (tag.start, tag.end),
        when,
        truth,
        source_of(""),
        firm,
        bool(opinion),
    )
    undated = when.day is None and (bool(when.open) or (when.tense == "past" and not count.factive))
    items = slots(
        count=tag.value,
        day=when.day,
        founding=True if founding else None,
        ratified=True if re.search(r"ratif|accession|protocol", parsed.text) else None,
        others=True if count.others else None,
        undated=True if undated else None,
        # "All 32 allies met the goal" counts them in passing, and lends no support to what it says of them.
        mentioned=True if count.factive and _ALL.search(parsed.before(tag.start)) else None,
    )
    return stated("membership_count", bound, items, span=_span(parsed, tag))


_ALL = re.compile(r"\b(?:[Aa]ll|[Ee]very one of|[Ee]ach of)(?: of)?(?: the| its| NATO's)? $")


def _time(parsed: Parsed, count: AllyCount) -> When:
    """Return the day for which a number is given; of a noun in passing, only one at the head or beside it."""
    when = when_of(parsed.tree, count.verb, count.tag, parsed.tags)
    if when.day is not None and when.day.relative is not None and when.day.relative < -1:
        return when
    if not count.factive or when.day is None:
        return when
    beside = owned_date(parsed.tree, count.tag, parsed.tags) is not None
    fronted = when.span is not None and when.span[0] < count.tag.start
    return when if beside or fronted else When(when.day, when.tense, firm=False, span=when.span)


def _span(parsed: Parsed, tag: Tag) -> tuple[int, int]:
    """Return the words around a number that say what it counts."""
    after = re.match(
        r"[- ](?:(?:NATO|member|sovereign|allied|Allied|North Atlantic) )?\w+(?: (?:of|in) (?:NATO|the (?:\w+ )?[Aa]lliance))?(?: [Aa]lliance)?",
        parsed.after(tag.end),
    )
    before = re.search(
        r"(?:NATO|[Aa]lliance)[^.;\"]{0,60}$|\b(?:[Aa]ll|[Oo]ur|[Tt]he)(?: the)? $|\b[Ww]e (?:\w+ )?(?:have|are|count|number) $",
        parsed.before(tag.start),
    )
    start = parsed.tree.offset + before.start() if before else tag.start
    return start, tag.end + (after.end() if after else 0)
