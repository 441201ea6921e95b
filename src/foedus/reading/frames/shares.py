"""What share of GDP a country spends, and which year a sentence speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from foedus.reading.claims import Finding, StatedClaim
from foedus.reading.context import Context
from foedus.reading.editions import check_number, check_years
from foedus.reading.ledger_index import SHARE, LedgerIndex
from foedus.reading.patterns.grammar import FRONTED, modality, slots
from foedus.reading.patterns.spending import (
    AGO,
    OTHER_YEAR,
    SPENDING_IS,
    SPENDS,
    YEAR,
)
from foedus.reading.tagging import Tagged


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
    country, stated = claim["country"], claim["share"]

    def check(year: int) -> Finding:
        return check_number(stated, ledger_index, day, SHARE, country, year=year)

    return check_years(claim["years"], ledger_index, day, check, about=country)


FINDERS = (_find_shares,)
CHECKS = {"share_of_gdp": _check_share}
