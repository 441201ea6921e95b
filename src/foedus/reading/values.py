"""Read numbers, rates, money, ordinals and dates as newspapers write them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date

from foedus.reading.lexicon import MONTHS, NUMBER_WORDS, ORDINAL_WORDS, WEEKDAYS
from foedus.reading.patterns.numbers import VALUE

__all__ = ["VALUE", "Amount", "Day", "currencies_of", "read_value"]

SCALES = {
    "trillion": 1e12, "tn": 1e12, "billion": 1e9, "bn": 1e9, "million": 1e6, "mn": 1e6, "m": 1e6,
    "thousand": 1e3, "k": 1e3, "hundred": 1e2, "dozen": 12.0,
}  # fmt: skip
CURRENCIES = {
    "$": "USD", "US$": "USD", "USD": "USD", "dollar": "USD", "dollars": "USD", "C$": "CAD", "CA$": "CAD",
    "CAN$": "CAD", "CAD": "CAD", "CANADIAN DOLLARS": "CAD", "CANADIAN DOLLAR": "CAD", "A$": "AUD",
    "AU$": "AUD", "AUD": "AUD", "KR": "kr", "KRONOR": "kr", "KRONER": "kr", "KRONE": "kr", "KRONA": "kr",
    "CROWNS": "kr", "SWEDISH KRONOR": "SEK", "SWEDISH KRONA": "SEK", "SWEDISH CROWNS": "SEK",
    "NORWEGIAN KRONER": "NOK", "NORWEGIAN KRONE": "NOK", "NORWEGIAN CROWNS": "NOK", "DANISH KRONER": "DKK",
    "DANISH KRONE": "DKK", "DANISH CROWNS": "DKK", "CZECH CROWNS": "CZK", "CZECH KORUNA": "CZK",
    "KORUNA": "CZK", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "PLN": "PLN", "ZŁ": "PLN", "ZLOTY": "PLN",
    "ZLOTYS": "PLN", "ZŁOTY": "PLN", "TRY": "TRY", "LIRA": "TRY", "LIRAS": "TRY", "CZK": "CZK",
    "HUF": "HUF", "FORINT": "HUF", "FORINTS": "HUF", "RON": "RON", "LEI": "RON", "LEV": "BGN",
    "LEVS": "BGN", "BGN": "BGN", "ISK": "ISK", "MKD": "MKD", "€": "EUR", "EUR": "EUR", "euro": "EUR",
    "euros": "EUR", "£": "GBP", "GBP": "GBP", "pounds": "GBP",
}  # fmt: skip

_OWN = {
    "ALB": "ALL", "BGR": "BGN", "CAN": "CAD", "CZE": "CZK", "DNK": "DKK", "GBR": "GBP", "HUN": "HUF",
    "ISL": "ISK", "MKD": "MKD", "NOR": "NOK", "POL": "PLN", "ROU": "RON", "SWE": "SEK", "TUR": "TRY",
    "USA": "USD",
}  # fmt: skip
"""The own currency of allies that do not have the euro."""


def currencies_of(country: str) -> frozenset[str]:
    """Return the codes that a sum in an ally's own currency may have; crowns are each country's."""
    own = _OWN.get(country, "EUR")
    return frozenset({own, "kr"} if own in ("SEK", "NOK", "DKK", "ISK") else {own})


FRACTIONS = {
    "two thirds": 2 / 3,
    "three quarters": 0.75,
    "one third": 1 / 3,
    "a third": 1 / 3,
    "one quarter": 0.25,
    "a quarter": 0.25,
}
ROUND_FRACTION = 0.04
"""What a fraction in words is taken to be precise to."""


@dataclass(frozen=True)
class Amount:
    """A number as it was stated.

    Attributes
    ----------
    value : float
        The number; a rate is a fraction, money is in single units of its currency.
    unit : float
        One unit of the last digit stated: 0.01 for "4.12", 1 for "14".
    loose : float
        The same when the zeros at the end are taken for rounding: 10 for "20".
    comparator : str
        "eq", "approx", "gt", "ge", "lt" or "le".
    hedge : str
        The words before it that say so.
    currency : str
        ISO code, for money.
    """

    value: float
    unit: float
    loose: float
    comparator: str = "eq"
    hedge: str = ""
    currency: str = ""

    def hedged(self, comparator: str, words: str) -> Amount:
        """Return the amount with what stood before it."""
        return replace(self, comparator=comparator, hedge=words)

    @property
    def whole(self) -> int | None:
        """The number, when it is a whole one."""
        return int(self.value) if self.value == int(self.value) else None


@dataclass(frozen=True)
class Day:
    """A date as it was stated, perhaps in part.

    Attributes
    ----------
    year, month, day : int or None
        What was stated.
    weekday : int or None
        0 for Monday.
    relative : int or None
        Years from the year of the text: 0 for "this year", -1 for "last year".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    relative: int | None = None

    def in_year(self, year: int) -> Day:
        """Return the date with a year."""
        return replace(self, year=year)

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last day that the date may mean, or None without a year or when there is no such day."""
        if self.year is None or not 1 <= self.year <= 9999:
            return None
        if self.month is None:
            return date(self.year, 1, 1), date(self.year, 12, 31)
        last = calendar.monthrange(self.year, self.month)[1]
        if self.day is None:
            return date(self.year, self.month, 1), date(self.year, self.month, last)
        if not 1 <= self.day <= last:
            return None
        exact = date(self.year, self.month, self.day)
        return exact, exact

    def __str__(self) -> str:
        """Write it as YYYY-MM-DD, with question marks for what was not stated."""
        year = f"{self.year:04d}" if self.year else "????"
        parts = [year, *(f"{p:02d}" for p in (self.month, self.day) if p)]
        return "-".join(parts)


_RELATIVE = {"this year": 0, "last year": -1, "the previous year": -1, "next year": 1}


def read_value(match: re.Match[str]) -> tuple[str, Amount | Day | int] | None:
    """Read what :data:`VALUE` matched.

    Parameters
    ----------
    match : re.Match
        A match of :data:`VALUE`.

    Returns
    -------
    (str, Amount or Day or int) or None
        The kind (D date, M money, R rate, K ordinal, N number) and the value; None for a word that only looks
        like one.
    """
    if match["date"]:
        day = _read_date(match)
        return ("D", day) if day else None
    if match["money"]:
        digits, scale = (match["n1"], match["s1"]) if match["n1"] else (match["n2"], match["s2"])
        sign = (match["c1"] or match["c2"]).strip()
        currency = (
            CURRENCIES.get(sign) or CURRENCIES.get(sign.lower()) or CURRENCIES.get(sign.upper(), "other")
        )
        return "M", replace(_amount(digits, scale), currency=currency)
    if match["frac"]:
        value = FRACTIONS[match["frac"].lower().replace("-", " ")]
        return "R", Amount(value, ROUND_FRACTION, 2 * ROUND_FRACTION)
    if match["rate"]:
        amount = _amount(match["n3"], None) if match["n3"] else _word(match["w3"], None)
        return "R", replace(
            amount, value=amount.value / 100, unit=amount.unit / 100, loose=amount.loose / 100
        )
    if match["ordinal"]:
        return "K", int(match["o1"]) if match["o1"] else ORDINAL_WORDS[match["o2"].lower()]
    if match["n4"]:
        return "N", _amount(match["n4"], match["s4"])
    return "N", _word(match["w5"], match["s5"])


LONGEST = 30
"""The most digits of a number that are read: a longer row of digits is no number that an article states."""


def _amount(digits: str, scale: str | None) -> Amount:
    """Read digits with a scale."""
    factor = SCALES[scale.lower()] if scale else 1.0
    plain = digits.replace(",", "")[:LONGEST]
    decimals = len(plain.partition(".")[2])
    unit = 10.0**-decimals
    zeros = 0 if decimals else len(plain) - len(plain.rstrip("0"))
    return Amount(float(plain) * factor, unit * factor, unit * 10.0**zeros * factor)


def _word(word: str, scale: str | None) -> Amount:
    """Read a number word with a scale."""
    factor = SCALES[scale.lower()] if scale else 1.0
    value = NUMBER_WORDS.get(word.lower(), 1)
    if scale and scale.lower() == "dozen":
        # Dozens are counted roughly.
        return Amount(value * factor, 1.0, factor, "approx")
    loose = 10.0 if value and value % 10 == 0 else 1.0
    return Amount(value * factor, factor, loose * factor)


def _read_date(match: re.Match[str]) -> Day | None:
    """Read a date, refusing words that are months only by accident."""
    weekday = next(
        (i for i, w in enumerate(WEEKDAYS) if match["wd"] and w.lower() == match["wd"].lower()), None
    )
    month_text = next((match[f"m{i}"] for i in (1, 2, 4, 5, 6) if match[f"m{i}"]), None)
    if month_text is not None and not month_text[0].isupper():
        return None
    month = MONTHS.get(month_text.capitalize()) if month_text else (int(match["m3"]) if match["m3"] else None)
    if month is not None and not 1 <= month <= 12:
        return None
    day = next((int(match[f"d{i}"]) for i in (1, 2, 3) if match[f"d{i}"]), None)
    year = next((int(match[f"y{i}"]) for i in (1, 2, 3, 4, 8) if match[f"y{i}"]), None)
    words = next((match[f"r{i}"] for i in (1, 2, 4, 7) if match[f"r{i}"]), None)
    return Day(year, month, day, weekday, _RELATIVE[words.lower()] if words else None)
