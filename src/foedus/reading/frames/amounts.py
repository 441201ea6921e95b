"""How much money is said to be spent on defence, and what amounts were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.editions import announced, check_years, judge_editions, rounded_down
from foedus.reading.frames.bases import speaks_of_defence
from foedus.reading.frames.shares import DEFENCE
from foedus.reading.frames.stating import slots, stated
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.office_terms import table_evidence
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import SPENDING, Parsed, bind
from foedus.reading.trees.times import stated_in
from foedus.reading.trees.types import Source
from foedus.reading.values import Amount, currencies_of

__all__ = ["AMOUNTS", "CHECKS", "CURRENT", "FINDERS"]

CURRENT = "defence_expenditure_current_usd"
OWN_CURRENCY = "defence_expenditure_current_lcu"
NATIONAL = "National budgets and other publishers count otherwise than NATO."
CHANCE = 0.01
"""How coarse a sum in an ally's own currency may be stated, as a part of it, and still not agree by chance."""
OTHER_DEFINITION = {True: 3.0, False: 1.5}
"""The factor beyond which no other definition explains a sum: of one ally, and of a group of allies."""
AMOUNTS = (
    CURRENT,
    "defence_expenditure_constant_usd_2021",
    "defence_expenditure_constant_usd_2015",
)
SPEND = frozenset(
    (
        "spend spends spent spending invest invests invested investing allocate allocates allocated allocating "
        "devote devotes devoted earmark earmarks earmarked budget budgeted budgets put puts pour poured pours"
    ).split()
)
EQUALS = frozenset(
    (
        "is are was were be been reach reached reaches stood stand stands amount amounted amounts total "
        "totalled totaled totals equal equals equalled equaled comes came hit hits rose rise risen rises grew "
        "grown grow exceed exceeded exceeds surpass surpassed surpasses estimated projected put raised "
        "increased boosted fell fallen top topped tops climbed"
    ).split()
)
_ON = re.compile(
    r"^(?: (?:a|per|each|every) (?:year|month|day)| annually|,)?(?: (?:in|this|last) (?:\w+))? (?:on|for|in|into|to|towards?) (?:(?:its|their|the|own|national|collective|overall|total|buying|new) )*(?P<what>\w+(?: \w+)?)"
)
_TIMES = re.compile(
    r"^(?:\d|January|February|March|April|May|June|July|August|September|October|November|December|20|this|last|next|total|all|response|real|current|constant|cash|nominal|fiscal|financial|\w+ (?:year|quarter|terms|prices))"
)
_OTHER_MONEY = re.compile(
    r"\b(?:aid|assistance|help|support(?:ed|ing)?|loan\w*|grant\w*|equipment|procurement|contract\w*|deal|worth|purchase\w*|bought|buy|order\w*|sales?|sold|package|fund|"
    r"cost\w*|more|extra|additional|increase of|gap|shortfall|short|debt|deficit|research|infrastructure|factory|factories|personnel|salaries|Ukraine|exports?|assets|saved|save|special)\b"
)


def _find_amounts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how much money is said to be spent on defence, or agreed on."""
    parsed = context.parsed(sentence)
    if parsed is None or not parsed.values("M"):
        return
    for value in parsed.values("M"):
        bound = bind(parsed, value)
        if bound is None:
            continue
        if _is_agreed(parsed, value):
            yield replace(
                stated(
                    "amount",
                    bound,
                    slots(scope="NATO", amount=value.value, about="UKR", years=stated_in(bound.when)),
                ),
                modality="actual",
            )
        elif bound.whom and not bound.others and _is_understood(parsed, context, value):
            bound = replace(bound, firm=False)
            yield stated(
                "amount", bound, slots(scope=bound.whom, amount=value.value, years=stated_in(bound.when))
            )
        elif bound.whom and not bound.others and _is_spent(parsed, value):
            if re.search(r"\b[Bb]udget", parsed.text) and not bound.source.kind:
                # A national budget follows a national definition.
                bound = replace(bound, source=Source("announced", "budget"))
            yield stated(
                "amount", bound, slots(scope=bound.whom, amount=value.value, years=stated_in(bound.when))
            )


def _is_understood(parsed: Parsed, context: Context, value: Tag) -> bool:
    """Whether an amount is spent on defence because the text is on nothing else: "it will spend $97 billion"."""
    node = parsed.tree.at(value)
    verb = parsed.tree.verb_of(node) if node is not None else None
    if node is None or verb is None or DEFENCE.search(parsed.text) or _OTHER_MONEY.search(parsed.text):
        return False
    ends = re.match(
        r"^(?:$|[.,;)]| (?:in \d{4}|at (?:constant|current)|this year|last year|and|today|now|while|but)\b)",
        parsed.after(value.end),
    )
    plain = (
        verb.word in ("spend", "spends", "spent") and parsed.tree.head(node) is verb and node.dep == "dobj"
    )
    subject = parsed.tree.subject_of(verb)
    total = (
        verb.word in EQUALS and subject is not None and subject.word in ("spending", "expenditure", "outlays")
    )
    return bool((plain or total) and ends and speaks_of_defence(parsed, context))


def _is_spent(parsed: Parsed, value: Tag) -> bool:
    """Whether an amount is what is spent on defence in all, and not on one thing, or as an addition."""
    tree = parsed.tree
    node = tree.at(value)
    if node is None or not DEFENCE.search(parsed.text):
        return False
    if re.match(
        r"^(?:-| (?:more|extra|additional|less|higher|increase|rise|boost|package|deal|fund|contract|loan|aid|worth|of|to|for (?!defen|the military|its military))\b)",
        parsed.after(value.end),
    ):
        return False
    if re.search(
        r"\b(?:by|additional|extra|another|further|of|than|from|worth) (?:an? |some |about )?$",
        parsed.before(value.start),
    ) and not re.search(
        r"\b(?:budget|spending|expenditure|outlays|total|amount|more|less|fewer) (?:of|than) (?:an? |some |about )?$",
        parsed.before(value.start),
    ):
        return False
    spent_on = _ON.match(parsed.after(value.end))
    if spent_on and not DEFENCE.search(spent_on["what"]) and not _TIMES.match(spent_on["what"]):
        return False
    named = [a for a in tree.ancestors(node) if a.word in SPENDING and not tree.is_clause(a)]
    verb = tree.verb_of(node)
    if verb is None:
        return any(DEFENCE.search(tree.words(n)) for n in named)
    clause = tree.clause_nodes(verb)
    words = parsed.between(clause[0].span[0], clause[-1].span[1])
    if _OTHER_MONEY.search(words.replace(parsed.between(value.start, value.end), "")) and not named:
        return False
    if verb.word in SPEND:
        return DEFENCE.search(words) is not None
    things = [*named, *tree.children(verb, "nsubj", "nsubjpass", "dobj")]
    subject = tree.subject_of(verb)
    things += [subject] if subject is not None else []
    spending = [t for t in things if t.word in SPENDING and DEFENCE.search(tree.words(t))]
    return (verb.word in EQUALS and bool(spending)) or bool(named and spending)


def _is_agreed(parsed: Parsed, value: Tag) -> bool:
    """Whether an amount is one that the allies agreed on for Ukraine."""
    tree = parsed.tree
    node = tree.at(value)
    verb = tree.verb_of(node) if node is not None else None
    agreed = re.search(r"\b(?:pledged?|committed|promised|agreed|provide)\b", parsed.before(value.start))
    allies = re.search(r"\b(?:NATO|[Aa]llies|[Ll]eaders|[Ss]ummit)\b", parsed.before(value.start))
    ukraine = any(t.kind == "C" and t.value == "UKR" for t in parsed.tags if t.start > value.end)
    yearly = re.search(r"year|annual|summit|baseline|minimum", parsed.text)
    return bool(verb is not None and agreed and allies and ukraine and yearly)


def _check_amount(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check an amount against defence expenditure in every price basis, or against the amounts agreed on."""
    stated: Amount = claim["amount"]
    if claim.get("about"):
        return _agreed(claim, stated, day)
    if claim["scope"] == "EUROPE":
        return not_checkable("scope")
    country = claim["scope"] if claim["scope"] in ledger_index.entries else ""
    if stated.currency != "USD" and not (country and stated.currency in currencies_of(country)):
        return not_checkable(
            "no_row", note="The ledger has figures in US dollars and in the ally's own currency."
        )

    def check(year: int) -> Finding:
        if stated.currency != "USD":
            return _own_currency(claim, ledger_index, day, year)
        return _amount_in(claim, ledger_index, day, year)

    return check_years(claim["years"], ledger_index, day, check, about=claim["scope"])


def _own_currency(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, year: int) -> Finding:
    """Check a sum in an ally's own currency: national budgets count otherwise, so nothing is contradicted."""
    stated, country = claim["amount"], claim["scope"]
    figures = ledger_index.figures(OWN_CURRENCY, country, year)
    plan = announced(country, year, stated, day)
    finding = judge_editions(stated, figures, day, plan=plan)
    if finding.verdict == CONTRADICTED:
        return not_checkable("definition", *finding.evidence, note=NATIONAL)
    if finding.verdict == SUPPORTED and stated.unit > CHANCE * stated.value:
        note = "It agrees with NATO's table, and so coarse a sum may be a national budget as well."
        return not_checkable("definition", *finding.evidence, note=note)
    if finding.reason == "no_row" and year > day.year:
        return replace(finding, reason="prediction")
    return finding


def _amount_in(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, year: int) -> Finding:
    """Check an amount in one year, in every price basis; only current prices decide."""
    stated: Amount = claim["amount"]
    current = ledger_index.figures(CURRENT, claim["scope"], year)
    missing = ledger_index.editions_not_held(CURRENT, year, day)
    finding = judge_editions(stated, current, day, missing=missing)
    others = [
        f
        for indicator in AMOUNTS
        if indicator != CURRENT
        for f in published_by(ledger_index.figures(indicator, claim["scope"], year), day)[0]
    ]
    shown = (*finding.evidence, *(f.evidence for f in others[-2:]))
    if finding.verdict == SUPPORTED:
        note = finding.note or "In current prices and exchange rates."
        return replace(finding, evidence=shown, note=note)
    if finding.reason in ("no_row", "differs", "quoted_only", "edition_not_held"):
        if any(agreement(stated, f.value) == "agrees" for f in others):
            return not_checkable("definition", *shown, note="It agrees with another price basis or edition.")
        if any(rounded_down(stated, f.value) for f in others):
            return not_checkable("rounded_down", *shown)
    if finding.reason == "no_row":
        reason = "prediction" if year > day.year else "definition" if others else "no_row"
        return not_checkable(reason, *shown)
    wide = OTHER_DEFINITION[claim["scope"] in ledger_index.entries]
    ratios = [stated.value / f.value for f in current if f.value]
    if finding.verdict == CONTRADICTED and any(1 / wide < ratio < wide for ratio in ratios):
        return not_checkable("definition", *shown, note=NATIONAL)
    return replace(finding, evidence=shown)


def _agreed(claim: dict[str, Any], stated: Amount, day: date) -> Finding:
    """Compare an amount with those that allies agreed on."""
    rows = [
        r
        for r in institution_table("agreed-amounts").rows
        if r["subject"] == claim["about"] and r["date"] <= day.isoformat()
    ]
    evidence = tuple(
        table_evidence(
            "agreed-amounts",
            r,
            f"{r['meaning']}, {r['date']}: {float(r['value']):,.0f} {r['unit']} {r['period']}",
            float(r["value"]),
        )
        for r in rows
    )
    same = [r for r in rows if r["unit"] == stated.currency]
    if any(agreement(replace(stated, comparator="eq"), float(r["value"])) == "agrees" for r in same):
        return Finding(SUPPORTED, "match", evidence)
    return not_checkable("definition" if rows else "no_row", *evidence)


FINDERS = (_find_amounts,)
CHECKS = {"amount": _check_amount}
