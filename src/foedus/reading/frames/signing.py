"""How many signed a document, by the document's own list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.grammar import modality, slots
from foedus.reading.patterns.members import (
    DOCUMENT,
    SIGNED,
)
from foedus.reading.tagging import Tagged
from foedus.reading.values import Amount


def _find_signatories(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how many are said to have signed a document."""
    if "sign" not in sentence.text and "endors" not in sentence.text:
        return
    for pattern in SIGNED:
        match = pattern.search(sentence.text)
        if match is None:
            continue
        span = (
            sentence.span(match, "doc", 0) if match.start("doc") < match.start("n") else sentence.span(match)
        )
        words = sentence.plain[span[0] - sentence.offset : span[1] - sentence.offset]
        if not DOCUMENT.search(words):
            continue
        tag = sentence.tag(f"⟦{match['n']}⟧")
        document = next((d for d in _documents() if d.lower() in words.lower()), None)
        if document:
            index = words.lower().index(document.lower())
            span = (min(span[0] + index, sentence.document_index(match.start("n"))), span[1])
        yield StatedClaim(
            "signatories",
            (span[0] + len(words) - len(words.lstrip(" ,")) if not document else span[0], span[1]),
            slots(document=document, count=tag and tag.value, who=re.sub(r"⟦G\d+⟧ ", "", match["who"])),
            modality(sentence, match.start(), match.end()),
        )
        return


@cache
def _documents() -> tuple[str, ...]:
    """Return the documents whose signatories the ledger has."""
    return tuple(dict.fromkeys(r["document"] for r in institution_table("document-signatories").rows))


def _check_signatories(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how many signed a document, by its own list.

    Parameters
    ----------
    claim : dict
        Slots document, count, who.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.

    Returns
    -------
    Finding
        Rows that are not verified widen the number to a range; states alone, states and the Union, and allies
        alone are all admissible readings. Only a number outside all of them is contradicted.
    """
    document = claim.get("document")
    rows = [
        r
        for r in institution_table("document-signatories").rows
        if r["document"] == document and r["date"] <= day.isoformat()
    ]
    if not rows:
        return not_checkable("no_document")
    sure = [r for r in rows if r["known"] != "unverified"]
    low, high = len(sure), len(rows)
    low_allies = sum(r["signatory"] in ledger_index.entries for r in sure)
    high_allies = sum(r["signatory"] in ledger_index.entries for r in rows)
    evidence = table_evidence(
        "document-signatories",
        {"known": "press"},
        f"{document}, {rows[0]['date']}: {low} to {high} signatories, "
        f"{low_allies} to {high_allies} of them allies",
        float(low),
    )
    stated: Amount = claim["count"]
    if all(agreement(stated, n, exact=True) == "agrees" for n in (low_allies, low, high)):
        return Finding(SUPPORTED, "match", (evidence,))
    number = stated.whole
    inside = number is None or low_allies - 1 <= number <= high + 1 or stated.comparator != "eq"
    if inside:
        return not_checkable("definition", evidence, note="Lists of the signatories differ by three states.")
    return Finding(CONTRADICTED, "differs", (evidence,), "The document has its own list of signatories.")


FINDERS = (_find_signatories,)
CHECKS = {"signatories": _check_signatories}
