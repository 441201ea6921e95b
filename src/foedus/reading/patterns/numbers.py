"""Patterns of dates, money, rates, ordinals and numbers."""

from __future__ import annotations

import re

from foedus.reading.lexicon import MONTHS, NUMBER_WORDS, ORDINAL_WORDS, WEEKDAYS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WEEKDAY = "|".join(WEEKDAYS)
_WORD = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(ORDINAL_WORDS, key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"trillion|billion|million|thousand|hundred|tn|bn|mn"
_SUFFIX = r"(?:st|nd|rd|th)"
VALUE = re.compile(
    rf"(?P<date>(?:\b(?P<wd>{_WEEKDAY}),? )?(?:the )?(?:"
    rf"\b(?P<m1>{_MONTH})\.? (?P<d1>[0-3]?\d)(?:{_SUFFIX})?\b(?!,\d|\.\d| ?%)(?:,? (?:of )?(?P<y1>(?:1[89]|20)\d\d)\b|,? (?P<r1>this year|last year))?"
    rf"|\b(?P<d2>[0-3]?\d)(?:{_SUFFIX})?(?: of)? (?P<m2>{_MONTH})\b\.?(?:,? (?P<y2>(?:1[89]|20)\d\d)\b|,? (?:of )?(?P<r2>this year|last year))?"
    rf"|\b(?P<y3>(?:19|20)\d\d)-(?P<m3>[01]\d)-(?P<d3>[0-3]\d)\b"
    rf"|\b(?P<m4>{_MONTH})\b\.?,? (?:of )?(?:(?P<y4>(?:1[89]|20)\d\d)\b|(?P<r4>this year|last year))"
    rf"|(?<=\b[Ii]n )(?P<m5>{_MONTH})\b(?!\.?\d)"
    rf"|\b(?P<m6>January|February|April|June|July|August|September|October|November|December)\b"
    rf"|\b(?P<r7>[Tt]his year|[Ll]ast year|[Nn]ext year|[Tt]he previous year)\b"
    r"|(?<![\w$€£.,-])(?P<y8>(?:19|20)\d\d)(?![\w%]|,\d|\.\d|-\d\d\b| (?:troops|soldiers|allies|members|tanks|people))))"
    r"|(?P<money>(?P<c1>(?:\b(?:US|CAN|CA|C|AU|A))?\$|€|£|(?-i:\b(?:USD|EUR|GBP|CAD|AUD|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|ISK|MKD) ?|\bkr ?))(?P<n1>" + _DIGITS + rf")(?:[ -]?(?P<s1>{_SCALE}|m|k)\b)?"
    rf"|(?<![\w.,])(?P<n2>{_DIGITS})[ -](?P<s2>trillion|billion|million|bn|mn|tn)[ -](?:U\.?S\.? )?(?P<c2>(?:(?:Canadian|Australian) )?dollars?|euros?|pounds|USD|EUR|GBP|CAD|(?:(?:Swedish|Norwegian|Danish|Czech|Icelandic) )?(?:kronor|kroner|krone|krona|crowns|koruna|kr)|zloty|zlotys|złoty|zł|forints?|lei|levs?|liras?|SEK|NOK|DKK|PLN|TRY|CZK|HUF|RON)\b)"
    rf"|(?P<rate>(?<![\w.,-])(?:(?P<n3>{_DIGITS})|\b(?P<w3>{_WORD}))(?: ?%|[ -](?:per ?cent|percent|pct)\b)|\b(?P<frac>two[- ]thirds|three[- ]quarters|one[- ]third|one[- ]quarter|a third|a quarter)(?= of ))"
    rf"|(?P<ordinal>(?<![\w.,])(?P<o1>\d{{1,3}}){_SUFFIX}\b|\b(?P<o2>{_ORDINAL})\b(?! time| hand| of all))"
    rf"|(?P<number>(?<![\w.,$€£-])(?P<n4>{_DIGITS})(?: (?P<s4>{_SCALE})\b)?(?![\w%]|[.,]\d)"
    rf"|\b(?P<w5>{_WORD}|a(?= dozen\b))(?: (?P<s5>{_SCALE}|dozen))?\b(?!-(?!nation|member|strong|country|state|year)))",
    re.IGNORECASE,
)  # fmt: skip
"""Matches a date, an amount of money, a rate, an ordinal or a number."""
