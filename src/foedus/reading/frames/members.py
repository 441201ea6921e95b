"""How many allies there are, and when the Alliance was founded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    StatedClaim,
    agreement,
    not_checkable,
)
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex, table_evidence
from foedus.reading.patterns.grammar import ALLIANCE, FRONTED, fronted_day, modality, slots
from foedus.reading.patterns.members import (
    COUNTS,
    ELSEWHEN,
    FOUNDED,
    FOUNDED_FIRST,
    FOUNDED_FRONTED,
    FOUNDERS,
    FOUNDING,
    SPEAKS_OF_OTHERS,
)
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.values import Amount, Day

__all__ = ["CHECKS", "FINDERS"]


def is_nato(sentence: Tagged, token: str | None) -> bool | None:
    """Whether an organisation's token is NATO; None without a token."""
    tag = sentence.tag(f"⟦{token}⟧") if token else None
    return None if tag is None else tag.value == "NATO"


def _find_counts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how many allies there are said to be."""
    if "⟦N" not in sentence.text:
        return
    founders = FOUNDERS.search(sentence.text)
    stated = sentence.tag(f"⟦{founders['n']}⟧") if founders and about_nato(sentence, context) else None
    if founders and stated:
        yield StatedClaim(
            "membership_count", sentence.span(founders), {"count": stated.value, "founding": True}
        )
    for pattern in COUNTS:
        match = pattern.search(sentence.text)
        if match is None or not _counts_allies(sentence, match, context):
            continue
        groups = match.groupdict()
        tag, day = sentence.tag(f"⟦{match['n']}⟧"), _day_counted(sentence, match)
        factive = groups.get("verb") is None and groups.get("self") is None
        verb = groups.get("verb") or match[0]
        yield StatedClaim(
            "membership_count",
            sentence.span(match),
            slots(
                count=tag and tag.value,
                day=day and day.value,
                ratified=True if re.search(r"ratif|accession|protocol", sentence.plain) else None,
                others=True if groups.get("our") else None,
                undated=True if day is None and _is_past(sentence, match) else None,
            ),
            "actual" if factive else modality(sentence, match.start(), match.end(), verb=verb),
        )
        return


def _counts_allies(sentence: Tagged, match: re.Match[str], context: Context) -> bool:
    """Whether a number is that of all allies of NATO, and is not denied."""
    if SPEAKS_OF_OTHERS.search(match[0]) or sentence.tag(f"⟦{match['n']}⟧") is None:
        return False
    groups = match.groupdict()
    nato = is_nato(sentence, groups.get("g"))
    if nato is False or (nato is None and not about_nato(sentence, context)):
        return False
    if not _plausible(sentence, match):
        return False
    return not (groups.get("all") and re.search(r"\b[Nn]ot $", sentence.text[: match.start()]))


def _day_counted(sentence: Tagged, match: re.Match[str]) -> Tag | None:
    """Return the date for which a number is given: at the start of the sentence, or right after it."""
    when = re.search(r"^(?:In|By|On|Since|Before|After) (?:the end of )?⟦(D\d+)⟧", sentence.text) or re.match(
        r",? (?:in|by|since|from|as of|at the end of) (?:the end of )?⟦(D\d+)⟧",
        sentence.text[match.end() :],
    )
    return sentence.tag(f"⟦{when[1]}⟧") if when else None


def _is_past(sentence: Tagged, match: re.Match[str]) -> bool:
    """Whether a number of allies is one of the past."""
    if match.groupdict().get("verb") in PAST_VERBS or ELSEWHEN.search(sentence.plain):
        return True
    return re.search(r"\b[Tt]here were (?:\w+ )?$", sentence.text[: match.start()]) is not None


PAST_VERBS = {"There were", "there were", "had", "counted", "comprised", "consisted of", "numbered"}
LEAST_ALL = 25
"""Fewer than this, "all three allies" means some that were named before."""


def _plausible(sentence: Tagged, match: re.Match[str]) -> bool:
    """Whether a number may be that of all allies, and not of a smaller group or of another union."""
    groups = match.groupdict()
    tag = sentence.tag(f"⟦{match['n']}⟧")
    if groups.get("article") and not re.search(
        r"⟦G\d+⟧(?:,| is| remains| was) $", sentence.text[: match.start()]
    ):
        return groups.get("g") is not None
    small = tag is not None and tag.value.value < LEAST_ALL
    if (groups.get("all") or groups.get("self") or groups.get("our")) and small:
        return False
    if groups.get("bare"):
        # "Six countries in NATO" are some of them; "the 32 countries in NATO" and "there are 32" are all.
        before = sentence.text[: match.start()]
        existential = re.search(r"\b[Tt]here (?:are|were) (?:\w+ )?$", before)
        if not existential and (small or not re.search(r"\b(?:[Tt]he|[Aa]ll|[Aa]ll the|[Ii]ts) $", before)):
            return False
    named = re.search(r"NATO|[Aa]llies|[Aa]lliance", sentence.plain) is not None
    return named or not groups.get("all")


def about_nato(sentence: Tagged, context: Context) -> bool:
    """Whether a sentence, or else the whole text, speaks of NATO and of no other union."""
    organisations = {t.value for t in sentence.tags if t.kind == "G"}
    if "NATO" in organisations or ALLIANCE.search(sentence.plain) or "Atlantic Treaty" in sentence.plain:
        return not organisations & {
            "European Union",
            "United Nations",
            "European Council",
            "European Commission",
        }
    near = {t.value for t in context.tags_in(max(0, sentence.offset - 400), sentence.offset) if t.kind == "G"}
    return (
        not organisations
        and not near & {"European Union", "United Nations"}
        and any(t.value == "NATO" for t in context.tags)
    )


def _check_count(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how many allies there are on the day of the text, or in the year that the text names."""
    stated: Amount = claim["count"]
    if claim.get("founding"):
        count = ledger_index.member_count(date(1949, 12, 31))
        evidence = _count_evidence(count, date(1949, 8, 24))
        return _counted(stated, {count}, (evidence,))
    named: Day | None = claim.get("day")
    if named is not None:
        resolved = resolve(named, day)
        if resolved is None or resolved.span is None:
            return not_checkable("date_unclear")
        first, last = resolved.span
        # A year that began before the day of the text ends, for the text, on its day.
        last = min(last, day) if first <= day else last
        counts = {
            ledger_index.member_count(d)
            for d in (first, last, *(d for d in ledger_index.entry_order if first <= d <= last))
        }
        rows = tuple(_count_evidence(ledger_index.member_count(d), d) for d in sorted({first, last}))
        if first > day:
            return not_checkable("prediction", *rows)
        return _counted(stated, counts, rows)
    count = ledger_index.member_count(day)
    rows = (_count_evidence(count, day),)
    if claim.get("undated"):
        same = agreement(stated, count, exact=True) == "agrees"
        return Finding(SUPPORTED, "match", rows) if same else not_checkable("date_unclear", *rows)
    # Those who ratified an accession were the allies of before it.
    earlier = {ledger_index.member_count(d) for d in ledger_index.entry_order if d <= day} - {count}
    if claim.get("ratified") and stated.whole in earlier:
        return not_checkable("date_unclear", *rows)
    if claim.get("others"):
        if stated.whole in (count, count - 1):
            return Finding(SUPPORTED, "match", rows, "A member speaking of its allies may leave itself out.")
        return not_checkable("definition", *rows)
    return _counted(stated, {count}, rows)


def _counted(stated: Amount, counts: set[int], rows: tuple[Evidence, ...]) -> Finding:
    """Compare a stated number of allies with the numbers there were."""
    results = {agreement(stated, n, exact=True) for n in counts}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", rows)
    if "rounding" in results:
        return not_checkable("rounding", *rows)
    return Finding(CONTRADICTED, "differs", rows)


def _count_evidence(count: int, day: date) -> Evidence:
    """Make evidence of the number of allies on a day."""
    row = {"known": "press"}
    return table_evidence("members", row, f"{count} allies on {day}", float(count))


def _find_founding(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find when the Alliance is said to have been founded."""
    if not re.search(
        r"found|establish|creat|form|set up|sign|incep|born|launch", sentence.text, re.IGNORECASE
    ):
        return
    fronted = (FOUNDED_FRONTED,) if FRONTED.match(sentence.text) else ()
    for pattern in (FOUNDED, *fronted, FOUNDED_FIRST, FOUNDING):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        organisations = {t.value for t in sentence.all(match[0]) if t.kind == "G"}
        if organisations - {"NATO"} or not about_nato(sentence, context):
            continue
        groups = match.groupdict()
        tag = sentence.tag(f"⟦{match['day']}⟧") if groups.get("day") else None
        day = tag.value if tag else fronted_day(sentence, match.start())
        where = sentence.all(groups.get("where")) or groups.get("where")
        if where and not (isinstance(where, list) and where[0].text == "Washington"):
            continue
        if day is None or day.year is None:
            continue
        if re.search(r"\bsigned\b", match[0]) and "reaty" not in match[0]:
            continue
        yield StatedClaim(
            "founding_year",
            sentence.span(match),
            {"day": day},
            modality(sentence, match.start(), match.end(), verb=groups.get("verb") or " "),
        )
        return


def _check_founding(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the founding: the treaty was signed on one day and in force on another of the same year."""
    row = next(r for r in institution_table("events").rows if r["event"] == "nato-founded")
    evidence = (
        table_evidence("events", row, f"{row['meaning']}: {row['date']}", row["date"]),
        ledger_index.entries["USA"][1],
    )
    days = (date.fromisoformat(row["date"]), ledger_index.entries["USA"][0])
    results = {compare_day(claim["day"], d) for d in days}
    if "agrees" in results:
        return Finding(SUPPORTED, "match", evidence)
    return (
        Finding(CONTRADICTED, "differs", evidence)
        if results == {"differs"}
        else not_checkable("date_unclear", *evidence)
    )


FINDERS = (_find_counts, _find_founding)
CHECKS = {"membership_count": _check_count, "founding_year": _check_founding}
