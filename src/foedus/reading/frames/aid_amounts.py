"""Aid to Ukraine: how much a donor is said to have given, of which kind, and who is said to have given more.

An amount is the claim's only where it is what is given, allocated or committed, or what aid comes to. Single
packages, amounts a year and what Ukraine needs or loses are not read as sums.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from foedus.reading.claims import StatedClaim
from foedus.reading.context import Context
from foedus.reading.frames.aid_check import check_aid
from foedus.reading.frames.aid_donors import donor_of, giver_of
from foedus.reading.frames.stating import slots
from foedus.reading.patterns.aid import (
    AID,
    ALLOCATED,
    AUTHORISED,
    BARE,
    COMMITTED,
    DELIVERED,
    EVERY_YEAR,
    GIVEN,
    KINDS,
    PACKAGE,
    SINCE,
    TOTAL,
    TOTALS,
)
from foedus.reading.patterns.arms import UKRAINE
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed, unit_after
from foedus.reading.trees.parse import Node
from foedus.reading.trees.times import stated_in, when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Truth, When

__all__ = ["CHECKS", "FINDERS"]

_STAGES = (
    ("authorised", AUTHORISED),
    ("allocated", ALLOCATED),
    ("committed", COMMITTED),
    ("delivered", DELIVERED),
    ("given", GIVEN),
)
_BY = re.compile(r"\b(?:by|as of|until|up to|through|at)(?: the)?(?: end of)? $")
_MORE = re.compile(r"more|greater|larger|higher|bigger")
_MEASURE = re.compile(
    r"\b(more|greater|larger|higher|bigger|less|smaller|lower)(?: (?:military|financial|humanitarian|bilateral|total|overall|"
    r"aid|assistance|support|help|money|weapons|arms|to|for|on|in|of|its|the|a|sums?|amounts?|share|part|GDP|Ukraine|Kyiv)){0,8} $"
)
"""What is more, with nothing between that would make it faster, better or of another thing."""


def _find_aid(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how much aid somebody is said to have given Ukraine, and who is said to have given more."""
    parsed = context.parsed(sentence)
    if parsed is None or not UKRAINE.search(parsed.text):
        return
    for value in parsed.values("MR"):
        if value.kind == "M" or unit_after(parsed, value):
            yield from _amount(parsed, value)
    yield from _comparison(parsed)


def _amount(parsed: Parsed, value: Tag) -> Iterator[StatedClaim]:
    """Yield the claim of an amount, or of a share of GDP, that is given."""
    tree = parsed.tree
    node = tree.at(value)
    verb = tree.verb_of(node) if node is not None else None
    if node is None or verb is None:
        return
    stage, at = _stage(parsed, node, verb)
    clause = " ".join(n.word for n in tree.clause_nodes(verb))
    of_defence = value.kind == "R" and re.search(r"\bdefen[cs]e\b", clause)
    if not stage or of_defence or EVERY_YEAR.search(parsed.text) or not _is_aid(parsed, clause, stage):
        return
    scope, where, firm = giver_of(parsed, value, verb)
    if not scope:
        return
    when = when_of(tree, verb, value, parsed.tags)
    truth, opinion = truth_of(tree, node)
    since = SINCE.search(parsed.text)
    items = slots(
        country=scope,
        kind=_kind(parsed, verb),
        stage=stage,
        package=True if PACKAGE.search(clause) else None,
        total=True if since or TOTAL.search(parsed.text) else None,
        bare=True if BARE.fullmatch(parsed.after(value.end)) else None,
        **_period(parsed, when, since),
    )
    items["amount" if value.kind == "M" else "share"] = value.value
    spans: list[Span] = [(value.start, value.end), *([at.span] if at else []), *([where] if where else [])]
    spans += [when.span] if when.span else []
    yield StatedClaim(
        "aid_amount",
        (min(s[0] for s in spans), max(s[1] for s in spans)),
        items,
        "opinion" if opinion and truth is Truth.ASSERTED else truth.value,
        firm=firm and when.firm,
        consumed=tuple(spans),
    )


def _stage(parsed: Parsed, node: Node, verb: Node) -> tuple[str, Node | None]:
    """Return how far the money is said to have come, by the verb, else by the nouns above the amount."""
    tree = parsed.tree
    heads = [verb]
    if verb.dep in ("xcomp", "ccomp") and tree.is_clause(tree.head(verb)):
        heads.append(tree.head(verb))
    for head in heads:
        for stage, forms in _STAGES:
            if head.word in forms:
                return stage, head
    nouns = [a for a in tree.path(node, verb) if a is not node]
    subject = tree.subject_of(verb)
    nouns += tree.subtree(subject) if subject is not None and verb.word in TOTALS else []
    for noun in nouns:
        for stage, forms in _STAGES[:4]:
            if noun.word in forms:
                return stage, noun
    return ("given", None) if any(AID.fullmatch(noun.word) for noun in nouns) else ("", None)


def _is_aid(parsed: Parsed, clause: str, stage: str) -> bool:
    """Whether an amount is aid: its clause names aid, or what is done with it is done for Ukraine."""
    done_for = re.search(r"\b(?:to|for|on|in) (?:support (?:of|for) )?(?:Ukrain\w+|Kyiv|Kiev)", parsed.text)
    given_to = re.search(
        r"\b(?:gave|given|gives|sent|sends|provided|offered) (?:the )?(?:Ukrain\w+|Kyiv|Kiev)", parsed.text
    )
    return AID.search(clause) is not None or bool((done_for or given_to) and stage)


def _kind(parsed: Parsed, verb: Node) -> str:
    """Return the kind of aid that is named; all where none is, or several are."""
    tree = parsed.tree
    subject = tree.subject_of(verb)
    nodes = {n.i: n for n in tree.clause_nodes(verb)}
    nodes |= {n.i: n for n in tree.subtree(subject)} if subject is not None else {}
    text = " ".join(nodes[i].word for i in sorted(nodes))
    kinds = [kind for kind, pattern in KINDS.items() if pattern.search(text)]
    if "other" in kinds:
        return "other"
    return kinds[0] if len(kinds) == 1 else "all"


def _period(parsed: Parsed, when: When, since: re.Match[str] | None) -> dict[str, object]:
    """Return the time that is meant: all of it, up to a date, or a date's own year."""
    if since is not None or (when.day is None and not when.open):
        return {}
    if when.open:
        return {"years": {"open": when.open}}
    before = parsed.before(when.span[0]) if when.span is not None else ""
    if re.search(r"\b(?:[Ss]ince|[Bb]efore|[Aa]fter|[Ff]rom|[Bb]etween)(?: the)?(?: \w+ of)? $", before):
        return {"years": {"open": parsed.text}}
    return {"by" if _BY.search(before) else "years": stated_in(when)}


def _comparison(parsed: Parsed) -> Iterator[StatedClaim]:
    """Yield the claim that one donor gave more aid than another."""
    tree = parsed.tree
    for than in tree.nodes:
        others = tree.children(than, "pobj") if than.word == "than" else []
        verb = tree.verb_of(than)
        if not others or verb is None:
            continue
        stage, _ = _stage(parsed, than, verb)
        subject = tree.subject_of(verb)
        clause = parsed.between(tree.offset, than.span[0])
        measure = _MEASURE.search(clause)
        if not stage or subject is None or any(t.kind in "MR" and t.end <= than.span[0] for t in parsed.tags):
            continue
        first, second = donor_of(parsed, subject), donor_of(parsed, others[0])
        if not first or not second or measure is None or not _is_aid(parsed, clause, stage):
            continue
        more = _MORE.match(measure[1]) is not None
        truth, opinion = truth_of(tree, verb)
        when = when_of(tree, verb, Tag("N", *than.span, None, ""), parsed.tags)
        yield StatedClaim(
            "aid_amount",
            (subject.span[0], others[0].span[1]),
            slots(
                country=first,
                than=second,
                more=more or None,
                less=None if more else True,
                of_gdp=True if "GDP" in measure[0] else None,
                kind=_kind(parsed, verb),
                stage=stage,
                **_period(parsed, when, SINCE.search(parsed.text)),
            ),
            "opinion" if opinion and truth is Truth.ASSERTED else truth.value,
            firm=when.firm,
            consumed=(than.span, subject.span, others[0].span, *([when.span] if when.span else [])),
        )


FINDERS = (_find_aid,)
CHECKS = {"aid_amount": check_aid}
