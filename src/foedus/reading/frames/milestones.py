"""Milestones of the Alliance: Crimea, anniversaries, invitations given or not, and who ratified first or last."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.evidence.records import record_rows
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.frames.naming import claim_of, named
from foedus.reading.frames.stating import slots
from foedus.reading.frames.topics import about_nato, is_alliance
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.named_times import named_time
from foedus.reading.office_terms import table_evidence
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed, country_of
from foedus.reading.trees.parse import Node
from foedus.reading.trees.truth import truth_of
from foedus.reading.trees.types import Truth
from foedus.reading.values import Day

__all__ = ["CHECKS", "FINDERS"]

_ANNEX = frozenset(["annexed", "annexes", "annexation", "seized", "seizure", "occupied"])
_INVITE = frozenset(["invited", "invite", "invites", "inviting", "invitation", "invitations"])
_RATIFY = re.compile(r"\b(?:ratif\w+|approv\w+|endors\w+|back(?:ed|s)?|sign(?:ed)? off)\b")
_ENTRY = re.compile(r"\b(?:accession|membership|entry|bid|admission|join\w*|protocols?|application)\b")
_TO_JOIN = re.compile(r"\bto (?:join|become|begin accession|enter)\b|\bto (?:nato )?membership\b")
_TO_DO = re.compile(
    r"^(?: (?:NATO|of))?(?: (?:ally|member|country|nation|state|parliament|one|NATO|the|allies|31|30)){0,4} to \w+"
)
_THE = re.compile(r"(?<!one of )(?<!among )\b[Tt]he (?:very )?$")
_CARD = "accession"


def _find_annexation(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find when Crimea is said to have been annexed."""
    parsed = context.parsed(sentence)
    if parsed is None or "Crimea" not in parsed.text:
        return
    tree = parsed.tree
    for node in tree.nodes:
        if node.word not in _ANNEX or "crimea" not in tree.words(node):
            continue
        below = [n for n in tree.subtree(node) if n.tag is not None and n.tag.kind == "D"]
        dates = [n.tag for n in below if n.tag is not None and n.tag.value.year is not None]
        if not dates:
            continue
        verb = tree.verb_of(node)
        truth, _ = truth_of(tree, node) if node.pos[:2] == "VB" else (Truth.ASSERTED, "")
        # What is dated in a clause of time, or as a noun, is named and not told.
        passing = node.pos[:2] != "VB" or (verb is not None and verb.dep == "advcl")
        modality = Truth.ASSERTED if truth in (Truth.NOT_FINITE,) else truth
        span = (node.span[0], max(dates[0].end, node.span[1]))
        yield StatedClaim(
            "event_year",
            span,
            slots(event="annexation-of-crimea", day=dates[0].value, mentioned=True if passing else None),
            modality.value,
            consumed=(span, (dates[0].start, dates[0].end)),
        )
        return


def _find_anniversaries(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find which anniversary of the Alliance is said to fall in a year."""
    parsed = context.parsed(sentence)
    if parsed is None or "anniversary" not in parsed.text:
        return
    tree = parsed.tree
    for node in tree.nodes:
        if node.word != "anniversary":
            continue
        ordinals = [n.tag for n in tree.subtree(node) if n.tag is not None and n.tag.kind == "K"]
        if not ordinals or not _of_nato(parsed, context, node):
            continue
        verb = tree.verb_of(node) or node
        place = Tag("K", ordinals[0].start, node.span[1], ordinals[0].value, "")
        yield claim_of(
            "anniversary", parsed, verb, [place], slots(ordinal=ordinals[0].value), value=ordinals[0]
        )


def _of_nato(parsed: Parsed, context: Context, node: Node) -> bool:
    """Whether an anniversary is the Alliance's: by its owner, and of nothing that it did."""
    tree = parsed.tree
    owners = tree.children(node, "poss")
    owners += [o for p in tree.children(node, "prep") for o in tree.children(p, "pobj")]
    if any(is_alliance(parsed, o.tag, o.word) or o.word in ("founding", "treaty") for o in owners):
        return about_nato(parsed.text, parsed.tags, context, tree.offset)
    subject = tree.subject_of(v) if (v := tree.verb_of(node)) is not None else None
    by_pronoun = any(o.word == "its" for o in owners) and subject is not None
    return by_pronoun and subject is not None and is_alliance(parsed, subject.tag, subject.word)


def _find_invitations(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find to whom an invitation to join is said to have been given, or not."""
    parsed = context.parsed(sentence)
    if parsed is None or "nvit" not in parsed.text:
        return
    if not about_nato(parsed.text, parsed.tags, context, parsed.tree.offset):
        return
    tree = parsed.tree
    for verb in tree.nodes:
        if verb.word not in _INVITE or verb.pos[:2] != "VB" or not _TO_JOIN.search(tree.words(verb)):
            continue
        passive = bool(tree.children(verb, "auxpass"))
        whom = [tree.subject_of(verb)] if passive else tree.children(verb, "dobj", "nsubj")
        names = [t for n in whom if n is not None for t in named(parsed, n)]
        names += [
            t
            for c in tree.children(verb, "ccomp")
            for s in tree.children(c, "nsubj")
            for t in named(parsed, s)
        ]
        if names:
            items = slots(countries=[country_of(t) for t in names])
            yield claim_of("invitation", parsed, verb, names, items)
            return


def _find_ratifiers(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find who is said to have been the first or the last to ratify an accession."""
    parsed = context.parsed(sentence)
    if parsed is None or not _RATIFY.search(parsed.text) or not _ENTRY.search(parsed.text):
        return
    tree = parsed.tree
    for node in tree.nodes:
        if node.word not in ("last", "first", "final"):
            continue
        verb = tree.verb_of(node)
        subject = tree.subject_of(verb) if verb is not None else None
        names = named(parsed, subject) if subject is not None else []
        rest = [t for t in parsed.tags if t.kind in "CJ" and t.start > node.span[1] and country_of(t)]
        after = parsed.after(node.span[1])
        before = parsed.before(node.span[0])
        if verb is None or len(names) != 1 or not rest or not _TO_DO.match(after) or not _THE.search(before):
            continue
        acceding = list(dict.fromkeys(country_of(t) for t in rest))
        items = slots(
            country=country_of(names[0]), acceding=acceding, place="first" if node.word == "first" else "last"
        )
        spans = tuple((t.start, t.end) for t in rest)
        yield claim_of("ratification", parsed, verb, names, items, also=(node.span, *spans))
        return


def _check_anniversary(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check an anniversary by the year of the founding."""
    row = next(r for r in institution_table("events").rows if r["event"] == "nato-founded")
    founded = date.fromisoformat(row["date"]).year
    evidence = table_evidence("events", row, f"{row['meaning']}: {row['date']}", row["date"])
    named_day: Day | None = claim["years"].get("day")
    year = day.year if named_day is None else named_day.year or day.year + (named_day.relative or 0)
    if claim["years"].get("open"):
        return not_checkable("date_unclear", evidence)
    if founded + claim["ordinal"] == year:
        return Finding(SUPPORTED, "match", (evidence,))
    # Without a date the text may tell of another year.
    return (
        Finding(CONTRADICTED, "differs", (evidence,))
        if named_day
        else not_checkable("date_unclear", evidence)
    )


def _row(text: str, day: str, known: str) -> Evidence:
    """Make evidence of a row of the record of accessions."""
    return Evidence(text, day, _CARD, _CARD, None, known)


def _check_invitation(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check an invitation by the record of rounds, which has all of them."""
    rounds = [r for r in record_rows("accession", "rounds") if r["invitation"] <= day.isoformat()]
    given = [next((r for r in rounds if c in r["acceding"].split()), None) for c in claim["countries"]]
    rows = tuple(
        _row(f"{r['acceding']} invited on {r['invitation']}", r["invitation"], r["known"])
        for r in given
        if r is not None
    )
    if any(c in ledger_index.entries and r is None for c, r in zip(claim["countries"], given, strict=True)):
        return not_checkable("no_row", *rows)
    if claim.get("negated"):
        last = rounds[-1]
        newest = _row(
            f"last invited: {last['acceding']}, {last['invitation']}", last["invitation"], last["known"]
        )
        right = all(r is None for r in given)
        return Finding(SUPPORTED, "match", (newest,)) if right else not_checkable("date_unclear", *rows)
    if any(r is None for r in given):
        return not_checkable("no_row", *rows, note="The record of invitations has none for it.")
    days = [date.fromisoformat(r["invitation"]) for r in given if r is not None]
    words, stated_day = claim["years"].get("open", ""), claim["years"].get("day")
    time = named_time(words, ledger_index, day) if words else None
    resolved = resolve(stated_day, day) if stated_day is not None else None
    if (words and (time is None or not time.exact)) or (stated_day is not None and resolved is None):
        return not_checkable("date_unclear", *rows)
    if time is not None:
        right = all(d.year in time.years for d in days)
    else:
        right = resolved is None or {compare_day(resolved, d) for d in days} == {"agrees"}
    return Finding(SUPPORTED, "match", rows) if right else Finding(CONTRADICTED, "differs", rows)


def _check_ratifier(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check who ratified first or last, in rounds of which every ally's step is recorded."""
    last = claim["place"] == "last"
    verdicts: list[Finding] = []
    for acceding in claim["acceding"]:
        steps = [r for r in record_rows("accession", "steps") if acceding in r["acceding"].split()]
        entry = ledger_index.entries.get(acceding)
        if entry is None or not steps or (last and entry[0] > day):
            return not_checkable("no_row")
        ends = {
            ally: max(r["latest"] for r in steps if r["ally"] == ally) for ally in {r["ally"] for r in steps}
        }
        edge = max(ends.values()) if last else min(ends.values())
        at_edge = sorted(ally for ally, when in ends.items() if when == edge)
        evidence = _row(
            f"{acceding}: {claim['place']} to ratify {', '.join(at_edge)}, {edge}", edge, steps[0]["known"]
        )
        signed = next(
            r["signed"] for r in record_rows("accession", "rounds") if acceding in r["acceding"].split()
        )
        whole = len(ends) >= ledger_index.member_count(date.fromisoformat(signed))
        if claim["country"] in at_edge:
            verdicts.append(Finding(SUPPORTED, "match", (evidence,)))
        elif last and whole and len(at_edge) == 1:
            verdicts.append(Finding(CONTRADICTED, "differs", (evidence,)))
        else:
            verdicts.append(not_checkable("no_row", evidence))
    same = all(v.verdict == verdicts[0].verdict for v in verdicts)
    return verdicts[0] if same else not_checkable("date_unclear", *(e for v in verdicts for e in v.evidence))


FINDERS = (_find_annexation, _find_anniversaries, _find_invitations, _find_ratifiers)
CHECKS = {
    "anniversary": _check_anniversary,
    "invitation": _check_invitation,
    "ratification": _check_ratifier,
}
