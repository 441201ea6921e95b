"""Who followed whom in an office, and as how-manyth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.patterns.grammar import (
    FRONTED,
    fronted_day,
    modality,
    office_of,
    slots,
)
from foedus.reading.patterns.offices import (
    DATED,
    ORDINAL_AFTER,
    ORDINAL_BEFORE,
    SUCCEEDED,
    SUCCEEDED_BY,
)
from foedus.reading.tagging import Tagged, known_people


def _find_ordinals(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to be the how-manyth holder of an office."""
    if "⟦K" not in sentence.text or "⟦O" not in sentence.text:
        return
    for pattern in (ORDINAL_BEFORE, ORDINAL_AFTER):
        for match in pattern.finditer(sentence.text):
            person = sentence.tag(f"⟦{match['person']}⟧")
            ordinal = sentence.tag(f"⟦{match['ordinal']}⟧")
            holder = office_of(sentence, match)
            if person is None or ordinal is None:
                continue
            mode = modality(sentence, match.start(), match.end(), verb=match.groupdict().get("gap") or "")
            start = match.start("gap") if "gap" in match.groupdict() else match.start()
            start += len(sentence.text[start:]) - len(sentence.text[start:].lstrip(" ,"))
            yield StatedClaim(
                "office_ordinal",
                (sentence.document_index(start), sentence.document_index(match.end(), end=True)),
                slots(person=person.value, office=holder.office, body=holder.body, ordinal=ordinal.value),
                mode,
            )
            return


def _check_ordinal(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check an ordinal against the list of Secretaries General; acting ones are not counted."""
    terms = [
        t
        for t in ledger_index.terms_of(claim["person"], claim["office"], claim.get("body"))
        if t.ordinal is not None
    ]
    if not terms:
        return not_checkable("no_row")
    rows = tuple(t.evidence for t in terms)
    if any(t.ordinal == claim["ordinal"] for t in terms):
        return Finding(SUPPORTED, "match", rows)
    return Finding(CONTRADICTED, "differs", rows)


def _find_successions(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to have succeeded whom."""
    if sentence.text.count("⟦P") < 2:
        return
    for pattern in (SUCCEEDED_BY, SUCCEEDED):
        for match in pattern.finditer(sentence.text):
            if (
                pattern is SUCCEEDED
                and re.search(r"\b(?:was|been|is|be) (?:\w+ )?$", match["gap"])
                and "taken" not in match[0]
            ):
                continue
            holder = office_of(sentence, match) if match.groupdict().get("office") else None
            dated = DATED.match(sentence.text, match.end())
            day = sentence.tag(f"⟦{dated[1]}⟧") if dated else None
            fronted = fronted_day(sentence, match.start())
            nation = sentence.tag(f"⟦{match['nation']}⟧" if match["nation"] else None)
            to, from_ = sentence.tag(f"⟦{match['to']}⟧"), sentence.tag(f"⟦{match['from']}⟧")
            if to is None or from_ is None:
                continue
            yield StatedClaim(
                "office_succession",
                sentence.span(match),
                slots(
                    unread=True if not day and not fronted and FRONTED.match(sentence.text) else None,
                    successor=to.value,
                    predecessor=from_.value,
                    office=holder and holder.office,
                    body=holder and holder.body,
                    nationality=nation.value if nation and pattern is SUCCEEDED else None,
                    day=day.value if day else fronted,
                ),
                modality(sentence, match.start(), match.end(), verb=match["gap"] + " "),
            )


def _check_succession(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check that one holder of an office followed another, with none between, and the nationality if
    stated."""
    office, body = claim.get("office"), claim.get("body")
    after = ledger_index.terms_of(claim["successor"], office, body)
    before = ledger_index.terms_of(claim["predecessor"], office, body)
    pairs = [(a, b) for a in after for b in before if (a.office, a.body) == (b.office, b.body)]
    if not pairs:
        return not_checkable("no_row", *(t.evidence for t in (*after, *before)))
    # A set would order its rows anew in every process.
    rows = tuple(dict.fromkeys(t.evidence for later, earlier in pairs for t in (earlier, later)))
    nation = claim.get("nationality")
    for later, earlier in pairs:
        if earlier.end is not None and abs((later.start - earlier.end).days) <= 60:
            if nation and known_people().country.get(claim["predecessor"]) != nation:
                return not_checkable("definition", *rows, note="The nationality differs from the ledger's.")
            stated = resolve(claim["day"], day) if claim.get("day") else None
            if stated is not None and compare_day(stated, later.start) != "agrees":
                return Finding(CONTRADICTED, "differs", rows, "The day of the change differs.")
            if claim.get("unread"):
                return not_checkable("date_unclear", *rows)
            return Finding(SUPPORTED, "match", rows)
    offices = {(a.office, a.body) for a, _ in pairs}
    if offices == {("secretary general", "NATO")}:
        return Finding(CONTRADICTED, "differs", rows, "The list of Secretaries General is complete.")
    return not_checkable("no_row", *rows)


FINDERS = (_find_ordinals, _find_successions)
CHECKS = {"office_ordinal": _check_ordinal, "office_succession": _check_succession}
