"""Check amounts against defence expenditure in every price basis, and against the amounts agreed on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, agreement, not_checkable
from foedus.reading.editions import announced, check_years, judge_editions, rounded_down
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.office_terms import table_evidence
from foedus.reading.values import Amount, currencies_of
from foedus.rounding import written

__all__ = ["AMOUNTS", "CURRENT", "check_amount"]

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


def check_amount(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
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
            f"{r['meaning']}, {r['date']}: {written(float(r['value']), grouped=True)} {r['unit']} {r['period']}",
            float(r["value"]),
        )
        for r in rows
    )
    same = [r for r in rows if r["unit"] == stated.currency]
    if any(agreement(replace(stated, comparator="eq"), float(r["value"])) == "agrees" for r in same):
        return Finding(SUPPORTED, "match", evidence)
    return not_checkable("definition" if rows else "no_row", *evidence)
