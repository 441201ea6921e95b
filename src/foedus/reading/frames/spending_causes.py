"""What is said to have made spending rise, held against the verdict on that cause in its period.

The law:

1. A cause is one of spending where what is said to have been brought about speaks of spending on defence, or of
   spending and no other purpose, and of more of it or of a level to be reached.
2. It is the threat where the cause names Russia, its war, its invasion or Crimea; the pledge where it names Wales,
   a pledge, the guideline or a target, unless it is that of The Hague; pressure where Donald Trump is the cause,
   or Washington with words of pressure. "He" is Donald Trump where the text names him, or nobody.
3. The period is that of the event that the sentence names, else the one that holds the year that it names, else
   the one in which the cause began last before the day of the text. Where the year named falls in a period in
   which the cause did not begin, the period in which it began last stands beside it.

A cause of another kind, or of something else, is held against nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from foedus.attribution.estimates import CARD_ID
from foedus.attribution.periods import CAUSES, PERIODS, CauseName, Period
from foedus.attribution.verdict import Verdict, packaged_verdicts
from foedus.evidence.packaged import packaged_cards
from foedus.reading.claims import Evidence

__all__ = ["TABLE", "CauseAndEffect", "causes_of", "is_spending", "rise_in", "verdict_rows", "year_named"]

TABLE = "attribution"
"""The record that the verdicts are from."""

_SPENDING = re.compile(
    r"\b(?:spend(?:s|ing)?|spent|expenditures?|budgets?|outlays?|pay(?:s|ing)?|paid|rearm\w*|"
    r"invest(?:s|ed|ing|ments?)?)\b"
)
_DEFENCE = re.compile(r"\b(?:defen[cs]e|military|militaries|armed forces|rearm\w*)\b", re.I)
_PURPOSE = re.compile(
    r"\b(?:spend(?:s|ing)?|spent|invest\w*|expenditures?|budgets?) (?:\w+ )?(?:on|for|in) (?!(?:the |their |its |our )?"
    r"(?:own )?(?:defen[cs]e|militar|arm|\d|20\d\d|Europe|NATO|most|many|all))"
)
_MORE = re.compile(
    r"\b(?:more|higher|bigger|larger|greater|rise[ns]?|rose|rising|increas\w*|raise[sd]?|raising|grow\w*|grew|boost\w*|"
    r"surge[sd]?|surging|doubl\w*|jump\w*|climb\w*|hike[sd]?|lift\w*|rearm\w*|soar\w*|expand\w*)\b",
    re.I,
)
_LEVEL = re.compile(r"%|\bper ?cent\b|\b(?:guideline|targets?|benchmark)\b")
_POINTS_BACK = re.compile(r"\b(?:that|this|the) (?:goal|target|level|mark|threshold|guideline|benchmark)\b")
_UNSURE = re.compile(
    r"\b(?:should|must|would|could|may|might|will|shall|not|never|expected|hopes?|hoped|wants?|wanted|if|whether|"
    r"plans?|planned|promised?|n't)\b"
)
"""Words with which more spending is not said to have come."""

_HOW_MUCH = re.compile(r"\b(?:doubl\w*|tripl\w*|twice|two-?fold|\d[\d.,]*)\b")

_RUSSIA = re.compile(
    r"\b(?:Russia\w*|Moscow|Kremlin|Putin|Crimea|annex\w*|invasion|invaded|invad\w+|aggression|Donbas|war)\b",
    re.I,
)
_FEAR = re.compile(r"\b(?:threats?|attacks?|attacked|fears?)\b", re.I)
_TRUMP = re.compile(r"\bTrump\b")
_AMERICA = re.compile(
    r"\b(?:Washington|White House|United States|America\w*|USA?)\b|\bU\.S\.|\bUS president\b"
)
_PRESSING = re.compile(
    r"\b(?:press\w*|complain\w*|demands?|demanded|urg\w+|push\w*|threat\w*|criticis\w+|criticiz\w+|calls?|insist\w*|"
    r"sham(?:e|ed|ing)|ultimatums?|warn\w*|scold\w*|bull(?:y|ied|ying))\b",
    re.I,
)
_PLEDGE = re.compile(
    r"\b(?:Wales|Newport|pledge[sd]?|commitments?|guideline|targets?|promises?)\b|\b2 ?(?:%|per ?cent)", re.I
)
_OTHER_PLEDGE = re.compile(r"\bHague\b|\b(?:3\.5|5|five) ?(?:%|per ?cent)|\b20(?:2[5-9]|3\d)\b")

_EVENTS: Mapping[CauseName, tuple[tuple[re.Pattern[str], int], ...]] = {
    "threat": (
        (re.compile(r"\b(?:Crimea|annex\w*)\b|\b201[4-7]\b", re.I), 2015),
        (re.compile(r"\b(?:invasion|invaded|full-scale)\b|\b202[2-5]\b", re.I), 2022),
    ),
    "pledge": ((re.compile(""), 2015),),
    "pressure": (
        (re.compile(r"\bfirst (?:term|presidency)\b", re.I), 2018),
        (re.compile(r"\b(?:second (?:term|presidency)|return\w* to (?:office|the White House))\b"), 2022),
    ),
}
"""By what a cause names its own beginning: the first budget year of the period."""

_BEGAN: Mapping[CauseName, tuple[tuple[date, int], ...]] = {
    "threat": ((date(2014, 2, 27), 2015), (date(2022, 2, 24), 2022)),
    "pledge": ((date(2014, 9, 5), 2015),),
    "pressure": ((date(2017, 1, 20), 2018),),
}
"""When causes began, and the first budget year that each beginning can have moved."""

_YEAR = re.compile(r"(?P<after>\b(?:since|after|from) (?:\w+ )?)?\b(?P<year>20[12]\d)\b")


@dataclass(frozen=True)
class CauseAndEffect:
    """The two sides of a statement that one thing brought about another.

    Attributes
    ----------
    cause, effect : str
        Their words.
    acts : bool
        Whether the cause is the subject of a verb of moving somebody: then it needs no word of pressure.
    trump : bool
        Whether "he" can be Donald Trump.
    """

    cause: str
    effect: str
    acts: bool = False
    trump: bool = False


def is_spending(effect: str, earlier: str = "") -> bool:
    """Whether what was brought about is more spending on defence, or a level of it, by rule 1 of the module.

    Parameters
    ----------
    effect : str
        What was brought about.
    earlier : str, default ""
        The sentence before, to which "that goal" points back.

    Returns
    -------
    bool
        True of spending.
    """
    if earlier and _POINTS_BACK.search(effect):
        return is_spending(f"{earlier} {effect}")
    if not _SPENDING.search(effect) or not (_MORE.search(effect) or _LEVEL.search(effect)):
        return False
    return bool(_DEFENCE.search(effect)) or _PURPOSE.search(effect) is None


def rise_in(effect: str) -> re.Match[str] | None:
    """Return the word with which more spending is said to have come; None where it is not, or by how much is."""
    return None if _UNSURE.search(effect) or _HOW_MUCH.search(effect) else _MORE.search(effect)


def causes_of(parts: CauseAndEffect) -> dict[str, int]:
    """Return the causes that are named, each with the first budget year of the period that its words name.

    Parameters
    ----------
    parts : CauseAndEffect
        Cause and effect.

    Returns
    -------
    dict of str to int
        By name of the cause; 0 where no word of it says which period.
    """
    return {cause.name: _named(cause.name, parts.cause) for cause in CAUSES if _names(cause.name, parts)}


def _names(cause: CauseName, parts: CauseAndEffect) -> bool:
    """Whether a cause is named, by rule 2."""
    words = parts.cause
    trump = bool(_TRUMP.search(words)) or parts.trump
    if cause == "pressure":
        return trump or bool(_AMERICA.search(words) and (parts.acts or _PRESSING.search(words)))
    if cause == "threat":
        feared = _FEAR.search(words) and not (trump or _AMERICA.search(words))
        return bool(_RUSSIA.search(words) or feared)
    return bool(_PLEDGE.search(words)) and not (trump or parts.acts or _OTHER_PLEDGE.search(words))


def _named(cause: CauseName, words: str) -> int:
    """Return the first budget year of the period that the words of a cause name; 0 for none."""
    return next((first for pattern, first in _EVENTS[cause] if pattern.search(words)), 0)


def year_named(sentence: str) -> int:
    """Return the budget year that a sentence names last, the next one after "since"; 0 for none."""
    years = [int(m["year"]) + bool(m["after"]) for m in _YEAR.finditer(sentence)]
    return years[-1] if years else 0


def verdict_rows(causes: Mapping[str, int], year: int, day: date) -> Iterator[Evidence]:
    """Yield the verdict on each cause in its period, by rule 3 of the module.

    Parameters
    ----------
    causes : mapping of str to int
        As :func:`causes_of` gives it.
    year : int
        The year that the sentence names, or 0.
    day : datetime.date
        The day of the text.

    Yields
    ------
    Evidence
        The sentence of the verdict; its value is the period, as `foedus attribution --period` takes it.
    """
    card = next(each for each in packaged_cards() if each.id == CARD_ID)
    for cause in CAUSES:
        if cause.name not in causes:
            continue
        for period in _periods(cause.name, causes[cause.name], year, day):
            verdict = _verdict(cause.name, period)
            if verdict is not None:
                yield Evidence(
                    verdict.sentence,
                    verdict.period.words.replace("–", "-"),
                    TABLE,
                    card.id,
                    card.published,
                    "computed",
                    later=card.published > day,
                )


def _periods(cause: CauseName, named: int, year: int, day: date) -> tuple[Period, ...]:
    """Return the periods that a statement about a cause can be of, the one it names first."""
    if named:
        return tuple(p for p in PERIODS if p.first == named)
    ends = date(year, 12, 31) if year else day
    began = [first for when, first in _BEGAN[cause] if when <= ends]
    firsts = [p.first for p in PERIODS if p.first <= year <= p.last] + began[-1:]
    return tuple(p for first in dict.fromkeys(firsts) for p in PERIODS if p.first == first)


def _verdict(cause: CauseName, period: Period) -> Verdict | None:
    """Return the verdict on a cause in a period; None where it had not begun."""
    every = packaged_verdicts()
    return next((v for v in every if (v.cause, v.period.first) == (cause, period.first)), None)
