"""Words of a guarantee that depends on spending: protecting, paying, and what links the two."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = [
    "ALLIES",
    "CONDITIONS",
    "DENIED",
    "INVITED",
    "OWN_ACCOUNT",
    "PROTECTS",
    "TIED",
    "TIED_HELP",
    "UNCONDITIONAL",
    "UNWILLING",
    "protects_allies",
]

_LEVEL = (
    r"(?:targets?|guidelines?|thresholds?|benchmarks?|goals?|aims?|pledges?|minimum|floor|marks?|levels?|standards?|"
    r"quotas?|requirements?|obligations?|commitments?|\d[\d.]*(?: ?%| per ?cent)|(?:two|three|five) per ?cent)"
)
_MONEY = (
    r"(?:(?:under-?)?(?:pay\w*|paid|spen[dt]\w*|fund\w*)|contribut\w+|owes?|owed|invest\w*|cough(?:s|ed|ing)? up|chips? in|budgets?|"
    r"outlays?|step(?:s|ped|ping)? up|put\w* [^.;]{0,30}?\binto (?:their |its )?(?:own )?defen[cs]e)"
)
_SHORT = (
    r"(?:meet|met|meets|meeting|reach\w*|hit|hits|hitting|miss\w*|fulfil\w*|f[ae]ll\w* (?:short|behind)|lag\w*|"
    r"stay\w*|remain\w*|keep\w*|live\w* up|honou?r\w*)"
)
_BELOW = (
    rf"(?:\b(?:below|under|short of|behind on|behind with|shy of)\b[^.;]{{0,30}}?\b(?:{_LEVEL}|bills?|dues|payments?)(?!\w)|"
    r"\bin arrears\b)"
)
_PAYING = (
    rf"(?:\b{_MONEY}\b|\b{_SHORT}\b[^.;]{{0,60}}?\b{_LEVEL}(?!\w)|{_BELOW}|"
    r"\b(?:fair share|delinquent|up to date|current on)\b)"
)
"""Paying, spending, meeting a level or falling short of one."""
_LINK = (
    r"\b(?:if|unless|until|till|provided(?: that)?|as long as|so long as|when|once|whether|before|without|"
    r"except (?:for|where))\b"
)
_WHO = r"(?:all(?:y|ies)|members?|countr(?:y|ies)|nations?|states?|partners?|governments?|those|any(?:one|body)|laggards?|NATO|alliance)"
_RELATIVE = rf"\b{_WHO} (?:(?:that|who|which)(?! (?:he|she|it|they|we|I|you|the|an?|his|her|nobody|(?-i:[A-Z])\w*)\b)|whose)\b"
"""A clause at those who pay: in "told allies that he" another sentence follows, and no relative clause."""
_REACH = rf"(?:(?!{_LINK}|{_RELATIVE})[^.;:]){{0,70}}?"
"""Up to the paying; another conjunction or relative on the way begins a condition of its own."""
_PARTICIPLE = (
    r"(?:paying|spending|contributing|investing|owing|(?:meeting|reaching|hitting|missing|fulfilling|falling|lagging|"
    rf"staying|failing)\b[^.;]{{0,60}}?\b(?:{_LEVEL}|pay|spend|contribute|behind|short))(?!\w)"
)

CONDITIONS = re.compile(
    rf"(?:{_LINK}{_REACH}{_PAYING})"
    rf"|(?:{_RELATIVE}{_REACH}{_PAYING})"
    rf"|(?:\b{_WHO} (?:not |still |now |currently )?(?:{_PARTICIPLE}|{_BELOW}))"
    r"|(?:\b(?:delinquent|underspending|under-spending|underpaying|non-paying|nonpaying|deadbeats?|free[- ]?rid(?:ing|ers?))\b)"
    r"|(?:\bno (?:pay\w*|money|cash|spending)\b)"
    rf"|(?:{_PAYING}[^.;]{{0,40}}?,? or (?:else|risk|lose|forfeit|face|we|I|he|the (?:US|United States|president))\b)",
    re.IGNORECASE,
)
"""What makes paying a condition: a conjunction, a clause at those who pay, an adjective of them, or a threat."""

TIED = re.compile(
    r"\b(?:depend\w*|condition\w*|conting\w+|hing\w+|tie[sd]?|tying|link\w*|subject|calibrat\w*|peg\w*)\b"
    r"[^.;]{0,80}?\b(?:pay\w*|spen[dt]\w*|budgets?|contribut\w+|guideline|target|share|dues|bills?|2 ?%)",
    re.IGNORECASE,
)
"""Protection that is said to depend on paying."""

TIED_HELP = re.compile(r"\b(?:aid|help|assistance|support|backing|defen[cs]e)\b", re.IGNORECASE)
"""What is protection beside such a verb, and much else without one."""

_VERBS = (
    r"(?:protect(?:s|ed|ing)?|defend(?:s|ed|ing)?|shield(?:s|ed|ing)?|safeguard\w*|guarantee(?:s|d|ing)?|rescue[sd]?|"
    r"(?:com(?:e|es|ing)|came|go|going|rush\w*) to [^.;,]{0,30}?\b(?:aid|defen[cs]e|help|rescue|assistance)|intervene[sd]?|"
    r"help(?:s|ed|ing)?|stand(?:s|ing)? (?:by|with|up for)|stood by|fight(?:s|ing)? for|go(?:ing)? to war for|"
    r"abandon\w*|appl(?:y|ies|ied)|honou?r(?:s|ed|ing)?|uphold\w*)"
)
_NOUNS = (
    r"(?:protections?|security guarantees?|guarantees?|Article (?:5|five|V)|umbrella|"
    r"(?:American|US|U\.S\.) (?:military )?(?:help|support|cover|assistance|commitment)|"
    r"help from (?:the )?(?:American|US|U\.S\.|United States|Washington))"
)
PROTECTS = re.compile(rf"\b(?:{_VERBS}|{_NOUNS})\b|\b(?:on|to|of) their own\b|\bfor themselves\b")
"""Protecting, or the protection."""

_TRANSITIVE = re.compile(
    r"(?:protect|defend|shield|safeguard|guarantee|rescue|help|abandon)(?:s|ing)?$", re.IGNORECASE
)
_OBJECT = re.compile(
    rf"^ (?:(?!{_LINK})[\w'’.-]+ ){{0,4}}?(?:{_WHO}|them(?:selves)?|him|her|it|us|you|one|others?|another|Europe\w*|Balt\w+|ours?|protection|"
    r"security)\b|^[.,;:!?\"'’)]|^$|^ (?:if|unless|until|when|in|against|from|under|at)\b",
    re.IGNORECASE,
)


def protects_allies(text: str, match: re.Match[str], countries: Iterable[int] = ()) -> bool:
    """Whether what is protected may be an ally: a verb's object is one, or a pronoun, or is left out.

    Parameters
    ----------
    text : str
        The sentence.
    match : re.Match
        Of :data:`PROTECTS`.
    countries : iterable of int, optional
        Where possible allies are named in the sentence.

    Returns
    -------
    bool
        False where the verb has another object: cables, airspace, a record.
    """
    if not _TRANSITIVE.search(match[0]):
        return True
    near = match.end() + 12
    return bool(_OBJECT.match(text[match.end() :])) or any(match.end() <= at < near for at in countries)


UNWILLING = re.compile(
    r"\b(?:not|no|never|nobody|none|nor|only|refus\w*|would|wouldn't|will|won't|may|might|could|can|cannot|can't|"
    r"should|ought|los(?:e[sd]?|ing|t)|deny|denie[sd]|denying|withh[eo]ld\w*|withdr[ae]w\w*|strip\w*|depriv\w*|"
    r"remov\w*|revok\w*|forfeit\w*|stop\w*|end(?:s|ed|ing)?|drop\w*|cut\w*|abandon\w*|leav(?:e|es|ing)|left|threat\w*|"
    r"encourag\w*|suggest\w*|review\w*|decid\w*|made|mak(?:e|es|ing)|tie[sd]?|tying|depend\w*|condition\w*|conting\w+|"
    r"hing\w+|question\w*)\b|n't\b",
    re.IGNORECASE,
)
"""Words of what somebody would or would not do."""

OWN_ACCOUNT = re.compile(
    r"(?<!left to )(?<!leave them to )(?<!leaving them to )\b(?:protect|defend)(?:s|ed|ing)? "
    r"(?:itself|themselves|himself|herself|ourselves|(?:its|their|his|her|our) (?:own|people|citizens))\b|"
    r"\bdefended (?:the )?(?:\w+ ){0,2}(?:members?|all(?:y|ies)|countries) (?:who|that|which) (?:had|have)\b|"
    r"\b(?:protect|defend)\w* (?:its|his|her|their) (?:record|stance|position|decision|policy|remarks?)\b",
    re.IGNORECASE,
)
"""Defending oneself, or defending with words."""

UNCONDITIONAL = re.compile(
    r"\b(?:regardless of|irrespective of|no matter|whatever (?:it|they|he|its|their|\w+ (?:spends?|pays?))\b(?! want)|"
    r"whether or not|even if|even when|independent(?:ly)? of|unconditional\w*|without conditions?|ironclad)",
    re.IGNORECASE,
)
"""Words by which paying is no condition."""

INVITED = re.compile(
    r"\b(?:encourag|support|invit|allow|urg|let|tell|told|welcom)\w*\b[^.;]{0,40}?"
    r"\b(?:Russia\w*|Moscow|Putin|Kremlin|them|aggressors?|enem(?:y|ies))\b[^.;]{0,30}?\b(?:do|attack\w*|invade\w*)\b",
    re.IGNORECASE,
)
"""An attack that is invited: the strongest form."""

ALLIES = re.compile(
    r"\b(?:NATO|[Aa]lliance|[Aa]ll(?:y|ies)|[Aa]llied|Article (?:5|five|V)|Washington Treaty|Atlantic Treaty)\b"
)
"""Of whom a guarantee must be."""

DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied)(?: that| having| saying)|never (?:said|threatened|promised)|"
    r"did(?: not|n't) (?:say|threaten|mean)|has(?: not|n't) (?:said|threatened)|(?:is|was) (?:false|untrue|a myth) that|"
    r"it is not true that)\b",
    re.IGNORECASE,
)
"""Words by which the statement is said not to have been made."""
