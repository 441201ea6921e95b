"""Where and when summits of the Alliance are held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.events import SUMMIT
from foedus.reading.patterns.grammar import fronted_day, modality, slots
from foedus.reading.tagging import Tagged


def _find_summits(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find where and when a summit is said to be held."""
    if "ummit" not in sentence.text:
        return
    for pattern in SUMMIT:
        match = pattern.search(sentence.text)
        if match is None:
            continue
        organisation = sentence.tag(f"⟦{match['g']}⟧") if match["g"] else None
        town = sentence.tag(f"⟦{match['place']}⟧")
        token = match["day"] or match["d2"] or match["when"] or match["d0"]
        tag = sentence.tag(f"⟦{token}⟧") if token else None
        day = tag.value if tag else fronted_day(sentence, match.start())
        # A summit of nobody's is one of the Alliance only where it is spoken of, or where nobody else meets.
        others = any(t.kind == "G" and t.value != "NATO" for t in sentence.tags)
        if organisation is None and (others or ("NATO" not in context.text and not match["held"])):
            continue
        if town is None or day is None or (organisation and organisation.value != "NATO"):
            continue
        about = organisation is not None or "NATO" in context.text
        yield StatedClaim(
            "summit",
            sentence.span(match),
            slots(
                place=town.text,
                day=day,
                unnamed=None if about else True,
                mentioned=None if match["held"] else True,
                past=True if re.search(_PAST, match["held"] or "") else None,
            ),
            modality(sentence, match.start(), match.end(), verb=match["held"] or " "),
        )
        return


def _check_summit(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the place and time of a summit; a meeting may last into the days after its first."""
    stated = resolve(claim["day"], day)
    if stated is None or stated.span is None:
        return not_checkable("date_unclear")
    rows = institution_table("summits").rows
    here = [r for r in rows if r["place"] == claim["place"]]
    evidence = tuple(
        table_evidence("summits", r, f"{r['place']} summit from {r['start']}", r["start"]) for r in here
    )
    starts = [date.fromisoformat(r["start"]) for r in here]
    if claim.get("past") and stated.span[0] > day:
        return not_checkable("prediction", *evidence)
    if any(stated.span[0] - timedelta(days=2) <= d <= stated.span[1] for d in starts):
        return Finding(SUPPORTED, "match", evidence)
    same = tuple(
        table_evidence("summits", r, f"{r['place']} summit from {r['start']}", r["start"])
        for r in rows
        if r["start"][:4] == str(stated.year)
    )
    if stated.span[0] > day or not (here or same) or any(e.known == "unverified" for e in evidence or same):
        return not_checkable("no_row", *evidence, *same)
    if claim.get("unnamed") and (
        claim["place"] in _MANY_SUMMITS or not any(d.year == stated.year for d in starts)
    ):
        return not_checkable("scope", *evidence, *same, note="The text does not say whose summit it was.")
    return Finding(CONTRADICTED, "differs", (*evidence, *same))


_PAST = r"\b(?:was|were|took|began|opened|started|kicked|hosted|held$|met|gathered|convened|assembled|came)\b"
_MANY_SUMMITS = frozenset(
    (
        "Moscow Kyiv Kiev Washington Berlin Paris London Warsaw Ankara Beijing Budapest Brussels Rome Madrid "
        "Lisbon"
    ).split()
)
"""Places where others hold summits too."""


FINDERS = (_find_summits,)
CHECKS = {"summit": _check_summit}
