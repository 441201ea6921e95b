"""That spending rose, as a sentence about its cause says: against the growth that NATO prints.

A rise without a figure is borne out where spending grew in real terms in the year named, or in the year before
the text or that of the text; it is never contradicted, for the words do not say since when or of what.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from foedus.reading.claims import SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.frames.spending_causes import rise_in, year_named
from foedus.reading.frames.stating import slots
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.trees.bind import Parsed, country_of

__all__ = ["check_rise", "rise_claim"]

REAL_CHANGE = "defence_expenditure_real_change"
_NATIONS = frozenset("CJ")


def rise_claim(parsed: Parsed, effect: str) -> StatedClaim | None:
    """Return the claim that spending rose; None where the effect does not say that it did.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    effect : str
        What is said to have been brought about.

    Returns
    -------
    StatedClaim or None
        Of the country that the effect names, or of Europe and Canada.
    """
    word = rise_in(effect)
    if word is None:
        return None
    at = re.search(rf"\b{re.escape(word[0])}\b", parsed.text, re.I)
    if at is None:
        return None
    named = {country_of(t) for t in parsed.tags if t.kind in _NATIONS and t.text in effect} - {""}
    span = (parsed.tree.offset + at.start(), parsed.tree.offset + at.end())
    scope = named.pop() if len(named) == 1 else "NATO_EUR_CAN"
    return StatedClaim("rise", span, slots(scope=scope, year=year_named(effect) or None))


def check_rise(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check that spending rose: real growth of the year named, or of the last two that were published."""
    scope, year = claim["scope"], claim.get("year")
    years = (year,) if year else (day.year - 1, day.year)
    newest = [
        published[-1]
        for each in years
        if (published := published_by(ledger_index.figures(REAL_CHANGE, scope, each), day)[0])
    ]
    if not newest:
        return not_checkable("no_row")
    rows = tuple(figure.evidence for figure in newest)
    if all(figure.value > 0.0 for figure in newest):
        return Finding(SUPPORTED, "match", rows, "Spending rose in real terms, as printed.")
    return not_checkable("vague", *rows, note="The figures printed do not all show a rise.")
