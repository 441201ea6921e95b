"""Who is said to be a founding member, and how many there were."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.naming import claim_of, named
from foedus.reading.frames.stating import slots
from foedus.reading.frames.topics import about_nato, is_alliance
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.parse import Node

__all__ = ["CHECKS", "FINDERS"]

_FOUNDING = re.compile(
    r"\b(?:(?P<n>\d+|[Tt]welve|[Tt]en|[Ee]leven|[Ff]ifteen|[Ff]ourteen|[Ss]ixteen) )?(?:founding|original) "
    r"(?:members?|states?|countr(?:y|ies)|nations?|signator(?:y|ies)|parties)\b|\bfounders?\b|\bfounding (?:ally|allies)\b"
)


def _find_founders(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is called a founding member of the Alliance."""
    parsed = context.parsed(sentence)
    if parsed is None:
        return
    match = _FOUNDING.search(parsed.text)
    if match is None or not about_nato(parsed.text, parsed.tags, context, parsed.tree.offset):
        return
    tree = parsed.tree
    span = (tree.offset + match.start(), tree.offset + match.end())
    node = next((n for n in tree.nodes if n.span[1] == span[1]), None)
    if node is None:
        return
    if not _of_alliance(parsed, node):
        return
    names, verb = _whose(parsed, node)
    stated = next(
        (t for t in parsed.values("N") if span[0] <= t.start < span[1] or t.end == span[0] - 1), None
    )
    if verb is None or not names:
        return
    yield claim_of(
        "founding_member",
        parsed,
        verb,
        names,
        slots(countries=[country_of(t) for t in names], count=stated and stated.value, years={}),
        also=(span, (stated.start, stated.end) if stated else None),
    )


def _of_alliance(parsed: Parsed, node: Node) -> bool:
    """Whether it is the Alliance's founders: by what is named with the noun, or because nothing else is named."""
    below = [n for n in parsed.tree.subtree(node) if n.dep != "conj"]
    beside = [n for n in below if n.tag is not None and n.tag.kind == "G"]
    if beside:
        return beside[0].tag is not None and beside[0].tag.value == "NATO"
    if any(is_alliance(parsed, n.tag, n.word) for n in below):
        return True
    return all(t.value == "NATO" for t in parsed.values("G"))


def _whose(parsed: Parsed, node: Node) -> tuple[list[Tag], Node | None]:
    """Return who is called a founder, and the verb: "X is a founder", "X was among the founders", "X, a founder,"."""
    tree = parsed.tree
    verb = tree.verb_of(node)
    for a in (node, *tree.ancestors(node)):
        if a.dep == "appos":
            beside = named(parsed, tree.head(a))
            if beside:
                return beside, verb
        if tree.is_clause(a):
            break
    subject = tree.subject_of(verb) if verb is not None and verb.word in _BE else None
    return (named(parsed, subject) if subject is not None else []), verb


_BE = frozenset(["is", "are", "was", "were", "be", "been", "became", "remains", "remain"])


def _check_founders(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check founding members by their day of entry, and their number where one is stated."""
    first = ledger_index.entry_order[0]
    founders = {c for c, (entry, _) in ledger_index.entries.items() if entry == first}
    countries: list[str] = claim["countries"]
    rows = tuple(ledger_index.entries[c][1] for c in countries if c in ledger_index.entries)
    if not rows:
        return not_checkable("no_row")
    right = all((c in founders) != bool(claim.get("negated")) for c in countries)
    count = claim.get("count")
    counted = count is None or agreement(count, len(founders), exact=True) == "agrees"
    note = f"The founding members are {len(founders)}, of {first}."
    if right and counted:
        return Finding(SUPPORTED, "match", rows, note)
    return Finding(CONTRADICTED, "differs", rows, note)


FINDERS = (_find_founders,)
CHECKS = {"founding_member": _check_founders}
