"""What is said to have brought about spending, membership or a decision: found, and never judged.

What is said to have happened is checked by the frames of its own kind; that spending rose, here. That one thing
brought about another is nothing that a table of figures shows: a cause of spending is held against the bracket of
the designs, as :mod:`foedus.reading.frames.spending_causes` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.cause_sides import StatedCause, stated_causes
from foedus.reading.frames.rises import check_rise, rise_claim
from foedus.reading.frames.spending_causes import (
    causes_of,
    is_spending,
    verdict_rows,
    year_named,
)
from foedus.reading.frames.stating import slots
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.tagging import Tagged
from foedus.reading.trees.bind import Parsed

__all__ = ["CHECKS", "FINDERS"]

_SUBJECT = re.compile(
    r"\b(?:NATO|[Aa]lliance|[Aa]llies|[Aa]lly|defen[cs]e|military|GDP|spend\w*|spent|budgets?|join\w*|member\w*|accession|"
    r"troops|rearm\w*|pay|paid|guideline|target)\b"
)
"""What a cause must be said of: other causes are none of the ledger's business."""
BRACKET = "What designs make of it, and which of them fail, is in the page “Why did it rise?”."


def _find_causes(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what is said to have brought about something."""
    parsed = context.parsed(sentence)
    if parsed is None or not _SUBJECT.search(parsed.text):
        return
    stated = list(stated_causes(parsed, trump=_can_be_trump(context)))
    for each in stated:
        yield _claim(parsed, each)
    for each in stated:
        rise = rise_claim(parsed, each.parts.effect) if each.came and _of_spending(parsed, each) else None
        if rise is not None:
            yield rise
            return


def _of_spending(parsed: Parsed, stated: StatedCause) -> bool:
    """Whether a cause is one of spending."""
    return is_spending(stated.parts.effect, parsed.earlier.text if parsed.earlier else "")


def _can_be_trump(context: Context) -> bool:
    """Whether "he" can be Donald Trump: the text names him, or nobody."""
    people = {str(tag.value) for tag in context.tags if tag.kind == "P"}
    return not people or any("Trump" in name for name in people) or "Trump" in context.text


def _claim(parsed: Parsed, stated: StatedCause) -> StatedClaim:
    """Make the claim of a cause; figures inside it are not accounted for by it."""
    span = stated.span
    edges = [span[0]]
    for tag in parsed.tags:
        if tag.kind in "NRMDK" and span[0] <= tag.start < span[1]:
            edges += [tag.start, tag.end]
    edges.append(max(edges[-1], span[1]))
    words = tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    of = causes_of(stated.parts) if _of_spending(parsed, stated) else {}
    named = slots(causes=of, year=year_named(parsed.text) or None) if of else {}
    return StatedClaim("cause", span, slots(words=parsed.between(*span), **named), consumed=words)


def _check_cause(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Return that a cause is not checkable, with the verdicts on it in its period where it is one of spending."""
    rows = tuple(verdict_rows(claim.get("causes", {}), claim.get("year", 0), day))
    return not_checkable("cause", *rows, note=BRACKET if rows else "")


FINDERS = (_find_causes,)
CHECKS = {"cause": _check_cause, "rise": check_rise}
