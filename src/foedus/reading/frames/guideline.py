"""What the Alliance's spending guideline is, and by when it is to be met."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.evidence.institutions import pledges_by
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.grammar import modality, slots
from foedus.reading.patterns.spending import (
    AGREED,
    TARGET,
    TARGET_AFTER,
)
from foedus.reading.tagging import Tagged
from foedus.reading.values import Amount


def _find_guidelines(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what the Alliance's spending guideline is said to be, and by when it is to be met."""
    if "⟦R" not in sentence.text:
        return
    for pattern in (AGREED, TARGET, TARGET_AFTER):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        if not re.search(r"GDP|gross domestic product|defen[cs]e|military|spend|NATO", sentence.plain):
            continue
        rate = sentence.tag(f"⟦{match['rate']}⟧")
        groups = match.groupdict()
        deadline = sentence.tag(f"⟦{groups['deadline']}⟧") if groups.get("deadline") else None
        owner = sentence.tag(f"⟦{groups['g']}⟧") if groups.get("g") else None
        if rate is None or (owner is not None and owner.value != "NATO"):
            continue
        countries = [t for t in sentence.tags if t.kind in "CJ"]
        defines = owner is not None and bool(groups.get("verb"))
        yield StatedClaim(
            "guideline",
            sentence.span(match),
            slots(
                level=rate.value,
                deadline=deadline.value.year if deadline else None,
                defines=True if defines else None,
                mentioned=None if pattern is AGREED or groups.get("verb") or deadline else True,
                agreed=True if pattern is AGREED else None,
                national=True if countries and pattern is not AGREED and owner is None else None,
                equipment=True if re.search(r"\bequipment\b", sentence.plain) else None,
            ),
            modality(sentence, match.start(), match.end(), verb=groups.get("verb") or " "),
        )
        return


def _check_guideline(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check a guideline's level and deadline against the pledges made by the day of the text."""
    pledges = pledges_by(day)
    stated: Amount = replace(claim["level"], comparator="eq")
    wanted = "equipment_share" if claim.get("equipment") else ""
    pledges = [p for p in pledges if (p.quantity == wanted) == bool(wanted) and not p.country]
    same = [p for p in pledges if abs(p.level - stated.value) < 1e-9]
    rows = tuple(
        table_evidence(
            "pledges",
            {"known": "press"},
            f"{p.pledge}: {p.quantity} {p.sense} {100 * p.level:g} % by {p.deadline}",
            p.level,
        )
        for p in (same or pledges)
    )
    if not same:
        if claim.get("defines") and not claim.get("national") and pledges and abs(stated.value) < 0.2:
            return Finding(CONTRADICTED, "differs", rows)
        return not_checkable("no_row", *rows)
    deadline = claim.get("deadline")
    if deadline is None or any(p.deadline == deadline for p in same):
        return Finding(SUPPORTED, "match", rows)
    if claim.get("national") or len({p.deadline for p in same}) > 1:
        return not_checkable("scope", *rows)
    return Finding(CONTRADICTED, "differs", rows, f"The deadline is {same[0].deadline}.")


FINDERS = (_find_guidelines,)
CHECKS = {"guideline": _check_guideline}
