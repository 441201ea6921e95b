"""How many times as many allies, or as much, as in another year: doubled, trebled, N-fold, N times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.reading.claims import Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.editions import check_years
from foedus.reading.frames.levels import levels_in
from foedus.reading.frames.naming import Outcome, by_edition
from foedus.reading.frames.stating import slots, stated
from foedus.reading.frames.topics import ALLY, about_nato
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed
from foedus.reading.trees.parse import Node
from foedus.reading.trees.source import source_of
from foedus.reading.trees.times import stated_in, tense_of
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Bound, When
from foedus.reading.values import Amount, Day
from foedus.spending.counts import meets

__all__ = ["CHECKS", "FINDERS"]

_WORDS = {
    "twice": 2, "double": 2, "doubled": 2, "doubling": 2, "doubles": 2, "thrice": 3, "triple": 3, "tripled": 3,
    "tripling": 3, "treble": 3, "trebled": 3, "quadruple": 4, "quadrupled": 4, "two": 2, "three": 3, "four": 4,
    "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_FACTOR = re.compile(
    r"\b(?P<hedge>(?:(?:[Mm]ore|[Ll]ess|[Ff]ewer) than|[Oo]ver|[Aa]t least|[Aa]lmost|[Nn]early|[Aa]bout|[Aa]round|[Rr]oughly|"
    r"[Aa]s much as|[Aa]pproximately) )?(?:(?P<word>[Tt]wice|[Tt]hrice)|(?P<verb>doubled?|doubling|doubles|tripled?|tripling|trebled?|"
    r"quadrupled?)|(?P<fold>two|three|four|five|six|seven|eight|nine|ten|\d+)-?fold|(?P<n>[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|"
    r"[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\d+(?:\.\d+)?) times)\b(?: as many)?"
)
_BASE = re.compile(
    r"\b(?:as|than|since|from|compared (?:with|to)|against|over|was|did) (?:(?:in|it was in|were in|did in|the level of) )?$"
)
APPROXIMATE = 0.1
"""Relative difference within which "about twice" is so."""
EXACT = 0.05
"""Relative difference within which "twice" is so."""
LOOSE = 0.25
"""Relative difference beyond which "twice" is not so."""


def _find_factors(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how many times as many allies are said to meet a guideline as in another year."""
    parsed = context.parsed(sentence)
    if parsed is None:
        return
    match = _FACTOR.search(parsed.text)
    if match is None or not any(n.word in ALLY for n in parsed.tree.nodes):
        return
    if not about_nato(parsed.text, parsed.tags, context, parsed.tree.offset):
        return
    level = next(iter(levels_in(parsed, context)), None)
    base = _base(parsed, match.end())
    node = next(
        (n for n in parsed.tree.nodes if n.span[0] == parsed.tree.offset + match.start(match.lastgroup or 0)),
        None,
    )
    if level is None or base is None or node is None:
        return
    tree = parsed.tree
    start, end = tree.offset + match.start(), tree.offset + match.end()
    verb = tree.verb_of(node)
    value = Tag("N", start, end, None, match[0])
    when = _now(parsed, verb, base)
    truth, opinion = truth_of(tree, verb or node, participle=True)
    bound = Bound(
        value, "allies", node.word, None, "NATO", (start, base.end), when, truth, source_of(parsed.text), when.firm, bool(opinion)
    )  # fmt: skip
    items = slots(
        factor=_amount(match),
        level=replace(level.amount, comparator="eq"),
        base=base.value,
        years=stated_in(when),
    )
    also = ((base.start, base.end), (level.tag.start, level.tag.end) if level.tag else level.node.span)
    yield stated("change_in_count", bound, items, also=also, span=(min(start, level.node.span[0]), base.end))


def _base(parsed: Parsed, after: int) -> Tag | None:
    """Return the date with which is compared."""
    for tag in parsed.values("D"):
        dated = tag.value.year is not None or tag.value.relative is not None
        at = tag.start - parsed.tree.offset
        if dated and at >= after and _BASE.search(parsed.text[:at]):
            return tag
    return None


def _now(parsed: Parsed, verb: Node | None, base: Tag) -> When:
    """Return the time that is compared with the base: the other date of the sentence, or what the tense says."""
    for tag in parsed.values("D"):
        if tag is not base and (tag.value.year is not None or tag.value.relative is not None):
            return When(tag.value, span=(tag.start, tag.end))
    return When(None, tense_of(parsed.tree, verb))


def _amount(match: re.Match[str]) -> Amount:
    """Return the factor with its comparator."""
    words = (match["word"] or match["verb"] or match["fold"] or match["n"] or "").lower()
    value = float(_WORDS.get(words.rstrip("s") if words.rstrip("s") in _WORDS else words, 0) or words)
    hedge = (match["hedge"] or "").strip().lower()
    comparator = {
        "more than": "gt",
        "over": "gt",
        "at least": "ge",
        "less than": "lt",
        "fewer than": "lt",
    }.get(hedge)
    return Amount(value, 1.0, 1.0, comparator or ("approx" if hedge else "eq"), hedge)


def _check_factor(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how many times as many allies meet a guideline, by editions that hold both years."""
    base: Day = claim["base"]
    first = base.year if base.year is not None else day.year + (base.relative or 0)

    def check(year: int) -> Finding:
        if year <= first:
            return not_checkable("date_unclear")
        return by_edition(
            ledger_index, day, year, lambda card, y: _judge(claim, ledger_index, card, (first, y))
        )

    return check_years(claim["years"], ledger_index, day, check, about="NATO")


def _judge(
    claim: dict[str, Any], ledger_index: LedgerIndex, card: str, years: tuple[int, int]
) -> tuple[Outcome, Evidence] | None:
    """Judge by one edition."""
    about = ledger_index.ledger.editions[card]
    tables = [ledger_index.shares(about, year) for year in years]
    if not all(tables):
        return None
    level = claim["level"].value
    before, now = (sum(meets(share, level) for share in table.values()) for table in tables)
    text = f"{before} allies at or above {100 * level:g} % of GDP in {years[0]} and {now} in {years[1]}"
    evidence = Evidence(text, now / before if before else None, card, card)
    return ("open" if not before else _compare(claim["factor"], now / before)), evidence


def _compare(stated_factor: Amount, true: float) -> Outcome:
    """Compare a factor."""
    factor, comparator = stated_factor.value, stated_factor.comparator
    gap = (true - factor) / factor
    if comparator in ("gt", "ge", "lt"):
        gap = -gap if comparator == "lt" else gap
        if gap > 0 or (comparator == "ge" and abs(gap) < 1e-9):
            return "agrees"
        return "rounding" if abs(gap) <= EXACT else "differs"
    near = APPROXIMATE if comparator == "approx" else EXACT
    return "agrees" if abs(gap) <= near else "rounding" if abs(gap) <= LOOSE else "differs"


FINDERS = (_find_factors,)
CHECKS = {"change_in_count": _check_factor}
