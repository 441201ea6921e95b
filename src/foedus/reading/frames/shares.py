"""What share of GDP a country spends, and which year a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from foedus.reading.claims import CONTRADICTED, SUPPORTED, Finding, StatedClaim, agreement, not_checkable
from foedus.reading.context import Context
from foedus.reading.ledger_index import SHARE, LedgerIndex, published_by
from foedus.reading.patterns.grammar import FRONTED, modality, slots
from foedus.reading.patterns.spending import (
    AGO,
    OTHER_YEAR,
    SPENDING_IS,
    SPENDS,
    YEAR,
)
from foedus.reading.tagging import Tagged
from foedus.reading.values import Amount, Day


def stated_years(sentence: Tagged, aux: str, verb: str) -> dict[str, Any]:
    """Return the year a sentence speaks of, and the tense where it names none.

    Parameters
    ----------
    sentence : Tagged
        The sentence.
    aux, verb : str
        Its verbs.

    Returns
    -------
    dict
        ``day`` with the date named, or ``tense``.
    """
    for token in YEAR.findall(sentence.text):
        tag = sentence.tag(f"⟦{token}⟧")
        if tag is None or (tag.value.year is None and tag.value.relative is None):
            continue
        before = sentence.plain[: tag.start - sentence.offset]
        if OTHER_YEAR.search(before[-18:]):
            continue
        return {"day": tag.value}
    if AGO.search(sentence.plain):
        return {"tense": "unknown"}
    past = (
        verb in {"met", "spent", "allocated"}
        or re.search(r"(?:reach|hit|exceed|achiev|surpass|fulfill?|clear|miss|fail)ed$", verb) is not None
    )
    perfect = re.search(r"\b(?:have|has|now|currently|already)\b", aux) is not None
    return {"tense": "past" if past and not perfect else "present"}


def years_meant(stated: dict[str, Any], day: date) -> list[int]:
    """Return the years that may be meant, on the day of the text."""
    named: Day | None = stated.get("day")
    if named is not None:
        return [named.year if named.year is not None else day.year + (named.relative or 0)]
    if stated.get("tense") == "unknown":
        return []
    return [day.year] if stated.get("tense") == "present" else [day.year - 1, day.year]


_SPENDS_ON_DEFENCE = re.compile(r"defen[cs]e|military|armed forces|NATO|army")
_PART_OF_A_GROUP = re.compile(r"(?:\band|,) $|(?:European allies and|Europe and|allies and) $")
"""Before a country: "Poland and Estonia spend" gives no share to Estonia alone."""
_ANOTHER_SHARE = re.compile(r"less than|equipment|target|research")
_PLANNED = re.compile(r"\b(?:plans?|planning|aims?|should|must|could|would)\b")
_PAST_VERBS = frozenset(
    ["was", "were", "reached", "stood at", "amounted to", "hit", "rose to", "fell to", "devoted", "invested"]
)


def _find_shares(sentence: Tagged, context: Context) -> Iterator[StatedClaim]:
    """Find what share of GDP a country is said to spend on defence."""
    if "⟦R" not in sentence.text:
        return
    for pattern in (SPENDS, SPENDING_IS):
        if pattern is SPENDS and not _SPENDS_ON_DEFENCE.search(sentence.plain):
            continue
        for match in pattern.finditer(sentence.text):
            before = FRONTED.sub("", sentence.text[: match.start()])
            if _PART_OF_A_GROUP.search(before) or "aid" in match["between"]:
                continue
            token = match["country"] or match.groupdict().get("nation")
            country, rate = sentence.tag(f"⟦{token}⟧"), sentence.tag(f"⟦{match['rate']}⟧")
            if country is None or rate is None or _ANOTHER_SHARE.search(match["between"]):
                continue
            mode = modality(sentence, match.start(), match.end(), verb=match["aux"] + " " + match["verb"])
            verb = "spent" if match["verb"] in _PAST_VERBS else match["verb"]
            yield StatedClaim(
                "share_of_gdp",
                sentence.span(match),
                slots(
                    country=country.value, share=rate.value, years=stated_years(sentence, match["aux"], verb)
                ),
                "wish" if _PLANNED.search(match["aux"]) else mode,
            )


def _check_share(claim: dict[str, Any], ledger_index: LedgerIndex, day: date) -> Finding:
    """Check a country's share of GDP, by the editions published by the day of the text."""
    return check_figure(claim, ledger_index, day, SHARE, claim["country"], claim["share"])


def check_figure(
    claim: dict[str, Any], ledger_index: LedgerIndex, day: date, indicator: str, country: str, stated: Amount
) -> Finding:
    """Check a stated number against one indicator of one country, edition by edition.

    Parameters
    ----------
    claim : dict
        With the slot years.
    ledger_index : LedgerIndex
        The ledger.
    day : datetime.date
        The day of the text.
    indicator, country : str
        What is looked up.
    stated : Amount
        The number.

    Returns
    -------
    Finding
        The newest edition decides; what only an older one says is superseded.
    """
    verdicts: list[Finding] = []
    years = years_meant(claim["years"], day)
    if not years:
        return not_checkable("date_unclear")
    for year in years:
        known, later = published_by(ledger_index.figures(indicator, country, year), day)
        shown = (*(f.evidence for f in known), *(replace(f.evidence, later=True) for f in later))
        if not known:
            verdicts.append(not_checkable("prediction" if year > day.year else "no_row", *shown))
            continue
        results = [agreement(stated, f.value) for f in known]
        note = ""
        if later and all(agreement(stated, f.value) == "differs" for f in later) and results[-1] == "agrees":
            note = "Later editions revised the figure."
        if results[-1] == "agrees":
            verdicts.append(Finding(SUPPORTED, "match", shown, note))
        elif "agrees" in results:
            verdicts.append(not_checkable("superseded", *shown))
        elif "rounding" in results:
            verdicts.append(not_checkable("rounding", *shown))
        else:
            verdicts.append(Finding(CONTRADICTED, "differs", shown))
    if all(v.verdict == verdicts[0].verdict for v in verdicts):
        return verdicts[-1]
    return not_checkable("date_unclear", *(e for v in verdicts for e in v.evidence))


FINDERS = (_find_shares,)
CHECKS = {"share_of_gdp": _check_share}
