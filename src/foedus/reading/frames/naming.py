"""Make claims about allies that are named: who they are, of when, and how firmly it is said of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.frames.stating import stated
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tag
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.parse import Node
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import stated_in, when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, Truth

__all__ = ["Outcome", "by_edition", "claim_of", "named", "only", "said_of"]

Outcome = Literal["agrees", "rounding", "definition", "open", "differs"]


def named(parsed: Parsed, node: Node) -> list[Tag]:
    """Return the countries that a noun names, with those joined to it; never one that only modifies it.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    node : Node
        The noun, for example a subject.

    Returns
    -------
    list of Tag
        In order; empty where something else is named.
    """
    out: list[Tag] = []
    todo = [node]
    while todo:
        at = todo.pop(0)
        tag = at.tag
        if tag is not None and tag.kind in "CL" and country_of(tag):
            if tag not in out:
                out.append(tag)
            todo += parsed.tree.children(at, "conj")
            todo += [c for c in parsed.tree.children(at, "appos") if c.tag is not None and country_of(c.tag)]
        else:
            return []
    return sorted(out, key=lambda t: t.start)


def said_of(parsed: Parsed, names: list[Tag], verb: Node) -> bool:
    """Whether the order of words too says something of these names: no other country stands before the verb."""
    first, last = names[0].start, names[-1].end
    near = [t for t in parsed.tags if t.kind in "CJL" and country_of(t) and t not in names]
    if last <= verb.span[0]:
        return not any(first <= t.start < verb.span[0] for t in near)
    return not any(verb.span[1] <= t.start < first for t in near)


def only(parsed: Parsed, names: list[Tag]) -> Span | None:
    """Return the word that says something of these names alone: "only Poland and Greece", "Poland alone"."""
    before = re.search(
        r"\b(?:only|just|solely|none but)(?: the)? $", parsed.before(names[0].start), re.IGNORECASE
    )
    if before:
        return parsed.tree.offset + before.start(), names[0].start
    after = re.match(r" (?:alone|only)\b", parsed.after(names[-1].end))
    return (names[-1].end, names[-1].end + after.end()) if after else None


def claim_of(
    kind: str,
    parsed: Parsed,
    verb: Node,
    names: list[Tag],
    items: dict[str, Any],
    *,
    value: Tag | None = None,
    also: tuple[Span | None, ...] = (),
) -> StatedClaim:
    """Return a claim that a clause makes of named allies.

    Parameters
    ----------
    kind : str
        The frame.
    parsed : Parsed
        The sentence.
    verb : Node
        The verb of the clause.
    names : list of Tag
        The allies; at least one.
    items : dict
        The slots; the time is added as ``years``.
    value : Tag, optional
        What the time is of, by the order of words; by default the verb.
    also : tuple of Span or None, optional
        What else the claim accounts for.

    Returns
    -------
    StatedClaim
        Not yet checked. A negation turns the slot ``negated`` on and is no denial.
    """
    tree = parsed.tree
    truth, opinion = truth_of(tree, verb, participle=True)
    items = dict(items)
    if truth is Truth.NEGATED:
        truth, items["negated"] = Truth.ASSERTED, True
    when = when_of(tree, verb, value or Tag("N", *verb.span, None, ""), parsed.tags)
    spans = [(t.start, t.end) for t in names]
    ends = [s for s in (*spans, verb.span, *also) if s]
    bound = Bound(
        value=names[0],
        noun="",
        verb=verb.word,
        subject=names[0],
        whom=country_of(names[0]),
        span=(min(s[0] for s in ends), max(s[1] for s in ends)),
        when=when,
        truth=truth,
        source=source_of(parsed.text),
        firm=when.firm and said_of(parsed, names, verb),
        opinion=bool(opinion),
    )
    items.setdefault("years", stated_in(when))
    return stated(kind, bound, items, also=(*spans, verb.span, *also))


def by_edition(
    ledger_index: LedgerIndex,
    day: date,
    year: int,
    judge: Callable[[str, int], tuple[Outcome, Evidence] | None],
) -> Finding:
    """Judge a claim by every edition that publishes shares of GDP, oldest first.

    Parameters
    ----------
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.
    year : int
        The year.
    judge : callable
        From an edition's id and the year to an outcome with its evidence, or None where the edition does not say.

    Returns
    -------
    Finding
        The newest edition published by the day decides; what only an older one says is superseded.
    """
    known: list[tuple[Outcome, Evidence]] = []
    later: list[Evidence] = []
    for card in ledger_index.share_cards:
        answer = judge(card.id, year)
        if answer is None:
            continue
        outcome, evidence = answer
        evidence = replace(evidence, published=card.published, known=card.published_known)
        if card.published <= day:
            known.append((outcome, evidence))
        else:
            later.append(replace(evidence, later=True))
    shown = (*(e for _, e in known), *later)
    if not known:
        return not_checkable("prediction" if year > day.year else "no_row", *shown)
    outcome = known[-1][0]
    if outcome == "agrees":
        return Finding(SUPPORTED, "match", shown)
    if any(o == "agrees" for o, _ in known):
        return not_checkable("superseded", *shown)
    if outcome == "differs":
        return Finding(CONTRADICTED, "differs", shown)
    return not_checkable({"open": "no_row"}.get(outcome, outcome), *shown)
