"""Find which countries are said to have joined, to be, or not to be allies, and since when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.joiners import (
    Joining,
    accession_of,
    apposed,
    dated_beside,
    is_member,
    joined,
    object_end,
)
from foedus.reading.frames.stating import slots, stated
from foedus.reading.frames.topics import about_nato, is_understood
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.open_times import segment_of
from foedus.reading.trees.parse import Node
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, Truth, When

__all__ = ["find_accessions"]

_AFTER = re.compile(
    r"\b(?:after|following|in response to|in the wake of|because of|prompted by)\b[^.;]{0,60}?\b(?:invasion|war|assault|attack)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"\b(?:before|prior to|ahead of)\b[^.;]{0,50}?\b(?:invasion|war)\b", re.IGNORECASE)
_UNCLEAR = re.compile(r"^[ ,]*(?:for|in|over|until|till|before|after|between|through|throughout|since) (?!2)")


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
    unnamed = is_understood(parsed, context)
    for node in tree.nodes:
        said = (
            joined(parsed, node, unnamed=unnamed)
            or is_member(parsed, node, unnamed=unnamed)
            or apposed(parsed, node)
            or accession_of(parsed, node)
        )
        if said is None or not said.countries:
            continue
        claim = _claim(parsed, said)
        if claim is not None:
            yield claim
            yield from _gapped(parsed, said, claim)


def _claim(parsed: Parsed, said: Joining) -> StatedClaim | None:
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
    end = max(end, object_end(parsed, said.at))
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
    if said.understood:
        items["understood"] = True
    return stated("accession", bound, items, span=(start, end), also=spans, firm=when.firm and said.firm)


def _slots(parsed: Parsed, said: Joining, codes: list[str], whens: list[When], when: When) -> dict[str, Any]:
    """Return the slots of a claim."""
    days = [w.day for w in whens if w.day is not None]
    since = bool(when.span and re.search(r"\b[Ss]ince (?:both )?$", parsed.before(when.span[0])))
    tail = parsed.after(object_end(parsed, said.at))
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


def _joins_in(parsed: Parsed, said: Joining) -> bool:
    """Whether countries join NATO in doing something."""
    return (
        re.match(
            r" (?:in \w+ing|in (?:a|an|the|its|their)\b|at\b|as\b|to\b)",
            parsed.after(object_end(parsed, said.at)),
        )
        is not None
    )


def _dates(parsed: Parsed, said: Joining, verb: Node | None) -> list[When]:
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
        beside = [t for t in parsed.tags if dated_beside(parsed, said.at, t)]
        return [When(t.value, span=(t.start, t.end)) for t in beside[:1]]
    behind = _right_behind(parsed, said)
    if behind is not None:
        return [When(behind.value, span=(behind.start, behind.end))]
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


_GAP = re.compile(
    r"^,? (?:(?:did|joined|followed)(?: so)? )?(?:the (?P<ordinal>\d+(?:st|nd|rd|th)|[\w-]+(?:st|nd|rd|th))(?: member| ally)?,? )?(?:in|on) (?:the )?$"
)
"""What may stand between a country and its date where the verb is left out."""


def _joined_before(parsed: Parsed, tag: Tag, start: int) -> list[Tag]:
    """Return a country with those named before it that share what is said: "Bulgaria and Romania"."""
    out = [tag]
    for other in reversed([t for t in parsed.values("C") if start <= t.start and t.end <= tag.start]):
        if not re.fullmatch(r"(?: and|,|, and) (?:the )?", parsed.between(other.end, out[0].start)):
            break
        out.insert(0, other)
    return out


def _right_behind(parsed: Parsed, said: Joining) -> Tag | None:
    """Return the date that stands right behind the Alliance: "joined NATO in 1982, four years before …"."""
    end = object_end(parsed, said.at)
    for tag in parsed.tags:
        if tag.kind == "D" and tag.start >= end:
            gap = parsed.between(end, tag.start)
            alone = not re.match(r" (?:and|,) (?:in )?⟦?", parsed.after(tag.end)) or len(said.countries) == 1
            if re.fullmatch(r",? (?:(?:officially|formally|only|back) )?(?:in|on) (?:the )?", gap) or (
                gap == " " and tag.value.relative is not None
            ):
                return tag if alone and not said.state else None
            return None
    return None


def _gapped(parsed: Parsed, said: Joining, claim: StatedClaim) -> Iterator[StatedClaim]:
    """Yield what is said with the verb left out: "Finland joined in 2023 and Sweden in 2024"."""
    mentioned = {str(c) for c in claim.slots["countries"]}
    for tag in parsed.values("C"):
        if tag.start < said.at.span[1] or str(tag.value) in mentioned:
            continue
        date = next((t for t in parsed.tags if t.kind == "D" and t.start > tag.end), None)
        names = _joined_before(parsed, tag, said.at.span[1])
        led = re.search(
            r"(?:\band|,|;|\bwhile|\bfollowed by|, then) (?:the )?$", parsed.before(names[0].start)
        )
        if led and date is not None and (gap := _GAP.match(parsed.between(tag.end, date.start))):
            items: dict[str, Any] = {"countries": [str(t.value) for t in names], "days": [date.value]}
            if claim.slots.get("understood"):
                items["understood"] = True
            if gap["ordinal"]:
                items["ordinal"] = next(t.value for t in parsed.values("K") if t.start > tag.end)
            span = (names[0].start, date.end)
            yield replace(claim, slots=items, span=span, consumed=(span,))
