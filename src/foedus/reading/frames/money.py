"""Money: how much is spent, by how much it grew, whose part it is, and what amounts were agreed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.evidence.institutions import institution_table
from foedus.reading.claims import CONTRADICTED, SUPPORTED, Evidence, Finding, Found, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.frames.grammar import modality, slots
from foedus.reading.frames.spending import stated_years, years_meant
from foedus.reading.values import Amount
from foedus.reading.tagging import Tagged
from foedus.reading.world import World, published_by, table_evidence

__all__ = ["CHECKS", "FINDERS"]

REAL_CHANGE = "defence_expenditure_real_change"
CURRENT = "defence_expenditure_current_usd"
AMOUNTS = (
    CURRENT, "defence_expenditure_constant_usd_2021", "defence_expenditure_constant_usd_2015", "defence_expenditure_current_lcu"
)  # fmt: skip
_SPENDING = r"(?:[Dd]efen[cs]e|[Mm]ilitary) (?:spending|expenditures?|budgets?|outlays?|investments?)"
_SCOPE = (
    r"(?P<scope>(?:⟦G\d+⟧(?:'s)? )?European (?:⟦G\d+⟧ )?(?:allies|members|nations|countries|⟦G\d+⟧ (?:allies|members))(?: of ⟦G\d+⟧)? and ⟦C\d+⟧|(?:⟦G\d+⟧ )?Europe(?:an allies)? and ⟦C\d+⟧|European (?:allies|⟦G\d+⟧ (?:allies|members)|members)|⟦G\d+⟧(?: (?:allies|members|member (?:states|countries)|countries))?|(?:the )?[Aa]lli(?:es|ance)|⟦C\d+⟧|⟦J\d+⟧)"
)
_GREW = re.compile(
    _SCOPE + r"(?P<aux>(?: (?:has|have|had|will|would|jointly|together|collectively|also|are expected to|is expected to|expected to))*) (?P<verb>raised|raise|increased?|boosted|boost|grew|hiked|lifted|cut|reduced)(?: (?:their|its|the|overall|combined))* " + _SPENDING + r"(?P<between>[^.;⟦\"]{0,30}?)(?:by )?(?:(?:a )?(?:record|real) )?⟦(?P<rate>R\d+)⟧(?!(?: of|-of)[ -](?:GDP|gross))(?P<real> in real terms)?"
)
_ROSE = re.compile(
    _SPENDING + r"(?: (?:by|of|across|among|in) (?:the )?" + _SCOPE.replace("?P<scope>", "?P<scope>") + r")?(?P<aux>(?: (?:has|have|had|will|would|is expected to|are expected to))*) (?P<verb>rose|risen|rise|grew|grow|grown|increased?|jumped|surged|climbed|went up|fell|dropped|declined)(?: by)?(?: (?:an? )?(?:estimated|record|real))? ?⟦(?P<rate>R\d+)⟧(?!(?: of|-of)[ -](?:GDP|gross))(?P<real> in real terms)?"
)
_OWN_ROSE = re.compile(
    _SCOPE + r"(?:'s|')? " + _SPENDING + r"(?P<aux>(?: (?:has|have|had|will|would|is expected to|are expected to))*) (?P<verb>rose|risen|rise|grew|grow|grown|increased?|jumped|surged|climbed|fell|dropped|declined)(?: by)?(?: (?:an? )?(?:estimated|record|real))? ?⟦(?P<rate>R\d+)⟧(?!(?: of|-of)[ -](?:GDP|gross))(?P<real> in real terms)?"
)


def _scope(sentence: Tagged, text: str | None) -> str | None:
    """Give the country or aggregate a group of words means; "EUROPE" for a group the ledger does not have."""
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


def find_growth(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find by how much defence spending is said to have grown."""
    if "⟦R" not in sentence.text:
        return
    for pattern in (_GREW, _OWN_ROSE, _ROSE):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        before = sentence.text[: match.start()]
        scope = _scope(sentence, match["scope"])
        if scope and scope not in ("NATO_EUR_CAN", "EUROPE") and re.search(r"Europe(?:an)?(?: allies| members| ⟦G\d+⟧ allies)? and $|(?:⟦[CJ]\d+⟧,? and|⟦[CJ]\d+⟧,) $", before):
            continue
        rate = sentence.tag(f"⟦{match['rate']}⟧")
        if rate is None or scope is None or re.match(r"(?:[- ]point| (?:since|over|compared|from|in the past|a year|annually|per year))", sentence.text[match.end() :]):
            continue
        stated: Amount = rate.value
        if re.match(r"cut|reduced|fell|dropped|declined", match["verb"]):
            stated = replace(stated, value=-stated.value)
        yield Found(
            "growth",
            sentence.span(match),
            slots(scope=scope, rate=stated, years=stated_years(sentence, match["aux"], "met"), real=True if match["real"] else None),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["aux"] + " " + match["verb"]),
        )
        return


def check_growth(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check growth: real growth as published, and unless the text says real, growth in current dollars too."""
    if claim["scope"] == "EUROPE":
        return not_checkable("scope", note="The ledger has European allies with Canada, and NATO in all.")
    stated: Amount = claim["rate"]
    years = years_meant(claim["years"], day)
    if years and "day" not in claim["years"]:
        years = [day.year - 1, day.year]
    if not years:
        return not_checkable("date_unclear")
    verdicts = []
    for year in years:
        known, later = published_by(world.figures(REAL_CHANGE, claim["scope"], year), day)
        shown: list[Evidence] = [f.evidence for f in known] + [replace(f.evidence, later=True) for f in later]
        if not known:
            verdicts.append(not_checkable("prediction" if year > day.year else "no_row", *shown))
            continue
        nominal = [] if claim.get("real") else _nominal(world, claim["scope"], year, day)
        shown += [e for _, e in nominal]
        results = [agreement(stated, f.value) for f in known]
        others = [agreement(stated, value) for value, _ in nominal]
        if results[-1] == "agrees":
            verdicts.append(Finding(SUPPORTED, "match", tuple(shown), "Growth in real terms."))
        elif "agrees" in results:
            verdicts.append(not_checkable("superseded", *shown))
        elif "agrees" in others:
            verdicts.append(not_checkable("definition", *shown, note="It agrees with growth in current dollars."))
        elif "rounding" in results + others:
            verdicts.append(not_checkable("rounding", *shown))
        else:
            verdicts.append(Finding(CONTRADICTED, "differs", tuple(shown)))
    if all(v.verdict == verdicts[0].verdict for v in verdicts):
        return verdicts[-1]
    return not_checkable("date_unclear", *(e for v in verdicts for e in v.evidence))


def _nominal(world: World, scope: str, year: int, day: date) -> list[tuple[float, Evidence]]:
    """Give growth in current dollars by the editions published by a day that hold both years."""
    now, _ = published_by(world.figures(CURRENT, scope, year), day)
    before = {f.card.id: f for f in published_by(world.figures(CURRENT, scope, year - 1), day)[0]}
    out = []
    for figure in now:
        if figure.card.id in before:
            value = figure.value / before[figure.card.id].value - 1.0
            text = f"{scope}: change of expenditure in current dollars, {year - 1} to {year}, {100 * value:.1f} %"
            out.append((value, replace(figure.evidence, text=text, value=value)))
    return out


_SPENT = re.compile(
    _SCOPE + r"(?P<aux>(?: (?:has|have|had|will|would|is expected to|are expected to|collectively|together|jointly|already|now|plans to|should))*) (?P<verb>spends?|spent|invested|allocated|is spending|are spending)(?P<between>[^.;⟦\"]{0,40}?)⟦(?P<money>M\d+)⟧(?P<tail>[^.;⟦\"]{0,40}?\b(?:on|for|in|towards?) (?:its |their |the )?(?:own )?(?:defen[cs]e|military|armed forces)\b)"
)
_AMOUNTED = re.compile(
    _SCOPE + r"(?:'s|')? (?:total |combined |annual )?" + _SPENDING + r"(?P<aux>(?: (?:has|will|would|is expected to|are expected to|to))*) (?P<verb>is|was|reached|stood at|stands at|amounted to|totall?ed|hit|rose to|reach|came to|exceeded)(?P<between>[^.;⟦\"]{0,25}?)⟦(?P<money>M\d+)⟧(?P<tail>)"
)
_PLEDGED = re.compile(
    r"(?P<scope>⟦G\d+⟧(?: (?:allies|members|leaders|countries))?|[Aa]llies|[Ll]eaders|(?:[Tt]he )?(?:Washington )?[Ss]ummit)(?P<aux>(?: (?:has|have|had|also|agreed to|intend to|in ⟦[LD]\d+⟧))*) (?P<verb>pledged?|committed|promised|agreed(?: on| to)?|provide)(?P<between>[^.;\"]{0,60}?)⟦(?P<money>M\d+)⟧(?P<tail>[^.;\"]{0,80}?⟦C\d+⟧[^.;\"]{0,60})"
)


def find_amounts(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find how much money is said to be spent on defence, or agreed on."""
    if "⟦M" not in sentence.text:
        return
    for pattern in (_SPENT, _AMOUNTED, _PLEDGED):
        match = pattern.search(sentence.text)
        if match is None:
            continue
        money = sentence.tag(f"⟦{match['money']}⟧")
        scope = _scope(sentence, match["scope"]) if pattern is not _PLEDGED else "NATO"
        before = sentence.text[: match.start()]
        if money is None or scope is None or re.search(r"Europe(?:an)?(?: allies)? and $|⟦[CJ]\d+⟧,? and $", before):
            continue
        about = None
        if pattern is _PLEDGED:
            if not any(t.value == "UKR" for t in sentence.all(match["tail"])):
                continue
            about = "UKR"
            if not re.search(r"year|annual|summit|baseline|minimum", sentence.plain):
                continue
        yield Found(
            "amount",
            sentence.span(match),
            slots(scope=scope, amount=money.value, about=about, years=stated_years(sentence, match["aux"], match["verb"])),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["aux"] + " " + match["verb"]) if about is None else "actual",
        )
        return


def check_amount(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check an amount against defence expenditure in every price basis, or against the amounts agreed on."""
    stated: Amount = claim["amount"]
    if claim.get("about"):
        return _agreed(claim, stated, day)
    if claim["scope"] == "EUROPE":
        return not_checkable("scope")
    if stated.currency != "USD":
        return not_checkable("no_row", note="The ledger's figures for groups are in US dollars.")
    years = years_meant(claim["years"], day)
    if not years:
        return not_checkable("date_unclear")
    verdicts = []
    for year in years:
        shown: list[Evidence] = []
        results: dict[str, list[str]] = {}
        for indicator in AMOUNTS[:3]:
            known, later = published_by(world.figures(indicator, claim["scope"], year), day)
            shown += [f.evidence for f in known[-2:]] + [replace(f.evidence, later=True) for f in later]
            if known:
                results[indicator] = [agreement(stated, f.value) for f in known]
        if not results:
            verdicts.append(not_checkable("prediction" if year > day.year else "no_row", *shown))
        elif results.get(CURRENT, [""])[-1] == "agrees":
            verdicts.append(Finding(SUPPORTED, "match", tuple(shown), "In current prices and exchange rates."))
        elif any("agrees" in r for r in results.values()):
            verdicts.append(not_checkable("definition", *shown, note="It agrees with another price basis or edition."))
        elif any("rounding" in r for r in results.values()):
            verdicts.append(not_checkable("rounding", *shown))
        elif CURRENT not in results:
            verdicts.append(not_checkable("definition", *shown))
        else:
            verdicts.append(Finding(CONTRADICTED, "differs", tuple(shown)))
    if all(v.verdict == verdicts[0].verdict for v in verdicts):
        return verdicts[-1]
    return not_checkable("date_unclear", *(e for v in verdicts for e in v.evidence))


def _agreed(claim: dict[str, Any], stated: Amount, day: date) -> Finding:
    """Compare an amount with those that allies agreed on."""
    rows = [
        r for r in institution_table("agreed-amounts").rows if r["subject"] == claim["about"] and r["date"] <= day.isoformat()
    ]
    evidence = tuple(
        table_evidence("agreed-amounts", r, f"{r['meaning']}, {r['date']}: {float(r['value']):,.0f} {r['unit']} {r['period']}", float(r["value"]))
        for r in rows
    )
    same = [r for r in rows if r["unit"] == stated.currency]
    if any(agreement(replace(stated, comparator="eq"), float(r["value"])) == "agrees" for r in same):
        return Finding(SUPPORTED, "match", evidence)
    return not_checkable("definition" if rows else "no_row", *evidence)


_PART = re.compile(
    r"⟦(?P<country>C\d+)⟧(?P<aux>(?: (?:still|alone|now|currently|also|has|will))*) (?P<verb>accounts? for|accounted for|makes? up|made up|represents?|contributes?|contributed|provides?|pays?(?: for)?|paid|covers?|shoulders?)(?P<between>[^.;⟦\"]{0,25}?)⟦(?P<rate>R\d+)⟧(?P<whole> of (?:the )?(?:total |overall |combined )?(?:⟦G\d+⟧(?:'s)?|the alliance's|[Aa]lliance's|all)? ?(?:⟦G\d+⟧ )?(?:total |overall |combined )?(?:defen[cs]e|military)? ?(?:spending|expenditures?|budgets?|outlays?))"
)


def find_ratios(sentence: Tagged, context: Context) -> Iterator[Found]:
    """Find what part of the Alliance's spending is said to be one country's."""
    for match in _PART.finditer(sentence.text):
        country, rate = sentence.tag(f"⟦{match['country']}⟧"), sentence.tag(f"⟦{match['rate']}⟧")
        nato = any(t.value == "NATO" for t in sentence.all(match["whole"])) or "lliance" in match["whole"]
        common = re.search(r"\b(?:common|direct|civil|own|annual)\b[^.;]{0,20}(?:fund|budget)|\bNATO's budget", sentence.plain)
        if country is None or rate is None or not nato or common:
            continue
        yield Found(
            "ratio",
            sentence.span(match),
            slots(country=country.value, part=rate.value, years=stated_years(sentence, match["aux"], match["verb"])),
            modality(sentence, match.start("verb"), match.end("verb"), verb=match["aux"] + match["verb"]),
        )


def check_ratio(claim: dict[str, Any], world: World, day: date) -> Finding:
    """Check one country's part of the Alliance's expenditure, in current and in constant prices."""
    stated: Amount = claim["part"]
    years = years_meant(claim["years"], day)
    if not years:
        return not_checkable("date_unclear")
    year = years[-1]
    parts: list[tuple[float, Evidence]] = []
    for indicator in AMOUNTS[:3]:
        own, _ = published_by(world.figures(indicator, claim["country"], year), day)
        whole = {f.card.id: f for f in published_by(world.figures(indicator, "NATO", year), day)[0]}
        for figure in own:
            if figure.card.id in whole:
                value = figure.value / whole[figure.card.id].value
                text = f"{claim['country']}, part of the NATO total, {year}, {indicator}: {100 * value:.1f} %"
                parts.append((value, replace(figure.evidence, text=text, value=value)))
    rows = tuple(e for _, e in parts)
    if not parts:
        return not_checkable("no_row")
    results = {agreement(stated, value) for value, _ in parts}
    if results == {"agrees"}:
        return Finding(SUPPORTED, "match", rows)
    if results == {"differs"}:
        return Finding(CONTRADICTED, "differs", rows)
    return not_checkable("definition" if "agrees" in results else "rounding", *rows)


FINDERS = (find_growth, find_amounts, find_ratios)
CHECKS = {"growth": check_growth, "amount": check_amount, "ratio": check_ratio}
