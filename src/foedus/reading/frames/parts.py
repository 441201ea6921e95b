"""What part of the Alliance's spending is said to be one country's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

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
from foedus.reading.editions import check_years
from foedus.reading.frames.amount_check import AMOUNTS
from foedus.reading.frames.stating import slots, stated
from foedus.reading.ledger_index import LedgerIndex, published_by
from foedus.reading.tagging import Tag, Tagged
from foedus.reading.trees.bind import Parsed, bind, country_of
from foedus.reading.trees.times import stated_in
from foedus.reading.values import Amount
from foedus.units import in_per_cent

__all__ = ["CHECKS", "FINDERS"]

_WHOLE = (
    r"(?P<whole>of (?:the )?(?:total |overall |combined |collective |all ){0,8}(?:NATO(?:'s)?|[Aa]lliance's|the [Aa]lliance's|[Aa]llies'|[Aa]llied) "
    r"(?:(?:total|overall|combined|collective|entire|annual|allies'|allied) ){0,8}(?:(?P<defence>defen[cs]e|military) )?(?:spending|expenditures?|budgets?|outlays?|costs?|bill)(?: on defen[cs]e)?)"
)
_AFTER = re.compile(r"^ " + _WHOLE)
_BEFORE = re.compile(
    _WHOLE
    + r" (?:still |now |currently )?(?:is|was|are|stands at|stood at|amounts to|amounted to|reached|of|at|comes to) (?:about |some |only )?$"
)
_FROM = re.compile(
    r"^ (?:still |now |currently |alone |is |was |are |being |comes? |came ){0,8}(?:from|out of|(?:paid|provided|covered|borne|shouldered|made up|spent|contributed|met|accounted for|carried)(?: for)? by|by) (?:the )?$"
)
_COMMON = re.compile(
    r"\b(?:common|direct|civil|own)\b[^.;]{0,20}(?:fund|budget)|\bNATO's (?:annual )?budget\b|\bcommon fund\w*"
)


def _find_ratios(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what part of the Alliance's spending is said to be one country's."""
    parsed = context.parsed(sentence)
    if parsed is None or _COMMON.search(parsed.text):
        return
    for value in parsed.values("R"):
        whole = _AFTER.match(parsed.after(value.end)) or _BEFORE.search(parsed.before(value.start))
        if whole is None:
            continue
        bound = bind(parsed, value)
        country = _source_country(parsed, value, whole) or (bound.subject if bound is not None else None)
        if bound is None or country is None or not country_of(country) or bound.others:
            continue
        same = bound.subject is country
        bound = replace(
            bound,
            subject=country,
            whom=country_of(country),
            firm=bound.when.firm and (bound.firm or not same),
        )
        yield stated(
            "ratio",
            bound,
            slots(
                country=bound.whom,
                part=value.value,
                loose=None if whole["defence"] else True,
                years=stated_in(bound.when),
            ),
        )


def _source_country(parsed: Parsed, value: Tag, whole: re.Match[str]) -> Tag | None:
    """Return the country from which a part is said to come."""
    end = value.end + whole.end()
    for tag in parsed.tags:
        if country_of(tag) and tag.start >= end and _FROM.match(parsed.between(end, tag.start)):
            return tag
    return None


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
                text = f"{claim['country']}, part of the NATO total, {year}, {indicator}: {in_per_cent(value, 1)} %"
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


FINDERS = (_find_ratios,)
CHECKS = {"ratio": _check_ratio}
