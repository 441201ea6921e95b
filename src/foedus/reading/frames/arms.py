"""Arms for Ukraine: who is said to have given or announced which weapon, and when.

A weapon is the claim's only where it hangs on a verb of giving, announcing or receiving: ammunition for it,
training on it and its re-export by others are not read. Who gave is the subject, or the country of which the
subject held an office at the time; "he" is the person whom the context means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from foedus.reading.claims import StatedClaim
from foedus.reading.context import FEMALE, MALE, Context
from foedus.reading.frames.arms_check import check_arms
from foedus.reading.frames.stating import slots
from foedus.reading.patterns.arms import (
    ANNOUNCED,
    HANDED,
    OTHER_ITEM,
    RECEIVED,
    SHIFTED,
    UKRAINE,
    weapons_in,
)
from foedus.reading.patterns.events import TRANSFER
from foedus.reading.patterns.grammar import modality
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed, country_of, scope_below
from foedus.reading.trees.open_times import is_time
from foedus.reading.trees.parse import Node
from foedus.reading.trees.times import stated_in, when_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Truth, When

__all__ = ["CHECKS", "FINDERS"]


@dataclass(frozen=True)
class _Giver:
    """Who gives: countries, or a person."""

    countries: tuple[str, ...] = ()
    person: str = ""
    node: Node | None = None


def _find_arms(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find which weapons somebody is said to have given Ukraine or announced for it."""
    parsed = context.parsed(sentence)
    claims = list(_named(parsed, context)) if parsed is not None and UKRAINE.search(parsed.text) else []
    yield from claims
    match = TRANSFER.search(sentence.plain)
    if match and not claims:
        at = (sentence.offset + match.start(), sentence.offset + match.end())
        yield StatedClaim("arms_transfer", at, {}, modality(sentence, 0, 0))


def _named(parsed: Parsed, context: Context) -> Iterator[StatedClaim]:
    """Yield a claim for each weapon that is named and given."""
    tree, seen = parsed.tree, set[str]()
    for weapon, first, last in weapons_in(parsed.text):
        start, end = tree.offset + first, tree.offset + last
        node = next((n for n in tree.nodes if n.span[0] <= start < n.span[1]), None)
        verb = _verb_above(parsed, node) if node is not None else None
        if verb is None:
            continue
        main, manner = _manner(parsed, verb)
        place = Tag("N", start, end, None, parsed.text[first:last])
        when = _when(parsed, main, place)
        giver = _giver(parsed, context, verb, main)
        if weapon in seen or giver is None or _to_others(parsed, verb):
            continue
        seen.add(weapon)
        giver = _of_that_time(parsed, giver, when)
        truth, opinion = truth_of(tree, main)
        if manner == "announced" and truth is Truth.EXPECTED:
            truth = Truth.ASSERTED
        spans = [(start, end), main.span, *([giver.node.span] if giver.node else [])]
        spans += [when.span] if when.span else []
        yield StatedClaim(
            "arms_transfer",
            (min(s[0] for s in spans), max(s[1] for s in spans)),
            slots(
                weapon=weapon,
                donors=giver.countries or None,
                person=giver.person,
                manner=manner,
                years=stated_in(when) if when.firm or when.day or when.open else {"tense": "unknown"},
            ),
            "opinion" if opinion and truth is Truth.ASSERTED else truth.value,
            firm=when.firm and _is_sure(parsed, node, verb),
            consumed=tuple(spans),
        )


def _when(parsed: Parsed, verb: Node, place: Tag) -> When:
    """Return when it is said to have been: a date of the sentence is never left out."""
    when = when_of(parsed.tree, verb, place, parsed.tags)
    if when.day is not None or when.open:
        return when
    dates = [t for t in parsed.tags if is_time(t)]
    if len(dates) == 1:
        return When(dates[0].value, when.tense, firm=False, span=(dates[0].start, dates[0].end))
    return replace(when, firm=when.firm and not dates)


def _is_sure(parsed: Parsed, node: Node | None, verb: Node) -> bool:
    """Whether the date of a clause is surely that of a weapon: one date, and no other thing given beside it.

    "Javelins in 2018 and HIMARS in 2022", "a system in April and jets a year later": these are not.
    """
    one = sum(is_time(t) for t in parsed.tags) <= 1 and not SHIFTED.search(parsed.text)
    path = parsed.tree.path(node, verb) if node is not None else []
    return one and not any(n.dep == "conj" for n in path) and verb.dep != "conj"


def _of_that_time(parsed: Parsed, giver: _Giver, when: When) -> _Giver:
    """Return who gives, where a pronoun follows a time that is called by a person: "under Trump, he sent"."""
    if giver.node is None or giver.node.tag is not None or not giver.person or when.span is None:
        return giver
    people = {str(t.value) for t in parsed.tags if t.kind == "P" and when.span[0] <= t.start < when.span[1]}
    before = when.span[1] <= giver.node.span[0]
    return replace(giver, person=people.pop()) if before and len(people) == 1 else giver


def _verb_above(parsed: Parsed, node: Node) -> Node | None:
    """Return the verb that a weapon is given, announced or received by; None where something else is."""
    tree = parsed.tree
    for above in tree.ancestors(node):
        if above.pos[:2] == "VB":
            return above if above.word in HANDED | ANNOUNCED | RECEIVED else None
        if above.pos == "IN" and above.word in OTHER_ITEM:
            return None
    return None


def _manner(parsed: Parsed, verb: Node) -> tuple[Node, str]:
    """Return the verb that says it, and whether it says that arms were handed over or announced."""
    tree = parsed.tree
    if verb.word in ANNOUNCED:
        return verb, "announced"
    auxiliaries = {a.word for a in tree.auxiliaries(verb)}
    head = tree.head(verb)
    later = auxiliaries & {"to", "will", "would", "'ll", "'d"}
    if later and verb.dep in ("xcomp", "ccomp") and head.word in ANNOUNCED:
        return head, "announced"
    return verb, "announced" if auxiliaries & {"will", "'ll"} else "handed"


def _giver(parsed: Parsed, context: Context, verb: Node, main: Node) -> _Giver | None:
    """Return who gives; None where it is somebody whom the tables do not know."""
    tree = parsed.tree
    if verb.word in RECEIVED:
        sources = tree.objects_after(verb, "from")
        sources += [o for n in tree.children(verb, "dobj") for o in tree.objects_after(n, "from")]
        return _who(parsed, context, sources[0]) if sources else _Giver()
    if tree.children(verb, "auxpass", "nsubjpass"):
        agents = [o for a in tree.children(verb, "agent") for o in tree.children(a, "pobj")]
        sources = [*agents, *tree.objects_after(verb, "by", "from")]
        return _who(parsed, context, sources[0]) if sources else _Giver()
    subject = tree.subject_of(main)
    return _who(parsed, context, subject) if subject is not None else None


def _who(parsed: Parsed, context: Context, node: Node) -> _Giver | None:
    """Return the countries or the person that a noun or a pronoun means."""
    tree = parsed.tree
    if node.word in MALE | FEMALE:
        person = context.antecedent(node.span[0], node.word)
        return _Giver(person=person, node=node) if person else None
    near = [n for n in tree.subtree(node) if not any(map(tree.is_clause, tree.path(n, node)))]
    people = [n for n in near if n.tag is not None and n.tag.kind == "P"]
    if people and people[0].tag is not None:
        return _Giver(person=str(people[0].tag.value), node=people[0])
    scope = scope_below(tree, node)
    if scope is None or not scope.code:
        names = [n for n in tree.subtree(node) if n.tag is not None and country_of(n.tag)]
        codes = tuple(dict.fromkeys(country_of(n.tag) for n in names if n.tag is not None))
        return _Giver(codes, node=node) if codes and "UKR" not in codes else None
    codes = (scope.code, *scope.others)
    return _Giver(codes, node=node) if "UKR" not in codes else None


def _to_others(parsed: Parsed, verb: Node) -> bool:
    """Whether the arms go to another country than Ukraine."""
    tree = parsed.tree
    whom = [*tree.children(verb, "dative"), *tree.objects_after(verb, "to")]
    whom += [o for d in tree.children(verb, "dative") for o in tree.children(d, "pobj")]
    whom += [o for n in tree.children(verb, "dobj") for o in tree.objects_after(n, "to")]
    near = [n for o in whom for n in tree.subtree(o) if not any(map(tree.is_clause, tree.path(n, o)))]
    codes = {country_of(n.tag) for n in near if n.tag is not None and country_of(n.tag)}
    return bool(codes) and "UKR" not in codes


FINDERS = (_find_arms,)
CHECKS = {"arms_transfer": check_arms}
