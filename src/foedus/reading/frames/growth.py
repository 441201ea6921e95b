"""By how much defence spending is said to have grown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from foedus.reading.claims import (
    StatedClaim,
)
from foedus.reading.context import Context
from foedus.reading.frames.bases import speaks_of_defence
from foedus.reading.frames.growth_check import check_growth
from foedus.reading.frames.shares import DEFENCE, GOAL_AFTER
from foedus.reading.frames.stating import slots, stated
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import SPENDING, Parsed, bind, unit_after
from foedus.reading.trees.parse import Node
from foedus.reading.trees.times import stated_in
from foedus.reading.trees.types import Source
from foedus.reading.values import Amount

__all__ = ["CHECKS", "FINDERS"]

UP = frozenset(
    (
        "raise raised raises raising increase increased increases increasing grow grew grown grows growing "
        "boost boosted boosts boosting lift lifted hike hiked rise rose risen rises rising jump jumped jumps "
        "surge surged surges climb climbed climbs soar soared expand expanded up went go gone swell swelled "
        "leap leapt"
    ).split()
)
DOWN = frozenset(
    (
        "cut cuts cutting reduce reduced reduces reducing fall fell fallen falls falling drop dropped drops "
        "decline declined declines shrink shrank shrunk slash slashed decreased decrease decreases trimmed"
    ).split()
)
SPENDS = frozenset("spend spends spent spending invest invests invested".split())
_MORE = re.compile(
    r"^ (more|less)(?: on (?:their |its )?(?:defen[cs]e|military|militaries|armed forces))?"
    r"(?=$|[.,;:)]| (?:in|this|last|today|now|and|but|than (?:last year|the year before|a year (?:ago|earlier|before)))\b)"
)
_UNMARKED = frozenset(
    "spending expenditure outlays as a whole across alliance allied europe all their its the total overall combined collective annual european allies and canada france nato ' 's of by".split()
)
"""Words beside a noun of spending that name no other purpose."""
_NOUNS = frozenset(
    ("increase rise growth hike jump surge boost uplift cut drop fall decline decrease reduction").split()
)
_CUMULATIVE = re.compile(
    r"^(?: (?:real|annual|further|total|overall|record|nominal)){0,8}(?:[- ]point| percentage| (?:since|over|compared|from|in the (?:past|last)|a year|annually|per year|every year|each year|between|more than|higher|lower than|in (?:\w+ )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+) years|on average|within))"
)


def _find_growth(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find by how much defence spending is said to have grown."""
    parsed = context.parsed(sentence)
    if parsed is None or not parsed.values("R"):
        return
    bare = not DEFENCE.search(parsed.text)
    if bare and not speaks_of_defence(parsed, context):
        return
    for value in parsed.values("R"):
        down = _grows(parsed, value, bare=bare)
        if down is None:
            continue
        bound = bind(parsed, value)
        if bound is None or not bound.whom or bound.others:
            continue
        if bare and bound.whom not in ("NATO", "NATO_EUR_CAN"):
            continue
        if re.search(r"\b[Bb]udgets?\b", parsed.text) and len(bound.whom) == 3 and not bound.source.kind:
            # A national budget follows a national definition.
            bound = replace(bound, source=Source("announced", "budget"))
        rate: Amount = replace(value.value, value=-value.value.value) if down else value.value
        yield stated(
            "growth",
            bound,
            slots(
                scope=bound.whom,
                rate=rate,
                years=stated_in(bound.when),
                real=True
                if re.search(r"\bin real terms\b|\breal\b|inflation[- ]adjusted", parsed.text)
                else None,
            ),
        )


def _grows(parsed: Parsed, value: Tag, *, bare: bool = False) -> bool | None:
    """Whether a rate is one by which defence spending falls; None where it is none by which it grows or falls."""
    tree, after = parsed.tree, parsed.after(value.end)
    node = tree.at(value)
    if node is None or unit_after(parsed, value) or GOAL_AFTER.match(after) or _CUMULATIVE.match(after):
        return None
    if re.search(
        r"\b(?:to|from|at|than|of GDP by|against|with|versus|and|or|was|is) (?:about |some |the |a )?$",
        parsed.before(value.start),
    ):
        return None
    spends = tree.verb_of(node)
    if spends is not None and spends.word in SPENDS:
        more = _MORE.match(after)
        return more[1] in ("less", "lower") if more else None
    noun = tree.head(node)
    if noun.word in _NOUNS:
        spent = tree.objects_after(noun, "in", "of", "to")
        verb = tree.verb_of(noun)
        thing = spent or ([s] if verb is not None and (s := tree.subject_of(verb)) is not None else [])
        down = noun.word in ("cut", "drop", "fall", "decline", "decrease", "reduction")
        return down if any(_is_spending(parsed, o, bare=bare) for o in thing) else None
    verb = tree.verb_of(node)
    if verb is None or verb.word not in UP | DOWN or re.match(r" of (?!the\b)", after):
        return None
    things = tree.children(verb, "dobj", "nsubjpass")
    subject = tree.subject_of(verb)
    things += [subject] if subject is not None else []
    return verb.word in DOWN if any(_is_spending(parsed, t, bare=bare) for t in things) else None


def _is_spending(parsed: Parsed, node: Node, *, bare: bool = False) -> bool:
    """Whether a noun is defence spending."""
    words = " ".join(
        n.word for n in parsed.tree.subtree(node) if n.i <= node.i or not parsed.tree.is_clause(n)
    )
    equipment = re.search(
        r"\b(?:equipment|aid|research|stocks|shares|industry|exports|sales|orders|personnel)\b", words
    )
    if bare:
        return node.word in ("spending", "expenditure", "outlays") and not set(words.split()) - _UNMARKED
    return node.word in SPENDING and DEFENCE.search(words) is not None and not equipment


FINDERS = (_find_growth,)
CHECKS = {"growth": check_growth}
