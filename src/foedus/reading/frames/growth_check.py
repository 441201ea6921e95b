"""Check growth against what the editions print, in real terms and in current dollars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from foedus.evidence.aggregates import LEFT_OUT, Growth, growth
from foedus.reading.claims import (
    CONTRADICTED,
    SUPPORTED,
    Evidence,
    Finding,
    agreement,
    not_checkable,
)
from foedus.reading.editions import check_years, judge_editions
from foedus.reading.frames.amount_check import CURRENT
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.named_times import NamedTime, judge_over
from foedus.reading.values import Amount
from foedus.units import in_per_cent

__all__ = ["check_growth"]

REAL_CHANGE = "defence_expenditure_real_change"


def check_growth(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check growth: real growth as published, and unless the text says real, growth in current dollars
    too."""
    if claim["scope"] == "EUROPE":
        return not_checkable("scope", note="The ledger has European allies with Canada, and NATO in all.")

    def check(year: int) -> Finding:
        return _growth_in(claim, ledger_index, day, year)

    years = claim["years"]
    if "day" not in years and not years.get("open"):
        # What has grown without a date has done so this year or last.
        last = (day.year - 1, day.year)
        return judge_over(NamedTime("", years=last, likely=last, exact=years.get("tense") != "past"), check)
    return check_years(years, ledger_index, day, check, about=claim["scope"])


def _growth_in(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, year: int) -> Finding:
    """Check growth in one year, in real terms and in current dollars."""
    stated: Amount = claim["rate"]
    figures = ledger_index.figures(REAL_CHANGE, claim["scope"], year)
    missing = ledger_index.editions_not_held(REAL_CHANGE, year, day)
    finding = judge_editions(stated, figures, day, missing=missing)
    nominal = [] if claim.get("real") else _nominal(ledger_index, claim["scope"], year, day)
    shown = (*finding.evidence, *(e for _, e in nominal))
    others = [agreement(stated, value) for value, _ in nominal]
    same = _same_members(ledger_index, claim["scope"], year, day)
    if finding.verdict == SUPPORTED:
        printed = "Growth in real terms, as printed."
        return replace(finding, evidence=(*shown, *(e for _, e in same)), note=finding.note or printed)
    if same and agreement(stated, same[-1][0]) == "agrees":
        note = f"Real growth among the {same[-1][1].text.split('; ')[-1]}; the printed figure counts the members of each year."
        return Finding(SUPPORTED, "match", (*shown, *(e for _, e in same)), note)
    shown = (*shown, *(e for _, e in same))
    if finding.reason == "no_row":
        return not_checkable("prediction" if year > day.year else "no_row", *shown)
    if finding.reason == "superseded":
        return replace(finding, evidence=shown)
    if "agrees" in others:
        return not_checkable("definition", *shown, note="It agrees with growth in current dollars.")
    if "rounding" in others:
        return not_checkable("rounding", *shown)
    if finding.verdict == CONTRADICTED and claim["scope"] in ledger_index.entries:
        note = "An ally's own figures and those of other publishers count otherwise than NATO."
        return not_checkable("definition", *shown, note=note)
    note = _other_scope(claim, ledger_index, year, day) if finding.verdict == CONTRADICTED else finding.note
    return replace(finding, evidence=shown, note=note)


def _same_members(
    ledger_index: LedgerIndex, scope: str, year: int, day: date
) -> list[tuple[float, Evidence]]:
    """Return real growth among the same members by the editions published by a day, where it is not the printed one."""
    out = []
    for figure in published_by(ledger_index.figures(REAL_CHANGE, scope, year), day)[0]:
        grown = _growth_of(ledger_index, figure.card.id, scope, year)
        if grown is None or grown.same_members is None or grown.same_members == grown.printed:
            continue
        text = f"{scope}: real change {year - 1} to {year}; {grown.words}"
        out.append((grown.same_members, replace(figure.evidence, text=text, value=grown.same_members)))
    return out


def _growth_of(ledger_index: LedgerIndex, edition: str, scope: str, year: int) -> Growth | None:
    """Return the growth of an aggregate by one edition; an ally is its own only member."""
    if scope not in LEFT_OUT:
        return None
    return growth(ledger_index.ledger.table(edition), scope, year)


def _other_scope(claim: dict[str, Any], ledger_index: LedgerIndex, year: int, day: date) -> str:
    """Write where a number agrees with the other group, as when "across Europe and Canada" was dropped."""
    other = {"NATO": "NATO_EUR_CAN", "NATO_EUR_CAN": "NATO"}.get(claim["scope"])
    figures = published_by(ledger_index.figures(REAL_CHANGE, other, year), day)[0] if other else []
    if not any(agreement(claim["rate"], f.value) == "agrees" for f in figures):
        return ""
    group = "Europe and Canada" if other == "NATO_EUR_CAN" else "all of NATO"
    return f"It agrees with the figure for {group}: the group named may have been changed."


def _nominal(ledger_index: LedgerIndex, scope: str, year: int, day: date) -> list[tuple[float, Evidence]]:
    """Return growth in current dollars by the editions published by a day that hold both years."""
    now, _ = published_by(ledger_index.figures(CURRENT, scope, year), day)
    before = {f.card.id: f for f in published_by(ledger_index.figures(CURRENT, scope, year - 1), day)[0]}
    out = []
    for figure in now:
        if figure.card.id in before:
            value = figure.value / before[figure.card.id].value - 1.0
            text = f"{scope}: change in current dollars, {year - 1} to {year}, {in_per_cent(value, 1)} %"
            out.append((value, replace(figure.evidence, text=text, value=value)))
    return out
