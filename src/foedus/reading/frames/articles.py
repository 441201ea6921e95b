"""What the treaty's articles say, how often they were used, and how decisions are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.dates import compare_day, resolve
from foedus.reading.ledger_index import LedgerIndex
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.events import (
    ALL_FOR_ONE,
    ARTICLE,
    ATTACKS_2001,
    COLLECTIVE,
    CONSENSUS,
    CONSULT,
    OTHER_LAW,
    UNCOUNTED,
    USES,
)
from foedus.reading.patterns.grammar import fronted_day, modality, slots
from foedus.reading.tagging import Tagged

_NUMBERS = {"three": 3, "four": 4, "five": 5}


def _find_rules(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what a treaty article is said to say, and how decisions are said to be made."""
    text, start = sentence.plain, sentence.offset
    article = ARTICLE.search(text)
    numbers = [int(m[1]) if m[1].isdigit() else _NUMBERS[m[1].lower()] for m in ARTICLE.finditer(text)]
    organisations = {t.value for t in sentence.tags if t.kind == "G"}
    about_nato = "NATO" in organisations or (
        not organisations
        and ("NATO" in context.text or "North Atlantic" in context.text or "alliance" in context.text)
    )
    mutual = ALL_FOR_ONE.search(text)
    if mutual and (about_nato or numbers):
        at = (start + mutual.start(), start + mutual.end())
        number = _article_for("collective_defence", numbers)
        yield StatedClaim(
            "treaty_article",
            at,
            slots(article=number, meaning="collective_defence"),
            _rule_mode(text, mutual),
        )
    elif numbers and article and (about_nato or not (organisations or OTHER_LAW.search(context.text))):
        meaning = "consultation" if CONSULT.search(text) else None
        clause = COLLECTIVE.search(text)
        if clause:
            meaning = "collective_defence"
        if meaning:
            at = (start + article.start(), start + article.end())
            yield StatedClaim(
                "treaty_article",
                at,
                slots(article=_article_for(meaning, numbers), meaning=meaning),
                _rule_mode(text, clause) if clause else "actual",
            )
    rule = CONSENSUS.search(text)
    if rule and about_nato:
        how = (rule["how"] or rule["how2"]).lower()
        at = (start + rule.start(), start + rule.end())
        yield StatedClaim(
            "rule", at, {"rule": "majority" if "majority" in how else "consensus"}, _rule_mode(text, rule)
        )


def _article_for(meaning: str, numbers: list[int]) -> int | None:
    """Return the article that a sentence speaks of: of several, the one that says so."""
    true = int(MEANINGS[meaning])
    return true if true in numbers else (numbers[0] if len(set(numbers)) == 1 else None)


def _rule_mode(text: str, match: re.Match[str]) -> str:
    """Whether what a rule says is stated or denied."""
    around = text[max(0, match.start() - 30) : match.end()]
    return "negated" if re.search(r"\bnot\b|n't\b|\bno longer\b", around) else "actual"


MEANINGS = {"collective_defence": "5", "consultation": "4"}


def _check_article(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check which article says what, by its summary in the ledger."""
    true = MEANINGS[claim["meaning"]]
    row = next(r for r in institution_table("treaty-articles").rows if r["article"] == true)
    evidence = table_evidence(
        "treaty-articles", row, f"Article {row['article']}: {row['summary']}", row["article"]
    )
    stated = claim.get("article")
    if stated is None or str(stated) == true:
        return Finding(SUPPORTED, "match", (evidence,))
    # Collective defence may be spoken of beside another article in the same sentence.
    return (
        not_checkable("definition", evidence)
        if stated in (3, 6, 10, 42)
        else Finding(CONTRADICTED, "differs", (evidence,))
    )


def _check_rule(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check how decisions are made: by consensus in practice; the treaty's text sets no rule of voting."""
    row = next(r for r in institution_table("treaty-articles").rows if r["article"] == "9")
    evidence = table_evidence("treaty-articles", row, f"Article 9: {row['summary']}", "consensus")
    if claim["rule"] == "consensus":
        return Finding(SUPPORTED, "match", (evidence,))
    return not_checkable("definition", evidence)


def _find_uses(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how often, or after what, an article of the treaty is said to have been used."""
    if "Article" not in sentence.plain or OTHER_LAW.search(sentence.plain):
        return
    if not re.search(r"NATO|[Aa]llian|North Atlantic", context.text) and OTHER_LAW.search(context.text):
        return
    for pattern in reversed(USES):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        groups = match.groupdict()
        organisation = sentence.tag(f"⟦{groups['g']}⟧") if groups.get("g") else None
        number = match["n"] or groups.get("n2")
        numbered = sentence.tag(f"⟦{number}⟧") if number else None
        if numbered is None or (organisation and organisation.value != "NATO"):
            continue
        read = _times(sentence, match)
        tail = sentence.plain[sentence.document_index(match.start("tail")) - sentence.offset :]
        day = _use_day(sentence, match)
        attacks = ATTACKS_2001.search(tail)
        if not read and not attacks and day is None:
            continue
        rest = tail[: attacks.start()] if attacks else "" if day else UNCOUNTED.sub("", match["tail"])
        rest = re.sub(r"\bin (?:its|the alliance's|NATO's) (?:\w+ )?history\b", "", rest)
        yield StatedClaim(
            "article_use",
            (sentence.document_index(match.start()), sentence.document_index(match.end(), end=True)),
            slots(
                article=numbered.value.whole,
                **read,
                attacks=True if attacks else None,
                day=None if attacks else day,
                unread=True if re.search(r"\w", rest) else None,
            ),
            modality(sentence, match.start(), match.end(), verb=match[0].replace("never", "")),
        )
        return


def _times(sentence: Tagged, match: re.Match[str]) -> dict[str, Any]:
    """Read how often: a number, none, or for the first time."""
    if match["never"] or (match["times"] or "") == "never":
        return {"count": 0}
    first = sentence.tag(match["first"]) if (match["first"] or "").startswith("⟦") else None
    if match["first"]:
        ordinal = first.value if first else 1
        return {"ordinal": ordinal} if match["first"] != "only" else {"count": 1}
    words = match["once"] or match["times"] or ""
    number = re.search(r"⟦N\d+⟧", words)
    if number:
        tag = sentence.tag(number[0])
        return {"count": tag.value.whole} if tag and tag.value.comparator == "eq" else {}
    return {"count": 2 if "twice" in words else 1} if words else {}


def _use_day(sentence: Tagged, match: re.Match[str]) -> Any:
    """Return the date at which an article is said to have been used."""
    dated = re.match(r",? (?:in|on) ⟦(D\d+)⟧(?=[,.;]|$)", match["tail"])
    tag = sentence.tag(f"⟦{dated[1]}⟧") if dated else None
    return tag.value if tag else fronted_day(sentence, match.start())


def _check_use(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check the uses of an article: the list of Article 5 is complete, and lists of Article 4 differ."""
    rows = [
        r
        for r in institution_table("article-uses").rows
        if r["article"] == str(claim["article"]) and r["date"] <= day.isoformat()
    ]
    if claim["article"] not in (4, 5):
        return not_checkable("no_table")
    evidence = tuple(
        table_evidence("article-uses", r, f"Article {r['article']}, {r['date']}: {r['about']}", r["date"])
        for r in rows
    )
    agrees = []
    if "count" in claim:
        agrees.append(claim["count"] == len(rows))
    if "ordinal" in claim:
        agrees.append(1 <= claim["ordinal"] <= len(rows))
    if claim.get("attacks"):
        agrees.append(claim["article"] == 5 and bool(rows))
    if "day" in claim:
        stated = resolve(claim["day"], day)
        if stated is None:
            return not_checkable("date_unclear", *evidence)
        agrees.append(any(compare_day(stated, date.fromisoformat(r["date"])) == "agrees" for r in rows))
    if claim.get("unread"):
        return not_checkable("vague", *evidence)
    if all(agrees):
        return Finding(SUPPORTED, "match", evidence) if evidence else not_checkable("no_row")
    if claim["article"] == 4 or not rows:
        return not_checkable("definition", *evidence)
    return Finding(CONTRADICTED, "differs", evidence)


FINDERS = (_find_rules, _find_uses)
CHECKS = {"treaty_article": _check_article, "rule": _check_rule, "article_use": _check_use}
