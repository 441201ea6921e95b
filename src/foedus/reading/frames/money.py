"""Money: how much is spent, by how much it grew, whose part it is, and what amounts were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
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
from foedus.reading.editions import check_years, judge_editions, rounded_down
from foedus.reading.frames.dates import stated_years
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.named_times import NamedTime, judge_over
from foedus.reading.office_terms import table_evidence
from foedus.reading.patterns.grammar import modality, slots
from foedus.reading.patterns.money import AMOUNTED, GREW, OWN_ROSE, PARTS, PLEDGED, ROSE, SPENT
from foedus.reading.tagging import Tagged
from foedus.reading.values import Amount

__all__ = ["CHECKS", "FINDERS"]

REAL_CHANGE = "defence_expenditure_real_change"
CURRENT = "defence_expenditure_current_usd"
AMOUNTS = (
    CURRENT,
    "defence_expenditure_constant_usd_2021",
    "defence_expenditure_constant_usd_2015",
)


def _scope(sentence: Tagged, text: str | None) -> str | None:
    """Return the country or aggregate that words mean; "EUROPE" for a group the ledger does not have."""
    if not text:
        return None
    tags = sentence.all(text)
    if "Europe" in text:
        return "NATO_EUR_CAN" if any(t.value == "CAN" for t in tags) else "EUROPE"
    countries = [t for t in tags if t.kind in "CJ"]
    if countries:
        return str(countries[0].value) if len(countries) == 1 else None
    if any(t.kind == "G" for t in tags):
        return "NATO" if all(t.value == "NATO" for t in tags if t.kind == "G") else None
    return "NATO"


def _find_growth(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find by how much defence spending is said to have grown."""
    if "⟦R" not in sentence.text:
        return
    for pattern in (GREW, OWN_ROSE, ROSE):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        before = sentence.text[: match.start()]
        scope = _scope(sentence, match["scope"])
        if (
            scope
            and scope not in ("NATO_EUR_CAN", "EUROPE")
            and re.search(
                r"Europe(?:an)?(?: allies| members| ⟦G\d+⟧ allies)? and $|(?:⟦[CJ]\d+⟧,? and|⟦[CJ]\d+⟧,) $",
                before,
            )
        ):
            continue
        rate = sentence.tag(f"⟦{match['rate']}⟧")
        if (
            rate is None
            or scope is None
            or re.match(
                r"(?:[- ]point| (?:since|over|compared|from|in the past|a year|annually|per year))",
                sentence.text[match.end() :],
            )
        ):
            continue
        stated: Amount = rate.value
        if re.match(r"cut|reduced|fell|dropped|declined", match["verb"]):
            stated = replace(stated, value=-stated.value)
        yield StatedClaim(
            "growth",
            sentence.span(match),
            slots(
                scope=scope,
                rate=stated,
                years=stated_years(sentence, match["aux"], "met"),
                real=True if match["real"] else None,
            ),
            modality(
                sentence, match.start("verb"), match.end("verb"), verb=match["aux"] + " " + match["verb"]
            ),
        )
        return


def _check_growth(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
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
    if finding.verdict == SUPPORTED:
        return replace(finding, evidence=shown, note=finding.note or "Growth in real terms.")
    if finding.reason == "no_row":
        return not_checkable("prediction" if year > day.year else "no_row", *shown)
    if finding.reason == "superseded":
        return replace(finding, evidence=shown)
    if "agrees" in others:
        return not_checkable("definition", *shown, note="It agrees with growth in current dollars.")
    if "rounding" in others:
        return not_checkable("rounding", *shown)
    note = _other_scope(claim, ledger_index, year, day) if finding.verdict == CONTRADICTED else finding.note
    return replace(finding, evidence=shown, note=note)


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
            text = f"{scope}: change in current dollars, {year - 1} to {year}, {100 * value:.1f} %"
            out.append((value, replace(figure.evidence, text=text, value=value)))
    return out


def _find_amounts(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find how much money is said to be spent on defence, or agreed on."""
    if "⟦M" not in sentence.text:
        return
    for pattern in (SPENT, AMOUNTED, PLEDGED):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        money = sentence.tag(f"⟦{match['money']}⟧")
        scope = _scope(sentence, match["scope"]) if pattern is not PLEDGED else "NATO"
        before = sentence.text[: match.start()]
        if (
            money is None
            or scope is None
            or re.search(r"Europe(?:an)?(?: allies)? and $|⟦[CJ]\d+⟧,? and $", before)
        ):
            continue
        about = None
        if pattern is PLEDGED:
            if not any(t.value == "UKR" for t in sentence.all(match["tail"])):
                continue
            about = "UKR"
            if not re.search(r"year|annual|summit|baseline|minimum", sentence.plain):
                continue
        yield StatedClaim(
            "amount",
            sentence.span(match),
            slots(
                scope=scope,
                amount=money.value,
                about=about,
                years=stated_years(sentence, match["aux"], match["verb"]),
            ),
            modality(
                sentence, match.start("verb"), match.end("verb"), verb=match["aux"] + " " + match["verb"]
            )
            if about is None
            else "actual",
        )
        return


def _check_amount(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check an amount against defence expenditure in every price basis, or against the amounts agreed on."""
    stated: Amount = claim["amount"]
    if claim.get("about"):
        return _agreed(claim, stated, day)
    if claim["scope"] == "EUROPE":
        return not_checkable("scope")
    if stated.currency != "USD":
        return not_checkable("no_row", note="The ledger's figures for groups are in US dollars.")
    return check_years(
        claim["years"],
        ledger_index,
        day,
        lambda year: _amount_in(claim, ledger_index, day, year),
        about=claim["scope"],
    )


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


def _find_ratios(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what part of the Alliance's spending is said to be one country's."""
    if "⟦R" not in sentence.text:
        return
    for match in (m for pattern in PARTS for m in pattern.finditer(sentence.text)):
        country, rate = sentence.tag(f"⟦{match['country']}⟧"), sentence.tag(f"⟦{match['rate']}⟧")
        nato = any(t.value == "NATO" for t in sentence.all(match["whole"])) or "lliance" in match["whole"]
        common = re.search(
            r"\b(?:common|direct|civil|own|annual)\b[^.;]{0,20}(?:fund|budget)|\bNATO's budget",
            sentence.plain,
        )
        if country is None or rate is None or not nato or common:
            continue
        yield StatedClaim(
            "ratio",
            sentence.span(match),
            slots(
                country=country.value,
                part=rate.value,
                loose=None if re.search(r"[Dd]efen[cs]e|[Mm]ilitary", match["whole"]) else True,
                years=stated_years(sentence, match["aux"], match["verb"]),
            ),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["aux"] + match["verb"]),
        )


def _check_ratio(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check one country's part of the Alliance's expenditure, in current and in constant prices."""

    def check(year: int) -> Finding:
        return _ratio_in(claim, ledger_index, day, year)

    return check_years(claim["years"], ledger_index, day, check, about=claim["country"])


def _ratio_in(claim: dict[str, Any], ledger_index: LedgerIndex, day: date, year: int) -> Finding:
    """Check a part of the Alliance's expenditure in one year."""
    stated: Amount = claim["part"]
    parts: list[tuple[float, Evidence]] = []
    whole_table = False
    for indicator in AMOUNTS:
        own, _ = published_by(ledger_index.figures(indicator, claim["country"], year), day)
        whole = {f.card.id: f for f in published_by(ledger_index.figures(indicator, "NATO", year), day)[0]}
        for figure in own:
            if figure.card.id in whole:
                value = figure.value / whole[figure.card.id].value
                text = f"{claim['country']}, part of the NATO total, {year}, {indicator}: {100 * value:.1f} %"
                parts.append((value, replace(figure.evidence, text=text, value=value)))
                whole_table |= figure.whole
    rows = tuple(e for _, e in parts)
    if not parts:
        return not_checkable("no_row")
    results = {agreement(stated, value) for value, _ in parts}
    if "differs" in results and any(abs(value - stated.value) <= stated.unit for value, _ in parts):
        # The part is worked out and not published, so the whole unit is left to rounding.
        results = results - {"differs"} | {"rounding"}
    if results == {"agrees"}:
        return Finding(SUPPORTED, "match", rows)
    if results == {"differs"}:
        # "NATO spending" may be the common budget, whose parts are others.
        if claim.get("loose") or not whole_table:
            return not_checkable("definition" if claim.get("loose") else "quoted_only", *rows)
        return Finding(CONTRADICTED, "differs", rows)
    return not_checkable("definition" if "agrees" in results else "rounding", *rows)


FINDERS = (_find_growth, _find_amounts, _find_ratios)
CHECKS = {"growth": _check_growth, "amount": _check_amount, "ratio": _check_ratio}
