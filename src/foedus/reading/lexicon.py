"""Words of the language of news: numbers, months, ways to attribute, hedges. Facts stand in the ledger, not
here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = (
    "ABBREVIATIONS CUES DEMONYMS HEDGES METONYMS MONTHS NO_SPEAKER NUMBER_WORDS ORDINAL_WORDS "
    "SENTENCE_STARTERS TITLES WEEKDAYS"
).split()


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set, which is shorter to write than a list of them."""
    return frozenset(text.split())


MONTHS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                ("January", "Jan"), ("February", "Feb"), ("March", "Mar"), ("April", "Apr"), ("May",),
                ("June", "Jun"), ("July", "Jul"), ("August", "Aug"), ("September", "Sept", "Sep"),
                ("October", "Oct"), ("November", "Nov"), ("December", "Dec"),
            ),
            start=1,
        )
        for name in names
    }
)  # fmt: skip
"""Month names and their short forms."""

WEEKDAYS: tuple[str, ...] = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _numbers() -> dict[str, int]:
    """Return the number words from zero to ninety-nine."""
    words = {word: value for value, word in enumerate(_UNITS)}
    for i, ten in enumerate(_TENS):
        value = 20 + 10 * i
        words[ten] = value
        words |= {f"{ten}-{unit}": value + n for n, unit in enumerate(_UNITS[1:10], start=1)}
    return words


NUMBER_WORDS: Mapping[str, int] = MappingProxyType(_numbers())
"""Number words, lower case; tens and units joined by a hyphen."""

_IRREGULAR = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip


def _ordinals() -> dict[str, int]:
    """Return the ordinal words from first to ninety-ninth."""
    out = {}
    for word, value in _numbers().items():
        tens, _, tail = word.rpartition("-")
        ending = _IRREGULAR.get(tail) or (tail[:-1] + "ieth" if tail.endswith("y") else tail + "th")
        out[f"{tens}-{ending}" if tens else ending] = value
    return out


ORDINAL_WORDS: Mapping[str, int] = MappingProxyType(_ordinals())
"""Ordinal words, lower case."""

HEDGES: Mapping[str, str] = MappingProxyType(
    {
        "about": "approx", "around": "approx", "roughly": "approx", "approximately": "approx",
        "some": "approx",
        "circa": "approx", "nearly": "approx", "almost": "approx", "close to": "approx",
        "just under": "approx",
        "just over": "approx", "slightly more than": "approx", "slightly less than": "approx",
        "more than": "gt", "over": "gt", "above": "gt", "greater than": "gt", "exceeding": "gt",
        "upwards of": "ge", "at least": "ge", "no fewer than": "ge", "not less than": "ge",
        "a minimum of": "ge",
        "up to": "le", "at most": "le", "no more than": "le", "a maximum of": "le",
        "fewer than": "lt", "less than": "lt", "under": "lt", "below": "lt",
        "only": "eq", "just": "eq", "exactly": "eq", "a total of": "eq",
    }
)  # fmt: skip
"""What stands before a number, and how the number is then meant."""

DEMONYMS: Mapping[str, str] = MappingProxyType(
    {
        "Albanian": "ALB", "American": "USA", "Belgian": "BEL", "British": "GBR", "Bulgarian": "BGR",
        "Canadian": "CAN", "Chinese": "CHN", "Croatian": "HRV", "Czech": "CZE", "Danish": "DNK",
        "Dutch": "NLD",
        "Estonian": "EST", "Finnish": "FIN", "French": "FRA", "Georgian": "GEO", "German": "DEU",
        "Greek": "GRC",
        "Hungarian": "HUN", "Icelandic": "ISL", "Irish": "IRL", "Italian": "ITA", "Japanese": "JPN",
        "Latvian": "LVA", "Lithuanian": "LTU", "Luxembourgish": "LUX", "Macedonian": "MKD",
        "Montenegrin": "MNE", "Norwegian": "NOR", "Polish": "POL", "Portuguese": "PRT", "Romanian": "ROU",
        "Russian": "RUS", "Slovak": "SVK", "Slovenian": "SVN", "Slovene": "SVN", "Spanish": "ESP",
        "Luxembourgian": "LUX", "Swedish": "SWE",
        "Turkish": "TUR", "Ukrainian": "UKR", "Moldovan": "MDA", "Serbian": "SRB",
    }
)  # fmt: skip
"""Adjectives of countries; the noun for a person of the country is mostly the same word."""

METONYMS: Mapping[str, str] = MappingProxyType(
    {
        "Moscow": "RUS", "Kremlin": "RUS", "Kyiv": "UKR", "Kiev": "UKR", "Washington": "USA", "Berlin": "DEU",
        "Paris": "FRA", "London": "GBR", "Warsaw": "POL", "Ankara": "TUR", "Beijing": "CHN",
        "Budapest": "HUN", "Rome": "ITA", "Madrid": "ESP", "Lisbon": "PRT", "Athens": "GRC", "Oslo": "NOR",
        "Copenhagen": "DNK", "Stockholm": "SWE", "Helsinki": "FIN", "Ottawa": "CAN", "The Hague": "NLD",
        "Prague": "CZE", "Bratislava": "SVK", "Ljubljana": "SVN", "Zagreb": "HRV", "Bucharest": "ROU",
        "Sofia": "BGR", "Tallinn": "EST", "Riga": "LVA", "Vilnius": "LTU", "Tirana": "ALB", "Skopje": "MKD",
        "Podgorica": "MNE", "Reykjavik": "ISL", "Reykjavík": "ISL", "Bern": "CHE", "Vienna": "AUT",
    }
)  # fmt: skip
"""Capitals that stand for a government when they speak."""

ABBREVIATIONS: frozenset[str] = frozenset(
    (
        "Mr. Mrs. Ms. Dr. Prof. Gen. Lt. Col. Maj. Capt. Sgt. Adm. Sen. Rep. Gov. Pres. St. No. vs. etc. "
        "e.g.  i.e. a.m. p.m. Jan. Feb. Mar. Apr. Jun. Jul. Aug. Sept. Sep. Oct. Nov. Dec. Jr. Sr. Inc. "
        "Ltd. Co.  Corp. approx. est. Art. art. pct. Fig. Rev. Hon. Amb. Mt. Ft. bn. mn."
    ).split()
)
"""Words that end in a full stop and do not end a sentence."""

SENTENCE_STARTERS: frozenset[str] = frozenset(
    (
        "The A An In On At He She It They We I But And However This That These Those His Her Its Their Our "
        "As  While When After Before Since If For From With According Meanwhile Although Despite There Both "
        "Some  Many Most All Not No Nor Yet So Then Now Last Next Earlier Later Also During"
    ).split()
)
"""Words that, after an abbreviation such as U.S., show that a new sentence begins."""

_SAY = (
    "say add tell state note remark share emphasize emphasise assert conclude insist argue warn explain "
    "stress declare announce claim write tweet post comment reply respond ask continue recall pledge vow "
    "admit acknowledge confirm suggest urge appeal underline underscore reiterate observe maintain predict "
    "contend caution joke quip promise reveal report believe anticipate hint mention affirm reaffirm "
    "describe call demand deny praise hope agree estimate highlight point threaten expect"
).split()
_IRREGULAR_PAST = {
    "say": "said", "tell": "told", "write": "wrote", "deny": "denied", "reply": "replied", "quip": "quipped",
    "admit": "admitted", "underline": "underlined", "vow": "vowed", "reaffirm": "reaffirmed",
}  # fmt: skip


def _forms(verb: str) -> list[str]:
    """Return the forms of a verb of saying."""
    stem = verb.removesuffix("e")
    if verb.endswith("y") and verb not in {"say"}:
        past, third = verb[:-1] + "ied", verb[:-1] + "ies"
    else:
        past, third = (verb + "d" if verb.endswith("e") else verb + "ed"), verb + "s"
    if verb == "stress":
        third = "stresses"
    ing = {"admit": "admitting", "quip": "quipping"}.get(
        verb, stem + "ing" if verb != "agree" else "agreeing"
    )
    return [verb, _IRREGULAR_PAST.get(verb, past), third, ing]


CUES: frozenset[str] = frozenset(form for verb in _SAY for form in _forms(verb))
"""Verbs that attribute a statement, in all their forms."""

TITLES = words(
    "minister president chancellor premier general secretary prime foreign defence defense deputy "
    "vice mr mrs ms dr sir lord lady dame senator governor ambassador admiral colonel major captain "
    "lieutenant king queen prince princess pope chief professor prof gen lt col former then acting "
    "new outgoing incoming commander chairman chairwoman chair speaker leader head spokesman "
    "spokeswoman spokesperson analyst economist historian commissioner representative rep sen gov "
    "supreme allied the interior finance economy state nato president-elect director expert envoy "
    "mayor lawmaker mp mep judge justice veteran republican democrat democratic"
)
"""Words before a name that are no part of it."""

NO_SPEAKER = words(
    "monday tuesday wednesday thursday friday saturday sunday year years week month day days night "
    "morning evening time today yesterday decade summit january february march april may june july "
    "august september october november december moment while place there what which that this it"
)
"""Nouns and pronouns that nobody is quoted by."""
