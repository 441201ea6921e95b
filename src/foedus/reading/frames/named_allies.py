"""Which allies are said to meet, or to miss, the spending guideline by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.reading.claims import Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.editions import check_years
from foedus.reading.frames.levels import GOALS, IMPLIED, MISS, STAY, levels_in, predicate_of
from foedus.reading.frames.naming import Outcome, by_edition, claim_of, named, only
from foedus.reading.frames.shares import GOAL_AFTER
from foedus.reading.frames.spending import SECOND_LEVEL
from foedus.reading.frames.stating import slots
from foedus.reading.frames.topics import ALLY
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.text import Span
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.parse import Node
from foedus.reading.values import Amount
from foedus.spending.counts import meets
from foedus.units import in_per_cent

__all__ = ["CHECKS", "FINDERS"]

_NOT_SAID = re.compile(
    r"\b[Nn]ot (?:only|just|merely)\b|\b(?:until|till|since|first (?:met|reached|hit)|no longer|again|before|soon|yet|almost|nearly)\b"
)
"""Words that make of meeting a guideline more than that it is met in a year."""
_MEETS = re.compile(r"(?:meet|met|reach|hit|exceed|attain|achiev|surpass)")
"""Verbs of which a level is what is met, though it is not called a goal."""
NEAR = 0.0001
"""A share so near a level that its printed digits may lie on the other side."""


def _find_named(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find which allies are said by name to meet or to miss a guideline."""
    parsed = context.parsed(sentence)
    if parsed is None or not any(t.kind in "CL" for t in parsed.tags):
        return
    seen: set[int] = set()
    for level in levels_in(parsed, context):
        goal = level.tag is None or GOAL_AFTER.match(parsed.after(level.tag.end)) is not None
        goal = goal or any(a.word in GOALS for a in parsed.tree.ancestors(level.node))
        verb, missing = predicate_of(parsed.tree, level)
        met = verb is not None and (verb.word in MISS | STAY or _MEETS.match(verb.word) is not None)
        goal = goal or met
        if verb is None or verb.i in seen:
            continue
        subject = parsed.tree.subject_of(verb)
        names = named(parsed, subject) if subject is not None else []
        alone = only(parsed, names) if names else None
        if subject is not None and not names:
            names, alone = _predicated(parsed, subject)
        if _NOT_SAID.search(parsed.text):
            continue
        # "Only Poland spends more than 3 %" says who is above a level as a guideline would.
        above = level.amount.comparator in ("gt", "ge") and alone is not None
        if not names or not (goal or above):
            continue
        seen.add(verb.i)
        missing = missing or level.amount.comparator in ("lt", "le")
        items = slots(
            countries=[country_of(t) for t in names],
            level=replace(level.amount, comparator="eq"),
            missing=True if missing else None,
            only=True if alone else None,
        )
        span = (level.tag.start, level.tag.end) if level.tag else level.node.span
        value = level.tag or Tag("N", *level.node.span, None, "")
        yield claim_of("meets_guideline", parsed, verb, names, items, value=value, also=(span, alone))


def _predicated(parsed: Parsed, noun: Node) -> tuple[list[Tag], Span | None]:
    """Return who is said to be the ally of which a clause speaks: "Slovenia is the only ally that misses it"."""
    tree = parsed.tree
    verb = tree.head(noun)
    if (
        noun.word not in ALLY
        or noun.dep != "attr"
        or verb.word not in ("is", "are", "was", "were", "remains", "be")
    ):
        return [], None
    subject = tree.subject_of(verb)
    alone = next((c.span for c in tree.children(noun) if c.word in ("only", "sole", "lone")), None)
    return (named(parsed, subject) if subject is not None and alone else []), alone


def _check_named(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check who meets a guideline, by the editions published by the day of the text."""
    if any(c not in ledger_index.entries for c in claim["countries"]):
        return not_checkable("no_row")

    def check(year: int) -> Finding:
        if claim["level"].hedge == IMPLIED and day >= SECOND_LEVEL and year >= SECOND_LEVEL.year:
            return not_checkable("definition", note="The text does not say which guideline.")
        return by_edition(ledger_index, day, year, lambda card, y: _judge(claim, ledger_index, card, y))

    return check_years(claim["years"], ledger_index, day, check, about=claim["countries"][0])


def _judge(
    claim: dict[str, Any], ledger_index: LedgerIndex, card: str, year: int
) -> tuple[Outcome, Evidence] | None:
    """Judge by one edition."""
    shares = ledger_index.shares(ledger_index.ledger.editions[card], year)
    if not shares:
        return None
    level: Amount = claim["level"]
    countries: list[str] = claim["countries"]
    wanted = bool(claim.get("missing")) == bool(claim.get("negated"))
    rows = "; ".join(f"{c} {in_per_cent(shares[c])} %" for c in countries if c in shares)
    at = sorted(c for c, share in shares.items() if meets(share, level.value))
    text = (
        f"share of GDP, {year}: {rows}; {len(at)} of {len(shares)} allies at or above {100 * level.value:g} %"
    )
    evidence = Evidence(text, None, card, card)
    if any(c not in shares for c in countries):
        return "open", evidence
    if any(abs(shares[c] - level.value) < NEAR for c in countries):
        return "rounding", evidence
    right = all((c in at) == wanted for c in countries)
    if right and claim.get("only"):
        alike = set(at) if wanted else set(shares) - set(at)
        right = alike == set(countries)
    return ("agrees" if right else "differs"), evidence


FINDERS = (_find_named,)
CHECKS = {"meets_guideline": _check_named}
